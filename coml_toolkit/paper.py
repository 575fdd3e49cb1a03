"""The state of paper: what was printed, from which plan, and whether it still says the same."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from .model.plan import Plan
from .model.printed import Printed
from .model.record import new_id
from .model.sheet import Sheet
from .planning import Change
from .store.content import content


class State(StrEnum):
    """What a form that was printed is worth now."""

    NEVER = "not printed"
    CURRENT = "current"
    STALE = "older than what it is made from"


def made_from(plan: Plan, sheet: Sheet | None, *, repeats_plan: bool = True) -> str:
    """A digest of all that a form says. One that repeats nothing of the plan's lines rests on its head alone."""
    said = content(plan if repeats_plan else replace(plan, lines=()))
    typed = "" if sheet is None else f"{sheet.title}\n{sheet.fields}\n{sheet.rows}"
    signed = f"{plan.signed_by}\n{plan.signed_at}" if repeats_plan else ""
    return sha256(f"{said}\n{signed}\n{typed}".encode()).hexdigest()


def printed(
    plan: Plan, sheet: Sheet | None, form: str, at: datetime, file: str = "", *, repeats_plan: bool = True
) -> Change:
    """Remember that a form was printed. Store it with `can_undo=False`: paper cannot be taken back."""
    record = Printed(
        id=new_id(),
        period_id=plan.period.id,
        sheet_id=None if sheet is None else sheet.id,
        form=form,
        revision=plan.revision,
        made_from=made_from(plan, sheet, repeats_plan=repeats_plan),
        made_at=at,
        file=file,
    )
    return Change([], [record], f"Print {form} of revision {plan.revision}")


def newest(records: Iterable[Printed], form: str, sheet: Sheet | None) -> Printed | None:
    """The last time this form was printed."""
    sheet_id = None if sheet is None else sheet.id
    found = [record for record in records if record.form == form and record.sheet_id == sheet_id]
    return max(found, key=lambda record: (record.made_at, record.id), default=None)


def state(last: Printed | None, plan: Plan, sheet: Sheet | None, *, repeats_plan: bool = True) -> State:
    """Whether the newest print still says what the plan and the sheet say now."""
    if last is None:
        return State.NEVER
    now = made_from(plan, sheet, repeats_plan=repeats_plan)
    return State.CURRENT if last.made_from == now else State.STALE
