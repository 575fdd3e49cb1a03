"""Text <-> hertz, tones, modes and times. The only place that converts.

Reading refuses what it does not understand, with a sentence; it never rounds and never guesses.
"""

import re
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import InputError
from .model.channel import CSQ, NARROW_HZ, UNKNOWN_TONE, Channel, Direction, Kind, Mode, Tone

UNKNOWN = "unknown"
HIGHEST_MHZ = 100_000  # nothing a COML assigns lies above: microwave links end below 100 GHz

_MHZ = re.compile(r"(\d{1,6})(?:\.(\d{1,6}))?(?:\s*MHz)?", re.IGNORECASE | re.ASCII)
_WIDEST_HZ = 50_000  # of a channel with a frequency of its own
_WIDTHS = ("5", "6.25", "7.5", "8.33", "10", "11.25", "12.5", "15", "16", "20", "25", "30", "50")
_KHZ = re.compile(r"(\d{1,6})(?:\.(\d{1,3}))?(?:\s*kHz)?", re.IGNORECASE | re.ASCII)


# ── frequencies ──────────────────────────────────────────────────────────────


def parse_mhz(text: str) -> int:
    """'155.7525' (megahertz) to 155752500 (hertz), exactly.

    Raises InputError for anything else, and says what was probably meant.
    """
    typed = text.strip()
    found = _MHZ.fullmatch(typed)
    if found is None:
        raise InputError(f"“{typed}” is not a frequency in MHz.", hint=_mhz_hint(typed))
    hz = int(found[1]) * 1_000_000 + int((found[2] or "").ljust(6, "0"))
    if hz == 0:
        raise InputError("A frequency of 0 MHz is not possible.", hint="Leave it empty if it is not known.")
    if hz > HIGHEST_MHZ * 1_000_000 or (found[2] is None and len(found[1]) > 4):
        raise InputError(f"“{typed}” is too high for a frequency in MHz.", hint=_mhz_hint(typed))
    return hz


def _mhz_hint(typed: str) -> str:
    digits = re.sub(r"\D", "", typed)
    if re.fullmatch(r"\d{1,4},\d{1,6}", typed):
        return f"Use a point for the decimals: {typed.replace(',', '.')}"
    if re.fullmatch(r"\d+\.\d{7,}", typed):
        return "Write at most six decimals: one hertz is the finest step kept."
    if 7 <= len(digits) <= 9 and re.fullmatch(r"[\d.,]+", typed):
        return f"Write megahertz with one decimal point. Did you mean {digits[:3]}.{digits[3:]}?"
    return "Write megahertz with one decimal point, as in 155.7525."


def mhz(hz: int) -> str:
    """155752500 to '155.7525', 769243750 to '769.24375': four decimals, more only where they are not zero."""
    whole, rest = divmod(hz, 1_000_000)
    decimals = f"{rest:06d}"
    return f"{whole}.{decimals[:4]}{decimals[4:].rstrip('0')}"


_KHZ_HINT = "Write kilohertz, as in 12.5, 20 or 25."


