"""Forms that somebody fills in: every change is a Change, and what is typed is kept as it was typed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coml_toolkit import library, sheets, units
from coml_toolkit.errors import InputError
from coml_toolkit.model.channel import Channel, Direction, Kind, Mode
from coml_toolkit.model.sheet import PRIVATE, Sheet, fields_of, fields_text, is_private, rows_of, rows_text
from coml_toolkit.planning import Change


def sheet(*names: str) -> Sheet:
    """A log with a row for each name."""
    rows = {"activity": [{"activity": name} for name in names]}
    return Sheet(incident_id="i", form="ICS 214", title="Night", rows=rows_text(rows))


def after(change: Change) -> Sheet:
    (changed,) = change.after
    assert isinstance(changed, Sheet)
    return changed


def names(changed: Sheet) -> list[str]:
    return [row.get("activity", "") for row in rows_of(changed).get("activity", [])]


def test_a_new_sheet_is_one_record_to_add() -> None:
    change = sheets.new_sheet("ICS 213", "i", period_id="p", title="Batteries", fields={"to": "Logistics"})
    made = after(change)
    assert (change.before, change.words) == ([], "New ICS 213 Batteries")
    assert (made.incident_id, made.period_id, made.form, made.title) == ("i", "p", "ICS 213", "Batteries")
    assert fields_of(made) == {"to": "Logistics"}
    assert rows_of(made) == {}
    assert made.made_at is not None
    assert made.made_at.microsecond == 0


def test_a_field_is_written_and_given_back_to_the_plan() -> None:
    before = sheet()
    change = sheets.change_field(before, "prepared_name", "Dana")
    assert (list(change.before), change.words) == ([before], "Change prepared name of ICS 214 Night")
    written = after(change)
    assert fields_of(written) == {"prepared_name": "Dana"}
    assert fields_of(after(sheets.change_field(written, "prepared_name", ""))) == {}
    assert fields_of(after(sheets.change_fields(written, {"name": "A", "agency": "B"}))) == {
        "prepared_name": "Dana",
        "name": "A",
        "agency": "B",
    }


def test_a_change_of_nothing_changes_nothing() -> None:
    before = sheet("a")
    for change in (
        sheets.change_field(before, "name", ""),
        sheets.change_row(before, "activity", 0, {"activity": "a"}),
        sheets.move_rows(before, "activity", [0], 0),
        sheets.retitle(before, "Night"),
    ):
        assert (change.before, change.after) == ([], [])


def test_rows_are_added_changed_moved_and_removed() -> None:
    log = sheet("a", "b", "c", "d")
    assert names(after(sheets.add_row(log, "activity", {"activity": "e"}))) == ["a", "b", "c", "d", "e"]
    assert names(after(sheets.add_row(log, "activity", {"activity": "e"}, position=1))) == ["a", "e", "b", "c", "d"]
    assert names(after(sheets.add_row(log, "activity"))) == ["a", "b", "c", "d", ""]
    assert names(after(sheets.change_row(log, "activity", 1, {"activity": "B"}))) == ["a", "B", "c", "d"]
    assert names(after(sheets.remove_rows(log, "activity", [0, 2]))) == ["b", "d"]
    assert names(after(sheets.move_rows(log, "activity", [3, 0], 2))) == ["b", "a", "d", "c"]
    assert names(after(sheets.move_rows(log, "activity", [0], 4))) == ["b", "c", "d", "a"]
    assert sheets.remove_rows(log, "activity", [0, 2]).words == "Remove 2 rows of ICS 214 Night"
    assert sheets.add_row(log, "resources", {"name": "x"}).words == "Add 1 row to ICS 214 Night"


def test_a_row_may_be_private() -> None:
    hidden = after(sheets.mark_private(sheet("a", "b"), "activity", [1]))
    assert [row.get(PRIVATE) for row in rows_of(hidden)["activity"]] == [None, "yes"]
    shown = after(sheets.mark_private(hidden, "activity", [1], is_private=False))
    assert rows_of(shown) == rows_of(sheet("a", "b"))


@pytest.mark.parametrize("number", [-1, 2])
def test_a_row_that_is_not_there_is_said(number: int) -> None:
    with pytest.raises(InputError, match=f"There is no row {number + 1}") as caught:
        sheets.change_row(sheet("a", "b"), "activity", number, {"activity": "x"})
    assert caught.value.hint == "The table has 2 rows."


def test_a_sheet_is_copied_to_another_period_and_thrown_away() -> None:
    before = replace(sheet("a"), period_id="p1")
    copy = after(sheets.copy_sheet(before, "p2"))
    assert copy.id != before.id
    assert (copy.period_id, copy.rows) == ("p2", before.rows)
    assert sheets.remove_sheet(before) == ([before], [], "Remove ICS 214 Night")


@pytest.mark.parametrize("text", ["", "[]", "1", '{"a": 1}', '{"a": [1]}', '{"a": [{"b": 1}]}', '{"a": {}}', "{"])
def test_a_damaged_sheet_is_said_in_one_sentence(text: str) -> None:
    damaged = Sheet(incident_id="", form="ICS 213", fields=text, rows=text)
    with pytest.raises(InputError, match="ICS 213 cannot be read"):
        rows_of(damaged)
    if text != "{}":
        with pytest.raises(InputError, match="ICS 213 cannot be read"):
            fields_of(damaged)


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.dictionaries(WORDS, WORDS), st.dictionaries(WORDS, st.lists(st.dictionaries(WORDS, WORDS), max_size=3)))
def test_what_is_typed_is_kept_letter_for_letter(fields: dict[str, str], rows: dict[str, list[dict[str, str]]]) -> None:
    kept = Sheet(incident_id="", form="", fields=fields_text(fields), rows=rows_text(rows))
    assert fields_of(kept) == fields
    assert rows_of(kept) == {name: table for name, table in rows.items() if table}


# ── 217As of channels ────────────────────────────────────────────────────────


def test_there_is_one_217a_for_each_band_from_low_to_high() -> None:
    uhf = Channel(name="UCALL40", rx_hz=453_212_500, tx_hz=458_212_500, direction=Direction.BOTH)
    vhf = Channel(name="VCALL10", rx_hz=155_752_500, tx_hz=155_752_500, direction=Direction.BOTH)
    talkgroup = Channel(name="OPS 1", kind=Kind.TALKGROUP, system="TVRCS", talkgroup_id=7)
    made = sheets.pool_sheets([uhf, talkgroup, vhf, vhf], "i", description="East Tennessee")
    assert [(each.title, fields_of(each)["band"]) for each in made] == [
        ("VHF", "VHF"),
        ("UHF", "UHF"),
        ("Other", "Other"),
    ]
    assert [row["channel"] for row in rows_of(made[0])["channels"]] == ["VCALL10", "VCALL10"]
    assert {fields_of(each)["description"] for each in made} == {"East Tennessee"}
    assert rows_of(made[2])["channels"] == [
        {"across": "TVRCS · TG 7", "channel": "OPS 1", "configuration": "Talkgroup", "mode": "unknown"}
    ]


def test_a_row_of_a_217a_says_a_channel_as_the_205_does() -> None:
    channel = Channel(
        name="VTAC36",
        rx_hz=151_137_500,
        rx_tone=units.parse_tone("156.7"),
        tx_hz=159_472_500,
        tx_tone=units.parse_tone("136.5"),
        bandwidth_hz=11_250,
        mode=Mode.ANALOG,
        direction=Direction.BOTH,
        eligibility="Public safety; with the county's consent",
        remarks="Cross Mountain. Long coverage.",
    )
    assert sheets.pool_row(channel) == {
        "configuration": "Repeater",
        "channel": "VTAC36",
        "eligible": "Public safety; with the county's consent",
        "rx": "151.1375 N",
        "rx_tone": "156.7",
        "tx": "159.4725 N",
        "tx_tone": "136.5",
        "mode": "A",
        "remarks": "Cross Mountain. Long coverage.",
    }


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        (Channel(name="VTAC12", rx_hz=1, tx_hz=1), "Simplex"),
        (Channel(name="UTAC41D", rx_hz=1, tx_hz=1), "Direct"),
        (Channel(name="UTAC41", rx_hz=1, tx_hz=2), "Repeater"),
        (Channel(name="WX", rx_hz=1, direction=Direction.RECEIVE_ONLY), "Receive only"),
        (Channel(name="PAGE", tx_hz=1, direction=Direction.TRANSMIT_ONLY), "Transmit only"),
        (Channel(name="?"), ""),
        (Channel(name="SAT", kind=Kind.SATELLITE), "Satellite"),
    ],
)
def test_the_configuration_is_said_only_when_it_is_known(channel: Channel, said: str) -> None:
    assert sheets.configuration(channel) == said


def test_federal_channels_are_private_on_a_217a() -> None:
    rows = [row for each in sheets.pool_sheets(library.channels(), "i") for row in rows_of(each)["channels"]]
    federal = [channel for channel in library.channels() if is_private(channel)]
    assert len(rows) == len(library.channels())
    assert sum(PRIVATE in row for row in rows) == len(federal) > 0


def test_there_is_an_example_of_forms_for_an_incident() -> None:
    at = datetime(2026, 11, 22, 14, tzinfo=UTC)
    made = sheets.example_sheets("i", "p", at)
    assert {(each.incident_id, each.period_id, each.made_at) for each in made} == {("i", "p", at)}
    assert len({each.id for each in made}) == len(made) > 25
    assert all(isinstance(fields_of(each), dict) and isinstance(rows_of(each), dict) for each in made)
