"""qdmr's codeplug as YAML, out: analog channels and the plan's zones.

Facts: radio_protocols.md, File formats; the manual's chapter on channels: plain megahertz, ctcss in hertz, dcs the
printed digits, negative when inverted; Narrow is 12.5 kHz, Wide 25. Written as qdmr 0.11 reads it (Debian 12); later
versions read it too, and say that `analog` is now called `fm`. dmrconf wants a DMR id even for analog channels.
"""

import json
from collections.abc import Mapping, Sequence

from .. import units
from ..model.channel import NARROW_HZ, Channel, Tone
from ..model.plan import Line
from .expressible import Holds, any_tones, split, transmits
from .written import Item, Refusal, Written, ctcss_text, items

HOLDS = Holds(program="qdmr", name_length=16, raster_hz=(10,), has_receive_only=True, tones=any_tones)
_DMR_ID = 1234567  # what qdmr's own examples carry; the owner's must be put in its place
_ZONE = "Plan"  # of channels that are in none
_ZONE_LENGTH = 16  # what dmrconf's radios show; it cuts longer ones without a word
_LONG_ZONE = "Its zone has a name of more than 16 plain letters, which radios cut: shorten it."


def write(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """A codeplug that `dmrconf verify` checks and `dmrconf write` sends."""
    kept, refused = split(HOLDS, items(what, aliases))
    long = [item for item in kept if len(item.zone) > _ZONE_LENGTH or not item.zone.isascii()]
    kept = [item for item in kept if item not in long]
    refused += [Refusal(number=item.number, name=item.channel.name, reasons=(_LONG_ZONE,)) for item in long]
    zones: dict[str, list[str]] = {}
    for number, item in enumerate(kept, 1):
        zones.setdefault(item.zone or _ZONE, []).append(f"ch{number}")
    lines = [
        "# Analog channels of a radio plan. The DMR id below is an example: put your own in its place.",
        "version: 0.11.2",
        "settings: {micLevel: 3, speech: false, power: High, squelch: 1, vox: 0, tot: 0, defaultID: id1}",
        "radioIDs:",
        f"  - dmr: {{id: id1, name: Example, number: {_DMR_ID}}}",
        "contacts: []",
        "groupLists: []",
        "channels:" if kept else "channels: []",
        *(line for number, item in enumerate(kept, 1) for line in _channel(number, item)),
        "zones:" if zones else "zones: []",
        *(line for number, (zone, ids) in enumerate(zones.items(), 1) for line in _zone(number, zone, ids)),
        "",
    ]
    said = (
        f"The DMR id {_DMR_ID} is qdmr's example: put your own in its place.",
        "Every channel is written with high power: the plan does not say.",
        "The format holds no remarks. Whether a radio tunes these frequencies, dmrconf verify says.",
    )
    return Written(
        content="\n".join(lines).encode(),
        count=len(kept),
        refused=tuple(sorted(refused, key=lambda one: one.number)),
        said=said,
    )


def _channel(number: int, item: Item) -> list[str]:
    channel = item.channel
    tx_hz = channel.tx_hz if transmits(channel) else channel.rx_hz
    fields = {
        "id": f"ch{number}",
        "name": json.dumps(item.name),  # a JSON string is a YAML string
        "rxFrequency": units.mhz(channel.rx_hz or 0),
        "txFrequency": units.mhz(tx_hz or 0),
        "power": "High",
        "timeout": "0",
        "rxOnly": "false" if transmits(channel) else "true",
        "vox": "!default",
        "squelch": "!default",
        "admit": "Always",
        "bandwidth": "Narrow" if channel.bandwidth_hz == NARROW_HZ else "Wide",
    }
    if tone := _tone(channel.rx_tone):
        fields["rxTone"] = tone
    if transmits(channel) and (tone := _tone(channel.tx_tone)):
        fields["txTone"] = tone
    return ["  - analog:", *(f"      {name}: {value}" for name, value in fields.items())]


def _tone(tone: Tone) -> str:
    if tone.dcs is not None:
        return f"{{dcs: {'-' if tone.is_dcs_inverted else ''}{tone.dcs}}}"
    return f"{{ctcss: {ctcss_text(tone)}}}" if ctcss_text(tone) else ""


def _zone(number: int, name: str, ids: Sequence[str]) -> list[str]:
    return [f"  - id: zone{number}", f"    name: {json.dumps(name)}", f"    A: [{', '.join(ids)}]", "    B: []"]
