"""One entry screen for every form, made from its fields and tables. What is typed is stored when it is left.

What the plan says stands in a field as long as nothing is typed over it. Typing into a form that has no sheet yet
starts one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QCheckBox,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

import forms
from coml_toolkit import planning, sheets
from coml_toolkit.errors import ComlError
from coml_toolkit.model.sheet import PRIVATE, Row, Sheet, fields_of, rows_of
from coml_toolkit.planning import Change
from forms import Entry, Field, Form, Table
from forms.content import date, date_time, time

from .. import theme
from ..document import Document
from ..models.forms import RowsTable, cells_of
from ..models.table import Index, Role
from .fields import _ChoiceBox, _LineBox, _LongBox

_TITLE = Field("", "Title in the list", help="What tells this sheet from others of its form, as in Division A.")
_PAUSE_MS = 3_000  # in typing: then what there is goes to disk, though the field was not left
_WIDE = 0.46  # of the page: such a field has a line of its own on screen too
_COLUMN = 195  # of two columns, at least
_TABLE = 400  # narrower, the buttons of a table stand below its name
_LEAST = 200
_MOST_ROWS = 12  # of a table in sight; then it scrolls
_TEXT_LINES, _MOST_TEXT_LINES = 3, 12
_CELL, _CELL_MOST = 90, 260
_EVEN = 0.75  # of a column's width on paper: on screen narrow ones are not as narrow

_AT = {Entry.DATE: date, Entry.TIME: time, Entry.DATE_TIME: date_time}


def _is_now(event: QKeyEvent) -> bool:
    """Ctrl+; writes the time, as in a spreadsheet."""
    return event.key() == Qt.Key.Key_Semicolon and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _is_return(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


# ── boxes ────────────────────────────────────────────────────────────────────


class _TextBox(_LongBox):
    """Lines of its own: Enter makes one, Tab goes on, Ctrl+Enter stores."""

    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and _is_return(event):
            event.accept()  # else Ctrl+Enter is another command of the window
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_return(event) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif _is_return(event):
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        needed = round(self.document().size().height())
        lines = min(max(needed, _TEXT_LINES), _MOST_TEXT_LINES)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needed > lines else policy.ScrollBarAlwaysOff)
        around = 2 * round(self.document().documentMargin()) + theme.px(8)
        wanted = lines * self.fontMetrics().lineSpacing() + around
        if wanted != self.height():
            self.setFixedHeight(wanted)


class _TickBox(QCheckBox):
    """“yes” or nothing."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.shown = ""
        self.clicked.connect(self.finished)

    def text_now(self) -> str:
        return "yes" if self.isChecked() else ""

    def show_text(self, text: str) -> None:
        self.setChecked(bool(text) and text.casefold() not in ("no", "false", "0"))


Box = _LineBox | _LongBox | _ChoiceBox | _TickBox
Make = Callable[[Sheet], Change]  # what is to be done to a sheet, whichever it is by then


