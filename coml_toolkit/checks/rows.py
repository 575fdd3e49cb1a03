"""R01 to R19: what is wrong with one line, by itself or beside the library's channel of its name."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .. import library, units
from ..exchange.tones import CTCSS_DHZ, DCS
from ..model.channel import NARROW_HZ, Channel, Direction, Encryption, Kind, Mode, Tone
from ..model.finding import Severity, in_words
from ..spectrum import allotments
from .rule import Hit, Said, unknown_if
from .sheet import Row, Sheet, called, name_key

# Where everybody must use the standard name (APCO/NPSTC 1.104.2-2017; the federal ones as NIFOG prints them). Weather,
# marine, aviation, CB, FRS and amateur channels are called differently from place to place.
STANDARD_NAMES = frozenset(
    (
        "VHF interop", "UHF interop", "700 interop", "800 interop", "VHF low band interop", "VHF mutual aid",
        "UHF medical", "700 air-ground", "700 low power itinerant", "700 deployable trunked (nationwide)",
        "Federal Incident Response VHF", "Federal Incident Response UHF", "Federal Law Enforcement VHF",
        "Federal Law Enforcement UHF",
    )
)  # fmt: skip
_NUMBERED = frozenset(("VHF interop", "UHF interop", "700 interop", "800 interop"))  # every number of them is listed


# ── R01, R02: what a line must say ───────────────────────────────────────────


def no_name_or_assignment(sheet: Sheet) -> Iterator[Said]:
    """R01: without both nobody can find the channel, or knows it is theirs."""
    for row in sheet.rows:
        texts = {"channel name": row.channel.name, "assignment": row.assignment.assignment}
        if missing := [what for what, text in texts.items() if not text.strip()]:
            about = (*row.use, row.channel.rx_hz, row.channel.tx_hz, *missing)
            yield Hit(f"{_line(row)} has no {' and no '.join(missing)}.", (row,), about)


def no_frequency(sheet: Sheet) -> Iterator[Said]:
    """R02: may be right (receive only, a named system, not yet assigned), so it asks for what it is."""
    for row in sheet.rows:
        channel = row.channel
        if row.lacks_frequency:
            missing = [
                what
                for what, hz, other in (
                    ("RX", channel.rx_hz, Direction.TRANSMIT_ONLY),
                    ("TX", channel.tx_hz, Direction.RECEIVE_ONLY),
                )
                if hz is None and channel.direction is not other
            ]
            sides = " and no ".join(f"{side} frequency" for side in missing)
            way_out = "say whether it is receive only" if missing == ["TX"] else "fill in what is known"
            yield Hit(f"{row.called} has no {sides}: {way_out}.", (row,), (*row.use, *missing))
        elif channel.kind is Kind.TALKGROUP and not (channel.system and channel.talkgroup_id is not None):
            missing = ["system"] if not channel.system else []
            missing += ["talkgroup number"] if channel.talkgroup_id is None else []
            yield Hit(f"{row.called} is a talkgroup without a {' and a '.join(missing)}.", (row,), (*row.use, *missing))


def _line(row: Row) -> str:
    return row.called if row.channel.name.strip() else f"Line {row.number}"


# ── R03, R04: frequencies by themselves ──────────────────────────────────────


def _sides(row: Row) -> Iterator[tuple[str, int]]:
    """('is on', hertz) for simplex, else ('receives on', hertz) and ('transmits on', hertz)."""
    if row.channel.is_simplex:
        yield "is on", row.frequencies[0][1]
        return
    for what, hz in row.frequencies:
        yield f"{what} on", hz


def out_of_band_or_rounded(sheet: Sheet) -> Iterator[Said]:
    """R03: the wrong digits, or too few of them."""
    for row in sheet.tuned:
        for what, hz in _sides(row):
            said = f"{row.called} {what} {units.mhz(hz)} MHz"
            if not allotments.allotments(hz):
                yield Hit(f"{said}, outside every band in use.", (row,), (row.key, what, hz))
            elif (whole := allotments.rounded_from(hz)) is not None:
                message = f"{said}, which looks rounded: the channel there is {units.mhz(whole)} MHz."
                yield Hit(message, (row,), (row.key, what, hz))


def off_raster(sheet: Sheet) -> Iterator[Said]:
    """R04: between the channels of its band."""
    unknown = []
    for row in sheet.tuned:
        for what, hz in _sides(row):
            is_channel = allotments.is_channel(hz, row.channel.bandwidth_hz)
            if is_channel is None:
                unknown.append(row)
            elif not is_channel and allotments.allotments(hz) and allotments.rounded_from(hz) is None:
                near = " and ".join(units.mhz(point) for point in allotments.nearest_channels(hz))
                source = "; ".join(dict.fromkeys(one.source for one in allotments.allotments(hz)))
                yield Hit(
                    f"{row.called} {what} {units.mhz(hz)} MHz, which is no channel; the nearest are {near} MHz.",
                    (row,),
                    (row.key, what, hz),
                    why=f"The channels there are fixed ({source}); a frequency between them is mostly a typing error.",
                )
    yield from unknown_if(dict.fromkeys(unknown), "the channel rasters of their bands")


# ── R05 to R08: beside the library ───────────────────────────────────────────


def _is_swapped(channel: Channel, standard: Channel) -> bool:
    return standard.rx_hz != standard.tx_hz and (channel.rx_hz, channel.tx_hz) == (standard.tx_hz, standard.rx_hz)


def _is_wrong_twin(channel: Channel, standard: Channel) -> bool:
    """A repeater's name on its direct channel, or the other way round."""
    if channel.rx_hz is None or channel.tx_hz is None or standard.tx_hz is None or channel.rx_hz != standard.rx_hz:
        return False
    if standard.is_simplex:
        return standard.name.endswith("D") and not channel.is_simplex
    return channel.is_simplex


