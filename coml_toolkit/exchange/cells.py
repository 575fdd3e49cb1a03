"""One cell of somebody's channel list, in the many ways they are written; what it does not say is assumed aloud.

Each function raises InputError for what it does not understand. None of them rounds.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from .. import units
from ..errors import InputError
from ..library import band
from ..model.channel import CSQ, NARROW_HZ, UNKNOWN_TONE, Mode, Tone

_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"))
_MARKS = re.compile(r"\s*[*†‡§¶¹²³⁴]+$")  # marks of a footnote
_SAYS_NOTHING = frozenset(("n/a", "na", "-", "--", "---", "?", "tbd", "tba", "unknown", "unk"))


def clean(text: str) -> str:
    """A cell's text with ordinary blanks and dashes."""
    return _BLANKS.sub(" ", text.translate(_DASHES)).strip()


def unmarked(text: str) -> tuple[str, str]:
    """The text without the marks of a footnote, and what to say of them."""
    bare = _MARKS.sub("", text)
    return bare, (f"“{text}” bears a footnote mark: see the notes of the list." if bare != text else "")


# ── frequencies ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """What a frequency cell says."""

    hz: int
    width: str = ""  # "N", "W" or a width in kHz, if one stands behind it


_UNITS = {"mhz": 1_000_000, "khz": 1_000, "hz": 1}
_FREQUENCY = re.compile(
    r"(?P<number>\d{1,9}(?:\.\d{1,12})?)\s*(?P<unit>MHz|kHz|Hz)?"
    r"(?:[\s/,]*\(?(?P<width>N|W|NB|WB|Narrow|Wide|(?<=[\s/,(])\d{1,2}(?:\.\d{1,2})?\s*kHz)\)?)?",
    re.IGNORECASE | re.ASCII,
)
_COMMA = re.compile(r"(?<=\d),(?=\d)")


def frequency(text: str, *, unit: str = "", has_decimal_commas: bool = False) -> Frequency:
    """'155.7525', '155.7525 N', '155.7525 MHz', '5330.5 kHz', '154.4525W'; `unit` is for numbers without one.

    A number without any unit is megahertz, as on the 217A, and is refused if that lies in no band of the field.
    """
    typed = clean(text)
    found = _FREQUENCY.fullmatch(_COMMA.sub(".", typed) if has_decimal_commas else typed)
    if found is None:
        units.parse_mhz(typed)  # refuses, and says what was probably meant
        raise InputError(f"“{typed}” is not a frequency.")
    said = found["unit"] or unit
    hz = hertz(found["number"], said or "MHz")
    if not said and not band(hz):
        raise InputError(
            f"“{typed}” is no frequency of the field in MHz.",
            hint="Write the unit behind it, or say the unit of the column.",
        )
    return Frequency(hz=hz, width=found["width"] or "")


def hertz(number: str, unit: str) -> int:
    """'155.7525', 'MHz' to 155752500, exactly."""
    scaled = Decimal(number) * _UNITS[unit.casefold()]
    hz = int(scaled)
    if hz != scaled:
        raise InputError(f"“{number} {unit}” is finer than one hertz.", hint="Write at most six decimals of megahertz.")
    if not 0 < hz <= units.HIGHEST_MHZ * 1_000_000:
        raise InputError(f"“{number} {unit}” is not a frequency.", hint="Write megahertz, as in 155.7525.")
    return hz


def off_raster(hz: int) -> str:
    """Why a frequency is worth a second look, or "". Every channel of land mobile lies on a multiple of 1.25 kHz."""
    if hz % 1_250 and band(hz) not in {"", "HF", "VHF air", "UHF air"}:
        return f"{units.mhz(hz)} MHz is on no channel raster."
    return ""


_OFFSET = re.compile(r"(?P<sign>[+-])?\s*(?P<number>\d{1,6}(?:\.\d{1,6})?)\s*(?P<unit>MHz|kHz|M|K)?", re.IGNORECASE)


