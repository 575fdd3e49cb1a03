"""Connections to a unit file, and the troubles of SQLite and of the disk in the user's words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from ..errors import InputError, ReadOnlyError, StoreError
from ..files import os_problem

_BUSY_MS = 5_000


class DamagedError(StoreError):
    """The file holds what SQLite or this program cannot read."""


def writer(path: Path) -> sqlite3.Connection:
    """A connection that may change the file: the write-ahead log on, each edit on disk when its call returns."""
    whole = os.path.abspath(path)  # “:memory:” and “file:…” alone mean something else to SQLite
    return _ready(
        sqlite3.connect(whole, isolation_level=None), "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"
    )


def reader(path: Path, *, is_still: bool = False) -> sqlite3.Connection:
    """A connection that cannot change one byte. `is_still`: nobody is writing, so SQLite needs no files beside it."""
    real = os.path.realpath(path)  # SQLite keeps its log beside the file itself, not beside a link to it
    may_write = os.access(real, os.W_OK) and os.access(os.path.dirname(real), os.W_OK)
    # Without a log there is none to miss, so where we may not write SQLite need not leave files that hinder who may.
    alone = (is_still or not may_write) and not _has_content(f"{real}-wal")
    address = f"file:{quote(os.fsencode(real))}?mode=ro{'&immutable=1' if alone else ''}"
    return _ready(sqlite3.connect(address, uri=True, isolation_level=None))


def _has_content(file: str) -> bool:
    try:
        return os.path.getsize(file) > 0
    except FileNotFoundError:
        return False


def _ready(connection: sqlite3.Connection, *pragmas: str) -> sqlite3.Connection:
    try:
        for pragma in (f"PRAGMA busy_timeout = {_BUSY_MS}", "PRAGMA foreign_keys = ON", *pragmas):
            connection.execute(pragma)
        return connection
    except BaseException:
        connection.close()
        raise


def is_sound(db: sqlite3.Connection) -> bool:
    """Every page, row and index of the file is whole, and nothing refers to what is not there."""
    (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    return verdict == "ok" and db.execute("PRAGMA foreign_key_check").fetchone() is None


@contextmanager
def atomic(db: sqlite3.Connection) -> Iterator[None]:
    """All that is done inside is done, or nothing of it."""
    db.execute("BEGIN")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()  # nothing to do where SQLite has rolled back itself
        raise


_REASONS = {
    sqlite3.SQLITE_FULL: (StoreError, "the disk is full", "Free some space and try again."),
    sqlite3.SQLITE_IOERR: (StoreError, "the disk could not be read or written", "Check the disk and its free space."),
    sqlite3.SQLITE_READONLY: (ReadOnlyError, "the file is write-protected", "Copy it to another disk."),
    sqlite3.SQLITE_CANTOPEN: (
        StoreError,
        "it, or its log beside it, may not be opened here",
        "Copy it, with the files beside it, to a folder you may write to.",
    ),
    sqlite3.SQLITE_BUSY: (StoreError, "another program is using the file", "Close it and try again."),
    sqlite3.SQLITE_LOCKED: (StoreError, "another program is using the file", "Close it and try again."),
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: (
        StoreError,
        "something else still depends on it",
        "Remove that first; a signed plan cannot be removed.",
    ),
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: (StoreError, "it is there already", "Look at it again."),
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: (StoreError, "it is there already", "Look at it again."),
}  # by the number SQLite gives each trouble


@contextmanager
def in_words(what: str) -> Iterator[None]:
    """What goes wrong with SQLite or the disk, as one sentence that starts with `what`."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        if isinstance(error, sqlite3.ProgrammingError):
            raise  # ours
        if found := _REASONS.get(code or 0) or _REASONS.get((code or 0) & 0xFF):
            kind, reason, hint = found
            raise kind(f"{what}: {reason}.", hint=hint) from error
        if isinstance(error, sqlite3.IntegrityError):
            raise  # ours
        # Corrupt pages, text that is no text, tables that are not there
        raise _damaged(what) from error
    except OSError as error:
        raise os_problem(what, error) from error
    except (UnicodeEncodeError, OverflowError) as error:
        raise InputError(
            f"{what}: it holds a character or a number that no file can keep.", hint="Type that part again."
        ) from error


@contextmanager
def reading(what: str) -> Iterator[None]:
    """As `in_words`, and what was read must be something this program can have written."""
    with in_words(what):
        try:
            yield
        except (ValueError, LookupError, TypeError, AttributeError, InputError) as error:
            raise _damaged(what) from error


def _damaged(what: str) -> DamagedError:
    return DamagedError(f"{what}: the file is damaged.", hint="Open the newest copy of it, in “backups” beside it.")
