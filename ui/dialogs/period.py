"""The operational period on screen: its times; and the next one, as a copy of it."""

from PySide6.QtWidgets import QPushButton, QWidget

from coml_toolkit import planning, units
from coml_toolkit.errors import InputError
from coml_toolkit.model.plan import Period, Plan

from ..document import Document
from .dialog import Dialog, Fields, about, ask, count, label, line_edit, plan_of, set_text
from .times import Span, TimeField, add_time, overlapping


def edit_period(parent: QWidget | None, document: Document) -> bool:
    """Change the times of the period on screen, when its 205 is due, and who prepares it."""
    plan = plan_of(document)
    return plan is not None and ask(EditPeriod(parent, document, plan))


def copy_forward(parent: QWidget | None, document: Document) -> bool:
    """Start the next period with a copy of this plan."""
    plan = plan_of(document)
    return plan is not None and ask(CopyForward(parent, document, plan))


class _PeriodDialog(Dialog):
    """From and To of one period among the others of its incident."""

    def __init__(self, parent: QWidget | None, document: Document, plan: Plan, title: str, sentence: str) -> None:
        super().__init__(parent, title, sentence)
        self._document = document
        self._plan = plan
        self._zone = plan.incident.time_zone
        self.fields = Fields()
        self.span = Span(self.fields, lambda: self._zone)
        self.overlap = label(look="quiet")
        self.fields.add_wide(self.overlap)
        self.area.addWidget(self.fields)
        for field in (self.span.start, self.span.end):
            field.textChanged.connect(self._tell_overlap)
        self.span.start.setFocus()

    def others(self) -> list[Period]:
        """The periods that this one should not share time with."""
        return self._document.periods(self._plan.incident)

    def _tell_overlap(self) -> None:
        try:
            found = overlapping(self.span.start.at(), self.span.end.at(), self.others())
        except InputError:
            found = []
        words = [
            f"{period.number} ({units.short_span(period.start_at, period.end_at, self._zone)})" for period in found
        ]
        periods = "period" if len(words) == 1 else "periods"
        set_text(self.overlap, f"It overlaps operational {periods} {', '.join(words)}." if words else "")
        if self.isVisible():
            self.fit()


class EditPeriod(_PeriodDialog):
    """Blocks 2, 3 and 6 of the 205, and its deadline."""

    def __init__(self, parent: QWidget | None, document: Document, plan: Plan) -> None:
        period = plan.period
        sentence = f"Local times of the incident, {plan.incident.time_zone}. What is empty is not known."
        if plan.is_signed:
            sentence += (
                f" Revision {plan.revision} is signed: a change to the form starts revision {plan.revision + 1}."
            )
        super().__init__(parent, document, plan, f"Operational period {period.number}", sentence)

        def zone() -> str:
            return plan.incident.time_zone

        self.due = TimeField(zone)
        self.prepared_by = line_edit(period.prepared_by, placeholder="Name of the Communications Unit Leader")
        self.prepared = TimeField(zone)
        self.prepared.setPlaceholderText("the time of signing")
        self.now = QPushButton("No&w")
        self.now.setToolTip("The present date and time.")
        self.now.clicked.connect(lambda: self.prepared.show_time(planning.now()))
        add_time(self.fields, "205 &due", self.due, what="When Planning wants the 205; the window counts down to it.")
        self.fields.add("Prepared &by", self.prepared_by, tip="Block 6 of the 205.")
        add_time(self.fields, "T&ime prepared", self.prepared, what="Block 2 of the 205.", beside=self.now)
        self.fields.end()
        self.span.show_times(period.start_at, period.end_at)
        self.due.show_time(period.due_at)
        self.prepared.show_time(period.prepared_at)
        self.add_buttons("&Change", tip="Change the operational period. (Enter)")
        self.warn_if_read_only(document)

    def others(self) -> list[Period]:
        return [period for period in super().others() if period.id != self._plan.period.id]

    def carry_out(self) -> None:
        start, end = self.span.values()
        with about(self.due):
            due = self.due.at()
        with about(self.prepared):
            prepared = self.prepared.at()
        values = {
            "start_at": start,
            "end_at": end,
            "due_at": due,
            "prepared_by": self.prepared_by.text().strip(),
            "prepared_at": prepared,
        }
        period = self._plan.period
        changed = {name: value for name, value in values.items() if getattr(period, name) != value}
        if changed:
            self.make(self._document, planning.change_period(period, **changed))


class CopyForward(_PeriodDialog):
    """The next operational period of the incident."""

    def __init__(self, parent: QWidget | None, document: Document, plan: Plan) -> None:
        periods = document.periods(plan.incident)
        self.number = max(period.number for period in periods) + 1
        sentence = (
            f"Operational period {self.number} starts with a copy of period {plan.period.number}: "
            f"{what_is_copied(plan)}. After that each can change without touching the other."
        )
        super().__init__(parent, document, plan, "Copy forward", sentence)
        self.fields.end()
        start, end = planning.following_times(plan.period)
        because = f"Filled in for you: right after period {plan.period.number}, and as long." if start else ""
        self.span.show_times(start, end, because=because)
        self._tell_overlap()
        self.add_buttons(f"&Start period {self.number}", tip="Make the copy and show it. (Enter)")
        self.warn_if_read_only(document)

    def carry_out(self) -> None:
        start, end = self.span.values()
        periods = self._document.periods(self._plan.incident)
        with about(self.span.end):
            change = planning.copy_forward(self._plan, periods, start, end)
        self.make(self._document, change)


def what_is_copied(plan: Plan) -> str:
    """'14 lines and the special instructions'."""
    lines = count(len(plan.lines), "line")
    return f"{lines} and the special instructions" if plan.period.special_instructions.strip() else lines
