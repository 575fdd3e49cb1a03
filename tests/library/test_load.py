"""A list with a bad row is refused by file and row, in one sentence and a hint; no row is ever skipped."""

import csv
import io
from pathlib import Path

import pytest

from coml_toolkit import library
from coml_toolkit.errors import LibraryError
from coml_toolkit.model.channel import CSQ, Direction, Mode

GOOD = {
    "name": "VTAC11",
    "service": "VHF interop",
    "eligibility": "Public safety",
    "rx_mhz": "151.1375",
    "rx_tone": "156.7",
    "tx_mhz": "151.1375",
    "tx_tone": "156.7",
    "bandwidth_khz": "12.5",
    "mode": "A",
    "modulation": "FM",
    "emission": "11K0F3E",
    "direction": "transmit and receive",
    "encryption": "not allowed",
    "remarks": "",
    "source": "NIFOG",
    "edition": "2.02",
    "verification": "multi",
    "verified_by": "two of them",
    "tone_source": "NIFOG",
}
SECOND = GOOD | {"name": "VTAC12", "rx_mhz": "154.4525", "tx_mhz": "154.4525"}
WEATHER = GOOD | {"direction": "receive only", "rx_tone": "CSQ", "tx_mhz": "", "tx_tone": ""}


def written(folder: Path, *rows: dict[str, str], head: list[str] | None = None) -> Path:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(list(GOOD) if head is None else head)
    writer.writerows(list(row.values()) for row in rows)
    file = folder / "mine.csv"
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    return file


def refusal(file: Path) -> LibraryError:
    with pytest.raises(LibraryError) as caught:
        library.load(file)
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
    assert caught.value.hint
    return caught.value


def test_a_good_list_gives_its_channels_in_order(tmp_path: Path) -> None:
    first, second = library.load(written(tmp_path, GOOD, SECOND))
    assert (first.name, first.rx_hz, first.tx_hz) == ("VTAC11", 151_137_500, 151_137_500)
    assert (first.mode, first.bandwidth_hz, first.direction) == (Mode.ANALOG, 12_500, Direction.BOTH)
    assert second.name == "VTAC12"


def test_a_receive_only_channel_has_nothing_to_transmit(tmp_path: Path) -> None:
    (channel,) = library.load(written(tmp_path, WEATHER))
    assert channel.direction is Direction.RECEIVE_ONLY
    assert channel.rx_tone == CSQ
    assert channel.tx_hz is None
    assert not channel.tx_tone.is_known


def test_a_list_saved_by_a_spreadsheet_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert len(library.load(file)) == 1


BAD_CELLS = {
    "a comma for the point": ({"rx_mhz": "151,1375"}, "rx_mhz: “151,1375” is not a frequency"),
    "two points": ({"tx_mhz": "151.13.75"}, "tx_mhz: “151.13.75” is not a frequency"),
    "no point": ({"rx_mhz": "1511375"}, "rx_mhz: “1511375” is not a frequency"),
    "a frequency in no band": ({"rx_mhz": "1511.375"}, "rx_mhz: 1511.3750 MHz lies in no band"),
    "no receive frequency": ({"rx_mhz": ""}, "rx_mhz is empty, but the channel is transmit and receive"),
    "no transmit frequency": ({"tx_mhz": ""}, "tx_mhz is empty, but the channel is transmit and receive"),
    "receive only with a transmit frequency": (
        {"direction": "receive only"},
        "tx_mhz is filled, but the channel is receive",
    ),
    "receive only with a transmit tone": ({"direction": "receive only", "tx_mhz": ""}, "tx_tone is filled"),
    "transmit only with a receive frequency": ({"direction": "transmit only"}, "rx_mhz is filled"),
    "a direction that is not known": ({"direction": "unknown"}, "direction is unknown"),
    "a direction that is none": ({"direction": "both"}, "direction cannot be “both”"),
    "a bad tone": ({"rx_tone": "156"}, "rx_tone: “156” is not a tone"),
    "a forgotten tone": ({"tx_tone": ""}, "tx_tone is empty"),
    "a NAC on an analog channel": ({"rx_tone": "$293"}, "rx_tone: $293 does not fit the mode A"),
    "a CTCSS on a digital channel": ({"mode": "D", "modulation": "P25"}, "rx_tone: 156.7 does not fit the mode D"),
    "a bad bandwidth": ({"bandwidth_khz": "narrow"}, "bandwidth_khz: “narrow” is not a bandwidth"),
    "no bandwidth": ({"bandwidth_khz": ""}, "bandwidth_khz is empty"),
    "a bad mode": ({"mode": "FM"}, "mode: “FM” is not a mode"),
    "a mode that contradicts the modulation": ({"mode": "D"}, "mode D contradicts the modulation FM"),
    "a modulation nobody knows": ({"modulation": "FN"}, "“FN” is not a modulation"),
    "a bad emission": ({"emission": "11KOF3E"}, "“11KOF3E” is not an emission designator"),
    "encryption that is no answer": ({"encryption": "maybe"}, "encryption cannot be “maybe”"),
    "no name": ({"name": ""}, "name is empty"),
    "a blank name": ({"name": "  "}, "name is empty"),
    "a name with a space at its end": ({"name": "VTAC12 "}, "the name “VTAC12 ” begins or ends with a space"),
    "a name with a line break": ({"name": "VTAC\n12"}, "name holds a line break"),
    "a remark with a line break": ({"remarks": "one\ntwo"}, "remarks holds a line break"),
    "no service": ({"service": ""}, "service is empty"),
    "another service": ({"service": "UHF interop"}, "the service is “UHF interop”, but “VHF interop” above"),
    "no source": ({"source": ""}, "source is empty"),
    "no edition": ({"edition": ""}, "edition is empty"),
    "no tone source": ({"tone_source": ""}, "tone_source is empty"),
    "the same name": ({"name": "VTAC11"}, "“VTAC11” is in row 2 already"),
    "the same name spelled otherwise": ({"name": "vtac-11"}, "“vtac-11” is in row 2 already"),
}


