"""Intermodulation: every product once, exactly where arithmetic says, and as fast versions and slow ones agree."""

import importlib.util
import random
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coml_toolkit.spectrum.intermodulation import Product, Receiver, Transmitter, intermodulation

BENCH = Path(__file__).resolve().parents[1] / "bench" / "bench_spectrum.py"


def transmitter(name: str, hz: int, bandwidth_hz: int = 12_500, site: str = "") -> Transmitter:
    return Transmitter(name=name, hz=hz, bandwidth_hz=bandwidth_hz, site=site)


def receiver(name: str, hz: int, bandwidth_hz: int = 12_500, site: str = "") -> Receiver:
    return Receiver(name=name, hz=hz, bandwidth_hz=bandwidth_hz, site=site)


A, B, C = transmitter("A", 150_000_000), transmitter("B", 151_000_000), transmitter("C", 153_500_000)


def formulas(products: Sequence[Product]) -> list[str]:
    return [product.formula for product in products]


# ── what is found ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("hz", "formula", "order"),
    [
        (149_000_000, "2 × A − B", 3),
        (152_000_000, "2 × B − A", 3),
        (147_500_000, "A + B − C", 3),
        (154_500_000, "B + C − A", 3),
        (148_000_000, "3 × A − 2 × B", 5),
        (145_500_000, "3 × A − B − C", 5),
        (144_000_000, "2 × A + B − 2 × C", 5),
        (145_000_000, "A + 2 × B − 2 × C", 5),
    ],
)
def test_a_product_is_named_by_its_formula(hz: int, formula: str, order: int) -> None:
    found = [one for one in intermodulation([A, B, C], [receiver("R", hz, 1)]) if one.offset_hz == 0]
    assert sorted(formula.split()) in [sorted(one.formula.split()) for one in found]
    assert order in {one.order for one in found}
    assert all(one.hz == hz for one in found)


def test_the_sentence_says_how_far_it_falls_from_whom() -> None:
    vtac11, vtac14 = transmitter("VTAC11", 151_137_500), transmitter("VTAC14", 159_472_500)
    (found,) = intermodulation([vtac11, vtac14], [receiver("LOCAL 1", 142_805_000)], orders=(3,))
    assert found.sentence == "2 × VTAC11 − VTAC14 falls 2.5 kHz from LOCAL 1."
    (exact,) = intermodulation([vtac11, vtac14], [receiver("LOCAL 1", 142_802_500)], orders=(3,))
    assert exact.sentence == "2 × VTAC11 − VTAC14 falls exactly on LOCAL 1."


def test_only_the_orders_asked_for_are_found() -> None:
    hears_all = [receiver("R", 150_000_001, 40_000_000)]
    assert {one.order for one in intermodulation([A, B, C], hears_all, orders=(3,))} == {3}
    assert {one.order for one in intermodulation([A, B, C], hears_all, orders=(5,))} == {5}
    assert {one.order for one in intermodulation([A, B, C], hears_all)} == {3, 5}


# ── widths ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("away_hz", "is_hit"), [(24_999, True), (25_000, False), (-24_999, True), (-25_000, False)])
def test_of_2a_minus_b_the_width_is_twice_a_and_once_b(away_hz: int, is_hit: bool) -> None:
    """Half of 2 × 12.5 + 12.5 kHz, and half of the receiver's 12.5 kHz: 25 kHz."""
    found = intermodulation([A, B], [receiver("R", 149_000_000 + away_hz)], orders=(3,))
    assert bool(found) is is_hit
    if found:
        assert found[0].bandwidth_hz == 37_500
        assert found[0].offset_hz == -away_hz


def test_a_wide_signal_makes_its_products_wide_and_no_others() -> None:
    wide = transmitter("W", 151_000_000, 1_000_000)
    near = [receiver("R", 149_000_000 + 400_000)]
    assert formulas(intermodulation([A, wide], near, orders=(3,))) == ["2 × A − W"]
    assert formulas(intermodulation([A, B, transmitter("W", 170_000_000, 1_000_000)], near, orders=(3,))) == []


# ── what is none ─────────────────────────────────────────────────────────────


def test_terms_that_cancel_are_no_product() -> None:
    twin = transmitter("A again", A.hz)
    found = intermodulation([A, twin, B], [receiver("on A", A.hz + 5_000), receiver("on B", B.hz + 5_000)])
    assert found[:] == []


def test_a_product_that_needs_the_receivers_own_channel_on_the_air_is_left_out() -> None:
    """With B and C a channel apart, A + B − C lies beside A; but then A itself is on the air."""
    beside = transmitter("B2", B.hz + 12_500)
    assert formulas(intermodulation([A, B, beside], [receiver("A", A.hz)], orders=(3,))) == []
    assert formulas(intermodulation([A, B, beside], [receiver("near A", A.hz + 100)], orders=(3,))) != []


def test_of_a_sum_each_pair_counts_once() -> None:
    found = intermodulation([A, B, C], [receiver("R", 147_500_000)], orders=(3,))
    assert formulas(found) == ["A + B − C"]


@pytest.mark.parametrize("radios", [([], []), ([A], [receiver("R", A.hz)]), ([A, B], []), ([], [receiver("R", 1)])])
def test_too_few_radios_make_no_products(radios: tuple[list[Transmitter], list[Receiver]]) -> None:
    assert list(intermodulation(*radios)) == []


# ── sites ────────────────────────────────────────────────────────────────────


