"""Copies of a unit file, beside it: one before an upgrade, and one a day."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

FOLDER = "backups"
KEEP_DAYS = 14


def _copies(path: Path) -> list[Path]:
    """Every copy of this file, oldest first (their names end in the date)."""
    found = (path.parent / FOLDER).glob(f"{path.stem}.*{path.suffix}")
    return sorted((copy for copy in found if copy.is_file()), key=lambda copy: (copy.stat().st_mtime_ns, copy.name))


def newest_copy(path: Path) -> Path | None:
    """The copy to open when the file itself is damaged."""
    return next(reversed(_copies(path)), None)


def copy_before_upgrade(path: Path, source: sqlite3.Connection) -> Path:
    """A whole copy of the file as it is, before this program changes how it is laid out."""
    return _copy(path, source, f"before-upgrade.{datetime.now(UTC):%Y-%m-%d-%H%M%S}")


def copy_of_today(path: Path) -> Path | None:
    """Today's copy, made if there is none yet; the oldest daily ones beyond KEEP_DAYS go. None: there was one.

    Opens the file for itself, so it can run beside the program.
    """
    words = f"daily.{datetime.now(UTC):%Y-%m-%d}"
    if (path.parent / FOLDER / f"{path.stem}.{words}{path.suffix}").exists():
        return None
    source = sqlite3.connect(path)
    try:
        made = _copy(path, source, words)
    finally:
        source.close()
    daily = [copy for copy in _copies(path) if ".daily." in copy.name]
    for old in daily[:-KEEP_DAYS]:
        old.unlink(missing_ok=True)
    return made


def _copy(path: Path, source: sqlite3.Connection, words: str) -> Path:
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    target = folder / f"{path.stem}.{words}{path.suffix}"
    scratch = target.with_suffix(".part")
    scratch.unlink(missing_ok=True)
    copy = sqlite3.connect(scratch)
    try:
        source.backup(copy)
    finally:
        copy.close()
    scratch.replace(target)
    return target
