"""`coml` as a program of its own: what only a real process shows."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit.store import open_store
from ui.commands import opening

COML = [sys.executable, "-c", "import sys; from ui.cli import main; sys.exit(main())"]
CHECKOUT = Path(__file__).resolve().parents[2]


def coml(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COML, *map(str, arguments)],
        check=False,
        cwd=CHECKOUT,
        timeout=60,
        **{"capture_output": True, "text": True, "encoding": "utf-8", **options},
    )


def python(code: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=CHECKOUT,
        **options,
    )


@pytest.fixture
def unit_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "unit.coml"
    monkeypatch.setenv("COML_UNIT", str(path))
    assert coml("init", path).returncode == 0
    assert coml("incident", "new", "Bear Creek Fire", "--time-zone", "UTC").returncode == 0
    return path


@pytest.mark.parametrize("has_unit", [False, True])
def test_the_library_is_searched_without_qt_numpy_or_reportlab(unit_file: Path, has_unit: bool) -> None:
    environment = os.environ if has_unit else {k: v for k, v in os.environ.items() if k != "COML_UNIT"}
    code = (
        "import sys; from ui.cli import main; code = main(['library', 'VTAC', '--json', '-q']);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr); sys.exit(code)"
    )
    done = python(code, env=environment)
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["name"] == "VTAC11"
    loaded = set(done.stderr.split())
    assert not loaded & {"PySide6", "shiboken6", "numpy", "reportlab", "PIL"}
    assert "sqlite_utils" not in loaded


@pytest.mark.parametrize("words", [["plan", "add", "VTAC11"], ["plan", "list"], ["history"], ["undo"], ["--help"]])
def test_no_command_but_a_form_loads_what_draws(unit_file: Path, words: list[str]) -> None:
    code = (
        f"import sys; from ui.cli import main; code = main({words!r}); print(*sys.modules, file=sys.stderr);"
        "sys.exit(code)"
    )
    done = python(code)
    assert done.returncode == 0, done.stderr
    assert "PySide6" not in done.stderr
    assert words == ["--help"] or "reportlab" not in done.stderr


def test_commands_at_once_wait_for_each_other(unit_file: Path) -> None:
    slow = COML[-1].replace("import sys;", "import sys; from ui.commands import opening; opening.WAIT_S = 60;")
    running = [
        subprocess.Popen(
            [*COML[:-1], slow, "plan", "add", f"TAC {number}", "--rx", "154.4"], cwd=CHECKOUT, stderr=subprocess.PIPE
        )
        for number in range(10)
    ]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    lines = json.loads(coml("plan", "list", "--json").stdout)["lines"]
    assert sorted(line["channel"] for line in lines) == list(range(1, 11))


def test_a_program_that_keeps_the_file_is_waited_for_a_while(unit_file: Path) -> None:
    with open_store(unit_file):
        started = time.monotonic()
        done = coml("plan", "add", "VTAC11")
    assert (done.returncode, "Another program has unit.coml open" in done.stderr) == (3, True)
    assert "Make the change in that program" in done.stderr
    assert time.monotonic() - started > opening.WAIT_S > 1


@pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")
def test_control_c_ends_a_command_with_4_and_changes_nothing(unit_file: Path) -> None:
    with subprocess.Popen(
        [*COML, "plan", "instructions", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    ) as process:
        time.sleep(1)  # it waits for what shall be typed
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.strip()) == (4, "coml: Cancelled.")
    assert coml("plan", "instructions").stdout == ""


@pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")
@pytest.mark.parametrize("command", ["library --json", "library", "--help"])
def test_a_reader_that_has_heard_enough_is_no_error(command: str) -> None:
    program = " ".join(f"'{word}'" for word in COML)
    done = subprocess.run(
        ["bash", "-c", f"{program} {command} | true; echo ${{PIPESTATUS[0]}}"],
        check=False,
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
    )
    assert done.stdout == "0\n"
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="descriptors of POSIX")
@pytest.mark.parametrize("command", ["library", "library --json", "plan list", "plan add VTAC11", "--help"])
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_output_is_no_error(unit_file: Path, command: str, closed: str) -> None:
    program = " ".join(f"'{word}'" for word in COML)
    done = subprocess.run(
        ["bash", "-c", f"{program} {command} {closed}"], check=False, capture_output=True, text=True, cwd=CHECKOUT
    )
    assert done.returncode == 0
    assert "wrong" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("command", [["library"], ["library", "--json"], ["plan", "list"], ["--version"]])
def test_a_full_disk_behind_standard_output_is_said(unit_file: Path, command: list[str]) -> None:
    coml("plan", "add", "VTAC11")
    with open("/dev/full", "w") as full:
        done = coml(*command, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert done.returncode == 3
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_terminal_without_our_letters_gets_question_marks(unit_file: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = coml("library", "add", "X", "--rx", "1,5", env=environment, encoding="latin-1")
    assert (done.returncode, "?1,5? is not a frequency" in done.stderr) == (3, True)
    coml("plan", "add", "X", "--rx", "154.4", "--remarks", "Zürich")
    document = json.loads(coml("plan", "list", "--json", env=environment).stdout)
    assert document["lines"][0]["remarks"] == "Zürich"


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal of POSIX")
@pytest.mark.parametrize("options", [[], ["--quiet"]])
def test_progress_is_shown_on_a_terminal_only(tmp_path: Path, options: list[str]) -> None:
    main, terminal = os.openpty()
    done = coml("demo", tmp_path / "on", *options, stderr=terminal, stdout=subprocess.PIPE, capture_output=False)
    os.close(terminal)
    os.set_blocking(main, False)
    try:
        shown = os.read(main, 10_000)
    except OSError:
        shown = b""
    os.close(main)
    assert done.returncode == 0
    assert (b"[####" in shown) is (options == [])
    assert coml("demo", tmp_path / "off").stderr == ""


def test_python_m_runs_the_same_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "demo", str(tmp_path / "demo")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert (tmp_path / "demo" / "forms" / "ics205.pdf").read_bytes().startswith(b"%PDF")