def _same_pair(sheet: Sheet, rx_hz: int | None, tx_hz: int | None) -> list[Channel]:
    """The standard channels with exactly these frequencies, both known."""
    if rx_hz is None or tx_hz is None:
        return []
    return [channel for channel in sheet.library.by_pair.get((rx_hz, tx_hz), []) if channel.service in STANDARD_NAMES]


def other_frequency(sheet: Sheet) -> Iterator[Said]:
    """R05: a library name with other frequencies, or the frequencies of one under another name."""
    unknown = []
    for row in sheet.tuned:
        channel, standard = row.channel, row.standard
        if standard is None:
            yield from _other_name(sheet, row)
            continue
        if row.lacks_frequency:
            unknown.append(row)
        if _is_swapped(channel, standard) or _is_wrong_twin(channel, standard):
            continue  # R06, R07
        known = {"receives on": standard.rx_hz, "transmits on": standard.tx_hz}
        known["is on"] = standard.rx_hz if standard.tx_hz in (standard.rx_hz, None) else None
        wrong = [(what, hz) for what, hz in _sides(row) if hz != known[what] and (known[what] or what == "is on")]
        if wrong:
            told = " and ".join(f"{what} {units.mhz(hz)}" for what, hz in wrong)
            right = " / ".join(units.mhz(hz) for hz in dict.fromkeys((standard.rx_hz, standard.tx_hz)) if hz)
            message = f"{row.called} {told} MHz; {_edition(standard)} has it on {right} MHz."
            yield Hit(message, (row,), (row.key, channel.rx_hz, channel.tx_hz))
    yield from unknown_if(unknown, "frequencies")


def _other_name(sheet: Sheet, row: Row) -> Iterator[Hit]:
    channel = row.channel
    same = _same_pair(sheet, channel.rx_hz, channel.tx_hz)
    if not same or not row.key or any(near in same for near in sheet.library.almost(row.key)):  # R01, R18
        return
    names = " or ".join(one.name for one in same)
    message = f"{row.called} has the frequencies of {names}; with two names people think they are two channels."
    yield Hit(message, (row,), (row.key, channel.rx_hz, channel.tx_hz))


def _edition(standard: Channel) -> str:
    return standard.edition or "the library"


def swapped(sheet: Sheet) -> Iterator[Said]:
    """R06: the repeater's side written on a form that gives the mobile's."""
    for row in sheet.tuned:
        channel = row.channel
        turned = [row.standard] if row.standard and _is_swapped(channel, row.standard) else []
        if row.standard is None and not channel.is_simplex and not _same_pair(sheet, channel.rx_hz, channel.tx_hz):
            turned = _same_pair(sheet, channel.tx_hz, channel.rx_hz)
        if turned:
            message = (
                f"{row.called} has receive and transmit swapped: {turned[0].name} receives on "
                f"{units.mhz(turned[0].rx_hz or 0)} MHz in a mobile or portable."
            )
            yield Hit(message, (row,), (row.key, channel.rx_hz, channel.tx_hz))


