"""Words that end in an ellipsis where there is no room for all of them."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from .. import theme


class ElidedButton(QPushButton):
    """A button that may be narrower than its words; hidden while it has none."""

    def __init__(self, look: str, *, may_shrink: bool = True) -> None:
        super().__init__()
        self._words = ""
        self._may_shrink = may_shrink
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.look(self, look)

    @property
    def words(self) -> str:
        """All of them."""
        return self._words

    def set_words(self, words: str) -> None:
        """Say this."""
        self._words = words
        self.setHidden(not words)
        self._elide()
        self.updateGeometry()

    def _frame(self) -> int:
        """How much wider than its text a button is."""
        return super().sizeHint().width() - self._wide(self.text())

    def _wide(self, text: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()

    def _elide(self) -> None:
        text = plain(self._words)
        if self.isVisible():
            room = self.width() - self._frame()
            if self._wide(text) > room:
                text = plain(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(room, 0)))
        self.setText(text)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(self._frame() + self._wide(plain(self._words)), hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(theme.px(90), hint.width()), hint.height()) if self._may_shrink else hint

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._elide()


class ElidedLabel(QLabel):
    """A label that may be narrower than its words; the tooltip has all of them."""

    def __init__(self, look: str = "", *, grows: bool = True) -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        across = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)
        if look:
            theme.look(self, look)

    @property
    def words(self) -> str:
        """All of them."""
        return self._words

    def set_words(self, words: str) -> None:
        """Say this."""
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._elide()
        self.updateGeometry()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, max(self.width(), 0)))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._words) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._elide()


def plain(words: str) -> str:
    """Without mnemonics: a name may hold an ampersand."""
    return words.replace("&", "&&")
