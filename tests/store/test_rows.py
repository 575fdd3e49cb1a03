"""Records as rows and as JSON, and back; for every record type there is, so a newcomer is tested by being in TABLES."""

import json
import types
import typing
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from coml_toolkit.model.channel import Channel, Tone
from coml_toolkit.model.plan import Incident
from coml_toolkit.model.record import Record
from coml_toolkit.store import Store
from coml_toolkit.store.migrations import migrations
from coml_toolkit.store.rows import BY_TABLE, TABLES, from_row, to_row

EVERY_TYPE = pytest.mark.parametrize("record_type", TABLES, ids=lambda record_type: record_type.__name__)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)  # half a pair is no text, and is refused
CODES = [
    st.builds(dict, ctcss_dhz=st.integers(600, 2600)),
    st.builds(dict, dcs=st.integers(0, 0o777).map(lambda code: int(f"{code:o}")), is_dcs_inverted=st.booleans()),
    st.just({}),
]
TONES = st.one_of(
    st.just(Tone(is_known=False)),
    st.builds(lambda code, nac: Tone(**code, nac=nac), st.one_of(CODES), st.none() | st.integers(0, 0xFFF)),
)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything that a field of this type may hold."""
    if isinstance(hint, types.UnionType):
        return st.one_of(values(part) for part in typing.get_args(hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return {
        str: TEXT,
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False),
        bool: st.booleans(),
        type(None): st.none(),
        Tone: TONES,
        datetime: st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
    }[hint]


def records(record_type: type[Record]) -> st.SearchStrategy[Record]:
    hints = typing.get_type_hints(record_type)
    return st.builds(record_type, **{field.name: values(hints[field.name]) for field in fields(record_type)})


@EVERY_TYPE
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_record_comes_back_from_its_row_and_from_json(record_type: type[Record], data: st.DataObject) -> None:
    record = data.draw(records(record_type))
    row = to_row(record)
    assert {type(value) for value in row.values()} <= {str, int, float, type(None)}
    assert from_row(record_type, row) == record
    assert from_row(record_type, json.loads(json.dumps(row, ensure_ascii=False))) == record


@pytest.fixture(scope="module")
def db() -> typing.Iterator[Database]:
    with Database(memory=True) as db:
        migrations.apply(db)
        yield db


@EVERY_TYPE
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_record_comes_back_from_the_file(db: Database, record_type: type[Record], data: st.DataObject) -> None:
    record = data.draw(records(record_type))
    row, (table, _) = to_row(record), TABLES[record_type]
    with db.conn:
        db.execute(f"DELETE FROM {table}")
        db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    (kept,) = db.table(table).rows
    assert from_row(record_type, kept) == record


@EVERY_TYPE
def test_every_field_has_a_column_and_every_column_a_field(db: Database, record_type: type[Record]) -> None:
    columns = db.table(TABLES[record_type][0]).columns
    assert [column.name for column in columns] == [field.name for field in fields(record_type)]
    hints = typing.get_type_hints(record_type)
    for column in columns:
        may_be_unset = type(None) in typing.get_args(hints[column.name])
        assert (column.notnull or column.is_pk) != may_be_unset, column.name


@EVERY_TYPE
def test_every_table_is_strict_and_has_an_order_that_ends_ties(db: Database, record_type: type[Record]) -> None:
    table, order = TABLES[record_type]
    assert db.table(table).strict
    assert order.split(", ")[-1] == "id"
    db.execute(f"SELECT * FROM {table} ORDER BY {order}")
    assert BY_TABLE[table] is record_type


def test_every_table_of_the_file_is_known(db: Database) -> None:
    kept = set(db.table_names()) - {"_sqlite_migrations", "sqlite_sequence", "history", "undo_stack"}
    assert kept == set(BY_TABLE)
    assert len(BY_TABLE) == len(TABLES)


def test_every_kind_of_record_is_in_a_table() -> None:
    ours = {kind.__name__ for kind in Record.__subclasses__() if kind.__module__.startswith("coml_toolkit.")}
    assert {kind.__name__ for kind in TABLES} == ours


@EVERY_TYPE
def test_what_an_older_program_could_not_write_takes_its_default(record_type: type[Record]) -> None:
    needed = {
        field.name for field in fields(record_type) if field.default is MISSING and field.default_factory is MISSING
    }
    hints = typing.get_type_hints(record_type)
    samples = {str: "x", int: 1, datetime: "2026-11-22T11:00:00Z"}
    row = {name: samples[hints[name]] for name in needed}
    record = from_row(record_type, {**row, "a field of a newer program": 1})
    assert to_row(record).items() >= row.items()


def test_an_instant_is_kept_to_the_microsecond_and_in_any_zone(store: Store) -> None:
    there = datetime(2026, 11, 22, 6, 0, 0, 123456, tzinfo=timezone(timedelta(hours=-5)))
    incident = Incident(name="Flood", opened_at=there)
    assert to_row(incident)["opened_at"] == "2026-11-22T11:00:00.123456Z"
    store.replace([], [incident], "Add")
    assert store[Incident].all() == [incident]
    store.replace([incident], [], "Remove")


@pytest.mark.parametrize("text", ["unknown", "CSQ", "67.0", "254.1", "D023N", "D023I", "$293", "156.7 / $293", "D754N"])
def test_a_tone_is_kept_in_its_one_spelling(text: str) -> None:
    assert to_row(from_row(Channel, {"tx_tone": text}))["tx_tone"] == text
