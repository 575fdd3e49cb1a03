"""Light, dark and night; the size of all text; icons. One style sheet on Fusion, made from a few tokens.

A widget asks for its look by name: `theme.look(label, "title")` sets the dynamic property `look` to one of

    primary    the one button that is meant        quiet    less important words, a flat button
    title      the page's name                     heading  a part's name
    error, warning, ok      words or a box that say so, in bold
    panel      a box on the window                 band     a heading inside a table or list
    bar        a strip at the window's edge        exercise the purple band

Sizes are written for 100 % and go through `px`. Whoever paints by hand takes colours from `current()`, and hears of
another theme or size in `changeEvent` (`QEvent.Type.StyleChange`). Icons follow by themselves in actions and buttons.
"""

import tempfile
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QImage,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

import resources

SYSTEM = "system"
SMALLEST_PERCENT, LARGEST_PERCENT, STEP_PERCENT = 90, 200, 10

_BASE_PX = 13  # body text at 100 %, unless the computer is set to larger
_ICON_PX = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of one theme, by what they are for."""

    name: str
    is_dark: bool
    window: str  # behind everything
    panel: str  # header, navigation, tables, inspector
    raised: str  # buttons, hovered rows
    field: str  # where one types
    line: str  # between parts
    edge: str  # around what can be typed into or ticked
    text: str
    quiet: str  # less important words
    disabled: str
    accent: str
    on_accent: str
    selection: str
    selection_text: str
    band: str  # headings inside tables
    error: str
    warning: str
    ok: str
    exercise: str
    on_exercise: str
    focus: str  # the ring around what has the keyboard
    paper: str  # pictures of pages: white becomes this …
    ink: str  # … and black this


LIGHT = Theme(
    name="light",
    is_dark=False,
    window="#f4f5f8",
    panel="#ffffff",
    raised="#eaedf2",
    field="#ffffff",
    line="#dde1e7",
    edge="#7a8593",
    text="#1b2430",
    quiet="#566272",
    disabled="#868f9b",
    accent="#0b5cf0",
    on_accent="#ffffff",
    selection="#e1ebff",
    selection_text="#111827",
    band="#eceff4",
    error="#b3191b",
    warning="#8a4b00",
    ok="#14692d",
    exercise="#6b21a8",
    on_exercise="#ffffff",
    focus="#0b5cf0",
    paper="#ffffff",
    ink="#000000",
)
DARK = Theme(
    name="dark",
    is_dark=True,
    window="#13171d",
    panel="#1a1f26",
    raised="#29313c",
    field="#12161b",
    line="#2e3641",
    edge="#748193",
    text="#e6eaf0",
    quiet="#a0acbb",
    disabled="#737e8c",
    accent="#74acff",
    on_accent="#0b1220",
    selection="#243a5c",
    selection_text="#f3f6fb",
    band="#232a34",
    error="#ff8a80",
    warning="#f2b653",
    ok="#6fd08c",
    exercise="#7c3aed",
    on_exercise="#ffffff",
    focus="#74acff",
    paper="#ffffff",
    ink="#000000",
)
# Red alone: a trace of green or blue takes the eyes minutes of getting used to the dark. Full red on black has a
# contrast of 5.2 : 1, so no words can be dimmer; what is less important is so by place and weight.
NIGHT = Theme(
    name="night",
    is_dark=True,
    window="#000000",
    panel="#080000",
    raised="#1c0000",
    field="#000000",
    line="#4a0000",
    edge="#bc0000",
    text="#ff0000",
    quiet="#f20000",
    disabled="#900000",
    accent="#ff0000",
    on_accent="#000000",
    selection="#360000",
    selection_text="#ff0000",
    band="#180000",
    error="#ff0000",
    warning="#ff0000",
    ok="#f20000",
    exercise="#f40000",
    on_exercise="#000000",
    focus="#ff0000",
    paper="#000000",
    ink="#e00000",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK, NIGHT)}


class _State:
    """What `apply` was last asked for."""

    asked: str = SYSTEM
    theme: Theme = LIGHT
    percent: int = 100
    scale: float = 1.0
    is_dressed: bool = False
    is_fusion: bool = False
    is_watching: bool = False
    is_glazing: bool = False
    colors: dict[str, QColor] = {}
    figures: tuple[QFont, QFont] | None = None  # asked for last, and given
    icons: dict[int, tuple[str, int, Theme, float]] = {}  # a QIcon's key: its name and size, and what it was made for
    shapes: "tempfile.TemporaryDirectory[str] | None" = None


def current() -> Theme:
    """The theme on screen."""
    return _State.theme


def percent() -> int:
    """The size of all text."""
    return _State.percent


def color(token: str) -> QColor:
    """A colour of the theme on screen: `color("error")`."""
    found = _State.colors.get(token)
    if found is None:
        found = _State.colors[token] = QColor(getattr(_State.theme, token))
    return QColor(found)


def px(size: float) -> int:
    """A size written for 100 %, at the text size of now."""
    return max(1, round(size * _State.scale)) if size > 0 else 0


def row_height() -> int:
    """How high a row of a table is."""
    return px(28)


def look(widget: QWidget, name: str) -> None:
    """Give a widget a look, also when it is on screen already."""
    if widget.property("look") == name:
        return
    widget.setProperty("look", name)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def apply(app: QApplication, name: str, text_percent: int) -> Theme:
    """Show a theme (`system`: light or dark as the computer is set) and a text size, at once and everywhere."""
    prepare(app, name, text_percent)
    dress(app)
    return _State.theme


def prepare(app: QApplication, name: str, text_percent: int) -> None:
    """The half of `apply` that widgets need while they are made: colours, fonts and sizes.

    Qt dresses a widget anew each time it finds its place in another; so a start makes the window before `dress`.
    """
    if app.styleSheet():
        app.setStyleSheet("")  # to undress first and dress then takes Qt a third of the time of changing clothes
    if not _State.is_fusion:  # to ask Qt for the style's name takes PySide 7 ms
        _State.is_fusion = True
        app.setStyle("Fusion")
    _State.asked = name
    _State.is_dressed = False
    hints = app.styleHints()
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "night": Qt.ColorScheme.Dark}
    hints.setColorScheme(schemes.get(name, Qt.ColorScheme.Unknown))  # the frame around the window, native dialogs
    if not _State.is_watching:
        _State.is_watching = True
        hints.colorSchemeChanged.connect(_follow_system)
    if name not in THEMES:
        name = "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"
    _State.theme = THEMES[name]
    _State.colors.clear()
    _State.percent = min(max(text_percent, SMALLEST_PERCENT), LARGEST_PERCENT)
    font, base = _font()
    _State.scale = base * _State.percent / 100 / _BASE_PX
    font.setPixelSize(px(_BASE_PX))
    app.setFont(font)
    app.setPalette(_palette(_State.theme))


def dress(app: QApplication) -> None:
    """The other half: the style sheet, and the icons of what is there already."""
    if _State.is_dressed:
        return
    _State.is_dressed = True
    app.setStyleSheet(_sheet(_State.theme))
    _icons_anew(app)
    _glaze(app)


def _follow_system() -> None:
    app = QApplication.instance()
    if _State.asked not in THEMES and isinstance(app, QApplication):
        apply(app, _State.asked, _State.percent)


# ── type ─────────────────────────────────────────────────────────────────────


@cache
def _system_font() -> tuple[QFont, int]:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    size = font.pixelSize()  # -1 if it is given in points
    screen = QGuiApplication.primaryScreen()
    if size < 0 and screen is not None:
        size = round(font.pointSizeF() * screen.logicalDotsPerInch() / 72)
    if font.family().casefold() in {"", "sans", "sans serif", "sans-serif"}:  # a bare X server names no face
        font.setFamilies(["Inter", "Noto Sans", "Liberation Sans", font.family()])
    return font, size


def _font() -> tuple[QFont, int]:
    """The computer's own typeface, and its size in pixels where that is larger than ours."""
    font, size = _system_font()
    return QFont(font), max(_BASE_PX, size)


