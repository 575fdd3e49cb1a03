"""The ICS 205 as it will print, drawn anew after each edit: pictures of its pages, small and large."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coml_toolkit.errors import ComlError
from coml_toolkit.jobs import Progress
from coml_toolkit.model.plan import Plan

from .. import theme
from ..document import Document
from ..jobs import Jobs

if TYPE_CHECKING:
    from forms import Drawn

_WAIT_MS = 150  # after an edit, for the next one
_LETTER = (792.0, 612.0)  # points, until there is a page to measure
_MOST_PIXELS = 4_000  # the widest picture of a page: larger, it is scaled
_AT_ONCE = 8  # pictures a job makes: what was looked at last
_FINER = 3  # of the small picture
_KEPT_PIXELS = 60_000_000  # of all pictures together, some 240 MB

Asked = tuple[int, int]  # page from 0, width in pixels


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What a job made: the form, its page sizes in points, and the pictures that were asked for."""

    form: "Drawn"
    sizes: tuple[tuple[float, float], ...]
    pictures: dict[Asked, QImage]


class PagePictures(QObject):
    """Pictures of the 205's pages. Forms and pictures are made in the background, only while somebody looks."""

    drawn = Signal()  # there are other pictures, or another problem

    def __init__(self, document: Document, jobs: Jobs) -> None:
        super().__init__(document)
        self._document = document
        self._jobs = jobs
        self._viewers: list[QWidget] = []
        self._drawing: _Drawing | None = None
        self._of: Plan | None = None  # the plan that the pictures show
        self._pictures: dict[Asked, QImage] = {}  # the least lately used first
        self._old: dict[Asked, QImage] = {}  # of the plan before, until the new ones are there
        self._asked: dict[Asked, None] = {}  # what is looked at and not there
        self._doing: set[Asked] = set()  # what the running job makes
        self._stop: Event | None = None
        self.problem: ComlError | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._start)
        document.changed.connect(lambda: self._wait.start(_WAIT_MS))

    @property
    def pages(self) -> int:
        """How many pages there are; 0 before the first is drawn."""
        return self._drawing.form.pages if self._drawing is not None else 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be printed as it was written."""
        return self._drawing.form.notes if self._drawing is not None else ()

    @property
    def pdf(self) -> bytes:
        """The form on screen."""
        return self._drawing.form.pdf if self._drawing is not None else b""

    @property
    def is_stale(self) -> bool:
        """The plan changed, and its pictures are not there yet."""
        return self._document.plan is not self._of

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        return self._drawing.sizes[page] if self._drawing is not None and page < self.pages else _LETTER

    def show_in(self, viewer: QWidget) -> None:
        """Draw while this widget is visible; it asks for what it shows by `picture`."""
        self._viewers.append(viewer)

    def wanted(self) -> None:
        """A viewer came into view."""
        if self.is_stale or self._asked:
            self._wait.start(0)

    def picture(self, page: int, width: int) -> QImage | None:
        """A page, so many pixels wide. Until it is drawn, what there is of it; `drawn` says when there is better."""
        asked = (page, min(width, _MOST_PIXELS))
        if (image := self._pictures.pop(asked, None)) is not None:
            self._pictures[asked] = image  # used last
            return image
        self._asked.pop(asked, None)
        self._asked[asked] = None
        if asked not in self._doing and not self._wait.isActive():
            self._wait.start(0)
        others = {key: image for key, image in {**self._old, **self._pictures}.items() if key[0] == page}
        return max(others.items(), key=lambda item: item[0][1])[1] if others else None

    # ── drawing ──────────────────────────────────────────────────────────────

    def _start(self) -> None:
        self._viewers = [viewer for viewer in self._viewers if shiboken6.isValid(viewer)]
        if not any(viewer.isVisible() for viewer in self._viewers):
            return
        plan = self._document.plan
        if plan is None:
            self._drawing, self._of, self.problem = None, None, None
            self._pictures.clear()
            self._old.clear()
            self._asked.clear()
            self.drawn.emit()
            return
        if self._stop is not None:
            self._stop.set()  # it draws what is old by now
        form = None if self.is_stale else self._drawing
        looked_at = [*([] if form is not None else self._pictures), *self._asked]
        asked = list(dict.fromkeys(looked_at))[-_AT_ONCE:]
        self._asked = dict.fromkeys(asked)
        self._doing = set(asked)
        self._stop = self._jobs.start(
            "Drawing the ICS 205",
            _draw,
            plan,
            form.form if form is not None else None,
            asked,
            on_done=lambda drawing: self._done(plan, drawing),
            on_error=lambda error: self._failed(plan, error),
        )

    def _done(self, plan: Plan, drawing: _Drawing) -> None:
        self._stop = None
        self._doing.clear()
        if self._of is not plan:
            self._old = self._pictures
            self._pictures = {}
        self._of, self._drawing, self.problem = plan, drawing, None
        self._pictures |= drawing.pictures
        for asked in [*drawing.pictures, *(each for each in self._asked if each[0] >= drawing.form.pages)]:
            self._asked.pop(asked, None)
        self._forget_least_used()
        self.drawn.emit()

    def _failed(self, plan: Plan, error: Exception) -> None:
        self._stop = None
        self._doing.clear()
        if not isinstance(error, ComlError):
            raise error
        self._of, self._drawing, self.problem = plan, None, error
        self._pictures.clear()
        self._old.clear()
        self._asked.clear()
        self.drawn.emit()

    def _forget_least_used(self) -> None:
        total = sum(image.width() * image.height() for image in self._pictures.values())
        for asked in list(self._pictures)[:-1]:
            if total <= _KEPT_PIXELS:
                break
            image = self._pictures.pop(asked)
            total -= image.width() * image.height()
        if not any(page in {key[0] for key in self._asked} for page, _ in self._old):
            self._old = {}


def _draw(plan: Plan, form: "Drawn | None", asked: list[Asked], *, progress: Progress) -> _Drawing:
    """The 205 of a plan (or the one drawn before) and pictures of its pages.

    Runs in a job: PDFium is locked by Qt, and lets the interpreter go on meanwhile, so the window never waits.
    """
    if form is None:
        import forms

        form = forms.draw(forms.find("205"), plan)
    progress(0, 0)  # an edit made meanwhile stops it here
    with Pdf(form.pdf) as pdf:
        pictures = {}
        for page, width in asked:
            if page < pdf.pages:
                pictures[page, width] = pdf.picture(page, width)
                progress(0, 0)
        return _Drawing(form, tuple(pdf.size(page) for page in range(pdf.pages)), pictures)


class Pdf:
    """A finished form, to take pictures of. Open and close it in one thread."""

    def __init__(self, content: bytes) -> None:
        from PySide6.QtCore import QBuffer, QIODevice
        from PySide6.QtPdf import QPdfDocument

        self._buffer = QBuffer()
        self._buffer.setData(content)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)

    def __enter__(self) -> "Pdf":
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()
        self._buffer.close()

    @property
    def pages(self) -> int:
        """How many there are."""
        return self._document.pageCount()

    def size(self, page: int) -> tuple[float, float]:
        """Width and height in points."""
        size = self._document.pagePointSize(page)
        return size.width(), size.height()

    def picture(self, page: int, width: int) -> QImage:
        """A page on white paper, so many pixels wide, in greys: forms have no colours."""
        points = self.size(page)
        drawn = self._document.render(page, QSize(width, max(1, round(width * points[1] / points[0]))))
        image = QImage(drawn.size(), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return image.convertToFormat(QImage.Format.Format_Grayscale8)


def on_paper(image: QImage) -> QImage:
    """A picture of a page in the theme's paper and ink."""
    tokens = theme.current()
    if (tokens.paper, tokens.ink) == ("#ffffff", "#000000"):
        return image
    paper, ink = QColor(tokens.paper), QColor(tokens.ink)
    tinted = image.convertToFormat(QImage.Format.Format_Grayscale8)
    tinted.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    tinted.setColorTable([_between(ink, paper, grey) for grey in range(256)])
    return tinted


