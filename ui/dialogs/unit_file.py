"""Which unit file: choosing one, making one, and the ways out when one cannot be opened."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from coml_toolkit import files, paths
from coml_toolkit.errors import ComlError
from coml_toolkit.store import Store, backup, create_store, open_store

from .. import theme
from .dialog import Dialog

_FILTER = "Unit files (*.coml);;All files (*)"


def example_file() -> Path:
    """The file of “Try the example”."""
    return paths.example_folder() / "example.coml"


def open_example(who: str) -> Store:
    """The example, made the first time; what was tried in it stays."""
    from coml_toolkit.example import make_example

    path = example_file()
    return open_store(path if path.exists() else make_example(path, who), who=who)


def open_or_make_default(who: str) -> Store:
    """The unit file of somebody who has named none, made the first time."""
    path = paths.default_unit_file()
    return open_store(path, who=who) if path.exists() else create_store(path, who=who)


def open_or_ask(parent: QWidget | None, path: Path, who: str, *, leave: str) -> Store | None:
    """Open a unit file. If it cannot be, say why and offer another until one opens; None: the user left."""
    try:
        return open_store(path, who=who)
    except ComlError as error:
        return ask_instead(parent, path, error, who, leave=leave)


def ask_instead(parent: QWidget | None, path: Path, error: ComlError, who: str, *, leave: str) -> Store | None:
    """Say why a unit file did not open and offer another, until one opens; None: the user left."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.dress(app)  # at the start there is no window yet
    trouble = Trouble(parent, path, error, who, leave)
    try:
        trouble.exec()
        store, other = trouble.store, trouble.next
    finally:
        trouble.deleteLater()
    return open_or_ask(parent, other, who, leave=leave) if store is None and other is not None else store


def choose(parent: QWidget | None, folder: Path) -> Path | None:
    """Ask for a unit file that exists."""
    dialog = _file_dialog(parent, "Open a unit file", folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _chosen(dialog)


def choose_new(parent: QWidget | None, folder: Path) -> Path | None:
    """Ask where a new unit file shall be."""
    dialog = _file_dialog(parent, "Make a new unit file", folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # unit files are never replaced: that is said later
    dialog.setDefaultSuffix("coml")
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Make it")
    return _chosen(dialog)


def _file_dialog(parent: QWidget | None, title: str, folder: Path) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder), _FILTER)
    # The system's own dialog is white, whatever our theme.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, theme.current().name == "night")
    return dialog


def _chosen(dialog: QFileDialog) -> Path | None:
    try:
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    finally:
        dialog.deleteLater()


def restore(path: Path, copy: Path) -> Path:
    """The newest copy as a file of its own beside the damaged one, which stays as it is."""
    target = path.with_name(f"{path.stem}-restored-{datetime.now(UTC):%Y-%m-%d-%H%M%S}{path.suffix}")
    try:
        content = copy.read_bytes()
    except OSError as error:
        raise files.os_problem(f"{copy} could not be read", error) from error
    files.write_whole(target, content)
    return target


class Trouble(Dialog):
    """Why a unit file does not open, and what else to open."""

    def __init__(self, parent: QWidget | None, path: Path, error: ComlError, who: str, leave: str) -> None:
        super().__init__(parent, "The unit file cannot be opened", f"{error.message} {error.hint}".strip())
        self.store: Store | None = None  # opened from here
        self.next: Path | None = None  # to be tried next
        self._path = path
        self._who = who
        self.copy = backup.newest_copy(path) if path.exists() else None
        if self.copy is not None:
            made = datetime.fromtimestamp(self.copy.stat().st_mtime).strftime("%d %b %H:%M")
            self._offer(f"Open the copy of {made}", "The newest good copy, as a new file. The other stays.", self._copy)
        self._offer("Choose another file…", "Open another unit file.", self._choose)
        if path != paths.default_unit_file():
            self._offer("Open my own unit file", str(paths.default_unit_file()), self._default)
        else:
            self._offer("New unit file…", "Make an empty unit file and open it.", self._new)
        self.add_button(leave, tip=f"{leave}. (Esc)").clicked.connect(self.reject)

    def _offer(self, words: str, tip: str, call: Callable[[], None]) -> None:
        button = self.add_button(words, tip=tip)
        button.clicked.connect(lambda: self._do(call))
        if self.buttons.buttons()[0] is button:
            button.setDefault(True)
            theme.look(button, "primary")

    def _do(self, call: Callable[[], None]) -> None:
        try:
            call()
        except ComlError as error:
            self.say(error)

    def _copy(self) -> None:
        if self.copy is not None:
            self.next = restore(self._path, self.copy)
            self.done(1)

    def _choose(self) -> None:
        self.next = choose(self, self._path.parent)
        if self.next is not None:
            self.done(1)

    def _default(self) -> None:
        self.store = open_or_make_default(self._who)
        self.done(1)

    def _new(self) -> None:
        path = choose_new(self, self._path.parent)
        if path is not None:
            self.store = create_store(path, who=self._who)
            self.done(1)
