"""Start the desktop: settings, crash report, theme, the unit file of last time, window."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import resources
from coml_toolkit import __version__, paths
from coml_toolkit import settings as settings_file
from coml_toolkit.errors import ComlError
from coml_toolkit.settings import Settings, who
from coml_toolkit.store import Store, create_store, open_store

from . import errors, theme
from .document import Document
from .window import APP_NAME, MainWindow

_USAGE = "python -m ui [--example] [FILE]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the desktop and stay until it is closed; returns the exit code."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    is_example = "--example" in arguments
    files = [argument for argument in arguments if argument != "--example"]
    if len(files) > 1 or any(file.startswith("-") for file in files):
        print(f"Usage: {_USAGE}", file=sys.stderr)
        return 2
    app = make_app()
    settings = settings_file.load()
    theme.prepare(app, settings.theme, settings.text_percent)
    store = first_store(settings, files[0] if files else "", is_example=is_example)
    if store is None:
        return 0
    window = MainWindow(Document(store), settings)
    put_back = errors.install_crash_handler(partial(_show_report, window))
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in a terminal ends it; every edit is on disk already
    try:
        theme.dress(app)
        window.show()
        gc.enable()
        return app.exec()
    finally:
        put_back()


def _show_report(window: MainWindow, sentence: str, path: Path) -> None:
    from .dialogs import report

    report.show(window, sentence, path)


def make_app() -> QApplication:
    """The one QApplication, with our name and icon."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName(APP_NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("coml-toolkit")
    app.setWindowIcon(QIcon(str(resources.path("icons", "coml.svg"))))
    return app


def first_store(settings: Settings, named: str, *, is_example: bool = False) -> Store | None:
    """The unit file to begin with: the one named, that of COML_UNIT, that of last time, or the user's own.

    What cannot be opened is said in words with a way out. None: the user chose to quit.
    """
    name = who(settings)
    if is_example:
        from .dialogs.unit_file import example_file, open_example

        return _or_ask(example_file(), name, lambda: open_example(name))
    if asked := named or os.environ.get("COML_UNIT", ""):
        path = Path(asked)
    elif settings.unit_file and Path(settings.unit_file).exists():
        path = Path(settings.unit_file)
    elif (path := paths.default_unit_file()).exists():
        pass
    else:
        return _or_ask(path, name, lambda: create_store(path, who=name))
    return _or_ask(path, name, lambda: open_store(path, who=name))


def _or_ask(path: Path, name: str, get: Callable[[], Store]) -> Store | None:
    try:
        return get()
    except ComlError as error:
        from .dialogs.unit_file import ask_instead

        return ask_instead(None, path, error, name, leave="Quit")
