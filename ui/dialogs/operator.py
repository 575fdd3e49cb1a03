"""Who works at this computer: the name that the history carries."""

import getpass

from PySide6.QtWidgets import QWidget

from coml_toolkit.settings import Settings

from .dialog import Dialog, Fields, line_edit, set_text


def ask(parent: QWidget | None, settings: Settings) -> str | None:
    """The name; "" for the name of the computer's user, None if nothing was decided."""
    dialog = Operator(parent, settings)
    try:
        return dialog.operator() if dialog.exec() else None
    finally:
        dialog.deleteLater()


def computer_user() -> str:
    """What the computer calls its user; "" if it does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class Operator(Dialog):
    """One name."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        super().__init__(
            parent,
            "Your name",
            "Every edit in the history carries the name of who made it. At a change of shift, change it.",
        )
        self.name = line_edit(settings.operator, placeholder=computer_user())
        fields = Fields()
        self.note = fields.add("&Name", self.name, tip="Your name, as it should stand in the history.")
        fields.end()
        self.area.addWidget(fields)
        self.add_buttons("&Use this name", tip="From now on edits carry this name. (Enter)")
        self.name.textChanged.connect(self._tell)
        self._tell()
        self.name.selectAll()
        self.name.setFocus()

    def operator(self) -> str:
        """What is written there."""
        return " ".join(self.name.text().split())

    def _tell(self) -> None:
        user = computer_user()
        words = f"Empty: the history says “{user}”, the user of this computer." if user else "Empty: no name is kept."
        set_text(self.note, "" if self.operator() else words)
