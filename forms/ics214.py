"""ICS 214, Activity Log: what one unit or person did."""

from .blocks import CLOCK, foot, grid, incident, period, prepared, steps
from .form import Column, Entry, Field, Form, Page, Table

_FOOT = ((154.3, 252), (322.1, 418.4), (469.6, 570.4))
_FOOT_2 = ((154.3, 252), (322.1, 414), (469.6, 570.4))

ICS214 = Form(
    number="ICS 214",
    title="Activity Log",
    pages=(Page("ics214-1"), Page("ics214-2", is_continuation=True)),
    fields=(
        incident((41.5, 70.5, 237, 87.4), again=((2, (41.5, 71.7, 241.4, 88.6)),)),
        *period(
            grid((406.8, 466), (508.2, 573), (57.6, 70.8), (73.2, 86.4)),
            again={2: grid((411.3, 470.5), (512.7, 573), (58.7, 71.9), (74.3, 87.5))},
        ),
        Field("name", "3. Name", (41.2, 102.9, 214.3, 119.9)),
        Field("position", "4. ICS Position", (221.3, 102.9, 394.3, 119.9)),
        Field("agency", "5. Home Agency (and Unit)", (401.3, 102.9, 574, 119.9)),
        *prepared(
            "8",
            foot((700.2, 712.9), *_FOOT, (312.2, 718, 570.4, 730.7)),
            again={2: foot((699.6, 712.3), *_FOOT_2, (312.2, 717.4, 570.4, 730.1))},
        ),
    ),
    tables=(
        Table(
            "resources",
            "6. Resources Assigned",
            rules={1: steps(153.1, 15.99, 8, 280.9)},
            columns=(
                Column("name", "Name", (36.5, 215.8)),
                Column("position", "ICS Position", (215.8, 395.8)),
                Column("agency", "Home Agency (and Unit)", (395.8, 575.4)),
            ),
        ),
        Table(
            "activity",
            "7. Activity Log",
            rules={1: steps(314.1, 16, 24, 697.9), 2: steps(122, 15.99, 36, 697.2)},
            columns=(
                Column("at", "Date/Time", (36.5, 130.6), Entry.DATE_TIME, CLOCK),
                Column("activity", "Notable Activities", (130.6, 575.4), spills=True),
            ),
        ),
    ),
)
