"""Our own bug, shown: one sentence, where the report lies, and its words to read and copy."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from .dialog import Dialog, chars, label, set_text

_on_screen: "list[Report]" = []  # one or none


def show(parent: QWidget | None, sentence: str, path: Path) -> None:
    """Show a report beside the window; nothing has to be answered before the work goes on."""
    if _on_screen:
        _on_screen[0].show_another(sentence, path)
        return
    _on_screen.append(Report(parent, sentence, path))
    _on_screen[0].setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _on_screen[0].finished.connect(_on_screen.clear)
    _on_screen[0].show()


class Report(Dialog):
    """The newest report; more of them come into the same window."""

    def __init__(self, parent: QWidget | None, sentence: str, path: Path) -> None:
        super().__init__(parent, "Something went wrong", sentence, wide=96, high=30)
        self.setModal(False)
        self.times = 1
        self.where = label()
        self.where.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName("The report")
        self.text.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        self.text.setMinimumWidth(chars(self, 40))
        self.state = label(look="quiet")
        self.area.addWidget(self.where)
        self.area.addWidget(self.text, 1)
        self.area.addWidget(self.state)
        self.copy = self.add_button("C&opy the report", tip="Copy all of it, to send it to somebody.")
        self.copy.clicked.connect(self._copy)
        self.add_close("&Go on")
        self._show(sentence, path)

    def show_another(self, sentence: str, path: Path) -> None:
        """One more error while this is open: one window, not a hundred."""
        self.times += 1
        self._show(sentence, path)
        set_text(self.state, f"This is the newest of {self.times} reports.")
        self.fit()

    def _show(self, sentence: str, path: Path) -> None:
        self.path = path
        set_text(self.sentence, sentence)
        set_text(self.where, f"The report is in {path}")
        try:
            self.text.setPlainText(path.read_text("utf-8"))
        except OSError:  # the disk is full, and the path that of the folder
            self.text.setPlainText(f"{sentence}\n\nThe report itself could not be written.")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        set_text(self.state, "Copied.")
        self.fit()
