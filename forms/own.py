"""Pages that are no ICS forms and say so: channel card, CDO sheet, STA data sheet, hand-over sheet."""

import re

from coml_toolkit.model.plan import RADIO_KINDS, Line, Plan
from coml_toolkit.model.sheet import PRIVATE

from .blocks import SIGNATURE, Times, period, steps
from .content import COML, edition, prepared_by_coml
from .form import CENTRED, Column, Entry, Field, Form, Page, Said, Table
from .ics205 import row as row_205


def _incident(plan: Plan) -> str:
    """Name and number in one."""
    return ", ".join(part for part in (plan.incident.name, plan.incident.number) if part)


# ── the channels in the order of a radio's menu ──────────────────────────────


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """So that zone 10 comes after zone 2."""
    return tuple(
        (int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", text.casefold()) if part
    )


def _menu(line: Line) -> tuple[object, ...]:
    said = line.assignment
    return not said.zone, _natural(said.zone), said.number is None, said.number or 0, said.position


def _card(plan: Plan | None, typed: Said) -> Said:
    if plan is None:
        return typed
    rows: list[dict[str, str]] = []
    zone: str | None = None
    for line in sorted((line for line in plan.lines if line.channel.kind in RADIO_KINDS), key=_menu):
        if zone is not None and line.assignment.zone != zone:
            rows.append({})  # a gap between zones
        zone = line.assignment.zone
        said = row_205(line)
        kept = (
            "zone",
            "number",
            "channel",
            "function",
            "assignment",
            "rx",
            "rx_tone",
            "tx",
            "tx_tone",
            "across",
            "mode",
        )
        rows.append({name: said[name] for name in (*kept, PRIVATE)})
    return typed.over(Said({"incident_name": _incident(plan)}, {"channels": rows}))


CHANNEL_CARD = Form(
    number="CARD",
    title="Radio Channel Card",
    help="For whoever carries a radio: the plan's radio channels by zone and position.",
    pages=(Page("card"),),
    fill=_card,
    is_plan=True,
    repeats_plan=True,
    is_official=False,
    fields=(
        Field("incident_name", "Incident", (41, 70, 297, 89)),
        *period(Times((333, 73.5, 385, 88), (386, 73.5, 438, 88), (458, 73.5, 510, 88), (511, 73.5, 574, 88)), size=9),
    ),
    tables=(
        Table(
            "channels",
            "Channels",
            rules={1: steps(114, 15.1, 40, 717.2)},
            columns=(
                Column("zone", "Zone", (36.6, 70), align=CENTRED, again=str),
                Column("number", "Ch", (70, 98), align=CENTRED, is_bold=True, again=str),
                Column("channel", "Channel", (98, 188), is_bold=True),
                Column("function", "Function", (188, 262), size=8),
                Column("assignment", "Assignment", (262, 346), size=8),
                Column("rx", "RX", (346, 402), size=8, align=CENTRED, is_one_line=True),
                Column("rx_tone", "RX Tone/NAC", (402, 446), size=8, align=CENTRED, is_one_line=True),
                Column("tx", "TX", (446, 502), size=8, align=CENTRED, is_one_line=True),
                Column("tx_tone", "TX Tone/NAC", (502, 546), size=8, align=CENTRED, is_one_line=True),
                Column(
                    "across",
                    "System, talkgroup",
                    (347, 545),
                    size=8,
                    align=CENTRED,
                    is_one_line=True,
                    crosses=(402, 446, 502),
                ),
                Column("mode", "Mode", (546, 575.4), size=8, align=CENTRED, is_one_line=True),
            ),
        ),
    ),
)


# ── to the Communications Duty Officer ───────────────────────────────────────


def _cdo(plan: Plan | None, typed: Said) -> Said:
    if plan is None:
        return typed
    name = plan.period.prepared_by or plan.signed_by
    fields = {"incident_name": _incident(plan), "coml": name, "attached_205": "yes"}
    return prepared_by_coml(plan, typed).over(Said({key: text for key, text in fields.items() if text}))


CDO_SHEET = Form(
    number="CDO",
    title="Communications Duty Officer Sheet",
    help="What the Communications Duty Officer asks for to coordinate frequencies; send the 205 and the 220 with it.",
    pages=(Page("cdo"),),
    fill=_cdo,
    is_official=False,
    overflow="remarks",
    fields=(
        Field("incident_name", "1. Incident (Fire) Name and Number", (41, 70, 304, 91)),
        *period(Times((338, 73.5, 392, 88), (393, 73.5, 440, 88), (458, 73.5, 512, 88), (513, 73.5, 574, 88))),
        Field("coml", "3. Communications Unit Leader (COML)", (41, 106, 304, 127)),
        Field("coml_contact", "4. COML: Telephone, E-Mail", (311, 106, 574, 127), is_contact=True),
        Field("comt", "5. Incident Communications Technician (COMT)", (41, 142, 304, 163)),
        Field("comt_contact", "6. COMT: Telephone, E-Mail", (311, 142, 574, 163), is_contact=True),
        Field("command_post", "7. Incident Command Post, Place and Telephone", (41, 178, 304, 199), is_contact=True),
        Field("ordering", "8. Ordering Office and Telephone", (311, 178, 574, 199), is_contact=True),
        Field("attached_205", "10. Attached: ICS 205", None, Entry.CHECK, options=(("yes", (150, 608)),)),
        Field("attached_220", "10. Attached: ICS 220", None, Entry.CHECK, options=(("yes", (226, 608)),)),
        Field("attached_map", "10. Attached: Map of the sites", None, Entry.CHECK, options=(("yes", (302, 608)),)),
        Field("aircraft", "11. Aircraft assigned, air nets, conflicts heard, other needs", (41, 632, 574, 647)),
        Field("remarks", "12. Remarks", (41, 661.5, 573, 695), Entry.TEXT, floor=6.5),
        Field("prepared_name", "13. Prepared by, Name", (155, 698.5, 290, 710.6)),
        Field("prepared_position", "13. Prepared by, Position/Title", (367, 698.5, 570, 710.6)),
        Field("prepared_at", "13. Date/Time", (355, 719.5, 570, 731.6), Entry.DATE_TIME),
    ),
    tables=(
        Table(
            "sites",
            "9. Repeater and Base Sites",
            rules={1: steps(240, 20, 18, 599.3)},
            columns=(
                Column("name", "Mountain Top or Site Name", (36.6, 150)),
                Column("latitude", "Latitude", (150, 232)),
                Column("longitude", "Longitude", (232, 314)),
                Column("elevation", "Elevation", (314, 364), help="With its unit, as in 3250 ft."),
                Column("system", "System Number", (364, 420)),
                Column("rx", "RX of the Site", (420, 498), help="A repeater is the reverse of the 205."),
                Column("tx", "TX of the Site", (498, 575.4), help="A repeater is the reverse of the 205."),
            ),
        ),
    ),
)


# ── to the FCC ───────────────────────────────────────────────────────────────


def _sta(plan: Plan | None, typed: Said) -> Said:
    if plan is None:
        return typed
    return prepared_by_coml(plan, typed).over(Said({"incident_name": _incident(plan), "place": plan.incident.place}))


STA_SHEET = Form(
    number="STA",
    title="Special Temporary Authority Data Sheet",
    help="What a request for Special Temporary Authority must say (47 CFR 1.931, 90.145), in one place for the call.",
    pages=(Page("sta"),),
    fill=_sta,
    is_official=False,
    overflow="eligibility",
    fields=(
        Field("applicant", "1. Applicant, Name and Address", (41, 70, 304, 91)),
        Field("incident_name", "2. Incident Name and Number", (311, 70, 574, 91)),
        Field("contact", "3. Contact Person, Telephone, E-Mail", (41, 106, 304, 127), is_contact=True),
        Field("call_sign", "4. Call Sign, FRN", (311, 106, 574, 127)),
        Field("from", "5. Dates and Times of Operation, From", (41, 142, 304, 163), Entry.DATE_TIME),
        Field(
            "to", "5. Dates and Times of Operation, To", (311, 142, 574, 163), Entry.DATE_TIME, "At most six months."
        ),
        Field("need", "6. Need for Special Action", (41, 178, 573, 217.4), Entry.TEXT, floor=6.5),
        Field("purpose", "7. Type of Operation, Purpose", (41, 232, 573, 271.4), Entry.TEXT, floor=6.5),
        Field("station_class", "8. Class of Station", (41, 286, 304, 307), help="As in FB2 and MO."),
        Field("service", "9. Radio Service", (311, 286, 574, 307), help="As in PW, public safety pool, conventional."),
        Field("place", "10. Location (place, county, state)", (41, 322, 304, 343)),
        Field("coordinates", "11. Coordinates, Radius of Operation", (311, 322, 574, 343)),
        Field("fixed", "12. Number of Fixed Transmitters", (41, 358, 304, 379)),
        Field("mobiles", "13. Number of Mobiles and Portables", (311, 358, 574, 379)),
        Field("eligibility", "15. Eligibility Statement", (41, 624, 573, 671.4), Entry.TEXT, floor=6.5),
        Field("coordination", "16. State or Regional Coordination", (41, 686, 574, 707)),
        Field("prepared_name", "17. Prepared by, Name", (155, 710, 290, 720.6)),
        Field("prepared_position", "17. Prepared by, Position/Title", (367, 710, 570, 720.6)),
        Field("prepared_at", "17. Date/Time", (355, 723.5, 570, 734.6), Entry.DATE_TIME),
    ),
    tables=(
        Table(
            "transmitters",
            "14. Technical Data",
            rules={1: steps(420, 19, 10, 609.3)},
            columns=(
                Column("site", "Site or Unit", (36.6, 110)),
                Column("frequency", "Frequency MHz", (110, 176), align=CENTRED),
                Column("station_class", "Station Class", (176, 226), align=CENTRED),
                Column("emission", "Emission", (226, 286), align=CENTRED, help="As in 11K0F3E."),
                Column("power", "Output Power W", (286, 336), align=CENTRED),
                Column("height", "Antenna Height m", (336, 396), align=CENTRED, help="Above ground."),
                Column("gain", "Antenna Gain dBi", (396, 456), align=CENTRED),
                Column("remarks", "Remarks", (456, 575.4)),
            ),
        ),
    ),
)


# ── to the next Communications Unit Leader ───────────────────────────────────


def _handover(plan: Plan | None, typed: Said) -> Said:
    if plan is None:
        return typed
    lines = "1 line" if len(plan.lines) == 1 else f"{len(plan.lines)} lines"
    fields = {"plan": f"{edition(plan)}, {lines}"}
    if plan.period.prepared_by:
        fields["from_name"] = f"{plan.period.prepared_by}, {COML}"
    return typed.over(Said(fields))


_TOPICS = (
    ("situation", "5. Situation, Organization, Problems Heard", 128, 196),
    ("changes", "6. Changes to the Plan, Spare Channels", 196, 264),
    ("patches", "7. Repeaters, Patches and Gateways", 264, 332),
    ("equipment", "8. Equipment Out, Faults, Batteries", 332, 400),
    ("requests", "9. Open Resource Requests (213 RR)", 400, 468),
    ("authority", "10. Pending Frequency Requests, STAs, Licences", 468, 536),
    ("people", "11. People, Shifts, Demobilization", 536, 604),
    ("first", "12. To Do First", 604, 680),
)

HANDOVER_SHEET = Form(
    number="HANDOVER",
    repeats_plan=True,
    title="Communications Unit Hand-Over",
    help="What the next leader must know; say “none” rather than leave a block empty.",
    pages=(Page("handover"),),
    fill=_handover,
    is_official=False,
    fields=(
        Field("incident_name", "1. Incident Name", (41, 70, 304, 91)),
        *period(Times((338, 73.5, 392, 88), (393, 73.5, 440, 88), (458, 73.5, 512, 88), (513, 73.5, 574, 88))),
        Field("plan", "3. Radio Plan (ICS 205) in Force", (41, 106, 304, 127)),
        Field("due", "4. Next 205 Due, Next Meeting", (311, 106, 574, 127)),
        *(Field(name, label, (41, top + 13.5, 573, bottom - 1), Entry.TEXT) for name, label, top, bottom in _TOPICS),
        Field("from_name", "13. Handed Over by", (41, 694, 304, 707)),
        Field("from_signature", "13. Handed Over, Signature", (93, 707.5, 300, 719.6), help=SIGNATURE),
        Field("from_at", "13. Handed Over, Date/Time", (95, 722.5, 300, 734.6), Entry.DATE_TIME),
        Field("to_name", "14. Taken Over by", (311, 694, 574, 707)),
        Field("to_signature", "14. Taken Over, Signature", (363, 707.5, 570, 719.6), help=SIGNATURE),
        Field("to_at", "14. Taken Over, Date/Time", (365, 722.5, 570, 734.6), Entry.DATE_TIME),
    ),
)
