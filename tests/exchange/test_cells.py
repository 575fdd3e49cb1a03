"""Single cells: read exactly, assumed aloud, or refused."""

import pytest

from coml_toolkit import units
from coml_toolkit.errors import InputError
from coml_toolkit.exchange import cells
from coml_toolkit.model.channel import Mode


@pytest.mark.parametrize(
    ("text", "hz", "width"),
    [
        ("155.7525", 155_752_500, ""),
        ("769.24375", 769_243_750, ""),
        ("155.7525 N", 155_752_500, "N"),
        ("155.7525W", 155_752_500, "W"),
        ("155.7525 (n)", 155_752_500, "n"),
        ("868.5125 20 kHz", 868_512_500, "20 kHz"),
        ("155.7525 MHz", 155_752_500, ""),
        ("155752.5 kHz", 155_752_500, ""),
        ("5330.5 khz", 5_330_500, ""),
        ("155752500 Hz", 155_752_500, ""),
        ("155.75250000", 155_752_500, ""),
        ("147", 147_000_000, ""),
        ("\u00a0155.7525\u202f", 155_752_500, ""),
    ],
)
def test_a_frequency_is_read_to_the_hertz(text: str, hz: int, width: str) -> None:
    found = cells.frequency(text)
    assert (found.hz, found.width) == (hz, width)


@pytest.mark.parametrize(
    "text",
    [
        "155.75.25", "155,7525", "1557525", "155752.5", "155.7525001", "abc", "155.7525 / 156.0", "0", "0.0",
        "-155.7525", "155.7525 X", "5330.5", "155.", "TBD", "155.7525 25", "1e2", "١٥٥.٧٥",
    ],
)  # fmt: skip
def test_what_is_no_frequency_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        cells.frequency(text)


def test_a_comma_is_a_decimal_point_only_where_semicolons_part_the_cells() -> None:
    assert cells.frequency("155,7525", has_decimal_commas=True).hz == 155_752_500
    with pytest.raises(InputError, match="not a frequency"):
        cells.frequency("155,7525")


def test_a_number_without_a_unit_takes_the_unit_of_its_column() -> None:
    assert cells.frequency("5330.5", unit="kHz").hz == 5_330_500


@pytest.mark.parametrize(
    ("text", "hz"),
    [("+600 kHz", 600_000), ("-5 MHz", -5_000_000), ("+0.6", 600_000), ("−0.600", -600_000), ("600 kHz", 600_000)],
)
def test_an_offset_is_read_with_its_sign(text: str, hz: int) -> None:
    assert cells.offset(text) == hz


def test_an_offset_that_could_be_two_things_is_refused() -> None:
    with pytest.raises(InputError, match="kHz or MHz"):
        cells.offset("+600")


