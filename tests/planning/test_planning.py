"""Changes of incidents, periods and plans: what they make of a plan, and the words for it."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coml_toolkit import planning, units
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import Channel, Direction, Kind, Tone
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan, Revision
from coml_toolkit.model.record import Record
from coml_toolkit.planning import Change

START = datetime(2026, 11, 22, 11, tzinfo=UTC)
END = START + timedelta(hours=12)
INCIDENT = Incident(name="Jacks Branch Fire", time_zone="America/New_York")
PERIOD = Period(incident_id=INCIDENT.id, number=1, start_at=START, end_at=END)


def plan_with(*names: str) -> Plan:
    """A plan with one line for each name; "A/TAC1" is in zone A."""
    plan = Plan(incident=INCIDENT, period=PERIOD)
    for name in names:
        zone, _, channel = name.rpartition("/")
        line = planning.new_line(plan, Channel(name=channel, rx_hz=155_000_000), zone=zone)
        plan = made(plan, planning.add_lines(plan, [line]))
    return plan


def made(plan: Plan, change: Change) -> Plan:
    """The plan after a change, with `before` checked against it as the store does."""
    records: dict[str, Record] = {plan.period.id: plan.period, plan.incident.id: plan.incident}
    for line in plan.lines:
        records |= {line.assignment.id: line.assignment, line.channel.id: line.channel}
    for record in change.before:
        assert records.pop(record.id) == record
    for record in change.after:
        assert record.id not in records
        records[record.id] = record
    lines = sorted(
        (record for record in records.values() if isinstance(record, Assignment)), key=lambda line: line.position
    )
    channels = [records.pop(line.channel_id) for line in lines]
    incident, period = records[plan.incident.id], records[plan.period.id]
    assert len(records) == len(lines) + 2, "a channel without a line is left"
    assert isinstance(incident, Incident)
    assert isinstance(period, Period)
    return Plan(
        incident=incident,
        period=period,
        lines=tuple(
            Line(assignment=line, channel=channel)
            for line, channel in zip(lines, channels, strict=True)
            if isinstance(channel, Channel)
        ),
    )


def says(plan: Plan) -> list[str]:
    """Zone, number and name of each line."""
    assert [line.assignment.position for line in plan.lines] == list(range(len(plan.lines)))
    return [f"{line.assignment.zone}{line.assignment.number}:{line.channel.name}" for line in plan.lines]


def lines_named(plan: Plan, *names: str) -> list[Line]:
    return [line for line in plan.lines if line.channel.name in names]


# ── incidents and periods ────────────────────────────────────────────────────


def test_a_new_incident_has_its_first_period() -> None:
    change = planning.new_incident(INCIDENT, START, END)
    incident, period = change.after
    assert isinstance(period, Period)
    assert incident == INCIDENT
    assert (period.incident_id, period.number, period.start_at, period.end_at) == (INCIDENT.id, 1, START, END)
    assert (change.before, change.words) == ([], "New incident Jacks Branch Fire")


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_an_incident_needs_a_name(name: str) -> None:
    with pytest.raises(InputError, match="needs a name") as refused:
        planning.new_incident(Incident(name=name), START, END)
    assert refused.value.hint
    with pytest.raises(InputError, match="needs a name"):
        planning.change_incident(INCIDENT, name=name)


def test_a_time_zone_that_does_not_exist_is_refused_before_any_form_needs_it() -> None:
    with pytest.raises(InputError, match="not a time zone"):
        planning.new_incident(replace(INCIDENT, time_zone="Mars/Base"), START, END)
    with pytest.raises(InputError, match="not a time zone"):
        planning.change_incident(INCIDENT, time_zone="EDST")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (END, START, "ends before it starts"),
        (START, START, "ends when it starts"),
        (START, START + timedelta(days=31, minutes=1), "longer than a month"),
        (START, START.replace(year=2027), "longer than a month"),
    ],
)
def test_an_impossible_period_is_refused_wherever_it_is_made(start: datetime, end: datetime, words: str) -> None:
    plan = plan_with("TAC1")
    for make in (
        lambda: planning.new_incident(INCIDENT, start, end),
        lambda: planning.change_period(PERIOD, start_at=start, end_at=end),
        lambda: planning.copy_forward(plan, [PERIOD], start, end),
    ):
        with pytest.raises(InputError, match=words) as refused:
            make()
        assert refused.value.hint


@pytest.mark.parametrize(("start", "end"), [(None, None), (START, None), (None, END), (START, END)])
def test_times_that_are_not_known_yet_are_legal(start: datetime | None, end: datetime | None) -> None:
    period = planning.new_incident(INCIDENT, start, end).after[1]
    assert isinstance(period, Period)
    assert (period.start_at, period.end_at) == (start, end)


def test_changing_a_period_says_in_words_what_changed() -> None:
    change = planning.change_period(PERIOD, special_instructions="Monitor VCALL10", prepared_by="Ada", start_at=START)
    assert change.before == [PERIOD]
    assert change.after == [replace(PERIOD, special_instructions="Monitor VCALL10", prepared_by="Ada")]
    assert change.words == "Change special instructions, prepared-by of operational period 1"


def test_changing_an_incident_says_in_words_what_changed() -> None:
    change = planning.change_incident(INCIDENT, name="Big Fire", is_exercise=True)
    assert change.after == [replace(INCIDENT, name="Big Fire", is_exercise=True)]
    assert change.words == "Change name, exercise mark of incident Jacks Branch Fire"


def test_a_change_that_changes_nothing_is_empty() -> None:
    plan = plan_with("TAC1", "TAC2")
    line = plan.lines[0]
    for change in (
        planning.change_period(PERIOD, start_at=START),
        planning.change_incident(INCIDENT, name=INCIDENT.name),
        planning.change_line(line, assignment=line.assignment, channel=line.channel),
        planning.move_lines(plan, [line], 0),
        planning.move_lines(plan, [line], 1),
        planning.remove_lines(plan, []),
        planning.add_lines(plan, []),
        planning.renumber(plan),
        planning.rename_zone(plan.lines, ""),
    ):
        assert (list(change.before), list(change.after)) == ([], []), change.words


def test_an_incident_is_closed_once() -> None:
    (closed,) = planning.close(INCIDENT, END).after
    assert isinstance(closed, Incident)
    assert closed == replace(INCIDENT, closed_at=END)
    with pytest.raises(InputError, match="closed already"):
        planning.close(closed, END)


@pytest.mark.parametrize(
    ("start", "end", "following"),
    [
        (START, END, (END, END + timedelta(hours=12))),
        (START, START + timedelta(hours=8), (START + timedelta(hours=8), START + timedelta(hours=16))),
        (None, END, (END, END + timedelta(hours=12))),
        (START, None, (None, None)),
        (None, None, (None, None)),
    ],
)
def test_the_next_period_starts_where_this_one_ends_and_lasts_as_long(start: Any, end: Any, following: Any) -> None:
    assert planning.following_times(replace(PERIOD, start_at=start, end_at=end)) == following


def test_copying_forward_makes_copies_that_change_alone() -> None:
    plan = plan_with("A/TAC1", "A/TAC2", "B/TAC1")
    plan = replace(
        plan,
        period=replace(PERIOD, special_instructions="Monitor", prepared_by="Ada", prepared_at=START, due_at=START),
    )
    change = planning.copy_forward(plan, [replace(PERIOD, number=4), PERIOD], END, None)
    assert change.before == []
    assert change.words == "Copy operational period 1 forward to 5"
    period, *records = change.after
    assert isinstance(period, Period)
    assert period == replace(
        plan.period, id=period.id, number=5, start_at=END, end_at=None, prepared_at=None, due_at=None
    )
    copy = made(Plan(incident=INCIDENT, period=period), Change([], records, ""))
    assert says(copy) == says(plan)
    ids = {plan.period.id} | {id_ for line in plan.lines for id_ in (line.assignment.id, line.channel.id)}
    assert not ids & {record.id for record in change.after}
    for line, original in zip(copy.lines, plan.lines, strict=True):
        assert line.assignment.period_id == line.channel.period_id == period.id
        assert line.assignment.channel_id == line.channel.id
        assert line.channel == replace(original.channel, id=line.channel.id, period_id=period.id)


# ── lines ────────────────────────────────────────────────────────────────────


def test_a_line_has_its_own_copy_of_the_channel() -> None:
    library = Channel(name="VTAC11", edition="2023", source="NIFOG", tx_tone=Tone(ctcss_dhz=1567))
    line = planning.new_line(plan_with(), library)
    assert line.channel == replace(library, id=line.channel.id, period_id=PERIOD.id)
    assert line.channel.id != library.id
    assert (line.assignment.channel_id, line.assignment.period_id) == (line.channel.id, PERIOD.id)


def test_a_new_line_takes_the_last_zone_and_its_first_free_number() -> None:
    plan = plan_with("A/TAC1", "A/TAC2", "B/TAC1", "A/TAC3")
    assert says(plan) == ["A1:TAC1", "A2:TAC2", "B1:TAC1", "A3:TAC3"]
    plan = made(plan, planning.remove_lines(plan, lines_named(plan, "TAC2")))
    line = planning.new_line(plan, Channel(name="X"))
    assert (line.assignment.zone, line.assignment.number) == ("A", 2)
    for given_, number in ((7, 7), (None, None), (1, 1)):
        assert planning.new_line(plan, Channel(), number=given_).assignment.number == number
    line = planning.new_line(plan, Channel(), zone="C", function="Tactical", remarks="x")
    assert (line.assignment.zone, line.assignment.number) == ("C", 1)
    assert (line.assignment.function, line.assignment.remarks) == ("Tactical", "x")


def test_lines_are_added_where_it_is_said() -> None:
    plan = plan_with("TAC1", "TAC2")
    new = [planning.new_line(plan, Channel(name=name), number=number) for name, number in (("X", 8), ("Y", 9))]
    assert says(made(plan, planning.add_lines(plan, new))) == ["1:TAC1", "2:TAC2", "8:X", "9:Y"]
    assert says(made(plan, planning.add_lines(plan, new, position=1))) == ["1:TAC1", "8:X", "9:Y", "2:TAC2"]
    assert says(made(plan, planning.add_lines(plan, new, position=0)))[0] == "8:X"
    assert says(made(plan, planning.add_lines(plan, new, position=99)))[-1] == "9:Y"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["TAC1"], "Add TAC1"),
        (["TAC1", ""], "Add TAC1, a line"),
        (["a", "b", "c"], "Add a, b, c"),
        (["a", "b", "c", "d", "e"], "Add a, b, c and 2 more"),
    ],
)
def test_adding_says_what_was_added(names: Sequence[str], words: str) -> None:
    plan = plan_with()
    lines = [planning.new_line(plan, Channel(name=name)) for name in names]
    assert planning.add_lines(plan, lines).words == words


def test_adding_at_the_end_touches_no_other_line() -> None:
    plan = plan_with("TAC1", "TAC2")
    change = planning.add_lines(plan, [planning.new_line(plan, Channel(name="X"))])
    assert change.before == []
    assert len(change.after) == 2


def test_removing_lines_takes_their_channels_too_and_closes_the_gap() -> None:
    plan = plan_with("TAC1", "TAC2", "TAC3", "TAC4")
    change = planning.remove_lines(plan, lines_named(plan, "TAC2", "TAC3"))
    assert says(made(plan, change)) == ["1:TAC1", "4:TAC4"]
    assert change.words == "Remove 2 lines"
    assert planning.remove_lines(plan, plan.lines[:1]).words == "Remove TAC1"


@pytest.mark.parametrize(
    ("names", "position", "order"),
    [
        ("A", 4, "BCDA"),
        ("A", 2, "BACD"),
        ("D", 0, "DABC"),
        ("D", 1, "ADBC"),
        ("BC", 0, "BCAD"),
        ("AD", 2, "BADC"),
        ("DA", 2, "BADC"),
        ("BC", 2, "ABCD"),
        ("ABCD", 2, "ABCD"),
        ("B", 99, "ACDB"),
    ],
)
def test_lines_are_moved_in_their_order_before_the_line_at_a_position(names: str, position: int, order: str) -> None:
    plan = plan_with(*"ABCD")
    moved = made(plan, planning.move_lines(plan, [lines_named(plan, name)[0] for name in names], position))
    assert "".join(line.channel.name for line in moved.lines) == order
    numbers = {line.channel.name: line.assignment.number for line in plan.lines}
    assert {line.channel.name: line.assignment.number for line in moved.lines} == numbers


def test_lines_moved_into_a_zone_take_its_free_numbers() -> None:
    plan = plan_with("A/TAC1", "A/TAC2", "A/TAC3", "B/LAW1", "B/LAW2")
    moved = made(plan, planning.move_lines(plan, lines_named(plan, "TAC1", "TAC3"), 4, zone="B"))
    assert says(moved) == ["A2:TAC2", "B1:LAW1", "B3:TAC1", "B4:TAC3", "B2:LAW2"]


def test_lines_that_are_in_the_zone_already_keep_their_numbers() -> None:
    plan = plan_with("A/TAC1", "B/LAW1", "B/SAT")
    satellite = plan.lines[2]
    plan = made(
        plan, planning.change_line(satellite, assignment=replace(satellite.assignment, number=None))
    )  # a telephone has no place in a radio
    moved = made(plan, planning.move_lines(plan, plan.lines, 0, zone="B"))
    assert says(moved) == ["B2:TAC1", "B1:LAW1", "BNone:SAT"]


def test_changing_a_line_says_in_words_what_changed() -> None:
    line = plan_with("TAC1").lines[0]
    change = planning.change_line(
        line,
        assignment=replace(line.assignment, function="Tactical"),
        channel=replace(line.channel, rx_hz=1, rx_tone=Tone(nac=1)),
    )
    assert change.before == [line.assignment, line.channel]
    assert change.words == "Change function, RX frequency, RX tone of TAC1"
    only = planning.change_line(line, assignment=line.assignment, channel=replace(line.channel, name="X"))
    assert (only.before, only.words) == ([line.channel], "Change name of TAC1")


@pytest.mark.parametrize("name", [field.name for kind in (Assignment, Channel) for field in fields(kind)])
def test_every_field_of_a_line_is_called_by_words_and_not_by_its_name_in_the_program(name: str) -> None:
    line = plan_with("TAC1").lines[0]
    owner = "assignment" if hasattr(line.assignment, name) else "channel"
    changed = replace(getattr(line, owner), **{name: "something else"})
    assert "_" not in planning.change_line(line, **{owner: changed}).words


def test_renumbering_counts_each_zone_from_1_in_the_order_of_the_plan() -> None:
    plan = plan_with("A/TAC1", "B/LAW1", "A/TAC2", "B/LAW2")
    plan = made(plan, planning.move_lines(plan, lines_named(plan, "LAW2"), 0))
    assert says(made(plan, planning.renumber(plan))) == ["B1:LAW2", "A1:TAC1", "B2:LAW1", "A2:TAC2"]


def test_only_what_is_in_a_radio_is_numbered() -> None:
    plan = Plan(incident=INCIDENT, period=PERIOD)
    for kind in Kind:
        line = planning.new_line(plan, Channel(name=kind.value, kind=kind), zone="A")
        plan = made(plan, planning.add_lines(plan, [line], position=0))
    told = planning.new_line(plan, Channel(name="told", kind=Kind.TELEPHONE), zone="A", number=9)
    plan = made(plan, planning.add_lines(plan, [told], position=0))
    assert {line.channel.name: line.assignment.number for line in plan.lines if line.assignment.number} == {
        **{"conventional": 1, "talkgroup": 2, "told": 9},
    }
    plan = made(plan, planning.renumber(plan))
    assert {line.channel.name: line.assignment.number for line in plan.lines if line.assignment.number} == {
        **{"talkgroup": 1, "conventional": 2, "told": 9},
    }


def test_a_line_named_twice_is_removed_once_and_said_once() -> None:
    plan = plan_with("TAC1", "TAC2")
    change = planning.remove_lines(plan, [plan.lines[0], plan.lines[0]])
    assert change.words == "Remove TAC1"
    assert says(made(plan, change)) == ["2:TAC2"]


def test_a_zone_is_renamed_with_its_numbers_kept() -> None:
    plan = plan_with("A/TAC1", "B/LAW1", "A/TAC2")
    change = planning.rename_zone(lines_named(plan, "TAC1", "TAC2"), "Fire")
    assert says(made(plan, change)) == ["Fire1:TAC1", "B1:LAW1", "Fire2:TAC2"]
    assert change.words == "Rename zone to Fire"


def test_a_line_gets_a_copy_of_another_channel() -> None:
    plan = plan_with("TAC1")
    library = Channel(name="VTAC11", rx_hz=151_137_500, edition="2023")
    change = planning.use_channel(plan.lines[0], library)
    after = made(plan, change).lines[0]
    assert after.assignment == plan.lines[0].assignment
    assert after.channel == replace(library, id=plan.lines[0].channel.id, period_id=PERIOD.id)
    assert change.words == "Replace TAC1 with VTAC11"
    assert planning.use_channel(plan_with("").lines[0], library).words == "Fill in VTAC11"


def repeater(**values: Any) -> Plan:
    plan = plan_with("TAC1", "TAC2")
    channel = Channel(
        name="RPT",
        direction=Direction.BOTH,
        rx_hz=155_000_000,
        tx_hz=159_000_000,
        rx_tone=Tone(nac=0x293),
        tx_tone=Tone(ctcss_dhz=1567),
        source="County",
        edition="2026",
        verification="read",
        verified_by="Bob",
    )
    line = planning.new_line(plan, replace(channel, **values), zone="A", function="Command", assignment="Div A")
    return made(plan, planning.add_lines(plan, [line], position=1))


def test_the_direct_twin_of_a_repeater_transmits_where_it_receives_right_below_it() -> None:
    plan = repeater()
    change = planning.direct_twin(plan, plan.lines[1], None)
    after = made(plan, change)
    assert says(after) == ["1:TAC1", "A1:RPT", "A2:RPTD", "2:TAC2"]
    line, twin = after.lines[1:3]
    assert (twin.channel.rx_hz, twin.channel.tx_hz, twin.channel.is_simplex) == (155_000_000, 155_000_000, True)
    assert twin.channel.tx_tone == twin.channel.rx_tone == Tone(nac=0x293)
    assert (twin.assignment.function, twin.assignment.assignment) == ("Command", "Div A")
    unproved = (twin.channel.source, twin.channel.edition, twin.channel.verification, twin.channel.verified_by)
    assert unproved == ("", "", "", "")
    assert line == plan.lines[1]


def test_the_librarys_own_twin_is_taken_as_it_is() -> None:
    plan = repeater()
    own = Channel(name="RPT Direct", rx_hz=155_000_000, tx_hz=155_000_000, edition="2026")
    twin = made(plan, planning.direct_twin(plan, plan.lines[1], own)).lines[2]
    assert twin.channel == replace(own, id=twin.channel.id, period_id=PERIOD.id)


@pytest.mark.parametrize("values", [{"tx_hz": 155_000_000}, {"tx_hz": None}, {"rx_hz": None}])
def test_what_is_no_repeater_has_no_direct_twin(values: dict[str, int | None]) -> None:
    plan = repeater(**values)
    with pytest.raises(InputError, match="no direct twin") as refused:
        planning.direct_twin(plan, plan.lines[1], None)
    assert refused.value.hint


# ── signing (what becomes of revisions: tests/store/test_revisions) ──────────


def test_a_plan_is_signed_with_a_name_and_a_time() -> None:
    plan = plan_with("TAC1")
    change = planning.sign(plan, " Ada ", START)
    (revision,) = change.after
    assert isinstance(revision, Revision)
    assert (change.before, change.words) == ([], "Sign revision 1 of operational period 1")
    assert (revision.period_id, revision.number) == (PERIOD.id, 1)
    assert (revision.signed_by, revision.signed_at) == ("Ada", START)
    with pytest.raises(InputError, match="signed with a name"):
        planning.sign(plan, "  ", START)


def test_what_is_signed_is_not_signed_again() -> None:
    plan = replace(plan_with("TAC1"), revision=3, signed_by="Ada", signed_at=START)
    with pytest.raises(InputError, match="Revision 3 is signed already"):
        planning.sign(plan, "Bob", END)


# ── any rearrangement ────────────────────────────────────────────────────────

STEPS = st.lists(st.tuples(st.sampled_from("armz"), st.sets(st.integers(0, 7)), st.integers(0, 9)), max_size=8)


@given(STEPS)
def test_no_rearrangement_loses_or_doubles_a_line(steps: list[tuple[str, set[int], int]]) -> None:
    plan = plan_with(*"ABCDE")
    for step, chosen, position in steps:
        lines = [line for place, line in enumerate(plan.lines) if place in chosen]
        names = sorted(line.channel.id for line in plan.lines)
        match step:
            case "a":
                new = planning.new_line(plan, Channel(name="N"))
                plan = made(plan, planning.add_lines(plan, [new], position=position))
                names = sorted([*names, new.channel.id])
            case "r":
                plan = made(plan, planning.remove_lines(plan, lines))
                names = [name for name in names if name not in {line.channel.id for line in lines}]
            case "m":
                plan = made(plan, planning.move_lines(plan, lines, position))
            case "z":
                plan = made(plan, planning.move_lines(plan, lines, position, zone=f"Z{position % 2}"))
        says(plan)  # positions without gaps
        assert sorted(line.channel.id for line in plan.lines) == names
        places = [(line.assignment.zone, line.assignment.number) for line in plan.lines]
        assert len(set(places)) == len(places), "two channels at one place of the radio"


@pytest.mark.parametrize(
    ("rx", "tx", "sent"),
    [
        ("156.7", "136.5", "156.7"),  # VTAC36: its receivers wait for 156.7
        ("CSQ", "167.9", "167.9"),
        ("unknown", "136.5", "136.5"),
        ("$F7E", "$293", "$293"),  # opens for every NAC
        ("$68F", "$293", "$68F"),
        ("156.7 / $F7E", "156.7 / $293", "156.7 / $293"),
        ("D023N", "D047I", "D023N"),
    ],
)
def test_a_direct_twin_sends_what_opens_its_own_receivers(rx: str, tx: str, sent: str) -> None:
    incident = Incident(name="Creek Fire")
    plan = Plan(incident=incident, period=Period(incident_id=incident.id, number=1))
    repeater = Channel(
        name="RPT",
        rx_hz=151_137_500,
        tx_hz=159_472_500,
        rx_tone=units.parse_tone(rx),
        tx_tone=units.parse_tone(tx),
        direction=Direction.BOTH,
    )
    line = planning.new_line(plan, repeater)
    change = planning.direct_twin(replace(plan, lines=(line,)), line, None)
    (twin,) = [record for record in change.after if isinstance(record, Channel)]
    assert (twin.tx_hz, units.tone(twin.tx_tone)) == (151_137_500, sent)
