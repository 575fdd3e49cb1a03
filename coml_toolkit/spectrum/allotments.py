"""The parts of the spectrum a COML meets: who talks there, and on which raster the channels lie.

A raster is written as a step and the remainders a frequency may leave when divided by it. 7.5 kHz and 5000 is
… 151.1300, 151.1375, 151.1450 …. Where the source fixes no raster, or we have none, it says so: nothing is guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..units import parse_mhz

ANY_HZ = 1  # a step of one hertz: frequencies are chosen freely, every one is “on the raster”


@dataclass(frozen=True, slots=True)
class Allotment:
    """One service's part of the spectrum; `low_hz` belongs to it, `high_hz` no more."""

    service: str
    low_hz: int
    high_hz: int
    step_hz: int | None  # None: we know of no raster
    source: str
    remainders_hz: tuple[int, ...] = (0,)
    is_narrowband: bool = False  # at most 12.5 kHz since 2013 (47 CFR 90.209(b)(5), DA-14-281; NTIA for federal)
    widest_hz: int | None = None  # this raster holds only for channels up to this width
    without_hz: tuple[int, ...] = ()  # points of the raster that are no channels

    def has_channel(self, hz: int, bandwidth_hz: int | None = None) -> bool:
        """Is the frequency the centre of a channel here? An unknown width is not held against it."""
        return (
            self.step_hz is not None
            and hz % self.step_hz in self.remainders_hz
            and hz not in self.without_hz
            and (self.widest_hz is None or bandwidth_hz is None or bandwidth_hz <= self.widest_hz)
        )

    def nearest(self, hz: int) -> Iterator[int]:
        """The channels next below and next above a frequency that is none; they may lie just outside."""
        if self.step_hz is None:
            return
        start = hz - hz % self.step_hz
        points = [
            start + turn * self.step_hz + remainder for turn in (-1, 0, 1) for remainder in sorted(self.remainders_hz)
        ]
        yield max(point for point in points if point <= hz)
        yield min(point for point in points if point >= hz)


def _row(
    service: str,
    low: str,
    high: str,
    step_hz: int | None,
    source: str,
    remainders_hz: tuple[int, ...] = (0,),
    *,
    is_narrowband: bool = False,
    widest_hz: int | None = None,
    without: tuple[str, ...] = (),
) -> Allotment:
    """An allotment with its limits in megahertz, as the rules print them."""
    return Allotment(
        service,
        parse_mhz(low),
        parse_mhz(high),
        step_hz,
        source,
        remainders_hz,
        is_narrowband=is_narrowband,
        widest_hz=widest_hz,
        without_hz=tuple(parse_mhz(hz) for hz in without),
    )


_AMATEUR = "47 CFR 97.301: no channels are fixed"
_FEDERAL = "47 CFR 2.106: federal; no raster published"
_LAND_MOBILE = "47 CFR 90.20(c)(3), 90.35(b)(3)"
_NTIA = "47 CFR 2.106; NTIA Manual: 12.5 kHz channels"
_700 = "47 CFR 90.531(b)"
_800 = "47 CFR 90.613, 90.617"

