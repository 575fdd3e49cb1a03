"""A new incident with its first operational period, and the details of one."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from coml_toolkit import planning, units
from coml_toolkit.errors import ComlError
from coml_toolkit.model.plan import Incident, Period
from coml_toolkit.model.record import Record
from coml_toolkit.planning import Change

from ..document import Document
from . import drafts
from .dialog import Dialog, Fields, about, ask, count, label, line_edit, plan_of, set_text
from .times import Span
from .zones import ZoneField, of_this_computer

_DRAFT = "new-incident"


def new_incident(parent: QWidget | None, document: Document) -> bool:
    """Ask for an incident and its first operational period. True: it is in the file and on screen."""
    return ask(NewIncident(parent, document))


def edit_incident(parent: QWidget | None, document: Document) -> bool:
    """Change the details of the incident on screen."""
    plan = plan_of(document)
    return plan is not None and ask(EditIncident(parent, document, plan.incident))


class _Details:
    """The fields that both dialogs have."""

    def __init__(self, fields: Fields, incident: Incident) -> None:
        self.name = line_edit(incident.name, placeholder="As Planning writes it")
        self.number = line_edit(incident.number, placeholder="optional")
        self.is_exercise = QCheckBox("This is an e&xercise")
        self.is_exercise.setToolTip("Every form then says EXERCISE at its head and foot.")
        self.is_exercise.setChecked(incident.is_exercise)
        self.place = line_edit(incident.place, placeholder="optional")
        self.zone = ZoneField(incident.time_zone)
        self.name_note = fields.add("&Name", self.name, tip="The incident's name, block 1 of the ICS 205.")
        fields.add("N&umber", self.number, tip="The incident or order number.", beside=self.is_exercise)
        fields.add("&Place", self.place, tip="Where it is, as in “Jacksboro, Tennessee”.")
        self.zone_note = label(look="quiet")
        self.zone_note.setWordWrap(False)
        tip = "All times, here and on the forms, are local times of this zone."
        fields.add("Time &zone", self.zone, tip=tip, beside=self.zone_note)
        self.zone.currentTextChanged.connect(self.tell_zone)
        self.tell_zone()

    def zone_or(self, default: str) -> str:
        """The zone as far as it is known while it is being typed."""
        try:
            return self.zone.zone()
        except ComlError:
            return default

    def tell_zone(self) -> None:
        """Say where the zone comes from."""
        here = of_this_computer()
        if here and self.zone_or("") == here:
            set_text(self.zone_note, "as on this computer")
        elif not here:
            set_text(self.zone_note, "not known to this computer")
        else:
            set_text(self.zone_note, "")

    def values(self) -> dict[str, Any]:
        """What is written there."""
        with about(self.zone):
            zone = self.zone.zone()
        return {
            "name": self.name.text().strip(),
            "number": self.number.text().strip(),
            "place": self.place.text().strip(),
            "time_zone": zone,
            "is_exercise": self.is_exercise.isChecked(),
        }


class NewIncident(Dialog):
    """Start an incident: a name is enough, everything else can be mended later."""

    def __init__(self, parent: QWidget | None, document: Document) -> None:
        super().__init__(
            parent, "New incident", "A name is enough to start; everything else can be changed later.", wide=72
        )
        self._document = document
        fields = Fields()
        self.details = _Details(fields, Incident(name="", time_zone=of_this_computer() or "UTC"))
        self._zone = self.details.zone_or("UTC")
        self.span = Span(fields, self._zone_now)
        fields.end()
        self.draft_note = label(look="warning")
        self.start_over = QPushButton("Start &over")
        self.start_over.setToolTip("Empty the fields.")
        self.start_over.clicked.connect(self._empty)
        self.area.addWidget(fields)
        self.area.addWidget(self.draft_note)
        self.area.addWidget(self.start_over, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_buttons("&Start incident", tip="Start the incident and open its plan. (Enter)")
        self.warn_if_read_only(document)
        self.details.zone.currentTextChanged.connect(self._zone_changed)
        self.details.name.textChanged.connect(self._tell_name)
        self._empty()
        self._restore()

    def carry_out(self) -> None:
        incident = replace(Incident(name="", opened_at=planning.now()), **self.details.values())
        with about(self.details.name):
            planning.new_incident(incident, None, None)  # an incident without a name is refused before its times
        start, end = self.span.values()
        self.make(self._document, planning.new_incident(incident, start, end))
        drafts.forget(_DRAFT)

    def reject(self) -> None:
        typed = self._typed()
        if typed["name"] or typed["number"] or typed["place"]:
            drafts.keep(_DRAFT, json.dumps(typed))
        else:
            drafts.forget(_DRAFT)
        super().reject()

    def _tell_name(self) -> None:
        typed = self.details.name.text().strip().casefold()
        is_there = any(incident.name.casefold() == typed for incident in self._document.incidents)
        set_text(self.details.name_note, "There is an incident of this name; this will be another one." * is_there)
        if self.isVisible():
            self.fit()

    def _zone_now(self) -> str:
        """The zone in the field; the last good one while it is being typed."""
        self._zone = self.details.zone_or(self._zone)
        return self._zone

    def _zone_changed(self) -> None:
        # Times that somebody wrote stay as they are written; our own proposal moves to the clock there.
        if self.span.is_as_prefilled:
            self.span.show_next_12_hours()
        else:
            self.span.tell()

    def _typed(self) -> dict[str, str]:
        return {
            "name": self.details.name.text().strip(),
            "number": self.details.number.text().strip(),
            "place": self.details.place.text().strip(),
            "zone": self.details.zone.currentText(),
            "is_exercise": "yes" if self.details.is_exercise.isChecked() else "",
            "from": "" if self.span.is_as_prefilled else self.span.start.text(),
            "to": "" if self.span.is_as_prefilled else self.span.end.text(),
        }

    def _restore(self) -> None:
        kept = drafts.find(_DRAFT)
        if kept is None:
            return
        try:
            typed = {str(name): str(text) for name, text in json.loads(kept).items()}
        except (ValueError, AttributeError):
            return
        self.details.name.setText(typed.get("name", ""))
        self.details.number.setText(typed.get("number", ""))
        self.details.place.setText(typed.get("place", ""))
        self.details.zone.setEditText(typed.get("zone", ""))
        self.details.is_exercise.setChecked(bool(typed.get("is_exercise")))
        if typed.get("from") or typed.get("to"):
            self.span.start.setText(typed.get("from", ""))
            self.span.end.setText(typed.get("to", ""))
        set_text(self.draft_note, "What you typed here last time is here again.")
        self.start_over.show()

    def _empty(self) -> None:
        for field in (self.details.name, self.details.number, self.details.place):
            field.clear()
        self.details.zone.show_zone(of_this_computer() or "UTC")
        self.details.is_exercise.setChecked(False)
        self.span.show_next_12_hours()
        set_text(self.draft_note, "")
        self.start_over.hide()
        self.details.name.setFocus()


class EditIncident(Dialog):
    """Change the name, number, place, time zone or exercise mark."""

    def __init__(self, parent: QWidget | None, document: Document, incident: Incident) -> None:
        super().__init__(parent, "Incident details", "The name goes on every form of this incident, block 1.", wide=72)
        self._document = document
        self._incident = incident
        self._periods = [
            period for period in document.periods(incident) if period.start_at or period.end_at or period.due_at
        ]
        fields = Fields()
        self.details = _Details(fields, incident)
        self.keeps_clock = QCheckBox("&Keep the times of the forms as they are written")
        self.keeps_clock.setChecked(True)
        self.keeps_clock.setToolTip("06:00 stays 06:00, now in the other time zone.")
        self.zone_effect = label(look="quiet")
        fields.add_wide(self.keeps_clock)
        fields.add_wide(self.zone_effect)
        fields.end()
        self.area.addWidget(fields)
        self.add_buttons("&Change", tip="Change the incident. (Enter)")
        self.warn_if_read_only(document)
        self.details.zone.currentTextChanged.connect(self._tell)
        self.keeps_clock.toggled.connect(self._tell)
        self._tell()
        self.details.name.setFocus()

    def carry_out(self) -> None:
        values = self.details.values()
        changed = {name: value for name, value in values.items() if getattr(self._incident, name) != value}
        if not changed:
            return
        with about(self.details.name):
            change = planning.change_incident(self._incident, **changed)
        if "time_zone" in changed and self.keeps_clock.isChecked():
            with about(self.details.zone):
                change = self._with_clock_times(change, str(changed["time_zone"]))
        self.make(self._document, change)

    def _with_clock_times(self, change: Change, zone: str) -> Change:
        """The periods' times moved, so that the forms show the same clock times in the other zone."""
        before: list[Record] = list(change.before)
        after: list[Record] = list(change.after)
        for period in self._periods:
            moved = replace(
                period,
                start_at=self._moved(period.start_at, zone),
                end_at=self._moved(period.end_at, zone),
                due_at=self._moved(period.due_at, zone),
                prepared_at=self._moved(period.prepared_at, zone),
            )
            if moved != period:
                before.append(period)
                after.append(moved)
        return Change(before, after, change.words)

    def _moved(self, at: datetime | None, zone: str) -> datetime | None:
        return None if at is None else units.parse_time(units.local_text(at, self._incident.time_zone), zone)

    def _tell(self) -> None:
        """What another time zone does to the periods there are."""
        zone = self.details.zone_or(self._incident.time_zone)
        is_shown = zone != self._incident.time_zone and bool(self._periods)
        self.keeps_clock.setVisible(is_shown)
        set_text(self.zone_effect, self._effect(self._periods[0], zone) if is_shown else "")
        if self.isVisible():
            self.fit()

    def _effect(self, period: Period, zone: str) -> str:
        old = self._incident.time_zone
        periods = count(len(self._periods), "operational period")
        at = period.start_at or period.end_at or period.due_at
        was = units.local_text(at, old)
        if self.keeps_clock.isChecked():
            return f"The forms of {periods} go on saying {was}, now meant in {zone}."
        return f"The forms of {periods} move with the clock: {was} becomes {units.local_text(at, zone)}."
