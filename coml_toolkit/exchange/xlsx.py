"""Excel workbooks, in: the stored values, with merged cells filled and what is hidden, computed or changed said."""

import io
import warnings
from collections.abc import Sized
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .sheet import MAX_COLUMNS, MAX_ROWS, Sheet, build, damaged

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Grid = dict[tuple[int, int], Any]  # (row, column), both from 1: a cell of openpyxl's


def sheets(raw: bytes, name: str) -> tuple[Sheet, ...]:
    """Every sheet of a workbook that holds something."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it does not read; none of it is a value
            values = openpyxl.load_workbook(io.BytesIO(raw), data_only=True, keep_links=False)
            formulas = openpyxl.load_workbook(io.BytesIO(raw), keep_links=False)
        pairs = [(sheet, formulas[sheet.title]) for sheet in values.worksheets]
    except Exception as error:  # a damaged workbook raises whatever the first damaged part raises
        raise damaged(name, "workbook") from error
    found = []
    for sheet, source in pairs:
        place = f"sheet {sheet.title}" if len(pairs) > 1 else ""
        one = _sheet(name, place, sheet, source)
        if one.rows:
            found.append(one)
    if not found:
        raise InputError(f"{name} has nothing in it.")
    return tuple(found)


def _sheet(name: str, place: str, sheet: "Worksheet", source: "Worksheet") -> Sheet:
    where = place or "the sheet"
    grid: Grid = {at: cell for at, cell in sheet._cells.items() if cell.value is not None}  # .cell() would make cells
    written: Grid = source._cells
    computed = {at for at, cell in written.items() if cell.data_type == "f"}
    text: dict[tuple[int, int], str] = {}
    faults: dict[tuple[int, int], str] = {}
    for at in grid.keys() | computed:
        _check_size(name, *at)
        text[at], fault = _text(grid[at]) if at in grid else ("", "")
        if at in computed and at not in grid:
            fault = "it holds a formula without a stored value; open the file in a spreadsheet and save it"
        if fault:
            faults[at] = fault
    notes = [f"Formulas of {where}: {_count(computed, 'cell')}; the stored values were read."] if computed else []
    notes += _merged(sheet, text, faults, where)
    hidden_rows, hidden_columns = _hidden(sheet, text)
    if sheet.sheet_state != "visible":
        notes.append(f"In the workbook {where} is hidden.")
    if hidden_rows:
        notes.append(f"Hidden rows of {where} were read too: {_listed(sorted(hidden_rows))}.")
    if hidden_columns:
        notes.append(f"Hidden columns of {where} were read too: {_listed([_letter(one) for one in hidden_columns])}.")
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in text.items():
        rows.setdefault(row, {})[column] = cell
    return build(
        name,
        ((row, [rows[row].get(column, "") for column in range(1, max(rows[row]) + 1)]) for row in sorted(rows)),
        hidden=hidden_rows,
        place=place,
        faults={(row, column - 1): why for (row, column), why in faults.items()},
        notes=notes,
    )


def _check_size(name: str, row: int, column: int) -> None:
    if column > MAX_COLUMNS:
        raise InputError(f"{name} has more than {MAX_COLUMNS} columns: no channel list does.")
    if row > 50 * MAX_ROWS:
        raise InputError(f"{name} has a cell in row {row}: no channel list is as long.")


def _text(cell: Any) -> tuple[str, str]:
    """What a cell says, and why that is not to be trusted."""
    value = cell.value
    if cell.data_type == "e":
        return str(value), f"it holds the error {value}"
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), ""
    if isinstance(value, datetime | date | time | timedelta):
        return str(value), f"it holds a date or time ({value}); a spreadsheet may have made it out of something else"
    if isinstance(value, int | float):
        shown = number_text(value)
        if "E" in str(cell.number_format).upper().replace("GENERAL", ""):
            return shown, f"a spreadsheet took it for a power of ten ({shown})"
        return shown, ("" if shown else "it holds no number")
    return str(value), ""


def number_text(value: int | float) -> str:
    """A spreadsheet's number as it would show it: 15 digits, beyond which it holds noise. "" when it is none.

    155.1525 + 0.6 is 155.75249999999997 in binary and 155.7525 to everybody who looks at it.
    """
    if isinstance(value, int):
        return str(value)
    exact = Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return ""
    shown = format(exact, "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _merged(
    sheet: "Worksheet", text: dict[tuple[int, int], str], faults: dict[tuple[int, int], str], where: str
) -> list[str]:
    """Say in every cell of a merged range what the range says, as far as the table reaches."""
    last_row = max((row for row, _ in text), default=0)
    last_column = max((column for _, column in text), default=0)
    count = 0
    for area in sheet.merged_cells.ranges:
        corner = (area.min_row, area.min_col)
        if corner not in text or corner in faults:
            continue
        count += 1
        for row in range(area.min_row, min(area.max_row, last_row) + 1):
            for column in range(area.min_col, min(area.max_col, last_column) + 1):
                text[row, column] = text[corner]
    return [f"Merged cells of {where}: what one says was read in each place it covers."] if count else []


def _count(things: Sized, noun: str) -> str:
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def _hidden(sheet: "Worksheet", text: dict[tuple[int, int], str]) -> tuple[set[int], list[int]]:
    rows = {row for row, _ in text}
    columns = {column for _, column in text}
    hidden_rows = {number for number, row in sheet.row_dimensions.items() if row.hidden and number in rows}
    hidden_columns = [
        number
        for one in sheet.column_dimensions.values()
        if one.hidden and one.min and one.max
        for number in range(one.min, min(one.max, max(columns, default=0)) + 1)
        if number in columns
    ]
    return hidden_rows, sorted(hidden_columns)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _listed(items: list[Any]) -> str:
    more = f" and {len(items) - 20} more" if len(items) > 20 else ""
    return ", ".join(map(str, items[:20])) + more
