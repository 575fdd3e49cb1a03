"""The top of the window: the menu, which incident and period is on screen, when the 205 is due, and the search."""

from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from coml_toolkit import paths, units
from coml_toolkit.model.plan import Incident, Period, Plan

from .. import theme
from ..actions import Actions
from ..document import Document
from .elided import ElidedButton, plain

_LOOK_AGAIN_MS = 15_000
_SOON = timedelta(hours=2)
_SEARCH = "Find anything or do anything"


class Header(QWidget):
    """Menu, incident, period, deadline, search; what does not fit is said shorter, never cut."""

    def __init__(self, document: Document, actions: Actions, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._actions = actions

        self.menu = QToolButton()
        self.menu.setIcon(theme.icon("menu"))
        self.menu.setMenu(menu)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu.setAccessibleName("Menu")
        self.menu.setToolTip("Every command. (F10)")
        theme.look(self.menu, "quiet")
        self.incident = _Drop("incident", may_shrink=True)
        self.period = _Drop("period", may_shrink=False)
        self.due = QToolButton()
        self.due.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.due.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.due.clicked.connect(actions["edit-period"].trigger)
        self.search = _SearchButton()
        self.search.clicked.connect(actions["find"].trigger)
        self.search.setToolTip(actions["find"].toolTip())
        self.search.setAccessibleName(_SEARCH)

        layout = QHBoxLayout(self)
        for part in (self.menu, self.incident, self.period):
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self.due)
        layout.addWidget(self.search)

        self.incident.choices.aboutToShow.connect(self._fill_incidents)
        self.period.choices.aboutToShow.connect(self._fill_periods)
        self._words: tuple[str, str] = ("", "")  # the period in full, and shorter
        self._due_words: tuple[str, str, str] = ("", "", "")
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_AGAIN_MS)
        self._clock.timeout.connect(self._refresh_due)
        self._clock.start()
        document.changed.connect(self.refresh)
        self._sizes()
        self.refresh()

    # ── what is on screen ────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Say what is on screen now."""
        plan = self._document.plan
        if plan is None:
            self.incident.set_words("")
            self._words = ("", "")
        else:
            self.incident.set_words(plan.incident.name)
            self.incident.setAccessibleName(f"Incident: {plan.incident.name}")
            self.incident.setToolTip(f"{plan.incident.name}. Choose another incident, or start one.")
            full = _period_words(plan.period, plan.incident)
            self._words = (full, f"Period {plan.period.number}")
            self.period.setAccessibleName(full)
            self.period.setToolTip(f"{full}, {plan.incident.time_zone}. Choose another one, or copy it forward.")
        self._refresh_due()

    def _refresh_due(self) -> None:
        plan = self._document.plan
        words, is_late, is_soon = _due(plan, datetime.now(UTC)) if plan else ("", False, False)
        self.due.setHidden(not words)
        self._due_words = (f"205 {words}", words.capitalize(), words.removeprefix("due in ").removeprefix("late by "))
        token = "error" if is_late else "warning" if is_soon else "quiet"
        theme.look(self.due, f"due-{token}")
        self.due.setIcon(QIcon(theme.pixmap("warning" if is_late else "clock", token, 16)))
        self.due.setAccessibleName(self._due_words[0])
        if plan is not None and plan.period.due_at is not None:
            when = units.local_text(plan.period.due_at, plan.incident.time_zone)
            self.due.setToolTip(f"Planning wants the 205 at {when}, {plan.incident.time_zone}. Change it here.")
        self._fit()

    def _fill_incidents(self) -> None:
        menu = self.incident.choices
        menu.clear()
        shown = self._document.plan
        for incident in reversed(self._document.incidents):
            words = incident.name + (f" ({incident.number})" if incident.number else "")
            words += " · EXERCISE" if incident.is_exercise else ""
            words += " · closed" if incident.closed_at else ""
            action = menu.addAction(plain(words), partial(self._choose_incident, incident))
            action.setCheckable(True)
            action.setChecked(shown is not None and shown.incident.id == incident.id)
        menu.addSeparator()
        menu.addActions([self._actions["new-incident"], self._actions["edit-incident"]])

    def _fill_periods(self) -> None:
        menu = self.period.choices
        menu.clear()
        shown = self._document.plan
        if shown is None:
            return
        for period in reversed(self._document.periods(shown.incident)):
            words = _period_words(period, shown.incident)
            action = menu.addAction(plain(words), partial(self._document.choose, period.id))
            action.setCheckable(True)
            action.setChecked(shown.period.id == period.id)
        menu.addSeparator()
        menu.addActions([self._actions["copy-forward"], self._actions["edit-period"]])

    def _choose_incident(self, incident: Incident) -> None:
        if periods := self._document.periods(incident):
            self._document.choose(periods[-1].id)

    # ── room ─────────────────────────────────────────────────────────────────

    def _sizes(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(8), theme.px(7), theme.px(16), theme.px(7))
            layout.setSpacing(theme.px(4))
        self.setFixedHeight(theme.px(52))
        self.menu.setFixedSize(theme.px(40), theme.px(34))
        self.menu.setIconSize(QSize(theme.px(20), theme.px(20)))
        self.due.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.search.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _fit(self) -> None:
        """The longest words that fit: first the search shrinks, then the deadline, then the period."""
        if not self.isVisible():
            return
        for search, period, due in ((2, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (0, 1, 1), (0, 1, 2)):
            self.search.set_size(search)
            self.period.set_words(self._words[period])
            self.due.setText(f" {self._due_words[due]}")
            if self._wanted() <= self.width():
                break

    def _wanted(self) -> int:
        layout = self.layout()
        parts = [part for part in (self.menu, self.incident, self.period, self.due, self.search) if not part.isHidden()]
        if layout is None:
            return 0
        margins = layout.contentsMargins()
        gaps = layout.spacing() * (len(parts) + 1) + margins.left() + margins.right()
        return gaps + sum(part.sizeHint().width() for part in parts)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(52))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sizes()
            self._refresh_due()


