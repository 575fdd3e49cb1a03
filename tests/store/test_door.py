"""Store.replace: the one door for edits."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from coml_toolkit import planning
from coml_toolkit.errors import InputError, StoreError
from coml_toolkit.model.channel import Channel, Direction, Tone
from coml_toolkit.model.plan import Assignment, Incident, Period, Plan, Revision, Unit
from coml_toolkit.model.record import Record
from coml_toolkit.store import Store, open_store
from coml_toolkit.store.rows import TABLES

SIGNED_AT = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)


def everything(store: Store) -> dict[type[Record], list[Record]]:
    found = {record_type: list(store[record_type].all()) for record_type in TABLES}
    return {**found, Record: list(store.history())}


def on_disk(path: Path, query: str) -> list[tuple[object, ...]]:
    """What another program reads from the file at this moment."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_an_edit_is_on_disk_when_the_call_returns(store: Store, path: Path) -> None:
    store.replace([], [Incident(name="Flood")], "New incident")
    assert on_disk(path, "SELECT name FROM incidents") == [("Flood",)]
    assert on_disk(path, "SELECT words FROM history") == [("New incident",)]


def test_the_disk_is_told_to_keep_each_edit_also_if_power_fails(store: Store) -> None:
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert store._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_nothing_before_adds_and_nothing_after_removes(store: Store) -> None:
    channel = Channel(name="LAW1")
    store.replace([], [channel], "Add LAW1")
    assert store[Channel].all() == [channel]
    assert store[Channel].get(channel.id) == channel
    store.replace([channel], [], "Remove LAW1")
    assert store[Channel].all() == []
    assert store[Channel].get(channel.id) is None


def test_history_says_when_who_and_in_which_words_with_before_and_after(store: Store) -> None:
    before = Channel(name="LAW1", rx_tone=Tone(dcs=23, is_dcs_inverted=True, nac=0x293))
    after = replace(before, name="Größe “LAW” 2")
    store.replace([], [before], "Add LAW1")
    start = datetime.now(UTC)
    made = store.replace([before], [after], "Rename LAW1")
    newest, oldest = store.history()
    assert newest == made
    assert (newest.who, newest.words, newest.kind) == ("Ada", "Rename LAW1", "edit")
    assert (newest.before, newest.after) == ((before,), (after,))
    assert timedelta(0) <= newest.at - start < timedelta(seconds=10)
    assert (oldest.before, oldest.after) == ((), (before,))


def test_history_can_be_read_a_few_lines_at_a_time(store: Store, plan: Plan) -> None:
    whole = list(store.history())
    assert len(whole) == 4
    assert [entry.number for entry in whole] == [4, 3, 2, 1]
    assert list(store.history(limit=2)) == whole[:2]


def test_an_edit_while_the_history_is_being_read_disturbs_neither(store: Store, plan: Plan) -> None:
    reading = store.history()
    assert next(reading).number == 4
    store.replace([], [Channel(name="LAW1")], "Add LAW1")
    store.undo()
    assert [entry.number for entry in reading] == [3, 2, 1]


def test_without_its_line_of_history_an_edit_is_not_made(store: Store, plan: Plan) -> None:
    store._db.execute("CREATE TRIGGER no_history BEFORE INSERT ON history BEGIN SELECT RAISE(ABORT, 'no'); END")
    was = everything(store)
    for edit in (
        lambda: store.replace(*planning.remove_lines(plan, plan.lines[:1])),
        lambda: store.replace([], [Channel(name="LAW1")], "Add LAW1"),
        store.undo,
    ):
        with pytest.raises(sqlite3.IntegrityError, match="no"):
            edit()
        assert everything(store) == was
        assert store.undo_words() == "Add VCALL10"
    store._db.execute("DROP TRIGGER no_history")
    store.undo()


def test_a_failure_after_the_line_of_history_takes_it_back_too(store: Store, plan: Plan) -> None:
    store._db.execute("CREATE TRIGGER no_undo BEFORE INSERT ON undo_stack BEGIN SELECT RAISE(ABORT, 'no'); END")
    was = everything(store)
    with pytest.raises(sqlite3.IntegrityError, match="no"):
        store.replace([], [Channel(name="LAW1")], "Add LAW1")
    assert everything(store) == was


