"""coml init, history, undo, redo and demo."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit.store import open_store
from ui.commands.output import quoted

Coml = Callable[..., Any]


def test_init_makes_a_named_unit_file_once(coml: Coml, tmp_path: Path, refused: Callable[..., None]) -> None:
    path = tmp_path / "county" / "campbell.coml"
    assert coml("init", path, "--name", "Campbell County", "--json").document == {
        **{"file": str(path), "name": "Campbell County"},
    }
    before = path.read_bytes()
    refused(coml("init", path), "exists already", "never replaced")
    assert path.read_bytes() == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder where nobody can make a file")
def test_init_says_why_the_file_cannot_be_made(
    coml: Coml, refused: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coml_toolkit.store.store._WAIT_S", 0.1)
    refused(coml("init", "/proc/x.coml"), "/proc/x.coml could not be made: ")


def test_a_name_with_a_space_is_said_as_it_is_typed(coml: Coml, tmp_path: Path, refused: Callable[..., None]) -> None:
    path = tmp_path / "my file.coml"
    refused(coml("plan", "list", "--unit", path), f"coml init {quoted(path)}”")
    assert quoted(path) != str(path)
    assert f"--unit {quoted(path)}, or" in coml("init", path).err


def test_the_default_file_is_made_on_first_use_and_said(coml: Coml, coml_home: Path) -> None:
    path = coml_home / "data" / "unit.coml"
    assert f"Your unit file is new: {path}" in coml("incident", "list").err
    assert path.exists()
    assert "new" not in coml("incident", "list").err.split(".")[0]


def test_the_history_says_who_changed_what_and_when(
    coml: Coml, incident: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COML_OPERATOR", "Ada Wong")
    coml("plan", "add", "VTAC11")
    newest, oldest = coml("history", "--json").document
    assert (newest["who"], newest["kind"], newest["words"]) == ("Ada Wong", "edit", "Add VTAC11")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", newest["at"])
    assert oldest["words"] == "New incident Bear Creek Fire"
    assert len(coml("history", "--limit", "1", "--json").document) == 1
    assert re.search(r"Ada Wong +Add VTAC11", coml("history").out)


def test_undo_and_redo_say_in_words_what_they_did(coml: Coml, incident: Path, refused: Callable[..., None]) -> None:
    for name in ("VTAC11", "VTAC12", "VTAC13"):
        coml("plan", "add", name)
    assert coml("undo").out == "Undone: Add VTAC13\n"
    assert coml("undo", "2").out == "Undone: Add VTAC12\nUndone: Add VTAC11\n"
    assert coml("redo", "2").out == "Done again: Add VTAC11\nDone again: Add VTAC12\n"
    assert [line["name"] for line in coml("plan", "list", "--json").document["lines"]] == ["VTAC11", "VTAC12"]
    assert [one["kind"] for one in coml("undo", "1", "--json").document] == ["undo"]
    assert coml("history").out.splitlines()[1].endswith("Undone: Add VTAC12")


def test_undoing_more_than_there_is_does_what_there_is_and_says_so(
    coml: Coml, incident: Path, refused: Callable[..., None]
) -> None:
    coml("plan", "add", "VTAC11")
    done = coml("undo", "5")
    assert done.code == 1
    assert done.out == "Undone: Add VTAC11\nUndone: New incident Bear Creek Fire\n"
    assert "Only 2 of 5" in done.err
    refused(coml("undo"), "nothing to undo")
    assert coml("undo", "0").code == 2


# ── the demo ─────────────────────────────────────────────────────────────────

_FORMS = (
    *("ics205", "ics205-period-1", "ics205-period-2", "ics205-blank", "ics204-division-a", "ics204-evacuation-group"),
    *("ics205a", "ics205b", "ics210", "ics211", "ics213", "ics213rr", "ics214", "ics216", "ics217"),
    *("ics217a-700", "ics217a-other", "ics217a-uhf", "ics217a-vhf", "ics218"),
    *(f"ics219-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10)),
    *("ics220", "ics221", "ics225", "ics309", "card", "cdo", "sta", "handover", "package", "package-public"),
)
FILES = ["example.coml", *(f"forms/{name}.pdf" for name in _FORMS), "README.txt"]


def found(folder: Path) -> list[str]:
    """The files of a folder, without hidden ones."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if path.is_file())


