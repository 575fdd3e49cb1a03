"""What a filled-in 205 says."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdftypes import resolve1

import resources
from coml_toolkit import __version__, units
from coml_toolkit.errors import ComlError, FormError
from coml_toolkit.model.channel import Channel, Direction, Kind, Mode
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan
from forms import ICS205, draw, render, typeset
from forms.typeset import printable

# ── a plan ───────────────────────────────────────────────────────────────────

INCIDENT = Incident(name="Bear Creek Fire", time_zone="America/New_York")
PERIOD = Period(
    incident_id=INCIDENT.id,
    number=3,
    start_at=datetime(2026, 11, 22, 11, tzinfo=UTC),
    end_at=datetime(2026, 11, 22, 23, tzinfo=UTC),
    special_instructions="Plain language on all channels.\nMedical emergencies go to Command.",
    prepared_at=datetime(2026, 11, 22, 8, 40, tzinfo=UTC),
    prepared_by="Maria Ortiz",
)


def line(position: int = 0, *, remarks: str = "", zone: str = "1", **channel: object) -> Line:
    """A line of the plan; VTAC12 where nothing else is said."""
    vtac12: dict[str, object] = {
        "name": "VTAC12",
        "direction": Direction.BOTH,
        "rx_hz": 154_452_500,
        "rx_tone": units.parse_tone("CSQ"),
        "tx_hz": 154_452_500,
        "tx_tone": units.parse_tone("156.7"),
        "bandwidth_hz": 11_250,
        "mode": Mode.ANALOG,
    }
    resource = Channel(**{**vtac12, **channel})  # type: ignore[arg-type]
    assignment = Assignment(
        period_id=PERIOD.id,
        channel_id=resource.id,
        position=position,
        zone=zone,
        number=position + 1,
        function="Tactical",
        assignment=f"Division {position + 1}",
        remarks=remarks,
    )
    return Line(assignment=assignment, channel=resource)


def plan(*lines: Line, incident: Incident = INCIDENT, period: Period = PERIOD) -> Plan:
    return Plan(incident=incident, period=period, lines=lines)


def plan_of(count: int) -> Plan:
    return plan(*(line(position) for position in range(count)))


def signed(draft: Plan) -> Plan:
    return replace(draft, signed_by="Maria Ortiz", signed_at=datetime(2026, 11, 22, 8, 55, tzinfo=UTC))


# ── reading it back ──────────────────────────────────────────────────────────

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom


@cache
def cells() -> tuple[dict[str, Rectangle], list[list[Rectangle]]]:
    """The cells of the official 205, from its measured rules: the single ones by name, and eight rows of eleven."""
    file = Path(__file__).parent / "data" / "ics205.json"
    rules = json.loads(file.read_text(encoding="utf-8"))["rules"]
    xs = sorted(x0 for x0, y0, x1, y1, _ in rules if x0 == x1 and y0 < 156 and y1 > 400)
    ys = sorted(y0 for x0, y0, x1, y1, _ in rules if y0 == y1 and x1 - x0 > 700 and 150 < y0 < 430)
    assert (len(xs), len(ys)) == (12, 9)
    single = {
        "1": (36.1, 55.9, 265.6, 103.9),
        "2": (265.6, 55.9, 508.6, 103.9),
        "3": (508.6, 55.9, 755.9, 103.9),
        "5": (36.1, 419.5, 755.9, 522.4),
        "name": (293.2, 522.4, 490.4, 537.5),
        "signature": (550.6, 522.4, 750, 537.5),
        "iap": (229, 542, 324, 557.9),
        "date": (391.4, 542, 750.1, 557.9),
        "top": (35, 0, 757, 55.1),
        "bottom": (35, 558.6, 757, 612),
    }
    return single, [[(left, top, right, bottom) for left, right in pairwise(xs)] for top, bottom in pairwise(ys)]


@cache
def printed_on_blank() -> set[tuple[str, float, float]]:
    with pdfplumber.open(io.BytesIO(draw(ICS205).pdf)) as document:
        return {key(char) for char in document.pages[0].chars}


def key(char: dict[str, object]) -> tuple[str, float, float]:
    return str(char["text"]), round(float(char["x0"]), 1), round(float(char["top"]), 1)  # type: ignore[arg-type]


def inside(char: dict[str, float], cell: Rectangle, *, wholly: bool = True) -> bool:
    """All of the ink that a letter may have, or its middle, lies in the cell."""
    baseline = 612 - char["matrix"][5]  # type: ignore[index]
    left, top, right, bottom = cell
    if not wholly:
        return left <= (char["x0"] + char["x1"]) / 2 <= right and top <= baseline - 0.3 * char["size"] <= bottom
    above, below = baseline - 0.73 * char["size"], baseline + 0.22 * char["size"]
    return left <= char["x0"] and char["x1"] <= right and top <= above and below <= bottom


Read = tuple[dict[str, str], list[list[str]]]  # a page: what the single cells say, and the rows; without spaces


def read(pdf: bytes) -> list[Read]:
    """What was typed into each cell of each page. Fails where text leaves its cell."""
    single, rows = cells()
    pages = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            said = dict.fromkeys(single, "")
            table = [[""] * 11 for _ in rows]
            for char in page.chars:
                if key(char) in printed_on_blank() or char["text"].isspace():
                    continue
                row = next((n for n, row in enumerate(rows) if row[0][1] <= 612 - char["matrix"][5] <= row[0][3]), None)
                if row is None:
                    (cell,) = [name for name, cell in single.items() if inside(char, cell)]
                    said[cell] += char["text"]
                    continue
                column = next(n for n, cell in enumerate(rows[row]) if inside(char, cell, wholly=False))
                cell = rows[row][column]
                if 5 <= column <= 8:  # text may run across frequencies and tones, and is read from the first
                    rest = "".join(table[row][6:9])
                    cell = (rows[row][5][0], cell[1], rows[row][8][2], cell[3])
                    assert inside(char, cell), (char["text"], rest)
                assert inside(char, cell), char["text"]
                table[row][column] += char["text"]
            pages.append((said, table))
    return pages


def text(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def squeezed(said: str) -> str:
    """As it is printed, without spaces."""
    return "".join(printable(said, set()).split())


# ── what is written where ────────────────────────────────────────────────────


def test_a_conventional_channel_fills_its_row() -> None:
    ((_, rows),) = read(draw(ICS205, plan(line(remarks="Line of sight"))).pdf)
    assert rows[0] == [
        *("1", "1", "Tactical", "VTAC12", "Division1"),
        *("154.4525N", "CSQ", "154.4525N", "156.7", "A", "Lineofsight"),
    ]
    assert rows[1:] == [[""] * 11] * 7


def test_five_decimals_are_printed_where_the_fifth_is_not_zero() -> None:
    drawn = draw(ICS205, plan(line(rx_hz=769_243_750, tx_hz=799_243_750)))
    assert "769.24375 N" in text(drawn.pdf)
    assert "799.24375 N" in text(drawn.pdf)
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        (word,) = document.pages[0].search(r"769\.24375 N")  # on one line, and legible
    assert min(char["size"] for char in word["chars"]) >= 7


def test_what_is_not_known_says_so() -> None:
    bare = Line(assignment=line().assignment, channel=Channel(name="Mutual aid"))
    ((_, rows),) = read(draw(ICS205, plan(bare)).pdf)
    assert rows[0][5:10] == ["unknown"] * 5
    ((_, rows),) = read(draw(ICS205, plan(line(bandwidth_hz=None))).pdf)
    assert rows[0][5] == "154.4525?"


def test_a_receive_only_channel_says_so() -> None:
    ((_, rows),) = read(draw(ICS205, plan(line(direction=Direction.RECEIVE_ONLY, tx_hz=None))).pdf)
    assert rows[0][7:9] == ["RXonly", ""]


@pytest.mark.parametrize(
    ("resource", "across"),
    [
        ({"kind": Kind.TALKGROUP, "system": "TVRCS", "talkgroup_id": 4021}, "TVRCS · TG 4021"),
        ({"kind": Kind.TALKGROUP, "system": "TVRCS"}, "TVRCS · TG unknown"),
        ({"kind": Kind.TELEPHONE, "address": "+1 423 555 0123"}, "+1 423 555 0123"),
        ({"kind": Kind.DATA}, "unknown"),
    ],
)
def test_a_resource_without_frequencies_writes_across_their_columns(resource: dict[str, object], across: str) -> None:
    drawn = draw(ICS205, plan(line(rx_hz=None, tx_hz=None, **resource)))
    ((_, rows),) = read(drawn.pdf)
    assert "".join(rows[0][5:9]) == squeezed(across)
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        (words,) = document.pages[0].search(across, regex=False)
    assert (words["x0"] + words["x1"]) / 2 == pytest.approx((337.3 + 535.6) / 2, abs=1)


def test_the_head_says_name_and_local_times() -> None:
    ((said, _),) = read(draw(ICS205, plan_of(1)).pdf)
    assert said["1"] == "BearCreekFire"
    assert said["2"] == "11/22/20260340"
    assert said["3"] == "11/22/2026060011/22/20261800"


def test_an_incident_without_a_time_zone_says_that_its_times_are_utc() -> None:
    ((said, _),) = read(draw(ICS205, plan(line(), incident=Incident(name="Flood"))).pdf)
    assert said["2"] == "11/22/20260840UTC"


def test_a_draft_without_times_shows_none() -> None:
    bare = plan(line(), period=Period(incident_id=INCIDENT.id, number=1))
    ((said, _),) = read(draw(ICS205, bare).pdf)
    assert (said["2"], said["3"], said["name"], said["signature"], said["date"]) == ("", "", "", "", "")
    ((said, _),) = read(draw(ICS205, signed(bare)).pdf)
    assert said["2"] == "11/22/20260355"


def test_special_instructions_keep_their_lines() -> None:
    said = text(draw(ICS205, plan_of(1)).pdf)
    assert "\nPlain language on all channels.\nMedical emergencies go to Command.\n" in said


# ── draft, signed, revised, exercise ─────────────────────────────────────────


def test_it_is_a_draft_until_it_is_signed() -> None:
    drawn = draw(ICS205, plan_of(9))
    for said, _ in read(drawn.pdf):
        assert said["top"] == "DRAFT"
        assert "draft,notsigned" in said["bottom"]
        assert said["name"] == "MariaOrtiz"
        assert said["signature"] == said["date"] == ""
    for said, _ in read(draw(ICS205, signed(plan_of(9))).pdf):
        assert said["top"] == ""
        assert said["signature"] == "/s/MariaOrtiz"
        assert said["date"] == "11/22/20260355"


def test_a_draft_is_marked_across_the_page_without_disturbing_its_text() -> None:
    with pdfplumber.open(io.BytesIO(draw(ICS205, plan_of(1)).pdf)) as document:
        page = document.pages[0]
        pale = [each for each in page.lines + page.curves if each["stroking_color"] not in (0, (0,))]
        assert max(each["x1"] for each in pale) - min(each["x0"] for each in pale) > 400
        assert {each["stroking_color"] for each in pale} == {0.95}
        assert page.extract_text().count("DRAFT") == 1
    with pdfplumber.open(io.BytesIO(draw(ICS205, signed(plan_of(1))).pdf)) as document:
        page = document.pages[0]
        assert all(each["stroking_color"] in (0, (0,)) for each in page.lines + page.curves)


def test_a_revision_is_marked_outside_the_frame() -> None:
    ((said, _),) = read(draw(ICS205, replace(signed(plan_of(1)), revision=2)).pdf)
    assert said["top"] == "Revision2"
    assert "OperationalPeriod3·revision2(signed)·page1of1" in said["bottom"]
    ((said, _),) = read(draw(ICS205, replace(plan_of(1), revision=2)).pdf)
    assert said["top"] == "DRAFT–Revision2"


def test_an_exercise_cannot_be_taken_for_an_incident() -> None:
    drill = plan(*plan_of(9).lines, incident=replace(INCIDENT, is_exercise=True))
    for said, _ in read(draw(ICS205, drill).pdf):
        assert "EXERCISE" * 3 in said["top"]
        assert "EXERCISE" * 3 in said["bottom"]
    assert "EXERCISE" not in text(draw(ICS205, plan_of(1)).pdf)


def test_iap_pages_count_on() -> None:
    assert [said["iap"] for said, _ in read(draw(ICS205, plan_of(9), iap_page="12").pdf)] == ["12", "13"]
    assert [said["iap"] for said, _ in read(draw(ICS205, plan_of(9), iap_page="B-4").pdf)] == ["B-4", "B-4"]
    with pytest.raises(FormError, match="too long for an IAP page number"):
        draw(ICS205, plan_of(1), iap_page="the page after the medical plan")


# ── pages ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("lines", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_a_page_holds_eight_lines(lines: int, pages: int) -> None:
    drawn = draw(ICS205, plan_of(lines))
    found = read(drawn.pdf)
    assert drawn.pages == len(found) == pages
    printed = [row for _, rows in found for row in rows]
    assert [row[1] for row in printed[:lines]] == [str(number + 1) for number in range(lines)]
    assert printed[lines:] == [[""] * 11] * (8 * pages - lines)


def test_continuation_pages_are_whole_and_marked() -> None:
    drawn = draw(ICS205, plan_of(17))
    with pdfplumber.open(io.BytesIO(drawn.pdf)) as document:
        blank = printed_on_blank()
        assert all(blank <= {key(char) for char in page.chars} for page in document.pages)
    pages = [said for said, _ in read(drawn.pdf)]
    assert [said["5"].replace("Plainlanguageonallchannels.MedicalemergenciesgotoCommand.", "") for said in pages] == [
        "Page1of3,continuedonthenextpage",
        "Continuation1of2(page2of3)",
        "Continuation2of2(page3of3)",
    ]
    assert all("Plainlanguage" in said["5"] for said in pages)
    assert {said["1"] for said in pages} == {"BearCreekFire"}
    assert [said["bottom"].split("·")[3].split("COML")[0] for said in pages] == ["page1of3", "page2of3", "page3of3"]


def test_a_single_page_is_not_marked() -> None:
    assert "ontinu" not in text(draw(ICS205, plan_of(8)).pdf)


def test_long_remarks_go_on_in_the_next_row() -> None:
    long = " ".join(f"word{number}" for number in range(55))
    ((_, rows),) = read(draw(ICS205, plan(line(0), line(1, remarks=long), line(2))).pdf)
    assert [row[1] for row in rows[:6]] == ["1", "2", "2cont.", "2cont.", "3", ""]
    assert "".join(row[10] for row in rows) == squeezed(long)
    assert rows[2][2:10] == [""] * 8


def test_long_special_instructions_go_on_on_a_page_of_their_own() -> None:
    long = " ".join(f"instruction{number}" for number in range(300))
    drawn = draw(ICS205, plan(line(), period=replace(PERIOD, special_instructions=long)))
    pages = read(drawn.pdf)
    assert drawn.pages == 3
    assert [rows[0][1] for _, rows in pages] == ["1", "", ""]
    assert squeezed("Page 1 of 3, continued on the next page") in pages[0][0]["5"]


def test_a_long_name_goes_on_in_the_special_instructions() -> None:
    long = " ".join(f"name{number}" for number in range(80))
    ((said, _),) = read(draw(ICS205, plan(line(), incident=replace(INCIDENT, name=long))).pdf)
    start, rest = said["5"].split("1.IncidentName,continued:")
    assert start == "Plainlanguageonallchannels.MedicalemergenciesgotoCommand."
    assert said["1"] + rest == squeezed(long)


# ── nothing is lost, and nothing leaves its cell ─────────────────────────────

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PROSE = st.lists(st.text("abcdeW.-/ 0123", min_size=1, max_size=30), max_size=60).map(" ".join)
ONE_WORD = st.integers(1, 900).map(lambda length: "W" * length)
TEXT = st.one_of(ANY, PROSE, ONE_WORD)


@st.composite
def any_line(draw_: st.DrawFn) -> Line:
    kind = draw_(st.sampled_from(Kind))
    channel = Channel(
        name=draw_(TEXT),
        kind=kind,
        rx_hz=draw_(st.none() | st.integers(1, 10**11)),
        tx_hz=draw_(st.none() | st.integers(1, 10**11)),
        bandwidth_hz=draw_(st.none() | st.integers(1, 10**6)),
        direction=draw_(st.sampled_from(Direction)),
        system=draw_(TEXT),
        address=draw_(ANY),
    )
    assignment = Assignment(
        period_id="",
        channel_id=channel.id,
        position=0,
        zone=draw_(TEXT),
        number=draw_(st.none() | st.integers(0, 10**9)),
        function=draw_(TEXT),
        assignment=draw_(TEXT),
        remarks=draw_(TEXT),
    )
    return Line(assignment=assignment, channel=channel)


@settings(deadline=None, max_examples=12)
@given(lines=st.lists(any_line(), max_size=3), name=TEXT, instructions=TEXT | PROSE.map(lambda said: said * 9))
def test_nothing_is_lost_whatever_is_written(lines: list[Line], name: str, instructions: str) -> None:
    period = replace(PERIOD, special_instructions=instructions, prepared_by=name)
    drawn = draw(ICS205, plan(*lines, incident=replace(INCIDENT, name=name), period=period))
    pages = read(drawn.pdf)
    assert drawn.pages == len(pages)

    rows = [row for _, table in pages for row in table]
    for column, said in (
        (2, [each.assignment.function for each in lines]),
        (3, [each.channel.name for each in lines]),
        (4, [each.assignment.assignment for each in lines]),
        (10, [each.assignment.remarks for each in lines]),
    ):
        assert "".join(row[column] for row in rows) == "".join(squeezed(each) for each in said)
    assert sorted("".join("".join(row[5:9]) for row in rows)) == sorted("".join(map(between, lines)))
    zones = "".join(row[0] for row in rows)
    assert all(squeezed(each.assignment.zone) in zones for each in lines)  # repeated where a line goes on
    assert [row[1] for row in rows if row[1] and "cont." not in row[1]] == [
        str(each.assignment.number) for each in lines if each.assignment.number is not None
    ]

    block_5 = squeezed(instructions)
    for cell, title in (("1", "1.IncidentName"), ("name", "6.Name")):
        held = pages[0][0][cell]
        assert squeezed(name).startswith(held)
        if held != squeezed(name):
            block_5 += f"{title},continued:{squeezed(name).removeprefix(held)}"
    parts = [said["5"].removesuffix(mark(number + 1, len(pages))) for number, (said, _) in enumerate(pages)]
    assert "".join(parts) == block_5 or set(parts) == {block_5}  # on one page of its own, or repeated on each


def between(each: Line) -> str:
    """What the columns of frequencies and tones say together."""
    channel = each.channel
    if channel.kind is not Kind.CONVENTIONAL:
        return squeezed(units.across_text(channel) or units.UNKNOWN)
    columns = (units.rx_text, units.rx_tone_text, units.tx_text, units.tx_tone_text)
    return "".join(squeezed(column(channel)) for column in columns)


def mark(number: int, pages: int) -> str:
    if pages == 1:
        return ""
    if number == 1:
        return f"Page1of{pages},continuedonthenextpage"
    return f"Continuation{number - 1}of{pages - 1}(page{number}of{pages})"


@settings(deadline=None)
@given(said=TEXT, wide=st.floats(15, 700), high=st.floats(8, 90), is_one_line=st.booleans())
def test_a_setting_loses_nothing_and_keeps_to_its_room(said: str, wide: float, high: float, is_one_line: bool) -> None:
    said = printable(said, set())
    setting = typeset.fit(said, (wide, high), size=10, floor=6.5, is_one_line=is_one_line)
    assert "".join("".join(setting.lines).split()) + "".join(setting.rest.split()) == "".join(said.split())
    assert all(typeset.width(each, setting.size) <= wide + 0.01 for each in setting.lines)
    assert setting.height <= max(high, 6.5 * typeset.LEADING) + 0.01
    assert 6.5 <= setting.size <= 10
    assert not setting.rest or setting.size == 6.5  # continues only when it is as small as it may be


def test_a_word_is_broken_only_when_no_type_size_can_hold_it() -> None:
    assert typeset.fit("Communications", (60, 30), size=10, floor=6.5).lines == ("Communications",)
    assert typeset.fit("Law/Fire/EMS/Air", (40, 30), size=10, floor=6.5).lines == ("Law/Fire/", "EMS/Air")
    assert typeset.fit("frequency-coordination", (60, 30), size=10, floor=6.5).lines == ("frequency-", "coordination")


def test_characters_the_typeface_lacks_are_shown_by_code_and_told() -> None:
    drawn = draw(ICS205, plan(line(remarks="Fire 火 🚒\x07 zone\u200b\ta", zone="Zürich – №")))
    ((_, rows),) = read(drawn.pdf)
    assert rows[0][10] == "Fire[U+706B][U+1F692][U+0007]zonea"
    assert rows[0][0] == "Zürich–№"
    assert len(drawn.notes) == 3
    assert "“火” is not in the typeface of the forms; it is printed as [U+706B]." in drawn.notes


def test_a_lone_surrogate_is_no_reason_to_fail() -> None:
    drawn = draw(ICS205, plan(line(remarks="\ud800"), incident=replace(INCIDENT, name="A \udfff")))
    assert "[U+D800]" in text(drawn.pdf)


# ── the document ─────────────────────────────────────────────────────────────


def test_the_same_plan_gives_the_same_bytes() -> None:
    first = draw(ICS205, plan_of(24))
    assert draw(ICS205, plan_of(3)).pdf != first.pdf
    assert draw(ICS205, plan_of(24)).pdf == first.pdf
    assert draw(ICS205).pdf == draw(ICS205).pdf


def test_the_document_says_what_it_is() -> None:
    with pdfplumber.open(io.BytesIO(draw(ICS205, replace(signed(plan_of(1)), revision=2)).pdf)) as document:
        about = document.metadata
        assert about["Title"] == "ICS 205 – Bear Creek Fire – Operational Period 3"
        assert about["Author"] == "Maria Ortiz"
        assert about["Subject"] == "Incident Radio Communications Plan, revision 2, signed"
        assert about["Creator"] == f"COML Toolkit {__version__}"
        assert about["CreationDate"] == about["ModDate"] == "D:20261122085500Z"
        assert resolve1(document.doc.catalog["Lang"]) == b"en-US"


def test_every_font_is_embedded() -> None:
    with pdfplumber.open(io.BytesIO(draw(ICS205, plan_of(9)).pdf)) as document:
        found = [font for page in document.pages for font in fonts(page)]
    assert {name.split("+")[1] for name, _ in found} == {"LiberationSans", "LiberationSans-Bold"}
    assert all(is_embedded for _, is_embedded in found)


def fonts(page: pdfplumber.page.Page) -> Iterator[tuple[str, bool]]:
    for each in resolve1(resolve1(page.page_obj.resources)["Font"]).values():
        font = resolve1(each)
        yield font["BaseFont"].name, "FontFile2" in resolve1(font.get("FontDescriptor", {}))


def test_naming_the_forms_does_not_load_the_pdf_library() -> None:
    asked = "import sys, forms; print(forms.find('205').title, 'reportlab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "Incident Radio Communications Plan False"


# ── bad luck ─────────────────────────────────────────────────────────────────


@pytest.fixture
def font_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in place of the program's fonts."""
    whole = resources.path

    def path(*parts: str) -> Path:
        return tmp_path / parts[1] if parts[0] == "fonts" else whole(*parts)

    typeset._widths.cache_clear()
    monkeypatch.setattr(resources, "path", path)
    yield tmp_path
    typeset._widths.cache_clear()