_DIRECT = re.compile(r"\d\s*D\s*$", re.IGNORECASE)


def wrong_twin(sheet: Sheet) -> Iterator[Said]:
    """R07: a D at the end of a name means direct; a repeater needs two frequencies."""
    for row in sheet.tuned:
        channel, standard = row.channel, row.standard
        about = (row.key, channel.rx_hz, channel.tx_hz)
        if standard is not None and _is_wrong_twin(channel, standard) and not standard.is_simplex:
            rx = units.mhz(channel.rx_hz or 0)
            message = f"{row.called} is a repeater channel but transmits on its own receive frequency, {rx} MHz."
            yield Hit(message, (row,), about)
        elif row.is_repeater and (_is_wrong_twin(channel, standard) if standard else _DIRECT.search(channel.name)):
            rx, tx = units.mhz(channel.rx_hz or 0), units.mhz(channel.tx_hz or 0)
            message = f"{row.called} is a direct channel by its name, but receives on {rx} and transmits on {tx} MHz."
            yield Hit(message, (row,), about)


def other_tone(sheet: Sheet) -> Iterator[Said]:
    """R08: each direction by itself, as far as the line's mode uses it."""
    unknown = []
    for row in sheet.tuned:
        standard = row.standard
        if standard is None:
            continue
        for side, tone, known in _toned_sides(row, standard):
            if not known.is_known:
                continue
            if not tone.is_known:
                unknown.append(row)
            elif _audible(tone, row.channel.mode) != _audible(known, row.channel.mode):
                severity, why = _tone_matters(side, tone, standard)
                yield Hit(
                    f"{row.called} {side} {_in_words(tone)}; {_edition(standard)} has {units.tone(known)}.",
                    (row,),
                    (row.key, side, units.tone(tone)),
                    severity,
                    why,
                )
    yield from unknown_if(dict.fromkeys(unknown), "tones")


def _toned_sides(row: Row, standard: Channel) -> Iterator[tuple[str, Tone, Tone]]:
    if row.channel.direction is not Direction.TRANSMIT_ONLY:
        yield "receives", row.channel.rx_tone, standard.rx_tone
    if row.may_transmit and standard.has_transmit:
        yield "transmits", row.channel.tx_tone, standard.tx_tone


def _in_words(tone: Tone) -> str:
    return "without a tone" if tone.is_csq else f"with {units.tone(tone)}"


def _audible(tone: Tone, mode: Mode) -> tuple[object, ...]:
    """The part of a tone that a radio of this mode uses: no NAC on an analog one, no CTCSS on a digital one."""
    analog = (tone.ctcss_dhz, tone.dcs, tone.is_dcs_inverted)
    if mode is Mode.ANALOG:
        return analog
    return (tone.nac,) if mode is Mode.DIGITAL else (*analog, tone.nac)


def _tone_matters(side: str, tone: Tone, standard: Channel) -> tuple[Severity | None, str]:
    if "page note" in standard.tone_source:
        return Severity.WARNING, "NIFOG recommends this tone; a local plan may have another: check which holds here."
    if side == "receives" and tone.is_csq:
        return Severity.WARNING, "Without a receive tone the radio hears all, as earlier NIFOG editions had it."
    return None, ""


# ── R09 to R12: mode, tone, emission, width ──────────────────────────────────

_ANY_NAC, _REPEATER_NAC = 0xF7E, 0xF7F


def tone_against_mode(sheet: Sheet) -> Iterator[Said]:
    """R09: a tone the mode cannot have, or that no radio has."""
    unknown_mode, unknown_tone = [], []
    for row in sheet.tuned:
        channel = row.channel
        sides = [("RX tone", channel.rx_tone)] if channel.direction is not Direction.TRANSMIT_ONLY else []
        sides += [("TX tone", channel.tx_tone)] if row.may_transmit else []
        if len(sides) == 2 and channel.rx_tone == channel.tx_tone:
            sides = [("tone", channel.tx_tone)]
        for side, tone in sides:
            is_coded = tone.is_known and not tone.is_csq
            if not tone.is_known:
                unknown_tone.append(row)
            elif is_coded and channel.mode is Mode.UNKNOWN:
                unknown_mode.append(row)
            for problem, severity in _tone_problems(side, tone, channel.mode):
                message = f"The {side} {units.tone(tone)} of {row.called} {problem}."
                yield Hit(message, (row,), (row.key, side, units.tone(tone), channel.mode), severity)
    yield from unknown_if(dict.fromkeys(unknown_mode), "modes")
    yield from unknown_if(dict.fromkeys(unknown_tone), "tones")


