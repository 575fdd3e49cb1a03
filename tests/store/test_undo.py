"""Undo and redo: read from the history, so they survive a restart."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coml_toolkit import planning
from coml_toolkit.errors import StoreError
from coml_toolkit.model.channel import Channel, Direction
from coml_toolkit.model.plan import Assignment, Incident, Period, Plan, Revision
from coml_toolkit.planning import Change
from coml_toolkit.store import Store, create_store, open_store
from coml_toolkit.store.rows import TABLES

SIGNED_AT = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)


def rows(store: Store) -> list[list[object]]:
    """Every row of every table, in the order it is read in; signatures stay whatever is undone."""
    return [list(store[record_type].all()) for record_type in TABLES if record_type is not Revision]


def test_undo_takes_back_and_redo_does_again(store: Store, plan: Plan) -> None:
    was = rows(store)
    store.replace(*planning.remove_lines(plan, plan.lines[:2]))
    removed = rows(store)
    assert (store.undo_words(), store.redo_words()) == ("Remove 2 lines", "")
    entry = store.undo()
    assert (entry.kind, entry.words) == ("undo", "Remove 2 lines")
    assert rows(store) == was
    assert (store.undo_words(), store.redo_words()) == ("Add VCALL10", "Remove 2 lines")
    assert store.redo().kind == "redo"
    assert rows(store) == removed
    assert [entry.kind for entry in store.history(limit=3)] == ["redo", "undo", "edit"]


def test_undo_and_redo_survive_a_restart(unit_file: Path) -> None:
    with open_store(unit_file) as store:
        assert (store.undo_words(), store.redo_words()) == ("Add VCALL10", "Remove VTAC12")
        was = rows(store)
        store.redo()
        store.undo()
        store.undo()
        store.undo()
    with open_store(unit_file) as store:
        assert (store.undo_words(), store.redo_words()) == ("Add VTAC11", "Add VTAC12")
        store.redo()
        store.redo()
        assert rows(store) == was


def test_a_new_edit_ends_what_could_be_done_again(store: Store, plan: Plan) -> None:
    store.undo()
    store.undo()
    store.replace([], [Channel(name="LAW1")], "Add LAW1")
    assert store.redo_words() == ""
    with pytest.raises(StoreError, match="nothing to redo"):
        store.redo()
    assert [store.undo().words for _ in range(3)] == ["Add LAW1", "Add VTAC11", "New incident Jacks Branch Fire"]
    assert store.undo_words() == ""
    with pytest.raises(StoreError, match="nothing to undo"):
        store.undo()


def test_what_was_taken_back_stays_in_the_history(store: Store, plan: Plan) -> None:
    store.undo()
    store.replace([], [Channel(name="LAW1")], "Add LAW1")
    assert "Add VCALL10" in [entry.words for entry in store.history()]


def test_undo_puts_a_row_back_where_it_was(store: Store, plan: Plan) -> None:
    names = [line.channel.name for line in plan.lines]
    store.replace(*planning.remove_lines(plan, plan.lines[:1]))
    store.undo()
    assert [line.channel.name for line in store.plan(plan.period.id).lines] == names


def test_undo_passes_signing_over(store: Store, plan: Plan) -> None:
    for can_undo in (False, True):
        store.replace(*planning.sign(store.plan(plan.period.id), "Ada Wong", SIGNED_AT), can_undo=can_undo)
        assert store.plan(plan.period.id).is_signed
        words = store.undo_words()
        assert words.startswith("Add")
        assert store.undo().words == words
        assert not store.plan(plan.period.id).is_signed
    assert [revision.number for revision in store[Revision].all()] == [1, 2]


def test_signing_does_not_end_what_could_be_done_again(store: Store, plan: Plan) -> None:
    store.undo()
    store.replace(*planning.sign(store.plan(plan.period.id), "Ada Wong", SIGNED_AT), can_undo=False)
    assert store.redo().words == "Add VCALL10"
    assert store.plan(plan.period.id).revision == 2


def test_undo_never_leaves_a_signed_plan_without_its_period(store: Store, plan: Plan) -> None:
    store.replace(*planning.sign(plan, "Ada Wong", SIGNED_AT), can_undo=False)
    for _ in plan.lines:
        store.undo()
    was = rows(store)
    with pytest.raises(StoreError, match="depends on it") as refused:
        store.undo()
    assert "signed" in refused.value.hint
    assert rows(store) == was
    assert store.undo_words() == "New incident Jacks Branch Fire"
    assert store.redo().words == "Add VTAC11"


def test_undo_of_what_was_changed_since_is_refused_and_changes_nothing(store: Store) -> None:
    channel, second = Channel(name="LAW1"), Channel(name="FIRE1")
    store.replace([], [channel, second], "Add two")
    store.replace([channel], [replace(channel, name="LAW2")], "Merged from elsewhere", can_undo=False)
    was = rows(store)
    with pytest.raises(StoreError, match="changed meanwhile"):
        store.undo()
    assert rows(store) == was
    assert store.undo_words() == "Add two"
    assert store.redo_words() == ""


def test_ten_thousand_channels_at_once_are_one_undo(store: Store) -> None:
    store.replace([], [Channel(name=f"CH {number}", rx_hz=155_000_000) for number in range(10_000)], "Import 10000")
    assert len(store[Channel].all()) == 10_000
    store.undo()
    assert store[Channel].all() == []
    store.redo()
    assert len(store[Channel].all()) == 10_000


# ── any edits, any undos ─────────────────────────────────────────────────────


def _new_incident(store: Store, a: int, b: int) -> Change:
    return planning.new_incident(Incident(name=f"Incident {a}"), SIGNED_AT, SIGNED_AT + timedelta(hours=1 + b))


def _own_channel(store: Store, a: int, b: int) -> Change:
    own = store[Channel].where(period_id=None)
    if own and b % 2:
        return Change([own[a % len(own)]], [], "Remove")
    return Change([], [Channel(name=f"Own {a}")], "Add")


def _of_a_plan(change: Callable[[Plan, int, int], Change]) -> Callable[[Store, int, int], Change]:
    def of_this_plan(store: Store, a: int, b: int) -> Change:
        periods = store[Period].all()
        return change(store.plan(periods[a % len(periods)].id), a, b) if periods else Change([], [], "")

    return of_this_plan


def _of_a_line(change: Callable[[Plan, int, int], Change]) -> Callable[[Store, int, int], Change]:
    return _of_a_plan(lambda plan, a, b: change(plan, a, b) if plan.lines else Change([], [], ""))


def _add(plan: Plan, a: int, b: int) -> Change:
    channel = Channel(name=f"TAC {b}", direction=Direction.BOTH, rx_hz=155_000_000 + a, tx_hz=155_000_000 + a)
    return planning.add_lines(plan, [planning.new_line(plan, channel, zone=f"Z{a % 2}")], position=b)


def _change(plan: Plan, a: int, b: int) -> Change:
    line = plan.lines[b % len(plan.lines)]
    return planning.change_line(
        line, assignment=replace(line.assignment, remarks=f"{a}"), channel=replace(line.channel, name=f"FIRE {b}")
    )


EDITS: dict[str, Callable[[Store, int, int], Change]] = {
    "new incident": _new_incident,
    "own channel": _own_channel,
    "add": _of_a_plan(_add),
    "remove": _of_a_line(lambda plan, a, b: planning.remove_lines(plan, plan.lines[a % 3 : 1 + b % 4])),
    "move": _of_a_line(lambda plan, a, b: planning.move_lines(plan, plan.lines[a % 3 : 1 + a % 3], b)),
    "into zone": _of_a_line(lambda plan, a, b: planning.move_lines(plan, plan.lines[:2], b, zone=f"Z{a % 3}")),
    "change": _of_a_line(_change),
    "renumber": _of_a_line(lambda plan, a, b: planning.renumber(plan)),
    "period": _of_a_plan(lambda plan, a, b: planning.change_period(plan.period, special_instructions=f"{b}")),
    "rename": _of_a_plan(lambda plan, a, b: planning.change_incident(plan.incident, name=f"Fire {b}")),
    "copy forward": _of_a_plan(lambda plan, a, b: planning.copy_forward(plan, [plan.period], None, None)),
}
NUMBERS = st.integers(0, 9)
STEPS = st.lists(
    st.tuples(st.sampled_from([*EDITS, *["undo", "redo"] * 3, "sign", "restart"]), NUMBERS, NUMBERS), max_size=30
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_after_any_edits_undo_and_redo_go_back_and_forth_exactly(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as still_open:
        path = Path(folder, "unit.coml")
        store = still_open.enter_context(create_store(path))
        past: list[list[list[object]]] = []
        future: list[list[list[object]]] = []

        def turn(undo: bool) -> bool:
            """One undo or redo, and whether it was done: what a signature rests on stays."""
            was, said = rows(store), ""
            there, here = (past, future) if undo else (future, past)
            try:
                (store.undo if undo else store.redo)()
            except StoreError as error:
                said = error.message
            if said:
                assert rows(store) == was
                assert not there or (undo and "depends" in said)
                return False
            assert rows(store) == there.pop()
            here.append(was)
            return True

        for step, a, b in steps:
            if step in ("undo", "redo"):
                turn(step == "undo")
            elif step == "restart":
                store.close()
                store = still_open.enter_context(open_store(path))
            elif step == "sign":
                periods = store[Period].all()
                plan = store.plan(periods[a % len(periods)].id) if periods else None
                if plan is not None and not plan.is_signed:
                    store.replace(*planning.sign(plan, "Ada", SIGNED_AT), can_undo=False)
            else:
                change = EDITS[step](store, a, b)
                if change.before or change.after:
                    past.append(rows(store))
                    future.clear()
                    store.replace(*change)
        now, count = rows(store), 0
        while turn(undo=True):
            count += 1
        for _ in range(count):
            assert turn(undo=False)
        assert rows(store) == now
        positions = [line.position for line in store[Assignment].all()]
        assert all(position >= 0 for position in positions)
