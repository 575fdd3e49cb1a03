"""CHIRP's CSV, in and out.

Facts: ../shared/reference/radio_protocols.md, File formats; CHIRP's generic_csv and chirp_common (kk7ds/chirp), as it
behaves: columns are found by name; Frequency and Offset are megahertz with up to six decimals; Tone uses rToneFreq,
TSQL cToneFreq both ways, DTCS DtcsCode both ways, Cross what CrossMode says (transmit -> receive), with DtcsPolarity
transmit then receive; FM is wide, NFM narrow; Duplex "off" is receive only, "split" has the transmit frequency in
Offset. An empty Power is an error to CHIRP, so that column is left out: CHIRP then takes its own.
"""

from collections.abc import Mapping, Sequence

from ..errors import InputError
from ..library import band
from ..model.channel import CSQ, NARROW_HZ, UNKNOWN_TONE, Channel, Direction, Mode, Tone
from ..model.plan import Line
from . import cells
from .columns import Columns, read_rows
from .expressible import WIDE_HZ, Holds, any_tones, split, transmits
from .preview import Import
from .safe import guard, unguard
from .sheet import Sheet
from .written import Item, Written, csv_bytes, ctcss_text, items, megahertz

NEEDED = ("Location", "Name", "Frequency", "Duplex", "Offset", "Tone", "Mode")
HEADINGS = (
    "Location", "Name", "Frequency", "Duplex", "Offset", "Tone", "rToneFreq", "cToneFreq", "DtcsCode", "DtcsPolarity",
    "RxDtcsCode", "CrossMode", "Mode", "TStep", "Skip", "Comment", "URCALL", "RPT1CALL", "RPT2CALL", "DVCODE",
)  # fmt: skip
HOLDS = Holds(
    program="CHIRP", name_length=None, modulations=frozenset(("FM", "AM")), has_receive_only=True, tones=any_tones
)
_STEPS_HZ = (5_000, 6_250, 2_500, 12_500)
_FAR_HZ = 70_000_000  # CHIRP's own limit of an offset; beyond it a split


# ── out ──────────────────────────────────────────────────────────────────────


def write(what: Sequence[Channel | Line], aliases: Mapping[str, str]) -> Written:
    """A file that CHIRP opens, or pastes into a radio's image."""
    kept, refused = split(HOLDS, items(what, aliases))
    rows = [_row(number, item) for number, item in enumerate(kept, 1)]
    said = ["Power is not written: CHIRP takes its own, which is high."]
    longest = max((len(item.name) for item in kept), default=0)
    if longest > 6:
        said.append(f"The longest name has {longest} characters; CHIRP cuts names to what the radio holds.")
    if any(row[5] == "Cross" and row[11] != "Tone->Tone" for row in rows):
        said.append(
            "Rows with the tone mode Cross need a CHIRP newer than November 2022: before, CrossMode is not read."
        )
    return Written(content=csv_bytes([HEADINGS, *rows]), count=len(kept), refused=tuple(refused), said=tuple(said))


def _row(number: int, item: Item) -> list[str]:
    channel = item.channel
    rx_hz = channel.rx_hz or 0
    duplex, offset_hz = _duplex(channel)
    tone = _tone_cells(channel.tx_tone if transmits(channel) else CSQ, channel.rx_tone)
    step = next((step for step in _STEPS_HZ if rx_hz % step == 0), _STEPS_HZ[0])
    return [
        str(number), item.name, megahertz(rx_hz), duplex, megahertz(offset_hz), *tone, _mode(channel),
        f"{step / 1000:.2f}", "", guard(item.comment), "", "", "", "",
    ]  # fmt: skip


def _mode(channel: Channel) -> str:
    if channel.modulation == "AM":
        return "AM"
    return "NFM" if channel.bandwidth_hz == NARROW_HZ else "FM"


def _duplex(channel: Channel) -> tuple[str, int]:
    rx_hz, tx_hz = channel.rx_hz or 0, channel.tx_hz or 0
    if not transmits(channel):
        return "off", 0
    if rx_hz == tx_hz:
        return "", 0
    if abs(tx_hz - rx_hz) > _FAR_HZ or band(rx_hz) != band(tx_hz):
        return "split", tx_hz
    return ("+" if tx_hz > rx_hz else "-"), abs(tx_hz - rx_hz)


def _tone_cells(tx: Tone, rx: Tone) -> list[str]:
    """Tone, rToneFreq, cToneFreq, DtcsCode, DtcsPolarity, RxDtcsCode, CrossMode."""
    tx_hz, rx_hz = _hz(tx), _hz(rx)
    tx_dcs, rx_dcs = _dcs(tx), _dcs(rx)
    polarity = ("R" if tx.is_dcs_inverted else "N") + ("R" if rx.is_dcs_inverted else "N")
    cross = f"{_side(tx)}->{_side(rx)}"
    if cross == "->":
        return ["", "88.5", "88.5", "023", "NN", "023", "Tone->Tone"]
    if cross == "Tone->":
        return ["Tone", tx_hz, tx_hz, "023", "NN", "023", "Tone->Tone"]
    if cross == "Tone->Tone" and tx == rx:
        return ["TSQL", rx_hz, rx_hz, "023", "NN", "023", "Tone->Tone"]
    if cross == "DTCS->DTCS" and tx.dcs == rx.dcs:
        return ["DTCS", "88.5", "88.5", tx_dcs, polarity, rx_dcs, "Tone->Tone"]
    return ["Cross", tx_hz, rx_hz, tx_dcs, polarity, rx_dcs, cross]


def _side(tone: Tone) -> str:
    return "" if tone.is_csq else "Tone" if tone.ctcss_dhz is not None else "DTCS"


