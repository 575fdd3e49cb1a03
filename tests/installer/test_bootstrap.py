"""The setup script: what it decides, without installing anything."""

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SCRIPT = CHECKOUT / "installer" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module of its own, at home in an empty folder."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checkout = tmp_path / "checkout"
    (checkout / "installer").mkdir(parents=True)
    places = {
        "CHECKOUT": checkout,
        "VENV": checkout / ".venv",
        "STAMP": checkout / ".venv" / module.STAMP.name,
        "LOCK": checkout / "installer" / "requirements.lock",
        "PYPROJECT": checkout / "pyproject.toml",
        "BUILD": checkout / "build",
        "PIP_LOG": checkout / "build" / "pip.log",
    }
    for name, place in places.items():
        monkeypatch.setattr(module, name, place)
    module.LOCK.write_text("click==8.0 \\\n    --hash=sha256:00\nuuid6==1 ; sys_platform == 'win32' \\\n")
    module.PYPROJECT.write_text("[project]\n")
    return module


def made(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Let pip only write down what it is asked; the environment is real, but empty."""
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "pip", lambda *arguments: asked.append(arguments))
    run = subprocess.run

    def without_pip(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        return run([*command, "--without-pip"] if "venv" in command else command, **options)

    monkeypatch.setattr(bootstrap.subprocess, "run", without_pip)
    return asked


# --- Python itself


def test_an_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_script_needs_only_the_standard_library() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SCRIPT.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).split(".")[0])
    assert imported - sys.stdlib_module_names == set()


def test_an_old_python_is_told_which_one_it_takes(bootstrap: ModuleType) -> None:
    assert bootstrap.too_old((3, 10, 12)) == "COML Toolkit needs Python 3.11 or newer; this is Python 3.10."
    assert bootstrap.too_old((3, 11, 0)) == ""
    assert bootstrap.too_old((3, 14, 1)) == ""


def test_an_old_python_hands_over_to_a_newer_one_beside_it(bootstrap: ModuleType) -> None:
    beside = {"python3.11": "/usr/bin/python3.11", "python3.12": "/usr/bin/python3.12"}
    assert bootstrap.newer_python(beside.get) == "/usr/bin/python3.12"
    assert bootstrap.newer_python({}.get) is None


def test_with_only_an_old_python_one_sentence_says_so(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "too_old", lambda version: "COML Toolkit needs a newer one.")
    monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
    assert bootstrap.main(["test"]) == 3
    assert capsys.readouterr().err.startswith("COML Toolkit needs a newer one.\n  Install")


# --- The screen


@pytest.mark.parametrize(
    ("platform", "environ", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
        ("win32", {"QT_QPA_PLATFORM": "minimal"}, False),
    ],
)
def test_a_screen_is_one_somebody_would_see(
    bootstrap: ModuleType, platform: str, environ: dict[str, str], seen: bool
) -> None:
    assert bootstrap.has_screen(platform, environ) is seen


# --- What Qt needs of the system


def test_missing_libraries_are_those_that_do_not_load(bootstrap: ModuleType) -> None:
    assert bootstrap.missing_libraries(["liba.so.1", "libb.so.2"], lambda soname: soname == "liba.so.1") == [
        "libb.so.2"
    ]
    assert not bootstrap.loads("libno-such-thing.so.9")


def test_missing_libraries_become_packages_named_once(bootstrap: ModuleType) -> None:
    missing = ["libxcb-icccm.so.4", "libnss3.so", "libsmime3.so", "libasound.so.2", "libglib-2.0.so.0"]
    older = bootstrap.debian_packages(missing, has_t64_names=False)
    newer = bootstrap.debian_packages(missing, has_t64_names=True)
    assert older == ["libasound2", "libglib2.0-0", "libnss3", "libxcb-icccm4"]
    assert newer == ["libasound2t64", "libglib2.0-0t64", "libnss3", "libxcb-icccm4"]


def test_the_names_of_the_release_are_read_from_what_is_installed(bootstrap: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "libapt-pkg6.0.list").touch()
    assert not bootstrap.has_t64_names(tmp_path)
    (tmp_path / "libapt-pkg6.0t64.list").touch()
    assert bootstrap.has_t64_names(tmp_path)
    assert not bootstrap.has_t64_names(tmp_path / "not-debian")


def test_every_library_that_qt_asks_of_the_system_is_known(bootstrap: ModuleType) -> None:
    """Read from the installed Qt itself, so that a newer one which asks for more is noticed."""
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux leaves libraries to the system")
    import PySide6

    folder = Path(PySide6.__file__).parent
    used = ("Core", "Gui", "Widgets", "Svg", "Pdf", "PdfWidgets", "PrintSupport", "WebEngineWidgets")
    todo = [folder / f"Qt{name}.abi3.so" for name in used]
    todo += [folder / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in ("offscreen", "xcb", "wayland")]
    todo += (folder / "Qt" / "plugins" / "xcbglintegrations").glob("*.so")
    own = {file.name: file for part in ("PySide6", "shiboken6") for file in (folder.parent / part).rglob("*.so*")}
    asked, seen = set(), set()
    while todo:
        file = todo.pop()
        if file in seen:
            continue
        seen.add(file)
        for soname in needed(file.read_bytes()):
            if soname in own:
                todo.append(own[soname])
            else:
                asked.add(soname)
    with_python = {f"lib{name}" for name in ("c.so.6", "m.so.6", "dl.so.2", "pthread.so.0", "rt.so.1", "gcc_s.so.1")}
    with_python |= {"libresolv.so.2", "libutil.so.1"}
    asked = {soname for soname in asked if soname not in with_python and not soname.startswith("ld-linux")}
    known = {*bootstrap.ANY_QT, *bootstrap.A_SCREEN, *bootstrap.A_WEB_PAGE}
    assert "libxcb-cursor.so.0" in asked
    assert asked - known == set()


def needed(elf: bytes) -> list[str]:
    """The libraries that a 64-bit ELF file names as NEEDED."""
    number = int.from_bytes
    start, size, count = number(elf[40:48], "little"), number(elf[58:60], "little"), number(elf[60:62], "little")
    sections = [elf[start + size * n : start + size * (n + 1)] for n in range(count)]
    for section in sections:
        if number(section[4:8], "little") == 6:  # SHT_DYNAMIC
            at, length = number(section[24:32], "little"), number(section[32:40], "little")
            texts = number(sections[number(section[40:44], "little")][24:32], "little")
            entries = [elf[place : place + 16] for place in range(at, at + length, 16)]
            offsets = [texts + number(entry[8:], "little") for entry in entries if number(entry[:8], "little") == 1]
            return [elf[offset : elf.index(b"\0", offset)].decode() for offset in offsets]
    return []


def test_who_may_not_install_is_given_one_line_to_type(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(bootstrap, "has_t64_names", lambda: False)
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda wanted: ["libEGL.so.1", "libxcb-cursor.so.0"])
    assert bootstrap.system_libraries(bootstrap.A_SCREEN) == ["libEGL.so.1", "libxcb-cursor.so.0"]
    assert "  sudo apt-get update && sudo apt-get install -y libegl1 libxcb-cursor0\n" in capsys.readouterr().out


def test_a_linux_that_is_not_debian_is_told_the_libraries(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.sys, "platform", "linux")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda wanted: ["libEGL.so.1"])
    assert bootstrap.system_libraries(bootstrap.ANY_QT) == ["libEGL.so.1"]
    assert "libEGL.so.1" in capsys.readouterr().out


# --- The environment


def test_the_stamp_tells_ready_from_outdated_from_broken(bootstrap: ModuleType) -> None:
    wanted = bootstrap.wanted_stamp("3.12.1")
    assert bootstrap.state(wanted, wanted) == "ready"
    assert bootstrap.state({**wanted, "installed": "other"}, wanted) == "outdated"
    assert bootstrap.state({**wanted, "python": "3.11.2"}, wanted) == "broken"
    assert bootstrap.state({**wanted, "checkout": "elsewhere"}, wanted) == "broken"
    assert bootstrap.state({}, wanted) == "broken"
    assert bootstrap.state(None, wanted) == "broken"
    gone = bootstrap.wanted_stamp("")  # the environment's Python does not start
    assert bootstrap.state({**gone, "installed": "other"}, gone) == "broken"


def test_the_digest_follows_the_lock_and_the_project(bootstrap: ModuleType) -> None:
    digests = {
        bootstrap.digest(lock, project) for lock, project in [(b"a", b"b"), (b"a", b"c"), (b"c", b"b"), (b"ab", b"")]
    }
    assert len(digests) == 4


def test_a_second_run_installs_nothing(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = made(bootstrap, monkeypatch)
    bootstrap.environment()
    assert [arguments[0] for arguments in asked] == ["--require-hashes", "--no-build-isolation"]
    bootstrap.environment()
    assert len(asked) == 2


def test_a_changed_lock_is_installed_on_top(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = made(bootstrap, monkeypatch)
    bootstrap.environment()
    keep = bootstrap.VENV / "kept"
    keep.touch()
    bootstrap.LOCK.write_text("click==9.0\n")
    bootstrap.environment()
    assert len(asked) == 4
    assert keep.exists()


def test_an_interrupted_install_is_made_anew(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = made(bootstrap, monkeypatch)
    pip = bootstrap.pip

    def pulled_plug(*arguments: str) -> None:
        (bootstrap.VENV / "half").touch()
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "pip", pulled_plug)
    assert bootstrap.main(["test"]) == 4
    monkeypatch.setattr(bootstrap, "pip", pip)
    bootstrap.environment()
    assert len(asked) == 2
    assert not (bootstrap.VENV / "half").exists()
    assert bootstrap.look() == "ready"


def test_an_environment_whose_python_is_gone_is_made_anew(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = made(bootstrap, monkeypatch)
    bootstrap.environment()
    assert bootstrap.CHECKOUT in bootstrap.venv_python().parents
    bootstrap.venv_python().unlink()
    bootstrap.environment()
    assert len(asked) == 4
    assert bootstrap.python_version_of(bootstrap.venv_python())


def test_an_environment_of_somebody_else_is_left_alone(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made(bootstrap, monkeypatch)
    bootstrap.VENV.mkdir()
    (bootstrap.VENV / "theirs").touch()
    assert bootstrap.main(["test"]) == 3
    assert "was not made by this program" in capsys.readouterr().err
    assert (bootstrap.VENV / "theirs").exists()


def test_the_packages_of_the_lock_are_counted(bootstrap: ModuleType) -> None:
    assert bootstrap.how_many(bootstrap.LOCK.read_text()) == 2


# --- When something is wrong


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "refused"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError('", "could not be downloaded"),
        ("ERROR: Could not find a version that satisfies x (from versions: none)", "could not be downloaded"),
        ("ERROR: Could not find a version that satisfies x (from versions: 1, 2)", "no version for this computer"),
        ("PermissionError: [Errno 13] Permission denied", "could not be written"),
        ("something new", "could not be installed"),
    ],
)
def test_what_pip_says_becomes_one_sentence(bootstrap: ModuleType, log: str, sentence: str) -> None:
    message, hint = bootstrap.why_pip_failed(log)
    assert sentence in message
    assert hint


def test_a_full_disk_is_said_before_anything_is_made(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 5_000_000})())
    assert bootstrap.main(["run"]) == 3
    assert "The disk has 5 MB free" in capsys.readouterr().err
    assert not bootstrap.VENV.exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "build")

    monkeypatch.setattr(bootstrap, "environment", refuse)
    assert bootstrap.main(["test"]) == 3
    assert capsys.readouterr().err.startswith("Permission denied: build\n")


def test_without_ensurepip_the_missing_package_is_named(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(bootstrap, "administrator", lambda: None)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000, raising=False)
    assert bootstrap.main(["test"]) == 3
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    error = capsys.readouterr().err
    assert f"{package} is missing" in error
    assert f"sudo apt-get install -y {package}" in error


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["build"], 2), (["--help"], 0)])
def test_an_unknown_command_shows_the_known_ones(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert bootstrap.main(arguments) == code
    assert "installer/bootstrap.py run" in capsys.readouterr().out


# --- The two commands


@pytest.fixture
def started(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What would be started, with an environment that is ready and a system that lacks nothing."""
    commands: list[tuple[str, ...]] = []

    def start(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        commands.append(tuple(command[1:]))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap, "environment", lambda: None)
    monkeypatch.setattr(bootstrap, "system_libraries", lambda wanted: [])
    monkeypatch.setattr(bootstrap.subprocess, "run", start)
    return commands


def test_run_opens_the_example_where_there_is_a_screen(
    bootstrap: ModuleType, started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "has_screen", lambda platform, environ: True)
    assert bootstrap.main(["run"]) == 0
    assert started == [("-m", "ui", "--example")]


def test_run_makes_the_examples_files_where_there_is_none(
    bootstrap: ModuleType,
    started: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bootstrap, "has_screen", lambda platform, environ: False)
    assert bootstrap.main(["run"]) == 0
    example = str(bootstrap.BUILD / "example")
    assert started == [("-P", "-m", "ui.cli", "demo", example, "--force")]
    assert f"The example is in {example}\n" in capsys.readouterr().out


def test_run_makes_the_files_too_when_the_window_has_no_libraries(
    bootstrap: ModuleType, started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "has_screen", lambda platform, environ: True)
    monkeypatch.setattr(bootstrap, "system_libraries", lambda wanted: ["libxcb-cursor.so.0"])
    assert bootstrap.main(["run"]) == 0
    assert started[0][:4] == ("-P", "-m", "ui.cli", "demo")


def test_run_with_words_hands_them_to_the_program(bootstrap: ModuleType, started: list[tuple[str, ...]]) -> None:
    assert bootstrap.main(["run", "--", "library", "VTAC"]) == 0
    assert started == [("-P", "-m", "ui.cli", "library", "VTAC")]


def test_test_checks_format_lint_types_and_tests(
    bootstrap: ModuleType, started: list[tuple[str, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(["test"]) == 0
    assert [command[1] for command in started] == ["ruff", "ruff", "mypy", "pytest"]
    assert capsys.readouterr().out.endswith("All checks passed.\n")


def test_test_goes_on_after_a_failure_and_names_it_at_the_end(
    bootstrap: ModuleType,
    started: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    start = bootstrap.subprocess.run

    def fail_types(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        start(command, **options)
        return subprocess.CompletedProcess(command, 1 if "mypy" in command else 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", fail_types)
    assert bootstrap.main(["test"]) == 1
    assert len(started) == 4
    assert capsys.readouterr().out.endswith("Failed: types.\n")


def test_test_with_words_runs_only_pytest(bootstrap: ModuleType, started: list[tuple[str, ...]]) -> None:
    assert bootstrap.main(["test", "-k", "form"]) == 0
    assert started == [("-m", "pytest", "-k", "form")]


def test_pythonpath_does_not_leak_into_the_environment(bootstrap: ModuleType) -> None:
    clean = bootstrap.clean_environ({"PYTHONPATH": "/elsewhere", "PIP_TARGET": "/x", "LANG": "C", "PIP_USER": "1"})
    assert "PYTHONPATH" not in clean
    assert "PIP_TARGET" not in clean
    assert clean["LANG"] == "C"
    assert clean["PIP_USER"] == "0"


def test_the_stamp_can_be_read_by_a_person(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    made(bootstrap, monkeypatch)
    bootstrap.environment()
    stamp = json.loads(bootstrap.STAMP.read_text(encoding="utf-8"))
    assert set(stamp) == {"installed", "python", "checkout"}
