"""ICS 217, Radio Frequency Assignment Worksheet (before 2010): who got which frequency and how many radios.

The 217A took its place; the face follows a description, and is not measured.
"""

from collections.abc import Sequence

from coml_toolkit.model.plan import Plan
from coml_toolkit.model.sheet import Row

from .blocks import incident, steps
from .content import prepared_by_coml
from .form import CENTRED, Column, Entry, Field, Form, Page, Said, Table

_RULES = {1: steps(136, 20.3, 18, 501.3)}
_TABLES = ("elements", "cache", "agencies")


def _total(rows: Sequence[Row]) -> str:
    """The sum of a column of whole numbers; nothing where one of them is none."""
    counts = [row["radios"].strip() for row in rows if row.get("radios", "").strip()]
    return str(sum(map(int, counts))) if counts and all(count.isdecimal() for count in counts) else ""


def _fill(plan: Plan | None, typed: Said) -> Said:
    totals = {f"total_{name}": _total(typed.tables.get(name, [])) for name in _TABLES}
    by = prepared_by_coml(plan, Said()).fields
    fields = {"prepared_name": ", ".join(by.values())} if by else {}
    return typed.over(Said({**fields, **{name: total for name, total in totals.items() if total}}))


def _column(name: str, label: str, left: float, right: float, *, is_centred: bool = False) -> Column:
    return Column(name, label, (left, right), align=CENTRED if is_centred else 0.0)


ICS217 = Form(
    number="ICS 217",
    title="Radio Frequency Assignment Worksheet",
    help="Totals are added up by themselves where every count is a whole number.",
    pages=(Page("ics217"),),
    fill=_fill,
    is_official=False,
    fields=(
        incident((261, 70, 484, 91)),
        Field("made_date", "2. Date", (491, 70, 574, 91), Entry.DATE),
        Field("period_number", "3. Operational Period", (581, 70, 754, 91)),
        Field("total_elements", "7. Total Radios Required, Incident Organization", (180, 505, 235, 524), align=CENTRED),
        Field("total_cache", "7. Total Radios Required, Radio Data", (380, 505, 505, 524), align=CENTRED),
        Field("total_agencies", "7. Total Radios Required, Agency", (650, 505, 755, 524), align=CENTRED),
        Field("prepared_name", "8. Prepared by (Name and Position)", (221, 529, 664, 547)),
    ),
    tables=(
        Table(
            "elements",
            "4. Incident Organization",
            rules=_RULES,
            columns=(
                _column("element", "Branch, Division, Group or Element", 36.6, 131),
                _column("frequency", "Frequency", 131, 196),
                _column("radios", "No. of Radios", 196, 235.4, is_centred=True),
            ),
        ),
        Table(
            "cache",
            "5. Radio Data",
            rules=_RULES,
            columns=(
                _column("cache", "Cache", 236.6, 291),
                _column("number", "Channel No.", 291, 331, is_centred=True),
                Column(
                    "function",
                    "Function",
                    (331, 411),
                    Entry.CHOICE,
                    options=("Command", "Support", "Division tactical", "Ground-to-air"),
                ),
                _column("frequency", "Frequency", 411, 466),
                _column("radios", "No. of Radios", 466, 505.4, is_centred=True),
            ),
        ),
        Table(
            "agencies",
            "6. Agency",
            rules=_RULES,
            columns=(
                _column("agency", "Agency", 506.6, 576),
                _column("function", "Function", 576, 636),
                _column("number", "Channel No.", 636, 671, is_centred=True),
                _column("frequency", "Frequency", 671, 721),
                _column("radios", "No. of Radios", 721, 755.4, is_centred=True),
            ),
        ),
    ),
)
