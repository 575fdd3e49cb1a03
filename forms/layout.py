"""What stands where on each page of a filled-in form. Nothing is cut.

A row whose text does not fit goes on in the next row. Any other field goes on in the field that has room to spare (on
the 205: Special Instructions), or, where a form has none, in the same field of another page. Every page is a whole
form.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from coml_toolkit.model.sheet import PRIVATE, Row

from . import face
from .form import CENTRED, FLOOR, FLOW_FLOOR, LEFT, NO, SIZE, YES, Column, Content, Entry, Field, Form, Place, Table
from .typeset import BOLD, REGULAR, Setting, fit, printable


@dataclass(frozen=True, slots=True)
class Block:
    """A text set in its place."""

    setting: Setting
    at: Place
    align: float = LEFT
    is_at_top: bool = False  # else in the middle
    is_bold: bool = False
    crosses: tuple[float, ...] = ()
    name: str = ""  # of its field or column
    row: int | None = None  # of the page, from 0, where it stands in a table
    table: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """One page: which face, and what is written on it."""

    page: int
    blocks: tuple[Block, ...]


Rows = list[list[tuple[Column, Setting]]]


@dataclass(slots=True)
class _Content:
    """A form's content set in type; and how much of it is on pages already."""

    parts: dict[str, list[Setting]]  # of each field: one, or as many as it takes pages
    rows: dict[str, Rows]
    marks: dict[int, list[Block]]  # the crosses on each face
    written: Counter[str]  # parts of a field, rows of a table


def lay_out(form: Form, content: Content, lacking: set[str], notes: list[str]) -> list[Laid]:
    """Every page. Characters that cannot be printed join `lacking`, what has no place on the form joins `notes`."""
    rows = {
        table.name: [row for each in content.tables.get(table.name, ()) for row in _rows(table, each, lacking)]
        for table in form.tables
    }
    made = _Content(_parts(form, content, lacking, notes), rows, _marks(form, content), Counter())
    return [
        Laid(
            number, (*made.marks.get(number, ()), *_field_blocks(form, number, made), *_row_blocks(form, number, made))
        )
        for number, page in enumerate(form.pages, start=1)
        for _ in range(_copies(form, number, made, is_optional=page.is_continuation))
    ]


