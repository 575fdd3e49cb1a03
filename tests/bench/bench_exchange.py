"""How long import and export take: pytest -s tests/bench/bench_exchange.py prints it; the bounds are generous."""

import io
import time
from collections.abc import Callable

import openpyxl
import pytest

from coml_toolkit import library
from coml_toolkit.exchange import formats, read
from coml_toolkit.exchange.formats import FORMATS, Format

HEADINGS = ["Channel Name", "RX Freq N or W", "RX Tone/NAC", "TX Freq N or W", "TX Tone/NAC", "Mode", "Remarks"]


def best_ms(work: Callable[[], object], times: int = 5) -> float:
    """The quickest of several runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken) * 1000


def rows(count: int) -> list[list[str]]:
    return [
        [
            f"CH {n}",
            f"{150 + n % 24}.{n % 80 * 125:04d} N",
            "156.7",
            f"{150 + n % 24}.{n % 80 * 125:04d} N",
            "D023N",
            "A",
            "x",
        ]
        for n in range(count)
    ]


def promise(taken: float, bound: int) -> str:
    """Whether a time was kept; a benchmark never asserts one."""
    return f"   promise {bound} ms: {'kept' if taken < bound else 'NOT KEPT'}"


@pytest.mark.parametrize("format_", FORMATS, ids=lambda one: one.name)
def test_355_channels_are_written_and_read(format_: Format) -> None:
    channels = library.channels()
    written = format_.write(channels, {})
    out_ms = best_ms(lambda: format_.write(channels, {}))
    line = f"{format_.name}: {written.count} channels written in {out_ms:.1f} ms"
    if format_.suffix != ".yaml":
        in_ms = best_ms(lambda: read.read_bytes(written.content, f"list{format_.suffix}"))
        line += f", read in {in_ms:.1f} ms"
        print(promise(in_ms, 2_000))
    print(line)
    print(promise(out_ms, 2_000))


@pytest.mark.parametrize("count", [300, 5_000])
def test_a_217a_is_read(count: int) -> None:
    table = [HEADINGS, *rows(count)]
    text = "\n".join(",".join(row) for row in table).encode()
    book = openpyxl.Workbook()
    for row in table:
        book.worksheets[0].append(row)
    file = io.BytesIO()
    book.save(file)
    for name, raw in (("list.csv", text), ("list.xlsx", file.getvalue())):
        assert len(read.read_bytes(raw, name).channels) == count
        taken = best_ms(lambda raw=raw, name=name: read.read_bytes(raw, name), 3)  # type: ignore[misc]
        print(f"{name}: {count} rows in {taken:.0f} ms")
        print(promise(taken, 2_000 + 2 * count))


def test_a_plan_of_forty_lines_is_written() -> None:
    channels = library.channels()[:40]
    print(f"40 lines as CHIRP CSV in {best_ms(lambda: formats.write('chirp', channels)):.2f} ms")
