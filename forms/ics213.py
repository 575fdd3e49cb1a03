"""ICS 213, General Message: written traffic, from anybody to anybody."""

from .blocks import CLOCK, Spots, prepared
from .form import Entry, Field, Form, Page

ICS213 = Form(
    number="ICS 213",
    title="General Message",
    help="The sender fills in blocks 1 to 8, the recipient 9 and 10.",
    pages=(Page("ics213"),),
    fields=(
        Field("incident_name", "1. Incident Name (Optional)", (176, 57.3, 574, 72.1)),
        Field("to", "2. To (Name and Position)", (41.6, 87, 574, 102.4)),
        Field("from", "3. From (Name and Position)", (41.6, 117.5, 574, 132.9)),
        Field("subject", "4. Subject", (41.6, 147.3, 430.4, 163.4)),
        Field("made_date", "5. Date", (437.6, 147.3, 502.8, 163.4), Entry.DATE),
        Field("made_time", "6. Time", (509.6, 147.3, 574, 163.4), Entry.TIME, CLOCK),
        Field("message", "7. Message", (41.6, 179.4, 572, 425.9), Entry.TEXT),
        *prepared(
            "8",
            Spots(
                (157.7, 428.6, 252, 441.1),
                (479.6, 428.6, 570.4, 441.1),
                (307.6, 428.6, 409.4, 441.1),
                None,
            ),
            by="approved",
        ),
        Field("reply", "9. Reply", (41.6, 461.4, 572, 702.1), Entry.TEXT),
        *prepared(
            "10",
            Spots(
                (152.6, 704.8, 252, 717.3),
                (322.1, 704.8, 418.4, 717.3),
                (474.1, 704.8, 570.4, 717.3),
                (312.2, 722.7, 570.4, 735.2),
            ),
            by="replied",
        ),
    ),
)
