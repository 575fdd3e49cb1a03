"""What the plan checker says: findings, and what the Communications Unit Leader decided about them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .record import Record


class Severity(StrEnum):
    """How much a finding matters; none of them blocks anything."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NOT_EVALUATED = "not-evaluated"  # something the rule needs is not known: never the same as “in order”


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a rule found in a plan, or why the rule could not look."""

    id: str  # the same from run to run, revision to revision and copied period: see `finding_id`
    rule: str  # P01
    severity: Severity
    message: str  # one sentence that names channels and lines
    rows: tuple[int, ...] = ()  # line numbers on the form, from 1
    line_ids: tuple[str, ...] = ()  # the ids of those lines' assignments
    why: str = ""  # one sentence
    source: str = ""  # where the rule comes from
    missing: str = ""  # what has to be known first; only of what was not evaluated


def finding_id(rule: str, about: Iterable[object]) -> str:
    """'P01-5f0c3a9e12': from the rule and the facts it is about.

    `about` holds what the paper says (names, uses, frequencies, tones), never line numbers or record ids: a
    disposition then survives a moved line and a copied period, and lapses as soon as the facts themselves change.
    """
    said = "\x1f".join(str(part) for part in (rule, *about))
    return f"{rule}-{hashlib.blake2s(said.encode(errors='replace'), digest_size=5).hexdigest()}"


def in_lines(numbers: Iterable[int]) -> str:
    """'line 4', 'lines 4 and 6', 'lines 1 to 3 and 9': line numbers in words, each once."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = []
    for run in runs:
        words += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return f"{'line' if sum(map(len, runs)) == 1 else 'lines'} {in_words(words)}"


def in_words(words: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def not_evaluated(
    rule: str, title: str, missing: Sequence[str], line_ids: Mapping[int, str], *, why: str, source: str
) -> Finding:
    """The one finding of a rule that could not look; `line_ids` are by line number, of the lines it could not judge."""
    words = "; ".join(missing)
    where = f" for {in_lines(line_ids)}" if line_ids else ""
    numbers = sorted(line_ids)
    return Finding(
        id=finding_id(rule, ("not evaluated", words)),
        rule=rule,
        severity=Severity.NOT_EVALUATED,
        message=f"{title}: not evaluated{where}. Not known: {words}.",
        rows=tuple(numbers),
        line_ids=tuple(line_ids[number] for number in numbers),
        why=why,
        source=source,
        missing=words,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition(Record):
    """Why a finding is accepted: “accepted because …”, kept from revision to revision."""

    incident_id: str
    finding_id: str
    words: str
    by: str
    at: datetime