def test_transmitters_of_two_sites_are_not_on_the_air_together() -> None:
    here, there = transmitter("A", A.hz, site="Hill"), transmitter("B", B.hz, site="Mountain")
    victim = receiver("R", 149_000_000)
    assert list(intermodulation([here, there], [victim])) == []
    assert formulas(intermodulation([here, transmitter("B", B.hz, site="Hill")], [victim], (3,))) == ["2 × A − B"]


def test_a_transmitter_of_unknown_site_may_be_anywhere() -> None:
    here, anywhere = transmitter("A", A.hz, site="Hill"), transmitter("B", B.hz)
    hill, mountain = receiver("R", 149_000_000, site="Hill"), receiver("R", 149_000_000, site="Mountain")
    assert formulas(intermodulation([here, anywhere], [hill], (3,))) == ["2 × A − B"]
    assert list(intermodulation([here, anywhere], [mountain], (3,))) == []


def test_what_is_nowhere_in_particular_is_found_once() -> None:
    elsewhere = [receiver("H", 1, site="Hill"), receiver("M", 1, site="Mountain")]
    assert formulas(intermodulation([A, B], [receiver("R", 149_000_000), *elsewhere], (3,))) == ["2 × A − B"]


# ── the sequence ─────────────────────────────────────────────────────────────


def test_the_products_are_a_sequence_in_one_order() -> None:
    hears_all = [receiver("R", 150_000_001, 40_000_000), receiver("S", 150_000_002, 40_000_000)]
    found = intermodulation([A, B, C], hears_all)
    listed = list(found)
    assert len(found) == len(listed) == 2 * (6 + 3 + 6 + 3 + 6)
    assert [found[at] for at in range(len(found))] == listed
    assert found[-1] == listed[-1]
    assert found[2:5] == listed[2:5]
    assert list(intermodulation([A, B, C], hears_all)) == listed
    with pytest.raises(IndexError):
        found[len(found)]
    with pytest.raises(IndexError):
        found[-len(found) - 1]


def test_the_worst_of_a_receiver_is_the_nearest_and_the_simplest() -> None:
    far, near = receiver("far", 149_010_000), receiver("near", 147_500_100)
    found = intermodulation([A, B, C], [near, far], orders=(3,))
    assert [(product.formula, times) for product, times in found.worst()] == [("A + B − C", 1), ("2 × A − B", 1)]


# ── the same as the slow ways ────────────────────────────────────────────────


def brute_force(transmitters: Sequence[Transmitter], receivers: Sequence[Receiver]) -> Iterator[tuple[object, ...]]:
    """Every formula on every receiver in plain Python: (receiver, coefficient and place of each transmitter)."""
    numbers = range(len(transmitters))
    sums = {tuple(sorted(zip((2, -1), pair, strict=True))) for pair in permutations(numbers, 2)}
    sums |= {tuple(sorted(zip((3, -2), pair, strict=True))) for pair in permutations(numbers, 2)}
    for coefficients in ((1, 1, -1), (3, -1, -1), (2, 1, -2)):
        sums |= {tuple(sorted(zip(coefficients, three, strict=True))) for three in permutations(numbers, 3)}
    for place, heard in enumerate(receivers):
        for terms in sums:
            used = [transmitters[at] for _, at in terms]
            hz = sum(times * transmitters[at].hz for times, at in terms)
            width = sum(abs(times) * transmitters[at].bandwidth_hz for times, at in terms)
            sites = {one.site for one in (*used, heard)} - {""}
            frequencies = {one.hz for one in (*used, heard)}
            if (
                len(frequencies) == len(used) + 1
                and len(sites) <= 1
                and 2 * abs(hz - heard.hz) < width + heard.bandwidth_hz
            ):
                yield (place, *terms)


SITES = st.sampled_from(["", "", "Hill", "Mountain"])
HZ = st.integers(0, 40).map(lambda step: 150_000_000 + 7_500 * step)
WIDTHS = st.sampled_from([0, 1, 6_250, 12_500, 25_000, 150_001])


@given(st.lists(st.tuples(HZ, WIDTHS, SITES), max_size=6), st.lists(st.tuples(HZ, WIDTHS, SITES), max_size=4))
def test_exactly_the_products_of_plain_arithmetic_are_found(
    sent: list[tuple[int, int, str]], heard: list[tuple[int, int, str]]
) -> None:
    transmitters = [transmitter(str(at), *one) for at, one in enumerate(sent)]
    receivers = [receiver(str(at), *one) for at, one in enumerate(heard)]
    found = [
        (int(one.receiver.name), *sorted((times, int(term.name)) for times, term in one.terms))
        for one in intermodulation(transmitters, receivers)
    ]
    assert sorted(found) == sorted(brute_force(transmitters, receivers))


def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_spectrum", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("widths", [[12_500], [6_250, 12_500, 25_000]], ids=["one width", "three widths"])
@pytest.mark.parametrize("seed", range(3))
def test_as_many_are_found_as_by_straightforward_numpy(seed: int, widths: list[int]) -> None:
    dice = random.Random(seed)
    steps = [150_000_000 + 7_500 * step for step in range(300)]
    sent = [transmitter(str(at), dice.choice(steps), dice.choice(widths)) for at in range(40)]
    heard = [receiver(str(at), dice.choice(steps), dice.choice(widths)) for at in range(30)]
    found = len(intermodulation(sent, heard, orders=(3,)))
    assert found > 1_000
    assert found == bench().straightforward(sent, heard) == bench().sorted_first(sent, heard)
