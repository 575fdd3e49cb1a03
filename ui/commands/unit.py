"""coml init, history, undo and redo: the unit file itself."""

from collections.abc import Callable
from pathlib import Path

import click

from coml_toolkit import units
from coml_toolkit.errors import StoreError
from coml_toolkit.store import Entry, Store, create_store

from . import opening
from .options import PATH, unit_option
from .output import Command, answer, complain, note, quoted, table

_TURNED = {"edit": "", "undo": "Undone: ", "redo": "Done again: "}


@click.command(cls=Command)
@click.argument("file", type=PATH)
@click.option("--name", default="", help="The unit's name; without it the file's.")
def init(file: Path, name: str) -> None:
    """Make a new unit file.

    It holds a unit's channels, incidents and plans.
    """
    with create_store(file, name=name.strip(), who=opening.who()) as store:
        unit = store.unit()
    answer({"file": str(file), "name": unit.name}, f"Made {file}, the unit file of {unit.name}.")
    note(f"Name it with --unit {quoted(file)}, or once and for all in COML_UNIT.")


@click.command(cls=Command)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the newest N.")
@unit_option
def history(limit: int | None, unit_file: Path | None) -> None:
    """Who changed what and when, newest first."""
    with opening.for_reading(unit_file) as store:
        entries = list(store.history(limit=limit))
    rows = [
        (f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}", entry.who, f"{_TURNED[entry.kind]}{entry.words}")
        for entry in entries
    ]
    answer([_document(entry) for entry in entries], table(("When", "Who", "What"), rows))
    if not entries:
        note("Nothing was changed yet.")


@click.command(cls=Command)
@click.argument("times", metavar="[N]", type=click.IntRange(min=1), default=1)
@unit_option
@click.pass_context
def undo(context: click.Context, times: int, unit_file: Path | None) -> None:
    """Take back the newest N edits.

    Without N the newest one. Edits of yesterday can be taken back too.
    """
    _turn(context, Store.undo, times, unit_file)


@click.command(cls=Command)
@click.argument("times", metavar="[N]", type=click.IntRange(min=1), default=1)
@unit_option
@click.pass_context
def redo(context: click.Context, times: int, unit_file: Path | None) -> None:
    """Do again N edits that were taken back.

    Without N the last one.
    """
    _turn(context, Store.redo, times, unit_file)


def _turn(context: click.Context, turn: Callable[[Store], Entry], times: int, unit_file: Path | None) -> None:
    """Undo or redo several times, saying what; where there are fewer, it does those and ends with 1."""
    done: list[Entry] = []
    missing = None
    with opening.for_writing(unit_file) as store:
        for _ in range(times):
            try:
                done.append(turn(store))
            except StoreError as error:
                if not done:
                    raise StoreError(error.message, hint=error.hint or "“coml history” shows every edit.") from None
                missing = error
                break
    answer([_document(entry) for entry in done], "\n".join(f"{_TURNED[entry.kind]}{entry.words}" for entry in done))
    if missing is not None:
        complain(f"Only {len(done)} of {times}; the next one: {missing.message}", missing.hint)
        context.exit(1)


def _document(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": units.iso(entry.at),
        "who": entry.who,
        "kind": entry.kind,
        "words": entry.words,
    }
