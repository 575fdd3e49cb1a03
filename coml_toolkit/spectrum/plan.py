"""What the spectrum says of a plan: channels too close (P02), and products that fall into a channel (P11).

A plan does not say who stands beside whom, so all its mobiles and portables are taken to be on the air together, within
one band; a repeater site that is named is looked at by itself, with transmit and receive the other way round. To keep
it readable only products whose centre falls inside a channel are reported, of third order, grouped by receive channel.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, TypeVar

from .. import units
from ..library import band
from ..model.channel import Channel, Direction, Kind
from ..model.finding import Finding, Severity, finding_id, in_lines, not_evaluated
from ..model.plan import Line, Plan
from .intermodulation import Product, Receiver, Transmitter, intermodulation
from .receiver import responses
from .spacing import is_too_close, tight_pairs

K = TypeVar("K")


class About(NamedTuple):
    """What a rule is about: its title, why it matters (one sentence), and where it comes from."""

    title: str
    why: str
    source: str


SPACING = About(
    "Channels too close to each other",
    "Radios this close in frequency hear each other's edges, and a strong one nearby covers a weak one.",
    "Texas ict-branch-toolkit RF-002; half-channel offsets: the two widths overlap",
)
COSITE = About(
    "Transmitters that disturb a receiver beside them",
    "Transmitters side by side mix in each other and in receivers; what comes out can block a channel in a vehicle, "
    "at a command post or at a repeater site.",
    "Arithmetic of third order, two and three signals; duplexers: TX RX Systems manual 7-9176",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where repeaters or base stations of this plan stand."""

    name: str
    channels: tuple[str, ...]  # the names of their channels, as the plan has them
    first_if_hz: int | None = None  # of the receivers there, where it is known


class _Row(NamedTuple):
    number: int
    line: Line

    @property
    def channel(self) -> Channel:
        return self.line.channel


def findings(plan: Plan, sites: Sequence[Site] | None = None) -> list[Finding]:
    """P02 and P11 of this plan; `sites` None: where its repeaters stand is not known."""
    rows = [_Row(number, line) for number, line in enumerate(plan.lines, 1) if line.channel.kind is Kind.CONVENTIONAL]
    return [*_spacing(rows), *_cosite(rows, sites)]


def missing_frequency(channel: Channel) -> bool:
    """Does a conventional channel lack a frequency it ought to have?"""
    return (channel.rx_hz is None and channel.direction is not Direction.TRANSMIT_ONLY) or (
        channel.tx_hz is None and channel.direction is not Direction.RECEIVE_ONLY
    )


# ── P02 ──────────────────────────────────────────────────────────────────────


def _spacing(rows: Sequence[_Row]) -> Iterator[Finding]:
    unknown = {row for row in rows if missing_frequency(row.channel)}
    missing = {"frequencies"} if unknown else set()
    groups = _grouped(
        rows, lambda one: (one.channel.name, one.channel.rx_hz, one.channel.tx_hz, one.channel.bandwidth_hz)
    )
    for first, second in combinations(groups.values(), 2):
        a, b = first[0].channel, second[0].channel
        near: list[int] = []
        for sent, heard in ((a.tx_hz, b.rx_hz), (b.tx_hz, a.rx_hz)):
            if sent is None or heard is None:
                continue
            is_close = is_too_close(sent, a.bandwidth_hz, heard, b.bandwidth_hz)
            if is_close is None:
                unknown |= {*first, *second}
                missing.add("bandwidths")
            elif is_close:
                near.append(abs(sent - heard))
        if near:
            yield _finding(
                "P02",
                SPACING,
                f"{_called(first)} and {_called(second)} are only {units.khz(min(near))} kHz apart.",
                [*first, *second],
                sorted(
                    (row[0].channel.name, row[0].channel.rx_hz or 0, row[0].channel.tx_hz or 0)
                    for row in (first, second)
                ),
            )
    if unknown:
        yield _not_evaluated("P02", SPACING, unknown, missing)


# ── P11 ──────────────────────────────────────────────────────────────────────


def _cosite(rows: Sequence[_Row], sites: Sequence[Site] | None) -> Iterator[Finding]:
    unknown = {row for row in rows if missing_frequency(row.channel)}
    missing = {"frequencies"} if unknown else set()
    if blurred := {row for row in rows if row.channel.rx_hz is not None and row.channel.bandwidth_hz is None}:
        unknown |= blurred
        missing.add("bandwidths")
    yield from _mobiles(rows)
    if sites is not None:
        for site in sites:
            yield from _at_site(rows, site)
    elif repeaters := {row for row in rows if row.channel.tx_hz and row.channel.rx_hz and not row.channel.is_simplex}:
        unknown |= repeaters
        missing.add("the sites where the repeaters stand")
    if missing:
        yield _not_evaluated("P11", COSITE, unknown, missing)


