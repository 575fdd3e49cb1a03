"""CSV and its kin as spreadsheets and radio programs write them: any common encoding, any common separator."""

import csv
import io
import re

from ..errors import InputError
from .sheet import Sheet, build

_SEPARATORS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r"\s*sep=(.)\s*\r?\n", re.IGNORECASE)  # how Excel says it, in a first line of its own


def sheet(raw: bytes, name: str) -> Sheet:
    """The rows of a text file, numbered as a spreadsheet counts them."""
    text, notes = decode(raw, name)
    if said := _SEP_LINE.match(text):
        separator, first, text = said[1], 2, text[said.end() :]
    else:
        separator, first = _separator(text), 1
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise InputError(f"{name} is not a table of text ({error}).", hint="Save it as CSV.") from None
    return build(name, enumerate(rows, first), notes=notes, has_decimal_commas=separator == ";")


def decode(raw: bytes, name: str) -> tuple[str, list[str]]:
    """The text, and what had to be assumed to read it."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), []
        except UnicodeDecodeError:
            raise _not_text(name) from None
    if b"\0" in raw:
        return _utf16(raw, name), [f"{name} was read as UTF-16, though it does not say so."]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        raise _not_text(name) from None
    return text, [f"{name} is not UTF-8 text: its accents and signs were read as Windows-1252."]


def _utf16(raw: bytes, name: str) -> str:
    """UTF-16 without a mark: every second byte of Latin text is zero."""
    for encoding, zeros in (("utf-16-le", raw[1::2]), ("utf-16-be", raw[0::2])):
        if zeros.count(0) > 0.6 * len(zeros):
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
    raise _not_text(name)


def _not_text(name: str) -> InputError:
    return InputError(f"{name} is not a table: it is neither text, nor XLSX, DOCX or PDF.", hint="Save it as CSV.")


def _separator(text: str) -> str:
    """The one that cuts the most rows into the same, large number of cells; csv.Sniffer is fooled by remarks."""
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        try:
            counts = [len(row) for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)]
        except csv.Error:
            continue
        counts = [count for count in counts if count > 1]
        if not counts:
            continue
        usual = max(set(counts), key=counts.count)
        score = counts.count(usual) * min(usual, 40)
        if score > best_score:
            best, best_score = separator, score
    return best
