"""One record's fields, edited in place: each is stored when it is left; what is refused stays where it was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from coml_toolkit.errors import ComlError

from .. import theme
from ..models.table import Field

T = TypeVar("T")

_LONGEST = 2_000  # characters of a field; a form has room for far fewer
_MOST_LINES = 9  # of a long text on screen; then it scrolls


def commit_typing() -> None:
    """Store what is being typed right now, as if its field had been left: before printing, undoing, closing."""
    typing = QApplication.focusWidget()
    if isinstance(typing, _LineBox | _LongBox):
        typing.finished.emit()


# ── boxes to type into ───────────────────────────────────────────────────────


def _is_undo(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


def _takes_key(event: QEvent, is_typed: bool) -> bool | None:
    """Who gets a key that is also a shortcut. None: as Qt would have it.

    Ctrl+Z belongs to the text only while there is some that was not stored yet, Esc too.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return None
    if event.key() == Qt.Key.Key_Escape and is_typed:
        event.accept()
        return True
    if _is_undo(event) and not is_typed:
        event.ignore()
        return False
    return None


class _LineBox(QLineEdit):
    """One line of text. `shown` is what is stored; Esc goes back to it."""

    finished = Signal()  # Enter, or the field was left

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.setMaxLength(_LONGEST)
        self.setMinimumWidth(theme.px(60))
        self.editingFinished.connect(self.finished)

    def text_now(self) -> str:
        return self.text()

    def show_text(self, text: str) -> None:
        if self.text() != text or self.isUndoAvailable():  # what is stored is taken back by the document's undo
            at = self.cursorPosition() if self.hasFocus() else 0
            self.setText(text)
            self.setCursorPosition(at)

    def event(self, event: QEvent) -> bool:
        taken = _takes_key(event, self.text() != self.shown)
        return super().event(event) if taken is None else taken

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self.shown:
            self.setText(self.shown)
            self.finished.emit()
        elif _is_undo(event) and self.text() == self.shown:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _LongBox(QPlainTextEdit):
    """Several lines of text, as high as they need. Enter stores; Tab goes on."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)

    def text_now(self) -> str:
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        if self.toPlainText() != text:
            self.setPlainText(text)
        self.document().clearUndoRedoStacks()

    def event(self, event: QEvent) -> bool:
        taken = _takes_key(event, self.toPlainText() != self.shown)
        return super().event(event) if taken is None else taken

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_typed = self.toPlainText() != self.shown
        if event.key() == Qt.Key.Key_Escape and is_typed:
            self.setPlainText(self.shown)
            self.finished.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            event.ignore()  # a dialog's button wants it too
        elif event.key() == Qt.Key.Key_Escape or (_is_undo(event) and not is_typed):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.finished.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = max(1, round(self.document().size().height()))
        lines = min(needed, _MOST_LINES)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needed > lines else policy.ScrollBarAlwaysOff)
        around = self.height() - self.viewport().height()
        text = lines * self.fontMetrics().lineSpacing() + 2 * round(self.document().documentMargin())
        wanted = max(text + around, 1)  # in a window of no size what is around may be anything
        if wanted != self.height():
            self.setFixedHeight(wanted)


class _ChoiceBox(QComboBox):
    """One of a few. Nothing changes before one is chosen: neither by a wheel turned in passing nor by an arrow key."""

    finished = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.shown = ""
        for value, words in choices:
            self.addItem(words[:1].upper() + words[1:], value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self.finished)

    def text_now(self) -> str:
        return str(self.currentData())

    def show_text(self, text: str) -> None:
        self.setCurrentIndex(self.findData(text))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys open the list and move in it; Enter chooses.
        moves = (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        )
        if event.key() in moves:
            self.showPopup()
        elif event.text().strip() and event.text().isprintable():
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            super().keyPressEvent(event)


Box = _LineBox | _LongBox | _ChoiceBox


# ── the fields of one record ─────────────────────────────────────────────────


@dataclass(slots=True, kw_only=True)
class _Row(Generic[T]):
    field: Field[T]
    caption: QLabel
    cell: QHBoxLayout
    unit: QLabel
    note: QLabel
    heading: QLabel | None = None
    box: Box | None = None
    value: QLabel | None = None
    error: ComlError | None = None


class Sheet(QWidget, Generic[T]):
    """The fields of one record under each other.

    `store` is given the record and its changed copy, and returns why it could not be stored, or None. Text that was
    refused stays in its field, marked, also while another record was shown in between.
    """

    def __init__(
        self,
        fields: Sequence[Field[T]],
        *,
        key: Callable[[T], str],
        store: Callable[[T, T], ComlError | None],
        where: str = "The plan",
    ) -> None:
        super().__init__()
        self._key = key
        self._store = store
        self._where = where  # what keeps the old value: "The plan still says 155.7525"
        self._record: T | None = None
        self._is_read_only = False
        self._typed: dict[tuple[str, str], tuple[str, ComlError]] = {}  # refused text by record and field
        self._rows: list[_Row[T]] = []
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._build(fields)
        self._measure()

    # ── what is shown ────────────────────────────────────────────────────────

    def show_record(self, record: T, *, is_read_only: bool = False) -> None:
        """Show a record. The same one again, changed elsewhere, leaves alone what is being typed."""
        is_same = (
            self._record is not None
            and self._key(self._record) == self._key(record)
            and self._is_read_only == is_read_only
        )
        self._record = record
        self._is_read_only = is_read_only
        heading: QLabel | None = None
        for row in self._rows:
            heading = row.heading or heading
            text = row.field.text(record)
            is_shown = row.field.is_shown(record) and not (is_read_only and not text and not row.field.empty(record))
            self._show_row(row, is_shown)
            if not is_shown:
                continue
            row.unit.setText(row.field.unit(record))
            row.unit.setVisible(bool(row.unit.text()))
            if is_read_only:
                self._show_words(row, text)
            else:
                self._show_box(row, text, is_same=is_same)

    def commit(self) -> bool:
        """Store all that was typed. False: something was refused, and is marked."""
        if self._record is None or self._is_read_only:
            return True
        for row in self._rows:
            if row.box is not None and not row.box.isHidden():
                self._finish(row)
        return not self.refused

    @property
    def refused(self) -> list[str]:
        """The names of the fields on screen that hold text which was refused."""
        return [row.field.name for row in self._rows if row.error is not None]

    def box(self, name: str) -> Box:
        """The field to type into, by name."""
        row = next(row for row in self._rows if row.field.name == name)
        if row.box is None:
            row.box = self._new_box(row)
        return row.box

    def note(self, name: str) -> str:
        """What is said under a field; "" if nothing."""
        row = next(row for row in self._rows if row.field.name == name)
        return row.note.text()

    def texts(self) -> dict[str, str]:
        """What stands in each field, refused text too."""
        return {row.field.name: row.box.text_now() for row in self._rows if row.box is not None}

    def type_texts(self, texts: dict[str, str]) -> None:
        """Type into the fields, in their order, and store what is understood."""
        for row in self._rows:
            if row.field.name in texts and row.box is not None:
                row.box.show_text(texts[row.field.name])
                self._finish(row)

    def get_ready(self, blank: T) -> None:
        """Make every field now, so that the first record shows as quickly as the others."""
        for is_read_only in (True, False):
            self.show_record(blank, is_read_only=is_read_only)
        for row in self._rows:
            for part in (row.box, row.value, row.note):
                if part is not None:
                    part.ensurePolished()
        self._record = None

    def forget(self) -> None:
        """Drop what was typed and not stored; `show_record` shows what is."""
        self._typed.clear()
        for row in self._rows:
            if row.box is not None:
                row.box.show_text(row.box.shown)
                self._mark(row, None)

    def go_to(self, name: str) -> None:
        """Put the keyboard into a field."""
        self.box(name).setFocus(Qt.FocusReason.OtherFocusReason)

    # ── building ─────────────────────────────────────────────────────────────

    def _build(self, fields: Sequence[Field[T]]) -> None:
        at, section = 0, ""
        for field in fields:
            row = _Row(field=field, caption=QLabel(field.title), cell=QHBoxLayout(), unit=QLabel(), note=QLabel())
            if field.section and field.section != section:
                section = field.section
                row.heading = QLabel(section)
                theme.look(row.heading, "heading")
                self._grid.addWidget(row.heading, at, 0, 1, 2)
            theme.look(row.caption, "quiet")
            theme.look(row.unit, "quiet")
            theme.look(row.note, "error")
            row.note.setWordWrap(True)
            row.note.setTextFormat(Qt.TextFormat.PlainText)
            row.note.hide()
            row.cell.addWidget(row.unit)
            if field.is_long:
                self._grid.addWidget(row.caption, at + 1, 0, 1, 2)
                self._grid.addLayout(row.cell, at + 2, 0, 1, 2)
            else:
                self._grid.addWidget(row.caption, at + 1, 0)
                self._grid.addLayout(row.cell, at + 1, 1)
            self._grid.addWidget(row.note, at + 3, 0, 1, 2)
            at += 4
            self._rows.append(row)

    def _new_box(self, row: _Row[T]) -> Box:
        field = row.field
        box: Box
        if field.choices:
            box = _ChoiceBox(field.choices)
        elif field.is_long:
            box = _LongBox()
        else:
            box = _LineBox()
            box.setFont(theme.figures(self.font()))
        box.setObjectName(field.name)
        box.setAccessibleName(field.title)
        box.setToolTip(field.tip)
        row.caption.setBuddy(box)
        box.finished.connect(lambda: self._finish(row))
        row.cell.insertWidget(0, box, 1)
        self._order()
        return box

    def _new_value(self, row: _Row[T]) -> QLabel:
        value = QLabel()
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        value.setToolTip(row.field.tip)
        value.setFont(theme.figures(self.font()))
        row.cell.insertWidget(0, value, 1)
        self._order()
        return value

    def _order(self) -> None:
        """Tab goes down the sheet, whatever was made when."""
        last: QWidget | None = None
        for row in self._rows:
            for part in (row.box, row.value):
                if part is not None:
                    if last is not None:
                        QWidget.setTabOrder(last, part)
                    last = part

    def _measure(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(3))
        for row in self._rows:
            row.cell.setSpacing(theme.px(6))
            row.caption.setContentsMargins(0, theme.px(6) if row.field.is_long else 0, 0, 0)
            row.unit.setMinimumWidth(row.unit.fontMetrics().horizontalAdvance("MHz W"))
            row.note.setMargin(theme.px(6))
            if row.heading is not None:
                row.heading.setContentsMargins(0, theme.px(10), 0, theme.px(2))
            for part in (row.box, row.value):
                if part is not None and not isinstance(part, _ChoiceBox):
                    part.setFont(theme.figures(self.font()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()

    # ── one field ────────────────────────────────────────────────────────────

    def _show_row(self, row: _Row[T], is_shown: bool) -> None:
        row.caption.setVisible(is_shown)
        middle = Qt.AlignmentFlag.AlignTop if self._is_read_only else Qt.AlignmentFlag.AlignVCenter
        row.caption.setAlignment(Qt.AlignmentFlag.AlignLeft | middle)
        for part, is_used in ((row.box, not self._is_read_only), (row.value, self._is_read_only)):
            if part is not None:
                part.setVisible(is_shown and is_used)
        if not is_shown or self._is_read_only:
            row.unit.hide()
            row.note.hide()
            row.error = None

    def _show_words(self, row: _Row[T], text: str) -> None:
        assert self._record is not None
        if row.value is None:
            row.value = self._new_value(row)
        words = dict(row.field.choices).get(text, text)
        unit = row.field.unit(self._record) if text else ""
        words = f"{words} {unit}".rstrip() or row.field.empty(self._record)
        words = words[:1].upper() + words[1:] if row.field.choices else words
        theme.look(row.value, "" if text else "quiet")
        row.unit.hide()
        row.value.setText(words)
        row.value.setAccessibleName(f"{row.field.title}: {words}")
        row.value.show()

    def _show_box(self, row: _Row[T], text: str, *, is_same: bool) -> None:
        assert self._record is not None
        box = row.box
        if box is None:
            box = row.box = self._new_box(row)
            is_same = False
        is_typed = is_same and box.text_now() != box.shown
        box.shown = text
        if isinstance(box, _LineBox | _LongBox):
            box.setPlaceholderText(row.field.empty(self._record))
        kept = self._typed.get((self._key(self._record), row.field.name))
        if is_typed:
            if row.error is not None:
                self._mark(row, row.error)
        elif kept is not None:
            box.show_text(kept[0])
            self._mark(row, kept[1])
        else:
            box.show_text(text)
            self._mark(row, None)
        box.show()

    def _finish(self, row: _Row[T]) -> None:
        """A field was left: store what it says, or mark it."""
        box, record = row.box, self._record
        if box is None or record is None or self._is_read_only:
            return
        key, text = (self._key(record), row.field.name), box.text_now()
        if text == box.shown:
            self._typed.pop(key, None)
            self._mark(row, None)
            return
        kept = box.shown
        try:
            after = row.field.edited(record, text)
            box.shown = text  # what is stored now comes back by `show_record`, and may be written otherwise
            problem = None if after == record else self._store(record, after)
        except ComlError as error:
            problem = error
        if problem is None:
            self._typed.pop(key, None)
            self._mark(row, None)
            if self._record is not None and self._key(self._record) == key[0]:
                box.shown = row.field.text(self._record)
                box.show_text(box.shown)
            return
        box.shown = kept
        if isinstance(box, _ChoiceBox):
            box.show_text(kept)  # it was chosen, not typed
        else:
            self._typed[key] = (text, problem)
        self._mark(row, problem)

    def _mark(self, row: _Row[T], error: ComlError | None) -> None:
        if error is None and row.error is None:
            return
        row.error = error
        assert row.box is not None
        theme.look(row.box, "error" if error else "")
        if error is None:
            row.note.hide()
            row.note.clear()
            row.box.setToolTip(row.field.tip)
            row.box.setAccessibleDescription(row.field.tip)
            return
        kept = row.box.shown or "nothing"
        words = f"{error.message} {error.hint}\n{self._where} still says {kept}; Esc takes your text away."
        row.note.setText(words)
        row.note.show()
        row.box.setToolTip(words)
        row.box.setAccessibleDescription(words)
        QTimer.singleShot(0, self, lambda: self._bring_into_view(row))  # once it has its place

    def _bring_into_view(self, row: _Row[T]) -> None:
        """A sentence about what was typed is no use below the edge."""
        parent = self.parentWidget()
        area = parent.parentWidget() if parent is not None else None
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea) and row.box is not None and row.box.hasFocus():
            area.ensureWidgetVisible(row.note)
            area.ensureWidgetVisible(row.box)
