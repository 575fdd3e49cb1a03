"""The bottom of the window: everything is saved, what Undo takes back, what was just done, and what is running."""

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from coml_toolkit.errors import ComlError

from .. import theme
from ..document import Document
from ..jobs import Jobs
from .elided import ElidedButton, ElidedLabel

_SHOW_JOBS_AFTER_MS = 400  # what is done sooner is not worth a flicker


class Status(QWidget):
    """One line; a refusal gets a line of its own above, and stays until the next edit or Esc."""

    def __init__(self, document: Document, jobs: Jobs, undo: QAction, text_normal: QAction) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._jobs = jobs
        self._copy_failed = False

        self.saved = _label()
        self.undo = ElidedButton("status")
        self.undo.clicked.connect(undo.trigger)
        self.told = ElidedLabel()
        self.copy = ElidedLabel("quiet", grows=False)
        self.tip = ElidedLabel()
        self.tip.hide()
        self.percent = ElidedButton("status")
        self.percent.clicked.connect(text_normal.trigger)
        self.percent.setToolTip(text_normal.toolTip())
        self._running = QHBoxLayout()
        self._job_parts: list[_Job] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOW_JOBS_AFTER_MS)
        self._soon.timeout.connect(self._show_jobs)

        self.refusal = _Refusal()
        self._line = QHBoxLayout()
        for part in (self.saved, self.undo, self.copy):
            self._line.addWidget(part)
        self._line.addWidget(self.told, 1)
        self._line.addWidget(self.tip, 1)
        self._line.addLayout(self._running)
        self._line.addWidget(self.percent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.refusal)
        layout.addLayout(self._line)

        document.changed.connect(self.refresh)
        document.told.connect(self.tell)
        document.refused.connect(self.refuse)
        jobs.changed.connect(self._jobs_changed)
        self._sizes()
        self.refresh()

    # ── what is said ─────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Say what is saved and what Undo would take back."""
        store, saved_at = self._document.store, self._document.saved_at
        if store.is_read_only:
            self.saved.setText("Read only")
            theme.look(self.saved, "warning")
        else:
            self.saved.setText(f"✓ Saved {saved_at:%H:%M:%S}" if saved_at else "✓ Everything is saved")
            theme.look(self.saved, "ok")
        self.saved.setToolTip(f"Each edit is on disk at once, in {store.path}")
        words = "" if store.is_read_only else store.undo_words()
        self.undo.set_words(f"Ctrl+Z undoes “{words}”" if words else "")
        self.undo.setToolTip(f"Take back “{words}”. (Ctrl+Z)")
        self._clear()

    def tell(self, words: str) -> None:
        """Say what was just done, unless that is what Undo says already."""
        self.refusal.hide()
        self.told.set_words("" if words == self._document.store.undo_words() else words)
        announce(self, words)

    def refuse(self, error: ComlError) -> None:
        """Say what could not be done and what to do; nothing happened."""
        self.refusal.show_error(error)
        announce(self, f"{error.message} {error.hint}")

    def _clear(self) -> None:
        self.told.set_words("")
        self.refusal.hide()

    def show_tip(self, words: str) -> None:
        """What the marked command of a menu does; "" when none is marked."""
        self.tip.set_words(words)
        self.tip.setVisible(bool(words))
        self.told.setVisible(not words)

    def show_copy(self, words: str, tip: str, *, has_failed: bool = False) -> None:
        """When today's copy of the file was made, or why not."""
        self.copy.set_words(words)
        self.copy.setToolTip(tip)
        theme.look(self.copy, "warning" if has_failed else "quiet")

    # ── jobs ─────────────────────────────────────────────────────────────────

    def _jobs_changed(self) -> None:
        if not self._jobs.doing or self._job_parts:
            self._show_jobs()
        elif not self._soon.isActive():
            self._soon.start()

    def _show_jobs(self) -> None:
        doing = self._jobs.doing
        while len(self._job_parts) > len(doing):
            part = self._job_parts.pop()
            self._running.removeWidget(part)
            part.hide()
            part.deleteLater()
        while len(self._job_parts) < len(doing):
            self._job_parts.append(_Job())
            self._running.addWidget(self._job_parts[-1])
        for part, (words, stop) in zip(self._job_parts, doing, strict=True):
            part.show_job(words, stop)

    # ── size ─────────────────────────────────────────────────────────────────

    def _sizes(self) -> None:
        self._line.setContentsMargins(theme.px(16), theme.px(3), theme.px(16), theme.px(3))
        self._line.setSpacing(theme.px(12))
        self._running.setSpacing(theme.px(12))
        self.percent.set_words(f"Text {theme.percent()} %" if theme.percent() != 100 else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sizes()


class _Refusal(QFrame):
    """What could not be done, with the way out."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("refusal")
        self._picture = QLabel()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAccessibleName("Problem")
        self._close = _picture_button("Put this sentence away. (Esc)", "Put away", self.hide)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WindowShortcut)
        self._escape.activated.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_error(self, error: ComlError) -> None:
        """Show the sentence and the hint."""
        self.words.setText(f"{error.message} {error.hint}".strip())
        self._sizes()
        self.show()

    def _sizes(self) -> None:
        self._picture.setPixmap(theme.pixmap("error", "error"))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
            layout.setSpacing(theme.px(8))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sizes()


class _Job(QWidget):
    """A running job, and its end if that is wished."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ElidedLabel(grows=False)
        self._stop: Event | None = None
        self._cancel = _picture_button("Stop this.", "Stop", self._end)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self._words)
        layout.addWidget(self._cancel)

    def show_job(self, words: str, stop: Event) -> None:
        """Show how far it is."""
        self._stop = stop
        self._words.set_words(words)
        self._words.setMinimumWidth(min(theme.px(80), self._words.sizeHint().width()))
        self._cancel.setAccessibleName(f"Stop: {words}")
        self._cancel.setEnabled(not stop.is_set())

    def _end(self) -> None:
        if self._stop is not None:
            self._stop.set()
            self._cancel.setEnabled(False)


def _label(look: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        theme.look(label, look)
    return label


def _picture_button(tip: str, name: str, call: Callable[[], None]) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon("close", 14))
    button.setToolTip(tip)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    theme.look(button, "status")
    button.clicked.connect(call)
    return button


def announce(widget: QWidget, words: str) -> None:
    """Tell a screen reader."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