@pytest.mark.parametrize(("change", "problem"), BAD_CELLS.values(), ids=BAD_CELLS.keys())
def test_a_bad_cell_is_refused_by_file_and_row(tmp_path: Path, change: dict[str, str], problem: str) -> None:
    file = written(tmp_path, GOOD, SECOND | change, GOOD | {"name": "VTAC13"})
    message = refusal(file).message
    assert message.startswith("mine.csv, row 3: ")
    assert problem in message


def test_the_hint_for_a_mistyped_frequency_says_what_was_meant(tmp_path: Path) -> None:
    assert "151.1375" in refusal(written(tmp_path, GOOD | {"rx_mhz": "151,1375"})).hint


def test_a_row_with_a_field_too_few_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD, SECOND)
    file.write_text(file.read_text(encoding="utf-8").removesuffix(",NIFOG\n") + "\n", encoding="utf-8")
    assert refusal(file).message == "mine.csv, row 3: 18 fields instead of 19."


def test_a_row_with_a_field_too_many_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    file.write_text(file.read_text(encoding="utf-8").rstrip() + ",\n", encoding="utf-8")
    assert refusal(file).message == "mine.csv, row 2: 20 fields instead of 19."


def test_an_empty_line_is_refused_and_not_skipped(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert refusal(file).message == "mine.csv, row 3: 0 fields instead of 19."


def test_a_missing_column_is_refused_by_name(tmp_path: Path) -> None:
    head = [column for column in GOOD if column != "tx_tone"]
    assert "row 1: there must be one column “tx_tone”, not 0" in refusal(written(tmp_path, GOOD, head=head)).message


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    assert "one column “name”, not 2" in refusal(written(tmp_path, head=[*GOOD, "name"])).message


def test_an_unknown_column_is_refused_by_name(tmp_path: Path) -> None:
    assert "row 1: the column “power” is not known" in refusal(written(tmp_path, head=[*GOOD, "power"])).message


def test_columns_in_another_order_are_refused(tmp_path: Path) -> None:
    error = refusal(written(tmp_path, head=list(reversed(GOOD))))
    assert "row 1: the columns are not in their order" in error.message
    assert "name, service" in error.hint


def test_a_list_that_is_not_utf8_is_refused_by_row(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD, SECOND | {"remarks": "Québec"})
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))
    error = refusal(file)
    assert error.message == "mine.csv, row 3: the text is not UTF-8."
    assert "UTF-8" in error.hint


def test_a_list_with_an_open_quotation_mark_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    file.write_text(file.read_text(encoding="utf-8") + '"VTAC12', encoding="utf-8")
    assert refusal(file).message.startswith("mine.csv, row 3: not valid CSV")


@pytest.mark.parametrize("rows", [[], [GOOD]])
def test_a_list_with_no_channel_is_refused(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    file = written(tmp_path)
    if not rows:
        file.write_bytes(b"")
    assert refusal(file).message == "mine.csv: there is no channel in it."


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "missing.csv could not be read: it does not exist" in refusal(tmp_path / "missing.csv").message


def test_the_head_of_every_shipped_list_is_the_one_the_loader_asks_for() -> None:
    assert tuple(GOOD) == library.COLUMNS
