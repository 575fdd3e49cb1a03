"""The radio plan of one operational period: the ICS 205 as a table to type into."""

from functools import partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from coml_toolkit import compare, library, planning
from coml_toolkit.errors import ComlError
from coml_toolkit.model.channel import Kind
from coml_toolkit.model.finding import Finding, Severity
from coml_toolkit.model.plan import Line, Plan, Revision
from coml_toolkit.store.content import plan_of

from .. import theme
from ..actions import Actions, with_shortcut
from ..document import Document
from ..models import completion
from ..models.plan import ACROSS, COLUMNS, PLACE, Band, NewLine, PlanTable
from ..models.table import Index, Role
from ..widgets.elided import ElidedButton
from ..widgets.findings import Findings, FindingsList
from ..widgets.offers import OfferLine
from ..widgets.preview import PagePictures, PageView

_SHOWN_LINES = 3  # of the special instructions, below the table
_MEASURED_LINES = 200  # as many as decide how wide columns start


class PlanPage(QWidget):
    """The plan as a table, or as the page it will print."""

    selected = Signal(object)  # the current Line, or None

    def __init__(self, document: Document, actions: Actions, pictures: PagePictures, findings: Findings) -> None:
        super().__init__()
        self._document = document
        self._actions = actions
        self._findings = findings
        self.table = PlanView(document)
        self.table.setAccessibleName("Radio plan")
        self._page = PageView(pictures)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._page)

        self._state = ElidedButton("quiet")
        self._state.clicked.connect(actions["revisions"].trigger)
        self._list = FindingsList(document, findings)
        self._list.setVisible(actions["findings"].isChecked())
        self._list.chosen.connect(self._go_to_finding)
        self._instructions = _Instructions()
        self._instructions.edit.clicked.connect(actions["special-instructions"].trigger)

        layout = QVBoxLayout(self)
        layout.addLayout(self._head())
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._list)
        layout.addWidget(self._instructions)

        self._connect()
        self.refresh()

    def _head(self) -> QHBoxLayout:
        title = QLabel("Radio plan")
        theme.look(title, "title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._state)
        head.addStretch(1)
        self._count = _button(self._actions, "findings", "Findings", "")
        head.addWidget(self._count)
        self._buttons = [
            _button(self._actions, name, words, looks)
            for name, words, looks in (
                ("copy-forward", "Copy forward…", ""),
                ("add-line", "Add line", ""),
                ("preview", "Preview 205", ""),
                ("sign", "Sign and lock…", "primary"),
            )
        ]  # the first gives way first where there is little room; all are in the menu
        for button in self._buttons:
            head.addWidget(button)
        return head

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(420), theme.px(260))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        """As many buttons as have room beside the title and the state."""
        gap = theme.px(8)
        room = self.width() - 2 * theme.px(16) - theme.px(230) - self._count.sizeHint().width()
        for button in reversed(self._buttons):
            room -= button.sizeHint().width() + gap
            button.setVisible(room >= 0)

    def _connect(self) -> None:
        table, actions = self.table, self._actions
        for name, call in (
            ("add-line", self._add_line),
            ("remove-lines", table.remove_lines),
            ("move-up", lambda: table.move_lines(-1)),
            ("move-down", lambda: table.move_lines(1)),
            ("new-zone", self._put_into_zone),
            ("direct-twin", self._add_twin),
            ("renumber", self._renumber),
            ("fold-zones", table.fold_all),
        ):
            actions[name].triggered.connect(call)
        actions["preview"].toggled.connect(self.show_page)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._page)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(lambda: actions["preview"].setChecked(False))
        actions["findings"].toggled.connect(self._show_findings)
        self._findings.changed.connect(self._mark_findings)
        table.current_changed.connect(self._current_changed)
        table.wants_inspector.connect(lambda: actions["inspector"].setChecked(True))
        self._document.changed.connect(self.refresh)

    # ── what is shown ────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Show the state of the plan as it is now."""
        plan = self._document.plan
        if plan is None:
            return
        state, tip = _state_of(self._document, plan)
        self._state.set_words(state)
        self._state.setToolTip(with_shortcut(tip, self._actions["revisions"]))
        self._actions["sign"].setEnabled(not plan.is_signed and not self._document.store.is_read_only)
        self._instructions.show_text(plan.period.special_instructions)
        self._fit_buttons()
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
            layout.setSpacing(theme.px(8))

    def show_page(self, is_page: bool) -> None:
        """Show the 205 as it will print, or the table again."""
        self._stack.setCurrentWidget(self._page if is_page else self.table)
        (self._page if is_page else self.table).setFocus()

    def show_line(self, assignment_id: str) -> None:
        """Go to a line of the plan."""
        self._actions["preview"].setChecked(False)
        self.table.go_to(assignment_id)

    def _show_findings(self, is_wanted: bool) -> None:
        self._list.setVisible(is_wanted)
        if is_wanted:
            self._list.list.setFocus()

    def _mark_findings(self) -> None:
        """Say how many there are, and mark the lines they are about."""
        errors, warnings = self._findings.counts
        parts = [
            f"! {errors} {'error' if errors == 1 else 'errors'}" if errors else "",
            f"? {warnings} {'warning' if warnings == 1 else 'warnings'}" if warnings else "",
        ]
        self._count.setText("   ".join(part for part in parts if part) or "No findings")
        said = f"{errors} open errors and {warnings} open warnings in this plan."
        self._count.setAccessibleName(said)
        self._count.setToolTip(with_shortcut(said, self._actions["findings"]))
        theme.look(self._count, "error" if errors else "warning" if warnings else "")
        self.table.show_marks(self._findings.marks())

    def _go_to_finding(self, finding: Finding) -> None:
        """Put the cursor on the first line of a finding; the keyboard stays in the list."""
        if finding.line_ids:
            self._actions["preview"].setChecked(False)
            self.table.show_line(finding.line_ids[0])

    def _current_changed(self) -> None:
        line = self.table.current_line()
        repeater = line is not None and line.channel.kind is Kind.CONVENTIONAL and not line.channel.is_simplex
        can_edit = not self._document.store.is_read_only
        self._actions["direct-twin"].setEnabled(repeater and can_edit)
        for name in ("remove-lines", "move-up", "move-down", "new-zone"):
            self._actions[name].setEnabled(line is not None and can_edit)
        self.selected.emit(line)

    # ── doing ────────────────────────────────────────────────────────────────

    def _add_line(self) -> None:
        self._actions["preview"].setChecked(False)
        self.table.add_line()

    def _put_into_zone(self) -> None:
        lines = self.table.selected_lines()
        plan = self._document.plan
        if not lines or plan is None:
            return
        from ..dialogs import zone as zone_dialog  # with what every dialog needs; not before one is asked for

        zone = zone_dialog.ask(self, self._document)
        if zone is None:
            return
        there = [line.assignment.position for line in plan.lines if line.assignment.zone == zone]
        position = there[-1] + 1 if there else lines[-1].assignment.position + 1
        if not there:  # a new zone stands after the one its lines leave
            old = lines[-1].assignment.zone
            position = max(line.assignment.position for line in plan.lines if line.assignment.zone == old) + 1
        self._document.make(planning.move_lines(plan, lines, position, zone=zone))
        self.table.go_to(lines[0].assignment.id)

    def _add_twin(self) -> None:
        line, plan = self.table.current_line(), self._document.plan
        if line is None or plan is None:
            return
        try:
            twin = library.find(library.channels(), f"{line.channel.name}D")
            if twin is not None and twin.rx_hz != line.channel.rx_hz:
                twin = None  # the library's twin belongs to another frequency than this line's
            self._document.make(planning.direct_twin(plan, line, twin))
        except ComlError as error:
            self._document.refused.emit(error)

    def _renumber(self) -> None:
        if self._document.plan is not None:
            self._document.make(planning.renumber(self._document.plan))


