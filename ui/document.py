"""The open unit, the operational period on screen, and the one door for edits."""

from datetime import datetime
from functools import cached_property

from PySide6.QtCore import QObject, QTimer, Signal

from coml_toolkit import library
from coml_toolkit.errors import ComlError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.planning import Change
from coml_toolkit.store import Entry, Store

_LOOK_AGAIN_MS = 2_000


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
        self._choose_newest()
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
        self._watch.start() if store.is_read_only else self._watch.stop()
        self._choose_newest()
        self._refresh(with_library=True)

    def close(self) -> None:
        """Close the file; whoever still asks is told that there is no plan."""
        self._watch.stop()
        self._period_id = ""
        self.__dict__.pop("plan", None)
        self.store.close()

    # ── the one door ─────────────────────────────────────────────────────────

    def make(self, change: Change, *, can_undo: bool = True) -> bool:
        """Store a change and show it. False: it was refused, `refused` said why, and nothing happened."""
        if not change.before and not change.after:
            return True
        try:
            entry = self.store.replace(*change, can_undo=can_undo)
        except ComlError as error:
            self.refused.emit(error)
            return False
        self._after(entry, change.words)
        return True

    def undo(self) -> None:
        """Take back the newest edit."""
        self._turn("undo", "Undone: ")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._turn("redo", "Done again: ")

    def _turn(self, which: str, words: str) -> None:
        try:
            entry = self.store.undo() if which == "undo" else self.store.redo()
        except ComlError as error:
            self.refused.emit(error)
            return
        self._after(entry, f"{words}{entry.words}")

    def _after(self, entry: Entry, words: str) -> None:
        """Show the period the edit is about, so that an undo of yesterday's is seen happening."""
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
        self.told.emit(words)

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
