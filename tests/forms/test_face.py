"""The blank pages lie on the official ones: every rule, label, bar and box."""

import io
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page
from reportlab.pdfgen.canvas import Canvas

import forms
from coml_toolkit.errors import FormError
from forms import face
from forms.face import Bar, Box, Face, Mark, Rule, Words

DATA = Path(__file__).parent / "data"
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"  # beside the checkout, where there is one
needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="the official forms are not here")

CARDS = {1: 2, 2: 4, 3: 7, 4: 9, 5: 11, 6: 14, 7: 16, 8: 18, 10: 20}  # each T-card's page in the one PDF of them all
OFFICIAL = {
    page.face: (form, number)
    for form in forms.FORMS
    if form.is_official
    for number, page in enumerate(form.pages, start=1)
}
every_official_page = pytest.mark.parametrize("name", OFFICIAL)

Piece = list[float | str | bool]
Measured = dict[str, list[Piece]]

# ── what a printed page shows ────────────────────────────────────────────────


def measure(page: Page) -> Measured:
    """The rules, check boxes, bars, words and turned letters of a page, in points from its top left corner."""
    level, upright, bars = [], [], set()
    for each in page.rects + page.lines:
        x0, y0, x1, y1 = (float(each[key]) for key in ("x0", "top", "x1", "bottom"))
        is_line = each["object_type"] == "line"
        if is_line and each["linewidth"] < 0.2:  # beside the rules of the 217A stand hairs
            continue
        colour = rgb(each["stroking_color"] if is_line or each["stroke"] else each["non_stroking_color"])
        thick = float(each["linewidth"]) if is_line else 0.0
        if colour == (0, 0, 0) and y1 - y0 <= 2.6 and x1 - x0 >= y1 - y0 - 1:
            level.append(((y0 + y1) / 2, thick or y1 - y0, x0, x1))
        if colour == (0, 0, 0) and x1 - x0 <= 2.6 and y1 - y0 >= x1 - x0 - 1:
            upright.append(((x0 + x1) / 2, thick or x1 - x0, y0, y1))
        if not each["stroke"] and max(colour) > 0.1 and min(colour) < 1 and x1 - x0 > 5 and y1 - y0 > 5:
            bars.add((x0, y0, x1, y1, "#" + "".join(f"{round(255 * part):02X}" for part in colour)))
    rules = [[x0, y, x1, y, weight] for y, weight, x0, x1 in joined(joined(level))]
    rules += [[x, y0, x, y1, weight] for x, weight, y0, y1 in joined(joined(upright))]
    return {
        "rules": sorted(rounded(rule) for rule in rules if rule[2] - rule[0] + rule[3] - rule[1] > 5),
        "boxes": sorted(rounded(box) for box in boxes(page)),
        "bars": sorted((rounded(bar) for bar in bars if not any(covers(other, bar) for other in bars)), key=str),
        "words": sorted(words(page), key=str),
        "turned": sorted(turned(page), key=str),
    }


def rounded(piece: list[float] | tuple[float | str, ...]) -> Piece:
    return [round(part, 1) if isinstance(part, float) else part for part in piece]


def rgb(colour: float | tuple[float, ...] | None) -> tuple[float, ...]:
    parts = colour if isinstance(colour, tuple) else (colour or 0,)
    return parts * 3 if len(parts) == 1 else parts


def covers(bar: tuple[float | str, ...], other: tuple[float | str, ...]) -> bool:
    """Official pages shade a cell and, in it, the line of text once more."""
    return bar != other and bar[4] == other[4] and bar[0] <= other[0] and bar[2] >= other[2] and bar[1] == other[1]


