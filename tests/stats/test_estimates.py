"""The median and its interval, against the bootstrap done by hand: all samples there are, not some of them."""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import comb
from random import Random
from statistics import median, median_high, median_low

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.stats.estimates import ENOUGH, median_of

VALUES = st.lists(st.integers(0, 50) | st.floats(0, 1e6), min_size=1, max_size=60)


def quantile(counts: Counter[float], share: float) -> float:
    """The smallest value up to which at least this share of all samples lies."""
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= share * counts.total():
            return value
    raise AssertionError("no samples")


def by_hand(values: list[float]) -> tuple[float, float]:
    """The interval from every sample of n that can be drawn from n values."""
    samples = list(product(values, repeat=len(values)))
    low = quantile(Counter(median_low(sample) for sample in samples), 0.025)
    high = -quantile(Counter(-median_high(sample) for sample in samples), 0.025)
    return low, high


@pytest.mark.parametrize("n", range(1, 7))
def test_the_interval_is_that_of_all_samples_there_are(n: int) -> None:
    values = [float(3**rank) for rank in range(n)]
    found = median_of(values)
    assert found is not None
    assert (found.low, found.high) == by_hand(values)
    assert (found.value, found.n) == (median(values), n)


@pytest.mark.parametrize("n", [5, 9, 15, 25, 49, 99])
def test_the_ends_are_where_exact_fractions_put_them(n: int) -> None:
    middle = (n + 1) // 2
    rank = next(
        rank
        for rank in range(1, n)
        if 40 * sum(comb(n, drawn) * rank**drawn * (n - rank) ** (n - drawn) for drawn in range(middle, n + 1)) >= n**n
    )
    found = median_of(range(1, n + 1))
    assert found is not None
    assert (found.low, found.value, found.high) == (rank, middle, n + 1 - rank)


@settings(deadline=None)
@given(values=VALUES, chance=st.randoms(use_true_random=False))
def test_the_order_of_the_values_changes_nothing(values: list[float], chance: Random) -> None:
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert median_of(shuffled) == median_of(values)


@settings(deadline=None)
@given(values=VALUES)
def test_the_median_lies_within_and_all_values_count(values: list[float]) -> None:
    found = median_of(iter(values))
    assert found is not None
    assert min(values) <= found.low <= found.value <= found.high <= max(values)
    assert (found.value, found.n, found.is_enough) == (median(values), len(values), len(values) >= ENOUGH)


@settings(deadline=None)
@given(value=st.integers(0, 9), n=st.integers(1, 3000))
def test_of_equal_values_nothing_is_open(value: int, n: int) -> None:
    found = median_of([value] * n)
    assert found is not None
    assert found.low == found.value == found.high == value


def test_of_no_values_there_is_no_median() -> None:
    assert median_of([]) is None
