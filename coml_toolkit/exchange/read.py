"""The door for files that come in: what kind a file is, and its preview. Nothing is stored here."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from . import adms, anytone, channel_table, chirp, headings, icom, opengd77, own, rt_systems
from .preview import Import, Mapping
from .sheet import Sheet, content_of, sheets_of

KINDS = {
    "217a": "a channel list of any layout: 217A, frequency list, repeater list",
    "plan": "a table with the 205's columns",
    "channels": "this program's own table of channels",
    "chirp": "CHIRP CSV",
    "rtsystems": "RT Systems CSV",
    "icom": "Icom CS memory CSV",
    "anytone": "AnyTone channel CSV",
    "opengd77": "OpenGD77 channel CSV",
    "adms": "Yaesu ADMS-13 CSV",
}

# Programs' own files: the columns that only they have, and who reads them.
_PROGRAMS: tuple[tuple[str, tuple[str, ...], Callable[[Sheet, str], Import]], ...] = (
    ("chirp", chirp.NEEDED, chirp.read),
    ("rtsystems", rt_systems.NEEDED, rt_systems.read),
    ("anytone", anytone.NEEDED, anytone.read),
    ("opengd77", opengd77.NEEDED, opengd77.read),
    ("icom", icom.NEEDED, icom.read),
    ("adms", (), adms.read),
)


class Guess(NamedTuple):
    """What kind of file it is, and how that was seen, to be said aloud."""

    kind: str
    words: str


def guess_kind(path: Path) -> Guess:
    """What a file seems to be, by its content; InputError when it is nothing that can be imported."""
    return _guess(sheets_of(content_of(path), path.name), path.name)


def read(path: Path, *, kind: str = "", mappings: Sequence[Mapping] = (), wide_hz: int | None = None) -> Import:
    """The preview of a file.

    `kind` is one of KINDS, guessed from the content without it. `mappings` are column mappings the user has made
    before: the one that fits a table decides about it. `wide_hz` is what a bare W in a channel list stands for.
    """
    return read_bytes(content_of(path), path.name, kind=kind, mappings=mappings, wide_hz=wide_hz)


def read_bytes(
    raw: bytes, name: str, *, kind: str = "", mappings: Sequence[Mapping] = (), wide_hz: int | None = None
) -> Import:
    """The same for a file that is in memory."""
    if kind and kind not in KINDS:
        raise InputError(f"“{kind}” is not a kind of channel file.", hint=f"The kinds are {', '.join(KINDS)}.")
    sheets = sheets_of(raw, name)
    guessed = kind or _guess(sheets, name, is_mapped=bool(mappings)).kind
    for program, needed, reader in _PROGRAMS:
        if guessed == program:
            if needed and not _has(sheets[0], needed):
                missing = ", ".join(column for column in needed if not _has(sheets[0], (column,)))
                raise InputError(f"{name} is not {KINDS[program]}: it has no column {missing}.")
            return reader(sheets[0], name)
    if guessed in {"channels", "plan"} and own.kind_of(_heads(sheets[0])) == guessed:
        return own.read(sheets[0], name, is_guarded=raw[:4] != b"PK\3\4")
    if guessed == "channels":
        raise InputError(f"{name} is not this program's own table of channels.", hint="Import it as 217a.")
    return channel_table.read(sheets, name, mappings=mappings, kind=kind, wide_hz=wide_hz)


def _guess(sheets: Sequence[Sheet], name: str, *, is_mapped: bool = False) -> Guess:
    first = sheets[0]
    if kind := own.kind_of(_heads(first)):
        return Guess(kind, f"{name} is this program's own table of {'a plan' if kind == 'plan' else kind}.")
    for program, needed, _ in _PROGRAMS:
        if (needed and _has(first, needed)) or (program == "adms" and adms.is_adms(first)):
            return Guess(program, f"{name} is {KINDS[program]}, by its columns.")
    for sheet in sheets:
        if found := headings.find(sheet):
            if channel_table.is_plan(found.mapping):
                return Guess("plan", f"{name} is a radio plan, by its columns for function or assignment.")
            return Guess("217a", f"{name} is a channel list, by its headings.")
    if is_mapped:
        return Guess("217a", f"{name} is a channel list, as its columns were chosen.")
    notes = [note for sheet in sheets for note in sheet.notes]
    raise InputError(
        f"{name}: no headings of a channel list were found.{' ' + notes[0] if notes else ''}",
        hint="It needs a row of headings such as Channel Name, RX Freq, RX Tone, TX Freq, TX Tone, Mode.",
    )


def _heads(sheet: Sheet) -> Sequence[str]:
    return next((row for row in sheet.rows if not row[0].startswith("#")), ())


def _has(sheet: Sheet, columns: Sequence[str]) -> bool:
    return {head.strip() for head in _heads(sheet)} >= set(columns)
