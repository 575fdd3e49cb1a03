"""What is written on a form: what is typed, over what the plan says; and the copy of it that the public may see."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from coml_toolkit import units
from coml_toolkit.model.plan import Plan
from coml_toolkit.model.sheet import PRIVATE, Row, Sheet, fields_of, rows_of

from .form import Content, Form, Said

COML = "Communications Unit Leader"


def content(form: Form, plan: Plan | None = None, sheet: Sheet | None = None) -> Content:
    """What a form says for a plan, with what was typed into a sheet of it."""
    typed = Said() if sheet is None else Said(fields_of(sheet), rows_of(sheet))
    names = {field.name for field in form.fields}
    said = form.fill(plan, typed)
    heads = {name: text for name, text in _heads(plan, sheet).items() if name in names}
    made = Content(
        fields={**heads, **said.fields},
        tables=said.tables,
        private=frozenset(said.private),
        name=sheet.title if sheet else "",
        at=sheet.made_at if sheet else None,
        subject=form.title,
    )
    if plan is not None:
        made = replace(
            made,
            about=f"{plan.incident.name} – Operational Period {plan.period.number}",
            edition=edition(plan) if form.says_plan else f"Operational Period {plan.period.number}",
            is_exercise=plan.incident.is_exercise,
            author=made.fields.get("prepared_name", ""),
            at=made.at or plan.signed_at or plan.period.prepared_at or plan.period.start_at,
        )
    if plan is not None and form.is_plan:
        made = _with_signature(made, plan)
    return replace(made, notice=SENSITIVE if is_sensitive(form, made) else "")


def _with_signature(made: Content, plan: Plan) -> Content:
    """For paper that is signed with the plan."""
    marks = [] if plan.is_signed else ["DRAFT"]
    marks += [f"Revision {plan.revision}"] if plan.revision > 1 else []
    state = "signed" if plan.is_signed else "draft"
    return replace(
        made,
        is_draft=not plan.is_signed,
        mark=" – ".join(marks),
        subject=f"{made.subject}, revision {plan.revision}, {state}",
    )


def edition(plan: Plan) -> str:
    """Which plan a paper was made from."""
    state = "signed" if plan.is_signed else "draft, not signed"
    return f"Operational Period {plan.period.number} · revision {plan.revision} ({state})"


# ── what every form says ─────────────────────────────────────────────────────


def _heads(plan: Plan | None, sheet: Sheet | None) -> dict[str, str]:
    """The blocks that most forms share, under the names they all give them."""
    heads: dict[str, str] = {}
    if sheet is not None:
        heads |= {"made_date": date(plan, sheet.made_at), "made_time": time(plan, sheet.made_at)}
        heads["made_at"] = date_time(plan, sheet.made_at)
    if plan is not None:
        incident, period = plan.incident, plan.period
        heads |= {
            "incident_name": incident.name,
            "incident_number": incident.number,
            "date_from": date(plan, period.start_at),
            "time_from": time(plan, period.start_at),
            "date_to": date(plan, period.end_at),
            "time_to": time(plan, period.end_at),
            "period_number": str(period.number),
        }
    return heads


def prepared_by_coml(plan: Plan | None, typed: Said) -> Said:
    """For a form that the Communications Unit prepares: its leader's name and position, unless others are typed."""
    name = "" if plan is None else plan.period.prepared_by or plan.signed_by
    said = Said({"prepared_name": name, "prepared_position": COML}) if name else Said()
    if typed.fields.get("prepared_name"):
        said = Said()  # somebody else, of another position
    return typed.over(said)


def date(plan: Plan | None, at: datetime | None) -> str:
    """A date as ICS forms write it, in the incident's local time."""
    return units.local_date(at, plan.incident.time_zone if plan else "UTC")


def time(plan: Plan | None, at: datetime | None) -> str:
    """Times on ICS forms are local and need no name; UTC, where an incident has no time zone of its own, does."""
    zone = plan.incident.time_zone if plan else "UTC"
    if at is not None and at.astimezone(units.time_zone(zone)).tzname() == "UTC":
        return f"{units.local_time(at, zone)} UTC"
    return units.local_time(at, zone)


def date_time(plan: Plan | None, at: datetime | None) -> str:
    """Both, where a form has one field for them."""
    return f"{date(plan, at)} {time(plan, at)}".strip()


# ── what is not for the public ───────────────────────────────────────────────

SENSITIVE = "CONTAINS SENSITIVE INFORMATION, NOT FOR PUBLIC RELEASE"
WITHHELD = "withheld"

_NOT_A_TELEPHONE = re.compile(r"(?<![\d.])\d{1,4}\.\d{1,6}(?![\d.])|\d{1,4}[/-]\d{1,2}[/-]\d{1,4}(?![\d-])")
_TELEPHONE = re.compile(r"\+?\(?\d[\d\s().\-/]{5,}\d")


def _telephones(text: str) -> list[tuple[int, int]]:
    """Where telephone numbers stand in it, as far as looks tell; a frequency or a date is none."""
    rest = _NOT_A_TELEPHONE.sub(lambda found: "|" * len(found[0]), text)
    return [found.span() for found in _TELEPHONE.finditer(rest) if 7 <= sum(map(str.isdigit, found[0])) <= 15]


def has_telephone(text: str) -> bool:
    """A telephone number stands in it."""
    return bool(_telephones(text))


def without_telephones(text: str) -> str:
    """The text with each telephone number withheld."""
    for start, end in reversed(_telephones(text)):
        text = f"{text[:start]}{WITHHELD}{text[end:]}"
    return text


def is_sensitive(form: Form, made: Content) -> bool:
    """It holds private rows or fields, or telephone numbers where people are listed."""
    if any(made.fields.get(name) for name in made.private):
        return True
    if any(row.get(PRIVATE) for rows in made.tables.values() for row in rows):
        return True
    contacts = [made.fields.get(field.name, "") for field in form.fields if field.is_contact]
    for table in form.tables:
        names = [column.name for column in table.columns if column.is_contact]
        contacts += [row.get(name, "") for row in made.tables.get(table.name, ()) for name in names]
    return any(map(has_telephone, contacts))


def public(form: Form, made: Content) -> Content:
    """The copy for everybody: without private rows and without telephone numbers; it says how many are withheld."""
    gone = sum(bool(made.fields.get(name)) for name in made.private)
    fields = {name: text for name, text in made.fields.items() if name not in made.private}
    numbers = _hide(fields, [field.name for field in form.fields if field.is_contact])
    tables: dict[str, list[Row]] = {}
    for table in form.tables:
        rows = made.tables.get(table.name, ())
        kept = [dict(row) for row in rows if not row.get(PRIVATE)]
        gone += len(rows) - len(kept)
        numbers += sum(_hide(row, [column.name for column in table.columns if column.is_contact]) for row in kept)
        tables[table.name] = list(kept)
    told = [_count(gone, "row")] if gone or not numbers else []
    told += [_count(numbers, "telephone number")] if numbers else []
    verb = "is" if gone + numbers == 1 else "are"
    notice = f"PUBLIC COPY: {' and '.join(told)} {verb} withheld"
    return replace(made, fields=fields, tables=tables, private=frozenset(), notice=notice)


def _hide(texts: dict[str, str], names: Sequence[str]) -> int:
    """Withhold the telephone numbers in these of the texts; how many there were."""
    count = 0
    for name in names:
        if found := _telephones(texts.get(name, "")):
            texts[name] = without_telephones(texts[name])
            count += len(found)
    return count


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number or 'no'} {what}s"
