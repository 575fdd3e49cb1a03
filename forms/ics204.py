"""ICS 204, Assignment List: block 8 repeats what the radio plan says for this branch, division or group."""

import re

from coml_toolkit.model.plan import Line, Plan
from coml_toolkit.model.sheet import PRIVATE

from .blocks import foot, grid, incident, period, prepared, steps
from .form import CENTRED, Column, Entry, Field, Form, Page, Said, Table
from .ics205 import row as row_205

# ── which lines of the plan are for whom ─────────────────────────────────────

_UNIT = {
    "branch": r"(?:branch(?:es)?|br)",
    "division": r"(?:divisions?|divs?)",
    "group": r"(?:groups?|grps?)",
    "staging": r"(?:staging(?: areas?)?)",
}
_NAME = r"[\w\-–]+"
_AND = r"\s*(?:,\s*and\b|,|&|\+|/|\band\b)\s*"
_LIST = rf"{_NAME}(?:{_AND}{_NAME})*"
_ALL = re.compile(rf"\ball\b(?:\s+({_LIST}))?")
_EVERYBODY = re.compile(r"units|personnel|resources")


def is_for(assignment: str, units: dict[str, str]) -> bool:
    """An Assignment of the 205 names one of these: {"division": "A", "group": "", …}; “All divisions” names each."""
    said = " ".join(assignment.casefold().replace(".", " ").split())
    return any(_names(said, kind, _bare(kind, name)) for kind, name in units.items() if name.strip())


def _bare(kind: str, name: str) -> str:
    """'A' of “Division A”, 'medical' of “Medical Group”."""
    said = " ".join(name.casefold().replace(".", " ").split())
    return re.sub(rf"^{_UNIT[kind]}\s+|\s+{_UNIT[kind]}$", "", said) or said


def _names(said: str, kind: str, name: str) -> bool:
    word = _UNIT[kind]
    for found in _ALL.finditer(said):
        if found[1] is None:
            return True
        if any(re.fullmatch(word, each) or _EVERYBODY.fullmatch(each) for each in _listed(found[1])):
            return True
    if len(name) > 2 and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said):
        return True
    if re.search(rf"(?<!\w){re.escape(name)}\s+{word}(?!\w)", said):
        return True
    return any(name in _listed(found[1]) for found in re.finditer(rf"\b{word}\s+({_LIST})", said))


def _listed(text: str) -> set[str]:
    """'a, b and d-f' names a, b, d, e and f."""
    names = set()
    for item in re.split(_AND, text):
        names.add(item)
        ends = re.split(r"[-–]", item)
        if len(ends) == 2 and all(re.fullmatch(r"[a-z]|\d{1,3}", end) for end in ends):
            first, last = ends
            if first.isdigit() and last.isdigit():
                names |= {str(number) for number in range(int(first), int(last) + 1)}
            elif first.isalpha() and last.isalpha():
                names |= {chr(code) for code in range(ord(first), ord(last) + 1)}
    return names


def contact(line: Line) -> str:
    """How a net is reached, in the words of the 205: position in the radio, frequencies, tones, mode."""
    said = row_205(line)
    parts = []
    if said["zone"]:
        parts.append(f"Zone {said['zone']}")
    if said["number"]:
        parts.append(f"Ch {said['number']}")
    place = " ".join(parts)
    if said["across"]:
        return " · ".join(part for part in (place, said["across"], said["mode"]) if part)
    rx = f"RX {said['rx']} {said['rx_tone']}".strip()
    tx = said["tx"] if said["tx"] == "RX only" else f"TX {said['tx']} {said['tx_tone']}".strip()
    return " · ".join(part for part in (place, rx, tx, said["mode"]) if part)


def _fill(plan: Plan | None, typed: Said) -> Said:
    if plan is None:
        return typed
    units = {kind: typed.fields.get(kind, "") for kind in _UNIT}
    rows = []
    for line in plan.lines:
        if is_for(line.assignment.assignment, units):
            said = row_205(line)
            row = {"name": said["channel"], "function": said["function"], "contact": contact(line)}
            rows.append({**row, PRIVATE: said[PRIVATE]})
    return typed.over(Said(tables={"communications": rows}))


ICS204 = Form(
    number="ICS 204",
    title="Assignment List",
    help="One for each division or group. Block 8 is filled from the lines of the radio plan that are assigned to it.",
    pages=(Page("ics204", iap_page=(199, 711.9, 250, 723.5)),),
    fill=_fill,
    repeats_plan=True,
    overflow="special_instructions",
    fields=(
        incident((41.1, 70.5, 191.4, 104.3)),
        *period(grid((252.4, 305.9), (382.5, 436.5), (74.2, 87.4), (89.8, 103))),
        Field("branch", "3. Branch", (500, 71.2, 573.5, 92), size=18, is_bold=True, help="As in I or 2."),
        Field("division", "3. Division", (500, 96, 573.5, 116.8), size=18, is_bold=True, help="As in A."),
        Field("group", "3. Group", (500, 120.6, 573.5, 141.4), size=18, is_bold=True, help="As in Medical."),
        Field("staging", "3. Staging Area", (450, 164.5, 573.5, 186.5), size=18, is_bold=True),
        Field("ops_chief", "4. Operations Section Chief", (167.5, 125.3, 349, 137.6)),
        Field(
            "ops_chief_contact", "4. Operations Section Chief, contact", (352.1, 125.3, 436.5, 137.6), is_contact=True
        ),
        Field("branch_director", "4. Branch Director", (167.5, 148.8, 349, 161.1)),
        Field("branch_director_contact", "4. Branch Director, contact", (352.1, 148.8, 436.5, 161.1), is_contact=True),
        Field("supervisor", "4. Division/Group Supervisor", (167.5, 172.3, 349, 184.6)),
        Field(
            "supervisor_contact", "4. Division/Group Supervisor, contact", (352.1, 172.3, 436.5, 184.6), is_contact=True
        ),
        Field("work_assignments", "6. Work Assignments", (41.4, 410.3, 572, 526.4), Entry.TEXT),
        Field("special_instructions", "7. Special Instructions", (41.4, 541.8, 572, 598.4), Entry.TEXT),
        *prepared(
            "9", foot((693.4, 706.1), (154.6, 252), (322.2, 418.6), (469.7, 570.6), (312.2, 711.2, 570.2, 723.9))
        ),
    ),
    tables=(
        Table(
            "resources",
            "5. Resources Assigned",
            rules={1: steps(235.4, 16, 10, 395.6)},
            columns=(
                Column("identifier", "Resource Identifier", (36.7, 140.2), help="As in ENG-13; TBD until it is known."),
                Column("leader", "Leader", (140.2, 242.3)),
                Column("persons", "# of Persons", (242.3, 277.8), align=CENTRED),
                Column(
                    "contact", "Contact (e.g., phone, pager, radio frequency, etc.)", (277.8, 442.9), is_contact=True
                ),
                Column("remarks", "Reporting Location, Special Equipment and Supplies, Remarks", (442.9, 575.3)),
            ),
        ),
        Table(
            "communications",
            "8. Communications",
            rules={1: steps(626.3, 15.48, 4, 688.2)},
            help="The nets of the radio plan come by themselves; add telephones and second contacts here.",
            columns=(
                Column("name", "Name", (38.4, 131)),
                Column("function", "Function", (133.5, 222)),
                Column("contact", "Primary Contact", (226, 571.5), is_contact=True, is_one_line=True),
            ),
        ),
    ),
)
