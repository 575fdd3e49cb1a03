"""ICS 225, Incident Personnel Performance Rating: what a leader says of somebody at the end."""

from .blocks import SIGNATURE
from .form import Entry, Field, Form, Page

RATINGS = ("N/A", "1", "2", "3", "4", "5")
_X = (146.5, 218.5, 286, 358.2, 430.5, 504)  # of the boxes, near enough
_FACTORS = (  # name, number, words, page, y of the boxes
    ("knowledge", "11. Knowledge of the Job/Professional Competence", 1, 291.5),
    ("results", "12. Ability To Obtain Performance/Results", 1, 363.3),
    ("planning", "13. Planning/Preparedness", 1, 436.7),
    ("resources", "14. Using Resources", 1, 524.9),
    ("adaptability", "15. Adaptability/Attitude", 1, 621.2),
    ("communication", "16. Communication Skills", 1, 717.9),
    ("team", "17. Ability To Work on a Team", 2, 205.9),
    ("welfare", "18. Consideration for Personnel/Team Welfare", 2, 283.6),
    ("directing", "19. Directing Others", 2, 362),
    ("judgment", "20. Judgment/Decisions Under Stress", 2, 448.4),
    ("initiative", "21. Initiative", 2, 518),
    ("fitness", "22. Physical Ability for the Job", 2, 596.4),
    ("safety", "23. Adherence to Safety", 2, 637.2),
)

ICS225 = Form(
    number="ICS 225",
    title="Incident Personnel Performance Rating",
    help="Ratings of 1 and 2 need a remark.",
    pages=(Page("ics225-1"), Page("ics225-2")),
    overflow="remarks",
    fields=(
        Field("name", "1. Name", (36, 86.5, 196.5, 103.2), again=((2, (35.2, 69.4, 195.3, 86.2)),)),
        Field("incident_name", "2. Incident Name", (201.4, 86.5, 436, 103.2), again=((2, (200, 69.4, 432.9, 86.2)),)),
        Field("incident_number", "3. Incident Number", (441, 86.5, 571, 103.2), again=((2, (437.6, 69.4, 570, 86.2)),)),
        Field("home_unit", "4. Home Unit Name and Address", (36, 116.8, 303, 133.6)),
        Field("agency", "5. Incident Agency and Address", (308, 116.8, 571, 133.6)),
        Field("position", "6. Position Held on Incident", (36, 147, 167, 163.8)),
        Field("from", "7. Dates of Assignment, From", (196.5, 149, 243.5, 162.5), Entry.DATE),
        Field("to", "7. Dates of Assignment, To", (259.5, 149, 303.4, 162.5), Entry.DATE),
        Field(
            "complexity",
            "8. Incident Complexity Level",
            None,
            Entry.CHOICE,
            "1 is the most complex.",
            options=tuple(zip("12345", [(x, 156.4) for x in (313.5, 342.2, 368.1, 397.2, 423.2)], strict=True)),
        ),
        Field("definition", "9. Incident Definition", (446.2, 147, 571, 163.8), help="As in wildland fire or flood."),
        *(
            Field(
                name,
                label,
                None,
                Entry.CHOICE,
                "1 unacceptable, 3 met standards, 5 exceeded expectations.",
                page=page,
                options=tuple(zip(RATINGS, [(x, y) for x in _X], strict=True)),
            )
            for name, label, page, y in _FACTORS
        ),
        Field("remarks", "24. Remarks", (86, 646.4, 570, 664.2), Entry.TEXT, page=2, floor=6.5),
        Field("rated_signature", "25. Rated Individual, Signature", (77, 677, 306, 688.6), help=SIGNATURE, page=2),
        Field("rated_at", "25. Rated Individual, Date/Time", (355, 677, 567, 688.6), Entry.DATE_TIME, page=2),
        Field("prepared_name", "26. Rated by, Name", (118, 693.2, 315, 703.4), page=2),
        Field("prepared_signature", "26. Rated by, Signature", (366, 693.2, 567, 703.4), help=SIGNATURE, page=2),
        Field("prepared_unit", "26. Rated by, Home Unit", (81, 704.4, 315, 716.6), page=2),
        Field("prepared_position", "26. Rated by, Position Held on This Incident", (437.5, 704.4, 567, 716.6), page=2),
        Field("prepared_at", "26. Date/Time", (294.5, 721, 567.8, 731.6), Entry.DATE_TIME, page=2),
    ),
)
