"""Intermodulation: what transmitters on the air together make on frequencies where none of them transmits.

Two- and three-signal products of third order (2A−B, A+B−C) and of fifth order (3A−2B, 3A−B−C, 2A+B−2C): the odd
orders whose coefficients add up to one and that fall back into the band. Even orders, harmonics and products of four
or five signals fall far off or are weaker than anything a COML can act on.

How so fast: A+B−C hits R where A+B lies near R+C. The sums A+B are sorted once, and each R+C is looked up among them:
n² log n instead of n³·m.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from ..units import khz

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.generic]
    Hertz = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmitter:
    """A signal on the air: carrier and width of what is sent, in hertz."""

    name: str
    hz: int
    bandwidth_hz: int = 0
    site: str = ""  # "": not known, so it may be anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Somebody listening: centre and width of the receive channel, in hertz."""

    name: str
    hz: int
    bandwidth_hz: int = 0
    site: str = ""  # "": not known, so it may be anywhere
    first_if_hz: int | None = None  # the first intermediate frequency, from the radio's data sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One intermodulation product whose band overlaps a receiver's: `terms` are (coefficient, transmitter)."""

    terms: tuple[tuple[int, Transmitter], ...]
    receiver: Receiver

    @property
    def order(self) -> int:
        """3 or 5: the coefficients added up without their signs."""
        return sum(abs(times) for times, _ in self.terms)

    @property
    def hz(self) -> int:
        """Where it falls."""
        return sum(times * transmitter.hz for times, transmitter in self.terms)

    @property
    def bandwidth_hz(self) -> int:
        """How wide it is: each signal's width as often as the signal counts, for 2A−B twice A's and once B's."""
        return sum(abs(times) * transmitter.bandwidth_hz for times, transmitter in self.terms)

    @property
    def offset_hz(self) -> int:
        """How far above (or, negative, below) the receiver's centre it falls."""
        return self.hz - self.receiver.hz

    @property
    def formula(self) -> str:
        """'2 × VTAC11 − VTAC14'."""
        words = ""
        for times, transmitter in self.terms:
            sign = (" − " if times < 0 else " + ") if words else ("−" if times < 0 else "")
            words += f"{sign}{'' if abs(times) == 1 else f'{abs(times)} × '}{transmitter.name}"
        return words

    @property
    def sentence(self) -> str:
        """'2 × VTAC11 − VTAC14 falls 2.5 kHz from VFIRE21.'."""
        if self.offset_hz == 0:
            return f"{self.formula} falls exactly on {self.receiver.name}."
        return f"{self.formula} falls {khz(abs(self.offset_hz))} kHz from {self.receiver.name}."


@dataclass(frozen=True, slots=True)
class _Shape:
    """A kind of product: of `looked_up` one is combined with each receiver, of `sorted_` all sums are kept sorted."""

    sorted_: tuple[int, ...]  # coefficients; two equal ones are a pair in either order, counted once
    looked_up: int

    @property
    def order(self) -> int:
        return sum(map(abs, (*self.sorted_, self.looked_up)))


_SHAPES = (
    _Shape((2,), -1),  # 2A − B
    _Shape((1, 1), -1),  # A + B − C
    _Shape((3,), -2),  # 3A − 2B
    _Shape((-1, -1), 3),  # 3A − B − C
    _Shape((2, 1), -2),  # 2A + B − 2C
)
ORDERS = (3, 5)


@dataclass(frozen=True, slots=True)
class _Hits:
    """Rows of columns, one for each hit; a row that is no hit after all is masked out."""

    shape: _Shape
    is_hit: "NDArray[np.bool_]"
    receiver: "Column"  # the receiver's number, for `count` rows each
    count: "Hertz"
    terms: "tuple[Column, ...]"  # the transmitters' numbers, in the order of the shape's sorted coefficients
    looked_up: "Column"  # the last transmitter's number, for `count` rows each

    def numbers(self) -> "list[Column]":
        """Of each hit the numbers of the receiver and of the transmitters."""
        import numpy as np

        receiver, looked_up = (np.repeat(column, self.count) for column in (self.receiver, self.looked_up))
        return [column[self.is_hit] for column in (receiver, *self.terms, looked_up)]


