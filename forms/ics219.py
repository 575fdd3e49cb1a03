"""ICS 219-1 to 219-10, Resource Status Cards (T-cards): front and back side by side on one sheet.

The head and the body are entered once and printed on the front; the head is repeated on the back.
"""

from collections.abc import Sequence

from .blocks import CLOCK
from .form import CENTRED, Column, Entry, Field, Form, Page, Place, Point, Table

BACK = 335.6  # from the front of a card to its back
BELOW = 746.0  # there is no room above a card

_STATUS = ("Assigned", "O/S Rest", "O/S Pers", "Available", "O/S Mech", "ETR")


def _head(name: str, label: str, at: Place, help_: str = "", back: Place | None = None) -> Field:
    """A field of the head, on both sides."""
    left, top, right, bottom = at
    again = ((1, back or (left + BACK, top, right + BACK, bottom)),)
    return Field(name, label, at, help=help_, again=again, align=CENTRED)


_HEAD = (
    _head("unit", "ST/Unit", (31.2, 49.8, 111.8, 65.8), "Two letters and the unit, as in TN-CAM."),
    _head("last_day", "LDW", (113.2, 49.8, 147.8, 65.8), "Last day worked."),
    _head("persons", "# Pers", (149.2, 49.8, 192.8, 65.8)),
    _head("order", "Order #", (194.2, 49.8, 245.4, 65.8)),
    _head("agency", "Agency", (31.2, 67.4, 80.4, 82.6)),
    _head("category", "Category", (81.6, 67.4, 116.4, 81.6)),
    _head("kind", "Kind", (117.6, 67.4, 152.4, 81.6)),
    _head("type", "Type", (153.6, 67.4, 188.4, 81.6)),
    _head("name", "Name/ID #", (189.6, 67.4, 245.4, 82.6)),
)
_PERSON = (
    _head("unit", "ST/Unit", (31.2, 50.5, 76, 96.4), back=(366.8, 50.5, 414.4, 96.4)),
    _head("name", "Name", (77.2, 50.5, 160.8, 96.4), back=(416, 50.5, 497.6, 96.4)),
    _head("position", "Position/Title", (162, 50.5, 245.4, 96.4), back=(499.4, 50.5, 580.6, 96.4)),
)


def _line(name: str, label: str, left: float, rules: Sequence[float], help_: str = "", right: float = 227.2) -> Field:
    """A field behind its label, between two rules."""
    entry = Entry.DATE_TIME if "ate" in label and "/" in label else Entry.LINE
    return Field(name, label, (left, rules[0] + 1, right, rules[1] - 0.6), entry, help_)


def _below(name: str, label: str, top: float, bottom: float, right: float = 227.2, left: float = 54) -> Field:
    """A field below its label."""
    entry = Entry.DATE_TIME if "/Time" in label else Entry.LINE
    return Field(name, label, (left, top + 12.4, right, bottom - 0.6), entry, CLOCK if "/Time" in label else "")


def _travel(
    manifest: tuple[float, float], boxes: float, method: tuple[float, float], home: float, needs: tuple[float, float]
) -> tuple[Field, ...]:
    """Manifest, method of travel and transportation needs of crews and people; `home` is the rule above Home Base."""
    top, bottom = manifest
    yes, no = ((59.5, boxes), (115.7, boxes))
    return (
        Field("manifest", "Manifest", None, Entry.CHOICE, options=(("Yes", yes), ("No", no))),
        Field("weight", "Total Weight", (154.2, top + 12.4, 227.2, bottom - 0.6)),
        Field(
            "travel",
            "Method of Travel to Incident",
            None,
            Entry.CHOICE,
            options=tuple(
                zip(
                    ("AOV", "POV", "Bus", "Air", "Other"), _row((58.2, 93.7, 130.7, 161.4, 189), method[0]), strict=True
                )
            ),
        ),
        Field("travel_details", "Method of Travel, details", (54, method[1], 227.2, home - 0.6)),
        _line("home_base", "Home Base", 108, (home, home + 16)),
        _line("departure", "Departure Point", 127, (home + 16, home + 32)),
        _line("etd", "ETD", 77, (home + 32, home + 48), CLOCK, 137.5),
        _line("eta", "ETA", 167, (home + 32, home + 48), CLOCK),
        Field(
            "transportation",
            "Transportation Needs at Incident",
            None,
            Entry.CHOICE,
            options=tuple(
                zip(("Vehicle", "Bus", "Air", "Other"), _row((58.6, 104.4, 147.5, 189.6), needs[0]), strict=True)
            ),
        ),
        Field("transportation_details", "Transportation Needs, details", (54, needs[1], 227.2, needs[1] + 15)),
    )


