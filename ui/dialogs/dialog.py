"""The frame that dialogs share: a heading, one sentence, labelled fields with their problems, the buttons.

A dialog overrides `carry_out`. What that refuses (a ComlError) is shown beneath the field it is about, or above the
buttons; the dialog stays open and what was typed stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coml_toolkit.errors import ComlError, InputError
from coml_toolkit.model.plan import Plan
from coml_toolkit.planning import Change

from .. import screens, theme
from ..document import Document

GAP = 8  # the grid


class Refused(Exception):
    """What was typed into a field was not understood."""

    def __init__(self, error: ComlError, field: QWidget) -> None:
        super().__init__(error.message)
        self.error = error
        self.field = field


@contextmanager
def about(field: QWidget) -> Iterator[None]:
    """A refusal raised inside is about this field, and shown beneath it."""
    try:
        yield
    except ComlError as error:
        raise Refused(error, field) from error


class Dialog(QDialog):
    """One question to the user. `accept` carries it out, or says beneath the right field why it cannot."""

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str = "", *, wide: int = 64, high: int = 0
    ) -> None:
        """`wide` characters and at least `high` lines of text, where the screen has room for them."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._wide, self._high = wide, high
        self.heading = label(title, look="title")
        self.sentence = label(sentence)
        self.area = QVBoxLayout()  # what the dialog is about goes in here
        self.area.setSpacing(GAP)
        self.problem = label(look="error")
        self.problem.setAccessibleName("Problem")
        self.buttons = QDialogButtonBox()
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        self._frame.setSpacing(GAP)
        self._frame.addWidget(self.heading)
        self._frame.addWidget(self.sentence)
        self._frame.addSpacing(GAP // 2)
        self._frame.addLayout(self.area, 1)
        self._frame.addWidget(self.problem)
        self._frame.addSpacing(GAP // 2)
        self._frame.addWidget(self.buttons)

    # ── building ─────────────────────────────────────────────────────────────

    def add_buttons(self, words: str, *, tip: str = "") -> QPushButton:
        """The button that carries it out (Enter), and Cancel (Esc)."""
        done = self.add_button(words, QDialogButtonBox.ButtonRole.AcceptRole, tip=tip)
        done.setDefault(True)
        theme.look(done, "primary")
        cancel = self.add_button("Cancel", QDialogButtonBox.ButtonRole.RejectRole, tip="Change nothing. (Esc)")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        cancel.setAutoDefault(False)
        return done

    def add_close(self, words: str = "Close") -> QPushButton:
        """The button of a dialog that just shows something."""
        close = self.add_button(words, QDialogButtonBox.ButtonRole.RejectRole, tip="Close this. (Esc)")
        close.setDefault(True)
        self.buttons.rejected.connect(self.reject)
        return close

    def add_button(
        self,
        words: str,
        role: QDialogButtonBox.ButtonRole = QDialogButtonBox.ButtonRole.ActionRole,
        *,
        tip: str = "",
    ) -> QPushButton:
        """One more button at the foot."""
        button = self.buttons.addButton(words, role)
        button.setToolTip(tip)
        button.setAutoDefault(role is not QDialogButtonBox.ButtonRole.ActionRole)
        return button

    # ── asking ───────────────────────────────────────────────────────────────

    def carry_out(self) -> None:
        """Do what was asked. A ComlError is shown and the dialog stays."""

    def accept(self) -> None:
        self.say(None)
        for fields in self.findChildren(Fields):
            fields.forget_problems()
        try:
            self.carry_out()
        except Refused as refused:
            for fields in self.findChildren(Fields):
                fields.say(refused.field, refused.error)
            refused.field.setFocus(Qt.FocusReason.OtherFocusReason)  # what was typed is not selected: typing adds to it
            return
        except ComlError as error:
            self.say(error)
            return
        super().accept()

    def make(self, document: Document, change: Change, *, can_undo: bool = True) -> None:
        """Store a change. What the file refuses is raised, so that the dialog shows it and stays."""
        errors: list[ComlError] = []

        def keep(error: ComlError) -> None:
            errors.append(error)

        document.refused.connect(keep)
        try:
            is_done = document.make(change, can_undo=can_undo)
        finally:
            document.refused.disconnect(keep)
        if not is_done:
            raise errors[0]

    def say(self, error: ComlError | None) -> None:
        """Show what went wrong, above the buttons; None takes it away."""
        set_text(self.problem, _in_words(error))
        self.fit()

    def warn_if_read_only(self, document: Document) -> None:
        """Say at once, not after the typing, that nothing can be changed here."""
        if document.store.is_read_only:
            hint = "Nothing can be changed here; what you type is refused."
            set_text(self.problem, f"{document.store.why_read_only} {hint}")

    # ── size ─────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        for part in self.findChildren(QWidget):
            part.ensurePolished()  # sizes are those of the theme, not of a bare widget
        self.fit()
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        room = self.room()
        wide = min(max(chars(self, self._wide), super().sizeHint().width(), self.width_now()), room.width())
        inner = wide - 4 * GAP
        for fields in self.findChildren(Fields):
            fields.ask_for(inner)
        for layout in (self.area, self._frame):
            layout.invalidate()  # else it remembers what the fields needed before
        high = self._frame.totalHeightForWidth(wide) if self._frame.hasHeightForWidth() else super().sizeHint().height()
        return QSize(wide, min(max(high, self._high * self.fontMetrics().lineSpacing()), room.height()))

    def room(self) -> QSize:
        """What the screen has, without the frame that the window system draws."""
        return screens.room(self).size() - QSize(2 * GAP, 5 * GAP)

    def width_now(self) -> int:
        """What the user made of it; 0 before it was shown."""
        return self.width() if self.isVisible() else 0

    def fit(self) -> None:
        """Grow to what there is to say; never shrink under the mouse."""
        wanted = self.sizeHint()
        if self.isVisible():
            wanted = wanted.expandedTo(self.size())
        self.resize(wanted)


class Fields(QScrollArea):
    """Labelled fields under each other, each with room for its note and its problem. Scrolls on a small screen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP)
        self._grid.setColumnStretch(1, 1)
        self._problems: dict[QWidget, QLabel] = {}
        self._tips: dict[QWidget, str] = {}
        self._height = 0
        self.setWidget(self._inside)
        # One colour with the dialog, whatever the theme gives to scrolled areas.
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)

    def add(self, words: str, field: QWidget, *, tip: str = "", beside: QWidget | None = None) -> QLabel:
        """A field with its label; `words` carry the mnemonic. Returns the quiet note beneath it, empty."""
        name = label(words)
        name.setWordWrap(False)
        name.setBuddy(field)
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        plain = words.replace("&", "")
        field.setAccessibleName(plain)
        field.setToolTip(tip or plain)
        self._tips[field] = tip
        row = self._next_row()
        self._grid.addWidget(name, row, 0)
        if beside is None:
            self._grid.addWidget(field, row, 1, 1, 2)
        else:
            self._grid.addWidget(field, row, 1)
            self._grid.addWidget(beside, row, 2)
        note, problem = label(look="quiet"), label(look="error")
        note.setContentsMargins(0, 0, 0, GAP // 2)
        problem.setAccessibleName(f"Problem with {plain}")
        self._grid.addWidget(note, row + 1, 1, 1, 2)
        self._grid.addWidget(problem, row + 2, 1, 1, 2)
        self._problems[field] = problem
        if isinstance(field, QLineEdit):  # what is typed now is judged anew
            field.textChanged.connect(partial(self._judged_anew, field))
        elif isinstance(field, QComboBox):
            field.currentTextChanged.connect(partial(self._judged_anew, field))
        return note

    def add_wide(self, part: QWidget | QLayout) -> None:
        """Something without a label of its own, under the fields."""
        row = self._next_row()
        if isinstance(part, QLayout):
            self._grid.addLayout(part, row, 1, 1, 2)
        else:
            self._grid.addWidget(part, row, 1, 1, 2)

    def end(self) -> None:
        """Nothing more is added, and nothing else grows: what is left of the height stays empty below."""
        self._grid.setRowStretch(self._next_row(), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _judged_anew(self, field: QWidget, *_: object) -> None:
        if self._problems[field].text():
            self.say(field, None)

    def say(self, field: QWidget, error: ComlError | None) -> None:
        """Show a field's problem beneath it; None takes it away."""
        problem = self._problems.get(field)
        if problem is None:
            return
        words = _in_words(error)
        set_text(problem, words)
        theme.look(field, "error" if words else "")
        field.setAccessibleDescription(words.replace("\n", " ") or self._tips[field])
        window = self.window()
        if isinstance(window, Dialog):
            window.fit()
        if error is not None:
            QTimer.singleShot(0, self, lambda: self._show_both(field, problem))  # when they have their places

    def _show_both(self, field: QWidget, problem: QLabel) -> None:
        self.ensureWidgetVisible(problem, 0, GAP)
        self.ensureWidgetVisible(field, 0, GAP)

    def problem_of(self, field: QWidget) -> str:
        """What is said beneath a field; "" if nothing."""
        return self._problems[field].text()

    def forget_problems(self) -> None:
        """As if nothing had been refused."""
        for field in self._problems:
            self.say(field, None)

    def ask_for(self, width: int) -> None:
        """Take the height that the fields need at this width."""
        self._grid.invalidate()
        self._height = max(self._grid.totalHeightForWidth(width), self._grid.totalMinimumSize().height())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wide = self._grid.totalSizeHint().width()
        return QSize(wide, self._height or self._grid.totalSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._grid.totalMinimumSize().width(), 600), min(self.sizeHint().height(), 8 * GAP))

    def _next_row(self) -> int:
        return self._grid.rowCount()


# ── small things ─────────────────────────────────────────────────────────────


def label(text: str = "", *, look: str = "") -> QLabel:
    """Words that wrap; hidden while there are none."""
    made = QLabel()
    made.setWordWrap(True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        theme.look(made, look)
    if look in ("error", "warning"):
        made.setMargin(GAP // 2)  # these stand in a frame
    set_text(made, text)
    return made


def set_text(made: QLabel, text: str) -> None:
    """Other words; none take no room."""
    made.setText(text)
    made.setHidden(not text)


def table_of(model: QAbstractItemModel, name: str) -> QTableView:
    """A table to look at: whole rows, no grid, Tab leaves it; `name` is what a screen reader says."""
    made = QTableView()
    made.setModel(model)
    made.setAccessibleName(name)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    made.setWordWrap(False)
    rows = made.verticalHeader()
    rows.hide()
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # else the height of each of 100,000 rows is asked for
    rows.setMinimumSectionSize(theme.row_height())
    rows.setDefaultSectionSize(theme.row_height())
    made.horizontalHeader().setHighlightSections(False)
    return made


def line_edit(text: str = "", *, placeholder: str = "") -> QLineEdit:
    """A field for one line."""
    made = QLineEdit(text)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(500)
    return made


def chars(widget: QWidget, count: int) -> int:
    """How wide so many characters are, in pixels, at the text size in use."""
    return widget.fontMetrics().averageCharWidth() * count


def ask(dialog: QDialog) -> bool:
    """Open a dialog, wait, and let it go. True: it was carried out."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()


def plan_of(document: Document) -> Plan | None:
    """The plan on screen; where there is none, says so and what to do."""
    if document.plan is None:
        document.refused.emit(
            InputError("There is no incident in this file yet.", hint="Start one with New incident (Ctrl+N).")
        )
    return document.plan


def count(number: int, one: str, many: str = "") -> str:
    """'1 line', '14 lines', 'no lines'."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def _in_words(error: ComlError | None) -> str:
    if error is None:
        return ""
    return f"{error.message}\n{error.hint}" if error.hint else error.message
