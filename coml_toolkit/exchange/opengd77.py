"""OpenGD77's Channels.csv, in and out; analog channels only.

Facts: radio_protocols.md, File formats, and the Channels.csv files of desertblade/OpenGD77-PNW: a tab before each
frequency (so that spreadsheets keep its zeros), five decimals, None for no tone, Rx Only Yes or No, Power Master,
Squelch Disabled, APRS None. A DCS code is written D023N or D023I.
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

NEEDED = ("Channel Name", "Channel Type", "Rx Frequency", "Tx Frequency", "RX Tone", "TX Tone", "Rx Only")
# Each column, and what stands in it where the channel does not decide.
_COLUMNS = {
    "Channel Number": "", "Channel Name": "", "Channel Type": "Analogue", "Rx Frequency": "", "Tx Frequency": "",
    "Bandwidth (kHz)": "", "Colour Code": "", "Timeslot": "", "Contact": "", "TG List": "", "DMR ID": "",
    "TS1_TA_Tx": "", "TS2_TA_Tx ID": "", "RX Tone": "None", "TX Tone": "None", "Squelch": "Disabled",
    "Power": "Master", "Rx Only": "No", "Zone Skip": "No", "All Skip": "No", "TOT": "0", "VOX": "Off", "No Beep": "No",
    "No Eco": "No", "APRS": "None", "Latitude": "0", "Longitude": "0",
}  # fmt: skip
HOLDS = Holds(
    program="OpenGD77", name_length=16, forbidden=',"', raster_hz=(10,), has_receive_only=True, tones=any_tones,
    rows=1024,
)  # fmt: skip


# ── out ──────────────────────────────────────────────────────────────────────


def write(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """The Channels.csv that the CPS imports from its folder."""
    kept, refused = once(*split(HOLDS, items(what, aliases)), HOLDS.program)
    rows = [list(_row(number, item).values()) for number, item in enumerate(kept, 1)]
    said = (
        "Power and squelch are the radio's own settings, and no channel has a time-out: the plan does not say.",
        "The format holds no remarks; its zones are a file of their own.",
    )
    return Written(content=csv_bytes([list(_COLUMNS), *rows]), count=len(kept), refused=tuple(refused), said=said)


def _row(number: int, item: Item) -> dict[str, str]:
    channel = item.channel
    tx_hz = channel.tx_hz if transmits(channel) else channel.rx_hz
    return _COLUMNS | {
        "Channel Number": str(number),
        "Channel Name": item.name,
        "Rx Frequency": f"\t{megahertz(channel.rx_hz or 0, 5)}",
        "Tx Frequency": f"\t{megahertz(tx_hz or 0, 5)}",
        "Bandwidth (kHz)": "12.5" if channel.bandwidth_hz == NARROW_HZ else "25",
        "RX Tone": _tone_text(channel.rx_tone),
        "TX Tone": _tone_text(channel.tx_tone) if transmits(channel) else "None",
        "Rx Only": "No" if transmits(channel) else "Yes",
    }


def _tone_text(tone: Tone) -> str:
    if tone.dcs is not None:
        return f"D{tone.dcs:03d}{'I' if tone.is_dcs_inverted else 'N'}"
    return ctcss_text(tone) or "None"


# ── in ───────────────────────────────────────────────────────────────────────


def read(sheet: Sheet, file: str) -> Import:
    """Every channel of an OpenGD77 Channels.csv."""
    return read_rows(
        sheet, file, kind="opengd77", words="an OpenGD77 channel CSV, by its columns", read=_channel,
        notes=("Of a channel's columns power, contact, colour code, timeslot and lists are not kept.",),
    )  # fmt: skip


def _channel(row: Columns) -> Channel | None:
    if not row["Rx Frequency"]:
        return None
    is_receive_only = _yes(row, "Rx Only")
    rx_tone, tx_tone = _tone(row, "RX Tone"), _tone(row, "TX Tone")
    if row["Channel Type"] not in {"Analogue", "Analog", "Digital"}:
        raise InputError(f"Channel Type: “{row['Channel Type']}” is neither Analogue nor Digital.")
    is_digital = row["Channel Type"] == "Digital"
    width = row["Bandwidth (kHz)"].casefold().removesuffix("khz")
    if not is_digital and width not in {"12.5", "25"}:
        raise InputError(f"Bandwidth (kHz): “{width}” is neither 12.5 nor 25.")
    kept = ""
    if is_digital:
        rx_tone = tx_tone = UNKNOWN_TONE
        names = ("Colour Code", "Timeslot", "Contact", "TG List")
        kept = ", ".join(f"{name} {row[name]}" for name in names if row[name] not in {"", "None"})
        row.assumed.append(f"It is DMR; {kept} is kept in the remarks.")
    return Channel(
        name=row["Channel Name"],
        direction=Direction.RECEIVE_ONLY if is_receive_only else Direction.BOTH,
        rx_hz=row.frequency("Rx Frequency"),
        tx_hz=None if is_receive_only else row.frequency("Tx Frequency"),
        rx_tone=rx_tone,
        tx_tone=UNKNOWN_TONE if is_receive_only else tx_tone,
        bandwidth_hz=NARROW_HZ if is_digital or width == "12.5" else WIDE_HZ,
        mode=Mode.DIGITAL if is_digital else Mode.ANALOG,
        modulation="DMR" if is_digital else "FM",
        remarks=kept,
        source=row.source,
    )


def _yes(row: Columns, column: str) -> bool:
    if row[column] not in {"Yes", "No"}:
        raise InputError(f"{column}: “{row[column]}” is neither Yes nor No.")
    return row[column] == "Yes"


def _tone(row: Columns, column: str) -> Tone:
    text = row[column]
    if text in {"None", ""}:
        return CSQ
    if text[:1] == "D" and text[-1:] in {"N", "I"}:
        return row.looked_at(cells.dcs(text[1:-1], column, is_inverted=text.endswith("I")))
    return row.looked_at(cells.ctcss(text, column))
