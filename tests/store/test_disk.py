"""The disk fails: one sentence and a hint, nothing lost, and the program goes on when it can."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coml_toolkit.errors import StoreError
from coml_toolkit.model.channel import Channel
from coml_toolkit.store import Store, open_store

LONG = "x" * 20_000


def fill(store: Store) -> tuple[int, StoreError]:
    """Add channels until the disk refuses; how many were added, and what was said."""
    for number in range(10_000):
        try:
            store.replace([], [Channel(name=f"CH {number}", remarks=LONG)], "Add")
        except StoreError as error:
            return number, error
    raise AssertionError("the disk never got full")


def is_whole_with(store: Store, count: int) -> None:
    assert len(store[Channel].all()) == count
    assert len(list(store.history())) == count
    path = store.path
    store.close()
    with open_store(path) as again:  # checks the whole file
        assert len(again[Channel].all()) == count


def test_a_full_disk_loses_nothing_and_the_next_edit_is_made_when_there_is_space(store: Store) -> None:
    pages = store._db.execute("PRAGMA page_count").fetchone()[0]
    store._db.execute(f"PRAGMA max_page_count = {pages + 100}")
    count, said = fill(store)
    assert count > 3
    assert said.message == "Nothing was changed: the disk is full."
    assert said.hint
    with pytest.raises(StoreError, match="the disk is full"):  # asked again
        store.replace([], [Channel(remarks=LONG * 10)], "Add")
    assert len(store[Channel].all()) == count
    assert store.undo_words() == "Add"
    store._db.execute(f"PRAGMA max_page_count = {pages * 1000}")
    store.replace([], [Channel(remarks=LONG)], "Add")
    is_whole_with(store, count + 1)


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [300_000, 500_001, 777_777])
def test_a_disk_that_refuses_to_write_loses_nothing(store: Store, size: int) -> None:
    with no_file_larger_than(size):
        count, said = fill(store)
        assert said.message == "Nothing was changed: the disk could not be read or written."
        assert said.hint
        assert len(store[Channel].all()) == count
        assert fill(store)[0] == 0
    store.replace([], [Channel(remarks=LONG)], "Add")
    is_whole_with(store, count + 1)


# On a real disk of half a megabyte, in a mount that only the child sees
CHILD = """
import json, sys
from pathlib import Path
from coml_toolkit.errors import ComlError
from coml_toolkit.files import write_whole
from coml_toolkit.model.channel import Channel
from coml_toolkit.store import backup, create_store, open_store

disk = Path(sys.argv[1])
said = []
def attempt(act, *args, **options):
    try:
        act(*args, **options)
    except ComlError as error:
        said.append([error.message, error.hint])
        return True
    said.append(["done", "-"])
    return False

store = create_store(disk / "unit.coml")
ballast = disk / "ballast"
ballast.write_bytes(bytes(100_000))
count = 0
while not attempt(store.replace, [], [Channel(name=str(count), remarks="x" * 3000)], "Add"):
    said.pop()
    count += 1
attempt(create_store, disk / "other.coml")
attempt(write_whole, disk / "205.pdf", bytes(400_000))
attempt(backup.copy_of_today, disk / "unit.coml")
store.close()
attempt(lambda: open_store(disk / "unit.coml").close())
ballast.unlink()
store = open_store(disk / "unit.coml")
store.replace([], [Channel(name="again")], "Add")
store.close()
with open_store(disk / "unit.coml") as store:
    kept = len(store[Channel].all())
print(json.dumps([count, kept, said, sorted(found.name for found in disk.rglob("*"))]))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk")
def test_on_a_disk_that_is_really_full_everything_is_refused_in_words(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("needs unshare")
    script = f'mount -t tmpfs -o size=512k tmpfs {tmp_path} || exit 77; exec "{sys.executable}" -c "$0" {tmp_path}'
    command = ["unshare", "-m", "sh", "-c", script, CHILD]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("may not mount here")
    assert done.stderr == ""
    count, kept, said, left = json.loads(done.stdout)
    assert count > 3
    assert kept == count + 1
    assert said[0][0].startswith("Nothing was changed: the disk ")
    assert [message.split(": ")[1] for message, _ in said[1:3]] == ["the disk is full."] * 2
    assert "the disk" in said[3][0]
    assert said[4][0] == "done" or said[4][0].startswith("unit.coml could not be opened: the disk ")
    assert all(hint for _, hint in said)
    assert left == [".other.coml.lock", ".unit.coml.lock", "backups", "unit.coml"]
