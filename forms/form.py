"""Any ICS form: what is written where, as data; and the one function that draws it.

A row whose text does not fit goes on in the next row; any other field goes on in the field that has room to spare (on
the 205: Special Instructions), and that one on a continuation page. Every page is a whole form. Nothing is cut.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from coml_toolkit import __version__
from coml_toolkit.errors import FormError
from coml_toolkit.files import write_whole
from coml_toolkit.model.plan import Line, Plan

from . import face
from .typeset import ASCENT, BOLD, DESCENT, LEADING, REGULAR, Setting, fit, printable, typeface, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Place = tuple[float, float, float, float]  # left, top, right, bottom

SIZE = 10.0  # of the type in the fields of the official fillable form
LEFT, CENTRED = 0.0, 0.5  # which part of the spare width lies left of a line
FLOOR = 6.5  # the smallest type of a filled-in field
FLOW_FLOOR = 8.0  # of text that may run across the whole page


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field that a form has once. Its text stands in the middle of its height."""

    name: str  # as printed: “1. Incident Name”
    at: Place
    text: Callable[[Plan], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table, from rule to rule."""

    between: tuple[float, float]
    text: Callable[[Line], str]
    again: Callable[[Line], str] | None = None  # where the line goes on in another row: which line that is
    align: float = LEFT
    size: float = SIZE
    is_one_line: bool = False
    crosses: tuple[float, ...] = ()  # the rules its text runs across; they make way for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One official form: its blank page, and what a plan says on it."""

    number: str
    title: str
    face: str  # the file in resources/forms
    cells: tuple[Cell, ...]
    columns: tuple[Column, ...]
    row_rules: tuple[float, ...]  # above, between and below the rows
    flow: Cell  # set from its top; takes what other fields have no room for
    page_mark: tuple[float, float]  # where “Continuation 1 of 2” ends, on this baseline
    iap_page: Place

    @property
    def rows(self) -> list[tuple[float, float]]:
        """The top and bottom of each row of a page."""
        return list(pairwise(self.row_rules))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form as PDF; the notes say what could not be printed as it was written."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...]


def render(form: Form, plan: Plan | None, path: Path, *, iap_page: str = "", force: bool = False) -> Drawn:
    """Draw a form into a file. Without `force` an existing file is refused."""
    drawn = draw(form, plan, iap_page=iap_page)
    write_whole(path, drawn.pdf, force=force)
    return drawn


def draw(form: Form, plan: Plan | None = None, *, iap_page: str = "") -> Drawn:
    """A form with what the plan says, on as many pages as it takes; with no plan, the blank form.

    The same plan gives the same bytes: the clock is never read. `iap_page` is the number of the first page in the IAP.
    """
    from reportlab.pdfgen.canvas import Canvas

    blank = face.load(form.face)
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=(blank.width, blank.height),
        pageCompression=1,
        invariant=1,
        lang="en-US",
        initialFontName=typeface(REGULAR),  # type: ignore[arg-type]  # the stubs say float
    )
    _describe(canvas, form, plan)
    if plan is None:
        face.draw(canvas, blank)
        canvas.showPage()
        canvas.save()
        return Drawn(file.getvalue(), 1, ())

    lacking: set[str] = set()
    pages = _pages(form, plan, lacking)
    for number, page in enumerate(pages, start=1):
        if not plan.is_signed:
            _watermark(canvas, blank)
        face.draw(canvas, blank)
        for block in page:
            _write(canvas, block, blank.height)
        _mark_page(canvas, form, blank, number, len(pages))
        _margins(canvas, form, plan, blank, f"page {number} of {len(pages)}")
        if iap_page:
            _write(canvas, _iap_page(form, iap_page, number, lacking), blank.height)
        canvas.showPage()
    canvas.save()
    return Drawn(file.getvalue(), len(pages), _notes(lacking))


# ── what stands on each page ─────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Block:
    """A text set in its place."""

    setting: Setting
    at: Place
    align: float = LEFT
    is_at_top: bool = False  # else in the middle
    crosses: tuple[float, ...] = ()


