"""ICS 309, Communications Log, in the ARES/RACES layout: every message a station sent, received or relayed.

There is no FEMA form of this number; the face follows the layout that circulates, and is not measured.
"""

from coml_toolkit.model.plan import Plan

from .blocks import CLOCK, Times, incident, period, steps
from .content import prepared_by_coml
from .form import CENTRED, Column, Entry, Field, Form, Page, Said, Table


def _fill(plan: Plan | None, typed: Said) -> Said:
    """The operator prepares the log."""
    name = typed.fields.get("operator") or prepared_by_coml(plan, Said()).fields.get("prepared_name", "")
    return typed.over(Said({"prepared_name": name} if name else {}))


ICS309 = Form(
    number="ICS 309",
    title="Communications Log",
    help="A message number is given by the station that wrote the message, and stays with it through every relay.",
    pages=(Page("ics309", number=(466, 721.5, 508, 732.2), count=(528, 721.5, 570, 732.2)),),
    fill=_fill,
    is_official=False,
    fields=(
        incident((170, 70, 375, 89.2)),
        *period(
            Times((404, 69.4, 462, 80), (470, 69.4, 574, 80), (404, 79.6, 462, 89.6), (470, 79.6, 574, 89.6)),
        ),
        Field("net", "3. Radio Net Name or Position/Tactical Call", (40, 102, 304, 117)),
        Field("operator", "4. Radio Operator (Name, Call Sign)", (310, 102, 574, 117)),
        Field("prepared_name", "6. Prepared By (Name, Call Sign)", (40, 721.5, 274, 736.5)),
        Field("prepared_at", "7. Date & Time Prepared", (280, 721.5, 454, 736.5), Entry.DATE_TIME),
    ),
    tables=(
        Table(
            "log",
            "5. Communications Log",
            rules={1: steps(158, 16.2, 34, 708)},
            columns=(
                Column("time", "Time (24:00)", (36.5, 90), Entry.TIME, CLOCK, align=CENTRED),
                Column("from", "From: Call Sign/ID", (90, 162)),
                Column("from_number", "From: Msg #", (162, 198), align=CENTRED),
                Column("to", "To: Call Sign/ID", (198, 270)),
                Column("to_number", "To: Msg #", (270, 306), align=CENTRED),
                Column("message", "Message", (306, 575.4), spills=True),
            ),
        ),
    ),
)