def boxes(page: Page) -> Iterator[list[float]]:
    """Check boxes: fields of an official form, rectangles on ours; middle and size."""
    found = [each for each in page.annots if "Btn" in str(each["data"].get("FT", "")) + str(kind_of_parent(each))]
    found = found or [each for each in page.rects if each["stroke"] and each["width"] > 5 and each["height"] > 5]
    for each in found:
        x0, y0, x1, y1 = (float(each[key]) for key in ("x0", "top", "x1", "bottom"))
        yield [(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0]


def kind_of_parent(annotation: dict[str, dict[str, object]]) -> object:
    parent = annotation["data"].get("Parent")
    return parent.resolve().get("FT", "") if hasattr(parent, "resolve") else ""


Line = tuple[float, float, float, float]  # place, thickness, from, to


def joined(pieces: list[Line]) -> list[Line]:
    """Official pages print a rule in pieces from crossing to crossing: made whole."""
    whole: list[list[float]] = []
    for place, thick, start, end in sorted(pieces, key=lambda piece: (round(piece[0] * 2), piece[2])):
        for other in reversed(whole[-40:]):
            if abs(place - other[0]) < 0.4 and other[2] - 2 <= start < other[3] + 1.7 and abs(thick - other[1]) < 0.5:
                other[1:] = max(thick, other[1]), other[2], max(end, other[3])
                break
        else:
            whole.append([place, thick, start, end])
    return [tuple(rule) for rule in whole]  # type: ignore[misc]


def words(page: Page) -> Iterator[Piece]:
    """Text, x, baseline, type size, is bold, of each word that stands upright."""
    for word in page.extract_words(x_tolerance=1.5, extra_attrs=["fontname", "size"], return_chars=True):
        first = word["chars"][0]
        is_box = "Webdings" in word["fontname"]  # official check boxes are also letters of a symbol typeface
        is_filled_in = word["text"] == "1" and first["size"] == 18  # four that the 204 holds, and no reader shows
        if first["upright"] and not is_box and not is_filled_in:
            place = [round(float(word["x0"]), 1), round(float(page.height) - first["matrix"][5], 1)]
            yield [word["text"], *place, round(word["size"], 1), "Bold" in word["fontname"]]


def turned(page: Page) -> Iterator[Piece]:
    """The letters that read upwards: letter, baseline x, start y, type size."""
    for char in page.chars:
        if not char["upright"] and char["text"].strip():
            place = [round(char["matrix"][4], 1), round(float(page.height) - char["matrix"][5], 1)]
            yield [char["text"], *place, round(char["size"], 1)]


STRICT = {"rules", "words", "turned"}  # whose last number is a thickness or a type size, right to a fifth of a point


def differences(found: Measured, official: Measured, within: float = 1.0) -> list[str]:
    """What is missing, moved, of another thickness or type size, or not on the official page; one line each."""
    told = []
    for kind, pieces in official.items():
        left: dict[tuple[object, ...], list[Piece]] = defaultdict(list)
        for piece in found[kind]:
            left[said(piece)].append(piece)
        for piece in pieces:
            others = left[said(piece)]
            match = next((each for each in others if alike(kind, piece, each, within)), None)
            if match is None:
                told.append(f"{kind}: {piece} is missing")
            else:
                others.remove(match)
        told += [f"{kind}: {other} is not on the official page" for others in left.values() for other in others]
    return told


def said(piece: Piece) -> tuple[object, ...]:
    """What must be the same: the words, and how many numbers there are."""
    return (len(piece), *(part for part in piece if not isinstance(part, float)))


def alike(kind: str, piece: Piece, other: Piece, within: float) -> bool:
    """Within so many points."""
    pairs = [(one, two) for one, two in zip(piece, other, strict=True) if isinstance(one, float)]
    limits = [within] * len(pairs)
    if kind in STRICT:
        limits[-1] = 0.25
    return all(abs(one - float(two)) <= limit for (one, two), limit in zip(pairs, limits, strict=True))


def pdf(drawn: list[Face]) -> pdfplumber.PDF:
    """Blank pages as a finished PDF, opened."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for each in drawn:
        canvas.setPageSize((each.width, each.height))
        face.draw(canvas, each)
        canvas.showPage()
    canvas.save()
    return pdfplumber.open(file)


# ── every official page ──────────────────────────────────────────────────────


@cache
def official(name: str) -> Measured:
    """Measured from the page of FEMA's own PDF; nothing in it comes from our data."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@cache
def ours(name: str) -> Measured:
    """Measured from our own blank page."""
    with pdf([face.load(name)]) as document:
        return measure(document.pages[0])


@every_official_page
def test_a_blank_page_lies_on_the_official_one(name: str) -> None:
    assert differences(ours(name), official(name)) == []


@every_official_page
def test_what_is_wrong_on_a_blank_page_is_found(name: str) -> None:
    for kind, pieces in ours(name).items():
        for place in range(0, len(pieces), max(1, len(pieces) // 8)):
            for harm in (missing, to_the_right, up, *((resized,) if kind in STRICT else ())):
                harmed = [*pieces[:place], *harm(kind, pieces[place]), *pieces[place + 1 :]]
                told = differences({kind: harmed}, {kind: official(name)[kind]})
                assert told, (harm, pieces[place])


def missing(kind: str, piece: Piece) -> list[Piece]:
    return []


def to_the_right(kind: str, piece: Piece) -> list[Piece]:
    return [shifted(kind, piece, 0, 2.0)]


def up(kind: str, piece: Piece) -> list[Piece]:
    return [shifted(kind, piece, 1, -2.0)]


def shifted(kind: str, piece: Piece, axis: int, by: float) -> Piece:
    """Two points away: far enough to be seen, near enough to be overlooked by eye."""
    numbers = [place for place, part in enumerate(piece) if isinstance(part, float)]
    moved = {numbers[axis]} | ({numbers[axis + 2]} if kind in {"rules", "bars"} else set())
    return [part + by if place in moved else part for place, part in enumerate(piece)]  # type: ignore[operator]


def resized(kind: str, piece: Piece) -> list[Piece]:
    size = max(place for place, part in enumerate(piece) if isinstance(part, float))
    return [[part + 0.5 if place == size else part for place, part in enumerate(piece)]]  # type: ignore[operator]


def test_a_face_that_is_harmed_is_found_on_paper() -> None:
    good = face.load("ics205")
    harmed = [
        replace(good, marks=good.marks[:place] + good.marks[place + 1 :]) for place in range(0, len(good.marks), 13)
    ]
    with pdf([good, *harmed]) as document:
        reports = [differences(measure(page), official("ics205")) for page in document.pages]
    assert reports[0] == []
    assert all(reports[1:])


def test_every_measured_page_has_its_face() -> None:
    assert {file.stem for file in DATA.glob("*.json")} == set(OFFICIAL)
    assert len(OFFICIAL) == 25


@pytest.mark.parametrize(
    ("name", "rules", "boxes", "said"),
    [
        ("ics204", 40, 0, "Reporting Location, Special Equipment"),
        ("ics205", 34, 0, "INCIDENT RADIO COMMUNICATIONS PLAN"),
        ("ics205a", 50, 0, "Method(s) of Contact"),
        ("ics211", 40, 5, "Check-In Information"),
        ("ics213rr", 35, 5, "SPUL PROC"),
        ("ics214-2", 50, 0, "(continuation)"),
        ("ics217a", 35, 0, "Repeater and base stations must be programmed"),
        ("ics219-7", 60, 24, "EQUIPMENT (YELLOW)"),
        ("ics221", 45, 20, "Demobilization Leader"),
        ("ics225-1", 25, 41, "THIS RATING IS TO BE USED"),
    ],
)
def test_the_measurements_are_of_the_page_they_are_named_for(name: str, rules: int, boxes: int, said: str) -> None:
    page = official(name)
    words = {str(word[0]) for word in page["words"]}
    assert len(page["rules"]) >= rules
    assert len(page["boxes"]) == boxes
    assert all(any(word in each for each in words) for word in said.split())


def official_page(document: pdfplumber.PDF, name: str) -> Page:
    form, number = OFFICIAL[name]
    card = form.number.removeprefix("ICS 219-")
    return document.pages[(CARDS[int(card)] if card != form.number else number) - 1]


def official_file(name: str) -> Path:
    number = OFFICIAL[name][0].number.removeprefix("ICS ").lower()
    return REFERENCE / "forms_pdf" / f"ics_{'219_tcards' if number.startswith('219') else number}_fema_v3.pdf"


@needs_reference
@every_official_page
def test_the_measurements_are_those_of_the_official_page(name: str) -> None:
    with pdfplumber.open(official_file(name)) as document:
        assert measure(official_page(document, name)) == official(name)


# ── where we write ───────────────────────────────────────────────────────────


@needs_reference
@every_official_page
def test_every_field_of_the_official_form_is_ours_too(name: str) -> None:
    form, number = OFFICIAL[name]
    places = [place for field in form.fields for place in field.on(number)]
    for table in form.tables:
        places += [
            (column.between[0], top, column.between[1], bottom)
            for column in table.columns
            for top, bottom in table.rows(number)
        ]
    if (iap := form.pages[number - 1].iap_page) is not None:
        places.append(iap)
    points = [point for field in form.fields if field.page == number for _, point in field.options]
    with pdfplumber.open(official_file(name)) as document:
        lost = []
        for each in official_page(document, name).annots:
            x0, y0, x1, y1 = (float(each[key]) for key in ("x0", "top", "x1", "bottom"))
            is_written = any(
                min(x1, right) - max(x0, left) > 0.4 * (x1 - x0) and min(y1, bottom) - max(y0, top) > 0
                for left, top, right, bottom in places
            )
            is_ticked = any(x0 <= x <= x1 and y0 <= y <= y1 for x, y in points)
            if not is_written and not is_ticked:
                lost.append((each["title"], x0, y0))
    assert lost == []


# ── the language of the faces ────────────────────────────────────────────────


def marks(line: str) -> tuple[Mark, ...]:
    return face.parse(f"1 p1 portrait\n{line}", "test.txt").marks


def test_a_list_may_step() -> None:
    assert [rule.y0 for rule in marks("H .5 10-20: 5 187.9+33x2") if isinstance(rule, Rule)] == [5, 187.9, 220.9, 253.9]


def test_every_kind_of_line_draws_what_the_readme_says() -> None:
    assert marks("F 1 2 3 4 0.753") == (Bar(1, 2, 3, 4, (0.753, 0.753, 0.753)),)
    assert marks("F 1 2 3 4 #FF0000") == (Bar(1, 2, 3, 4, (1, 0, 0)),)
    assert marks("H 1.5 10-20: 5") == (Rule(10, 5, 20, 5, 1.5),)
    assert marks("V .5 10-20: 5 6") == (Rule(5, 10, 5, 20, 0.5), Rule(6, 10, 6, 20, 0.5))
    assert marks("U 8: 10-20 30.5-40") == (Rule(10, 8, 20, 8, 0.7), Rule(30.5, 8, 40, 8, 0.7))
    assert marks("B 12x11: 378,340") == (Box(378, 340, 12, 11),)
    assert marks("T9 7: 1 One  two | 2 /") == (Words(1, 7, 9, (("One  two", False),)), Words(2, 7, 9, (("/", False),)))
    assert marks("S9 7: 1 **Front**") == (Words(1, 7, 9, (("Front", True),), is_slanted=True),)
    assert marks("P7 1 10+8: One | two") == (Words(1, 10, 7, (("One", False),)), Words(1, 18, 7, (("two", False),)))
    assert marks("R: 3,4 # of") == (Words(3, 4, 10, (("# of", False),), is_turned=True),)
    assert marks("T 1: 2 **6. By** (Name)**:**  X") == (
        Words(2, 1, 10, (("6. By", True), (" (Name)", False), (":", True), ("  X", False))),
    )


def test_boxes_cover_the_rules_they_stand_on() -> None:
    drawn = marks("T 1: 2 Yes\nB 9x9: 5,5\nV 1 0-9: 5\nH 1 0-9: 5\nF 0 0 9 9 .9")
    assert [type(mark) for mark in drawn] == [Bar, Rule, Rule, Box, Words]


def test_a_check_box_is_found_by_any_point_in_it() -> None:
    page = face.parse("1 p1 portrait\nB 9x9: 5,5 25,5", "test.txt")
    assert face.box_at(page, (26, 3)) == Box(25, 5, 9, 9)
    with pytest.raises(ValueError, match="no check box"):
        face.box_at(page, (15, 5))


@pytest.mark.parametrize(
    "line",
    [
        "H 1.5 10-20",
        "H 1.5 10: 5",
        "X 1 2 3",
        "T 5: Name",
        "T 5: 1 **Name",
        "B 12x: 1,2",
        "U 5: 10",
        "R: 5 a",
        "F 1 2 3",
        "F 1 2 3 4 #FF",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(FormError, match=r"Line 3 of the form page bad\.txt cannot be read") as caught:
        face.parse(f"1 p1 portrait\n# a remark\n{line}", "bad.txt")
    assert caught.value.hint


@pytest.mark.parametrize("text", ["", "# nothing\n", "205 landscape\n"])
def test_a_face_must_say_how_its_paper_lies(text: str) -> None:
    with pytest.raises(FormError, match=r"bad\.txt"):
        face.parse(text, "bad.txt")


def test_a_missing_face_is_said_in_one_sentence() -> None:
    with pytest.raises(FormError, match=r"^The form page ics999\.txt is missing from the program\.$"):
        face.load("ics999")
