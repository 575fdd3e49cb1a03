"""Every form of the period: what is to be filled in, how it prints, and whether its paper is still right."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from threading import Event

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

import forms
from coml_toolkit import sheets
from coml_toolkit.errors import ComlError
from coml_toolkit.jobs import Progress
from coml_toolkit.model.plan import Period, Plan
from coml_toolkit.model.sheet import Sheet
from coml_toolkit.planning import Change
from forms import Form

from .. import theme
from ..actions import Actions
from ..dialogs import package
from ..document import Document
from ..jobs import Jobs
from ..models.forms import FormList, Item, Key, items, may_be_entered, sheets_of
from ..models.table import RECORD_ROLE, Index
from ..widgets.elided import ElidedLabel
from ..widgets.preview import Pdf, on_paper
from ..widgets.sheet_editor import SheetEditor

_WAIT_MS = 250  # after an edit, for the next one
_MOST_PIXELS = 2_400  # the widest picture of a page
_MOST_PAGES = 12  # that are pictured; the rest are printed all the same
_ROOM_FOR_BOTH = 960  # width: entry screen and page beside each other
_LIST = 300

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FormsPage(QWidget):
    """Left the forms and their sheets, right the entry screen, beside it the page as it will print."""

    def __init__(self, document: Document, actions: Actions, jobs: Jobs) -> None:
        super().__init__()
        self._document = document
        self._actions = actions
        self._jobs = jobs
        self._key: Key = ("", "")
        self._every: list[Item] = []
        self._wants_page: bool | None = None  # None: as there is room
        self._is_filling = False

        self.model = FormList(self)
        self.view = FormsView(self.model)
        self.filter = _Filter()
        self.editor = SheetEditor(document)
        self.overview = _Overview()
        self.picture = FormPages(jobs)
        self._make_buttons()
        self._count = ElidedLabel("quiet")
        self._place()
        self._connect()
        self._measure()

    # ── building ─────────────────────────────────────────────────────────────

    def _make_buttons(self) -> None:
        def button(words: str, tip: str, call: Callable[[], object]) -> QPushButton:
            made = QPushButton(words)
            made.setToolTip(tip)
            made.clicked.connect(lambda _=False: call())
            return made

        self.new = button("New sheet", "Start another sheet of this form. (Insert, in the list)", self.new_sheet)
        self.copy = button("Duplicate", "Make a copy of this sheet. (Ctrl+D, in the list)", self.duplicate)
        self.remove = button("Remove", "Throw this sheet away; Undo brings it back. (Delete, in the list)", self.drop)
        self.save = button("Save PDF…", "Write this form into a PDF file.", self.save_pdf)
        self.print = button("Print…", "Print this form.", self.print_paper)
        self.package = button("Package for Planning…", "Save many forms as one PDF.", self.make_package)
        theme.look(self.package, "primary")
        self.page = QPushButton("Show page")
        self.page.setCheckable(True)
        self.page.setToolTip("Show or hide the form as it will print.")
        self.page.clicked.connect(self._choose_page)

    def _place(self) -> None:
        title = QLabel("Forms")
        theme.look(title, "title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count, 1)
        for each in (self.page, self.print, self.save, self.package):
            head.addWidget(each)
        left = QWidget()
        column = self._left = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        for each in (self.new, self.copy, self.remove):
            each.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(each)
        column.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self.overview)
        self._middle = QSplitter(Qt.Orientation.Horizontal)
        self._middle.setChildrenCollapsible(False)
        self._middle.addWidget(self._stack)
        self._middle.addWidget(self.picture)
        self._middle.setStretchFactor(0, 3)
        self._middle.setStretchFactor(1, 2)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(left)
        self._splitter.addWidget(self._middle)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([theme.px(_LIST), theme.px(900)])
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(head)
        self._layout.addWidget(self._splitter, 1)
        order = (self.filter, self.view, self.new, self.copy, self.remove)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        for before, after in pairwise((self.picture, self.page, self.print, self.save, self.package)):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _: self._fill())
        self.filter.entered.connect(self._to_list)
        self.view.selectionModel().currentChanged.connect(self._chosen)
        self.view.entered_row.connect(self.enter)
        self.view.left.connect(self._to_filter)
        self.view.typed.connect(self._type_on)
        self.view.wanted_new.connect(self.new_sheet)
        self.view.wanted_copy.connect(self.duplicate)
        self.view.deleted.connect(self.drop)
        self.editor.began.connect(self._began)
        self.editor.left.connect(self._to_list)
        self.overview.chosen.connect(self.show_item)
        self.overview.new.connect(self.new_sheet)
        self.overview.plan.connect(self._to_plan)
        self.overview.brought.connect(self._bring)
        self.picture.left.connect(self._to_list)
        self._document.changed.connect(self._changed)

    def _measure(self) -> None:
        self._layout.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        self._layout.setSpacing(theme.px(8))
        self._left.setSpacing(theme.px(8))
        self.view.setMinimumWidth(theme.px(250))
        self.picture.setMinimumWidth(theme.px(240))
        self._fit()

    # ── what is shown ────────────────────────────────────────────────────────

    def current(self) -> Item | None:
        """What the list has selected."""
        row = self.model.row_of(self._key)
        return self.model.items[row] if row >= 0 else None

    def show_item(self, number: str, sheet_id: str = "") -> None:
        """Go to a form, or to one sheet of it."""
        self.editor.commit()
        self._fill()
        if self.filter.text() and self.model.row_of((number, sheet_id)) < 0:
            self.filter.clear()
        self._select((number, sheet_id))

    def commit(self) -> bool:
        """Store what is being typed."""
        return self.editor.commit()

    def showEvent(self, event: QShowEvent) -> None:
        self._fill()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.editor.commit()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_layout"):
            self._measure()

    def _changed(self) -> None:
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Show the forms as they are now; the selection stays."""
        plan = self._document.plan
        try:
            self._every = items(self._document.store, plan) if plan is not None else []
        except ComlError as error:
            self._document.refused.emit(error)
            return
        self._is_filling = True
        self.model.show(self._filtered())
        self._is_filling = False
        key = self._key
        if self.model.row_of(key) < 0:
            key = (key[0], "")  # its sheet is gone
        if self.model.row_of(key) < 0 and self.model.items:
            key = next((item.key for item in self.model.items if item.is_sheet), self.model.items[0].key)
        self._select(key)
        entered = sum(item.is_sheet for item in self._every)
        again = sum(item.state is item.state.STALE for item in self._every)
        said = [f"{entered} {'sheet' if entered == 1 else 'sheets'} in this period"]
        said += [f"{again} to print again"] if again else []
        self._count.set_words(" · ".join(said))

    def _filtered(self) -> list[Item]:
        """What the filter leaves: a form with all its sheets if it matches itself, else those sheets that do."""
        words = self.filter.text().casefold().split()
        if not words:
            return self._every
        kept: list[Item] = []
        form: Item | None = None
        for item in self._every:
            if not item.is_sheet:
                form = item
                if item.matches(words):
                    kept.append(item)
            elif item.matches(words) or (kept and kept[-1].form is item.form and form and form.matches(words)):
                if form is not None and form not in kept:
                    kept.append(form)
                kept.append(item)
        return kept

    def _select(self, key: Key) -> None:
        if key != self._key:
            self.editor.commit()  # it may begin a sheet of the form it leaves
        self._key = key
        row = self.model.row_of(key)
        self._is_filling = True
        if row >= 0:
            self.view.setCurrentIndex(self.model.index(row))
        self._is_filling = False
        self._show_current()

    def _chosen(self, index: Index) -> None:
        if self._is_filling or not index.isValid():
            return
        item = self.model.items[index.row()]
        if item.key != self._key:
            self.editor.commit()  # it may change the list
            self._key = item.key
            self._show_current()

    def _show_current(self) -> None:
        """The right side for what is selected."""
        item, plan = self.current(), self._document.plan
        can_edit = not self._document.store.is_read_only and plan is not None
        self.new.setEnabled(can_edit and item is not None and may_be_entered(item.form))
        for button in (self.copy, self.remove):
            button.setEnabled(can_edit and item is not None and item.is_sheet)
        is_paper = item is not None and not item.sheets
        self.save.setEnabled(is_paper)
        self.print.setEnabled(is_paper)
        self.package.setEnabled(plan is not None)
        if item is None or plan is None:
            self.overview.say_nothing(self.filter.text().strip())
            self._stack.setCurrentWidget(self.overview)
            self.picture.show_form(None, None, None)
            return
        if item.is_sheet or (not item.sheets and may_be_entered(item.form) and not self._earlier(item.form)):
            self.editor.show_sheet(item.form, item.sheet)
            self._stack.setCurrentWidget(self.editor)
        else:
            beneath = [each for each in self._every if each.is_sheet and each.form is item.form]
            period, earlier = self._earlier(item.form) or (None, [])
            self.overview.show_form(item, beneath, period, len(earlier), can_edit=can_edit)
            self._stack.setCurrentWidget(self.overview)
        self.picture.show_form(item.form, plan, item.sheet)

    def _earlier(self, form: Form) -> tuple[Period, list[Sheet]] | None:
        """The sheets of this form in the newest period that has any, while this one has none."""
        plan = self._document.plan
        if plan is None or any(item.is_sheet and item.form is form for item in self._every):
            return None
        before = [each for each in self._document.periods(plan.incident) if each.number < plan.period.number]
        for period in sorted(before, key=lambda period: period.number, reverse=True):
            kept = sheets_of(self._document.store, plan.incident, period)
            if found := [sheet for sheet in kept if sheet.form == form.number and sheet.period_id == period.id]:
                return period, found
        return None

    # ── the page as it will print ────────────────────────────────────────────

    def _fit(self) -> None:
        """Both beside each other where there is room, else one of them."""
        has_room = self.width() >= theme.px(_ROOM_FOR_BOTH)
        is_seen = has_room if self._wants_page is None else self._wants_page
        self.page.setChecked(is_seen)
        self.picture.setVisible(is_seen)
        self._stack.setVisible(has_room or not is_seen)

    def _choose_page(self, is_wanted: bool) -> None:
        self.editor.commit()
        self._wants_page = is_wanted
        self._fit()

    # ── going elsewhere ──────────────────────────────────────────────────────

    def _to_list(self) -> None:
        self.editor.commit()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_filter(self) -> None:
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.selectAll()

    def _type_on(self, text: str) -> None:
        """Letters typed in the list are a new filter."""
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
        self.filter.setText(text)

    def _to_plan(self) -> None:
        self._actions["page-plan"].trigger()

    def enter(self) -> None:
        """Enter in the list: type into the form, or open the first of its sheets."""
        item = self.current()
        if item is None:
            return
        if self._stack.isHidden():
            self._wants_page = False
            self._fit()
        if self._stack.currentWidget() is self.editor:
            self.editor.go_to_first()
        else:
            self.overview.focus_first()

    def _began(self, sheet_id: str) -> None:
        """Typing begins a sheet: it is the selected one from now on."""
        self._key = (self._key[0], sheet_id)

    # ── doing ────────────────────────────────────────────────────────────────

    def _can_edit(self) -> bool:
        return self._document.plan is not None and not self._document.store.is_read_only

    def new_sheet(self) -> None:
        """Start a sheet of the selected form, and type into it."""
        item, plan = self.current(), self._document.plan
        if item is None or plan is None or not self._can_edit() or not may_be_entered(item.form):
            return
        self.editor.commit()
        if self._make(sheets.new_sheet(item.form.number, plan.incident.id, period_id=plan.period.id)):
            self.enter()

    def duplicate(self) -> None:
        """Copy the selected sheet."""
        item, plan = self.current(), self._document.plan
        if item is None or plan is None or item.sheet is None or not self._can_edit():
            return
        self.editor.commit()
        item = self.current() or item
        if item.sheet is not None:
            self._make(sheets.copy_sheet(item.sheet, plan.period.id))

    def _make(self, change: Change) -> bool:
        """Store new sheets and go to the last of them."""
        if not self._document.make(change):
            return False
        made = [each for each in change.after if isinstance(each, Sheet)]
        self.show_item(made[-1].form, made[-1].id)
        return True

    def drop(self) -> None:
        """Throw the selected sheet away."""
        self.editor.commit()
        item = self.current()
        if item is not None and item.sheet is not None and self._can_edit():
            row = self.model.row_of(item.key)
            beside = [self.model.items[at] for at in (row + 1, row - 1) if 0 <= at < len(self.model.items)]
            near = next((each.key for each in beside if each.is_sheet and each.form is item.form), None)
            self._document.make(sheets.remove_sheet(item.sheet))
            if near is not None:
                self._select(near)

    def _bring(self) -> None:
        """Copy the sheets of the period before."""
        item, plan = self.current(), self._document.plan
        earlier = self._earlier(item.form) if item is not None else None
        if plan is None or earlier is None:
            return
        period, kept = earlier
        copies = [sheets.copy_sheet(sheet, plan.period.id).after[0] for sheet in kept]
        what = "1 sheet" if len(copies) == 1 else f"{len(copies)} sheets"
        self._make(Change([], copies, f"Copy {what} of {kept[0].form} from period {period.number}"))

    def save_pdf(self) -> None:
        """Write the selected form into a file."""
        self.editor.commit()
        item = self.current()
        if item is not None:
            package.save_pdf(self, self._document, item)

    def print_paper(self) -> None:
        """Print the selected form."""
        self.editor.commit()
        item = self.current()
        if item is not None:
            package.print_paper(self, self._document, item)

    def make_package(self) -> None:
        """Choose forms and save them as one file."""
        self.editor.commit()
        package.package(self, self._document, self._jobs)