class Products(Sequence[Product]):
    """The products found, as a sequence; each is made when it is looked at, as there may be millions.

    The order is always the same: by kind of product, then by site, then by receiver as they were given.
    """

    def __init__(self, transmitters: Sequence[Transmitter], receivers: Sequence[Receiver], hits: list[_Hits]) -> None:
        self._transmitters = tuple(transmitters)
        self._receivers = tuple(receivers)
        self._hits = hits
        self._counts = [int(block.is_hit.sum()) for block in hits]

    def __len__(self) -> int:
        return sum(self._counts)

    @overload
    def __getitem__(self, at: int) -> Product: ...
    @overload
    def __getitem__(self, at: slice) -> list[Product]: ...
    def __getitem__(self, at: int | slice) -> Product | list[Product]:
        if isinstance(at, slice):
            return list(self)[at]
        number = at + len(self) if at < 0 else at
        for hits, count in zip(self._hits, self._counts, strict=True):
            if 0 <= number < count:
                return self._product(hits.shape, *(int(column[number]) for column in hits.numbers()))
            number -= count
        raise IndexError(at)

    def __iter__(self) -> Iterator[Product]:
        for hits in self._hits:
            for numbers in zip(*(column.tolist() for column in hits.numbers()), strict=True):
                yield self._product(hits.shape, *numbers)

    def worst(self) -> list[tuple[Product, int]]:
        """Of each receiver that is hit the product nearest to its centre, and how many there are; by receiver.

        Of several as near the one with the fewest signals, then the first in order.
        """
        import numpy as np

        tx_hz = np.array([one.hz for one in self._transmitters], np.int64)
        rx_hz = np.array([one.hz for one in self._receivers], np.int64)
        nearest: dict[int, tuple[int, int, Product]] = {}
        times: dict[int, int] = {}
        for hits in self._hits:
            numbers = hits.numbers()
            receiver, *terms = numbers
            parts = zip((*hits.shape.sorted_, hits.shape.looked_up), terms, strict=True)
            offset = np.abs(sum(part * tx_hz[term] for part, term in parts) - rx_hz[receiver])
            first_nearest = np.lexsort((offset, receiver))
            found, at, count = np.unique(receiver[first_nearest], return_index=True, return_counts=True)
            for one, place, many in zip(found.tolist(), first_nearest[at].tolist(), count.tolist(), strict=True):
                rank = (int(offset[place]), len(terms))
                times[one] = times.get(one, 0) + many
                if one not in nearest or rank < nearest[one][:2]:
                    product = self._product(hits.shape, *(int(column[place]) for column in numbers))
                    nearest[one] = (*rank, product)
        return [(nearest[one][2], times[one]) for one in sorted(nearest)]

    def _product(self, shape: _Shape, receiver: int, *numbers: int) -> Product:
        coefficients = (*shape.sorted_, shape.looked_up)
        terms = [(times, self._transmitters[number]) for times, number in zip(coefficients, numbers, strict=True)]
        terms.sort(key=lambda term: -term[0])  # what is added first; stable, so as given
        return Product(terms=tuple(terms), receiver=self._receivers[receiver])


def intermodulation(
    transmitters: Sequence[Transmitter], receivers: Sequence[Receiver], orders: Sequence[int] = ORDERS
) -> Products:
    """Every product of these transmitters whose band overlaps a receiver's, each once.

    On the air together are transmitters of one site, and those whose site is not known with all. A product hits where
    |product − receiver| is less than half of both widths together; all is whole hertz, so exact.

    Left out is what is no product: terms on one frequency that cancel or add up to a simpler one (A+B−B, 2A−A), and
    products that need the receiver's own frequency on the air: then it is busy with its own traffic.
    """
    shapes = [shape for shape in _SHAPES if shape.order in orders]
    sites = sorted({"", *(one.site for one in transmitters), *(one.site for one in receivers)})
    searches = [_Search(transmitters, receivers, site) for site in sites]
    return Products(
        transmitters, receivers, [hits for shape in shapes for search in searches for hits in search.hits(shape)]
    )


