"""Find anything or do anything (Ctrl+K): type three letters, Enter."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coml_toolkit import units
from coml_toolkit.model.channel import Channel, Kind
from coml_toolkit.model.plan import Line

from .. import theme
from ..actions import COMMANDS, Actions
from ..document import Document
from ..models.table import Index, Role

_MOST_CHANNELS = 40
_MOST_ROWS = 12
_ENTRY = Role.UserRole + 1
_NOT_HERE = {"find"}  # it is open already

Target = Line | Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to do or to go to."""

    words: str
    detail: str = ""
    keys: str = ""  # its shortcut
    icon: str
    kind: str  # for a screen reader: Action, Line, Channel …
    choose: Callable[[], object]  # Enter
    add: Callable[[], object] | None = None  # Ctrl+Enter


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """What the palette asks the window for."""

    show_line: Callable[[Line], None]
    show_channel: Callable[[Channel], None]
    add_channel: Callable[[Channel], None]


def rank(query: str, words: str, detail: str = "") -> int | None:
    """How well a text answers what was typed, 0 the best; None: not at all.

    Its beginning, the beginning of a word in it, the beginnings of several, anywhere in it, anywhere in its detail.
    """
    typed, text = query.casefold().split(), words.casefold()
    whole = " ".join(typed)
    if text.startswith(whole):
        return 0
    starts = _word_starts(text)
    if any(start.startswith(whole) for start in starts):
        return 1
    if all(any(start.startswith(word) for start in starts) for word in typed):
        return 2
    if all(word in text for word in typed):
        return 3
    if all(word in text or word in detail.casefold() for word in typed):
        return 4
    return None


def _word_starts(text: str) -> list[str]:
    """The text from each of its words on."""
    return [text[found.start() :] for found in re.finditer(r"\b\w", text)]


def best(query: str, entries: Iterable[Entry]) -> list[tuple[int, Entry]]:
    """Those that answer, with how well."""
    return [(found, entry) for entry in entries if (found := rank(query, entry.words, entry.detail)) is not None]


