"""ICS 205, Incident Radio Communications Plan: what is written where."""

from collections.abc import Callable
from datetime import datetime

from coml_toolkit import units
from coml_toolkit.model.channel import Channel, Kind
from coml_toolkit.model.plan import Line, Plan

from .form import CENTRED, Cell, Column, Form


def _conventional(text: Callable[[Channel], str]) -> Callable[[Line], str]:
    """For a column of frequencies or tones: what a conventional channel shows; other resources have none."""
    return lambda line: text(line.channel) if line.channel.kind is Kind.CONVENTIONAL else ""


def _across(line: Line) -> str:
    """What other resources show across those columns: a trunked system, a network or a number."""
    if line.channel.kind is Kind.CONVENTIONAL:
        return ""
    return units.across_text(line.channel) or units.UNKNOWN


def _number(line: Line) -> str:
    return "" if line.assignment.number is None else str(line.assignment.number)


def _date(plan: Plan, at: datetime | None) -> str:
    return units.local_date(at, plan.incident.time_zone)


def _time(plan: Plan, at: datetime | None) -> str:
    """Times on ICS forms are local and need no name; UTC, where an incident has no time zone of its own, does."""
    zone = plan.incident.time_zone
    if at is not None and at.astimezone(units.time_zone(zone)).tzname() == "UTC":
        return f"{units.local_time(at, zone)} UTC"
    return units.local_time(at, zone)


def _prepared_at(plan: Plan) -> datetime | None:
    return plan.period.prepared_at or plan.signed_at


def _prepared_by(plan: Plan) -> str:
    return plan.signed_by or plan.period.prepared_by


ICS205 = Form(
    number="ICS 205",
    title="Incident Radio Communications Plan",
    face="ics205",
    cells=(
        Cell(name="1. Incident Name", at=(41.5, 70.5, 261, 102.5), text=lambda plan: plan.incident.name),
        Cell(name="2. Date Prepared", at=(300, 73, 506, 87), text=lambda plan: _date(plan, _prepared_at(plan))),
        Cell(name="2. Time Prepared", at=(300, 88.5, 506, 102.5), text=lambda plan: _time(plan, _prepared_at(plan))),
        Cell(name="3. Date From", at=(570.5, 73, 629, 87), text=lambda plan: _date(plan, plan.period.start_at)),
        Cell(name="3. Time From", at=(570.5, 88.5, 629, 102.5), text=lambda plan: _time(plan, plan.period.start_at)),
        Cell(name="3. Date To", at=(674.5, 73, 754, 87), text=lambda plan: _date(plan, plan.period.end_at)),
        Cell(name="3. Time To", at=(674.5, 88.5, 754, 102.5), text=lambda plan: _time(plan, plan.period.end_at)),
        Cell(name="6. Name", at=(295, 524.2, 489, 535.6), text=_prepared_by),
        Cell(
            name="6. Signature",
            at=(552.5, 524.2, 749, 535.6),
            text=lambda plan: f"/s/ {_prepared_by(plan)}" if plan.is_signed else "",
        ),
        Cell(
            name="6. Date/Time",
            at=(393, 544.1, 749, 555.5),
            text=lambda plan: f"{_date(plan, plan.signed_at)} {_time(plan, plan.signed_at)}",
        ),
    ),
    row_rules=(155.9, *(187.9 + 33 * row for row in range(7)), 418.9),
    columns=(
        Column(
            between=(36.6, 67.6),
            align=CENTRED,
            text=lambda line: line.assignment.zone,
            again=lambda line: line.assignment.zone,
        ),
        Column(between=(67.6, 90), align=CENTRED, text=_number, again=lambda line: f"{_number(line)} cont."),
        Column(between=(90, 175.6), text=lambda line: line.assignment.function),
        Column(between=(175.6, 274.6), text=lambda line: line.channel.name),
        Column(between=(274.6, 337.3), text=lambda line: line.assignment.assignment),
        Column(
            between=(337.3, 382.6),
            align=CENTRED,
            size=8,
            is_one_line=True,
            text=_conventional(units.rx_text),
        ),
        Column(
            between=(382.6, 436.6),
            align=CENTRED,
            is_one_line=True,
            text=_conventional(units.rx_tone_text),
        ),
        Column(
            between=(436.6, 481.6),
            align=CENTRED,
            size=8,
            is_one_line=True,
            text=_conventional(units.tx_text),
        ),
        Column(
            between=(481.6, 535.6),
            align=CENTRED,
            is_one_line=True,
            text=_conventional(units.tx_tone_text),
        ),
        Column(between=(340, 533), align=CENTRED, is_one_line=True, text=_across, crosses=(382.6, 436.6, 481.6)),
        Column(between=(535.6, 594), align=CENTRED, is_one_line=True, text=lambda line: units.mode_text(line.channel)),
        Column(between=(594, 755.4), text=lambda line: line.assignment.remarks),
    ),
    flow=Cell(
        name="5. Special Instructions", at=(41.5, 435, 750.5, 521), text=lambda plan: plan.period.special_instructions
    ),
    page_mark=(750.5, 431.3),
    iap_page=(236, 543.5, 321, 554.9),
)
