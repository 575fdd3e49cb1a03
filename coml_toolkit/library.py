"""The channels that ship with the program: one CSV for each service in resources/channels, loaded, searched, found.

A list with a bad row is refused by file and row: a channel that is silently missing looks like one that does not exist.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TypeVar

from resources import path as resource

from . import units
from .errors import InputError, LibraryError
from .model.channel import Channel, Direction, Encryption, Kind, Mode, Tone

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

AUTHORIZES_NOBODY = "Being listed here authorizes nobody to transmit."

# Each service and its file in resources/channels, in the order a COML looks for them: listed, as a folder that is
# searched loses a file without a word.
_FILES = {
    "VHF interop": "vhf_interop",
    "UHF interop": "uhf_interop",
    "700 interop": "700_interop",
    "800 interop": "800_interop",
    "VHF low band interop": "vhf_low_band_interop",
    "VHF interop (inland)": "vhf_interop_inland",
    "VHF mutual aid": "vhf_mutual_aid",
    "UHF medical": "uhf_medical",
    "700 air-ground": "700_air_ground",
    "700 low power itinerant": "700_low_power_itinerant",
    "700 deployable trunked (nationwide)": "700_deployable_trunked",
    "Federal Incident Response VHF": "federal_incident_response_vhf",
    "Federal Incident Response UHF": "federal_incident_response_uhf",
    "Federal Law Enforcement VHF": "federal_law_enforcement_vhf",
    "Federal Law Enforcement UHF": "federal_law_enforcement_uhf",
    "Federal fire aviation": "federal_fire_aviation",
    "Air SAR": "air_sar",
    "Aviation distress": "aviation_distress",
    "Air SAR (mil/USCG)": "air_sar_military",
    "Marine VHF": "marine_vhf",
    "NOAA Weather Radio": "noaa",
    "MURS": "murs",
    "FRS/GMRS": "frs_gmrs",
    "GMRS repeater": "gmrs_repeater",
    "CB": "cb",
    "Amateur": "amateur",
}


def services() -> tuple[str, ...]:
    """The services that ship, interoperability first."""
    return tuple(_FILES)


@cache
def channels(service: str | None = None) -> tuple[Channel, ...]:
    """The channels that ship, all or of one service: "NOAA Weather Radio", or its file's name, "noaa".

    Their ids stay the same from run to run; what copies one into a unit file gives the copy a new id.
    """
    if service is None:
        return tuple(channel for name in _FILES for channel in channels(name))
    for name, stem in _FILES.items():
        if service in (name, stem):
            return load(resource("channels", f"{stem}.csv"))
    for name, stem in _FILES.items():
        if _fold(service) in (_fold(name), stem):
            return channels(name)
    raise _no_service(service)


# ── bands ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Band:
    """A part of the spectrum by the name the field calls it; `low_hz` belongs to it, `high_hz` no more."""

    name: str
    low_hz: int
    high_hz: int
    about: str


# The field's names; the limits are those of the allocations (47 CFR 2.106) or of the rule named.
_BANDS = (
    Band("HF", 3_000_000, 29_700_000, "Short wave and CB; the amateur 10 m band ends it (47 CFR 97.301)"),
    Band("VHF low", 29_700_000, 50_000_000, "Land mobile low band, as its radios cover it (47 CFR 90.20)"),
    Band("6 m", 50_000_000, 54_000_000, "Amateur (47 CFR 97.301)"),
    Band("VHF air", 108_000_000, 137_000_000, "Civil aviation, AM (47 CFR 87.173)"),
    Band("VHF", 137_000_000, 174_000_000, "Land mobile high band, federal, marine, weather, amateur 2 m"),
    Band("220", 216_000_000, 225_000_000, "Land mobile 220 MHz (47 CFR 90.701) and amateur 1.25 m"),
    Band("UHF air", 225_000_000, 380_000_000, "Military aviation, AM; its allocation goes on to 400 MHz"),
    Band("UHF", 380_000_000, 512_000_000, "Land mobile, federal, FRS and GMRS, T-band, amateur 70 cm"),
    Band("700", 758_000_000, 806_000_000, "Public safety broadband and narrowband (47 CFR 90.531)"),
    Band("800", 806_000_000, 869_000_000, "Land mobile and NPSPAC (47 CFR 90.613)"),
    Band("900", 896_000_000, 940_000_000, "Land mobile 900 MHz and amateur 33 cm (47 CFR 90.613)"),
    Band("4.9 GHz", 4_940_000_000, 4_990_000_000, "Public safety data and video (47 CFR 90.1203)"),
)


def bands() -> tuple[Band, ...]:
    """The bands a channel can be filtered by, from low to high."""
    return _BANDS


def band(hz: int) -> str:
    """The name of the band a frequency lies in; "" where the field has no name for it."""
    for one in _BANDS:
        if one.low_hz <= hz < one.high_hz:
            return one.name
    return ""


# ── reading a list ───────────────────────────────────────────────────────────

COLUMNS = (
    "name", "service", "eligibility", "rx_mhz", "rx_tone", "tx_mhz", "tx_tone", "bandwidth_khz", "mode", "modulation",
    "emission", "direction", "encryption", "remarks", "source", "edition", "verification", "verified_by", "tone_source",
)  # fmt: skip
_MAY_BE_EMPTY = frozenset({"rx_mhz", "rx_tone", "tx_mhz", "tx_tone", "emission", "remarks"})
_MODE_OF = {
    "FM": Mode.ANALOG,
    "AM": Mode.ANALOG,
    "P25": Mode.DIGITAL,
    "P25 trunked": Mode.DIGITAL,  # an RF channel of a trunked system: never to be programmed as a conventional one
    "DSC": Mode.DIGITAL,
    "FM / P25": Mode.MIXED,
}
_SIDES = {  # has it an RX side, has it a TX side
    Direction.BOTH: (True, True),
    Direction.RECEIVE_ONLY: (True, False),
    Direction.TRANSMIT_ONLY: (False, True),
}
_EMISSION = re.compile(r"(?:\d{1,3}[HKMG]\d{1,2}[A-Z]\d[A-Z]{1,3})?", re.ASCII)
_REPAIR = "Install the program again, or correct that row."


def load(path: Path) -> tuple[Channel, ...]:
    """Every channel of one list, or LibraryError that names the file and the row; no row is ever skipped."""
    found: list[Channel] = []
    row_of: dict[str, int] = {}
    for number, row in _rows(path):
        try:
            channel = _channel(row)
            key = _squash(channel.name)
            if key in row_of:
                raise InputError(f"“{channel.name}” is in row {row_of[key]} already.")
            if found and channel.service != found[0].service:
                raise InputError(f"the service is “{channel.service}”, but “{found[0].service}” above.")
        except InputError as error:
            raise _damaged(path, error.message, error.hint, row=number) from error
        row_of[key] = number
        found.append(channel)
    return tuple(found)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number as a spreadsheet counts: the head is row 1."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        from .files import os_problem

        problem = os_problem(f"The channel list {path.name} could not be read", error)
        raise LibraryError(problem.message, hint=_REPAIR) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise _damaged(path, "the text is not UTF-8.", "Save the list as CSV in UTF-8.", row=row) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1:
                _check_head(path, cells)
                continue
            if len(cells) != len(COLUMNS):
                raise _damaged(path, f"{len(cells)} fields instead of {len(COLUMNS)}.", row=number)
            yield number, dict(zip(COLUMNS, cells, strict=True))
    except csv.Error as error:
        raise _damaged(path, f"not valid CSV ({error}).", row=number + 1) from None
    if number < 2:
        raise _damaged(path, "there is no channel in it.")


def _check_head(path: Path, head: list[str]) -> None:
    for column in COLUMNS:
        if head.count(column) != 1:
            raise _damaged(path, f"there must be one column “{column}”, not {head.count(column)}.", row=1)
    for column in head:
        if column not in COLUMNS:
            raise _damaged(path, f"the column “{column}” is not known.", row=1)
    if tuple(head) != COLUMNS:
        raise _damaged(path, "the columns are not in their order.", f"The order is {', '.join(COLUMNS)}.", row=1)


def _damaged(path: Path, problem: str, hint: str = "", *, row: int | None = None) -> LibraryError:
    place = path.name if row is None else f"{path.name}, row {row}"
    return LibraryError(f"{place}: {problem}", hint=hint or _REPAIR)


def _channel(row: dict[str, str]) -> Channel:
    for column, text in row.items():
        if not text.isprintable():
            raise InputError(f"{column} holds a line break or another control character.")
        if not text.strip() and column not in _MAY_BE_EMPTY:
            raise InputError(f"{column} is empty.")
    if row["name"] != row["name"].strip():
        raise InputError(f"the name “{row['name']}” begins or ends with a space.")
    direction = _one_of(Direction, row, "direction")
    if direction not in _SIDES:
        raise InputError("direction is unknown.", hint="Write transmit and receive, or receive only.")
    has_rx, has_tx = _SIDES[direction]
    mode = _read(units.parse_mode, row, "mode")
    if row["modulation"] not in _MODE_OF:
        raise InputError(f"“{row['modulation']}” is not a modulation.", hint=f"Write {', '.join(_MODE_OF)}.")
    if mode is not _MODE_OF[row["modulation"]]:
        raise InputError(f"mode {row['mode']} contradicts the modulation {row['modulation']}.")
    if not _EMISSION.fullmatch(row["emission"]):
        raise InputError(f"“{row['emission']}” is not an emission designator.", hint="Write it as in 11K0F3E.")
    return Channel(
        id=f"library:{row['service']}/{row['name']}",
        name=row["name"],
        service=row["service"],
        eligibility=row["eligibility"],
        direction=direction,
        rx_hz=_frequency(row, "rx_mhz", wanted=has_rx, direction=direction),
        rx_tone=_tone(row, "rx_tone", wanted=has_rx, direction=direction, mode=mode),
        tx_hz=_frequency(row, "tx_mhz", wanted=has_tx, direction=direction),
        tx_tone=_tone(row, "tx_tone", wanted=has_tx, direction=direction, mode=mode),
        bandwidth_hz=_read(units.parse_khz, row, "bandwidth_khz"),
        mode=mode,
        modulation=row["modulation"],
        emission=row["emission"],
        encryption=_one_of(Encryption, row, "encryption"),
        remarks=row["remarks"],
        source=row["source"],
        edition=row["edition"],
        verification=row["verification"],
        verified_by=row["verified_by"],
        tone_source=row["tone_source"],
    )


def _read(parse: Callable[[str], T], row: dict[str, str], column: str) -> T:
    try:
        return parse(row[column])
    except InputError as error:
        raise InputError(f"{column}: {error.message}", hint=error.hint) from None


def _one_of(kind: type[E], row: dict[str, str], column: str) -> E:
    try:
        return kind(row[column])
    except ValueError:
        raise InputError(f"{column} cannot be “{row[column]}”.", hint=f"Write {', '.join(kind)}.") from None


def _is_there(row: dict[str, str], column: str, *, wanted: bool, direction: Direction) -> bool:
    if bool(row[column].strip()) is not wanted:
        raise InputError(f"{column} is {'empty' if wanted else 'filled'}, but the channel is {direction}.")
    return wanted


def _frequency(row: dict[str, str], column: str, *, wanted: bool, direction: Direction) -> int | None:
    if not _is_there(row, column, wanted=wanted, direction=direction):
        return None
    hz = _read(units.parse_mhz, row, column)
    if not band(hz):
        raise InputError(f"{column}: {units.mhz(hz)} MHz lies in no band that is assigned from here.")
    return hz


def _tone(row: dict[str, str], column: str, *, wanted: bool, direction: Direction, mode: Mode) -> Tone:
    """A tone must be said, if only as "unknown": an empty cell is a forgotten one."""
    if not _is_there(row, column, wanted=wanted, direction=direction):
        return units.parse_tone("")
    tone = _read(units.parse_tone, row, column)
    is_analog_code = tone.ctcss_dhz is not None or tone.dcs is not None
    if (mode is Mode.ANALOG and tone.nac is not None) or (mode is Mode.DIGITAL and is_analog_code):
        raise InputError(f"{column}: {row[column]} does not fit the mode {mode}.")
    return tone


# ── searching ────────────────────────────────────────────────────────────────

_SKIPPED = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")  # what nobody types alike in a name: spaces, hyphens, dashes
_WORD_START = re.compile(r"(?<=[\s_\-/(])[^\s_\-/(]")
_FREQUENCY = re.compile(r"\d{1,5}\.\d{0,6}", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_MHZ_AFTER = re.compile(r"(?<=\d) ?mhz\b")

# One row of the index is one text; these stand before its parts, so that a part is matched from its start.
_NAME_WORD, _RX, _TX, _GROUP, _END = "\x01", "\x02", "\x03", "\x04", "\x05"


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _squash(text: str) -> str:
    return _SKIPPED.sub("", text.casefold())


class Index:
    """Channels made ready for search as you type. Build it once for a list; each search is then some milliseconds.

    Best match first: the name itself, the exact frequency, how the name begins, how a word in it begins, anywhere in
    it, a frequency that begins so, service and band, then everything else. Equals stay in the order of the list.
    """

    def __init__(self, channels: Sequence[Channel]) -> None:
        self._channels = tuple(channels)
        fold = cache(_fold)  # remarks and eligibility repeat; forgotten with this list
        self._services = [fold(channel.service) for channel in self._channels]
        self._bands = [_bands_of(channel) for channel in self._channels]
        self._keys = [_squash(channel.name) for channel in self._channels]
        self._marked = [self._marks(number, channel) for number, channel in enumerate(self._channels)]
        self._others = [
            "\n".join(
                (
                    self._services[number],
                    *self._bands[number],
                    fold(channel.eligibility),
                    fold(channel.remarks),
                    fold(units.rx_tone_text(channel)),
                    fold(units.tx_tone_text(channel)),
                    fold(channel.modulation),
                    fold(channel.system),
                    "" if channel.talkgroup_id is None else str(channel.talkgroup_id),
                    fold(channel.address),
                )
            )
            for number, channel in enumerate(self._channels)
        ]

    def _marks(self, number: int, channel: Channel) -> str:
        name = channel.name.casefold()
        parts = []
        for start in _WORD_START.finditer(name):
            parts += [_NAME_WORD, _squash(name[start.start() :])]
        if channel.rx_hz is not None:
            parts += [_RX, _six_decimals(channel.rx_hz), _END]
        if channel.tx_hz is not None:
            parts += [_TX, _six_decimals(channel.tx_hz), _END]
        for word in re.split(r"[\s()/]+", self._services[number]):
            parts += [_GROUP, word]
        for one in self._bands[number]:
            parts += [_GROUP, one]
        return "".join(parts)

    def search(
        self, query: str, *, service: str | None = None, band: str | None = None, limit: int | None = None
    ) -> list[Channel]:
        """The channels that match every word, best first; an empty query matches all.

        `service` is a name or a part of one, `band` a name of `bands()`; one that does not exist is an InputError.
        """
        numbers = self._filtered(service, band)
        folded = _MHZ_AFTER.sub("", _fold(query))
        words = [_Word(word) for word in folded.split() if _squash(word)]
        if not words:
            return [self._channels[number] for number in numbers][:limit]
        whole = _squash(folded)
        exact = _exact_frequency(words[0].text) if len(words) == 1 else None
        found = []
        for number in numbers:
            score = self._score(number, whole, exact, words)
            if score is not None:
                found.append((score, number))
        found.sort()
        return [self._channels[number] for _, number in found[:limit]]

    def _score(self, number: int, whole: str, exact: str | None, words: "list[_Word]") -> int | None:
        key, marked, others = self._keys[number], self._marked[number], self._others[number]
        if whole in key:
            if key == whole:
                return 0
            if key.startswith(whole):
                return 3
        if exact is not None:
            if f"{_RX}{exact}{_END}" in marked:
                return 1
            if f"{_TX}{exact}{_END}" in marked:
                return 2
        score = 4
        for word in words:
            rank = word.rank(key, marked, others)
            if rank is None:
                return None
            score += rank
        return score

    def _filtered(self, service: str | None, band: str | None) -> Sequence[int]:
        numbers: Sequence[int] = range(len(self._channels))
        if service:
            wanted = self._services_like(service)
            numbers = [number for number in numbers if self._services[number] in wanted]
        if band:
            name = _band_like(band)
            numbers = [number for number in numbers if name in self._bands[number]]
        return numbers

    def _services_like(self, text: str) -> set[str]:
        known = {*map(_fold, _FILES), *self._services}
        typed = _fold(text)
        if typed in known:
            return {typed}
        found = {name for name in known if typed in name}
        if not found:
            raise _no_service(text)
        return found


class _Word:
    """One word of a query, and how well a row of the index matches it.

    The ranks: 0 the name begins with it, 1 a word of the name does, 2 it is in the name; 3 the RX frequency begins with
    it, 4 the TX frequency; 5 a word of the service, or the band; 6 it is the megahertz of one; 7 it is anywhere else.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._key = _squash(text)
        self._is_number = _DIGITS.fullmatch(text) is not None
        self._tuned = [(5, _GROUP + text)]
        if _FREQUENCY.fullmatch(text):
            self._tuned = [(3, _RX + text), (4, _TX + text), *self._tuned]
        elif self._is_number:
            self._tuned += [(6, f"{_RX}{text}."), (6, f"{_TX}{text}.")]

    def rank(self, key: str, marked: str, others: str) -> int | None:
        """0 is best; None is no match."""
        if self._key in key:
            if key.startswith(self._key):
                return 0
            if _NAME_WORD + self._key in marked:
                return 1
            if not self._is_number or self._key in key.partition(".")[0]:  # “800” is not meant for SAR 282.800
                return 2
        for rank, needle in self._tuned:
            if needle in marked:
                return rank
        return 7 if self.text in others or self._key in key else None