class _Part:
    """A field of the form: its words above its box."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.caption = QLabel()
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setWordWrap(True)
        theme.look(self.caption, "quiet")
        self.box = _box_for(field)
        self.box.setObjectName(field.name)
        self.box.setAccessibleName(field.label)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        theme.look(self.note, "error")
        self.note.hide()
        self.whole = QWidget()
        column = QVBoxLayout(self.whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        if isinstance(self.box, _TickBox):
            self.box.setText("Yes")
        column.addWidget(self.caption)
        self.caption.setBuddy(self.box)
        column.addWidget(self.box)
        column.addWidget(self.note)
        column.addStretch(1)
        self.say(False, "")

    @property
    def is_wide(self) -> bool:
        """It has a line of its own."""
        place = self.field.at
        if self.field.entry in _AT:
            return False
        if self.field.entry is Entry.TEXT or place is None:
            return self.field.entry is Entry.TEXT
        return not self.field.name or (place[2] - place[0]) > _WIDE * 540

    def say(self, is_over: bool, plan_says: str) -> None:
        """The words above it, and in the tooltip all there is to know."""
        over = " · typed over the plan" if is_over else ""
        self.caption.setText(f"{self.field.label}{over}")
        tips = [self.field.help]
        if self.field.entry in _AT:
            tips.append("Ctrl+; writes the time now.")
        if isinstance(self.box, _TextBox):
            tips.append("Enter begins a new line; Tab goes on.")
        if plan_says and is_over:
            tips.append(f"The plan says “{plan_says}”; empty the field to say that again.")
        elif plan_says:
            tips.append("The plan says this; what you type here stands in its place.")
        tip = "\n".join(each for each in tips if each)
        self.box.setToolTip(tip or self.field.label)
        self.box.setAccessibleDescription(tip.replace("\n", " "))

    def refuse(self, error: ComlError | None) -> None:
        """Mark what could not be stored; None takes the mark away."""
        theme.look(self.box, "error" if error else "")
        self.note.setText(f"{error.message} {error.hint}".strip() if error else "")
        self.note.setHidden(error is None)


def _box_for(field: Field) -> Box:
    if field.entry is Entry.TEXT:
        return _TextBox()
    if field.entry is Entry.CHECK:
        return _TickBox()
    if field.entry is Entry.CHOICE:
        return _ChoiceBox([("", "–"), *((name, name) for name, _ in field.options)])
    return _LineBox()


# ── the editor ───────────────────────────────────────────────────────────────


class SheetEditor(QScrollArea):
    """The entry screen of one form; `show_sheet` gives it another."""

    began = Signal(str)  # typing starts a sheet of this id; said before it is stored
    left = Signal()  # Esc: back to the list

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._form: Form | None = None
        self._sheet: Sheet | None = None
        self._typed: dict[tuple[str, str, str], tuple[str, ComlError]] = {}  # refused: form, sheet, field
        self._parts: list[_Part] = []
        self._tables: list[TableEditor] = []
        self._columns = 0
        self._grid: QGridLayout | None = None
        self._is_storing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._store_typing)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    # ── what is shown ────────────────────────────────────────────────────────

    @property
    def sheet(self) -> Sheet | None:
        """The sheet on screen; None as long as nothing is typed."""
        return self._sheet

    @property
    def form(self) -> Form | None:
        """The form on screen."""
        return self._form

    def show_sheet(self, form: Form, sheet: Sheet | None) -> None:
        """Show a sheet. The same one again, changed elsewhere, leaves alone what is being typed."""
        is_same = form is self._form and (sheet.id if sheet else "") == (self._sheet.id if self._sheet else "")
        if not is_same:
            self.commit()
        if form is not self._form:
            self._build(form)
        self._form, self._sheet = form, sheet
        self._fill(is_same=is_same)
        if not is_same:
            self.verticalScrollBar().setValue(0)

    def _fill(self, *, is_same: bool) -> None:
        form, sheet, plan = self._form, self._sheet, self._document.plan
        if form is None or plan is None:
            return
        is_read_only = self._document.store.is_read_only
        try:
            fields = fields_of(sheet) if sheet else {}
            rows = rows_of(sheet) if sheet else {}
            bare = replace(sheet, fields="{}") if sheet else None
            given = forms.content(form, plan, bare)
            lines = forms.content(form, plan, replace(sheet, rows="{}") if sheet else None).tables
        except ComlError as error:
            self._problem.setText(f"{error.message} {error.hint}".strip())
            self._problem.show()
            is_read_only, fields, rows, lines = True, {}, {}, {}
            given = forms.content(form, plan, None)
        else:
            self._problem.hide()
        texts = {"": sheet.title if sheet else "", **fields}
        for part in self._parts:
            self._fill_part(part, texts.get(part.field.name, ""), given.fields, is_same=is_same, lock=is_read_only)
        for table in self._tables:
            name = table.rows.table.name
            table.show_rows(lines.get(name, ()), rows.get(name, ()), is_read_only=is_read_only)

    def _fill_part(self, part: _Part, text: str, given: Mapping[str, str], *, is_same: bool, lock: bool) -> None:
        box, plan_says = part.box, given.get(part.field.name, "")
        is_typed = is_same and box.text_now() != box.shown
        box.shown = text
        if isinstance(box, _LineBox | _LongBox):
            box.setPlaceholderText(plan_says)
            if box.isReadOnly() != lock:
                box.setReadOnly(lock)
        else:
            box.setEnabled(not lock)
        if isinstance(box, _ChoiceBox):
            text = _offer(box, text)
            box.shown = text
            box.setItemText(0, f"{plan_says} (the plan)" if plan_says else "–")
        part.say(bool(text and plan_says and text != plan_says), plan_says)
        kept = self._typed.get((*self._key, part.field.name))
        if is_typed:
            return
        box.show_text(kept[0] if kept else text)
        part.refuse(kept[1] if kept else None)

    @property
    def _key(self) -> tuple[str, str]:
        return (self._form.number if self._form else "", self._sheet.id if self._sheet else "")

    def box(self, name: str) -> Box:
        """The box of a field; "" is the title."""
        return next(part.box for part in self._parts if part.field.name == name)

    def caption(self, name: str) -> str:
        """The words above a field."""
        return next(part.caption.text() for part in self._parts if part.field.name == name)

    def table(self, name: str) -> "TableEditor":
        """The table of that name."""
        return next(table for table in self._tables if table.rows.table.name == name)

    def go_to_first(self) -> None:
        """The keyboard goes to the first field that nothing says yet, else to the first."""
        boxes = [part.box for part in self._parts[1:]]
        empty = [box for box in boxes if isinstance(box, _LineBox | _LongBox) and not box.placeholderText()]
        for box in [*(box for box in empty if not box.text_now()), *boxes]:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    # ── building ─────────────────────────────────────────────────────────────

    def _build(self, form: Form) -> None:
        inside = QWidget()
        theme.look(inside, "page")
        grid = self._grid = QGridLayout(inside)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self._heading = QLabel(f"{form.number} · {form.title}")
        self._heading.setWordWrap(True)
        theme.look(self._heading, "heading")
        self._help = QLabel(form.help)
        self._help.setWordWrap(True)
        theme.look(self._help, "quiet")
        self._help.setVisible(bool(form.help))
        self._problem = QLabel()
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        theme.look(self._problem, "error")
        self._problem.hide()
        self._parts = [_Part(field) for field in (_TITLE, *form.fields)]
        self._tables = [TableEditor(table) for table in form.tables]
        for part in self._parts:
            part.box.finished.connect(partial(self._finish, part))
            if isinstance(part.box, _LineBox):
                part.box.textEdited.connect(lambda _: self._pause.start())
            elif isinstance(part.box, _LongBox):
                part.box.textChanged.connect(self._pause.start)
            part.box.installEventFilter(self)
        for table in self._tables:
            table.wanted.connect(self._store)
            table.view.stamped.connect(self._stamp)
            table.view.left.connect(self.left)
        self._columns = 0
        self._arrange()
        self.setWidget(inside)
        inside.show()  # at once with all its parts, so that the keyboard can go there
        self._order()

    def _in_order(self) -> Iterator["_Part | TableEditor"]:
        """Fields and tables by the numbers of their blocks, as they stand on the paper."""
        tables = [(_block(table.rows.table.label, 999), table) for table in self._tables]
        at = 0
        for part in self._parts:
            at = max(at, _block(part.field.label, at))
            while tables and tables[0][0] < at:
                yield tables.pop(0)[1]
            yield part
        for _, table in tables:
            yield table

    def _order(self) -> None:
        """Tab goes as the eye does."""
        last: QWidget | None = None
        for each in self._in_order():
            for part in (each.box,) if isinstance(each, _Part) else each.stops:
                if last is not None:
                    QWidget.setTabOrder(last, part)
                last = part

    def _arrange(self) -> None:
        """Two columns where there is room for them."""
        grid = self._grid
        if grid is None:
            return
        grid.setContentsMargins(theme.px(10), theme.px(4), theme.px(12), theme.px(12))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        columns = 2 if self.viewport().width() >= theme.px(2 * _COLUMN) else 1
        if columns == self._columns:
            return
        self._columns = columns
        while grid.count():
            grid.takeAt(0)
        for row, wide in enumerate((self._heading, self._help, self._problem)):
            grid.addWidget(wide, row, 0, 1, 2)
        row, alone = 3, None  # alone: waits for something to stand beside it
        for each in [*self._in_order(), None]:
            is_narrow = isinstance(each, _Part) and columns == 2 and not each.is_wide
            if alone is not None and is_narrow and isinstance(each, _Part) and _belong(alone.field, each.field):
                grid.addWidget(alone.whole, row, 0)
                grid.addWidget(each.whole, row, 1)
                row, alone = row + 1, None
                continue
            if alone is not None:
                grid.addWidget(alone.whole, row, 0, 1, 2)
                row, alone = row + 1, None
            if is_narrow and isinstance(each, _Part):
                alone = each
            elif each is not None:
                grid.addWidget(each.whole if isinstance(each, _Part) else each, row, 0, 1, 2)
                row += 1
        grid.setRowStretch(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(160))

    # ── keyboard ─────────────────────────────────────────────────────────────

    def eventFilter(self, box: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            part = next((part for part in self._parts if part.box is box), None)
            is_press = event.type() == QEvent.Type.KeyPress
            if part is None:
                return False
            if _is_now(event) and part.field.entry in _AT:
                event.accept()
                if is_press:
                    self._write_now(part)
                return True
            if is_press and _is_return(event) and isinstance(part.box, _LineBox):
                self._finish(part)
                self.focusNextChild()
                return True
            if is_press and event.key() == Qt.Key.Key_Escape and part.box.text_now() == part.box.shown:
                self.left.emit()
                return True
        return False

    def _write_now(self, part: _Part) -> None:
        if isinstance(part.box, _LineBox) and not part.box.isReadOnly():
            part.box.setText(_AT[part.field.entry](self._document.plan, planning.now()))
            self._finish(part)

    def _stamp(self, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RowsTable)
        text = _AT[model.columns[index.column()].entry](self._document.plan, planning.now())
        model.setData(index, text, Role.EditRole)

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """What the keyboard goes to is in sight."""
        widget = self.widget()
        if now is not None and widget is not None and widget.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, theme.px(40))

    # ── storing ──────────────────────────────────────────────────────────────

    def commit(self) -> bool:
        """Store all that was typed. False: something was refused, and is marked."""
        if self._form is None or self._document.store.is_read_only:
            return True
        for table in self._tables:
            table.view.finish_typing()
        for part in self._parts:
            if part.box.text_now() != part.box.shown:
                self._finish(part)
        return not any(key[:2] == self._key for key in self._typed)

    def _store_typing(self) -> None:
        """Somebody stopped to think: what is typed so far goes to disk, and the cursor stays."""
        for part in self._parts:
            if part.box.text_now() != part.box.shown:
                self._finish(part)

    def _finish(self, part: _Part) -> None:
        box, plan = part.box, self._document.plan
        text, key = box.text_now(), (*self._key, part.field.name)
        if self._form is None or plan is None or self._document.store.is_read_only or self._is_storing:
            return
        if text == box.shown:
            if self._typed.pop(key, None):
                part.refuse(None)
            return
        kept, box.shown = box.shown, text
        problem = self._store(partial(_with_text, name=part.field.name, text=text))
        if problem is None:
            self._typed.pop(key, None)
            part.refuse(None)
            return
        box.shown = kept
        if isinstance(box, _LineBox | _LongBox):
            self._typed[key] = (text, problem)
        else:
            box.show_text(kept)
        part.refuse(problem)

    def _store(self, make: Make) -> ComlError | None:
        """Store a change of the sheet on screen, or begin a sheet with it. Why it was refused, or None."""
        form, plan, sheet = self._form, self._document.plan, self._sheet
        if form is None or plan is None:
            return None
        errors: list[ComlError] = []
        self._document.refused.connect(errors.append)
        self._is_storing = True
        try:
            if sheet is not None:
                self._document.make(make(sheet))
                return errors[0] if errors else None
            fresh = sheets.new_sheet(form.number, plan.incident.id, period_id=plan.period.id)
            change = make(_only(fresh))
            if not change.after:
                return None
            begun = _only(change)
            self._sheet = begun
            self.began.emit(begun.id)
            if not self._document.make(Change([], [begun], fresh.words)):
                self._sheet = None
                self.began.emit("")
        except ComlError as error:
            self._document.refused.emit(error)
        finally:
            self._is_storing = False
            self._document.refused.disconnect(errors.append)
        return errors[0] if errors else None


def _with_text(sheet: Sheet, *, name: str, text: str) -> Change:
    return sheets.change_field(sheet, name, text) if name else sheets.retitle(sheet, text)


def _only(change: Change) -> Sheet:
    (sheet,) = change.after
    assert isinstance(sheet, Sheet)
    return sheet


def _block(label: str, otherwise: int) -> int:
    """The number of a block: 8 of “8. Communications”."""
    found = re.match(r"(\d+)[A-Za-z]?\. ", label)
    return int(found[1]) if found else otherwise


def _belong(one: Field, other: Field) -> bool:
    """They may stand side by side: of one block, or both a date or a time."""
    if one.entry is Entry.DATE and other.entry is Entry.DATE:
        return False
    return _block(one.label, -1) == _block(other.label, -1) or (one.entry in _AT and other.entry in _AT)


def _offer(box: _ChoiceBox, text: str) -> str:
    """The choice that a text means; what is none of them is offered as it is."""
    values = [str(box.itemData(row)) for row in range(box.count())]
    found = next((value for value in values if value.casefold() == text.casefold()), None)
    if found is None:
        box.addItem(text, text)
    return text if found is None else found


# ── tables ───────────────────────────────────────────────────────────────────


class TableEditor(QWidget):
    """A table of the form: its name, what can be done to its rows, and the rows."""

    wanted = Signal(object)  # a callable that makes the Change of a sheet

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.rows = RowsTable(table, self)
        self.view = RowsView(self.rows)
        title = QLabel(table.label)
        title.setWordWrap(True)
        theme.look(title, "heading")
        self.add = _button("Add", "Add an empty row below. (Insert)", self.add_row)
        self.remove = _button("Remove", "Take the selected rows out; Undo brings them back. (Ctrl+Delete)", self.drop)
        self.up = _button("Up", "Move the selected rows up. (Alt+Up)", partial(self.move_rows, -1))
        self.down = _button("Down", "Move the selected rows down. (Alt+Down)", partial(self.move_rows, 1))
        for button in (self.add, self.remove, self.up, self.down):
            button.setAccessibleName(f"{button.text()}: {table.label}")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(4))
        for button in (self.add, self.remove, self.up, self.down):
            buttons.addWidget(button)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(theme.px(4))
        self._head.addWidget(title, 1)
        self._head.addLayout(buttons)
        help_ = QLabel(table.help or "Type into the empty row. Enter goes to the next cell; cells of a spreadsheet can "
                       "be pasted.")  # fmt: skip
        help_.setWordWrap(True)
        theme.look(help_, "quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        layout.setSpacing(theme.px(4))
        layout.addLayout(self._head)
        layout.addWidget(help_)
        layout.addWidget(self.view)
        self.rows.typed.connect(self._typed)
        view = self.view
        view.added.connect(self.add_row)
        view.removed.connect(self.drop)
        view.moved.connect(self.move_rows)
        view.pasted.connect(self._paste)
        view.cleared.connect(self._clear)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = self.width() < theme.px(_TABLE)
        self._head.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_LEAST), super().minimumSizeHint().height())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops."""
        return self.view, self.add, self.remove, self.up, self.down

    def show_rows(self, given: Sequence[Row], rows: Sequence[Row], *, is_read_only: bool) -> None:
        """Show rows of the plan and typed ones."""
        self.rows.show(given, rows, is_read_only=is_read_only)
        for button in (self.add, self.remove, self.up, self.down):
            button.setEnabled(not is_read_only)
        self.view.fit()

    # ── doing ────────────────────────────────────────────────────────────────

    def add_row(self) -> None:
        """Go to the empty row at the end; with rows selected, make one below them."""
        numbers = self._numbers()
        name = self.rows.table.name
        if numbers:
            at = max(numbers) + 1
            self._want(lambda sheet: sheets.add_row(sheet, name, position=at))
            self.view.go_to(len(self.rows.given) + at, 0)
        else:
            self.view.go_to(self.rows.rowCount() - 1, 0)

    def drop(self) -> None:
        """Take the selected rows out."""
        numbers, name = self._numbers(), self.rows.table.name
        if numbers:
            self._want(lambda sheet: sheets.remove_rows(sheet, name, numbers))

    def move_rows(self, step: int) -> None:
        """Move the selected rows up (-1) or down (1)."""
        numbers, name = self._numbers(), self.rows.table.name
        if not numbers:
            return
        to = min(numbers) - 1 if step < 0 else max(numbers) + 2
        if 0 <= to <= len(self.rows.rows):
            column = self.view.currentIndex().column()
            self._want(lambda sheet: sheets.move_rows(sheet, name, numbers, to))
            first = to if step < 0 else to - len(numbers)
            self.view.go_to(len(self.rows.given) + first, column, rows=len(numbers))

    def _numbers(self) -> list[int]:
        """The typed rows with a selected cell."""
        found = {index.row() for index in self.view.selectedIndexes()}
        own = [row for row in found if not self.rows.is_given(row) and not self.rows.is_new(row)]
        return sorted(map(self.rows.number, own))

    def _typed(self, number: int, column: str, text: str) -> None:
        name, is_new = self.rows.table.name, number >= len(self.rows.rows)
        if is_new:
            self._want(lambda sheet: sheets.add_row(sheet, name, {column: text}))
        elif column == PRIVATE:
            self._want(lambda sheet: sheets.mark_private(sheet, name, [number], is_private=bool(text)))
        else:
            self._want(lambda sheet: sheets.change_row(sheet, name, number, {column: text}))

    def _clear(self) -> None:
        """Empty the selected cells: one edit."""
        cells: dict[int, dict[str, str]] = {}
        for index in self.view.selectedIndexes():
            if self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable and not self.rows.is_new(index.row()):
                cells.setdefault(self.rows.number(index.row()), {})[self.rows.columns[index.column()].name] = ""
        if cells:
            self._want(partial(_with_cells, table=self.rows.table.name, cells=cells, words="Clear cells of"))

    def _paste(self, text: str) -> None:
        """Cells of a spreadsheet, from the cursor on: one edit."""
        index, names = self.view.currentIndex(), [column.name for column in self.rows.table.columns]
        number = self.rows.number(index.row()) if index.isValid() else len(self.rows.rows)
        left = index.column() if index.isValid() else 0
        if number < 0 or left >= len(names):
            return
        rows = cells_of(text)
        cells = {number + at: dict(zip(names[left:], row, strict=False)) for at, row in enumerate(rows)}
        if cells:
            self._want(partial(_with_cells, table=self.rows.table.name, cells=cells, words="Paste into"))

    def _want(self, make: Make) -> None:
        self.wanted.emit(make)


