"""A plan as JSON: what a signed revision keeps word for word, and how a draft is told from it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..model.channel import Channel
from ..model.plan import Assignment, Incident, Line, Period, Plan, Revision
from ..model.record import Record
from .rows import from_row, to_row

# What the paper does not say, and so does not make a plan another one.
_UNSAID = {
    Incident: {"id", "opened_at", "closed_at"},
    Period: {"id", "incident_id", "due_at"},
    Assignment: {"id", "period_id", "channel_id", "position"},
    Channel: {"id", "period_id"},
}


def content(plan: Plan) -> str:
    """Everything the 205 of this plan rests on; equal for equal plans, whatever their ids."""
    return json.dumps(
        {
            "incident": _said(plan.incident),
            "period": _said(plan.period),
            "lines": [{**_said(line.assignment), "channel": _said(line.channel)} for line in plan.lines],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _said(record: Record) -> dict[str, Any]:
    return {name: value for name, value in to_row(record).items() if name not in _UNSAID[type(record)]}


def plan_of(revision: Revision, incident: Incident, period: Period) -> Plan:
    """The plan as it was signed; `incident` and `period` are today's records of it, for what the paper leaves out."""
    kept = json.loads(revision.content)
    lines = []
    for position, row in enumerate(kept["lines"]):
        channel = from_row(Channel, {**row["channel"], "period_id": period.id})
        assignment = from_row(
            Assignment, {**row, "period_id": period.id, "channel_id": channel.id, "position": position}
        )
        lines.append(Line(assignment=assignment, channel=channel))
    return Plan(
        incident=from_row(Incident, {**to_row(incident), **kept["incident"]}),
        period=from_row(Period, {**to_row(period), **kept["period"]}),
        lines=tuple(lines),
        revision=revision.number,
        signed_by=revision.signed_by,
        signed_at=revision.signed_at,
    )


def with_revision(plan: Plan, revisions: Sequence[Revision]) -> Plan:
    """The plan with its revision: the newest signed one if it says the same, else the draft of the next."""
    if not revisions:
        return plan
    newest = revisions[-1]
    # Read back first: a newer program knows fields that an older one could not write down.
    if content(plan_of(newest, plan.incident, plan.period)) == content(plan):
        return replace(plan, revision=newest.number, signed_by=newest.signed_by, signed_at=newest.signed_at)
    return replace(plan, revision=newest.number + 1)
