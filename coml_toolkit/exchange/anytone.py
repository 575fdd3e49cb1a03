"""AnyTone's Channel.CSV, in and out: the columns of the 878's CPS 1.21; analog channels only.

Facts: radio_protocols.md, File formats; the filling of the columns that a plan says nothing of is what the CPS itself
exports for a plain analog channel. PTT Prohibit On is receive only. A DMR channel needs a colour code, a slot and a
contact, which we do not keep, so none is written.
"""

from collections.abc import Mapping, Sequence

from ..errors import InputError
from ..model.channel import CSQ, NARROW_HZ, UNKNOWN_TONE, Channel, Direction, Mode, Tone
from ..model.plan import Line
from . import cells
from .columns import Columns, read_rows
from .expressible import WIDE_HZ, Holds, any_tones, split, transmits
from .preview import Import
from .sheet import Sheet
from .written import Item, Written, csv_bytes, ctcss_text, items, megahertz, once

NEEDED = ("Channel Name", "Receive Frequency", "Transmit Frequency", "Channel Type", "Band Width", "CTCSS/DCS Decode")
# Each column, and what stands in it where the channel does not decide.
_COLUMNS = {
    "No.": "", "Channel Name": "", "Receive Frequency": "", "Transmit Frequency": "", "Channel Type": "A-Analog",
    "Transmit Power": "High", "Band Width": "", "CTCSS/DCS Decode": "Off", "CTCSS/DCS Encode": "Off", "Contact": "",
    "Contact Call Type": "Group Call", "Contact TG/DMR ID": "0", "Radio ID": "", "Busy Lock/TX Permit": "Off",
    "Squelch Mode": "Carrier", "Optional Signal": "Off", "DTMF ID": "1", "2Tone ID": "1", "5Tone ID": "1",
    "PTT ID": "Off", "Color Code": "1", "Slot": "1", "Scan List": "None", "Receive Group List": "None",
    "PTT Prohibit": "Off", "Reverse": "Off", "Simplex TDMA": "Off", "Slot Suit": "Off",
    "AES Digital Encryption": "Normal Encryption", "Digital Encryption": "Off", "Call Confirmation": "Off",
    "Talk Around(Simplex)": "Off", "Work Alone": "Off", "Custom CTCSS": "251.1", "2TONE Decode": "0", "Ranging": "Off",
    "Through Mode": "Off", "Digi APRS RX": "Off", "Analog APRS PTT Mode": "Off", "Digital APRS PTT Mode": "Off",
    "APRS Report Type": "Off", "Digital APRS Report Channel": "1", "Correct Frequency[Hz]": "0",
    "SMS Confirmation": "Off", "Exclude channel from roaming": "0", "DMR MODE": "0", "DataACK Disable": "0",
    "R5toneBot": "0", "R5ToneEot": "0",
}  # fmt: skip
HOLDS = Holds(
    program="AnyTone's CPS", name_length=16, forbidden='",|', raster_hz=(10,), has_receive_only=True, tones=any_tones,
    rows=4000,
)  # fmt: skip


# ── out ──────────────────────────────────────────────────────────────────────


def write(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """A file for the CPS's Tool > Import, as Channel."""
    kept, refused = once(*split(HOLDS, items(what, aliases)), HOLDS.program)
    rows = [list(_row(number, item).values()) for number, item in enumerate(kept, 1)]
    said = ("Every channel is written with high power: the plan does not say.", "The format holds no remarks or zones.")
    content = csv_bytes([list(_COLUMNS), *rows], quote_all=True)
    return Written(content=content, count=len(kept), refused=tuple(refused), said=said)


def _row(number: int, item: Item) -> dict[str, str]:
    channel = item.channel
    is_open = channel.rx_tone.is_csq
    tx_hz = channel.tx_hz if transmits(channel) else channel.rx_hz
    return _COLUMNS | {
        "No.": str(number),
        "Channel Name": item.name,
        "Receive Frequency": megahertz(channel.rx_hz or 0, 5),
        "Transmit Frequency": megahertz(tx_hz or 0, 5),
        "Band Width": "12.5K" if channel.bandwidth_hz == NARROW_HZ else "25K",
        "CTCSS/DCS Decode": _tone_text(channel.rx_tone),
        "CTCSS/DCS Encode": _tone_text(channel.tx_tone) if transmits(channel) else "Off",
        "Squelch Mode": "Carrier" if is_open else "CTCSS/DCS",
        "PTT Prohibit": "Off" if transmits(channel) else "On",
    }


def _tone_text(tone: Tone) -> str:
    if tone.dcs is not None:
        return f"D{tone.dcs:03d}{'I' if tone.is_dcs_inverted else 'N'}"
    return ctcss_text(tone) or "Off"


# ── in ───────────────────────────────────────────────────────────────────────


def read(sheet: Sheet, file: str) -> Import:
    """Every channel of an AnyTone Channel.CSV, of any version."""
    return read_rows(
        sheet, file, kind="anytone", words="an AnyTone channel CSV, by its columns", read=_channel,
        notes=("Of a channel's columns power, contact, colour code, slot and lists are not kept.",),
    )  # fmt: skip


def _channel(row: Columns) -> Channel | None:
    if not row["Receive Frequency"]:
        return None
    rx_hz = row.frequency("Receive Frequency")
    prohibit = row["PTT Prohibit"] or row["TX Prohibit"]
    if prohibit not in {"Off", "On"}:
        raise InputError(f"PTT Prohibit: “{prohibit}” is neither On nor Off.")
    is_receive_only = prohibit == "On"
    is_digital = row["Channel Type"].startswith("D")
    if row["Channel Type"] not in {"A-Analog", "D-Digital"}:
        raise InputError(
            f"Channel Type: “{row['Channel Type']}” is both or neither; only A-Analog and D-Digital are read."
        )
    if row["Band Width"] not in {"12.5K", "25K"}:
        raise InputError(f"Band Width: “{row['Band Width']}” is neither 12.5K nor 25K.")
    rx_tone, tx_tone = _tone(row, "CTCSS/DCS Decode"), _tone(row, "CTCSS/DCS Encode")
    if row["Squelch Mode"] == "Carrier" and not rx_tone.is_csq:
        row.doubts.append("It has a receive tone, but its squelch is Carrier: read as carrier squelch.")
        rx_tone = CSQ
    if is_digital:
        rx_tone = tx_tone = UNKNOWN_TONE
        kept = ", ".join(
            f"{name} {row[name]}" for name in ("Color Code", "RX Color Code", "Slot", "Contact") if row[name]
        )
        row.assumed.append(f"It is DMR; {kept} is kept in the remarks.")
    return Channel(
        name=row["Channel Name"],
        direction=Direction.RECEIVE_ONLY if is_receive_only else Direction.BOTH,
        rx_hz=rx_hz,
        tx_hz=None if is_receive_only else row.frequency("Transmit Frequency"),
        rx_tone=rx_tone,
        tx_tone=UNKNOWN_TONE if is_receive_only else tx_tone,
        bandwidth_hz=NARROW_HZ if row["Band Width"] == "12.5K" else WIDE_HZ,
        mode=Mode.DIGITAL if is_digital else Mode.ANALOG,
        modulation="DMR" if is_digital else "FM",
        remarks=kept if is_digital else "",
        source=row.source,
    )


def _tone(row: Columns, column: str) -> Tone:
    text = row[column]
    if text == "Off":
        return CSQ
    if text[:1] == "D" and text[-1:] in {"N", "I"}:
        return row.looked_at(cells.dcs(text[1:-1], column, is_inverted=text.endswith("I")))
    return row.looked_at(cells.ctcss(text, column))
