"""Tables of channels as people make them: each row read, refused, or passed over with the reason said."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coml_toolkit import units
from coml_toolkit.errors import InputError
from coml_toolkit.exchange import read
from coml_toolkit.exchange.preview import Import, Mapping, Row
from coml_toolkit.model.channel import Direction, Kind, Mode

AsCsv = Callable[[Sequence[Sequence[str]]], Path]
HEADINGS = ["Config", "Channel Name", "RX Freq", "RX Tone/NAC", "TX Freq", "TX Tone/NAC", "Mode", "Remarks"]


@pytest.fixture
def imported(as_csv: AsCsv) -> Callable[..., Import]:
    """Rows below the usual headings, read."""

    def read_rows(*rows: list[str], headings: list[str] = HEADINGS, **how: object) -> Import:
        return read.read(as_csv([headings, *rows]), **how)  # type: ignore[arg-type]

    return read_rows


def only(imported: Import) -> Row:
    assert len(imported.rows) == 1, imported
    return imported.rows[0]


def test_a_row_of_a_217a_is_a_channel(imported: Callable[..., Import]) -> None:
    row = only(imported(["Repeater", "VTAC33", "159.4725 N", "156.7", "151.1375 N", "136.5", "A", "mobile side"]))
    channel = row.channel
    assert channel is not None
    assert (channel.name, channel.rx_hz, channel.tx_hz) == ("VTAC33", 159_472_500, 151_137_500)
    assert (units.tone(channel.rx_tone), units.tone(channel.tx_tone)) == ("156.7", "136.5")
    assert (channel.bandwidth_hz, channel.mode, channel.modulation) == (12_500, Mode.ANALOG, "FM")
    assert channel.direction is Direction.BOTH
    assert channel.remarks == "mobile side"
    assert channel.source == "list.csv, row 2"
    assert row.number == 2


def test_five_decimals_stay(imported: Callable[..., Import]) -> None:
    row = only(imported(["", "7CALL50", "769.24375", "$F7E", "799.24375", "$293", "D", ""]))
    assert row.channel is not None
    assert (row.channel.rx_hz, row.channel.tx_hz) == (769_243_750, 799_243_750)
    assert row.channel.modulation == "P25"


@pytest.mark.parametrize(
    ("tx", "config", "tx_hz", "direction"),
    [
        ("+600 kHz", "", 147_560_000, Direction.BOTH),
        ("-0.6", "", 146_360_000, Direction.BOTH),
        ("simplex", "", 146_960_000, Direction.BOTH),
        ("", "Simplex", 146_960_000, Direction.BOTH),
        ("RX only", "", None, Direction.RECEIVE_ONLY),
        ("", "Receive only", None, Direction.RECEIVE_ONLY),
        ("", "", None, Direction.UNKNOWN),
        ("N/A", "", None, Direction.UNKNOWN),
    ],
)
def test_the_transmit_frequency_is_said_in_many_ways(
    imported: Callable[..., Import], tx: str, config: str, tx_hz: int | None, direction: Direction
) -> None:
    row = only(imported([config, "PSRG", "146.9600", "CSQ", tx, "103.5", "A", ""]))
    assert row.channel is not None
    assert (row.channel.tx_hz, row.channel.direction) == (tx_hz, direction)
    assert row.assumed or row.doubts  # none of these says the frequency itself


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["", "X", "155.75.25", "", "", "", "A", ""], "RX Freq"),
        (["", "X", "155.7525", "1567", "155.7525", "", "A", ""], "RX Tone/NAC"),
        (["", "X", "155.7525", "", "155.7525", "D089N", "A", ""], "TX Tone/NAC"),
        (["", "X", "155.7525", "", "+600", "", "A", ""], "kHz or MHz"),
        (["", "X", "155.7525 N", "", "155.7525 25 kHz", "", "A", ""], "one width"),
        (["", "X", "155.7525 W", "", "154.4525 N", "", "A", ""], "one width"),
        (["", "", "", "155.7525", "", "", "", ""], "no frequency"),
        (["Receive only", "X", "155.7525", "", "155.7525", "", "A", ""], "transmit frequency"),
        (["", "X", "TBD", "CSQ", "TBD", "CSQ", "A", ""], "no frequency"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_with_the_reason(
    imported: Callable[..., Import], cells: list[str], said: str
) -> None:
    row = only(imported(cells))
    assert row.channel is None
    assert said in row.refused[0]


def test_sections_notes_and_lines_between_rows_are_passed_over_and_told(imported: Callable[..., Import]) -> None:
    found = imported(
        ["Analog Voice — VHF High", "", "", "", "", "", "", ""],
        ["", "TAC 1", "155.7525", "CSQ", "155.7525", "CSQ", "A", ""],
        ["⋮", "", "", "", "", "100.0", "", ""],
        HEADINGS,
        ["All channels are shown as if programmed in a mobile.", "", "", "", "", "", "", ""],
        ["ICS 205", "ICS 205", *["IAP Page ____"] * 6],
        ["ICS 205", *["IAP Page ____"] * 7],
    )
    assert [row.number for row in found.rows] == [3]
    assert [one.number for one in found.passed] == [1, 2, 4, 5, 6, 7, 8]
    assert all(one.why for one in found.passed)


def test_a_channel_where_no_heading_says_its_columns_is_refused_not_left_out(as_csv: AsCsv) -> None:
    found = read.read(
        as_csv([["TAC 0", "154.4525", "154.4525"], ["Name", "RX", "TX"], ["TAC 1", "155.7525", "155.7525"]])
    )
    assert [(row.number, bool(row.refused)) for row in found.rows] == [(1, True), (3, False)]
    assert "above the headings" in found.rows[0].refused[0]


def test_a_footnote_mark_is_told_of(imported: Callable[..., Import]) -> None:
    row = only(imported(["", "PSRG", "146.9600", "CSQ†", "146.3600", "103.5", "A", ""]))
    assert row.channel is not None
    assert row.channel.rx_tone.is_csq
    assert any("footnote" in doubt for doubt in row.doubts)


def test_a_talkgroup_needs_no_frequency(imported: Callable[..., Import]) -> None:
    row = only(imported(["Talkgroup", "STATEWIDE 1", "STARCOM21", "", "STARCOM21", "", "D", ""]))
    assert row.channel is not None
    assert (row.channel.kind, row.channel.system) == (Kind.TALKGROUP, "STARCOM21")
    assert row.channel.rx_hz is None
    assert any("trunked system" in one for one in row.assumed)


def test_w_is_left_unknown_until_somebody_says_what_it_is(imported: Callable[..., Import]) -> None:
    cells = ["", "CH 16", "156.8000 W", "CSQ", "156.8000 W", "CSQ", "A", ""]
    row = only(imported(cells))
    assert row.channel is not None
    assert row.channel.bandwidth_hz is None
    assert any("20 or 25 kHz" in one for one in row.assumed)
    chosen = only(imported(cells, wide_hz=25_000)).channel
    assert chosen is not None
    assert chosen.bandwidth_hz == 25_000


def test_analog_in_the_aviation_band_is_not_taken_as_fm(imported: Callable[..., Import]) -> None:
    row = only(imported(["", "GUARD", "121.5000", "CSQ", "121.5000", "CSQ", "A", ""]))
    assert row.channel is not None
    assert row.channel.modulation == ""


def test_what_looks_odd_is_doubted_not_changed(imported: Callable[..., Import]) -> None:
    found = imported(
        ["Simplex", "A", "155.7526", "103.8", "154.4525", "CSQ", "A", ""],
        ["Repeater", "A", "155.7525", "CSQ", "155.7525", "CSQ", "A", ""],
    )
    first, second = found.rows
    assert first.channel is not None
    assert first.channel.rx_hz == 155_752_600
    assert any("raster" in doubt for doubt in first.doubts)
    assert any("103.8" in doubt for doubt in first.doubts)
    assert any("RX and TX differ" in doubt for doubt in first.doubts)
    assert any("the same" in doubt for doubt in second.doubts)
    assert any("row 2" in doubt for doubt in second.doubts)  # the name


def test_one_tone_column_is_the_tone_to_transmit(imported: Callable[..., Import]) -> None:
    row = only(imported(["PSRG", "146.96", "-", "0.6", "103.5"], headings=["Name", "Frequency", "+/-", "Offset", "PL"]))
    assert row.channel is not None
    assert (row.channel.tx_hz, units.tone(row.channel.tx_tone)) == (146_360_000, "103.5")
    assert not row.channel.rx_tone.is_known


def test_an_offset_without_a_direction_is_refused(imported: Callable[..., Import]) -> None:
    row = only(imported(["PSRG", "146.96", "0.6", "103.5"], headings=["Name", "Frequency", "Offset", "PL"]))
    assert "up or down" in row.refused[0]


def test_a_column_in_kilohertz_is_read_as_such(imported: Callable[..., Import]) -> None:
    row = only(imported(["60 m", "5330.5", "5330.5", "USB"], headings=["Name", "RX (kHz)", "TX (kHz)", "Mode"]))
    assert row.channel is not None
    assert row.channel.rx_hz == 5_330_500


def test_a_plan_keeps_what_its_lines_are_for(imported: Callable[..., Import]) -> None:
    headings = ["Zone Grp.", "Ch #", "Function", "Channel Name", "Assignment", "RX Freq", "RX Tone", "TX Freq",
                "TX Tone", "Mode", "Remarks"]  # fmt: skip
    found = imported(
        ["1", "3", "Tactical", "VTAC11", "Div A", "151.1375 N", "156.7", "151.1375 N", "156.7", "A", "ridge"],
        headings=headings,
    )
    row = only(found)
    assert found.kind == "plan"
    assert row.use is not None
    assert (row.use.zone, row.use.number, row.use.function, row.use.assignment) == ("1", 3, "Tactical", "Div A")
    assert row.use.remarks == "ridge"
    assert row.channel is not None
    assert row.channel.remarks == ""


def test_the_user_can_say_what_the_columns_are(as_csv: AsCsv) -> None:
    path = as_csv([["A", "B", "C"], ["TAC 1", "154.4525", "155.7525"]])
    with pytest.raises(InputError, match="no headings"):
        read.read(path)
    mapping = Mapping(headings=("A", "B", "C"), fields=("name", "tx", "rx"))
    channel = only(read.read(path, mappings=[mapping])).channel
    assert channel is not None
    assert (channel.rx_hz, channel.tx_hz) == (155_752_500, 154_452_500)


def test_a_mapping_without_headings_goes_by_position(as_csv: AsCsv) -> None:
    path = as_csv([["TAC 1", "155.7525", "154.4525"]])
    mapping = Mapping(fields=("name", "rx", "tx"))
    assert only(read.read(path, mappings=[mapping])).channel is not None


def test_a_mapping_is_remembered_as_text() -> None:
    mapping = Mapping(headings=("Ch #", "RX ✓"), fields=("name", "rx"), wide_hz=25_000, unit="kHz")
    assert Mapping.from_json(mapping.to_json()) == mapping


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"headings": 1}', "null"])
def test_a_damaged_mapping_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        Mapping.from_json(text)


def test_what_was_understood_can_be_corrected_and_used_again(imported: Callable[..., Import]) -> None:
    cells = ["", "A", "155.7525 W", "CSQ", "155.7525 W", "CSQ", "A", ""]
    found = imported(cells)
    corrected = Mapping(headings=found.mappings[0].headings, fields=found.mappings[0].fields, wide_hz=20_000)
    channel = only(imported(cells, mappings=[corrected])).channel
    assert channel is not None
    assert channel.bandwidth_hz == 20_000


def test_columns_that_are_not_read_are_named(imported: Callable[..., Import]) -> None:
    found = imported(["A", "155.7525", "155.7525", "100 W"], headings=["Name", "RX", "TX", "Power"])
    assert any("“Power”" in note for note in found.notes)


def test_the_preview_can_be_said_as_json(imported: Callable[..., Import]) -> None:
    import json

    found = imported(["", "TAC 1", "155.7525", "", "155.7525", "", "A", ""], ["", "X", "155.75.25", "", "", "", "", ""])
    said = json.loads(json.dumps(found.as_dict()))
    assert said["rows"][0]["channel"]["rx_hz"] == 155_752_500
    assert said["rows"][1]["refused"]
