"""Which column is which, in the many layouts of 217As and channel lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from .cells import clean
from .preview import Mapping
from .sheet import Sheet

FIELDS = {
    "name": "the channel's name",
    "short_name": "the name as radios show it; taken before the name",
    "number": "the channel's number or label in the list",
    "zone": "zone or group in the radios",
    "function": "what it is used for",
    "assignment": "who it is assigned to",
    "config": "repeater, simplex, talkgroup, receive only …",
    "users": "who may use it",
    "rx": "receive frequency of a mobile or portable",
    "rx_width": "its width: N, W or kHz",
    "rx_tone": "tone or NAC that opens the receiver",
    "tx": "transmit frequency of a mobile or portable",
    "tx_width": "its width",
    "tx_tone": "tone or NAC that is transmitted",
    "tone": "a tone that the list gives once",
    "width": "a width that the list gives once",
    "offset": "from the receive to the transmit frequency",
    "shift": "the direction of that offset",
    "mode": "A, D, M; or FM, AM, P25 …",
    "emission": "FCC emission designator",
    "system": "trunked system",
    "talkgroup": "talkgroup id",
    "remarks": "remarks",
}
_ONCE = frozenset(FIELDS) - {"remarks"}

# The first that fits; words of the heading, lower case, one blank between them.
_RULES: tuple[tuple[str, str], ...] = (
    (r"\b(power|watts?|erp|antenna|lat|latitude|lon|longitude|elevation|distance|step|scan|skip|call ?sign)\b", ""),
    (r"\b(pg|page) no\b|^pg$|^page$", ""),
    (r"\b(tone|nac|d?pl|tpl|ctcss|dcs|dtcs|ran|squelch)\b", "tone"),
    (r"\b(encode|tx enc)\b", "tx_tone"),
    (r"\b(decode|rx dec)\b", "rx_tone"),
    (r"\b(emissions?|designator)\b", "emission"),
    (r"\b(offset|shift) (dir|direction)\b|^duplex$|^dup$|^shift$|^\+ ?-$", "shift"),
    (r"\b(offset|shift)\b", "offset"),
    (r"\b(freq|frequency|frequencies)\b", "freq"),
    (r"\b(bandwidth|bw|width|spacing)\b|^n w\b|^n or w\b|\bn w$|^w n\b|\bn or w$|^narrow wide", "width"),
    (r"\b(display|alias|alpha|alphatag|label|short) ?(name|tag)?\b|\bradio (name|display)\b", "short_name"),
    (r"\b(tgid|talkgroup id|tg id|talkgroup number|dec id)\b", "talkgroup"),
    (r"\bsystem name\b|^(trunked )?(radio )?system$", "system"),
    (r"\bname\b", "name"),
    (r"\b(config|configuration)\b|^type$|^channel type$|^conventional", "config"),
    (r"\b(eligible|users?)\b|^agency$|^licensee$|^owner$", "users"),
    (r"\b(assignment|assigned|division)\b", "assignment"),
    (r"\b(function|purpose|use)\b", "function"),
    (r"\b(zone|grp|group|bank)\b", "zone"),
    (r"\b(mode|modulation)\b|^a d m\b|^a d or m\b", "mode"),
    (r"\b(remarks?|comments?|notes?|description|location|site|county)\b", "remarks"),
    (r"^(ch|chan|channel) ?(no|nr|num|number)?$|^(no|nr|num|number|pos|position|mem|memory|slot)?$", "number"),
    (r"^(talkgroup|talk group|tg)$", "name"),
    (r"^(mhz|khz)$", "freq"),
)  # fmt: skip
_RX = re.compile(r"\b(rx|receive|receiver|rcv|rec|output|downlink)\b")
_TX = re.compile(r"\b(tx|transmit|transmitter|xmit|xmt|trans|input|uplink)\b")
# What a base or repeater receives, a mobile transmits: left to the user, or RX and TX would be swapped.
_AT_THE_BASE = re.compile(r"(?=.*\b(base|repeater|rptr|fixed)\b).*\b(rx|tx|receive|transmit|xmit|xmt|rec)\b")
_BLOCK_NUMBER = re.compile(r"^\d{1,2} (?=\w)|(?<=\w) \d{1,2}$")  # "6. RX Freq", "N/W 7"
_UNIT = re.compile(r"\b(mhz|khz|hz)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The headings of a table: they end above row `below`, and mean this."""

    first: int
    below: int
    mapping: Mapping


def words(heading: str) -> str:
    """A heading as bare words: 'RX Freq (MHz)\\nN or W' is 'rx freq mhz n or w'."""
    text = clean(heading).casefold().replace("r/x", "rx").replace("t/x", "tx")
    return " ".join(re.sub(r"[^a-z0-9+\-]+", " ", text.replace("+/-", "+-")).split())


