"""What a form is, as data: its faces, its fields and its tables, where each stands and what is entered there.

The same declarations draw the paper, and let one screen and one command enter any form.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from coml_toolkit.model.plan import Plan
from coml_toolkit.model.sheet import Row

Place = tuple[float, float, float, float]  # left, top, right, bottom
Point = tuple[float, float]

SIZE = 10.0  # of the type in the fields of the official fillable forms
LEFT, CENTRED = 0.0, 0.5  # which part of the spare width lies left of a line
FLOOR = 6.5  # the smallest type of a filled-in field
FLOW_FLOOR = 8.0  # of text that may run across the whole page


class Entry(StrEnum):
    """What is entered in a field or a cell."""

    LINE = "line"
    TEXT = "text"  # with lines of its own
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date and time"
    CHECK = "check box"  # "yes" or nothing
    CHOICE = "choice"  # one of the options


YES, NO = frozenset({"yes", "x", "true", "1"}), frozenset({"no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a form has once. A line stands in the middle of its height, a text begins at its top."""

    name: str  # the key of a sheet: incident_name
    label: str  # as printed: “1. Incident Name”
    at: Place | None = None  # None: it is marked in the boxes of its options
    entry: Entry = Entry.LINE
    help: str = ""
    page: int = 1
    again: tuple[tuple[int, Place], ...] = ()  # where it is repeated: which face, and where there
    options: tuple[tuple[str, Point], ...] = ()  # each choice and its check box on the face
    size: float = SIZE
    floor: float = 0  # the smallest type; 0: the usual one
    is_bold: bool = False
    align: float = LEFT
    is_contact: bool = False  # telephone numbers here are not for public release

    @property
    def places(self) -> tuple[tuple[int, Place], ...]:
        """Each face it stands on, and where there."""
        return (*([(self.page, self.at)] if self.at else []), *self.again)

    def on(self, page: int) -> list[Place]:
        """Where it stands on a face."""
        return [place for each, place in self.places if each == page]

    @property
    def is_block(self) -> bool:
        """Of several lines, set from the top."""
        return self.entry is Entry.TEXT


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, from rule to rule."""

    name: str
    label: str
    between: tuple[float, float]
    entry: Entry = Entry.LINE
    help: str = ""
    options: tuple[str, ...] = ()  # offered, not demanded
    again: Callable[[str], str] | None = None  # where its row goes on in another row: what says which row that is
    align: float = LEFT
    size: float = SIZE
    is_bold: bool = False
    is_one_line: bool = False
    spills: bool = False  # prose in a low row: goes on in the next row in full type, rather than in two lines of small
    crosses: tuple[float, ...] = ()  # the rules its text runs across; they make way for it
    is_contact: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that a form has many of; more than a page holds go on another page."""

    name: str
    label: str
    rules: Mapping[int, Sequence[float]]  # for each face: above, between and below its rows
    columns: tuple[Column, ...]
    help: str = ""

    def rows(self, page: int) -> list[tuple[float, float]]:
        """The top and bottom of each row on a face."""
        return list(pairwise(self.rules.get(page, ())))


@dataclass(frozen=True, slots=True)
class Page:
    """One face of a form."""

    face: str  # the file in resources/forms
    iap_page: Place | None = None  # where its number in the IAP stands
    mark: Point | None = None  # where “Continuation 1 of 2” ends, on this baseline; None: beside the frame
    beside: float = 49.0  # the baseline, above the frame or below it, of what is ours
    is_continuation: bool = False  # printed only when there is something for it
    number: Place | None = None  # where the face asks for “Page _ of _”
    count: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is written on a form, wherever it comes from."""

    fields: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    private: frozenset[str] = frozenset()  # fields that a public copy leaves out
    name: str = ""  # what tells it from others of its form: “Division A”
    about: str = ""  # “Bear Creek Fire – Operational Period 3”, for the title of the document
    edition: str = ""  # which plan it was made from, for the margin
    mark: str = ""  # above the frame: “DRAFT – Revision 2”
    notice: str = ""  # above the title: what makes it sensitive, or what a public copy leaves out
    is_draft: bool = False
    is_exercise: bool = False
    author: str = ""
    subject: str = ""
    at: datetime | None = None


@dataclass(slots=True)
class Said:
    """Fields and tables, on their way to a Content."""

    fields: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    private: set[str] = field(default_factory=set)

    def over(self, other: "Said") -> "Said":
        """What this says, and where it says nothing, what the other does; rows of both."""
        tables = {name: [*other.tables.get(name, []), *self.tables.get(name, [])] for name in other.tables}
        private = {name for name in other.private if name not in self.fields}
        return Said({**other.fields, **self.fields}, {**self.tables, **tables}, self.private | private)


def as_typed(plan: Plan | None, typed: Said) -> Said:
    """For a form that takes nothing of its own from the plan."""
    return typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form: its faces, and what is entered and printed where."""

    number: str
    title: str
    pages: tuple[Page, ...]
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = ()
    overflow: str = ""  # the field that takes what others have no room for; without one they go on on another page
    fill: Callable[[Plan | None, Said], Said] = as_typed  # what is typed, with what the plan says
    help: str = ""
    is_plan: bool = False  # it is the signed plan itself: marked as a draft until then
    repeats_plan: bool = False  # it says lines of the plan again: out of date when the plan changes
    is_official: bool = True  # its face lies on a federal form's

    @property
    def says_plan(self) -> bool:
        """Lines of the plan stand on it, so that its paper is older when they change."""
        return self.is_plan or self.repeats_plan

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((each for each in self.fields if each.name == name), None)

    def table(self, name: str) -> Table | None:
        """The table of that name."""
        return next((each for each in self.tables if each.name == name), None)
