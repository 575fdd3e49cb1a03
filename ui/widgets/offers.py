"""A line to type into, with a list of offers below it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from .. import screens, theme
from ..models.completion import Offer

_OFFER = Qt.ItemDataRole.UserRole


class OfferLine(QLineEdit):
    """Type; offers appear. Down chooses among them, Enter or Tab takes the marked one.

    One is marked by itself only when it is what was typed, or the only one that begins so: Enter never takes
    something that the text does not name.
    """

    chosen = Signal(object)  # an Offer was taken

    def __init__(self, offers: Callable[[str], list[Offer]] | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offers = offers
        self.offer: Offer | None = None  # what was taken last; None once the text is typed on
        self.is_done = False  # committed; waits to be closed
        self._list = QListWidget(self)
        self._list.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self._list.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.setItemDelegate(_OfferDelegate(self._list))
        self._list.setAccessibleName("Offers")
        self._list.itemPressed.connect(self._take_item)
        self.textEdited.connect(self._typed)

    @property
    def is_offering(self) -> bool:
        """The list is on screen."""
        return self._list.isVisible()

    def _typed(self, text: str) -> None:
        self.offer = None
        self._show_offers(text)

    def _show_offers(self, text: str) -> None:
        offers = self._offers(text) if self._offers else []
        self._list.clear()
        for offer in offers:
            item = QListWidgetItem(offer.text)
            item.setData(_OFFER, offer)
            self._list.addItem(item)
        if not offers:
            self._list.hide()
            return
        self._list.setCurrentRow(_marked(text, offers))
        rows = min(len(offers), 10)
        width = max(self.width(), theme.px(440) if any(offer.words for offer in offers) else theme.px(180))
        self._list.resize(width, rows * theme.px(28) + 2 * self._list.frameWidth() + 2)
        below = self.mapToGlobal(QPoint(0, self.height()))
        if below.y() + self._list.height() > screens.room(self).bottom():
            below = self.mapToGlobal(QPoint(0, -self._list.height()))
        self._list.move(below)
        self._list.show()

    def take_marked(self) -> bool:
        """Take the marked offer, if one is."""
        item = self._list.currentItem() if self.is_offering else None
        if item is None:
            return False
        self._take(item.data(_OFFER))
        return True

    def _take_item(self, item: QListWidgetItem) -> None:
        self._take(item.data(_OFFER))
        self.chosen.emit(self.offer)

    def _take(self, offer: Offer) -> None:
        self.offer = offer
        self.setText(offer.text)
        self._list.hide()

    # ── Qt calls ─────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._offers is not None:
            if not self.is_offering:
                self._show_offers(self.text())
            else:
                step = 1 if key == Qt.Key.Key_Down else -1
                self._list.setCurrentRow((self._list.currentRow() + step) % self._list.count())
            event.accept()
            return
        if key == Qt.Key.Key_Escape and self.is_offering:
            self._list.hide()
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Escape first closes the list; a shortcut or the delegate would take it from us.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.is_offering
        ):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._list.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._list.hide()
        super().hideEvent(event)


def _marked(text: str, offers: list[Offer]) -> int:
    """Which offer Enter takes: the one that is what was typed, or the only one that begins so. -1: none."""
    folded = text.strip().casefold()
    names = [offer.text.casefold() for offer in offers]
    if folded in names:
        return names.index(folded)
    begin = [number for number, name in enumerate(names) if name.startswith(folded)]
    return begin[0] if folded and len(begin) == 1 else -1


class _OfferDelegate(QStyledItemDelegate):
    """The text, and what is said of it in quiet type."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        offer: Offer = index.data(_OFFER)
        painter.save()
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
        painter.setFont(theme.figures(option.font))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        painter.setPen(theme.color("text"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, left, offer.text)
        used = max(painter.fontMetrics().horizontalAdvance(offer.text) + theme.px(16), theme.px(120))
        painter.setPen(theme.color("quiet"))
        words = inner.adjusted(used, 0, 0, 0)
        painter.drawText(
            words, left, painter.fontMetrics().elidedText(offer.words, Qt.TextElideMode.ElideRight, words.width())
        )
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.px(28))