def parse_khz(text: str) -> int:
    """'12.5' (kilohertz) to 12500 (hertz), exactly."""
    typed = text.strip()
    found = _KHZ.fullmatch(typed)
    if found is None or not (hz := int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0"))):
        raise InputError(f"“{typed}” is not a bandwidth in kHz.", hint=_KHZ_HINT)
    if hz > _WIDEST_HZ:
        digits = str(hz).rstrip("0")
        meant = next((width for width in _WIDTHS if width.replace(".", "").rstrip("0") == digits), "")
        hint = f"Did you mean {meant}?" if meant else _KHZ_HINT
        raise InputError(f"“{typed}” is too wide for a channel in kHz.", hint=hint)
    return hz


def khz(hz: int) -> str:
    """12500 to '12.5'."""
    whole, rest = divmod(hz, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


_WIDTH_AFTER = re.compile(r"(?P<mhz>.*?)\s*(?:(?P<letter>[NW])|(?<=\s)(?P<khz>[\d.]+)\s*k(?:Hz)?)", re.IGNORECASE)


def parse_mhz_and_width(text: str, bandwidth_hz: int | None) -> tuple[int, int | None]:
    """'155.7525 N', '155.7525 W', '868.5125 20 kHz' or '155.7525' to hertz and bandwidth in hertz.

    `bandwidth_hz` is what is known so far: a letter that agrees with it, or none, leaves it. N is 12.5 kHz
    (47 CFR 90.209(b)(5)); W alone is refused, as it may be 20 or 25 kHz.
    """
    typed = text.strip()
    found = _WIDTH_AFTER.fullmatch(typed)
    if found is None:
        return parse_mhz(typed), bandwidth_hz
    hz = parse_mhz(found["mhz"])
    if found["khz"]:
        return hz, parse_khz(found["khz"])
    is_narrow = found["letter"].upper() == "N"
    if bandwidth_hz is not None and (bandwidth_hz <= NARROW_HZ) == is_narrow:
        return hz, bandwidth_hz
    if is_narrow:
        return hz, NARROW_HZ
    raise InputError("W can be 20 or 25 kHz wide.", hint=f"Write the width: {found['mhz']} 25 kHz")


# ── tones ────────────────────────────────────────────────────────────────────

_CTCSS = re.compile(r"(\d{2,3})(?:\.(\d))?(?:\s*Hz)?", re.IGNORECASE)
_DCS = re.compile(r"D\s*([0-7]{3})\s*([NI])", re.IGNORECASE)
_NAC = re.compile(r"(?:NAC\s*)?\$\s*([0-9A-F]{3})|NAC\s*([0-9A-F]{3})", re.IGNORECASE)
_BOTH = re.compile(r"\s+or\s+|\s*/\s*", re.IGNORECASE)
_WHOLE_TONES = {"67", "77", "100", "123"}  # of the EIA/TIA-603 list; “156” is half of 156.7, and refused
_TONE_HINT = "Write 156.7 (CTCSS), D023N or D023I (DCS), $293 (NAC), CSQ for none, or unknown."


def parse_tone(text: str) -> Tone:
    """'156.7', 'D023N', 'D023I', '$293', 'CSQ', 'unknown', or '156.7 / $293' on a mixed channel."""
    typed = text.strip()
    if typed.casefold() in {"", UNKNOWN, "?"}:
        return UNKNOWN_TONE
    if typed.casefold() == "csq":
        return CSQ
    parts = _BOTH.split(typed)
    if len(parts) == 2:
        analog, digital = _parse_code(parts[0], typed), _parse_code(parts[1], typed)
        if analog.nac is None and digital.nac is not None and not analog.is_csq:
            return Tone(
                ctcss_dhz=analog.ctcss_dhz, dcs=analog.dcs, is_dcs_inverted=analog.is_dcs_inverted, nac=digital.nac
            )
    if len(parts) != 1:
        raise InputError(f"“{typed}” is not a tone.", hint="A mixed channel is written 156.7 / $293.")
    return _parse_code(typed, typed)


def _parse_code(text: str, typed: str) -> Tone:
    if found := _CTCSS.fullmatch(text):
        dhz = int(found[1]) * 10 + int(found[2] or 0)
        if 600 <= dhz <= 2600 and (found[2] or found[1] in _WHOLE_TONES):  # the list lies within 67.0 to 254.1 Hz
            return Tone(ctcss_dhz=dhz)
    elif found := _DCS.fullmatch(text):
        return Tone(dcs=int(found[1]), is_dcs_inverted=found[2].upper() == "I")
    elif found := _NAC.fullmatch(text):
        return Tone(nac=int(found[1] or found[2], 16))
    raise InputError(f"“{typed}” is not a tone.", hint=_TONE_HINT)


def tone(value: Tone) -> str:
    """The one spelling of a tone; `parse_tone` reads it back."""
    if not value.is_known:
        return UNKNOWN
    parts = []
    if value.ctcss_dhz is not None:
        parts.append(f"{value.ctcss_dhz // 10}.{value.ctcss_dhz % 10}")
    if value.dcs is not None:
        parts.append(f"D{value.dcs:03d}{'I' if value.is_dcs_inverted else 'N'}")
    if value.nac is not None:
        parts.append(f"${value.nac:03X}")
    return " / ".join(parts) or "CSQ"


# ── modes ────────────────────────────────────────────────────────────────────

_MODES = {"a": Mode.ANALOG, "analog": Mode.ANALOG, "d": Mode.DIGITAL, "digital": Mode.DIGITAL}
_MODES |= {"m": Mode.MIXED, "mixed": Mode.MIXED, "": Mode.UNKNOWN, UNKNOWN: Mode.UNKNOWN, "?": Mode.UNKNOWN}


def parse_mode(text: str) -> Mode:
    """'A', 'D' or 'M' as in the Mode column of the 205."""
    try:
        return _MODES[text.strip().casefold()]
    except KeyError:
        raise InputError(
            f"“{text.strip()}” is not a mode.", hint="Write A (analog), D (digital), M (mixed) or unknown."
        ) from None


def parse_number(text: str, what: str, *, highest: int) -> int | None:
    """A whole number from 0 to `highest`; '' is not known. `what` names it in the refusal."""
    typed = text.strip()
    if not typed or typed.casefold() in {UNKNOWN, "?"}:
        return None
    if re.fullmatch(r"\d{1,9}", typed) and int(typed) <= highest:
        return int(typed)
    raise InputError(f"“{typed}” is not a {what}.", hint=f"Write a whole number from 0 to {highest}.")


# ── what a form says of a channel ────────────────────────────────────────────


def mhz_and_width(hz: int | None, channel: Channel) -> str:
    """'155.7525 N' as in the RX and TX columns of a 205; '?' for a width that is not known."""
    if hz is None:
        return UNKNOWN
    return f"{mhz(hz)} {channel.width_letter or '?'}"


def rx_text(channel: Channel) -> str:
    """The RX column of a conventional channel."""
    return "TX only" if channel.direction is Direction.TRANSMIT_ONLY else mhz_and_width(channel.rx_hz, channel)


def tx_text(channel: Channel) -> str:
    """The TX column of a conventional channel."""
    return "RX only" if channel.direction is Direction.RECEIVE_ONLY else mhz_and_width(channel.tx_hz, channel)


def rx_tone_text(channel: Channel) -> str:
    """The RX tone column of a conventional channel; nothing where it does not receive."""
    return "" if channel.direction is Direction.TRANSMIT_ONLY else tone(channel.rx_tone)


def tx_tone_text(channel: Channel) -> str:
    """The TX tone column of a conventional channel; nothing where it does not transmit."""
    return "" if channel.direction is Direction.RECEIVE_ONLY else tone(channel.tx_tone)


KIND_WORDS = {
    Kind.CONVENTIONAL: "Conventional",
    Kind.TALKGROUP: "Talkgroup",
    Kind.DATA: "Data",
    Kind.VIDEO: "Video",
    Kind.SATELLITE: "Satellite",
    Kind.BROADBAND: "Broadband",
    Kind.TELEPHONE: "Telephone",
}


def mode_text(channel: Channel) -> str:
    """A, D or M; with AM said, as a radio must be told; the kind's own word for what is not a radio channel."""
    if channel.kind not in (Kind.CONVENTIONAL, Kind.TALKGROUP):
        return KIND_WORDS[channel.kind]
    if channel.mode is Mode.ANALOG and channel.modulation == "AM":
        return "A (AM)"
    return channel.mode.value


def across_text(channel: Channel) -> str:
    """What a resource without frequencies of its own shows across the RX and TX columns: system, id, number.

    The ICS 205 instructions let the system's name run across them for a trunked talkgroup.
    """
    parts = [channel.system]
    if channel.kind is Kind.TALKGROUP:
        parts.append(f"TG {UNKNOWN if channel.talkgroup_id is None else channel.talkgroup_id}")
    parts.append(channel.address)
    return " · ".join(part for part in parts if part)


# ── times ────────────────────────────────────────────────────────────────────

_DATE_FIRST = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ]+(?P<time>\S.*))?"
    r"|(?P<month2>\d{1,2})/(?P<day2>\d{1,2})/(?P<year2>\d{4})(?:[ ]+(?P<time2>\S.*))?"
)
_CLOCK = re.compile(r"(\d{2}):?(\d{2})(?::(\d{2}))?(?:\.0+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_TIME_HINT = "Write 2026-11-22 06:00 or 11/22/2026 0600, in the incident's local time, with a 24-hour clock."


@cache
def time_zone(name: str) -> ZoneInfo:
    """The zone of an IANA name such as America/New_York."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InputError(
            f"“{name}” is not a time zone.", hint="Write its IANA name, as in America/New_York or UTC."
        ) from None


def parse_time(text: str, zone_name: str) -> datetime:
    """A date and a 24-hour time in local time of the zone (or with an offset, or Z) to an aware UTC time."""
    typed = text.strip()
    date, clock = _DATE_FIRST.fullmatch(typed), None
    if date is not None:
        clock = _CLOCK.fullmatch((date["time"] or date["time2"] or "").strip())
    if date is None or clock is None:
        raise InputError(f"“{typed}” is not a date and time.", hint=_TIME_HINT)
    year, month, day = (int(date[part] or date[f"{part}2"]) for part in ("year", "month", "day"))
    try:
        local = datetime(year, month, day, int(clock[1]), int(clock[2]), int(clock[3] or 0))
        if offset := clock[4]:
            offset = "+00:00" if offset.upper() in {"Z", "UTC"} else offset
            return datetime.fromisoformat(f"{local.isoformat()}{offset}").astimezone(UTC)
        return _from_local(local, zone_name, typed)
    except (ValueError, OverflowError):  # 30 February, an offset of 99 hours, the ends of the years 1 and 9999
        raise InputError(f"“{typed}” is not a date and time that exists.", hint=_TIME_HINT) from None


def _from_local(local: datetime, zone_name: str, typed: str) -> datetime:
    """A clock that goes forward or back has an hour that does not exist, or exists twice: refused, not guessed."""
    zone = time_zone(zone_name)
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise InputError(f"“{typed}” does not exist in {zone_name}: the clock goes forward there.", hint=_TIME_HINT)
    if first.utcoffset() != second.utcoffset():
        raise InputError(
            f"“{typed}” happens twice in {zone_name}: the clock goes back there.",
            hint=f"Add the offset, as in {local:%Y-%m-%d %H:%M}{first:%z} or {local:%Y-%m-%d %H:%M}{second:%z}.",
        )
    return first.astimezone(UTC)


def local_date(at: datetime | None, zone_name: str) -> str:
    """'11/22/2026', as ICS forms write it; '' when not known."""
    return "" if at is None else at.astimezone(time_zone(zone_name)).strftime("%m/%d/%Y")


def local_time(at: datetime | None, zone_name: str) -> str:
    """'0600', 24-hour clock; '' when not known."""
    return "" if at is None else at.astimezone(time_zone(zone_name)).strftime("%H%M")


def local_text(at: datetime | None, zone_name: str) -> str:
    """'2026-11-22 06:00' in local time: what `parse_time` reads back to the minute; '' when not known."""
    if at is None:
        return ""
    local = at.astimezone(time_zone(zone_name))
    happens_twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return local.strftime("%Y-%m-%d %H:%M%z" if happens_twice else "%Y-%m-%d %H:%M")


def short_span(start: datetime | None, end: datetime | None, zone_name: str) -> str:
    """'22 Nov 06:00 – 18:00', for a header; what is not known says so."""
    if start is None and end is None:
        return "times not set"
    zone = time_zone(zone_name)
    first = start.astimezone(zone).strftime("%d %b %H:%M") if start else UNKNOWN
    if end is None:
        return f"{first} – {UNKNOWN}"
    last = end.astimezone(zone)
    same_day = start is not None and start.astimezone(zone).date() == last.date()
    return f"{first} – {last.strftime('%H:%M' if same_day else '%d %b %H:%M')}"


def iso(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with Z, for JSON and the unit file."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """What `iso` wrote."""
    return datetime.fromisoformat(text)
