"""ICS 205B, Incident Information Management Plan (workbook of 2018): data services, their addresses and who runs them.

Its status as a federal form is not confirmed; the face follows a description, and is not measured.
"""

from .blocks import CLOCK, grid, incident, period, steps
from .form import Column, Entry, Field, Form, Page, Table

ICS205B = Form(
    number="ICS 205B",
    title="Incident Information Management Plan",
    help="Never write a password here: the plan is copied to everybody.",
    pages=(Page("ics205b"),),
    is_official=False,
    fields=(
        incident((41.5, 70.5, 261, 102.5)),
        Field("made_date", "2. Date Prepared", (300, 73, 506, 87), Entry.DATE),
        Field("made_time", "2. Time Prepared", (300, 88.5, 506, 102.5), Entry.TIME, CLOCK),
        *period(grid((570.5, 629), (674.5, 754), (73, 87), (88.5, 102.5)), block="3"),
        Field("prepared_name", "5. Prepared By (Name/Position)", (41.5, 518, 298, 531)),
        Field("phone", "5. Phone", (304, 518, 498, 531), is_contact=True),
        Field("prepared_signature", "5. Signature", (504, 518, 753, 531)),
        Field("place", "6. Incident Location (State/County/City)", (322, 538, 550, 550.6)),
        Field("prepared_at", "5. Date/Time", (607, 538, 750, 550.6), Entry.DATE_TIME),
    ),
    tables=(
        Table(
            "services",
            "4. Information Technology Infrastructure & Services Assignment",
            rules={1: steps(146, 17.1, 21, 505.5)},
            columns=(
                Column("assignment", "Assignment", (36.5, 106)),
                Column("type", "IT Resource Type", (106, 166)),
                Column("name", "Name of Application or Resource", (166, 238)),
                Column("usage", "Usage or Description", (238, 318)),
                Column("platform", "Platform", (318, 374)),
                Column("developer", "Developer", (374, 430)),
                Column("login", "Login/Install", (430, 494), help="How to get in, never the password."),
                Column("location", "Equipment Location / Web Address", (494, 574)),
                Column("address", "IP Address or SSID", (574, 640)),
                Column("contact", "POC Information", (640, 700), is_contact=True),
                Column("remarks", "Remarks", (700, 755.4)),
            ),
        ),
    ),
)
