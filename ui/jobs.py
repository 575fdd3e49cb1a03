"""Background work: the window never freezes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from coml_toolkit.errors import Cancelled


class Jobs(QObject):
    """Runs plain functions in threads and calls back on the main thread. One lives as long as the window."""

    news = Signal(object)  # a callable for the main thread; a signal is the only safe way there
    changed = Signal()  # a job began, ended, or came further: `doing` says what

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="job")
        self._running: dict[int, tuple[str, Event]] = {}
        self.news.connect(_call)

    def start(
        self,
        words: str,
        work: Callable[..., Any],
        *args: Any,
        on_done: Callable[[Any], None],
        on_error: Callable[[Exception], None],
    ) -> Event:
        """Run `work(*args, progress=…)`. Set the returned event to cancel; then nothing is called back."""
        stop = Event()
        key = id(stop)
        self._running[key] = (words, stop)
        self.changed.emit()

        def progress(done: int, total: int, doing: str = "") -> None:
            if stop.is_set():
                raise Cancelled
            share = f" {100 * done // total} %" if total else ""
            self.news.emit(partial(self._say, key, f"{doing or words}{share}"))

        def finish(call: Callable[[], None] | None) -> None:
            self._running.pop(key, None)
            self.changed.emit()
            if call is not None and not stop.is_set():
                call()

        def run() -> None:
            call: Callable[[], None] | None = None
            try:
                call = partial(on_done, work(*args, progress=progress))
            except Cancelled:
                pass
            except Exception as error:
                call = partial(on_error, error)
            self.news.emit(partial(finish, call))

        self._pool.submit(run)
        return stop

    @property
    def doing(self) -> list[tuple[str, Event]]:
        """The running jobs: words with how far they are, and the event that cancels each."""
        return list(self._running.values())

    def close(self) -> None:
        """Cancel everything and wait for it; nothing is called back afterwards."""
        for _, stop in self.doing:
            stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.news.disconnect(_call)

    def _say(self, key: int, words: str) -> None:
        if key in self._running:
            self._running[key] = (words, self._running[key][1])
            self.changed.emit()


def _call(callback: Callable[[], None]) -> None:
    callback()