def _pages(form: Form, plan: Plan, lacking: set[str]) -> list[list[_Block]]:
    """What is written on each page; characters that cannot be printed join `lacking`."""
    cells, paragraphs = [], [printable(form.flow.text(plan), lacking)]
    for cell in form.cells:
        setting = _fit(printable(cell.text(plan), lacking).replace("\n", " "), cell.at)
        cells.append(_Block(setting, cell.at))
        if setting.rest:
            paragraphs.append(f"{cell.name}, continued: {setting.rest}")
    flow = _flow("\n".join(paragraphs).strip(), form.flow.at)
    rows = [row for line in plan.lines for row in _rows(form, line, lacking)]
    per_page = len(form.rows)
    pages = []
    for number in range(max(1, len(flow), -(-len(rows) // per_page))):
        page = list(cells)
        for place, row in zip(form.rows, rows[number * per_page :], strict=False):
            page += [
                _Block(setting, _in_column(column, place), column.align, crosses=column.crosses)
                for column, setting in row
            ]
        parts = flow if len(flow) == 1 else flow[number : number + 1]
        page += [_Block(part, form.flow.at, is_at_top=True) for part in parts]
        pages.append(page)
    return pages


def _flow(text: str, at: Place) -> list[Setting]:
    """Special instructions: one part if it all fits one page, else one part for each page."""
    parts = []
    size = SIZE
    while text:
        parts.append(_fit(text, at, size=size, floor=FLOW_FLOOR))
        text, size = parts[-1].rest.strip("\n"), FLOW_FLOOR
    return parts


def _rows(form: Form, line: Line, lacking: set[str]) -> list[list[tuple[Column, Setting]]]:
    """What one line of the plan writes: one row, or as many as its longest text takes."""
    texts = [printable(column.text(line), lacking).replace("\n", " ") for column in form.columns]
    lowest = min(form.rows, key=lambda row: row[1] - row[0])  # what fits there fits in any row
    rows: list[list[tuple[Column, Setting]]] = []
    while not rows or any(texts):
        row = []
        for place, column in enumerate(form.columns):
            size = min(column.size, FLOOR) if rows else column.size
            at = _in_column(column, lowest)
            if texts[place]:
                setting = _fit(texts[place], at, size=size, is_one_line=column.is_one_line)
                texts[place] = setting.rest
                row.append((column, setting))
            elif rows and column.again is not None:
                setting = _fit(printable(column.again(line), lacking), at)
                if not setting.rest:  # said in full in the first row; here it is a help
                    row.append((column, setting))
        rows.append(row)
    return rows


def _fit(text: str, at: Place, *, size: float = SIZE, floor: float = FLOOR, is_one_line: bool = False) -> Setting:
    left, top, right, bottom = at
    return fit(text, (right - left, bottom - top), size=size, floor=floor, is_one_line=is_one_line)


def _in_column(column: Column, row: tuple[float, float]) -> Place:
    """The part of a column's cell that may be written on."""
    left, right = column.between
    aside = 3 if column.align == LEFT else 1
    return left + aside, row[0] + 0.85, right - aside, row[1] - 0.85


def _iap_page(form: Form, first: str, number: int, lacking: set[str]) -> _Block:
    """The number of this page in the IAP; continuation pages count on."""
    text = str(int(first) + number - 1) if first.isdecimal() else first
    setting = _fit(printable(text, lacking), form.iap_page)
    if setting.rest or len(setting.lines) > 1:
        raise FormError(f"“{first}” is too long for an IAP page number.", hint="Write a short one, as in 12.")
    return _Block(setting, form.iap_page)


# ── ink ──────────────────────────────────────────────────────────────────────


def _write(canvas: "Canvas", block: _Block, page_height: float) -> None:
    left, top, right, bottom = block.at
    size = block.setting.size
    spare = 0.0 if block.is_at_top else (bottom - top - block.setting.height) / 2
    baseline = page_height - top - spare - ASCENT * size
    for line in block.setting.lines:
        long = width(line, size)
        x = left + block.align * (right - left - long)
        canvas.setFillGray(1)
        for rule in block.crosses:
            if x - 1 < rule < x + long + 1:
                canvas.rect(rule - 0.5, baseline - DESCENT * size, 1, (ASCENT + DESCENT) * size, stroke=0, fill=1)
        _say(canvas, x, baseline, line, size)
        baseline -= LEADING * size


def _say(
    canvas: "Canvas", x: float, y: float, text: str, size: float, *, name: str = REGULAR, share: float = 0
) -> None:
    """One line in black; `share` of it lies left of x (0.5: centred on x, 1: ends at x). Here y goes up."""
    canvas.setFillGray(0)
    canvas.setFont(typeface(name), size)
    canvas.drawString(x - share * width(text, size, name), y, text)


def _mark_page(canvas: "Canvas", form: Form, blank: face.Face, number: int, pages: int) -> None:
    """Says on each of several pages that there are more."""
    if pages == 1:
        return
    text = f"Page 1 of {pages}, continued on the next page"
    if number > 1:
        text = f"Continuation {number - 1} of {pages - 1} (page {number} of {pages})"
    x, y = form.page_mark
    _say(canvas, x, blank.height - y, text, SIZE, name=BOLD, share=1)


def _margins(canvas: "Canvas", form: Form, plan: Plan, blank: face.Face, page: str) -> None:
    """What is ours stands outside the official frame."""
    left, right, middle = 36.0, blank.width - 36, blank.width / 2
    state = "signed" if plan.is_signed else "draft, not signed"
    said = f"{form.number} · Operational Period {plan.period.number} · revision {plan.revision} ({state}) · {page}"
    _say(canvas, left, 36, said, 7)
    _say(canvas, right, 36, f"COML Toolkit {__version__}", 7, share=1)
    marks = [] if plan.is_signed else ["DRAFT"]
    marks += [f"Revision {plan.revision}"] if plan.revision > 1 else []
    _say(canvas, right, blank.height - 49, " – ".join(marks), 14, name=BOLD, share=1)
    if plan.incident.is_exercise:
        for y in (blank.height - 28, 18):
            _say(canvas, middle, y, "EXERCISE   EXERCISE   EXERCISE", 12, name=BOLD, share=0.5)


# The letters of DRAFT as strokes, in widths and heights of a letter: drawn and not written, so that whoever copies or
# searches the text of the page does not meet them. Two points are a line, four a Bézier curve.
_STROKES = (
    *("0 0 0 1", "0 1 .85 1 .85 0 0 0"),
    *("1 0 1 1", "1 1 1.75 1 1.75 .45 1 .45", "1.3 .45 1.6 0"),
    *("2 0 2.33 1", "2.33 1 2.66 0", "2.12 .35 2.54 .35"),
    *("3 0 3 1", "3 1 3.55 1", "3 .5 3.45 .5"),
    *("3.9 1 4.6 1", "4.25 1 4.25 0"),
)


def _watermark(canvas: "Canvas", blank: face.Face) -> None:
    """DRAFT, pale, across the page, below everything else."""
    wide, high = 115, 140
    canvas.saveState()
    canvas.translate(blank.width / 2, blank.height / 2)
    canvas.rotate(30)
    canvas.translate(-2.3 * wide, -high / 2)
    canvas.setStrokeGray(0.95)
    canvas.setLineWidth(24)
    canvas.setLineCap(2)
    for stroke in _STROKES:
        numbers = [float(number) for number in stroke.split()]
        points = [number * (high if place % 2 else wide) for place, number in enumerate(numbers)]
        if len(points) == 4:
            canvas.line(*points)
        else:
            canvas.bezier(*points)
    canvas.restoreState()


# ── about the document ───────────────────────────────────────────────────────


def _describe(canvas: "Canvas", form: Form, plan: Plan | None) -> None:
    """Title, author and dates, all from the plan."""
    canvas.setCreator(f"COML Toolkit {__version__}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    at = datetime(2010, 9, 1, tzinfo=UTC)  # the edition of the forms booklet
    if plan is None:
        canvas.setTitle(f"{form.number} – {form.title}")
        canvas.setSubject("Blank form")
    else:
        period = plan.period
        title = f"{form.number} – {plan.incident.name} – Operational Period {period.number}"
        canvas.setTitle(title.encode(errors="replace").decode())
        canvas.setAuthor((plan.signed_by or period.prepared_by).encode(errors="replace").decode())
        canvas.setSubject(f"{form.title}, revision {plan.revision}, {'signed' if plan.is_signed else 'draft'}")
        at = plan.signed_at or period.prepared_at or period.start_at or at
    canvas.setDateFormatter(lambda *_: at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))


def _notes(lacking: set[str]) -> tuple[str, ...]:
    """One sentence for each character that is not printed as itself."""
    return tuple(
        f"{f'“{each}”' if each.isprintable() else 'An unprintable character'} is not in the typeface of the forms; "
        f"it is printed as [U+{ord(each):04X}]."
        for each in sorted(lacking)
    )