@pytest.mark.parametrize(
    ("text", "heading", "mode", "tone"),
    [
        ("156.7", "", Mode.ANALOG, "156.7"),
        ("156.70 Hz", "", Mode.ANALOG, "156.7"),
        ("PL 156.7", "", Mode.UNKNOWN, "156.7"),
        ("PL156.7", "", Mode.UNKNOWN, "156.7"),
        ("CTCSS: 127.3", "", Mode.UNKNOWN, "127.3"),
        ("127.3 PL", "", Mode.UNKNOWN, "127.3"),
        ("100", "RX Tone/NAC", Mode.ANALOG, "100.0"),
        ("D023N", "", Mode.UNKNOWN, "D023N"),
        ("D023I", "", Mode.UNKNOWN, "D023I"),
        ("D023R", "", Mode.UNKNOWN, "D023I"),
        ("DPL 023", "", Mode.UNKNOWN, "D023N"),
        ("DCS-754 INV", "", Mode.UNKNOWN, "D754I"),
        ("023N", "", Mode.UNKNOWN, "D023N"),
        ("023 DPL", "", Mode.UNKNOWN, "D023N"),
        ("23", "DCS", Mode.UNKNOWN, "D023N"),
        ("$293", "", Mode.DIGITAL, "$293"),
        ("NAC 293", "", Mode.UNKNOWN, "$293"),
        ("NAC: $F7E", "", Mode.UNKNOWN, "$F7E"),
        ("x293", "", Mode.UNKNOWN, "$293"),
        ("0xF7E", "", Mode.UNKNOWN, "$F7E"),
        ("293", "RX Tone/NAC", Mode.DIGITAL, "$293"),
        ("293", "NAC", Mode.UNKNOWN, "$293"),
        ("F7E", "NAC", Mode.UNKNOWN, "$F7E"),
        ("156.7 / $293", "", Mode.MIXED, "156.7 / $293"),
        ("PL 156.7, NAC 293", "", Mode.MIXED, "156.7 / $293"),
        ("CSQ / $F7E", "", Mode.MIXED, "$F7E"),
        ("CSQ", "", Mode.ANALOG, "CSQ"),
        ("carrier squelch", "", Mode.ANALOG, "CSQ"),
        ("none", "", Mode.ANALOG, "CSQ"),
        ("", "", Mode.ANALOG, "unknown"),
        ("N/A", "", Mode.ANALOG, "unknown"),
        ("—", "", Mode.ANALOG, "unknown"),
    ],
)
def test_a_tone_is_read_in_its_many_spellings(text: str, heading: str, mode: Mode, tone: str) -> None:
    assert units.tone(cells.tone(text, mode=mode, heading=heading).tone) == tone


@pytest.mark.parametrize(
    "text",
    [
        "156",
        "1567",
        "293",
        "23",
        "D17",
        "D089N",
        "2024-03-01",
        "156.75",
        "2000",
        "300.5",
        "$29",
        "abc",
        "156.7.1",
        "D0231N",
    ],
)
def test_what_is_no_tone_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        cells.tone(text, mode=Mode.ANALOG, heading="RX Tone")


def test_a_code_of_dmr_is_no_tone() -> None:
    found = cells.tone("CC1/TS1/TG99")
    assert (units.tone(found.tone), found.dmr) == ("unknown", "CC1/TS1/TG99")


@pytest.mark.parametrize(
    ("text", "said"),
    [("D172", "no polarity"), ("none", "no tone"), ("N/A", "left unknown")],
)
def test_what_a_tone_does_not_say_is_assumed_aloud(text: str, said: str) -> None:
    assert any(said in one for one in cells.tone(text).assumed)


@pytest.mark.parametrize(
    ("text", "mode", "modulation"),
    [
        ("A", Mode.ANALOG, ""), ("analog", Mode.ANALOG, ""), ("NFM", Mode.ANALOG, "FM"), ("AM", Mode.ANALOG, "AM"),
        ("D", Mode.DIGITAL, ""), ("P25", Mode.DIGITAL, "P25"), ("DMR", Mode.DIGITAL, "DMR"), ("M", Mode.MIXED, ""),
        ("A/D", Mode.MIXED, ""), ("", Mode.UNKNOWN, ""), ("X", Mode.UNKNOWN, ""), ("MF", Mode.MIXED, ""),
    ],
)  # fmt: skip
def test_a_mode_is_read(text: str, mode: Mode, modulation: str) -> None:
    found = cells.mode(text)
    assert (found.mode, found.modulation) == (mode, modulation)


def test_a_letter_of_somebodys_own_is_kept() -> None:
    found = cells.mode("X")
    assert found.rest == "Mode X"
    assert "left unknown" in found.assumed


@pytest.mark.parametrize(
    ("text", "wide_hz", "hz"),
    [("N", None, 12_500), ("W", None, None), ("W", 25_000, 25_000), ("12.5", None, 12_500), ("20 kHz", None, 20_000),
     ("6.25K", None, 6_250), ("", None, None)],
)  # fmt: skip
def test_a_width_is_read_and_w_alone_is_not_guessed(text: str, wide_hz: int | None, hz: int | None) -> None:
    assert cells.width(text, wide_hz)[0] == hz
