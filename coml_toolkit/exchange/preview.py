"""What an import shows before anything is accepted: each row with what was read, assumed, doubted and refused."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ..errors import ComlError, InputError
from ..library import to_dict
from ..model.channel import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a plan's row says besides the channel; the values of an `Assignment`."""

    zone: str = ""
    number: int | None = None
    function: str = ""
    assignment: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the file that tells of a channel: read, or refused with the reasons. Never both, never neither."""

    number: int  # as the program that wrote the file counts: a spreadsheet's row, a table's row
    sheet: str = ""  # "sheet VHF", "page 2, table 1"; "" when the file has but one table
    text: str = ""  # the row as it stands in the file
    channel: Channel | None = None
    use: Use | None = None  # only of a plan
    assumed: tuple[str, ...] = ()  # what was taken to be so though the file does not say it; each in words
    doubts: tuple[str, ...] = ()  # what was read as it stands, and should be looked at
    refused: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.channel is None) is not bool(self.refused):
            raise ValueError("a row is read or refused")

    @property
    def place(self) -> str:
        """'row 5', 'sheet VHF, row 5'."""
        return _place(self.sheet, self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A row that tells of no channel: a title, a heading, a section, a note."""

    number: int
    sheet: str = ""
    text: str
    why: str

    @property
    def place(self) -> str:
        """'row 5', 'sheet VHF, row 5'."""
        return _place(self.sheet, self.number)


def _place(sheet: str, number: int) -> str:
    return f"{sheet}, row {number}" if sheet else f"row {number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What each column of a table means, and what its W and its numbers stand for. Kept by the caller, as JSON.

    It fits the tables that have these headings, whatever file they come in. No headings: columns by their position.
    """

    headings: tuple[str, ...] = ()  # as they stand in the file, several rows of them joined
    fields: tuple[str, ...] = ()  # for each column a name of `headings.FIELDS`, or "" for not read
    wide_hz: int | None = None  # what a bare W stands for; None: not known, for it can be 20 or 25 kHz
    unit: str = ""  # "MHz", "kHz" or "Hz" for frequencies without one; "": megahertz, as the 217A has it

    def to_json(self) -> str:
        """For the caller to keep."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> "Mapping":
        """What `to_json` wrote."""
        try:
            kept = json.loads(text)
            return Mapping(
                headings=tuple(map(str, kept["headings"])),
                fields=tuple(map(str, kept["fields"])),
                wide_hz=None if kept["wide_hz"] is None else int(kept["wide_hz"]),
                unit=str(kept["unit"]),
            )
        except (ValueError, TypeError, KeyError) as error:
            raise InputError("The remembered column mapping is damaged.", hint="Choose the columns again.") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A file as it was understood. Accepting it means taking its `channels`, or some of its rows."""

    file: str
    kind: str  # a key of `read.KINDS`
    words: str  # what kind of file it is and how that was seen, to be said aloud
    rows: tuple[Row, ...] = ()
    passed: tuple[Passed, ...] = ()
    notes: tuple[str, ...] = ()  # about the file: hidden rows, pictures of pages, columns that were not read
    mappings: tuple[Mapping, ...] = ()  # of a table with headings: how they were understood, for the user to correct

    @property
    def channels(self) -> list[Channel]:
        """Every channel that was read, in the file's order."""
        return [row.channel for row in self.rows if row.channel is not None]

    @property
    def refused(self) -> list[Row]:
        """Every row that tells of a channel and could not be read."""
        return [row for row in self.rows if row.refused]

    def as_dict(self) -> dict[str, object]:
        """For `coml import --json`."""
        return {
            "file": self.file,
            "kind": self.kind,
            "words": self.words,
            "rows": [
                {
                    "row": row.number,
                    "sheet": row.sheet,
                    "place": row.place,
                    "text": row.text,
                    "channel": None if row.channel is None else to_dict(row.channel),
                    "use": None if row.use is None else asdict(row.use),
                    "assumed": list(row.assumed),
                    "doubts": list(row.doubts),
                    "refused": list(row.refused),
                }
                for row in self.rows
            ],
            "passed": [
                {"row": one.number, "sheet": one.sheet, "place": one.place, "text": one.text, "why": one.why}
                for one in self.passed
            ],
            "notes": list(self.notes),
            "mappings": [asdict(mapping) for mapping in self.mappings],
        }


def row_text(cells: Sequence[str]) -> str:
    """A row as one line, for people: 'V01 | Repeater | V01PSR'; a cell merged over the whole row is said once."""
    said = [" ".join(cell.split()) for cell in cells if cell.strip()]
    return " | ".join(said if len(set(said)) > 1 else said[:1])


def in_words(error: ComlError) -> str:
    """An error as one reason: what is wrong, and what to do."""
    return f"{error.message} {error.hint}".strip()
