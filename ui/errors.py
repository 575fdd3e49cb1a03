"""Problems as the user sees them: one sentence and a hint; and of our own bugs a report to read and copy.

Imports no Qt until the desktop installs its crash handler, so that the command line can write reports too.
"""

import platform
import re
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from coml_toolkit import __version__, files, paths
from coml_toolkit.errors import Cancelled, ComlError

_KEPT = 20  # reports; the oldest go
_BUG = "This is a fault of the program, not yours. What you edited before is stored, and you can go on."
_BUG_HINT = "If it happens again, send the report to those who gave you the program."


def describe(error: BaseException) -> tuple[str, str]:
    """One sentence that says what is wrong, and a hint that says what to do."""
    if isinstance(error, ComlError):
        return error.message, error.hint
    if isinstance(error, Cancelled):
        return "It was stopped.", ""
    if isinstance(error, MemoryError):
        return "The computer's memory is full.", "Close other programs and try again. What you edited before is stored."
    if isinstance(error, OSError) and error.errno is not None:
        problem = files.os_problem(f"{error.filename or 'A file'} could not be used", error)
        return problem.message, problem.hint
    return _BUG, _BUG_HINT


# ── the report ───────────────────────────────────────────────────────────────


def write_report(error: BaseException) -> Path:
    """Write what happened into the log folder. Raises ComlError if there is room for it nowhere."""
    name = f"report-{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}.txt"
    text = report_text(error).encode(errors="replace")
    path = paths.log_folder() / name
    try:
        files.write_whole(path, text)
        _remove_old(path.parent)
    except ComlError:  # a full or write-protected disk must not take the report with it
        path = Path(tempfile.gettempdir()) / f"coml-{name}"
        files.write_whole(path, text)
    return path


def report_text(error: BaseException) -> str:
    """Versions and traceback; the home folder, which carries a name, as ~."""
    qt = sys.modules.get("PySide6")
    text = "\n".join(
        (
            f"COML Toolkit {__version__}",
            f"Python {platform.python_version()}, PySide6 {getattr(qt, '__version__', 'not in use')}",
            f"{platform.system()} {platform.release()}, {platform.machine()}",
            f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
            "",
            "".join(traceback.format_exception(error)),
        )
    )
    home = str(Path.home())
    if len(home) > 1:
        text = re.sub(rf"{re.escape(home)}(?=[\\/\"'\s]|$)", "~", text)
    return text


def _remove_old(folder: Path) -> None:
    for old in sorted(folder.glob("report-*.txt"))[:-_KEPT]:
        try:
            old.unlink(missing_ok=True)
        except OSError:
            pass  # somebody reads it; it goes next time


# ── the net under everything ─────────────────────────────────────────────────


def install_crash_handler(show: Callable[[str, Path], None]) -> Callable[[], None]:
    """From now on an error that nobody caught is reported and shown, and the program goes on.

    `show(sentence, path of the report)` is always called on the main thread. Returns what puts everything back.
    """
    from PySide6.QtCore import QObject, Signal, Slot

    class Bridge(QObject):
        """Carries an error from any thread to the main one, where this object lives."""

        happened = Signal(object)
        is_showing = False

        @Slot(object)
        def tell(self, error: BaseException) -> None:
            if self.is_showing:  # showing one failed in its turn: the console is what is left
                return
            self.is_showing = True
            try:
                show(*_reported(error))
            except Exception:
                _print(sys.exc_info()[1])
            finally:
                self.is_showing = False

    bridge = Bridge()
    bridge.happened.connect(bridge.tell)
    old = sys.excepthook, threading.excepthook, sys.unraisablehook

    def report(error: BaseException) -> None:
        _print(error)
        bridge.happened.emit(error)  # from another thread it waits for the main one

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            report(error)
        else:  # Ctrl+C at the terminal, and sys.exit
            old[0](kind, error, trace)

    def on_thread_error(args: threading.ExceptHookArgs) -> None:
        if isinstance(args.exc_value, Exception):
            report(args.exc_value)
        else:
            old[1](args)

    def on_unraisable(args: "sys.UnraisableHookArgs") -> None:
        if isinstance(args.exc_value, Exception):
            report(args.exc_value)
        else:
            old[2](args)

    def put_back() -> None:
        sys.excepthook, threading.excepthook, sys.unraisablehook = old
        bridge.happened.disconnect(bridge.tell)

    sys.excepthook, threading.excepthook, sys.unraisablehook = on_error, on_thread_error, on_unraisable
    return put_back


def _reported(error: BaseException) -> tuple[str, Path]:
    """What to say about it, and where its report is."""
    sentence = " ".join(part for part in describe(error) if part)
    try:
        return sentence, write_report(error)
    except ComlError as refused:
        return f"{sentence} {refused.message}", paths.log_folder()


def _print(error: BaseException | None) -> None:
    if error is not None and sys.stderr is not None:  # a windowed program on Windows has no console
        traceback.print_exception(error)
