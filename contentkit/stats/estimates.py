"""A median with the interval that its own data leave open, and how much data is too little to say anything."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from statistics import median

from contentkit.values import dataclass

# Of fewer values than this nothing is concluded.
ENOUGH = 5
_CONFIDENCE = 0.95
# Terms this much smaller than the sum change nothing in it.
_NEGLIGIBLE = 1e-18


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A median of ``n`` values, and the interval in which it lies as far as these values can tell.

    ``high`` may be infinite where the value is a quotient.
    """

    value: float
    low: float
    high: float
    n: int

    @property
    def is_enough(self) -> bool:
        """Whether anything may be concluded from it."""
        return self.n >= ENOUGH


def median_of(values: Iterable[float]) -> Estimate | None:
    """The median of these values with its bootstrap interval of 95 % (percentile method); None of no values.

    The bootstrap (B. Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7, 1979) asks what the
    median would be if n values were drawn again, with replacement, from the n that there are. For a median nothing has to be
    drawn: how often the k-th smallest value would be in the middle is a sum of binomial terms (A. D. Hutson and M. D. Ernst,
    The exact bootstrap mean and variance of an L-estimator, Journal of the Royal Statistical Society B 62, 2000). So both ends
    are values of the data, at ranks that depend on n alone, the same in whatever order the values come.

    Of an even number two values are in the middle: the lower one gives the lower end and the upper one the upper end, which
    makes the interval no narrower than that of their mean.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    rank = _lower_rank(len(ordered))
    return Estimate(value=median(ordered), low=ordered[rank - 1], high=ordered[-rank], n=len(ordered))


def chance_above(n: int) -> float:
    """How likely the whole interval of n values lies above the true median, and how likely below: too few fell on one side."""
    return math.fsum(math.exp(_log_choices(n, fewer) - n * math.log(2)) for fewer in range(_lower_rank(n)))


@lru_cache(maxsize=4096)
def _lower_rank(n: int) -> int:
    """The rank, from 1, of the lower end among n values; the upper end has the same rank from above."""
    middle = (n + 1) // 2
    unlikely = (1 - _CONFIDENCE) / 2
    below, rank = 0, middle
    while rank - below > 1:
        between = (below + rank) // 2
        if _chance_of_middle(n, middle, between) >= unlikely:
            rank = between
        else:
            below = between
    return rank


def _chance_of_middle(n: int, middle: int, rank: int) -> float:
    """How likely the ``middle``-th of n values drawn again is one of the ``rank`` smallest: at least so many must be drawn.

    ``rank`` is below ``middle``, so that the terms of the sum only get smaller.
    """
    share = rank / n
    total = 0.0
    for drawn in range(middle, n + 1):
        term = math.exp(_log_choices(n, drawn) + drawn * math.log(share) + (n - drawn) * math.log1p(-share))
        total += term
        if term <= total * _NEGLIGIBLE:
            break
    return total


def _log_choices(n: int, some: int) -> float:
    """The logarithm of how many ways there are to choose so many of n."""
    return math.lgamma(n + 1) - math.lgamma(some + 1) - math.lgamma(n - some + 1)