def figures(font: QFont) -> QFont:
    """The same font with figures of equal width, so that decimals stand below each other."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag("tnum"), 1)
    return tabular


def sized(font: QFont, size: float, *, is_bold: bool = False) -> QFont:
    """The same font at another size, written for 100 %."""
    other = QFont(font)
    other.setPixelSize(px(size))
    other.setBold(is_bold)
    return other


# ── icons ────────────────────────────────────────────────────────────────────


def icon(name: str, size: int = _ICON_PX) -> QIcon:
    """A line picture in the theme's colours; in actions and buttons it changes with the theme by itself."""
    picture = _shape(name, px(size))
    made = QIcon()
    theme = _State.theme
    mode, state = QIcon.Mode, QIcon.State
    normal, chosen = _tinted(picture, theme.text), _tinted(picture, theme.accent)
    for one in (mode.Normal, mode.Active):
        made.addPixmap(normal, one)
        made.addPixmap(chosen, one, state.On)
    made.addPixmap(_tinted(picture, theme.selection_text), mode.Selected)
    made.addPixmap(_tinted(picture, theme.disabled), mode.Disabled)
    _State.icons[made.cacheKey()] = (name, size, theme, _State.scale)
    return made


def pixmap(name: str, token: str = "text", size: int = _ICON_PX) -> QPixmap:
    """A line picture in one colour of the theme, for a label or a delegate."""
    return _tinted(_shape(name, px(size)), getattr(_State.theme, token))


