"""The forms of one operational period as a list, each with the state of its paper; and the rows of a sheet's table."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QAbstractTableModel, QModelIndex, QObject, Qt, Signal

import forms
from coml_toolkit import paper
from coml_toolkit.errors import ComlError
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.model.printed import Printed
from coml_toolkit.model.sheet import PRIVATE, Row, Sheet, fields_of
from coml_toolkit.paper import State
from coml_toolkit.store import Store
from forms import Column, Entry, Form, Table
from forms.content import date_time

from .table import RECORD_ROLE, Index, Role

Key = tuple[str, str]  # the number of a form, and a sheet's id; "" is the form itself

_WORDS = {State.NEVER: "not printed", State.CURRENT: "printed, current"}
# What tells two sheets of a form apart, where nobody gave them a title.
_BY_UNIT = ("division", "group", "staging", "branch")
_TELLING = ("subject", "request_number", "header", "net", "released", "unit", "name", "band", "operator", "from_name")


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the list: a form, or one sheet of it."""

    form: Form
    sheet: Sheet | None
    name: str
    state: State
    words: str  # the state of its paper, as people say it
    icon: str = ""
    token: str = "quiet"  # the colour of the icon
    sheets: int = 0  # beneath a form

    @property
    def key(self) -> Key:
        """What it is known by."""
        return self.form.number, self.sheet.id if self.sheet else ""

    @property
    def is_sheet(self) -> bool:
        """It is one sheet, and stands beneath its form."""
        return self.sheet is not None

    @property
    def has_content(self) -> bool:
        """There is more to print than a blank face: something typed, or the lines of the plan."""
        if self.sheet is not None:
            return True
        return not self.sheets and self.form.says_plan

    def matches(self, words: Sequence[str]) -> bool:
        """Every word of a filter begins a word of it."""
        said = f"{self.form.number} {self.form.title} {self.name} {self.words}".casefold()
        own = [*re.findall(r"\w+", said), self.form.number.replace(" ", "").casefold()]
        return all(any(each.startswith(word) for each in own) for word in words)


def may_be_entered(form: Form) -> bool:
    """Sheets of it are filled in here. The 205 is typed on the Plan page."""
    return not (form.is_plan and form.is_official)


def sheets_of(store: Store, incident: Incident, period: Period) -> list[Sheet]:
    """The sheets of a period, and those of the incident as a whole; in the order they were made."""
    kept = store[Sheet].where(incident_id=incident.id, period_id=period.id)
    kept += store[Sheet].where(incident_id=incident.id, period_id=None)
    return sorted(kept, key=lambda sheet: (sheet.made_at.timestamp() if sheet.made_at else 0, sheet.id))


def items(store: Store, plan: Plan) -> list[Item]:
    """Every form in number order, each followed by its sheets."""
    by_form: dict[str, list[Sheet]] = {}
    for sheet in sheets_of(store, plan.incident, plan.period):
        by_form.setdefault(sheet.form, []).append(sheet)
    records = store[Printed].where(period_id=plan.period.id)
    found = []
    for form in forms.FORMS:
        beneath = [_sheet_item(form, plan, sheet, records) for sheet in by_form.get(form.number, [])]
        found += [_form_item(form, plan, beneath, records), *beneath]
    return found


def _form_item(form: Form, plan: Plan, beneath: Sequence[Item], records: Sequence[Printed]) -> Item:
    if beneath:
        stale = sum(item.state is State.STALE for item in beneath)
        words = f"{len(beneath)} sheets" if len(beneath) > 1 else ""
        words += f", {stale} to print again" if stale and words else ""
        return Item(form, None, form.title, State.NEVER, words, sheets=len(beneath))
    state = state_of(form, plan, None, records)
    if state is State.NEVER and not form.says_plan:
        return Item(form, None, form.title, state, "")
    return _with_words(form, plan, None, form.title, state)


def _sheet_item(form: Form, plan: Plan, sheet: Sheet, records: Sequence[Printed]) -> Item:
    return _with_words(form, plan, sheet, name_of(form, plan, sheet), state_of(form, plan, sheet, records))


def _with_words(form: Form, plan: Plan, sheet: Sheet | None, name: str, state: State) -> Item:
    stale = "older than the plan" if sheet is None else "changed since it was printed"
    words = _WORDS.get(state, stale)
    icon, token = {
        State.NEVER: ("page", "quiet"),
        State.CURRENT: ("check", "ok"),
        State.STALE: ("warning", "warning"),
    }[state]
    if form.is_plan and not plan.is_signed:
        words += ", unsigned draft"
        if state is not State.STALE:
            icon, token = "sign", "warning"
    return Item(form, sheet, name, state, words, icon, token)


def name_of(form: Form, plan: Plan, sheet: Sheet) -> str:
    """Its title; without one, what is typed into it that tells it from others; else when it was made."""
    if sheet.title:
        return sheet.title
    try:
        typed = fields_of(sheet)
    except ComlError:
        return "cannot be read"
    for name in _BY_UNIT:
        field = form.field(name)
        if field is not None and (text := typed.get(name, "").strip()):
            what = field.label.partition(". ")[2]
            return text if what.casefold() in text.casefold() else f"{what} {text}"
    for name in _TELLING:
        if form.field(name) is not None and (text := " ".join(typed.get(name, "").split())):
            return text
    made = date_time(plan, sheet.made_at)
    return f"made {made}" if made else "without a title"


