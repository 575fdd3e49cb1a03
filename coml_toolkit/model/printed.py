"""That a form was printed, and what it was made from: so that paper older than the plan says so."""

from dataclasses import dataclass
from datetime import datetime

from .record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed(Record):
    """One form that left the program, as a file or on paper."""

    period_id: str
    sheet_id: str | None = None  # what was typed into it; None: it says only what the plan says
    form: str  # 'ICS 205'
    revision: int  # of the plan
    made_from: str  # a digest of all that it was made from
    made_at: datetime
    file: str = ""  # where it went; "" is a printer
