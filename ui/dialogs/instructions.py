"""Special instructions: block 5 of the ICS 205, with ready sentences to start from."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QPlainTextEdit, QPushButton, QWidget

from coml_toolkit import planning
from coml_toolkit.model.plan import Line, Plan

from ..document import Document
from . import drafts
from .dialog import GAP, Dialog, ask, chars, label, plan_of, set_text

_DRAFT_AFTER_MS = 500
_GAP_WORDS = "____"  # what the COML has to fill in; it is selected, so that typing replaces it


def edit(parent: QWidget | None, document: Document) -> bool:
    """Write block 5 of the 205 on screen."""
    plan = plan_of(document)
    return plan is not None and ask(Instructions(parent, document, plan))


class Instructions(Dialog):
    """Plain text. OK stores it; Esc leaves the plan as it was, and the text waits here for the next time."""

    def __init__(self, parent: QWidget | None, document: Document, plan: Plan) -> None:
        super().__init__(
            parent,
            "Special instructions",
            f"Block 5 of the ICS 205, operational period {plan.period.number}. "
            "A long text prints smaller, then goes on on a second page; nothing is cut.",
            wide=96,
            high=32,
        )
        self._document = document
        self._plan = plan
        self._draft = f"instructions-{plan.period.id}"
        self.text = _Text(plan.period.special_instructions)
        self.text.setAccessibleName("Special instructions")
        self.text.setToolTip("Enter starts a new line; Ctrl+Enter is done.")
        self.text.setMinimumHeight(7 * self.fontMetrics().lineSpacing())
        self.text.setMinimumWidth(chars(self, 40))
        inserts = QGridLayout()
        inserts.setSpacing(GAP)
        self.inserts: list[QPushButton] = []
        for place, (words, sentence) in enumerate(sentences(plan)):
            button = QPushButton(words)
            button.setToolTip(sentence)
            button.setAccessibleDescription(f"Inserts: {sentence}")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, sentence=sentence: self.insert(sentence))
            inserts.addWidget(button, place // 3, place % 3)
            self.inserts.append(button)
        name = label("&Text")
        name.setBuddy(self.text)
        self.area.addWidget(label("Insert a sentence where the cursor is:", look="quiet"))
        self.area.addLayout(inserts)
        self.area.addWidget(name)
        self.area.addWidget(self.text, 1)
        self.draft_note = label(look="warning")
        self.area.addWidget(self.draft_note)
        self.drop = self.add_button("&Back to the plan's text", QDialogButtonBox.ButtonRole.ResetRole)
        self.drop.setToolTip("Show what the plan says now, and forget the text that was not kept.")
        self.drop.setAutoDefault(False)
        self.drop.clicked.connect(self._drop_draft)
        self.add_buttons("&Done", tip="Put the text into the plan. (Ctrl+Enter)")
        self.warn_if_read_only(document)
        self._saver = QTimer(self)
        self._saver.setSingleShot(True)
        self._saver.setInterval(_DRAFT_AFTER_MS)
        self._saver.timeout.connect(self._keep_draft)
        self._restore()
        self.text.finished.connect(self.accept)
        self.text.textChanged.connect(self._saver.start)
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()

    def insert(self, sentence: str) -> None:
        """A sentence at the cursor, on a line of its own; its first gap is selected to be filled in."""
        cursor = self.text.textCursor()
        cursor.beginEditBlock()
        at = min(cursor.position(), cursor.anchor())
        before = self.text.toPlainText()[:at]
        lead = "" if not before or before.endswith("\n") else "\n"
        cursor.insertText(f"{lead}{sentence}")
        cursor.endEditBlock()
        start = at + len(lead)
        gap = sentence.find(_GAP_WORDS)
        if gap >= 0:
            cursor.setPosition(start + gap)
            cursor.setPosition(start + gap + len(_GAP_WORDS), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def carry_out(self) -> None:
        text = self.text.toPlainText().rstrip()
        if text != self._plan.period.special_instructions:
            self.make(self._document, planning.change_period(self._plan.period, special_instructions=text))
        self._saver.stop()
        drafts.forget(self._draft)

    def reject(self) -> None:
        self._keep_draft()
        super().reject()

    def _keep_draft(self) -> None:
        self._saver.stop()
        text = self.text.toPlainText()
        if text.rstrip() == self._plan.period.special_instructions:
            drafts.forget(self._draft)
        else:
            drafts.keep(self._draft, text)

    def _restore(self) -> None:
        kept = drafts.find(self._draft)
        self.drop.hide()
        if kept is not None and kept.rstrip() != self._plan.period.special_instructions:
            self.text.setPlainText(kept)
            set_text(self.draft_note, "This is what you typed last time; the plan does not have it yet.")
            self.drop.show()

    def _drop_draft(self) -> None:
        # Undone with Ctrl+Z in the text, like any typing: setPlainText would forget how.
        cursor = self.text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(self._plan.period.special_instructions)
        set_text(self.draft_note, "")
        self.drop.hide()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


class _Text(QPlainTextEdit):
    """Plain text in which Tab leaves the field and Ctrl+Enter is done."""

    finished = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        super().keyPressEvent(event)


# ── ready sentences ──────────────────────────────────────────────────────────


def sentences(plan: Plan) -> list[tuple[str, str]]:
    """Words of a button and what it inserts; with the plan's own channels where it has them, gaps where not."""
    calling = _first(plan, ("calling", "hailing")) or _GAP_WORDS
    command = _first(plan, ("command",)) or _GAP_WORDS
    repeater = next((line.channel.name for line in plan.lines if _is_repeater(line)), "") or _GAP_WORDS
    return [
        (
            "&Emergency traffic",
            f"EMERGENCY TRAFFIC: say “EMERGENCY TRAFFIC” on your assigned channel; all other traffic stops until "
            f"Command clears it. If not answered, call on {command}.",
        ),
        ("&Calling channel", f"CALLING: arriving resources call on {calling}; it is guarded by {_GAP_WORDS}."),
        ("Plain &language", "Use plain language and unit identifiers. No ten-codes."),
        (
            "&Repeater fails",
            f"REPEATER FALLBACK: if {repeater} fails, go to its direct channel on the next position of the same zone "
            "and tell Communications.",
        ),
        ("Radio &problems", f"Report radio problems to the Communications Unit: {_GAP_WORDS}."),
        ("&No patches", "Do not patch channels together without the Communications Unit Leader."),
    ]


def _first(plan: Plan, words: tuple[str, ...]) -> str:
    for line in plan.lines:
        use = f"{line.assignment.function} {line.assignment.assignment}".casefold()
        if any(word in use for word in words) and line.channel.name:
            return line.channel.name
    return ""


def _is_repeater(line: Line) -> bool:
    channel = line.channel
    return channel.rx_hz is not None and channel.tx_hz is not None and not channel.is_simplex and bool(channel.name)
