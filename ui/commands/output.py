"""What a command says: its one answer on standard output, everything else on standard error."""

import json
import os
import shlex
import sys
from collections.abc import Collection, Sequence
from typing import Any

import click

from coml_toolkit.jobs import Progress, ignore

_IS_JSON, _IS_QUIET = "coml.json", "coml.quiet"


class ReaderLeft(Exception):
    """Whoever read standard output has heard enough: `coml library | head`."""


class Command(click.Command):
    """A command with --json and --quiet, which every command has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for flags, key, words in (
            (["--json"], _IS_JSON, "Print one JSON document: hertz, ISO 8601 UTC."),
            (["-q", "--quiet"], _IS_QUIET, "No remarks and no progress; errors are still said."),
        ):
            keep = _keep(key)
            self.params.append(click.Option(flags, is_flag=True, expose_value=False, callback=keep, help=words))


class Group(click.Group):
    """A noun and its verbs."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they are written."""
        return list(self.commands)


def _keep(key: str) -> Any:
    def keep(context: click.Context, _: click.Parameter, value: bool) -> None:
        context.meta[key] = value

    return keep


def _is_set(key: str) -> bool:
    return bool(click.get_current_context().meta.get(key))


def answer(document: Any, text: str) -> None:
    """What the command found or did, once: as JSON with --json (plain ASCII, so that no pipe spoils it), else as text.

    Flushed at once, so that a full disk or a closed pipe is met here and not after the end.
    """
    try:
        if _is_set(_IS_JSON):
            click.echo(json.dumps(document, indent=1))
        elif text:
            click.echo(_harmless(text))
        if sys.stdout is not None:  # None: closed before we came
            sys.stdout.flush()
    except BrokenPipeError as error:
        raise ReaderLeft from error


def note(text: str) -> None:
    """A remark for a person; not part of the answer."""
    if not _is_set(_IS_QUIET):
        click.echo(_harmless(text), err=True)


def complain(message: str, hint: str = "") -> None:
    """An error: one sentence, and what to do."""
    click.echo(_harmless(f"coml: {message}"), err=True)
    if hint:
        click.echo(_harmless(f"      {hint}"), err=True)


def quoted(name: object) -> str:
    """A name as it is typed in a command."""
    word = str(name)
    if os.name == "posix":
        return shlex.quote(word)
    return f'"{word}"' if " " in word else word


def _harmless(text: str) -> str:
    """A name in somebody's file must not be able to steer the terminal."""
    return "".join(each if each.isprintable() or each == "\n" else "�" for each in text)


def table(titles: Sequence[str], rows: Sequence[Sequence[str]], *, at_point: Collection[str] = ()) -> str:
    """Rows in aligned columns, those in `at_point` by their decimal point; a column with nothing in it is left out."""
    if not rows:
        return ""
    columns = []
    for title, cells in zip(titles, zip(*rows, strict=True), strict=True):
        cells = tuple(" ".join(cell.split()) for cell in cells)
        if any(cells):
            if title in at_point:
                before = max(cell.find(".") for cell in cells)
                cells = tuple(" " * (before - cell.find(".")) + cell if "." in cell else cell for cell in cells)
            width = max(len(cell) for cell in (title, *cells))
            columns.append([cell.ljust(width) for cell in (title, *cells)])
    return "\n".join("  ".join(line).rstrip() for line in zip(*columns, strict=True))


def progress() -> Progress:
    """A bar on standard error where that is a terminal, and nothing where it is not."""
    if _is_set(_IS_QUIET) or sys.stderr is None or not sys.stderr.isatty():
        return ignore

    def show(done: int, total: int, doing: str = "") -> None:
        bar = ("#" * (20 * done // total)).ljust(20)
        click.echo(f"\r[{bar}] {doing:<40.40}", err=True, nl=done >= total)

    return show
