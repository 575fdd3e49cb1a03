"""Sign and lock a plan: what is signed, what changed, and what signing means."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coml_toolkit import compare, planning, settings, units
from coml_toolkit.model.channel import Channel, Kind
from coml_toolkit.model.plan import Plan, Revision
from coml_toolkit.store.content import plan_of as signed_plan

from ..document import Document
from .dialog import Dialog, Fields, about, ask, chars, label, line_edit, plan_of
from .period import what_is_copied
from .times import day_and_time


def sign(parent: QWidget | None, document: Document) -> bool:
    """Sign the plan on screen. True: it is signed and locked."""
    plan = plan_of(document)
    return plan is not None and ask(Sign(parent, document, plan))


class Sign(Dialog):
    """One name, one Enter; before it, everything that the name stands for."""

    def __init__(self, parent: QWidget | None, document: Document, plan: Plan) -> None:
        incident, period = plan.incident, plan.period
        super().__init__(
            parent,
            f"Revision {plan.revision} is signed" if plan.is_signed else f"Sign revision {plan.revision}",
            f"ICS 205 of {incident.name}, operational period {period.number}, "
            f"{units.short_span(period.start_at, period.end_at, incident.time_zone)}: {what_is_copied(plan)}.",
        )
        self._document = document
        self._plan = plan
        self.name = line_edit(period.prepared_by or settings.load().operator)
        if plan.is_signed and plan.signed_at is not None:
            at = day_and_time(plan.signed_at, incident.time_zone)
            self.signed = label(
                f"{plan.signed_by} signed it on {at}, and nothing changed since. "
                f"The first change starts revision {plan.revision + 1} as a draft."
            )
            self.area.addWidget(self.signed)
            self.area.addStretch(1)
            self.add_close()
            return
        self.changes = QPlainTextEdit("\n".join(self._what_changed()))
        self.changes.setReadOnly(True)
        self.changes.setTabChangesFocus(True)
        self.changes.setAccessibleName("What changed")
        self.changes.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        self.changes.setMinimumWidth(chars(self, 40))
        fields = Fields()
        fields.add("&Name", self.name, tip="Who signs: block 6 of the ICS 205 shows this name and the time.")
        self.lacking = label("\n".join([*_lacking(plan), *_unknown(plan)]))
        self.waiting = label(_waiting(document), look="error")
        self.waiting.setVisible(bool(self.waiting.text()))
        self.area.addWidget(self.changes, 1)
        self.area.addWidget(self.waiting)
        self.area.addWidget(self.lacking)
        self.area.addWidget(fields)
        self.area.addWidget(
            label(
                "Signing keeps this revision word for word and cannot be undone. You can still change the plan: "
                f"the first change starts revision {plan.revision + 1} as a draft.",
                look="quiet",
            )
        )
        self.add_buttons("&Sign and lock", tip="Sign with this name and the present time. (Enter)")
        self.warn_if_read_only(document)
        self.name.setFocus()

    def carry_out(self) -> None:
        with about(self.name):
            change = planning.sign(self._plan, self.name.text(), planning.now())
        self.make(self._document, change, can_undo=False)

    def _what_changed(self) -> list[str]:
        revisions = self._document.store[Revision].where(period_id=self._plan.period.id)
        if not revisions:
            return ["This is the first revision that is signed for this operational period."]
        before = signed_plan(revisions[-1], self._plan.incident, self._plan.period)
        found = compare.differences(before, self._plan) or ["Nothing that the form shows."]
        return [f"Since revision {before.revision}:", *(f"•  {sentence}" for sentence in found)]


def _lacking(plan: Plan) -> list[str]:
    """What the form will not say. Told, not forbidden."""
    found = []
    if not plan.lines:
        found.append("The plan has no lines.")
    if plan.period.start_at is None or plan.period.end_at is None:
        found.append("The operational period has no times: block 3 will be incomplete.")
    nameless = sum(1 for line in plan.lines if not line.channel.name)
    if nameless:
        found.append(f"{nameless} of the lines {'has' if nameless == 1 else 'have'} no channel.")
    return [f"Note: {sentence}" for sentence in found]


def _unknown(plan: Plan) -> list[str]:
    """Lines of which something that a radio needs is not known."""
    numbers = [
        str(number)
        for number, line in enumerate(plan.lines, start=1)
        if line.channel.kind is Kind.CONVENTIONAL and line.channel.name and _is_unknown(line.channel)
    ]
    if not numbers:
        return []
    lines = "line" if len(numbers) == 1 else "lines"
    return [f"Note: a frequency, tone or width is not known on {lines} {', '.join(numbers)}; the form says so."]


def _is_unknown(channel: Channel) -> bool:
    texts = (units.rx_text(channel), units.tx_text(channel), units.rx_tone_text(channel), units.tx_tone_text(channel))
    return any(text == units.UNKNOWN or text.endswith("?") for text in texts)


def _waiting(document: Document) -> str:
    """What is red on the screen is not in the plan, and would not be signed."""
    waiting = document.waiting()
    if not waiting:
        return ""
    cells = "1 cell is red and" if len(waiting) == 1 else f"{len(waiting)} cells are red and"
    return f"{cells} not in the plan: {'; '.join(waiting)}. Mend it first, or what is signed says something else."
