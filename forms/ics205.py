"""ICS 205, Incident Radio Communications Plan: all of it is the plan's."""

from collections.abc import Callable

from coml_toolkit import units
from coml_toolkit.model.channel import Channel, Kind
from coml_toolkit.model.plan import Line, Plan
from coml_toolkit.model.sheet import PRIVATE, is_private

from .content import date, date_time, time
from .form import CENTRED, Column, Entry, Field, Form, Page, Said, Table


def _conventional(text: Callable[[Channel], str], line: Line) -> str:
    """In a column of frequencies or tones: what a conventional channel shows; other resources have none."""
    return text(line.channel) if line.channel.kind is Kind.CONVENTIONAL else ""


def row(line: Line) -> dict[str, str]:
    """One line of the plan as the 205 says it; other forms repeat its words."""
    said = line.assignment
    is_radio = line.channel.kind is Kind.CONVENTIONAL
    return {
        "zone": said.zone,
        "number": "" if said.number is None else str(said.number),
        "function": said.function,
        "channel": line.channel.name,
        "assignment": said.assignment,
        "rx": _conventional(units.rx_text, line),
        "rx_tone": _conventional(units.rx_tone_text, line),
        "tx": _conventional(units.tx_text, line),
        "tx_tone": _conventional(units.tx_tone_text, line),
        "across": "" if is_radio else units.across_text(line.channel) or units.UNKNOWN,
        "mode": units.mode_text(line.channel),
        "remarks": said.remarks,
        PRIVATE: "yes" if is_private(line.channel) else "",
    }


def _fill(plan: Plan | None, typed: Said) -> Said:
    if plan is None:
        return typed
    period = plan.period
    prepared_at = period.prepared_at or plan.signed_at
    name = plan.signed_by or period.prepared_by
    fields = {
        "date_prepared": date(plan, prepared_at),
        "time_prepared": time(plan, prepared_at),
        "special_instructions": period.special_instructions,
        "prepared_name": name,
        "prepared_signature": f"/s/ {name}" if plan.is_signed else "",
        "prepared_at": date_time(plan, plan.signed_at),
    }
    return typed.over(Said(fields, {"channels": [row(line) for line in plan.lines]}))


ICS205 = Form(
    number="ICS 205",
    title="Incident Radio Communications Plan",
    pages=(Page("ics205", iap_page=(236, 543.5, 321, 554.9), mark=(750.5, 431.3)),),
    fill=_fill,
    is_plan=True,
    overflow="special_instructions",
    fields=(
        Field("incident_name", "1. Incident Name", (41.5, 70.5, 261, 102.5)),
        Field("date_prepared", "2. Date Prepared", (300, 73, 506, 87), Entry.DATE),
        Field("time_prepared", "2. Time Prepared", (300, 88.5, 506, 102.5), Entry.TIME),
        Field("date_from", "3. Date From", (570.5, 73, 629, 87), Entry.DATE),
        Field("time_from", "3. Time From", (570.5, 88.5, 629, 102.5), Entry.TIME),
        Field("date_to", "3. Date To", (674.5, 73, 754, 87), Entry.DATE),
        Field("time_to", "3. Time To", (674.5, 88.5, 754, 102.5), Entry.TIME),
        Field("special_instructions", "5. Special Instructions", (41.5, 435, 750.5, 521), Entry.TEXT),
        Field("prepared_name", "6. Name", (295, 524.2, 489, 535.6)),
        Field("prepared_signature", "6. Signature", (552.5, 524.2, 749, 535.6)),
        Field("prepared_at", "6. Date/Time", (393, 544.1, 749, 555.5), Entry.DATE_TIME),
    ),
    tables=(
        Table(
            "channels",
            "4. Basic Radio Channel Use",
            rules={1: (155.9, *(187.9 + 33 * row for row in range(7)), 418.9)},
            columns=(
                Column("zone", "Zone Grp.", (36.6, 67.6), align=CENTRED, again=str),
                Column("number", "Ch #", (67.6, 90), align=CENTRED, again=lambda text: f"{text} cont."),
                Column("function", "Function", (90, 175.6)),
                Column("channel", "Channel Name/Trunked Radio System Talkgroup", (175.6, 274.6)),
                Column("assignment", "Assignment", (274.6, 337.3)),
                Column("rx", "RX Freq N or W", (337.3, 382.6), align=CENTRED, size=8, is_one_line=True),
                Column("rx_tone", "RX Tone/NAC", (382.6, 436.6), align=CENTRED, is_one_line=True),
                Column("tx", "TX Freq N or W", (436.6, 481.6), align=CENTRED, size=8, is_one_line=True),
                Column("tx_tone", "TX Tone/NAC", (481.6, 535.6), align=CENTRED, is_one_line=True),
                Column(
                    "across",
                    "System, talkgroup, network or number",
                    (340, 533),
                    align=CENTRED,
                    is_one_line=True,
                    crosses=(382.6, 436.6, 481.6),
                ),
                Column("mode", "Mode (A, D, or M)", (535.6, 594), align=CENTRED, is_one_line=True),
                Column("remarks", "Remarks", (594, 755.4)),
            ),
        ),
    ),
)