def search(
    channels: Sequence[Channel],
    query: str,
    *,
    service: str | None = None,
    band: str | None = None,
    limit: int | None = None,
) -> list[Channel]:
    """One search of a list; to search the same list again and again, keep its `Index`."""
    return Index(channels).search(query, service=service, band=band, limit=limit)


def _six_decimals(hz: int) -> str:
    return f"{hz // 1_000_000}.{hz % 1_000_000:06d}"


def _exact_frequency(text: str) -> str | None:
    """'155.7525' as the index writes it; None when it is no frequency."""
    if not _FREQUENCY.fullmatch(text):
        return None
    whole, _, decimals = text.partition(".")
    return f"{int(whole)}.{decimals.ljust(6, '0')}"


def _bands_of(channel: Channel) -> tuple[str, ...]:
    """The bands it receives and transmits in, folded, each once."""
    names = (_fold(band(hz)) for hz in (channel.rx_hz, channel.tx_hz) if hz is not None)
    return tuple(dict.fromkeys(name for name in names if name))


def _band_like(text: str) -> str:
    typed = _fold(text).removesuffix(" mhz")
    for one in _BANDS:
        if _fold(one.name) == typed:
            return typed
    raise InputError(f"There is no band “{text.strip()}”.", hint=f"The bands are {', '.join(b.name for b in _BANDS)}.")


