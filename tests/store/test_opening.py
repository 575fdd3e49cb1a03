"""Making and opening unit files: any path, any file; a refusal is one sentence and a hint, and changes nothing."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from coml_toolkit.errors import ComlError, ReadOnlyError, StoreError
from coml_toolkit.model.channel import Channel
from coml_toolkit.model.plan import Incident, Plan
from coml_toolkit.store import Store, backup, create_store, migrations, open_store, version
from coml_toolkit.store import store as store_module

# Paths that an address, a pattern or a sloppy program would trip over
NAMES = [
    "unit.coml",
    "with space.coml",
    "50% of #3?.coml",
    "a&b=c;immutable=1.coml",
    "%41.coml",
    "[2026] {a,b}*.coml",
    "Größe Ω 無線 😀.coml",
    "'quoted' \"twice\".coml",
    "file:unit.coml",
    ":memory:",
    "no suffix",
    ".hidden",
    "unit.tar.coml",
    "-rf.coml",
]
if os.name == "posix":
    NAMES += [os.fsdecode(b"caf\xe9.coml"), "back\\slash.coml", "new\nline.coml"]
else:
    NAMES = [name for name in NAMES if not set(name) & set('<>:"/\\|?*')]


def in_one_sentence(error: ComlError) -> bool:
    return error.message.endswith((".", "!")) and len(error.message) > 10 and bool(error.hint)


def refuse(path: Path, words: str) -> StoreError:
    """Opening is refused with these words, and nothing in the folder is changed."""
    before = {found: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()}
    for read_only in (False, True):
        with pytest.raises(ComlError, match=words) as refused:
            open_store(path, read_only=read_only)
        assert in_one_sentence(refused.value)
    after = {found: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()}
    for beside in (f".{path.name}.lock", f"{path.name}-wal", f"{path.name}-shm"):
        after.pop(path.with_name(beside), None)
        before.pop(path.with_name(beside), None)
    assert after == before
    return refused.value


# ── making ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_a_unit_file_may_have_any_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a folder #1?" / name
    with create_store(path, name="County") as store:
        store.replace([], [Channel(name="LAW1")], "Add LAW1")
        with open_store(path) as second:
            assert second.is_read_only
            assert [channel.name for channel in second[Channel].all()] == ["LAW1"]
        copy = backup.copy_of_today(path)
    assert copy is not None
    assert backup.newest_copy(path) == copy
    monkeypatch.chdir(path.parent)
    for where in (path, Path(name), copy):
        for read_only in (False, True):
            with open_store(where, read_only=read_only) as store:
                assert store.unit().name == "County"
                assert store[Channel].all()[0].name == "LAW1"
    open_store(path).close()
    assert {found.name for found in path.parent.iterdir()} == {name, f".{name}.lock", "backups"}


def test_a_new_unit_is_called_after_its_file_unless_it_has_a_name(tmp_path: Path) -> None:
    with create_store(tmp_path / "Campbell County.coml") as store:
        assert store.unit().name == "Campbell County"
    with create_store(tmp_path / "b.coml", name="Größe") as store:
        assert store.unit().name == "Größe"
        assert (store.undo_words(), store.redo_words(), list(store.history())) == ("", "", [])
        assert not store.is_read_only


def test_a_new_unit_file_makes_its_folders(tmp_path: Path) -> None:
    with create_store(tmp_path / "a" / "b" / "unit.coml"):
        pass
    assert (tmp_path / "a" / "b" / "unit.coml").is_file()


@pytest.mark.parametrize("there", [b"", b"precious", None], ids=["empty", "something", "folder"])
def test_an_existing_file_is_never_replaced(path: Path, there: bytes | None) -> None:
    path.mkdir() if there is None else path.write_bytes(there)
    with pytest.raises(StoreError, match="exists already") as refused:
        create_store(path)
    assert in_one_sentence(refused.value)
    assert path.is_dir() if there is None else path.read_bytes() == there
    assert list(path.parent.iterdir()) == [path]


def test_an_open_unit_file_is_never_replaced(store: Store, path: Path) -> None:
    with pytest.raises(StoreError, match="exists already"):
        create_store(path)


def test_a_file_that_appears_while_one_is_made_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program was faster, between the question and the making."""
    lock = store_module._lock

    def slow(*args: object, **options: float) -> object:
        path.write_bytes(b"the other's")
        return lock(*args, **options)

    monkeypatch.setattr(store_module, "_lock", slow)
    with pytest.raises(StoreError, match="exists already"):
        create_store(path)
    assert path.read_bytes() == b"the other's"


def test_a_file_that_another_program_is_making_is_left_to_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_WAIT_S", 0.1)
    with store_module._lock(path), pytest.raises(StoreError, match="Another program is making") as refused:
        create_store(path)
    assert in_one_sentence(refused.value)
    assert not path.exists()


