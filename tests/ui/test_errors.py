"""Nothing stops the program: what went wrong is one sentence, a report that can be read, and the work goes on."""

import errno
import gc
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coml_toolkit import __version__, files, paths
from coml_toolkit.errors import Cancelled, ComlError, InputError
from ui import errors
from ui.dialogs import report

Shown = list[tuple[str, Path]]


def caught(error: Exception) -> Exception:
    """The same error with a traceback."""
    try:
        raise error
    except Exception as raised:
        return raised


# ── words ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("error", "message", "hint"),
    [
        (InputError("That is no tone.", hint="Write 156.7."), "That is no tone.", "Write 156.7."),
        (ComlError("It is closed."), "It is closed.", ""),
        (Cancelled(), "It was stopped.", ""),
        (OSError(errno.ENOSPC, "full", "plan.pdf"), "plan.pdf could not be used: the disk is full.", "Free some space"),
        (MemoryError(), "The computer's memory is full.", "Close other programs"),
        (KeyError("rx"), "a fault of the program", "send the report"),
    ],
)
def test_an_error_is_one_sentence_and_a_hint(error: Exception, message: str, hint: str) -> None:
    told = errors.describe(error)
    assert message in told[0]
    assert hint in told[1]
    assert "Traceback" not in told[0]


# ── the report ───────────────────────────────────────────────────────────────


def test_a_report_has_what_a_developer_needs_and_no_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/dana"))
    error = caught(FileNotFoundError(errno.ENOENT, "No such file", "/home/dana/plans/fire.coml"))
    path = errors.write_report(error)
    text = path.read_text("utf-8")
    assert path.parent == paths.log_folder()
    for words in (__version__, "Python 3", "PySide6 6", "Traceback", "test_errors.py", "FileNotFoundError"):
        assert words in text
    assert "'~/plans/fire.coml'" in text
    assert "dana" not in text


def test_a_name_that_only_begins_like_the_home_folder_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/dan"))
    assert "/home/dana/x" in errors.report_text(caught(ValueError("/home/dana/x")))


def test_only_the_newest_reports_are_kept() -> None:
    written = [errors.write_report(caught(ValueError(str(number)))) for number in range(25)]
    assert sorted(paths.log_folder().glob("report-*.txt")) == written[-20:]


def test_a_report_that_finds_no_room_goes_to_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors.tempfile, "gettempdir", lambda: str(tmp_path))
    paths.log_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.log_folder().write_text("a file where the folder should be")
    path = errors.write_report(caught(ValueError("x")))
    assert path.parent == tmp_path
    assert "ValueError: x" in path.read_text("utf-8")


def test_reports_need_no_qt() -> None:
    code = "import sys; from ui import errors; errors.report_text(ValueError()); print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


# ── the net ──────────────────────────────────────────────────────────────────


@pytest.fixture
def shown(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> Iterator[Shown]:
    """The crash handler at work; what it would show."""
    seen: Shown = []
    threads: list[threading.Thread] = []

    def show(sentence: str, path: Path) -> None:
        threads.append(threading.current_thread())
        seen.append((sentence, path))

    put_back = errors.install_crash_handler(show)
    yield seen
    put_back()
    assert set(threads) <= {threading.main_thread()}


def explode(words: str = "boom") -> None:
    raise RuntimeError(words)


def test_an_error_in_a_slot_is_shown_and_the_program_goes_on(qtbot: QtBot, shown: Shown) -> None:
    button, calls = QPushButton(), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: explode("boom"))
    button.clicked.connect(lambda: calls.append(1))
    button.click()
    button.click()
    assert calls == [1, 1]
    assert len(shown) == 2
    sentence, path = shown[0]
    assert "What you edited before is stored, and you can go on." in sentence
    assert "RuntimeError: boom" in path.read_text("utf-8")


def test_an_error_in_a_timer_is_shown(qtbot: QtBot, shown: Shown) -> None:
    QTimer.singleShot(0, explode)
    qtbot.waitUntil(lambda: len(shown) == 1)


