"""How far apart channels are: too close to each other, and transmit from receive at one repeater site."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..library import band
from .intermodulation import Receiver, Transmitter

CLOSE_HZ = 12_500  # rows nearer than this disturb each other in one area (Texas rule RF-002)
_WIDEST_HZ = 25_000  # voice channels are no wider, so two of them at this distance do not overlap

# What an ordinary duplexer needs between transmit and receive: the smallest separation in the makers' tables
# (TX RX Systems manual 7-9176, table 1). For bands that are not listed it is not known.
DUPLEXER_HZ = {"VHF": 500_000, "220": 1_600_000, "UHF": 3_000_000}


def is_too_close(one_hz: int, one_width_hz: int | None, other_hz: int, other_width_hz: int | None) -> bool | None:
    """Different frequencies within 12.5 kHz of each other, or whose channels overlap (a half-channel offset).

    None: it depends on a width that is not known. The same frequency is not close but co-channel: False.
    """
    distance_hz = abs(one_hz - other_hz)
    if distance_hz == 0:
        return False
    if distance_hz <= CLOSE_HZ:
        return True
    if one_width_hz is None or other_width_hz is None:
        return None if distance_hz < _WIDEST_HZ else False
    return 2 * distance_hz < one_width_hz + other_width_hz


@dataclass(frozen=True, slots=True, kw_only=True)
class TightPair:
    """A transmitter and a receiver of one site that are nearer than an ordinary duplexer can part."""

    transmitter: Transmitter
    receiver: Receiver
    needed_hz: int

    @property
    def distance_hz(self) -> int:
        """From carrier to receiver."""
        return abs(self.transmitter.hz - self.receiver.hz)


def tight_pairs(transmitters: Sequence[Transmitter], receivers: Sequence[Receiver]) -> list[TightPair]:
    """Transmitters that may deafen a receiver at the same known site; a simplex channel is not its own neighbour."""
    found = []
    for receiver in receivers:
        needed_hz = DUPLEXER_HZ.get(band(receiver.hz), 0)
        for transmitter in transmitters:
            if (
                transmitter.site
                and transmitter.site == receiver.site
                and 0 < abs(transmitter.hz - receiver.hz) < needed_hz
            ):
                found.append(TightPair(transmitter=transmitter, receiver=receiver, needed_hz=needed_hz))
    return found
