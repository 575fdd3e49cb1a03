"""Dates and times in dialogs: text in the incident's local time, and beside it, live, what it means in words."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from coml_toolkit import planning, units
from coml_toolkit.errors import ComlError, InputError
from coml_toolkit.model.plan import Period

from .dialog import GAP, Fields, Refused, about, chars, label, set_text

_STEPS = {
    Qt.Key.Key_Up: timedelta(hours=1),
    Qt.Key.Key_Down: timedelta(hours=-1),
    Qt.Key.Key_PageUp: timedelta(days=1),
    Qt.Key.Key_PageDown: timedelta(days=-1),
}
_TIP = "{what} Write 2026-11-22 06:00 or 11/22/2026 0600. Up and Down change the hour, Page Up and Page Down the day."


class TimeField(QLineEdit):
    """One date and time, as text in a time zone that may change while it is shown. Empty: not known."""

    def __init__(self, zone: Callable[[], str]) -> None:
        super().__init__()
        self._zone = zone
        self._shown: tuple[str, datetime | None] = ("", None)
        self.setPlaceholderText("not known")
        self.setMaxLength(60)

    def show_time(self, at: datetime | None) -> None:
        """Show an instant; until somebody types, `at` gives back just that one, also within a doubled hour."""
        text = units.local_text(at, self._zone())
        self._shown = (text, at)
        self.setText(text)

    def at(self) -> datetime | None:
        """The instant that is written there. Raises InputError for what is not one."""
        text = self.text().strip()
        shown, at = self._shown
        if text == shown == units.local_text(at, self._zone()):
            return at
        return units.parse_time(text, self._zone()) if text else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        try:
            at = self.at()
        except ComlError:
            return  # not a time yet; leaving the field says so
        if at is None:
            at = planning.this_hour(self._zone())
        if abs(step) < timedelta(days=1):
            self.show_time(at + step)
        else:  # a day is the same clock time, also where the clock goes forward or back
            local = at.astimezone(units.time_zone(self._zone()))
            self.setText((local + step).strftime("%Y-%m-%d %H:%M"))
        self.textEdited.emit(self.text())


def add_time(fields: Fields, words: str, field: TimeField, *, what: str, beside: QWidget | None = None) -> None:
    """A time among the fields: says what is wrong with it as soon as it is left."""
    fields.add(words, field, tip=_TIP.format(what=what), beside=beside)

    def check() -> None:
        try:
            field.at()
        except InputError as error:
            fields.say(field, error)
        else:
            fields.say(field, None)

    field.editingFinished.connect(check)


class Span:
    """From and To of an operational period, with buttons for the usual shifts, and its length in words."""

    def __init__(self, fields: Fields, zone: Callable[[], str]) -> None:
        self._zone = zone
        self._fields = fields
        self._prefilled: tuple[str, str] | None = None
        self.start, self.end = TimeField(zone), TimeField(zone)
        add_time(fields, "&From", self.start, what="When the operational period starts.")
        add_time(fields, "&To", self.end, what="When the operational period ends.")
        self.day = _button("&06:00 – 18:00", "The day shift of that day.")
        self.night = _button("&18:00 – 06:00", "The night shift that starts on that day.")
        self.whole = _button("&24 h", "Until the same clock time a day later.")
        row = QHBoxLayout()
        row.setSpacing(GAP)
        for button in (self.day, self.night, self.whole):
            row.addWidget(button)
        row.addStretch(1)
        fields.add_wide(row)
        self.words = label()
        self.words.setAccessibleName("Length of the operational period")
        self.words.setMinimumWidth(chars(self.words, 30))
        self.prefilled = label(look="quiet")
        fields.add_wide(self.words)
        fields.add_wide(self.prefilled)
        self.day.clicked.connect(lambda: self._shift(6, 18))
        self.night.clicked.connect(lambda: self._shift(18, 6))
        self.whole.clicked.connect(self._a_day)
        for field in (self.start, self.end):
            field.textChanged.connect(self.tell)

    def show_times(self, start: datetime | None, end: datetime | None, *, because: str = "") -> None:
        """Fill both fields; `because` says, visibly, who filled them and from what."""
        self.start.show_time(start)
        self.end.show_time(end)
        self._prefilled = (self.start.text(), self.end.text()) if because else None
        set_text(self.prefilled, because)
        self.tell()

    @property
    def is_as_prefilled(self) -> bool:
        """Nobody has touched what the program filled in."""
        return self._prefilled == (self.start.text(), self.end.text())

    def show_next_12_hours(self) -> None:
        """The default of a new incident, from the full hour we are in."""
        start = planning.this_hour(self._zone())
        because = "Filled in for you: the next 12 hours."
        self.show_times(start, start + planning.DEFAULT_PERIOD, because=because)

    def values(self) -> tuple[datetime | None, datetime | None]:
        """Both times; what is wrong is refused beneath its field."""
        try:
            with about(self.start):
                start = self.start.at()
            with about(self.end):
                end = self.end.at()
                _check(start, end)
        except Refused:
            set_text(self.words, "")  # said once, beneath the field
            raise
        return start, end

    def tell(self) -> None:
        """Say in words what is written there, as it is typed."""
        set_text(self.words, self._in_words())
        if self._prefilled and not self.is_as_prefilled:
            set_text(self.prefilled, "")
        for field in (self.start, self.end):
            if self._fields.problem_of(field):
                try:
                    field.at()
                except ComlError:
                    continue
                self._fields.say(field, None)

    def _in_words(self) -> str:
        try:
            start, end = self.start.at(), self.end.at()
        except ComlError:
            start = end = None
        if start is None or end is None:
            return "Its length shows here when both times are written."
        try:
            _check(start, end)
        except ComlError as error:
            return error.message
        return f"{length_in_words(start, end, self._zone())}, ends {day_and_time(end, self._zone())}"

    def _shift(self, first: int, last: int) -> None:
        """The shift on the day in From; while From is only our own proposal, the next shift that is not over."""
        zone = units.time_zone(self._zone())
        now = datetime.now(zone)
        try:
            at = self.start.at()
        except ComlError:
            at = None
        day = (now if at is None else at.astimezone(zone)).replace(tzinfo=None, minute=0)
        later = timedelta(days=1 if last < first else 0)
        if self.is_as_prefilled and (day + later).replace(hour=last) <= now.replace(tzinfo=None):
            day += timedelta(days=1)
        self.start.setText(day.replace(hour=first).strftime("%Y-%m-%d %H:%M"))
        self.end.setText((day + later).replace(hour=last).strftime("%Y-%m-%d %H:%M"))

    def _a_day(self) -> None:
        try:
            at = self.start.at()
        except InputError as error:
            self._fields.say(self.start, error)
            self.start.setFocus()
            return
        if at is None:
            at = planning.this_hour(self._zone())
            self.start.show_time(at)
        local = at.astimezone(units.time_zone(self._zone()))
        self.end.setText((local + timedelta(days=1)).strftime("%Y-%m-%d %H:%M"))


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    return button


def _check(start: datetime | None, end: datetime | None) -> None:
    planning.check_period(Period(incident_id="", number=1, start_at=start, end_at=end))


# ── words ────────────────────────────────────────────────────────────────────


def day_and_time(at: datetime, zone_name: str) -> str:
    """'Mon 23 Nov 06:00', in local time."""
    return at.astimezone(units.time_zone(zone_name)).strftime("%a %d %b %H:%M")


def length_in_words(start: datetime, end: datetime, zone_name: str) -> str:
    """'12 hours', '1 hour 30 minutes', '3 days 4 hours'; says so if the clock goes forward or back within it."""
    minutes = int((end - start).total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24) if hours > 48 else (0, hours)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    words = " ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in parts if number)
    zone = units.time_zone(zone_name)
    shift = end.astimezone(zone).utcoffset() != start.astimezone(zone).utcoffset()
    return f"{words or 'less than a minute'}{' (the clock changes within it)' if shift else ''}"


def overlapping(start: datetime | None, end: datetime | None, others: list[Period]) -> list[Period]:
    """The periods that share time with this span; one that is not known overlaps nothing."""
    if start is None or end is None:
        return []
    return [
        other
        for other in others
        if other.start_at is not None and other.end_at is not None and other.start_at < end and start < other.end_at
    ]
