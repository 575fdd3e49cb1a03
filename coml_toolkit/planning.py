"""Every change of incidents, periods and plans, as a Change: what was there, what shall be, and the words for it.

Pure functions: nothing is stored until `store.replace(*change)`. The desktop and the command line both call these,
so that what one can do the other can.
"""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from . import units
from .errors import InputError
from .model.channel import Channel, Tone
from .model.plan import RADIO_KINDS, Assignment, Incident, Line, Period, Plan, Revision, next_number
from .model.record import Record, new_id
from .store.content import content

DEFAULT_PERIOD = timedelta(hours=12)


class Change(NamedTuple):
    """What `Store.replace` takes."""

    before: Sequence[Record]
    after: Sequence[Record]
    words: str


def now() -> datetime:
    """This instant, to the second: what forms and the unit file hold."""
    return datetime.now(UTC).replace(microsecond=0)


def this_hour(zone_name: str) -> datetime:
    """The full hour we are in, on the clocks of that zone: where a first period starts unless told otherwise."""
    return datetime.now(units.time_zone(zone_name)).replace(minute=0, second=0, microsecond=0).astimezone(UTC)


# ── incidents and periods ────────────────────────────────────────────────────


def new_incident(incident: Incident, start_at: datetime | None, end_at: datetime | None) -> Change:
    """A new incident with its first operational period."""
    _check_incident(incident)
    period = Period(incident_id=incident.id, number=1, start_at=start_at, end_at=end_at)
    check_period(period)
    return Change([], [incident, period], f"New incident {incident.name}")


def _check_incident(incident: Incident) -> None:
    if not incident.name.strip():
        raise InputError("An incident needs a name.", hint="Write the name that Planning uses on its forms.")
    units.time_zone(incident.time_zone)  # refused here, not when the 205 is printed


def check_period(period: Period) -> None:
    """Refuse a period that ends before it starts, or is longer than any operational period."""
    if period.start_at is None or period.end_at is None:
        return
    if period.end_at <= period.start_at:
        when = "when" if period.end_at == period.start_at else "before"
        raise InputError(f"The operational period ends {when} it starts.", hint="Check both dates and times.")
    if period.end_at - period.start_at > timedelta(days=31):
        raise InputError("The operational period is longer than a month.", hint="Check both dates.")


def change_period(period: Period, **values: Any) -> Change:
    """Change times, special instructions, prepared-by or the due time of a period."""
    after = replace(period, **values)
    check_period(after)
    return _changed(period, after, f"operational period {period.number}")


def change_incident(incident: Incident, **values: Any) -> Change:
    """Change the name, number, place, time zone or exercise mark of an incident."""
    after = replace(incident, **values)
    _check_incident(after)
    return _changed(incident, after, f"incident {incident.name}")


def _changed(before: Record, after: Record, what: str) -> Change:
    """From one record to its changed copy; nothing to do if they are equal."""
    names = _different(before, after)
    return Change([before] if names else [], [after] if names else [], f"Change {_fields_in_words(names)} of {what}")


def _different(before: Record, after: Record) -> list[str]:
    return [field.name for field in fields(before) if getattr(before, field.name) != getattr(after, field.name)]


def close(incident: Incident, at: datetime) -> Change:
    """Mark an incident as over; it can still be read and printed."""
    if incident.closed_at is not None:
        raise InputError(f"{incident.name} is closed already.", hint="It can still be read and printed.")
    return Change([incident], [replace(incident, closed_at=at)], f"Close incident {incident.name}")


def copy_forward(plan: Plan, periods: Sequence[Period], start_at: datetime | None, end_at: datetime | None) -> Change:
    """The next operational period with a copy of this plan; both can then change without touching the other."""
    number = max(period.number for period in periods) + 1
    period = replace(
        plan.period,
        id=new_id(),
        number=number,
        start_at=start_at,
        end_at=end_at,
        prepared_at=None,
        due_at=None,
    )
    check_period(period)
    added: list[Record] = [period]
    for line in plan.lines:
        channel = replace(line.channel, id=new_id(), period_id=period.id)
        added += [channel, replace(line.assignment, id=new_id(), period_id=period.id, channel_id=channel.id)]
    return Change([], added, f"Copy operational period {plan.period.number} forward to {number}")