def _button(actions: Actions, name: str, words: str, looks: str) -> QPushButton:
    """A button for an action: its words, tooltip, enabled and checked state are the action's."""
    action = actions[name]
    button = QPushButton(words)
    button.setToolTip(action.toolTip())
    button.setCheckable(action.isCheckable())
    if looks:
        theme.look(button, looks)
    if action.isCheckable():
        button.toggled.connect(action.setChecked)
        action.toggled.connect(button.setChecked)
    else:
        button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)
    return button


def _state_of(document: Document, plan: Plan) -> tuple[str, str]:
    """'revision 4 · draft · 3 changes since revision 3', and a tooltip that says which."""
    if plan.is_signed:
        return f"revision {plan.revision} · signed by {plan.signed_by}", "Signed and unchanged since."
    revisions = document.store[Revision].where(period_id=plan.period.id)
    if not revisions:
        return "revision 1 · draft", "Not signed yet."
    newest = revisions[-1]
    changes = compare.differences(plan_of(newest, plan.incident, plan.period), plan)
    count = f"{len(changes)} {'change' if len(changes) == 1 else 'changes'}"
    return f"revision {plan.revision} · draft · {count} since revision {newest.number}", "\n".join(changes[:12])


class _Instructions(QWidget):
    """Block 5 of the 205 in short, with the way to it."""

    def __init__(self) -> None:
        super().__init__()
        theme.look(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = QLabel("Special instructions")
        theme.look(heading, "heading")
        heading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._whole = ""
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.edit = QPushButton("Edit…")
        self.edit.setAccessibleName("Edit special instructions")
        self.edit.setToolTip("Write block 5 of the ICS 205. (Ctrl+I)")
        layout = QHBoxLayout(self)
        layout.addWidget(heading, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)

    def show_text(self, text: str) -> None:
        """Show the first lines; the tooltip has all."""
        self._whole = text
        theme.look(self._text, "" if text else "quiet")
        self._text.setToolTip(text)
        self._shorten()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        """As many whole lines as there is room for, and … where there is more."""
        text = self._whole or "None. They are printed in block 5: emergency traffic, patches, secure voice."
        metrics, width = self._text.fontMetrics(), max(self._text.width(), theme.px(100))

        def lines(part: str) -> int:
            room = QRect(0, 0, width, 10_000)
            return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, part).height() // metrics.lineSpacing()

        shown = text
        if lines(text) > _SHOWN_LINES:
            low, high = 0, len(text)
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if lines(f"{text[:middle]}…") <= _SHOWN_LINES else (low, middle)
            shown = f"{text[:low].rstrip()}…"
        self._text.setText(shown)


