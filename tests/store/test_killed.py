"""The program is killed at a bad moment: no acknowledged edit is lost, and the file is whole."""

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from coml_toolkit.model.plan import Period, Plan, Unit
from coml_toolkit.model.record import Record
from coml_toolkit.store import Store, open_store
from coml_toolkit.store.rows import TABLES

ROUNDS = 8
EDITS = 500
CHILD = f"""
import sys
from pathlib import Path
from dataclasses import replace
from coml_toolkit import planning
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Period
from coml_toolkit.store import open_store

store = open_store(Path(sys.argv[1]), who="child")
(period,) = store[Period].all()
for number in range({EDITS}):
    plan = store.plan(period.id)
    if number % 50 == 40:
        entry = store.undo()
    elif len(plan.lines) > 8:
        entry = store.replace(*planning.remove_lines(plan, plan.lines[:3]))
    elif number % 5 == 4:
        entry = store.replace(*planning.move_lines(plan, plan.lines[-1:], 0))
    else:
        line = planning.new_line(plan, Channel(name=f"Edit {{number}}", remarks="x" * 200))
        entry = store.replace(*planning.add_lines(plan, [line], position=number % 7))
    print(entry.number, flush=True)
print("all done", flush=True)
sys.stdin.read()
"""


def replayed(store: Store) -> dict[str, Record]:
    """The rows that the history tells of, from the first edit to the last."""
    found: dict[str, Record] = {}
    for entry in reversed(list(store.history())):
        for record in entry.before:
            assert found.pop(record.id) == record
        found |= {record.id: record for record in entry.after}
    return found


def test_killed_at_any_moment_no_acknowledged_edit_is_lost(store: Store, plan: Plan, path: Path) -> None:
    chance = random.Random()
    store.close()
    for _ in range(ROUNDS):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdin is not None
        assert child.stdout is not None
        with child:
            acknowledged = [child.stdout.readline() for _ in range(chance.randint(1, EDITS))]
            time.sleep(chance.random() * 0.003)
            child.kill()
            acknowledged += child.stdout.readlines()
        numbers = [int(line) for line in acknowledged if line.endswith("\n") and line != "all done\n"]
        with open_store(path) as opened:  # checks the file, every index and every reference
            assert not opened.is_read_only
            kept = {entry.number: entry for entry in opened.history()}
            assert set(numbers) <= set(kept)
            assert len(kept) - max(numbers) in (0, 1)  # at most the one that was under way
            assert kept[max(numbers)].who == "child"
            rows = {record.id: record for table in TABLES for record in opened[table].all() if table is not Unit}
            assert rows == replayed(opened)
            (period,) = opened[Period].all()
            lines = opened.plan(period.id).lines
            assert [line.assignment.position for line in lines] == list(range(len(lines)))
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
