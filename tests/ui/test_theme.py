"""Colours that can be read, at night nothing but red, one size for everything, and a picture for every command."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QImage
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import resources
import ui
from ui import theme
from ui.actions import COMMANDS
from ui.theme import THEMES, Theme

ICONS = sorted(path.stem for path in resources.path("icons").glob("*.svg"))
BACKGROUNDS = ("window", "panel", "raised", "field", "band")
WORDS = ("text", "quiet", "error", "warning", "ok", "accent")


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light", 100)
    yield
    theme.apply(qapp, "light", 100)


def luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 counts it, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


# ── colours ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
def test_all_words_can_be_read_on_all_grounds(tokens: Theme) -> None:
    dim = {
        f"{words} on {ground}": round(contrast(getattr(tokens, words), getattr(tokens, ground)), 2)
        for words in WORDS
        for ground in BACKGROUNDS
        if contrast(getattr(tokens, words), getattr(tokens, ground)) < 4.5
    }
    assert dim == {}


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(
    ("words", "ground"),
    [("on_accent", "accent"), ("selection_text", "selection"), ("on_exercise", "exercise")],
)
def test_words_on_coloured_ground_can_be_read(tokens: Theme, words: str, ground: str) -> None:
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", [*BACKGROUNDS, "selection"])
def test_body_text_can_be_read_with_tired_eyes(name: str, ground: str) -> None:
    assert contrast(THEMES[name].text, getattr(THEMES[name], ground)) >= 7


@pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("ground", ["window", "panel", "field"])
def test_edges_and_the_focus_ring_can_be_seen(tokens: Theme, ground: str) -> None:
    assert contrast(tokens.edge, getattr(tokens, ground)) >= 3
    assert contrast(tokens.focus, getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("token", [field.name for field in fields(Theme) if field.type in ("str", str)])
def test_night_holds_no_green_and_no_blue(token: str) -> None:
    if token != "name":
        color = QColor(getattr(theme.NIGHT, token))
        assert (color.green(), color.blue()) == (0, 0)


def greens_and_blues(widget: QWidget) -> int:
    """How many pixels of a widget give other light than red."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = bytes(image.constBits())
    return sum(1 for at in range(0, len(raw), 4) if raw[at] or raw[at + 1])


def test_at_night_a_whole_window_gives_nothing_but_red_light(qtbot: QtBot, qapp: QApplication) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    inside = QWidget()
    layout = QVBoxLayout(inside)
    field = QLineEdit("text with a cursor")
    picture = QLabel()
    picture.setPixmap(QIcon(str(resources.path("icons", "coml.svg"))).pixmap(64, 64))  # blue
    table = QTableWidget(3, 3)
    for part in (field, QPushButton("Button"), picture, table):
        layout.addWidget(part)
    window.setCentralWidget(inside)
    window.show()
    qtbot.waitExposed(window)
    assert greens_and_blues(window) > 0
    theme.apply(qapp, "night", 100)
    field.setFocus()
    assert greens_and_blues(window) == 0
    theme.apply(qapp, "light", 100)
    assert greens_and_blues(window) > 0


def test_a_window_opened_at_night_is_red_as_well(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, "night", 100)
    window = QMainWindow()
    qtbot.addWidget(window)
    field = QLineEdit()
    window.setCentralWidget(field)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert greens_and_blues(window) == 0


# ── applying ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_is_on_screen_at_once(qapp: QApplication, name: str) -> None:
    assert theme.apply(qapp, name, 100) is THEMES[name] is theme.current()
    assert qapp.palette().text().color() == QColor(THEMES[name].text)
    assert theme.color("error") == QColor(THEMES[name].error)
    assert THEMES[name].accent in qapp.styleSheet()


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_complete(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name, 150)
    assert "$" not in qapp.styleSheet()
    assert "@" not in qapp.styleSheet()
    for file in re.findall(r"url\(([^)]*)\)", qapp.styleSheet()):
        assert "currentColor" not in Path(file).read_text("utf-8")


def test_the_system_theme_is_light_or_dark_as_the_computer_says(qapp: QApplication) -> None:
    shown = theme.apply(qapp, "system", 100)
    is_dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert shown is (theme.DARK if is_dark else theme.LIGHT)