def _no_service(text: str) -> InputError:
    return InputError(f"There is no service “{text.strip()}”.", hint=f"The services are {', '.join(_FILES)}.")


# ── one channel by its name ──────────────────────────────────────────────────


def find(channels: Sequence[Channel], name: str) -> Channel | None:
    """The channel of that name, whatever its case, spaces and hyphens; None when there is none.

    InputError when the name fits several that are not alike: the caller must choose, not we.
    """
    for spelling in (str, str.casefold, _squash):
        typed = spelling(name.strip())
        found = [channel for channel in channels if spelling(channel.name) == typed]
        if typed and found:
            first = found[0]
            if any(_programmed(other) != _programmed(first) for other in found):
                listed = "; ".join(f"{one.name} ({one.service}), RX {units.rx_text(one)}" for one in found[:5])
                raise InputError(f"“{name.strip()}” is the name of {len(found)} channels.", hint=f"They are {listed}.")
            return first
    return None


def _programmed(channel: Channel) -> tuple[object, ...]:
    """What a radio is told; two channels of one name that agree in it are one and the same."""
    return (
        channel.kind, channel.direction, channel.rx_hz, channel.rx_tone, channel.tx_hz, channel.tx_tone,
        channel.bandwidth_hz, channel.mode, channel.modulation, channel.system, channel.talkgroup_id, channel.address,
    )  # fmt: skip


