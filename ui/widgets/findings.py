"""What the checker finds in the plan on screen: drawn up after each edit, in the background, and shown as a list."""

from threading import Event

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coml_toolkit import findings, planning
from coml_toolkit.errors import ComlError
from coml_toolkit.findings import Judged
from coml_toolkit.model.finding import Severity

from .. import theme
from ..document import Document
from ..jobs import Jobs

_WAIT_MS = 250  # after an edit, for the next one
_FIRST_MS = 1_000  # after the start: the window comes first
_JUDGED = Qt.ItemDataRole.UserRole
# For each severity its icon, its colour and its word.
_LOOKS = {
    Severity.ERROR: ("error", "error", "Error"),
    Severity.WARNING: ("warning", "warning", "Warning"),
    Severity.INFO: ("about", "quiet", "Note"),
    Severity.NOT_EVALUATED: ("help", "quiet", "Not known"),
}


class Findings(QObject):
    """The findings of the plan on screen."""

    changed = Signal()

    def __init__(self, document: Document, jobs: Jobs) -> None:
        super().__init__(document)
        self._document = document
        self._jobs = jobs
        self._stop: Event | None = None
        self.found: list[Judged] = []
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._start)
        document.changed.connect(lambda: self._wait.start(_WAIT_MS))
        self._wait.start(_FIRST_MS)

    @property
    def counts(self) -> tuple[int, int]:
        """Open errors and open warnings."""
        return findings.counts(self.found)

    def marks(self) -> dict[str, Severity]:
        """The gravest open finding of each line, by the id of its assignment; errors and warnings only."""
        marks: dict[str, Severity] = {}
        for one in reversed(self.found):  # the gravest come first, so they are written last
            if one.is_open and one.finding.severity in (Severity.ERROR, Severity.WARNING):
                marks |= dict.fromkeys(one.finding.line_ids, one.finding.severity)
        return marks

    def _start(self) -> None:
        if self._stop is not None:
            self._stop.set()  # it checks what is old by now
        plan = self._document.plan
        if plan is None:
            self._done([])
            return
        known = findings.asked(self._document.store, plan, now=planning.now())
        self._stop = self._jobs.start(
            "Checking the plan", findings.judge, known, on_done=self._done, on_error=self._failed
        )

    def _done(self, found: list[Judged]) -> None:
        self._stop = None
        self.found = found
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._stop = None
        raise error


class FindingsList(QWidget):
    """The findings as a list: choosing one goes to its lines and says why; “Accept because…” keeps a reason."""

    chosen = Signal(object)  # the Finding

    def __init__(self, document: Document, found: Findings) -> None:
        super().__init__()
        self._document = document
        self._findings = found
        theme.look(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.list.setAccessibleName("Findings")
        self.list.setMinimumHeight(theme.px(90))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._show)
        self._why = QLabel()
        self._why.setWordWrap(True)
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        theme.look(self._why, "quiet")
        self.accept = QPushButton("Accept because…")
        self.accept.setToolTip("Say why this finding may stand. It is kept from revision to revision.")
        self.accept.clicked.connect(self._accept)
        self.reopen = QPushButton("Reopen")
        self.reopen.setToolTip("Take the acceptance back.")
        self.reopen.clicked.connect(self._reopen)
        foot = QHBoxLayout()
        foot.addWidget(self._why, 1)
        foot.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.reopen, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.addWidget(self.list, 1)
        layout.addLayout(foot)
        found.changed.connect(self.refresh)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.list.count():
            self.refresh()  # in the colours of the new theme

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(190))

    def refresh(self) -> None:
        """Show the findings as they are now; the chosen one stays chosen."""
        current = self._current()
        kept = current.finding.id if current else ""
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._findings.found:
            icon, token, _ = _LOOKS[one.finding.severity]
            item = QListWidgetItem(theme.icon(icon), _said(one))
            item.setData(_JUDGED, one)
            item.setToolTip(f"{one.finding.message}\n{one.finding.why}")
            item.setForeground(theme.color(token if one.is_open else "quiet"))
            self.list.addItem(item)
            if one.finding.id == kept:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self._show_foot()

    def _current(self) -> Judged | None:
        chosen = [item.data(_JUDGED) for item in self.list.selectedItems()]
        return chosen[0] if chosen else None

    def _show(self) -> None:
        self._show_foot()
        current = self._current()
        if current is not None:
            self.chosen.emit(current.finding)

    def _show_foot(self) -> None:
        current = self._current()
        can_edit = not self._document.store.is_read_only
        is_judgement = current is not None and current.finding.severity is not Severity.NOT_EVALUATED
        self.accept.setVisible(is_judgement and current is not None and current.is_open)
        self.reopen.setVisible(current is not None and not current.is_open)
        self.accept.setEnabled(can_edit)
        self.reopen.setEnabled(can_edit)
        if current is None:
            nothing = "Nothing found." if not self._findings.found else "Choose a finding to go to its lines."
            self._why.setText(nothing)
            return
        finding, disposition = current
        why = f"{finding.why} ({finding.source})"
        if disposition is not None:
            why = f"Accepted by {disposition.by}: {disposition.words}\n{why}"
        self._why.setText(why)

    def _accept(self) -> None:
        current, plan = self._current(), self._document.plan
        if current is None or plan is None:
            return
        words, is_said = QInputDialog.getText(
            self, "Accept this finding", f"{current.finding.message}\nIt may stand because:"
        )
        if not is_said:
            return
        store = self._document.store
        try:
            change = findings.accept(store, plan, current.finding, words, store.who, planning.now())
        except ComlError as error:
            self._document.refused.emit(error)
            return
        self._document.make(change)

    def _reopen(self) -> None:
        current = self._current()
        if current is not None and current.disposition is not None:
            self._document.make(findings.reopen(current.disposition))


def _said(one: Judged) -> str:
    """'Error P01: …', with the word: colour is never the only sign."""
    accepted = "Accepted · " if not one.is_open else ""
    return f"{accepted}{_LOOKS[one.finding.severity][2]} {one.finding.rule}: {one.finding.message}"
