"""A plan laid out for checking: its lines numbered as on the form, each beside the library's channel of its name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from .. import library, spectrum
from ..model.channel import Channel, Direction, Kind
from ..model.finding import Finding, in_lines, in_words
from ..model.plan import Assignment, Line, Plan
from ..spectrum.plan import missing_frequency
from .context import Context

_SKIPPED = re.compile(r"[\s_\-\u2010-\u2015\u2212]+")  # what nobody writes alike in a name: spaces, hyphens, dashes


@cache
def name_key(name: str) -> str:
    """What two spellings of one name have in common: 'VTAC 11' and 'vtac-11' are 'vtac11'."""
    return _SKIPPED.sub("", name.casefold())


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One line of the form."""

    number: int  # from 1
    line: Line
    standard: Channel | None  # the library's channel of this name

    @property
    def channel(self) -> Channel:
        """The line's own copy of its channel."""
        return self.line.channel

    @property
    def assignment(self) -> Assignment:
        """Who uses it for what."""
        return self.line.assignment

    @property
    def name(self) -> str:
        """The channel's name, for a sentence."""
        return self.channel.name.strip() or "the channel without a name"

    @property
    def key(self) -> str:
        """What the spellings of its name have in common."""
        return name_key(self.channel.name)

    @property
    def called(self) -> str:
        """'VTAC13 (line 4)'."""
        return f"{self.name} (line {self.number})"

    @property
    def use(self) -> tuple[str, str, str]:
        """Channel, function and assignment without regard to case and spaces: what makes two lines one net."""
        return self.key, _folded(self.assignment.function), _folded(self.assignment.assignment)

    @property
    def is_conventional(self) -> bool:
        """Has it frequencies of its own?"""
        return self.channel.kind is Kind.CONVENTIONAL

    @property
    def lacks_frequency(self) -> bool:
        """Is a frequency not known that it ought to have?"""
        return self.is_conventional and missing_frequency(self.channel)

    @property
    def is_repeater(self) -> bool:
        """Transmits and receives on two frequencies, both known."""
        channel = self.channel
        return channel.rx_hz is not None and channel.tx_hz is not None and channel.rx_hz != channel.tx_hz

    @property
    def frequencies(self) -> tuple[tuple[str, int], ...]:
        """('receives', hertz) and ('transmits', hertz), those that are known."""
        both = (("receives", self.channel.rx_hz), ("transmits", self.channel.tx_hz))
        return tuple((what, hz) for what, hz in both if hz is not None)

    @property
    def may_transmit(self) -> bool:
        """As far as is known."""
        return self.channel.direction is not Direction.RECEIVE_ONLY


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def called(rows: Iterable[Row]) -> str:
    """'VTAC13 (line 4) and VTAC14 (lines 5 and 6)': rows of one name together."""
    by_name: dict[str, list[int]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row.number)
    return in_words([f"{name} ({in_lines(numbers)})" for name, numbers in by_name.items()])


class Library:
    """The channels a plan is compared with, found by name, by pair and by what almost is their name."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        self.by_name: dict[str, Channel] = {}
        self.by_pair: dict[tuple[int | None, int | None], list[Channel]] = {}
        self.receive_only: dict[int, Channel] = {}
        self._cut: dict[str, list[tuple[int, Channel]]] = {}
        for place, channel in enumerate(channels):
            key = name_key(channel.name)
            self.by_name.setdefault(key, channel)
            self.by_pair.setdefault((channel.rx_hz, channel.tx_hz), []).append(channel)
            if channel.direction is Direction.RECEIVE_ONLY and channel.rx_hz is not None:
                self.receive_only.setdefault(channel.rx_hz, channel)
            for cut in _cuts(key):
                self._cut.setdefault(cut, []).append((place, channel))

    def almost(self, key: str) -> list[Channel]:
        """Channels whose name has one letter more, less, other or swapped; in the order of the library."""
        found = {place: channel for cut in _cuts(key) for place, channel in self._cut.get(cut, ())}
        return [found[place] for place in sorted(found) if name_key(found[place].name) != key]


def _cuts(key: str) -> set[str]:
    """The name, and the name without any one of its letters."""
    return {key, *(key[:at] + key[at + 1 :] for at in range(len(key)))}


@cache
def _shipped() -> Library:
    return Library(library.channels())


class Sheet:
    """A plan with what is known around it, made ready once for all rules."""

    def __init__(self, plan: Plan, context: Context) -> None:
        self.plan = plan
        self.context = context
        self.library = _shipped() if context.library is None else Library(context.library)
        self.rows = tuple(
            Row(number, line, self.library.by_name.get(name_key(line.channel.name)))
            for number, line in enumerate(plan.lines, 1)
        )
        self.tuned = tuple(row for row in self.rows if row.is_conventional)
        self.incomplete = tuple(row for row in self.tuned if row.lacks_frequency)

    @cached_property
    def spectrum(self) -> list[Finding]:
        """P02 and P11."""
        return spectrum.findings(self.plan, self.context.sites)
