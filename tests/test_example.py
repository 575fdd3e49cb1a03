"""The example incident: believable, sound, and the same every time."""

import re
from datetime import UTC, date, datetime
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from coml_toolkit import library, paper, planning
from coml_toolkit.example import make_example
from coml_toolkit.model.channel import Channel, Direction, Kind, Tone, problems
from coml_toolkit.model.plan import Incident, Period, Plan, Revision
from coml_toolkit.model.printed import Printed
from coml_toolkit.model.sheet import Sheet
from coml_toolkit.store import Store, open_store
from coml_toolkit.store.content import content


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_example(tmp_path_factory.mktemp("example") / "example.coml", "Ada Wong")


@pytest.fixture(scope="module")
def plans(made: Path) -> list[Plan]:
    with open_store(made, read_only=True) as store:
        return the_plans(store)


def the_plans(store: Store) -> list[Plan]:
    (incident,) = store[Incident].all()
    return [store.plan(period.id) for period in store[Period].where(incident_id=incident.id)]


def named(plan: Plan, name: str) -> Channel:
    return next(line.channel for line in plan.lines if line.channel.name == name)


def test_two_periods_are_signed_and_the_third_is_being_changed(plans: list[Plan]) -> None:
    assert [(plan.period.number, plan.revision, plan.is_signed) for plan in plans] == [
        *((1, 2, True), (2, 1, True), (3, 2, False)),
    ]


def test_the_periods_follow_each_other_in_local_time(plans: list[Plan]) -> None:
    assert plans[0].incident.time_zone == "America/New_York"
    assert plans[0].period.start_at == datetime(2026, 11, 21, 11, tzinfo=UTC)
    for before, after in pairwise(plans):
        assert before.period.end_at == after.period.start_at
    for plan in plans:
        assert (plan.period.start_at, plan.period.end_at) != (None, None)
        assert planning.following_times(plan.period)[0] == plan.period.end_at


def test_the_plan_covers_voice_video_and_data(plans: list[Plan]) -> None:
    plan = plans[-1]
    assert len(plan.lines) >= 12
    assert {Kind.CONVENTIONAL, Kind.TALKGROUP, Kind.DATA, Kind.VIDEO, Kind.SATELLITE} <= {
        line.channel.kind for line in plan.lines
    }
    assert named(plan, "VTAC36").tx_tone == Tone(ctcss_dhz=1365)
    assert named(plan, "VTAC36").rx_tone == Tone(ctcss_dhz=1567)
    assert named(plan, "7CALL50").rx_hz == 769_243_750
    assert named(plan, "NOAA 162.475").direction is Direction.RECEIVE_ONLY
    assert {"HAM 2M CALL", "MULTICOM 122.900", "VLAW31", "VCALL10"} <= {line.channel.name for line in plan.lines}


def test_national_channels_are_the_librarys_word_for_word(plans: list[Plan]) -> None:
    shipped = {channel.name: channel for channel in library.channels()}
    for plan in plans:
        for line in plan.lines:
            if line.channel.kind is Kind.CONVENTIONAL:
                assert library.to_dict(line.channel) == library.to_dict(shipped[line.channel.name])
                assert line.channel.edition


def test_no_two_lines_share_a_frequency(plans: list[Plan]) -> None:
    for plan in plans:
        used = [{line.channel.rx_hz, line.channel.tx_hz} - {None} for line in plan.lines]
        assert all(one.isdisjoint(other) for one, other in combinations(used, 2))


def test_no_two_tuned_lines_are_within_a_channels_width(plans: list[Plan]) -> None:
    for plan in plans:
        tuned = sorted({hz for line in plan.lines for hz in (line.channel.rx_hz, line.channel.tx_hz) if hz})
        assert all(after - before > 25_000 for before, after in pairwise(tuned))


