"""What the spectrum says of a plan: grouped by receive channel, named, and not more than a COML can read."""

from collections.abc import Sequence

from coml_toolkit import library, planning, spectrum, units
from coml_toolkit.model.channel import Channel, Direction, Kind
from coml_toolkit.model.finding import Finding, Severity
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.spectrum import Site

INCIDENT = Incident(name="Stinking Creek Fire")
EMPTY = Plan(incident=INCIDENT, period=Period(incident_id=INCIDENT.id, number=1))


def channel(name: str, rx: str, tx: str = "", width_hz: int | None = 12_500) -> Channel:
    rx_hz, tx_hz = units.parse_mhz(rx), units.parse_mhz(tx or rx)
    return Channel(name=name, rx_hz=rx_hz, tx_hz=tx_hz, bandwidth_hz=width_hz, direction=Direction.BOTH)


def standard(*names: str) -> list[Channel]:
    return [one for one in library.channels() if one.name in names]


def findings(channels: Sequence[Channel], sites: Sequence[Site] | None = ()) -> list[Finding]:
    lines = tuple(planning.new_line(EMPTY, one) for one in channels)
    return spectrum.findings(Plan(incident=EMPTY.incident, period=EMPTY.period, lines=lines), sites)


def messages(channels: Sequence[Channel], sites: Sequence[Site] | None = ()) -> list[str]:
    return [one.message for one in findings(channels, sites) if one.severity is Severity.WARNING]


def test_neighbours_are_named_with_their_distance() -> None:
    found = findings(standard("VFIRE21", "VFIRE22", "VFIRE24"))
    assert [one.message for one in found if one.rule == "P02"] == [
        "VFIRE21 (line 1) and VFIRE24 (line 3) are only 7.5 kHz apart.",
        "VFIRE22 (line 2) and VFIRE24 (line 3) are only 7.5 kHz apart.",
    ]


def test_a_channel_on_several_lines_is_named_once() -> None:
    fire = standard("VFIRE21")
    assert messages([*fire, *standard("VFIRE24"), *fire]) == [
        "VFIRE21 (lines 1 and 3) and VFIRE24 (line 2) are only 7.5 kHz apart."
    ]


def test_what_one_transmits_beside_what_another_receives_counts() -> None:
    repeater = channel("REP", "460.5000", "465.5000")
    assert messages([repeater, channel("NEAR IN", "465.5125")]) == [
        "REP (line 1) and NEAR IN (line 2) are only 12.5 kHz apart."
    ]
    listening = Channel(name="LISTEN", rx_hz=460_512_500, direction=Direction.RECEIVE_ONLY, bandwidth_hz=12_500)
    assert messages([repeater, listening]) == []


def test_a_product_is_named_and_the_others_are_counted() -> None:
    channels = [channel("A", "155.0100"), channel("B", "155.2500"), channel("C", "155.4900"), channel("D", "155.7300")]
    found = messages(channels)
    assert found == [
        "2 × B − C falls exactly on A (line 1), and 1 more product falls into its channel.",
        "2 × C − D falls exactly on B (line 2), and 1 more product falls into its channel.",
        "2 × B − A falls exactly on C (line 3), and 1 more product falls into its channel.",
        "2 × C − B falls exactly on D (line 4), and 1 more product falls into its channel.",
    ]
    (first, *_) = findings(channels)
    assert first.rows == (1, 2, 3)


def test_a_product_that_only_touches_a_channel_is_left_to_the_strip() -> None:
    assert messages([channel("A", "155.0100"), channel("B", "155.2500"), channel("C", "155.4970")]) == []
    assert len(messages([channel("A", "155.0100"), channel("B", "155.2500"), channel("C", "155.4950")])) == 2


def test_bands_are_looked_at_by_themselves() -> None:
    """2 × 460 − 765 MHz is 155 MHz: true, and no matter."""
    assert messages([channel("U", "460.0"), channel("S", "770.0"), channel("V", "150.0")]) == []


def test_the_direct_channel_of_a_repeater_is_silent_while_the_repeater_works() -> None:
    assert messages(standard("UTAC41", "UTAC41D", "UTAC43", "UTAC43D")) == []
    simplex = [channel("IN", "458.4625"), channel("D1", "453.4625"), channel("D2", "453.8625")]
    assert messages([*simplex, channel("HIT", "458.8625", "450.1")]) == ["D2 + IN − D1 falls exactly on HIT (line 4)."]


def test_lines_without_frequencies_of_their_own_have_no_part() -> None:
    others = [Channel(name=kind.value, kind=kind) for kind in Kind if kind is not Kind.CONVENTIONAL]
    assert findings(others) == []


def test_at_a_site_repeaters_send_what_mobiles_receive() -> None:
    site = Site(name="Hill", channels=("REP 1", "REP 2"))
    pairs = [channel("REP 1", "451.0", "458.0"), channel("REP 2", "452.0", "450.0")]
    assert messages(pairs) == []
    assert messages(pairs, [site]) == [
        "2 × REP 1 − REP 2 falls exactly on the input of REP 2 at Hill.",
        "REP 1 transmits only 1000 kHz from the input of REP 2 at Hill; an ordinary duplexer needs 3000 kHz.",
        "REP 2 transmits only 2000 kHz from the input of REP 2 at Hill; an ordinary duplexer needs 3000 kHz.",
    ]
    assert messages(pairs, [Site(name="Hill", channels=("REP 1",))]) == []


def test_a_known_if_brings_image_and_half_if() -> None:
    pairs = [channel("REP 1", "451.0", "458.0"), channel("REP 2", "469.4", "462.4")]
    site = Site(name="Hill", channels=("REP 1", "REP 2"), first_if_hz=22_800_000)
    assert messages(pairs, [site]) == [
        "REP 2 falls exactly on the half-IF response of the input of REP 1 at Hill.",
        "REP 1 falls exactly on the half-IF response of the input of REP 2 at Hill.",
    ]


def test_what_is_not_known_is_said_once_a_rule() -> None:
    channels = [channel("A", "155.0100", width_hz=None), channel("B", "155.0250", width_hz=None)]
    channels += [Channel(name="C", rx_hz=155_500_000), *standard("UTAC42")]
    unknown = [one for one in findings(channels, None) if one.severity is Severity.NOT_EVALUATED]
    assert [(one.rule, one.missing, one.rows) for one in unknown] == [
        ("P02", "bandwidths; frequencies", (1, 2, 3)),
        ("P11", "bandwidths; frequencies; the sites where the repeaters stand", (1, 2, 3, 4)),
    ]
    assert [one.rule for one in findings(channels) if one.severity is Severity.NOT_EVALUATED] == ["P02", "P11"]


def test_ids_depend_on_frequencies_not_on_lines() -> None:
    channels = [
        channel("A", "155.0100"),
        channel("B", "155.2500"),
        channel("C", "155.4900"),
        *standard("VFIRE21", "VFIRE24"),
    ]
    assert {one.id for one in findings(channels)} == {one.id for one in findings(channels[::-1])}
    assert {one.id for one in findings(channels)} == {one.id for one in findings(channels)}