def test_the_system_theme_follows_the_computer(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.apply(qapp, "system", 110)
    seen = []
    monkeypatch.setattr(theme, "apply", lambda app, name, percent: seen.append((name, percent)))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert seen == [("system", 110)]


def test_a_chosen_theme_stays_when_the_computer_changes(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.apply(qapp, "night", 100)
    seen = []
    monkeypatch.setattr(theme, "apply", lambda *asked: seen.append(asked))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert seen == []


def test_a_theme_nobody_knows_is_the_system_s(qapp: QApplication) -> None:
    assert theme.apply(qapp, "purple", 100) in (theme.LIGHT, theme.DARK)


@pytest.mark.parametrize(("asked", "given"), [(100, 100), (200, 200), (90, 90), (20, 90), (900, 200)])
def test_text_size_stays_within_reason(qapp: QApplication, asked: int, given: int) -> None:
    theme.apply(qapp, "light", asked)
    assert theme.percent() == given


def test_text_size_scales_letters_and_everything_around_them(qtbot: QtBot, qapp: QApplication) -> None:
    button = QPushButton("Copy forward")
    qtbot.addWidget(button)
    button.show()
    at_100 = (qapp.font().pixelSize(), button.sizeHint(), theme.row_height(), theme.px(8))
    theme.apply(qapp, "light", 200)
    at_200 = (qapp.font().pixelSize(), button.sizeHint(), theme.row_height(), theme.px(8))
    assert at_200[0] == 2 * at_100[0]
    assert at_200[1].height() >= 1.8 * at_100[1].height()
    assert at_200[1].width() >= 1.8 * at_100[1].width()
    assert at_200[2:] == (2 * at_100[2], 2 * at_100[3])


def test_sizes_are_never_nothing(qapp: QApplication) -> None:
    theme.apply(qapp, "light", 90)
    assert (theme.px(1), theme.px(0)) == (1, 0)


def test_figures_have_one_width() -> None:
    assert theme.figures(QFont()).isFeatureSet(QFont.Tag("tnum"))
    assert not QFont().isFeatureSet(QFont.Tag("tnum"))


def test_what_is_given_out_may_be_changed_by_who_asked() -> None:
    theme.figures(QFont()).setBold(True)
    theme.color("text").setAlpha(0)
    assert not theme.figures(QFont()).bold()
    assert theme.color("text").alpha() == 255


def test_a_look_can_change_while_it_is_on_screen(qtbot: QtBot) -> None:
    label = QLabel("155.7525")
    qtbot.addWidget(label)
    label.show()
    theme.look(label, "error")
    assert label.palette().windowText().color() == QColor(theme.LIGHT.error)
    theme.look(label, "quiet")
    assert label.palette().windowText().color() == QColor(theme.LIGHT.quiet)


# ── pictures ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_picture(command: object) -> None:
    assert command.icon in ICONS  # type: ignore[attr-defined]


def test_every_picture_that_is_named_in_the_program_exists() -> None:
    named = set()
    for file in Path(ui.__file__).parent.rglob("*.py"):
        named |= set(re.findall(r"theme\.(?:icon|pixmap)\(\s*\"([a-z-]+)\"", file.read_text("utf-8")))
    assert named
    assert named <= set(ICONS)


@pytest.mark.parametrize("name", ICONS)
def test_every_picture_can_be_seen(qapp: QApplication, name: str) -> None:
    image = theme.pixmap(name, "text", 24).toImage()
    marked = sum(image.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))
    assert marked >= 12


@pytest.mark.parametrize("name", [name for name in ICONS if name != "coml"])
def test_pictures_are_one_set(name: str) -> None:
    text = resources.path("icons", f"{name}.svg").read_text("utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke="currentColor"' in text
    assert 'stroke-width="1.75"' in text
    assert "#" not in text  # the theme colours them


def test_pictures_of_actions_and_buttons_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    action = QAction(theme.icon("undo"), "Undo", window)
    button = QPushButton(theme.icon("undo"), "Undo", window)
    theme.apply(qapp, "dark", 200)

    def ink(icon: QIcon) -> set[str]:
        image = icon.pixmap(theme.px(18), theme.px(18)).toImage()
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return {pixel.name() for pixel in pixels if pixel.alpha() == 255}

    assert ink(action.icon()) == ink(button.icon()) == {theme.DARK.text}
    assert action.icon().availableSizes()[0].width() == theme.px(18)
    theme.apply(qapp, "light", 100)
    assert ink(action.icon()) == {theme.LIGHT.text}