class Palette(QFrame):
    """A field and a list over the window. Enter does it, Esc leaves."""

    def __init__(self, document: Document, actions: Actions, doors: Doors, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setAccessibleName("Find anything or do anything")
        self._document = document
        self._actions = actions
        self._doors = doors
        self._fixed: list[Entry] = []
        self._came_from: QWidget | None = None

        self.field = QLineEdit()
        self.field.setPlaceholderText("Find anything or do anything")
        self.field.setAccessibleName("Find anything or do anything")
        self.field.setToolTip("Type three letters of an action, a channel, a line, an incident or a period.")
        self._picture = QLabel()
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.model = _Entries(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setAccessibleName("What was found")
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda _: self._do())
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        theme.look(self.hint, "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.addWidget(self._picture)
        self._head.addWidget(self.field, 1)
        layout.addLayout(self._head)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.hint)
        self.hide()
        parent.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    # ── opening and leaving ──────────────────────────────────────────────────

    def open(self) -> None:
        """Show it, ready to type into."""
        self._came_from = QApplication.focusWidget()
        self._fixed = self._entries()
        self._picture.setPixmap(theme.pixmap("search", "quiet", 20))
        self._head.setContentsMargins(theme.px(14), 0, theme.px(6), 0)
        self._head.setSpacing(0)
        self.hint.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(6))
        if self.field.text():
            self.field.clear()
        else:
            self._search("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go back to where the user was."""
        if self.isHidden():
            return
        came_from, self._came_from = self._came_from, None
        self.hide()
        if came_from is not None and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if self.isVisible() and now is not None and now is not self and not self.isAncestorOf(now):
            self._came_from = None  # the user has gone somewhere by himself
            self.hide()

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        rows = max(1, min(self.model.rowCount(), _MOST_ROWS))
        others = self.field.sizeHint().height() + self.hint.sizeHint().height()
        room = over.height() - others - theme.px(24)
        self.list.setFixedHeight(min(rows * theme.row_height() + 2 * theme.px(4) + 4, room))
        layout = self.layout()
        if layout is not None:
            layout.activate()
        wide = min(theme.px(680), over.width() - theme.px(32))
        self.setGeometry((over.width() - wide) // 2, theme.px(12), wide, self.sizeHint().height())

    # ── what there is ────────────────────────────────────────────────────────

    def _entries(self) -> list[Entry]:
        return [*self._action_entries(), *self._line_entries(), *self._period_entries()]

    def _action_entries(self) -> Iterable[Entry]:
        for command in COMMANDS:
            action = self._actions[command.name]
            if action.isEnabled() and command.name not in _NOT_HERE:
                yield Entry(
                    words=action.text().replace("&&", "&"),
                    detail=command.tip,
                    keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
                    icon=command.icon,
                    kind="Action",
                    choose=action.trigger,
                )

    def _line_entries(self) -> Iterable[Entry]:
        plan = self._document.plan
        for line in plan.lines if plan else ():
            at = line.assignment
            place = [at.function, at.assignment, f"zone {at.zone}" if at.zone else ""]
            if at.number is not None:
                place.append(f"ch {at.number}")
            yield Entry(
                words=line.channel.name or "Line without a channel",
                detail=", ".join(part for part in place if part),
                keys="in the plan",
                icon="plan",
                kind="Line of the plan",
                choose=lambda line=line: self._doors.show_line(line),  # type: ignore[misc]
            )

    def _period_entries(self) -> Iterable[Entry]:
        plan = self._document.plan
        for incident in reversed(self._document.incidents):
            periods = self._document.periods(incident)
            for period in reversed(periods):
                if plan is not None and period.id == plan.period.id:
                    continue
                span = units.short_span(period.start_at, period.end_at, incident.time_zone)
                is_here = plan is not None and plan.incident.id == incident.id
                words = f"Operational period {period.number}"
                yield Entry(
                    words=words if is_here else f"{incident.name}, operational period {period.number}",
                    detail=span,
                    keys="go there",
                    icon="clock" if is_here else "incident",
                    kind="Operational period",
                    choose=lambda period=period: self._document.choose(period.id),  # type: ignore[misc]
                )

    def _channel_entry(self, channel: Channel) -> Entry:
        return Entry(
            words=channel.name,
            detail=_channel_words(channel),
            keys="library",
            icon="library",
            kind="Channel of the library",
            choose=lambda: self._doors.show_channel(channel),
            add=lambda: self._doors.add_channel(channel),
        )

    def _search(self, typed: str) -> None:
        query = typed.strip()
        if not query:
            found = self._fixed
        else:
            ranked = best(query, self._fixed)
            for channel in self._document.channels.search(query, limit=_MOST_CHANNELS):
                place = rank(query, channel.name)
                ranked.append((4 if place is None else place, self._channel_entry(channel)))
            found = [entry for _, entry in sorted(ranked, key=lambda pair: pair[0])]
        self.model.show(found)
        if found:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.scrollToTop()
        self._place()
        self._say_hint()

    def _current(self) -> Entry | None:
        index = self.list.currentIndex()
        return self.model.entry(index) if index.isValid() else None

    def _say_hint(self) -> None:
        entry = self._current()
        if entry is None:
            self.hint.setText("Nothing is called so. Try a part of the word, a frequency such as 155.75, or a band.")
        elif entry.add is not None:
            self.hint.setText("Enter shows it in the library · Ctrl+Enter adds it to the plan · Esc leaves")
        elif entry.kind == "Action":
            self.hint.setText(entry.detail)
        else:
            self.hint.setText("Enter goes there · Esc leaves")
        if entry is not None:
            self.field.setAccessibleDescription(f"{entry.kind}: {entry.words}, {entry.detail}")

    # ── keys ─────────────────────────────────────────────────────────────────

    def _do(self, *, add: bool = False) -> None:
        entry = self._current()
        call = None if entry is None else entry.add if add else entry.choose
        if call is not None:
            self.leave()
            call()

    def _step(self, rows: int, *, is_round: bool = False) -> None:
        count = self.model.rowCount()
        if count:
            row = self.list.currentIndex().row() + rows
            row = row % count if is_round else min(max(row, 0), count - 1)
            self.list.setCurrentIndex(self.model.index(row, 0))
            self._say_hint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget():
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):  # no command's shortcut here
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key, has_ctrl = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(add=has_ctrl)
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self._step(1, is_round=True)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            self._step(-1, is_round=True)
        elif key == Qt.Key.Key_PageDown:
            self._step(_MOST_ROWS - 1)
        elif key == Qt.Key.Key_PageUp:
            self._step(1 - _MOST_ROWS)
        else:
            return False
        return True


def _channel_words(channel: Channel) -> str:
    """'155.7525 N · VHF interop', or the talkgroup or number of what has no frequency."""
    if channel.kind is not Kind.CONVENTIONAL:
        return " · ".join(part for part in (units.across_text(channel), channel.service) if part)
    rx, tx = units.rx_text(channel), units.tx_text(channel)
    return " · ".join(part for part in (rx if channel.is_simplex else f"{rx} / {tx}", channel.service) if part)


class _Entries(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, index: Index) -> Entry:
        return self._entries[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Role.DisplayRole:
            return entry.words
        if role == Role.AccessibleTextRole:
            return f"{entry.kind}: {entry.words}, {entry.detail}"
        if role == _ENTRY:
            return entry
        return None


class _EntryDelegate(QStyledItemDelegate):
    """Picture, words, what is said of it in quiet type, and its shortcut."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(rect, theme.px(4), theme.px(4))
        main, quiet = ("selection_text", "selection_text") if is_current else ("text", "quiet")
        size = theme.px(16)
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        painter.drawPixmap(inner.left(), rect.center().y() - size // 2 + 1, theme.pixmap(entry.icon, quiet, 16))
        inner.setLeft(inner.left() + size + theme.px(10))
        painter.setFont(theme.figures(option.font))
        metrics = painter.fontMetrics()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color(quiet))
        painter.drawText(inner, right, entry.keys)
        inner.setRight(inner.right() - metrics.horizontalAdvance(entry.keys) - theme.px(16))
        words = metrics.elidedText(entry.words, Qt.TextElideMode.ElideRight, inner.width())
        painter.setPen(theme.color(main))
        painter.drawText(inner, left, words)
        if entry.kind != "Action":
            inner.setLeft(inner.left() + metrics.horizontalAdvance(words) + theme.px(14))
            detail = metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, max(inner.width(), 0))
            painter.setPen(theme.color(quiet))
            painter.drawText(inner, left, detail)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme.row_height())
