"""X01 to X05: radios, exports and records; and what one kind of radio cannot do with a channel (for P10)."""

from collections.abc import Callable, Iterator

from .. import units
from ..errors import ComlError
from ..model.channel import NARROW_HZ, Direction, Mode
from .context import Radio
from .rule import Hit, Said, Unknown
from .sheet import Row, Sheet


def cannot(radio: Radio, row: Row) -> Iterator[str]:
    """Why this radio cannot hold this channel, in parts of a sentence; what is unknown of either is left out."""
    channel = row.channel
    bands_hz = radio.bands_hz
    if bands_hz is not None:
        for _, hz in row.frequencies:
            if not any(low <= hz <= high for low, high in bands_hz):
                yield f"{units.mhz(hz)} MHz is outside its bands"
                break
    if radio.bandwidths_hz is not None and channel.bandwidth_hz is not None:
        is_narrow = channel.bandwidth_hz <= NARROW_HZ  # a radio is set to narrow or wide; 20 kHz is sent as wide
        if not any((width <= NARROW_HZ) is is_narrow for width in radio.bandwidths_hz):
            yield f"it has no {'narrow' if is_narrow else 'wide'} channels"
    if radio.modes is not None and channel.mode is not Mode.UNKNOWN and channel.mode not in radio.modes:
        yield f"it does not do mode {channel.mode.value}"
    tones = [channel.rx_tone] if channel.direction is not Direction.TRANSMIT_ONLY else []
    tones += [channel.tx_tone] if row.may_transmit else []
    if radio.has_nac is False and any(tone.nac is not None for tone in tones):
        yield "it has no NAC"
    codes = {(tone.ctcss_dhz, tone.dcs, tone.is_dcs_inverted) for tone in tones if tone.is_known and not tone.is_csq}
    if radio.has_split_tones is False and len(codes) > 1:
        yield "it has no separate tones for receive and transmit"
    if radio.name_length is not None and len(channel.name) > radio.name_length:
        yield f"its display holds {radio.name_length} of the name's {len(channel.name)} characters"


def cannot_export(sheet: Sheet) -> Iterator[Said]:
    """X03: what a format cannot express is left out of the file, never written nearly right."""
    if sheet.context.exports is None:
        yield Unknown("the formats the plan is to be exported in")
        return
    from ..exchange import formats

    for name in sheet.context.exports:
        try:
            written = formats.write(name, sheet.plan.lines)
        except ComlError as error:
            yield Unknown(f"how {name} would look ({error.message})")
            continue
        for refusal in written.refused:
            row = sheet.rows[refusal.number - 1]
            message = f"{name} cannot hold {row.called}: {refusal.reasons[0]}"
            yield Hit(message, (row,), (name, row.key, *refusal.reasons))


def needs(*missing: str) -> Callable[[Sheet], Iterator[Said]]:
    """A rule that cannot look yet: what it has to know first."""

    def look(sheet: Sheet) -> Iterator[Said]:
        return (Unknown(one) for one in missing)

    return look
