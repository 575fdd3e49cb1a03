"""The unit file: open it, read records, and change them through the one door."""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar

from filelock import FileLock, Timeout

from ..errors import InputError, ReadOnlyError, StoreError
from ..files import write_whole
from ..model.channel import Channel, problems
from ..model.plan import Assignment, Incident, Line, Period, Plan, Revision, Unit
from ..model.record import Record
from ..units import from_iso, iso
from . import backup, version
from .connection import DamagedError, atomic, in_words, is_sound, reader, reading, writer
from .content import with_revision
from .rows import BY_TABLE, TABLES, Plain, from_row, to_row

R = TypeVar("R", bound=Record)

_WAIT_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the history: an edit, an undo or a redo."""

    number: int
    at: datetime
    who: str
    kind: str  # edit, undo, redo
    words: str
    before: tuple[Record, ...]
    after: tuple[Record, ...]


class Records(Generic[R]):
    """The rows of one table, as frozen dataclasses: `store[Channel].all()`."""

    def __init__(self, connection: sqlite3.Connection, record_type: type[R]) -> None:
        self._connection = connection
        self._type = record_type
        self._table, self._order = TABLES[record_type]

    def all(self) -> list[R]:
        """Every row, in the table's order."""
        return self._read(f"SELECT * FROM {self._table} ORDER BY {self._order}", ())

    def where(self, **values: Plain) -> list[R]:
        """The rows with these values, in the table's order; None matches what is not set."""
        condition = " AND ".join(f"{name} IS ?" for name in values)
        return self._read(
            f"SELECT * FROM {self._table} WHERE {condition} ORDER BY {self._order}", tuple(values.values())
        )

    def get(self, record_id: str) -> R | None:
        """The row with this id."""
        return next(iter(self.where(id=record_id)), None)

    def _read(self, query: str, values: tuple[Plain, ...]) -> list[R]:
        with reading("The unit file could not be read"):
            cursor = self._connection.execute(query, values)
            names = [column[0] for column in cursor.description]
            return [from_row(self._type, dict(zip(names, row, strict=True))) for row in cursor]