def following_times(period: Period) -> tuple[datetime | None, datetime | None]:
    """The next period's times: it starts where this one ends and lasts as long; unknown stays unknown."""
    if period.end_at is None:
        return None, None
    length = period.end_at - period.start_at if period.start_at else DEFAULT_PERIOD
    return period.end_at, period.end_at + length


# ── lines ────────────────────────────────────────────────────────────────────


def new_line(plan: Plan, channel: Channel, *, position: int | None = None, **values: Any) -> Line:
    """A line for this plan with a copy of the channel; a radio's `number` is the zone's next free one unless given."""
    zone = values.setdefault("zone", plan.lines[-1].assignment.zone if plan.lines else "")
    if "number" not in values:
        values["number"] = next_number(plan.lines, zone) if channel.kind in RADIO_KINDS else None
    copy = replace(channel, id=new_id(), period_id=plan.period.id)
    at = len(plan.lines) if position is None else position
    return Line(
        channel=copy,
        assignment=Assignment(period_id=plan.period.id, channel_id=copy.id, position=at, **values),
    )


def add_lines(plan: Plan, lines: Sequence[Line], *, position: int | None = None) -> Change:
    """Put new lines (see `new_line`) at a position, at the end without one."""
    at = len(plan.lines) if position is None else position
    names = ", ".join(line.channel.name or "a line" for line in lines[:3])
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    return _arranged(plan, [*plan.lines[:at], *lines, *plan.lines[at:]], f"Add {names}{more}")


def remove_lines(plan: Plan, lines: Sequence[Line]) -> Change:
    """Take lines out of the plan."""
    gone = {line.assignment.id: line for line in lines}
    kept = [line for line in plan.lines if line.assignment.id not in gone]
    return _arranged(plan, kept, f"Remove {_lines_in_words(list(gone.values()))}")


def move_lines(plan: Plan, lines: Sequence[Line], position: int, *, zone: str | None = None) -> Change:
    """Move lines, in their order, before the line that is now at `position`; into `zone` if one is given."""
    moved = {line.assignment.id for line in lines}
    before = [line for line in plan.lines[:position] if line.assignment.id not in moved]
    after = [line for line in plan.lines[position:] if line.assignment.id not in moved]
    ordered = [line for line in plan.lines if line.assignment.id in moved]
    if zone is not None:
        ordered = _into(zone, [*before, *after], ordered)
    return _arranged(plan, [*before, *ordered, *after], f"Move {_lines_in_words(lines)}")


