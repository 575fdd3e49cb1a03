"""What is written on the forms that repeat the plan, and what the public may see of any of them."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pdfplumber
import pytest

import forms
from coml_toolkit import units
from coml_toolkit.model.channel import Channel, Direction, Kind, Mode
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan
from coml_toolkit.model.sheet import Sheet, fields_text, rows_text
from forms import content, draw, public
from forms.content import SENSITIVE, has_telephone, without_telephones
from forms.ics204 import contact, is_for
from forms.ics205a import by_name
from forms.ics220 import nets, value

INCIDENT = Incident(name="Bear Creek Fire", number="TN-1", time_zone="America/New_York", place="Bear Creek, TN")
PERIOD = Period(
    incident_id=INCIDENT.id,
    number=3,
    start_at=datetime(2026, 11, 22, 11, tzinfo=UTC),
    end_at=datetime(2026, 11, 22, 23, tzinfo=UTC),
    prepared_by="Maria Ortiz",
)
FEDERAL = "FEDERAL: not covered by FCC blanket"


def line(name: str, function: str, assignment: str, *, remarks: str = "", **channel: object) -> Line:
    values: dict[str, object] = {
        "direction": Direction.BOTH,
        "rx_hz": 154_452_500,
        "rx_tone": units.parse_tone("CSQ"),
        "tx_hz": 154_452_500,
        "tx_tone": units.parse_tone("156.7"),
        "bandwidth_hz": 11_250,
        "mode": Mode.ANALOG,
        "modulation": "FM",
    }
    resource = Channel(name=name, **{**values, **channel})  # type: ignore[arg-type]
    said = Assignment(
        period_id="",
        channel_id=resource.id,
        position=0,
        zone="1",
        number=2,
        function=function,
        assignment=assignment,
        remarks=remarks,
    )
    return Line(assignment=said, channel=resource)


def plan(*lines: Line, incident: Incident = INCIDENT) -> Plan:
    return Plan(incident=incident, period=PERIOD, lines=lines)


def sheet(form: str, fields: dict[str, str] | None = None, **rows: list[dict[str, str]]) -> Sheet:
    return Sheet(
        incident_id=INCIDENT.id,
        form=form,
        title="One",
        fields=fields_text(fields or {}),
        rows=rows_text(rows),
        made_at=datetime(2026, 11, 22, 14, 30, tzinfo=UTC),
    )


# ── heads ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", forms.FORMS, ids=lambda form: form.number)
def test_the_incident_and_its_period_come_from_the_plan(form: forms.Form) -> None:
    made = content(form, plan(line("VTAC12", "Tactical", "Division A")))
    expected = {
        "incident_name": {"Bear Creek Fire", "Bear Creek Fire, TN-1"},
        "incident_number": {"TN-1"},
        "date_from": {"11/22/2026"},
        "time_from": {"0600"},
        "date_to": {"11/22/2026"},
        "time_to": {"1800"},
    }
    for name, said in expected.items():
        if form.field(name) is not None:
            assert made.fields[name] in said
    assert made.edition.startswith("Operational Period 3")
    assert ("draft" in made.edition) == (form.is_plan or form.repeats_plan)


def test_what_is_typed_stands_before_what_the_plan_says() -> None:
    form = forms.find("213")
    typed = sheet("ICS 213", {"incident_name": "Bear Creek Complex", "made_time": "0715"})
    made = content(form, plan(), typed)
    assert (made.fields["incident_name"], made.fields["made_date"], made.fields["made_time"]) == (
        "Bear Creek Complex",
        "11/22/2026",
        "0715",
    )
    assert content(form, plan(), sheet("ICS 213")).fields["made_time"] == "0930"
    assert content(form, None, sheet("ICS 213")).fields["made_time"] == "1430 UTC"


def test_the_unit_signs_what_the_unit_prepares_and_nothing_else() -> None:
    for number in ("205A", "217", "309", "CDO"):
        assert "Maria Ortiz" in content(forms.find(number), plan()).fields["prepared_name"]
    for number in ("204", "210", "211", "213RR", "218", "220", "221", "225"):
        assert content(forms.find(number), plan()).fields.get("prepared_name", "") == ""
    assert content(forms.find("205A"), plan(), sheet("", {"prepared_name": "Luis"})).fields["prepared_name"] == "Luis"
    assert "prepared_position" not in content(forms.find("205A"), plan(), sheet("", {"prepared_name": "Luis"})).fields
    assert content(forms.find("221"), plan()).fields["communications_name"] == "Maria Ortiz"


# ── 204, block 8 ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("assignment", "units_", "is_it"),
    [
        ("Division A", {"division": "A"}, True),
        ("Div. A", {"division": "a"}, True),
        ("Division B", {"division": "A"}, False),
        ("Division A", {"division": "B"}, False),
        ("Division AA", {"division": "A"}, False),
        ("Divisions A, B and D", {"division": "D"}, True),
        ("Divisions A, B and D", {"division": "C"}, False),
        ("Div A/B", {"division": "B"}, True),
        ("Divisions A-D", {"division": "C"}, True),
        ("Divisions A-D", {"division": "E"}, False),
        ("Branches 1 & 2", {"branch": "2"}, True),
        ("Branch II", {"branch": "I"}, False),
        ("Division C, Structures", {"division": "C"}, True),
        ("Medical Group", {"group": "Medical"}, True),
        ("Medical Group", {"group": "Medical Group"}, True),
        ("Paramedical Group", {"group": "Medical"}, False),
        ("Group 2", {"group": "2"}, True),
        ("All divisions", {"division": "A"}, True),
        ("All divisions", {"group": "Medical"}, False),
        ("All divisions and groups", {"group": "Medical"}, True),
        ("All", {"staging": "Cove Lake"}, True),
        ("All units", {"division": "A"}, True),
        ("Cove Lake Staging Area", {"staging": "Cove Lake"}, True),
        ("Staging", {"staging": "Cove Lake"}, False),
        ("Arriving units", {"division": "A"}, False),
        ("", {"division": "A"}, False),
        ("All divisions", {"division": ""}, False),
    ],
)
def test_a_line_is_for_the_units_that_its_assignment_names(
    assignment: str, units_: dict[str, str], is_it: bool
) -> None:
    assert is_for(assignment, units_) is is_it


def test_block_8_of_a_204_says_what_the_205_says() -> None:
    made = content(
        forms.find("204"),
        plan(
            line("VTAC12", "Tactical", "Division A"),
            line("VTAC13", "Tactical", "Division B"),
            line("OPS 1", "Support", "All", kind=Kind.TALKGROUP, system="TVRCS", talkgroup_id=4021, mode=Mode.DIGITAL),
        ),
        sheet("ICS 204", {"division": "A"}, communications=[{"name": "T. Baird", "contact": "423-555-0133"}]),
    )
    assert [(row["name"], row.get("function"), row["contact"]) for row in made.tables["communications"]] == [
        ("VTAC12", "Tactical", "Zone 1 Ch 2 · RX 154.4525 N CSQ · TX 154.4525 N 156.7 · A"),
        ("OPS 1", "Support", "Zone 1 Ch 2 · TVRCS · TG 4021 · D"),
        ("T. Baird", None, "423-555-0133"),
    ]
    receive = line("NOAA", "Weather", "All", direction=Direction.RECEIVE_ONLY, tx_hz=None)
    assert contact(receive) == "Zone 1 Ch 2 · RX 154.4525 N CSQ · RX only · A"


def test_a_204_of_nobody_repeats_no_line() -> None:
    assert not content(forms.find("204"), plan(line("VTAC12", "Tactical", "All"))).tables.get("communications")


def test_five_nets_of_a_division_take_a_second_204() -> None:
    lines = [line(f"VTAC1{number}", "Tactical", "Division A") for number in range(5)]
    assert draw(forms.find("204"), plan(*lines[:4]), sheet=sheet("ICS 204", {"division": "A"})).pages == 1
    assert draw(forms.find("204"), plan(*lines), sheet=sheet("ICS 204", {"division": "A"})).pages == 2


# ── 220, block 8 ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("function", "assignment", "rows"),
    [
        ("Air-to-ground", "Helispot", ("air_ground",)),
        ("Ground-to-Air", "", ("air_ground",)),
        ("Air/Ground", "", ("air_ground",)),
        ("A/G", "Division A", ("air_ground",)),
        ("Air-to-air", "Helicopters", ("air_rotary",)),
        ("Air-to-Air", "Tankers", ("air_fixed",)),
        ("Air to air", "All aircraft", ("air_fixed", "air_rotary")),
        ("Flight following", "", ("air_rotary",)),
        ("Air guard", "", ("air_guard",)),
        ("Take-off and landing", "Helibase", ("takeoff",)),
        ("Deck", "Helibase", ("deck",)),
        ("Command", "All divisions", ("command",)),
        ("Tactical", "Command post", ()),
        ("Tactical", "Division A", ()),
    ],
)
def test_a_net_belongs_in_its_row_of_the_220(function: str, assignment: str, rows: tuple[str, ...]) -> None:
    assert nets(line("X", function, assignment)) == rows


def test_block_8_of_a_220_has_am_and_fm_where_they_belong() -> None:
    air = line("AIR 1", "Air-to-air", "Helicopters", rx_hz=122_900_000, tx_hz=122_900_000, modulation="AM")
    ground = line("AG 1", "Air-to-ground", "", tx_hz=159_472_500)
    made = content(forms.find("220"), plan(air, ground))
    assert made.fields["air_rotary_am"] == "AIR 1\n122.9000 N\nR CSQ T 156.7"
    assert made.fields["air_ground_fm"] == "AG 1\nR 154.4525 N CSQ\nT 159.4725 N 156.7"
    assert not any(made.fields.get(name) for name in ("air_rotary_fm", "air_ground_am", "air_fixed_am", "command_fm"))
    assert (
        content(forms.find("220"), plan(ground), sheet("", {"air_ground_fm": "see 205"})).fields["air_ground_fm"]
        == "see 205"
    )


def test_a_net_without_frequencies_says_its_system_on_the_220() -> None:
    talkgroup = line("AG 2", "A/G", "", kind=Kind.TALKGROUP, system="TVRCS", talkgroup_id=7)
    assert value(talkgroup.channel) == "AG 2\nTVRCS · TG 7"


# ── 205A, 213RR, 217, 309, the card ──────────────────────────────────────────


def test_the_205a_is_in_the_order_of_family_names() -> None:
    names = ["Maria Ortiz", "bell, Iris", "Tom Baird", "", "Ortiz, Ana"]
    rows = [{"name": name, "position": str(place)} for place, name in enumerate(names)]
    made = content(forms.find("205A"), plan(), sheet("ICS 205A", contacts=rows))
    assert [row.get("name", "") for row in made.tables["contacts"]] == [
        "",
        "Tom Baird",
        "bell, Iris",
        "Maria Ortiz",
        "Ortiz, Ana",
    ]
    assert by_name("van der Berg, Jan") < by_name("Vance, A.")


def test_totals_are_added_up_only_when_all_of_them_are_numbers() -> None:
    rows = [{"radios": "12"}, {"radios": " 3 "}, {"element": "x"}]
    made = content(forms.find("217"), plan(), sheet("", elements=rows, cache=[{"radios": "2"}, {"radios": "a few"}]))
    assert made.fields["total_elements"] == "15"
    assert "total_cache" not in made.fields
    assert content(forms.find("217"), None, sheet("", {"total_cache": "9"}, cache=rows)).fields["total_cache"] == "9"


def test_the_operator_prepares_the_309() -> None:
    made = content(forms.find("309"), plan(), sheet("", {"operator": "Mika Sato, KX4ZZZ"}))
    assert made.fields["prepared_name"] == "Mika Sato, KX4ZZZ"


def test_the_channel_card_is_in_the_order_of_the_radios_menu() -> None:
    def at(zone: str, number: int | None, name: str) -> Line:
        one = line(name, "Tactical", "")
        return replace(one, assignment=replace(one.assignment, zone=zone, number=number))

    lines = (at("10", 1, "e"), at("2", None, "d"), at("2", 2, "c"), at("1", 3, "b"), at("2", 1, "x"), at("1", 2, "a"))
    telephone = line("t", "", "", kind=Kind.TELEPHONE)
    made = content(forms.find("CARD"), plan(*lines, telephone))
    assert [row.get("channel", "") for row in made.tables["channels"]] == ["a", "b", "", "x", "c", "d", "", "e"]
    assert made.is_draft


def test_the_handover_says_which_plan_is_in_force() -> None:
    made = content(forms.find("HANDOVER"), plan(line("VTAC12", "Tactical", "")))
    assert made.fields["plan"] == "Operational Period 3 · revision 1 (draft, not signed), 1 line"


# ── not for public release ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    ["423-555-0117", "(423) 555-0117", "+1 423 555 0117", "4235550117", "VCALL10; 423.555.0117", "555-0117 night"],
)
def test_a_telephone_number_is_seen(text: str) -> None:
    assert has_telephone(text)


def test_only_the_number_itself_is_withheld() -> None:
    said = "VTAC12 154.4525; 423-555-0117 (day), 423-555-0118 (night)"
    assert without_telephones(said) == "VTAC12 154.4525; withheld (day), withheld (night)"


@pytest.mark.parametrize(
    "text",
    [
        "VTAC12",
        "RX 154.4525 N CSQ · TX 159.4725 N 156.7",
        "11/22/2026 0930",
        "2026-11-22",
        "Radio 4101",
        "769.24375 N",
        "",
    ],
)
def test_a_frequency_or_a_date_is_no_telephone_number(text: str) -> None:
    assert not has_telephone(text)


def text(pdf: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [page.extract_text() for page in document.pages]


def test_a_205_with_federal_channels_is_headed_and_its_public_copy_is_without_them() -> None:
    secret = line("IR 1", "Command", "Division A", eligibility=FEDERAL)
    both = plan(line("VTAC12", "Tactical", "Division A"), secret, *[line("V", "Tactical", "")] * 7)
    whole = text(draw(forms.find("205"), both).pdf)
    assert len(whole) == 2
    assert all(SENSITIVE in page for page in whole)
    assert "IR 1" in whole[0]
    (copy,) = text(draw(forms.find("205"), both, is_public=True).pdf)
    assert "IR 1" not in copy
    assert SENSITIVE not in copy
    assert "PUBLIC COPY: 1 row is withheld" in copy
    (plain,) = text(draw(forms.find("205"), plan(line("VTAC12", "Tactical", ""))).pdf)
    assert SENSITIVE not in plain


@pytest.mark.parametrize("number", ["204", "220", "CARD"])
def test_forms_that_repeat_federal_channels_withhold_them_too(number: str) -> None:
    secret = line("IR 1", "Command", "Division A", eligibility=FEDERAL)
    form = forms.find(number)
    made = content(form, plan(secret), sheet(form.number, {"division": "A"} if number == "204" else {}))
    assert made.notice == SENSITIVE
    copy = public(form, made)
    assert copy.notice == "PUBLIC COPY: 1 row is withheld"
    assert "IR 1" in str(made)
    assert "IR 1" not in str(copy)


def test_a_public_205a_is_without_private_rows_and_without_telephones() -> None:
    form = forms.find("205A")
    rows = [
        {"name": "Ortiz, M.", "position": "COML", "contact": "423-555-0117; VCALL10"},
        {"name": "Bell, I.", "position": "MEDL", "contact": "VMED29"},
        {"name": "Dunn, K.", "position": "Undercover", "contact": "VLAW31", "private": "yes"},
    ]
    made = content(form, plan(), sheet("ICS 205A", contacts=rows))
    assert made.notice == SENSITIVE
    copy = public(form, made)
    assert [(row["name"], row["contact"]) for row in copy.tables["contacts"]] == [
        ("Bell, I.", "VMED29"),
        ("Ortiz, M.", "withheld; VCALL10"),
    ]
    assert copy.notice == "PUBLIC COPY: 1 row and 1 telephone number are withheld"
    bare = content(form, plan(), sheet("ICS 205A", contacts=[rows[1]]))
    assert bare.notice == ""
    assert public(form, bare).notice == "PUBLIC COPY: no rows are withheld"


def test_telephones_in_single_fields_are_withheld() -> None:
    form = forms.find("220")
    made = content(form, plan(), sheet("ICS 220", {"helibase_manager_phone": "423-555-0162", "remarks": "Wires."}))
    copy = public(form, made)
    assert (copy.fields["helibase_manager_phone"], copy.fields["remarks"]) == ("withheld", "Wires.")
