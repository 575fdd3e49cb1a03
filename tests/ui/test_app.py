"""The start: the right unit file, words instead of tracebacks, and nothing loaded that the window does not need."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from coml_toolkit import paths, settings
from coml_toolkit.settings import Settings, who
from coml_toolkit.store import backup, create_store, open_store
from ui import app, theme
from ui.dialogs import unit_file
from ui.dialogs.unit_file import Trouble
from ui.window import MainWindow

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    names = (qapp.applicationName(), qapp.applicationDisplayName(), qapp.desktopFileName(), qapp.applicationVersion())
    yield
    qapp.setApplicationName(names[0])
    qapp.setApplicationDisplayName(names[1])
    qapp.setDesktopFileName(names[2])
    qapp.setApplicationVersion(names[3])
    theme.apply(qapp, "light", 100)


@pytest.fixture
def trouble(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Answer the next troubles by a button's first words; returns what was said."""

    def answer(*buttons: str) -> list[str]:
        said: list[str] = []
        left = list(buttons)

        def exec_(dialog: Trouble) -> int:
            said.append(dialog.sentence.text())
            wanted = left.pop(0)
            next(one for one in dialog.buttons.buttons() if one.text().startswith(wanted)).click()
            return dialog.result()

        monkeypatch.setattr(Trouble, "exec", exec_)
        return said

    return answer


def opened(kept: Settings | None = None, named: str = "", *, is_example: bool = False) -> Path | None:
    """Which file the program begins with."""
    store = app.first_store(kept or Settings(), named, is_example=is_example)
    if store is None:
        return None
    store.close()
    return store.path


# ── which unit file ──────────────────────────────────────────────────────────


def test_a_new_user_gets_a_unit_file(qapp: QApplication) -> None:
    assert not paths.default_unit_file().exists()
    assert opened() == paths.default_unit_file()
    assert paths.default_unit_file().exists()
    assert opened() == paths.default_unit_file()  # the second time it is there


def test_the_file_of_last_time_is_opened_again(tmp_path: Path, qapp: QApplication) -> None:
    create_store(tmp_path / "last.coml").close()
    assert opened(Settings(unit_file=str(tmp_path / "last.coml"))) == tmp_path / "last.coml"


def test_if_the_file_of_last_time_is_gone_the_user_s_own_is_opened(tmp_path: Path, qapp: QApplication) -> None:
    assert opened(Settings(unit_file=str(tmp_path / "stick" / "gone.coml"))) == paths.default_unit_file()


def test_coml_unit_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    create_store(tmp_path / "env.coml").close()
    create_store(tmp_path / "last.coml").close()
    create_store(tmp_path / "named.coml").close()
    monkeypatch.setenv("COML_UNIT", str(tmp_path / "env.coml"))
    kept = Settings(unit_file=str(tmp_path / "last.coml"))
    assert opened(kept) == tmp_path / "env.coml"
    assert opened(kept, str(tmp_path / "named.coml")) == tmp_path / "named.coml"


def test_the_example_is_made_once_and_keeps_what_was_tried(qapp: QApplication) -> None:
    assert opened(is_example=True) == unit_file.example_file()
    made = unit_file.example_file().stat().st_ino
    assert opened(is_example=True) == unit_file.example_file()
    assert unit_file.example_file().stat().st_ino == made


def test_a_file_that_is_not_there_is_said_and_the_user_s_own_is_offered(
    tmp_path: Path, trouble: Callable[..., list[str]], qapp: QApplication
) -> None:
    said = trouble("Open my own unit file")
    assert opened(named=str(tmp_path / "lost.coml")) == paths.default_unit_file()
    assert "lost.coml" in said[0]


def test_who_would_rather_leave_may(tmp_path: Path, trouble: Callable[..., list[str]], qapp: QApplication) -> None:
    trouble("Quit")
    assert opened(named=str(tmp_path / "lost.coml")) is None


def test_a_damaged_file_opens_from_its_newest_copy(
    tmp_path: Path, trouble: Callable[..., list[str]], qapp: QApplication
) -> None:
    path = tmp_path / "unit.coml"
    with create_store(path, name="Campbell County"):
        backup.copy_of_today(path)
    path.write_bytes(b"SQLite format 3\0" + bytes(500))
    said = trouble("Open the copy of ")
    found = opened(Settings(unit_file=str(path)))
    assert said[0].startswith("unit.coml")
    assert found is not None
    assert found.name.startswith("unit-restored-")
    with open_store(found) as store:
        assert store.unit().name == "Campbell County"
    assert path.read_bytes()[:20] == b"SQLite format 3\0\0\0\0\0"  # kept as it is


