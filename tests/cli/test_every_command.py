"""What holds for every command; a newcomer to `coml` is tested by being in it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import resources
from coml_toolkit.model.channel import Channel
from coml_toolkit.store import open_store
from ui.cli import coml as program

Coml = Callable[..., Any]

# For each command, something it does on the example. Those that change the unit file are marked.
CALLS: dict[str, list[str]] = {
    "init": ["new.coml"],
    "demo": ["demo"],
    "library list": ["VTAC"],
    "library add": ["FIRE7", "--rx", "154.4", "--tx", "none"],
    "library set": ["SAT-1", "--address", "423-555-0143"],
    "library remove": ["SAT-1"],
    "import": ["list.csv"],
    "export": ["channels", "VTAC", "-o", "vtac.csv"],
    "incident list": [],
    "incident show": [],
    "incident new": ["Flood"],
    "incident set": ["--place", "Cove Lake"],
    "incident times": ["--due", "2026-11-22 05:30"],
    "incident copy-forward": [],
    "incident close": [],
    "check": [],
    "plan list": [],
    "plan add": ["UTAC42D", "--function", "Tactical"],
    "plan set": ["VTAC12", "--assignment", "Division Z"],
    "plan remove": ["16", "VTAC12"],
    "plan move": ["1", "--to", "3"],
    "plan direct": ["7CALL50"],
    "plan renumber": [],
    "plan rename-zone": ["2", "OTHER"],
    "plan instructions": ["Plain language."],
    "plan prepared-by": ["Ada Wong"],
    "plan sign": ["--by", "Ada Wong"],
    "plan revisions": [],
    "plan diff": [],
    "form": ["205", "-o", "205.pdf"],
    "sheet list": [],
    "sheet show": ["213"],
    "sheet new": ["213", "--title", "Fuel"],
    "sheet copy": ["213", "--to", "2"],
    "sheet remove": ["213"],
    "sheet set": ["213", "subject", "Fuel", "--title", "Fuel"],
    "sheet add-row": ["309", "log", "from=ICC", "to=Division A"],
    "sheet set-row": ["309", "log", "1", "from=ICC 2"],
    "sheet remove-row": ["309", "log", "1", "2"],
    "sheet move-row": ["309", "log", "1", "--to", "3"],
    "history": [],
    "undo": [],
    "redo": [],
}
FIRST = {"redo": "undo", "plan renumber": "plan move"}  # what gives a command something to do
A_LIST = "Channel Name,RX Freq,RX Tone,TX Freq,TX Tone,Mode\nFIRE7,154.4000 N,CSQ,154.4000 N,156.7,A\n"
READERS = {
    "export",
    "check",
    *("library list", "incident list", "incident show", "plan list", "plan revisions", "plan diff", "history"),
    *("sheet list", "sheet show"),
}
PRINTERS = {"form"}  # leave their words in the unit file where they can, and print in any case
OF_NO_UNIT = {"init", "demo"}


def commands(group: click.Group = program, before: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command, by its words."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        words = (*before, name)
        if isinstance(command, click.Group):
            yield from commands(command, words)
        else:
            yield " ".join(words), command


@pytest.fixture
def call(coml: Coml, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Coml:
    """Does what CALLS says, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(A_LIST, encoding="utf-8")
    return lambda name, *more: coml(*name.split(), *CALLS[name], *more)


every = pytest.mark.parametrize("name", CALLS)
every_with_a_unit = pytest.mark.parametrize("name", [name for name in CALLS if name not in OF_NO_UNIT])


def test_the_table_of_calls_has_every_command() -> None:
    assert sorted(CALLS) == sorted(name for name, _ in commands())


@every
def test_every_command_has_help(coml: Coml, name: str) -> None:
    done = coml(*name.split(), "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: coml {name} ")
    assert done.err == ""


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_option_says_what_it_means(name: str, command: click.Command) -> None:
    assert command.help
    silent = [one.opts for one in command.params if isinstance(one, click.Option) and not one.help]
    assert silent == []


@every
def test_every_command_answers_in_words(call: Coml, name: str) -> None:
    if name in FIRST:
        call(FIRST[name])
    done = call(name)
    assert done.code == 0, done.err
    assert done.out.strip()


@every
def test_every_command_prints_one_json_document(call: Coml, name: str) -> None:
    if name in FIRST:
        call(FIRST[name])
    done = call(name, "--json", "--quiet")
    assert done.code == 0
    assert isinstance(done.document, dict | list)
    assert done.err == ""


