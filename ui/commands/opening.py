"""Which unit file, incident, operational period and line a command is about."""

from collections.abc import Sequence
from pathlib import Path

import click

from coml_toolkit import library, paths, settings, units
from coml_toolkit.errors import InputError, ReadOnlyError, StoreError
from coml_toolkit.model.plan import Incident, Line, Period, Plan, Revision
from coml_toolkit.model.record import Record
from coml_toolkit.store import Store, create_store, open_store
from coml_toolkit.store.content import plan_of

from .output import note, quoted

WAIT_S = 3.0  # another command is done by then; the desktop is not
_PROTECTED = "Nothing was changed. Take the protection away, or name a copy that you may write to with --unit."
_IN_USE = "Nothing was changed. Make the change in that program, or close it and try again."


class AmbiguousError(click.UsageError):
    """What was named fits several: the choices are listed, none is taken."""

    def __init__(self, message: str, *, choices: Sequence[str]) -> None:
        super().__init__(message)
        self.hint = "\n      ".join(choices)


# ── the unit file ────────────────────────────────────────────────────────────


def for_reading(unit_file: Path | None) -> Store:
    """The unit file, to look at: works while another program has it open, and keeps none out."""
    return open_store(_existing(unit_file), who=who(), read_only=True)


def for_writing(unit_file: Path | None) -> Store:
    """The unit file, to change, once another command is done with it; ReadOnlyError if it cannot be changed now."""
    store = open_store(_existing(unit_file), who=who(), wait_s=WAIT_S)
    if store.is_read_only:
        store.close()
        hint = _PROTECTED if "write-protected" in store.why_read_only else _IN_USE
        raise ReadOnlyError(store.why_read_only, hint=hint)
    return store


def _existing(unit_file: Path | None) -> Path:
    if unit_file is not None:
        if not unit_file.exists():
            hint = f"“coml init {quoted(unit_file)}” makes a new unit file."
            raise StoreError(f"{unit_file} does not exist.", hint=hint)
        return unit_file
    path = paths.default_unit_file()
    if not path.exists():
        create_store(path, who=who()).close()
        note(f"Your unit file is new: {path}")
    return path


def who() -> str:
    """The name the history carries."""
    return settings.who(settings.load())


def edit(store: Store, change: tuple[Sequence[Record], Sequence[Record], str], *, can_undo: bool = True) -> str:
    """Store a change and say in words what was done; a change of nothing is not kept in the history."""
    before, after, words = change
    if list(before) == list(after):
        return "Nothing to change"
    return store.replace(before, after, words, can_undo=can_undo).words


# ── incidents and periods ────────────────────────────────────────────────────


def choose_incident(store: Store, name: str | None) -> Incident:
    """The incident that was named; else the only one, or the newest that is not closed."""
    incidents = store[Incident].all()
    if not incidents:
        raise InputError("There is no incident in this unit file yet.", hint="“coml incident new NAME” starts one.")
    if name is None:
        opened = [incident for incident in incidents if incident.closed_at is None]
        return (opened or incidents)[-1]
    typed = name.strip().casefold()
    found = [one for one in incidents if typed in (one.name.casefold(), one.number.casefold(), one.id)]
    if len(found) > 1:
        raise AmbiguousError(
            f"“{name.strip()}” is the name of {len(found)} incidents; choose one by its number or id:",
            choices=[
                f"{one.name}, number {one.number or 'none'},"
                f" opened {units.local_text(one.opened_at, one.time_zone) or units.UNKNOWN}, id {one.id}"
                for one in found
            ],
        )
    if not found:
        names = ", ".join(f"“{one.name}”" for one in incidents)
        raise InputError(f"There is no incident “{name.strip()}” in this unit file.", hint=f"It has {names}.")
    return found[0]


def choose_period(store: Store, incident_name: str | None, number: int | None) -> Period:
    """The operational period that was named; without a number the newest of its incident."""
    incident = choose_incident(store, incident_name)
    periods = store[Period].where(incident_id=incident.id)
    if not periods:
        raise InputError(f"{incident.name} has no operational period.", hint="Take back what removed it: “coml undo”.")
    if number is None:
        return periods[-1]
    found = [period for period in periods if period.number == number]
    if len(found) > 1:
        raise AmbiguousError(
            f"{incident.name} has {len(found)} operational periods {number}; change one in the desktop:",
            choices=[span(period, incident) for period in found],
        )
    if not found:
        numbers = ", ".join(str(period.number) for period in periods)
        raise InputError(f"{incident.name} has no operational period {number}.", hint=f"It has {numbers}.")
    return found[0]


def choose_plan(store: Store, incident_name: str | None, period_number: int | None) -> Plan:
    """The plan of the period that was named, as it stands now."""
    return store.plan(choose_period(store, incident_name, period_number).id)


def choose_line(plan: Plan, text: str) -> Line:
    """A line by its number on the form, counted from 1, or by its channel's name."""
    typed = text.strip()
    if typed.isdecimal():
        if 1 <= int(typed) <= len(plan.lines):
            return plan.lines[int(typed) - 1]
        raise InputError(f"There is no line {typed}.", hint=f"{plan_words(plan)} has {len(plan.lines)} lines.")
    found = [
        (number, line) for number, line in enumerate(plan.lines, 1) if line.channel.name.casefold() == typed.casefold()
    ]
    if len(found) > 1:
        raise AmbiguousError(
            f"“{typed}” is on {len(found)} lines; choose one by its number:",
            choices=[f"{number}: {line.assignment.function} {line.assignment.assignment}" for number, line in found],
        )
    if not found:
        near = library.suggest_names(typed, [line.channel for line in plan.lines])
        hint = f"Did you mean {' or '.join(near)}?" if near else "“coml plan list” shows the lines."
        raise InputError(f"There is no line “{typed}” in {plan_words(plan)}.", hint=hint)
    return found[0][1]


def plan_words(plan: Plan) -> str:
    """'Bear Creek Fire, operational period 3': every answer about a plan says which one it is."""
    return f"{plan.incident.name}, operational period {plan.period.number}"


def span(period: Period, incident: Incident) -> str:
    """'2026-11-22 06:00 to 2026-11-22 18:00 America/New_York'."""
    if period.start_at is None and period.end_at is None:
        return "times not set"
    start, end = (units.local_text(at, incident.time_zone) or units.UNKNOWN for at in (period.start_at, period.end_at))
    return f"{start} to {end} {incident.time_zone}"


def as_signed(store: Store, plan: Plan, number: int) -> Plan:
    """The plan word for word as its revision `number` was signed."""
    revisions = store[Revision].where(period_id=plan.period.id)
    for revision in revisions:
        if revision.number == number:
            return plan_of(revision, plan.incident, plan.period)
    signed = ", ".join(str(revision.number) for revision in revisions)
    raise InputError(
        f"There is no signed revision {number} of {plan_words(plan)}.",
        hint=f"Signed: {signed}." if signed else "None is signed yet.",
    )