def _mobiles(rows: Sequence[_Row]) -> Iterator[Finding]:
    """Mobiles and portables anywhere, band by band: they send on TX and listen on RX.

    A repeater's direct channel is taken to be silent while the repeater works. Otherwise every two pairs of one offset
    would hit each other: input 1 − output 1 + output 2 is input 2.
    """
    outputs = {row.channel.rx_hz for row in rows if row.channel.tx_hz is not None and not row.channel.is_simplex}
    sent = {
        hz: by
        for hz, by in _grouped(rows, lambda row: row.channel.tx_hz).items()
        if hz is not None and not (hz in outputs and all(row.channel.is_simplex for row in by))
    }
    heard = {hz: by for hz, by in _grouped(rows, lambda row: row.channel.rx_hz).items() if hz is not None}
    for name in sorted({band(hz) for hz in heard} - {""}):
        transmitters = [Transmitter(name=_names(by), hz=hz) for hz, by in sorted(sent.items()) if band(hz) == name]
        receivers = [
            Receiver(name=_called(by), hz=hz, bandwidth_hz=by[0].channel.bandwidth_hz or 0)
            for hz, by in sorted(heard.items())
            if band(hz) == name
        ]
        if len(transmitters) < 2:
            continue
        for worst, times in intermodulation(transmitters, receivers, orders=(3,)).worst():
            involved = [row for _, one in worst.terms for row in sent[one.hz]]
            yield _product(worst, times - 1, [*heard[worst.receiver.hz], *involved], "")


def _at_site(rows: Sequence[_Row], site: Site) -> Iterator[Finding]:
    """Repeaters and bases at one site: they send on what mobiles receive, and listen on what mobiles send."""
    here = [row for row in rows if row.channel.name in site.channels]
    of_tx: dict[Transmitter, _Row] = {}
    of_rx: dict[Receiver, _Row] = {}
    for by in _grouped(here, lambda row: row.channel.rx_hz).values():
        if (hz := by[0].channel.rx_hz) is not None:
            of_tx[Transmitter(name=_names(by), hz=hz, site=site.name)] = by[0]
    for by in _grouped(here, lambda row: row.channel.tx_hz).values():
        if (hz := by[0].channel.tx_hz) is not None:
            receiver = Receiver(
                name=f"the input of {_names(by)} at {site.name}",
                hz=hz,
                bandwidth_hz=by[0].channel.bandwidth_hz or 0,
                site=site.name,
                first_if_hz=site.first_if_hz,
            )
            of_rx[receiver] = by[0]
    transmitters, receivers = sorted(of_tx, key=lambda one: one.hz), sorted(of_rx, key=lambda one: one.hz)
    for worst, times in intermodulation(transmitters, receivers, orders=(3,)).worst():
        yield _product(worst, times - 1, [of_rx[worst.receiver], *(of_tx[one] for _, one in worst.terms)], site.name)
    for tight in tight_pairs(transmitters, receivers):
        yield _finding(
            "P11",
            COSITE,
            f"{tight.transmitter.name} transmits only {units.khz(tight.distance_hz)} kHz from "
            f"{tight.receiver.name}; an ordinary duplexer needs {units.khz(tight.needed_hz)} kHz.",
            [of_tx[tight.transmitter], of_rx[tight.receiver]],
            ["duplexer", site.name, tight.transmitter.hz, tight.receiver.hz],
        )
    for heard in responses(transmitters, receivers):
        yield _finding(
            "P11",
            COSITE,
            heard.sentence,
            [of_tx[heard.transmitter], of_rx[heard.receiver]],
            [heard.name, site.name, heard.transmitter.hz, heard.receiver.hz],
        )


def _product(worst: Product, others: int, rows: Sequence[_Row], site: str) -> Finding:
    more = f", and {others} more product{'s fall' if others > 1 else ' falls'} into its channel." if others else "."
    return _finding(
        "P11",
        COSITE,
        f"{worst.sentence.removesuffix('.')}{more}",
        rows,
        ["product", site, worst.receiver.hz, *sorted((times, one.hz) for times, one in worst.terms)],
    )


# ── words ────────────────────────────────────────────────────────────────────


def _grouped(rows: Sequence[_Row], key: Callable[[_Row], K]) -> dict[K, list[_Row]]:
    """The rows of each key, in the order they come."""
    groups: dict[K, list[_Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _names(rows: Sequence[_Row]) -> str:
    return "/".join(dict.fromkeys(row.channel.name or f"line {row.number}" for row in rows))


def _called(rows: Sequence[_Row]) -> str:
    """'VFIRE21 (line 2)'."""
    names = "/".join(dict.fromkeys(row.channel.name for row in rows if row.channel.name))
    lines = in_lines(row.number for row in rows)
    return f"{names} ({lines})" if names else lines


def _finding(rule: str, about: About, message: str, rows: Iterable[_Row], facts: Iterable[object]) -> Finding:
    ids = {row.number: row.line.assignment.id for row in sorted(rows, key=lambda row: row.number)}
    return Finding(
        id=finding_id(rule, facts),
        rule=rule,
        severity=Severity.WARNING,
        message=message,
        rows=tuple(ids),
        line_ids=tuple(ids.values()),
        why=about.why,
        source=about.source,
    )


def _not_evaluated(rule: str, about: About, rows: Iterable[_Row], missing: Iterable[str]) -> Finding:
    return not_evaluated(
        rule,
        about.title,
        sorted(missing),
        {row.number: row.line.assignment.id for row in rows},
        why=about.why,
        source=about.source,
    )
