"""The blank pages lie on the official ones: every rule, label and box."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from reportlab.pdfgen.canvas import Canvas

import forms
from coml_toolkit.errors import FormError
from forms import face
from forms.face import Bar, Box, Face, Mark, Rule, Words

DATA = Path(__file__).parent / "data"
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"  # beside the checkout, where there is one
needs_reference = pytest.mark.skipif(not REFERENCE.exists(), reason="the official forms are not here")

Measured = dict[str, list[list[float | str | bool]]]

# ── what a printed page shows ────────────────────────────────────────────────


def measure(page: pdfplumber.page.Page) -> Measured:
    """The black rules, boxes and words of a page, in points from its top left corner."""
    level, upright, boxes = [], [], []
    for each in page.rects + page.lines:
        x0, y0, x1, y1 = (float(each[key]) for key in ("x0", "top", "x1", "bottom"))
        is_line = each["object_type"] == "line"
        colour = each["stroking_color"] if is_line or each["stroke"] else each["non_stroking_color"]
        if colour not in (0, (0,), (0, 0, 0)):
            continue
        thick = float(each["linewidth"]) if is_line else 0.0
        if y1 - y0 <= 2:
            level.append(((y0 + y1) / 2, thick or y1 - y0, x0, x1))
        if x1 - x0 <= 2:
            upright.append(((x0 + x1) / 2, thick or x1 - x0, y0, y1))
        if each["stroke"] and x1 - x0 > 5 and y1 - y0 > 5:
            boxes.append([(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0])
    rules = [[x0, y, x1, y, weight] for y, weight, x0, x1 in joined(level)]
    rules += [[x, y0, x, y1, weight] for x, weight, y0, y1 in joined(upright)]
    return {
        "rules": sorted([round(number, 1) for number in rule] for rule in rules),
        "boxes": sorted([round(number, 1) for number in box] for box in boxes),
        "words": sorted(words(page), key=str),
    }


def joined(pieces: list[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Official pages print a rule in pieces from crossing to crossing: (place, thickness, from, to) made whole."""
    whole: list[tuple[float, float, float, float]] = []
    for place, thick, start, end in sorted(pieces, key=lambda piece: (round(piece[0] * 2), piece[2])):
        if whole:
            place0, thick0, start0, end0 = whole[-1]
            if abs(place - place0) < 0.4 and start - end0 < 0.3 and abs(thick - thick0) < 0.5:
                whole[-1] = (place0, max(thick, thick0), start0, max(end, end0))
                continue
        whole.append((place, thick, start, end))
    return [rule for rule in whole if rule[3] - rule[2] > 5]


def words(page: pdfplumber.page.Page) -> list[list[float | str | bool]]:
    """Text, x, baseline, type size, is bold, of each word that is black and stands upright."""
    found = []
    for word in page.extract_words(x_tolerance=1.5, extra_attrs=["fontname", "size"], return_chars=True):
        first = word["chars"][0]
        if first["upright"]:
            place = [round(float(word["x0"]), 1), round(float(page.height) - first["matrix"][5], 1)]
            found.append([word["text"], *place, round(word["size"], 1), "Bold" in word["fontname"]])
    return found


def differences(found: Measured, official: Measured, within: float = 1.0) -> list[str]:
    """What is missing, moved, of another thickness or type size, or not on the official page; one line each."""
    told = []
    for kind, pieces in official.items():
        left = list(found[kind])
        for piece in pieces:
            match = next((other for other in left if alike(piece, other, within)), None)
            if match is None:
                told.append(f"{kind}: {piece} is missing")
            else:
                left.remove(match)
        told += [f"{kind}: {other} is not on the official page" for other in left]
    return told


def alike(piece: list[float | str | bool], other: list[float | str | bool], within: float) -> bool:
    """The same words, within so many points; thickness and type size, the last number, within a fifth of a point."""
    numbers = [place for place, value in enumerate(piece) if type(value) is float]
    said = [place for place in range(len(piece)) if place not in numbers]
    limits = dict.fromkeys(numbers, within) | {numbers[-1]: 0.25}
    return all(piece[place] == other[place] for place in said) and all(
        abs(float(piece[place]) - float(other[place])) <= limit for place, limit in limits.items()
    )


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


# ── the 205 ──────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def official() -> Measured:
    """Measured from the page of FEMA's own PDF; nothing in it comes from our data."""
    return json.loads((DATA / "ics205_measured.json").read_text(encoding="utf-8"))


def test_the_blank_205_lies_on_the_official_page(official: Measured) -> None:
    drawn = forms.draw(forms.find("205"))
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        (page,) = document.pages
        assert (page.width, page.height) == (792, 612)
        assert differences(measure(page), official) == []


def test_the_measurements_say_what_a_205_needs(official: Measured) -> None:
    said = " ".join(str(word[0]) for word in official["words"])
    assert len(official["rules"]) == 34
    assert all(word in said for word in ("INCIDENT", "Prepared:", "Tone/NAC", "Talkgroup", "Signature:", "Remarks"))
    assert {word[3] for word in official["words"]} == {14.0, 10.0, 9.0}


def without(marks: tuple[Mark, ...], place: int) -> tuple[Mark, ...]:
    return marks[:place] + marks[place + 1 :]


