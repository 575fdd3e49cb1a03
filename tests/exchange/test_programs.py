"""Files of other programs, row by row: CHIRP's modes and tones above all."""

import pytest

from coml_toolkit import units
from coml_toolkit.exchange import read
from coml_toolkit.exchange.preview import Row
from coml_toolkit.model.channel import Direction, Mode

CHIRP = ("Location,Name,Frequency,Duplex,Offset,Tone,rToneFreq,cToneFreq,DtcsCode,DtcsPolarity,RxDtcsCode,CrossMode,"
         "Mode,TStep,Skip,Power,Comment,URCALL,RPT1CALL,RPT2CALL,DVCODE")  # fmt: skip


def chirp(**cells: str) -> Row:
    usual = {
        "Location": "1", "Name": "A", "Frequency": "146.960000", "Duplex": "", "Offset": "0.000000", "Tone": "",
        "rToneFreq": "88.5", "cToneFreq": "88.5", "DtcsCode": "023", "DtcsPolarity": "NN", "RxDtcsCode": "023",
        "CrossMode": "Tone->Tone", "Mode": "FM", "TStep": "5.00",
    }  # fmt: skip
    said = usual | cells
    row = ",".join(said.get(column, "") for column in CHIRP.split(","))
    found = read.read_bytes(f"{CHIRP}\n{row}\n".encode(), "chirp.csv")
    assert found.kind == "chirp"
    assert len(found.rows) == 1
    return found.rows[0]


@pytest.mark.parametrize(
    ("cells", "rx", "tx"),
    [
        ({"Tone": ""}, "CSQ", "CSQ"),
        ({"Tone": "Tone", "rToneFreq": "103.5"}, "CSQ", "103.5"),
        ({"Tone": "TSQL", "rToneFreq": "88.5", "cToneFreq": "103.5"}, "103.5", "103.5"),
        ({"Tone": "DTCS", "DtcsCode": "023"}, "D023N", "D023N"),
        ({"Tone": "DTCS", "DtcsCode": "23", "DtcsPolarity": "RN"}, "D023N", "D023I"),
        ({"Tone": "Cross", "CrossMode": "Tone->Tone", "rToneFreq": "136.5", "cToneFreq": "156.7"}, "156.7", "136.5"),
        ({"Tone": "Cross", "CrossMode": "->Tone", "cToneFreq": "156.7"}, "156.7", "CSQ"),
        ({"Tone": "Cross", "CrossMode": "Tone->", "rToneFreq": "156.7"}, "CSQ", "156.7"),
        ({"Tone": "Cross", "CrossMode": "DTCS->", "DtcsCode": "031", "DtcsPolarity": "RN"}, "CSQ", "D031I"),
        ({"Tone": "Cross", "CrossMode": "->DTCS", "RxDtcsCode": "031", "DtcsPolarity": "NR"}, "D031I", "CSQ"),
        ({"Tone": "Cross", "CrossMode": "Tone->DTCS", "rToneFreq": "67.0", "RxDtcsCode": "754"}, "D754N", "67.0"),
        ({"Tone": "Cross", "CrossMode": "DTCS->Tone", "cToneFreq": "67.0", "DtcsCode": "754"}, "67.0", "D754N"),
        ({"Tone": "Cross", "CrossMode": "DTCS->DTCS", "DtcsCode": "023", "RxDtcsCode": "754"}, "D754N", "D023N"),
    ],
)
def test_chirps_tones_are_read(cells: dict[str, str], rx: str, tx: str) -> None:
    channel = chirp(**cells).channel
    assert channel is not None
    assert (units.tone(channel.rx_tone), units.tone(channel.tx_tone)) == (rx, tx)


@pytest.mark.parametrize(
    ("cells", "tx_hz", "direction"),
    [
        ({"Duplex": ""}, 146_960_000, Direction.BOTH),
        ({"Duplex": "-", "Offset": "0.600000"}, 146_360_000, Direction.BOTH),
        ({"Duplex": "+", "Offset": "0.6"}, 147_560_000, Direction.BOTH),
        ({"Duplex": "split", "Offset": "151.137500"}, 151_137_500, Direction.BOTH),
        ({"Duplex": "off"}, None, Direction.RECEIVE_ONLY),
    ],
)
def test_chirps_duplex_is_read(cells: dict[str, str], tx_hz: int | None, direction: Direction) -> None:
    channel = chirp(**cells).channel
    assert channel is not None
    assert (channel.tx_hz, channel.direction) == (tx_hz, direction)


