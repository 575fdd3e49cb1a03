"""Rasters: every channel that ships is one, typing errors are none, and what is not known is said to be unknown."""

import pytest

from coml_toolkit import library, units
from coml_toolkit.model.channel import Channel
from coml_toolkit.spectrum import allotments


def hz(mhz: str) -> int:
    return units.parse_mhz(mhz)


@pytest.mark.parametrize("channel", library.channels(), ids=lambda channel: channel.name)
def test_every_channel_that_ships_is_a_channel_of_its_band(channel: Channel) -> None:
    for one in (channel.rx_hz, channel.tx_hz):
        if one is not None:
            unknown_raster = channel.service == "Air SAR (mil/USCG)"
            assert allotments.is_channel(one, channel.bandwidth_hz) is (None if unknown_raster else True)
            assert allotments.rounded_from(one) is None


@pytest.mark.parametrize(
    ("mhz", "is_channel"),
    [
        ("155.7525", True),
        ("155.7530", False),
        ("151.1375", True),
        ("151.1400", False),
        ("154.46375", True),  # telemetry, on a raster of its own
        ("154.6000", True),  # MURS
        ("156.0500", True),  # marine among land mobile
        ("157.4500", True),
        ("122.9000", True),
        ("122.9050", True),  # an 8.33 kHz name
        ("122.9200", False),  # a name that does not exist
        ("118.008333", True),
        ("39.4600", True),
        ("39.4700", False),
        ("26.9950", False),  # radio control among CB
        ("27.1850", True),
        ("146.5210", True),  # amateurs choose freely
        ("220.0025", True),
        ("220.0000", False),
        ("453.2125", True),
        ("453.2100", False),
        ("769.24375", True),
        ("769.2437", False),
        ("851.0125", True),
        ("851.0100", False),
        ("935.0125", True),
        ("4940.5", True),
        ("243.0", None),  # military: no raster published
        ("34.90", True),  # federal low band: on the land mobile raster all the same
        ("34.91", None),
    ],
)
def test_a_frequency_is_a_channel_or_none_or_it_is_not_known(mhz: str, is_channel: bool | None) -> None:
    assert allotments.is_channel(hz(mhz)) is is_channel


@pytest.mark.parametrize("mhz", ["95.5", "174.0", "763.0", "830.0", "930.0", "2400.0", "110.0"])
def test_where_no_plan_can_have_a_channel_there_is_no_allotment(mhz: str) -> None:
    assert allotments.allotments(hz(mhz)) == ()


def test_a_700_mhz_channel_of_6_25_khz_lies_half_a_step_off() -> None:
    assert allotments.is_channel(769_003_125, 6_250) is True
    assert allotments.is_channel(769_003_125, 12_500) is False
    assert allotments.is_channel(769_003_125) is True


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("769.244", "769.24375"),
        ("769.2437", "769.24375"),
        ("769.2438", "769.24375"),
        ("155.753", "155.7525"),
        ("155.752", "155.7525"),
        ("453.213", "453.2125"),
        ("155.7525", None),
        ("155.7563", None),
        ("155.758", None),
        ("243.001", None),
    ],
)
def test_a_rounded_frequency_is_recognized(typed: str, meant: str | None) -> None:
    assert allotments.rounded_from(hz(typed)) == (None if meant is None else hz(meant))


def test_the_nearest_channels_stand_on_both_sides() -> None:
    assert allotments.nearest_channels(hz("155.756")) == [hz("155.7525"), hz("155.76")]
    assert allotments.nearest_channels(hz("243.001")) == []


@pytest.mark.parametrize(
    ("mhz", "is_narrow"),
    [
        ("155.7525", True),
        ("460.0", True),
        ("168.6250", True),
        ("425.0125", True),
        ("156.8", False),
        ("154.57", False),
        ("462.675", False),
        ("462.5625", False),
        ("467.5625", True),  # FRS only
        ("162.55", False),
        ("146.52", False),
        ("446.0", False),
        ("470.0125", False),
        ("39.46", False),
        ("851.0125", False),
    ],
)
def test_narrowband_is_the_law_for_land_mobile_only(mhz: str, is_narrow: bool) -> None:
    assert allotments.is_narrowband_only(hz(mhz)) is is_narrow


def test_every_allotment_rises_and_names_its_source() -> None:
    for low, high in ((row.low_hz, row.high_hz) for row in allotments._TABLE):
        assert low < high
    assert all(row.source and row.service for row in allotments._TABLE)
    assert all(0 <= rest < row.step_hz for row in allotments._TABLE if row.step_hz for rest in row.remainders_hz)