class _Drop(ElidedButton):
    """Words with a menu below."""

    def __init__(self, look: str, *, may_shrink: bool) -> None:
        super().__init__(look, may_shrink=may_shrink)
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    @property
    def choices(self) -> QMenu:
        """The menu."""
        return self._menu


class _SearchButton(QPushButton):
    """Looks like the field that it opens."""

    def __init__(self) -> None:
        super().__init__()
        self.setIcon(theme.icon("search"))
        self._keys = QLabel("Ctrl+K", self)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.look(self._keys, "quiet")
        theme.look(self, "search")
        self._size = 2

    def set_size(self, size: int) -> None:
        """2: all words; 1: short; 0: the picture alone."""
        self._size = size
        self.setText(("", "Find", _SEARCH)[size])
        self._keys.setVisible(size > 0)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        wide = theme.px(16 + 24) + (theme.px(6) if self._size else 0) + metrics.horizontalAdvance(self.text())
        if self._size:
            wide += theme.px(24) + metrics.horizontalAdvance(self._keys.text())
        return QSize(wide, theme.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.fontMetrics().horizontalAdvance(self._keys.text()) + 2
        self._keys.setGeometry(self.width() - wide - theme.px(10), 0, wide, self.height())


class Notice(QFrame):
    """Across the window: why nothing can be changed here, or that this is only the example."""

    tried_again = Signal()
    wants_back = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._document = document
        self._picture = QLabel()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.again = QPushButton("Try again")
        self.again.setToolTip("Open the file for changing, if the other program has let it go.")
        self.again.clicked.connect(self.tried_again)
        self.back = QPushButton("Back to my own file")
        self.back.setToolTip("Open your own unit file again; what you tried here stays here.")
        self.back.clicked.connect(self.wants_back)
        layout = QHBoxLayout(self)
        layout.addWidget(self._picture)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.again)
        layout.addWidget(self.back)
        document.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what there is to say, or nothing."""
        store = self._document.store
        is_example = store.path.parent == paths.example_folder()
        words = []
        if is_example:
            words.append("This is the example: try what you like.")
        if store.is_read_only:
            words.append(f"Read only: {store.why_read_only} You can look, search and print.")
        self.words.setText(" ".join(words))
        self.again.setVisible(store.is_read_only)
        self.back.setVisible(is_example)
        self.setVisible(bool(words))
        self._sizes()

    def _sizes(self) -> None:
        self._picture.setPixmap(theme.pixmap("lock" if self._document.store.is_read_only else "example", "warning"))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(16), theme.px(5), theme.px(16), theme.px(5))
            layout.setSpacing(theme.px(8))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sizes()


class ExerciseBand(QLabel):
    """Says that this is only an exercise."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("EXERCISE     EXERCISE     EXERCISE", parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName("This is an exercise")
        theme.look(self, "exercise")
        self._document = document
        document.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show it over an exercise only."""
        plan = self._document.plan
        self.setHidden(plan is None or not plan.incident.is_exercise)


def _period_words(period: Period, incident: Incident) -> str:
    span = units.short_span(period.start_at, period.end_at, incident.time_zone)
    return f"Operational period {period.number} · {span}"


def _due(plan: Plan, now: datetime) -> tuple[str, bool, bool]:
    """'due in 1 h 40 min' or 'late by 5 min'; whether it is late; whether it is soon. Nothing once it is signed."""
    at = plan.period.due_at
    if at is None or plan.is_signed:
        return "", False, False
    left = at - now
    if left < timedelta(minutes=1):
        late = -left
        return (f"late by {_duration(late)}" if late >= timedelta(minutes=1) else "late now"), True, False
    return f"due in {_duration(left)}", False, left <= _SOON


def _duration(span: timedelta) -> str:
    """'2 d 3 h', '1 h 40 min', '5 min'."""
    minutes = int(span.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