def test_a_place_in_a_radio_is_given_once_and_kept_from_period_to_period(plans: list[Plan]) -> None:
    places: dict[tuple[str, int], str] = {}
    for plan in plans:
        now = {
            (line.assignment.zone, line.assignment.number): line.channel.name
            for line in plan.lines
            if line.assignment.number is not None
        }
        assert len(now) == sum(line.assignment.number is not None for line in plan.lines)
        assert all(now.get(place, name) == name for place, name in places.items())
        places |= now


def test_every_line_says_its_use_and_no_channel_contradicts_itself(plans: list[Plan]) -> None:
    for plan in plans:
        for line in plan.lines:
            assert line.assignment.function
            assert line.assignment.assignment
            assert problems(line.channel) == []
        assert plan.period.prepared_by
        assert "emergency traffic" in plan.period.special_instructions.casefold()


def test_nobody_can_take_it_for_real(plans: list[Plan], made: Path) -> None:
    for plan in plans:
        assert "EXAMPLE" in plan.period.special_instructions
        for line in plan.lines:
            if line.channel.kind is not Kind.CONVENTIONAL:
                assert "EXAMPLE" in line.assignment.remarks
    with open_store(made, read_only=True) as store:
        text = " ".join(revision.content for revision in store[Revision].all())
        typed = " ".join(sheet.fields + sheet.rows for sheet in store[Sheet].all())
    assert set(re.findall(r"\d{3}-\d{3}-\d{4}", text)) <= {"423-555-0117", "423-555-0142"}
    assert all(re.match(r"\d{3}-555-01\d\d", each) for each in re.findall(r"\d{3}-\d{3}-\d{4}", typed))


def test_its_forms_are_filled_in_for_the_period_at_hand(made: Path, plans: list[Plan]) -> None:
    first, *_, current = (plan.period.id for plan in plans)
    with open_store(made, read_only=True) as store:
        sheets = store[Sheet].all()
    assert {sheet.form for sheet in sheets if sheet.period_id == current} >= {
        "ICS 204",
        "ICS 205A",
        "ICS 213",
        "ICS 309",
    }
    assert {sheet.form for sheet in sheets if sheet.period_id == first} == {"ICS 214"}
    assert {sheet.form for sheet in sheets if sheet.period_id is None} == {"ICS 217A"}
    assert {sheet.title for sheet in sheets if sheet.form == "ICS 217A"} == {"VHF", "UHF", "700", "Other"}


def test_a_205_that_was_printed_is_older_than_the_plan(made: Path, plans: list[Plan]) -> None:
    with open_store(made, read_only=True) as store:
        last = paper.newest(store[Printed].where(period_id=plans[-1].period.id), "ICS 205", None)
    assert last is not None
    assert (last.revision, paper.state(last, plans[-1], None)) == (1, paper.State.STALE)


def test_its_history_reads_like_a_shifts_work(made: Path) -> None:
    with open_store(made, read_only=True) as store:
        entries = list(store.history())
        assert store.undo_words() == entries[0].words
    assert {entry.who for entry in entries} == {"Dana Whitfield", "Luis Ortega", "Ada Wong"}
    words = [entry.words for entry in entries]
    assert "Replace VFIRE26 with VTAC13" in words
    assert all(entry.words and entry.kind == "edit" for entry in entries)


def test_two_examples_say_the_same_and_another_day_moves_all_of_it(tmp_path: Path, plans: list[Plan]) -> None:
    with open_store(make_example(tmp_path / "again.coml"), read_only=True) as store:
        assert [content(plan) for plan in the_plans(store)] == [content(plan) for plan in plans]
    with open_store(make_example(tmp_path / "later.coml", first_day=date(2027, 7, 4)), read_only=True) as store:
        first, *_, last = the_plans(store)
        (division, *_) = [sheet for sheet in store[Sheet].all() if sheet.title == "Division A"]
    assert '"prepared_at": "07/05/2027 0400"' in division.fields
    assert first.period.start_at == datetime(2027, 7, 4, 10, tzinfo=UTC)
    assert last.period.end_at == datetime(2027, 7, 5, 22, tzinfo=UTC)
