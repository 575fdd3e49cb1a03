"""A channel and its tones: what follows from the fields, and what is never assumed."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from coml_toolkit.model.channel import (
    CONVENTIONAL_ONLY,
    CSQ,
    UNKNOWN_TONE,
    Channel,
    Direction,
    Encryption,
    Mode,
    Tone,
    problems,
)


def test_nothing_is_assumed_of_a_channel_that_has_only_a_name() -> None:
    channel = Channel(name="Repeater 3")
    assert (channel.rx_hz, channel.tx_hz, channel.bandwidth_hz) == (None, None, None)
    assert (channel.rx_tone, channel.tx_tone) == (UNKNOWN_TONE, UNKNOWN_TONE)
    assert channel.direction is Direction.UNKNOWN
    assert channel.mode is Mode.UNKNOWN
    assert channel.encryption is Encryption.UNKNOWN
    assert channel.width_letter == ""
    assert not channel.is_simplex
    assert problems(channel) == []


def test_every_channel_has_an_id_of_its_own() -> None:
    assert Channel().id != Channel().id


def test_a_channel_is_changed_by_a_changed_copy() -> None:
    channel = Channel(name="VTAC11")
    with pytest.raises(FrozenInstanceError):
        channel.name = "VTAC12"  # type: ignore[misc]
    copy = replace(channel, name="VTAC12")
    assert (channel.name, copy.name) == ("VTAC11", "VTAC12")
    assert copy.id == channel.id


@pytest.mark.parametrize(
    ("bandwidth_hz", "letter"), [(None, ""), (6_250, "N"), (11_250, "N"), (12_500, "N"), (12_501, "W"), (25_000, "W")]
)
def test_a_channel_is_narrow_up_to_twelve_and_a_half_kilohertz(bandwidth_hz: int | None, letter: str) -> None:
    assert Channel(bandwidth_hz=bandwidth_hz).width_letter == letter


def test_a_channel_is_simplex_where_it_transmits_on_what_it_receives() -> None:
    assert Channel(rx_hz=151_137_500, tx_hz=151_137_500).is_simplex
    assert not Channel(rx_hz=151_137_500, tx_hz=159_472_500).is_simplex
    assert not Channel(rx_hz=162_400_000).is_simplex


@pytest.mark.parametrize("direction", Direction)
def test_only_a_receive_only_channel_is_known_not_to_transmit(direction: Direction) -> None:
    assert Channel(direction=direction).has_transmit is (direction is not Direction.RECEIVE_ONLY)


@pytest.mark.parametrize("tone", [Tone(ctcss_dhz=1567), Tone(dcs=0), Tone(nac=0), Tone(ctcss_dhz=1567, nac=0x293)])
def test_a_code_is_not_carrier_squelch_even_if_it_is_zero(tone: Tone) -> None:
    assert not tone.is_csq


def test_carrier_squelch_is_known_and_an_unknown_tone_is_not_carrier_squelch() -> None:
    assert CSQ.is_csq
    assert not UNKNOWN_TONE.is_csq
    assert CSQ != UNKNOWN_TONE


def test_a_receive_only_channel_with_a_transmit_frequency_contradicts_itself() -> None:
    found = problems(Channel(direction=Direction.RECEIVE_ONLY, rx_hz=162_400_000, tx_hz=162_400_000))
    assert found == ["It is marked receive only but has a transmit frequency."]


def test_a_transmit_only_channel_with_a_receive_frequency_contradicts_itself() -> None:
    found = problems(Channel(direction=Direction.TRANSMIT_ONLY, rx_hz=155_752_500, tx_hz=155_752_500))
    assert found == ["It is marked transmit only but has a receive frequency."]


def test_a_frequency_of_zero_is_a_problem() -> None:
    assert problems(Channel(rx_hz=0)) == ["A frequency must be above zero."]


def test_a_sound_channel_has_no_problems() -> None:
    assert problems(Channel(direction=Direction.BOTH, rx_hz=151_137_500, tx_hz=159_472_500)) == []
    assert problems(Channel(direction=Direction.RECEIVE_ONLY, rx_hz=162_400_000)) == []


def test_the_fields_of_a_conventional_channel_only_are_fields() -> None:
    assert {field.name for field in fields(Channel)} >= CONVENTIONAL_ONLY
