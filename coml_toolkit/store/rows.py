"""A record as plain values that SQLite and JSON can hold, and back.

bool <-> 0/1, StrEnum <-> its text, datetime <-> ISO 8601 UTC, Tone <-> its spelling in `units`; the rest as it is.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from .. import units
from ..model.channel import Channel, Tone
from ..model.finding import Disposition
from ..model.plan import Assignment, Incident, Period, Revision, Unit
from ..model.printed import Printed
from ..model.record import Record
from ..model.sheet import Sheet

Plain = str | int | float | None
R = TypeVar("R", bound=Record)

# Each record type: its table, and the order its rows are always read in (never rowid: undo would reorder).
TABLES: dict[type[Record], tuple[str, str]] = {
    Unit: ("units", "id"),
    Incident: ("incidents", "id"),
    Period: ("periods", "incident_id, number, id"),
    Channel: ("channels", "name COLLATE NOCASE, id"),
    Assignment: ("assignments", "period_id, position, id"),
    Revision: ("revisions", "period_id, number, id"),
    Disposition: ("dispositions", "incident_id, at, id"),
    Printed: ("printed", "period_id, made_at, id"),
    Sheet: ("sheets", "incident_id, period_id, form, id"),
}
BY_TABLE = {table: record_type for record_type, (table, _) in TABLES.items()}
_tone = cache(units.parse_tone)  # a library of 10,000 channels holds a few dozen tones


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    if isinstance(hint, types.UnionType):
        (hint,) = [part for part in typing.get_args(hint) if part is not type(None)]
    if hint is Tone:
        return _tone
    if hint is datetime:
        return units.from_iso
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return None


_READERS = {
    record_type: {field.name: _reader(typing.get_type_hints(record_type)[field.name]) for field in fields(record_type)}
    for record_type in TABLES
}  # for each field, what turns its plain value into the real one; None: nothing to do


def to_row(record: Record) -> dict[str, Plain]:
    """The record's fields as plain values, in the order they are declared."""
    return {name: _plain(getattr(record, name)) for name in _READERS[type(record)]}


def _plain(value: Any) -> Plain:
    if isinstance(value, Tone):
        return units.tone(value)
    if isinstance(value, datetime):
        return units.iso(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    return typing.cast(Plain, value)


def from_row(record_type: type[R], row: Mapping[str, Any]) -> R:
    """A record from plain values; fields that are absent take their default (history of an older program)."""
    values: dict[str, Any] = {}
    for name, read in _READERS[record_type].items():
        if name in row:
            value = row[name]
            values[name] = value if read is None or value is None else read(value)
    return record_type(**values)