# Overlapping rows are all in force: a frequency is a channel if it is one in any of them. What no row covers is used
# by nobody a COML may put into a plan: broadcasting, navigation, cellular and public safety broadband, paging.
_TABLE = (
    _row("HF", "3", "26.96", ANY_HZ, "47 CFR 2.106: assigned one by one"),
    _row(
        "CB", "26.96", "27.41", 10_000, "47 CFR 95.963", (5_000,),
        without=("26.995", "27.045", "27.095", "27.145", "27.195"),  # radio control
    ),
    _row("HF", "27.41", "29.7", ANY_HZ, "47 CFR 2.106: assigned one by one"),
    _row("Land mobile low band", "29.7", "50", 20_000, _LAND_MOBILE),
    *(
        _row("Federal low band", low, high, None, _FEDERAL)
        for low, high in (
            ("30", "30.56"), ("32", "33"), ("34", "35"), ("36", "37"), ("38", "39"), ("40", "42"), ("46.6", "47"),
            ("49.6", "50"),
        )
    ),
    _row("Amateur", "50", "54", ANY_HZ, _AMATEUR),
    # As names of 8.33 kHz channels .020, .045, .070 and .095 do not exist; the true frequencies behind them are good.
    _row("Aviation", "117.975", "137", 25_000, "47 CFR 87.173; ICAO Annex 10", (0, 5_000, 10_000, 15_000)),
    _row("Aviation", "117.975", "137", 25_000, "ICAO Annex 10", (8_333, 16_667), widest_hz=8_333),
    _row("Federal", "138", "144", None, _FEDERAL),
    _row("Amateur", "144", "148", ANY_HZ, _AMATEUR),
    _row("Federal", "148", "149.9", None, _FEDERAL),
    _row("Federal", "150.05", "150.8", None, _FEDERAL),
    # The 7.5 kHz raster of the high band starts anew at 154.65 MHz; before it lies an older list of its own.
    _row("Land mobile", "150.8", "154.4825", 7_500, _LAND_MOBILE, (5_000,), is_narrowband=True),
    _row("Land mobile telemetry", "154.45", "154.4825", 7_500, _LAND_MOBILE, (1_250,), is_narrowband=True),
    _row("Land mobile", "154.4825", "154.65", 2_500, _LAND_MOBILE, is_narrowband=True),
    _row("MURS", "154.57", "154.6025", 30_000, "47 CFR 95.2763, 95.2773", (10_000,)),  # channels 4 and 5 may be wide
    _row("Land mobile", "154.65", "156.2475", 7_500, _LAND_MOBILE, is_narrowband=True),
    _row("Marine", "156", "157.4375", 12_500, "47 CFR 80.371, 80.373(f); 12.5 kHz interstitials for data"),
    _row("Land mobile", "157.4375", "157.47", 12_500, _LAND_MOBILE, is_narrowband=True),
    _row("Land mobile", "157.47", "161.775", 7_500, _LAND_MOBILE, is_narrowband=True),
    _row("Marine", "160.6", "162.0375", 25_000, "47 CFR 80.371(c), coast side"),
    _row("Federal", "162.0375", "173.2", 12_500, _NTIA, is_narrowband=True),
    _row("NOAA Weather Radio", "162.4", "162.5625", 25_000, "NIFOG 2.02"),
    _row("Land mobile", "173.2", "173.4", 1_250, _LAND_MOBILE, is_narrowband=True),
    _row("Federal", "173.4", "174", 12_500, _NTIA, is_narrowband=True),
    _row("216-220 MHz", "216", "220", None, "47 CFR 2.106: several services, several rasters"),
    _row("Land mobile 220", "220", "222", 5_000, "47 CFR 90.715", (2_500,)),
    _row("Amateur", "222", "225", ANY_HZ, _AMATEUR),
    _row("Military aviation", "225", "399.9", None, _FEDERAL),
    _row("Federal", "406.1", "420", 12_500, _NTIA, is_narrowband=True),
    _row("Amateur", "420", "450", ANY_HZ, _AMATEUR),
    _row("Land mobile near Canada", "422", "430", 6_250, "47 CFR 90.273", is_narrowband=True),
    _row("Land mobile", "450", "470", 6_250, _LAND_MOBILE, is_narrowband=True),
    _row("GMRS", "462.55", "462.7375", 12_500, "47 CFR 95.1763, 95.1773"),  # GMRS may be 20 kHz wide on these
    _row("GMRS", "467.55", "467.7375", 25_000, "47 CFR 95.1763, 95.1773"),
    _row("T-band", "470", "512", 6_250, "47 CFR 90.311"),  # exempt from narrowbanding (DA-14-281)
    _row("700 MHz narrowband", "769", "775", 6_250, _700),
    _row("700 MHz narrowband", "769", "775", 6_250, _700, (3_125,), widest_hz=6_250),
    _row("700 MHz narrowband", "799", "805", 6_250, _700),
    _row("700 MHz narrowband", "799", "805", 6_250, _700, (3_125,), widest_hz=6_250),
    _row("800 MHz", "806", "824", 12_500, _800),
    _row("800 MHz", "851", "869", 12_500, _800),
    _row("900 MHz", "896", "901", 12_500, "47 CFR 90.613"),
    _row("Amateur", "902", "928", ANY_HZ, _AMATEUR),
    _row("900 MHz", "935", "940", 12_500, "47 CFR 90.613"),
    _row("4.9 GHz", "4940", "4990", 500_000, "47 CFR 90.1213"),
)  # fmt: skip
_ROUNDED_HZ = 500  # what is lost when a frequency is rounded to three decimals; with four decimals, a tenth of it


def allotments(hz: int) -> tuple[Allotment, ...]:
    """Every service that has this frequency; none where nobody a COML may plan for has it."""
    return tuple(row for row in _TABLE if row.low_hz <= hz < row.high_hz)


def is_channel(hz: int, bandwidth_hz: int | None = None) -> bool | None:
    """Is this the centre of a channel of a service that has it? None: the raster there is not known."""
    rows = allotments(hz)
    if any(row.has_channel(hz, bandwidth_hz) for row in rows):
        return True
    return None if any(row.step_hz is None for row in rows) else False


def nearest_channels(hz: int) -> list[int]:
    """The channels next below and above a frequency, from low to high."""
    points = {point for row in allotments(hz) if row.widest_hz is None for point in row.nearest(hz)}
    below, above = ([point for point in points if (point <= hz) is side] for side in (True, False))
    return ([max(below)] if below else []) + ([min(above)] if above else [])


def rounded_from(hz: int) -> int | None:
    """The channel this frequency was probably rounded from, 769.24375 for 769.244; None if it was not.

    A frequency is taken for rounded if it is no channel, has three or four decimals and a channel rounds to it.
    """
    if is_channel(hz) is not False:
        return None
    for unit_hz, lost_hz in ((1_000, _ROUNDED_HZ), (100, _ROUNDED_HZ // 10)):
        if hz % unit_hz == 0:
            near = [point for point in nearest_channels(hz) if abs(point - hz) <= lost_hz]
            return min(near, key=lambda point: abs(point - hz), default=None)
    return None


def is_narrowband_only(hz: int) -> bool:
    """Must a channel here be 12.5 kHz or narrower? Not where a service that may be wide has this very channel."""
    rows = allotments(hz)
    return any(row.is_narrowband for row in rows) and not any(
        row.has_channel(hz) and row.step_hz != ANY_HZ for row in rows if not row.is_narrowband
    )
