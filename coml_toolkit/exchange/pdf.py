"""PDF, in: ruled tables, and what was typed into the fields of a fillable form. A scanned page is said to be one."""

import io
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .sheet import Sheet, build, damaged

if TYPE_CHECKING:
    from pdfplumber.page import Page

MAX_PAGES = 200
Box = tuple[float, float, float, float]  # left, top, right, bottom


def sheets(raw: bytes, name: str) -> tuple[Sheet, ...]:
    """The ruled tables of every page; InputError when there is none."""
    import pdfplumber

    found: list[Sheet] = []
    notes: list[str] = []
    try:
        with pdfplumber.open(io.BytesIO(raw)) as document:
            if len(document.pages) > MAX_PAGES:
                raise InputError(f"{name} has more than {MAX_PAGES} pages.", hint="Save the pages with the channels.")
            for page in document.pages:
                tables = _tables(page)
                for number, rows in enumerate(tables, 1):
                    place = f"page {page.page_number}" + (f", table {number}" if len(tables) > 1 else "")
                    found.append(build(name, enumerate(rows, 1), place=place))
                if not tables:
                    notes.append(_without_table(page))
                page.close()
    except InputError:
        raise
    except Exception as error:  # a damaged PDF raises whatever the first damaged part raises
        if "PDFPasswordIncorrect" in repr(error):  # pdfplumber wraps what its own reader raises
            raise InputError(
                f"{name} is protected by a password: nothing can be read from it.",
                hint="Open it in its own program and save it without the password.",
            ) from error
        raise damaged(name, "PDF") from error
    notes = [note for note in notes if note]
    if not found:
        raise InputError(
            f"{name}: {notes[0] if notes else 'it has no page with anything on it'}.",
            hint="Ask for the list as a spreadsheet, or type it in.",
        )
    first = found[0]
    said = [f"{name}: {note}." for note in notes]
    found[0] = build(name, zip(first.numbers, first.rows, strict=True), place=first.place, notes=said)
    return tuple(found)


def _without_table(page: "Page") -> str:
    where = f"page {page.page_number}"
    if page.chars:
        return f"{where} has words but no table with ruled lines, so nothing was read from it"
    if page.images or page.rects or page.curves or page.lines:
        return f"{where} is a picture: nothing can be read from it"
    return ""


def _tables(page: "Page") -> list[list[list[str]]]:
    if not page.chars and not page.annots:
        return []
    typed = _typed(page)
    tables = []
    for table in page.find_tables():
        rows: list[list[str | None]] = []
        for row, texts in zip(table.rows, table.extract(), strict=True):
            rows.append([_cell(box, text, typed) for box, text in zip(row.cells, texts, strict=True)])
        tables.append(_expanded(rows))
    return tables


def _typed(page: "Page") -> list[tuple[float, float, str]]:
    """What stands in the fields of a fillable form, and where: it is no part of the page's own text."""
    from pdfplumber.utils.pdfinternals import resolve, resolve_and_decode

    found = []
    for field in page.annots:
        data: dict[str, Any] = field.get("data") or {}
        parent = resolve(data.get("Parent"))
        values = [data.get("V")]
        if isinstance(parent, dict) and "T" not in data:  # a field of one place: its value is its parent's
            values.insert(0, parent.get("V"))
        texts = [text.strip() for text in map(resolve_and_decode, values) if isinstance(text, str) and text.strip()]
        if texts and resolve_and_decode(data.get("Subtype")) == "Widget":
            found.append(((field["x0"] + field["x1"]) / 2, (field["top"] + field["bottom"]) / 2, texts[0]))
    return found


def _cell(box: Box | None, text: str | None, typed: list[tuple[float, float, str]]) -> str | None:
    if box is None:
        return None
    inside = [what for x, y, what in typed if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
    return "\n".join([part for part in [text or "", *inside] if part])


def _expanded(rows: list[list[str | None]]) -> list[list[str]]:
    """Say in every place of a merged cell what it says; drop the columns that only the lines of a heading make."""
    width = max((len(row) for row in rows), default=0)
    real = [
        column
        for column in range(width)
        if sum(len(row) > column and row[column] is not None for row in rows) * 5 >= len(rows)
    ]
    expanded = []
    for row in rows:
        cells: list[str] = []
        for column in range(len(row)):
            text = row[column]
            if column in real:
                cells.append(text if text is not None else (cells[-1] if cells else ""))
            elif text and cells:
                cells[-1] = f"{cells[-1]} {text}".strip()
        expanded.append(cells)
    return expanded