# ── the table ────────────────────────────────────────────────────────────────


class PlanView(QTableView):
    """The plan as a table: bands fold, rows drag, cells take what is typed or pasted."""

    current_changed = Signal()
    wants_inspector = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._folded: set[str] = set()
        self.marks: dict[str, Severity] = {}  # the gravest open finding, by the id of a line's assignment
        self.plan_table = PlanTable(document, self)
        self.setModel(self.plan_table)
        self.setItemDelegate(_CellDelegate(self, document))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(theme.px(28))
        self.plan_table.modelAboutToBeReset.connect(self._before_reset)
        self.plan_table.modelReset.connect(self._after_reset)
        self.plan_table.dataChanged.connect(self._spans)
        self.plan_table.dataChanged.connect(self._told)
        self.plan_table.refused.connect(document.refused)
        self.horizontalHeader().sectionResized.connect(self._resized_by_hand)
        self._kept: tuple[str, int, int] | None = None
        self._has_own_widths = False  # the user dragged a heading's edge: leave widths alone
        self._is_fitting = False
        self._after_reset()

    # ── where the user is ────────────────────────────────────────────────────

    def current_line(self) -> Line | None:
        """The line under the cursor."""
        index = self.currentIndex()
        row = self.plan_table.row(index.row()) if index.isValid() else None
        return row if isinstance(row, Line) else None

    def selected_lines(self) -> list[Line]:
        """The lines with a selected cell; a selected band gives its lines."""
        lines: dict[str, Line] = {}
        for number in sorted({index.row() for index in self.selectedIndexes()}):
            row = self.plan_table.row(number)
            for line in (row,) if isinstance(row, Line) else row.lines if isinstance(row, Band) else ():
                lines[line.assignment.id] = line
        return list(lines.values())

    def go_to(self, assignment_id: str, column: str = "name") -> None:
        """Put the cursor on a line."""
        row = self.plan_table.row_of(assignment_id)
        if row >= 0:
            self._unfold_row(row)
            self._put_cursor(row, PLACE[column])
            self.setFocus()

    def show_line(self, assignment_id: str) -> None:
        """Put the cursor on a line and leave the keyboard where it is."""
        row = self.plan_table.row_of(assignment_id)
        if row >= 0:
            self._unfold_row(row)
            self._put_cursor(row, PLACE["name"])

    def show_marks(self, marks: dict[str, Severity]) -> None:
        """Mark the lines that a finding is about."""
        self.marks = marks
        self.viewport().update()

    def _put_cursor(self, row: int, place: int) -> None:
        """Put the cursor there and select nothing else, whatever keys are held down."""
        index = self.plan_table.index(row, place)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @property
    def is_editing(self) -> bool:
        """A cell is open for typing."""
        return self.state() is QAbstractItemView.State.EditingState

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # the whole row is marked, not only the cell
        self.current_changed.emit()

    def _told(self) -> None:
        self._sizes()
        self.current_changed.emit()

    # ── doing ────────────────────────────────────────────────────────────────

    def add_line(self) -> None:
        """Type a new line below the one under the cursor, or at the end."""
        plan, line = self._document.plan, self.current_line()
        if plan is None or self._document.store.is_read_only:
            return
        at = None if line is None or line.assignment.position == len(plan.lines) - 1 else line.assignment.position + 1
        self.plan_table.put_new_line(at)
        self.edit_new_line()

    def go_to_new_line(self) -> None:
        """Put the cursor on the empty line."""
        if self.plan_table.new_row >= 0:
            self._put_cursor(self.plan_table.new_row, PLACE["name"])

    def edit_new_line(self) -> None:
        """Open the name of the empty line for typing."""
        row = self.plan_table.new_row
        if row >= 0:
            self._unfold_row(row)
            self.setFocus()
            self._put_cursor(row, PLACE["name"])
            self.edit(self.currentIndex())

    def remove_lines(self) -> None:
        """Take the selected lines out of the plan."""
        lines, plan = self.selected_lines(), self._document.plan
        if lines and plan is not None:
            self._document.make(planning.remove_lines(plan, lines))

    def move_lines(self, step: int) -> None:
        """Move the selected lines one row up (-1) or down (1)."""
        lines = self.selected_lines()
        rows = [self.plan_table.row_of(line.assignment.id) for line in lines]
        if not rows:
            return
        chosen = {line.assignment.id for line in lines}
        target = min(rows) - 1 if step < 0 else max(rows) + 1
        everything = self.plan_table.rows
        while 0 <= target < len(everything) and isinstance(everything[target], NewLine):
            target += step
        if not 0 <= target < len(everything):
            return
        # Up: before the row above (before a band: the end of the zone above it). Down: after the row below.
        if step < 0 and target == 0 and isinstance(everything[0], Band):
            return
        if self.plan_table.move(lines, target if step < 0 else target + 1):
            self._select(chosen)

    def _select(self, ids: set[str]) -> None:
        rows = [row for row in (self.plan_table.row_of(id_) for id_ in ids) if row >= 0]
        if not rows:
            return
        column = max(self.currentIndex().column(), 0)
        self._put_cursor(min(rows), column)
        for row in rows:
            self.selectionModel().select(self.plan_table.index(row, column), QItemSelectionModel.SelectionFlag.Select)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, for a spreadsheet."""
        QApplication.clipboard().setText(self.plan_table.copied(self._cells()))

    def paste(self) -> None:
        """Take rows or cells of a spreadsheet from the clipboard."""
        if self._document.store.is_read_only:
            return
        added = self.plan_table.paste(QApplication.clipboard().text(), self.currentIndex())
        if added:
            self._select(set(added))

    def _cells(self) -> list[QModelIndex]:
        """The selected cells; a single one stands for its whole line."""
        cells = self.selectedIndexes()
        if len({cell.row() for cell in cells}) == len(cells):
            return [self.plan_table.index(cell.row(), place) for cell in cells for place in range(len(COLUMNS))]
        return cells

    # ── folding ──────────────────────────────────────────────────────────────

    def toggle(self, row: int) -> None:
        """Fold or unfold the zone of a band."""
        band = self.plan_table.row(row)
        if isinstance(band, Band):
            self._folded ^= {band.lines[0].assignment.id}
            self._fold()

    def fold_all(self) -> None:
        """Fold every zone, or unfold every one if any is folded."""
        bands = {row.lines[0].assignment.id for row in self.plan_table.rows if isinstance(row, Band)}
        self._folded = set() if self._folded & bands else bands
        self._fold()

    def is_folded(self, band: Band) -> bool:
        """The lines of this band are hidden."""
        return band.lines[0].assignment.id in self._folded

    def _fold(self) -> None:
        hidden = False
        for number, row in enumerate(self.plan_table.rows):
            if isinstance(row, Band):
                hidden = self.is_folded(row)
            self.setRowHidden(number, hidden and isinstance(row, Line))
        self.viewport().update()

    def _unfold_row(self, row: int) -> None:
        for number in range(row, -1, -1):
            band = self.plan_table.row(number)
            if isinstance(band, Band):
                self._folded.discard(band.lines[0].assignment.id)
                self._fold()
                return

    # ── keeping place ────────────────────────────────────────────────────────

    def _before_reset(self) -> None:
        index = self.currentIndex()
        line = self.current_line()
        self._kept = (line.assignment.id if line else "", index.row(), index.column()) if index.isValid() else None

    def _after_reset(self) -> None:
        self._spans()
        self._fold()
        self._sizes()
        if self._kept is not None and self.plan_table.rowCount():
            id_, row, column = self._kept
            found = self.plan_table.row_of(id_) if id_ else -1
            row = found if found >= 0 else min(row, self.plan_table.rowCount() - 1)
            self._put_cursor(row, max(column, 0))
        elif self.plan_table.new_row >= 0:  # an empty plan: ready to type a name
            self.go_to_new_line()
        self.current_changed.emit()

    def _spans(self) -> None:
        """A band is one wide cell; so are the frequencies of what has none."""
        self.clearSpans()
        for number, row in enumerate(self.plan_table.rows):
            if isinstance(row, Band):
                self.setSpan(number, 0, 1, len(COLUMNS))
            elif isinstance(row, Line) and row.channel.kind is not Kind.CONVENTIONAL:
                self.setSpan(number, PLACE[ACROSS[0]], 1, len(ACROSS))

    def _sizes(self) -> None:
        """Row height for the text size of now, and columns as wide as what they show; remarks take the rest."""
        self.verticalHeader().setMinimumSectionSize(theme.row_height())
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        if self._has_own_widths:
            return
        metrics = QFontMetrics(theme.figures(self.font()))
        heading = self.horizontalHeader().fontMetrics()
        lines = [row for row in self.plan_table.rows if isinstance(row, Line)][:_MEASURED_LINES]
        self._is_fitting = True
        for place, column in enumerate(COLUMNS[:-1]):
            texts = [
                column.text(line) for line in lines if not column.is_radio or line.channel.kind is Kind.CONVENTIONAL
            ]
            is_frequency = column.name in ("rx", "tx")
            measure = partial(_frequency_width, metrics) if is_frequency else metrics.horizontalAdvance
            widest = max(map(measure, texts), default=0)
            least = metrics.averageCharWidth() * column.chars
            title = heading.horizontalAdvance(column.title) * 11 // 10  # the heading is bold
            if not is_frequency:
                widest = min(widest, least * 2)
            width = max(title, widest, least // 2 if lines else least) + theme.px(15)
            if column.name == "number":
                width += theme.px(8)  # for the sign of a finding
            self.setColumnWidth(place, width)
        self.setColumnWidth(len(COLUMNS) - 1, theme.px(90))  # at least; it stretches
        self._is_fitting = False

    def _resized_by_hand(self) -> None:
        """Only a drag of a heading's edge counts: a click elsewhere can make the table wider or narrower too."""
        is_dragged = QApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if not self._is_fitting and is_dragged and self.horizontalHeader().viewport().underMouse():
            self._has_own_widths = True

    # ── Qt calls ─────────────────────────────────────────────────────────────

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._has_own_widths = False  # they were made for another size of text
            QTimer.singleShot(0, self, self._sizes)  # when headings have the new size too

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row = self.plan_table.row(index.row()) if index.isValid() else None
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key == Qt.Key.Key_Delete and not event.modifiers():
            self.plan_table.clear(self.selectedIndexes())
        elif isinstance(row, NewLine) and COLUMNS[index.column()].name == "number" and event.text().isprintable():
            if event.text().strip():  # what is typed on the empty line is a channel's name
                self.go_to_new_line()
            super().keyPressEvent(event)
        elif isinstance(row, Band) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle(index.row())
        elif isinstance(row, Band) and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if self.is_folded(row) == (key == Qt.Key.Key_Right):
                self.toggle(index.row())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            if self.plan_table.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            else:
                self.wants_inspector.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            row = self.plan_table.row(index.row())
            if isinstance(row, Band):
                self.toggle(index.row())
            elif isinstance(row, NewLine) and self.state() is QAbstractItemView.State.NoState:
                self.edit_new_line()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        was_new = (
            isinstance(self.plan_table.row(self.currentIndex().row()), NewLine)
            if self.currentIndex().isValid()
            else False
        )
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.RevertModelCache and was_new:
            self.plan_table.put_new_line(None)