def test_an_edit_that_is_interrupted_is_not_made(store: Store, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    was = everything(store)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "_write_history", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.replace(*planning.remove_lines(plan, plan.lines[:1]))
    assert everything(store) == was
    store.replace(*planning.remove_lines(plan, plan.lines[:1]))


@pytest.mark.parametrize(
    "meanwhile",
    [lambda channel: [replace(channel, name="LAW2")], lambda channel: []],
    ids=["changed meanwhile", "removed meanwhile"],
)
@pytest.mark.parametrize("after", [lambda channel: [replace(channel, name="LAW3")], lambda channel: []])
def test_what_somebody_else_changed_meanwhile_is_not_overwritten(store: Store, meanwhile, after) -> None:
    channel, other = Channel(name="LAW1"), Channel(name="FIRE1")
    store.replace([], [channel, other], "Add two")
    store.replace([channel], meanwhile(channel), "Meanwhile")
    was = everything(store)
    with pytest.raises(StoreError, match="changed meanwhile") as refused:
        store.replace([other, channel], [replace(other, name="FIRE2"), *after(channel)], "Too late")
    assert refused.value.hint
    assert everything(store) == was


def test_what_is_there_already_is_not_added_again(store: Store) -> None:
    channel = Channel(name="LAW1")
    store.replace([], [channel], "Add LAW1")
    was = everything(store)
    with pytest.raises(StoreError, match="there already"):
        store.replace([], [Channel(name="new"), replace(channel, name="LAW2")], "Again")
    assert everything(store) == was


def test_what_something_else_needs_is_not_removed(store: Store, plan: Plan) -> None:
    was = everything(store)
    for gone in (plan.incident, plan.period, plan.lines[0].channel):
        with pytest.raises(StoreError, match="depends on it"):
            store.replace([gone], [], "Remove")
        assert everything(store) == was


def test_nothing_can_refer_to_what_is_not_there(store: Store, plan: Plan) -> None:
    was = everything(store)
    with pytest.raises(StoreError, match=r"Nothing was changed: .*depends"):
        store.replace([], [Period(incident_id="nowhere", number=1)], "Add")
    assert everything(store) == was


def test_the_order_inside_an_edit_does_not_matter(store: Store) -> None:
    incident = Incident(name="Flood")
    period = Period(incident_id=incident.id, number=1)
    channel = Channel(period_id=period.id)
    line = Assignment(period_id=period.id, channel_id=channel.id, position=0)
    records = [line, channel, period, incident]
    store.replace([], records, "Add")
    store.replace(records[::-1], [], "Remove")
    assert store[Incident].all() == store[Channel].all() == []


def test_a_channel_that_contradicts_itself_is_refused_and_named(store: Store) -> None:
    channel = Channel(name="WX1", direction=Direction.RECEIVE_ONLY, tx_hz=162_550_000)
    with pytest.raises(InputError, match="WX1 contradicts itself") as refused:
        store.replace([], [Unit(name="second"), channel], "Add")
    assert "receive only" in refused.value.message
    assert len(store[Unit].all()) == 1


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (Channel(rx_tone=Tone(ctcss_dhz=330)), "“33.0” is not a tone"),
        (Channel(tx_tone=Tone(dcs=89)), "“D089N” is not a tone"),
        (Incident(name="Flood", opened_at=datetime(2026, 11, 22, 6)), "could not be read back"),
    ],
    ids=["too low", "no octal digits", "local time"],
)
def test_a_record_that_could_not_be_read_back_is_never_written(store: Store, record: Record, why: str) -> None:
    """One such row would make the whole table unreadable from then on."""
    with pytest.raises((InputError, ValueError), match=why):
        store.replace([], [record], "Add")
    assert list(store.history()) == []
    assert store[type(record)].all() == []


@pytest.mark.parametrize("value", ["half \ud83d a smiley", "bytes of another code \udcff"])
def test_text_that_is_no_text_is_refused_in_words(store: Store, value: str) -> None:
    for record, words in ((Channel(name=value), "Add"), (Channel(name="LAW1"), value)):
        with pytest.raises(InputError, match="no file can keep"):
            store.replace([], [record], words)
    assert store[Channel].all() == []


def test_a_number_too_large_for_the_file_is_refused_in_words(store: Store) -> None:
    with pytest.raises(InputError, match="no file can keep"):
        store.replace([], [Channel(name="LAW1", talkgroup_id=2**63)], "Add")
    assert list(store.history()) == []


@pytest.mark.parametrize(
    "text", ["", " ", "a\0b", "'; DROP TABLE channels; --", "line\r\nline", "😀 Ω א", "\ufeff", "%s ? :1 {x}"]
)
def test_what_is_typed_is_kept_to_the_letter(store: Store, path: Path, text: str) -> None:
    channel = Channel(name=text, remarks=text)
    entry = store.replace([], [channel], text)
    store.close()
    with open_store(path) as again:
        assert again[Channel].all() == [channel]
        assert next(again.history()) == replace(entry, who="Ada")
        assert again.undo_words() == text


def test_a_signed_revision_cannot_be_changed_or_removed(store: Store, plan: Plan) -> None:
    store.replace(*planning.sign(plan, "Ada Wong", SIGNED_AT))
    (revision,) = store[Revision].all()
    was = everything(store)
    for after in ([], [replace(revision, content="{}")], [revision]):
        with pytest.raises(StoreError, match="locked") as refused:
            store.replace([revision], after, "Forge")
        assert "next revision" in refused.value.hint
        assert everything(store) == was
    with pytest.raises(StoreError, match="there already"):  # two windows sign at once
        store.replace(*planning.sign(plan, "Bob", SIGNED_AT))
    assert everything(store) == was


def test_every_table_is_read_in_its_own_order_whatever_the_order_of_writing(store: Store) -> None:
    channels = [Channel(name=name) for name in ("b", "A", "c", "B", "a")]
    store.replace([], channels, "Add")
    for _ in range(2):
        assert [channel.name for channel in store[Channel].all()] == ["A", "a", "b", "B", "c"]
        store.replace([channels[1]], [], "Remove")
        store.undo()


def test_rows_can_be_chosen_by_what_is_not_set(store: Store, plan: Plan) -> None:
    own = Channel(name="LAW1")
    store.replace([], [own], "Add")
    assert store[Channel].where(period_id=None) == [own]
    assert len(store[Channel].where(period_id=plan.period.id)) == 3
    assert store[Channel].where(period_id=plan.period.id, name="VTAC12") == [plan.lines[1].channel]


def test_the_file_is_whole_after_all_this(store: Store, plan: Plan, path: Path) -> None:
    store.replace(*planning.sign(plan, "Ada Wong", SIGNED_AT))
    store.undo()
    store.close()
    with Database(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
