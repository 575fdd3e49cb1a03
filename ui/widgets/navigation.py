"""The pages, at the left edge of the window."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from .. import theme
from ..actions import COMMANDS, Actions

_PICTURES = {command.name: command.icon for command in COMMANDS}


class Navigation(QWidget):
    """A button for each page: picture, word, and the number of its shortcut."""

    def __init__(self, actions: Actions, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Pages")
        self.buttons = {name: _PageButton(actions[name], number) for number, name in enumerate(names, 1)}
        layout = QVBoxLayout(self)
        for button in self.buttons.values():
            layout.addWidget(button)
        layout.addStretch(1)
        self._sizes()

    def set_narrow(self, is_narrow: bool) -> None:
        """Where there is little room the word stands below its picture."""
        if is_narrow != any(button.is_narrow for button in self.buttons.values()):
            for button in self.buttons.values():
                button.set_narrow(is_narrow)
            self._sizes()

    def _sizes(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        is_narrow = any(button.is_narrow for button in self.buttons.values())
        side = theme.px(4 if is_narrow else 8)
        layout.setContentsMargins(side, theme.px(12), side, theme.px(12))
        layout.setSpacing(theme.px(4))
        wanted = max(button.sizeHint().width() for button in self.buttons.values()) + 2 * side
        self.setFixedWidth(max(theme.px(64 if is_narrow else 116), wanted))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._sizes()


class _PageButton(QToolButton):
    def __init__(self, action: QAction, number: int) -> None:
        super().__init__()
        theme.look(self, "nav")
        self.is_narrow = False
        self.setText(action.text())
        self.setIcon(theme.icon(_PICTURES[action.objectName()]))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCheckable(True)
        self.setChecked(action.isChecked())
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self._number = QLabel(str(number), self)
        self._number.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._number.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        theme.look(self._number, "quiet")
        self._action = action
        self.clicked.connect(self._go)
        action.toggled.connect(self.setChecked)

    def _go(self) -> None:
        self._action.trigger()
        self.setChecked(self._action.isChecked())  # a click on the page that is there changes nothing

    def set_narrow(self, is_narrow: bool) -> None:
        """The word below the picture, and no number."""
        self.is_narrow = is_narrow
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonTextUnderIcon if is_narrow else style.ToolButtonTextBesideIcon)
        self._number.setHidden(is_narrow)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text() + "M")  # bold when it is the one
        if self.is_narrow:
            return QSize(words + theme.px(22), theme.px(18 + 16) + self.fontMetrics().height())
        return QSize(theme.px(18 + 6 + 2 * 8 + 20) + words, theme.px(38))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setIconSize(QSize(theme.px(18), theme.px(18)))
        self._number.setGeometry(0, 0, self.width() - theme.px(10), self.height())