def test_an_error_in_a_thread_is_shown_on_the_main_thread(qtbot: QtBot, shown: Shown) -> None:
    thread = threading.Thread(target=explode, args=("in a thread",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert "in a thread" in shown[0][1].read_text("utf-8")


def test_an_error_while_something_is_thrown_away_is_shown(qtbot: QtBot, shown: Shown) -> None:
    class Bad:
        def __del__(self) -> None:
            explode("thrown away")

    Bad()
    gc.collect()
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert "thrown away" in shown[0][1].read_text("utf-8")


def test_a_problem_of_the_world_keeps_its_own_words(qtbot: QtBot, shown: Shown) -> None:
    def refuse() -> None:
        raise ComlError("The disk is full.", hint="Free some space.")

    QTimer.singleShot(0, refuse)
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert shown[0][0] == "The disk is full. Free some space."


def test_ctrl_c_at_the_terminal_is_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[type[BaseException]] = []
    shown: Shown = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: left.append(kind))
    put_back = errors.install_crash_handler(lambda sentence, path: shown.append((sentence, path)))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    put_back()
    assert left == [KeyboardInterrupt]
    assert shown == []


def test_a_full_disk_does_not_silence_the_error(qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _content: bytes, **_: object) -> None:
        raise ComlError(f"{path.name} could not be written: the disk is full.")

    monkeypatch.setattr(files, "write_whole", full)
    QTimer.singleShot(0, explode)
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert "fault of the program" in shown[0][0]
    assert "the disk is full" in shown[0][0]


def test_showing_an_error_may_fail_too(qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> None:
    calls: list[str] = []

    def show(sentence: str, path: Path) -> None:
        calls.append(sentence)
        explode("while showing")

    before = sys.excepthook
    put_back = errors.install_crash_handler(show)
    sys.excepthook(RuntimeError, caught(RuntimeError("first")), None)
    sys.excepthook(RuntimeError, caught(RuntimeError("second")), None)
    put_back()
    assert len(calls) == 2
    assert "while showing" in capsys.readouterr().err
    assert sys.excepthook is before


def test_without_a_console_nothing_is_printed_and_nothing_fails(
    qtbot: QtBot, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    sys.excepthook(RuntimeError, caught(RuntimeError("windowed")), None)
    assert len(shown) == 1


# ── what the user sees ───────────────────────────────────────────────────────


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def fault(words: str) -> tuple[str, Path]:
    error = caught(RuntimeError(words))
    return " ".join(errors.describe(error)), errors.write_report(error)


def test_the_user_sees_a_sentence_the_place_of_the_report_and_can_copy_it(qtbot: QtBot, window: QWidget) -> None:
    sentence, path = fault("boom")
    report.show(window, sentence, path)
    dialog = window.findChild(report.Report)
    assert dialog is not None
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.sentence.text() == sentence
    assert str(path) in dialog.where.text()
    dialog.copy.click()
    assert "RuntimeError: boom" in QGuiApplication.clipboard().text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(report.Report) is None)


def test_a_hundred_errors_open_one_window(qtbot: QtBot, window: QWidget) -> None:
    for number in range(100):
        report.show(window, *fault(f"number {number}"))
    (dialog,) = window.findChildren(report.Report)
    assert "number 99" in dialog.text.toPlainText()
    assert "newest of 100" in dialog.state.text()
    dialog.close()
    qtbot.waitUntil(lambda: window.findChild(report.Report) is None)
    report.show(window, *fault("later"))
    dialog = window.findChild(report.Report)
    assert dialog is not None
    assert "later" in dialog.text.toPlainText()
    dialog.close()


def test_a_report_that_could_not_be_written_is_said(qtbot: QtBot, window: QWidget) -> None:
    report.show(window, "The disk is full.", paths.log_folder())
    dialog = window.findChild(report.Report)
    assert dialog is not None
    assert "could not be written" in dialog.text.toPlainText()
    dialog.close()


def test_the_handler_and_the_window_work_together(
    qtbot: QtBot, window: QWidget, capsys: pytest.CaptureFixture[str]
) -> None:
    show: Callable[[str, Path], None] = lambda sentence, path: report.show(window, sentence, path)  # noqa: E731
    put_back = errors.install_crash_handler(show)
    try:
        QTimer.singleShot(0, explode)
        qtbot.waitUntil(lambda: window.findChild(report.Report) is not None)
    finally:
        put_back()
    dialog = window.findChild(report.Report)
    assert dialog is not None
    dialog.close()