def _hz(tone: Tone) -> str:
    return ctcss_text(tone) or "88.5"


def _dcs(tone: Tone) -> str:
    return "023" if tone.dcs is None else f"{tone.dcs:03d}"


# ── in ───────────────────────────────────────────────────────────────────────

_DIGITAL = {"DV": "D-STAR", "DMR": "DMR", "P25": "P25", "DN": "C4FM"}
_OTHERS = frozenset(("USB", "LSB", "CW", "NCW", "CWR", "NCWR", "RTTY", "RTTYR", "DIG", "PKT", "FSK", "FSKR"))


def read(sheet: Sheet, file: str) -> Import:
    """Every memory of a CHIRP CSV."""
    return read_rows(
        sheet, file, kind="chirp", words="a CHIRP CSV, by its columns", read=_channel,
        notes=("Of a memory's columns Location, TStep, Skip and Power are not kept.",),
    )  # fmt: skip


def _channel(row: Columns) -> Channel | None:
    if not row["Frequency"] or row["Frequency"].strip("0.") == "":
        return None
    rx_hz = row.frequency("Frequency")
    tx_hz, direction = _transmit(row, rx_hz)
    mode, modulation, bandwidth_hz = _mode_of(row)
    rx_tone, tx_tone = _tones(row, mode)
    return Channel(
        name=row["Name"],
        direction=direction,
        rx_hz=rx_hz,
        tx_hz=tx_hz,
        rx_tone=rx_tone,
        tx_tone=tx_tone if direction is Direction.BOTH else UNKNOWN_TONE,
        bandwidth_hz=bandwidth_hz,
        mode=mode,
        modulation=modulation,
        remarks=unguard(row["Comment"]),
        source=row.source,
    )


def _transmit(row: Columns, rx_hz: int) -> tuple[int | None, Direction]:
    duplex = row["Duplex"]
    if duplex == "":
        return rx_hz, Direction.BOTH
    if duplex == "off":
        return None, Direction.RECEIVE_ONLY
    if duplex == "split":
        return row.frequency("Offset"), Direction.BOTH
    if duplex in {"+", "-"}:
        by = row.megahertz("Offset")
        return row.shifted(rx_hz, by if duplex == "+" else -by), Direction.BOTH
    raise InputError(f"Duplex: “{duplex}” is none of CHIRP's.", hint="They are empty, +, -, split and off.")


def _mode_of(row: Columns) -> tuple[Mode, str, int | None]:
    mode = row["Mode"]
    if mode == "FM":
        row.assumed.append("FM is CHIRP's word for wide: 25 kHz.")
        return Mode.ANALOG, "FM", WIDE_HZ
    if mode == "NFM":
        return Mode.ANALOG, "FM", NARROW_HZ
    if mode in {"AM", "NAM"}:
        return Mode.ANALOG, "AM", None
    if mode in _DIGITAL:
        return Mode.DIGITAL, _DIGITAL[mode], None
    if mode == "Auto":
        row.doubts.append("Auto lets the radio choose the mode: it is left unknown.")
        return Mode.UNKNOWN, "", None
    if mode in _OTHERS:
        row.doubts.append(f"{mode} is kept as the modulation; analog or digital is left unknown.")
        return Mode.UNKNOWN, mode, None
    raise InputError(f"Mode: “{mode}” cannot be read.", hint="CHIRP's are FM, NFM, AM, DV and others.")


def _tones(row: Columns, mode: Mode) -> tuple[Tone, Tone]:
    """Receive, transmit."""
    kind = row["Tone"]
    if mode is Mode.DIGITAL:
        return UNKNOWN_TONE, UNKNOWN_TONE
    if kind == "":
        return CSQ, CSQ
    if kind == "Tone":
        return CSQ, _ctcss(row, "rToneFreq")
    if kind == "TSQL":
        tone = _ctcss(row, "cToneFreq" if row.has("cToneFreq") else "rToneFreq")
        return tone, tone
    if kind == "DTCS":
        return _code(row, "DtcsCode", 1), _code(row, "DtcsCode", 0)
    if kind == "Cross":
        tx, arrow, rx = row["CrossMode"].partition("->")
        if arrow and tx in {"", "Tone", "DTCS"} and rx in {"", "Tone", "DTCS"} and (tx or rx):
            sent = CSQ if not tx else _ctcss(row, "rToneFreq") if tx == "Tone" else _code(row, "DtcsCode", 0)
            expected = CSQ if not rx else _ctcss(row, "cToneFreq") if rx == "Tone" else _code(row, "RxDtcsCode", 1)
            return expected, sent
        raise InputError(f"CrossMode: “{row['CrossMode']}” is none of CHIRP's.", hint="One is Tone->Tone.")
    if kind in {"TSQL-R", "DTCS-R"}:
        raise InputError(f"Tone: {kind} mutes the receiver while the tone is there; that cannot be kept.")
    raise InputError(f"Tone: “{kind}” is none of CHIRP's.", hint="They are empty, Tone, TSQL, DTCS and Cross.")


def _ctcss(row: Columns, column: str) -> Tone:
    return row.looked_at(cells.ctcss(row[column], column))


def _code(row: Columns, column: str, side: int) -> Tone:
    polarity = row["DtcsPolarity"] or "NN"
    if len(polarity) != 2 or set(polarity) - {"N", "R"}:
        raise InputError(f"DtcsPolarity: “{polarity}” is none of CHIRP's.", hint="They are NN, NR, RN and RR.")
    return row.looked_at(cells.dcs(row[column], column, is_inverted=polarity[side] == "R"))
