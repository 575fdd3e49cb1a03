"""FORMATS, the list of what a plan and channels can be written as. A newcomer is tested by being in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import InputError
from ..model.channel import Channel
from ..model.plan import Line
from . import adms, anytone, chirp, icom, opengd77, own, qdmr, rt_systems
from .written import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write channels, or a plan's lines."""

    name: str  # the word after --as
    title: str
    suffix: str
    write: Callable[[Sequence[Channel | Line], Mapping[str, str]], Written]
    is_own: bool = False  # it holds everything; the others hold what a radio is told
    holds_remarks: bool = False


FORMATS = (
    Format(name="csv", title="CSV, everything", suffix=".csv", write=own.write_csv, is_own=True, holds_remarks=True),
    Format(
        name="xlsx", title="Excel, everything", suffix=".xlsx", write=own.write_xlsx, is_own=True, holds_remarks=True
    ),
    Format(name="chirp", title="CHIRP CSV", suffix=".csv", write=chirp.write, holds_remarks=True),
    Format(name="anytone", title="AnyTone 878 channel CSV", suffix=".csv", write=anytone.write),
    Format(name="opengd77", title="OpenGD77 channel CSV", suffix=".csv", write=opengd77.write),
    Format(name="rtsystems", title="RT Systems CSV (FT-60)", suffix=".csv", write=rt_systems.write, holds_remarks=True),
    Format(name="icom", title="Icom CS-5100 memory CSV", suffix=".csv", write=icom.write),
    Format(name="adms", title="Yaesu ADMS-13 CSV (FTM-6000)", suffix=".csv", write=adms.write),
    Format(name="qdmr", title="qdmr codeplug YAML", suffix=".yaml", write=qdmr.write),
)


def find(name: str) -> Format:
    """The format of that name."""
    for one in FORMATS:
        if one.name == name.strip().casefold():
            return one
    names = ", ".join(one.name for one in FORMATS)
    raise InputError(f"“{name}” is not a format to export to.", hint=f"The formats are {names}.")


def for_suffix(suffix: str) -> Format:
    """The format that a file's name asks for when nothing else does: .csv is our CSV."""
    for one in FORMATS:
        if one.suffix == suffix.casefold():
            return one
    raise InputError(f"“{suffix}” does not say which format is meant.", hint="Say it with --as.")


def write(name: str, what: Sequence[Channel | Line], aliases: Mapping[str, str] | None = None) -> Written:
    """Channels, or a plan's lines, in a format; `aliases` are names for radios, by a channel's id or name."""
    return find(name).write(what, aliases or {})
