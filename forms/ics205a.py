"""ICS 205A, Communications List: who is reached how, by name."""

from coml_toolkit.model.plan import Plan

from .blocks import foot, grid, incident, period, prepared, steps
from .content import prepared_by_coml
from .form import Column, Form, Page, Said, Table


def by_name(name: str) -> tuple[str, str]:
    """The order of “Name (Alphabetized)”: the family name first, as typed before a comma, else the last word."""
    family, comma, _ = name.partition(",")
    words = name.split()
    return (family.strip() if comma else words[-1] if words else "").casefold(), name.casefold()


def _fill(plan: Plan | None, typed: Said) -> Said:
    said = prepared_by_coml(plan, typed)
    rows = sorted(said.tables.get("contacts", []), key=lambda row: by_name(row.get("name", "")))
    return Said(said.fields, {**said.tables, "contacts": rows} if rows else said.tables, said.private)


ICS205A = Form(
    number="ICS 205A",
    title="Communications List",
    help="The incident's directory. Rows are printed by family name; mark what the public must not see as private.",
    pages=(Page("ics205a", iap_page=(199, 690.2, 250, 701.8)),),
    fill=_fill,
    fields=(
        incident((41.6, 67, 237, 84.4)),
        *period(grid((405.2, 463), (507.6, 573), (56, 69), (69.5, 82.5))),
        *prepared("4", foot((671.4, 684.1), (154.4, 252), (322.2, 418.6), (469.7, 570.5), (312, 689.8, 570.1, 702.5))),
    ),
    tables=(
        Table(
            "contacts",
            "3. Basic Local Communications Information",
            rules={1: steps(125.3, 16, 34, 669.2)},
            columns=(
                Column("position", "Incident Assigned Position", (36.7, 186.4)),
                Column("name", "Name (Alphabetized)", (186.4, 316.4), help="As in Ortiz, Maria."),
                Column(
                    "contact",
                    "Method(s) of Contact (phone, pager, cell, etc.)",
                    (316.4, 575),
                    help="With area code; also radio channel, call sign, vehicle.",
                    spills=True,
                    is_contact=True,
                ),
            ),
        ),
    ),
)
