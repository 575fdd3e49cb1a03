"""What a plan alone does not say, as far as the caller knows it. None is “not known”, and never taken for “no”."""

from dataclasses import dataclass
from datetime import datetime

from ..model.channel import Channel, Mode
from ..model.plan import Period, Plan
from ..spectrum import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Radio:
    """What one kind of radio can do; what is None is not known."""

    name: str
    bands_hz: tuple[tuple[int, int], ...] | None = None  # each from, up to and with
    bandwidths_hz: tuple[int, ...] | None = None
    modes: frozenset[Mode] | None = None
    has_split_tones: bool | None = None  # a transmit tone other than the receive tone
    has_nac: bool | None = None
    zone_size: int | None = None
    name_length: int | None = None  # characters of its display


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """Channels that a gateway joins, by their names in the plan."""

    name: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A form that was printed, and the plan it was printed from."""

    form: str  # ICS 204 Division A
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Facts around a plan; what is left out stays not evaluated."""

    library: tuple[Channel, ...] | None = None  # None: the channels that ship with the program
    now: datetime | None = None
    periods: tuple[Period, ...] | None = None  # all of the incident
    other_plans: tuple[Plan, ...] = ()  # of the same incident, for spellings
    is_in_puerto_rico_or_usvi: bool | None = None
    is_north_of_line_a: bool | None = None  # or east of Line C
    is_in_vtac17_county: bool | None = None  # 47 CFR 90.20(g)(3)
    divisions: tuple[str, ...] | None = None  # divisions and groups of the organization, as on the 203
    has_aircraft: bool | None = None
    header_mark: str = ""  # what the paper carries above and below: SENSITIVE …
    radios: tuple[Radio, ...] | None = None  # assigned to the incident
    exports: tuple[str, ...] | None = None  # the formats (of exchange.formats) the plan is about to be written in
    sites: tuple[Site, ...] | None = None
    patches: tuple[Patch, ...] | None = None
    papers: tuple[Paper, ...] | None = None
