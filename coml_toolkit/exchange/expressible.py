"""What a format can hold, and in words why it cannot hold a channel. Nothing is ever written that is only near it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .. import units
from ..model.channel import NARROW_HZ, Channel, Direction, Kind, Mode, Tone
from .safe import runs
from .tones import CTCSS_DHZ
from .written import Item, Refusal

WIDE_HZ = 25_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What one format can say of a channel. Names are printable ASCII in all of them."""

    program: str
    name_length: int | None
    forbidden: str = ""  # characters its program cannot take in a name
    raster_hz: tuple[int, ...] = (1,)  # a frequency is a multiple of one of these
    modulations: frozenset[str] = frozenset(("FM",))
    has_receive_only: bool = False
    tones: Callable[[Tone, Tone], str]  # transmitted, received: why not, or ""
    shift_hz: int = 0  # the transmit frequency is a multiple of it away; 0: anywhere
    rows: int | None = None


def split(holds: Holds, items: Sequence[Item]) -> tuple[list[Item], list[Refusal]]:
    """What can be written, and what is refused."""
    kept: list[Item] = []
    refused: list[Refusal] = []
    for item in items:
        why = reasons(holds, item.channel, item.name)
        if not why and holds.rows is not None and len(kept) == holds.rows:
            why = [f"{holds.program} takes {holds.rows} rows in one file."]
        if why:
            refused.append(Refusal(number=item.number, name=item.channel.name, reasons=tuple(why)))
        else:
            kept.append(item)
    return kept, refused


def reasons(holds: Holds, channel: Channel, name: str) -> list[str]:
    """Why a format cannot hold a channel under this name, in sentences; empty when it can."""
    found = _name(holds, name)
    if channel.kind is not Kind.CONVENTIONAL:
        return [*found, f"It is not a radio channel but {units.KIND_WORDS[channel.kind].lower()}."]
    found += _modulation(holds, channel)
    if channel.direction is Direction.UNKNOWN:
        found.append("It is not known whether a radio may transmit on it.")
    elif channel.direction is Direction.TRANSMIT_ONLY:
        found.append(f"It is transmit only, which {holds.program} cannot say.")
    elif channel.direction is Direction.RECEIVE_ONLY and not holds.has_receive_only:
        found.append(f"It is receive only, which {holds.program} cannot say: a radio could transmit on it.")
    found += _frequencies(holds, channel)
    found += _tones(holds, channel)
    return list(dict.fromkeys(found))


def transmits(channel: Channel) -> bool:
    """It has a transmit side to be written."""
    return channel.direction is Direction.BOTH


def _name(holds: Holds, name: str) -> list[str]:
    if not name:
        return ["It has no name."]
    found = []
    if holds.name_length is not None and len(name) > holds.name_length:
        found.append(
            f"“{name}” has {len(name)} characters, {holds.program} holds {holds.name_length}: give it a shorter alias."
        )
    odd = sorted({sign for sign in name if not (sign.isascii() and sign.isprintable()) or sign in holds.forbidden})
    if odd:
        found.append(
            f"“{name}” holds {', '.join(map(repr, odd))}, which {holds.program} cannot take: give it an alias."
        )
    if name != name.strip() or runs(name) or name[:1] == "'":
        found.append(f"“{name}” begins or ends with a sign that programs change or run: give it an alias.")
    return found


def _modulation(holds: Holds, channel: Channel) -> list[str]:
    if channel.mode is not Mode.ANALOG:
        said = {Mode.DIGITAL: "digital", Mode.MIXED: "mixed", Mode.UNKNOWN: "of unknown mode"}[channel.mode]
        about = f" ({channel.modulation})" if channel.modulation else ""
        return [f"It is {said}{about}; {holds.program} is written for analog channels only."]
    if not channel.modulation:
        return ["It does not say whether it is FM or AM."]
    if channel.modulation not in holds.modulations:
        return [f"It is {channel.modulation}; {holds.program} takes {' and '.join(sorted(holds.modulations))}."]
    hz = channel.bandwidth_hz
    if channel.modulation == "AM":
        return ["It is AM of less than 10 kHz."] if hz is not None and hz < 10_000 else []
    if hz is None:
        return ["Its bandwidth is not known."]
    if hz not in (NARROW_HZ, WIDE_HZ):
        return [f"It is {units.khz(hz)} kHz wide; {holds.program} knows 12.5 and 25 kHz only."]
    return []


def _frequencies(holds: Holds, channel: Channel) -> list[str]:
    found = []
    sides = [("receive", channel.rx_hz)]
    if channel.direction is not Direction.RECEIVE_ONLY:
        sides.append(("transmit", channel.tx_hz))
    for side, hz in sides:
        if hz is None:
            found.append(f"Its {side} frequency is not known.")
        elif not 0 < hz < 10_000_000_000:
            found.append(f"Its {side} frequency is beyond what {holds.program} can say.")
        elif not any(hz % raster == 0 for raster in holds.raster_hz):
            steps = " or ".join(units.khz(raster) for raster in holds.raster_hz)
            found.append(f"{units.mhz(hz)} MHz is no multiple of {steps} kHz, as {holds.program} needs.")
    if not found and holds.shift_hz and channel.tx_hz is not None and channel.rx_hz is not None:
        by = abs(channel.tx_hz - channel.rx_hz)
        if by % holds.shift_hz:
            found.append(
                f"RX and TX are {units.khz(by)} kHz apart, no multiple of {units.khz(holds.shift_hz)} kHz, "
                f"as {holds.program} needs."
            )
    return found


def _tones(holds: Holds, channel: Channel) -> list[str]:
    rx, tx = channel.rx_tone, channel.tx_tone if channel.direction is not Direction.RECEIVE_ONLY else Tone()
    found = []
    for side, tone in (("receive", rx), ("transmit", tx)):
        if not tone.is_known:
            found.append(f"Its {side} tone is not known.")
        if tone.nac is not None:
            found.append(
                f"Its {side} side has NAC ${tone.nac:03X}; {holds.program} is written for analog channels only."
            )
        if tone.ctcss_dhz is not None and tone.ctcss_dhz not in CTCSS_DHZ:
            found.append(f"Its {side} tone {units.tone(tone)} is not one that {holds.program} lists.")
        if tone.dcs is not None and (tone.dcs > 777 or set(str(tone.dcs)) & {"8", "9"}):
            found.append(f"Its {side} code D{tone.dcs:03d} is no DCS code.")
    return found or [why for why in [holds.tones(tx, rx)] if why]


# ── what tones a channel of a format can have ────────────────────────────────


def any_tones(tx: Tone, rx: Tone) -> str:
    """Each direction its own, of any kind."""
    return ""


def one_tone(tx: Tone, rx: Tone) -> str:
    """One CTCSS, sent or sent and expected; or one DCS code both ways, of normal polarity."""
    if (tx.is_csq and rx.is_csq) or (tx.ctcss_dhz is not None and rx.is_csq):
        return ""
    if tx != rx:
        return f"It sends {units.tone(tx)} and expects {units.tone(rx)}; a channel has one tone there."
    if tx.is_dcs_inverted:
        return f"{units.tone(tx)} is inverted; polarity is not in the channel there."
    return ""
