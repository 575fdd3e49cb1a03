"""coml incident: incidents and their operational periods."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from coml_toolkit import planning, units
from coml_toolkit.errors import InputError
from coml_toolkit.model.plan import Incident, Period
from coml_toolkit.store import Store

from . import opening
from .options import incident_option, period_options, unit_option
from .output import Group, answer, note, table

_TIME = "TIME"
_FROM = "When the period starts: 2026-11-22 06:00 or 11/22/2026 0600, in the incident's local time; or unknown."


@click.group(cls=Group)
def incident() -> None:
    """Incidents and operational periods."""


@incident.command("list")
@unit_option
def list_(unit_file: Path | None) -> None:
    """Every incident of the unit, oldest first."""
    with opening.for_reading(unit_file) as store:
        documents = [_document(store, one) for one in store[Incident].all()]
        rows = [
            (one.name, one.number, one.place, str(len(store[Period].where(incident_id=one.id))), _state(one))
            for one in store[Incident].all()
        ]
    answer(documents, table(("Incident", "Number", "Place", "Periods", "State"), rows))
    if not documents:
        note("There is no incident yet. “coml incident new NAME” starts one.")


@incident.command()
@incident_option
@unit_option
def show(incident_name: str | None, unit_file: Path | None) -> None:
    """One incident with its operational periods."""
    with opening.for_reading(unit_file) as store:
        one = opening.choose_incident(store, incident_name)
        document = _document(store, one)
    head = [one.name, *(part for part in (one.number, one.place, one.time_zone, _state(one)) if part)]
    rows = [
        (
            str(period["number"]),
            units.local_text(_at(period["start_at"]), one.time_zone) or units.UNKNOWN,
            units.local_text(_at(period["end_at"]), one.time_zone) or units.UNKNOWN,
            str(period["lines"]),
            f"revision {period['revision']}, {'signed' if period['signed'] else 'draft'}",
            period["prepared_by"],
        )
        for period in document["periods"]
    ]
    periods = table(("Period", "From", "To", "Lines", "205", "Prepared by"), rows)
    answer(document, f"{', '.join(head)}\n{periods}")


@incident.command()
@click.argument("name")
@click.option("--number", default="", help="The incident's number.")
@click.option("--place", default="", help="Where it is, in words.")
@click.option("--time-zone", metavar="ZONE", help="As in America/New_York; without it this computer's.")
@click.option("--exercise", "is_exercise", is_flag=True, help="Every form says EXERCISE.")
@click.option("--from", "start", metavar=_TIME, help=_FROM)
@click.option("--to", "end", metavar=_TIME, help="When it ends. Without both: the next 12 hours.")
@unit_option
def new(
    name: str,
    number: str,
    place: str,
    time_zone: str | None,
    is_exercise: bool,
    start: str | None,
    end: str | None,
    unit_file: Path | None,
) -> None:
    """Start an incident and its first period."""
    zone = _this_computers_zone() if time_zone is None else time_zone
    units.time_zone(zone)
    now = planning.now()
    hour = planning.this_hour(zone)
    times = _times(start, end, zone) or (hour, hour + planning.DEFAULT_PERIOD)
    made = Incident(
        name=name.strip(),
        number=number.strip(),
        place=place.strip(),
        time_zone=zone,
        is_exercise=is_exercise,
        opened_at=now,
    )
    with opening.for_writing(unit_file) as store:
        same = [one for one in store[Incident].all() if one.name.casefold() == made.name.casefold()]
        done = opening.edit(store, planning.new_incident(made, *times))
        _tell(store, done, made, 1)
    if start is None:
        note("It is the next 12 hours from this full hour; “coml incident times --from … --to …” changes it.")
    if time_zone is None:
        note(f"Its local time is this computer's, {zone}; “coml incident set --time-zone …” changes it.")
    if same:
        note(f"There is another incident called {same[-1].name}; --incident takes the number or the id too.")


@incident.command("set")
@click.option("--name", help="Another name.")
@click.option("--number", help="Another number.")
@click.option("--place", help="Where it is, in words.")
@click.option("--time-zone", metavar="ZONE", help="As in America/New_York. Times stay the same instants.")
@click.option("--exercise/--no-exercise", "is_exercise", default=None, help="Whether every form says EXERCISE.")
@incident_option
@unit_option
def set_(incident_name: str | None, unit_file: Path | None, **typed: str | bool | None) -> None:
    """Change an incident's name, number, place …"""
    values = {
        key: value.strip() if isinstance(value, str) else value for key, value in typed.items() if value is not None
    }
    if not values:
        raise click.UsageError("Say what to change: --name, --number, --place, --time-zone or --exercise.")
    if "time_zone" in values:
        units.time_zone(str(values["time_zone"]))
    with opening.for_writing(unit_file) as store:
        one = opening.choose_incident(store, incident_name)
        done = opening.edit(store, planning.change_incident(one, **values))
        _tell(store, done, opening.choose_incident(store, one.id))