def moved(marks: tuple[Mark, ...], place: int, dx: float, dy: float) -> tuple[Mark, ...]:
    mark = marks[place]
    assert isinstance(mark, Rule | Words)
    if isinstance(mark, Words):
        changed: Mark = replace(mark, x=mark.x + dx, y=mark.y + dy)
    else:
        changed = replace(mark, x0=mark.x0 + dx, x1=mark.x1 + dx, y0=mark.y0 + dy, y1=mark.y1 + dy)
    return (*marks[:place], changed, *marks[place + 1 :])


def resized(marks: tuple[Mark, ...], place: int) -> tuple[Mark, ...]:
    mark = marks[place]
    changed = replace(mark, size=mark.size + 1) if isinstance(mark, Words) else replace(mark, weight=mark.weight + 0.5)
    return (*marks[:place], changed, *marks[place + 1 :])


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(without, id="missing"),
        pytest.param(lambda marks, place: moved(marks, place, 2, 0), id="two points to the right"),
        pytest.param(lambda marks, place: moved(marks, place, 0, -2), id="two points up"),
        pytest.param(resized, id="of another size"),
    ],
)
def test_every_rule_and_label_that_is_wrong_is_found(
    harm: Callable[[tuple[Mark, ...], int], tuple[Mark, ...]], official: Measured
) -> None:
    good = face.load("ics205")
    harmed = [replace(good, marks=harm(good.marks, place)) for place in range(len(good.marks))]
    with pdf([good, *harmed]) as document:
        reports = [differences(measure(page), official) for page in document.pages]
    assert reports[0] == []
    assert [good.marks[place] for place, report in enumerate(reports[1:]) if not report] == []


@needs_reference
def test_the_measurements_are_those_of_the_official_page(official: Measured) -> None:
    with pdfplumber.open(REFERENCE / "forms_pdf" / "ics_205_fema_v3.pdf") as document:
        assert measure(document.pages[0]) == official


# ── the language of the faces ────────────────────────────────────────────────


def marks(line: str) -> tuple[Mark, ...]:
    return face.parse(f"1 p1 portrait\n{line}", "test.txt").marks


def test_a_list_may_step() -> None:
    assert [rule.y0 for rule in marks("H .5 10-20: 5 187.9+33x2") if isinstance(rule, Rule)] == [5, 187.9, 220.9, 253.9]


def test_every_kind_of_line_draws_what_the_readme_says() -> None:
    assert marks("F 1 2 3 4 0.753") == (Bar(1, 2, 3, 4, 0.753),)
    assert marks("H 1.5 10-20: 5") == (Rule(10, 5, 20, 5, 1.5),)
    assert marks("V .5 10-20: 5 6") == (Rule(5, 10, 5, 20, 0.5), Rule(6, 10, 6, 20, 0.5))
    assert marks("U 8: 10-20 30.5-40") == (Rule(10, 8, 20, 8, 0.7), Rule(30.5, 8, 40, 8, 0.7))
    assert marks("B 12x11: 378,340") == (Box(378, 340, 12, 11),)
    assert marks("T9 7: 1 One  two | 2 /") == (Words(1, 7, 9, (("One  two", False),)), Words(2, 7, 9, (("/", False),)))
    assert marks("P7 1 10+8: One | two") == (Words(1, 10, 7, (("One", False),)), Words(1, 18, 7, (("two", False),)))
    assert marks("R: 3,4 # of") == (Words(3, 4, 10, (("# of", False),), is_turned=True),)
    assert marks("T 1: 2 **6. By** (Name)**:**  X") == (
        Words(2, 1, 10, (("6. By", True), (" (Name)", False), (":", True), ("  X", False))),
    )


def test_boxes_cover_the_rules_they_stand_on() -> None:
    drawn = marks("T 1: 2 Yes\nB 9x9: 5,5\nV 1 0-9: 5\nH 1 0-9: 5\nF 0 0 9 9 .9")
    assert [type(mark) for mark in drawn] == [Bar, Rule, Rule, Box, Words]


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


# ── all official forms: each page we may draw one day is measured already ────

DRAW_BLOCK = re.compile(r"```draw ((\S+) p(\d) \w+\n.*?)```", re.DOTALL)
BLOCKS = DRAW_BLOCK.findall((REFERENCE / "ics_forms.md").read_text(encoding="utf-8")) if REFERENCE.exists() else []
SYMBOL_BOX = "\uf063"  # official check boxes are letters of a symbol typeface; ours are rectangles


@needs_reference
@pytest.mark.parametrize(("block", "number", "page"), BLOCKS, ids=[f"{each[1]} p{each[2]}" for each in BLOCKS])
def test_the_words_of_every_official_page_are_in_their_place(block: str, number: str, page: str) -> None:
    drawn = face.parse(block, number)
    with pdf([drawn]) as ours, pdfplumber.open(REFERENCE / "forms_pdf" / f"ics_{number}_fema_v3.pdf") as theirs:
        paper = theirs.pages[int(page) - 1]
        official = measure(paper)["words"]
        official = [word for word in official if word[0] != SYMBOL_BOX and not (number == "204" and word[0] == "1")]
        within = 1.5 if number == "217a" else 1.0  # the type of the 217A is spaced
        found = {"words": measure(ours.pages[0])["words"], "turned": turned(ours.pages[0])}
        assert differences(found, {"words": official, "turned": turned(paper)}, within) == []


def turned(page: pdfplumber.page.Page) -> list[list[float | str | bool]]:
    """The letters that read upwards: letter, baseline x, start y, type size."""
    return [
        [char["text"], char["matrix"][4], float(page.height) - char["matrix"][5], round(char["size"], 1)]
        for char in page.chars
        if not char["upright"] and char["text"].strip()
    ]
