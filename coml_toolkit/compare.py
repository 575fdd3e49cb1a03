"""What changed between two plans, in words."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from . import units
from .model.channel import Channel, Kind
from .model.plan import Line, Period, Plan

# What of a line the paper shows, in the 205's order, and how it says it.
_SHOWN: tuple[tuple[str, Callable[[Line], str]], ...] = (
    ("zone", lambda line: line.assignment.zone),
    ("channel number", lambda line: "" if line.assignment.number is None else str(line.assignment.number)),
    ("function", lambda line: line.assignment.function),
    ("channel", lambda line: line.channel.name),
    ("assignment", lambda line: line.assignment.assignment),
    ("kind", lambda line: units.KIND_WORDS[line.channel.kind].lower()),
    ("RX", lambda line: units.rx_text(line.channel) if line.channel.kind is Kind.CONVENTIONAL else ""),
    ("RX tone", lambda line: units.rx_tone_text(line.channel) if line.channel.kind is Kind.CONVENTIONAL else ""),
    ("TX", lambda line: units.tx_text(line.channel) if line.channel.kind is Kind.CONVENTIONAL else ""),
    ("TX tone", lambda line: units.tx_tone_text(line.channel) if line.channel.kind is Kind.CONVENTIONAL else ""),
    ("system", lambda line: units.across_text(line.channel)),
    ("mode", lambda line: units.mode_text(line.channel)),
    ("remarks", lambda line: line.assignment.remarks),
)


def differences(old: Plan, new: Plan) -> list[str]:
    """One sentence for each thing the paper of `new` says otherwise than that of `old`; empty when they agree."""
    found = [*_incident(old, new), *_period(old, new)]
    pairs, removed, added = _matched(old.lines, new.lines)
    found += [f"{_called(line)} was removed." for line in removed]
    found += [f"{_called(line)} was added." for line in added]
    for before, after in pairs:
        changed = [
            f"{what} {say(after) or 'nothing'} (was {say(before) or 'nothing'})"
            for what, say in _SHOWN
            if say(before) != say(after)
        ]
        if changed:
            found.append(f"{_called(before)}: {'; '.join(changed)}.")
        elif unsaid := _unprinted(before.channel, after.channel):
            found.append(f"{_called(before)}: {unsaid}.")
    places = {line.assignment.id: place for place, line in enumerate(old.lines)}
    order_after = [places[before.assignment.id] for before, _ in sorted(pairs, key=lambda pair: _place(new, pair[1]))]
    if order_after != sorted(order_after):
        found.append("The order of the lines changed.")
    return found


def _place(plan: Plan, line: Line) -> int:
    return next(place for place, other in enumerate(plan.lines) if other is line)


def _incident(old: Plan, new: Plan) -> list[str]:
    found = []
    if old.incident.name != new.incident.name:
        found.append(f"The incident is called {new.incident.name}, was {old.incident.name}.")
    for what, name in (("number", "number"), ("place", "place"), ("time zone", "time_zone")):
        before, after = getattr(old.incident, name), getattr(new.incident, name)
        if before != after:
            found.append(f"The {what} of the incident is {after or units.UNKNOWN}, was {before or units.UNKNOWN}.")
    if old.incident.is_exercise != new.incident.is_exercise:
        found.append(f"It is {'an' if new.incident.is_exercise else 'no longer an'} exercise.")
    return found


def _period(old: Plan, new: Plan) -> list[str]:
    found = []
    if old.period.number != new.period.number:
        found.append(f"It is operational period {new.period.number}, was {old.period.number}.")
    zone = new.incident.time_zone
    for what, name in (
        ("operational period starts", "start_at"),
        ("operational period ends", "end_at"),
        ("form is dated", "prepared_at"),
    ):
        before, after = getattr(old.period, name), getattr(new.period, name)
        if before != after:
            was, is_ = (units.local_text(at, zone) or units.UNKNOWN for at in (before, after))
            found.append(f"The {what} {is_}, was {was}.")
    named: Sequence[tuple[str, Callable[[Period], str]]] = (
        ("special instructions", lambda period: period.special_instructions),
        ("prepared-by", lambda period: period.prepared_by),
    )
    for what, say in named:
        if say(old.period) != say(new.period):
            found.append(f"The {what} changed.")
    return found


def _called(line: Line) -> str:
    place = " ".join(part for part in (line.assignment.zone, str(line.assignment.number or "")) if part)
    use = line.assignment.assignment or line.assignment.function
    name = line.channel.name or "A line without a channel"
    return f"{name}{f' ({use})' if use else ''}{f' at {place}' if place else ''}"


def _unprinted(before: Channel, after: Channel) -> str:
    """What the channel's record says otherwise though the paper does not show it."""
    names = [
        field.name.replace("_", " ")
        for field in fields(Channel)
        if field.name not in {"id", "period_id"} and getattr(before, field.name) != getattr(after, field.name)
    ]
    return f"{', '.join(names)} changed" if names else ""


def _matched(old: Sequence[Line], new: Sequence[Line]) -> tuple[list[tuple[Line, Line]], list[Line], list[Line]]:
    """Pair the lines that are about the same thing: the same line, or the same use, or the same place in the radio."""
    keys: Sequence[Callable[[Line], object]] = (  # a key of None pairs with nothing
        lambda line: line.assignment.id,
        _without_ids,
        lambda line: _names(
            line.channel.name, line.assignment.function, line.assignment.assignment, line.assignment.zone
        ),
        lambda line: _names(line.channel.name, line.assignment.assignment),
        lambda line: _names(line.assignment.function, line.assignment.assignment),
        lambda line: None if line.assignment.number is None else (line.assignment.zone, line.assignment.number),
        lambda line: line.channel.name or None,
    )
    pairs: list[tuple[Line, Line]] = []
    left, right = list(old), list(new)
    for key in keys:
        waiting: dict[object, list[Line]] = {}
        for line in left:
            if (about := key(line)) is not None:
                waiting.setdefault(about, []).append(line)
        for line in list(right):
            if candidates := waiting.get(key(line)):
                match = candidates.pop(0)
                pairs.append((match, line))
                left = [other for other in left if other is not match]
                right = [other for other in right if other is not line]
    return pairs, left, right


def _without_ids(line: Line) -> object:
    """All that a line says: a signed revision keeps no ids."""
    return (
        replace(line.assignment, id="", period_id="", channel_id="", position=0),
        replace(line.channel, id="", period_id=None),
    )


def _names(*parts: str) -> tuple[str, ...] | None:
    return parts if any(parts) else None
