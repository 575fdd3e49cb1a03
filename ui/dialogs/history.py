"""Who changed what and when, newest first. Read from the file as far as it is looked at."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coml_toolkit import planning, units
from coml_toolkit.errors import ComlError
from coml_toolkit.model.record import Record
from coml_toolkit.store import Entry, Store
from coml_toolkit.store.rows import to_row

from ..document import Document
from ..models.table import Index, Role
from .dialog import Dialog, Fields, ask, chars, count, label, line_edit, table_of

_PAGE = 200  # entries read at a time: some milliseconds
_LOOK = 500  # entries looked through between two looks at the keyboard, while a filter is on
_TITLES = ("When", "Who", "What")
_KINDS = {"edit": "{}", "undo": "Undone: {}", "redo": "Done again: {}"}
_SILENT = {"id", "incident_id", "period_id", "channel_id", "content", "position"}


def show(parent: QWidget | None, document: Document) -> None:
    """Show the history of the unit file."""
    ask(History(parent, document))


def words(entry: Entry) -> str:
    """What was done, an undo and a redo as such."""
    return _KINDS.get(entry.kind, "{}").format(entry.words)


def when(at: datetime) -> str:
    """Local time of this computer, to the second; the history spans incidents in many zones."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


class HistoryModel(QAbstractTableModel):
    """The entries read so far, and more when asked; with a filter, those that hold every word of it."""

    told = Signal()  # it read further
    refused = Signal(object)  # a ComlError: the file could not be read

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._words: list[str] = []
        self._entries: list[Entry] = []
        self._source: Iterator[Entry] | None = store.history()
        self._looker = QTimer(self)
        self._looker.setInterval(0)
        self._looker.timeout.connect(self._look)
        self._is_inserting = False
        self.looked_at = 0

    def filter(self, text: str) -> None:
        """Show only what holds every word of this; starts again at the newest."""
        self.beginResetModel()
        self._words = text.casefold().split()
        self._entries = []
        self._source = self._store.history()
        self.looked_at = 0
        self.endResetModel()
        if self._words:
            self._looker.start()
        else:
            self._looker.stop()

    @property
    def is_complete(self) -> bool:
        """Everything there is was read."""
        return self._source is None

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._entries[row]

    def read_all(self) -> None:
        """Read to the oldest entry."""
        while self._source is not None:
            self._read(20 * _PAGE)

    def close(self) -> None:
        """Let go of the file."""
        self._looker.stop()
        self._source = None

    # ── Qt asks ──────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        entry = self._entries[index.row()]
        return (when(entry.at), entry.who, words(entry))[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(_TITLES):
            if role == Role.DisplayRole:
                return _TITLES[section]
            if role == Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._source is not None and not self._words

    def fetchMore(self, parent: Index) -> None:
        if not parent.isValid() and not self._is_inserting:
            self._read(_PAGE)

    # ── inside ───────────────────────────────────────────────────────────────

    def _look(self) -> None:
        """One breath of looking through the file for the filter's words."""
        self._read(_LOOK)
        if self._source is None:
            self._looker.stop()

    def _read(self, number: int) -> None:
        entries: list[Entry] = []
        if self._source is not None:
            try:
                entries = list(islice(self._source, number))
            except ComlError as error:
                self.refused.emit(error)
        if len(entries) < number:
            self._source = None
        self.looked_at += len(entries)
        found = [entry for entry in entries if self._holds(entry)]
        if found:
            first = len(self._entries)
            self._is_inserting = True  # who hears of the new rows may ask for more at once
            self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
            self._entries += found
            self.endInsertRows()
            self._is_inserting = False
        self.told.emit()

    def _holds(self, entry: Entry) -> bool:
        if not self._words:
            return True
        text = f"{when(entry.at)} {entry.who} {words(entry)}".casefold()
        return all(word in text for word in self._words)


class History(Dialog):
    """A filter, the table, and what exactly the selected edit changed."""

    def __init__(self, parent: QWidget | None, document: Document) -> None:
        super().__init__(
            parent,
            "History",
            "Every edit of this unit file, newest first. Times are those of this computer's clock.",
            wide=112,
            high=40,
        )
        self.filter = line_edit(placeholder="Part of a name, a date, a channel")
        self.filter.setClearButtonEnabled(True)
        fields = Fields()
        fields.add("&Filter", self.filter, tip="Show only the entries that hold these words.")
        self.model = HistoryModel(document.store, self)
        self.table = table_of(self.model, "History")
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(0, chars(self, 24))
        self.table.setColumnWidth(1, chars(self, 20))
        self.table.setMinimumHeight(7 * self.fontMetrics().lineSpacing())
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("What the selected edit changed")
        self.details.setPlaceholderText("Select an entry to see what it changed.")
        self.details.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self.state = label("", look="quiet")
        self.area.addWidget(fields)
        self.area.addWidget(self.table, 4)
        self.area.addWidget(self.details, 1)
        self.area.addWidget(self.state)
        self.copy = self.add_button("&Copy as text", tip="Copy the selected entries, or all that are shown. (Ctrl+C)")
        self.copy.clicked.connect(self.copy_text)
        copy_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        copy_key.setContext(Qt.ShortcutContext.WidgetShortcut)  # elsewhere it copies what is selected there
        copy_key.activated.connect(self.copy_text)
        self.add_close()
        self.filter.textChanged.connect(self.model.filter)
        self.model.told.connect(self._tell)
        self.model.modelReset.connect(self._tell)
        self.model.refused.connect(self.say)
        self.table.selectionModel().selectionChanged.connect(self._detail)
        self.model.fetchMore(QModelIndex())
        self._tell()
        self.filter.setFocus()

    def copy_text(self) -> None:
        """The selected entries, or all that the filter lets through, one a line, as a spreadsheet takes them."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        if not rows:
            self.model.read_all()
            rows = list(range(self.model.rowCount()))
        lines = ["\t".join(_TITLES)]
        for row in rows:
            entry = self.model.entry(row)
            lines.append("\t".join((when(entry.at), entry.who, words(entry))))
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
        self.state.setText(f"Copied {count(len(rows), 'entry', 'entries')}.")

    def done(self, result: int) -> None:
        self.model.close()
        super().done(result)

    def _tell(self) -> None:
        shown = self.model.rowCount()
        if self.filter.text().strip():
            looking = "" if self.model.is_complete else f", still looking ({self.model.looked_at} looked at)"
            self.state.setText(f"{count(shown, 'entry', 'entries')} found{looking}.")
        elif self.model.is_complete:
            self.state.setText(f"{count(shown, 'entry', 'entries')}.")
        else:
            self.state.setText(f"The newest {shown} entries; scroll down for older ones.")
        self.state.show()

    def _detail(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        self.details.setPlainText("\n".join(changes(self.model.entry(rows[0].row()))) if len(rows) == 1 else "")


def changes(entry: Entry) -> list[str]:
    """What an entry changed, field by field: 'RX tone of VTAC36: CSQ, was 156.7'."""
    before, after = {one.id: one for one in entry.before}, {one.id: one for one in entry.after}
    found = [f"Removed: {_called(one)}" for id_, one in before.items() if id_ not in after]
    found += [f"Added: {_called(one)}" for id_, one in after.items() if id_ not in before]
    for id_, new in after.items():
        if (old := before.get(id_)) is None:
            continue
        was, now = to_row(old), to_row(new)
        for name in now:
            if name not in _SILENT and was[name] != now[name]:
                field = planning.FIELD_WORDS.get(name, name.removesuffix("_hz").replace("_", " "))
                found.append(f"{field} of {_called(new)}: {_value(new, name)}, was {_value(old, name)}")
    return found or ["Only the order of the lines changed."]


def _called(record: Record) -> str:
    kind = type(record).__name__.lower()
    kind = {"assignment": "line", "period": "operational period"}.get(kind, kind)
    for name in ("name", "assignment", "function", "number"):
        if value := getattr(record, name, None):
            return f"{kind} {value}"
    return kind


def _value(record: Record, name: str) -> str:
    value = getattr(record, name)
    if value is None:
        return units.UNKNOWN
    if isinstance(value, datetime):
        return when(value)
    if name in ("rx_hz", "tx_hz"):
        return f"{units.mhz(value)} MHz"
    if name == "bandwidth_hz":
        return f"{units.khz(value)} kHz"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(to_row(record)[name])
    return f"“{text}”" if text and not text.isdigit() else text or "empty"
