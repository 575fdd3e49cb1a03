"""Records as a Qt table: columns over records, no column numbers anywhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

RECORD_ROLE = Role.UserRole + 1  # the record of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """One column: its heading, and what a record shows there."""

    title: str
    text: Callable[[T], str]
    tip: Callable[[T], str] | None = None
    is_number: bool = False  # right-aligned, tabular figures
    width_chars: int = 12  # how wide it starts


class RecordTable(QAbstractTableModel, Generic[T]):
    """Records to look at. `show` gives it others; rows with the same ids keep the selection."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._records: list[T] = []

    def show(self, records: Sequence[T]) -> None:
        """Show these records, in this order."""
        same = [_id(record) for record in records] == [_id(record) for record in self._records]
        if same:
            self._records = list(records)
            if self._records:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._records) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._records = list(records)
        self.endResetModel()

    def record(self, index: Index) -> T:
        """The record of a row."""
        return self._records[index.row()]

    # ── Qt asks ──────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, record = self.columns[index.column()], self._records[index.row()]
        if role == Role.DisplayRole:
            return column.text(record)
        if role == Role.ToolTipRole and column.tip is not None:
            return column.tip(record)
        if role == Role.TextAlignmentRole and column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == RECORD_ROLE:
            return record
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Role.DisplayRole:
                return self.columns[section].title
            if role == Role.TextAlignmentRole and self.columns[section].is_number:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def _id(record: object) -> object:
    return getattr(record, "id", record)
