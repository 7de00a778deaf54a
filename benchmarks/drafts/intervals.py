"""How sure a tally is: Wilson's interval for shares, the bootstrap for means."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt
from statistics import mean

_Z = 1.959963984540054  # 95 %


def wilson(successes: float, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share; a tie may be half a success. Without a trial nothing is known: 0 to 1."""
    if not trials:
        return 0.0, 1.0
    share = successes / trials
    centre = share + _Z * _Z / (2 * trials)
    reach = _Z * sqrt(share * (1 - share) / trials + _Z * _Z / (4 * trials * trials))
    size = 1 + _Z * _Z / trials
    return max(0.0, (centre - reach) / size), min(1.0, (centre + reach) / size)


def bootstrapped(values: Sequence[float], *, seed: int = 1, rounds: int = 2000) -> tuple[float, float]:
    """The 95 % interval of the mean of these values (one per text: grades of one text are not independent)."""
    chance = random.Random(seed)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(rounds))
    return means[int(rounds * 0.025)], means[int(rounds * 0.975) - 1]
