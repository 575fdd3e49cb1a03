"""ICS 216, Radio Requirements Worksheet (before 2010): how many radios each agency of each division needs.

Not in today's set of forms; the face follows a description, and is not measured.
"""

from .blocks import CLOCK, incident, steps
from .form import CENTRED, Column, Entry, Field, Form, Page, Table

_GROUPS = (1, 2, 3, 4)


def _left(group: int) -> float:
    return 36 + 180.0 * (group - 1)


ICS216 = Form(
    number="ICS 216",
    title="Radio Requirements Worksheet",
    help="One for each branch and tactical frequency; the sum of the requirements is the order to the radio cache.",
    pages=(Page("ics216", number=(67, 524.5, 92, 536), count=(108, 524.5, 136, 536)),),
    is_official=False,
    fields=(
        incident((221, 70, 484, 91)),
        Field("made_date", "2. Date", (491, 70, 619, 91), Entry.DATE),
        Field("made_time", "3. Time", (626, 70, 754, 91), Entry.TIME, CLOCK),
        Field("branch", "4. Branch", (41, 106, 214, 123)),
        Field("agency", "5. Agency", (221, 106, 394, 123)),
        Field("period_number", "6. Operational Period", (401, 106, 574, 123)),
        Field("frequency", "7. Tactical Frequency", (581, 106, 754, 123)),
        *(
            field
            for group in _GROUPS
            for field in (
                Field(
                    f"division_{group}",
                    f"8. Division/Group {group}",
                    (_left(group) + 5, 136.8, _left(group) + 178, 148.6),
                ),
                Field(
                    f"agency_{group}",
                    f"8. Division/Group {group}, Agency",
                    (_left(group) + 5, 161.6, _left(group) + 178, 173.4),
                ),
            )
        ),
        Field("prepared_name", "10. Prepared by (Name and Position)", (345, 523, 664, 539)),
    ),
    tables=tuple(
        Table(
            f"needs_{group}",
            f"Division/Group {group}",
            rules={1: steps(198, 35.3, 9, 515.3)},
            columns=(
                Column("agency", "9. Agency", (_left(group) + 0.6, _left(group) + 45), align=CENTRED),
                Column("id", "ID No.", (_left(group) + 45, _left(group) + 90), align=CENTRED),
                Column("radios", "Radio Requirements", (_left(group) + 90, _left(group) + 179.4)),
            ),
        )
        for group in _GROUPS
    ),
)