def offset(text: str, *, has_decimal_commas: bool = False) -> int | None:
    """'+600 kHz', '-5 MHz', '+0.6' to hertz with a sign (plus without one); None when it is no offset.

    Without a unit it must have a point, and is megahertz: nobody knows what +5 or +600 means.
    """
    typed = clean(text)
    found = _OFFSET.fullmatch(_COMMA.sub(".", typed) if has_decimal_commas else typed)
    if found is None:
        return None
    unit = {"m": "MHz", "k": "kHz"}.get((found["unit"] or "").casefold(), found["unit"] or "MHz")
    scaled = Decimal(found["number"]) * _UNITS[unit.casefold()]
    if not found["unit"] and "." not in found["number"] and scaled:
        raise InputError(f"“{typed}” does not say whether kHz or MHz.", hint="Write +600 kHz or +5 MHz.")
    if scaled != int(scaled):
        raise InputError(f"“{typed}” is finer than one hertz.")
    return -int(scaled) if found["sign"] == "-" else int(scaled)


_SAME = frozenset(("simplex", "same", "s", "smpx", "same as rx", "simp", "direct", "none (simplex)"))
_NO_TX = frozenset(
    ("rx only", "receive only", "rx", "rcv only", "monitor only", "monitor", "no tx", "none", "listen only")
)


def is_same(text: str) -> bool:
    """It says that the channel transmits where it receives."""
    return clean(text).casefold() in _SAME


def is_no_transmit(text: str) -> bool:
    """It says that nothing is transmitted."""
    return clean(text).casefold().rstrip(".") in _NO_TX


def says_nothing(text: str) -> bool:
    """N/A, TBD, a dash: neither a value nor empty."""
    return clean(text).casefold() in _SAYS_NOTHING


# ── widths ───────────────────────────────────────────────────────────────────

_NARROW = frozenset(("n", "nb", "narrow", "narrowband", "nfm", "fmn", "fm-n"))
_WIDE = frozenset(("w", "wb", "wide", "wideband"))
_KHZ = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)\s*(?:k|khz)?", re.IGNORECASE | re.ASCII)


def width(text: str, wide_hz: int | None) -> tuple[int | None, str]:
    """'N', 'W', '12.5', '20 kHz' to hertz, and what had to be assumed."""
    typed = clean(text)
    folded = typed.casefold()
    if not folded:
        return None, ""
    if folded in _NARROW:
        return NARROW_HZ, f"{typed} is {units.khz(NARROW_HZ)} kHz."
    if folded in _WIDE:
        if wide_hz is None:
            return None, f"{typed} can be 20 or 25 kHz: the bandwidth is left unknown."
        return wide_hz, f"{typed} is {units.khz(wide_hz)} kHz, as chosen."
    if (found := _KHZ.fullmatch(folded)) and 3 <= float(found[1]) <= 200:
        return hertz(found[1], "kHz"), ""
    raise InputError(f"“{typed}” is not a bandwidth.", hint="Write N, W or the width in kHz.")


# ── tones ────────────────────────────────────────────────────────────────────

