"""How soon a keystroke in the library's search is a filtered list: `python tests/bench/bench_filter.py`.

10,000 channels of the unit's own. Timed is all that the user waits for: the key, the search, the model, the selection
and the paint; the inspector follows when the typing pauses, and is timed by itself. Also how long the window stands
still while a 205 of 48 lines is drawn behind it. Everything is typed three times, and each key counts as its quickest:
other programs run here too. Exit code 1 if the worst keystroke is above the promise.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from coml_toolkit import library, planning
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Incident
from coml_toolkit.model.record import new_id
from coml_toolkit.planning import Change
from coml_toolkit.store import create_store
from ui import theme
from ui.actions import Actions
from ui.document import Document
from ui.jobs import Jobs
from ui.models.library import add_to_plan
from ui.pages.library import LibraryPage
from ui.widgets.inspector import Inspector
from ui.widgets.preview import PagePictures, Thumbnail

CHANNELS = 10_000
PROMISE_MS = 50
ROUNDS = 3
TYPED = ("vtac36", "155.75", "fire", "county 99", "zzzz", "700 interop")


def unit(folder: Path) -> Document:
    """A unit with many channels of its own, and a plan."""
    document = Document(create_store(folder / "unit.coml"))
    ships = library.channels()
    own: list[Channel] = [
        replace(
            ships[n % len(ships)], id=new_id(), name=f"{ships[n % len(ships)].name} {n}", service=f"County {n % 40}"
        )
        for n in range(CHANNELS)
    ]
    document.make(Change([], own, "Add channels"))
    start = datetime(2026, 11, 22, 11, tzinfo=UTC)
    document.make(planning.new_incident(Incident(name="Bench"), start, start + timedelta(hours=12)))
    return document


def ms(call: Callable[[], object]) -> float:
    """How long it takes, with all that follows in the event loop."""
    start = time.perf_counter()
    call()
    QApplication.processEvents()
    return 1000 * (time.perf_counter() - start)


def keystrokes(page: LibraryPage) -> list[tuple[float, str]]:
    """Milliseconds of each key, with what stood in the field then."""
    found = []
    for text in TYPED:
        for letter in text:
            found.append((ms(partial(QTest.keyClicks, page.search, letter)), page.search.text()))
        for _ in text:
            found.append((ms(partial(QTest.keyClick, page.search, Qt.Key.Key_Backspace)), page.search.text()))
    return found


def longest_standstill(document: Document, pictures: PagePictures) -> float:
    """Milliseconds between two ticks of the event loop, at most, while the 205 is drawn in the background."""
    add_to_plan(document, library.channels()[:48])
    ticks = [time.perf_counter()]
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(1)
    pictures.drawn.connect(lambda: pictures.is_stale or loop.quit())
    loop.exec()
    return 1000 * max(after - before for before, after in pairwise(ticks))


def main() -> int:
    """Measure and print."""
    app = QApplication(sys.argv)
    theme.apply(app, "light", 100)
    with tempfile.TemporaryDirectory() as folder:
        document, jobs, window = unit(Path(folder)), Jobs(), QMainWindow()
        actions = Actions(window)
        page, inspector, pictures = (
            LibraryPage(document, actions),
            Inspector(document, actions),
            PagePictures(document, jobs),
        )
        page.selected.connect(inspector.show_thing)
        column, inside = QVBoxLayout(), QWidget()
        column.addWidget(inspector)
        column.addWidget(Thumbnail(pictures))
        row = QHBoxLayout(inside)
        row.addWidget(page, 1)
        row.addLayout(column)
        window.setCentralWidget(inside)
        window.resize(1366, 768)
        print(f"open the page, {CHANNELS} channels  {ms(window.show):6.1f} ms")
        page.search.setFocus()
        longest_standstill(document, pictures)  # the first time loads reportlab
        QTest.qWait(2_000)  # as long as anybody takes to begin
        times = [min(rounds) for rounds in zip(*(keystrokes(page) for _ in range(ROUNDS)), strict=True)]
        worst, at = max(times)
        print(f"keystroke, middle                 {statistics.median(each for each, _ in times):6.1f} ms")
        print(f"keystroke, worst (“{at}”)".ljust(34) + f"{worst:6.1f} ms   promise {PROMISE_MS} ms")
        page.search.setText("vtac36")
        inspect = partial(inspector.show_thing, page.current())
        print(f"inspector shows the best match    {ms(inspect):6.1f} ms")
        sort = partial(page.view.sortByColumn, 1, Qt.SortOrder.DescendingOrder)
        print(f"sort by a heading                 {ms(sort):6.1f} ms")
        print(f"window stands still while drawing {longest_standstill(document, pictures):6.1f} ms")
        jobs.close()
        document.close()
    return int(worst > PROMISE_MS)


if __name__ == "__main__":
    sys.exit(main())