def _tone_problems(side: str, tone: Tone, mode: Mode) -> Iterator[tuple[str, Severity | None]]:
    has_analog_code = tone.ctcss_dhz is not None or tone.dcs is not None
    if has_analog_code and mode is Mode.DIGITAL:
        yield "is an analog one, but the line is digital and needs a NAC", None
    if tone.nac is not None and mode is Mode.ANALOG:
        yield "is a NAC, but the line is analog", None
    if tone.ctcss_dhz is not None and tone.ctcss_dhz not in CTCSS_DHZ:
        yield "is none of the standard CTCSS tones (EIA/TIA-603)", None
    if tone.dcs is not None and tone.dcs not in DCS:
        yield "is none of the DCS codes that radios offer", Severity.WARNING
    if tone.nac is not None:
        if not 0 <= tone.nac <= 0xFFF:
            yield "is no NAC: they end at $FFF", None
        elif tone.nac == _REPEATER_NAC:
            yield "is kept for repeaters that pass on any NAC; no mobile or portable can use it", None
        elif tone.nac == _ANY_NAC and side != "RX tone":
            yield "means “any NAC” to a receiver; no radio can transmit it", None


_EMISSION = re.compile(r"(\d{1,3})([HKMG])(\d{1,2})[A-Z](\d)[A-Z]{1,3}", re.ASCII)
_UNIT_HZ = {"H": 1, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000}
_ANALOG_NATURE, _DIGITAL_NATURE = frozenset("38"), frozenset("17")  # ITU RR Appendix 1, the second symbol
_ANALOG_WORDS = re.compile(r"\b(N?FM|AM|SSB|USB|LSB|ANALOG)\b", re.IGNORECASE)
_DIGITAL_WORDS = re.compile(r"P25|DMR|NXDN|D-?STAR|YSF|C4FM|TETRA|DPMR|DSC|DIGITAL", re.IGNORECASE)


def emission_against_mode(sheet: Sheet) -> Iterator[Said]:
    """R10: the emission designator or the modulation says something else than the mode or the width."""
    unknown_mode, unsaid = [], []
    for row in sheet.tuned:
        channel = row.channel
        designators = [one for one in re.split(r"[\s,;/]+", channel.emission.upper()) if one]
        parsed = [found for one in designators if (found := _EMISSION.fullmatch(one))]
        if channel.mode is Mode.UNKNOWN:
            unknown_mode.append(row)
        elif len(parsed) < len(designators) or not (designators or channel.modulation):
            unsaid.append(row)
        said = [(channel.emission, _nature(parsed)), (channel.modulation, _nature_of_words(channel.modulation))]
        for text, nature in said:
            contrary = {Mode.ANALOG: {"digital"}, Mode.DIGITAL: {"analog"}}.get(channel.mode)
            if nature and nature == contrary:
                letter = "A" if channel.mode is Mode.ANALOG else "D"
                message = f"{row.called} has mode {letter}, but {text} is {nature.pop()}."
                yield Hit(message, (row,), (row.key, channel.mode, text))
        widest = max((_width_hz(one) for one in parsed), default=0)
        if channel.bandwidth_hz is not None and widest > channel.bandwidth_hz:
            message = (
                f"{row.called} is {units.khz(channel.bandwidth_hz)} kHz wide, but {channel.emission} needs "
                f"{units.khz(widest)} kHz."
            )
            yield Hit(message, (row,), (row.key, channel.bandwidth_hz, channel.emission))
    yield from unknown_if(unknown_mode, "modes")
    yield from unknown_if(unsaid, "emissions or modulations")


def _nature(emissions: list[re.Match[str]]) -> set[str]:
    found = set()
    for one in emissions:
        if one[4] in _ANALOG_NATURE | _DIGITAL_NATURE:
            found.add("analog" if one[4] in _ANALOG_NATURE else "digital")
        else:
            return set()  # it may be either
    return found


