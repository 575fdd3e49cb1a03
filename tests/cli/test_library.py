"""coml library: what ships, the unit's own, and how a channel is typed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coml_toolkit import library, units
from ui.commands import fields
from ui.commands.output import quoted

Coml = Callable[..., Any]

FIELDS = {
    *("name", "service", "rx_hz", "tx_hz", "rx_tone", "tx_tone", "bandwidth_hz", "mode", "emission", "eligibility"),
    *("remarks", "source", "verification"),
}


def test_the_library_is_listed_whole(coml: Coml) -> None:
    listed = coml("library", "--json").document
    assert len(listed) == len(library.channels())
    assert all(one.keys() >= FIELDS for one in listed)


def test_a_channel_says_its_hertz_and_each_tone(coml: Coml) -> None:
    vtac36, *_ = coml("library", "VTAC36", "--json").document
    assert (vtac36["rx_hz"], vtac36["tx_hz"]) == (151_137_500, 159_472_500)
    assert (vtac36["rx_tone"], vtac36["tx_tone"]) == ("156.7", "136.5")
    assert (vtac36["bandwidth_hz"], vtac36["mode"], vtac36["own"]) == (12_500, "A", False)


def test_receive_only_has_no_transmit_frequency(coml: Coml) -> None:
    listed = coml("library", "--service", "NOAA", "--json").document
    assert listed
    assert all(one["tx_hz"] is None and one["tx_tone"] is None for one in listed)


def test_a_frequency_finds_who_is_on_it(coml: Coml) -> None:
    done = coml("library", "155.7525")
    assert "VCALL10" in done.out
    assert len(done.out.splitlines()) == 2  # the head, and one channel


def test_the_table_is_aligned_and_says_that_a_list_authorizes_nobody(coml: Coml) -> None:
    done = coml("library", "VTAC")
    head, *rows = done.out.splitlines()
    assert rows
    places = [head.index(word) for word in ("RX ", "RX tone", "TX ", "TX tone", "Width", "Mode", "Service")]
    assert all(row[place - 1] == " " and row[place] != " " for row in rows for place in places)
    assert library.AUTHORIZES_NOBODY in done.err
    assert library.AUTHORIZES_NOBODY not in coml("library", "VTAC", "--quiet").err


def test_filters_work_together_and_a_wrong_one_is_refused(coml: Coml, refused: Callable[..., None]) -> None:
    listed = coml("library", "--service", "interop", "--band", "VHF", "--json").document
    assert {one["service"] for one in listed} == {"VHF interop", "VHF interop (inland)"}
    refused(coml("library", "--band", "VHFF"), "no band “VHFF”", "VHF low")
    refused(coml("library", "--service", "Police"), "no service “Police”")


def test_nothing_found_is_no_error_and_says_what_was_probably_meant(coml: Coml) -> None:
    done = coml("library", "VTAK36")
    assert (done.code, done.out) == (0, "")
    assert "VTAC36" in done.err
    assert coml("library", "VTAK36", "--json").document == []


def test_looking_at_the_library_makes_no_unit_file(coml: Coml, coml_home: Path) -> None:
    assert coml("library", "VTAC").code == 0
    assert list(coml_home.iterdir()) == []


def test_a_damaged_unit_file_of_ones_own_does_not_hide_what_ships(coml: Coml, coml_home: Path) -> None:
    assert coml("library", "add", "FIRE7", "--rx", "154.4").code == 0
    file = coml_home / "data" / "unit.coml"
    file.write_bytes(b"nothing of use")
    done = coml("library", "VTAC11", "--json")
    assert done.code == 1
    assert [one["name"] for one in done.document] == ["VTAC11"]
    assert "The unit's own channels are not among them" in done.err


# ── the unit's own ───────────────────────────────────────────────────────────


def test_an_own_channel_is_listed_among_the_others_and_marked(coml: Coml) -> None:
    added = coml("library", "add", "CAMPBELL FD", "--rx", "154.4", "--tx", "153.95", "--rx-tone", "D023I", "--json")
    assert added.code == 0
    (listed,) = coml("library", "campbell", "--json").document
    assert listed == added.document["channel"]
    assert listed["own"] is True
    assert (listed["rx_hz"], listed["tx_hz"], listed["rx_tone"]) == (154_400_000, 153_950_000, "D023I")
    assert "(own)" in coml("library", "campbell").out


def test_what_is_not_given_is_not_known(coml: Coml) -> None:
    done = coml("library", "add", "FIRE7", "--rx", "154.4", "--json")
    channel = done.document["channel"]
    assert channel["direction"] == "unknown"
    assert (channel["tx_hz"], channel["rx_tone"], channel["bandwidth_hz"]) == (None, "unknown", None)
    assert (channel["mode"], channel["emission"], channel["encryption"]) == ("unknown", "", "unknown")
    assert {"tx_hz", "rx_tone", "tx_tone", "bandwidth_hz", "mode"} <= set(channel["unknown"])
    assert "Not known: direction, tx, rx tone, tx tone, bandwidth" in coml("library", "set", "FIRE7", "--mode", "A").out


@pytest.mark.parametrize(
    ("options", "direction", "rx_hz", "tx_hz"),
    [
        (["--rx", "154.4", "--tx", "154.4"], "transmit and receive", 154_400_000, 154_400_000),
        (["--rx", "154.4", "--tx", "none"], "receive only", 154_400_000, None),
        (["--rx", "none", "--tx", "154.4"], "transmit only", None, 154_400_000),
        (["--rx", "154.4", "--tx", "unknown"], "unknown", 154_400_000, None),
        (["--tx", "154.4"], "unknown", None, 154_400_000),
    ],
)
def test_none_says_that_there_is_none_and_unknown_that_nobody_knows(
    coml: Coml, options: list[str], direction: str, rx_hz: int | None, tx_hz: int | None
) -> None:
    channel = coml("library", "add", "FIRE7", *options, "--json").document["channel"]
    assert (channel["direction"], channel["rx_hz"], channel["tx_hz"]) == (direction, rx_hz, tx_hz)


@pytest.mark.parametrize("typed", ["156.7", "D023N", "D023I", "$293", "CSQ", "unknown", "156.7 / $293"])
def test_a_tone_is_kept_as_it_was_typed(coml: Coml, typed: str) -> None:
    done = coml("library", "add", "X", "--rx", "154.4", "--rx-tone", typed, "--tx-tone", "CSQ", "--json")
    channel = done.document["channel"]
    assert (channel["rx_tone"], channel["tx_tone"]) == (typed, "CSQ")


def test_every_field_can_be_given(coml: Coml) -> None:
    channel = coml(
        *("library", "add", "X", "--rx", "769.24375", "--tx", "799.24375", "--bandwidth", "12.5", "--mode", "D"),
        *("--modulation", "P25", "--emission", "8K10F1E", "--encryption", "not allowed", "--service", "S"),
        *("--eligibility", "E", "--remarks", "R", "--system", "Y", "--address", "A", "--json"),
    ).document["channel"]
    assert (channel["rx_hz"], channel["tx_hz"], channel["bandwidth_hz"]) == (769_243_750, 799_243_750, 12_500)
    assert (channel["mode"], channel["modulation"], channel["emission"]) == ("D", "P25", "8K10F1E")
    assert (channel["encryption"], channel["service"], channel["eligibility"]) == ("not allowed", "S", "E")
    assert (channel["remarks"], channel["system"], channel["address"]) == ("R", "Y", "A")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rx", "155,7525"], ["“155,7525” is not a frequency", "155.7525"]),
        (["--rx", "155.75.25"], ["“155.75.25” is not a frequency", "155.7525"]),
        (["--rx", "1557525"], ["“1557525”", "155.7525"]),
        (["--rx", "155.75250001"], ["one hertz"]),
        (["--rx", "0"], ["0 MHz"]),
        (["--rx", "VTAC11"], ["“VTAC11” is not a frequency"]),
        (["--rx", "none", "--tx", "none"], ["neither receives nor transmits"]),
        (["--rx", "154.4", "--rx-tone", "156"], ["“156” is not a tone"]),
        (["--rx", "154.4", "--rx-tone", "D999N"], ["“D999N” is not a tone"]),
        (["--rx", "154.4", "--tx", "none", "--tx-tone", "156.7"], ["receive-only channel has no TX tone"]),
        (["--rx", "154.4", "--bandwidth", "wide"], ["“wide” is not a bandwidth"]),
        (["--rx", "154.4", "--bandwidth", "125"], ["“125” is too wide", "Did you mean 12.5?"]),
        (["--rx", "154.4", "--emission", "11K03FE"], ["“11K03FE” is not an emission designator", "11K0F3E"]),
        (["--rx", "154.4", "--emission", "11K0F3E / FM"], ["“11K0F3E / FM” is not"]),
        (["--rx", "154.4", "--mode", "X"], ["“X” is not a mode"]),
        (["--rx", "154.4", "--talkgroup", "5"], ["--talkgroup does not go with the kind conventional"]),
        (["--kind", "talkgroup", "--talkgroup", "five"], ["“five” is not a talkgroup id"]),
        (["--kind", "talkgroup", "--rx", "154.4"], ["--rx does not go with the kind talkgroup"]),
    ],
)
def test_what_cannot_be_understood_is_refused_and_not_guessed(
    coml: Coml, incident: Path, options: list[str], words: list[str], refused: Callable[..., None]
) -> None:
    history = coml("history", "--json").out
    for command in (("library", "add"), ("plan", "add")):
        refused(coml(*command, "FIRE7", *options), *words)
    assert coml("history", "--json").out == history


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("11k0f3e", "11K0F3E"), ("8K10F1E 11K0F3E", "8K10F1E 11K0F3E"), ("100HA1A", "100HA1A"), ("unknown", ""), ("", "")],
)
def test_an_emission_is_kept_in_capitals(coml: Coml, typed: str, kept: str) -> None:
    done = coml("library", "add", "X", "--rx", "154.4", "--emission", typed, "--json")
    assert done.document["channel"]["emission"] == kept


def test_every_emission_and_width_of_the_library_can_be_typed() -> None:
    for channel in library.channels():
        assert channel.bandwidth_hz is not None
        typed = {"emission": channel.emission, "bandwidth": units.khz(channel.bandwidth_hz)}
        assert fields.changed(channel, typed) == channel


def test_an_own_channel_needs_a_frequency_or_a_kind(coml: Coml) -> None:
    done = coml("library", "add", "FIRE7")
    assert done.code == 2
    assert "--rx" in done.err


def test_a_name_is_taken_once(coml: Coml, refused: Callable[..., None]) -> None:
    assert coml("library", "add", "FIRE7", "--rx", "154.4").code == 0
    refused(coml("library", "add", "fire7", "--rx", "154.5"), "has a channel fire7 already")
    assert coml("library", "add", "FIRE 7", "--rx", "154.4").code == 0
    refused(coml("library", "add", "FIRE 7", "--rx", "154.5"), f"coml library set {quoted('FIRE 7')} …")
    refused(coml("library", "add", "  ", "--rx", "154.5"), "needs a name")


def test_a_name_that_ships_too_is_said(coml: Coml) -> None:
    assert "The library that ships has a VTAC11 too." in coml("library", "add", "VTAC11", "--rx", "154.4").err


def test_an_own_channel_is_changed_and_removed_by_name_and_a_shipped_one_is_not(
    coml: Coml, refused: Callable[..., None]
) -> None:
    coml("library", "add", "FIRE7", "--rx", "154.4", "--tx", "154.4", "--tx-tone", "156.7")
    changed = coml("library", "set", "fire7", "--name", "FIRE 8", "--tx", "none", "--json").document["channel"]
    assert (changed["name"], changed["rx_hz"], changed["tx_hz"]) == ("FIRE 8", 154_400_000, None)
    changed = coml("library", "set", "FIRE 8", "--tx", "154.4", "--json").document["channel"]
    assert changed["tx_tone"] == "unknown"  # the tone of before went with its frequency
    refused(coml("library", "set", "FIRE 9", "--mode", "A"), "no channel “FIRE 9” of its own", "FIRE 8")
    refused(coml("library", "remove", "VTAC11"), "no channel “VTAC11” of its own")
    assert coml("library", "remove", "FIRE 8").code == 0
    assert not any(one["own"] for one in coml("library", "--json").document)