_CTCSS = re.compile(
    r"(?:(?:T?PL|CTCSS|TONE|TSQL?)\s*:?\s*)?(\d{2,3}(?:\.\d{1,2})?)\s*(?:Hz)?\s*(?:PL|CTCSS)?", re.I | re.A
)
_DCS = re.compile(
    r"(?:(?:DPL|DCS|DTCS|CDCSS|DQT)\s*[:-]?\s*D?(?P<some>\d{1,3})|D\s*(?P<three>\d{3}))\s*(?P<side>N|I|R|NOR|INV)?",
    re.IGNORECASE | re.ASCII,
)
_DCS_AFTER = re.compile(r"(\d{3})\s*(?:(N|I)|(?:\s*(?:DPL|DCS|DTCS)\s*(N|I|R)?))", re.I | re.A)
_NAC = re.compile(
    r"(?:NAC\s*[:=]?\s*)?(?:\$|0x|x)\s*([0-9A-F]{1,3})|NAC\s*[:=]?\s*([0-9A-F]{1,3})|([0-9A-F]{3})h", re.I | re.A
)
_BARE_NAC = re.compile(r"[0-9A-F]{3}", re.IGNORECASE | re.ASCII)
_DMR = re.compile(r"(?:(?:CC|TS|TG|SLOT)\s*:?\s*\d+[\s/,;]*)+", re.IGNORECASE | re.ASCII)
_CSQ = frozenset(("csq", "cs", "csql", "carrier", "carrier squelch", "c/s"))
_NO_TONE = frozenset(("none", "off", "no", "no tone", "no pl", "open", "0", "0.0"))
_BOTH = re.compile(r"\s*(?:/|,|;|\bor\b|\n)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tones:
    """What a tone cell says."""

    tone: Tone
    assumed: tuple[str, ...] = ()
    dmr: str = ""  # a DMR colour code, slot or talkgroup, which is no tone


def tone(text: str, *, mode: Mode = Mode.UNKNOWN, heading: str = "", has_decimal_commas: bool = False) -> Tones:
    """'156.7', 'PL 156.7', 'D023N', 'DPL 023', '$293', 'NAC 293', 'CSQ', '156.7 / $293', 'CC1/TS1/TG99'.

    `mode` and `heading` decide what a bare number is: 293 is a NAC on a digital row or under a heading NAC only.
    """
    typed = clean(text)
    if has_decimal_commas:
        typed = _COMMA.sub(".", typed)
    folded = typed.casefold()
    if not folded:
        return Tones(tone=UNKNOWN_TONE)
    if folded in _SAYS_NOTHING:
        return Tones(tone=UNKNOWN_TONE, assumed=(f"“{typed}” says nothing of a tone: it is left unknown.",))
    if folded in _CSQ:
        return Tones(tone=CSQ)
    if folded in _NO_TONE:
        return Tones(tone=CSQ, assumed=(f"“{typed}” is taken as no tone: carrier squelch.",))
    if _DMR.fullmatch(typed):
        return Tones(tone=UNKNOWN_TONE, dmr=typed)
    parts = _BOTH.split(typed)
    if len(parts) == 2 and mode in (Mode.MIXED, Mode.UNKNOWN):
        analog = _code(parts[0], Mode.ANALOG, "", typed)
        digital = _code(parts[1], Mode.DIGITAL, "", typed)
        if analog.tone.nac is None and digital.tone.nac is not None:
            both = Tone(
                ctcss_dhz=analog.tone.ctcss_dhz, dcs=analog.tone.dcs, is_dcs_inverted=analog.tone.is_dcs_inverted,
                nac=digital.tone.nac,
            )  # fmt: skip
            return Tones(tone=both, assumed=analog.assumed + digital.assumed)
    return _code(typed, mode, heading, typed)


def _code(text: str, mode: Mode, heading: str, typed: str) -> Tones:
    if text.casefold() in _CSQ:
        return Tones(tone=CSQ)
    words = set(re.findall(r"[a-z]+", heading.casefold()))
    is_nac_only = "nac" in words and not words & {"tone", "pl", "ctcss", "dcs", "dpl", "cc"}
    is_dcs_only = bool(words & {"dcs", "dpl", "dtcs"}) and not words & {"tone", "pl", "ctcss", "nac"}
    if _BARE_NAC.fullmatch(text) and (is_nac_only or (mode is Mode.DIGITAL and not text.casefold().startswith("d"))):
        nac = int(text, 16)
        return Tones(tone=Tone(nac=nac), assumed=(f"{text} is taken as NAC ${nac:03X}, hexadecimal.",))
    if is_dcs_only and re.fullmatch(r"\d{1,3}", text, re.ASCII):
        return _dcs(text, "", typed)
    if found := _NAC.fullmatch(text):
        digits = found[1] or found[2] or found[3]
        if len(digits) < 3:
            raise InputError(f"“{typed}” is not a NAC of three hexadecimal digits.", hint="Write $293.")
        return Tones(tone=Tone(nac=int(digits, 16)))
    if found := _CTCSS.fullmatch(text):
        return Tones(tone=_ctcss(found[1], typed))
    if found := _DCS.fullmatch(text):
        return _dcs(found["some"] or found["three"], found["side"] or "", typed)
    if found := _DCS_AFTER.fullmatch(text):
        return _dcs(found[1], found[2] or found[3] or "", typed)
    return Tones(tone=units.parse_tone(typed))  # refuses what is not a tone, with a hint


def _ctcss(number: str, typed: str) -> Tone:
    whole, _, decimals = number.partition(".")
    if decimals[1:].strip("0"):
        raise InputError(f"“{typed}” is finer than a tenth of a hertz, so it is no tone.", hint="Write 156.7.")
    return units.parse_tone(f"{whole}.{decimals[0]}" if decimals else whole)


def _dcs(digits: str, polarity: str, typed: str) -> Tones:
    if set(digits) & {"8", "9"}:
        raise InputError(f"“{typed}” is not a DCS code: its digits are 0 to 7.", hint="Write D023N or D023I.")
    assumed = []
    if len(digits) < 3:
        assumed.append(f"“{typed}” is taken as D{int(digits):03d}: a spreadsheet drops leading zeros.")
    if not polarity:
        assumed.append(f"D{int(digits):03d} says no polarity: normal (N) is taken.")
    inverted = polarity.upper() in {"I", "R", "INV"}
    return Tones(tone=Tone(dcs=int(digits), is_dcs_inverted=inverted), assumed=tuple(assumed))


def ctcss(text: str, column: str = "") -> Tone:
    """'156.7', '156.7 Hz', '88.5Hz', '100' as a radio program's own column has them."""
    found = re.fullmatch(r"(\d{2,3})(?:\.(\d)0*)?\s*(?:Hz)?", text.strip(), re.IGNORECASE | re.ASCII)
    dhz = int(found[1]) * 10 + int(found[2] or 0) if found else 0
    if not 600 <= dhz <= 2600:
        raise InputError(f"{column}: “{text}” is not a CTCSS tone.", hint="Write 156.7.")
    return Tone(ctcss_dhz=dhz)


def dcs(text: str, column: str = "", *, is_inverted: bool = False) -> Tone:
    """'023', or '23' as a spreadsheet leaves it, as a radio program's own column has it."""
    if not re.fullmatch(r"[0-7]{1,3}", text.strip(), re.ASCII):
        raise InputError(f"{column}: “{text}” is not a DCS code.", hint="Write three digits from 0 to 7.")
    return Tone(dcs=int(text), is_dcs_inverted=is_inverted)


# ── modes ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeCell:
    """What a mode cell says."""

    mode: Mode
    modulation: str = ""
    is_narrow: bool = False  # NFM says a width too
    rest: str = ""  # what it says beyond that, to be kept in the remarks
    assumed: str = ""


_MODES: dict[str, tuple[Mode, str]] = {
    **dict.fromkeys(("a", "analog", "analogue", "conventional analog"), (Mode.ANALOG, "")),
    **dict.fromkeys(("fm", "nfm", "fmn", "fm-n", "wfm (25 khz)", "fm-w", "f3e", "analog fm"), (Mode.ANALOG, "FM")),
    "am": (Mode.ANALOG, "AM"),
    **{word: (Mode.ANALOG, word.upper()) for word in ("usb", "lsb", "ssb", "cw")},
    **dict.fromkeys(("d", "digital"), (Mode.DIGITAL, "")),
    **dict.fromkeys(("p25", "p", "project 25", "apco 25", "p-25", "p25 phase 1"), (Mode.DIGITAL, "P25")),
    "dmr": (Mode.DIGITAL, "DMR"),
    "nxdn": (Mode.DIGITAL, "NXDN"),
    **dict.fromkeys(("d-star", "dstar", "dv"), (Mode.DIGITAL, "D-STAR")),
    **dict.fromkeys(("c4fm", "ysf", "fusion", "system fusion", "dn"), (Mode.DIGITAL, "C4FM")),
    **dict.fromkeys(("m", "mixed", "mixed mode", "a/d", "a d", "d/a", "analog/digital"), (Mode.MIXED, "")),
}
_NARROW_MODES = frozenset(("nfm", "fmn", "fm-n"))


def mode(text: str) -> ModeCell:
    """'A', 'D', 'M', 'FM', 'P25' …; a letter of somebody's own is kept as a remark and leaves the mode unknown."""
    typed = clean(text)
    folded = typed.casefold()
    if not folded or folded in _SAYS_NOTHING:
        return ModeCell(mode=Mode.UNKNOWN)
    if folded in _MODES:
        known, modulation = _MODES[folded]
        return ModeCell(mode=known, modulation=modulation, is_narrow=folded in _NARROW_MODES)
    if re.fullmatch(r"m[a-z]", folded):
        said = f"“{typed}” begins with M: taken as mixed mode; the whole is kept in the remarks."
        return ModeCell(mode=Mode.MIXED, rest=f"Mode {typed}", assumed=said)
    said = f"“{typed}” is no mode of the 217A: the mode is left unknown, the word kept in the remarks."
    return ModeCell(mode=Mode.UNKNOWN, rest=f"Mode {typed}", assumed=said)


def is_fm_band(hz: int) -> bool:
    """Analog voice is FM there: everywhere but in the short-wave and aviation bands."""
    return band(hz) not in {"", "HF", "VHF air", "UHF air"}