@every_with_a_unit
def test_the_unit_may_be_named_by_an_option(
    call: Coml, example: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in FIRST:
        call(FIRST[name])
    monkeypatch.setenv("COML_UNIT", "somewhere-else.coml")
    done = call(name, "--unit", example)
    assert done.code == 0, done.err


@every_with_a_unit
def test_readers_work_while_another_program_has_the_file_and_writers_say_so(
    call: Coml, example: Path, name: str, refused: Callable[..., None]
) -> None:
    with open_store(example) as store:
        entries = len(list(store.history()))
        done = call(name)
        if name in READERS | PRINTERS:
            assert done.code == 0, done.err
        else:
            refused(done, "Another program has example.coml open")
        assert len(list(store.history())) == entries


@every_with_a_unit
def test_a_reader_changes_nothing_and_a_writer_leaves_its_words(call: Coml, example: Path, name: str) -> None:
    def entries() -> list[str]:
        with open_store(example, read_only=True) as store:
            return [entry.words for entry in store.history()]

    if name in FIRST:
        call(FIRST[name])
    before = entries()
    done = call(name, "--json")
    if name in READERS:
        assert entries() == before
    else:
        said = done.document[0]["words"] if isinstance(done.document, list) else done.document["done"]
        assert entries()[0] == said
        assert len(entries()) == len(before) + 1


@every_with_a_unit
def test_the_history_carries_the_operator(
    call: Coml, example: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COML_OPERATOR", "Grace Hopper")
    if name in FIRST:
        call(FIRST[name])
    call(name)
    if name not in READERS:
        with open_store(example, read_only=True) as store:
            assert next(store.history()).who == "Grace Hopper"


# ── files that are no good ───────────────────────────────────────────────────


def damage(path: Path) -> None:
    """Break the middle of the file."""
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 4 : len(raw) // 2] = b"\xa5" * (len(raw) // 2 - len(raw) // 4)
    path.write_bytes(raw)


def cut(path: Path) -> None:
    """Keep only the first half, as a pulled USB stick does."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    """Keep nothing."""
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    """A letter in place of it."""
    path.write_text("Dear COML, here is the plan you asked for.\n" * 200, encoding="utf-8")


def make_foreign(path: Path) -> None:
    """A database of another program."""
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE channels (id TEXT)")
    connection.commit()
    connection.close()


def make_future(path: Path) -> None:
    """A file that has been through a step of a later version."""
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " SELECT migration_set, 'm999_later', applied_at FROM _sqlite_migrations LIMIT 1"
    )
    connection.commit()
    connection.close()


def make_folder(path: Path) -> None:
    """A folder of that name."""
    path.unlink()
    path.mkdir()


def remove(path: Path) -> None:
    """No file at all."""
    path.unlink()


@every_with_a_unit
@pytest.mark.parametrize("spoil", [damage, cut, empty, make_text, make_foreign, make_future, make_folder, remove])
def test_a_bad_unit_file_is_refused_and_left_alone(
    call: Coml, example: Path, name: str, spoil: Callable[[Path], None], refused: Callable[..., None]
) -> None:
    spoil(example)
    before = example.read_bytes() if example.is_file() else None
    refused(call(name), "example.coml")
    assert (example.read_bytes() if example.is_file() else None) == before


@pytest.mark.skipif(os.name != "posix", reason="write protection is told otherwise elsewhere")
@every_with_a_unit
def test_a_write_protected_file_can_be_read_and_not_changed(
    call: Coml, example: Path, name: str, refused: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    example.chmod(0o444)
    real = os.access
    monkeypatch.setattr(  # root may write everywhere; the program asks os.access first
        os,
        "access",
        lambda path, mode, **how: False if Path(path) == example and mode == os.W_OK else real(path, mode, **how),
    )
    done = call(name)
    if name in READERS | PRINTERS:
        assert done.code == 0, done.err
    else:
        refused(done, "write-protected", "Take the protection away")


# ── --quiet, wrong usage, bugs ───────────────────────────────────────────────


@every
def test_an_option_that_does_not_exist_is_wrong_usage(call: Coml, name: str) -> None:
    done = call(name, "--frobnicate")
    assert done.code == 2
    assert done.out == ""
    assert "--frobnicate" in done.err
    assert f"coml {name} --help" in done.err


@every_with_a_unit
def test_a_bug_is_reported_in_a_file_and_never_as_a_traceback(
    call: Coml, name: str, refused: Callable[..., None], monkeypatch: pytest.MonkeyPatch, coml_home: Path
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("ui.commands.opening.open_store", break_down)
    refused(call(name), "inside COML Toolkit", str(coml_home / "log"))
    (report,) = (coml_home / "log").iterdir()
    text = report.read_text("utf-8")
    assert "ZeroDivisionError: a bug" in text
    assert "Traceback" in text


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
@every_with_a_unit
def test_control_c_cancels(call: Coml, name: str, stop: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise stop

    monkeypatch.setattr("ui.commands.opening.open_store", interrupt)
    done = call(name)
    assert (done.code, done.out, done.err.strip()) == (4, "", "coml: Cancelled.")


@every_with_a_unit
def test_a_full_disk_is_said_in_words(
    call: Coml, name: str, refused: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ui.commands.opening.open_store", fill)
    refused(call(name), "the disk is full")


def test_the_example_holds_what_the_calls_need(example: Path) -> None:
    with open_store(example, read_only=True) as store:
        assert "SAT-1" in {channel.name for channel in store[Channel].where(period_id=None)}


@pytest.mark.parametrize("words", CALLS)
def test_the_manual_lists_every_command(words: str) -> None:
    manual = resources.path("help", "commands.md").read_text("utf-8")
    name = words if words in manual else words.removesuffix(" list")
    assert f"coml {name}" in manual
