"""A channel of the unit's own: a new one, one to change, or a copy of one that ships."""

import json

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coml_toolkit.errors import ComlError, InputError
from coml_toolkit.model.channel import Channel

from .. import theme
from ..document import Document
from ..models.library import FIELDS, is_shipped, own_change, own_copy
from ..widgets.fields import Sheet
from . import drafts
from .dialog import Dialog, ask, label, set_text


def new_channel(parent: QWidget | None, document: Document, name: str = "") -> Channel | None:
    """Ask for a channel of the unit's own; what was added, or None."""
    return _asked(ChannelDialog(parent, document, None, name=name))


def edit_channel(parent: QWidget | None, document: Document, channel: Channel) -> Channel | None:
    """Change an own channel, or a copy of one that ships; what is in the file now, or None."""
    return _asked(ChannelDialog(parent, document, channel))


def _asked(dialog: "ChannelDialog") -> Channel | None:
    return dialog.channel if ask(dialog) else None


class ChannelDialog(Dialog):
    """Every field of one channel. Esc keeps what was typed for the next time."""

    def __init__(self, parent: QWidget | None, document: Document, channel: Channel | None, *, name: str = "") -> None:
        self._before = channel if channel is not None and not is_shipped(channel) else None
        is_copy = channel is not None and is_shipped(channel)
        if channel is None:
            title, sentence = "New channel", "A name is enough; what is left empty is not known, and the forms say so."
        elif is_copy:
            title = f"Your own copy of {channel.name}"
            sentence = (
                f"{channel.name} ships with the program and stays as it is. This copy is yours: it comes first in the "
                "list, and nothing of it counts as verified."
            )
        else:
            title, sentence = f"Edit {channel.name}", "Plans keep their copies of it as they are."
        super().__init__(parent, title, sentence, wide=72)
        self._document = document
        self._draft = f"channel-{channel.id if channel else 'new'}"
        if channel is None:
            self.channel = Channel(name=name)
        else:
            self.channel = own_copy(channel) if is_copy else channel
        self._start = self.channel
        self.sheet: Sheet[Channel] = Sheet(FIELDS, key=lambda each: each.id, store=self._keep, where="This channel")
        self.twin = label(look="warning")
        self.draft_note = label(look="quiet")
        self.start_over = QPushButton("Start &over")
        self.start_over.setToolTip("Forget what was typed last time.")
        self.start_over.clicked.connect(self._start_over)
        self.area.addWidget(self.twin)
        self.area.addWidget(_scrolled(self.sheet), 1)
        self.area.addWidget(self.draft_note)
        self.area.addWidget(self.start_over, 0, Qt.AlignmentFlag.AlignLeft)
        words = "&Add channel" if self._before is None else "&Change channel"
        self.add_buttons(words, tip="Store it in your unit's library. (Enter)")
        self.warn_if_read_only(document)
        self._show()
        set_text(self.draft_note, "")
        self.start_over.hide()
        self._restore()
        self.sheet.go_to("name")

    # ── what the dialog asks of its frame ────────────────────────────────────

    def carry_out(self) -> None:
        if not self.sheet.commit():
            self.sheet.go_to(self.sheet.refused[0])
            raise InputError("A field marked above was not understood.", hint="Mend it, or press Esc in it.")
        self.make(self._document, own_change(self._document, self._before, self.channel))
        drafts.forget(self._draft)

    def reject(self) -> None:
        self.sheet.commit()
        if self.channel != self._start or self.sheet.refused:
            drafts.keep(self._draft, json.dumps(self.sheet.texts()))
        else:
            drafts.forget(self._draft)
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            event.accept()
            self.accept()
        else:
            super().keyPressEvent(event)

    # ── inside ───────────────────────────────────────────────────────────────

    def _keep(self, before: Channel, after: Channel) -> ComlError | None:
        """The fields store into the dialog; the dialog stores into the file."""
        self.channel = after
        self._show()
        return None

    def _show(self) -> None:
        self.sheet.show_record(self.channel)
        set_text(self.twin, self._twin_words())

    def _twin_words(self) -> str:
        """Two channels of one name that differ are a trap."""
        name = self.channel.name.casefold()
        found = [other for other in self._document.channels.search(name) if other.name.casefold() == name]
        if name and any(is_shipped(other) for other in found):
            return (
                f"A channel that ships is called {self.channel.name} too. If this one differs from it, give it a name "
                "of its own, so that nobody takes one for the other."
            )
        return ""

    def _restore(self) -> None:
        kept = drafts.find(self._draft)
        if kept is None:
            return
        try:
            texts = {str(name): str(text) for name, text in json.loads(kept).items()}
        except (ValueError, AttributeError):
            return
        self.sheet.type_texts(texts)
        set_text(self.draft_note, "What you typed here last time is here again.")
        self.start_over.show()

    def _start_over(self) -> None:
        drafts.forget(self._draft)
        self.sheet.forget()
        self.channel = self._start
        self._show()
        set_text(self.draft_note, "")
        self.start_over.hide()
        self.sheet.go_to("name")


def _scrolled(sheet: QWidget) -> QScrollArea:
    """The fields, in as much height as the screen has."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget()
    theme.look(inside, "page")
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(0, 0, theme.px(8), 0)
    layout.addWidget(sheet)
    layout.addStretch(1)
    area.setWidget(inside)
    area.setMinimumHeight(theme.px(100))
    return area