class Store:
    """An open unit file. Make one with `open_store` or `create_store`; close it when done."""

    def __init__(
        self, path: Path, db: sqlite3.Connection, *, who: str, lock: FileLock | None, why_read_only: str = ""
    ) -> None:
        self.path = path
        self.who = who
        self.why_read_only = why_read_only  # one sentence; "" when it can be changed
        self._db = db
        self._lock = lock

    def close(self) -> None:
        """Fold the write-ahead log into the file and let the next program in."""
        self._db.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_read_only(self) -> bool:
        """It can be looked at but not changed; `why_read_only` says why."""
        return bool(self.why_read_only)

    def __getitem__(self, record_type: type[R]) -> Records[R]:
        return Records(self._db, record_type)

    def unit(self) -> Unit:
        """The unit that owns the file."""
        with reading("The unit file could not be read"):
            return self[Unit].all()[0]

    # ── the one door ─────────────────────────────────────────────────────────

    def replace(self, before: Sequence[Record], after: Sequence[Record], words: str, *, can_undo: bool = True) -> Entry:
        """Replace records: nothing before adds, nothing after removes. On disk when it returns, or not at all.

        `words` say what the user did. `before` must be what the file holds now, else StoreError: somebody else
        changed it. With `can_undo` false the edit stays in the history but undo passes it over; so it does a signing.
        """
        with self._transaction():
            self._swap(before, after)
            entry = self._write_history("edit", words, before, after)
            if can_undo and not any(isinstance(record, Revision) for record in after):
                self._execute("DELETE FROM undo_stack WHERE is_undone = 1")
                self._execute("INSERT INTO undo_stack (number, is_undone) VALUES (?, 0)", entry.number)
        return entry

    def undo(self) -> Entry:
        """Take back the newest edit that stands, also one of yesterday. Says in its entry what was undone."""
        return self._turn(self._next(undone=False), "undo")

    def redo(self) -> Entry:
        """Do again the newest edit that was taken back."""
        return self._turn(self._next(undone=True), "redo")

    def undo_words(self) -> str:
        """What `undo` would take back; "" if there is nothing."""
        return entry.words if (entry := self._next(undone=False)) else ""

    def redo_words(self) -> str:
        """What `redo` would do again; "" if there is nothing."""
        return entry.words if (entry := self._next(undone=True)) else ""

    def history(self, *, limit: int | None = None) -> Iterator[Entry]:
        """Who changed what and when, newest first."""
        query = "SELECT * FROM history ORDER BY number DESC LIMIT ?"
        with reading("The history could not be read"):
            for row in self._execute(query, -1 if limit is None else limit):
                yield _entry(row)

    # ── plans ────────────────────────────────────────────────────────────────

    def plan(self, period_id: str) -> Plan:
        """What the 205 of this operational period says now: the signed revision if nothing changed since."""
        with reading("The plan could not be read"), atomic(self._db):  # one moment, whatever another program writes
            period = self[Period].get(period_id)
            incident = None if period is None else self[Incident].get(period.incident_id)
            if period is None or incident is None:
                raise StoreError("That operational period is not in this file.", hint="Choose another one.")
            channels = {channel.id: channel for channel in self[Channel].where(period_id=period_id)}
            lines = tuple(
                Line(assignment=assignment, channel=channels[assignment.channel_id])
                for assignment in self[Assignment].where(period_id=period_id)
            )
            plan = Plan(incident=incident, period=period, lines=lines)
            return with_revision(plan, self[Revision].where(period_id=period_id))

    def fold_log(self) -> None:
        """Bring the edits from the log into the file itself, so that a plain copy of the file has them."""
        if not self.is_read_only:
            with in_words("The unit file could not be written"):
                self._execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def data_version(self) -> int:
        """A number that changes when another program changed the file."""
        with in_words("The unit file could not be read"):
            return int(self._execute("PRAGMA data_version").fetchone()[0])

    # ── inside ───────────────────────────────────────────────────────────────

    def _execute(self, query: str, *values: Plain) -> sqlite3.Cursor:
        return self._db.execute(query, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self.why_read_only:
            raise ReadOnlyError(self.why_read_only, hint="Nothing was changed. It can be looked at and printed.")
        with in_words("Nothing was changed"), atomic(self._db):
            self._execute("PRAGMA defer_foreign_keys = ON")  # order inside an edit does not matter
            yield

    def _swap(self, before: Sequence[Record], after: Sequence[Record]) -> None:
        if any(isinstance(record, Revision) for record in before):
            raise StoreError(
                "A signed revision is locked.", hint="Change the plan instead: the change starts the next revision."
            )
        old = {(type(record), record.id) for record in before}
        kept = {(type(record), record.id) for record in after}
        for record in before:
            if self[type(record)].get(record.id) != record:
                raise StoreError(
                    "This was changed meanwhile by another edit, so nothing was changed now.",
                    hint="Look at it again and repeat your change.",
                )
            if (type(record), record.id) not in kept:
                self._execute(f"DELETE FROM {TABLES[type(record)][0]} WHERE id = ?", record.id)
        for record in after:
            if isinstance(record, Channel) and (found := problems(record)):
                raise InputError(f"{record.name or 'The channel'} contradicts itself: {found[0]}")
            row = to_row(record)
            if from_row(type(record), row) != record:
                raise ValueError(f"This could not be read back as it is: {record}")  # ours; a row nobody can read
            table = TABLES[type(record)][0]
            if (type(record), record.id) in old:
                values = ", ".join(f"{name} = ?" for name in row)
                self._execute(f"UPDATE {table} SET {values} WHERE id = ?", *row.values(), record.id)
            else:
                marks = ", ".join("?" * len(row))
                self._execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", *row.values())

    def _write_history(self, kind: str, words: str, before: Sequence[Record], after: Sequence[Record]) -> Entry:
        at = datetime.now(UTC)
        cursor = self._execute(
            "INSERT INTO history (at, who, kind, words, before, after) VALUES (?, ?, ?, ?, ?, ?)",
            *(iso(at), self.who, kind, words, _records_json(before), _records_json(after)),
        )
        number = cursor.lastrowid or 0
        return Entry(
            number=number, at=at, who=self.who, kind=kind, words=words, before=tuple(before), after=tuple(after)
        )

    def _next(self, *, undone: bool) -> Entry | None:
        newest = "" if undone else "DESC"  # taken back last is done again first
        with reading("The history could not be read"):
            row = self._execute(
                "SELECT history.* FROM undo_stack JOIN history USING (number)"
                f" WHERE is_undone = ? ORDER BY undo_stack.number {newest} LIMIT 1",
                int(undone),
            ).fetchone()
            return None if row is None else _entry(row)

    def _turn(self, entry: Entry | None, kind: str) -> Entry:
        if entry is None:
            raise StoreError(f"There is nothing to {kind}.")
        before, after = (entry.after, entry.before) if kind == "undo" else (entry.before, entry.after)
        with self._transaction():
            self._swap(before, after)
            self._execute("UPDATE undo_stack SET is_undone = ? WHERE number = ?", int(kind == "undo"), entry.number)
            return self._write_history(kind, entry.words, before, after)


def _records_json(records: Sequence[Record]) -> str:
    return json.dumps([[TABLES[type(record)][0], to_row(record)] for record in records], ensure_ascii=False)


def _records_from_json(text: str) -> tuple[Record, ...]:
    return tuple(from_row(BY_TABLE[table], row) for table, row in json.loads(text))


def _entry(row: tuple[int, str, str, str, str, str, str]) -> Entry:
    number, at, who, kind, words, before, after = row
    return Entry(
        number=number,
        at=from_iso(at),
        who=who,
        kind=kind,
        words=words,
        before=_records_from_json(before),
        after=_records_from_json(after),
    )


# ── opening ──────────────────────────────────────────────────────────────────


def create_store(path: Path, *, name: str = "", who: str = "") -> Store:
    """Make a new unit file; an existing one is never replaced. Appears whole or not at all."""
    from .migrations import upgrade

    with in_words(f"{path} could not be made"):
        _refuse_to_replace(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(":memory:")) as db:
            upgrade(db)
            unit = to_row(Unit(name=name or path.stem))
            db.execute("INSERT INTO units (id, name) VALUES (?, ?)", tuple(unit.values()))
            db.commit()
            content = db.serialize()
        try:
            with _lock(path, wait_s=_WAIT_S):  # of two programs that start with no file, one makes it
                _refuse_to_replace(path)
                write_whole(path, content)
        except Timeout as error:
            Path(_lock(path).lock_file).open("ab").close()  # where no file can be made, the system says why
            raise StoreError(f"Another program is making {path}.", hint="Wait for it and open the file.") from error
    return open_store(path, who=who)


def open_store(path: Path, *, who: str = "", read_only: bool = False, wait_s: float = 0) -> Store:
    """Open a unit file: check it, upgrade it (after a copy) if it is old, refuse it if it is from the future.

    With `read_only`, or where another program has it open for longer than `wait_s`, or on a read-only disk, it opens
    for reading; `Store.why_read_only` says why in one sentence.
    """
    _refuse_what_is_no_unit_file(path)
    lock, why = (None, "It was opened for reading only.") if read_only else _take_lock(path, wait_s=wait_s)
    try:
        with in_words(f"{path.name} could not be opened"):
            if _check(path, is_still=lock is not None):
                _upgrade(path, has_lock=lock is not None)
            db = reader(path) if why else writer(path)
    except BaseException as error:
        if lock is not None:
            lock.release()
        if isinstance(error, DamagedError):
            raise StoreError(f"{path.name} is damaged.", hint=_other_copy(path)) from error
        raise
    return Store(path, db, who=who, lock=lock, why_read_only=why)


def _refuse_to_replace(path: Path) -> None:
    if path.exists():
        raise StoreError(f"{path} exists already.", hint="Unit files are never replaced: choose another name.")


def _refuse_what_is_no_unit_file(path: Path) -> None:
    with in_words(f"{path} could not be opened"), path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(b"SQLite format 3\0"):
        what = "is empty" if not head else "is not a unit file"
        raise StoreError(f"{path.name} {what}.", hint=_other_copy(path))
    if len(head) == 100 and int.from_bytes(head[68:72], "big") != version.APPLICATION_ID:
        raise StoreError(f"{path.name} belongs to another program.", hint="Choose a file made by COML Toolkit.")


def _lock(path: Path, *, wait_s: float = 0) -> FileLock:
    """The lock of the one program that may change the file, under whatever name it was reached."""
    path = Path(os.path.realpath(path))
    return FileLock(path.with_name(f".{path.name}.lock"), timeout=wait_s)


def _take_lock(path: Path, *, wait_s: float = 0) -> tuple[FileLock | None, str]:
    """The lock; or why this program may not change the file."""
    if not os.access(path, os.W_OK):
        return None, f"{path.name} is write-protected."
    if not os.access(os.path.dirname(os.path.realpath(path)), os.W_OK):  # its log could not be written
        return None, f"The folder of {path.name} is write-protected."
    lock = _lock(path, wait_s=wait_s)
    try:
        lock.acquire()
    except Timeout:
        return None, f"Another program has {path.name} open; only that one can change it."
    except OSError:
        return None, f"The folder of {path.name} is write-protected."
    return lock, ""


def _check(path: Path, *, is_still: bool) -> bool:
    """Refuse a file that is damaged, foreign or from the future, without changing it; True: it is old."""
    with reading(f"{path.name} could not be read"), closing(reader(path, is_still=is_still)) as db:
        steps = version.steps_of(db)
        if not set(steps) <= set(version.STEPS):
            raise StoreError(
                f"{path.name} was made by a newer version of COML Toolkit.",
                hint="Install that version here, or ask for an export. Nothing was changed.",
            )
        if not is_sound(db) or not steps:
            raise DamagedError(f"{path.name} is damaged.")
        return len(steps) < len(version.STEPS)


def _upgrade(path: Path, *, has_lock: bool) -> None:
    """Also for somebody who only looks: whoever comes first brings an old file up to date."""
    from .migrations import upgrade

    lock, why_not = (None, "") if has_lock else _take_lock(path)
    if why_not:
        raise StoreError(
            f"{path.name} is of an older version and cannot be upgraded now: {why_not}",
            hint="Open it once in COML Toolkit where it can be changed.",
        )
    try:
        with in_words(f"{path.name} could not be upgraded"), closing(writer(path)) as db:
            backup.copy_before_upgrade(path, db)
            upgrade(db)
    finally:
        if lock is not None:
            lock.release()


def _other_copy(path: Path) -> str:
    newest = backup.newest_copy(path)
    if newest is None:
        return "Choose another file, or a copy of this one. Nothing was changed."
    return f"Its newest copy is {newest}. Nothing was changed."
