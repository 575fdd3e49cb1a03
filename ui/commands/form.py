"""coml form: ICS forms as PDF."""

from pathlib import Path

import click

import forms
from coml_toolkit.model.plan import Plan

from . import opening
from .options import PATH, period_options
from .output import Command, answer, note, table


@click.command(cls=Command)
@click.argument("number", required=False)
@click.option("-o", "--output", "path", type=PATH, metavar="OUT.pdf", help="The file to write.")
@click.option("--blank", is_flag=True, help="The empty form.")
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="A signed revision instead of the plan now.")
@click.option("--page", "iap_page", default="", metavar="N", help="The number of its first page in the IAP.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option("--list", "is_list", is_flag=True, help="List the forms.")
@period_options
def form(
    number: str | None,
    path: Path | None,
    blank: bool,
    revision: int | None,
    iap_page: str,
    force: bool,
    is_list: bool,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Write an ICS form as PDF.

    NUMBER as in 205; “coml form --list” lists them.
    """
    if is_list:
        rows = [(one.number, one.title) for one in forms.FORMS]
        answer([{"number": a, "title": b} for a, b in rows], table(("Form", "Title"), rows))
        return
    if number is None:
        raise click.UsageError("Say which form, as in “coml form 205 -o 205.pdf”; --list lists them.")
    if path is None:
        raise click.UsageError("Say -o and the file to write.")
    if blank and revision is not None:
        raise click.UsageError("A blank form has no revision.")
    found = forms.find(number)
    plan = None
    if not blank:
        with opening.for_reading(unit_file) as store:
            plan = opening.choose_plan(store, incident_name, period_number)
            if revision is not None:
                plan = opening.as_signed(store, plan, revision)
    drawn = forms.render(found, plan, path, iap_page=iap_page, force=force)
    what = (
        f"the blank {found.number}" if plan is None else f"{found.number} of {opening.plan_words(plan)}, {_state(plan)}"
    )
    pages = "1 page" if drawn.pages == 1 else f"{drawn.pages} pages"
    document = {"number": found.number, "title": found.title, "file": str(path), "pages": drawn.pages}
    if plan is not None:
        document |= {
            "incident": plan.incident.name,
            "period": plan.period.number,
            "revision": plan.revision,
            "signed": plan.is_signed,
        }
    answer({**document, "notes": list(drawn.notes)}, f"Wrote {path}: {what}, {pages}.")
    for each in drawn.notes:
        note(each)


def _state(plan: Plan) -> str:
    return f"revision {plan.revision}, {'signed' if plan.is_signed else 'draft'}"
