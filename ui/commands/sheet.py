"""coml sheet: forms that somebody fills in, field by field and row by row."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

import forms
from coml_toolkit import sheets, units
from coml_toolkit.errors import FormError, InputError
from coml_toolkit.model.plan import Plan
from coml_toolkit.model.sheet import PRIVATE, Sheet, fields_of, rows_of
from coml_toolkit.planning import Change
from coml_toolkit.store import Store
from forms.form import Entry, Form, Table
from forms.layout import chosen

from . import opening
from .options import period_options
from .output import Group, answer, note, table

_SHEET = "SHEET"
_MANY = 8


@click.group(cls=Group)
def sheet() -> None:
    """Forms that somebody fills in: a 213, a 214, the 204 of each division.

    SHEET is its title, its id, or its form's number where there is only one of it. “coml form” prints it.
    """


# ── which one ────────────────────────────────────────────────────────────────


def of_period(store: Store, plan: Plan) -> list[Sheet]:
    """The filled-in forms of an operational period and of its incident as a whole, in the order of the forms."""
    order = {form.number: place for place, form in enumerate(forms.FORMS)}
    found = store[Sheet].where(incident_id=plan.incident.id)
    here = [each for each in found if each.period_id in (None, plan.period.id)]
    return sorted(here, key=lambda each: (order.get(each.form, len(order)), each.title, each.id))


def words(one: Sheet) -> str:
    """'ICS 204 Division A'."""
    return f"{one.form} {one.title}".strip()


def choose(among: Sequence[Sheet], text: str, plan: Plan) -> Sheet:
    """The one that was named by its title, its id, or its form where there is only one of it."""
    typed = text.strip().casefold()
    found = [one for one in among if typed and typed in (one.id, one.title.casefold(), words(one).casefold())]
    if not found:
        found = _of_form(among, text)
    if len(found) > 1:
        raise opening.AmbiguousError(
            f"“{text.strip()}” is {len(found)} filled-in forms; choose one:", choices=_said(found)
        )
    if not found:
        names = ", ".join(f"“{words(one)}”" for one in among)
        if not among:
            hint = "“coml sheet new FORM” makes one."
        else:
            hint = f"There is {names}." if len(among) <= _MANY else "“coml sheet list” shows them."
        raise InputError(f"There is no filled-in form “{text.strip()}” in {opening.plan_words(plan)}.", hint=hint)
    return found[0]


def _of_form(among: Sequence[Sheet], number: str) -> list[Sheet]:
    try:
        wanted = forms.find(number).number
    except FormError:
        return []
    return [one for one in among if one.form == wanted]


def only(among: Sequence[Sheet], form: Form) -> Sheet | None:
    """The only one of a form; None where there is none, AmbiguousError where there are several."""
    found = [one for one in among if one.form == form.number]
    if len(found) > 1:
        raise opening.AmbiguousError(
            f"There are {len(found)} of the {form.number}; choose one with --sheet:", choices=_said(found)
        )
    return found[0] if found else None


def _said(found: Sequence[Sheet]) -> list[str]:
    return [f"{words(one)}, {'whole incident, ' if one.period_id is None else ''}id {one.id}" for one in found]


# ── reading ──────────────────────────────────────────────────────────────────


@sheet.command("list")
@period_options
def list_(incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """The filled-in forms.

    Those of the operational period, and those of the incident as a whole.
    """
    with opening.for_reading(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        found = of_period(store, plan)
    zone = plan.incident.time_zone
    rows = [
        (one.form, one.title, "" if one.period_id else "whole incident", units.local_text(one.made_at, zone))
        for one in found
    ]
    text = table(("Form", "Title", "Of", "Made"), rows)
    answer([_document(one, plan) for one in found], f"{opening.plan_words(plan)}\n{text}")
    if not found:
        note("No form is filled in yet. “coml sheet new 213 --title Batteries” starts one.")


@sheet.command()
@click.argument("sheet_name", metavar=_SHEET)
@period_options
def show(sheet_name: str, incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """What a filled-in form says.

    And what can be entered: the name of each field and column.
    """
    with opening.for_reading(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = choose(of_period(store, plan), sheet_name, plan)
    form = forms.find(one.form)
    typed, rows, made = fields_of(one), rows_of(one), forms.content(form, plan, one)
    fields = [
        {
            **_described(field),
            "options": [option for option, _ in field.options if option],
            "text": typed.get(field.name, ""),
            "printed": made.fields.get(field.name, ""),
        }
        for field in form.fields
    ]
    tables = [
        {
            "name": each.name,
            "label": each.label,
            "help": each.help,
            "columns": [{**_described(column), "options": list(column.options)} for column in each.columns],
            "rows": rows.get(each.name, []),
        }
        for each in form.tables
    ]
    document = {**_document(one, plan), "form_title": form.title, "help": form.help, "fields": fields, "tables": tables}
    parts = [f"{words(one)}, {form.title}, {opening.plan_words(plan)}"]
    parts.append(table(("Field", "Label", "Text"), [(f["name"], f["label"], f["printed"]) for f in fields]))
    for each in form.tables:
        titles = ("Row", *(column.name for column in each.columns), PRIVATE)
        lines = [
            (str(number), *(row.get(name, "") for name in titles[1:]))
            for number, row in enumerate(rows.get(each.name, []), 1)
        ]
        names = ", ".join(column.name for column in each.columns)
        parts.append(f"{each.name} ({each.label}): {names}\n{table(titles, lines) or 'no rows'}")
    answer(document, "\n\n".join(parts))


def _described(one: Any) -> dict[str, Any]:
    return {"name": one.name, "label": one.label, "help": one.help, "entry": one.entry.value}


def _document(one: Sheet, plan: Plan) -> dict[str, Any]:
    return {
        "id": one.id,
        "form": one.form,
        "title": one.title,
        "incident": plan.incident.name,
        "period": plan.period.number if one.period_id else None,
        "made_at": units.iso(one.made_at),
    }


# ── whole sheets ─────────────────────────────────────────────────────────────


@sheet.command()
@click.argument("number", metavar="FORM")
@click.option("--title", default="", help="What tells it from others of its form: Division A …")
@click.option("--whole-incident", is_flag=True, help="Of the incident as a whole, not of one operational period.")
@period_options
def new(
    number: str,
    title: str,
    whole_incident: bool,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Start a form to fill in.

    FORM is its number as in 213; “coml form --list” lists them.
    """
    form = forms.find(number)
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        period_id = None if whole_incident else plan.period.id
        change = sheets.new_sheet(form.number, plan.incident.id, period_id=period_id, title=title.strip())
        same = [one for one in of_period(store, plan) if (one.form, one.title) == (form.number, title.strip())]
        _do(store, plan, change)
    if same:
        note(f"There is another {words(same[0])}; “coml sheet list --json” tells them by their ids.")


