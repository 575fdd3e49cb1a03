"""ICS 221, Demobilization Check-Out: nobody is released before the ticked units have signed."""

from coml_toolkit.model.plan import Plan

from .blocks import CLOCK, SIGNATURE, foot, incident, prepared
from .content import prepared_by_coml
from .form import Entry, Field, Form, Page, Said

# name, label, top and bottom of its row, y of its check box, whether the unit is to be written in
_UNITS = (
    ("supply", "Supply Unit", 180.7, 196.7, 189.4, False),
    ("communications", "Communications Unit", 196.7, 212.7, 205.3, False),
    ("facilities", "Facilities Unit", 212.7, 228.7, 223.1, False),
    ("ground_support", "Ground Support Unit", 228.7, 244.7, 238.1, False),
    ("security", "Security Manager", 244.7, 260.7, 252.5, False),
    ("logistics_other", "Logistics, another unit", 260.7, 276.7, 270.1, True),
    ("time", "Time Unit", 309.5, 325.5, 318.4, False),
    ("finance_other", "Finance/Administration, another unit", 325.5, 341.5, 333.8, True),
    ("finance_third", "Finance/Administration, a third unit", 341.5, 357.5, 350.9, True),
    ("other", "Other section or staff", 390.1, 406.1, 397.8, True),
    ("other_second", "Other section or staff, a second", 406.1, 422.1, 413.8, True),
    ("planning_other", "Planning, another unit", 454.8, 470.8, 463.3, True),
    ("documentation", "Documentation Leader", 470.8, 486.8, 480.3, False),
    ("demobilization", "Demobilization Leader", 486.8, 502.6, 495.8, False),
)


def _units() -> list[Field]:
    found = []
    for name, label, top, bottom, box, is_written in _UNITS:
        low, high = top + 0.5, bottom - 0.5
        found.append(
            Field(
                f"{name}_required",
                f"6. {label}, must sign",
                None,
                Entry.CHECK,
                "Ticked by the Demobilization Unit: this unit must sign before the release.",
                options=(("yes", (52, box)),),
            )
        )
        if is_written:
            found.append(Field(f"{name}_unit", f"6. {label}", (68.5, low, 175, high)))
        help_ = (
            "Sign only when every radio and accessory is back or documented as lost."
            if name == "communications"
            else ""
        )
        found += [
            Field(f"{name}_remarks", f"6. {label}, Remarks", (179.5, low, 336.5, high)),
            Field(f"{name}_name", f"6. {label}, Name", (340, low, 453.5, high)),
            Field(f"{name}_signature", f"6. {label}, Signature", (456, low, 570.5, high), help=help_ or SIGNATURE),
        ]
    return found


def _fill(plan: Plan | None, typed: Said) -> Said:
    """The Communications Unit signs as one of many; who prepares the form is Planning's affair."""
    name = prepared_by_coml(plan, Said()).fields.get("prepared_name", "")
    return typed.over(Said({"communications_name": name} if name else {}))


ICS221 = Form(
    number="ICS 221",
    title="Demobilization Check-Out",
    pages=(Page("ics221"),),
    fill=_fill,
    overflow="remarks",
    fields=(
        incident((130, 58.9, 304.9, 73.3)),
        Field("incident_number", "2. Incident Number", (408, 58.9, 574, 73.3)),
        Field("release_date", "3. Planned Release Date", (66, 90, 116.5, 105.8), Entry.DATE),
        Field("release_time", "3. Planned Release Time", (144.2, 90, 201, 105.8), Entry.TIME, CLOCK),
        Field("released", "4. Resource or Personnel Released", (208.2, 89, 417.2, 105.8)),
        Field("order", "5. Order Request Number", (424.2, 89, 574, 105.8)),
        *_units(),
        Field("remarks", "7. Remarks", (41.2, 520.8, 573, 562.3), Entry.TEXT),
        Field(
            "overnight",
            "8. Room Overnight",
            None,
            Entry.CHOICE,
            options=(("Yes", (398, 572.1)), ("No", (435.8, 571.6))),
        ),
        Field("etd", "8. Estimated Time of Departure", (177.4, 579.2, 300.6, 591.6), Entry.DATE_TIME, CLOCK),
        Field("released_at", "8. Actual Release Date/Time", (435.8, 579.2, 570.7, 591.6), Entry.DATE_TIME, CLOCK),
        Field("destination", "8. Destination", (99.5, 594.8, 300.6, 607.2)),
        Field("eta", "8. Estimated Time of Arrival", (436, 594.8, 570.7, 607.2), Entry.DATE_TIME, CLOCK),
        Field("travel", "8. Travel Method", (113.4, 610.2, 300.6, 622.6)),
        Field("contact", "8. Contact Information While Traveling", (478.7, 610.2, 570.7, 622.6)),
        Field(
            "manifest",
            "8. Manifest",
            None,
            Entry.CHOICE,
            options=(("Yes", (90.3, 634.1)), ("No", (128.6, 633.8))),
        ),
        Field("manifest_number", "8. Manifest, Number", (129.2, 639.2, 300.6, 649.5)),
        Field("notified", "8. Area/Agency/Region Notified", (311.4, 638, 570.7, 649.5)),
        Field(
            "reassigned",
            "9. Reassignment Information",
            None,
            Entry.CHOICE,
            options=(("Yes", (195.6, 661.9)), ("No", (233.8, 662.4))),
        ),
        Field("new_incident", "9. Incident Name", (114.4, 669, 300.7, 681.2)),
        Field("new_number", "9. Incident Number", (393.5, 669, 571, 681.2)),
        Field("new_location", "9. Location", (87.7, 682.4, 300.7, 694.6)),
        Field("new_order", "9. Order Request Number", (424.1, 682.4, 571, 694.6)),
        *prepared("10", foot((699.4, 711.8), (160, 275.5), (346.9, 428.6), (485, 570.4), (312.2, 717.6, 570.4, 730.2))),
    ),
)
