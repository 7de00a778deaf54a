"""The cheapest way through the breaks of a text: a shortest path, exact, in n log n steps and whole numbers.

What a part costs grows with the square of the room it leaves, so that of two starts for the next part the later one wins from
some break on and for good. That is why a queue of starts, each with the break from which it is the best, is enough: nobody
has to try every start with every end, which would take minutes where a server allows parts of 25,000 characters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from contentkit.splitting.kinds import Costs
from contentkit.values import dataclass

# The last part is an orphan below this share of the room, in hundredths.
_ORPHAN = 25


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The breaks of a text as the path sees them; the first is its start, the last its end.

    ``ends[k]`` is the length of the text up to the end of what is before break k, ``starts[k]`` up to the start of what is
    after it, both never falling; ``prices[k]`` is what a cut there costs. No piece between two breaks is longer than ``room``.
    """

    ends: Sequence[int]
    starts: Sequence[int]
    prices: Sequence[int]
    room: int

    def length(self, first: int, last: int) -> int:
        return self.ends[last] - self.starts[first]


def cost_of(path: Sequence[int], stretch: Stretch, costs: Costs) -> int:
    """What the parts between these breaks cost together, scaled by the square of the room so that it is a whole number."""
    total = 0
    last = len(stretch.ends) - 1
    for first, stop in pairwise(path):
        length = stretch.length(first, stop)
        total += _last(length, stretch, costs) if stop == last else _price(length, stop, stretch, costs)
    return total


def cheapest(stretch: Stretch, costs: Costs) -> list[int]:
    """The breaks at which the cheapest thread is cut, from the first to the last."""
    last = len(stretch.ends) - 1
    origins = [0] * (last + 1)
    totals = [0] * (last + 1)
    # Starts for the next part, each with the first break for which it beats those before it.
    queue = [(0, 1)]
    head = 0
    for stop in range(1, last):
        while head + 1 < len(queue) and queue[head + 1][1] <= stop:
            head += 1
        start = queue[head][0]
        origins[stop] = start
        totals[stop] = totals[start] + _price(stretch.length(start, stop), stop, stretch, costs)
        _enqueue(stop, queue, head, totals, stretch, costs)
    earliest = bisect_left(range(last), True, key=lambda start: stretch.length(start, last) <= stretch.room)
    origins[last] = min(
        range(earliest, last), key=lambda start: totals[start] + _last(stretch.length(start, last), stretch, costs)
    )
    path = [last]
    while path[-1]:
        path.append(origins[path[-1]])
    return path[::-1]


def _enqueue(
    start: int, queue: list[tuple[int, int]], head: int, totals: list[int], stretch: Stretch, costs: Costs
) -> None:
    """Put a new start where it belongs: behind those that beat it for a while, in the place of those it beats at once."""

    def wins(stop: int) -> bool:
        old = queue[-1][0]
        longer = stretch.length(old, stop)
        if longer > stretch.room:
            return True
        shorter = stretch.length(start, stop)
        return totals[start] + _empty(shorter, stretch, costs) <= totals[old] + _empty(longer, stretch, costs)

    while len(queue) > head + 1 and wins(queue[-1][1]):
        queue.pop()
    old, since = queue[-1]
    first = max(since, start + 1)
    # From where the old start is too far away, the new one wins anyway.
    end = min(bisect_right(stretch.ends, stretch.starts[old] + stretch.room), len(stretch.ends) - 1)
    first += bisect_left(range(first, end), True, key=wins)
    if first < len(stretch.ends) - 1:
        queue.append((start, first))


def _empty(length: int, stretch: Stretch, costs: Costs) -> int:
    return costs.slack * (stretch.room - length) ** 2


def _price(length: int, stop: int, stretch: Stretch, costs: Costs) -> int:
    return _empty(length, stretch, costs) + (costs.part + stretch.prices[stop]) * stretch.room**2


def _last(length: int, stretch: Stretch, costs: Costs) -> int:
    orphan = costs.orphan if length * 100 < stretch.room * _ORPHAN else 0
    return costs.last_slack * (stretch.room - length) ** 2 + (costs.part + orphan) * stretch.room**2
