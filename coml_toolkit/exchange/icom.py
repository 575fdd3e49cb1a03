"""Icom's memory CSV of the CS-5100 and CS-51 programs, out; theirs and their kin's, in.

Facts: radio_protocols.md, File formats; values of a CS-5100 export as quoted in a public ID-5100 tool: Dup OFF DUP-
DUP+; Offset in MHz; TONE OFF TONE TSQL DTCS DTCS(T) TONE(T)/DTCS(R) DTCS(T)/TSQL(R) TONE(T)/TSQL(R); DTCS Polarity
BOTH N, TN-RR, TR-RN, BOTH R; Mode FM, FM-N, AM; 100 channels a file; commas in names become spaces. No way to forbid
transmitting. Frequencies on multiples of 5 or 6.25 kHz (radio_protocols.md, IC-2730A; its 8.33 kHz is left out).
"""

from collections.abc import Mapping, Sequence

from ..errors import InputError
from ..model.channel import CSQ, NARROW_HZ, UNKNOWN_TONE, Channel, Direction, Mode, Tone
from ..model.plan import Line
from . import cells
from .columns import Columns, read_rows
from .expressible import WIDE_HZ, Holds, split
from .preview import Import
from .safe import unguard
from .sheet import Sheet
from .written import Item, Written, csv_bytes, ctcss_text, items, megahertz

NEEDED = ("CH No", "Frequency", "Dup", "Offset", "Mode", "Name")
HEADINGS = (
    "CH No", "Frequency", "Dup", "Offset", "TS", "Mode", "Name", "SKIP", "TONE", "Repeater Tone", "TSQL Frequency",
    "DTCS Code", "DTCS Polarity", "DV SQL", "DV CSQL Code", "Your Call Sign", "RPT1 Call Sign", "RPT2 Call Sign",
)  # fmt: skip
_POLARITIES = {(False, False): "BOTH N", (False, True): "TN-RR", (True, False): "TR-RN", (True, True): "BOTH R"}


def _tones_held(tx: Tone, rx: Tone) -> str:
    """One CTCSS to send, another to expect, one DCS code with a polarity each way; never a tone to expect only."""
    if tx.is_csq and not rx.is_csq:
        return "It expects a tone and sends none, which Icom's TONE cannot say."
    if tx.dcs is not None and rx.dcs is not None and tx.dcs != rx.dcs:
        return "It sends one DCS code and expects another; a channel has one code there."
    return ""


HOLDS = Holds(
    program="Icom's CS", name_length=16, forbidden=',"', raster_hz=(5_000, 6_250), modulations=frozenset(("FM", "AM")),
    tones=_tones_held, rows=100,
)  # fmt: skip


# ── out ──────────────────────────────────────────────────────────────────────