def _into(zone: str, others: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Lines that come into a zone get its next free numbers; those that are in it keep theirs."""
    taken = [*others, *(line for line in lines if line.assignment.zone == zone)]
    moved = []
    for line in lines:
        if line.assignment.zone != zone:
            number = next_number(tuple(taken), zone) if line.channel.kind in RADIO_KINDS else None
            line = replace(line, assignment=replace(line.assignment, zone=zone, number=number))
            taken.append(line)
        moved.append(line)
    return moved


def change_line(line: Line, *, assignment: Assignment | None = None, channel: Channel | None = None) -> Change:
    """Change what a line says, or its own copy of the channel."""
    before: list[Record] = []
    after: list[Record] = []
    changed: list[str] = []
    for old, new in ((line.assignment, assignment), (line.channel, channel)):
        if new is not None and new != old:
            before.append(old)
            after.append(new)
            changed += _different(old, new)
    return Change(before, after, f"Change {_fields_in_words(changed)} of {line.channel.name or 'a line'}")


def renumber(plan: Plan) -> Change:
    """Number the radio channels of every zone from 1, in the order of the plan."""
    counts: dict[str, int] = {}
    numbered = []
    for line in plan.lines:
        if line.channel.kind in RADIO_KINDS:
            zone = line.assignment.zone
            counts[zone] = counts.get(zone, 0) + 1
            line = replace(line, assignment=replace(line.assignment, number=counts[zone]))
        numbered.append(line)
    return _arranged(plan, numbered, "Renumber the channels of each zone")


def rename_zone(lines: Sequence[Line], zone: str) -> Change:
    """Give the lines of a zone another zone."""
    before = [line.assignment for line in lines if line.assignment.zone != zone]
    return Change(before, [replace(assignment, zone=zone) for assignment in before], f"Rename zone to {zone}")


def use_channel(line: Line, channel: Channel) -> Change:
    """Put a copy of another channel, as it stands in the library, in place of this line's."""
    copy = replace(channel, id=line.channel.id, period_id=line.channel.period_id)
    was = f"{line.channel.name} with " if line.channel.name else ""
    return Change([line.channel], [copy], f"Replace {was}{channel.name}" if was else f"Fill in {channel.name}")


def direct_twin(plan: Plan, line: Line, twin: Channel | None) -> Change:
    """The talk-around of a repeater line, right below it: transmits where it receives.

    `twin` is the library's own (suffix D) if there is one; else the line's channel is turned into its direct one, which
    sends what opens its own receivers: on VTAC36 the 156.7 that they wait for, not the 136.5 of the repeater's input.
    """
    channel = line.channel
    if channel.rx_hz is None or channel.tx_hz is None or channel.is_simplex:
        raise InputError(
            f"{channel.name} is not a repeater channel, so it has no direct twin.",
            hint="A direct twin transmits on a repeater's output; RX and TX must differ.",
        )
    twin = twin or replace(
        channel,
        name=f"{channel.name}D",
        tx_hz=channel.rx_hz,
        tx_tone=_opening(channel.rx_tone, channel.tx_tone),
        edition="",
        source="",
        verification="",
        verified_by="",
        tone_source="",
    )
    zone = line.assignment.zone
    made = new_line(plan, twin, zone=zone, function=line.assignment.function, assignment=line.assignment.assignment)
    at = next(number for number, other in enumerate(plan.lines) if other.assignment.id == line.assignment.id) + 1
    return add_lines(plan, [made], position=at)


ANY_NAC = 0xF7E  # a receiver set to it opens for every NAC (TIA-102)


def _opening(rx: Tone, tx: Tone) -> Tone:
    """What must be sent to open a receiver; where it asks for nothing definite, what was sent so far."""
    if not rx.is_known or rx.is_csq or (rx.nac == ANY_NAC and rx.ctcss_dhz is None and rx.dcs is None):
        return tx
    return replace(rx, nac=tx.nac) if rx.nac == ANY_NAC else rx


def _arranged(plan: Plan, lines: Sequence[Line], words: str) -> Change:
    """From the plan's lines to these lines, in this order."""
    after: dict[str, Record] = {}
    for position, line in enumerate(lines):
        assignment = replace(line.assignment, position=position)
        after |= {line.channel.id: line.channel, assignment.id: assignment}
    before: dict[str, Record] = {}
    for line in plan.lines:
        before |= {line.channel.id: line.channel, line.assignment.id: line.assignment}
    return Change(
        [record for id_, record in before.items() if after.get(id_) != record],
        [record for id_, record in after.items() if before.get(id_) != record],
        words,
    )


# ── signing ──────────────────────────────────────────────────────────────────


def sign(plan: Plan, signed_by: str, at: datetime) -> Change:
    """Sign this plan: its content is kept word for word and locked. Store it with `can_undo=False`."""
    if not signed_by.strip():
        raise InputError("A plan is signed with a name.", hint="Write the name of the Communications Unit Leader.")
    if plan.is_signed:
        raise InputError(
            f"Revision {plan.revision} is signed already, and nothing changed since.",
            hint="A change of the plan starts the next revision; sign that one.",
        )
    revision = Revision(
        period_id=plan.period.id,
        number=plan.revision,
        signed_by=signed_by.strip(),
        signed_at=at,
        content=content(plan),
    )
    return Change([], [revision], f"Sign revision {plan.revision} of operational period {plan.period.number}")


# ── words ────────────────────────────────────────────────────────────────────

FIELD_WORDS = {
    "rx_hz": "RX frequency",
    "tx_hz": "TX frequency",
    "rx_tone": "RX tone",
    "tx_tone": "TX tone",
    "bandwidth_hz": "bandwidth",
    "talkgroup_id": "talkgroup id",
    "number": "channel number",
    "start_at": "start",
    "end_at": "end",
    "prepared_at": "time prepared",
    "prepared_by": "prepared-by",
    "due_at": "due time",
    "is_exercise": "exercise mark",
    "special_instructions": "special instructions",
    "time_zone": "time zone",
}


def _fields_in_words(names: Sequence[str]) -> str:
    words = [FIELD_WORDS.get(name, name.replace("_", " ")) for name in names]
    return ", ".join(words) or "nothing"


def _lines_in_words(lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return lines[0].channel.name or "a line"
    return f"{len(lines)} lines"
