"""What holds for every form in the list: nothing is lost, nothing leaves its box, and the blank is only the face."""

import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfminer.pdftypes import resolve1

import forms
import resources
from coml_toolkit import sheets
from coml_toolkit.errors import FormError
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.model.sheet import Sheet, fields_text, rows_text
from forms import Content, Entry, Field, Form, Paper, Table, content, draw, draw_papers, face, render, typeset
from forms.form import Place
from forms.layout import Laid, in_column, lay_out
from forms.typeset import printable

every_form = pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.number)
official_form = pytest.mark.parametrize(
    "form", [form for form in forms.FORMS if form.is_official], ids=lambda form: form.number
)

INCIDENT = Incident(name="Bear Creek Fire", number="TN-1", time_zone="America/New_York")
PLAN = Plan(
    incident=INCIDENT,
    period=Period(
        incident_id=INCIDENT.id,
        number=3,
        start_at=datetime(2026, 11, 22, 11, tzinfo=UTC),
        end_at=datetime(2026, 11, 22, 23, tzinfo=UTC),
        prepared_by="Maria Ortiz",
    ),
)
AT = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


@cache
def examples() -> dict[str, Sheet]:
    """One filled-in sheet of each form, by number."""
    found = sheets.example_sheets(INCIDENT.id, PLAN.period.id, AT)
    return {sheet.form: sheet for sheet in reversed(found)}


def example(form: Form) -> Content:
    return content(form, PLAN, examples().get(form.number))


def laid(form: Form, made: Content) -> list[Laid]:
    return lay_out(form, made, set(), [])


@dataclass(frozen=True)
class Printed:
    """One page, read back."""

    text: str
    chars: list[dict[str, Any]]
    height: float
    fonts: list[tuple[str, bool]]  # each name, and whether it is embedded


@cache
def printed(number: str) -> tuple[forms.Drawn, list[Printed]]:
    """The example of a form as paper, of an exercise."""
    form = forms.find(number)
    drawn = draw_papers([Paper(form, marked(form))])
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        return drawn, [
            Printed(page.extract_text(), page.chars, float(page.height), list(fonts(page))) for page in document.pages
        ]


def marked(form: Form) -> Content:
    """The example of a form, with everything that is ours on the page."""
    return replace(example(form), is_exercise=True, mark="DRAFT – Revision 12" if form.is_plan else "")


def rows_per_page(table: Table) -> int:
    return len(table.rows(max(table.rules)))


def squeezed(said: str) -> str:
    """As it is printed, without spaces."""
    return "".join(printable(said, set()).split())


# ── the list ─────────────────────────────────────────────────────────────────


