"""coml form: ICS forms as PDF; and which printed ones are older than the plan."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import forms
from coml_toolkit import paper, planning, units
from coml_toolkit.errors import ComlError
from coml_toolkit.model.plan import Plan
from coml_toolkit.model.printed import Printed
from coml_toolkit.model.sheet import Sheet
from coml_toolkit.planning import Change
from coml_toolkit.store import Store
from forms.form import Form

from . import opening, sheet
from .options import PATH, period_options
from .output import Command, answer, note, table

Made = tuple[Form, Sheet | None]


@click.command(cls=Command)
@click.argument("number", required=False)
@click.option("-o", "--output", "path", type=PATH, metavar="OUT.pdf", help="The file to write.")
@click.option("--sheet", "sheet_name", metavar="TITLE", help="Which filled-in form, by title or id.")
@click.option("--blank", is_flag=True, help="The empty form.")
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="A signed revision instead of the plan now.")
@click.option("--page", "iap_page", default="", metavar="N", help="The number of its first page in the IAP.")
@click.option("--public", "is_public", is_flag=True, help="The copy for the public: private rows and numbers left out.")
@click.option("--package", "numbers", metavar="N,N,…", help="Several forms in one file, as in 205,205a,204.")
@click.option("--template", type=PATH, metavar="THEIRS.pdf", help="Fill in an agency's own fillable 205.")
@click.option("--mapping", type=PATH, metavar="MAP.json", help="Which of its fields takes what; without it FEMA's.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--list", "is_list", is_flag=True, help="List the forms.")
@click.option("--state", "is_state", is_flag=True, help="Which forms are printed, and which are older than the plan.")
@period_options
def form(
    number: str | None,
    path: Path | None,
    sheet_name: str | None,
    blank: bool,
    revision: int | None,
    iap_page: str,
    is_public: bool,
    numbers: str | None,
    template: Path | None,
    mapping: Path | None,
    force: bool,
    is_list: bool,
    is_state: bool,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Write an ICS form as PDF.

    NUMBER as in 205; “coml form --list” lists them. What was typed into its filled-in form (“coml sheet”) is on it,
    and what the plan says. The unit file remembers what was printed, but no blank, public copy or old revision.
    """
    if is_list:
        _list()
        return
    if is_state:
        with opening.for_reading(unit_file) as store:
            _tell_states(store, opening.choose_plan(store, incident_name, period_number), number)
        return
    if number is None and numbers is None:
        raise click.UsageError("Say which form, as in “coml form 205 -o 205.pdf”; --list lists them.")
    if path is None:
        raise click.UsageError("Say -o and the file to write.")
    _refuse_contradictions(
        {
            "NUMBER": number,
            "--blank": blank,
            "--sheet": sheet_name,
            "--revision": revision,
            "--public": is_public,
            "--package": numbers,
            "--template": template,
        }
    )
    if mapping is not None and template is None:
        raise click.UsageError("--mapping goes with --template.")
    wanted = [forms.find(each) for each in (numbers or number or "").split(",")]
    if template is not None and wanted[0].number != "ICS 205":
        raise click.UsageError("--template fills in a 205 only.")
    if blank:
        drawn = forms.render(wanted[0], None, path, iap_page=iap_page, force=force)
        _tell(wanted, path, drawn, f"the blank {wanted[0].number}", {}, [])
        return
    with opening.for_reading(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        sheets = sheet.of_period(store, plan)
        if revision is not None:
            plan = opening.as_signed(store, plan, revision)
    if template is not None:
        made: list[Made] = [(wanted[0], None)]
        drawn = forms.fill_pdf(template, plan, mapping, path, iap_page=iap_page, is_public=is_public, force=force)
    elif numbers is not None:
        made = [each for one in wanted for each in _all(one, sheets)]
        papers = [forms.Paper(one, forms.content(one, plan, typed)) for one, typed in made]
        drawn = forms.package(papers, path, iap_page=iap_page, is_public=is_public, force=force)
    else:
        typed = _choose(wanted[0], sheets, sheet_name, plan)
        made = [(wanted[0], typed)]
        drawn = forms.render(wanted[0], plan, path, sheet=typed, iap_page=iap_page, is_public=is_public, force=force)
    done, problem = "", ""
    if revision is None and not is_public:
        done, problem = _remember(unit_file, plan, made, path)
    document = {
        "incident": plan.incident.name,
        "period": plan.period.number,
        "revision": plan.revision,
        "signed": plan.is_signed,
        "public": is_public,
        "done": done,
    }
    if numbers is not None:
        document["forms"] = [_made_document(each) for each in made]
    else:
        document["sheet"] = _made_document(made[0])["sheet"]
    what = _words(made) if numbers is None else f"a package of {len(made)} forms"
    what += f" of {opening.plan_words(plan)}, revision {plan.revision}, {'signed' if plan.is_signed else 'draft'}"
    _tell(wanted, path, drawn, f"{what}, public copy" if is_public else what, document, [problem] if problem else [])


def _refuse_contradictions(given: dict[str, object]) -> None:
    """Options that do not go together."""
    said = {name for name, value in given.items() if value not in (None, False)}
    alone = {
        "--blank": {"--sheet", "--revision", "--public", "--package", "--template"},
        "--package": {"NUMBER", "--sheet", "--template"},
        "--template": {"--sheet"},
    }
    for name, others in alone.items():
        if name in said and (wrong := sorted(said & others)):
            raise click.UsageError(
                "A blank form has no revision." if wrong == ["--revision"] else f"{name} does not go with {wrong[0]}."
            )


def _choose(one: Form, sheets: Sequence[Sheet], name: str | None, plan: Plan) -> Sheet | None:
    if name is None:
        return sheet.only(sheets, one)
    return sheet.choose([each for each in sheets if each.form == one.number], name, plan)


def _all(one: Form, sheets: Sequence[Sheet]) -> list[Made]:
    """In a package: every filled-in form of it; without any, what the plan says."""
    found = [each for each in sheets if each.form == one.number]
    return [(one, each) for each in found] or [(one, None)]


def _tell(
    wanted: Sequence[Form], path: Path, drawn: forms.Drawn, what: str, more: dict[str, Any], problems: list[str]
) -> None:
    pages = "1 page" if drawn.pages == 1 else f"{drawn.pages} pages"
    document: dict[str, Any] = {"file": str(path), "pages": drawn.pages}
    if "forms" not in more:
        document = {"number": wanted[0].number, "title": wanted[0].title, **document}
    notes = [*drawn.notes, *problems]
    answer({**document, **more, "notes": notes}, f"Wrote {path}: {what}, {pages}.")
    for each in notes:
        note(each)


def _words(made: Sequence[Made]) -> str:
    return ", ".join(one.number if typed is None else sheet.words(typed) for one, typed in made)


def _made_document(made: Made) -> dict[str, Any]:
    one, typed = made
    said = None if typed is None else {"id": typed.id, "title": typed.title}
    return {"number": one.number, "title": one.title, "sheet": said}


# ── what was printed ─────────────────────────────────────────────────────────


def _remember(unit_file: Path | None, plan: Plan, made: Sequence[Made], path: Path) -> tuple[str, str]:
    """Keep in the unit file that this was printed: the words of it, or why it could not be kept. The PDF is there."""
    at = planning.now()
    changes = [
        paper.printed(plan, typed, one.number, at, str(path.absolute()), repeats_plan=one.says_plan)
        for one, typed in made
    ]
    change = changes[0]
    if len(changes) > 1:
        records = [record for each in changes for record in each.after]
        change = Change([], records, f"Print {len(changes)} forms of revision {plan.revision}")
    try:
        with opening.for_writing(unit_file) as store:
            return opening.edit(store, change, can_undo=False), ""
    except ComlError as error:
        return "", f"That it was printed could not be recorded: {error.message}"


def _tell_states(store: Store, plan: Plan, number: str | None) -> None:
    """Every form of the period: when it was printed, and whether that still says what the plan says."""
    chosen = forms.FORMS if number is None else [forms.find(number)]
    sheets = sheet.of_period(store, plan)
    records = store[Printed].where(period_id=plan.period.id)
    documents, rows = [], []
    for one in chosen:
        for typed in _printable(one, sheets, records):
            last = paper.newest(records, one.number, typed)
            state = paper.state(last, plan, typed, repeats_plan=one.says_plan)
            documents.append(
                {
                    **_made_document((one, typed)),
                    "state": state.value,
                    "printed_at": units.iso(last.made_at) if last else None,
                    "revision": last.revision if last else None,
                    "file": last.file if last else None,
                }
            )
            rows.append(
                (
                    sheet.words(typed) if typed else one.number,
                    state.value,
                    units.local_text(last.made_at, plan.incident.time_zone) if last else "",
                    str(last.revision) if last else "",
                    last.file if last else "",
                )
            )
    head = f"{opening.plan_words(plan)}, revision {plan.revision}, {'signed' if plan.is_signed else 'draft'}"
    answer(documents, f"{head}\n{table(('Form', 'State', 'Printed', 'Revision', 'File'), rows)}")


def _printable(one: Form, sheets: Sequence[Sheet], records: Sequence[Printed]) -> list[Sheet | None]:
    """What there is of a form: each that is filled in, and what the plan alone says of it."""
    found: list[Sheet | None] = [each for each in sheets if each.form == one.number]
    is_of_plan = not found and (one.is_plan or one.repeats_plan)
    if is_of_plan or any((each.form, each.sheet_id) == (one.number, None) for each in records):
        found.insert(0, None)
    return found


def _list() -> None:
    documents = [{"number": one.number, "title": one.title, "is_official": one.is_official} for one in forms.FORMS]
    rows = [(one.number, one.title, "" if one.is_official else "our own layout") for one in forms.FORMS]
    answer(documents, table(("Form", "Title", ""), rows))