def _nature_of_words(modulation: str) -> set[str]:
    found = {"digital"} if _DIGITAL_WORDS.search(modulation) else set()
    return found | ({"analog"} if _ANALOG_WORDS.search(modulation) else set())


def _width_hz(emission: re.Match[str]) -> int:
    unit_hz = _UNIT_HZ[emission[2]]
    return int(emission[1]) * unit_hz + int(int(emission[3]) * unit_hz // 10 ** len(emission[3]))


_AMATEUR = re.compile(r"\b(amateur|ham)\b", re.IGNORECASE)


def too_wide(sheet: Sheet) -> Iterator[Said]:
    """R11: wide where narrowband is the law."""
    unknown = []
    for row in sheet.tuned:
        channel = row.channel
        narrow = [hz for _, hz in row.frequencies if allotments.is_narrowband_only(hz)]
        is_amateur = _AMATEUR.search(f"{channel.service} {channel.eligibility} {channel.name}")
        if not narrow or (is_amateur and all(420_000_000 <= hz < 450_000_000 for hz in narrow)):
            continue
        if channel.bandwidth_hz is None:
            unknown.append(row)
        elif channel.bandwidth_hz > NARROW_HZ:
            message = (
                f"{row.called} is {units.khz(channel.bandwidth_hz)} kHz wide (W) on {units.mhz(narrow[0])} MHz, where "
                "12.5 kHz is the most."
            )
            yield Hit(message, (row,), (row.key, channel.bandwidth_hz, *narrow))
    yield from unknown_if(unknown, "bandwidths")


_WIDE_SERVICES = frozenset(("Marine VHF", "VHF low band interop", "800 interop"))


def too_narrow(sheet: Sheet) -> Iterator[Said]:
    """R12: narrow where everybody else is wide."""
    unknown = []
    for row in sheet.tuned:
        channel = row.channel
        same = [row.standard] if row.standard else sheet.library.by_pair.get((channel.rx_hz, channel.tx_hz), [])
        wide = [one for one in same if one.service in _WIDE_SERVICES and one.mode is Mode.ANALOG]
        if not wide or channel.mode is Mode.DIGITAL:
            continue
        if channel.bandwidth_hz is None:
            unknown.append(row)
        elif channel.bandwidth_hz <= NARROW_HZ:
            message = (
                f"{row.called} is narrow (N); {wide[0].name} is {units.khz(wide[0].bandwidth_hz or 0)} kHz wide (W)."
            )
            yield Hit(message, (row,), (row.key, channel.bandwidth_hz))
    yield from unknown_if(unknown, "bandwidths")


# ── R13, R14: frequencies nobody may use so ──────────────────────────────────


def transmits_on_receive_only(sheet: Sheet) -> Iterator[Said]:
    """R13: weather, marine 15 and the distress data channel 70 are for listening."""
    unknown = []
    for row in sheet.tuned:
        channel = row.channel
        heard = sheet.library.receive_only.get(channel.tx_hz or 0)
        if heard is not None or (channel.tx_hz is not None and not row.may_transmit):
            why_not = f"{heard.name} is receive only" if heard else "the line itself is marked receive only"
            message = f"{row.called} transmits on {units.mhz(channel.tx_hz or 0)} MHz, but {why_not}."
            yield Hit(message, (row,), (row.key, channel.tx_hz))
        elif channel.rx_hz in sheet.library.receive_only and row.lacks_frequency:
            unknown.append(row)
    yield from unknown_if(unknown, "directions")


_BEFORE_REBANDING = ((821_000_000, 824_000_000), (866_000_000, 869_000_000))
_OLD_MARINE = re.compile(r"(?:marine|mar|vhf|channel|chan|ch|m)*0*(\d{1,2})a(?:rx)?")


def obsolete(sheet: Sheet) -> Iterator[Said]:
    """R14: from before 800 MHz rebanding, or a marine channel with a letter instead of its four digits."""
    for row in sheet.tuned:
        channel = row.channel
        old = [hz for _, hz in row.frequencies if any(low <= hz < high for low, high in _BEFORE_REBANDING)]
        if old:
            message = (
                f"{row.called} is on {units.mhz(old[0])} MHz, an NPSPAC frequency from before rebanding; it now lies "
                f"15 MHz lower, on {units.mhz(old[0] - 15_000_000)} MHz."
            )
            yield Hit(message, (row,), (row.key, *old))
        elif letter := _OLD_MARINE.fullmatch(row.key):
            marine = sheet.library.by_name.get(name_key(f"Marine 10{int(letter[1]):02}"))
            is_there = marine is not None and (row.lacks_frequency or marine.rx_hz in (channel.rx_hz, channel.tx_hz))
            if row.standard is None and marine is not None and is_there:
                message = f"{row.called} is the old name of {marine.name}: marine channels have four digits now."
                yield Hit(message, (row,), (row.key,))


# ── R15 to R17: who may use it, where, and how ───────────────────────────────

_AUTHORITY = re.compile(
    r"licen[cs]|\bSTA\b|authori[sz]|agreement|\bMO[UA]\b|permi(?:t|ssion)|coordinat|\bCDO\b|\bNIFC\b|\bSWIC\b|"
    r"call ?sign|\b[KW][A-Z]{2,3}\d{3,4}\b|\b90\.421\b|\bwaiver\b|\bconcurrence\b",
    re.IGNORECASE,
)
_FEDERAL_HZ = ((162_037_500, 173_200_000), (173_400_000, 174_000_000), (406_100_000, 420_000_000))


def needs_authority(channel: Channel, standard: Channel | None) -> str:
    """Why a channel may not be used just so: 'federal', 'licensed to others'; '' if it may, as far as is known."""
    for one in (channel, standard):
        if one is not None:
            text = f"{one.eligibility} {one.service}".casefold()
            if "federal" in text:
                return "a federal channel"
            if re.search(r"licen[cs]e/sta required", text):
                return "not covered by the blanket authorization"
            if re.search(r"us government|uscg", text):
                return "a Coast Guard or government channel"
    hz = channel.tx_hz
    if hz is not None and any(low <= hz < high for low, high in _FEDERAL_HZ):
        return "in a federal band"
    return ""


def no_authority(sheet: Sheet) -> Iterator[Said]:
    """R15: the Remarks must say on whose authority."""
    unknown = []
    for row in sheet.rows:
        channel = row.channel
        if channel.kind not in (Kind.CONVENTIONAL, Kind.TALKGROUP) or not row.may_transmit:
            continue
        if _AUTHORITY.search(row.assignment.remarks):
            continue
        if reason := needs_authority(channel, row.standard):
            message = f"{row.called} is {reason}, and its remarks do not say on whose authority it is used."
            yield Hit(message, (row,), (row.key, channel.rx_hz, channel.tx_hz))
        elif not channel.eligibility.strip() and row.standard is None:
            unknown.append(row)
    yield from unknown_if(unknown, "the conditions of use (eligibility)")


class _Place(NamedTuple):
    """Channels that are limited somewhere, and whether the incident is there."""

    is_limited: Callable[[Channel], bool]
    is_there: Callable[[Sheet], bool | None]
    missing: str
    message: str
    about: str


_PLACES = (
    _Place(
        lambda channel: "puerto rico" in channel.remarks.casefold(),
        lambda sheet: sheet.context.is_in_puerto_rico_or_usvi,
        "whether the incident is in Puerto Rico or the US Virgin Islands",
        "is not available in Puerto Rico and the US Virgin Islands",
        "puerto rico",
    ),
    _Place(
        lambda channel: "line a" in channel.remarks.casefold(),
        lambda sheet: sheet.context.is_north_of_line_a,
        "whether it is north of Line A or east of Line C",
        "is limited to 3 W ERP north of Line A and east of Line C",
        "line a",
    ),
    _Place(
        lambda channel: channel.service == "VHF interop (inland)",
        lambda sheet: None if (there := sheet.context.is_in_vtac17_county) is None else not there,
        "whether it is in a county of 47 CFR 90.20(g)(3)",
        "may be used only in the counties of 47 CFR 90.20(g)(3)",
        "county",
    ),
)


def not_available_here(sheet: Sheet) -> Iterator[Said]:
    """R16: some channels do not exist, or only with low power, near a border and on islands."""
    for place in _PLACES:
        rows = [row for row in sheet.tuned if row.standard and place.is_limited(row.standard)]
        is_there = place.is_there(sheet)
        if is_there is None:
            yield from unknown_if(rows, place.missing)
        elif is_there:
            for row in rows:
                yield Hit(f"{row.called} {place.message}.", (row,), (row.key, place.about))


_SECRET = r"(?:encrypt\w*|(?-i:AES|DES|ADP)(?:-\w+)?|AES-?256|strapped|secure voice|secure mode)"
_CLEAR = re.compile(
    rf"\b(?:no|not|non|never|without|un)[\s-]*{_SECRET}\b|\b{_SECRET}\s+(?:is\s+)?(?:off|not|never|prohibited|forbidden)\b",
    re.IGNORECASE,
)
_ENCRYPTED = re.compile(rf"\b{_SECRET}\b", re.IGNORECASE)


def is_encrypted(row: Row) -> bool:
    """Does the line say that it is used encrypted?"""
    said = f"{row.assignment.function}\n{row.assignment.assignment}\n{row.assignment.remarks}"
    return _ENCRYPTED.search(_CLEAR.sub(" ", said)) is not None


def encrypted_where_forbidden(sheet: Sheet) -> Iterator[Said]:
    """R17: interoperability in the clear, so that everybody can hear it."""
    unknown = []
    for row in sheet.rows:
        if not is_encrypted(row):
            continue
        answers = {one.encryption for one in (row.channel, row.standard) if one is not None}
        if Encryption.NOT_ALLOWED in answers:
            yield Hit(f"{row.called} is to be encrypted, which is forbidden on it.", (row,), (row.key,))
        elif Encryption.ALLOWED not in answers:
            unknown.append(row)
    yield from unknown_if(unknown, "the rules for encryption")


# ── R18, R19: names, and channels of trunked systems ─────────────────────────


def spelling(sheet: Sheet) -> Iterator[Said]:
    """R18: the same name, spelled the same, on every radio and form."""
    for row in sheet.tuned:
        name = row.channel.name.strip()
        if row.standard is not None and row.standard.service in STANDARD_NAMES:
            if name != row.standard.name:
                message = f"“{name}” (line {row.number}) is spelled {row.standard.name} by the standard."
                yield Hit(message, (row,), ("spelled", name))
        elif row.standard is None and (near := [one for one in sheet.library.almost(row.key) if _is_meant(row, one)]):
            names = in_words([one.name for one in near[:3]])
            message = f"“{name}” (line {row.number}) is no standard name, but close to {names}."
            yield Hit(message, (row,), ("near", name))
    yield from _two_spellings(sheet)


def _is_meant(row: Row, standard: Channel) -> bool:
    """Is a name that is one letter off meant for this channel? Not if it is a number of its own, or in another band."""
    if standard.service not in STANDARD_NAMES or len(row.key) < 4:
        return False
    digits, others = (re.sub(r"\D", "", key) for key in (row.key, name_key(standard.name)))
    if digits != others and standard.service not in _NUMBERED:
        return False  # MED-11 and LE 19 may exist, though the library does not list them
    bands = {library.band(hz) for _, hz in row.frequencies}
    return not bands or library.band(standard.rx_hz or 0) in bands


def _two_spellings(sheet: Sheet) -> Iterator[Hit]:
    rows: dict[str, list[Row]] = {}
    for row in sheet.rows:
        if row.key and not (row.standard and row.standard.service in STANDARD_NAMES):
            rows.setdefault(row.key, []).append(row)
    elsewhere: dict[str, set[str]] = {}
    for plan in sheet.context.other_plans:
        for line in plan.lines:
            elsewhere.setdefault(name_key(line.channel.name), set()).add(line.channel.name.strip())
    for key, same in rows.items():
        here = {row.name for row in same}
        spellings = sorted(here | elsewhere.get(key, set()))
        if len(spellings) > 1:
            told = (
                called(same)
                if len(here) > 1
                else f"{called(same)} and, elsewhere in this incident, " + ", ".join(sorted(set(spellings) - here))
            )
            yield Hit(f"{told} are spellings of one name.", tuple(same), ("two", *spellings))


def trunked_as_conventional(sheet: Sheet) -> Iterator[Said]:
    """R19: an RF channel of a trunked system cannot be talked on by itself."""
    for row in sheet.tuned:
        if is_trunked_rf(row):
            message = f"{row.called} is an RF channel of a trunked system and cannot be used as a conventional channel."
            yield Hit(message, (row,), (row.key, row.channel.rx_hz, row.channel.tx_hz))


def is_trunked_rf(row: Row) -> bool:
    """Is it a control or traffic channel of a trunked system?"""
    channels = [one for one in (row.channel, row.standard) if row.is_conventional and one is not None]
    return any("trunk" in one.modulation.casefold() for one in channels)
