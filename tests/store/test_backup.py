"""Copies of a unit file: one a day, the newest fourteen; whole, and of no other file."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from coml_toolkit.errors import ComlError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Plan
from coml_toolkit.store import Store, backup, create_store, open_store


def daily(path: Path, day: int) -> Path:
    """A copy as of some day, older than any made now."""
    copy = path.parent / "backups" / f"{path.stem}.daily.2026-01-{day:02}{path.suffix}"
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes(path.read_bytes())
    os.utime(copy, (1e9 + day, 1e9 + day))
    return copy


def test_todays_copy_is_made_once(unit_file: Path) -> None:
    made = backup.copy_of_today(unit_file)
    assert made is not None
    assert made.parent == unit_file.parent / "backups"
    with open_store(made) as copy, open_store(unit_file) as store:
        assert copy[Channel].all() == store[Channel].all()
        assert list(copy.history()) == list(store.history())
    was = made.read_bytes()
    with open_store(unit_file) as store:
        store.undo()
    assert backup.copy_of_today(unit_file) is None
    assert made.read_bytes() == was


def test_a_copy_is_made_beside_the_running_program_with_its_newest_edit(store: Store, plan: Plan, path: Path) -> None:
    made = backup.copy_of_today(path)
    assert made is not None
    with open_store(made) as copy:
        assert copy.plan(plan.period.id) == plan
    store.undo()


def test_a_copy_made_while_edits_go_on_is_whole(store: Store, plan: Plan, path: Path) -> None:
    made: list[Path | None] = []
    copying = threading.Thread(target=lambda: made.append(backup.copy_of_today(path)))
    copying.start()
    for number in range(100):
        store.replace([], [Channel(name=f"CH {number}", remarks="x" * 2000)], "Add")
    copying.join()
    (copy,) = made
    assert copy is not None
    with open_store(copy) as kept:
        assert len(kept[Channel].where(period_id=None)) == len(list(kept.history())) - 4


def test_the_newest_fourteen_days_are_kept(unit_file: Path) -> None:
    copies = [daily(unit_file, day) for day in range(1, 21)]
    upgrade = unit_file.parent / "backups" / "unit.before-upgrade.2020-01-01-000000.coml"
    upgrade.write_bytes(unit_file.read_bytes())
    os.utime(upgrade, (1, 1))
    made = backup.copy_of_today(unit_file)
    assert set(upgrade.parent.iterdir()) == {*copies[7:], made, upgrade}


def test_the_copies_of_another_unit_are_never_touched_or_offered(unit_file: Path) -> None:
    neighbours = []
    for name in ("unit.2.coml", "unit.daily.coml", "unit", "my unit.coml"):
        with create_store(unit_file.with_name(name)):
            pass
        neighbours += [daily(unit_file.with_name(name), day) for day in range(1, 19)]
    own = [daily(unit_file, day) for day in range(1, 19)]
    strange = [own[0].with_name(name) for name in ("unit.daily.coml", "unit.daily.mine.coml", "unit.backup.coml")]
    for file in strange:
        file.write_bytes(b"mine")
    made = backup.copy_of_today(unit_file)
    left = set(own[0].parent.iterdir())
    assert left == {*neighbours, *strange, *own[5:], made}
    assert backup.newest_copy(unit_file) == made
    assert backup.newest_copy(unit_file.with_name("unit.2.coml")) in neighbours


def test_without_copies_there_is_no_newest(unit_file: Path) -> None:
    assert backup.newest_copy(unit_file) is None
    assert backup.newest_copy(unit_file.parent / "nowhere" / "unit.coml") is None


def test_a_copy_that_fails_leaves_nothing_half_made(store: Store, plan: Plan, path: Path) -> None:
    class Failing:
        def backup(self, target: sqlite3.Connection) -> None:
            target.execute("CREATE TABLE half (x)")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        backup.copy_before_upgrade(path, Failing())
    assert list((path.parent / "backups").iterdir()) == []


def test_a_missing_file_is_not_made_by_copying_it(path: Path) -> None:
    with pytest.raises(ComlError, match=r"Today's copy of unit\.coml could not be made") as refused:
        backup.copy_of_today(path)
    assert refused.value.hint
    assert list(path.parent.rglob("*.coml")) == []


def test_where_no_copy_can_be_made_it_is_said(unit_file: Path) -> None:
    (unit_file.parent / "backups").write_bytes(b"a file of that name")
    with pytest.raises(ComlError, match="a file, not a folder"):
        backup.copy_of_today(unit_file)


def test_a_folder_one_may_not_write_to_gets_no_copy(ordinary_folder: Path) -> None:
    path = ordinary_folder / "unit.coml"
    with create_store(path):
        pass
    ordinary_folder.chmod(0o555)
    with pytest.raises(ComlError, match="permission was denied"):
        backup.copy_of_today(path)