@incident.command()
@click.option("--from", "start", metavar=_TIME, help=_FROM)
@click.option("--to", "end", metavar=_TIME, help="When it ends.")
@click.option("--due", metavar=_TIME, help="When Planning wants the 205; or unknown.")
@period_options
def times(
    start: str | None,
    end: str | None,
    due: str | None,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Change the times of an operational period.

    When it starts and ends, and when its 205 is due.
    """
    with opening.for_writing(unit_file) as store:
        one = opening.choose_incident(store, incident_name)
        period = opening.choose_period(store, one.id, period_number)
        given = {"start_at": start, "end_at": end, "due_at": due}
        values = {name: _time(text, one.time_zone) for name, text in given.items() if text is not None}
        if not values:
            raise click.UsageError("Say what to change: --from, --to or --due.")
        done = opening.edit(store, planning.change_period(period, **values))
        _tell(store, done, one, period.number)


@incident.command("copy-forward")
@click.option("--from", "start", metavar=_TIME, help=_FROM)
@click.option("--to", "end", metavar=_TIME, help="When it ends. Without both: the following hours, as many as now.")
@period_options
def copy_forward(
    start: str | None, end: str | None, incident_name: str | None, period_number: int | None, unit_file: Path | None
) -> None:
    """Start the next period with a copy of this plan."""
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = plan.incident
        at = _times(start, end, one.time_zone) or planning.following_times(plan.period)
        periods = store[Period].where(incident_id=one.id)
        done = opening.edit(store, planning.copy_forward(plan, periods, *at))
        _tell(store, done, one, max(period.number for period in periods) + 1)
    if start is None:
        note("The times follow the period before; “coml incident times --from … --to …” changes them.")


@incident.command()
@incident_option
@unit_option
def close(incident_name: str | None, unit_file: Path | None) -> None:
    """Mark an incident as over.

    It can still be read and printed.
    """
    with opening.for_writing(unit_file) as store:
        one = opening.choose_incident(store, incident_name)
        done = opening.edit(store, planning.close(one, planning.now()))
        _tell(store, done, opening.choose_incident(store, one.id))


# ── saying it ────────────────────────────────────────────────────────────────


def _document(store: Store, one: Incident) -> dict[str, Any]:
    periods = []
    for period in store[Period].where(incident_id=one.id):
        plan = store.plan(period.id)
        periods.append(
            {
                "number": period.number,
                "start_at": units.iso(period.start_at),
                "end_at": units.iso(period.end_at),
                "due_at": units.iso(period.due_at),
                "prepared_by": period.prepared_by,
                "lines": len(plan.lines),
                "revision": plan.revision,
                "signed": plan.is_signed,
            }
        )
    return {
        "id": one.id,
        "name": one.name,
        "number": one.number,
        "place": one.place,
        "time_zone": one.time_zone,
        "is_exercise": one.is_exercise,
        "opened_at": units.iso(one.opened_at),
        "closed_at": units.iso(one.closed_at),
        "periods": periods,
    }


def _tell(store: Store, done: str, one: Incident, period_number: int | None = None) -> None:
    text = f"{done}: {one.name}"
    if period_number is not None:
        period = opening.choose_period(store, one.id, period_number)
        text = f"{done}: {one.name}, operational period {period.number}, {opening.span(period, one)}"
    answer({"done": done, "incident": _document(store, one), "period": period_number}, f"{text}.")


def _state(one: Incident) -> str:
    state = "open" if one.closed_at is None else f"closed {units.local_text(one.closed_at, one.time_zone)}"
    return f"{state}, exercise" if one.is_exercise else state


# ── times ────────────────────────────────────────────────────────────────────


def _at(text: str | None) -> datetime | None:
    return None if text is None else units.from_iso(text)


def _time(text: str, zone: str) -> datetime | None:
    return None if text.strip().casefold() == units.UNKNOWN else units.parse_time(text, zone)


def _times(start: str | None, end: str | None, zone: str) -> tuple[datetime | None, datetime | None] | None:
    """Both times of a period, None when neither was given."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise click.UsageError("Give both --from and --to; either may be “unknown”.")
    return _time(start, zone), _time(end, zone)


def _this_computers_zone() -> str:
    """The IANA name of this computer's time zone; InputError where it has none to tell."""
    import tzlocal

    try:
        return str(tzlocal.get_localzone_name() or "")
    except Exception as error:  # whatever a half-configured computer makes tzlocal raise
        raise InputError(
            "This computer's time zone has no name.", hint="Say --time-zone, as in --time-zone America/New_York."
        ) from error
