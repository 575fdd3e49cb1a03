"""A page of blank official paper: read from its data, drawn on a canvas.

resources/forms/README.md explains the data. Points from the top left corner, as on the paper.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import resources
from coml_toolkit.errors import FormError

from .typeset import BOLD, REGULAR, typeface

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LETTER = {"portrait": (612.0, 792.0), "landscape": (792.0, 612.0)}
DRAWING_ORDER = "FHVUBTPRS"  # bars below rules below boxes below words
WRITING_LINE = 0.7
SLANT = 0.21  # of an italic: to the right for each unit up


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle; of red, green and blue, 0 is none and 1 is all."""

    left: float
    top: float
    right: float
    bottom: float
    colour: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along the middle of what is printed."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float


@dataclass(frozen=True, slots=True)
class Box:
    """A check box around its middle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words from (x, baseline) on; each run is a text and whether it is bold. Turned words read upwards."""

    x: float
    y: float
    size: float
    runs: tuple[tuple[str, bool], ...]
    is_turned: bool = False
    is_slanted: bool = False


Mark = Bar | Rule | Box | Words


@dataclass(frozen=True, slots=True)
class Face:
    """One page of blank paper."""

    width: float
    height: float
    marks: tuple[Mark, ...]  # in the order they are drawn


def box_at(face: Face, point: tuple[float, float]) -> Box:
    """The check box that a point lies in."""
    x, y = point
    for mark in face.marks:
        if isinstance(mark, Box) and abs(mark.x - x) < mark.width / 2 and abs(mark.y - y) < mark.height / 2:
            return mark
    raise ValueError(f"no check box at {point}")


# ── reading ──────────────────────────────────────────────────────────────────

_N = r"(\d*\.?\d+)"
_LINES = {
    "F": re.compile(rf"F {_N} {_N} {_N} {_N} (?:{_N}|#([0-9A-F]{{6}}))"),
    "H": re.compile(rf"H {_N} {_N}-{_N}: (.+)"),
    "V": re.compile(rf"V {_N} {_N}-{_N}: (.+)"),
    "U": re.compile(rf"U {_N}: (.+)"),
    "B": re.compile(rf"B {_N}x{_N}: (.+)"),
    "T": re.compile(rf"T{_N}? {_N}: (.+)"),
    "P": re.compile(rf"P{_N}? {_N} {_N}\+{_N}: (.+)"),
    "R": re.compile(rf"R{_N}?: (.+)"),
    "S": re.compile(rf"S{_N}? {_N}: (.+)"),
}
_STEPS = re.compile(rf"{_N}(?:\+{_N}x(\d+))?")
_PAGE = re.compile(r"\S+ p\d+ (portrait|landscape)")


@cache
def load(name: str) -> Face:
    """The face of that name among the resources."""
    file = f"{name}.txt"
    try:
        return parse(resources.path("forms", file).read_text(encoding="utf-8"), file)
    except FileNotFoundError:
        raise FormError(
            f"The form page {file} is missing from the program.", hint="Install the program again."
        ) from None


