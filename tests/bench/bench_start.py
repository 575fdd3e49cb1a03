"""How soon the window is usable, beside a bare PySide6 window: `python tests/bench/bench_start.py`.

Both are started by turns, many times, and timed from the start of the process until the window is painted and the event
loop has nothing left to do. Ours opens a unit with 10,000 channels of its own and a plan of 24 lines. Prints the
ratio; exit code 1 if it is above the promise.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

RUNS = 9
PROMISE = 2.5
CHANNELS = 10_000
LINES = 24
CHECKOUT = Path(__file__).resolve().parents[2]

BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, usable))

def usable():
    print("usable", flush=True)
    os._exit(0)

app = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""
OURS = """
import os, sys
import ui.__main__

app = ui.__main__.load()
from PySide6.QtCore import QTimer

def painted(window, event):
    super(app.MainWindow, window).paintEvent(event)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, usable))

def usable():
    print("usable", flush=True)
    os._exit(0)

app.MainWindow.paintEvent = painted
app.main(sys.argv[1:])
"""


def seconds(code: str, *arguments: str) -> float:
    """From the start of a process to its word that the window is usable."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, cwd=CHECKOUT, text=True
    ) as process:
        assert process.stdout is not None
        word = process.stdout.readline()
        taken = time.perf_counter() - start
    if word.strip() != "usable":
        raise SystemExit("The window did not come up.")
    return taken


def make_unit(path: Path) -> None:
    """A unit with many channels of its own and a plan."""
    from coml_toolkit import planning
    from coml_toolkit.model.channel import Channel, Direction, Mode, Tone
    from coml_toolkit.model.plan import Incident
    from coml_toolkit.store import create_store

    def channel(number: int) -> Channel:
        hz = 150_000_000 + 2_500 * number
        return Channel(
            name=f"OWN {number:05d}",
            service="Own",
            direction=Direction.BOTH,
            rx_hz=hz,
            tx_hz=hz,
            rx_tone=Tone(ctcss_dhz=1567),
            tx_tone=Tone(ctcss_dhz=1567),
            bandwidth_hz=12_500,
            mode=Mode.ANALOG,
        )

    with create_store(path) as store:
        channels = [channel(number) for number in range(CHANNELS)]
        store.replace([], channels, f"Add {CHANNELS} channels")
        now = datetime.now(UTC).replace(microsecond=0)
        change = planning.new_incident(Incident(name="Measured Fire"), now, now + timedelta(hours=12))
        store.replace(*change)
        plan = store.plan(change.after[1].id)
        lines = [
            planning.new_line(plan, one, zone="1", number=number) for number, one in enumerate(channels[:LINES], 1)
        ]
        store.replace(*planning.add_lines(plan, lines))


def main() -> int:
    """Measure, print, judge."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["COML_HOME"] = folder
        os.environ.pop("COML_UNIT", None)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the first run compiles, as everybody's does
        unit = Path(folder) / "measured.coml"
        make_unit(unit)
        bare, ours = [], []
        for run in range(RUNS + 1):
            pair = seconds(BARE), seconds(OURS, str(unit))
            if run:  # the first warms the disk
                bare.append(pair[0])
                ours.append(pair[1])
    ratio = statistics.median(our / its for our, its in zip(ours, bare, strict=True))  # side by side: same weather
    for name, taken in (("bare PySide6 window", bare), ("COML Toolkit, 10,000 channels", ours)):
        print(f"{name:32} median {statistics.median(taken):.3f} s, fastest {min(taken):.3f} s")
    print(f"ratio: median {ratio:.2f}, of the fastest {min(ours) / min(bare):.2f} (promise: {PROMISE})")
    return int(ratio > PROMISE)


if __name__ == "__main__":
    sys.exit(main())
