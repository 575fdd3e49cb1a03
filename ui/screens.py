"""How much room there is on the screen a widget is on."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


def room(widget: QWidget) -> QRect:
    """What of that screen is not taken by task bars, in the desktop's coordinates.

    WORKAROUND: QWidget.screen() makes the screen a child of the widget in PySide6 6.11; when the widget goes, Qt's own
    screen can go with it, and the next window crashes.
    """
    screen = QGuiApplication.screenAt(widget.mapToGlobal(widget.rect().center())) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