class _Search:
    """The transmitters and receivers as arrays, and which of them may be at one site."""

    def __init__(self, transmitters: Sequence[Transmitter], receivers: Sequence[Receiver], site: str) -> None:
        import numpy as np  # 100 ms that a start without it saves

        small = np.min_scalar_type(max(len(transmitters), len(receivers)) + 1)  # short columns are fast columns
        tx = [number for number, one in enumerate(transmitters) if one.site in (site, "")]
        tx.sort(key=lambda number: transmitters[number].hz)  # neighbours are looked up one after the other
        self._tx = np.array(tx, small)
        self._rx = np.array([number for number, one in enumerate(receivers) if one.site in (site, "")], small)
        self._is_tx_here = np.array([one.site == site for one in transmitters], bool)
        self._is_rx_here = np.array([one.site == site for one in receivers], bool)
        self._tx_hz = np.array([one.hz for one in transmitters], np.int64)
        self._rx_hz = np.array([one.hz for one in receivers], np.int64)
        self._tx_width = np.array([one.bandwidth_hz for one in transmitters], np.int64)
        self._rx_width = np.array([one.bandwidth_hz for one in receivers], np.int64)
        # A short number for each frequency, compared instead of the hertz; one more for “nobody transmits there”.
        known = np.unique(self._tx_hz)
        self._tx_place = np.searchsorted(known, self._tx_hz).astype(small)
        rx_place = np.searchsorted(known, self._rx_hz)
        self._rx_place = np.where(np.isin(self._rx_hz, known), rx_place, len(known)).astype(small)

    def hits(self, shape: _Shape) -> "Iterator[_Hits]":
        """Every hit of one kind of product."""
        import numpy as np

        # Each receiver with each transmitter that is looked up: sum + looked_up × C must come near R.
        receiver, single = (column.ravel() for column in np.meshgrid(self._rx, self._tx, indexing="ij"))
        target = self._rx_hz[receiver] - shape.looked_up * self._tx_hz[single]
        width = self._rx_width[receiver] + abs(shape.looked_up) * self._tx_width[single]
        for sums, sums_width, sums_terms in self._sorted_sums(shape.sorted_):
            # 2·|sum − target| < both widths, in whole hertz: |sum − target| ≤ (both widths − 1) // 2.
            reach = (width + (sums_width.max() - 1)) // 2
            first = np.searchsorted(sums, target - reach, side="left")
            count = np.maximum(np.searchsorted(sums, target + reach, side="right") - first, 0)
            # Row by row the place among the sums: first, first + 1, … of each lookup.
            place = np.repeat(first - (np.cumsum(count) - count), count)
            place += np.arange(len(place))
            terms = tuple(term.take(place) for term in sums_terms)
            own, cancelled = self._rx_place[receiver], self._tx_place[single]
            is_hit = np.repeat(own != cancelled, count)
            own, cancelled = np.repeat(own, count), np.repeat(cancelled, count)
            for term in sums_terms:
                term_place = self._tx_place[term].take(place)
                is_hit &= term_place != own
                is_hit &= term_place != cancelled
            if sums_width.min() != sums_width.max():
                distance = np.abs(sums[place] - np.repeat(target, count))
                is_hit &= 2 * distance < sums_width[place] + np.repeat(width, count)
            if not (self._is_rx_here.all() and self._is_tx_here.all()):  # else it is found with another site as well
                is_here = np.repeat(self._is_rx_here[receiver] | self._is_tx_here[single], count)
                for term in terms:
                    is_here |= self._is_tx_here[term]
                is_hit &= is_here
            yield _Hits(shape, is_hit, receiver, count, terms, single)

    def _sorted_sums(self, coefficients: tuple[int, ...]) -> "Iterator[tuple[Hertz, Hertz, tuple[Column, ...]]]":
        """The sums of one or two transmitters from low to high, with their widths and terms.

        Sums of about the same width together, so that one wide signal does not widen the search for all.
        """
        import numpy as np

        if len(coefficients) == 1:
            terms: tuple[Column, ...] = (self._tx,)
        else:
            one, other = (column.ravel() for column in np.meshgrid(self._tx, self._tx, indexing="ij"))
            is_pair = self._tx_hz[one] != self._tx_hz[other]
            if coefficients[0] == coefficients[1]:
                is_pair &= one < other
            terms = one[is_pair], other[is_pair]
        parts = list(zip(coefficients, terms, strict=True))
        sums: Hertz = np.sum([times * self._tx_hz[term] for times, term in parts], axis=0)
        widths: Hertz = np.sum([abs(times) * self._tx_width[term] for times, term in parts], axis=0)
        octave = np.frexp(widths)[1]
        for about in np.unique(octave):
            (chosen,) = np.nonzero(octave == about)
            chosen = chosen[np.argsort(sums[chosen], kind="stable")]
            yield sums[chosen], widths[chosen], tuple(term[chosen] for term in terms)
