"""An incident, its operational periods, and what the ICS 205 of one period says."""

from dataclasses import dataclass
from datetime import datetime

from .channel import Channel, Kind
from .record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Record):
    """The communications unit that owns the file."""

    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """A fire, a flood, a parade; or an exercise of one."""

    name: str
    number: str = ""
    place: str = ""
    time_zone: str = "UTC"  # IANA name; forms carry the incident's local time (ICS forms booklet, p. 4)
    is_exercise: bool = False
    opened_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """One operational period; each has its own radio plan."""

    incident_id: str
    number: int
    start_at: datetime | None = None
    end_at: datetime | None = None
    special_instructions: str = ""  # block 5 of the 205
    prepared_at: datetime | None = None  # block 2; None: the time of signing; blank on a draft
    due_at: datetime | None = None  # when Planning wants the 205
    prepared_by: str = ""  # block 6, the Communications Unit Leader


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Record):
    """One line of the plan: who uses which channel for what, and where it sits in the radios."""

    period_id: str
    channel_id: str  # a Channel of this line's own, so that a change here changes nothing elsewhere
    position: int  # order on the form, from 0
    zone: str = ""
    number: int | None = None  # Ch #: the position in the radio's zone
    function: str = ""
    assignment: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Record):
    """A signed 205. Locked: it is kept word for word, and a later change starts the next revision."""

    period_id: str
    number: int
    signed_by: str
    signed_at: datetime
    content: str  # the Plan as JSON (see store.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An assignment and its channel: one row of the 205."""

    assignment: Assignment
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a 205 says for one operational period. From here on nothing needs the file or the screen."""

    incident: Incident
    period: Period
    lines: tuple[Line, ...] = ()
    revision: int = 1
    signed_by: str = ""
    signed_at: datetime | None = None  # None: a draft

    @property
    def is_signed(self) -> bool:
        """Signed, and unchanged since."""
        return self.signed_at is not None


RADIO_KINDS = frozenset({Kind.CONVENTIONAL, Kind.TALKGROUP})

ZONE_SIZE = 16  # positions of an ordinary channel selector


def next_number(lines: tuple[Line, ...], zone: str) -> int:
    """The first free channel number of a zone, from 1."""
    taken = {line.assignment.number for line in lines if line.assignment.zone == zone}
    number = 1
    while number in taken:
        number += 1
    return number
