"""What a unit without an incident shows: three doors."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from .. import theme
from ..actions import Actions
from ..document import Document

_DOORS = (
    (
        "new-incident",
        "incident",
        "Start an incident",
        "Its name and its first operational period; then the radio plan is open.",
    ),
    (
        "try-example",
        "example",
        "Try the example",
        "A made-up incident to look around in. Your own file stays as it is.",
    ),
    (
        "open-unit",
        "open",
        "Open a unit file",
        "Somebody gave you one, or yours is on another disk.",
    ),
)
_NARROW = 720  # below, the doors stand under each other


class WelcomePage(QScrollArea):
    """The first thing a new user sees, and the three things to do."""

    def __init__(self, document: Document, actions: Actions) -> None:
        super().__init__()
        self._document = document
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._title = QLabel("No incident yet")
        theme.look(self._title, "title")
        self._where = _sentence()
        self._library = _sentence("The library of channels is open already: press Ctrl+2.")
        theme.look(self._library, "quiet")
        self.doors = [_Door(actions[name], *door) for name, *door in _DOORS]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for door in self.doors:
            self._row.addWidget(door, 1)
        inside = QWidget()
        theme.look(inside, "page")
        self._inside = inside
        self._layout = QVBoxLayout(inside)
        self._layout.addStretch(2)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._where)
        self._layout.addSpacing(theme.px(12))
        self._layout.addLayout(self._row)
        self._layout.addSpacing(theme.px(12))
        self._layout.addWidget(self._library)
        self._layout.addStretch(3)
        self.setWidget(inside)
        document.changed.connect(self.refresh)
        self._sizes()
        self.refresh()

    def refresh(self) -> None:
        """Name the file that is open."""
        store = self._document.store
        self._where.setText(f"The unit file {store.path.name} is open, and it is empty. What do you want to do?")
        self._where.setToolTip(str(store.path))

    def _sizes(self) -> None:
        self._layout.setContentsMargins(theme.px(32), theme.px(16), theme.px(32), theme.px(16))
        self._layout.setSpacing(theme.px(8))
        self._row.setSpacing(theme.px(16))
        self._inside.setMaximumWidth(theme.px(1100))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(_NARROW)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._sizes()


class _Door(QPushButton):
    """A large button: picture, words, one sentence."""

    def __init__(self, action: QAction, picture: str, words: str, sentence: str) -> None:
        super().__init__()
        theme.look(self, "door")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._icon_name = picture
        self._picture = QLabel()
        heading = QLabel(words)
        theme.look(heading, "door")
        text = _sentence(sentence)
        theme.look(text, "quiet")
        keys = action.shortcut().toString()
        self._keys = QLabel(keys)
        theme.look(self._keys, "quiet")
        self._layout = QVBoxLayout(self)
        for part in (self._picture, heading, text):
            self._layout.addWidget(part)
        self._layout.addStretch(1)
        self._layout.addWidget(self._keys)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(words)
        self.setAccessibleDescription(sentence)
        self.setToolTip(action.toolTip())
        self.setEnabled(action.isEnabled())
        action.enabledChanged.connect(self.setEnabled)
        self.clicked.connect(action.trigger)
        self._sizes()

    def _sizes(self) -> None:
        side = theme.px(18)
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(theme.px(6))
        self._picture.setPixmap(theme.pixmap(self._icon_name, "accent", 28))

    def sizeHint(self) -> QSize:
        return self._layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(150), self.heightForWidth(max(self.width(), theme.px(150))))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._layout.totalHeightForWidth(width), theme.px(120))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sizes()


def _sentence(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
