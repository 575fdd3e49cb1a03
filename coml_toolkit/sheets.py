"""Every change of a filled-in form as a Change, as `planning` does it for plans; and 217As of a list of channels."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from resources import path as resource

from . import library, units
from .errors import InputError
from .model.channel import Channel, Direction, Kind
from .model.record import new_id
from .model.sheet import PRIVATE, Row, Sheet, fields_of, fields_text, is_private, rows_of, rows_text
from .planning import Change, now


def new_sheet(
    form: str,
    incident_id: str,
    *,
    period_id: str | None = None,
    title: str = "",
    fields: Mapping[str, str] | None = None,
    rows: Mapping[str, Sequence[Row]] | None = None,
) -> Change:
    """A new form to fill in; `form` is its number as in ICS 213."""
    sheet = Sheet(
        incident_id=incident_id,
        period_id=period_id,
        form=form,
        title=title,
        fields=fields_text(fields or {}),
        rows=rows_text(rows or {}),
        made_at=now(),
    )
    return Change([], [sheet], f"New {_name(sheet)}")


def copy_sheet(sheet: Sheet, period_id: str | None) -> Change:
    """The same form once more, for another operational period."""
    copy = replace(sheet, id=new_id(), period_id=period_id, made_at=now())
    return Change([], [copy], f"Copy {_name(sheet)}")


def remove_sheet(sheet: Sheet) -> Change:
    """Throw a filled-in form away; the history keeps it."""
    return Change([sheet], [], f"Remove {_name(sheet)}")


def retitle(sheet: Sheet, title: str) -> Change:
    """Give it another title."""
    return _to(sheet, replace(sheet, title=title), f"Rename {_name(sheet)} to {title}")


def change_fields(sheet: Sheet, texts: Mapping[str, str]) -> Change:
    """Write fields; an empty text says again what the plan says."""
    kept = {**fields_of(sheet), **texts}
    after = replace(sheet, fields=fields_text({name: text for name, text in kept.items() if text}))
    what = ", ".join(name.replace("_", " ") for name in texts)
    return _to(sheet, after, f"Change {what} of {_name(sheet)}")


def change_field(sheet: Sheet, name: str, text: str) -> Change:
    """Write one field; an empty text says again what the plan says."""
    return change_fields(sheet, {name: text})


def add_row(sheet: Sheet, table: str, row: Row | None = None, *, position: int | None = None) -> Change:
    """A new row in a table, at the end without a position."""
    return add_rows(sheet, table, [row or {}], position=position)


def add_rows(sheet: Sheet, table: str, rows: Sequence[Row], *, position: int | None = None) -> Change:
    """New rows in a table, at the end without a position."""
    old = rows_of(sheet).get(table, [])
    at = len(old) if position is None else position
    added = [_said(row) for row in rows]
    return _with_rows(sheet, table, [*old[:at], *added, *old[at:]], f"Add {_count(len(rows))} to {_name(sheet)}")


def change_row(sheet: Sheet, table: str, number: int, texts: Mapping[str, str]) -> Change:
    """Write cells of the row of that number, from 0."""
    rows = rows_of(sheet).get(table, [])
    _check(rows, [number])
    rows[number] = _said({**rows[number], **texts})
    what = ", ".join(name.replace("_", " ") for name in texts)
    return _with_rows(sheet, table, rows, f"Change {what} in row {number + 1} of {_name(sheet)}")


def mark_private(sheet: Sheet, table: str, numbers: Iterable[int], *, is_private: bool = True) -> Change:
    """Leave rows out of public copies, or put them back in."""
    rows = rows_of(sheet).get(table, [])
    chosen = _check(rows, numbers)
    for number in chosen:
        rows[number] = _said({**rows[number], PRIVATE: "yes" if is_private else ""})
    mark = "private" if is_private else "public"
    return _with_rows(sheet, table, rows, f"Mark {_count(len(chosen))} of {_name(sheet)} as {mark}")


def remove_rows(sheet: Sheet, table: str, numbers: Iterable[int]) -> Change:
    """Take rows out of a table."""
    rows = rows_of(sheet).get(table, [])
    gone = _check(rows, numbers)
    kept = [row for number, row in enumerate(rows) if number not in gone]
    return _with_rows(sheet, table, kept, f"Remove {_count(len(gone))} of {_name(sheet)}")


def move_rows(sheet: Sheet, table: str, numbers: Iterable[int], position: int) -> Change:
    """Move rows, in their order, before the row that is now at `position`."""
    rows = rows_of(sheet).get(table, [])
    moved = _check(rows, numbers)
    before = [row for number, row in enumerate(rows[:position]) if number not in moved]
    after = [row for number, row in enumerate(rows) if number >= position and number not in moved]
    chosen = [rows[number] for number in sorted(moved)]
    return _with_rows(sheet, table, [*before, *chosen, *after], f"Move {_count(len(moved))} of {_name(sheet)}")


def _said(row: Row) -> dict[str, str]:
    return {name: text for name, text in row.items() if text}


def _check(rows: Sequence[Row], numbers: Iterable[int]) -> set[int]:
    chosen = set(numbers)
    for number in sorted(chosen):
        if not 0 <= number < len(rows):
            raise InputError(f"There is no row {number + 1}.", hint=f"The table has {_count(len(rows))}.")
    return chosen


def _with_rows(sheet: Sheet, table: str, rows: Sequence[Row], words: str) -> Change:
    return _to(sheet, replace(sheet, rows=rows_text({**rows_of(sheet), table: rows})), words)


def _to(before: Sheet, after: Sheet, words: str) -> Change:
    return Change([], [], words) if after == before else Change([before], [after], words)


def _name(sheet: Sheet) -> str:
    return f"{sheet.form} {sheet.title}".strip()


def _count(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows} rows"


# ── the pool of channels as 217As ────────────────────────────────────────────

NO_BAND = "Other"  # talkgroups, telephones and what else has no frequency of its own


def pool_sheets(channels: Iterable[Channel], incident_id: str, *, description: str = "") -> list[Sheet]:
    """One ICS 217A for each band, from low to high, with these channels in the order they come."""
    by_band: dict[str, list[Row]] = {band.name: [] for band in library.bands()}
    for channel in channels:
        hz = channel.rx_hz if channel.rx_hz is not None else channel.tx_hz
        band = library.band(hz) if hz is not None and channel.kind is Kind.CONVENTIONAL else ""
        by_band.setdefault(band or NO_BAND, []).append(pool_row(channel))
    return [
        Sheet(
            incident_id=incident_id,
            form="ICS 217A",
            title=band,
            fields=fields_text({"band": band, "description": description} if description else {"band": band}),
            rows=rows_text({"channels": rows}),
        )
        for band, rows in by_band.items()
        if rows
    ]


def pool_row(channel: Channel) -> dict[str, str]:
    """A channel as the ICS 217A lists it."""
    row = {
        "configuration": configuration(channel),
        "channel": channel.name,
        "eligible": _first(channel, channel.eligibility, r"; |: | \("),
        "mode": units.mode_text(channel),
        "remarks": _first(channel, channel.remarks, r"\. "),
        PRIVATE: "yes" if is_private(channel) else "",
    }
    if channel.kind is Kind.CONVENTIONAL:
        row |= {
            "rx": units.rx_text(channel),
            "rx_tone": units.rx_tone_text(channel),
            "tx": units.tx_text(channel),
            "tx_tone": units.tx_tone_text(channel),
        }
    else:
        row["across"] = units.across_text(channel) or units.UNKNOWN
    return _said(row)


def _first(channel: Channel, text: str, end: str) -> str:
    """What the library says at length, in one sentence, as a row of the paper holds it; what a unit typed, whole."""
    return re.split(end, text, maxsplit=1)[0] if channel.edition else text


def configuration(channel: Channel) -> str:
    """The 217A's Channel Configuration; nothing where that is not known."""
    if channel.kind is not Kind.CONVENTIONAL:
        return units.KIND_WORDS[channel.kind]
    if channel.direction is Direction.RECEIVE_ONLY:
        return "Receive only"
    if channel.direction is Direction.TRANSMIT_ONLY:
        return "Transmit only"
    if channel.rx_hz is None or channel.tx_hz is None:
        return ""
    if channel.is_simplex:
        return "Direct" if channel.name.upper().endswith("D") else "Simplex"
    return "Repeater"


# ── the forms of the example incident ────────────────────────────────────────


def example_sheets(incident_id: str, period_id: str, made_at: datetime) -> list[Sheet]:
    """A filled-in sheet of every form, for the invented incident of `example`."""
    kept = json.loads(resource("forms", "example.json").read_text(encoding="utf-8"))
    return [
        Sheet(
            incident_id=incident_id,
            period_id=period_id,
            form=each["form"],
            title=each["title"],
            fields=fields_text(each["fields"]),
            rows=rows_text(each["rows"]),
            made_at=made_at,
        )
        for each in kept
    ]
