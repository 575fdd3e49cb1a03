"""How long the unit file takes: an edit with and without a long history, opening, a plan. Prints; asserts nothing.

Run by name: python tests/bench/bench_store.py
"""

import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from coml_toolkit import planning
from coml_toolkit.model.channel import CSQ, Channel, Direction, Mode, Tone
from coml_toolkit.model.plan import Incident, Period
from coml_toolkit.store import Store, create_store, open_store

CHANNELS = 10_000
HISTORY = 100_000
EDITS = 300
LINES = 24


def median_ms(act: Callable[[int], object], times: int) -> str:
    """The middle of many runs, and the twentieth slowest of a hundred."""
    taken = []
    for number in range(times):
        start = perf_counter()
        act(number)
        taken.append((perf_counter() - start) * 1000)
    return f"{statistics.median(taken):8.3f} ms   (95 of 100 under {statistics.quantiles(taken, n=20)[-1]:.3f} ms)"


def say(what: str, figure: str) -> None:
    print(f"{what:<52}{figure}")


def sample(number: int) -> Channel:
    return Channel(
        name=f"CH {number:05}",
        direction=Direction.BOTH,
        rx_hz=150_000_000 + number * 2_500,
        tx_hz=150_000_000 + number * 2_500,
        rx_tone=CSQ,
        tx_tone=Tone(ctcss_dhz=1567),
        bandwidth_hz=11_250,
        mode=Mode.ANALOG,
        remarks="Repeater on Cross Mountain, coverage to the county line",
    )


def editing(store: Store) -> Callable[[int], object]:
    """One edit of one channel."""
    channel = store[Channel].where(name="CH 05000")[0]

    def edit(number: int) -> None:
        nonlocal channel
        after = replace(channel, remarks=f"edit {number}")
        store.replace([channel], [after], "Change remarks of CH 05000")
        channel = after

    return edit


def lengthen_history(path: Path) -> None:
    """As if the newest edit had been made a hundred thousand times."""
    db = sqlite3.connect(path)
    with db:
        (newest,) = db.execute("SELECT max(number) FROM history").fetchone()
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO history (at, who, kind, words, before, after)"
            " SELECT at, who, kind, words, before, after FROM history, n WHERE number = ?",
            (HISTORY, newest),
        )
        db.execute("INSERT OR IGNORE INTO undo_stack SELECT number, 0 FROM history")
    db.close()


def opening(path: Path) -> Callable[[int], object]:
    return lambda _: open_store(path).close()


def measure(path: Path) -> None:
    with create_store(path, who="Ada") as store:
        start = perf_counter()
        store.replace([], [sample(number) for number in range(CHANNELS)], f"Import {CHANNELS} channels")
        say(f"adding {CHANNELS} channels in one edit", f"{(perf_counter() - start) * 1000:8.0f} ms")
        say(f"reading {CHANNELS} channels", median_ms(lambda _: store[Channel].all(), 5))
        say("an edit, short history", median_ms(editing(store), EDITS))
    say(f"opening and closing, {CHANNELS} channels", median_ms(opening(path), 20))
    lengthen_history(path)
    with open_store(path, who="Ada") as store:
        say(f"an edit, {HISTORY} edits of history", median_ms(editing(store), EDITS))
        say("an undo and a redo, same", median_ms(lambda _: (store.undo(), store.redo()), 50))
        say("what undo would do, same", median_ms(lambda _: store.undo_words(), 50))
        say("the newest 100 lines of history, same", median_ms(lambda _: list(store.history(limit=100)), 20))
    size_mb = path.stat().st_size / 1e6
    say(f"opening and closing, same ({size_mb:.0f} MB)", median_ms(opening(path), 5))


def measure_plan(path: Path) -> None:
    with create_store(path) as store:
        at = datetime(2026, 11, 22, 11, tzinfo=UTC)
        store.replace(*planning.new_incident(Incident(name="Fire"), at, None))
        (period,) = store[Period].all()
        for number in range(LINES):
            plan = store.plan(period.id)
            store.replace(*planning.add_lines(plan, [planning.new_line(plan, sample(number))]))
        say(f"a plan of {LINES} lines, a draft", median_ms(lambda _: store.plan(period.id), 200))
        store.replace(*planning.sign(store.plan(period.id), "Ada Wong", at))
        say(f"a plan of {LINES} lines, signed", median_ms(lambda _: store.plan(period.id), 200))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder, "unit.coml"))
        measure_plan(Path(folder, "plan.coml"))
