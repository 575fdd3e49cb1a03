"""Blocks that most forms share: the incident, its operational period, who prepared the form."""

from collections.abc import Mapping
from typing import NamedTuple

from .form import SIZE, Entry, Field, Place

Span = tuple[float, float]

CLOCK = "Local time on a 24-hour clock, as in 0600."
SIGNATURE = "Leave it empty and sign on paper, or type /s/ and the name."


def incident(at: Place, *, block: str = "1", again: tuple[tuple[int, Place], ...] = ()) -> Field:
    """The incident's name, from the plan."""
    return Field("incident_name", f"{block}. Incident Name", at, help="As Planning writes it.", again=again)


class Times(NamedTuple):
    """Where the dates and times of an operational period stand."""

    date_from: Place
    time_from: Place
    date_to: Place
    time_to: Place


def grid(start: Span, end: Span, date: Span, time: Span) -> Times:
    """In two columns (left, right) and two lines (top, bottom)."""
    places = [(x[0], y[0], x[1], y[1]) for x in (start, end) for y in (date, time)]
    return Times(*places)


def period(at: Times, *, block: str = "2", size: float = SIZE, again: Mapping[int, Times] | None = None) -> list[Field]:
    """Dates and times of the operational period, from the plan."""
    found = []
    for name, place in at._asdict().items():
        what, end = name.split("_")
        entry, help_ = (Entry.DATE, "") if what == "date" else (Entry.TIME, CLOCK)
        others = tuple((page, getattr(times, name)) for page, times in (again or {}).items())
        found.append(Field(name, f"{block}. {what} {end}".title(), place, entry, help_, again=others, size=size))
    return found


class Spots(NamedTuple):
    """Where name, position, signature, date and time of who prepared a form stand; None: not asked for."""

    name: Place
    position: Place | None
    signature: Place
    at: Place | None


def foot(y: Span, name: Span, position: Span, signature: Span, at: Place | None) -> Spots:
    """Name, position and signature on one line, date and time on the next."""
    top, bottom = y
    places = [(left, top, right, bottom) for left, right in (name, position, signature)]
    return Spots(places[0], places[1], places[2], at)


def prepared(
    block: str, at: Spots, *, by: str = "prepared", again: Mapping[int, Spots] | None = None
) -> tuple[Field, ...]:
    """Who prepared the form, or approved it, or replied."""
    others = again or {}

    def spots(number: int) -> tuple[tuple[int, Place], ...]:
        return tuple((page, place) for page, each in others.items() if (place := each[number]) is not None)

    found = [Field(f"{by}_name", f"{block}. Name", at.name, again=spots(0))]
    if at.position is not None:
        found.append(Field(f"{by}_position", f"{block}. Position/Title", at.position, again=spots(1)))
    found.append(Field(f"{by}_signature", f"{block}. Signature", at.signature, help=SIGNATURE, again=spots(2)))
    if at.at is not None:
        found.append(Field(f"{by}_at", f"{block}. Date/Time", at.at, Entry.DATE_TIME, CLOCK, again=spots(3)))
    return tuple(found)


def steps(first: float, step: float, rows: int, last: float) -> tuple[float, ...]:
    """The rules of a table: so many rows of one height, the last one down to `last`."""
    return (*(first + step * row for row in range(rows)), last)