def _row(xs: Sequence[float], y: float) -> list[Point]:
    return [(x, y) for x in xs]


def _back(tops: Sequence[float], bottom: float) -> tuple[Field, ...]:
    """Four panels of status; `tops` are the lower edges of the rules above them."""
    found: list[Field] = []
    for number, (top, end) in enumerate(zip(tops, (*tops[1:], bottom), strict=True), start=1):
        what = f"Back {number}"
        boxes = ((394.3, 53.3), (449.2, 53), (507.6, 53.3), (394.3, 67.7), (448.7, 67.7), (507.4, 67.7))
        found += [
            Field(f"location_{number}", f"{what}: Incident Location", (389.5, top + 13.2, 496.6, top + 31)),
            Field(f"time_{number}", f"{what}: Time", (504, top + 13.2, 562.6, top + 31), Entry.TIME, CLOCK),
            Field(
                f"status_{number}",
                f"{what}: Status",
                None,
                Entry.CHOICE,
                options=tuple((name, (x, top + y)) for name, (x, y) in zip(_STATUS, boxes, strict=True)),
            ),
            Field(f"etr_{number}", f"{what}: ETR", (536, top + 58.5, 562.6, top + 71.4), help="Time of return."),
            Field(f"notes_{number}", f"{what}: Notes", (389.5, top + 87.5, 562.6, end - 3), Entry.TEXT, floor=6.5),
        ]
    return tuple(found)


def _prepared(front: float, back: float) -> tuple[Field, ...]:
    """Who made the card, on both sides; below the rules `front` and `back`."""
    found = []
    for name, label, left, down in (
        ("prepared_name", "Prepared by", 115, 1.6),
        ("prepared_at", "Date/Time", 106, 17),
    ):
        at, other = ((left + x, y + down, 227.2 + x, y + down + 13) for x, y in ((0.0, front), (BACK, back)))
        entry = Entry.DATE_TIME if name == "prepared_at" else Entry.LINE
        found.append(Field(name, label, at, entry, again=((1, other),)))
    return tuple(found)


def _ids(label: str, top: float, rows: int) -> Table:
    return Table(
        "resources",
        label,
        rules={1: tuple(top + 16 * row for row in range(rows + 1))},
        columns=(Column("name", label, (48.2, 228.2)),),
    )


# The lower edges of the rules above the four panels of a back, and the rule below them.
_BACK = (110.2, 251.3, 397.0, 547.7, 684.7)
_LOW_BACK = (110.2, 251.3, 397.0, 538.7, 666.7)
_BACKS = {
    2: (110.2, 251.3, 390.1, 536.2, 671.5),
    5: (111.0, 243.1, 382.6, 524.2, 654.1),
    **dict.fromkeys((7, 8, 10), _LOW_BACK),
}


def _card(number: int, title: str, *fields: Field, remarks: tuple[float, float], table: Table | None = None) -> Form:
    low, high = remarks
    *tops, foot = _BACKS.get(number, _BACK)
    return Form(
        number=f"ICS 219-{number}",
        title=f"Resource Status Card, {title}",
        help="Front and back of one card; cut it out, or print it on card stock of its colour.",
        pages=(Page(f"ics219-{number}", beside=BELOW),),
        overflow="remarks",
        fields=(
            *(_PERSON if number == 5 else _HEAD),
            *fields,
            Field("remarks", "Remarks", (54, low + 13.5, 227.2, high - 1), Entry.TEXT),
            *_prepared(high + 0.6, foot + 0.6),
            *_back(tops, foot),
        ),
        tables=(table,) if table else (),
    )


def _equipment(number: int, title: str, bottom: float) -> Form:
    """219-3, -7, -8 and -10 are alike."""
    return _card(
        number,
        title,
        _below("checked_in", "Date/Time Checked In", 109.5, 139.2),
        _below("leader", "Leader Name", 139.2, 168.4),
        _below("contact", "Primary Contact Information", 168.4, 197.6),
        _line("home_base", "Home Base", 108, (357.3, 373.3)),
        _line("departure", "Departure Point", 127, (373.3, 389.3)),
        _line("etd", "ETD", 77, (389.3, 405.3), CLOCK, 137.5),
        _line("eta", "ETA", 167, (389.3, 405.3), CLOCK),
        _line("ordered", "Date/Time Ordered", 141, (405.3, 421.3)),
        remarks=(421.3, bottom),
        table=_ids("Resource ID #(s) or Name(s)", 229.3, 8),
    )


