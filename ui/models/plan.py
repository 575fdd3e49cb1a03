"""The radio plan as a Qt table: the 205's columns, zones as bands, and an empty line to type into."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, Qt, Signal

from coml_toolkit import planning, units
from coml_toolkit.errors import ComlError, InputError
from coml_toolkit.model.channel import Channel, Direction, Kind, Mode
from coml_toolkit.model.plan import ZONE_SIZE, Line, Plan

from ..document import Document
from .table import RECORD_ROLE, Index, Role

LINES_MIME = "application/x-coml-lines"
HIGHEST_NUMBER = 9_999


# ── what each column shows and takes ─────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanColumn:
    """One column of the plan. `edited` gives a changed copy of the line, or raises InputError."""

    name: str
    title: str
    tip: str
    text: Callable[[Line], str]
    edited: Callable[[Line, str], Line]
    chars: int  # how wide it starts
    is_number: bool = False
    is_radio: bool = False  # means something only on a conventional channel


def _assignment(field: str) -> Callable[[Line, str], Line]:
    def edited(line: Line, text: str) -> Line:
        values: dict[str, Any] = {field: _one_line(text)}
        return replace(line, assignment=replace(line.assignment, **values))

    return edited


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _number(line: Line, text: str) -> Line:
    number = units.parse_number(text, "channel number", highest=HIGHEST_NUMBER)
    return replace(line, assignment=replace(line.assignment, number=number))


def _name(line: Line, text: str) -> Line:
    return replace(line, channel=replace(line.channel, name=_one_line(text)))


def _is_unknown(text: str) -> bool:
    return text.strip().casefold() in {"", "?", units.UNKNOWN}


def _rx(line: Line, text: str) -> Line:
    channel = line.channel
    if text.strip().casefold() == "tx only":
        return replace(line, channel=replace(channel, rx_hz=None, direction=Direction.TRANSMIT_ONLY))
    direction = Direction.UNKNOWN if channel.direction is Direction.TRANSMIT_ONLY else channel.direction
    if _is_unknown(text):
        return replace(line, channel=replace(channel, rx_hz=None, direction=direction))
    hz, width = units.parse_mhz_and_width(text, channel.bandwidth_hz)
    if channel.tx_hz is not None:
        direction = Direction.BOTH
    return replace(line, channel=replace(channel, rx_hz=hz, bandwidth_hz=width, direction=direction))


def _tx(line: Line, text: str) -> Line:
    channel = line.channel
    if text.strip().casefold() in {"rx only", "none"}:
        return replace(line, channel=replace(channel, tx_hz=None, direction=Direction.RECEIVE_ONLY))
    direction = Direction.UNKNOWN if channel.direction is Direction.RECEIVE_ONLY else channel.direction
    if _is_unknown(text):
        return replace(line, channel=replace(channel, tx_hz=None, direction=direction))
    hz, width = units.parse_mhz_and_width(text, channel.bandwidth_hz)
    if channel.rx_hz is not None:
        direction = Direction.BOTH
    return replace(line, channel=replace(channel, tx_hz=hz, bandwidth_hz=width, direction=direction))


def _rx_tone(line: Line, text: str) -> Line:
    return replace(line, channel=replace(line.channel, rx_tone=units.parse_tone(text)))


def _tx_tone(line: Line, text: str) -> Line:
    return replace(line, channel=replace(line.channel, tx_tone=units.parse_tone(text)))


def _mode(line: Line, text: str) -> Line:
    """A, D or M; or the word of another kind of resource, which makes the line one."""
    word = text.strip().casefold()
    for kind, kind_word in units.KIND_WORDS.items():
        if word and kind_word.casefold().startswith(word) and len(word) >= 3:
            return replace(line, channel=replace(line.channel, kind=kind))
    is_am = word == "a (am)"
    mode = Mode.ANALOG if is_am else units.parse_mode(text)
    kind = line.channel.kind
    if kind not in (Kind.CONVENTIONAL, Kind.TALKGROUP):
        kind = Kind.CONVENTIONAL
    return replace(line, channel=replace(line.channel, kind=kind, mode=mode))


COLUMNS: tuple[PlanColumn, ...] = (
    PlanColumn(
        name="number",
        title="Ch",
        tip="Position of the channel in its zone of the radios.",
        text=lambda line: "" if line.assignment.number is None else str(line.assignment.number),
        edited=_number,
        chars=4,
        is_number=True,
    ),
    PlanColumn(
        name="function",
        title="Function",
        tip="What the net is for: Command, Tactical, Ground-to-air, Support, Dispatch.",
        text=lambda line: line.assignment.function,
        edited=_assignment("function"),
        chars=13,
    ),
    PlanColumn(
        name="name",
        title="Channel",
        tip="The standard name. Type it, and the library fills in the rest.",
        text=lambda line: line.channel.name,
        edited=_name,
        chars=17,
    ),
    PlanColumn(
        name="assignment",
        title="Assignment",
        tip="The branch, division, group or section that uses it.",
        text=lambda line: line.assignment.assignment,
        edited=_assignment("assignment"),
        chars=17,
    ),
    PlanColumn(
        name="rx",
        title="RX MHz",
        tip="What a portable receives, with N or W: 155.7525 N. Or 868.5125 20 kHz, TX only, unknown.",
        text=lambda line: units.rx_text(line.channel),
        edited=_rx,
        chars=12,
        is_number=True,
        is_radio=True,
    ),
    PlanColumn(
        name="rx_tone",
        title="RX tone",
        tip="What opens the receiver: 156.7, D023N, $293, CSQ for none, unknown.",
        text=lambda line: units.rx_tone_text(line.channel),
        edited=_rx_tone,
        chars=8,
        is_radio=True,
    ),
    PlanColumn(
        name="tx",
        title="TX MHz",
        tip="What a portable transmits, with N or W: 159.4725 N. Or RX only, unknown.",
        text=lambda line: units.tx_text(line.channel),
        edited=_tx,
        chars=12,
        is_number=True,
        is_radio=True,
    ),
    PlanColumn(
        name="tx_tone",
        title="TX tone",
        tip="What is sent along: 156.7, D023N, $293, CSQ for none, unknown.",
        text=lambda line: units.tx_tone_text(line.channel),
        edited=_tx_tone,
        chars=8,
        is_radio=True,
    ),
    PlanColumn(
        name="mode",
        title="Mode",
        tip="A analog, D digital, M mixed; or Talkgroup, Data, Video, Satellite, Broadband, Telephone.",
        text=lambda line: units.mode_text(line.channel),
        edited=_mode,
        chars=9,
    ),
    PlanColumn(
        name="remarks",
        title="Remarks",
        tip="Repeater places, patches and gateways; printed on the 205.",
        text=lambda line: line.assignment.remarks,
        edited=_assignment("remarks"),
        chars=20,
    ),
)
PLACE = {column.name: place for place, column in enumerate(COLUMNS)}
ACROSS = [column.name for column in COLUMNS if column.is_radio]  # one wide cell where there are no frequencies

# The columns of a 205 as spreadsheets have them: the zone first, then the table's.
SHEET = ("zone", *PLACE)
_HEADINGS = {
    "zone": ("zone", "zone grp", "zone grp.", "group"),
    "number": ("ch", "ch #", "ch#", "channel number", "channel #", "#"),
    "function": ("function",),
    "name": ("channel", "name", "channel name", "channel name/trunked radio system talkgroup", "channel / talkgroup"),
    "assignment": ("assignment", "assigned to"),
    "rx": ("rx", "rx freq", "rx freq n or w", "rx mhz", "rx frequency", "receive"),
    "rx_tone": ("rx tone", "rx tone/nac", "rx nac"),
    "tx": ("tx", "tx freq", "tx freq n or w", "tx mhz", "tx frequency", "transmit"),
    "tx_tone": ("tx tone", "tx tone/nac", "tx nac"),
    "mode": ("mode", "mode (a, d, or m)", "mode a d or m"),
    "remarks": ("remarks", "comments", "notes"),
}


# ── rows ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Band:
    """The heading of lines in a row that share a zone."""

    zone: str
    lines: tuple[Line, ...]
    start: int  # position of its first line in the plan


@dataclass(frozen=True, slots=True)
class NewLine:
    """The empty line to type into."""

    position: int  # where in the plan what is typed will stand
    zone: str


Row = Band | Line | NewLine


def rows_of(plan: Plan, new_at: int | None) -> list[Row]:
    """Bands, lines and the empty line, in the order of the screen. `new_at` is a position in the plan, None its end."""
    lines = plan.lines
    at = len(lines) if new_at is None or new_at > len(lines) else new_at
    has_bands = any(line.assignment.zone for line in lines)
    rows: list[Row] = []
    for position, line in enumerate(lines):
        zone = line.assignment.zone
        if position == at and (position == 0 or not has_bands or lines[position - 1].assignment.zone == zone):
            rows.append(NewLine(position, zone))
        elif position == at:
            rows.append(NewLine(position, lines[position - 1].assignment.zone))
        if has_bands and (position == 0 or lines[position - 1].assignment.zone != zone):
            run = [line]
            for other in lines[position + 1 :]:
                if other.assignment.zone != zone:
                    break
                run.append(other)
            rows.append(Band(zone, tuple(run), position))
        rows.append(line)
    if at == len(lines):
        rows.append(NewLine(at, lines[-1].assignment.zone if lines else ""))
    return rows


def _key(row: Row) -> object:
    if isinstance(row, Line):
        return row.assignment.id
    return ("band", row.start, row.zone) if isinstance(row, Band) else ("new", row.position)


class PlanTable(QAbstractTableModel):
    """The plan on screen. Every edit goes through the document; what it refuses is kept and shown in red."""

    refused = Signal(object)  # a ComlError about a cell

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._rows: list[Row] = []
        self._new_at: int | None = None
        document.changed.connect(self.refresh)
        self.refresh()

    # ── what is shown ────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Show the plan as it is now; the selection stays where rows neither came nor went."""
        plan = self._document.plan
        rows = rows_of(plan, self._new_at) if plan else []
        if [_key(row) for row in rows] == [_key(row) for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def put_new_line(self, position: int | None) -> None:
        """Move the empty line: before the plan's line at `position`, or to the end."""
        self._new_at = position
        self.refresh()

    def row(self, number: int) -> Row:
        """What a row of the screen is."""
        return self._rows[number]

    @property
    def rows(self) -> Sequence[Row]:
        """All rows of the screen."""
        return self._rows

    def row_of(self, assignment_id: str) -> int:
        """The row of a line; -1 if it is not in the plan."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Line) and row.assignment.id == assignment_id:
                return number
        return -1

    @property
    def new_row(self) -> int:
        """The row of the empty line; -1 without a plan."""
        return next((number for number, row in enumerate(self._rows) if isinstance(row, NewLine)), -1)

    # ── Qt asks ──────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Role.DisplayRole:
            return column.title
        if role == Role.ToolTipRole:
            return column.tip
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if self._document.store.is_read_only:
            return flags
        if isinstance(row, Line):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            if not (column.is_radio and row.channel.kind is not Kind.CONVENTIONAL):
                flags |= Qt.ItemFlag.ItemIsEditable
        else:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        if role == RECORD_ROLE:
            return row
        if isinstance(row, Line):
            return self._line_data(row, column, role)
        if isinstance(row, Band):
            return _band_data(row, column, role)
        if role == Role.DisplayRole and column.name == "number":
            return "+"
        if role == Role.DisplayRole and column.name == "name":
            return "Type a channel…"
        if role == Role.TextAlignmentRole and column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return "" if role == Role.EditRole else None

    def _line_data(self, line: Line, column: PlanColumn, role: int) -> Any:
        typed = self._document.typed.get((line.assignment.id, column.name))
        is_across = column.is_radio and line.channel.kind is not Kind.CONVENTIONAL
        if role in (Role.DisplayRole, Role.EditRole):
            if typed is not None:
                return typed[0]
            if is_across:
                return units.across_text(line.channel) if column.name == ACROSS[0] else ""
            return column.text(line)
        if role == Role.ToolTipRole:
            if typed is not None:
                return f"“{typed[0]}” was not taken. {typed[1].message} {typed[1].hint}\nThe plan still says: " + (
                    column.text(line) or "nothing"
                )
            return "Change it in the inspector (F9)." if is_across else column.text(line) or column.tip
        if role == Role.TextAlignmentRole:
            if is_across:
                return Qt.AlignmentFlag.AlignCenter
            side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.AccessibleDescriptionRole and typed is not None:
            return f"Not taken. {typed[1].message}"
        return None

    def is_refused(self, index: Index) -> bool:
        """The cell holds text that was refused."""
        row = self._rows[index.row()]
        return isinstance(row, Line) and (row.assignment.id, COLUMNS[index.column()].name) in self._document.typed

    # ── editing ──────────────────────────────────────────────────────────────

    def problem(self, index: Index, text: str) -> ComlError | None:
        """Why this text would be refused in that cell; None if it would be taken."""
        row, column = self._rows[index.row()], COLUMNS[index.column()]
        plan = self._document.plan
        if isinstance(row, Band) or plan is None:
            return None
        line = row if isinstance(row, Line) else planning.new_line(plan, Channel())
        try:
            column.edited(line, text)
        except ComlError as error:
            return error
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid():
            return False
        row, column, text = self._rows[index.row()], COLUMNS[index.column()], str(value)
        if isinstance(row, Band):
            zone = _one_line(text)
            return self._document.make(planning.rename_zone(row.lines, zone))
        if isinstance(row, NewLine):
            return bool(text.strip()) and self._add(row, {column.name: text}) is not None
        return self._change(row, column, text)

    def _change(self, line: Line, column: PlanColumn, text: str) -> bool:
        key = (line.assignment.id, column.name)
        found: Channel | None = None
        try:
            after = column.edited(line, text)
            if column.name == "name" and after.channel.name != line.channel.name:
                found = self._document.channel_called(after.channel.name)
        except ComlError as error:
            self._document.keep_typed(*key, text, error)
            self.refresh()
            self.refused.emit(error)
            return False
        self._document.forget_typed(*key)
        if found is not None:
            return self._document.make(planning.use_channel(line, found))
        if after == line:
            self.refresh()
            return True
        return self._document.make(planning.change_line(line, assignment=after.assignment, channel=after.channel))

    def fill(self, index: Index, channel: Channel) -> str | None:
        """Put a channel of the library into a row; the line's id, None if it was refused."""
        row = self._rows[index.row()]
        if isinstance(row, Line):
            self._document.forget_typed(row.assignment.id)
            done = self._document.make(planning.use_channel(row, channel))
            return row.assignment.id if done else None
        if isinstance(row, NewLine):
            return self._add(row, {}, channel)
        return None

    def _add(self, row: NewLine, texts: dict[str, str], channel: Channel | None = None) -> str | None:
        made = self._made(row.zone, texts, channel)
        plan = self._document.plan
        if plan is None:
            return None
        if self._new_at is not None:
            self._new_at = row.position + 1  # go on typing below what was just added
        if not self._document.make(planning.add_lines(plan, [made], position=row.position)):
            return None
        if made.channel.name and channel is None and made.channel.rx_hz is None and made.channel.tx_hz is None:
            self._document.told.emit(
                f"{made.channel.name} is not in the library: its frequencies are unknown until you type them."
            )
        return made.assignment.id

    def _made(self, zone: str, texts: dict[str, str], channel: Channel | None = None) -> Line:
        """A new line from what was typed or pasted; what was refused stays as typed, in red."""
        plan = self._document.plan
        if plan is None:
            raise InputError("There is no operational period.", hint="Start an incident first.")
        refusals: dict[str, tuple[str, ComlError]] = {}
        if channel is None and texts.get("name"):
            try:
                channel = self._document.channel_called(texts["name"])
            except ComlError as error:  # it fits several: the user must choose
                refusals["name"] = (texts["name"], error)
        zone = _one_line(texts.get("zone", zone))
        line = planning.new_line(plan, channel or Channel(), zone=zone)
        for name in ("name", "mode", "number", "function", "assignment", "rx", "rx_tone", "tx", "tx_tone", "remarks"):
            text = texts.get(name, "")
            if not text.strip() or name in refusals or (name == "name" and channel is not None):
                continue
            try:
                line = COLUMNS[PLACE[name]].edited(line, text)
            except ComlError as error:
                refusals[name] = (text, error)
        for name, (text, refusal) in refusals.items():
            self._document.keep_typed(line.assignment.id, name, text, refusal)
        return line

    def clear(self, indexes: Sequence[Index]) -> None:
        """Empty these cells: text to nothing, frequencies and tones to unknown. One edit."""
        changed: dict[str, Line] = {}
        for index in indexes:
            row, column = self._rows[index.row()], COLUMNS[index.column()]
            if not isinstance(row, Line) or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
                continue
            self._document.forget_typed(row.assignment.id, column.name)
            if column.name != "mode" or row.channel.kind in (Kind.CONVENTIONAL, Kind.TALKGROUP):
                changed[row.assignment.id] = column.edited(changed.get(row.assignment.id, row), "")
        self._store_all(changed, "Clear cells")
        self.refresh()

    def _store_all(self, changed: dict[str, Line], words: str) -> None:
        before, after = [], []
        for row in self._rows:
            if isinstance(row, Line) and (line := changed.get(row.assignment.id)) is not None:
                for old, new in ((row.assignment, line.assignment), (row.channel, line.channel)):
                    if old != new:
                        before.append(old)
                        after.append(new)
        self._document.make(planning.Change(before, after, words))

    # ── copy and paste ───────────────────────────────────────────────────────

    def copied(self, indexes: Sequence[Index]) -> str:
        """Cells as a spreadsheet takes them. Whole lines are copied with their zone, in the 205's columns."""
        by_row: dict[int, list[Index]] = {}
        for index in sorted(indexes, key=lambda index: (index.row(), index.column())):
            if isinstance(self._rows[index.row()], Line):
                by_row.setdefault(index.row(), []).append(index)
        texts = []
        for number, cells in by_row.items():
            line = self._rows[number]
            assert isinstance(line, Line)
            values = [str(self.data(cell, Role.EditRole)).replace("\t", " ") for cell in cells]
            texts.append("\t".join([line.assignment.zone, *values] if len(cells) == len(COLUMNS) else values))
        return "\n".join(texts)

    def paste(self, text: str, at: Index) -> list[str]:
        """Cells from a spreadsheet. On the empty line, or a heading row, or whole 205 rows: new lines, else over
        the cells from `at` on. What is refused stays in its cell, in red. One edit; the ids of new lines."""
        sheet = [row.split("\t") for row in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")]
        if not any(cell.strip() for row in sheet for cell in row):
            return []
        headings = _headings(sheet[0])
        target = self._rows[at.row()] if at.isValid() else None
        is_whole = max(len(row) for row in sheet) >= len(COLUMNS)
        if headings is not None or is_whole or not isinstance(target, Line):
            start = SHEET if is_whole else (SHEET[1:] if at.column() == 0 else list(PLACE)[max(0, at.column()) :])
            names = headings or ([*start] if max(len(row) for row in sheet) > 1 else ["name"])
            with self._document.typing_much():
                return self._paste_lines(sheet[1:] if headings else sheet, names, target)
        with self._document.typing_much():
            self._paste_over(sheet, at)
        return []

    def _paste_lines(self, sheet: list[list[str]], names: Sequence[str | None], target: Row | None) -> list[str]:
        plan = self._document.plan
        if plan is None:
            return []
        position = target.position if isinstance(target, NewLine) else len(plan.lines)
        zone = target.zone if isinstance(target, NewLine) else (plan.lines[-1].assignment.zone if plan.lines else "")
        lines: list[Line] = []
        for row in sheet:
            texts = {name: cell for name, cell in zip(names, row, strict=False) if name and cell.strip()}
            if not texts:
                continue
            line = self._made(texts.get("zone", zone), texts)
            if "number" not in texts:  # the next free one after the lines pasted before it
                used = replace(plan, lines=(*plan.lines, *lines))
                number = planning.new_line(used, Channel(), zone=line.assignment.zone).assignment.number
                line = replace(line, assignment=replace(line.assignment, number=number))
            lines.append(line)
        if not lines or not self._document.make(planning.add_lines(plan, lines, position=position)):
            return []
        refused = sum(1 for key in self._document.typed if key[0] in {line.assignment.id for line in lines})
        cells = "1 cell could not be read: it is" if refused == 1 else f"{refused} cells could not be read: they are"
        note = f" {cells} red, as pasted." if refused else ""
        self._document.told.emit(f"Pasted {len(lines)} {'line' if len(lines) == 1 else 'lines'}.{note}")
        return [line.assignment.id for line in lines]

    def _paste_over(self, sheet: list[list[str]], at: Index) -> None:
        changed: dict[str, Line] = {}
        number = at.row()
        last: ComlError | None = None
        for cells in sheet:
            while number < len(self._rows) and isinstance(self._rows[number], Band):
                number += 1
            if number >= len(self._rows) or not isinstance(line := self._rows[number], Line):
                break
            for offset, text in enumerate(cells):
                place = at.column() + offset
                if place >= len(COLUMNS) or not self.flags(self.index(number, place)) & Qt.ItemFlag.ItemIsEditable:
                    continue
                column, key = COLUMNS[place], (line.assignment.id, COLUMNS[place].name)
                try:
                    changed[line.assignment.id] = column.edited(changed.get(line.assignment.id, line), text)
                    self._document.forget_typed(*key)
                except ComlError as error:
                    self._document.keep_typed(*key, text, error)
                    last = error
            number += 1
        self._store_all(changed, "Paste cells")
        self.refresh()
        if last is not None:
            self.refused.emit(last)

    # ── dragging ─────────────────────────────────────────────────────────────

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [LINES_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = [self._rows[number] for number in sorted({index.row() for index in indexes})]
        data = QMimeData()
        ids = [row.assignment.id for row in rows if isinstance(row, Line)]
        data.setData(LINES_MIME, json.dumps(ids).encode())
        return data

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        if not data.hasFormat(LINES_MIME) or self._document.plan is None:
            return False
        if row < 0:
            row = parent.row() + 1 if parent.isValid() else len(self._rows)
        ids = set(json.loads(bytes(data.data(LINES_MIME).data())))
        lines = [line for line in self._document.plan.lines if line.assignment.id in ids]
        self.move(lines, row)
        return False  # the rows are moved already; Qt must not remove what was dragged

    def move(self, lines: Sequence[Line], row: int) -> bool:
        """Put lines before a row of the screen, into the zone of what stands above it."""
        plan = self._document.plan
        if plan is None or not lines:
            return False
        above = [other for other in self._rows[:row] if not isinstance(other, NewLine)]
        if not above:
            zone = self._zone_at_top()
            return self._document.make(planning.move_lines(plan, lines, 0, zone=zone))
        last = above[-1]
        zone = last.zone if isinstance(last, Band) else last.assignment.zone
        position = last.start if isinstance(last, Band) else last.assignment.position + 1
        return self._document.make(planning.move_lines(plan, lines, position, zone=zone))

    def _zone_at_top(self) -> str:
        first = self._rows[0]
        if isinstance(first, Line):
            return first.assignment.zone
        return first.zone


def _band_data(band: Band, column: PlanColumn, role: int) -> Any:
    if column is not COLUMNS[0]:
        return None
    if role == Role.EditRole:
        return band.zone
    if role == Role.DisplayRole:
        count = len(band.lines)
        name = f"Zone {band.zone}" if band.zone else "No zone"
        room = f" of {ZONE_SIZE}: more than an ordinary zone holds" if count > ZONE_SIZE else ""
        return f"{name} · {count} {'channel' if count == 1 else 'channels'}{room}"
    if role == Role.ToolTipRole:
        return "Click to fold or unfold; F2 to give the zone another name."
    return None


def _headings(row: Sequence[str]) -> list[str | None] | None:
    """The columns that a heading row names; None if it is not one."""
    names = [
        next((name for name, words in _HEADINGS.items() if " ".join(cell.casefold().split()) in words), None)
        for cell in row
    ]
    return names if sum(name is not None for name in names) >= 2 and "name" in names else None
