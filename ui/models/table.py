"""Records as a Qt table: columns over records, no column numbers anywhere. And one record's fields, to be edited."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

RECORD_ROLE = Role.UserRole + 1  # the record of a row

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """One column: its heading, and what a record shows there."""

    title: str
    text: Callable[[T], str]
    tip: Callable[[T], str] | None = None
    sort: Callable[[T], Any] | None = None  # what it is sorted by; None from it stands last. Without: its text
    is_number: bool = False  # right-aligned, tabular figures
    decimals: int = 0  # room for so many, so that a view can put the points below each other
    width_chars: int = 12  # how wide it starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[T]):
    """One field of a record: its name, what it shows, and how a changed copy is made from what was typed."""

    name: str
    title: str
    text: Callable[[T], str]  # "" is not known
    edited: Callable[[T, str], T]  # a changed copy, or ComlError
    tip: str = ""
    section: str = ""  # the heading it stands under
    is_shown: Callable[[T], bool] = lambda record: True
    empty: Callable[[T], str] = lambda record: ""  # said in place of nothing: "unknown"
    unit: Callable[[T], str] = lambda record: ""  # said after it: "MHz N"
    choices: tuple[tuple[str, str], ...] = ()  # the texts it can be, each with its words; () is free text
    is_long: bool = False  # more than a line of words


class RecordTable(QAbstractTableModel, Generic[T]):
    """Records to look at. `show` gives it others; rows with the same ids keep the selection."""

    def __init__(self, columns: Sequence[Column[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._given: list[T] = []  # in the order of whoever gave them
        self._records: list[T] = []  # in the order of the screen
        self._ids: list[object] = []
        self._sorting: tuple[Column[T], bool] | None = None

    def show(self, records: Sequence[T]) -> None:
        """Show these records, in this order or, once a heading was clicked, in that one's."""
        self._given = list(records)
        arranged = self._arranged()
        ids = [_id(record) for record in arranged]
        if ids == self._ids:
            self._records = arranged
            if arranged:
                self.dataChanged.emit(self.index(0, 0), self.index(len(arranged) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._records, self._ids = arranged, ids
        self.endResetModel()

    def record(self, index: Index) -> T:
        """The record of a row."""
        return self._records[index.row()]

    @property
    def records(self) -> Sequence[T]:
        """Every record, in the order of the screen."""
        return self._records

    def rows_of(self, ids: Collection[object]) -> list[int]:
        """The rows of the records with these ids, as far as they are there."""
        return [row for row, id_ in enumerate(self._ids) if id_ in ids] if ids else []

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
            return _RIGHT
        if role == RECORD_ROLE:
            return record
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Role.DisplayRole:
                return self.columns[section].title
            if role == Role.TextAlignmentRole:
                return _RIGHT if self.columns[section].is_number else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by -1 back to the order they were given in. The selection goes with its rows."""
        known = 0 <= column < len(self.columns)
        self._sorting = (self.columns[column], order == Qt.SortOrder.DescendingOrder) if known else None
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._ids[index.row()] for index in before]
        self._records = self._arranged()
        self._ids = [_id(record) for record in self._records]
        rows = {id_: row for row, id_ in enumerate(self._ids)}
        after = [self.index(rows[id_], index.column()) for id_, index in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _arranged(self) -> list[T]:
        if self._sorting is None:
            return list(self._given)
        column, is_down = self._sorting
        if column.sort is None:
            return sorted(self._given, key=lambda record: column.text(record).casefold(), reverse=is_down)
        keyed = [(column.sort(record), record) for record in self._given]
        known = sorted((pair for pair in keyed if pair[0] is not None), key=lambda pair: pair[0], reverse=is_down)
        return [record for _, record in known] + [record for key, record in keyed if key is None]


def _id(record: object) -> object:
    return getattr(record, "id", record)
