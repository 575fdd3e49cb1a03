"""The open unit, the operational period on screen, and the one door for edits."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from PySide6.QtCore import QObject, QTimer, Signal

from coml_toolkit import library
from coml_toolkit.errors import ComlError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.planning import Change
from coml_toolkit.store import Entry, Store

from .dialogs import drafts

_LOOK_AGAIN_MS = 2_000
_FOLD_MS = 2_000  # after the last edit


class Document(QObject):
    """What every page shows and changes. Reads are cached until something changes."""

    changed = Signal()  # what the file says, or which period is on screen, is no longer what it was
    refused = Signal(object)  # a ComlError: what was asked could not be done, and nothing happened
    told = Signal(str)  # one sentence about what was just done, for the status line

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.saved_at: datetime | None = None  # local time of the last edit
        self._period_id = ""
        self._seen = store.data_version()
        self.typed = _typed_before(store)
        self._is_typing_much = False
        self._choose_newest()
        # A unit file copied to a stick while the program is open must hold the work.
        self._fold = QTimer(self)
        self._fold.setSingleShot(True)
        self._fold.setInterval(_FOLD_MS)
        self._fold.timeout.connect(self._fold_log)
        # Somebody else may change a file that is open here for reading only.
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_AGAIN_MS)
        self._watch.timeout.connect(self._look_again)
        if store.is_read_only:
            self._watch.start()

    # ── what there is ────────────────────────────────────────────────────────

    @cached_property
    def incidents(self) -> list[Incident]:
        """Every incident of the unit, oldest first."""
        return self.store[Incident].all()

    @cached_property
    def plan(self) -> Plan | None:
        """The plan of the period on screen; None in a unit without incidents."""
        return self.store.plan(self._period_id) if self._period_id else None

    @cached_property
    def all_channels(self) -> tuple[Channel, ...]:
        """The library: the unit's own channels, then what ships with the program."""
        return (*self.store[Channel].where(period_id=None), *library.channels())

    @cached_property
    def channels(self) -> library.Index:
        """The library, ready for search as you type."""
        return library.Index(self.all_channels)

    def channel_called(self, name: str) -> Channel | None:
        """The channel of that name; InputError when it fits several that differ."""
        return library.find(self.all_channels, name)

    def periods(self, incident: Incident) -> list[Period]:
        """The operational periods of an incident, first to last."""
        return self.store[Period].where(incident_id=incident.id)

    # ── going elsewhere ──────────────────────────────────────────────────────

    def choose(self, period_id: str) -> None:
        """Show another operational period."""
        if period_id != self._period_id:
            self._period_id = period_id
            self._refresh()

    def open(self, store: Store) -> None:
        """Work on another unit file; the one open now is closed."""
        self.store.close()
        self.store = store
        self.saved_at = None
        self._seen = store.data_version()
        self.typed = _typed_before(store)
        self._watch.start() if store.is_read_only else self._watch.stop()
        self._choose_newest()
        self._refresh(with_library=True)

    def close(self) -> None:
        """Close the file; whoever still asks is told that there is no plan."""
        self._watch.stop()
        self._fold.stop()
        self._period_id = ""
        self.__dict__.pop("plan", None)
        self.store.close()

    # ── what was typed and refused ───────────────────────────────────────────

    @contextmanager
    def typing_much(self) -> Iterator[None]:
        """Inside, what was refused is written to the disk once, at the end: a paste may refuse a thousand cells."""
        self._is_typing_much = True
        try:
            yield
        finally:
            self._is_typing_much = False
            self._write_typed()

    def keep_typed(self, line_id: str, column: str, text: str, error: ComlError) -> None:
        """Keep what was refused in a cell, on disk too, until it is mended."""
        self.typed[line_id, column] = (text, error)
        self._write_typed()

    def forget_typed(self, line_id: str, column: str | None = None) -> None:
        """A cell was mended; without a column, the whole line."""
        gone = [key for key in self.typed if key[0] == line_id and column in (None, key[1])]
        for key in gone:
            del self.typed[key]
        if gone:
            self._write_typed()

    def waiting(self) -> list[str]:
        """What of the plan on screen was typed and is not in it: 'VTAC12: “155,7525”'."""
        if self.plan is None:
            return []
        lines = {line.assignment.id: line for line in self.plan.lines}
        return [
            f"{lines[id_].channel.name or 'A line without a channel'}: “{text}”"
            for (id_, _), (text, _) in self.typed.items()
            if id_ in lines
        ]

    def _write_typed(self) -> None:
        if self._is_typing_much:
            return
        rows = [[*key, text, error.message, error.hint] for key, (text, error) in self.typed.items()]
        name = _typed_name(self.store)
        drafts.keep(name, json.dumps(rows)) if rows else drafts.forget(name)

    # ── the one door ─────────────────────────────────────────────────────────

    def make(self, change: Change, *, can_undo: bool = True) -> bool:
        """Store a change and show it. False: it was refused, `refused` said why, and nothing happened."""
        if not change.before and not change.after:
            return True
        was_signed = self._is_signed()
        try:
            entry = self.store.replace(*change, can_undo=can_undo)
        except ComlError as error:
            self.refused.emit(error)
            return False
        self._after(entry, change.words, was_signed=was_signed)
        return True

    def undo(self) -> None:
        """Take back the newest edit."""
        self._turn("undo", "Undone: ")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._turn("redo", "Done again: ")

    def _turn(self, which: str, words: str) -> None:
        was_signed = self._is_signed()
        try:
            entry = self.store.undo() if which == "undo" else self.store.redo()
        except ComlError as error:
            self.refused.emit(error)
            return
        self._after(entry, f"{words}{entry.words}", was_signed=was_signed)

    def _is_signed(self) -> bool:
        return self.plan is not None and self.plan.is_signed

    def _after(self, entry: Entry, words: str, *, was_signed: bool) -> None:
        """Show the period the edit is about, so that an undo of yesterday's is seen happening."""
        self._fold.start()
        self.saved_at = entry.at.astimezone()
        records = [*entry.before, *entry.after]
        theirs = {getattr(record, "period_id", None) for record in records} | {
            record.id for record in records if isinstance(record, Period)
        }
        theirs.discard(None)
        if theirs and self._period_id not in theirs:
            self._period_id = min(period_id for period_id in theirs if period_id)
        if self._period_id and self.store[Period].get(self._period_id) is None:
            self._choose_newest()
        own = any(isinstance(record, Channel) and record.period_id is None for record in records)
        self._refresh(with_library=own)
        if was_signed and self.plan is not None and not self._is_signed():
            words += f". This starts revision {self.plan.revision}, a draft"
        self.told.emit(words)

    def _fold_log(self) -> None:
        try:
            self.store.fold_log()
        except ComlError as error:
            self.refused.emit(error)

    def _choose_newest(self) -> None:
        periods = sorted(self.store[Period].all(), key=lambda period: period.id)
        self._period_id = periods[-1].id if periods else ""

    def _refresh(self, *, with_library: bool = False) -> None:
        self.__dict__.pop("incidents", None)
        self.__dict__.pop("plan", None)
        if with_library:
            self.__dict__.pop("all_channels", None)
            self.__dict__.pop("channels", None)
        self.changed.emit()

    def _look_again(self) -> None:
        version = self.store.data_version()
        if version != self._seen:
            self._seen = version
            if not self._period_id or self.store[Period].get(self._period_id) is None:
                self._choose_newest()
            self._refresh(with_library=True)


def _typed_name(store: Store) -> str:
    return f"cells-{store.unit().id}"


def _typed_before(store: Store) -> dict[tuple[str, str], tuple[str, ComlError]]:
    """What was refused and not mended when the program was closed, by line and column."""
    try:
        rows = json.loads(drafts.find(_typed_name(store)) or "[]")
        return {(id_, column): (text, ComlError(message, hint=hint)) for id_, column, text, message, hint in rows}
    except (ValueError, TypeError):
        return {}
