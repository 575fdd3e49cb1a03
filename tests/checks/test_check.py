"""The checker as a whole: twenty mistakes, the library against itself, ids that last, and nothing it cannot survive."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coml_toolkit import library, planning
from coml_toolkit.checks import RULES, Context, Paper, Patch, Radio, check
from coml_toolkit.example import make_example
from coml_toolkit.model.channel import CSQ, UNKNOWN_TONE, Channel, Direction, Encryption, Kind, Mode, Tone
from coml_toolkit.model.finding import Disposition, Finding, Severity, finding_id, in_lines
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan
from coml_toolkit.spectrum import Site
from coml_toolkit.store import open_store
from coml_toolkit.store.content import content, plan_of

IDS = [rule.id for rule in RULES]


def evaluated(found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.severity is not Severity.NOT_EVALUATED]


# ── twenty planted mistakes ──────────────────────────────────────────────────


def planted(make: Any) -> tuple[Plan, Context]:
    """One mistake for each of R01 to R19, and one for P01; the other lines are as they should be."""
    uses = iter(f"Division {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def line(standard: str, /, **values: Any) -> Line:
        return make.line(standard, **({"assignment": next(uses)} | values))

    def own(name: str, *mhz: str, **values: Any) -> Line:
        return make.own(name, *mhz, **({"assignment": next(uses)} | values))

    everybody = {"assignment": "All divisions"}
    return make.plan(
        make.line("UTAC42", function="Command", **everybody),
        make.line("UTAC42D", function="Command direct", **everybody),
        make.line("8CALL90D", function="Calling", assignment="Arriving units"),
        own("COUNTY 1", "458.3000", assignment=""),  # R01
        own("COUNTY 2", "455.1625", ""),  # R02
        own("REGION 7", "769.2440"),  # R03
        own("COUNTY 3", "154.9750"),  # R04
        line("VCALL10", rx_hz=155_790_000, tx_hz=155_790_000),  # R05
        line("UTAC43", rx_hz=458_862_500, tx_hz=453_862_500),  # R06
        own("LOCAL 5", "458.8625", function="Direct"),
        line("UTAC41", tx_hz=453_462_500),  # R07
        line("VTAC14", tx_tone=Tone(ctcss_dhz=1365)),  # R08
        own("COUNTY 4", "460.1125", mode=Mode.DIGITAL, modulation="P25"),  # R09
        own("COUNTY 5", "466.6750", emission="8K10F1E"),  # R10
        own("COUNTY 6", "451.2375", bandwidth_hz=25_000),  # R11
        line("Marine 16", bandwidth_hz=12_500, emission=""),  # R12
        line("Marine 15 RX", direction=Direction.BOTH, tx_hz=156_750_000),  # R13
        own("NPSPAC 1", "868.2625", bandwidth_hz=20_000),  # R14
        line("VFIRE26"),  # R15
        line("VTAC12"),  # R16
        line("8TAC92D", remarks="AES, strapped"),  # R17
        line("VTAC13", name="VTAC 13"),  # R18
        line("DEPLOY-A", remarks="Licence of the State"),  # R19
        own("COUNTY 7", "451.8625"),
        own("COUNTY 7", "451.8625"),  # P01
    ), make.all_known(is_in_puerto_rico_or_usvi=True)


EXPECTED = [*(f"R{number:02}" for number in range(1, 20)), "P01"]


def test_twenty_planted_mistakes_are_found_and_nothing_else(make: Any) -> None:
    plan, context = planted(make)
    found = check(plan, context=context)
    assert sorted(one.rule for one in evaluated(found)) == sorted(EXPECTED)
    rows = {one.rule: one.rows for one in evaluated(found)}
    assert rows["R05"] == (8,)
    assert rows["P01"] == (24, 25)


def test_what_the_plan_does_not_say_is_not_evaluated_once_a_rule(make: Any) -> None:
    plan, context = planted(make)
    for known in (context, Context()):
        rules = [one.rule for one in check(plan, context=known) if one.severity is Severity.NOT_EVALUATED]
        assert len(rules) == len(set(rules))
    missing = {one.rule: one for one in check(plan) if one.severity is Severity.NOT_EVALUATED}
    assert {"R16", "P07", "P08", "P09", "P10", "P11", "P12", "P13", "X01", "X02", "X03", "X04", "X05"} <= set(missing)
    assert missing["P01"].rows == (5,)
    assert missing["P01"].missing == "transmit frequencies"
    assert missing["P10"].message.endswith("Not known: the radios assigned, and what they can do.")


# ── the library against itself ───────────────────────────────────────────────


@pytest.mark.parametrize("channel", library.channels(), ids=lambda channel: channel.name)
def test_a_channel_that_ships_is_in_order_as_it_is(channel: Channel, make: Any) -> None:
    found = [one for one in check(make.plan(make.line(channel))) if one.rule.startswith("R")]
    may_fire = {"R15"} | ({"R19"} if channel.modulation == "P25 trunked" else set())
    assert {one.rule for one in evaluated(found)} <= may_fire
    not_evaluated = {one.rule for one in found if one.severity is Severity.NOT_EVALUATED}
    raster_unknown = {"R04"} if channel.service == "Air SAR (mil/USCG)" else set()
    assert not_evaluated <= {"R09", "R16", *raster_unknown}


def test_all_channels_that_ship_are_in_order_in_one_plan(make: Any) -> None:
    plan = make.plan(*(make.line(channel, assignment=channel.name) for channel in library.channels()))
    rules = {one.rule for one in evaluated(check(plan)) if one.rule.startswith("R")}
    assert rules == {"R15", "R19"}


def test_another_library_can_be_compared_with(make: Any) -> None:
    county = replace(make.own("COUNTY 1", "155.0100").channel, service="County", edition="2026")
    plan = make.plan(make.own("County 1", "155.0250"))
    (found,) = [one for one in check(plan, context=Context(library=(county,))) if one.rule == "R05"]
    assert found.message == "County 1 (line 1) is on 155.0250 MHz; 2026 has it on 155.0100 MHz."


# ── co-channel ───────────────────────────────────────────────────────────────

TONES = [CSQ, UNKNOWN_TONE, Tone(ctcss_dhz=1567), Tone(dcs=23), Tone(dcs=23, is_dcs_inverted=True), Tone(nac=0x293)]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("tone", TONES)
def test_a_tone_or_a_mode_never_hides_a_co_channel(tone: Tone, mode: Mode, make: Any) -> None:
    first = make.own("COUNTY 1", "155.0100")
    second = make.own("COUNTY 2", "155.0100", assignment="Division B", rx_tone=tone, tx_tone=tone, mode=mode)
    found = {one.rule: one for one in check(make.plan(first, second))}
    assert found["P01"].severity is Severity.ERROR
    assert found["P01"].rows == (1, 2)
    same = make.plan(make.line("VTAC13"), make.line("VTAC13", assignment="Division B", tx_tone=tone, mode=mode))
    (error,) = [one for one in check(same) if one.rule == "P01"]
    assert error.severity is Severity.ERROR


def test_the_message_names_channel_uses_lines_and_frequency(make: Any) -> None:
    lines = [make.line("VCALL10"), make.line("VTAC13", assignment="Division B")]
    lines += [make.line("VTAC12"), make.line("VTAC13", assignment="Rapid extraction")]
    (found,) = [one for one in check(make.plan(*lines)) if one.rule == "P01"]
    expected = "VTAC13 is on Division B (line 2) and Rapid extraction (line 4): both transmit on 158.7375 MHz."
    assert found.message == expected


@pytest.mark.parametrize(
    ("function", "others", "severity"),
    [
        ("Tactical", "Division A", Severity.INFO),
        ("tactical ", "division  a", Severity.INFO),
        ("Tactical", "Division B", Severity.ERROR),
        ("Support", "Division A", Severity.ERROR),
        ("Tactical", "", Severity.ERROR),
    ],
)
def test_one_net_on_two_lines_is_no_mistake(function: str, others: str, severity: Severity, make: Any) -> None:
    plan = make.plan(make.line("VTAC13", zone="1"), make.line("VTAC13", zone="2", function=function, assignment=others))
    (found,) = [one for one in check(plan) if one.rule == "P01"]
    assert found.severity is severity


# ── ids ──────────────────────────────────────────────────────────────────────


def ids(plan: Plan, context: Context | None = None) -> list[str]:
    return [one.id for one in check(plan, context=context)]


def test_ids_are_unique_in_a_plan(make: Any) -> None:
    twins = make.plan(*(make.own("COUNTY 3", "460.5", bandwidth_hz=25_000) for _ in range(3)), *planted(make)[0].lines)
    assert len(set(ids(twins))) == len(ids(twins))


def test_ids_are_the_same_from_run_to_run(make: Any) -> None:
    plan, context = planted(make)
    assert ids(plan, context) == ids(plan, context)
    known = finding_id("P01", (158_737_500, ("vtac13", "tactical", "division b")))
    assert known == "P01-459506f32a"  # dispositions in people's files depend on it


def test_ids_do_not_depend_on_the_order_of_the_lines(make: Any) -> None:
    plan, context = planted(make)
    patched = [make.line("VTAC11", remarks="Patched to VLAW31"), make.line("VLAW31", remarks="AES")]
    patched += [make.line("VMED29", remarks="Patched to VTAC11 and VLAW31")]
    plan = make.plan(*plan.lines, *patched)
    turned = make.plan(*reversed(plan.lines))
    assert sorted(ids(turned, context)) == sorted(ids(plan, context))


def test_ids_survive_a_copied_period(make: Any) -> None:
    plan, _ = planted(make)
    change = planning.copy_forward(plan, [plan.period], plan.period.end_at, plan.period.end_at + timedelta(hours=12))
    (period,) = [one for one in change.after if isinstance(one, Period)]
    channels = {one.id: one for one in change.after if isinstance(one, Channel)}
    assignments = [one for one in change.after if isinstance(one, Assignment)]
    copied = Plan(
        incident=plan.incident,
        period=period,
        lines=tuple(Line(assignment=one, channel=channels[one.channel_id]) for one in assignments),
    )

    def of_lines(plan: Plan) -> list[str]:
        return [one.id for one in check(plan) if one.rule not in ("P13", "P15")]  # those are about the period itself

    assert {line.assignment.id for line in copied.lines}.isdisjoint(line.assignment.id for line in plan.lines)
    assert of_lines(copied) == of_lines(plan)


def test_ids_survive_signing(make: Any) -> None:
    plan, context = planted(make)
    change = planning.sign(plan, "Dana Whitfield", make.start_at - timedelta(hours=1))
    (revision,) = change.after
    signed = plan_of(revision, plan.incident, plan.period)  # type: ignore[arg-type]
    assert content(signed) == content(plan)
    assert ids(signed, context) == ids(plan, context)


def test_a_disposition_lapses_when_the_facts_change(make: Any) -> None:
    def finding(tone: int) -> str:
        (found,) = [
            one for one in check(make.plan(make.line("VTAC11", tx_tone=Tone(ctcss_dhz=tone)))) if one.rule == "R08"
        ]
        return found.id

    accepted = Disposition(
        incident_id="incident", finding_id=finding(1365), words="accepted because …", by="Dana", at=make.start_at
    )
    assert finding(1365) == accepted.finding_id
    assert finding(1273) != accepted.finding_id


# ── order, words ─────────────────────────────────────────────────────────────


def test_the_gravest_findings_stand_first_then_the_rules_in_their_order(make: Any) -> None:
    plan, context = planted(make)
    found = check(plan, context=replace(context, divisions=None))
    places = [(list(Severity).index(one.severity), IDS.index(one.rule)) for one in found]
    assert all(one <= other for one, other in pairwise(places))


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([4], "line 4"), ([6, 4, 4], "lines 4 and 6"), ([1, 2, 3, 9], "lines 1 to 3 and 9"), ([1, 2], "lines 1 and 2")],
)
def test_lines_are_named_in_words(numbers: list[int], words: str) -> None:
    assert in_lines(numbers) == words


def test_an_empty_plan_has_no_nets_and_nothing_else(make: Any) -> None:
    found = evaluated(check(make.plan(), context=make.all_known()))
    assert [one.message for one in found] == ["No line is a command net.", "No line is a calling or emergency channel."]


# ── unknown is never OK ──────────────────────────────────────────────────────

BLANK = Channel(name="COUNTY 9", rx_hz=155_010_000, tx_hz=155_010_000, direction=Direction.BOTH)


@pytest.mark.parametrize(
    ("rule", "channel", "missing"),
    [
        ("R04", replace(BLANK, rx_hz=243_000_000), "rasters"),
        ("R05", replace(BLANK, name="VTAC11", rx_hz=151_137_500, tx_hz=None), "frequencies"),
        ("R08", replace(BLANK, name="VTAC11"), "tones"),
        ("R09", BLANK, "tones"),
        ("R09", replace(BLANK, tx_tone=Tone(ctcss_dhz=1567)), "modes"),
        ("R10", BLANK, "modes"),
        ("R10", replace(BLANK, mode=Mode.ANALOG), "emissions"),
        ("R11", BLANK, "bandwidths"),
        ("R12", replace(BLANK, name="Marine 16"), "bandwidths"),
        ("R13", Channel(name="WX", rx_hz=162_550_000), "directions"),
        ("R15", BLANK, "conditions"),
        ("P01", replace(BLANK, tx_hz=None), "frequencies"),
        ("P02", replace(BLANK, tx_hz=None), "frequencies"),
        ("P03", replace(BLANK, tx_hz=None), "frequencies"),
        ("P04", replace(BLANK, tx_hz=None), "frequencies"),
        ("P05", replace(BLANK, tx_hz=None), "frequencies"),
        ("P08", replace(BLANK, tx_hz=None), "frequencies"),
        ("P11", BLANK, "bandwidths"),
    ],
)
def test_what_a_line_does_not_say_is_not_evaluated(rule: str, channel: Channel, missing: str, make: Any) -> None:
    found = [one for one in check(make.plan(make.line(channel))) if one.rule == rule]
    (unknown,) = [one for one in found if one.severity is Severity.NOT_EVALUATED]
    assert missing in unknown.missing
    assert unknown.rows == (1,)
    assert evaluated(found) == []


def test_encryption_of_which_the_rule_is_not_known_is_not_evaluated(make: Any) -> None:
    (found,) = [one for one in check(make.plan(make.own("A", "155.01", remarks="Encrypted"))) if one.rule == "R17"]
    assert found.severity is Severity.NOT_EVALUATED
    assert found.missing == "the rules for encryption"


def test_a_radio_of_which_little_is_known_is_evaluated_in_part(make: Any) -> None:
    cache = Radio(name="Cache", bands_hz=((450_000_000, 470_000_000),))
    found = [
        one for one in check(make.plan(make.line("VTAC11")), context=Context(radios=(cache,))) if one.rule == "P10"
    ]
    assert [one.severity for one in found] == [Severity.ERROR, Severity.NOT_EVALUATED]
    assert found[1].missing.startswith("of Cache: bandwidths, modes")


@pytest.mark.parametrize(
    ("name", "limit", "message"),
    [
        (
            "UTAC42D",
            {"bands_hz": ((1, 174_000_000),)},
            "Cache cannot use UTAC42D (line 1): 453.7125 MHz is outside its bands.",
        ),
        ("Marine 16", {"bandwidths_hz": (12_500,)}, "Cache cannot use Marine 16 (line 1): it has no wide channels."),
        ("VTAC11", {"bandwidths_hz": (25_000,)}, "Cache cannot use VTAC11 (line 1): it has no narrow channels."),
        ("7TAC51D", {"modes": frozenset({Mode.ANALOG})}, "Cache cannot use 7TAC51D (line 1): it does not do mode D."),
        ("7TAC51D", {"has_nac": False}, "Cache cannot use 7TAC51D (line 1): it has no NAC."),
        (
            "VTAC36",
            {"has_split_tones": False},
            "Cache cannot use VTAC36 (line 1): it has no separate tones for receive and transmit.",
        ),
        (
            "VTAC36",
            {"name_length": 5},
            "Cache cannot use VTAC36 (line 1): its display holds 5 of the name's 6 characters.",
        ),
    ],
)
def test_what_a_radio_cannot_do_is_said(name: str, limit: dict[str, Any], message: str, make: Any) -> None:
    context = Context(radios=(Radio(name="Cache", **limit),))
    found = [one for one in check(make.plan(make.line(name)), context=context) if one.rule == "P10"]
    assert [one.message for one in evaluated(found)] == [message]


def test_the_example_has_no_error(tmp_path: Path) -> None:
    with open_store(make_example(tmp_path / "example.coml")) as store:
        plans = [store.plan(period.id) for period in store[Period].all()]
    assert len(plans) == 3
    assert [one.message for plan in plans for one in check(plan) if one.severity is Severity.ERROR] == []


def test_importing_the_checker_does_not_import_numpy() -> None:
    code = "import coml_toolkit.checks, coml_toolkit.spectrum, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ── anything at all ──────────────────────────────────────────────────────────

NAMES = st.sampled_from([channel.name for channel in library.channels()]) | st.text(max_size=12)
TEXTS = st.text(max_size=20) | st.sampled_from(
    ["Command", "Tactical", "Calling", "Division A", "All divisions", "AES", "Patched to VTAC11", "Divisions A and B"]
)
HERTZ = st.none() | st.integers(0, 10**11) | st.sampled_from([one.rx_hz for one in library.channels()])
ANY_TONE = st.sampled_from([*TONES, Tone(ctcss_dhz=1, nac=-1), Tone(dcs=999), Tone(nac=10**6)])
TIMES = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
CHANNELS = st.builds(
    Channel,
    name=NAMES,
    kind=st.sampled_from(Kind),
    service=TEXTS,
    eligibility=TEXTS,
    direction=st.sampled_from(Direction),
    rx_hz=HERTZ,
    rx_tone=ANY_TONE,
    tx_hz=HERTZ,
    tx_tone=ANY_TONE,
    bandwidth_hz=st.none() | st.integers(0, 10**8) | st.sampled_from([6_250, 12_500, 25_000]),
    mode=st.sampled_from(Mode),
    modulation=st.sampled_from(["", "FM", "P25", "FM / P25", "P25 trunked", "?"]),
    emission=st.sampled_from(["", "11K0F3E", "8K10F1E", "11K0F3E, 8K10F1E", "000H0A0A", "x"]),
    encryption=st.sampled_from(Encryption),
    system=TEXTS,
    talkgroup_id=st.none() | st.integers(0, 2**16),
    address=TEXTS,
    edition=st.sampled_from(["", "NIFOG 2.02", "NIFOG 1.4", "2020"]),
) | st.sampled_from(library.channels())


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    incident = Incident(name=draw(TEXTS))
    period = Period(
        incident_id=incident.id,
        number=draw(st.integers(0, 99)),
        start_at=draw(TIMES),
        end_at=draw(TIMES),
        prepared_at=draw(TIMES),
        prepared_by=draw(TEXTS),
        special_instructions=draw(TEXTS),
    )
    empty = Plan(incident=incident, period=period)
    lines = [
        planning.new_line(
            empty,
            channel,
            zone=draw(st.sampled_from(["", "1", "2"])),
            number=draw(st.none() | st.integers(0, 20)),
            function=draw(TEXTS),
            assignment=draw(TEXTS),
            remarks=draw(TEXTS),
        )
        for channel in draw(st.lists(CHANNELS, max_size=8))
    ]
    return replace(empty, lines=tuple(lines), revision=draw(st.integers(1, 3)), signed_at=draw(TIMES))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), plans(), TIMES, st.booleans())
def test_no_plan_is_too_odd_to_be_checked(plan: Plan, other: Plan, now: datetime | None, is_known: bool) -> None:
    names = tuple(line.channel.name for line in plan.lines)
    context = Context(
        now=now,
        periods=(plan.period, other.period),
        other_plans=(other,),
        is_in_puerto_rico_or_usvi=True,
        is_north_of_line_a=True,
        is_in_vtac17_county=False,
        divisions=("Division A", ""),
        has_aircraft=True,
        radios=(Radio(name="A"), Radio(name="B", bands_hz=(), modes=frozenset(), zone_size=0, name_length=1)),
        exports=("chirp", "csv", "no such format"),
        sites=(Site(name="Hill", channels=names, first_if_hz=21_400_000), Site(name="", channels=())),
        patches=(Patch(name="", channels=names), Patch(name="1", channels=names[:2])),
        papers=(Paper(form="ICS 204", plan=other),),
    )
    found = check(plan, context=context if is_known else None)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one.rule in IDS
        assert one.message
        assert all(1 <= row <= len(plan.lines) for row in one.rows)
        assert one.line_ids == tuple(plan.lines[row - 1].assignment.id for row in one.rows)
    assert check(plan, context=context if is_known else None) == found
