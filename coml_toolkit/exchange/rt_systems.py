"""RT Systems' CSV of an FT-60, out; of any radio whose columns it names alike, in.

Facts: radio_protocols.md, File formats, and the real list of the Seattle ACS, which their FT-60 Programmer imports.
An FT-60 channel has one tone, no DCS polarity, frequencies on multiples of 5 or 12.5 kHz and shifts on multiples of
50 kHz (radio_protocols.md, "What one channel can hold"); names of six characters; no way to forbid transmitting.
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

NEEDED = ("Receive Frequency", "Transmit Frequency", "Offset Direction", "Operating Mode", "Name", "Tone Mode")
HEADINGS = (
    "Channel Number", "Receive Frequency", "Transmit Frequency", "Offset Frequency", "Offset Direction",
    "Operating Mode", "Name", "Show Name", "Tone Mode", "CTCSS", "DCS", "Skip", "Step", "Clock Shift", "Tx Power",
    "Tx Narrow", "Pager Enable", "Comment",
)  # fmt: skip
HOLDS = Holds(
    program="RT Systems' FT-60", name_length=6, raster_hz=(5_000, 12_500), modulations=frozenset(("FM", "AM")),
    tones=one_tone, shift_hz=50_000, rows=1000,
)  # fmt: skip


# ── out ──────────────────────────────────────────────────────────────────────


def write(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """A file for the FT-60 Programmer's File > Import."""
    kept, refused = split(HOLDS, items(what, aliases))
    rows = [_row(number, item) for number, item in enumerate(kept, 1)]
    said = ("Every channel is written with high power, and is scanned: the plan does not say.",)
    return Written(content=csv_bytes([HEADINGS, *rows]), count=len(kept), refused=tuple(refused), said=said)


def _row(number: int, item: Item) -> list[str]:
    channel = item.channel
    rx_hz, tx_hz = channel.rx_hz or 0, channel.tx_hz or 0
    direction = "Simplex" if rx_hz == tx_hz else "Plus" if tx_hz > rx_hz else "Minus"
    tone, mode = channel.tx_tone, _tone_mode(channel)
    return [
        str(number), megahertz(rx_hz, 4), megahertz(tx_hz, 4), _offset(abs(tx_hz - rx_hz)), direction,
        channel.modulation, item.name, "Y", mode, ctcss_text(tone) if mode in {"Tone", "T Sql"} else "",
        f"{tone.dcs:03d}" if tone.dcs is not None else "", "Scan", "Auto", "N", "High",
        "Y" if channel.bandwidth_hz == NARROW_HZ else "N", "N", guard(item.comment),
    ]  # fmt: skip


def _offset(hz: int) -> str:
    return "" if not hz else f"{hz // 1000} kHz" if hz < 1_000_000 else f"{hz / 1_000_000:.2f} MHz"


def _tone_mode(channel: Channel) -> str:
    if channel.tx_tone.is_csq:
        return "None"
    if channel.tx_tone.dcs is not None:
        return "DCS"
    return "Tone" if channel.rx_tone.is_csq else "T Sql"


# ── in ───────────────────────────────────────────────────────────────────────

_SIMPLEX = frozenset(("simplex", "off", ""))
_SHIFTS = {"minus": -1, "dup-": -1, "-dup": -1, "plus": 1, "dup+": 1, "+dup": 1}


def read(sheet: Sheet, file: str) -> Import:
    """Every channel of an RT Systems CSV."""
    return read_rows(
        sheet, file, kind="rtsystems", words="an RT Systems CSV, by its columns", read=_channel,
        notes=("Of a channel's columns the number, the step, skip, power and banks are not kept.",),
    )  # fmt: skip


