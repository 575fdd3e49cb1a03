"""ICS 218, Support Vehicle/Equipment Inventory: one sheet for each category."""

from .blocks import CLOCK, Spots, incident, prepared, steps
from .form import Column, Entry, Field, Form, Page, Table

ICS218 = Form(
    number="ICS 218",
    title="Support Vehicle/Equipment Inventory",
    help="One sheet for each category; the Communications Unit lists trailers, repeaters, generators and towers.",
    pages=(Page("ics218"),),
    fields=(
        incident((42, 70.5, 165.3, 87.4)),
        Field("incident_number", "2. Incident Number", (172.3, 70.5, 295.6, 87.4)),
        Field("made_date", "3. Date Prepared", (329, 72.5, 416.5, 86.5), Entry.DATE),
        Field("made_time", "3. Time Prepared", (446, 72.5, 512, 86.5), Entry.TIME, CLOCK),
        Field(
            "category",
            "4. Vehicle/Equipment Category",
            (518.6, 70.5, 754, 87.4),
            help="As in Communications equipment.",
        ),
        *prepared("6", Spots((294, 529.7, 405, 541.7), (475.2, 529.7, 585, 541.7), (640.7, 529.7, 750.2, 541.7), None)),
    ),
    tables=(
        Table(
            "equipment",
            "5. Vehicle/Equipment Information",
            rules={1: steps(150.7, 31.45, 12, 528)},
            columns=(
                Column("order", "Order Request Number", (36.9, 85.4)),
                Column("id", "Incident ID No.", (85.4, 130.4)),
                Column("classification", "Vehicle or Equipment Classification", (130.4, 202.4)),
                Column("make", "Vehicle or Equipment Make", (202.4, 272.9)),
                Column("kind", "Category/Kind/Type, Capacity, or Size", (272.9, 343.4)),
                Column("features", "Vehicle or Equipment Features", (343.4, 414)),
                Column("owner", "Agency or Owner", (414, 459)),
                Column("operator", "Operator Name or Contact", (459, 513)),
                Column("license", "Vehicle License or ID No.", (513, 567)),
                Column("assignment", "Incident Assignment", (567, 652.6)),
                Column("start", "Incident Start Date and Time", (652.6, 706.6), Entry.DATE_TIME),
                Column("release", "Incident Release Date and Time", (706.6, 755), Entry.DATE_TIME),
            ),
        ),
    ),
)
