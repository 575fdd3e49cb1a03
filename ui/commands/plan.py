"""coml plan: the lines of a radio plan, its revisions and its signature."""

import sys
from collections.abc import Collection
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from coml_toolkit import library, planning, units
from coml_toolkit.compare import differences
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import CONVENTIONAL_ONLY, Channel, Kind
from coml_toolkit.model.plan import RADIO_KINDS, Line, Plan, Revision
from coml_toolkit.store import Store

from . import fields, opening
from .library import in_words, named
from .options import period_options
from .output import Group, answer, note, table

_LINE = "LINE"
_HIGHEST_NUMBER = 9_999


@click.group(cls=Group)
def plan() -> None:
    """The radio plan: what the ICS 205 says.

    LINE is a line's number on the form, counted from 1, or its channel's name.
    """


# ── reading ──────────────────────────────────────────────────────────────────


@plan.command("list")
@period_options
def list_(incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """The lines of the plan."""
    with opening.for_reading(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
    answer(_document(now), _in_words(now))
    if not now.lines:
        note("The plan has no lines yet. “coml plan add VTAC11 --function Tactical” adds one.")


def _document(now: Plan) -> dict[str, Any]:
    """The plan as JSON: the contract's fields, and what else is known."""
    return {
        "incident": now.incident.name,
        "period": now.period.number,
        "revision": now.revision,
        "signed": now.is_signed,
        "lines": [_line_document(number, line) for number, line in enumerate(now.lines, 1)],
        "signed_by": now.signed_by,
        "signed_at": units.iso(now.signed_at),
        "prepared_by": now.period.prepared_by,
        "prepared_at": units.iso(now.period.prepared_at),
        "special_instructions": now.period.special_instructions,
        "start_at": units.iso(now.period.start_at),
        "end_at": units.iso(now.period.end_at),
        "due_at": units.iso(now.period.due_at),
        "incident_number": now.incident.number,
        "time_zone": now.incident.time_zone,
        "is_exercise": now.incident.is_exercise,
    }


def _line_document(number: int, line: Line) -> dict[str, Any]:
    return {
        "line": number,
        "zone": line.assignment.zone,
        "channel": line.assignment.number,
        "function": line.assignment.function,
        "assignment": line.assignment.assignment,
        **library.to_dict(line.channel),
        "remarks": line.assignment.remarks,
        "channel_remarks": line.channel.remarks,
    }


_TITLES = (
    "Line", "Zone", "Ch", "Function", "Name", "Assignment", "RX", "RX tone", "TX", "TX tone", "Where", "Mode", "Remarks"
)  # fmt: skip


def _in_words(now: Plan) -> str:
    head = f"{opening.plan_words(now)}, {opening.span(now.period, now.incident)}, {_state(now)}"
    parts = [f"{head}, EXERCISE" if now.incident.is_exercise else head]
    if now.lines:
        rows = [_row(number, line) for number, line in enumerate(now.lines, 1)]
        parts.append(table(_TITLES, rows, at_point=("RX", "TX")))
    if now.period.special_instructions:
        parts.append(f"Special instructions: {now.period.special_instructions}")
    return "\n\n".join(parts)


def _row(number: int, line: Line) -> tuple[str, ...]:
    assignment, channel = line.assignment, line.channel
    is_tuned = channel.kind is Kind.CONVENTIONAL
    return (
        str(number),
        assignment.zone,
        "" if assignment.number is None else str(assignment.number),
        assignment.function,
        channel.name,
        assignment.assignment,
        units.rx_text(channel) if is_tuned else "",
        units.rx_tone_text(channel) if is_tuned else "",
        units.tx_text(channel) if is_tuned else "",
        units.tx_tone_text(channel) if is_tuned else "",
        "" if is_tuned else units.across_text(channel),
        units.mode_text(channel),
        assignment.remarks,
    )


def _state(now: Plan) -> str:
    if now.signed_at is None:
        return f"revision {now.revision}, DRAFT"
    at = units.local_text(now.signed_at, now.incident.time_zone)
    return f"revision {now.revision}, signed by {now.signed_by} {at}"


# ── lines ────────────────────────────────────────────────────────────────────


@plan.command()
@click.argument("name")
@click.option("--function", default="", help="Command, Tactical, Air-to-ground …")
@click.option("--assignment", default="", help="Who uses it: Division A …")
@click.option("--zone", help="The radios' zone or group; without it the last radio line's.")
@click.option("--channel", "number", metavar="N", help="Channel number in the zone; without it the next free one.")
@click.option("--remarks", default="", help="The Remarks column.")
@click.option("--position", metavar="LINE", help="Put it before this line; without it at the end.")
@fields.channel_options
@period_options
def add(
    name: str,
    function: str,
    assignment: str,
    zone: str | None,
    number: str | None,
    remarks: str,
    position: str | None,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
    **typed: str | None,
) -> None:
    """Add a line.

    NAME is a channel of the library or of the unit, or one given here by --rx, --tx or --kind: then nothing is
    taken from the library. Other fields change the line's copy only.
    """
    given = fields.given(typed)
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        channel = _channel(store, name, given)
        values: dict[str, Any] = {"function": function, "assignment": assignment, "remarks": remarks}
        is_radio = channel.kind in RADIO_KINDS
        values["zone"] = zone
        if zone is None:  # a telephone has no place in the radios' zones unless it is given one
            zones = [one.assignment.zone for one in now.lines if one.channel.kind in RADIO_KINDS]
            values["zone"] = zones[-1] if zones and is_radio else ""
        if number is not None:
            values["number"] = _number(number)
        line = planning.new_line(now, channel, **values)
        at = None if position is None else _place(now, position)
        done = opening.edit(store, planning.add_lines(now, [line], position=at))
        _tell(done, store, now, line)


def _channel(store: Store, name: str, given: dict[str, str]) -> Channel:
    """The channel a new line copies: as typed if it has frequencies or a kind, else from the library."""
    own = store[Channel].where(period_id=None)
    if {"rx", "tx", "kind"} & given.keys():
        channel = fields.changed(Channel(name=named(name)), given)
        for same in (*own, *library.channels()):
            if same.name.casefold() == channel.name.casefold() and (unlike := _unlike(same, channel) & _PROGRAMMED):
                note(f"This is not the {same.name} of the library: {_in_field_words(unlike)}. It is: {in_words(same)}")
        return channel
    found = library.find((*own, *library.channels()), name)
    if found is None:
        near = library.suggest_names(name, (*own, *library.channels()))
        did_you_mean = f"Did you mean {' or '.join(near)}? Else give" if near else "Give"
        raise InputError(
            f"There is no channel “{name.strip()}” in the library nor among the unit's own.",
            hint=f"{did_you_mean} its frequencies with --rx and --tx, or its --kind.",
        )
    channel = fields.changed(found, given)
    if unlike := _unlike(found, channel):
        note(f"Not as in the library: {_in_field_words(unlike)}.")
    return channel


# What a radio is told, and so must not differ from a channel of the same name without a word.
_PROGRAMMED = CONVENTIONAL_ONLY - {"emission"} | {"kind", "mode"}


def _unlike(one: Channel, other: Channel) -> set[str]:
    """The fields in which two channels differ."""
    names = {each.name for each in dataclass_fields(Channel)} - {"id", "period_id"}
    return {name for name in names if getattr(one, name) != getattr(other, name)}


def _in_field_words(names: Collection[str]) -> str:
    return ", ".join(sorted(planning.FIELD_WORDS.get(name, name) for name in names))


def _number(text: str) -> int | None:
    return units.parse_number(text, "channel number", highest=_HIGHEST_NUMBER)


def _place(now: Plan, text: str) -> int:
    """The place, from 0, of the line that was named."""
    return now.lines.index(opening.choose_line(now, text))


@plan.command("set")
@click.argument("line", metavar=_LINE)
@click.option("--name", help="What the channel is called on this line.")
@click.option("--use", metavar="NAME", help="Put this channel of the library in place of the line's.")
@click.option("--function", help="Command, Tactical, Air-to-ground …")
@click.option("--assignment", help="Who uses it: Division A …")
@click.option("--zone", help="The radios' zone or group.")
@click.option("--channel", "number", metavar="N", help="Channel number in the zone; or unknown.")
@click.option("--remarks", help="The Remarks column.")
@fields.channel_options
@period_options
def set_(
    line: str,
    name: str | None,
    use: str | None,
    number: str | None,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
    **typed: str | None,
) -> None:
    """Change a line, or its own copy of the channel.

    What is not given stays.
    """
    given = fields.given(typed)
    values: dict[str, Any] = {
        key: given.pop(key).strip() for key in ("function", "assignment", "zone", "remarks") if key in given
    }
    if number is not None:
        values["number"] = _number(number)
    if use is not None and (name is not None or given):
        raise click.UsageError("--use takes the channel as it is; change it afterwards.")
    if use is None and name is None and not given and not values:
        raise click.UsageError("Say what to change.")
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        old = opening.choose_line(now, line)
        if use is None:
            channel = fields.changed(old.channel, given)
            if name is not None:
                channel = replace(channel, name=named(name))
            change = planning.change_line(old, assignment=replace(old.assignment, **values), channel=channel)
        else:
            channel = _channel(store, use, {})
            change = planning.use_channel(old, channel)
            if values:
                more = planning.change_line(old, assignment=replace(old.assignment, **values))
                change = planning.Change(
                    [*change.before, *more.before], [*change.after, *more.after], f"{change.words}; {more.words}"
                )
        done = opening.edit(store, change)
        _tell(done, store, now, old)
    if channel.kind is not Kind.CONVENTIONAL and (lost := _unlike(old.channel, channel) & CONVENTIONAL_ONLY):
        note(f"What only a conventional channel has was taken out: {_in_field_words(lost)}. Undo brings it back.")


@plan.command()
@click.argument("lines", metavar="LINE…", nargs=-1, required=True)
@period_options
def remove(
    lines: tuple[str, ...], incident_name: str | None, period_number: int | None, unit_file: Path | None
) -> None:
    """Take lines out of the plan."""
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        gone = [opening.choose_line(now, line) for line in lines]
        _tell(opening.edit(store, planning.remove_lines(now, gone)), store, now)


@plan.command()
@click.argument("line", metavar=_LINE)
@click.option(
    "--to", "target", type=click.IntRange(min=1), required=True, metavar="N", help="The number it shall have."
)
@period_options
def move(line: str, target: int, incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """Move a line to another place on the form.

    Its zone and channel number stay.
    """
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        moved = opening.choose_line(now, line)
        if target > len(now.lines):
            raise InputError(f"There is no line {target}.", hint=f"The plan has {len(now.lines)} lines.")
        position = target - 1 if target - 1 <= now.lines.index(moved) else target
        _tell(opening.edit(store, planning.move_lines(now, [moved], position)), store, now, moved)


@plan.command()
@click.argument("line", metavar=_LINE)
@period_options
def direct(line: str, incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """Add the direct twin of a repeater line.

    It is the talk-around, right below: transmits where the repeater is heard.
    """
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        repeater = opening.choose_line(now, line)
        own = store[Channel].where(period_id=None)
        twin = library.find((*own, *library.channels()), f"{repeater.channel.name}D")
        change = planning.direct_twin(now, repeater, twin)
        done = opening.edit(store, change)
        ids = {one.assignment.id for one in now.lines}
        made = next(one for one in store.plan(now.period.id).lines if one.assignment.id not in ids)
        _tell(done, store, now, made)


@plan.command()
@period_options
def renumber(incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """Number the channels of every zone from 1."""
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        _tell(opening.edit(store, planning.renumber(now)), store, now)


@plan.command("rename-zone")
@click.argument("old")
@click.argument("new")
@period_options
def rename_zone(
    old: str, new: str, incident_name: str | None, period_number: int | None, unit_file: Path | None
) -> None:
    """Give all lines of zone OLD the zone NEW."""
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        lines = [line for line in now.lines if line.assignment.zone == old]
        if not lines:
            zones = ", ".join(dict.fromkeys(f"“{line.assignment.zone}”" for line in now.lines))
            raise InputError(f"There is no zone “{old}” in {opening.plan_words(now)}.", hint=f"There is {zones}.")
        _tell(opening.edit(store, planning.rename_zone(lines, new.strip())), store, now)


# ── what stands around the lines ─────────────────────────────────────────────


@plan.command()
@click.argument("text", required=False)
@period_options
def instructions(
    text: str | None, incident_name: str | None, period_number: int | None, unit_file: Path | None
) -> None:
    """Show or set the special instructions.

    TEXT is what they shall be, “-” takes standard input; without it they are shown.
    """
    if text is None:
        with opening.for_reading(unit_file) as store:
            now = opening.choose_plan(store, incident_name, period_number)
        answer({"special_instructions": now.period.special_instructions}, now.period.special_instructions)
        return
    if text == "-":
        text = sys.stdin.read()
    _set_period(incident_name, period_number, unit_file, special_instructions=text.strip())


@plan.command("prepared-by")
@click.argument("name")
@click.option("--at", metavar="TIME", help="Date and time prepared, block 2; without it the time of signing.")
@period_options
def prepared_by(
    name: str, at: str | None, incident_name: str | None, period_number: int | None, unit_file: Path | None
) -> None:
    """Set who prepares the plan: block 6 of the 205."""
    _set_period(incident_name, period_number, unit_file, at=at, prepared_by=name.strip())


def _set_period(
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
    *,
    at: str | None = None,
    **values: str,
) -> None:
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        prepared = {} if at is None else {"prepared_at": units.parse_time(at, now.incident.time_zone)}
        _tell(opening.edit(store, planning.change_period(now.period, **values, **prepared)), store, now)


# ── revisions ────────────────────────────────────────────────────────────────


@plan.command()
@click.option("--by", "name", required=True, metavar="NAME", help="The Communications Unit Leader who signs.")
@period_options
def sign(name: str, incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """Sign the plan.

    This revision is locked; a later change starts the next one.
    """
    with opening.for_writing(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        done = opening.edit(store, planning.sign(now, name, planning.now()), can_undo=False)
        _tell(done, store, now)
    unknown = [str(number) for number, line in enumerate(now.lines, 1) if library.to_dict(line.channel)["unknown"]]
    if unknown:
        note(f"Not everything is known of line {', '.join(unknown)}; “coml plan list --json” says what is not.")


@plan.command()
@period_options
def revisions(incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """The signed revisions, and the draft."""
    with opening.for_reading(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        plans = [opening.as_signed(store, now, number) for number in _signed_numbers(store, now)]
    if not now.is_signed:
        plans.append(now)
    documents = [
        {
            "revision": one.revision,
            "signed": one.is_signed,
            "signed_by": one.signed_by,
            "signed_at": units.iso(one.signed_at),
            "lines": len(one.lines),
        }
        for one in plans
    ]
    rows = [
        (
            str(one.revision),
            units.local_text(one.signed_at, now.incident.time_zone) or "draft",
            one.signed_by,
            str(len(one.lines)),
        )
        for one in plans
    ]
    answer(documents, f"{opening.plan_words(now)}\n{table(('Revision', 'Signed', 'By', 'Lines'), rows)}")


@plan.command()
@click.argument("old", metavar="[A]", type=click.IntRange(min=1), required=False)
@click.argument("new", metavar="[B]", type=click.IntRange(min=1), required=False)
@period_options
def diff(
    old: int | None, new: int | None, incident_name: str | None, period_number: int | None, unit_file: Path | None
) -> None:
    """What changed, in words.

    From revision A to revision B; without them, from the newest signed one to now.
    """
    with opening.for_reading(unit_file) as store:
        now = opening.choose_plan(store, incident_name, period_number)
        signed = _signed_numbers(store, now)
        if not signed:
            raise InputError(
                f"No revision of {opening.plan_words(now)} is signed yet.", hint="There is nothing to compare."
            )
        before = _revision(store, now, old or signed[-1])
        after = now if new is None else _revision(store, now, new)
    found = differences(before, after)
    document = {
        "incident": now.incident.name,
        "period": now.period.number,
        "from": before.revision,
        "to": after.revision,
        "to_is_signed": after.is_signed,
        "differences": found,
    }
    draft = "" if after.is_signed else ", a draft"
    head = f"{opening.plan_words(now)}, from revision {before.revision} to revision {after.revision}{draft}:"
    answer(document, "\n".join([head, *(found or ["Nothing changed."])]))


def _revision(store: Store, now: Plan, number: int) -> Plan:
    return now if number == now.revision else opening.as_signed(store, now, number)


def _signed_numbers(store: Store, now: Plan) -> list[int]:
    return [revision.number for revision in store[Revision].where(period_id=now.period.id)]


# ── saying it ────────────────────────────────────────────────────────────────


def _tell(done: str, store: Store, before: Plan, line: Line | None = None) -> None:
    """What was done, to which plan, and how the line now reads."""
    now = store.plan(before.period.id)
    document: dict[str, Any] = {
        "done": done,
        "incident": now.incident.name,
        "period": now.period.number,
        "revision": now.revision,
        "signed": now.is_signed,
    }
    text = f"{done}: {opening.plan_words(now)}, {_state(now)}."
    if line is not None:
        number, line = next(
            (number, one) for number, one in enumerate(now.lines, 1) if one.assignment.id == line.assignment.id
        )
        document["line"] = _line_document(number, line)
        text += f"\n{_place_words(number, line)}: {in_words(line.channel)}"
    answer(document, text)
    if line is not None and (others := _same_place(now, line)):
        note(f"{others} has the same channel number in that zone.")
    if before.is_signed and not now.is_signed:
        note(f"Revision {before.revision} was signed; this change starts revision {now.revision}.")
    if now.incident.closed_at is not None:
        note(f"{now.incident.name} is closed.")


def _place_words(number: int, line: Line) -> str:
    zone = f", zone {line.assignment.zone}" if line.assignment.zone else ""
    channel = "" if line.assignment.number is None else f", channel {line.assignment.number}"
    return f"Line {number}{zone}{channel}"


def _same_place(now: Plan, line: Line) -> str:
    place = (line.assignment.zone, line.assignment.number)
    others = [
        one.channel.name
        for one in now.lines
        if line.assignment.number is not None
        and one.assignment.id != line.assignment.id
        and (one.assignment.zone, one.assignment.number) == place
    ]
    return ", ".join(others)
