"""ICS 213 RR, Resource Request Message: from the requestor to Logistics to Finance."""

from coml_toolkit.model.plan import Plan

from .blocks import SIGNATURE, incident, steps
from .content import COML
from .form import CENTRED, Column, Entry, Field, Form, Page, Said, Table


def _fill(plan: Plan | None, typed: Said) -> Said:
    name = plan.period.prepared_by if plan else ""
    return typed.over(Said({"requested_by": f"{name}, {COML}"} if name else {}))


ICS213RR = Form(
    number="ICS 213RR",
    title="Resource Request Message",
    help="One for each source of supply. Blocks 1 to 9 are the requestor's, 10 to 16 Logistics', 17 to 19 Finance's.",
    pages=(Page("ics213rr"),),
    fill=_fill,
    fields=(
        incident((34.6, 70, 337.6, 86.8)),
        Field("made_at", "2. Date/Time", (345, 70, 499.8, 86.8), Entry.DATE_TIME),
        Field("request_number", "3. Resource Request Number", (507, 70, 747, 86.8)),
        Field("deliver_to", "5. Requested Delivery/Reporting Location", (61.6, 284.4, 746, 301)),
        Field("substitutes", "6. Suitable Substitutes and/or Suggested Sources", (61.6, 314.9, 746, 331.4)),
        Field("requested_by", "7. Requested by Name/Position", (61.6, 345.3, 315.5, 361.7)),
        Field(
            "priority",
            "8. Priority",
            None,
            Entry.CHOICE,
            options=(("Urgent", (378.2, 340.1)), ("Routine", (422.7, 340.7)), ("Low", (471.4, 340.7))),
        ),
        Field("section_chief", "9. Section Chief Approval", (506.3, 345.3, 746, 361.7), help=SIGNATURE),
        Field("logistics_number", "10. Logistics Order Number", (199, 364.6, 499.4, 378.6)),
        Field("supplier_contact", "11. Supplier Phone/Fax/Email", (506.3, 377, 746, 395.6)),
        Field("supplier", "12. Name of Supplier/POC", (192, 381.6, 499.4, 395.6)),
        Field("notes", "13. Notes", (61.6, 411, 746, 443.6), Entry.TEXT),
        Field(
            "logistics_signature",
            "14. Approval Signature of Auth Logistics Rep",
            (284.1, 446.3, 499.4, 460.7),
            help=SIGNATURE,
        ),
        Field("logistics_at", "15. Date/Time", (579, 446.3, 746, 460.7), Entry.DATE_TIME),
        Field(
            "ordered_by",
            "16. Order placed by",
            None,
            Entry.CHOICE,
            "Supply Unit Leader or Procurement Unit.",
            options=(("SPUL", (223, 470.5)), ("PROC", (265.8, 471.2))),
        ),
        Field("finance_reply", "17. Reply/Comments from Finance", (61.6, 493, 746, 525.6), Entry.TEXT),
        Field("finance_signature", "18. Finance Section Signature", (208.1, 528.2, 499.4, 542.6), help=SIGNATURE),
        Field("finance_at", "19. Date/Time", (579, 528.2, 746, 542.6), Entry.DATE_TIME),
    ),
    tables=(
        Table(
            "order",
            "4. Order",
            rules={1: steps(138.2, 14.7, 9, 270.2)},
            columns=(
                Column("quantity", "Qty.", (56.6, 93.4), align=CENTRED),
                Column("kind", "Kind", (93.4, 131), align=CENTRED),
                Column("type", "Type", (131, 168.4), align=CENTRED),
                Column(
                    "item",
                    "Detailed Item Description",
                    (168.4, 500.5),
                    help="Vital characteristics, brand, specs, experience, size, etc.",
                    spills=True,
                ),
                Column("requested", "Arrival Date and Time, Requested", (500.5, 618.4), Entry.DATE_TIME),
                Column("estimated", "Arrival Date and Time, Estimated", (618.4, 694.8), Entry.DATE_TIME),
                Column("cost", "Cost", (694.8, 748), align=CENTRED),
            ),
        ),
    ),
)
