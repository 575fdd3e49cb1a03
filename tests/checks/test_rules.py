"""Each rule fires where it should, stays silent where it should, and says when it cannot know."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from coml_toolkit.checks import RULES, Context, Paper, Patch, Radio, Rule, check
from coml_toolkit.model.channel import Channel, Direction, Encryption, Kind, Mode, Tone
from coml_toolkit.model.finding import Finding, Severity
from coml_toolkit.model.plan import Plan
from coml_toolkit.spectrum import Site

Case = Callable[[Any], Plan | tuple[Plan, Context]]


def on(*names: str, **values: Any) -> Case:
    """A plan of library channels, each for its own division."""
    return lambda make: make.plan(*(make.line(name, assignment=f"Division {name}", **values) for name in names))


def own(name: str, rx: str, tx: str | None = None, **values: Any) -> Case:
    """A plan of one channel that is in no library."""
    return lambda make: make.plan(make.own(name, rx, tx, **values))


def known(case: Case, **context: Any) -> Case:
    """The same plan with everything known, and these facts."""
    return lambda make: (case(make), make.all_known(**context))


def tone(ctcss_dhz: int | None = None, **codes: Any) -> dict[str, Tone]:
    one = Tone(ctcss_dhz=ctcss_dhz, **codes)
    return {"rx_tone": one, "tx_tone": one}


CROSS_MOUNTAIN = Site(name="Cross Mountain", channels=("REP 1", "REP 2"))
ANALOG_HANDHELD = Radio(
    name="Cache VHF",
    bands_hz=((136_000_000, 174_000_000),),
    bandwidths_hz=(12_500,),
    modes=frozenset({Mode.ANALOG}),
    has_split_tones=False,
    has_nac=False,
    zone_size=2,
    name_length=6,
)
PERFECT_RADIO = Radio(
    name="Perfect",
    bands_hz=((1, 10**10),),
    bandwidths_hz=(12_500, 25_000),
    modes=frozenset(Mode),
    has_split_tones=True,
    has_nac=True,
    zone_size=16,
    name_length=16,
)

# For each rule plans it must fire on, and plans it must be silent on: no finding at all, not even “not evaluated”.
FIRES: dict[str, list[Case]] = {
    "R01": [on("VTAC11", name=" "), lambda make: make.plan(make.line("VTAC11", assignment=""))],
    "R02": [
        own("COUNTY 8", "155.0100", ""),
        own("COUNTY 8", "", "155.0100", direction=Direction.RECEIVE_ONLY),
        lambda make: make.plan(make.line(Channel(name="OPS 1", kind=Kind.TALKGROUP, system="County"))),
    ],
    "R03": [own("REGION 7", "769.2440"), own("COUNTY 7", "95.5000"), own("COUNTY 7", "155.753"), own("C7", "830.0")],
    "R04": [own("COUNTY 6", "155.7630"), own("COUNTY 6", "155.7600", "153.7720"), own("AIR 1", "124.1700")],
    "R05": [
        on("VCALL10", rx_hz=155_760_000, tx_hz=155_760_000),
        on("8TAC91", rx_hz=851_537_500),
        on("UTAC42", name="BIG REPEATER"),
        on("VTAC11", name="COUNTY 1"),
    ],
    "R06": [
        on("UTAC42", rx_hz=458_712_500, tx_hz=453_712_500),
        on("VTAC36", rx_hz=159_472_500, tx_hz=151_137_500),  # its own name, VTAC33's pair
        own("BIG REPEATER", "458.7125", "453.7125"),
    ],
    "R07": [
        on("UTAC42", tx_hz=453_712_500),
        on("UTAC42D", tx_hz=458_712_500),
        own("COUNTY 2D", "155.0100", "153.7700"),
    ],
    "R08": [
        on("VTAC36", tx_tone=Tone(ctcss_dhz=1567)),
        on("VTAC11", rx_tone=Tone()),
        on("VTAC11", rx_tone=Tone(ctcss_dhz=1365), direction=Direction.RECEIVE_ONLY, tx_hz=None),
        on("7TAC51D", rx_tone=Tone(nac=0x293)),
        on("VFIRE21", tx_tone=Tone(ctcss_dhz=1365)),
    ],
    "R09": [
        own("COUNTY 5", "460.3000", mode=Mode.DIGITAL, modulation="P25"),
        own("COUNTY 5", "460.3000", **tone(nac=0x293)),
        own("COUNTY 5", "460.3000", **tone(1568)),
        own("COUNTY 5", "460.3000", **tone(dcs=999)),
        own("COUNTY 5", "460.3000", mode=Mode.DIGITAL, modulation="P25", **tone(nac=0x1000)),
        own("COUNTY 5", "460.3000", mode=Mode.DIGITAL, modulation="P25", **tone(nac=0xF7E)),
        own("COUNTY 5", "460.3000", mode=Mode.DIGITAL, modulation="P25", **tone(nac=0xF7F)),
    ],
    "R10": [
        own("COUNTY 4", "460.4000", emission="8K10F1E"),
        own("COUNTY 4", "460.4000", emission="11K0F3E", mode=Mode.DIGITAL, modulation=""),
        own("COUNTY 4", "460.4000", emission="16K0F3E"),
        own("COUNTY 4", "460.4000", modulation="P25"),
    ],
    "R11": [
        own("COUNTY 3", "460.5000", bandwidth_hz=25_000),
        own("COUNTY 3", "155.0100", bandwidth_hz=20_000),
        own("COUNTY 3", "425.0125", bandwidth_hz=25_000),
    ],
    "R12": [
        on("Marine 16", bandwidth_hz=12_500),
        on("8TAC92D", bandwidth_hz=12_500),
        on("LLAW1D", bandwidth_hz=12_500),
    ],
    "R13": [
        on("NOAA 162.550", direction=Direction.BOTH, tx_hz=162_550_000),
        own("WX CHAT", "162.5500"),
        own("DISTRESS", "156.5250"),
        own("COUNTY 1", "155.0100", direction=Direction.RECEIVE_ONLY),
    ],
    "R14": [own("NPSPAC 1", "866.0125", "821.0125"), own("Marine 22A", "157.1000"), own("ch 5A", "156.2500")],
    "R15": [on("VFIRE21"), on("IR 5"), on("NATL FLT FOLLOW"), own("FOREST", "168.1000")],
    "R16": [
        known(on("VTAC11"), is_in_puerto_rico_or_usvi=True),
        known(on("UTAC42"), is_north_of_line_a=True),
        known(on("VTAC17"), is_in_vtac17_county=False),
    ],
    "R17": [
        on("VTAC11", remarks="Encrypted"),
        on("8TAC92D", remarks="AES-256, strapped"),
        on("7CALL50D", function="Tactical, secure voice"),
        own("COUNTY 1", "155.0100", remarks="strapped", encryption=Encryption.NOT_ALLOWED),
    ],
    "R18": [
        on("VTAC11", name="VTAC 11"),
        on("VCALL10", name="VCAL10"),
        own("FIRE 21", "154.1300"),
        own("UTAC44", "453.1000"),
        own("VTCA11", "151.1375"),
        lambda make: make.plan(make.own("OPS-1", "155.0100"), make.own("Ops 1", "155.0250")),
        lambda make: (
            make.plan(make.own("OPS-1", "155.0100")),
            Context(other_plans=(make.plan(make.own("OPS 1", "155.0100")),)),
        ),
    ],
    "R19": [on("DEPLOY-A"), own("SITE 4", "769.2", modulation="P25 trunked", mode=Mode.DIGITAL)],
    "P01": [
        lambda make: make.plan(make.line("VTAC13"), make.line("VTAC13", assignment="Rapid extraction")),
        lambda make: make.plan(make.line("VTAC13", assignment=""), make.line("VTAC13", assignment="")),
        lambda make: make.plan(make.own("REP 1", "460.5", "465.5"), make.own("REP 2", "460.1", "465.5")),
        lambda make: make.plan(make.line("VTAC13"), make.line("VTAC13")),  # one net twice: worth knowing
        lambda make: make.plan(
            make.line("VCALL10", function="Calling", assignment="Division A"),
            make.line("VCALL10", function="Calling", assignment="Division B"),
        ),
    ],
    "P02": [
        on("VFIRE21", "VFIRE24"),
        on("MED-9D", "MED-92D"),
        lambda make: make.plan(make.own("A", "155.01"), make.own("B", "155.025", bandwidth_hz=25_000)),
        lambda make: make.plan(make.own("A", "460.5", "465.5"), make.own("B", "465.5125")),
        lambda make: make.plan(make.own("A", "155.01"), make.line("VFIRE21", rx_hz=155_020_000, tx_hz=None)),
    ],
    "P03": [on("VTAC33", "VTAC36"), on("LLAW1", "LLAW3")],
    "P04": [
        lambda make: make.plan(make.own("A", "155.01"), make.own("B", "155.01")),
        lambda make: make.plan(make.line("NOAA 162.550"), make.line("NOAA 162.550", name="WX1")),
    ],
    "P05": [
        on("VTAC11", "VTAC36"),
        on("VTAC14", "VTAC36"),
        on("UTAC42", "UTAC42D"),
    ],
    "P06": [on("VTAC33"), on("VTAC34", "VTAC36")],
    "P07": [
        known(on("VTAC11", function="Command")),
        known(on("VTAC11", function="Calling")),
        known(on()),
        known(lambda make: make.plan(make.line("VTAC11", assignment="Divisions A and B"))),
        known(lambda make: make.plan(make.line("VTAC11", assignment="Division A")), divisions=("Division B",)),
    ],
    "P08": [on("UTAC42"), on("VTAC36", "VTAC11"), known(on("VTAC11"), has_aircraft=True)],
    "P09": [
        lambda make: (
            make.plan(make.line("VTAC11")),
            Context(papers=(Paper(form="ICS 204 Division A", plan=make.plan(make.line("VTAC12"))),)),
        )
    ],
    "P10": [
        *(
            known(case, radios=(ANALOG_HANDHELD,))
            for case in (
                on("UTAC42D"),
                on("Marine 16"),
                on("7TAC51D"),
                on("VTAC36"),
                on("VTAC11", "VTAC12", "VTAC13"),
                on("VCALL10"),
                lambda make: make.plan(make.own("OPS CITY 1", "155.01"), make.own("OPS CITY 2", "155.025")),
            )
        )
    ],
    "P11": [
        known(lambda make: make.plan(make.own("A", "155.01"), make.own("B", "155.25"), make.own("C", "155.49"))),
        known(
            lambda make: make.plan(make.own("REP 1", "460.5", "465.5"), make.own("REP 2", "463.5", "461.0")),
            sites=(CROSS_MOUNTAIN,),
        ),
        known(
            lambda make: make.plan(make.own("REP 1", "460.5", "465.5"), make.own("REP 2", "451.0", "475.0")),
            sites=(replace(CROSS_MOUNTAIN, first_if_hz=7_250_000),),
        ),
    ],
    "P12": [
        lambda make: make.plan(make.line("VTAC11", remarks="Patched to VTAC12"), make.line("VTAC12")),
        *(
            known(
                lambda make: make.plan(
                    make.line("VTAC11", remarks="Patched to VTAC12 and VTAC13"),
                    make.line("VTAC12", remarks="Patched to VTAC11 and VTAC13"),
                    make.line("VTAC13", remarks="Patched to VTAC11 and VTAC12"),
                ),
                patches=patches,
            )
            for patches in [
                (Patch(name="1", channels=("VTAC11", "VTAC12")), Patch(name="2", channels=("VTAC12", "VTAC11", "X"))),
            ]
        ),
        lambda make: make.plan(
            make.line("VTAC11", remarks="Patched to 7TAC51D"), make.line("7TAC51D", remarks="AES. Patched to VTAC11")
        ),
        lambda make: make.plan(
            make.line("VTAC11", remarks="Patched to SAR 282.800"), make.line("SAR 282.800", remarks="Patched to VTAC11")
        ),
    ],
    "P13": [
        known(lambda make: make.plan(start_at=None)),
        known(lambda make: make.plan(end_at=None)),
        known(lambda make: make.plan(prepared_at=make.start_at + timedelta(hours=1))),
        known(lambda make: make.plan(prepared_at=None, signed_at=make.start_at + timedelta(hours=1))),
        lambda make: (make.plan(), make.all_known(now=make.start_at + timedelta(days=1))),
        lambda make: (make.plan(), make.all_known(periods=(replace(make.period, id="other", number=2),))),
    ],
    "P14": [on("VTAC11", edition="NIFOG 2.00 (January 2021)"), on("VTAC11", edition="NIFOG 1.6.1")],
    "P15": [lambda make: make.plan(prepared_by=" "), lambda make: make.plan(prepared_at=None)],
    "P16": [
        on("IR 5"),
        lambda make: make.plan(make.line(Channel(name="SAT-1", kind=Kind.SATELLITE, address="423-555-0142"))),
    ],
    "X03": [known(on("VTAC36", "7TAC51"), exports=("opengd77",))],
}
SILENT: dict[str, list[Case]] = {
    "R01": [on("VTAC11")],
    "R02": [
        on("VTAC11", "NOAA 162.550"),
        lambda make: make.plan(make.line(Channel(name="OPS 1", kind=Kind.TALKGROUP, system="County", talkgroup_id=0))),
        lambda make: make.plan(make.line(Channel(name="SAT-1", kind=Kind.SATELLITE))),
    ],
    "R03": [own("REGION 7", "769.24375"), own("COUNTY 6", "155.7630"), own("HAM 9", "146.521")],
    "R04": [own("COUNTY 6", "155.7600", "153.7700"), own("AIR 1", "124.1750"), own("REGION 7", "769.2440")],
    "R05": [
        on("VCALL10", "8TAC91"),
        on("VTAC11", name="vtac-11"),
        on("HAM 2M CALL", name="2M SIMPLEX"),
        on("NOAA 162.550", direction=Direction.BOTH, tx_hz=162_550_000),
        on("NOAA 162.550", name="WX1"),
        on("UTAC42", tx_hz=453_712_500),
        on("UTAC42", rx_hz=458_712_500, tx_hz=453_712_500),
        on("VTAC11", rx_hz=151_137_500, tx_hz=None, direction=Direction.RECEIVE_ONLY),
    ],
    "R06": [on("UTAC42", "VTAC33", "VTAC36", "LLAW3"), own("BIG REPEATER", "460.5000", "465.5000")],
    "R07": [on("UTAC42", "UTAC42D", "VTAC36"), own("COUNTY 2", "155.0100", "153.7700"), own("RED", "155.01", "153.77")],
    "R08": [
        on("VTAC36", "7-US-01", "GMRS 20R"),
        on("7-US-01", mode=Mode.ANALOG, **tone(1567)),
        own("COUNTY 1", "155.0100", **tone(1109)),
    ],
    "R09": [
        own("COUNTY 5", "460.3000"),
        own("COUNTY 5", "460.3000", mode=Mode.DIGITAL, modulation="P25", **tone(nac=0x293)),
        own("COUNTY 5", "460.3000", mode=Mode.MIXED, modulation="FM / P25", **tone(1567, nac=0x293)),
        own("COUNTY 5", "460.3000", **tone(dcs=23)),
        own("COUNTY 5", "460.3000", **tone()),
    ],
    "R10": [
        own("COUNTY 4", "460.4000", emission="11K0F3E"),
        own("COUNTY 4", "460.4000", emission="11K2F3E, 8K10F1E", mode=Mode.MIXED, modulation="FM / P25"),
        own("COUNTY 4", "460.4000", emission="11K0F2D"),
    ],
    "R11": [
        own("COUNTY 3", "460.5000"),
        own("T-BAND", "470.0125", bandwidth_hz=25_000),
        own("HAM LINK", "425.0125", bandwidth_hz=20_000),
        on("Marine 16", "MURS 4", "GMRS 20R", "HAM 2M CALL", "NOAA 162.550", "LLAW1", "8CALL90"),
    ],
    "R12": [on("Marine 16", "8TAC92", "LLAW1", "VTAC11"), own("COUNTY 1", "155.0100")],
    "R13": [on("NOAA 162.550", "Marine 15 RX", "Marine 16"), own("COUNTY 1", "155.0100")],
    "R14": [on("8CALL90", "Marine 1022", "Marine 88A"), own("22A", "155.0100"), own("CELL", "860.0125")],
    "R15": [
        on("VTAC11", "NOAA 162.550", "HAM 2M CALL"),
        on("VFIRE21", remarks="County's licence"),
        on("IR 5", remarks="By agreement with USFS"),
        on("VFIRE21", remarks="KNJV884"),
        own("COUNTY 1", "155.0100"),
    ],
    "R16": [known(on("VTAC11", "UTAC42", "VTAC17")), on("8TAC92D")],
    "R17": [
        on("VTAC11", remarks="Not encrypted"),
        on("VTAC12", remarks="No encryption; in the clear. Des Moines repeater"),
        on("VTAC13", remarks="Unencrypted. Encryption prohibited"),
        on("7TAC51D", remarks="AES, switch off on request"),
        on("VTAC11"),
    ],
    "R18": [
        on("VTAC11", "Marine 16", "MED-10", "IR 5"),
        own("COUNTY FIRE", "155.01"),
        own("MED-11", "463.00625"),
        own("FIRE 21", "460.0"),
        on("Marine 16", name="MARINE 16"),
        own("TAC 3", "155.01"),
        lambda make: make.plan(make.own("OPS 1", "155.0100"), make.own("OPS 1", "155.0100")),
    ],
    "R19": [
        on("7TAC51"),
        lambda make: make.plan(make.line(Channel(name="OPS 1", kind=Kind.TALKGROUP, modulation="P25 trunked"))),
    ],
    "P01": [on("VTAC11", "VTAC12", "UTAC42", "UTAC42D"), on("NOAA 162.550", "NOAA 162.550")],
    "P02": [
        on("VFIRE21", "VFIRE23"),
        on("VTAC11", "VTAC12"),
        lambda make: make.plan(make.own("A", "155.01"), make.own("A", "155.01")),
        lambda make: make.plan(make.line("NOAA 162.550"), make.line("NOAA 162.550", rx_hz=162_560_000)),
    ],
    "P03": [on("VTAC36", "VTAC37", "UTAC42", "UTAC42D")],
    "P04": [on("VTAC11", "VTAC12", "VTAC36"), lambda make: make.plan(make.own("A", "155.01"), make.own("a", "155.01"))],
    "P05": [
        on("VTAC12", "VTAC36"),
        on("VTAC11", "VTAC14"),
        lambda make: make.plan(make.line("UTAC42"), make.line("UTAC42D")),
        on("UTAC42", "UTAC42D", function="Talk-around"),
    ],
    "P06": [on("VTAC36"), on("VTAC33", "VTAC36"), on("VTAC33", remarks="Interference at Cross Mountain")],
    "P07": [
        known(
            lambda make: make.plan(
                make.line("VTAC11", function="Command", assignment="All divisions"),
                make.line("VTAC12", assignment="Division A, Structures"),
                make.line("VCALL10", function="Hailing", assignment="Arriving units"),
            ),
            divisions=("Division A",),
        )
    ],
    "P08": [
        known(on("VTAC11")),
        known(on("UTAC42", "UTAC42D")),
        known(on("VTAC36", "VTAC12")),
        known(on("DEPLOY-A")),
        known(on("7AG88D", function="Air-to-ground"), has_aircraft=True),
        on("7AG88D", function="A/G"),
    ],
    "P09": [
        lambda make: (
            (plan := make.plan(make.line("VTAC11"))),
            Context(papers=(Paper(form="ICS 204 Division A", plan=plan),)),
        )
    ],
    "P10": [
        known(on("VTAC11", "VTAC12"), radios=(ANALOG_HANDHELD,)),
        known(on("VTAC36", "7TAC51D", "Marine 16", "UTAC42"), radios=(PERFECT_RADIO,)),
    ],
    "P11": [
        known(on("VTAC11", "VTAC12", "VTAC13", "VTAC14")),
        known(
            lambda make: make.plan(make.own("REP 1", "460.5", "465.5"), make.own("REP 2", "451.0", "456.0")),
            sites=(CROSS_MOUNTAIN,),
        ),
    ],
    "P12": [
        known(on("VTAC11", "VTAC12")),
        known(
            lambda make: make.plan(
                make.line("VTAC11", remarks="Patched to VTAC12"), make.line("VTAC12", remarks="patched with VTAC11.")
            ),
            patches=(Patch(name="1", channels=("VTAC11", "VTAC12")),),
        ),
        known(
            lambda make: make.plan(
                make.line("MULTICOM 122.900", remarks="Patched to SAR 123.100. Tail 5 monitors"),
                make.line("SAR 123.100", remarks="Patched to MULTICOM 122.900"),
            )
        ),
        known(
            lambda make: make.plan(
                make.line("VTAC11", remarks="Patched to VTAC13 and VTAC12"),
                make.line("VTAC12", remarks="Patched to VTAC11 and VTAC13"),
                make.line("VTAC13", remarks="Patched to VTAC12, VTAC11"),
            )
        ),
    ],
    "P13": [
        known(on("VTAC11")),
        known(lambda make: make.plan(revision=2, prepared_at=make.start_at + timedelta(hours=1))),
        lambda make: (
            make.plan(),
            make.all_known(
                periods=(make.period, replace(make.period, id="next", start_at=make.period.end_at, end_at=None))
            ),
        ),
    ],
    "P14": [on("VTAC11", "NOAA 162.550"), on("VTAC11", edition=""), on("VTAC11", edition="NIFOG 3.00")],
    "P15": [on("VTAC11")],
    "P16": [
        on("VTAC11"),
        lambda make: make.plan(make.line("IR 5"), special_instructions="SENSITIVE: not for public release"),
        known(on("IR 5"), header_mark="FOUO"),
    ],
    "X03": [known(on("VTAC36", "7TAC51"), exports=("csv",)), known(on("VTAC11"), exports=())],
}
NEVER_YET = {"X01", "X02", "X04", "X05"}  # what they need is not recorded yet
IDS = [rule.id for rule in RULES]


def prepared(case: Case, make: Any) -> tuple[Plan, Context]:
    made = case(make)
    return made if isinstance(made, tuple) else (made, Context())


def findings(rule: str, plan: Plan, context: Context) -> list[Finding]:
    return [finding for finding in check(plan, context=context) if finding.rule == rule]


def cases(table: dict[str, list[Case]]) -> list[Any]:
    """Every case of every rule; a rule without any is a case that fails."""
    return [
        pytest.param(rule, case, id=f"{rule}-{number}")
        for rule in IDS
        if rule not in NEVER_YET
        for number, case in enumerate(table.get(rule) or [None], 1)  # type: ignore[list-item]
    ]


@pytest.mark.parametrize(("rule", "case"), cases(FIRES))
def test_a_rule_fires(rule: str, case: Case, make: Any) -> None:
    found = [one for one in findings(rule, *prepared(case, make)) if one.severity is not Severity.NOT_EVALUATED]
    assert found, f"{rule} does not fire"


@pytest.mark.parametrize(("rule", "case"), cases(SILENT))
def test_a_rule_is_silent(rule: str, case: Case, make: Any) -> None:
    assert case is not None, f"{rule} has no case that it must be silent on"
    said = [one for one in findings(rule, *prepared(case, make)) if one.severity is not Severity.NOT_EVALUATED]
    assert [one.message for one in said] == []


@pytest.mark.parametrize("rule", sorted(NEVER_YET))
def test_a_rule_whose_facts_are_not_recorded_yet_says_so_once(rule: str, make: Any) -> None:
    (found,) = findings(rule, *prepared(known(on("VTAC11")), make))
    assert found.severity is Severity.NOT_EVALUATED
    assert found.missing


def test_no_case_is_left_over_from_a_rule_that_is_gone() -> None:
    assert set(FIRES) == set(IDS) - NEVER_YET
    assert set(SILENT) == set(IDS) - NEVER_YET


def test_the_rules_are_those_of_the_practice_notes_in_their_order() -> None:
    families = (("R", 19), ("P", 16), ("X", 5))
    assert [f"{letter}{number:02}" for letter, last in families for number in range(1, last + 1)] == IDS


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_a_rule_says_what_it_is_about_and_where_it_comes_from(rule: Rule) -> None:
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.source
    assert rule.severity is not Severity.NOT_EVALUATED


@pytest.mark.parametrize(("rule", "case"), cases(FIRES))
def test_a_finding_is_one_sentence_with_its_lines_reason_and_source(rule: str, case: Case, make: Any) -> None:
    plan, context = prepared(case, make)
    for found in findings(rule, plan, context):
        assert found.message.endswith(".")
        assert "  " not in found.message
        assert found.message[0].isupper() or not found.message[0].isalpha() or found.rows
        assert found.why.endswith(".")
        assert found.source
        assert found.id.startswith(f"{rule}-")
        assert found.rows == tuple(sorted(set(found.rows)))
        assert found.line_ids == tuple(plan.lines[row - 1].assignment.id for row in found.rows)
        assert bool(found.missing) is (found.severity is Severity.NOT_EVALUATED)
