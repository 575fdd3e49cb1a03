"""The right column: everything about what is selected, over the picture of the 205."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Line

from ..actions import Actions
from ..document import Document
from .preview import PagePictures

if TYPE_CHECKING:
    from .inspector import Inspector
    from .preview import Thumbnail


class Column(QWidget):
    """Empty while the window comes up; `fill` puts the inspector and the picture in."""

    left = Signal()  # Esc in the inspector: the keyboard goes back to the page

    def __init__(self, document: Document, actions: Actions, pictures: PagePictures) -> None:
        super().__init__()
        self.setObjectName("column")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._actions = actions
        self._pictures = pictures
        self._thing: Line | Channel | None = None
        self._has_picture = False
        self.inspector: Inspector | None = None
        self.thumbnail: Thumbnail | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def fill(self) -> None:
        """Make both parts, once."""
        if self.inspector is not None:
            return
        from .inspector import Inspector
        from .preview import Thumbnail

        self.inspector = Inspector(self._document, self._actions)
        self.inspector.left.connect(self.left)
        self.thumbnail = Thumbnail(self._pictures)
        self.thumbnail.clicked.connect(self._actions["preview"].trigger)
        self.thumbnail.setVisible(self._has_picture)
        self._layout.addWidget(self.inspector, 1)
        self._layout.addWidget(self.thumbnail)
        self.inspector.show_thing(self._thing)

    def show_thing(self, thing: Line | Channel | None) -> None:
        """Show everything about a line or a channel."""
        self._thing = thing
        if self.inspector is not None:
            self.inspector.show_thing(thing)

    def show_picture(self, is_wanted: bool) -> None:
        """Show the picture of the 205, or make room."""
        self._has_picture = is_wanted
        if self.thumbnail is not None:
            self.thumbnail.setVisible(is_wanted)

    def commit(self) -> None:
        """Store what is typed in the inspector and not left yet."""
        if self.inspector is not None:
            self.inspector.commit()
