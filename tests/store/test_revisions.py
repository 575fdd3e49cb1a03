"""Signing: a revision keeps the plan word for word; a change starts the next, and its undoing goes back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coml_toolkit import compare, planning
from coml_toolkit.model.channel import Channel, Direction, Encryption, Kind, Mode, Tone
from coml_toolkit.model.plan import Assignment, Incident, Line, Period, Plan, Revision
from coml_toolkit.model.record import new_id
from coml_toolkit.planning import Change
from coml_toolkit.store import Store
from coml_toolkit.store.content import content, plan_of, with_revision

SIGNED_AT = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)


@pytest.fixture
def signed(store: Store, plan: Plan) -> Plan:
    store.replace(*planning.sign(plan, " Ada Wong ", SIGNED_AT), can_undo=False)
    return store.plan(plan.period.id)


def test_a_plan_is_a_draft_of_revision_1_until_it_is_signed(store: Store, plan: Plan) -> None:
    assert (plan.revision, plan.is_signed, plan.signed_by, plan.signed_at) == (1, False, "", None)


def test_a_signed_plan_carries_name_and_time(signed: Plan) -> None:
    assert (signed.revision, signed.is_signed, signed.signed_by, signed.signed_at) == (1, True, "Ada Wong", SIGNED_AT)


CHANGES: dict[str, Callable[[Plan], Change]] = {
    "line removed": lambda plan: planning.remove_lines(plan, plan.lines[:1]),
    "line added": lambda plan: planning.add_lines(plan, [planning.new_line(plan, Channel(name="LAW1"))]),
    "line moved": lambda plan: planning.move_lines(plan, plan.lines[2:], 0),
    "channel": lambda plan: planning.change_line(plan.lines[0], channel=replace(plan.lines[0].channel, rx_hz=1)),
    "source": lambda plan: planning.change_line(plan.lines[0], channel=replace(plan.lines[0].channel, source="x")),
    "remarks": lambda plan: planning.change_line(
        plan.lines[0], assignment=replace(plan.lines[0].assignment, remarks="x")
    ),
    "instructions": lambda plan: planning.change_period(plan.period, special_instructions="Monitor VCALL10"),
    "prepared by": lambda plan: planning.change_period(plan.period, prepared_by="Bob"),
    "prepared at": lambda plan: planning.change_period(plan.period, prepared_at=SIGNED_AT),
    "end": lambda plan: planning.change_period(plan.period, end_at=None),
    "incident name": lambda plan: planning.change_incident(plan.incident, name="Another Fire"),
    "incident number": lambda plan: planning.change_incident(plan.incident, number="1"),
    "place": lambda plan: planning.change_incident(plan.incident, place="Jacksboro"),
    "zone": lambda plan: planning.change_incident(plan.incident, time_zone="America/Chicago"),
    "exercise": lambda plan: planning.change_incident(plan.incident, is_exercise=True),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_starts_the_next_revision_and_its_undoing_ends_it(store: Store, signed: Plan, change) -> None:
    store.replace(*change(signed))
    draft = store.plan(signed.period.id)
    assert (draft.revision, draft.is_signed, draft.signed_by) == (2, False, "")
    said = compare.differences(signed, draft)
    assert said, "a draft that differs from what was signed must say in what"
    (revision,) = store[Revision].all()
    assert compare.differences(plan_of(revision, draft.incident, draft.period), draft) == said
    store.undo()
    assert store.plan(signed.period.id) == signed
    store.redo()
    assert store.plan(signed.period.id) == draft


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: planning.change_period(plan.period, due_at=SIGNED_AT),
        lambda plan: planning.close(plan.incident, SIGNED_AT),
    ],
    ids=["due time", "incident closed"],
)
def test_what_the_paper_does_not_say_leaves_the_signature(store: Store, signed: Plan, change) -> None:
    store.replace(*change(signed))
    after = store.plan(signed.period.id)
    assert after.is_signed
    assert after.revision == 1
    assert compare.differences(signed, after) == []


def test_each_signing_is_the_next_revision_and_the_older_stay(store: Store, signed: Plan) -> None:
    store.replace(*CHANGES["remarks"](signed))
    draft = store.plan(signed.period.id)
    store.replace(*planning.sign(draft, "Bob", SIGNED_AT), can_undo=False)
    second = store.plan(signed.period.id)
    assert (second.revision, second.signed_by) == (2, "Bob")
    store.undo()  # back to what revision 1 said; but revision 2 was signed since
    assert (store.plan(signed.period.id).revision, store.plan(signed.period.id).is_signed) == (3, False)
    one, two = store[Revision].where(period_id=signed.period.id)
    assert (one.number, one.signed_by, two.number, two.signed_by) == (1, "Ada Wong", 2, "Bob")
    assert compare.differences(plan_of(one, signed.incident, signed.period), signed) == []
    assert compare.differences(plan_of(two, second.incident, second.period), second) == []


def test_every_period_has_revisions_of_its_own(store: Store, signed: Plan) -> None:
    store.replace(*planning.copy_forward(signed, [signed.period], None, None))
    following = store.plan(store[Period].all()[1].id)
    assert (following.revision, following.is_signed) == (1, False)
    store.replace(*planning.sign(following, "Bob", SIGNED_AT), can_undo=False)
    assert store.plan(signed.period.id) == signed


def test_a_revision_is_read_whatever_became_of_incident_and_period(store: Store, signed: Plan) -> None:
    (revision,) = store[Revision].all()
    store.replace(*planning.change_incident(signed.incident, name="Another", time_zone="America/Chicago"))
    store.replace(*planning.change_period(signed.period, special_instructions="New", start_at=None, end_at=None))
    store.replace(*planning.remove_lines(signed, signed.lines))
    now = store.plan(signed.period.id)
    kept = plan_of(revision, now.incident, now.period)
    assert compare.differences(kept, signed) == []
    assert (kept.incident, kept.period) == (signed.incident, signed.period)
    assert (kept.revision, kept.signed_by, kept.signed_at) == (1, "Ada Wong", SIGNED_AT)
    assert content(kept) == content(signed) == revision.content


def test_a_signature_of_an_older_program_holds_when_the_record_has_new_fields(store: Store, signed: Plan) -> None:
    """An older program could not write down what it did not know; the default says the same."""
    (revision,) = store[Revision].all()
    older = json.loads(revision.content)
    del older["incident"]["place"], older["period"]["special_instructions"]
    for line in older["lines"]:
        del line["remarks"], line["channel"]["address"], line["channel"]["encryption"]
    kept = replace(revision, content=json.dumps(older))
    assert with_revision(replace(signed, signed_at=None), [kept]).is_signed
    louder = replace(signed.lines[0].assignment, remarks="x")
    changed = replace(signed, lines=(replace(signed.lines[0], assignment=louder), *signed.lines[1:]))
    assert not with_revision(replace(changed, signed_at=None), [kept]).is_signed


def test_equal_plans_have_equal_content_whatever_their_ids(store: Store, plan: Plan) -> None:
    incident = replace(plan.incident, id=new_id(), opened_at=None)
    period = replace(plan.period, id=new_id(), incident_id=incident.id)
    lines = []
    for line in plan.lines:
        channel = replace(line.channel, id=new_id(), period_id=period.id)
        assignment = replace(line.assignment, id=new_id(), period_id=period.id, channel_id=channel.id, position=7)
        lines.append(Line(assignment=assignment, channel=channel))
    assert content(Plan(incident=incident, period=period, lines=tuple(lines))) == content(plan)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
HZ = st.none() | st.integers(1, 10**12)
CHANNELS = st.builds(
    Channel,
    name=TEXT,
    kind=st.sampled_from(Kind),
    direction=st.sampled_from(Direction),
    rx_hz=HZ,
    tx_hz=HZ,
    rx_tone=st.sampled_from([Tone(), Tone(is_known=False), Tone(ctcss_dhz=1567, nac=0x293), Tone(dcs=23)]),
    bandwidth_hz=HZ,
    mode=st.sampled_from(Mode),
    encryption=st.sampled_from(Encryption),
    system=TEXT,
    talkgroup_id=HZ,
    remarks=TEXT,
)
PERIOD = Period(incident_id="i", number=1)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    lines = []
    for position, channel in enumerate(draw(st.lists(CHANNELS, max_size=4))):
        assignment = Assignment(
            period_id=PERIOD.id,
            channel_id=channel.id,
            position=position,
            zone=draw(TEXT),
            number=draw(st.none() | st.integers(0, 3)),
            function=draw(TEXT),
            assignment=draw(TEXT),
            remarks=draw(TEXT),
        )
        lines.append(Line(assignment=assignment, channel=replace(channel, period_id=PERIOD.id)))
    at = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 1)).map(
        lambda time: time.replace(second=0, microsecond=0, tzinfo=UTC)
    )
    return Plan(
        incident=Incident(
            id="i", name=draw(TEXT), number=draw(TEXT), place=draw(TEXT), is_exercise=draw(st.booleans())
        ),
        period=replace(PERIOD, start_at=draw(at), end_at=draw(at), special_instructions=draw(TEXT)),
        lines=tuple(lines),
    )


def revision_of(plan: Plan) -> Revision:
    return Revision(period_id=plan.period.id, number=1, signed_by="Ada", signed_at=SIGNED_AT, content=content(plan))


@given(plans())
def test_any_plan_comes_back_from_its_revision_word_for_word(plan: Plan) -> None:
    kept = plan_of(revision_of(plan), plan.incident, plan.period)
    assert compare.differences(kept, plan) == compare.differences(plan, kept) == []
    assert content(kept) == content(plan)
    assert (kept.incident, kept.period) == (plan.incident, plan.period)
    assert with_revision(plan, [revision_of(plan)]).is_signed


@given(plans(), plans())
def test_two_plans_differ_in_words_exactly_when_they_differ(old: Plan, new: Plan) -> None:
    for one, other in ((old, new), (plan_of(revision_of(old), new.incident, new.period), new)):
        assert bool(compare.differences(one, other)) == (content(one) != content(other))
