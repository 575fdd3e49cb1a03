"""Forms as PDF: one of them, or a package of many in one file. The same content gives the same bytes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coml_toolkit import __version__
from coml_toolkit.errors import FormError
from coml_toolkit.files import write_whole
from coml_toolkit.model.plan import Plan
from coml_toolkit.model.sheet import Sheet

from . import face
from .content import content, public
from .form import FLOOR, SIZE, Content, Form, Page
from .layout import Block, Laid, lay_out
from .typeset import ASCENT, BOLD, DESCENT, LEADING, REGULAR, fit, printable, typeface, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN = 36.0  # outside the frame of the form, where what is ours stands


class Paper(NamedTuple):
    """A form and what is written on it; with no content, the blank form."""

    form: Form
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """Forms as PDF; the notes say what could not be printed as it was written."""

    pdf: bytes
    pages: int
    notes: tuple[str, ...]


def render(
    form: Form,
    plan: Plan | None,
    path: Path,
    *,
    sheet: Sheet | None = None,
    iap_page: str = "",
    is_public: bool = False,
    force: bool = False,
) -> Drawn:
    """Draw a form into a file. Without `force` an existing file is refused."""
    drawn = draw(form, plan, sheet=sheet, iap_page=iap_page, is_public=is_public)
    write_whole(path, drawn.pdf, force=force)
    return drawn


def draw(
    form: Form,
    plan: Plan | None = None,
    *,
    sheet: Sheet | None = None,
    iap_page: str = "",
    is_public: bool = False,
) -> Drawn:
    """A form with what the plan and a sheet say, on as many pages as it takes; with neither, the blank form.

    The same plan and sheet give the same bytes: the clock is never read. `iap_page` is the number of the first page in
    the IAP.
    """
    is_blank = plan is None and sheet is None
    paper = Paper(form, None if is_blank else content(form, plan, sheet))
    return draw_papers([paper], iap_page=iap_page, is_public=is_public)


def package(
    papers: Sequence[Paper],
    path: Path,
    *,
    title: str = "",
    iap_page: str = "",
    is_public: bool = False,
    force: bool = False,
) -> Drawn:
    """Many forms in one file, with bookmarks. Without `force` an existing file is refused."""
    drawn = draw_papers(papers, title=title or "Communications package", iap_page=iap_page, is_public=is_public)
    write_whole(path, drawn.pdf, force=force)
    return drawn


def draw_papers(papers: Sequence[Paper], *, title: str = "", iap_page: str = "", is_public: bool = False) -> Drawn:
    """Forms one after the other in one document; a title makes it a package, with a bookmark for each form.

    Only pages that have a block for it are numbered in the IAP, from `iap_page` on. `is_public` leaves out what is not
    for public release, and says on each page how much.
    """
    from reportlab.pdfgen.canvas import Canvas

    if not papers:
        raise FormError("There is no form to print.", hint="Choose at least one.")
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pageCompression=1,
        invariant=1,
        lang="en-US",
        initialFontName=typeface(REGULAR),  # type: ignore[arg-type]  # the stubs say float
    )
    if is_public:
        papers = [Paper(form, made and public(form, made)) for form, made in papers]
    _describe(canvas, papers, title)
    lacking: set[str] = set()
    notes: list[str] = []
    counter = _IapPages(iap_page, lacking)
    pages = 0
    for number, (form, made) in enumerate(papers):
        if made is None:
            laid = [Laid(page, ()) for page in range(1, len(form.pages) + 1)]
        else:
            laid = lay_out(form, made, lacking, notes)
        for place, one in enumerate(laid, start=1):
            page = form.pages[one.page - 1]
            blank = face.load(page.face)
            canvas.setPageSize((blank.width, blank.height))
            if title and place == 1:
                canvas.bookmarkPage(f"form{number}")
                canvas.addOutlineEntry(_bookmark(form, made), f"form{number}", 0)
            if made is not None and made.is_draft:
                _watermark(canvas, blank)
            face.draw(canvas, blank)
            for block in one.blocks:
                _write(canvas, block, blank.height)
            if made is not None:
                _mark_page(canvas, page, blank, place, len(laid))
                for each, at in ((place, page.number), (len(laid), page.count)):
                    if at is not None:
                        setting = fit(str(each), (at[2] - at[0], at[3] - at[1]), size=SIZE, floor=FLOOR)
                        _write(canvas, Block(setting, at, 0.5), blank.height)
                _margins(canvas, form, made, page, blank, f"page {place} of {len(laid)}")
                if (iap := counter.next(page)) is not None:
                    _write(canvas, iap, blank.height)
            canvas.showPage()
        pages += len(laid)
    canvas.save()
    return Drawn(file.getvalue(), pages, (*dict.fromkeys(notes), *lacking_notes(lacking)))


def _bookmark(form: Form, made: Content | None) -> str:
    name = f" – {made.name}" if made is not None and made.name else ""
    return _encodable(f"{form.number}{name} – {form.title}")


class _IapPages:
    """The number of each page in the IAP; pages without a block for it are not counted."""

    def __init__(self, first: str, lacking: set[str]) -> None:
        self._next = first
        self._lacking = lacking

    def next(self, page: Page) -> Block | None:
        """The number of this page, set in its block."""
        if not self._next or page.iap_page is None:
            return None
        text = printable(self._next, self._lacking)
        left, top, right, bottom = page.iap_page
        setting = fit(text, (right - left, bottom - top), size=SIZE, floor=FLOOR)
        if setting.rest or len(setting.lines) > 1:
            raise FormError(f"“{text}” is too long for an IAP page number.", hint="Write a short one, as in 12.")
        if self._next.isdecimal():
            self._next = str(int(self._next) + 1)
        return Block(setting, page.iap_page)


# ── ink ──────────────────────────────────────────────────────────────────────


def _write(canvas: "Canvas", block: Block, page_height: float) -> None:
    left, top, right, bottom = block.at
    size = block.setting.size
    name = BOLD if block.is_bold else REGULAR
    spare = 0.0 if block.is_at_top else (bottom - top - block.setting.height) / 2
    baseline = page_height - top - spare - ASCENT * size
    for line in block.setting.lines:
        long = width(line, size, name)
        x = left + block.align * (right - left - long)
        canvas.setFillGray(1)
        for rule in block.crosses:
            if x - 1 < rule < x + long + 1:
                canvas.rect(rule - 0.5, baseline - DESCENT * size, 1, (ASCENT + DESCENT) * size, stroke=0, fill=1)
        _say(canvas, x, baseline, line, size, name=name)
        baseline -= LEADING * size


def _say(
    canvas: "Canvas", x: float, y: float, text: str, size: float, *, name: str = REGULAR, share: float = 0
) -> None:
    """One line in black; `share` of it lies left of x (0.5: centred on x, 1: ends at x). Here y goes up."""
    canvas.setFillGray(0)
    canvas.setFont(typeface(name), size)
    canvas.drawString(x - share * width(text, size, name), y, text)


def _mark_page(canvas: "Canvas", page: Page, blank: face.Face, number: int, pages: int) -> None:
    """Says on each of several pages that there are more."""
    if pages == 1:
        return
    if page.mark is None:
        _say(canvas, MARGIN, blank.height - page.beside, f"Page {number} of {pages}", SIZE, name=BOLD)
        return
    x, y = page.mark
    _say(canvas, x, blank.height - y, page_mark(number, pages), SIZE, name=BOLD, share=1)


def page_mark(number: int, pages: int) -> str:
    """What tells one of several pages from the others; nothing on a single one."""
    if pages == 1:
        return ""
    if number == 1:
        return f"Page 1 of {pages}, continued on the next page"
    return f"Continuation {number - 1} of {pages - 1} (page {number} of {pages})"


def _margins(canvas: "Canvas", form: Form, made: Content, page: Page, blank: face.Face, number: str) -> None:
    """What is ours stands outside the official frame."""
    left, right, middle = MARGIN, blank.width - MARGIN, blank.width / 2
    said = printable(" · ".join(part for part in (form.number, made.edition, number) if part), set())
    _say(canvas, left, 36, said, 7)
    _say(canvas, right, 36, f"COML Toolkit {__version__}", 7, share=1)
    _say(canvas, right, blank.height - page.beside, made.mark, 14, name=BOLD, share=1)
    notice_at = page.beside - 13.5 if page.beside < blank.height / 2 else page.beside
    _say(canvas, middle, blank.height - notice_at, made.notice, 8, name=BOLD, share=0.5)
    if made.is_exercise:
        for y in (blank.height - 25.5, 18):
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


def _describe(canvas: "Canvas", papers: Sequence[Paper], title: str) -> None:
    """Title, author and dates, all from what is printed."""
    canvas.setCreator(f"COML Toolkit {__version__}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    at = datetime(2010, 9, 1, tzinfo=UTC)  # the edition of the forms booklet
    contents = [made for _, made in papers if made is not None]
    form, made = papers[0]
    if title:
        about = next((each.about for each in contents if each.about), "")
        canvas.setTitle(_encodable(f"{title} – {about}" if about else title))
        canvas.setSubject(_encodable(", ".join(dict.fromkeys(form.number for form, _ in papers))))
        canvas.showOutline()
    elif made is None:
        canvas.setTitle(f"{form.number} – {form.title}")
        canvas.setSubject("Blank form")
    else:
        parts = [form.number, made.name, made.about]
        canvas.setTitle(_encodable(" – ".join(part for part in parts if part)))
        canvas.setAuthor(_encodable(made.author))
        canvas.setSubject(_encodable(made.subject))
    at = max((each.at for each in contents if each.at), default=at)
    canvas.setDateFormatter(lambda *_: at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ"))


def _encodable(text: str) -> str:
    return text.encode(errors="replace").decode()


def lacking_notes(lacking: set[str]) -> tuple[str, ...]:
    """One sentence for each character that is not printed as itself."""
    return tuple(
        f"{f'“{each}”' if each.isprintable() else 'An unprintable character'} is not in the typeface of the forms; "
        f"it is printed as [U+{ord(each):04X}]."
        for each in sorted(lacking)
    )