def test_the_list_has_every_form_in_number_order() -> None:
    official = ["204", "205", "205A", "205B", "210", "211", "213", "213RR", "214", "216", "217", "217A", "218"]
    cards = [f"219-{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10)]
    assert [form.number for form in forms.FORMS] == [
        *(f"ICS {number}" for number in (*official, *cards, "220", "221", "225", "309")),
        *("CARD", "CDO", "STA", "HANDOVER"),
    ]


@every_form
def test_a_form_is_found_as_people_write_it(form: Form) -> None:
    bare = form.number.removeprefix("ICS ")
    for number in (form.number, bare, bare.lower(), f"ics{bare}", f" Ics-{bare} ", f"ICS {bare}"):
        assert forms.find(number) is form


def test_an_unknown_form_is_refused_with_the_list() -> None:
    with pytest.raises(FormError, match="There is no form “999”") as caught:
        forms.find("999")
    assert "ICS 205" in caught.value.hint


def test_naming_the_forms_does_not_load_the_pdf_library() -> None:
    asked = "import sys, forms; print(forms.find('205').title, 'reportlab' in sys.modules, 'pypdf' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "Incident Radio Communications Plan False False"


# ── what is declared ─────────────────────────────────────────────────────────


@every_form
def test_a_form_can_be_entered_from_what_it_declares(form: Form) -> None:
    names = [field.name for field in form.fields] + [table.name for table in form.tables]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert all(name.isidentifier() or name in {"from", "to"} for name in names)
    assert all(field.label for field in form.fields)
    assert all(bool(field.options) == (not field.places) for field in form.fields)
    assert all(field.options for field in form.fields if field.entry in (Entry.CHECK, Entry.CHOICE))
    for table in form.tables:
        columns = [column.name for column in table.columns]
        assert len(set(columns)) == len(columns)
        assert "private" not in columns
        assert all(column.label and column.between[0] < column.between[1] for column in table.columns)
        assert set(table.rules) <= set(range(1, len(form.pages) + 1))
    helps = [
        form.help,
        *(field.help for field in form.fields),
        *(column.help for t in form.tables for column in t.columns),
    ]
    assert all(help_.endswith(".") for help_ in helps if help_)


def strokes(form: Form, number: int) -> tuple[list[face.Rule], list[tuple[Place, str]]]:
    """The rules of a face, and each piece of its words with the box of its letters."""
    blank = face.load(form.pages[number - 1].face)
    rules = [mark for mark in blank.marks if isinstance(mark, face.Rule)]
    found = []
    for mark in blank.marks:
        if isinstance(mark, face.Words):
            said = "".join(run for run, _ in mark.runs)
            long = sum(
                typeset.width(run, mark.size, typeset.BOLD if is_bold else typeset.REGULAR)
                for run, is_bold in mark.runs
            )
            box = (mark.x, mark.y - 0.7 * mark.size, mark.x + long, mark.y)
            if mark.is_turned:
                box = (mark.x - 0.7 * mark.size, mark.y - long, mark.x, mark.y)
            found.append((box, said))
    return rules, found


def overlap(one: Place, other: Place) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def ink(place: Place) -> Place:
    """Where letters may stand, less the little that rules and labels may touch."""
    left, top, right, bottom = place
    return left + 0.2, top + 1.1, right - 0.2, bottom - 1.3


UNDERLINED = {
    "ICS 205": ("_____",),
    "ICS 204": ("_____", "/"),
    "ICS 205A": ("_____",),
}  # written upon, as it is printed


@every_form
def test_what_is_written_keeps_clear_of_rules_and_labels(form: Form) -> None:
    crossed = []
    for number, page in enumerate(form.pages, start=1):
        rules, labels = strokes(form, number)
        places = [(field.name, place, ()) for field in form.fields for place in field.on(number)]
        for table in form.tables:
            for top, bottom in table.rows(number)[:2] + table.rows(number)[-1:]:
                places += [
                    (f"{table.name}.{each.name}", in_column(each, (top, bottom)), each.crosses)
                    for each in table.columns
                ]
        more = [place for place in (page.iap_page, page.number, page.count) if place]
        places += [("page", place, ()) for place in more]
        for name, place, crosses in places:
            box = ink(place)
            for rule in rules:
                middle = (rule.x0 + rule.x1) / 2
                line = (rule.x0, rule.y0 - rule.weight / 2, rule.x1, rule.y1 + rule.weight / 2)
                if rule.x0 == rule.x1:
                    line = (rule.x0 - rule.weight / 2, rule.y0, rule.x1 + rule.weight / 2, rule.y1)
                if overlap(box, line) and not any(abs(middle - each) < 1 for each in crosses):
                    crossed.append((name, place, "a rule at", line))
            crossed += [
                (name, place, "the words", said)
                for at, said in labels
                if overlap(box, at) and not any(each in said for each in UNDERLINED.get(form.number, ()))
            ]
    assert crossed == []


@every_form
def test_what_is_written_of_one_field_keeps_clear_of_the_others(form: Form) -> None:
    for number in range(1, len(form.pages) + 1):
        places = [(field.name, ink(place)) for field in form.fields for place in field.on(number)]
        for table in form.tables:
            columns = [column for column in table.columns if column.name != "across"]
            places += [
                (table.name, (column.between[0] + 1, top + 1, column.between[1] - 1, bottom - 1))
                for column in columns
                for top, bottom in table.rows(number)
            ]
        clashes = [
            (one, two) for nth, (one, at) in enumerate(places) for two, other in places[nth + 1 :] if overlap(at, other)
        ]
        assert clashes == []


@every_form
def test_every_choice_has_its_box_on_the_face(form: Form) -> None:
    for field in form.fields:
        blank = face.load(form.pages[field.page - 1].face)
        boxes = [face.box_at(blank, point) for _, point in field.options]
        assert len(set(boxes)) == len(boxes), field.name
    taken = Counter(
        (field.page, face.box_at(face.load(form.pages[field.page - 1].face), point))
        for field in form.fields
        for _, point in field.options
    )
    boxes = sum(isinstance(mark, face.Box) for page in form.pages for mark in face.load(page.face).marks)
    assert len(taken) == boxes  # each box of the paper can be ticked
    assert set(taken.values()) <= {1}


# ── blank, full, over the page ───────────────────────────────────────────────


@every_form
def test_a_blank_form_has_only_the_face(form: Form) -> None:
    drawn = draw(form)
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        assert len(document.pages) == drawn.pages == len(form.pages)
        for page, declared in zip(document.pages, form.pages, strict=True):
            blank = face.load(declared.face)
            expected = "".join(run for mark in blank.marks if isinstance(mark, face.Words) for run, _ in mark.runs)
            drawings = sum(not isinstance(mark, face.Words) for mark in blank.marks)
            assert (page.width, page.height) == (blank.width, blank.height)
            assert len(page.lines) + len(page.rects) + len(page.curves) == drawings
            assert sorted("".join(char["text"] for char in page.chars if char["text"].strip())) == sorted(
                "".join(expected.split())
            )
    assert drawn.notes == ()


@every_form
@pytest.mark.parametrize("fill", [0.0, 1.0, 2.5])
def test_a_form_renders_empty_full_and_over_the_page(form: Form, fill: float, tmp_path: Path) -> None:
    rows = {
        table.name: [
            {column.name: str(number) for column in table.columns if column.name != "across"}
            for number in range(int(fill * rows_per_page(table)))
        ]
        for table in form.tables
    }
    sheet = Sheet(incident_id="", form=form.number, rows=rows_text(rows), fields=fields_text({"incident_name": "X"}))
    if not any(field.name == "incident_name" for field in form.fields):
        sheet = replace(sheet, fields="{}")
    drawn = render(form, None, tmp_path / "form.pdf", sheet=sheet)
    assert (tmp_path / "form.pdf").read_bytes() == drawn.pdf
    assert drawn.notes == ()
    pages = laid(form, content(form, None, sheet))
    assert drawn.pages == len(pages)
    for table in form.tables:
        printed = [block.setting.lines[0] for page in pages for block in page.blocks if block.table == table.name]
        assert Counter(printed) == Counter(text for row in rows[table.name] for text in row.values())
    if form.tables and fill <= 1:
        assert drawn.pages <= len(form.pages)
    if form.tables and fill > 2:
        assert drawn.pages > len(form.pages)


@every_form
def test_a_plan_alone_prints_any_form(form: Form) -> None:
    drawn = draw(form, PLAN)
    assert drawn.pages >= 1
    assert drawn.notes == ()


@every_form
def test_the_same_content_gives_the_same_bytes(form: Form) -> None:
    assert draw_papers([Paper(form, example(form))]) == draw_papers([Paper(form, example(form))])
    assert draw(form).pdf == draw(form).pdf


@every_form
def test_continuation_pages_are_whole_forms(form: Form) -> None:
    made = example(form)
    rows = {
        table.name: [*made.tables.get(table.name, ()), *({table.columns[0].name: "more"},) * 60]
        for table in form.tables
    }
    pages = laid(form, replace(made, tables=rows))
    assert len(pages) > len(form.pages) or not form.tables
    for number in range(1, len(form.pages) + 1):
        heads = [{block.name for block in page.blocks if not block.table} for page in pages if page.page == number]
        assert all(each == heads[0] for each in heads)


def test_a_log_goes_on_on_its_continuation_page_only_when_it_must() -> None:
    form = forms.find("214")
    rows = [{"at": str(number), "activity": "x"} for number in range(61)]
    for count, pages in ((0, [1]), (24, [1]), (25, [1, 2]), (60, [1, 2]), (61, [1, 2, 2])):
        assert [page.page for page in laid(form, Content(tables={"activity": rows[:count]}))] == pages


# ── what is typed is printed, all of it ──────────────────────────────────────


@every_form
def test_the_example_is_printed_letter_for_letter(form: Form) -> None:
    made = example(form)
    drawn, pages = printed(form.number)
    assert drawn.notes == ()
    letters = Counter(char["text"] for page in pages for char in page.chars)
    blocks = [block for page in laid(form, made) for block in page.blocks]
    written = Counter("".join(line for block in blocks for line in block.setting.lines))
    for page in laid(form, made):
        blank = face.load(form.pages[page.page - 1].face)
        written += Counter(
            run for mark in blank.marks if isinstance(mark, face.Words) for runs in mark.runs for run in runs[0]
        )
    assert all(letters[letter] >= count for letter, count in written.items() if letter.strip())
    typed = [text for name, text in made.fields.items() if (field := form.field(name)) and field.places]
    typed += [text for rows in made.tables.values() for row in rows for name, text in row.items() if name != "private"]
    said = "".join("".join(block.setting.lines) for block in blocks)
    assert not Counter(squeezed("".join(typed))) - Counter(squeezed(said))


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PROSE = st.lists(st.text("abcdeW.-/ 0123", min_size=1, max_size=30), max_size=60).map(" ".join)
ONE_WORD = st.integers(1, 300).map(lambda length: "W" * length)
LONG = PROSE.map(lambda said: (said + "\n") * 9)
TEXT = st.one_of(ANY, PROSE, ONE_WORD)


@st.composite
def filled(draw_: st.DrawFn) -> tuple[Form, Content]:
    """A form with something in a few of its fields and rows."""
    form = draw_(st.sampled_from(forms.FORMS))
    fields = {}
    for field in draw_(st.lists(st.sampled_from(form.fields), max_size=4, unique=True)):
        options = [option for option, _ in field.options]
        fields[field.name] = draw_(st.sampled_from(options) if options else TEXT | LONG)
    tables: dict[str, list[dict[str, str]]] = {}
    for table in form.tables:
        columns = st.sampled_from([column.name for column in table.columns])
        tables[table.name] = draw_(st.lists(st.dictionaries(columns, TEXT, max_size=3), max_size=3))
    return form, Content(fields=fields, tables=tables)


@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(filled())
def test_nothing_is_lost_and_nothing_leaves_its_box_whatever_is_written(given_: tuple[Form, Content]) -> None:
    form, made = given_
    pages = laid(form, made)
    for page in pages:
        for block in page.blocks:
            left, top, right, bottom = block.at
            name = typeset.BOLD if block.is_bold else typeset.REGULAR
            assert all(
                typeset.width(line, block.setting.size, name) <= right - left + 0.01 for line in block.setting.lines
            )
            assert block.setting.height <= bottom - top + 0.01
            assert block.setting.size >= 5.5

    spilled = parts(pages, form.overflow) if form.overflow else ""
    for field in form.fields:
        text, held = squeezed(made.fields.get(field.name, "")), parts(pages, field.name)
        if field.name == form.overflow:
            assert held.startswith(text)
        elif field.options:
            assert held == "X" * bool(text)
        elif form.overflow:
            assert text == held or f"{squeezed(field.label)},continued:{text.removeprefix(held)}" in spilled
            assert text.startswith(held)
        else:
            assert text in (held, "".join(said_on(pages, field.name)))
    for table in form.tables:
        for column in table.columns:
            held = "".join(
                "".join(block.setting.lines)
                for page in pages
                for block in page.blocks
                if (block.table, block.name) == (table.name, column.name)
            )
            text = "".join(squeezed(row.get(column.name, "")) for row in made.tables.get(table.name, ()))
            assert squeezed(held) == text or (column.again is not None and text in squeezed(held))


def said_on(pages: list[Laid], name: str) -> list[str]:
    """What a field says on each page that says it."""
    found = []
    for page in pages:
        said = [
            squeezed("".join(block.setting.lines)) for block in page.blocks if (block.name, block.table) == (name, "")
        ]
        found += said[:1]  # some stand twice on a page
    return found


def once(pages: list[Laid], name: str) -> str:
    """What a field says, where each page says the same."""
    found = said_on(pages, name)
    return found[0] if len(set(found)) == 1 else ""


def parts(pages: list[Laid], name: str) -> str:
    """What a field says: once where each page repeats it, else from page to page."""
    return once(pages, name) or "".join(said_on(pages, name))


def test_a_choice_that_is_none_is_told_and_not_guessed() -> None:
    drawn = draw(forms.find("213RR"), PLAN, sheet=Sheet(incident_id="", form="", fields='{"priority": "Yesterday"}'))
    assert drawn.notes == ("“Yesterday” is none of the boxes of 8. Priority (Urgent, Routine, Low); no box is marked.",)


@pytest.mark.parametrize(("typed", "crosses"), [("yes", 1), ("X", 1), ("1", 1), ("no", 0), ("", 0), ("0", 0)])
def test_a_check_box_is_ticked_in_any_words_for_yes(typed: str, crosses: int) -> None:
    pages = laid(forms.find("211"), Content(fields={"at_icp": typed}))
    assert sum(block.setting.lines == ("X",) for block in pages[0].blocks) == crosses


def test_what_a_form_has_no_place_for_is_told() -> None:
    sheet = Sheet(
        incident_id="",
        form="ICS 214",
        fields='{"weather": "fair"}',
        rows='{"activity": [{"mood": "good"}], "pets": [{"name": "Rex"}]}',
    )
    assert draw(forms.find("214"), None, sheet=sheet).notes == (
        "The ICS 214 has no field “weather”; it is not printed.",
        "The ICS 214 has no column “mood”; it is not printed.",
        "The ICS 214 has no column “name”; it is not printed.",
    )


def test_prose_in_a_log_goes_on_in_full_type() -> None:
    said = " ".join(f"word{number}" for number in range(60))
    (page,) = laid(forms.find("214"), Content(tables={"activity": [{"at": "0700", "activity": said}, {"at": "0800"}]}))
    rows = [block for block in page.blocks if block.name == "activity"]
    assert {block.setting.size for block in rows} == {10}
    assert [block.row for block in rows] == list(range(len(rows)))
    assert [block.row for block in page.blocks if block.name == "at"] == [0, len(rows)]


# ── the document ─────────────────────────────────────────────────────────────


@every_form
def test_every_font_is_embedded(form: Form) -> None:
    found = [font for page in printed(form.number)[1] for font in page.fonts]
    assert {name.split("+")[1] for name, _ in found} <= {"LiberationSans", "LiberationSans-Bold"}
    assert all(is_embedded for _, is_embedded in found)


def fonts(page: pdfplumber.page.Page) -> Iterator[tuple[str, bool]]:
    for each in resolve1(resolve1(page.page_obj.resources)["Font"]).values():
        font = resolve1(each)
        yield font["BaseFont"].name, "FontFile2" in resolve1(font.get("FontDescriptor", {}))


@every_form
def test_a_missing_font_is_said_in_one_sentence(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = resources.path
    monkeypatch.setattr(resources, "path", lambda *parts: tmp_path if parts[0] == "fonts" else whole(*parts))
    typeset._widths.cache_clear()
    with pytest.raises(FormError, match=r"^The font .* is ") as caught:
        draw(form)
    typeset._widths.cache_clear()
    assert caught.value.hint == "Install the program again."


@official_form
def test_our_own_words_stand_outside_the_official_frame(form: Form) -> None:
    """Nothing may be added on the face of an official form; DRAFT, EXERCISE and the like stand in the margins."""
    made = marked(form)
    rules = [mark for page in form.pages for mark in face.load(page.face).marks if isinstance(mark, face.Rule)]
    top = min(min(rule.y0, rule.y1) for rule in rules)
    bottom = max(max(rule.y0, rule.y1) for rule in rules)
    _, pages = printed(form.number)
    assert pages[0].text.count("EXERCISE EXERCISE EXERCISE") == 2
    assert made.mark in pages[0].text
    for page, one in zip(pages, laid(form, made), strict=True):
        blank = face.load(form.pages[one.page - 1].face)
        expected = Counter(run for m in blank.marks if isinstance(m, face.Words) for r in m.runs for run in r[0])
        expected += Counter("".join(line for block in one.blocks for line in block.setting.lines))
        inside = Counter(char["text"] for char in page.chars if top < page.height - char["matrix"][5] < bottom)
        assert {letter: extra for letter, extra in (inside - expected).items() if letter.strip()} == {}


def test_the_example_file_names_only_what_the_forms_have() -> None:
    kept = json.loads(resources.path("forms", "example.json").read_text(encoding="utf-8"))
    assert {each["form"] for each in kept} == {form.number for form in forms.FORMS} - {"ICS 205", "ICS 217A"}
    for each in kept:
        form = forms.find(each["form"])
        assert set(each["fields"]) <= {field.name for field in form.fields}
        for name, rows in each["rows"].items():
            table = form.table(name)
            assert table is not None
            assert {key for row in rows for key in row} <= {"private", *(column.name for column in table.columns)}


def test_fields_with_options_take_one_of_them() -> None:
    field = Field("x", "X", None, Entry.CHOICE, options=(("Yes", (0, 0)), ("No", (9, 0))))
    assert [forms.layout.chosen(field, said) for said in ("yes", " No ", "", "maybe")] == ["Yes", "No", "", None]