_DECIMALS = 5  # room for so many, so that the points of a column stand in line


def _frequency_parts(text: str) -> tuple[str, str, int]:
    """'151.1375 N' to '151.1375', 'N', and how many decimals it is short of five; words have no letter."""
    figures, _, letter = text.partition(" ")
    if not figures.replace(".", "").isdigit():
        return text, "", 0
    return figures, letter, max(0, _DECIMALS - len(figures.partition(".")[2]))


def _frequency_width(metrics: QFontMetrics, text: str) -> int:
    """How wide `_paint_frequency` paints."""
    figures, letter, short = _frequency_parts(text)
    if not letter:
        return metrics.horizontalAdvance(figures)
    slot = metrics.horizontalAdvance("W") + theme.px(4)
    return metrics.horizontalAdvance(figures) + short * metrics.horizontalAdvance("0") + slot


def _paint_frequency(painter: QPainter, rect: QRect, text: str) -> None:
    """A frequency and its N or W, points and letters in line. One that has no room is not shown in part: “…”."""
    metrics = painter.fontMetrics()
    figures, letter, short = _frequency_parts(text)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    if _frequency_width(metrics, text) > rect.width():
        painter.drawText(rect, right, "…")
        return
    if letter:
        slot = metrics.horizontalAdvance("W")
        place = QRect(rect.right() - slot + 1, rect.top(), slot, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, letter)
        rect = rect.adjusted(0, 0, -slot - theme.px(4) - short * metrics.horizontalAdvance("0"), 0)
    painter.drawText(rect, right, figures)