# ── paper ────────────────────────────────────────────────────────────────────


def state_of(form: Form, plan: Plan, sheet: Sheet | None, records: Sequence[Printed]) -> State:
    """Whether the newest print of it still says what it would say now."""
    last = paper.newest(records, form.number, sheet)
    return paper.state(last, plan, sheet, repeats_plan=form.says_plan)


# ── the list ─────────────────────────────────────────────────────────────────


class FormList(QAbstractListModel):
    """Forms and their sheets. `show` gives it others; the same ones again keep the selection."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []

    def show(self, shown: Sequence[Item]) -> None:
        """Show these."""
        if [item.key for item in shown] == [item.key for item in self.items]:
            self.items = list(shown)
            if self.items:
                self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))
            return
        self.beginResetModel()
        self.items = list(shown)
        self.endResetModel()

    def row_of(self, key: Key) -> int:
        """The row of a form or sheet; -1 if it is not there."""
        return next((row for row, item in enumerate(self.items) if item.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role in (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole):
            name = item.name if item.is_sheet else f"{item.form.number} {item.name}"
            if role == Role.DisplayRole or not item.words:
                return name
            return f"{name}: {item.words}"
        return item if role == RECORD_ROLE else None


# ── one table of a sheet ─────────────────────────────────────────────────────

_NOT_PUBLIC = Column(
    PRIVATE, "Not public", (0, 40), Entry.CHECK, help="Leave this row out of public copies. Space ticks it."
)


class RowsTable(QAbstractTableModel):
    """What the plan gives, to look at; below it what is typed; and an empty row to type the next into."""

    typed = Signal(int, str, str)  # row from 0 of what is typed, name of the column, text

    def __init__(self, table: Table, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.columns = (*table.columns, _NOT_PUBLIC)
        self.given: list[Row] = []
        self.rows: list[Row] = []
        self.is_locked = True  # until something is shown

    def show(self, given: Sequence[Row], rows: Sequence[Row], *, is_read_only: bool) -> None:
        """Show these. Rows come and go at the end, so that a cell open for typing stays where it is."""
        before = self.rowCount()
        after = len(given) + len(rows) + (not is_read_only)
        if after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
        elif after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
        self.given, self.rows, self.is_locked = list(given), list(rows), is_read_only
        if after > before:
            self.endInsertRows()
        elif after < before:
            self.endRemoveRows()
        if after:
            self.dataChanged.emit(self.index(0, 0), self.index(after - 1, len(self.columns) - 1))

    def is_given(self, row: int) -> bool:
        """It comes from the plan."""
        return row < len(self.given)

    def is_new(self, row: int) -> bool:
        """It is the empty row."""
        return row >= len(self.given) + len(self.rows)

    def number(self, row: int) -> int:
        """Which of the typed rows it is, from 0."""
        return row - len(self.given)

    def text(self, row: int, name: str) -> str:
        """What stands in a cell."""
        if self.is_new(row):
            return ""
        rows = self.given if self.is_given(row) else self.rows
        return rows[row if self.is_given(row) else self.number(row)].get(name, "")

    def copied(self, cells: Sequence[QModelIndex]) -> str:
        """Cells as a spreadsheet takes them."""
        places = sorted({(cell.row(), cell.column()) for cell in cells if not self.is_new(cell.row())})
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        for row in sorted({row for row, _ in places}):
            writer.writerow([self.text(row, self.columns[column].name) for at, column in places if at == row])
        return out.getvalue()

    # ── Qt asks ──────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.given) + len(self.rows) + (not self.is_locked)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, text = self.columns[index.column()], self.text(index.row(), self.columns[index.column()].name)
        if column.entry is Entry.CHECK:
            if role == Role.CheckStateRole and not self.is_new(index.row()):
                return Qt.CheckState.Checked if text else Qt.CheckState.Unchecked
            return None
        if role in (Role.DisplayRole, Role.EditRole):
            return text
        if role == Role.ToolTipRole:
            if self.is_given(index.row()):
                return f"{text}\nFrom the radio plan; change it on the Plan page.".strip()
            return text or column.help
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if not index.isValid() or self.is_given(index.row()):
            return False
        column = self.columns[index.column()]
        if role == Role.CheckStateRole:
            value = "yes" if Qt.CheckState(value) is Qt.CheckState.Checked else ""
        if str(value) != self.text(index.row(), column.name):
            self.typed.emit(self.number(index.row()), column.name, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_locked or self.is_given(index.row()):
            return flags
        if self.columns[index.column()].entry is Entry.CHECK:
            return flags if self.is_new(index.row()) else flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            column = self.columns[section]
            if role == Role.DisplayRole:
                return column.label
            if role == Role.ToolTipRole:
                return f"{column.label}. {column.help}".removesuffix(" ").replace("..", ".")
        return None


def cells_of(text: str) -> list[list[str]]:
    """The cells of a spreadsheet on the clipboard; a line break within a cell becomes a space."""
    rows = list(csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")), delimiter="\t"))
    while rows and not any(rows[-1]):
        rows.pop()
    return [[" ".join(cell.split()) for cell in row] for row in rows]
