"""What changed between two plans, in words: a sentence for each change, and none where nothing changed."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coml_toolkit import compare
from coml_toolkit.model.channel import CSQ, Channel, Direction, Encryption, Kind, Mode, Tone
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan
from coml_toolkit.model.record import new_id
from coml_toolkit.store.content import content

START = datetime(2026, 11, 22, 11, tzinfo=UTC)
INCIDENT = Incident(name="Jacks Branch Fire", time_zone="America/New_York")
PERIOD = Period(incident_id=INCIDENT.id, number=1, start_at=START, end_at=START + timedelta(hours=12))


def line(name: str, number: int | None = None, *, assignment: str = "", function: str = "", **values: Any) -> Line:
    channel = Channel(
        name=name,
        direction=Direction.BOTH,
        rx_hz=155_752_500,
        tx_hz=155_752_500,
        rx_tone=CSQ,
        tx_tone=Tone(ctcss_dhz=1567),
        bandwidth_hz=11_250,
        mode=Mode.ANALOG,
        period_id=PERIOD.id,
    )
    return Line(
        channel=replace(channel, **values),
        assignment=Assignment(
            period_id=PERIOD.id,
            channel_id=channel.id,
            position=0,
            zone="A",
            number=number,
            assignment=assignment,
            function=function,
        ),
    )


def plan(*lines: Line) -> Plan:
    return Plan(incident=INCIDENT, period=PERIOD, lines=lines)


def channel_changed(old: Line, **values: Any) -> Line:
    return replace(old, channel=replace(old.channel, **values))


def with_other_ids(old: Plan) -> Plan:
    """As a signed revision or another period has it."""
    lines = []
    for each in old.lines:
        channel = replace(each.channel, id=new_id())
        lines.append(Line(channel=channel, assignment=replace(each.assignment, id=new_id(), channel_id=channel.id)))
    return replace(old, lines=tuple(lines))


TAC1 = line("VTAC11", 1, assignment="Div A", function="Tactical")
TAC2 = line("VTAC12", 2, assignment="Div B", function="Tactical")
CALL = line("VCALL10", 3)


@pytest.mark.parametrize("lines", [(), (TAC1,), (TAC1, TAC2, CALL), (CALL, line("VCALL10", 3), line(""), line(""))])
def test_plans_that_say_the_same_do_not_differ_whatever_their_ids(lines: tuple[Line, ...]) -> None:
    assert compare.differences(plan(*lines), plan(*lines)) == []
    assert compare.differences(plan(*lines), with_other_ids(plan(*lines))) == []


def test_signing_is_no_difference() -> None:
    signed = replace(plan(TAC1), revision=2, signed_by="Ada", signed_at=START)
    assert compare.differences(plan(TAC1), signed) == []


@pytest.mark.parametrize(
    ("what", "values", "sentence"),
    [
        ("incident", {"name": "Big Fire"}, "The incident is called Big Fire, was Jacks Branch Fire."),
        ("incident", {"number": "TN-42"}, "The number of the incident is TN-42, was unknown."),
        ("incident", {"place": "Jacksboro"}, "The place of the incident is Jacksboro, was unknown."),
        ("incident", {"time_zone": "UTC"}, "The time zone of the incident is UTC, was America/New_York."),
        ("incident", {"is_exercise": True}, "It is an exercise."),
        ("period", {"number": 2}, "It is operational period 2, was 1."),
        (
            "period",
            {"start_at": START - timedelta(hours=1)},
            "The operational period starts 2026-11-22 05:00, was 2026-11-22 06:00.",
        ),
        ("period", {"end_at": None}, "The operational period ends unknown, was 2026-11-22 18:00."),
        ("period", {"prepared_at": START}, "The form is dated 2026-11-22 06:00, was unknown."),
        ("period", {"special_instructions": "Monitor"}, "The special instructions changed."),
        ("period", {"prepared_by": "Ada"}, "The prepared-by changed."),
    ],
)
def test_what_the_form_says_above_and_below_its_lines(what: str, values: dict[str, Any], sentence: str) -> None:
    old = plan(TAC1)
    new = replace(old, **{what: replace(getattr(old, what), **values)})
    assert compare.differences(old, new) == [sentence]
    assert len(compare.differences(new, old)) == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "VTAC14"}, "channel VTAC14 (was VTAC11)"),
        ({"rx_hz": 769_243_750}, "RX 769.24375 N (was 155.7525 N)"),
        ({"tx_hz": None}, "TX unknown (was 155.7525 N)"),
        ({"rx_tone": Tone(nac=0x293)}, "RX tone $293 (was CSQ)"),
        ({"tx_tone": Tone(dcs=23)}, "TX tone D023N (was 156.7)"),
        ({"bandwidth_hz": 25_000}, "RX 155.7525 W (was 155.7525 N); TX 155.7525 W (was 155.7525 N)"),
        ({"mode": Mode.DIGITAL}, "mode D (was A)"),
        (
            {"direction": Direction.RECEIVE_ONLY, "tx_hz": None},
            "TX RX only (was 155.7525 N); TX tone nothing (was 156.7)",
        ),
        ({"encryption": Encryption.ALLOWED}, "encryption changed"),
        ({"verification": "read", "source": "NIFOG"}, "source, verification changed"),
    ],
)
def test_a_changed_channel(values: dict[str, Any], said: str) -> None:
    old, new = plan(TAC1, TAC2), plan(channel_changed(TAC1, **values), TAC2)
    assert compare.differences(old, new) == [f"VTAC11 (Div A) at A 1: {said}."]
    assert compare.differences(old, with_other_ids(new)) == [f"VTAC11 (Div A) at A 1: {said}."]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"function": "Command"}, "function Command (was Tactical)"),
        ({"assignment": ""}, "assignment nothing (was Div A)"),
        ({"remarks": "Repeater on Cross Mountain"}, "remarks Repeater on Cross Mountain (was nothing)"),
        ({"zone": "B"}, "zone B (was A)"),
        ({"number": 9}, "channel number 9 (was 1)"),
        ({"number": None}, "channel number nothing (was 1)"),
    ],
)
def test_a_changed_assignment(values: dict[str, Any], said: str) -> None:
    new = replace(TAC1, assignment=replace(TAC1.assignment, **values))
    for after in (plan(new, TAC2), with_other_ids(plan(new, TAC2))):
        assert compare.differences(plan(TAC1, TAC2), after) == [f"VTAC11 (Div A) at A 1: {said}."]


def test_another_kind_of_resource_says_what_it_became() -> None:
    talkgroup = channel_changed(TAC1, kind=Kind.TALKGROUP, system="TACN", talkgroup_id=1234)
    (said,) = compare.differences(plan(TAC1), plan(talkgroup))
    assert "kind talkgroup (was conventional)" in said
    assert "system TACN · TG 1234 (was nothing)" in said


def test_lines_added_and_removed() -> None:
    assert compare.differences(plan(TAC1), plan(TAC1, TAC2)) == ["VTAC12 (Div B) at A 2 was added."]
    assert compare.differences(plan(TAC1, TAC2), plan(TAC2)) == ["VTAC11 (Div A) at A 1 was removed."]
    assert compare.differences(plan(), plan(line(""))) == ["A line without a channel at A was added."]


def test_two_lines_that_have_nothing_in_common_are_one_gone_and_one_new() -> None:
    gone, new = line("LAW1"), line("FIRE1")
    assert compare.differences(plan(gone), plan(new)) == ["LAW1 at A was removed.", "FIRE1 at A was added."]


def test_another_channel_at_the_same_place_of_the_radio_is_a_change() -> None:
    (said,) = compare.differences(plan(line("LAW1", 7)), plan(line("FIRE1", 7)))
    assert said == "LAW1 at A 7: channel FIRE1 (was LAW1)."


@pytest.mark.parametrize("has_other_ids", [False, True])
def test_two_lines_swapped_are_a_change_of_order_only(has_other_ids: bool) -> None:
    new = plan(TAC2, TAC1, CALL)
    new = with_other_ids(new) if has_other_ids else new
    assert compare.differences(plan(TAC1, TAC2, CALL), new) == ["The order of the lines changed."]


@pytest.mark.parametrize("has_other_ids", [False, True])
def test_a_line_removed_above_the_others_is_no_change_of_order(has_other_ids: bool) -> None:
    new = plan(TAC2, CALL)
    new = with_other_ids(new) if has_other_ids else new
    assert compare.differences(plan(TAC1, TAC2, CALL), new) == ["VTAC11 (Div A) at A 1 was removed."]


def test_of_two_lines_alike_but_for_the_remarks_the_right_one_is_gone() -> None:
    one = replace(TAC1, assignment=replace(TAC1.assignment, remarks="day"))
    two = replace(TAC1, assignment=replace(TAC1.assignment, id=new_id(), remarks="night"))
    said = compare.differences(plan(one, two), with_other_ids(plan(two)))
    assert said == ["VTAC11 (Div A) at A 1 was removed."]


def another(value: Any) -> Any:
    """A value of the same kind that is another one."""
    match value:
        case bool():
            return not value
        case Kind() | Direction() | Mode() | Encryption():
            return next(other for other in type(value) if other is not value)
        case str():
            return f"{value}x"
        case int():
            return value + 1
        case None:
            return 1
        case datetime():
            return value + timedelta(hours=1)
        case Tone():
            return Tone(nac=1)


@pytest.mark.parametrize(
    ("record_type", "name"),
    [(kind, field.name) for kind in (Incident, Period, Assignment, Channel) for field in fields(kind)],
)
def test_whatever_makes_a_signed_plan_a_draft_is_said(record_type: type, name: str) -> None:
    """Tried with every field of every record a plan is made of, so that a new one is not forgotten."""
    old = plan(TAC1, TAC2)
    owner = {Incident: old.incident, Period: old.period, Assignment: TAC1.assignment, Channel: TAC1.channel}[
        record_type
    ]
    value = START if name.endswith("_at") and getattr(owner, name) is None else another(getattr(owner, name))
    value = "Europe/Berlin" if name == "time_zone" else value
    record = replace(owner, **{name: value})
    match record:
        case Incident():
            new = replace(old, incident=record)
        case Period():
            new = replace(old, period=record)
        case Assignment():
            new = plan(replace(TAC1, assignment=record), TAC2)
        case Channel():
            new = plan(replace(TAC1, channel=record), TAC2)
    assert bool(compare.differences(old, new)) == (content(old) != content(new))
