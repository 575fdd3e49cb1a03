"""Ctrl+K: three letters and Enter reach every command, line, channel, incident and period."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coml_toolkit import planning
from coml_toolkit.example import make_example
from coml_toolkit.model.plan import Incident
from coml_toolkit.settings import Settings
from coml_toolkit.store import create_store, open_store
from ui import theme
from ui.document import Document
from ui.widgets.palette import Palette, rank
from ui.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> MainWindow:
    """The example, with the palette not yet open."""
    if theme.current() is not theme.LIGHT or theme.percent() != 100 or not qapp.styleSheet():
        theme.apply(qapp, "light", 100)
    store = open_store(make_example(tmp_path / "fire.coml", "Tester"), who="Tester")
    return shown(qtbot, MainWindow(Document(store), Settings(has_preview=False)))


def shown(qtbot: QtBot, window: MainWindow) -> MainWindow:
    qtbot.addWidget(window)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    window.show()
    window.column.fill()

    def is_in_front() -> bool:
        window.activateWindow()
        return window.isActiveWindow() and QApplication.focusWidget() is not None

    qtbot.waitUntil(is_in_front)
    return window


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> Palette:
    return opened(window, qtbot)


def opened(window: MainWindow, qtbot: QtBot) -> Palette:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_ is not None
    palette = window.palette_
    qtbot.waitUntil(palette.field.hasFocus)
    return palette


def words(palette: Palette) -> list[str]:
    model = palette.model
    return [model.entry(model.index(row, 0)).words for row in range(model.rowCount())]


def enter(palette: Palette, qtbot: QtBot, typed: str, *, control: bool = False) -> None:
    """What a user does: type, Enter."""
    qtbot.keyClicks(palette.field, typed)
    keys = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(palette.field, Qt.Key.Key_Return, keys)


# ── ranking ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "text", "place"),
    [
        ("cop", "Copy forward…", 0),
        ("for", "Copy forward…", 1),
        ("cop for", "Copy forward…", 2),
        ("for cop", "Copy forward…", 2),
        ("rwar", "Copy forward…", 3),
        ("VTAC36", "vtac36", 0),
        ("  copy   forward ", "Copy forward…", 0),
        ("xyz", "Copy forward…", None),
    ],
)
def test_a_beginning_goes_before_a_word_and_a_word_before_the_middle(typed: str, text: str, place: int | None) -> None:
    assert rank(typed, text) == place


def test_what_is_said_of_a_thing_counts_least() -> None:
    assert rank("command", "VTAC36", "Command, All divisions") == 4
    assert rank("vtac command", "VTAC36", "Command, All divisions") == 4


# ── what a user does ─────────────────────────────────────────────────────────


def test_three_letters_and_enter_carry_out_a_command(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.commands["theme-dark"].triggered):
        enter(palette, qtbot, "theme: d")
    assert not palette.isVisible()


def test_undo_says_there_what_it_takes_back(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "undo")
    assert words(palette)[0].startswith("Undo: ")


def test_a_line_of_the_plan_is_found_and_shown(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("library")
    opened(window, qtbot)
    enter(palette, qtbot, "vtac13")
    assert window.plan.isVisible()
    line = window.plan.table.current_line()
    assert line is not None
    assert line.channel.name == "VTAC13"


def test_a_line_is_found_by_what_it_is_for(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "evacuation")
    assert words(palette)[0] == "VLAW31"


def test_a_channel_is_shown_in_the_library(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    enter(palette, qtbot, "utac41d")
    assert window.library is not None
    assert window.library.isVisible()
    current = window.library.current()
    assert current is not None
    assert current.name == "UTAC41D"


def test_control_enter_adds_a_channel_to_the_plan(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    assert window.document.plan is not None
    before = len(window.document.plan.lines)
    enter(palette, qtbot, "utac41d", control=True)
    assert len(window.document.plan.lines) == before + 1
    line = window.plan.table.current_line()
    assert line is not None
    assert line.channel.name == "UTAC41D"
    assert window.plan.isVisible()


def test_a_channel_is_found_by_its_frequency(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "155.7525")
    assert words(palette)[0] == "VCALL10"


def test_another_period_is_one_enter_away(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    enter(palette, qtbot, "operational period 1")
    assert window.document.plan is not None
    assert window.document.plan.period.number == 1


def test_another_incident_is_found_by_its_name(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    palette.leave()
    now = datetime.now(UTC)
    first = window.document.plan
    assert first is not None
    window.document.make(planning.new_incident(Incident(name="Cove Lake"), now, now + timedelta(hours=12)))
    opened(window, qtbot)
    enter(palette, qtbot, first.incident.name[:6])
    assert window.document.plan is not None
    assert window.document.plan.incident.id == first.incident.id


def test_before_anything_is_typed_all_commands_are_listed(palette: Palette, window: MainWindow) -> None:
    listed = words(palette)
    for name in ("new-incident", "sign", "keys"):
        assert window.commands[name].text() in listed


def test_a_command_that_does_not_work_now_is_not_offered(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    empty = shown(qtbot, MainWindow(Document(create_store(tmp_path / "empty.coml")), Settings()))
    listed = words(opened(empty, qtbot))
    assert "New incident…" in listed
    assert "Sign and lock…" not in listed
    assert "Copy forward…" not in listed


# ── keys ─────────────────────────────────────────────────────────────────────


def test_arrows_go_round_the_list(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "text")
    count = palette.model.rowCount()
    assert count >= 3
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == count - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_PageUp)
    assert palette.list.currentIndex().row() == max(0, count - 12)


def test_escape_leaves_and_the_keyboard_is_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    was = QApplication.focusWidget()
    palette = opened(window, qtbot)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert QApplication.focusWidget() is was


def test_a_click_elsewhere_leaves_too(palette: Palette, window: MainWindow) -> None:
    window.header.period.setFocus()
    assert not palette.isVisible()
    assert QApplication.focusWidget() is window.header.period


def test_a_click_on_a_line_does_it(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "library")
    row = palette.list.visualRect(palette.model.index(0, 0))
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert window.library is not None
    assert window.library.isVisible()


def test_it_opens_empty_each_time(palette: Palette, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "sign")
    palette.leave()
    opened(window, qtbot)
    assert palette.field.text() == ""
    assert palette.list.currentIndex().row() == 0


def test_nothing_found_says_what_to_try(palette: Palette, qtbot: QtBot) -> None:
    enter(palette, qtbot, "qqqqqq")
    assert palette.isVisible()
    assert words(palette) == []
    assert "Nothing is called so" in palette.hint.text()


def test_the_hint_says_what_enter_does(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "copy f")
    assert palette.hint.text() == "Start the next operational period with a copy of this plan."
    palette.field.clear()
    qtbot.keyClicks(palette.field, "utac41d")
    assert "Ctrl+Enter adds it to the plan" in palette.hint.text()


# ── for everybody ────────────────────────────────────────────────────────────


def test_a_screen_reader_hears_what_is_marked(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "vtac36")
    assert palette.field.accessibleDescription().startswith("Line of the plan: VTAC36, Command")
    index = palette.model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Line of the plan: VTAC36")
    assert palette.list.accessibleName()
    assert palette.field.accessibleName()


@pytest.mark.parametrize("percent", [100, 200])
def test_it_fits_a_small_window(window: MainWindow, qtbot: QtBot, qapp: QApplication, percent: int) -> None:
    theme.apply(qapp, "light", percent)
    window.resize(1024, 640)
    palette = opened(window, qtbot)
    for typed in ("", "v", "sign"):
        palette.field.setText(typed)
        assert window.rect().contains(palette.geometry())
        assert palette.list.height() >= theme.row_height()
        assert palette.hint.geometry().bottom() <= palette.height()
    theme.apply(qapp, "light", 100)
