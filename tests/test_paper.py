"""Printed forms say when they are older than the plan."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coml_toolkit import paper, planning
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Incident, Period, Plan
from coml_toolkit.model.printed import Printed
from coml_toolkit.model.sheet import Sheet
from coml_toolkit.paper import State
from coml_toolkit.store import Store, create_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_store(tmp_path / "unit.coml", who="Tester") as store:
        store.replace(*planning.new_incident(Incident(name="Creek Fire"), None, None))
        yield store


def plan_of(store: Store) -> Plan:
    return store.plan(store[Period].all()[0].id)


def state(store: Store, sheet: Sheet | None = None) -> State:
    plan = plan_of(store)
    last = paper.newest(store[Printed].where(period_id=plan.period.id), "ICS 205", sheet)
    return paper.state(last, plan, sheet)


def test_paper_is_current_until_the_plan_changes_and_again_when_it_is_undone(store: Store) -> None:
    assert state(store) is State.NEVER
    store.replace(*paper.printed(plan_of(store), None, "ICS 205", planning.now()), can_undo=False)
    assert state(store) is State.CURRENT
    plan = plan_of(store)
    store.replace(*planning.add_lines(plan, [planning.new_line(plan, Channel(name="NET 1"))]))
    assert state(store) is State.STALE
    store.undo()
    assert state(store) is State.CURRENT


def test_a_draft_on_paper_is_stale_once_the_plan_is_signed(store: Store) -> None:
    store.replace(*paper.printed(plan_of(store), None, "ICS 205", planning.now()), can_undo=False)
    store.replace(*planning.sign(plan_of(store), "J. Doe", planning.now()))
    assert state(store) is State.STALE


def test_undo_passes_printing_over(store: Store) -> None:
    plan = plan_of(store)
    store.replace(*planning.change_period(plan.period, special_instructions="Plain language."))
    store.replace(*paper.printed(plan_of(store), None, "ICS 205", planning.now()), can_undo=False)
    assert store.undo_words().startswith("Change special instructions")


def test_what_is_typed_into_a_form_makes_its_paper_stale(store: Store) -> None:
    plan = plan_of(store)
    sheet = Sheet(incident_id=plan.incident.id, period_id=plan.period.id, form="ICS 205", title="A")
    store.replace(*paper.printed(plan, sheet, "ICS 205", planning.now()), can_undo=False)
    assert state(store, sheet) is State.CURRENT
    other = planning.replace(sheet, fields='{"reply": "Yes"}')
    assert state(store, other) is State.STALE
    assert state(store) is State.NEVER