# ── the list ─────────────────────────────────────────────────────────────────


class _Filter(QLineEdit):
    """What is looked for. Down or Enter goes to the list, Esc empties it."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Filter: 204, Division A, not printed …")
        self.setAccessibleName("Filter the forms")
        self.setToolTip("Show only forms and sheets that say this: a number, a word, a state.")
        self.setMaxLength(100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FormsView(QListView):
    """Forms and their sheets. Enter types into one, letters filter, Esc goes to the filter."""

    entered_row = Signal()
    left = Signal()
    typed = Signal(str)
    wanted_new = Signal()
    wanted_copy = Signal()
    deleted = Signal()

    def __init__(self, model: FormList) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_ItemDelegate(self))
        self.setAccessibleName("Forms of this period")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _: self.entered_row.emit())

    def _command(self, event: QKeyEvent) -> Callable[[], None] | None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_D and held == Qt.KeyboardModifier.ControlModifier:
            return self.wanted_copy.emit
        if held:
            return None
        return {
            Qt.Key.Key_Insert: self.wanted_new.emit,
            Qt.Key.Key_Delete: self.deleted.emit,
            Qt.Key.Key_Return: self.entered_row.emit,
            Qt.Key.Key_Enter: self.entered_row.emit,
            Qt.Key.Key_Escape: self.left.emit,
        }.get(Qt.Key(event.key()))

    def event(self, event: QEvent) -> bool:
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and self._command(event) is not None:
            event.accept()  # Ctrl+D is a command of the Plan page too
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = self._command(event)
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if command is not None:
            command()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _ItemDelegate(QStyledItemDelegate):
    """A form in bold with its title; a sheet beneath it; the state of the paper in words with a sign."""

    def __init__(self, view: FormsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item = index.data(RECORD_ROLE)
        lines = 2 if isinstance(item, Item) and item.words else 1
        return QSize(theme.px(200), lines * self._view.fontMetrics().lineSpacing() + theme.px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(RECORD_ROLE)
        if not isinstance(item, Item):
            return
        rect = QRect(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(rect, theme.color("selection"))
            if self._view.hasFocus():
                painter.fillRect(QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.color("focus"))
        left = theme.px(28 if item.is_sheet else 8)
        inner = rect.adjusted(left, theme.px(4), -theme.px(8), -theme.px(4))
        high = painter.fontMetrics().lineSpacing()
        top = QRect(inner.left(), inner.top(), inner.width(), high)
        painter.setPen(theme.color("selection_text" if is_selected else "text"))
        if not item.is_sheet:
            bold = painter.font()
            plain = painter.font()
            bold.setBold(True)
            painter.setFont(bold)
            number = f"{item.form.number}  "
            painter.drawText(top, _LEFT, number)
            top.setLeft(top.left() + painter.fontMetrics().horizontalAdvance(number))
            painter.setFont(plain)
        shown = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, _LEFT, shown)
        if item.words:
            low = QRect(inner.left(), inner.top() + high, inner.width(), high)
            if item.icon:
                size = theme.px(14)
                painter.drawPixmap(low.left(), low.center().y() - size // 2, theme.pixmap(item.icon, item.token, 14))
                low.setLeft(low.left() + size + theme.px(6))
            painter.setPen(theme.color("warning" if item.token == "warning" else "quiet"))
            words = painter.fontMetrics().elidedText(item.words, Qt.TextElideMode.ElideRight, low.width())
            painter.drawText(low, _LEFT, words)
        painter.restore()


# ── in place of the entry screen ─────────────────────────────────────────────


class _Overview(QWidget):
    """A form that is not typed here, or has several sheets: what it is, and where to go on."""

    chosen = Signal(str, str)
    new = Signal()
    plan = Signal()
    brought = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._said: list[str] = []
        self._made: list[QPushButton] = []
        self.title, self.words = QLabel(), QLabel()
        theme.look(self.title, "heading")
        theme.look(self.words, "quiet")
        for label in (self.title, self.words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._buttons = QVBoxLayout()
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.words)
        self._layout.addLayout(self._buttons)
        self._layout.addStretch(1)

    def show_form(
        self, item: Item, beneath: list[Item], period: Period | None, earlier: int, *, can_edit: bool
    ) -> None:
        """Say what there is of a form."""
        form = item.form
        self.title.setText(f"{form.number} · {form.title}")
        said = [form.help] if form.help else []
        todo: list[tuple[str, Callable[[], None]]] = []
        if not may_be_entered(form):
            said.append("This form is the radio plan itself: all of it is typed on the Plan page.")
            todo.append(("Go to the plan", self.plan.emit))
        elif beneath:
            said.append("Choose a sheet, or start another.")
        elif period is not None:
            what = "1 sheet" if earlier == 1 else f"{earlier} sheets"
            said.append(f"This period has none yet. Operational period {period.number} had {what}.")
        for each in beneath:
            todo.append((f"{each.name} – {each.words}", self._opens(each)))
        if can_edit and period is not None and not beneath:
            what = "it" if earlier == 1 else f"all {earlier}"
            todo.append((f"Copy {what} from period {period.number}", self.brought.emit))
        if can_edit and may_be_entered(form):
            todo.append(("New sheet", self.new.emit))
        self.words.setText("\n\n".join(said))
        self._offer(todo)

    def say_nothing(self, typed: str) -> None:
        """Nothing is selected."""
        self.title.setText(f"No form says “{typed}”." if typed else "There is no incident in this file yet.")
        self.words.setText("Esc in the filter shows them all." if typed else "Start one with New incident (Ctrl+N).")
        self._offer([])

    def focus_first(self) -> None:
        """The keyboard goes to the first thing there is to do."""
        if self._made:
            self._made[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _opens(self, item: Item) -> Callable[[], None]:
        return lambda: self.chosen.emit(*item.key)

    def _offer(self, todo: list[tuple[str, Callable[[], None]]]) -> None:
        said = [words for words, _ in todo]
        if said == self._said:
            for button, (_, call) in zip(self._made, todo, strict=True):  # what has the keyboard keeps it
                button.clicked.disconnect()
                button.clicked.connect(lambda _=False, call=call: call())
            return
        for button in self._made:
            button.hide()
            button.deleteLater()
        self._said, self._made = said, []
        for words, call in todo:
            button = QPushButton(words.replace("&", "&&"))
            button.setToolTip(f"{words}.")
            button.clicked.connect(lambda _=False, call=call: call())
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.show()
            self._made.append(button)
        self._buttons.setSpacing(theme.px(8))
        self._layout.setSpacing(theme.px(12))


# ── pictures ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Drawing:
    sizes: tuple[tuple[float, float], ...]
    pictures: tuple[QImage, ...]
    pages: int
    notes: tuple[str, ...]


_Asked = tuple[Form, Plan, Sheet | None, int]


class FormPages(QWidget):
    """The selected form as it will print; drawn in the background, only while it is visible."""

    left = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._of: tuple[Form, Plan, Sheet | None] | None = None
        self._drawn: _Asked | None = None  # what the pictures show
        self._stop: Event | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._start)
        self.sheets = _Desk()
        self.sheets.left.connect(self.left)
        self.sheets.resized.connect(lambda: self._wait.start(_WAIT_MS))
        self.words, self.note = QLabel(), QLabel()
        theme.look(self.words, "quiet")
        for label in (self.words, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(6), 0, 0, 0)
        layout.addWidget(self.sheets, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.words)
        self.setFocusProxy(self.sheets)

    @property
    def drawing(self) -> _Drawing | None:
        """What is on screen."""
        return self.sheets.drawing

    def show_form(self, form: Form | None, plan: Plan | None, sheet: Sheet | None) -> None:
        """Show another form, or this one anew."""
        of = (form, plan, sheet) if form is not None and plan is not None else None
        if of == self._of:
            return
        if of is None or self._of is None or of[0] is not self._of[0]:
            self.sheets.show_drawing(None)  # never the picture of another form
            self.note.hide()
            self.words.clear()
        if self._stop is not None:
            self._stop.set()  # it draws what is old by now
            self._stop = None
        self._of = of
        self.sheets.setAccessibleName(f"{form.number} as it will print" if form else "No form")
        self._wait.start(_WAIT_MS if self._drawn else 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wait.start(0)

    def _start(self) -> None:
        if self._of is None or not self.isVisible():
            return
        asked = (*self._of, min(round(self.sheets.page_width * self.devicePixelRatioF()), _MOST_PIXELS))
        if asked == self._drawn:
            return
        if self._stop is not None:
            self._stop.set()
        self._stop = self._jobs.start(
            f"Drawing {asked[0].number}",
            _draw,
            asked,
            on_done=lambda drawing: self._done(asked, drawing),
            on_error=lambda error: self._failed(asked, error),
        )

    def _done(self, asked: _Asked, drawing: _Drawing) -> None:
        self._stop, self._drawn = None, asked
        self.sheets.show_drawing(drawing)
        pages = "1 page" if drawing.pages == 1 else f"{drawing.pages} pages"
        more = f", the first {_MOST_PAGES} of them here" if drawing.pages > _MOST_PAGES else ""
        self.words.setText(f"{asked[0].number} · {pages}{more}")
        self._say("\n".join(drawing.notes), "warning")

    def _failed(self, asked: _Asked, error: Exception) -> None:
        self._stop, self._drawn = None, asked
        if not isinstance(error, ComlError):
            raise error
        self.sheets.show_drawing(None)
        self.words.clear()
        self._say(f"{error.message} {error.hint}".strip(), "error")

    def _say(self, words: str, look: str) -> None:
        theme.look(self.note, look)
        self.note.setText(words)
        self.note.setVisible(bool(words))


def _draw(asked: _Asked, *, progress: Progress) -> _Drawing:
    """Runs in a job: the form, and a picture of each of its pages."""
    form, plan, sheet, width = asked
    drawn = forms.draw(form, plan, sheet=sheet)
    progress(0, 0)  # an edit made meanwhile stops it here
    pictures = []
    with Pdf(drawn.pdf) as pdf:
        for page in range(min(pdf.pages, _MOST_PAGES)):
            pictures.append(pdf.picture(page, width))
            progress(0, 0)
        sizes = tuple(pdf.size(page) for page in range(len(pictures)))
    return _Drawing(sizes, tuple(pictures), drawn.pages, drawn.notes)


class _Desk(QAbstractScrollArea):
    """Pages under each other. + and - change their size, 0 fits the width."""

    left = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.drawing: _Drawing | None = None
        self._zoom = 1.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip("The form as it will print. Ctrl with the wheel, + and - change the size; 0 fits the width.")

    @property
    def page_width(self) -> int:
        """Of a page, in pixels of the screen's own measure."""
        bar = self.verticalScrollBar().sizeHint().width()
        return max(round((self.maximumViewportSize().width() - bar - theme.px(8)) * self._zoom), 50)

    def show_drawing(self, drawing: _Drawing | None) -> None:
        """Show other pictures."""
        self.drawing = drawing
        self._measure()
        self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Change the size; 1 is as wide as the window."""
        self._zoom = min(max(zoom, 0.5), 4.0)
        self._measure()
        self.viewport().update()
        self.resized.emit()

    def _places(self) -> list[QRect]:
        gap, wide = theme.px(4), self.page_width
        places, top = [], gap
        for across, down in self.drawing.sizes if self.drawing else ():
            high = round(wide * down / across)
            places.append(QRect(gap, top, wide, high))
            top += high + theme.px(12)
        return places

    def _measure(self) -> None:
        places = self._places()
        seen = self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        for bar, end, page in (
            (down, places[-1].bottom() if places else 0, seen.height()),
            (across, places[-1].right() if places else 0, seen.width()),
        ):
            bar.setSingleStep(theme.px(40))
            bar.setPageStep(page)
            bar.setRange(0, max(0, end + theme.px(4) - page))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self.resized.emit()

    def scrollContentsBy(self, across: int, down: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("window"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.drawing is None:
            painter.setPen(theme.color("quiet"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, "Drawing …")
        else:
            for place, picture in zip(self._places(), self.drawing.pictures, strict=True):
                place.translate(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
                if place.intersects(self.viewport().rect()):
                    painter.drawImage(QRectF(place), on_paper(picture))
                    painter.setPen(theme.color("edge"))
                    painter.drawRect(place)
        if self.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * 1.2 ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(self._zoom * 1.2)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.set_zoom(self._zoom / 1.2)
        elif key == Qt.Key.Key_0:
            self.set_zoom(1.0)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