def test_a_missing_font_is_said_in_one_sentence(font_folder: Path) -> None:
    with pytest.raises(FormError) as caught:
        draw(ICS205, plan_of(1))
    assert caught.value.message == "The font LiberationSans-Regular.ttf is missing from the program."
    assert caught.value.hint == "Install the program again."


@pytest.mark.parametrize("content", [b"", b"not a font at all", resources.path("fonts", "LICENSE.txt").read_bytes()])
def test_a_damaged_font_is_said_in_one_sentence(font_folder: Path, content: bytes) -> None:
    (font_folder / "LiberationSans-Regular.ttf").write_bytes(content)
    with pytest.raises(FormError, match=r"^The font LiberationSans-Regular\.ttf is damaged\.$"):
        draw(ICS205)


def test_an_existing_file_is_kept_without_force(tmp_path: Path) -> None:
    file = tmp_path / "ics205.pdf"
    file.write_text("the signed original")
    with pytest.raises(ComlError, match="exists already"):
        render(ICS205, plan_of(1), file)
    assert file.read_text() == "the signed original"
    drawn = render(ICS205, plan_of(1), file, force=True)
    assert file.read_bytes() == drawn.pdf


def test_a_file_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ComlError, match="could not be written") as caught:
        render(ICS205, plan_of(1), tmp_path / "file" / "ics205.pdf")
    assert caught.value.hint


def test_a_time_zone_that_does_not_exist_is_said_in_one_sentence() -> None:
    with pytest.raises(ComlError, match="is not a time zone"):
        draw(ICS205, plan(line(), incident=replace(INCIDENT, time_zone="Mars/Olympus")))