def suggest_names(name: str, among: Sequence[Channel] | None = None, *, limit: int = 3) -> list[str]:
    """Names that look like it, the likest first, for “Did you mean …?”; without `among`, of the channels that ship."""
    from difflib import SequenceMatcher

    typed = _squash(name)
    matcher = SequenceMatcher(autojunk=False, b=typed)
    scored = []
    for number, one in enumerate(channels() if among is None else among):
        matcher.set_seq1(_squash(one.name))
        if matcher.real_quick_ratio() >= 0.6 and matcher.quick_ratio() >= 0.6 and (ratio := matcher.ratio()) >= 0.6:
            scored.append((-ratio, number, one.name))
    return list(dict.fromkeys(likely for _, _, likely in sorted(scored)))[:limit]


# ── JSON ─────────────────────────────────────────────────────────────────────


def to_dict(channel: Channel) -> dict[str, object]:
    """A channel as `coml library --json` prints it.

    A null that `unknown` lists is not known; any other says that there is none (tx_hz of a receive-only channel).
    """
    is_tuned = channel.kind is Kind.CONVENTIONAL
    has_rx = is_tuned and channel.direction is not Direction.TRANSMIT_ONLY
    has_tx = is_tuned and channel.direction is not Direction.RECEIVE_ONLY
    unknown = {
        "direction": is_tuned and channel.direction is Direction.UNKNOWN,
        "rx_hz": has_rx and channel.rx_hz is None,
        "tx_hz": has_tx and channel.tx_hz is None,
        "rx_tone": has_rx and not channel.rx_tone.is_known,
        "tx_tone": has_tx and not channel.tx_tone.is_known,
        "bandwidth_hz": is_tuned and channel.bandwidth_hz is None,
        "mode": channel.kind in (Kind.CONVENTIONAL, Kind.TALKGROUP) and channel.mode is Mode.UNKNOWN,
        "modulation": is_tuned and not channel.modulation,
        "emission": is_tuned and not channel.emission,
        "encryption": channel.encryption is Encryption.UNKNOWN,
        "system": channel.kind is Kind.TALKGROUP and not channel.system,
        "talkgroup_id": channel.kind is Kind.TALKGROUP and channel.talkgroup_id is None,
    }
    return {
        "name": channel.name,
        "service": channel.service,
        "kind": channel.kind.value,
        "direction": channel.direction.value,
        "rx_hz": channel.rx_hz,
        "tx_hz": channel.tx_hz,
        "rx_tone": units.tone(channel.rx_tone) if has_rx else None,
        "tx_tone": units.tone(channel.tx_tone) if has_tx else None,
        "bandwidth_hz": channel.bandwidth_hz,
        "mode": channel.mode.value,
        "modulation": channel.modulation,
        "emission": channel.emission,
        "encryption": channel.encryption.value,
        "system": channel.system,
        "talkgroup_id": channel.talkgroup_id,
        "address": channel.address,
        "eligibility": channel.eligibility,
        "remarks": channel.remarks,
        "source": channel.source,
        "edition": channel.edition,
        "verification": channel.verification,
        "verified_by": channel.verified_by,
        "tone_source": channel.tone_source,
        "unknown": [name for name, is_unknown in unknown.items() if is_unknown],
    }