def _with_cells(sheet: Sheet, *, table: str, cells: Mapping[int, Mapping[str, str]], words: str) -> Change:
    """Write many cells; rows beyond the last are added."""
    after = sheet
    for number, texts in sorted(cells.items()):
        if number < len(rows_of(after).get(table, [])):
            change = sheets.change_row(after, table, number, texts)
        else:
            change = sheets.add_row(after, table, texts)
        after = _only(change) if change.after else after
    if after == sheet:
        return Change([], [], words)
    return Change([sheet], [after], f"{words} {sheet.form} {sheet.title}".strip())


def _button(words: str, tip: str, call: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.clicked.connect(lambda _=False: call())
    return button


class RowsView(QTableView):
    """Rows of a form: what is typed opens a cell, Enter goes to the next; Tab leaves the table."""

    added = Signal()
    removed = Signal()
    moved = Signal(int)
    pasted = Signal(str)
    cleared = Signal()
    left = Signal()
    stamped = Signal(object)  # an index: the time now goes there

    def __init__(self, rows: RowsTable) -> None:
        super().__init__()
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(rows.table.label)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
        self.fit()

    # ── size ─────────────────────────────────────────────────────────────────

    def fit(self) -> None:
        """As high as its rows, up to a dozen; columns share the width as they do on paper."""
        row = theme.row_height()
        self.verticalHeader().setMinimumSectionSize(row)
        self.verticalHeader().setDefaultSectionSize(row)
        bar = self.horizontalScrollBar().sizeHint().height() if self._columns() else 0
        rows = min(max(self.rows.rowCount(), 1), _MOST_ROWS)
        wanted = self.horizontalHeader().height() + rows * row + bar + 2 * self.frameWidth() + 2
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def _columns(self) -> bool:
        """Set the widths. True: there are more than fit."""
        head = self.horizontalHeader()
        metrics = QFontMetrics(head.font())
        paper = [(column.between[1] - column.between[0]) ** _EVEN for column in self.rows.columns]
        tick = metrics.horizontalAdvance("public ") + theme.px(14)
        room = self.viewport().width() - tick
        total = sum(paper[:-1])
        widths = []
        for column, share in zip(self.rows.columns[:-1], paper, strict=False):
            word = max(map(metrics.horizontalAdvance, column.label.replace("/", "/ ").split()), default=0)
            least = min(max(theme.px(_CELL), word * 11 // 10 + theme.px(14)), theme.px(_CELL_MOST))
            widths.append(max(least, round(room * share / total)))
        spare = room - sum(widths)
        if spare < 0:  # those with the most to spare give way, down to what a cell needs
            widths = [min(width, max(theme.px(_CELL_MOST // 2), room // len(widths))) for width in widths]
            spare = room - sum(widths)
        if spare > 0:
            widths[max(range(len(widths)), key=lambda at: paper[at])] += spare
        widths.append(tick)
        for place, width in enumerate(widths):
            if self.columnWidth(place) != width:
                self.setColumnWidth(place, width)
        lines = 1
        for column, width in zip(self.rows.columns, widths, strict=True):
            rect = QRect(0, 0, width - theme.px(14), 10_000)
            high: int = metrics.boundingRect(rect, Qt.TextFlag.TextWordWrap, column.label).height()
            lines = max(lines, min(-(-high // metrics.lineSpacing()), 3))
        head.setFixedHeight(lines * metrics.lineSpacing() + theme.px(12))
        return bool(sum(widths) > self.viewport().width() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "rows"):
            self.fit()

    # ── the cursor ───────────────────────────────────────────────────────────

    @property
    def is_editing(self) -> bool:
        """A cell is open for typing."""
        return self.state() is QAbstractItemView.State.EditingState

    def finish_typing(self) -> None:
        """Store what stands in an open cell."""
        if self.is_editing:
            for editor in self.viewport().findChildren(QLineEdit):
                if not editor.isHidden():
                    self.commitData(editor)
                    self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def go_to(self, row: int, column: int, *, rows: int = 1) -> None:
        """Put the cursor there, with the rows below it selected too."""
        if not 0 <= row < self.rows.rowCount():
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        model = self.selectionModel()
        flags = model.SelectionFlag
        model.setCurrentIndex(self.rows.index(row, max(column, 0)), flags.ClearAndSelect)
        for more in range(1, rows):
            model.select(self.rows.index(row + more, max(column, 0)), flags.Select)

    def go_on(self) -> None:
        """To the next cell that can be typed into; after the last of a row to the first of the next."""
        at = self.currentIndex()
        row, column = at.row(), at.column() + 1
        if column >= len(self.rows.table.columns):
            row, column = row + 1, 0
        self.go_to(min(row, self.rows.rowCount() - 1), column)

    # ── Qt calls ─────────────────────────────────────────────────────────────

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.go_to(self.rows.rowCount() - 1, 0)

    def event(self, event: QEvent) -> bool:
        is_own = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_own and isinstance(event, QKeyEvent) and (self._command(event) is not None or _is_now(event)):
            event.accept()
            return True
        return super().event(event)

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does to rows."""
        key, modifiers = event.key(), Qt.KeyboardModifier
        held = event.modifiers() & (modifiers.ControlModifier | modifiers.AltModifier | modifiers.ShiftModifier)
        if key == Qt.Key.Key_Delete and held == modifiers.ControlModifier:
            return self.removed.emit
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and held == modifiers.AltModifier:
            return partial(self.moved.emit, -1 if key == Qt.Key.Key_Up else 1)
        if key == Qt.Key.Key_Insert and not held:
            return self.added.emit
        if key == Qt.Key.Key_Delete and not held:
            return self.cleared.emit
        if event.matches(QKeySequence.StandardKey.Copy):
            return self._copy
        if event.matches(QKeySequence.StandardKey.Paste):
            return lambda: self.pasted.emit(QApplication.clipboard().text())
        return None

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.rows.copied(self.selectedIndexes()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        can_type = bool(self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable) if index.isValid() else False
        command = self._command(event)
        if command is not None:
            if not self.rows.is_locked:
                command()
            elif event.matches(QKeySequence.StandardKey.Copy):
                self._copy()
        elif _is_now(event):
            entry = self.rows.columns[index.column()].entry if index.isValid() else Entry.LINE
            if can_type and entry in _AT:
                self.stamped.emit(index)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif _is_return(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier and index.isValid():
            if can_type:
                self.edit(index)
            else:
                self.go_on()
        else:
            super().keyPressEvent(event)


class _CellDelegate(QStyledItemDelegate):
    """Paints what comes from the plan quietly, and says where to type; opens cells."""

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows, rect = self._view.rows, QRect(option.rect)
        is_given, is_new = rows.is_given(index.row()), rows.is_new(index.row())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(rect, theme.color("selection"))
        elif is_given:
            painter.fillRect(rect, theme.color("band"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        ticked = index.data(Role.CheckStateRole)
        text = str(index.data() or "")
        if ticked is not None:
            self._paint_tick(painter, rect, Qt.CheckState(ticked) is Qt.CheckState.Checked)
        else:
            if is_new and index.column() == 0:
                text = "Type here"
            painter.setPen(theme.color("quiet" if is_new or is_given else "text"))
            inner = rect.adjusted(theme.px(6), 0, -theme.px(6), 0)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_tick(self, painter: QPainter, rect: QRect, is_ticked: bool) -> None:
        size = theme.px(15)
        box = QRect(0, 0, size, size)
        box.moveCenter(rect.center())
        painter.fillRect(box, theme.color("accent" if is_ticked else "field"))
        painter.setPen(theme.color("edge"))
        painter.drawRect(box)
        if is_ticked:
            painter.drawPixmap(box.topLeft() + QPoint(1, 1), theme.pixmap("check", "on_accent", 14))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._view.rows.columns[index.column()]
        editor = QLineEdit(parent)
        editor.setAccessibleName(column.label)
        editor.setAccessibleDescription(column.help)
        if column.options:
            completer = QCompleter(list(column.options), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            editor.setCompleter(completer)
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text(), Role.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRect(option.rect)
        rect.setWidth(max(rect.width(), theme.px(120)))
        rect.moveRight(min(rect.right(), max(self._view.viewport().width() - 1, rect.width())))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _is_return(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and _is_return(event) and isinstance(editor, QLineEdit):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
                self._view.go_on()
                return True
        return super().eventFilter(editor, event)