def _aircraft(number: int, title: str, bottom: float, *, has_maker: bool = False) -> Form:
    """219-4 and -6: one line more for the maker of an aeroplane."""
    rules = [168.5 + 16 * row for row in range(8)]
    maker = (_line("maker", "Manufacturer", 116, rules[5:7]),) if has_maker else ()
    return _card(
        number,
        title,
        _below("checked_in", "Date/Time Checked In", 109.5, 139.2),
        _below("pilot", "Pilot Name", 139.2, 168.5),
        _line("home_base", "Home Base", 108, rules[0:2]),
        _line("departure", "Departure Point", 127, rules[1:3]),
        _line("etd", "ETD", 77, rules[2:4], CLOCK, 137.5),
        _line("eta", "ETA", 167, rules[2:4], CLOCK),
        _line("destination", "Destination Point", 133, rules[3:5]),
        _line("ordered", "Date/Time Ordered", 141, rules[4:6]),
        *maker,
        remarks=(rules[6 if has_maker else 5], bottom),
    )


def _header_card() -> Form:
    columns = (Column("text", "Line", (48.2, 228.2)),)
    rules = (69.9, *(85.7 + 16 * row for row in range(35)), 645.5)
    foot = tuple(
        field
        for side, x in (("", 0.0), ("back_", BACK))
        for field in (
            Field(f"{side}prepared_name", f"{side and 'Back: '}Prepared by", (115 + x, 648, 227.2 + x, 661)),
            Field(
                f"{side}prepared_at",
                f"{side and 'Back: '}Date/Time",
                (108 + x, 663.6, 227.2 + x, 676.6),
                Entry.DATE_TIME,
            ),
        )
    )
    return Form(
        number="ICS 219-1",
        title="Resource Status Card, Header",
        help="Heads a rack of T-cards: the name of a division, a staging area or a status.",
        pages=(Page("ics219-1", beside=BELOW),),
        fields=(
            Field("header", "Front: head", (31.5, 38, 245, 68), size=18, is_bold=True, align=CENTRED),
            Field("back_header", "Back: head", (367.1, 38, 580.6, 68), size=18, is_bold=True, align=CENTRED),
            *foot,
        ),
        tables=(
            Table("front", "Front", rules={1: rules}, columns=columns),
            Table("back", "Back", rules={1: rules}, columns=(Column("text", "Line", (383.8, 563.8)),)),
        ),
    )


CARDS = (
    _header_card(),
    _card(
        2,
        "Crew/Team",
        _below("checked_in", "Date/Time Checked In", 109.5, 139.2),
        _below("leader", "Leader Name", 139.2, 168.4),
        _below("contact", "Primary Contact Information", 168.4, 197.6),
        *_travel((309.8, 339), 331.2, (358.8, 366), 382.6, (451.3, 458.5)),
        _line("ordered", "Date/Time Ordered", 141, (474.1, 490.1)),
        remarks=(490.1, 668.8),
        table=_ids("Crew/Team ID #(s) or Name(s)", 213.8, 6),
    ),
    _equipment(3, "Engine", 683.7),
    _aircraft(4, "Helicopter", 682.9),
    _card(
        5,
        "Personnel",
        _below("checked_in", "Date/Time Checked In", 110.6, 140.3),
        Field("person", "Name", (54, 152.7, 227.2, 168.8)),
        Field("contact", "Primary Contact Information", (54, 181.8, 227.2, 220.2), Entry.TEXT, floor=6.5),
        *_travel((220.8, 250), 241.9, (270.6, 277.4), 293.5, (362.9, 370)),
        _line("ordered", "Date/Time Ordered", 141, (385.1, 401)),
        remarks=(401, 653.2),
    ),
    _aircraft(6, "Fixed-Wing", 681.7, has_maker=True),
    _equipment(7, "Equipment", 667.1),
    _equipment(8, "Miscellaneous Equipment/Task Force", 667.1),
    _equipment(10, "Generic", 667.6),
)