def _between(ink: QColor, paper: QColor, grey: int) -> int:
    def mixed(low: int, high: int) -> int:
        return low + (high - low) * grey // 255

    return QColor(
        mixed(ink.red(), paper.red()), mixed(ink.green(), paper.green()), mixed(ink.blue(), paper.blue())
    ).rgb()


def _said(pictures: PagePictures) -> str:
    """What is to be said under the page."""
    if pictures.problem is not None:
        return f"{pictures.problem.message} {pictures.problem.hint}".strip()
    return "\n".join(pictures.notes)


# ── small ────────────────────────────────────────────────────────────────────


class Thumbnail(QWidget):
    """One page of the 205, small, as it will print. Enter or a click shows it large."""

    clicked = Signal()

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._page = 0
        self.picture = _Picture(pictures)
        self.picture.clicked.connect(self.clicked)
        self.words = QLabel()
        theme.look(self.words, "quiet")
        self.previous = _arrow("chevron-left", "Previous page", lambda: self.show_page(self._page - 1))
        self.next = _arrow("chevron-right", "Next page", lambda: self.show_page(self._page + 1))
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        theme.look(self.note, "warning")
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.words, 1)
        self._foot.addWidget(self.previous)
        self._foot.addWidget(self.next)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.picture)
        self._layout.addLayout(self._foot)
        self._layout.addWidget(self.note)
        pictures.show_in(self)
        pictures.drawn.connect(self.refresh)
        self._measure()
        self.refresh()

    @property
    def page(self) -> int:
        """The page on screen, from 0."""
        return self._page

    def show_page(self, page: int) -> None:
        """Show another page."""
        self._page = min(max(page, 0), max(self._pictures.pages - 1, 0))
        self.refresh()

    def refresh(self) -> None:
        """Show what is drawn now."""
        pages = self._pictures.pages
        self._page = min(self._page, max(pages - 1, 0))
        self.picture.show_page(self._page)
        self.words.setText(f"ICS 205 · page {self._page + 1} of {pages}" if pages else "ICS 205")
        for arrow, is_there in ((self.previous, self._page > 0), (self.next, self._page < pages - 1)):
            arrow.setVisible(pages > 1)
            arrow.setEnabled(is_there)
        said = _said(self._pictures)
        theme.look(self.note, "error" if self._pictures.problem else "warning")
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def _measure(self) -> None:
        self._layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._layout.setSpacing(theme.px(4))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pictures.wanted()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()


