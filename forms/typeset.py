"""Type: the typeface of the forms, and how a text is set in a box.

A text that is too wide for its box first takes more lines, then smaller type; a word that no type size can hold is
broken; and what still does not fit is handed back as the rest, for the caller to continue elsewhere. Nothing is cut.
"""

import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache

import resources
from coml_toolkit.errors import FormError

REGULAR = "LiberationSans-Regular"  # as wide as Arial, letter for letter
BOLD = "LiberationSans-Bold"

ASCENT, DESCENT = 0.905, 0.212  # of Liberation Sans, for type of size 1
LEADING = 1.12  # from baseline to baseline
STEP = 0.5  # by which type shrinks

_LOOK_ALIKES = {"\u2011": "-"}  # what word processors insert and the typeface lacks
_BREAK_AFTER = re.compile(r"[/\-_.,:;@&=+](?=.)")  # where a word that must be broken is broken best


@cache
def _widths(name: str) -> dict[int, float]:
    """The width of each character the typeface has, for type of size 1000. Makes the typeface known to reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    file = resources.path("fonts", f"{name}.ttf")
    hint = "Install the program again."
    if not file.exists():
        raise FormError(f"The font {file.name} is missing from the program.", hint=hint)
    try:
        font = TTFont(name, str(file))
    except (TTFError, struct.error):
        raise FormError(f"The font {file.name} is damaged.", hint=hint) from None
    pdfmetrics.registerFont(font)
    return {code: float(width) for code, width in font.face.charWidths.items()}


def typeface(name: str) -> str:
    """The name of a typeface, ready to be used on a canvas."""
    _widths(name)
    return name


def width(text: str, size: float, name: str = REGULAR) -> float:
    """How wide a printable text is."""
    widths = _widths(name)
    return sum(widths[ord(character)] for character in text) * size / 1000


def printable(text: str, lacking: set[str]) -> str:
    """The text in characters the typeface has. One it lacks becomes its code, as [U+706B], and joins `lacking`.

    Newlines stay; other white space becomes a space; characters that are invisible by nature go.
    """
    has = _widths(REGULAR)
    shown = []
    for character in unicodedata.normalize("NFC", "\n".join(text.splitlines())):
        character = _LOOK_ALIKES.get(character, character)
        kind = unicodedata.category(character)
        if character == "\n":
            shown.append(character)
        elif character.isspace():
            shown.append(" ")
        elif kind != "Cf":
            if kind == "Cc" or ord(character) not in has:
                lacking.add(character)
                character = f"[U+{ord(character):04X}]"
            shown.append(character)
    return "".join(shown).strip()


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set in a box: its lines, all of one type size, and what found no room."""

    size: float
    lines: tuple[str, ...]
    rest: str = ""

    @property
    def height(self) -> float:
        """Of the lines together."""
        return len(self.lines) * self.size * LEADING


def fit(
    text: str,
    room: tuple[float, float],
    *,
    size: float,
    floor: float,
    is_one_line: bool = False,
    name: str = REGULAR,
) -> Setting:
    """Set a printable text in a room (width, height), in type from `size` down to `floor`.

    One-line text (a frequency) shrinks before it takes a second line, other text takes more lines before it shrinks.
    """
    wide, high = room[0], max(room[1], floor * LEADING)
    size = min(size, max(floor, high / LEADING))
    if is_one_line and "\n" not in text:
        natural = width(text, 1, name)
        if natural * floor <= wide:
            return Setting(min(size, int(wide / natural * 10) / 10) if natural else size, (text,))
    steps = [*(size - STEP * number for number in range(int((size - floor) / STEP) + 1)), floor]
    for may_break in (False, True):
        for points in steps:
            setting = _set(text, wide, high, points, name, may_break=may_break)
            if setting is not None and not setting.rest:
                return setting
    rest = _set(text, wide, high, floor, name, may_break=True)
    assert rest is not None  # only a word that may not be broken is refused
    return rest


def _set(text: str, wide: float, high: float, size: float, name: str, *, may_break: bool) -> Setting | None:
    """As many lines as there is room for; None if a word is too wide and may not be broken."""
    most = int(high / (size * LEADING) + 1e-6)
    lines: list[str] = []
    while text and len(lines) < most:
        line, text, is_broken = _first_line(text, wide / size * 1000, name)
        if is_broken and not may_break:
            return None
        lines.append(line.rstrip(" "))
    return Setting(size, tuple(lines), text)


def _first_line(text: str, limit: float, name: str) -> tuple[str, str, bool]:
    """What fits on one line, what is left, and whether a word had to be broken for it."""
    widths = _widths(name)
    text = text.lstrip(" ")
    used, end = 0.0, 0
    for place, character in enumerate(text):
        if character == "\n":
            return text[:place], text[place + 1 :], False
        if character == " ":
            end = place  # the line may end before this space
        elif place > 1 and text[place - 1] == "/" and text[place - 2].isalpha() and character.isalpha():
            end = place  # or after the stroke of Law/Fire
        used += widths[ord(character)]
        if used > limit and character != " ":
            if end:
                return text[:end], text[end:].lstrip(" "), False
            cut = max(1, place)
            better = [found.end() for found in _BREAK_AFTER.finditer(text[:cut])]
            if better and better[-1] > cut // 2:
                cut = better[-1]
            return text[:cut], text[cut:], True
    return text, "", False
