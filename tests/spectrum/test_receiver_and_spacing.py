"""A receiver's own weaknesses, and how close is too close."""

import pytest

from coml_toolkit.spectrum.intermodulation import Receiver, Transmitter
from coml_toolkit.spectrum.receiver import HALF_IF, IMAGE, responses
from coml_toolkit.spectrum.spacing import is_too_close, tight_pairs

IF_HZ = 21_400_000


def heard(tx_hz: int, *, first_if_hz: int | None = IF_HZ, site: str = "", at: str = "") -> list[tuple[str, int]]:
    transmitter = Transmitter(name="T", hz=tx_hz, bandwidth_hz=12_500, site=at)
    receiver = Receiver(name="R", hz=155_000_000, bandwidth_hz=12_500, site=site, first_if_hz=first_if_hz)
    return [(one.name, one.offset_hz) for one in responses([transmitter], [receiver])]


@pytest.mark.parametrize("side", [-1, 1])
def test_an_image_lies_two_ifs_away_on_either_side(side: int) -> None:
    assert heard(155_000_000 + side * 2 * IF_HZ) == [(IMAGE, 0)]
    assert heard(155_000_000 + side * 2 * IF_HZ + 12_499) == [(IMAGE, 12_499)]
    assert heard(155_000_000 + side * 2 * IF_HZ + 12_500) == []


@pytest.mark.parametrize("side", [-1, 1])
def test_a_half_if_response_lies_half_an_if_away_and_hears_twice_the_width(side: int) -> None:
    assert heard(155_000_000 + side * IF_HZ // 2) == [(HALF_IF, 0)]
    assert heard(155_000_000 + side * IF_HZ // 2 + 9_374) == [(HALF_IF, 9_374)]  # half of 12.5, a quarter of 12.5 kHz
    assert heard(155_000_000 + side * IF_HZ // 2 + 9_375) == []


def test_half_an_odd_if_is_exact() -> None:
    assert heard(155_000_000 + 10_700_000, first_if_hz=21_400_001) == [(HALF_IF, -1)]


def test_without_the_if_nothing_is_said() -> None:
    assert heard(155_000_000 + 2 * IF_HZ, first_if_hz=None) == []


def test_only_a_transmitter_that_may_be_there_is_heard() -> None:
    image = 155_000_000 + 2 * IF_HZ
    assert heard(image, site="Hill", at="Mountain") == []
    assert heard(image, site="Hill", at="Hill") == heard(image, site="Hill") == [(IMAGE, 0)]


def test_the_sentence_names_the_response() -> None:
    transmitter = Transmitter(name="NOAA", hz=155_000_000 + 2 * IF_HZ + 2_500, bandwidth_hz=12_500)
    receiver = Receiver(name="VTAC11", hz=155_000_000, bandwidth_hz=12_500, first_if_hz=IF_HZ)
    (one,) = responses([transmitter], [receiver])
    assert one.sentence == "NOAA falls 2.5 kHz from the image of VTAC11."


@pytest.mark.parametrize(
    ("distance_hz", "widths_hz", "answer"),
    [
        (0, (12_500, 12_500), False),  # co-channel is another matter
        (7_500, (12_500, 12_500), True),
        (7_500, (None, None), True),
        (12_500, (6_250, 6_250), True),
        (15_000, (12_500, 12_500), False),
        (15_000, (25_000, 12_500), True),  # a half-channel offset
        (15_000, (None, 12_500), None),
        (24_999, (25_000, 25_000), True),
        (25_000, (25_000, 25_000), False),
        (25_000, (None, None), False),
    ],
)
def test_channels_are_too_close_within_12_5_khz_or_when_they_overlap(
    distance_hz: int, widths_hz: tuple[int | None, int | None], answer: bool | None
) -> None:
    low, high = 155_000_000, 155_000_000 + distance_hz
    assert is_too_close(low, widths_hz[0], high, widths_hz[1]) is answer
    assert is_too_close(high, widths_hz[1], low, widths_hz[0]) is answer


@pytest.mark.parametrize(
    ("tx_hz", "rx_hz", "is_tight"),
    [
        (159_472_500, 159_000_000, True),
        (159_472_500, 158_737_500, False),  # VTAC38: 735 kHz apart
        (453_212_500, 458_212_500, False),
        (453_212_500, 455_000_000, True),
        (453_212_500, 453_212_500, False),  # simplex does not listen while it sends
        (851_012_500, 851_500_000, False),  # not known for 800 MHz
    ],
)
def test_a_repeater_site_needs_what_a_duplexer_can_part(tx_hz: int, rx_hz: int, is_tight: bool) -> None:
    transmitter = Transmitter(name="T", hz=tx_hz, site="Hill")
    assert bool(tight_pairs([transmitter], [Receiver(name="R", hz=rx_hz, site="Hill")])) is is_tight
    assert tight_pairs([transmitter], [Receiver(name="R", hz=rx_hz, site="Mountain")]) == []
    assert tight_pairs([Transmitter(name="T", hz=tx_hz)], [Receiver(name="R", hz=rx_hz)]) == []
