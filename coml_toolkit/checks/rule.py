"""What a rule is, and what it may say: a hit, or what it would have to know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..model.finding import Finding, Severity
from .sheet import Row, Sheet


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a rule found, in one sentence."""

    message: str
    rows: tuple[Row, ...]
    about: tuple[object, ...]  # the facts that make it this finding: see `finding_id`
    severity: Severity | None = None  # where it is not the rule's own
    why: str = ""  # where it is not the rule's own


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something a rule would have to know; all of one rule become one finding, not evaluated."""

    missing: str  # a noun in the plural: “the sites where the repeaters stand”
    rows: tuple[Row, ...] = ()


Said = Hit | Unknown | Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is checked."""

    id: str
    severity: Severity
    title: str
    why: str  # one sentence
    source: str
    look: Callable[[Sheet], Iterable[Said]]


def unknown_if(rows: Iterable[Row], missing: str) -> Iterator[Unknown]:
    """One Unknown for these rows, none if there are none."""
    if found := tuple(rows):
        yield Unknown(missing, found)
