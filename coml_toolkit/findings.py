"""The checker with all that a unit file knows, and what was decided about each finding."""

from datetime import datetime
from typing import NamedTuple

from .errors import InputError
from .model.channel import Channel
from .model.finding import Disposition, Finding, Severity
from .model.plan import Period, Plan
from .planning import Change
from .store import Store


class Judged(NamedTuple):
    """A finding, and why it was accepted if it was."""

    finding: Finding
    disposition: Disposition | None

    @property
    def is_open(self) -> bool:
        """It waits for somebody to mend it or to say why it may stand."""
        return self.disposition is None


def judged(store: Store, plan: Plan, *, now: datetime) -> list[Judged]:
    """What the checker finds in a plan, gravest first, each with its disposition."""
    from . import library  # the checker and its tables are loaded when somebody wants to know
    from .checks import Context, check

    periods = tuple(store[Period].where(incident_id=plan.incident.id))
    context = Context(
        library=(*store[Channel].where(period_id=None), *library.channels()),
        now=now,
        periods=periods,
        other_plans=tuple(store.plan(period.id) for period in periods if period.id != plan.period.id),
    )
    kept = {one.finding_id: one for one in store[Disposition].where(incident_id=plan.incident.id)}
    return [Judged(finding, kept.get(finding.id)) for finding in check(plan, context=context)]


def accept(store: Store, plan: Plan, finding: Finding, words: str, by: str, at: datetime) -> Change:
    """Say why a finding may stand; kept for the incident as long as its facts stay what they are."""
    if not words.strip():
        raise InputError("A finding is accepted with a reason.", hint="Write why it may stand.")
    before = store[Disposition].where(incident_id=plan.incident.id, finding_id=finding.id)
    made = Disposition(incident_id=plan.incident.id, finding_id=finding.id, words=" ".join(words.split()), by=by, at=at)
    return Change(before, [made], f"Accept finding {finding.rule}")


def reopen(disposition: Disposition) -> Change:
    """Take an acceptance back."""
    return Change([disposition], [], "Reopen a finding")


def counts(found: list[Judged]) -> tuple[int, int]:
    """Open errors and open warnings."""
    still_open = [one.finding.severity for one in found if one.is_open]
    return still_open.count(Severity.ERROR), still_open.count(Severity.WARNING)
