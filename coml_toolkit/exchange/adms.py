"""Yaesu's ADMS-13 CSV of the FTM-6000, in and out.

Facts: radio_protocols.md, File formats, and a public description of the file with an export: 999 lines without
headings, 19 columns: channel, rx, tx, shift, direction (-RPT, +RPT, OFF), FM or AM, tag, name of six characters, tone
mode (OFF, TONE, TONE SQL, DCS …), CTCSS, DCS, user CTCSS, power, scan, step, narrow, clock shift, comment, 0. No DCS
polarity, no way to forbid transmitting. In the example the tx column repeats rx beside a shift; here it is the transmit
frequency, and agrees with the shift. Raster and shift as the FT-60's sister radios have them: 5 or 6.25 kHz, 50 kHz.
"""

from collections.abc import Mapping, Sequence

from .. import units
from ..errors import InputError
from ..model.channel import CSQ, NARROW_HZ, Channel, Direction, Mode, Tone
from ..model.plan import Line
from . import cells
from .columns import Columns, read_rows
from .expressible import WIDE_HZ, Holds, one_tone, split
from .preview import Import
from .safe import guard, unguard
from .sheet import Sheet
from .written import Item, Written, csv_bytes, ctcss_text, items, megahertz

HEADS = (
    "channel", "rx", "tx", "shift", "direction", "mode", "tag", "name", "tone mode", "ctcss", "dcs", "user ctcss",
    "power", "scan", "step", "narrow", "clock shift", "comment", "zero",
)  # fmt: skip
_LINES = 999
HOLDS = Holds(
    program="ADMS-13", name_length=6, forbidden=',"', raster_hz=(5_000, 6_250), modulations=frozenset(("FM", "AM")),
    tones=one_tone, shift_hz=50_000, rows=_LINES,
)  # fmt: skip


# ── out ──────────────────────────────────────────────────────────────────────


def write(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """A file for ADMS-13's Import."""
    kept, refused = split(HOLDS, items(what, aliases))
    rows = [_row(number, item) for number, item in enumerate(kept, 1)]
    empty = [[str(number), *[""] * (len(HEADS) - 2), "0"] for number in range(len(rows) + 1, _LINES + 1)]
    said = (
        "Every channel is written with high power, and is scanned: the plan does not say.",
        "Commas and quotation marks in the remarks are written as blanks and apostrophes.",
    )
    return Written(content=csv_bytes([*rows, *empty]), count=len(kept), refused=tuple(refused), said=said)


def _row(number: int, item: Item) -> list[str]:
    channel = item.channel
    rx_hz, tx_hz = channel.rx_hz or 0, channel.tx_hz or 0
    tone = channel.tx_tone
    return [
        str(number), megahertz(rx_hz, 5), megahertz(tx_hz, 5), megahertz(abs(tx_hz - rx_hz), 5),
        "OFF" if rx_hz == tx_hz else "+RPT" if tx_hz > rx_hz else "-RPT", channel.modulation, "ON", item.name,
        _tone_mode(channel), f"{ctcss_text(tone) or '88.5'} Hz", f"{tone.dcs:03d}" if tone.dcs is not None else "", "",
        "HIGH", "YES", "5.0KHz" if rx_hz % 5_000 == 0 else "6.25KHz",
        "ON" if channel.bandwidth_hz == NARROW_HZ else "OFF", "OFF",
        guard(item.comment.replace(",", " ").replace('"', "'")), "0",
    ]  # fmt: skip


def _tone_mode(channel: Channel) -> str:
    if channel.tx_tone.is_csq:
        return "OFF"
    if channel.tx_tone.dcs is not None:
        return "DCS"
    return "TONE" if channel.rx_tone.is_csq else "TONE SQL"


# ── in ───────────────────────────────────────────────────────────────────────


def is_adms(sheet: Sheet) -> bool:
    """A table without headings, whose lines are numbered and end in 0."""
    return bool(sheet.rows) and all(
        len(row) == len(HEADS) and row[0] == str(number) and row[-1] == "0" and row[4] in {"", "OFF", "+RPT", "-RPT"}
        for number, row in enumerate(sheet.rows[:20], 1)
    )


def read(sheet: Sheet, file: str) -> Import:
    """Every channel of an ADMS-13 CSV."""
    return read_rows(
        sheet, file, kind="adms", words="a Yaesu ADMS-13 CSV, by its numbered lines", read=_channel, heads=HEADS,
        notes=("Of a channel's columns the number, the step, scan, power and clock shift are not kept.",),
    )  # fmt: skip


def _channel(row: Columns) -> Channel | None:
    if not row["rx"]:
        return None
    rx_hz, sign = row.frequency("rx"), {"": 0, "OFF": 0, "+RPT": 1, "-RPT": -1}.get(row["direction"])
    if sign is None:
        raise InputError(f"direction: “{row['direction']}” is none of ADMS's.", hint="They are OFF, +RPT and -RPT.")
    tx_hz = row.shifted(rx_hz, sign * row.megahertz("shift"))
    if row.frequency("tx") not in (tx_hz, rx_hz):
        raise InputError(f"Its shift leads to {units.mhz(tx_hz)} MHz, but its tx is {row['tx']}.")
    if row.frequency("tx") != tx_hz:
        row.assumed.append(f"TX is {units.mhz(tx_hz)} MHz, by its shift; the tx column repeats the receive frequency.")
    if row["mode"] not in {"FM", "AM"} or row["narrow"] not in {"ON", "OFF"}:
        raise InputError(f"“{row['mode']}” with narrow “{row['narrow']}” cannot be read.")
    rx_tone, tx_tone = _tones(row)
    is_narrow = row["narrow"] == "ON"
    if row["mode"] == "FM" and not is_narrow:
        row.assumed.append("FM that is not narrow is wide: 25 kHz.")
    return Channel(
        name=row["name"],
        direction=Direction.BOTH,
        rx_hz=rx_hz,
        tx_hz=tx_hz,
        rx_tone=rx_tone,
        tx_tone=tx_tone,
        bandwidth_hz=None if row["mode"] == "AM" else NARROW_HZ if is_narrow else WIDE_HZ,
        mode=Mode.ANALOG,
        modulation=row["mode"],
        remarks=unguard(row["comment"]),
        source=row.source,
    )


def _tones(row: Columns) -> tuple[Tone, Tone]:
    """Receive, transmit."""
    kind = row["tone mode"]
    if kind in {"OFF", ""}:
        return CSQ, CSQ
    if kind in {"TONE", "TONE SQL"}:
        tone = row.looked_at(cells.ctcss(row["ctcss"], "ctcss"))
        return (CSQ if kind == "TONE" else tone), tone
    if kind == "DCS":
        row.assumed.append("DCS without a polarity is taken as normal (N).")
        tone = row.looked_at(cells.dcs(row["dcs"], "dcs"))
        return tone, tone
    raise InputError(f"tone mode: “{kind}” cannot be kept.", hint="OFF, TONE, TONE SQL and DCS can.")