def _channel(row: Columns) -> Channel | None:
    if not row["Receive Frequency"]:
        return None
    rx_hz, tx_hz = row.frequency("Receive Frequency"), row.frequency("Transmit Frequency")
    _check_offset(row, rx_hz, tx_hz)
    modulation, bandwidth_hz = _mode(row, rx_hz)
    rx_tone, tx_tone = _tones(row)
    return Channel(
        name=row["Name"],
        direction=Direction.BOTH,
        rx_hz=rx_hz,
        tx_hz=tx_hz,
        rx_tone=rx_tone,
        tx_tone=tx_tone,
        bandwidth_hz=bandwidth_hz,
        mode=Mode.ANALOG if modulation in {"FM", "AM"} else Mode.UNKNOWN,
        modulation=modulation,
        remarks=unguard(row["Comment"]),
        source=row.source,
    )


def _check_offset(row: Columns, rx_hz: int, tx_hz: int) -> None:
    """The transmit frequency is said twice, by itself and by the offset: they must agree."""
    direction, text = row["Offset Direction"].casefold(), row["Offset Frequency"]
    by_hz = tx_hz - rx_hz
    if direction in _SIMPLEX:
        if by_hz:
            raise InputError(f"It says simplex, but transmits on {units.mhz(tx_hz)} MHz.")
    elif direction in _SHIFTS:
        said_hz = cells.offset(text) if text else abs(by_hz)
        if said_hz is None or _SHIFTS[direction] * abs(said_hz) != by_hz:
            raise InputError(f"Its offset {direction} {text} does not lead to {units.mhz(tx_hz)} MHz.")
    elif direction != "split":
        raise InputError(f"Offset Direction: “{row['Offset Direction']}” cannot be read.")


def _mode(row: Columns, rx_hz: int) -> tuple[str, int | None]:
    mode = row["Operating Mode"].upper()
    narrow = (row["Tx Narrow"] or row["Half Dev"]).casefold()
    if mode == "AUTO" and cells.is_fm_band(rx_hz):
        row.assumed.append("Auto is taken as FM, as everywhere outside the short-wave and aviation bands.")
        mode = "FM"
    if mode in {"FM NARROW", "NFM", "FM-N", "FMN"}:
        return "FM", NARROW_HZ
    if mode == "AM":
        return "AM", None
    if mode == "FM":
        if narrow in {"y", "on", "yes"}:
            return "FM", NARROW_HZ
        row.assumed.append("FM that is not narrow is wide: 25 kHz.")
        return "FM", WIDE_HZ
    row.doubts.append(f"Operating Mode “{row['Operating Mode']}” is kept as the modulation; the mode is left unknown.")
    return ("" if mode == "AUTO" else row["Operating Mode"]), None


def _tones(row: Columns) -> tuple[Tone, Tone]:
    """Receive, transmit."""
    kind = row["Tone Mode"].casefold().replace(" ", "")
    if kind in {"none", "off", ""}:
        return CSQ, CSQ
    if kind == "tone":
        return CSQ, row.looked_at(cells.ctcss(row["CTCSS"], "CTCSS"))
    if kind in {"tsql", "tonesql"}:
        sent = row.looked_at(cells.ctcss(row["CTCSS"], "CTCSS"))
        expected = row.looked_at(cells.ctcss(row["Rx CTCSS"], "Rx CTCSS")) if row["Rx CTCSS"] else sent
        if sent != expected:
            raise InputError("CTCSS and Rx CTCSS differ, and T Sql sends and expects one tone.")
        return expected, sent
    if kind in {"dcs", "dtcs"}:
        polarity = row["DCS Polarity"].casefold() or "both n"
        if not row.has("DCS Polarity"):
            row.assumed.append("DCS without a polarity is taken as normal (N).")
        if polarity not in {"both n", "both r", "tn-rr", "tr-rn"}:
            raise InputError(f"DCS Polarity: “{row['DCS Polarity']}” cannot be read.")
        tx_r, rx_r = polarity in {"both r", "tr-rn"}, polarity in {"both r", "tn-rr"}
        return (
            row.looked_at(cells.dcs(row["DCS"], "DCS", is_inverted=rx_r)),
            row.looked_at(cells.dcs(row["DCS"], "DCS", is_inverted=tx_r)),
        )
    raise InputError(f"Tone Mode: “{row['Tone Mode']}” cannot be read.", hint="None, Tone, T Sql and DCS can.")