def parse(text: str, file: str) -> Face:
    """A face from its data; `file` names it when a line cannot be read."""
    size: tuple[float, float] | None = None
    marks: list[tuple[str, Mark]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if size is None:
                size = LETTER[_found(_PAGE, line)[1]]
            else:
                marks += [(line[0], mark) for mark in _marks(line)]
        except (ValueError, KeyError):
            raise FormError(
                f"Line {number} of the form page {file} cannot be read: {line}", hint="Install the program again."
            ) from None
    if size is None:
        raise FormError(f"The form page {file} is empty.", hint="Install the program again.")
    marks.sort(key=lambda each: DRAWING_ORDER.index(each[0]))
    return Face(*size, tuple(mark for _, mark in marks))


def _marks(line: str) -> Iterator[Mark]:
    """What one line draws."""
    found = _found(_LINES[line[0]], line).groups(default="10")  # only the type size may be left out
    match line[0]:
        case "F":
            left, top, right, bottom = map(float, found[:4])
            yield Bar(left, top, right, bottom, _colour(*_found(_LINES["F"], line).groups()[4:]))
        case "H":
            weight, x0, x1 = map(float, found[:3])
            yield from (Rule(x0, y, x1, y, weight) for y in _list(found[3]))
        case "V":
            weight, y0, y1 = map(float, found[:3])
            yield from (Rule(x, y0, x, y1, weight) for x in _list(found[3]))
        case "U":
            y = float(found[0])
            for span in found[1].split():
                x0, x1 = map(float, span.split("-"))
                yield Rule(x0, y, x1, y, WRITING_LINE)
        case "B":
            width, height = map(float, found[:2])
            for middle in found[2].split():
                x, y = map(float, middle.split(","))
                yield Box(x, y, width, height)
        case "T" | "S":
            size, y = map(float, found[:2])
            for place, words in _pieces(found[2]):
                yield Words(float(place), y, size, _runs(words), is_slanted=line[0] == "S")
        case "P":
            size, x, y, lead = map(float, found[:4])
            for number, words in enumerate(found[4].split(" | ")):
                yield Words(x, y + number * lead, size, _runs(words))
        case "R":
            size = float(found[0])
            for place, words in _pieces(found[1]):
                x, y = map(float, place.split(","))
                yield Words(x, y, size, _runs(words), is_turned=True)


def _colour(grey: str | None, rgb: str | None) -> tuple[float, float, float]:
    """'0.753' or 'FFC000' as red, green and blue."""
    if rgb is None:
        level = float(grey or 0)
        return level, level, level
    red, green, blue = bytes.fromhex(rgb)
    return red / 255, green / 255, blue / 255


def _found(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """The whole text as the pattern has it, or ValueError."""
    if (found := pattern.fullmatch(text)) is None:
        raise ValueError
    return found


def _list(text: str) -> Iterator[float]:
    """'55.8 187.9+33x6' to 55.8 187.9 220.9 … 385.9."""
    for item in text.split():
        first, step, steps = _found(_STEPS, item).groups(default="0")
        yield from (float(first) + float(step) * number for number in range(int(steps) + 1))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """'41.5 Zone | 72.8 Ch' to a place and its words, one after the other."""
    for piece in text.split(" | "):
        place, _, words = piece.partition(" ")
        if not words:
            raise ValueError
        yield place, words


def _runs(text: str) -> tuple[tuple[str, bool], ...]:
    """'**6. Prepared by** (Name)' to runs of bold and regular."""
    parts = text.split("**")
    if len(parts) % 2 == 0:  # a bold run that never ends
        raise ValueError
    return tuple((part, number % 2 == 1) for number, part in enumerate(parts) if part)


# ── drawing ──────────────────────────────────────────────────────────────────


def draw(canvas: "Canvas", face: Face) -> None:
    """Everything printed on the blank page, all black, rules with butt ends."""
    canvas.setStrokeGray(0)
    canvas.setLineCap(0)
    for mark in face.marks:
        match mark:
            case Bar(left, top, right, bottom, colour):
                canvas.setFillColorRGB(*colour)
                canvas.rect(left, face.height - bottom, right - left, bottom - top, stroke=0, fill=1)
            case Rule(x0, y0, x1, y1, weight):
                canvas.setLineWidth(weight)
                canvas.line(x0, face.height - y0, x1, face.height - y1)
            case Box(x, y, width, height):
                canvas.setFillGray(1)
                canvas.setLineWidth(1)
                canvas.rect(x - width / 2, face.height - y - height / 2, width, height, stroke=1, fill=1)
            case Words():
                canvas.setFillGray(0)
                _write(canvas, mark, face.height)


def _write(canvas: "Canvas", words: Words, page_height: float) -> None:
    canvas.saveState()
    canvas.translate(words.x, page_height - words.y)
    if words.is_turned:
        canvas.rotate(90)
    text = canvas.beginText(0, 0)
    if words.is_slanted:
        text.setTextTransform(1, 0, SLANT, 1, 0, 0)
    for run, is_bold in words.runs:
        text.setFont(typeface(BOLD if is_bold else REGULAR), words.size)
        text.textOut(run)
    canvas.drawText(text)
    canvas.restoreState()
