"""ICS 210, Resource Status Change: what radio operators hear and pass to the Resources Unit."""

from .blocks import CLOCK, foot, grid, incident, period, prepared, steps
from .form import CENTRED, Column, Entry, Field, Form, Page, Table

STATUS = ("Available", "Assigned", "O/S Mech", "O/S Rest", "O/S Pers")

ICS210 = Form(
    number="ICS 210",
    title="Resource Status Change",
    help="Filled in by radio and telephone operators; the copy goes to the Resources Unit.",
    pages=(Page("ics210"),),
    overflow="comments",
    fields=(
        incident((41.5, 70.5, 232.5, 87.4)),
        *period(grid((402.2, 461), (503.6, 573), (57.6, 70.8), (73.2, 86.4))),
        Field("comments", "8. Comments", (41.4, 590.7, 572, 697.9), Entry.TEXT),
        *prepared("9", foot((700.3, 713), (154.3, 252), (322.1, 418.4), (469.6, 570.4), (312.2, 718.2, 570.4, 730.9))),
    ),
    tables=(
        Table(
            "changes",
            "Status changes",
            rules={1: steps(127.8, 16, 28, 575.5)},
            columns=(
                Column("number", "3. Resource Number", (36.5, 103.6)),
                Column(
                    "status",
                    "4. New Status",
                    (103.6, 184.6),
                    Entry.CHOICE,
                    "Out of service: mechanical, rest or personnel; with the time of return if it is known.",
                    STATUS,
                ),
                Column("from", "5. From (Assignment and Status)", (184.6, 306)),
                Column("to", "6. To (Assignment and Status)", (306, 427.6)),
                Column("time", "7. Time of Change", (427.6, 501.7), Entry.TIME, CLOCK, align=CENTRED),
                Column("date", "7. Date of Change", (501.7, 575.4), Entry.DATE, align=CENTRED),
            ),
        ),
    ),
)