def write(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """A file for File > Import > Group of the CS program."""
    kept, refused = split(HOLDS, items(what, aliases))
    rows = [_row(number, item) for number, item in enumerate(kept)]
    said = ("The format holds no remarks.", "Every channel is written to be scanned: the plan does not say.")
    return Written(content=csv_bytes([HEADINGS, *rows]), count=len(kept), refused=tuple(refused), said=said)


def _row(number: int, item: Item) -> list[str]:
    channel = item.channel
    rx_hz, tx_hz = channel.rx_hz or 0, channel.tx_hz or 0
    tx, rx = channel.tx_tone, channel.rx_tone
    code = tx.dcs if tx.dcs is not None else rx.dcs
    kind = "TSQL" if tx == rx and ctcss_text(tx) else _KINDS[_side(tx), _side(rx)]
    return [
        str(number), megahertz(rx_hz), "OFF" if rx_hz == tx_hz else "DUP+" if tx_hz > rx_hz else "DUP-",
        megahertz(abs(tx_hz - rx_hz)), "5kHz" if rx_hz % 5_000 == 0 else "6.25kHz",
        "AM" if channel.modulation == "AM" else "FM-N" if channel.bandwidth_hz == NARROW_HZ else "FM",
        item.name, "OFF", kind, f"{ctcss_text(tx) or '88.5'}Hz", f"{ctcss_text(rx) or '88.5'}Hz",
        f"{23 if code is None else code:03d}", _POLARITIES[tx.is_dcs_inverted, rx.is_dcs_inverted],
        "OFF", "0", "CQCQCQ", "", "",
    ]  # fmt: skip


def _side(tone: Tone) -> str:
    return "" if tone.is_csq else "tone" if tone.ctcss_dhz is not None else "dcs"


# What is sent and what is expected; two CTCSS tones that are alike are TSQL.
_KINDS = {
    ("", ""): "OFF",
    ("tone", ""): "TONE",
    ("tone", "tone"): "TONE(T)/TSQL(R)",
    ("tone", "dcs"): "TONE(T)/DTCS(R)",
    ("dcs", ""): "DTCS(T)",
    ("dcs", "tone"): "DTCS(T)/TSQL(R)",
    ("dcs", "dcs"): "DTCS",
}


# ── in ───────────────────────────────────────────────────────────────────────


def read(sheet: Sheet, file: str) -> Import:
    """Every channel of an Icom CS CSV."""
    return read_rows(
        sheet, file, kind="icom", words="an Icom CS memory CSV, by its columns", read=_channel,
        notes=("Of a channel's columns the number, the step, skip and the call signs are not kept.",),
    )  # fmt: skip


def _channel(row: Columns) -> Channel | None:
    if not row["Frequency"]:
        return None
    rx_hz = row.frequency("Frequency")
    dup = row["Dup"].upper().replace("DUP", "").replace("OFF", "").strip()
    if dup not in {"", "+", "-"}:
        raise InputError(f"Dup: “{row['Dup']}” is none of Icom's.", hint="They are OFF, DUP- and DUP+.")
    by_hz = row.megahertz("Offset") if dup else 0
    mode, modulation, bandwidth_hz = _mode(row)
    rx_tone, tx_tone = _tones(row) if mode is not Mode.DIGITAL else (UNKNOWN_TONE, UNKNOWN_TONE)
    return Channel(
        name=unguard(row["Name"]),
        direction=Direction.BOTH,
        rx_hz=rx_hz,
        tx_hz=row.shifted(rx_hz, -by_hz if dup == "-" else by_hz),
        rx_tone=rx_tone,
        tx_tone=tx_tone,
        bandwidth_hz=bandwidth_hz,
        mode=mode,
        modulation=modulation,
        source=row.source,
    )


def _mode(row: Columns) -> tuple[Mode, str, int | None]:
    mode = row["Mode"].upper()
    if mode in {"FM-N", "FMN", "NFM"}:
        return Mode.ANALOG, "FM", NARROW_HZ
    if mode == "FM":
        row.assumed.append("FM is Icom's word for wide: 25 kHz.")
        return Mode.ANALOG, "FM", WIDE_HZ
    if mode in {"AM", "AM-N"}:
        return Mode.ANALOG, "AM", None
    if mode in {"DV", "DR"}:
        return Mode.DIGITAL, "D-STAR", None
    raise InputError(f"Mode: “{row['Mode']}” cannot be read.", hint="FM, FM-N, AM and DV can.")


def _tones(row: Columns) -> tuple[Tone, Tone]:
    """Receive, transmit."""
    kind = (row["TONE"] if row.has("TONE") else row["Tone"]).upper().replace(" ", "")
    code = "DTCS Code" if row.has("DTCS Code") else "DtcsCode"
    expected = next((name for name in ("TSQL Frequency", "cToneFreq") if row.has(name)), "Repeater Tone")
    if kind in {"", "OFF", "NONE"}:
        return CSQ, CSQ
    if kind == "TONE":
        return CSQ, _ctcss(row, "Repeater Tone")
    if kind == "TSQL":
        tone = _ctcss(row, expected)
        return tone, tone
    if kind in {"DTCS", "DCS"}:
        return _dcs(row, code, 1), _dcs(row, code, 0)
    if kind == "DTCS(T)":
        return CSQ, _dcs(row, code, 0)
    if kind == "TONE(T)/DTCS(R)":
        return _dcs(row, code, 1), _ctcss(row, "Repeater Tone")
    if kind == "DTCS(T)/TSQL(R)":
        return _ctcss(row, expected), _dcs(row, code, 0)
    if kind == "TONE(T)/TSQL(R)":
        return _ctcss(row, expected), _ctcss(row, "Repeater Tone")
    raise InputError(f"TONE: “{kind}” cannot be read.", hint="OFF, TONE, TSQL and DTCS can.")


def _ctcss(row: Columns, column: str) -> Tone:
    return row.looked_at(cells.ctcss(row[column], column))


def _dcs(row: Columns, column: str, side: int) -> Tone:
    text = (row["DTCS Polarity"] or row["DtcsPolarity"]).upper()
    known = {"": "NN", "BOTHN": "NN", "TN-RR": "NR", "TR-RN": "RN", "BOTHR": "RR"}
    known |= {pair: pair for pair in ("NN", "NR", "RN", "RR")}
    polarity = known.get(text.replace(" ", ""))
    if polarity is None:
        raise InputError(f"DTCS Polarity: “{text}” is none of Icom's.", hint="They are BOTH N, TN-RR, TR-RN, BOTH R.")
    if not text:
        row.assumed.append("DTCS without a polarity is taken as normal (N).")
    return row.looked_at(cells.dcs(row[column], column, is_inverted=polarity[side] == "R"))
