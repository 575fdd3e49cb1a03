"""`coml library --json`: the fields that are promised, and null told apart from not known."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from coml_toolkit import library
from coml_toolkit.model.channel import Channel, Direction, Kind, Mode

PROMISED = {
    *("name", "service", "rx_hz", "tx_hz", "rx_tone", "tx_tone", "bandwidth_hz"),
    *("mode", "emission", "eligibility", "remarks", "source", "verification"),
}


def as_dict(name: str) -> dict[str, object]:
    found = library.find(library.channels(), name)
    assert found is not None
    return library.to_dict(found)


def test_a_channel_has_every_promised_field_in_hertz_and_text() -> None:
    shown = as_dict("VTAC36")
    assert set(shown) >= PROMISED
    assert (shown["rx_hz"], shown["tx_hz"], shown["bandwidth_hz"]) == (151_137_500, 159_472_500, 12_500)
    assert (shown["rx_tone"], shown["tx_tone"], shown["mode"]) == ("156.7", "136.5", "A")
    assert (shown["direction"], shown["encryption"]) == ("transmit and receive", "not allowed")
    assert shown["unknown"] == []


def test_five_decimals_are_whole_hertz() -> None:
    assert as_dict("7CALL50")["rx_hz"] == 769_243_750


def test_a_receive_only_channel_has_null_to_transmit_and_it_is_not_unknown() -> None:
    shown = as_dict("NOAA 162.400")
    assert (shown["tx_hz"], shown["tx_tone"], shown["rx_tone"]) == (None, None, "CSQ")
    assert shown["direction"] == "receive only"
    assert shown["unknown"] == ["encryption"]


def test_what_is_not_known_is_named() -> None:
    assert as_dict("GMRS 20R")["tx_tone"] == "unknown"
    assert as_dict("GMRS 20R")["unknown"] == ["tx_tone", "emission", "encryption"]
    shown = library.to_dict(Channel(name="Repeater 3", rx_hz=155_752_500))
    assert shown["tx_hz"] is None
    assert shown["unknown"] == [
        *("direction", "tx_hz", "rx_tone", "tx_tone", "bandwidth_hz", "mode", "modulation", "emission", "encryption")
    ]


def test_a_transmit_only_channel_has_null_to_receive() -> None:
    shown = library.to_dict(Channel(direction=Direction.TRANSMIT_ONLY, tx_hz=155_752_500))
    assert (shown["rx_hz"], shown["rx_tone"]) == (None, None)
    assert not {"rx_hz", "rx_tone"} & set(shown["unknown"])  # type: ignore[call-overload]


def test_a_talkgroup_has_no_frequencies_to_be_unknown() -> None:
    talkgroup = Channel(name="TACN 1", kind=Kind.TALKGROUP, system="TACN", mode=Mode.DIGITAL)
    shown = library.to_dict(talkgroup)
    assert (shown["rx_hz"], shown["rx_tone"], shown["tx_tone"]) == (None, None, None)
    assert shown["unknown"] == ["encryption", "talkgroup_id"]
    assert library.to_dict(replace(talkgroup, talkgroup_id=1201))["unknown"] == ["encryption"]


@pytest.mark.parametrize("service", library.services())
def test_every_channel_is_json(service: str) -> None:
    shown = [library.to_dict(channel) for channel in library.channels(service)]
    assert json.loads(json.dumps(shown)) == shown


def test_the_library_is_read_without_anything_heavy() -> None:
    code = "import sys; from coml_toolkit import library; library.channels(); print(*sys.modules, sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"PySide6", "numpy", "reportlab", "sqlite3", "sqlite_utils", "click"} & set(loaded)
