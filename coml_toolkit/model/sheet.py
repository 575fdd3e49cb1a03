"""A form that somebody fills in: a 213, a 214, the 204 of one division. What is typed is kept as it was typed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..errors import InputError
from .channel import Channel
from .record import Record

PRIVATE = "private"  # the key of a row that a public copy leaves out; any text says yes

Row = Mapping[str, str]


def is_private(channel: Channel) -> bool:
    """Federal frequencies are exempt from public release: a public copy leaves them out."""
    return channel.eligibility.strip().upper().startswith("FEDERAL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Record):
    """One form of an incident, or of one of its operational periods. The names of fields are those of `forms`."""

    incident_id: str
    period_id: str | None = None  # None: it belongs to the incident as a whole
    form: str  # 'ICS 213'
    title: str = ""  # what tells it from others of its form: 'Division A'
    fields: str = "{}"  # JSON: the name of a field to its text
    rows: str = "{}"  # JSON: the name of a table to its rows, each from the name of a column to its text
    made_at: datetime | None = None


def fields_of(sheet: Sheet) -> dict[str, str]:
    """What is typed into the fields that a form has once."""
    kept = _read(sheet.fields, sheet)
    if not all(isinstance(text, str) for text in kept.values()):
        raise _damaged(sheet)
    return kept


def rows_of(sheet: Sheet) -> dict[str, list[dict[str, str]]]:
    """What is typed into the tables, row by row."""
    kept = _read(sheet.rows, sheet)
    for rows in kept.values():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _damaged(sheet)
        if not all(isinstance(text, str) for row in rows for text in row.values()):
            raise _damaged(sheet)
    return kept


def _read(text: str, sheet: Sheet) -> dict[str, Any]:
    try:
        kept = json.loads(text)
    except ValueError:
        raise _damaged(sheet) from None
    if not isinstance(kept, dict):
        raise _damaged(sheet)
    return kept


def _damaged(sheet: Sheet) -> InputError:
    name = f"{sheet.form} {sheet.title}".strip()
    return InputError(f"What was typed into {name} cannot be read.", hint="Restore it from a backup, or remove it.")


def fields_text(fields: Mapping[str, str]) -> str:
    """Fields as a sheet keeps them; equal for equal fields."""
    return json.dumps({name: fields[name] for name in sorted(fields)}, ensure_ascii=False)


def rows_text(tables: Mapping[str, Sequence[Row]]) -> str:
    """Tables as a sheet keeps them; a table without rows is not kept."""
    kept = {name: [dict(sorted(row.items())) for row in tables[name]] for name in sorted(tables) if tables[name]}
    return json.dumps(kept, ensure_ascii=False)
