"""Something a plan can assign: a radio channel, a talkgroup, a line for data, video or telephone."""

from dataclasses import dataclass
from enum import StrEnum

from .record import Record


class Kind(StrEnum):
    """What sort of resource it is; decides which fields mean something."""

    CONVENTIONAL = "conventional"
    TALKGROUP = "talkgroup"
    DATA = "data"
    VIDEO = "video"
    SATELLITE = "satellite"
    BROADBAND = "broadband"
    TELEPHONE = "telephone"


class Direction(StrEnum):
    """What a subscriber radio may do on it."""

    BOTH = "transmit and receive"
    RECEIVE_ONLY = "receive only"
    TRANSMIT_ONLY = "transmit only"
    UNKNOWN = "unknown"


class Mode(StrEnum):
    """The Mode column of an ICS 205: analog, digital or mixed."""

    ANALOG = "A"
    DIGITAL = "D"
    MIXED = "M"
    UNKNOWN = "unknown"


class Encryption(StrEnum):
    """Whether encryption may be used on it, as far as its source says."""

    UNKNOWN = "unknown"
    NOT_ALLOWED = "not allowed"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class Tone:
    """What opens a receiver in one direction: CTCSS or DCS, a P25 NAC, both (a mixed channel), or nothing.

    Known and with no code is carrier squelch (CSQ). Text and Tone are converted in `units`.
    """

    ctcss_dhz: int | None = None  # tenths of a hertz: 1567 is 156.7 Hz
    dcs: int | None = None  # the three octal digits as printed: 23 is D023
    is_dcs_inverted: bool = False
    nac: int | None = None  # 0x000 to 0xFFF
    is_known: bool = True

    def __post_init__(self) -> None:
        codes = (self.ctcss_dhz, self.dcs, self.nac)
        if not self.is_known and codes != (None, None, None):
            raise ValueError("an unknown tone has no code")
        if self.ctcss_dhz is not None and self.dcs is not None:
            raise ValueError("a tone is CTCSS or DCS, not both")
        if self.is_dcs_inverted and self.dcs is None:
            raise ValueError("only DCS is inverted")

    @property
    def is_csq(self) -> bool:
        """Known to need no tone and no NAC."""
        return self.is_known and self.ctcss_dhz is None and self.dcs is None and self.nac is None


CSQ = Tone()
UNKNOWN_TONE = Tone(is_known=False)

NARROW_HZ = 12_500  # up to this width the 205 and 217A say N, above it W (ICS 217A footnote; 47 CFR 90.209(b)(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Record):
    """Something a plan can assign, as programmed in a mobile or portable: RX is the repeater's output.

    None, UNKNOWN and "" all say "not known"; nothing is ever assumed in their place.
    """

    period_id: str | None = None  # None: the unit's own list; else the operational period whose copy this is
    name: str = ""
    kind: Kind = Kind.CONVENTIONAL
    service: str = ""
    eligibility: str = ""
    direction: Direction = Direction.UNKNOWN
    rx_hz: int | None = None
    rx_tone: Tone = UNKNOWN_TONE
    tx_hz: int | None = None
    tx_tone: Tone = UNKNOWN_TONE
    bandwidth_hz: int | None = None
    mode: Mode = Mode.UNKNOWN
    modulation: str = ""  # FM, AM, P25, DMR, DSC …
    emission: str = ""  # FCC designator, 11K0F3E
    encryption: Encryption = Encryption.UNKNOWN
    system: str = ""  # trunked system, data network, carrier
    talkgroup_id: int | None = None
    address: str = ""  # telephone number, network name, URL: where to reach it
    remarks: str = ""
    source: str = ""
    edition: str = ""  # the edition of the library it was copied from; "" if typed here
    verification: str = ""
    verified_by: str = ""
    tone_source: str = ""

    @property
    def width_letter(self) -> str:
        """N or W as on the 205, "" when the width is not known."""
        if self.bandwidth_hz is None:
            return ""
        return "N" if self.bandwidth_hz <= NARROW_HZ else "W"

    @property
    def is_simplex(self) -> bool:
        """Transmits where it receives."""
        return self.rx_hz is not None and self.rx_hz == self.tx_hz

    @property
    def has_transmit(self) -> bool:
        """A radio may transmit on it, as far as is known."""
        return self.direction is not Direction.RECEIVE_ONLY


def problems(channel: Channel) -> list[str]:
    """What contradicts itself in one channel, in sentences; empty when it is sound (checks of a plan are elsewhere)."""
    found = []
    if channel.direction is Direction.RECEIVE_ONLY and channel.tx_hz is not None:
        found.append("It is marked receive only but has a transmit frequency.")
    if channel.direction is Direction.TRANSMIT_ONLY and channel.rx_hz is not None:
        found.append("It is marked transmit only but has a receive frequency.")
    for hz in (channel.rx_hz, channel.tx_hz):
        if hz is not None and hz <= 0:
            found.append("A frequency must be above zero.")
    return found


CONVENTIONAL_ONLY = frozenset(
    {"direction", "rx_hz", "rx_tone", "tx_hz", "tx_tone", "bandwidth_hz", "emission"}
)  # the fields that mean something only on a conventional channel
