"""A unit file damaged anywhere: it is read as far as it can be, or refused in words; never a traceback, never a change.

Damage inside a text cannot be told from a text; what is promised is that nothing else than a ComlError comes of it.
"""

import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coml_toolkit import planning
from coml_toolkit.errors import ComlError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Incident, Period
from coml_toolkit.store import Store, create_store, open_store

READS: list[Callable[[Store], object]] = [
    Store.unit,
    lambda store: store[Channel].all(),
    lambda store: [store.plan(period.id) for period in store[Period].all()],
    lambda store: list(store.history()),
    Store.undo_words,
    Store.redo_words,
    Store.data_version,
]
SEEDS = 25
PAGE = 4096


def read_or_refused(content: bytes, folder: Path) -> str:
    """What opening and reading everything says; "" when all could be read."""
    path = folder / "unit.coml"
    path.write_bytes(content)
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(f"unit.coml{end}").unlink(missing_ok=True)
    said = ""
    for read_only in (True, False):
        try:
            with open_store(path, read_only=read_only) as store:
                for read in READS:
                    try:
                        read(store)
                    except ComlError as error:
                        said = in_one_sentence(error)
        except ComlError as error:
            said = in_one_sentence(error)
    return said


def in_one_sentence(error: ComlError) -> str:
    assert error.message.endswith(".")
    assert "\n" not in error.message
    assert "Traceback" not in error.message
    assert error.hint
    return error.message


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a unit file with a plan, history and a signed revision."""
    path = tmp_path_factory.mktemp("whole") / "unit.coml"
    at = datetime(2026, 11, 22, 11, tzinfo=UTC)
    with create_store(path, name="County", who="Ada") as store:
        store.replace(*planning.new_incident(Incident(name="Fire", time_zone="America/New_York"), at, None))
        (period,) = store[Period].all()
        for number in range(12):
            plan = store.plan(period.id)
            line = planning.new_line(plan, Channel(name=f"TAC {number}", rx_hz=155_000_000 + number))
            store.replace(*planning.add_lines(plan, [line]))
        store.replace(*planning.sign(store.plan(period.id), "Ada Wong", at))
        store.undo()
    return path.read_bytes()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6)
)
@example([(0.0, b"SQLite format 3\0")])
def test_bytes_overwritten_anywhere(whole: bytes, damage: list[tuple[float, bytes]]) -> None:
    content = bytearray(whole)
    for where, bytes_ in damage:
        at = int(where * len(whole))
        content[at : at + len(bytes_)] = bytes_[: len(whole) - at]
    with tempfile.TemporaryDirectory() as folder:
        said = read_or_refused(bytes(content), Path(folder))
        after = Path(folder, "unit.coml").read_bytes()
        assert after == bytes(content) or not said


@pytest.mark.parametrize("seed", range(SEEDS))
def test_one_bit_flipped_in_many_places(whole: bytes, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    used = [at for at, byte in enumerate(whole) if byte]  # most of a small file is empty space
    for _ in range(8):
        content = bytearray(whole)
        content[chance.choice(used)] ^= 1 << chance.randrange(8)
        read_or_refused(bytes(content), tmp_path)


def test_each_byte_of_the_header_flipped(whole: bytes, tmp_path: Path) -> None:
    for at in range(100):
        content = bytearray(whole)
        content[at] ^= 0xFF
        read_or_refused(bytes(content), tmp_path)


def test_letters_of_the_layout_and_of_the_values_changed(whole: bytes, tmp_path: Path) -> None:
    """A table, a column or a value that has another name than this program knows."""
    for word in (
        *(b"units", b"incidents", b"periods", b"channels", b"assignments", b"revisions", b"history", b"undo_stack"),
        *(b"rx_tone", b"period_id", b"is_undone", b"content", b"_sqlite_migrations", b"migration_set", b"applied_at"),
        *(b"unknown", b"conventional", b"CSQ", b"2026-11-22T", b"America/New_York", b"TAC 3", b"edit"),
        *(b'"lines"', b'"channel"', b'["channels"', b"[[", b"m001_units_incidents_plans"),
    ):
        for other in (word[:-1] + b"~", word[:-1] + b"\xff", bytes(len(word))):
            for content in (whole.replace(word, other, 1), whole.replace(word, other)):
                read_or_refused(content, tmp_path)


def test_pages_zeroed_swapped_or_cut_off(whole: bytes, tmp_path: Path) -> None:
    pages = [whole[at : at + PAGE] for at in range(0, len(whole), PAGE)]
    for number in range(len(pages)):
        other = (number + 1) % len(pages)
        zeroed = [*pages[:number], bytes(PAGE), *pages[number + 1 :]]
        swapped = list(pages)
        swapped[number], swapped[other] = pages[other], pages[number]
        for damaged in (zeroed, swapped, pages[:number], [*pages[:number], pages[number][:1000]]):
            read_or_refused(b"".join(damaged), tmp_path)


def test_nonsense_after_a_good_beginning(whole: bytes, tmp_path: Path) -> None:
    chance = random.Random(1)
    for kept in (0, 16, 100, PAGE, 2 * PAGE, len(whole) // 2):
        content = whole[:kept] + chance.randbytes(len(whole) - kept)
        assert read_or_refused(content, tmp_path)


def test_damage_found_on_opening_changes_no_byte(whole: bytes, tmp_path: Path) -> None:
    chance = random.Random(2)
    refused = 0
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(4):
            content[chance.randrange(len(content))] ^= 0xFF
        path = tmp_path / "unit.coml"
        path.write_bytes(content)
        try:
            open_store(path).close()
        except ComlError:
            refused += 1
            assert path.read_bytes() == content
            assert {found.name for found in tmp_path.iterdir()} == {"unit.coml", ".unit.coml.lock"}
    assert refused > 10
