"""Where a superheterodyne receiver hears what it is not tuned to: its image and its half-IF response.

With its first oscillator at R + IF or at R − IF, a receiver on R hears the image at R ± 2·IF, and, through the second
harmonics of signal and oscillator, the half-IF response at R ± IF/2. The side of the oscillator is seldom known, so
both are looked at. The first IF is a fact of the radio's data sheet; without it nothing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..units import khz
from .intermodulation import Receiver, Transmitter

IMAGE, HALF_IF = "image", "half-IF response"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A transmitter that a receiver hears through its image or its half-IF response."""

    transmitter: Transmitter
    receiver: Receiver
    name: str  # IMAGE or HALF_IF
    offset_hz: int  # of the carrier from the response, to the next lower hertz

    @property
    def sentence(self) -> str:
        """'NOAA 162.550 falls 2.5 kHz from the image of VTAC11.'."""
        distance = f"{khz(abs(self.offset_hz))} kHz from" if self.offset_hz else "exactly on"
        return f"{self.transmitter.name} falls {distance} the {self.name} of {self.receiver.name}."


def responses(transmitters: Sequence[Transmitter], receivers: Sequence[Receiver]) -> list[Response]:
    """Every transmitter at a receiver's site, or of unknown site, that lies on its image or half-IF response."""
    found = []
    for receiver in receivers:
        if receiver.first_if_hz is None:
            continue
        for transmitter in transmitters:
            if transmitter.site and receiver.site and transmitter.site != receiver.site:
                continue
            for side in (-1, 1):
                for name, harmonic, twice_if in ((IMAGE, 1, 4), (HALF_IF, 2, 1)):
                    # In half hertz, so that half an odd IF stays exact; the second harmonic is twice as wide.
                    off = 2 * (transmitter.hz - receiver.hz) - side * twice_if * receiver.first_if_hz
                    if harmonic * abs(off) < harmonic * transmitter.bandwidth_hz + receiver.bandwidth_hz:
                        found.append(
                            Response(transmitter=transmitter, receiver=receiver, name=name, offset_hz=off // 2)
                        )
    return found
