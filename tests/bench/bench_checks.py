"""The checker on plans of 40 lines: `python tests/bench/bench_checks.py`.

Forty lines of the library's first channels, forty of one raster (the worst for intermodulation), and forty that no
library has, every one slightly wrong. The library is loaded before. Prints the best of some runs, and the first run of
all, which also imports NumPy; exit code 1 if a promise is not kept.
"""

import sys
import time
from dataclasses import replace

from coml_toolkit import library, planning
from coml_toolkit.checks import check
from coml_toolkit.model.channel import Channel, Direction, Mode
from coml_toolkit.model.plan import Incident, Period, Plan

LINES = 40
RUNS = 15
PROMISE_MS = 50.0


def plan_of(channels: list[Channel]) -> Plan:
    """Each channel for a division of its own."""
    incident = Incident(name="Bench")
    empty = Plan(incident=incident, period=Period(incident_id=incident.id, number=1))
    lines = [
        planning.new_line(empty, channel, function="Tactical", assignment=f"Division {number}")
        for number, channel in enumerate(channels)
    ]
    return replace(empty, lines=tuple(lines))


def plans() -> dict[str, Plan]:
    """What is checked, by name."""
    wrong = [
        Channel(
            name=f"COUNTY {number}",
            rx_hz=155_003_000 + 15_000 * number,
            tx_hz=153_003_000 + 15_000 * number,
            direction=Direction.BOTH,
            mode=Mode.DIGITAL,
            bandwidth_hz=25_000,
            emission="16K0F3E",
        )
        for number in range(LINES)
    ]
    return {
        "first of the library": plan_of(list(library.channels()[:LINES])),
        "all of one raster": plan_of(list(library.channels("CB")[:LINES])),
        "all wrong": plan_of(wrong),
    }


def milliseconds(plan: Plan) -> float:
    """One check."""
    start = time.perf_counter()
    check(plan)
    return (time.perf_counter() - start) * 1e3


def main() -> int:
    """Measure all plans; 0 when the promise is kept."""
    library.channels()
    worst = 0.0
    for name, plan in plans().items():
        first = milliseconds(plan)
        best = min(milliseconds(plan) for _ in range(RUNS))
        worst = max(worst, best)
        print(
            f"{len(plan.lines)} lines, {name}: {len(check(plan))} findings in {best:.1f} ms (first run {first:.0f} ms)"
        )
    print(f"promised: under {PROMISE_MS:.0f} ms; {'kept' if worst < PROMISE_MS else 'NOT KEPT'}")
    return 0 if worst < PROMISE_MS else 1


if __name__ == "__main__":
    sys.exit(main())