@lru_cache(4096)
def _field(heading: str) -> str:
    """What one heading means by itself: a field, 'freq', or "" for nothing known."""
    text = _BLOCK_NUMBER.sub("", words(heading))
    if not heading.strip():
        return ""
    is_rx, is_tx = bool(_RX.search(text)), bool(_TX.search(text))
    if _AT_THE_BASE.search(text):
        return ""
    field = next((name for pattern, name in _RULES if re.search(pattern, text)), None)
    if field is None:
        return "rx" if is_rx and not is_tx else "tx" if is_tx and not is_rx else ""
    if field == "tone" and not (is_rx or is_tx):
        is_tx, is_rx = bool(re.search(r"\bin\b|\bencode\b", text)), bool(re.search(r"\bout\b|\bdecode\b", text))
    if field in {"tone", "width", "freq"}:
        if is_rx and not is_tx:
            return "rx" if field == "freq" else f"rx_{field}"
        if is_tx and not is_rx:
            return "tx" if field == "freq" else f"tx_{field}"
    return field


def understand(headings: Sequence[str]) -> tuple[str, ...]:
    """A field for each heading; tones and widths that say no side take it from the frequency to their left.

    Of two frequencies that say no side neither is read: whoever guesses has RX and TX swapped one day.
    """
    fields = [_field(heading) for heading in headings]
    if fields.count("freq") == 1 and "rx" not in fields:
        fields[fields.index("freq")] = "rx"
    fields = ["" if field == "freq" else field for field in fields]
    for kind in ("tone", "width"):
        if fields.count(kind) == 2:
            side = ""
            for at, field in enumerate(fields):
                side = field if field in {"rx", "tx"} else side
                if field == kind and side and f"{side}_{kind}" not in fields:
                    fields[at] = f"{side}_{kind}"
    if not {"name", "short_name"} & set(fields):
        _name_what_is_left(fields, [words(heading) for heading in headings])
    taken: set[str] = set()
    for at, field in enumerate(fields):
        if field in taken:
            fields[at] = ""
        if field in _ONCE:
            taken.add(field)
    return tuple(fields)


def _name_what_is_left(fields: list[str], said: Sequence[str]) -> None:
    """A list without a heading for names has them under one of these."""
    for heading in ("channel", "chan", "description", "location", "site", "repeater", "call sign", "callsign", "ch"):
        if heading in said:
            fields[said.index(heading)] = "name"
            return


def unit_of(heading: str) -> str:
    """'kHz' of 'RX Freq (kHz)'; "" when the heading names none."""
    found = _UNIT.search(words(heading))
    return {"mhz": "MHz", "khz": "kHz", "hz": "Hz"}[found[1]] if found else ""


def _score(fields: Sequence[str]) -> int:
    """How sure it is that these are headings; 0: they are none."""
    known = {field for field in fields if field}
    if not known & {"rx", "tx"} or not known & {"name", "short_name", "number", "function", "users"} or len(known) < 3:
        return 0
    return len(known)


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Several rows of headings as one; a text that a merged cell repeats is said once."""
    width = max(len(row) for row in rows)
    joined = []
    for column in range(width):
        parts = [clean(row[column]) for row in rows if column < len(row)]
        joined.append(" ".join(dict.fromkeys(part for part in parts if part)))
    return tuple(joined)


def looks_like_data(row: Sequence[str]) -> bool:
    """A frequency stands in a cell of its own: such a row is never headings, and never passed over."""
    return any(re.fullmatch(r"\d{2,3}[.,]\d{3,6}\s*(MHz)?\s*[NW]?", clean(cell)) for cell in row)


def find(sheet: Sheet, start: int = 0, *, limit: int = 60) -> Found | None:
    """The headings of the table that starts at or below a row: one to three rows above its first frequency.

    The surest reading wins, then the one of fewer rows, then the lower one; None when there is none.
    """
    best: Found | None = None
    best_rank = (0, 0)
    for first in range(start, min(start + limit, len(sheet.rows))):
        if looks_like_data(sheet.rows[first]):
            if best is not None:
                break
            continue
        for span in (1, 2, 3):
            rows = sheet.rows[first : first + span]
            if len(rows) < span or any(looks_like_data(row) for row in rows):
                break
            if sheet.numbers[first + span - 1] - sheet.numbers[first] != span - 1:
                break  # an empty row parts them
            if span > 1 and len({clean(cell) for cell in rows[-1] if cell.strip()}) < 2:
                break  # a section row below the headings is none of them
            joined = _joined(rows)
            fields = understand(joined)
            rank = (_score(fields), -span)
            if rank[0] and rank >= best_rank:
                best_rank = rank
                best = Found(first=first, below=first + span, mapping=Mapping(headings=joined, fields=fields))
    return best


def find_remembered(sheet: Sheet, mapping: Mapping, start: int = 0, *, limit: int = 60) -> Found | None:
    """Where the headings of a remembered mapping stand in this sheet; None when they do not."""
    wanted = [words(heading) for heading in mapping.headings]
    if not wanted:
        return Found(first=start, below=start, mapping=mapping)
    for first in range(start, min(start + limit, len(sheet.rows))):
        for span in (1, 2, 3):
            rows = sheet.rows[first : first + span]
            if len(rows) == span and [words(heading) for heading in _joined(rows)] == wanted:
                return Found(first=first, below=first + span, mapping=mapping)
    return None
