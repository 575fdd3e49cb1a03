"""Every channel: those that ship with the program and the unit's own, to search, to add to the plan, to edit."""

import gc
from itertools import pairwise

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coml_toolkit import library, units
from coml_toolkit.model.channel import Channel

from .. import theme
from ..actions import Actions
from ..dialogs import channel as dialogs
from ..document import Document
from ..models.library import COLUMNS, add_to_plan, is_shipped, remove_own
from ..models.table import Index, RecordTable
from ..widgets.elided import ElidedLabel

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_OWN = "own"  # chosen in place of a service
_PAUSE_MS = 60  # between keys; then the inspector follows
_SUGGEST_AFTER_MS = 120  # names that look alike take longer to find than what matches


class LibraryPage(QWidget):
    """Search as you type; Enter adds what is selected to the plan."""

    selected = Signal(object)  # the current Channel, or None

    def __init__(self, document: Document, actions: Actions) -> None:
        super().__init__()
        self._document = document
        self._actions = actions
        self._index: library.Index | None = None  # what the list was made from
        self._every: list[Channel] = []
        self._told: Channel | None = None  # what `selected` said last
        self._is_filling = False

        self.table: RecordTable[Channel] = RecordTable(COLUMNS, self)
        self.view = ChannelView(self.table)
        self.search = _Search()
        self.empty = QToolButton()
        self.empty.setIcon(theme.icon("close"))
        self.empty.setToolTip("Empty the search field. (Esc)")
        self.empty.setAccessibleName("Empty the search field")
        self.empty.clicked.connect(self.search.clear)
        theme.look(self.empty, "quiet")
        self.services = _Filter("Service")
        self.bands = _Filter("Band")
        self.nothing = _Nothing()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        self._count = ElidedLabel("quiet")
        self._new, self._edit, self.add = QPushButton("New channel…"), QPushButton("Edit…"), QPushButton()
        theme.look(self.add, "primary")

        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._head())
        self._layout.addLayout(self._filters())
        self._layout.addWidget(self._stack, 1)
        footer = QLabel(library.AUTHORIZES_NOBODY)
        theme.look(footer, "quiet")
        self._layout.addWidget(footer)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._suggest = QTimer(self)
        self._suggest.setSingleShot(True)
        self._suggest.setInterval(_SUGGEST_AFTER_MS)
        self.setFocusProxy(self.search)
        order = (self.search, self.empty, self.services, self.bands, self.view, self._new, self._edit, self.add)
        for before, after in pairwise(order):  # what the keyboard meets first is the search
            QWidget.setTabOrder(before, after)
        self._connect()
        self._measure()
        self._name_add()

    def _head(self) -> QHBoxLayout:
        title = QLabel("Library")
        theme.look(title, "title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._count, 1)
        for button, name in ((self._new, "new-channel"), (self._edit, "edit-channel")):
            button.setAccessibleName(self._actions[name].text())
            _carries(button, self._actions[name])
            head.addWidget(button)
        _carries(self.add, self._actions["add-to-plan"])
        head.addWidget(self.add)
        return head

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self.empty)
        row.addWidget(self.services)
        row.addWidget(self.bands)
        return row

    def _connect(self) -> None:
        for name, call in (
            ("search-library", self._go_to_search),
            ("add-to-plan", self.add_selected),
            ("new-channel", self.new_channel),
            ("edit-channel", self.edit_channel),
            ("remove-channel", self.remove_channels),
        ):
            self._actions[name].triggered.connect(lambda _=False, call=call: call())
        self.search.textChanged.connect(lambda _: self._find(is_typed=True))
        self.search.entered.connect(self._enter_list)
        self.services.activated.connect(self._filter)
        self.bands.activated.connect(self._filter)
        self.view.entered_row.connect(self.add_selected)
        self.view.typed.connect(self._type_on)
        self.view.deleted.connect(self._actions["remove-channel"].trigger)
        self.view.left.connect(self._go_to_search)
        self.view.selectionModel().selectionChanged.connect(self._selection_changed)
        self.view.selectionModel().currentRowChanged.connect(self._selection_changed)
        self.nothing.chosen.connect(self._choose_name)
        self.nothing.everywhere.connect(self._search_everywhere)
        self.nothing.new.connect(self.new_channel)
        self._pause.timeout.connect(self._tell)
        self._suggest.timeout.connect(self._suggest_names)
        self._document.changed.connect(self._changed)

    # ── what is shown ────────────────────────────────────────────────────────

    def current(self) -> Channel | None:
        """The channel the keyboard is on, if it is selected."""
        index = self.view.currentIndex()
        if not index.isValid() or not self.view.selectionModel().isRowSelected(index.row(), index.parent()):
            return None
        return self.table.record(index)

    def chosen(self) -> list[Channel]:
        """The selected channels, in the order of the screen."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.table.records[row] for row in rows]

    def show_channel(self, channel: Channel) -> None:
        """Go to a channel; filters that hide it are cleared."""
        self._fill()
        if not self.table.rows_of({channel.id}):
            self._clear_filters()
        if rows := self.table.rows_of({channel.id}):
            self._select(rows, channel)

    def showEvent(self, event: QShowEvent) -> None:
        self._fill()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_layout"):
            self._measure()

    def _measure(self) -> None:
        self._layout.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(8))
        self._layout.setSpacing(theme.px(8))
        self.empty.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.search.setMinimumWidth(theme.px(120))
        for one in (self.services, self.bands):
            one.setMinimumWidth(theme.px(90))

    def _changed(self) -> None:
        self._name_add()
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Show the library as it is now. It is looked at first when somebody looks at the page."""
        if self._index is self._document.channels:
            return
        self._index = self._document.channels
        gc.collect()
        gc.freeze()  # else the collector goes through all those channels while somebody types, 50 ms each time
        self._every = self._index.search("")
        own = sum(not is_shipped(channel) for channel in self._every)
        services: dict[str, int] = {}
        bands: dict[str, int] = {}
        for channel in self._every:
            services[channel.service] = services.get(channel.service, 0) + 1
            for band in {library.band(hz) for hz in (channel.rx_hz, channel.tx_hz) if hz is not None}:
                bands[band] = bands.get(band, 0) + 1
        known = [name for name in library.services() if name in services]
        others = sorted({name for name in services if name} - set(known))
        self.services.fill(
            ("All services", "", len(self._every)),
            *([("Your own channels", _OWN, own)] if own else []),
            *((name, name, services[name]) for name in (*others, *known)),
        )
        self.bands.fill(
            ("All bands", "", len(self._every)),
            *((f"{band.name} MHz" if band.name.isdecimal() else band.name, band.name, bands[band.name])
              for band in library.bands() if band.name in bands),
        )  # fmt: skip
        self._find()

    def _find(self, *, is_typed: bool = False) -> None:
        """Show what matches what is typed and chosen, the best first.

        A new search selects its best match, as what Enter takes must be what was typed; else the selection stays.
        """
        if self._index is None:
            return
        service, band = self.services.value(), self.bands.value()
        found = self._index.search(self.search.text(), service=service if service != _OWN else None, band=band or None)
        if service == _OWN:
            found = [channel for channel in found if not is_shipped(channel)]
        kept = {channel.id for channel in self.chosen()}
        current = self.current()
        self._is_filling = True
        self.table.show(found)
        is_asked = bool(self.search.text().strip())
        rows = [] if is_typed and is_asked else self.table.rows_of(kept)
        if not rows and is_asked and found:
            rows = self.table.rows_of({found[0].id})
        if rows:
            self._select(rows, current)
        else:
            self.view.clearSelection()
        self._is_filling = False
        total = len(self._every)
        self._count.set_words(f"{len(found)} of {total} channels" if len(found) != total else f"{total} channels")
        self._stack.setCurrentWidget(self.view if found else self.nothing)
        if not found:
            self.nothing.say(self.search.text().strip(), [], is_filtered=bool(service or band))
            self._suggest.start()
        self._name_add()
        if is_typed:
            self._pause.start()
        else:
            self._tell()

    def _filter(self, _: int) -> None:
        self._find()

    def _select(self, rows: list[int], current: Channel | None) -> None:
        """Select rows, with the keyboard on the current channel if it is among them."""
        selection = QItemSelection()
        last = len(COLUMNS) - 1
        start = previous = rows[0]
        for row in [*rows[1:], -1]:
            if row != previous + 1:
                selection.select(self.table.index(start, 0), self.table.index(previous, last))
                start = row
            previous = row
        at = next((row for row in rows if self.table.records[row] is current), rows[0])
        model = self.view.selectionModel()
        model.setCurrentIndex(self.table.index(at, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.scrollTo(self.table.index(at, 0))

    def _selection_changed(self) -> None:
        if not self._is_filling:
            self._name_add()
            self._tell()

    def _tell(self) -> None:
        """Say what is selected, once; while somebody types, when they pause."""
        self._pause.stop()
        current = self.current()
        if current is not self._told:
            self._told = current
            self.selected.emit(current)

    def _name_add(self) -> None:
        """The button says what it will do, so that nothing is added by surprise."""
        count = len(self.view.selectionModel().selectedRows())
        plan = self._document.plan
        current = self.current()
        what = "Add" if not count else f"Add {current.name}" if count == 1 and current else f"Add {count} channels"
        self.add.setText(f"{what} to period {plan.period.number}" if plan else f"{what} to plan")

    def _suggest_names(self) -> None:
        typed = self.search.text().strip()
        if self.table.records or not typed:
            return
        near = library.suggest_names(typed, self._every)
        elsewhere = 0
        if (self.services.value() or self.bands.value()) and self._index is not None:
            elsewhere = len(self._index.search(typed))
        self.nothing.say(typed, near, is_filtered=bool(elsewhere), elsewhere=elsewhere)

    # ── going elsewhere ──────────────────────────────────────────────────────

    def _go_to_search(self) -> None:
        self._show_page()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _show_page(self) -> None:
        if not self.isVisible():
            self._actions["page-library"].trigger()

    def _enter_list(self) -> None:
        """Enter in the search field goes to the list; it adds nothing, as somebody may press it just to search."""
        if self.table.records:
            if self.current() is None:
                self.view.selectRow(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.nothing.isHidden():
            self.nothing.focusNextChild()

    def _type_on(self, text: str) -> None:
        """Letters typed in the list are a new search."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text)

    def _choose_name(self, name: str) -> None:
        self._clear_filters()
        self.search.setText(name)
        self._enter_list()

    def _search_everywhere(self) -> None:
        self.services.setCurrentIndex(0)
        self.bands.setCurrentIndex(0)
        self._find()
        self._enter_list()

    def _clear_filters(self) -> None:
        self.services.setCurrentIndex(0)
        self.bands.setCurrentIndex(0)
        if self.search.text():
            self.search.clear()  # finds
        else:
            self._find()

    # ── doing ────────────────────────────────────────────────────────────────

    def add_selected(self) -> None:
        """Add what is selected to the plan on screen; with nothing selected, or out of sight, say how."""
        if not self.isVisible() or not self.chosen():
            self._show_page()
            self._document.told.emit("Select the channels to add, then press Enter.")
            return
        add_to_plan(self._document, self.chosen())

    def new_channel(self) -> None:
        """Ask for a channel of the unit's own. What was searched in vain is its name."""
        name = self.search.text().strip() if self.isVisible() and not self.table.records else ""
        self._went_in(dialogs.new_channel(self.window(), self._document, name))

    def edit_channel(self) -> None:
        """Change the current channel, or a copy of it."""
        current = self.current() if self.isVisible() else None
        if current is None:
            self._show_page()
            self._document.told.emit("Select the channel to edit.")
            return
        self._went_in(dialogs.edit_channel(self.window(), self._document, current))

    def remove_channels(self) -> None:
        """Take the selected own channels out of the library."""
        if not self.isVisible() or not self.chosen():
            self._show_page()
            self._document.told.emit("Select a channel of your own to remove.")
            return
        remove_own(self._document, self.chosen())

    def _went_in(self, channel: Channel | None) -> None:
        if channel is not None and self.isVisible():
            self.show_channel(channel)


def _carries(button: QPushButton, action: QAction) -> None:
    """A button that does what an action does, and can when the action can."""
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    button.setEnabled(action.isEnabled())
    action.enabledChanged.connect(button.setEnabled)


class ChannelView(QTableView):
    """The list. Enter adds, Delete removes own ones, letters search, Esc goes back to the search field."""

    entered_row = Signal()
    deleted = Signal()
    typed = Signal(str)
    left = Signal()

    def __init__(self, table: RecordTable[Channel]) -> None:
        super().__init__()
        self._table = table
        self.setModel(table)
        self._painter = _PointDelegate(self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName("Channels")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setToolTip("Click to sort; a third click puts the best match first again.")
        self.setSortingEnabled(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda _: self.entered_row.emit())
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier,
                                      Qt.KeyboardModifier.KeypadModifier)  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered_row.emit()
        elif event.key() == Qt.Key.Key_Delete and plain:
            self.deleted.emit()
        elif event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Up and self.currentIndex().row() == 0 and not event.modifiers()
        ):
            self.left.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _is_at_top(self) -> bool:
        return self.currentIndex().row() <= 0 and len(self.selectionModel().selectedRows()) <= 1

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_painter"):
            self._measure()

    def _measure(self) -> None:
        """Rows and columns as the text size of now wants them."""
        self._painter.measure()
        self.verticalHeader().setDefaultSectionSize(theme.row_height())
        wide = self.fontMetrics().horizontalAdvance("0")
        for place, column in enumerate(self._table.columns[:-1]):
            self.setColumnWidth(place, column.width_chars * wide + theme.px(12))


class _PointDelegate(QStyledItemDelegate):
    """Figures of equal width, and in a column of decimals the points below each other."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self.measure()

    def measure(self) -> None:
        """Take fonts and colours as they are now: asked for once, not for each of some hundred cells."""
        self._font = theme.figures(self._view.font())
        self._metrics = QFontMetrics(self._font)
        self._space, self._letter = (self._metrics.horizontalAdvance(each) for each in (" ", " W"))
        self._rooms = {count: self._metrics.horizontalAdvance("." + "0" * count) for count in (2, 5)}
        self._colors = {name: theme.color(name) for name in ("selection", "selection_text", "text", "quiet", "focus")}
        self._side = theme.px(6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, text = COLUMNS[index.column()], str(index.data() or "")
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        cell = QRect(option.rect)
        if is_selected:
            painter.fillRect(cell, self._colors["selection"])
        painter.setFont(self._font)
        is_quiet = text == units.UNKNOWN and not is_selected
        painter.setPen(self._colors["selection_text" if is_selected else "quiet" if is_quiet else "text"])
        rect = cell.adjusted(self._side, 0, -self._side, 0)
        if not (column.decimals and self._paint_number(painter, rect, text, column.decimals)):
            shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(rect, _RIGHT if column.is_number else _LEFT, shown)
        if is_selected and index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), 2), self._colors["focus"])
            painter.fillRect(QRect(cell.left(), cell.bottom() - 1, cell.width(), 2), self._colors["focus"])

    def _paint_number(self, painter: QPainter, rect: QRect, text: str, decimals: int) -> bool:
        """False: it is no number, or there is no room for all of it; half a frequency is never shown."""
        number, _, letter = text.partition(" ")
        whole, point, rest = number.partition(".")
        room = self._rooms[decimals] + (self._letter if letter else 0)
        at_point = rect.right() + 1 - room
        if not whole.isdecimal() or at_point - self._metrics.horizontalAdvance(whole) < rect.left():
            return False
        painter.drawText(QRect(rect.left(), rect.top(), at_point - rect.left(), rect.height()), _RIGHT, whole)
        painter.drawText(QRect(at_point, rect.top(), room, rect.height()), _LEFT, point + rest)
        if letter:
            painter.drawText(rect.adjusted(rect.width() - self._letter + self._space, 0, 0, 0), _LEFT, letter)
        return True


class _Search(QLineEdit):
    """What is looked for. Down or Enter goes to the list, Esc empties the field."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Search by name, frequency, service or band: VTAC, 155.75, weather …")
        self.setAccessibleName("Search the library")
        self.setToolTip("Search by name, frequency, service or any word. (Ctrl+F)")
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class _Filter(QComboBox):
    """One of several groups, each with how many channels it has."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(f"{name}: show only one.")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16 if name == "Service" else 12)
        self.setMaxVisibleItems(30)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def fill(self, *choices: tuple[str, str, int]) -> None:
        """Offer these: words, value, count. The choice stays, if it is still there."""
        value = self.value()
        self.clear()
        for words, each, count in choices:
            self.addItem(f"{words} ({count})", each)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + theme.px(24))

    def value(self) -> str:
        """What is chosen; "" is everything."""
        return str(self.currentData() or "")


class _Nothing(QWidget):
    """What to do when nothing matches."""

    chosen = Signal(str)  # a name that looks like what was typed
    everywhere = Signal()
    new = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.look(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        theme.look(self.words, "heading")
        self.near = QLabel("Near:")
        theme.look(self.near, "quiet")
        self.names = QHBoxLayout()
        self.names.addWidget(self.near)
        self.names.addStretch(1)
        self.elsewhere = QPushButton()
        self.elsewhere.clicked.connect(self.everywhere)
        self.add = QPushButton("Add a channel of your own…")
        self.add.clicked.connect(self.new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        layout.setSpacing(theme.px(12))
        layout.addWidget(self.words)
        layout.addLayout(self.names)
        layout.addWidget(self.elsewhere, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def say(self, typed: str, near: list[str], *, is_filtered: bool, elsewhere: int = 0) -> None:
        """Say what was looked for in vain, and what there is instead."""
        where = " in what is filtered here" if is_filtered else ""
        self.words.setText(f"Nothing called “{typed}”{where}." if typed else "Nothing here.")
        while self.names.count() > 2:
            item = self.names.takeAt(1)
            if item is not None and (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, name in enumerate(near, start=1):
            button = QPushButton(name)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self.names.insertWidget(place, button)
        self.near.setVisible(bool(near))
        count = "1 channel" if elsewhere == 1 else f"{elsewhere} channels"
        self.elsewhere.setText(
            f"Show {count} of other services and bands" if elsewhere else "Show every service and band"
        )
        self.elsewhere.setVisible(is_filtered)
