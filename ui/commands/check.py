"""coml check: what is wrong, doubtful or not known in a plan."""

from pathlib import Path
from typing import Any

import click

from coml_toolkit import findings, planning, units
from coml_toolkit.errors import InputError
from coml_toolkit.findings import Judged
from coml_toolkit.model.finding import Severity

from . import opening
from .options import period_options
from .output import Command, answer, note


@click.command(cls=Command)
@click.option("--accept", "accepted", metavar="ID", help="Accept this finding; say why with --because.")
@click.option("--because", metavar="TEXT", help="Why the finding may stand.")
@click.option("--reopen", "reopened", metavar="ID", help="Take an acceptance back.")
@click.option("--all", "is_all", is_flag=True, help="Also what could not be evaluated, with what is missing.")
@period_options
@click.pass_context
def check(
    context: click.Context,
    accepted: str | None,
    because: str | None,
    reopened: str | None,
    is_all: bool,
    incident_name: str | None,
    period_number: int | None,
    unit_file: Path | None,
) -> None:
    """Check the plan. It explains and never blocks; the exit code is 1 while an error is open."""
    if (accepted is None) != (because is None):
        raise click.UsageError("Say --accept ID and --because TEXT together.")
    if accepted or reopened:
        _decide(accepted, because or "", reopened, incident_name, period_number, unit_file)
    with opening.for_reading(unit_file) as store:
        plan = opening.choose_plan(store, incident_name, period_number)
        found = findings.judged(store, plan, now=planning.now())
    zone = plan.incident.time_zone
    shown = [one for one in found if is_all or one.finding.severity is not Severity.NOT_EVALUATED]
    answer([_document(one) for one in found], "\n".join(_text(one, zone) for one in shown))
    errors, warnings = findings.counts(found)
    unknown = sum(1 for one in found if one.finding.severity is Severity.NOT_EVALUATED)
    note(
        f"{opening.plan_words(plan)}: {_count(errors, 'open error')}, {_count(warnings, 'open warning')}, "
        f"{_count(unknown, 'rule')} not evaluated{'' if is_all or not unknown else ' (--all lists them)'}."
    )
    if errors:
        context.exit(1)


def _decide(
    accepted: str | None, words: str, reopened: str | None, incident: str | None, period: int | None, file: Path | None
) -> None:
    with opening.for_writing(file) as store:
        plan = opening.choose_plan(store, incident, period)
        found = {one.finding.id: one for one in findings.judged(store, plan, now=planning.now())}
        wanted = accepted or reopened or ""
        if wanted not in found:
            raise InputError(f"There is no finding {wanted} in this plan.", hint="“coml check --all” lists the ids.")
        finding, disposition = found[wanted]
        if accepted:
            change = findings.accept(store, plan, finding, words, opening.who(), planning.now())
        elif disposition is not None:
            change = findings.reopen(disposition)
        else:
            raise InputError(f"{wanted} was not accepted.", hint="“coml check” says which are.")
        note(f"{opening.edit(store, change)}.")


def _document(one: Judged) -> dict[str, Any]:
    finding, disposition = one
    decided = None
    if disposition is not None:
        decided = {"words": disposition.words, "by": disposition.by, "at": units.iso(disposition.at)}
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "message": finding.message,
        "rows": list(finding.rows),
        "why": finding.why,
        "source": finding.source,
        "missing": finding.missing,
        "disposition": decided,
    }


_MARKS = {Severity.ERROR: "!", Severity.WARNING: "?", Severity.INFO: "i", Severity.NOT_EVALUATED: "-"}


def _text(one: Judged, zone: str) -> str:
    finding, disposition = one
    lines = [f"{_MARKS[finding.severity]} {finding.rule}  {finding.message}"]
    if finding.severity is not Severity.NOT_EVALUATED:
        lines.append(f"       {finding.why} ({finding.source})")
    if disposition is not None:
        at = units.local_text(disposition.at, zone)
        lines.append(f"       Accepted by {disposition.by}, {at}: {disposition.words}")
    return "\n".join([*lines, f"       {finding.id}"])


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
