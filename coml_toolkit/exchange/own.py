"""Our CSV and XLSX, of channels and of plans: every field, exactly, so that nothing is lost on the way and back.

A plan's file begins with the eleven columns of the 205 in their order; to their right, what the paper does not show.
"""

import io
import unicodedata
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from .. import units
from ..errors import InputError
from ..model.channel import Channel, Direction, Encryption, Kind
from ..model.plan import Line
from .columns import Columns, read_rows
from .preview import Import, Use
from .safe import guard, unguard
from .sheet import Sheet
from .written import Refusal, Written, csv_bytes


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a channel, or of its use in a plan, as text and back."""

    field: str
    channels: str  # its heading in a file of channels; "" when it is not there
    plan: str  # its heading in a file of a plan
    write: Callable[[Any], str] = str
    read: Callable[[str], Any] = str
    is_use: bool = False


def _hz(value: int | None) -> str:
    return "" if value is None else units.mhz(value)


def _read_hz(text: str) -> int | None:
    return units.parse_mhz(text) if text.strip() else None


def _khz(value: int | None) -> str:
    return "" if value is None else units.khz(value)


def _read_khz(text: str) -> int | None:
    return units.parse_khz(text) if text.strip() else None


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _read_number(text: str) -> int | None:
    return units.parse_number(text, "number", highest=999_999_999)


def _one_of(kind: Any) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return kind(text.strip()) if text.strip() else None
        except ValueError:
            raise InputError(f"“{text}” is none of {', '.join(kind)}.") from None

    return read


COLUMNS = (
    Column("zone", "", "Zone Grp.", is_use=True),
    Column("number", "", "Ch #", _number, _read_number, is_use=True),
    Column("function", "", "Function", is_use=True),
    Column("name", "name", "Channel Name/Trunked Radio System Talkgroup"),
    Column("assignment", "", "Assignment", is_use=True),
    Column("rx_hz", "rx_mhz", "RX Freq", _hz, _read_hz),
    Column("rx_tone", "rx_tone", "RX Tone/NAC", units.tone, units.parse_tone),
    Column("tx_hz", "tx_mhz", "TX Freq", _hz, _read_hz),
    Column("tx_tone", "tx_tone", "TX Tone/NAC", units.tone, units.parse_tone),
    Column("mode", "mode", "Mode (A, D, or M)", str, units.parse_mode),
    Column("use_remarks", "", "Remarks", is_use=True),
    Column("bandwidth_hz", "bandwidth_khz", "Bandwidth (kHz)", _khz, _read_khz),
    Column("modulation", "modulation", "Modulation"),
    Column("direction", "direction", "Direction", str, _one_of(Direction)),
    Column("kind", "kind", "Kind", str, _one_of(Kind)),
    Column("system", "system", "System"),
    Column("talkgroup_id", "talkgroup_id", "Talkgroup ID", _number, _read_number),
    Column("address", "address", "Address"),
    Column("emission", "emission", "Emission"),
    Column("encryption", "encryption", "Encryption", str, _one_of(Encryption)),
    Column("service", "service", "Service"),
    Column("eligibility", "eligibility", "Eligibility"),
    Column("remarks", "remarks", "Channel Remarks"),
    Column("source", "source", "Source"),
    Column("edition", "edition", "Edition"),
    Column("verification", "verification", "Verification"),
    Column("verified_by", "verified_by", "Verified By"),
    Column("tone_source", "tone_source", "Tone Source"),
)
_CHANNELS = tuple(column for column in COLUMNS if not column.is_use)


# ── out ──────────────────────────────────────────────────────────────────────


def write_csv(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """CSV in UTF-8 with a mark, so that Excel reads its accents."""
    head, rows, refused = _table(what)
    guarded = [[guard(cell) for cell in row] for row in rows]
    content = csv_bytes([head, *guarded], encoding="utf-8-sig")
    return Written(content=content, count=len(rows), refused=tuple(refused))


def write_xlsx(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """A workbook of text cells: no spreadsheet rounds them, drops their zeros, or runs them."""
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    head, rows, refused = _table(what)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Plan" if _is_plan(what) else "Channels")
    sheet.freeze_panes = "A2"
    for column, title in enumerate(head, 1):
        longest = max([len(title), *(len(row[column - 1]) for row in rows)])
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = min(longest, 48) + 2
    for number, row in enumerate([head, *rows]):
        made = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=None)
            if text:
                cell.value = text
                cell.data_type = "s"  # else a text that begins with = would be a formula
            cell.number_format = "@"
            cell.alignment = Alignment(vertical="top")
            if number == 0:
                cell.font = Font(bold=True)
            made.append(cell)
        sheet.append(made)
    file = io.BytesIO()
    book.save(file)
    return Written(content=_dateless(file.getvalue()), count=len(rows), refused=tuple(refused))


def _dateless(raw: bytes) -> bytes:
    """The same workbook without the instant it was written, so that the same plan makes the same file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            content = before.read(member)
            if member.filename == "docProps/core.xml":
                content = _without_times(content)
            after.writestr(zipfile.ZipInfo(member.filename), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _without_times(core: bytes) -> bytes:
    import re

    return re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", core)


def _is_plan(what: Sequence[Channel | Line]) -> bool:
    return isinstance(what[0], Line)


def _table(what: Sequence[Channel | Line]) -> tuple[list[str], list[list[str]], list[Refusal]]:
    if not what:
        raise InputError("There is nothing to export.")
    is_plan = _is_plan(what)
    columns = COLUMNS if is_plan else _CHANNELS
    rows: list[list[str]] = []
    refused: list[Refusal] = []
    for number, one in enumerate(what, 1):
        channel = one.channel if isinstance(one, Line) else one
        row, reasons = [], []
        for column in columns:
            value = _value(one, channel, column)
            text = column.write(value)
            row.append(text)
            if why := _unwritable(column, value, text):
                reasons.append(f"Its {column.field.replace('_', ' ')} {why}.")
        if reasons:
            refused.append(Refusal(number=number, name=channel.name, reasons=tuple(reasons)))
        else:
            rows.append(row)
    return [column.plan if is_plan else column.channels for column in columns], rows, refused


def _value(one: Channel | Line, channel: Channel, column: Column) -> Any:
    if not column.is_use:
        return getattr(channel, column.field)
    return getattr(cast("Line", one).assignment, column.field.removeprefix("use_"))


def _unwritable(column: Column, value: Any, text: str) -> str:
    """Why a value would not come back as it is; a file must never say something near it."""
    if len(text) > 32_000:
        return "is longer than a spreadsheet's cell"
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Cn", "Co"} and sign not in "\n\t" for sign in text):
        return "holds a control character"
    if column.read is str:
        return ""
    try:
        back = column.read(text)
    except InputError:
        return "cannot be written"
    return "" if back == value else "cannot be written exactly"


# ── in ───────────────────────────────────────────────────────────────────────

NEEDED_CHANNELS = frozenset(("name", "rx_mhz", "tx_mhz"))
NEEDED_PLAN = frozenset(column.plan for column in COLUMNS[:11]) | {"Direction", "Kind"}


def kind_of(heads: Sequence[str]) -> str:
    """'channels' or 'plan' for the headings of a file of ours, or of one made from it with columns left out."""
    found = {head.strip() for head in heads}
    if found >= NEEDED_PLAN and found <= {column.plan for column in COLUMNS}:
        return "plan"
    if found >= NEEDED_CHANNELS and found <= {column.channels for column in _CHANNELS}:
        return "channels"
    return ""


def read(sheet: Sheet, file: str, *, is_guarded: bool) -> Import:
    """A file of ours; `is_guarded` says that it is a CSV, whose formula-like cells bear an apostrophe."""
    is_plan = kind_of(sheet.rows[0]) == "plan"

    def text(row: Columns, column: Column) -> str:
        raw = row.raw(column.plan if is_plan else column.channels)
        return unguard(raw) if is_guarded else raw

    def channel(row: Columns) -> Channel:
        values = {}
        for column in _CHANNELS:
            value = _understood(column, column.plan if is_plan else column.channels, text(row, column))
            if value is not None:
                values[column.field] = value
        return Channel(**values)

    def use(row: Columns) -> Use:
        values = {}
        for column in COLUMNS:
            if column.is_use:
                value = _understood(column, column.plan, text(row, column))
                values[column.field.removeprefix("use_")] = value
        return Use(**values)

    what = "a plan" if is_plan else "channels"
    return read_rows(
        sheet, file, kind="plan" if is_plan else "channels", words=f"this program's own table of {what}", read=channel,
        use=use if is_plan else None,
    )  # fmt: skip


def _understood(column: Column, heading: str, text: str) -> Any:
    try:
        return column.read(text)
    except InputError as error:
        raise InputError(f"{heading}: {error.message}", hint=error.hint) from None