def test_the_demo_makes_what_it_lists(coml: Coml, tmp_path: Path) -> None:
    done = coml("demo", tmp_path / "demo", "--json")
    assert done.document["files"] == FILES
    assert found(tmp_path / "demo") == sorted(FILES)
    assert all((tmp_path / "demo" / name).stat().st_size > 0 for name in FILES)


def test_the_readme_names_every_file_and_only_commands_that_work(
    coml: Coml, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coml("demo", tmp_path)
    readme = (tmp_path / "README.txt").read_text("utf-8")
    assert all(name in readme for name in FILES if name != "README.txt")
    monkeypatch.chdir(tmp_path)
    tried = [line.split("   ")[0].split()[1:] for line in readme.splitlines() if line.startswith("  coml ")]
    desktop, *commands = tried
    assert desktop == ["example.coml"]
    assert len(commands) > 5
    for words in commands:
        done = coml(*" ".join(words).replace('"Your Name"', "Ada").split())
        assert done.code == 0, (words, done.err)


def test_two_demos_print_the_same_bytes(coml: Coml, tmp_path: Path) -> None:
    for name in ("a", "b"):
        coml("demo", tmp_path / name)
    for name in FILES[1:]:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_an_earlier_demo_is_replaced_only_with_force_and_its_unit_file_is_kept(
    coml: Coml, tmp_path: Path, refused: Callable[..., None]
) -> None:
    coml("demo", tmp_path)
    coml("plan", "add", "UTAC42D", "--unit", tmp_path / "example.coml")
    refused(coml("demo", tmp_path), "example.coml exists already", "--force")
    done = coml("demo", tmp_path, "--force")
    assert done.code == 0
    (aside,) = tmp_path.glob("example.*-*.coml")
    assert str(aside) in done.err
    assert found(tmp_path) == sorted([*FILES, aside.name])
    assert coml("history", "--unit", aside, "--json").document[0]["words"] == "Add UTAC42D"


def test_a_demo_that_is_open_elsewhere_is_left_alone(coml: Coml, tmp_path: Path, refused: Callable[..., None]) -> None:
    coml("demo", tmp_path)
    with open_store(tmp_path / "example.coml"):
        refused(coml("demo", tmp_path, "--force"), "Another program has example.coml open")
    assert found(tmp_path) == sorted(FILES)


def test_a_demo_does_not_write_over_what_is_not_its_own(
    coml: Coml, tmp_path: Path, refused: Callable[..., None]
) -> None:
    (tmp_path / "README.txt").write_text("precious", "utf-8")
    refused(coml("demo", tmp_path), "README.txt exists already")
    assert found(tmp_path) == ["README.txt"]
    (tmp_path / "file").write_text("", "utf-8")
    refused(coml("demo", tmp_path / "file"), "could not be")


# ── the desktop ──────────────────────────────────────────────────────────────


def test_without_a_command_the_desktop_opens(
    coml: Coml, example: Path, monkeypatch: pytest.MonkeyPatch, refused: Callable[..., None]
) -> None:
    opened: list[list[str]] = []

    def desktop(arguments: list[str]) -> int:
        opened.append(arguments)
        return 0

    monkeypatch.setattr("ui.app.main", desktop)
    assert coml().code == 0
    assert coml(example).code == 0
    assert opened == [[], [str(example)]]
    refused(coml("gone.coml"), "gone.coml does not exist", "coml init gone.coml")


def test_where_there_is_no_screen_the_desktop_says_so(
    coml: Coml, monkeypatch: pytest.MonkeyPatch, refused: Callable[..., None]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    refused(coml(), "no screen")


def test_what_is_no_command_is_wrong_usage(coml: Coml) -> None:
    for words in (["frobnicate"], ["plan", "frobnicate"], ["plan"], ["--frobnicate"], ["undo", "many"]):
        done = coml(*words)
        assert (done.code, done.out) == (2, "")
        assert "Traceback" not in done.err
    assert coml("--version").out.startswith("coml ")
    assert coml("--help").code == 0


def test_an_empty_name_is_not_this_folder(
    coml: Coml, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["demo", ""], ["init", ""], ["form", "205", "-o", ""], ["plan", "list", "--unit", ""]):
        done = coml(*words)
        assert done.code == 2
        assert "The name is empty." in done.err
    assert found(tmp_path) == ["example.coml"]
