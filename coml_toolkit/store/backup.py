"""Copies of a unit file, beside it: one before an upgrade, and one a day."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from ..errors import ComlError
from ..model.record import new_id
from .connection import in_words, is_sound, reader
from .version import APPLICATION_ID

FOLDER = "backups"
KEEP_DAYS = 14


def _copies(path: Path, kind: str = "daily|before-upgrade") -> list[Path]:
    """Every copy of this file and of no other, oldest first."""
    name = re.compile(rf"{re.escape(path.stem)}\.({kind})\.[\d-]+{re.escape(path.suffix)}")
    found = [copy for copy in (path.parent / FOLDER).glob("*") if name.fullmatch(copy.name)]
    return sorted(found, key=lambda copy: (copy.stat().st_mtime_ns, copy.name))


def newest_copy(path: Path) -> Path | None:
    """The copy to open when the file itself is damaged: the newest that is not."""
    return next((copy for copy in reversed(_copies(path)) if _is_good(copy)), None)


def _is_good(copy: Path) -> bool:
    try:
        with in_words(copy.name), closing(reader(copy, is_still=True)) as db:
            return is_sound(db) and db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    except ComlError:
        return False


def copy_before_upgrade(path: Path, source: sqlite3.Connection) -> Path:
    """A whole copy of the file as it is, before this program changes how it is laid out."""
    return _copy(path, source, f"before-upgrade.{datetime.now(UTC):%Y-%m-%d-%H%M%S}")


def copy_of_today(path: Path) -> Path | None:
    """Today's copy, made if there is none yet; the oldest daily ones beyond KEEP_DAYS go. None: there was one.

    Opens the file for itself, so it can run beside the program.
    """
    words = f"daily.{datetime.now(UTC):%Y-%m-%d}"
    with in_words(f"Today's copy of {path.name} could not be made"):
        if _target(path, words).exists():
            return None
        with closing(reader(path)) as source:
            made = _copy(path, source, words)
        for old in _copies(path, "daily")[:-KEEP_DAYS]:
            old.unlink(missing_ok=True)
    return made


def _target(path: Path, words: str) -> Path:
    return path.parent / FOLDER / f"{path.stem}.{words}{path.suffix}"


def _copy(path: Path, source: sqlite3.Connection, words: str) -> Path:
    target = _target(path, words)
    target.parent.mkdir(exist_ok=True)
    scratch = target.with_name(f".{new_id()}.part")  # not one name for all: two programs may be at it
    try:
        with closing(sqlite3.connect(scratch)) as copy:
            source.backup(copy)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    return target
