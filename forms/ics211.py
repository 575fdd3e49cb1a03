"""ICS 211, Incident Check-In List: who and what has arrived."""

from .blocks import CLOCK, Spots, incident, prepared, steps
from .form import CENTRED, Column, Entry, Field, Form, Page, Table

_PLACES = (
    ("base", "Base", (291.1, 82.5), (280, 327.6)),
    ("staging", "Staging Area", (340.1, 82.5), (329.6, 413)),
    ("icp", "ICP", (429, 82.5), (415, 462.6)),
    ("helibase", "Helibase", (481.1, 82.5), (464.6, 539)),
    ("other", "Other", (557.5, 82.5), (541, 602)),
)


def _column(name: str, label: str, left: float, right: float, help_: str = "", *, is_contact: bool = False) -> Column:
    return Column(name, label, (left, right), help=help_, align=CENTRED, is_contact=is_contact)


ICS211 = Form(
    number="ICS 211",
    title="Incident Check-In List",
    help="A strike team is one line with its own number, followed by one line for each of its parts.",
    pages=(Page("ics211"),),
    fields=(
        incident((41.8, 72, 153.5, 107.8)),
        Field("incident_number", "2. Incident Number", (161, 72, 277.2, 107.8)),
        *(
            field
            for name, label, box, (left, right) in _PLACES
            for field in (
                Field(
                    f"at_{name}",
                    f"3. Check-In Location, {label}",
                    None,
                    Entry.CHECK,
                    options=(("yes", box),),
                ),
                Field(f"{name}_name", f"3. {label}, which", (left, 91.2, right, 107.8), help="Its name or place."),
            )
        ),
        Field("start_date", "4. Start Date", (635.4, 73, 752, 86), Entry.DATE),
        Field("start_time", "4. Start Time", (635.4, 86.6, 752, 99.6), Entry.TIME, CLOCK),
        *prepared(
            "17",
            Spots(
                (214.2, 528, 298.8, 540.5),
                (369, 528, 456.4, 540.5),
                (511.9, 528, 591.4, 540.5),
                (650.3, 528, 729.6, 540.5),
            ),
        ),
    ),
    tables=(
        Table(
            "resources",
            "Check-In Information",
            rules={1: steps(245.8, 35.01, 8, 525.7)},
            columns=(
                _column("state", "5. State", 36.7, 54, "Two letters, as in TN."),
                _column("agency", "5. Agency", 54, 72),
                _column("category", "5. Category", 72, 90, "As in O for overhead, E for equipment."),
                _column("kind", "5. Kind", 90, 108),
                _column("type", "5. Type", 108, 126, "1 to 4 by capability."),
                _column("name", "5. Resource Name or Identifier", 126, 162),
                _column("st_tf", "5. ST or TF", 162, 180, "Part of a strike team or task force."),
                _column("order", "6. Order Request #", 180, 225),
                _column("checked_in", "7. Date/Time Check-In", 225, 279, CLOCK),
                _column("leader", "8. Leader’s Name", 279, 342),
                _column("persons", "9. Total Number of Personnel", 342, 378),
                _column("contact", "10. Incident Contact Information", 378, 454.6, is_contact=True),
                _column("home", "11. Home Unit or Agency", 454.6, 495),
                _column("departure", "12. Departure Point, Date and Time", 495, 562.6),
                _column("travel", "13. Method of Travel", 562.6, 603),
                _column("assignment", "14. Incident Assignment", 603, 655.2),
                _column("qualifications", "15. Other Qualifications", 655.2, 715.6),
                _column(
                    "to_resources", "16. Data Provided to Resources Unit", 715.6, 755.4, "Date, time and initials."
                ),
            ),
        ),
    ),
)
