"""A radio program's CSV, whose columns are known by name: one row at a time, with what is said of it."""

from collections.abc import Callable, Sequence

from ..errors import InputError
from ..model.channel import Channel, Tone, problems
from . import cells
from .preview import Import, Passed, Row, Use, in_words, row_text
from .sheet import Sheet
from .tones import unusual


class Columns:
    """The cells of one row by the names of their columns; what is missing is ""."""

    def __init__(self, heads: Sequence[str], sheet: Sheet, at: int, file: str) -> None:
        self._cells = sheet.rows[at]
        self._at = {head: column for column, head in reversed(list(enumerate(heads)))}
        self._faults = {column: why for (row, column), why in sheet.faults.items() if row == at}
        self.source = f"{file}, {f'{sheet.place}, ' if sheet.place else ''}row {sheet.numbers[at]}"
        self.assumed: list[str] = []
        self.doubts: list[str] = []

    def has(self, name: str) -> bool:
        """The file has such a column."""
        return name in self._at

    def raw(self, name: str) -> str:
        """A cell exactly as it stands."""
        column = self._at.get(name)
        if column is None:
            return ""
        if fault := self._faults.get(column):
            raise InputError(f"{name}: {fault}.")
        return self._cells[column] if column < len(self._cells) else ""

    def __getitem__(self, name: str) -> str:
        return self.raw(name).strip()

    def megahertz(self, name: str) -> int:
        """A number of megahertz (or with its unit) in hertz; it may be 0, as an offset can."""
        text = self[name]
        if not text.strip("0."):
            return 0
        try:
            return cells.frequency(text, unit="MHz").hz
        except InputError as error:
            raise InputError(f"{name}: {error.message}", hint=error.hint) from None

    def frequency(self, name: str) -> int:
        """A frequency in hertz, looked at."""
        hz = self.megahertz(name)
        if not hz:
            raise InputError(f"{name}: there is no frequency.")
        if said := cells.off_raster(hz):
            self.doubts.append(said)
        return hz

    def shifted(self, rx_hz: int, by_hz: int) -> int:
        """The transmit frequency that an offset leads to."""
        if rx_hz + by_hz <= 0:
            raise InputError("The offset leads below zero.")
        return rx_hz + by_hz

    def looked_at(self, tone: Tone) -> Tone:
        """The same tone; a doubt if it is no standard one."""
        if said := unusual(tone):
            self.doubts.append(said)
        return tone


def read_rows(
    sheet: Sheet, file: str, *, kind: str, words: str, read: Callable[[Columns], Channel | None],
    heads: Sequence[str] | None = None, use: Callable[[Columns], Use] | None = None, notes: Sequence[str] = (),
) -> Import:  # fmt: skip
    """Every row below the headings (or, with `heads`, every row), through `read`; None from it is an empty memory."""
    rows: list[Row] = []
    passed: list[Passed] = []
    first = 0
    if heads is None:
        first = next((at for at, row in enumerate(sheet.rows) if not row[0].startswith("#")), 0)
        heads = [head.strip() for head in sheet.rows[first]]
        passed = [_passed(sheet, at, "it is a comment") for at in range(first)]
        passed.append(_passed(sheet, first, "it is the headings"))
        first += 1
    for at in range(first, len(sheet.rows)):
        cells_ = sheet.rows[at]
        if cells_[0].startswith("#"):
            passed.append(_passed(sheet, at, "it is a comment"))
            continue
        columns = Columns(heads, sheet, at, file)
        number, text = sheet.numbers[at], row_text(cells_)
        try:
            channel = read(columns)
            used = use(columns) if use else None
        except InputError as error:
            rows.append(Row(number=number, sheet=sheet.place, text=text, refused=(in_words(error),)))
            continue
        if channel is None:
            passed.append(_passed(sheet, at, "it is an empty memory"))
            continue
        if at in sheet.hidden:
            columns.doubts.append("This row is hidden in the spreadsheet.")
        if not channel.name:
            columns.doubts.append("It has no name.")
        rows.append(
            Row(
                number=number, sheet=sheet.place, text=text, channel=channel, use=used,
                assumed=tuple(dict.fromkeys(columns.assumed)),
                doubts=tuple(dict.fromkeys([*columns.doubts, *problems(channel)])),
            )
        )  # fmt: skip
    return Import(
        file=file, kind=kind, words=f"{file} is read as {words}.", rows=tuple(rows), passed=tuple(passed),
        notes=(*sheet.notes, *notes),
    )  # fmt: skip


def _passed(sheet: Sheet, at: int, why: str) -> Passed:
    return Passed(number=sheet.numbers[at], sheet=sheet.place, text=row_text(sheet.rows[at]), why=why)