def test_a_damaged_own_file_without_a_copy_leaves_a_way_too(
    tmp_path: Path, trouble: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    paths.default_unit_file().parent.mkdir(parents=True)
    paths.default_unit_file().write_text("Dear all")
    monkeypatch.setattr(unit_file, "choose_new", lambda *_: tmp_path / "fresh.coml")
    trouble("New unit file…")
    assert opened() == tmp_path / "fresh.coml"
    assert paths.default_unit_file().read_text() == "Dear all"


def test_one_bad_file_after_the_other_is_said(
    tmp_path: Path, trouble: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    (tmp_path / "letter.coml").write_text("Dear all")
    monkeypatch.setattr(unit_file, "choose", lambda *_: tmp_path / "letter.coml")
    said = trouble("Choose another file…", "Quit")
    assert opened(named=str(tmp_path / "lost.coml")) is None
    assert [sentence.split()[0] for sentence in said][1] == "letter.coml"


def test_a_second_program_opens_the_file_for_reading(tmp_path: Path, qapp: QApplication) -> None:
    with create_store(tmp_path / "unit.coml"):
        store = app.first_store(Settings(), str(tmp_path / "unit.coml"))
        assert store is not None
        assert store.is_read_only
        store.close()


# ── who ──────────────────────────────────────────────────────────────────────


def test_the_history_carries_the_chosen_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "laptop")
    monkeypatch.delenv("COML_OPERATOR", raising=False)
    assert who(Settings()) == "laptop"
    assert who(Settings(operator="Dana Whitfield")) == "Dana Whitfield"
    monkeypatch.setenv("COML_OPERATOR", "Luis Ortega")
    assert who(Settings(operator="Dana Whitfield")) == "Luis Ortega"


def test_a_computer_that_knows_no_name_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> str:
        raise KeyError("uid not found: 1000")

    monkeypatch.setattr("getpass.getuser", fail)
    monkeypatch.delenv("COML_OPERATOR", raising=False)
    assert who(Settings()) == "unknown"


# ── the whole way ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("arguments", [["--nonsense"], ["one.coml", "two.coml"]])
def test_wrong_usage_is_answered_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(arguments) == 2
    assert "python -m ui" in capsys.readouterr().err


def test_the_program_opens_the_example_and_closes(qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    settings.save(Settings(theme="dark", text_percent=120))
    seen: list[tuple[str, str, int]] = []

    def look() -> None:
        window = next(one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
        seen.append((window.windowTitle(), theme.current().name, theme.percent()))
        window.commands["quit"].trigger()

    QTimer.singleShot(200, look)
    hook = sys.excepthook
    assert app.main(["--example"]) == 0
    assert seen == [("Stinking Creek Fire – COML Toolkit", "dark", 120)]
    assert sys.excepthook is hook  # everything is put back
    assert qapp.applicationName() == "COML Toolkit"
    assert not qapp.windowIcon().isNull()


def test_an_error_nobody_expected_is_shown_and_the_program_goes_on(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("ui.dialogs.report.show", lambda parent, sentence, path: shown.append(sentence))

    def fail_then_quit() -> None:
        error = ZeroDivisionError("a bug of ours")
        sys.excepthook(type(error), error, None)
        window = next(one for one in qapp.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())
        QTimer.singleShot(0, window.close)

    QTimer.singleShot(100, fail_then_quit)
    assert app.main([]) == 0
    assert len(shown) == 1
    assert list(paths.log_folder().glob("report-*.txt"))


def run_apart(code: str, tmp_path: Path) -> str:
    """In a process of its own, with a home of its own."""
    environment = {**os.environ, "COML_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


HEAVY = ("reportlab", "folium", "numpy", "PySide6.QtPdf", "PySide6.QtWebEngineCore", "PySide6.QtPrintSupport", "click")


def test_the_window_comes_up_without_what_it_does_not_need(tmp_path: Path) -> None:
    create_store(tmp_path / "home" / "data" / "unit.coml").close()
    code = f"""
import sys, ui.__main__
app = ui.__main__.load()
from PySide6.QtCore import QTimer
def look():
    print([name for name in {HEAVY!r} if name in sys.modules], flush=True)
    QTimer.singleShot(0, ui.app.QApplication.instance().quit)
show = app.MainWindow.show
app.MainWindow.show = lambda window: (show(window), QTimer.singleShot(0, look))
app.main([])
"""
    assert run_apart(code, tmp_path) == "[]"


def test_python_m_ui_is_the_desktop(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui", "--nonsense"],
        cwd=CHECKOUT,
        env={**os.environ, "COML_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "Usage" in done.stderr


def test_closing_folds_the_log_into_the_file(tmp_path: Path, qapp: QApplication) -> None:
    path = tmp_path / "unit.coml"
    create_store(path).close()
    QTimer.singleShot(50, qapp.closeAllWindows)
    assert app.main([str(path)]) == 0
    assert not path.with_name("unit.coml-wal").exists()
    shutil.copy(path, tmp_path / "copy.coml")  # whole by itself
    open_store(tmp_path / "copy.coml").close()
