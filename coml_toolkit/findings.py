"""The checker with all that a unit file knows, and what was decided about each finding."""

from datetime import datetime
from typing import NamedTuple

from .errors import InputError
from .jobs import Progress, ignore
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


class Asked(NamedTuple):
    """All that the checker needs, read from the file: from here on nothing needs the file."""

    plan: Plan
    periods: tuple[Period, ...]
    other_plans: tuple[Plan, ...]
    own_channels: tuple[Channel, ...]
    kept: dict[str, Disposition]
    now: datetime


def asked(store: Store, plan: Plan, *, now: datetime) -> Asked:
    """What a unit file knows about a plan."""
    periods = tuple(store[Period].where(incident_id=plan.incident.id))
    return Asked(
        plan=plan,
        periods=periods,
        other_plans=tuple(store.plan(period.id) for period in periods if period.id != plan.period.id),
        own_channels=tuple(store[Channel].where(period_id=None)),
        kept={one.finding_id: one for one in store[Disposition].where(incident_id=plan.incident.id)},
        now=now,
    )


def judge(known: Asked, *, progress: Progress = ignore) -> list[Judged]:
    """What the checker finds, gravest first, each with its disposition."""
    from . import library  # the checker and its tables are loaded when somebody wants to know
    from .checks import Context, check

    context = Context(
        library=(*known.own_channels, *library.channels()),
        now=known.now,
        periods=known.periods,
        other_plans=known.other_plans,
    )
    progress(0, 0)
    return [Judged(finding, known.kept.get(finding.id)) for finding in check(known.plan, context=context)]


def judged(store: Store, plan: Plan, *, now: datetime) -> list[Judged]:
    """Both at once."""
    return judge(asked(store, plan, now=now))


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