@sheet.command()
@click.argument("sheet_name", metavar=_SHEET)
@click.option("--to", "target", type=click.IntRange(min=1), required=True, metavar="N", help="The operational period.")
@period_options
def copy(
    sheet_name: str, target: int, incident_name: str | None, period_number: int | None, unit_file: Path | None
) -> None:
    """Copy a filled-in form to another operational period."""
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = choose(of_period(store, plan), sheet_name, plan)
        period = opening.choose_period(store, plan.incident.id, target)
        _do(store, store.plan(period.id), sheets.copy_sheet(one, period.id))


@sheet.command()
@click.argument("sheet_name", metavar=_SHEET)
@period_options
def remove(sheet_name: str, incident_name: str | None, period_number: int | None, unit_file: Path | None) -> None:
    """Remove a filled-in form; undo brings it back."""
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        _do(store, plan, sheets.remove_sheet(choose(of_period(store, plan), sheet_name, plan)))


# ── fields ───────────────────────────────────────────────────────────────────


@sheet.command("set")
@click.argument("sheet_name", metavar=_SHEET)
@click.argument("pairs", metavar="[FIELD TEXT]…", nargs=-1)
@click.option("--title", help="Another title.")
@period_options
def set_(
    sheet_name: str,
    pairs: tuple[str, ...],
    title: str | None,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Write fields.

    After each FIELD its TEXT, in quotes: an empty one says again what the plan says, “-” takes standard input.
    “coml sheet show SHEET” lists the fields.
    """
    if len(pairs) % 2:
        raise click.UsageError(f"“{pairs[-1]}” has no text; write a text of several words in quotes.")
    if not pairs and title is None:
        raise click.UsageError("Say which field, and its text.")
    texts = dict(zip(pairs[::2], pairs[1::2], strict=True))
    if sum(text == "-" for text in texts.values()) > 1:
        raise click.UsageError("Standard input can be taken once only.")
    texts = {name: sys.stdin.read().strip() if text == "-" else text for name, text in texts.items()}
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = choose(of_period(store, plan), sheet_name, plan)
        _check_fields(forms.find(one.form), texts)
        change = sheets.change_fields(one, texts) if texts else sheets.retitle(one, (title or "").strip())
        if texts and title is not None:
            changed = next(iter(change.after), one)
            assert isinstance(changed, Sheet)
            more = sheets.retitle(changed, title.strip())
            said = "; ".join(each.words for each in (change, more) if each.after)
            change = Change([one], [*(more.after or change.after or [one])], said)
        _do(store, plan, change)


def _check_fields(form: Form, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        field = form.field(name)
        if field is None:
            raise InputError(
                f"{form.number} has no field “{name}”.",
                hint=f"Its fields are: {_names(form.fields)}.{_in_table(form, name)}",
            )
        if field.entry in (Entry.CHECK, Entry.CHOICE) and chosen(field, text) is None:
            options = ", ".join(option for option, _ in field.options if option)
            raise InputError(
                f"“{text}” is none of the boxes of {field.label}.",
                hint="Say yes or no." if field.entry is Entry.CHECK else f"Its boxes are: {options}.",
            )


def _in_table(form: Form, name: str) -> str:
    for each in form.tables:
        if name == each.name or any(column.name == name for column in each.columns):
            return f" The table {each.name} is filled with “coml sheet add-row”."
    return ""


def _names(parts: Iterable[Any]) -> str:
    return ", ".join(part.name for part in parts)


# ── rows ─────────────────────────────────────────────────────────────────────


@sheet.command("add-row")
@click.argument("sheet_name", metavar=_SHEET)
@click.argument("table_name", metavar="TABLE")
@click.argument("cells", metavar="COLUMN=TEXT…", nargs=-1, required=True)
@click.option("--position", type=click.IntRange(min=1), metavar="ROW", help="Put it before this row; else at the end.")
@click.option("--private", "is_private", is_flag=True, help="A public copy leaves it out.")
@period_options
def add_row(
    sheet_name: str,
    table_name: str,
    cells: tuple[str, ...],
    position: int | None,
    is_private: bool,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Add a row to a table."""
    texts = _texts(cells)
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = choose(of_period(store, plan), sheet_name, plan)
        found = _table(forms.find(one.form), table_name, texts)
        rows = len(rows_of(one).get(found.name, []))
        if position is not None and position > rows + 1:
            raise InputError(f"There is no row {position}.", hint=_has(rows))
        row = {**texts, PRIVATE: "yes" if is_private else ""}
        place = None if position is None else position - 1
        _do(store, plan, sheets.add_row(one, found.name, row, position=place))


@sheet.command("set-row")
@click.argument("sheet_name", metavar=_SHEET)
@click.argument("table_name", metavar="TABLE")
@click.argument("row", metavar="ROW", type=click.IntRange(min=1))
@click.argument("cells", metavar="[COLUMN=TEXT]…", nargs=-1)
@click.option("--private/--public", "is_private", default=None, help="Whether a public copy leaves it out.")
@period_options
def set_row(
    sheet_name: str,
    table_name: str,
    row: int,
    cells: tuple[str, ...],
    is_private: bool | None,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Change cells of a row, counted from 1.

    What is not given stays; an empty text empties the cell.
    """
    texts = _texts(cells)
    if not texts and is_private is None:
        raise click.UsageError("Say what to change.")
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = choose(of_period(store, plan), sheet_name, plan)
        found = _table(forms.find(one.form), table_name, texts)
        if not texts:
            change = sheets.mark_private(one, found.name, [row - 1], is_private=bool(is_private))
        else:
            mark = {} if is_private is None else {PRIVATE: "yes" if is_private else ""}
            change = sheets.change_row(one, found.name, row - 1, {**texts, **mark})
        _do(store, plan, change)


@sheet.command("remove-row")
@click.argument("sheet_name", metavar=_SHEET)
@click.argument("table_name", metavar="TABLE")
@click.argument("rows", metavar="ROW…", nargs=-1, required=True, type=click.IntRange(min=1))
@period_options
def remove_row(
    sheet_name: str,
    table_name: str,
    rows: tuple[int, ...],
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Take rows out of a table."""
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = choose(of_period(store, plan), sheet_name, plan)
        found = _table(forms.find(one.form), table_name)
        _do(store, plan, sheets.remove_rows(one, found.name, [row - 1 for row in rows]))


@sheet.command("move-row")
@click.argument("sheet_name", metavar=_SHEET)
@click.argument("table_name", metavar="TABLE")
@click.argument("row", metavar="ROW", type=click.IntRange(min=1))
@click.option("--to", "target", type=click.IntRange(min=1), required=True, metavar="N", help="The row it shall be.")
@period_options
def move_row(
    sheet_name: str,
    table_name: str,
    row: int,
    target: int,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Move a row to another place in its table."""
    with opening.for_writing(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        one = choose(of_period(store, plan), sheet_name, plan)
        found = _table(forms.find(one.form), table_name)
        rows = len(rows_of(one).get(found.name, []))
        if target > rows:
            raise InputError(f"There is no row {target}.", hint=_has(rows))
        position = target - 1 if target <= row else target
        _do(store, plan, sheets.move_rows(one, found.name, [row - 1], position))


def _texts(cells: Sequence[str]) -> dict[str, str]:
    texts = {}
    for cell in cells:
        name, equals, text = cell.partition("=")
        if not equals:
            raise click.UsageError(f"“{cell}” is no cell; write COLUMN=TEXT, in quotes where it has spaces.")
        texts[name.strip()] = text
    return texts


def _table(form: Form, name: str, texts: Iterable[str] = ()) -> Table:
    """The table of that name, which has these columns."""
    found = form.table(name)
    if found is None:
        hint = f"Its tables are: {_names(form.tables)}." if form.tables else "It has fields only: “coml sheet set”."
        raise InputError(f"{form.number} has no table “{name}”.", hint=hint)
    for each in texts:
        if each not in {column.name for column in found.columns}:
            raise InputError(
                f"The table {name} of {form.number} has no column “{each}”.",
                hint=f"Its columns are: {_names(found.columns)}.",
            )
    return found


def _has(rows: int) -> str:
    return f"The table has {'1 row' if rows == 1 else f'{rows} rows'}."


# ── doing it, saying it ──────────────────────────────────────────────────────


def _do(store: Store, plan: Plan, change: Change) -> None:
    """Store the change; say what was done, and to which sheet."""
    done = opening.edit(store, change)
    about = [record for record in (*change.after, *change.before) if isinstance(record, Sheet)]
    document: dict[str, Any] = {"done": done, "incident": plan.incident.name, "period": plan.period.number}
    if about:
        document["sheet"] = _document(about[0], plan)
    answer(document, f"{done}: {opening.plan_words(plan)}.")
    if plan.incident.closed_at is not None:
        note(f"{plan.incident.name} is closed.")