class _CellDelegate(QStyledItemDelegate):
    """Paints bands, the marked row and refused text; edits with offers; keeps what is refused."""

    def __init__(self, view: PlanView, document: Document) -> None:
        super().__init__(view)
        self._view = view
        self._document = document

    # ── painting ─────────────────────────────────────────────────────────────

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.plan_table.row(index.row())
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        is_current_row = index.row() == self._view.currentIndex().row()
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if isinstance(row, Band):
            painter.fillRect(rect, theme.color("selection" if is_current_row else "band"))
        elif is_selected or is_current_row:
            painter.fillRect(rect, theme.color("selection"))
        if isinstance(row, Band):
            self._paint_band(painter, rect, row, str(index.data()))
        else:
            self._paint_cell(painter, option, index, isinstance(row, NewLine))
        is_cursor = index == self._view.currentIndex() and self._view.hasFocus()
        if is_cursor:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        elif is_selected and len(self._view.selectedIndexes()) > 1:
            painter.setPen(QPen(theme.color("focus"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _paint_band(self, painter: QPainter, rect: QRect, band: Band, text: str) -> None:
        size = theme.px(12)
        arrow = theme.pixmap("chevron-right" if self._view.is_folded(band) else "chevron-down", "quiet", 12)
        painter.drawPixmap(rect.left() + theme.px(8), rect.center().y() - size // 2, arrow)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.color("quiet"))
        painter.drawText(rect.adjusted(theme.px(28), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, is_new: bool) -> None:
        rect: QRect = option.rect
        text = str(index.data(Role.DisplayRole) or "")
        is_refused = self._view.plan_table.is_refused(index)
        painter.setFont(theme.figures(option.font))
        quiet = is_new or text == "unknown"
        painter.setPen(theme.color("error" if is_refused else "quiet" if quiet else "text"))
        inner = rect.adjusted(theme.px(7), 0, -theme.px(7), 0)
        if is_refused:  # colour is never the only sign
            sign = theme.pixmap("warning", "error", 14)
            painter.drawPixmap(inner.left(), rect.center().y() - theme.px(14) // 2, sign)
            inner.adjust(theme.px(18), 0, 0, 0)
        row = self._view.plan_table.row(index.row())
        if COLUMNS[index.column()].name == "number" and isinstance(row, Line):
            severity = self._view.marks.get(row.assignment.id)
            if severity is not None:
                sign = theme.pixmap(severity.value, severity.value, 12)
                painter.drawPixmap(rect.left() + theme.px(3), rect.center().y() - theme.px(12) // 2, sign)
        alignment = index.data(Role.TextAlignmentRole) or Qt.AlignmentFlag.AlignVCenter
        is_across = bool(alignment & Qt.AlignmentFlag.AlignHCenter)
        if COLUMNS[index.column()].name in ("rx", "tx") and not is_refused and not is_across:
            _paint_frequency(painter, inner, text)
            return
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, alignment, shown)

    # ── editing ──────────────────────────────────────────────────────────────

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        row = self._view.plan_table.row(index.row())
        column = COLUMNS[index.column()]
        offers = None if isinstance(row, Band) else completion.for_column(column.name, self._document)
        editor = OfferLine(offers, parent)
        editor.setAccessibleName("Zone" if isinstance(row, Band) else column.title)
        editor.setAccessibleDescription(column.tip)
        editor.chosen.connect(lambda: self._finish(editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, OfferLine)
        editor.setText(str(index.data(Role.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, OfferLine)
        if editor.offer is not None and editor.offer.channel is not None:
            self._view.plan_table.fill(index, editor.offer.channel)
            return
        text = editor.text()
        if text != str(index.data(Role.EditRole) or ""):
            model.setData(index, text, Role.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        wide = max(rect.width(), theme.px(120)) if COLUMNS[index.column()].name != "number" else rect.width()
        editor.setGeometry(rect.left(), rect.top(), wide, rect.height())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, OfferLine) and editor.is_done:
            return False  # it was committed; leaving it must not commit it again
        if isinstance(editor, OfferLine) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                editor.take_marked()
                if key != Qt.Key.Key_Tab:
                    if self._say_refusal(editor):
                        return True  # stays open with what was typed
                    self._finish(editor)
                    return True
            if key == Qt.Key.Key_Escape and editor.is_offering:
                return False
        return super().eventFilter(editor, event)

    def _say_refusal(self, editor: OfferLine) -> bool:
        """Say why what was typed would be refused, beside it; false if it would be taken."""
        index = self._view.currentIndex()
        problem = None if editor.offer is not None else self._view.plan_table.problem(index, editor.text())
        if problem is None:
            return False
        theme.look(editor, "error")
        QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), f"{problem.message} {problem.hint}", editor)
        self._document.refused.emit(problem)
        return True

    def _finish(self, editor: OfferLine) -> None:
        was_new = isinstance(self._view.plan_table.row(self._view.currentIndex().row()), NewLine)
        editor.is_done = True
        self.commitData.emit(editor)
        if self._view.is_editing:  # a row that came or went has closed the editor already
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._view.setFocus()
        if was_new:  # the next line is typed right below
            self._view.go_to_new_line()
