from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.splitting.kinds import COSTS, Costs, Style
from contentkit.splitting.path import Stretch, cheapest, cost_of

ROOM = 100
# Pieces as (length, the gap before it, the price of a cut before it).
pieces = st.lists(
    st.tuples(st.integers(0, ROOM), st.integers(0, 3), st.sampled_from([0, 8, 25, 110, 1_500, 20_000])),
    min_size=1,
    max_size=40,
)


def stretch_of(written: list[tuple[int, int, int]]) -> Stretch:
    lengths = [number for length, gap, _ in written for number in (gap, length)]
    sums = list(accumulate(lengths, initial=0))
    return Stretch(
        ends=[sums[0], *sums[2::2]],
        starts=[*sums[1::2], sums[-1]],
        prices=[*(price for _, _, price in written), 0],
        room=ROOM,
    )


def tried_one_by_one(stretch: Stretch, costs: Costs) -> int:
    """The cost of the cheapest path, found by trying every part."""
    count = len(stretch.ends)
    best = [0]
    for stop in range(1, count):
        starts = [start for start in range(stop) if stretch.length(start, stop) <= ROOM]
        best.append(min(best[start] + part_cost(stretch, costs, start, stop) for start in starts))
    return best[-1]


def part_cost(stretch: Stretch, costs: Costs, start: int, stop: int) -> int:
    free = ROOM - stretch.length(start, stop)
    if stop == len(stretch.ends) - 1:
        orphan = costs.orphan if (ROOM - free) * 100 < ROOM * 25 else 0
        return costs.last_slack * free**2 + (costs.part + orphan) * ROOM**2
    return costs.slack * free**2 + (costs.part + stretch.prices[stop]) * ROOM**2


@pytest.mark.parametrize("style", COSTS)
@settings(max_examples=300, deadline=None)
@given(written=pieces)
def test_no_other_path_is_cheaper(style: Style, written: list[tuple[int, int, int]]) -> None:
    stretch = stretch_of(written)
    path = cheapest(stretch, COSTS[style])
    assert all(stretch.length(first, stop) <= ROOM for first, stop in pairwise(path))
    assert cost_of(path, stretch, COSTS[style]) == tried_one_by_one(stretch, COSTS[style])
