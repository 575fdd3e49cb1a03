"""Which column is which, in the layouts that are about."""

import pytest

from coml_toolkit.exchange import headings
from coml_toolkit.exchange.sheet import Sheet

LAYOUTS = {
    "FEMA 217A": (
        ["Pg\nNo", "Channel\nConfiguration", "Channel Name/Trunked\nRadio System Talkgroup", "Eligible Users",
         "RX Freq    N or W", "RX Tone/NAC", "TX Freq    N or W", "Tx Tone/NAC", "Mode\nA, D or M", "Remarks"],
        ["", "config", "name", "users", "rx", "rx_tone", "tx", "tx_tone", "mode", "remarks"],
    ),
    "FEMA 205": (
        ["Zone\nGrp.", "Ch\n#", "Function", "Channel\nName/Trunked Radio\nSystem Talkgroup", "Assignment",
         "RX Freq\nN or W", "RX\nTone/NAC", "TX Freq\nN or W", "TX\nTone/NAC", "Mode\n(A, D, or M)", "Remarks"],
        ["zone", "number", "function", "name", "assignment", "rx", "rx_tone", "tx", "tx_tone", "mode", "remarks"],
    ),
    "numbered blocks, width in a column of its own": (
        ["1. Pg No.", "2. Ch #", "3. Channel Config.", "4. Channel Name", "6. RX Freq", "N/W 7", "7. RX Tone",
         "8.TX Freq", "N/W 9", "9. Tx Tone", "10. Mode A, D or M"],
        ["", "number", "config", "name", "rx", "rx_width", "rx_tone", "tx", "tx_width", "tx_tone", "mode"],
    ),
    "Seattle ACS": (
        ["Ch #", "Channel\nConfiguration", "Display Name", "Channel/Repeater Name", "RX Freq", "N/W\nL/C/U",
         "Rx Tone,\nCC/TS/TG", "TX Freq", "N/W\nL/C/U", "Tx Tone,\nCC/TS/TG", "Mode", "Remarks"],
        ["number", "config", "short_name", "name", "rx", "rx_width", "rx_tone", "tx", "tx_width", "tx_tone", "mode",
         "remarks"],
    ),
    "NIFOG": (
        ["Channel Name", "Mobile RX Frequency", "Mobile RX CTCSS / NAC", "Mobile TX Frequency", "Mobile TX CTCSS / NAC",
         "Authorized Emissions", "Other Notes"],
        ["name", "rx", "rx_tone", "tx", "tx_tone", "emission", "remarks"],
    ),
    "a repeater list": (
        ["Channel", "Freq (MHz)", "Offset", "PL", "Location"], ["name", "rx", "offset", "tone", "remarks"],
    ),
    "output and input": (["Name", "Output", "Input", "PL Tone"], ["name", "rx", "tx", "tone"]),
    "tones between the frequencies": (
        ["Radio Name", "Frequency RX", "CTCSS", "Frequency TX", "CTCSS"],
        ["short_name", "rx", "rx_tone", "tx", "tx_tone"],
    ),
    "old police words": (
        ["CHANNEL NAME", "REC FREQ", "REC TONE", "XMT FREQ", "XMT TONE", "MODE"],
        ["name", "rx", "rx_tone", "tx", "tx_tone", "mode"],
    ),
    "talkgroups": (["Talkgroup", "TGID", "System", "Mode"], ["name", "talkgroup", "system", "mode"]),
    "in and out of the repeater": (
        ["Alpha Tag", "Receive", "Transmit", "PL In", "PL Out", "Bandwidth"],
        ["short_name", "rx", "tx", "tx_tone", "rx_tone", "width"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_columns_of_a_layout_are_known(layout: str) -> None:
    said, fields = LAYOUTS[layout]
    assert list(headings.understand(said)) == fields


def sheet(*rows: list[str]) -> Sheet:
    return Sheet(rows=tuple(map(tuple, rows)), numbers=tuple(range(1, len(rows) + 1)))


def test_headings_of_two_rows_are_read_together() -> None:
    found = headings.find(
        sheet(
            ["Some county", "", "", "", ""],
            ["Channel", "Receive", "Receive", "Transmit", "Transmit"],
            ["Name", "Frequency", "Tone", "Frequency", "Tone"],
            ["TAC 1", "155.7525", "156.7", "155.7525", "156.7"],
        )
    )
    assert found is not None
    assert (found.first, found.below) == (1, 3)
    assert found.mapping.fields == ("name", "rx", "rx_tone", "tx", "tx_tone")


def test_titles_above_the_headings_are_none_of_them() -> None:
    found = headings.find(
        sheet(
            ["WORKSHEET", "", "Frequency Band", "", "Description"],
            ["Name", "RX Freq", "RX Tone", "TX Freq", "Remarks"],
            ["TAC 1", "155.7525", "156.7", "155.7525", ""],
        )
    )
    assert found is not None
    assert found.first == 1


def test_a_table_without_headings_has_none() -> None:
    assert headings.find(sheet(["TAC 1", "155.7525", "156.7"], ["TAC 2", "154.4525", "156.7"])) is None


def test_what_a_base_receives_is_not_taken_for_what_a_mobile_receives() -> None:
    assert headings.understand(["Name", "Base RX", "Base TX", "Repeater Transmit"]) == ("name", "", "", "")
    assert headings.understand(["Name", "Repeater Output", "Repeater Input"]) == ("name", "rx", "tx")


def test_two_frequencies_that_say_no_side_are_left_to_the_user() -> None:
    assert headings.understand(["Name", "Frequency", "Frequency"]) == ("name", "", "")


@pytest.mark.parametrize(("heading", "unit"), [("RX Freq (kHz)", "kHz"), ("RX (MHz)", "MHz"), ("RX", "")])
def test_a_heading_may_name_the_unit(heading: str, unit: str) -> None:
    assert headings.unit_of(heading) == unit