class _Picture(QWidget):
    """The page itself, as wide as there is room."""

    clicked = Signal()

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("The ICS 205 as it will print. Click, or press Enter, to see it large. (F8)")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_page(self, page: int) -> None:
        """Show a page."""
        self._page = page
        pages = self._pictures.pages
        self.setAccessibleName(f"ICS 205, page {page + 1} of {pages}" if pages else "ICS 205")
        self.updateGeometry()
        self._fit()
        self.update()

    def _fit(self) -> None:
        wide, high = self._pictures.size(self._page)
        wanted = round(self.width() * high / wide)
        if wanted != self.height():
            self.setFixedHeight(max(wanted, 1))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        frame = self.rect().adjusted(1, 1, -1, -1)
        ratio = self.devicePixelRatioF()
        # Taken larger and made smaller, thin rules stay thin.
        image = self._pictures.picture(self._page, _FINER * round(frame.width() * ratio))
        painter.fillRect(frame, theme.color("paper"))
        if image is not None:
            size = QSize(round(frame.width() * ratio), round(frame.height() * ratio))
            smooth = Qt.TransformationMode.SmoothTransformation
            small = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            painter.drawImage(QRectF(frame), on_paper(small))
        else:
            painter.setPen(theme.color("quiet"))
            words = "Drawing …" if self._pictures.problem is None else ""
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, words)
        painter.setPen(theme.color("focus" if self.hasFocus() else "edge"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self.hasFocus():
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


def _arrow(icon: str, name: str, call: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setText("‹" if icon == "chevron-left" else "›")
    button.setAccessibleName(name)
    button.setToolTip(f"{name}.")
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.look(button, "quiet")
    button.clicked.connect(call)
    return button


# ── large ────────────────────────────────────────────────────────────────────


class PageView(QWidget):
    """Every page under each other, as wide as the window or larger; and in words what could not be printed."""

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__()
        self.sheets = _Sheets(pictures)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.words = QLabel()
        theme.look(self.words, "quiet")
        self._pictures = pictures
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.words, 1)
        for text, name, tip, call in (
            ("−", "Smaller", "Make the page smaller. (-)", self.sheets.smaller),
            ("Fit", "Fit the width", "Make the page as wide as the window. (0)", self.sheets.fit_width),
            ("+", "Larger", "Make the page larger. (+)", self.sheets.larger),
        ):
            button = QToolButton()
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(call)
            self._foot.addWidget(button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.sheets, 1)
        self._layout.addWidget(self.note)
        self._layout.addLayout(self._foot)
        self.setFocusProxy(self.sheets)
        pictures.show_in(self)
        pictures.drawn.connect(self.refresh)
        self.sheets.moved.connect(self._tell)
        self._measure()
        self.refresh()

    def refresh(self) -> None:
        """Show what is drawn now."""
        said = _said(self._pictures)
        theme.look(self.note, "error" if self._pictures.problem else "warning")
        self.note.setText(said)
        self.note.setVisible(bool(said))
        self.sheets.refresh()
        self._tell()

    def _tell(self) -> None:
        pages = self._pictures.pages
        self.words.setText(f"Page {self.sheets.page + 1} of {pages} · {self.sheets.percent} %" if pages else "")
        self.sheets.setAccessibleName(f"ICS 205, page {self.sheets.page + 1} of {pages}" if pages else "ICS 205")

    def _measure(self) -> None:
        self._layout.setSpacing(theme.px(4))
        self._foot.setSpacing(theme.px(4))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pictures.wanted()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()


class _Sheets(QAbstractScrollArea):
    """The pages on a desk. Only those in sight are drawn."""

    moved = Signal()  # another page or zoom

    SMALLEST, LARGEST, STEP = 0.25, 6.0, 1.2

    def __init__(self, pictures: PagePictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._zoom = 1.0  # 1 is as wide as the window
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("Ctrl with the wheel, + and - change the size; 0 fits the width.")
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(theme.px(40))
        self.verticalScrollBar().valueChanged.connect(self.moved)

    # ── how large ────────────────────────────────────────────────────────────

    def larger(self) -> None:
        """One step."""
        self.set_zoom(self._zoom * self.STEP)

    def smaller(self) -> None:
        """One step."""
        self.set_zoom(self._zoom / self.STEP)

    def fit_width(self) -> None:
        """As wide as the window."""
        self.set_zoom(1.0)

    def set_zoom(self, zoom: float, at: QPoint | None = None) -> None:
        """Change the size; the point under the mouse, else the middle, stays where it is."""
        zoom = min(max(zoom, self.SMALLEST), self.LARGEST)
        if abs(zoom - 1) < 0.02:
            zoom = 1.0
        at = at if at is not None else self.viewport().rect().center()
        ratio = zoom / self._zoom
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        x, y = across.value() + at.x(), down.value() + at.y()
        self._zoom = zoom
        self._measure()
        across.setValue(round(x * ratio) - at.x())
        down.setValue(round(y * ratio) - at.y())
        self.viewport().update()
        self.moved.emit()

    @property
    def percent(self) -> int:
        """How large the paper is on screen, in percent of its own size."""
        inch = self._width() / (self._pictures.size(0)[0] / 72)
        return round(100 * inch / max(self.logicalDpiX(), 1))

    @property
    def page(self) -> int:
        """The page in the middle of the window, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = 0
        for number, place in enumerate(self._places()):
            if place.top() <= middle:
                page = number
        return page

    def refresh(self) -> None:
        """Show what is drawn now."""
        self._measure()
        self.viewport().update()

    # ── where the pages lie ──────────────────────────────────────────────────

    def _gap(self) -> int:
        return theme.px(12)

    def _width(self) -> int:
        """Of a page, in pixels of the screen's own measure."""
        bar = self.verticalScrollBar().sizeHint().width()  # kept free, so that the page does not jump
        return max(round((self.maximumViewportSize().width() - bar - 2 * self._gap()) * self._zoom), 50)

    def _places(self) -> list[QRect]:
        places, top, wide = [], self._gap(), self._width()
        left = max((self.viewport().width() - wide) // 2, self._gap())
        for page in range(max(self._pictures.pages, 1)):
            points = self._pictures.size(page)
            high = round(wide * points[1] / points[0])
            places.append(QRect(left, top, wide, high))
            top += high + self._gap()
        return places

    def _measure(self) -> None:
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        last = self._places()[-1]
        seen = self.viewport().size()
        down.setPageStep(seen.height())
        down.setRange(0, max(0, last.bottom() + self._gap() - seen.height()))
        across.setPageStep(seen.width())
        across.setRange(0, max(0, last.right() + self._gap() - seen.width()))

    # ── Qt calls ─────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self.moved.emit()

    def scrollContentsBy(self, across: int, down: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("window"))
        if self._pictures.problem is not None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shift = QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for page, place in enumerate(self._places()):
            place.translate(shift)
            if not place.intersects(self.viewport().rect()):
                continue
            self._paint_shadow(painter, place)
            painter.fillRect(place, theme.color("paper"))
            image = self._pictures.picture(page, round(place.width() * self.devicePixelRatioF()))
            if image is None:
                painter.setPen(theme.color("quiet"))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "Drawing …")
            else:
                painter.drawImage(QRectF(place), on_paper(image))
            painter.setPen(theme.color("line"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _paint_shadow(self, painter: QPainter, place: QRect) -> None:
        for step in range(theme.px(4), 0, -1):
            painter.fillRect(place.translated(step, step), QColor(0, 0, 0, 22))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turns = event.angleDelta().y() / 120
            self.set_zoom(self._zoom * self.STEP**turns, event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = self.verticalScrollBar()
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.larger()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.smaller()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        elif key == Qt.Key.Key_Home:
            down.setValue(0)
        elif key == Qt.Key.Key_End:
            down.setValue(down.maximum())
        elif key == Qt.Key.Key_Space:
            down.triggerAction(down.SliderAction.SliderPageStepAdd)
        else:
            super().keyPressEvent(event)
