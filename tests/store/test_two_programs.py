"""Two programs on one file: the first changes it, the second looks on; when the first is gone, the next may."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coml_toolkit import planning
from coml_toolkit.errors import ReadOnlyError, StoreError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Plan
from coml_toolkit.store import Store, create_store, open_store

FIRST = """
import sys
from pathlib import Path
from coml_toolkit.model.channel import Channel
from coml_toolkit.store import open_store

with open_store(Path(sys.argv[1]), who="first") as store:
    print(store.why_read_only or "open", flush=True)
    for line in sys.stdin:
        store.replace([], [Channel(name=line.strip())], f"Add {line.strip()}")
        print("done", flush=True)
"""


class First:
    """Another program that has the file open."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", FIRST, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.heard() == "open"

    def heard(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def add(self, name: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        assert self.heard() == "done"


@pytest.fixture
def first(unit_file: Path) -> Iterator[First]:
    program = First(unit_file)
    with program.process:
        yield program
        program.process.kill()


def test_the_second_says_so_and_looks_on(first: First, unit_file: Path) -> None:
    with open_store(unit_file, who="second") as second:
        assert second.is_read_only
        assert second.why_read_only == "Another program has unit.coml open; only that one can change it."
        seen = second.data_version()
        for name in ("LAW1", "LAW2"):
            first.add(name)
            assert second[Channel].where(name=name)[0].name == name
            assert next(second.history()).who == "first"
            assert second.undo_words() == f"Add {name}"
            assert second.data_version() != seen
            seen = second.data_version()
        assert second.data_version() == seen
        for edit in (lambda: second.replace([], [Channel()], "Add"), second.undo):
            with pytest.raises(ReadOnlyError, match="Another program has") as refused:
                edit()
            assert refused.value.hint
        first.add("LAW3")  # the second, looking on, is in nobody's way
        assert len(second[Channel].where(period_id=None)) == 3


def test_when_the_first_is_killed_the_next_one_may_change_it(first: First, unit_file: Path) -> None:
    first.add("LAW1")
    first.process.kill()
    first.process.wait()
    with open_store(unit_file) as store:
        assert not store.is_read_only
        assert store.undo().words == "Add LAW1"


def test_when_the_first_closes_it_the_next_one_may_change_it(first: First, unit_file: Path) -> None:
    with open_store(unit_file) as second:
        assert first.process.stdin is not None
        first.process.stdin.close()
        assert first.process.wait(timeout=30) == 0
        assert second.is_read_only  # as it said; it does not change its mind
        with open_store(unit_file) as third:
            third.replace([], [Channel(name="LAW1")], "Add LAW1")
        assert second[Channel].where(name="LAW1")


def test_the_same_program_twice_is_two_programs(store: Store, path: Path) -> None:
    with open_store(path) as second:
        assert second.is_read_only


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_file_reached_by_another_name_is_the_same_file(store: Store, path: Path, monkeypatch) -> None:
    (path.parent / "elsewhere").mkdir()
    link = path.parent / "elsewhere" / "linked.coml"
    link.symlink_to(path)
    monkeypatch.chdir(path.parent)
    for name in (link, Path("unit.coml"), Path("elsewhere", "..", "unit.coml")):
        with open_store(name) as second:
            assert second.is_read_only, name
    store.close()
    with open_store(link) as again:
        assert not again.is_read_only
        with open_store(path) as second:
            assert second.is_read_only


def test_a_store_that_is_closed_can_be_closed_again(path: Path) -> None:
    store = create_store(path)
    store.close()
    store.close()
    with open_store(path) as again:
        assert not again.is_read_only


def test_a_refused_opening_lets_the_next_one_in(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 30)
    with pytest.raises(StoreError):
        open_store(path)
    path.unlink()
    with create_store(path) as store:
        assert not store.is_read_only


def test_a_plan_is_read_as_of_one_moment_while_the_first_is_changing_it(store: Store, plan: Plan, path: Path) -> None:
    problems = []
    stop = threading.Event()

    def look_on() -> None:
        try:
            with open_store(path, read_only=True) as second:
                while not stop.is_set():
                    lines = second.plan(plan.period.id).lines
                    assert [line.assignment.position for line in lines] == list(range(len(lines)))
        except BaseException as error:  # said in the main thread
            problems.append(error)

    second = threading.Thread(target=look_on)
    second.start()
    for number in range(150):
        now = store.plan(plan.period.id)
        if number % 3 == 2:
            store.replace(*planning.remove_lines(now, now.lines[:2]))
        else:
            store.replace(*planning.add_lines(now, [planning.new_line(now, Channel(name="x"))], position=0))
    stop.set()
    second.join()
    assert problems == []


def test_what_another_program_wrote_past_us_is_not_overwritten(store: Store, plan: Plan, path: Path) -> None:
    """A tool that knows nothing of our lock; SQLite's own still holds."""
    line = plan.lines[0]
    other = sqlite3.connect(path)
    with other:
        other.execute("UPDATE channels SET name = 'X' WHERE id = ?", (line.channel.id,))
    with pytest.raises(StoreError, match="changed meanwhile"):
        store.replace(*planning.change_line(line, channel=replace(line.channel, name="Y")))
    other.execute("BEGIN IMMEDIATE")
    store._db.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(StoreError, match="another program is using the file") as refused:
        store.replace([], [Channel(name="LAW1")], "Add LAW1")
    assert refused.value.hint
    other.rollback()
    other.close()
    store.replace([], [Channel(name="LAW1")], "Add LAW1")
