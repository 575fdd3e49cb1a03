"""The window as a user meets it: where he is, what he can do, what was saved, and the way back from everything."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QStatusTipEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from coml_toolkit import paths, planning, settings
from coml_toolkit.errors import InputError
from coml_toolkit.example import make_example
from coml_toolkit.model.plan import Incident
from coml_toolkit.settings import Settings
from coml_toolkit.store import create_store, open_store
from ui import theme
from ui.actions import COMMANDS, MENUS
from ui.dialogs import unit_file
from ui.document import Document
from ui.widgets import header
from ui.window import MainWindow

INCIDENT = "Stinking Creek Fire"


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> None:
    """Each test begins in daylight and normal size; to dress what is on screen anew takes its time."""
    if theme.current() is not theme.LIGHT or theme.percent() != 100 or not qapp.styleSheet():
        theme.apply(qapp, "light", 100)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_example(tmp_path_factory.mktemp("example") / "fire.coml", "Tester")


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., MainWindow]:
    """Open a window on a unit file, ready for use."""

    def open_window(path: Path, kept: Settings | None = None) -> MainWindow:
        store = open_store(path, who="Tester") if path.exists() else create_store(path, who="Tester")
        window = MainWindow(Document(store), kept or Settings(has_preview=False))
        qtbot.addWidget(window)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(1366, 768)
        window.show()
        window.column.fill()
        window._get_ready()

        def is_in_front() -> bool:
            window.activateWindow()
            return window.isActiveWindow() and QApplication.focusWidget() is not None

        qtbot.waitUntil(is_in_front)
        return window

    return open_window


@pytest.fixture
def window(show: Callable[..., MainWindow], example: Path, tmp_path: Path) -> MainWindow:
    """The example in a file of its own."""
    path = tmp_path / "fire.coml"
    shutil.copy(example, path)
    return show(path)


@pytest.fixture
def empty(show: Callable[..., MainWindow], tmp_path: Path) -> MainWindow:
    """A new unit file."""
    return show(tmp_path / "unit.coml")


def rename(window: MainWindow, name: str) -> None:
    assert window.document.plan is not None
    assert window.document.make(planning.change_incident(window.document.plan.incident, name=name))


def set_due(window: MainWindow, after: timedelta) -> None:
    assert window.document.plan is not None
    at = datetime.now(UTC) + after
    assert window.document.make(planning.change_period(window.document.plan.period, due_at=at))


# ── the first ten seconds ────────────────────────────────────────────────────


def test_the_title_names_the_incident(window: MainWindow) -> None:
    assert window.windowTitle() == f"{INCIDENT} – COML Toolkit"
    rename(window, "Bear Creek Fire")
    assert window.windowTitle() == "Bear Creek Fire – COML Toolkit"


def test_the_keyboard_is_in_the_plan_from_the_start(window: MainWindow, qtbot: QtBot) -> None:
    assert window.plan.isAncestorOf(QApplication.focusWidget())


def test_a_unit_without_an_incident_shows_three_doors(empty: MainWindow) -> None:
    assert empty.windowTitle() == "COML Toolkit"
    assert empty.welcome is not None
    assert empty.welcome.isVisible()
    assert [door.accessibleName() for door in empty.welcome.doors] == [
        "Start an incident",
        "Try the example",
        "Open a unit file",
    ]
    assert not empty.column.isVisible()


def test_each_door_opens_what_it_says(empty: MainWindow, qtbot: QtBot) -> None:
    assert empty.welcome is not None
    for door, name in zip(empty.welcome.doors, ("new-incident", "try-example", "open-unit"), strict=True):
        empty.commands[name].triggered.disconnect()
        with qtbot.waitSignal(empty.commands[name].triggered):
            qtbot.mouseClick(door, Qt.MouseButton.LeftButton)


def test_the_example_opens_beside_the_user_s_own_file_and_leads_back(empty: MainWindow, qtbot: QtBot) -> None:
    own = empty.document.store.path
    empty._keep(unit_file=str(own))
    empty.commands["try-example"].trigger()
    assert empty.document.store.path == unit_file.example_file()
    assert empty.plan.isVisible()
    assert empty.notice.isVisible()
    assert settings.load().unit_file == str(own)  # what opens next time
    qtbot.mouseClick(empty.notice.back, Qt.MouseButton.LeftButton)
    assert empty.document.store.path == own
    assert not empty.notice.isVisible()
    assert empty.welcome is not None
    assert empty.welcome.isVisible()


def test_the_library_can_be_read_before_there_is_an_incident(empty: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(empty, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert empty.library is not None
    assert empty.library.isVisible()
    assert empty.column.isVisible()
    qtbot.keyClick(empty, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert not empty.library.isVisible()


def test_a_first_incident_brings_its_plan(empty: MainWindow) -> None:
    now = datetime.now(UTC)
    change = planning.new_incident(Incident(name="Cove Lake Flood"), now, now + timedelta(hours=12))
    assert empty.document.make(change)
    assert empty.plan.isVisible()
    assert empty.header.incident.words == "Cove Lake Flood"
    assert "Operational period 1" in empty.header.period.words


# ── the header ───────────────────────────────────────────────────────────────


def words_of(menu: QMenu) -> list[str]:
    return [action.text().replace("&&", "&") for action in menu.actions() if not action.isSeparator()]


def test_the_incident_drop_down_lists_incidents_and_what_to_do(window: MainWindow) -> None:
    now = datetime.now(UTC)
    other = Incident(name="Smith & Sons Fire", number="TN-2", is_exercise=True)
    window.document.make(planning.new_incident(other, now, now + timedelta(hours=12)))
    window.header.incident.choices.aboutToShow.emit()
    words = words_of(window.header.incident.choices)
    assert words[0] == "Smith & Sons Fire (TN-2) · EXERCISE"
    assert words[1].startswith(INCIDENT)
    assert words[-2:] == ["New incident…", "Incident details…"]
    next(one for one in window.header.incident.choices.actions() if INCIDENT in one.text()).trigger()
    assert window.header.incident.words == INCIDENT


def test_the_period_drop_down_goes_to_another_period(window: MainWindow) -> None:
    assert window.header.period.words.startswith("Operational period 3 · 22 Nov 06:00")
    window.header.period.choices.aboutToShow.emit()
    words = words_of(window.header.period.choices)
    assert [word[:20] for word in words[:3]] == [f"Operational period {number}" for number in (3, 2, 1)]
    assert words[-2:] == ["Copy forward…", "Operational period…"]
    window.header.period.choices.actions()[2].trigger()
    assert window.header.period.words.startswith("Operational period 1")


def test_a_name_too_long_for_the_header_ends_in_an_ellipsis_and_is_told_whole(window: MainWindow) -> None:
    name = "The Very Long Name of an Incident That Nobody Would Type But Somebody Will " * 2
    rename(window, name.strip())
    assert window.header.incident.text().endswith("…")
    assert name.strip() in window.header.incident.toolTip()
    assert window.header.incident.accessibleName() == f"Incident: {name.strip()}"


@pytest.mark.parametrize(
    ("left", "words", "look"),
    [
        (timedelta(hours=1, minutes=40, seconds=30), "205 due in 1 h 40 min", "due-warning"),
        (timedelta(hours=7, seconds=30), "205 due in 7 h 0 min", "due-quiet"),
        (timedelta(days=2, hours=3, seconds=30), "205 due in 2 d 3 h", "due-quiet"),
        (timedelta(minutes=5, seconds=30), "205 due in 5 min", "due-warning"),
        (timedelta(minutes=-20, seconds=-30), "205 late by 20 min", "due-error"),
        (timedelta(seconds=10), "205 late now", "due-error"),
    ],
)
def test_the_header_says_when_the_205_is_due(window: MainWindow, left: timedelta, words: str, look: str) -> None:
    set_due(window, left)
    assert window.header.due.text().strip() == words
    assert window.header.due.property("look") == look


def test_the_deadline_runs_on_by_itself(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    set_due(window, timedelta(minutes=30, seconds=30))

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(minutes=10)

    monkeypatch.setattr(header, "datetime", Later)
    window.header._clock.timeout.emit()
    assert window.header.due.text().strip() == "205 due in 20 min"


def test_a_signed_205_is_due_no_more(window: MainWindow) -> None:
    set_due(window, timedelta(minutes=30))
    assert window.header.due.isVisible()
    assert window.document.plan is not None
    window.document.make(planning.sign(window.document.plan, "Dana Whitfield", planning.now()), can_undo=False)
    assert not window.header.due.isVisible()


def test_an_exercise_is_marked_across_the_window(window: MainWindow) -> None:
    band = window.findChild(header.ExerciseBand)
    assert band is not None
    assert not band.isVisible()
    assert window.document.plan is not None
    window.document.make(planning.change_incident(window.document.plan.incident, is_exercise=True))
    assert band.isVisible()
    assert band.width() == window.width()
    assert "EXERCISE" in band.text()


# ── pages ────────────────────────────────────────────────────────────────────


def test_the_navigation_shows_where_one_is(window: MainWindow, qtbot: QtBot) -> None:
    plan, library, forms = window.navigation.buttons.values()
    assert (plan.isChecked(), library.isChecked()) == (True, False)
    qtbot.mouseClick(library, Qt.MouseButton.LeftButton)
    assert (plan.isChecked(), library.isChecked()) == (False, True)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert forms.isChecked()
    assert window.forms is not None
    assert window.forms.isVisible()
    assert not window.column.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert (plan.isChecked(), library.isChecked(), forms.isChecked()) == (True, False, False)
    assert window.column.isVisible() == window.commands["inspector"].isChecked()


def test_a_command_of_another_page_brings_that_page(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.library is not None
    qtbot.waitUntil(lambda: window.library is not None and window.library.search.hasFocus())
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert window.plan.isVisible()
    assert window.commands["preview"].isChecked()


def test_lines_cannot_be_changed_where_they_are_not_seen(window: MainWindow) -> None:
    assert window.document.plan is not None
    window.plan.show_line(window.document.plan.lines[0].assignment.id)
    assert window.commands["remove-lines"].isEnabled()
    window.show_page("library")
    assert not window.commands["remove-lines"].isEnabled()
    window.show_page("plan")
    assert window.commands["remove-lines"].isEnabled()


def test_the_inspector_shows_what_is_selected_on_the_page_in_front(window: MainWindow) -> None:
    assert window.document.plan is not None
    assert window.column.inspector is not None
    line = window.document.plan.lines[1]
    window.plan.show_line(line.assignment.id)
    assert window.column.inspector.thing == line
    window.show_page("library")
    assert window.column.inspector.thing != line
    window.show_page("plan")
    assert window.column.inspector.thing == line


def test_f9_hides_the_inspector_for_good(window: MainWindow, qtbot: QtBot) -> None:
    assert window.column.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not window.column.isVisible()
    assert settings.load().has_inspector is False
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.column.isVisible()


def test_the_picture_of_the_205_opens_it_large(show: Callable[..., MainWindow], example: Path, tmp_path: Path) -> None:
    window = show(shutil.copy(example, tmp_path / "fire.coml"), Settings())
    assert window.column.thumbnail is not None
    assert window.column.thumbnail.isVisible()
    window.column.thumbnail.clicked.emit()
    assert window.commands["preview"].isChecked()
    assert not window.column.thumbnail.isVisible()  # it would show the same twice


# ── what was saved ───────────────────────────────────────────────────────────


def test_the_status_line_says_that_all_is_saved_and_when(window: MainWindow) -> None:
    assert window.status.saved.text() == "✓ Everything is saved"
    rename(window, "Bear Creek Fire")
    assert window.document.saved_at is not None
    assert window.status.saved.text() == f"✓ Saved {window.document.saved_at:%H:%M:%S}"


def test_the_status_line_says_what_undo_takes_back(window: MainWindow, qtbot: QtBot) -> None:
    rename(window, "Bear Creek Fire")
    words = f"Change name of incident {INCIDENT}"
    assert window.status.undo.words == f"Ctrl+Z undoes “{words}”"
    assert window.commands["undo"].text() == f"Undo: {words}"
    window.commands["undo"].trigger()
    assert window.windowTitle().startswith(INCIDENT)
    assert window.status.told.words == f"Undone: {words}"
    assert window.commands["redo"].text() == f"Redo: {words}"
    qtbot.mouseClick(window.status.undo, Qt.MouseButton.LeftButton)  # the words are a button too
    assert not window.status.undo.words.endswith(f"“{words}”")


def test_with_nothing_to_undo_undo_is_not_offered(empty: MainWindow) -> None:
    assert not empty.commands["undo"].isEnabled()
    assert not empty.status.undo.isVisible()
    assert empty.commands["undo"].text() == "Undo"


def test_a_refusal_stays_until_the_next_edit(window: MainWindow) -> None:
    error = InputError("“155,7525” is not a frequency in MHz.", hint="Use a point for the decimals: 155.7525")
    window.document.refused.emit(error)
    assert window.status.refusal.isVisible()
    assert window.status.refusal.words.text() == f"{error.message} {error.hint}"
    rename(window, "Bear Creek Fire")
    assert not window.status.refusal.isVisible()


def test_escape_puts_a_refusal_away(window: MainWindow, qtbot: QtBot) -> None:
    window.document.refused.emit(InputError("That cannot be."))
    qtbot.keyClick(window.header.menu, Qt.Key.Key_Escape)
    assert not window.status.refusal.isVisible()


def test_a_job_can_be_seen_and_stopped(window: MainWindow, qtbot: QtBot) -> None:
    started, ended = Event(), Event()

    def work(*, progress: Callable[..., None]) -> None:
        started.set()
        try:
            while True:
                progress(1, 4, "Computing coverage")
                ended.wait(0.01)
        finally:
            ended.set()

    window.jobs.start("Computing coverage", work, on_done=print, on_error=print)
    started.wait(5)
    qtbot.waitUntil(lambda: any("25 %" in label.text() for label in labels(window.status)))
    stop = next(button for button in window.status.findChildren(QAbstractButton) if "Stop" in button.accessibleName())
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert ended.wait(5)
    qtbot.waitUntil(lambda: not any("%" in label.text() for label in labels(window.status)))


def labels(widget: QWidget) -> list[object]:
    from PySide6.QtWidgets import QLabel

    return [label for label in widget.findChildren(QLabel) if label.isVisible()]


def test_today_s_copy_is_made_and_told(window: MainWindow, qtbot: QtBot) -> None:
    window._copy_of_today()
    qtbot.waitUntil(lambda: window.status.copy.words.startswith("Copied today "))
    copies = list((window.document.store.path.parent / "backups").iterdir())
    assert len(copies) == 1
    assert str(copies[0]) in window.status.copy.toolTip()


def test_a_copy_that_cannot_be_made_is_a_quiet_warning(window: MainWindow, qtbot: QtBot) -> None:
    (window.document.store.path.parent / "backups").write_text("a file where the folder should be")
    window._copy_of_today()
    qtbot.waitUntil(lambda: window.status.copy.words == "No copy today")
    assert window.status.copy.property("look") == "warning"
    assert not window.status.refusal.isVisible()


# ── read only ────────────────────────────────────────────────────────────────


def test_a_second_window_reads_along_and_changes_nothing(
    window: MainWindow, show: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    second = show(window.document.store.path)
    assert second.notice.isVisible()
    assert "Another program has fire.coml open" in second.notice.words.text()
    assert second.status.saved.text() == "Read only"
    for name in ("add-line", "new-incident", "sign", "undo", "remove-lines", "edit-incident", "new-channel"):
        assert not second.commands[name].isEnabled(), name
    for name in ("export-205", "print-205", "history", "revisions", "page-library", "find"):
        assert second.commands[name].isEnabled(), name
    rename(window, "Bear Creek Fire")
    qtbot.waitUntil(lambda: second.windowTitle().startswith("Bear Creek Fire"), timeout=10_000)


def test_when_the_other_program_is_gone_try_again_opens_for_changing(
    window: MainWindow, show: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    second = show(window.document.store.path)
    qtbot.mouseClick(second.notice.again, Qt.MouseButton.LeftButton)
    assert second.notice.isVisible()  # not yet
    window.close()
    qtbot.mouseClick(second.notice.again, Qt.MouseButton.LeftButton)
    assert not second.notice.isVisible()
    rename(second, "Bear Creek Fire")


# ── other unit files ─────────────────────────────────────────────────────────


def test_another_unit_file_is_opened_and_remembered(window: MainWindow, tmp_path: Path) -> None:
    create_store(tmp_path / "other.coml").close()
    window.open_unit(tmp_path / "other.coml")
    assert window.windowTitle() == "COML Toolkit"
    assert window.status.told.words == "other.coml is open"
    assert settings.load().unit_file == str(tmp_path / "other.coml")


def test_the_file_that_is_open_is_not_opened_twice(window: MainWindow) -> None:
    window.open_unit(window.document.store.path)
    assert not window.document.store.is_read_only
    assert window.status.told.words == "fire.coml is open already"


def test_a_file_that_cannot_be_opened_is_said_and_the_open_one_stays(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter.coml").write_text("Dear all")
    said = []
    monkeypatch.setattr(unit_file.Trouble, "exec", lambda self: said.append(self.sentence.text()))
    window.open_unit(tmp_path / "letter.coml")
    assert said[0].startswith("letter.coml is not a unit file.")
    assert window.windowTitle().startswith(INCIDENT)


def test_a_damaged_file_opens_from_its_newest_copy(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window._copy_of_today()
    qtbot.waitUntil(lambda: window.status.copy.words.startswith("Copied today "))
    create_store(tmp_path / "other.coml").close()
    window.open_unit(tmp_path / "other.coml")
    path = tmp_path / "fire.coml"
    path.write_bytes(path.read_bytes()[:200] + b"\xff" * 3_000)

    def take_copy(trouble: unit_file.Trouble) -> None:
        button = next(one for one in trouble.buttons.buttons() if one.text().startswith("Open the copy of "))
        button.click()

    monkeypatch.setattr(unit_file.Trouble, "exec", take_copy)
    window.open_unit(path)
    assert window.windowTitle().startswith(INCIDENT)
    assert window.document.store.path.name.startswith("fire-restored-")
    assert not window.document.store.is_read_only
    assert path.read_bytes()[200:210] == b"\xff" * 10  # the damaged one is kept as it is


def test_a_new_unit_file_never_replaces_one(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine.coml").write_text("precious")
    monkeypatch.setattr(unit_file, "choose_new", lambda *_: tmp_path / "mine.coml")
    window.commands["new-unit"].trigger()
    assert window.status.refusal.isVisible()
    assert (tmp_path / "mine.coml").read_text() == "precious"
    monkeypatch.setattr(unit_file, "choose_new", lambda *_: tmp_path / "new.coml")
    window.commands["new-unit"].trigger()
    assert window.document.store.path == tmp_path / "new.coml"


# ── preferences ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["light", "dark", "night"])
def test_a_theme_is_one_command_away_and_remembered(window: MainWindow, name: str) -> None:
    window.commands[f"theme-{name}"].trigger()
    assert theme.current().name == name
    assert settings.load().theme == name
    assert window.commands[f"theme-{name}"].isChecked()


def test_text_grows_and_shrinks_by_keys_and_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Equal, control)  # Ctrl++ without Shift on most keyboards
    assert theme.percent() == 110
    assert settings.load().text_percent == 110
    assert window.status.percent.words == "Text 110 %"
    window._set_text(190)
    window.commands["text-larger"].trigger()
    window.commands["text-larger"].trigger()
    assert theme.percent() == 200
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    assert theme.percent() == 100
    assert not window.status.percent.isVisible()


def test_the_window_comes_back_as_it_was(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.resize(700, 500)  # the screen of these tests is small
    window.commands["inspector"].trigger()
    handle = window.splitter.handle(1)
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(handle, QPoint(-40, 5))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton)
    kept = window.splitter.sizes()
    assert kept[1] != 286
    window.close()
    again = MainWindow(Document(create_store(tmp_path / "next.coml")), settings.load())
    assert again.size() == QSize(700, 500)
    again.show()
    again.show_page("library")
    again.commands["inspector"].trigger()
    assert again.splitter.sizes()[1] == kept[1]
    again.close()


def test_settings_that_cannot_be_kept_do_not_stop_anybody(window: MainWindow) -> None:
    folder = paths.settings_file().parent
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    window.commands["theme-dark"].trigger()
    assert theme.current().name == "dark"
    assert "could not be kept" in window.status.told.words


def test_your_name_goes_into_the_history(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COML_OPERATOR", raising=False)
    monkeypatch.setattr("ui.dialogs.operator.ask", lambda *_: "Luis Ortega")
    window.commands["operator"].trigger()
    rename(window, "Bear Creek Fire")
    assert next(window.document.store.history()).who == "Luis Ortega"
    assert settings.load().operator == "Luis Ortega"


# ── room ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
@pytest.mark.parametrize("page", ["plan", "library"])
def test_nothing_of_the_frame_is_cut_on_a_small_screen(
    window: MainWindow, qapp: QApplication, percent: int, size: tuple[int, int], page: str
) -> None:
    set_due(window, timedelta(hours=1, minutes=40))
    window.status.show_copy("Copied today 09:12", "The newest copy is …")
    window.document.refused.emit(InputError("“155,7525” is not a frequency in MHz.", hint="Use a point: 155.7525"))
    theme.apply(qapp, "light", percent)
    window.resize(*size)
    window.show_page(page)
    qapp.processEvents()
    assert (window.width(), window.height()) == size
    for part in (window.header, window.navigation, window.status):
        for button in part.findChildren(QAbstractButton):
            if button.isVisible():
                where = button.mapTo(window, QPoint(0, 0))
                assert where.x() >= 0, button.accessibleName()
                assert where.x() + button.width() <= window.width(), button.accessibleName()
                assert where.y() + button.height() <= window.height(), button.accessibleName()
                assert button.height() >= button.fontMetrics().height(), button.accessibleName()


def test_where_there_is_little_room_the_inspector_makes_way(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: not window.column.isVisible())
    assert settings.load().has_inspector is True  # the user did not ask for that
    window.commands["inspector"].trigger()
    assert window.column.isVisible()  # but may ask for it here
    window.resize(1366, 768)
    qtbot.waitUntil(window.column.isVisible)


def test_at_night_the_whole_window_is_red(window: MainWindow, qtbot: QtBot) -> None:
    window.commands["theme-night"].trigger()
    qtbot.waitUntil(lambda: not window.jobs.doing)
    window.commands["find"].trigger()
    image = window.grab().toImage()
    raw = bytes(image.constBits())
    assert not any(raw[at] or raw[at + 1] for at in range(0, len(raw), 4))


# ── commands ─────────────────────────────────────────────────────────────────


def test_every_command_has_words_a_tip_a_menu_and_a_picture(window: MainWindow) -> None:
    menus = {one.text(): one.menu().actions() for one in window.menu.actions()}  # type: ignore[union-attr]
    assert tuple(menus) == MENUS
    for command in COMMANDS:
        action = window.commands[command.name]
        assert command.words, command.name
        assert command.tip.endswith("."), command.name
        assert not action.icon().isNull(), command.name
        assert action in menus[command.menu], command.name


def test_every_command_is_carried_out_by_somebody(window: MainWindow) -> None:
    window.show_page("library")  # its commands are connected once it is there
    for command in COMMANDS:
        action = window.commands[command.name]
        assert action.receivers("2triggered(bool)") or action.receivers("2toggled(bool)"), command.name


def test_no_key_does_two_things(window: MainWindow) -> None:
    keys = [key.toString() for action in window.commands.values() for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))
    assert "F10" not in keys


def test_f10_and_a_tap_on_alt_open_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    seen = []

    def close_menu() -> None:
        seen.append(window.menu.isVisible())
        window.menu.close()

    QTimer.singleShot(100, close_menu)
    qtbot.keyClick(window, Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: seen == [True])
    QTimer.singleShot(100, close_menu)
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier))
    QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: seen == [True, True])


def test_alt_with_another_key_opens_no_menu(window: MainWindow) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    for kind, key in (("KeyPress", "Alt"), ("KeyPress", "Up"), ("KeyRelease", "Up"), ("KeyRelease", "Alt")):
        event = QKeyEvent(getattr(QEvent.Type, kind), getattr(Qt.Key, f"Key_{key}"), alt)
        QApplication.sendEvent(window, event)
    assert not window.menu.isVisible()


def test_the_menu_says_in_the_status_line_what_a_command_does(window: MainWindow) -> None:
    QApplication.sendEvent(window, QStatusTipEvent(window.commands["sign"].statusTip()))
    assert window.status.tip.words == window.commands["sign"].statusTip()
    assert window.status.tip.isVisible()


def test_without_a_plan_its_commands_do_nothing(empty: MainWindow) -> None:
    for name in ("add-line", "export-205", "print-205", "sign", "preview", "copy-forward", "edit-period"):
        assert not empty.commands[name].isEnabled(), name
    for name in ("new-incident", "try-example", "page-library", "new-channel", "find"):
        assert empty.commands[name].isEnabled(), name


def test_each_command_opens_its_dialog(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    for command, place in {
        "new-incident": "incident.new_incident",
        "edit-incident": "incident.edit_incident",
        "edit-period": "period.edit_period",
        "copy-forward": "period.copy_forward",
        "sign": "sign.sign",
        "revisions": "revisions.show",
        "history": "history.show",
        "special-instructions": "instructions.edit",
        "keys": "help.keys",
        "about": "help.about",
        "help": "help.show",
    }.items():
        monkeypatch.setattr(f"ui.dialogs.{place}", lambda *_, name=command: asked.append(name))
        window.commands[command].trigger()
        assert asked[-1:] == [command]
    for command, place in {"export-205": "export_205", "print-205": "print_205"}.items():
        monkeypatch.setattr(f"ui.printing.{place}", lambda *_, name=command: asked.append(name))
        window.commands[command].trigger()
        assert asked[-1:] == [command]


def test_help_is_about_the_page_in_front(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: list[str] = []
    monkeypatch.setattr("ui.dialogs.help.show", lambda parent, page: pages.append(page))
    window.commands["help"].trigger()
    window.show_page("library")
    window.commands["help"].trigger()
    assert pages == ["plan", "library"]


# ── for everybody ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["plan", "library"])
def test_every_button_says_what_it_is_and_does(window: MainWindow, page: str) -> None:
    window.show_page(page)
    silent = [
        f"{type(button).__name__} {button.text()!r} in {type(button.parent()).__name__}"
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not ((button.accessibleName() or button.text()) and button.toolTip())
    ]
    assert silent == []


@pytest.mark.parametrize("page", ["plan", "library"])
def test_every_field_and_list_has_a_name(window: MainWindow, page: str) -> None:
    window.show_page(page)
    nameless = [
        f"{type(part).__name__} in {type(part.parent()).__name__}"
        for kind in (QLineEdit, QComboBox, QAbstractItemView)
        for part in window.findChildren(kind)
        if part.isVisible() and part.focusPolicy() != Qt.FocusPolicy.NoFocus and not part.accessibleName()
    ]
    assert nameless == []


@pytest.mark.parametrize("page", ["plan", "library"])
def test_the_keyboard_reaches_everything(window: MainWindow, qtbot: QtBot, page: str) -> None:
    window.show_page(page)
    wanted = {
        part
        for part in window.findChildren(QWidget)
        if part.isVisible()
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
        and (isinstance(part, QAbstractButton | QLineEdit | QComboBox | QAbstractItemView))
        and not isinstance(part.parent(), QComboBox)
    }
    reached: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 20):
        window.focusNextChild()
        if (focused := QApplication.focusWidget()) is not None:
            reached.add(focused)
    missing = [f"{type(part).__name__} {part.accessibleName()}" for part in wanted - reached]
    assert missing == []


def test_a_letter_of_the_example_is_not_a_shortcut_by_accident(window: MainWindow) -> None:
    """Plain letters belong to the table: typing a channel's name must never trigger a command."""
    for action in window.commands.values():
        for key in action.shortcuts():
            text = key.toString(QKeySequence.SequenceFormat.PortableText)
            assert "+" in text or text.startswith("F"), action.objectName()


def test_a_copied_settings_object_is_what_is_kept(window: MainWindow) -> None:
    window.commands["theme-dark"].trigger()
    assert settings.load() == replace(window.settings)