def _copies(form: Form, number: int, made: _Content, *, is_optional: bool) -> int:
    """How many pages of a face: as many as what can stand on no later face takes."""
    copies = 0 if is_optional else 1
    for field in form.fields:
        parts, faces = len(made.parts.get(field.name, ())), [page for page, _ in field.places]
        if parts > 1 and faces and max(faces) == number:
            copies = max(copies, parts - made.written[field.name])
    for table in form.tables:
        if max(table.rules) == number:
            rest = len(made.rows[table.name]) - made.written[table.name]
            copies = max(copies, -(-rest // len(table.rows(number))))
    return copies


def _field_blocks(form: Form, number: int, made: _Content) -> Iterator[Block]:
    """The fields of the next page; what fits one page stands on each, for a copy of a form is a whole form."""
    for field in form.fields:
        places, settings = field.on(number), made.parts.get(field.name, [])
        if places and settings:
            nth = made.written[field.name] if len(settings) > 1 else 0
            made.written[field.name] += 1
            for place in places:
                if nth < len(settings):
                    yield Block(
                        settings[nth],
                        place,
                        field.align,
                        is_at_top=field.is_block,
                        is_bold=field.is_bold,
                        name=field.name,
                    )


def _row_blocks(form: Form, number: int, made: _Content) -> Iterator[Block]:
    """The rows of the next page."""
    for table in form.tables:
        places = table.rows(number)
        rows = made.rows[table.name][made.written[table.name] :]
        made.written[table.name] += len(places)
        for place, (at, row) in enumerate(zip(places, rows, strict=False)):
            for column, setting in row:
                yield Block(
                    setting,
                    in_column(column, at),
                    column.align,
                    is_bold=column.is_bold,
                    crosses=column.crosses,
                    name=column.name,
                    row=place,
                    table=table.name,
                )


# ── fields ───────────────────────────────────────────────────────────────────


def _parts(form: Form, content: Content, lacking: set[str], notes: list[str]) -> dict[str, list[Setting]]:
    """Each field's parts. The overflow takes what the others have no room for, where a form has one."""
    parts: dict[str, list[Setting]] = {}
    paragraphs = [printable(content.fields.get(form.overflow, ""), lacking)]
    for field in form.fields:
        text = printable(content.fields.get(field.name, ""), lacking)
        if not text or field.name == form.overflow:
            continue
        if not field.places:
            _note_choice(field, text, notes)
            continue
        if not field.is_block:
            text = text.replace("\n", " ")
        if not form.overflow:
            parts[field.name] = _flow(text, field)
            continue
        setting = _fit(text, field)
        parts[field.name] = [setting]
        if setting.rest:
            paragraphs.append(f"{field.label}, continued: {setting.rest}")
    if form.overflow:
        flow = form.field(form.overflow)
        assert flow is not None, form.overflow
        parts[flow.name] = _flow("\n".join(paragraphs).strip("\n"), flow)
    _note_strangers(form, content, notes)
    return parts


def _note_strangers(form: Form, content: Content, notes: list[str]) -> None:
    """What is written for a field or a column that the form does not have."""
    known = {field.name for field in form.fields}
    lost = {name for name, text in content.fields.items() if text.strip() and name not in known}
    notes += [f"The {form.number} has no field “{name}”; it is not printed." for name in sorted(lost)]
    for name, rows in content.tables.items():
        table = form.table(name)
        columns = {PRIVATE, *(column.name for column in table.columns)} if table else set()
        lost = {column for row in rows for column, text in row.items() if text.strip() and column not in columns}
        notes += [f"The {form.number} has no column “{column}”; it is not printed." for column in sorted(lost)]


def _flow(text: str, field: Field) -> list[Setting]:
    """A text in parts: one if it all fits one page, else one part for each page."""
    parts: list[Setting] = []
    size = field.size
    floor = _floor(field)
    while text:
        parts.append(_fit(text, field, size=size))
        text = parts[-1].rest.strip("\n")
        size = min(field.size, floor)
    return parts


def _floor(field: Field) -> float:
    return field.floor or (FLOW_FLOOR if field.is_block else FLOOR)


def _fit(text: str, field: Field, *, size: float | None = None) -> Setting:
    """A field's text in type that fits wherever it stands."""
    wide = min(right - left for _, (left, _, right, _) in field.places)
    high = min(bottom - top for _, (_, top, _, bottom) in field.places)
    name = BOLD if field.is_bold else REGULAR
    return fit(text, (wide, high), size=size or field.size, floor=_floor(field), name=name)


# ── check boxes ──────────────────────────────────────────────────────────────


def chosen(field: Field, text: str) -> str | None:
    """The option that a text names; "" for none, None when it names something else."""
    said = text.strip().casefold()
    if not said or (field.entry is Entry.CHECK and said in NO):
        return ""
    for option, _ in field.options:
        if said == option.casefold() or (field.entry is Entry.CHECK and said in YES):
            return option
    return None


def _note_choice(field: Field, text: str, notes: list[str]) -> None:
    if chosen(field, text) is None:
        choices = ", ".join(option for option, _ in field.options)
        notes.append(f"“{text}” is none of the boxes of {field.label} ({choices}); no box is marked.")


def _marks(form: Form, content: Content) -> dict[int, list[Block]]:
    """The crosses in check boxes, for each face."""
    marks: dict[int, list[Block]] = {}
    for field in form.fields:
        picked = chosen(field, content.fields.get(field.name, "")) if field.options else ""
        for option, point in field.options:
            if option == picked:
                box = face.box_at(face.load(form.pages[field.page - 1].face), point)
                size = min(SIZE, box.height / 1.1)
                at = (box.x - box.width, box.y - box.height, box.x + box.width, box.y + box.height)
                cross = Block(Setting(size, ("X",)), at, CENTRED, is_bold=True, name=field.name)
                marks.setdefault(field.page, []).append(cross)
    return marks


# ── rows ─────────────────────────────────────────────────────────────────────


def _rows(table: Table, row: Row, lacking: set[str]) -> Rows:
    """What one row of a table writes: one row, or as many as its longest text takes."""
    texts = [printable(row.get(column.name, ""), lacking).replace("\n", " ") for column in table.columns]
    said = list(texts)
    places = [place for page in table.rules for place in table.rows(page)]
    lowest = min(places, key=lambda place: place[1] - place[0])  # what fits there fits in any row
    written: Rows = []
    while not written or any(texts):
        now = []
        for number, column in enumerate(table.columns):
            at = in_column(column, lowest)
            if texts[number]:
                setting = _fit_cell(texts[number], column, at, is_first=not written)
                texts[number] = setting.rest
                now.append((column, setting))
            elif written and column.again is not None and said[number]:
                setting = _fit_cell(printable(column.again(said[number]), lacking), column, at, is_first=True)
                if not setting.rest:  # said in full in the first row; here it is a help
                    now.append((column, setting))
        written.append(now)
    return written


def _fit_cell(text: str, column: Column, at: Place, *, is_first: bool) -> Setting:
    room = (at[2] - at[0], at[3] - at[1])
    name = BOLD if column.is_bold else REGULAR
    if column.spills:
        floor = min(column.size, FLOW_FLOOR) if is_first else column.size
        setting = fit(text, room, size=column.size, floor=floor, name=name)
        return setting if not setting.rest else fit(text, room, size=column.size, floor=column.size, name=name)
    size = column.size if is_first else min(column.size, FLOOR)
    return fit(text, room, size=size, floor=FLOOR, is_one_line=column.is_one_line, name=name)


def in_column(column: Column, row: tuple[float, float]) -> Place:
    """The part of a column's cell that may be written on."""
    left, right = column.between
    aside = 3 if column.align == LEFT else 1
    return left + aside, row[0] + 0.45, right - aside, row[1] - 0.45