def _shape(name: str, size: int) -> QImage:
    app = QApplication.instance()
    ratio = max((screen.devicePixelRatio() for screen in QApplication.screens()), default=1.0) if app else 1.0
    return _drawn(name, size, ratio)


@cache
def _drawn(name: str, size: int, ratio: float) -> QImage:
    """The picture in black, in the pixels of the sharpest screen."""
    from PySide6.QtSvg import QSvgRenderer

    pixels = max(1, round(size * ratio))
    image = QImage(QSize(pixels, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(resources.path("icons", f"{name}.svg"))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def _tinted(shape: QImage, colour: str) -> QPixmap:
    image = QImage(shape)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), QColor(colour))
    painter.end()
    return QPixmap.fromImage(image)


def _icons_anew(app: QApplication) -> None:
    """Make every icon that an action or a button carries again in the colours and size of now."""
    carriers: list[QAction | QAbstractButton] = []
    for widget in app.topLevelWidgets():
        carriers += widget.findChildren(QAction)
        carriers += widget.findChildren(QAbstractButton)
    made: dict[int, QIcon] = {}
    for carrier in carriers:
        key = carrier.icon().cacheKey()
        name, size, *made_for = _State.icons.get(key, ("", 0, _State.theme, _State.scale))
        if made_for == [_State.theme, _State.scale]:
            continue
        if key not in made:
            made[key] = icon(name, size)
        carrier.setIcon(made[key])
    for key, (_, _, *made_for) in list(_State.icons.items()):
        if made_for != [_State.theme, _State.scale]:
            del _State.icons[key]


# ── strictly red ──


class _Glass(QWidget):
    """Lies over a window at night and lets nothing through but red: no text cursor, picture or icon is white there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(event.rect(), QColor(255, 0, 0))


def _glaze(app: QApplication) -> None:
    """Put the glass over every window, or take it away."""
    if not _State.is_glazing:
        _State.is_glazing = True
        app.focusChanged.connect(_glaze_focused)
    for window in app.topLevelWidgets():
        _glaze_window(window)


def _glaze_focused(old: QWidget | None, now: QWidget | None) -> None:
    if now is not None:
        _glaze_window(now.window())


def _glaze_window(window: QWidget) -> None:
    is_night = _State.theme is NIGHT
    if window.windowType() not in (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet):
        return
    glass = window.findChild(_Glass, "", Qt.FindChildOption.FindDirectChildrenOnly)
    if is_night and glass is None:
        glass = _Glass(window)
    if glass is not None:
        glass.setVisible(is_night)
        glass.raise_()


# ── colours ──────────────────────────────────────────────────────────────────


def _palette(theme: Theme) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for one, token in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.band),
        (role.Text, theme.text),
        (role.PlaceholderText, theme.quiet),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.error),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.selection_text),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Light, theme.raised),
        (role.Midlight, theme.raised),
        (role.Mid, theme.line),
        (role.Dark, theme.edge),
        (role.Shadow, theme.line),
    ):
        palette.setColor(one, QColor(token))
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, one, QColor(theme.disabled))
    return palette


_SHAPES = {
    "chevron-down": "text",
    "chevron-up": "text",
    "chevron-right": "text",
    "check": "on_accent",
    "dot": "on_accent",
}


def _shape_files(theme: Theme) -> dict[str, str]:
    """The few pictures that a style sheet wants as files, in the theme's colours; none on a full disk."""
    try:
        if _State.shapes is None:
            _State.shapes = tempfile.TemporaryDirectory(prefix="coml-shapes-", ignore_cleanup_errors=True)
        folder = Path(_State.shapes.name)
        files = {}
        for name, token in _SHAPES.items():
            file = folder / f"{theme.name}-{name}.svg"
            if not file.exists():
                source = resources.path("icons", f"{name}.svg").read_text("utf-8")
                file.write_text(source.replace("currentColor", getattr(theme, token)), "utf-8")
            files[name.replace("-", "_")] = f"url({file.as_posix()})"
        return files
    except OSError:
        return {name.replace("-", "_"): "none" for name in _SHAPES}