def test_of_programs_that_all_start_with_no_file_one_makes_it(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from coml_toolkit.errors import StoreError\n"
        "from coml_toolkit.store import create_store\n"
        "sys.stdin.readline()\n"
        "try:\n"
        "    create_store(Path(sys.argv[1])).close()\n"
        "except StoreError as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    children = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for child in children:
        child.stdin.write("now\n")
        child.stdin.flush()
    said = sorted(child.communicate(timeout=60)[0] for child in children)
    assert said == ["", *[f"{path} exists already.\n"] * 2]
    with open_store(path) as store:
        assert store.unit().name == "unit"


def test_a_unit_file_cannot_be_made_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file" / "unit.coml", tmp_path / "file" / "folder" / "unit.coml"):
        with pytest.raises(ComlError, match="a file, not a folder") as refused:
            create_store(path)
        assert in_one_sentence(refused.value)


def test_a_name_too_long_for_the_disk_is_refused_in_words(tmp_path: Path) -> None:
    for act in (create_store, open_store):
        with pytest.raises(ComlError, match="could not be") as refused:
            act(tmp_path / ("x" * 300 + ".coml"))
        assert in_one_sentence(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_no_text_is_refused_in_words(path: Path) -> None:
    with pytest.raises(ComlError, match="no file can keep"):
        create_store(path, name="caf\udce9")
    assert not path.exists()


def test_a_unit_file_cannot_be_made_where_one_may_not_write(ordinary_folder: Path) -> None:
    ordinary_folder.chmod(0o555)
    with pytest.raises(ComlError, match="permission was denied") as refused:
        create_store(ordinary_folder / "unit.coml")
    assert in_one_sentence(refused.value)
    ordinary_folder.chmod(0o000)
    for act in (create_store, open_store):
        with pytest.raises(ComlError, match="permission was denied"):
            act(ordinary_folder / "unit.coml")
    ordinary_folder.chmod(0o755)
    assert list(ordinary_folder.iterdir()) == []


# ── what is no unit file ─────────────────────────────────────────────────────


def test_a_missing_file_is_not_made_by_opening_it(path: Path) -> None:
    refuse(path, "it does not exist")
    refuse(path.parent / "nowhere" / "unit.coml", "it does not exist")


def test_a_folder_is_no_unit_file(tmp_path: Path) -> None:
    refuse(tmp_path, "folder of that name|permission was denied")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "unit.coml is empty."),
        (b"S", "unit.coml is not a unit file."),
        (b"SQLite format 3", "unit.coml is not a unit file."),
        (b"PK\x03\x04" + bytes(5000), "unit.coml is not a unit file."),
        (bytes(5000), "unit.coml is not a unit file."),
        (b"SQLite format 3\0", "unit.coml is damaged."),
        (b"SQLite format 3\0" + b"\xff" * 60, "unit.coml is damaged."),
    ],
)
def test_a_file_of_another_kind_is_refused_by_name(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    assert refuse(path, "unit.coml").message == words


@pytest.mark.parametrize("application_id", [0, 1, 0x434F4D4D, -1])
@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_the_file_of_another_program_is_left_alone(path: Path, application_id: int, mode: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        other.execute(f"PRAGMA application_id = {application_id}")
        other.execute("CREATE TABLE incidents (name)")
    assert "another program" in refuse(path, "belongs to another program").message


def test_an_empty_file_with_our_mark_is_damaged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        other.execute("CREATE TABLE incidents (name)")
    refuse(path, "unit.coml is damaged")


def test_a_file_from_the_future_is_refused(unit_file: Path) -> None:
    with closing(sqlite3.connect(unit_file)) as later, later:
        later.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('coml', 'm999_x', '')")
        later.execute("ALTER TABLE incidents RENAME TO happenings")
        later.execute("PRAGMA journal_mode = DELETE")
    assert "newer version" in refuse(unit_file, "was made by a newer version").message


def test_migrations_of_another_set_are_none_of_our_business(unit_file: Path) -> None:
    with closing(sqlite3.connect(unit_file)) as db, db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('other', 'm999_x', '')")
    open_store(unit_file).close()


# ── damage (fuzzed in test_damage) ───────────────────────────────────────────


def test_a_truncated_file_is_damaged(unit_file: Path) -> None:
    whole = unit_file.read_bytes()
    for part in (len(whole) - 4096, len(whole) // 2, 4096, 100):
        unit_file.write_bytes(whole[:part])
        refuse(unit_file, "unit.coml is damaged")


def test_a_damaged_index_is_damage(unit_file: Path) -> None:
    """Rows found through it would be missing from the plan, and nobody would see it."""
    with closing(sqlite3.connect(unit_file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'assignments_by_period'").fetchone()
        (period,) = db.execute("SELECT id FROM periods").fetchone()
    content = bytearray(unit_file.read_bytes())
    at = content.rindex(period.encode(), (page - 1) * 4096, page * 4096)
    content[at] ^= 1
    unit_file.write_bytes(content)
    refuse(unit_file, "unit.coml is damaged")


def test_a_reference_to_nothing_is_damage(unit_file: Path) -> None:
    with closing(sqlite3.connect(unit_file)) as db, db:
        db.execute("DELETE FROM channels WHERE name = 'VTAC11'")
    refuse(unit_file, "unit.coml is damaged")


def test_a_damaged_file_names_its_newest_good_copy(unit_file: Path) -> None:
    folder = unit_file.parent / "backups"
    good = backup.copy_of_today(unit_file)
    assert good is not None
    for number, content in enumerate((good.read_bytes()[:5000], b"", b"nonsense")):
        bad = folder / f"unit.daily.2027-01-0{number + 1}.coml"
        bad.write_bytes(content)
        os.utime(bad, (4e9, 4e9))
    unit_file.write_bytes(unit_file.read_bytes()[:6000])
    assert refuse(unit_file, "unit.coml is damaged").hint == f"Its newest copy is {good}. Nothing was changed."
    with open_store(good) as store:
        assert len(store[Channel].all()) == 3
    shutil.rmtree(folder)
    assert "a copy of this one" in refuse(unit_file, "unit.coml is damaged").hint
    folder.write_bytes(b"a file of that name")
    assert "a copy of this one" in refuse(unit_file, "unit.coml is damaged").hint


@pytest.mark.parametrize("is_linked", [False, True])
def test_the_log_of_a_killed_program_is_not_lost_when_the_file_is_looked_at(
    store: Store, plan: Plan, tmp_path: Path, is_linked: bool
) -> None:
    killed = tmp_path / "killed"
    killed.mkdir()
    for end in ("", "-wal"):  # as they lie on the disk while the program runs
        shutil.copy(store.path.with_name(f"unit.coml{end}"), killed)
    path = killed / "unit.coml"
    log = path.with_name("unit.coml-wal").read_bytes()
    assert log
    name = path
    if is_linked:
        name = tmp_path / "linked.coml"
        name.symlink_to(path)
    with open_store(name, read_only=True) as looked_at:
        assert looked_at.plan(plan.period.id) == plan
    assert path.with_name("unit.coml-wal").read_bytes() == log
    with open_store(name) as again:
        assert again.plan(plan.period.id) == plan
    assert {found.name for found in killed.iterdir()} == {"unit.coml", ".unit.coml.lock"}


# ── old files ────────────────────────────────────────────────────────────────


def test_the_steps_a_file_is_asked_for_are_the_migrations() -> None:
    with Database(memory=True) as empty:
        assert tuple(step.name for step in migrations.migrations.pending(empty)) == version.STEPS


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Migrations:
    """A program one step ahead of this one."""
    ahead = Migrations("coml")
    with Database(memory=True) as empty:
        for step in migrations.migrations.pending(empty):
            ahead(name=step.name)(step.fn)

    @ahead()
    def m998_favourites(db: Database) -> None:
        db.execute("CREATE TABLE favourites (id TEXT PRIMARY KEY) STRICT")

    monkeypatch.setattr(migrations, "migrations", ahead)
    monkeypatch.setattr(version, "STEPS", (*version.STEPS, "m998_favourites"))
    return ahead


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_an_old_file_is_copied_and_then_upgraded(unit_file: Path, newer: Migrations) -> None:
    was = unit_file.read_bytes()
    with open_store(unit_file) as store:
        assert store[Incident].all()[0].name == "Jacks Branch Fire"
        assert store.undo_words() == "Add VCALL10"
    assert "favourites" in tables(unit_file)
    (copy,) = (unit_file.parent / "backups").iterdir()
    assert copy.name.startswith("unit.before-upgrade.")
    assert copy.suffix == ".coml"
    assert "favourites" not in tables(copy)
    assert len(copy.read_bytes()) == len(was)
    open_store(unit_file).close()  # and only once
    assert len(list((unit_file.parent / "backups").iterdir())) == 1


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(unit_file: Path, newer: Migrations) -> None:
    @newer()
    def m999_too_clever(db: Database) -> None:
        db.execute("CREATE TABLE half (id TEXT PRIMARY KEY) STRICT")
        db.execute("PRAGMA max_page_count = 1")
        db.execute("CREATE TABLE done AS SELECT * FROM channels, history")

    with pytest.raises(StoreError, match="could not be upgraded: the disk is full"):
        open_store(unit_file)
    assert not {"half", "done"} & tables(unit_file)
    (copy,) = (unit_file.parent / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("SELECT count(*) FROM channels").fetchone() == (3,)


def test_without_its_copy_an_old_file_is_not_upgraded(unit_file: Path, newer: Migrations) -> None:
    (unit_file.parent / "backups").write_bytes(b"a file where the folder should be")
    refuse(unit_file, "could not be upgraded: part of its path is a file|cannot be upgraded now")
    assert "favourites" not in tables(unit_file)


def test_who_only_looks_upgrades_an_old_file_too(unit_file: Path, newer: Migrations) -> None:
    with open_store(unit_file, read_only=True) as store:
        assert store.is_read_only
        assert len(store[Channel].all()) == 3
        assert "favourites" in tables(unit_file)
        with open_store(unit_file) as other:
            assert not other.is_read_only
    assert len(list((unit_file.parent / "backups").iterdir())) == 1


def test_an_old_file_that_cannot_be_changed_is_refused_with_the_reason(ordinary_file: Path, newer: Migrations) -> None:
    ordinary_file.chmod(0o444)
    for read_only in (False, True):
        with pytest.raises(
            StoreError, match=r"older version and cannot be upgraded now: unit\.coml is write-protected\."
        ) as refused:
            open_store(ordinary_file, read_only=read_only)
        assert refused.value.hint


def test_an_old_file_that_another_program_has_open_is_refused_with_the_reason(
    unit_file: Path, newer: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = store_module._lock(unit_file)
    with older, pytest.raises(StoreError, match="cannot be upgraded now: Another program has"):
        open_store(unit_file)
    open_store(unit_file).close()


# ── write-protected ──────────────────────────────────────────────────────────


def only_to_look_at(path: Path, why: str) -> None:
    with open_store(path) as store:
        assert store.is_read_only
        assert store.why_read_only.endswith(why)
        assert store[Channel].all()[0].name == "LAW1"
        assert store.undo_words() == "Add LAW1"
        assert len(list(store.history())) == 1
        for edit in (lambda: store.replace([], [Channel(name="LAW2")], "Add"), store.undo):
            with pytest.raises(ReadOnlyError) as refused:
                edit()
            assert refused.value.message == store.why_read_only
            assert refused.value.hint


@pytest.fixture
def ordinary_file(ordinary_folder: Path) -> Path:
    path = ordinary_folder / "unit.coml"
    with create_store(path) as store:
        store.replace([], [Channel(name="LAW1")], "Add LAW1")
    return path


def test_a_write_protected_file_can_be_looked_at(ordinary_file: Path) -> None:
    ordinary_file.chmod(0o444)
    was = ordinary_file.read_bytes()
    only_to_look_at(ordinary_file, "unit.coml is write-protected.")
    assert ordinary_file.read_bytes() == was
    ordinary_file.chmod(0o644)
    with open_store(ordinary_file) as store:
        store.undo()


@pytest.mark.parametrize("left", ["nothing", "the lock", "what a reader left"])
@pytest.mark.parametrize("mode", [0o444, 0o644])
def test_a_file_in_a_write_protected_folder_can_be_looked_at(ordinary_file: Path, left: str, mode: int) -> None:
    if left == "nothing":
        ordinary_file.with_name(".unit.coml.lock").unlink()
    if left == "what a reader left":
        with open_store(ordinary_file, read_only=True) as reader:
            reader.unit()
        assert ordinary_file.with_name("unit.coml-wal").exists()
    for found in ordinary_file.parent.iterdir():
        found.chmod(mode)
    ordinary_file.parent.chmod(0o555)
    only_to_look_at(ordinary_file, "write-protected.")


def test_a_disk_with_the_log_of_a_killed_program_that_cannot_be_read_says_so(ordinary_folder: Path) -> None:
    (ordinary_folder / "disk").mkdir()
    path = ordinary_folder / "disk" / "unit.coml"
    with create_store(ordinary_folder / "unit.coml") as store:
        store.replace([], [Channel(name="LAW1")], "Add LAW1")
        for end in ("", "-wal"):  # as they lie on the disk while the program runs
            shutil.copy(f"{store.path}{end}", f"{path}{end}")
            os.chmod(f"{path}{end}", 0o444)
    path.parent.chmod(0o555)
    with pytest.raises(StoreError, match=r"may not be opened here|write-protected") as refused:
        open_store(path)
    assert "Copy it" in refused.value.hint


def test_a_file_one_may_not_read_is_refused_in_words(ordinary_file: Path) -> None:
    ordinary_file.chmod(0o000)
    with pytest.raises(ComlError, match="permission was denied"):
        open_store(ordinary_file)