@pytest.mark.parametrize(
    ("mode", "ours", "modulation", "bandwidth_hz"),
    [
        ("FM", Mode.ANALOG, "FM", 25_000), ("NFM", Mode.ANALOG, "FM", 12_500), ("AM", Mode.ANALOG, "AM", None),
        ("DN", Mode.DIGITAL, "C4FM", None), ("DV", Mode.DIGITAL, "D-STAR", None), ("P25", Mode.DIGITAL, "P25", None),
        ("USB", Mode.UNKNOWN, "USB", None), ("Auto", Mode.UNKNOWN, "", None),
    ],
)  # fmt: skip
def test_chirps_modes_are_read(mode: str, ours: Mode, modulation: str, bandwidth_hz: int | None) -> None:
    channel = chirp(Mode=mode).channel
    assert channel is not None
    assert (channel.mode, channel.modulation, channel.bandwidth_hz) == (ours, modulation, bandwidth_hz)


@pytest.mark.parametrize(
    "cells",
    [
        {"Frequency": "146.9600001"}, {"Frequency": "x"}, {"Duplex": "?"}, {"Duplex": "split", "Offset": "0"},
        {"Duplex": "-", "Offset": "200.0"}, {"Tone": "TSQL-R"}, {"Tone": "Burst"},
        {"Tone": "Tone", "rToneFreq": "1035"},
        {"Tone": "DTCS", "DtcsCode": "089"}, {"Tone": "DTCS", "DtcsPolarity": "XX"}, {"Mode": "WFM"}, {"Mode": ""},
        {"Tone": "Cross", "CrossMode": "->"},
    ],
)  # fmt: skip
def test_what_chirp_could_not_have_meant_is_refused(cells: dict[str, str]) -> None:
    assert chirp(**cells).refused


def test_an_older_chirp_with_fewer_columns_is_read() -> None:
    raw = b"Location,Name,Frequency,Duplex,Offset,Tone,rToneFreq,Mode\n1,A,146.96,-,0.6,TSQL,103.5,FM\n# a comment\n"
    found = read.read_bytes(raw, "old.csv")
    channel = found.rows[0].channel
    assert channel is not None
    assert units.tone(channel.rx_tone) == "103.5"
    assert [one.why for one in found.passed] == ["it is the headings", "it is a comment"]


def test_an_offset_that_contradicts_the_transmit_frequency_is_refused() -> None:
    head = "n,Receive Frequency,Transmit Frequency,Offset Frequency,Offset Direction,Operating Mode,Name,Tone Mode"
    rows = ["1,146.96,146.36,600 kHz,Minus,FM,A,None", "2,146.96,146.46,600 kHz,Minus,FM,B,None",
            "3,146.96,146.36,,Simplex,FM,C,None"]  # fmt: skip
    found = read.read_bytes("\n".join([head, *rows]).encode(), "rt.csv")
    assert [bool(row.refused) for row in found.rows] == [False, True, True]


def test_an_adms_file_is_known_though_it_has_no_headings() -> None:
    rows = [f"{number},,,,,,,,,,,,,,,,,,0" for number in range(2, 1000)]
    first = "1,145.23000,145.23000,0.60000,-RPT,FM,ON,BARC,TONE,88.5 Hz,,,MID,YES,5.0KHz,OFF,OFF,barc.org,0"
    found = read.read_bytes("\n".join([first, *rows]).encode(), "adms.csv")
    assert found.kind == "adms"
    channel = found.rows[0].channel
    assert channel is not None
    assert (channel.tx_hz, units.tone(channel.tx_tone)) == (144_630_000, "88.5")
    assert len(found.passed) == 998


@pytest.mark.parametrize("kind", [kind for kind in read.KINDS if kind not in {"217a", "plan", "adms"}])
def test_a_file_that_is_not_of_the_kind_said_is_refused(kind: str) -> None:
    from coml_toolkit.errors import InputError

    with pytest.raises(InputError):
        read.read_bytes(b"Channel Name,RX Freq,TX Freq\nTAC 1,155.7525,155.7525\n", "list.csv", kind=kind)