def _sheet(theme: Theme) -> str:
    """The style sheet: $name is a colour or a picture, {n} a size at 100 %."""
    values = {field.name: str(getattr(theme, field.name)) for field in fields(theme)} | _shape_files(theme)
    text = _SHEET
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(f"${name}", values[name])
    out = []
    for number, piece in enumerate(text.split("@")):  # "8@" is 8 pixels at 100 %
        if number == 0:
            out.append(piece)
            continue
        digits = len(out[-1]) - len(out[-1].rstrip("0123456789"))
        size = int(out[-1][-digits:])
        out[-1] = out[-1][:-digits]
        out.append(f"{px(size)}px{piece}")
    return "".join(out)


_SHEET = """
QWidget { color: $text; }
QMainWindow, QDialog, QMessageBox { background: $window; }
QToolTip { background: $raised; color: $text; border: 1px solid $edge; padding: 5@ 8@; }

QFrame[look="panel"], QWidget[look="panel"] { background: $panel; border: 1px solid $line; border-radius: 6@; }
QFrame[look="bar"], QWidget[look="bar"] { background: $panel; border: none; }
QFrame[look="error"] { background: $panel; border: 1px solid $error; border-radius: 6@; }
QFrame[look="warning"] { background: $panel; border: 1px solid $warning; border-radius: 6@; }
QFrame[look="exercise"] { background: $exercise; border: none; }

QLabel { background: transparent; }
QLabel[look="title"] { font-size: 19@; font-weight: 600; }
QLabel[look="heading"] { font-weight: 600; }
QLabel[look="door"] { font-size: 16@; font-weight: 600; }
QLabel[look="quiet"] { color: $quiet; }
QLabel[look="error"] { background: transparent; border: none; color: $error; font-weight: 600; }
QLabel[look="warning"] { background: transparent; border: none; color: $warning; font-weight: 600; }
QLabel[look="ok"] { color: $ok; }
QLabel[look="band"] { background: $band; color: $quiet; font-weight: 600; padding: 5@ 8@; }
QLabel[look="exercise"] { background: $exercise; color: $on_exercise; font-weight: 700; padding: 5@ 12@; }

QPushButton, QToolButton {
    background: $raised; border: 1px solid $line; border-radius: 5@;
    padding: 4@ 12@; min-height: 20@;
}
QToolButton { padding: 4@ 8@; }
QPushButton:hover, QToolButton:hover { border-color: $edge; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked {
    background: $selection; color: $selection_text; border-color: $edge;
}
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 3@ 11@; }
QToolButton:focus { padding: 3@ 7@; }
QPushButton:disabled, QToolButton:disabled { color: $disabled; background: transparent; }
QPushButton:default { border-color: $accent; }
QPushButton[look="primary"], QToolButton[look="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[look="primary"]:hover, QToolButton[look="primary"]:hover { border-color: $text; }
QPushButton[look="primary"]:focus, QToolButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled, QToolButton[look="primary"]:disabled {
    background: $raised; color: $disabled; border-color: $line;
}
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; border-color: transparent; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: $raised; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border: 2px solid $focus; }
QToolButton[look="quiet"]:checked { background: $selection; }
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton::menu-indicator { image: $chevron_down; width: 10@; subcontrol-position: right center; right: 8@; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $field; color: $text; border: 1px solid $edge; border-radius: 5@; padding: 3@ 7@;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $quiet;
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: 20@; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $focus; padding: 2@ 6@;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {
    color: $disabled; background: $window; border-color: $line;
}
QLineEdit:read-only, QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: $window; }
QLineEdit[look="error"], QPlainTextEdit[look="error"], QComboBox[look="error"] { border: 2px solid $error; }
QAbstractItemView QLineEdit, QAbstractItemView QComboBox { border-radius: 0; padding: 0 4@; min-height: 0; }
QSpinBox QLineEdit, QComboBox QLineEdit, QDateTimeEdit QLineEdit { border: none; padding: 0; min-height: 0; }

QComboBox::drop-down { border: none; width: 22@; subcontrol-position: center right; }
QComboBox::down-arrow { image: $chevron_down; width: 12@; height: 12@; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $edge; padding: 3@; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; border: none; background: transparent; width: 22@;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $raised; }
QAbstractSpinBox::up-arrow { image: $chevron_up; width: 10@; height: 10@; }
QAbstractSpinBox::down-arrow, QDateTimeEdit::drop-down { image: $chevron_down; width: 10@; height: 10@; }
QDateTimeEdit::drop-down { border: none; subcontrol-position: center right; width: 12@; right: 7@; }

QCheckBox, QRadioButton { spacing: 8@; min-height: 24@; border: 2px solid transparent; border-radius: 5@; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 15@; height: 15@; border: 1px solid $edge; background: $field;
}
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 3@; }
QRadioButton::indicator { border-radius: 8@; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: $check;
}
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: $dot; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $disabled; }

QAbstractItemView {
    background: $panel; alternate-background-color: $band; border: 1px solid $line; border-radius: 6@; outline: none;
    selection-background-color: $selection; selection-color: $selection_text; gridline-color: $line;
}
QAbstractItemView:focus { border-color: $focus; }
QTableView::item, QTreeView::item { padding: 0 6@; border: none; }
QListView::item { padding: 3@ 8@; min-height: 22@; border: none; border-radius: 4@; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
    background: $selection; color: $selection_text;
}
QListView::item:hover:!selected { background: $raised; }
QTreeView::branch:closed:has-children { image: $chevron_right; }
QTreeView::branch:open:has-children { image: $chevron_down; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    background: $panel; color: $quiet; font-weight: 600; border: none; border-bottom: 1px solid $line;
    padding: 6@ 6@;
}
QHeaderView::down-arrow { image: $chevron_down; width: 10@; height: 10@; }
QHeaderView::up-arrow { image: $chevron_up; width: 10@; height: 10@; }
QTableCornerButton::section { background: $panel; border: none; }

QScrollArea, QScrollArea > QWidget > QWidget[look="page"] { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 14@; }
QScrollBar:horizontal { height: 14@; }
QScrollBar::handle { background: $edge; border: none; border-radius: 3@; margin: 3@; }
QScrollBar::handle:vertical { min-height: 28@; }
QScrollBar::handle:horizontal { min-width: 28@; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QMenuBar { background: $panel; }
QMenuBar::item { padding: 6@ 10@; background: transparent; }
QMenuBar::item:selected { background: $selection; color: $selection_text; }
QMenu { background: $panel; border: 1px solid $edge; padding: 4@; icon-size: 16@; }
QMenu::item { padding: 6@ 20@ 6@ 10@; border-radius: 4@; min-height: 18@; }
QMenu::item:selected { background: $selection; color: $selection_text; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { margin-left: 6@; }
QMenu::separator { height: 1px; background: $line; margin: 4@ 8@; }
QMenu::indicator { width: 14@; height: 14@; margin-left: 3@; border: 1px solid transparent; }
QMenu::indicator:checked { background: $accent; border-radius: 3@; image: $check; }
QMenu::right-arrow { image: $chevron_right; width: 12@; height: 12@; margin-right: 6@; }

QGroupBox { border: 1px solid $line; border-radius: 6@; margin-top: 18@; padding: 10@; background: $panel; }
QGroupBox::title { subcontrol-origin: margin; left: 4@; color: $quiet; font-weight: 600; }
QTabWidget::pane { border: 1px solid $line; border-radius: 6@; background: $panel; }
QTabBar::tab { padding: 6@ 14@; border: none; border-bottom: 2px solid transparent; background: transparent; }
QTabBar::tab:selected { border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $focus; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover, QSplitter::handle:pressed { background: $selection; }
QSplitter::handle:horizontal { width: 6@; border-right: 1px solid $line; }
QSplitter::handle:vertical { height: 6@; border-bottom: 1px solid $line; }
QProgressBar { border: 1px solid $line; border-radius: 4@; background: $field; text-align: center; min-height: 16@; }
QProgressBar::chunk { background: $selection; border-radius: 3@; }
QStatusBar { background: $panel; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QCalendarWidget QWidget { alternate-background-color: $band; background: $panel; }
QCalendarWidget QAbstractItemView { border: none; border-radius: 0; }

QFrame[look="offers"], QListView[look="offers"] { background: $panel; border: 1px solid $edge; border-radius: 6@; }

QWidget#header { background: $panel; border: none; border-bottom: 1px solid $line; }
QWidget#navigation { background: $panel; border: none; border-right: 1px solid $line; }
QWidget#status { background: $panel; border: none; border-top: 1px solid $line; }
QWidget#column { background: $panel; border: none; }
QFrame#notice { background: $panel; border: none; border-bottom: 1px solid $warning; }
QFrame#refusal { background: $panel; border: none; border-top: 2px solid $error; }

QPushButton[look="incident"], QPushButton[look="period"] {
    background: transparent; border: 1px solid transparent; padding: 4@ 26@ 4@ 8@;
}
QPushButton[look="incident"] { font-size: 17@; font-weight: 600; }
QPushButton[look="period"] { color: $text; }
QPushButton[look="incident"]:hover, QPushButton[look="period"]:hover { background: $raised; }
QPushButton[look="incident"]:focus, QPushButton[look="period"]:focus {
    border: 2px solid $focus; padding: 3@ 25@ 3@ 7@;
}
QPushButton[look="incident"]::menu-indicator, QPushButton[look="period"]::menu-indicator {
    image: $chevron_down; width: 10@; height: 10@;
    subcontrol-origin: padding; subcontrol-position: right center; right: 8@;
}
QToolButton[look="due-error"], QToolButton[look="due-warning"], QToolButton[look="due-quiet"] {
    background: transparent; border: 1px solid transparent;
}
QToolButton[look="due-error"] { color: $error; font-weight: 600; }
QToolButton[look="due-warning"] { color: $warning; font-weight: 600; }
QToolButton[look="due-quiet"] { color: $quiet; }
QToolButton[look="due-error"]:hover, QToolButton[look="due-warning"]:hover, QToolButton[look="due-quiet"]:hover {
    background: $raised;
}
QToolButton[look="due-error"]:focus, QToolButton[look="due-warning"]:focus, QToolButton[look="due-quiet"]:focus {
    border: 2px solid $focus;
}
QPushButton[look="search"] {
    background: $field; color: $quiet; border: 1px solid $edge; text-align: left; padding: 4@ 10@;
}
QPushButton[look="search"]:hover { border-color: $text; }
QPushButton[look="search"]:focus { border: 2px solid $focus; padding: 3@ 9@; }
QToolButton[look="nav"] {
    background: transparent; border: 2px solid transparent; border-radius: 6@;
    padding: 6@ 8@; min-height: 22@;
}
QToolButton[look="nav"]:hover { background: $raised; }
QToolButton[look="nav"]:checked { background: $selection; color: $selection_text; font-weight: 600; }
QToolButton[look="nav"]:focus { border-color: $focus; }
QPushButton[look="door"] {
    background: $panel; border: 1px solid $line; border-radius: 8@; padding: 0; text-align: left;
}
QPushButton[look="door"]:hover { border-color: $accent; }
QPushButton[look="door"]:focus { border: 2px solid $focus; }
QPushButton[look="door"]:pressed { background: $selection; }
QPushButton[look="status"], QToolButton[look="status"] {
    background: transparent; border: 1px solid transparent; padding: 0 6@; min-height: 20@; color: $quiet;
}
QPushButton[look="status"]:hover, QToolButton[look="status"]:hover { background: $raised; }
QPushButton[look="status"]:focus, QToolButton[look="status"]:focus { border: 2px solid $focus; padding: 0 5@; }
QFrame#palette { background: $panel; border: 1px solid $edge; border-radius: 8@; }
QFrame#palette QLineEdit { font-size: 17@; border: none; padding: 8@ 12@; background: transparent; min-height: 28@; }
QFrame#palette QListView { border: none; border-top: 1px solid $line; border-radius: 0; padding: 4@; }
"""
