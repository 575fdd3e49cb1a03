"""Everything about the selected line or channel: what it says, where that comes from, and the fields to change it."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coml_toolkit import library
from coml_toolkit.errors import ComlError, InputError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Assignment, Line
from coml_toolkit.planning import Change, use_channel

from .. import theme
from ..actions import Actions
from ..document import Document
from ..models.library import (
    FIELDS,
    LINE_FIELDS,
    add_to_plan,
    differences,
    in_library,
    is_shipped,
    line_change,
    own_change,
    provenance,
    tone_provenance,
)
from .fields import Sheet

Thing = Line | Channel

_READY_AFTER_MS = 700
_MOST_DIFFERENCES = 5  # that are spelled out; more say how many


class Inspector(QScrollArea):
    """Shows one thing. Each field is stored when it is left, as one edit that Undo takes back."""

    left = Signal()  # Esc: the keyboard goes back to the page

    def __init__(self, document: Document, actions: Actions) -> None:
        super().__init__()
        self._document = document
        self._actions = actions
        self._thing: Thing | None = None
        self._sheets: dict[str, Sheet[Line] | Sheet[Channel]] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Inspector")

        self.title = _words("title")
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.origin = _words("quiet")
        self.tones = _words("quiet")
        self.read_only = _words("warning")
        self.notice = _Notice(self._use_library)
        self.add = QPushButton("Add to plan")
        self.add.setToolTip("Add this channel to the plan on screen.")
        theme.look(self.add, "primary")
        self.add.clicked.connect(self._add_to_plan)
        self.copy = QPushButton("Edit a copy…")
        self.copy.setToolTip("Make a channel of your own from this one; those that ship stay as they are.")
        self.copy.clicked.connect(actions["edit-channel"].trigger)
        self.authority = _words("quiet", library.AUTHORIZES_NOBODY)
        self.empty = _words("quiet", "Select a line or a channel to see everything about it here.")

        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add)
        row.addWidget(self.copy)
        row.addStretch(1)
        self._inside = QWidget()
        theme.look(self._inside, "page")
        self._layout = QVBoxLayout(self._inside)
        for part in (self.empty, self.title, self.origin, self.tones, self.read_only, self.notice, self._buttons):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        self._layout.addWidget(self.authority)
        self.setWidget(self._inside)
        self._measure()
        document.changed.connect(self.refresh)
        self.show_thing(None)

    # ── what is shown ────────────────────────────────────────────────────────

    @property
    def thing(self) -> Thing | None:
        """What is shown, as it is in the file now."""
        return self._thing

    def show_thing(self, thing: Thing | None) -> None:
        """Show a line of the plan, a channel of the library, or nothing. What was typed so far is stored first."""
        if _key(thing) != _key(self._thing):
            self.commit()
            self._say_what_waits()
            self.verticalScrollBar().setValue(0)
        self._thing = thing
        self._show()

    def refresh(self) -> None:
        """Show the same thing as it is in the file now; nothing, if it is gone."""
        thing = self._thing
        if isinstance(thing, Line):
            lines = self._document.plan.lines if self._document.plan else ()
            self._thing = next((line for line in lines if line.assignment.id == thing.assignment.id), None)
        elif thing is not None and not is_shipped(thing):
            self._thing = self._document.store[Channel].get(thing.id)
        self._show()

    def commit(self) -> bool:
        """Store what is typed here. False: some of it was refused, and stays marked."""
        sheet = self._sheet_of(self._thing)
        return sheet is None or sheet.commit()

    @property
    def sheet(self) -> Sheet[Line] | Sheet[Channel] | None:
        """The fields on screen."""
        return self._sheet_of(self._thing)

    def _show(self) -> None:
        thing = self._thing
        channel = thing.channel if isinstance(thing, Line) else thing
        for part in (self.title, self.authority):
            part.setVisible(channel is not None)
        self.empty.setVisible(channel is None)
        is_listed = isinstance(thing, Channel)
        self._buttons.setVisible(is_listed)
        self.copy.setVisible(isinstance(thing, Channel) and is_shipped(thing))
        self._show_sheet(thing)
        if channel is None:
            self.notice.hide()
            for part in (self.origin, self.tones, self.read_only):
                part.hide()
            return
        self.title.setText(channel.name or "No channel yet")
        if isinstance(thing, Line):
            self._tell_origin(thing.channel)
        else:
            own = "" if is_shipped(channel) else "Your own channel"
            _say(self.origin, " · ".join(part for part in (own, provenance(channel)) if part))
            _say(self.tones, tone_provenance(channel))
            self.notice.say([])
        store = self._document.store
        is_locked = store.is_read_only and not (isinstance(thing, Channel) and is_shipped(thing))
        _say(self.read_only, store.why_read_only if is_locked else "")

    def _show_sheet(self, thing: Thing | None) -> None:
        is_read_only = self._document.store.is_read_only
        if isinstance(thing, Line):
            self._line_sheet().show_record(thing, is_read_only=is_read_only)
        elif thing is not None:
            self._channel_sheet().show_record(thing, is_read_only=is_read_only or is_shipped(thing))
        shown = self._sheet_of(thing)
        for other in self._sheets.values():
            other.setVisible(other is shown)

    def _get_ready(self) -> None:
        """Make what is not needed yet while nobody waits for it."""
        channel = Channel()
        assignment = Assignment(period_id="", channel_id=channel.id, position=0)
        if "line" not in self._sheets:
            lines = self._line_sheet()
            lines.hide()
            lines.get_ready(Line(assignment=assignment, channel=channel))
            QTimer.singleShot(_READY_AFTER_MS, self, self._get_ready)
        elif "channel" not in self._sheets:
            channels = self._channel_sheet()
            channels.hide()
            channels.get_ready(channel)

    def _line_sheet(self) -> Sheet[Line]:
        if "line" not in self._sheets:
            self._put("line", Sheet(LINE_FIELDS, key=_key, store=self._store_line, where="The plan"))
        return cast(Sheet[Line], self._sheets["line"])

    def _channel_sheet(self) -> Sheet[Channel]:
        if "channel" not in self._sheets:
            self._put("channel", Sheet(FIELDS, key=_key, store=self._store_channel, where="The library"))
        return cast(Sheet[Channel], self._sheets["channel"])

    def _put(self, name: str, sheet: Sheet[Line] | Sheet[Channel]) -> None:
        self._sheets[name] = sheet
        self._layout.insertWidget(self._layout.count() - 2, sheet)

    def _sheet_of(self, thing: Thing | None) -> Sheet[Line] | Sheet[Channel] | None:
        if thing is None:
            return None
        return self._sheets.get("line" if isinstance(thing, Line) else "channel")

    def _tell_origin(self, channel: Channel) -> None:
        """How far a line's copy can be trusted: as the library's, if it still says the same."""
        listed = in_library(self._document.channels, channel)
        if listed is None:
            _say(self.origin, "Not in the library: typed here." if channel.name else "")
            _say(self.tones, "")
            self.notice.say([])
            return
        found = differences(channel, listed)
        own = "" if is_shipped(listed) else "Your own channel"
        words = " · ".join(part for part in (own, provenance(listed)) if part)
        _say(self.origin, f"The library's: {words}" if found else words)
        _say(self.tones, "" if found else tone_provenance(listed))
        self.notice.say(found, can_use=not self._document.store.is_read_only)

    def _say_what_waits(self) -> None:
        """The selection moves on from text that was refused: say that it is not lost."""
        sheet, thing = self._sheet_of(self._thing), self._thing
        if sheet is None or thing is None or not sheet.refused:
            return
        channel = thing.channel if isinstance(thing, Line) else thing
        text = sheet.box(sheet.refused[0]).text_now()
        self._document.told.emit(
            f"“{text}” was not understood and not stored; it waits in {channel.name or 'its line'}."
        )

    # ── doing ────────────────────────────────────────────────────────────────

    def _store_line(self, before: Line, after: Line) -> ComlError | None:
        return self._make(line_change(self._document, before, after))

    def _store_channel(self, before: Channel, after: Channel) -> ComlError | None:
        return self._make(own_change(self._document, before, after))

    def _make(self, change: Change) -> ComlError | None:
        """Store a change; what refuses it is shown at the field, and in the status line too."""
        errors: list[ComlError] = []
        self._document.refused.connect(errors.append)
        try:
            is_done = self._document.make(change)
        finally:
            self._document.refused.disconnect(errors.append)
        if is_done:
            return None
        return errors[0] if errors else InputError("It was not stored.")

    def _use_library(self) -> None:
        if not isinstance(self._thing, Line):
            return
        self.commit()
        listed = in_library(self._document.channels, self._thing.channel)
        if listed is not None:
            self._document.make(use_channel(self._thing, listed))

    def _add_to_plan(self) -> None:
        if isinstance(self._thing, Channel):
            add_to_plan(self._document, [self._thing])

    # ── Qt calls ─────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(_READY_AFTER_MS, self, self._get_ready)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_layout"):
            self._measure()

    def _measure(self) -> None:
        side = theme.px(16)
        self._layout.setContentsMargins(side, theme.px(12), side, theme.px(12))
        self._layout.setSpacing(theme.px(8))


class _Notice(QFrame):
    """What differs from the library, and the way back to it."""

    def __init__(self, use: Callable[[], None]) -> None:
        super().__init__()
        theme.look(self, "warning")
        self.words = _words("")
        self.use = QPushButton("Use the library's values")
        self.use.setToolTip("Put the library's values in place of these; Undo brings these back.")
        self.use.clicked.connect(use)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName("Differs from the library")

    def say(self, found: list[str], *, can_use: bool = True) -> None:
        """Show what was found; nothing hides the box."""
        shown = found[:_MOST_DIFFERENCES]
        if more := len(found) - len(shown):
            shown.append(f"And {more} more.")
        self.words.setText("\n".join(shown))
        self.use.setEnabled(can_use)
        self.setVisible(bool(found))


def _key(thing: Thing | None) -> str:
    if thing is None:
        return ""
    return thing.assignment.id if isinstance(thing, Line) else thing.id


def _words(look: str, text: str = "") -> QLabel:
    made = QLabel(text)
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    theme.look(made, look)
    return made


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
