from __future__ import annotations

import pytest

from tests.publishing.simulation.many import found_at, history_of, live_all
from tests.publishing.simulation.planted import PLANTED
from tests.publishing.simulation.program import Program

# Of every change so many lives are lived, and no planted fault may live as long as this.
_LIVES, _BLOCKS, _LONGEST = 2000, 10, 500
# From other seeds on, what takes three conditions at once may take longer.
_LONGEST_ELSEWHERE = 1500


# What takes some hundred lives to show is looked for at night.
_RARE = {
    "looks without a watermark",
    "receipts are trusted",
    "what was unsaid stays unsaid",
    "parents are taken for granted",
    "no mark before a part leaves",
}
_EACH = [
    pytest.param(program, id=program.name, marks=[pytest.mark.nightly] if program.name in _RARE else [])
    for program in PLANTED
]


def _assert_nothing_is_wrong(seeds: range) -> None:
    lives = live_all(seeds)
    for seed, what in lives.wrong[:1]:
        raise AssertionError("\n".join((f"seed {seed}: {what}", *history_of(seed))))
    assert lives.lived == len(seeds)
    assert lives.counts["posts asked for"] > len(seeds), "they were too quiet to prove anything"


# In blocks, as a single test must end in time on a busy machine.
@pytest.mark.parametrize("block", range(_BLOCKS))
def test_whatever_happens_nothing_is_doubled_lost_or_out_of_order(block: int) -> None:
    size = _LIVES // _BLOCKS
    _assert_nothing_is_wrong(range(block * size, (block + 1) * size))


@pytest.mark.parametrize("program", _EACH)
def test_each_planted_fault_is_found(program: Program) -> None:
    seed = found_at(program, range(_LONGEST))
    assert seed is not None


@pytest.mark.nightly
@pytest.mark.parametrize("start", [10_000, 20_000, 30_000])
@pytest.mark.parametrize("program", PLANTED, ids=lambda program: program.name)
def test_each_planted_fault_is_found_wherever_one_begins(program: Program, start: int) -> None:
    seed = found_at(program, range(start, start + _LONGEST_ELSEWHERE))
    assert seed is not None


# In the second, two accounts come between each other.
@pytest.mark.parametrize("seed", [7, 30])
def test_a_life_can_be_lived_again(seed: int) -> None:
    assert history_of(seed) == history_of(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(100))
def test_the_same_for_many_more_lives(block: int) -> None:
    _assert_nothing_is_wrong(range(2000 + block * 200, 2000 + (block + 1) * 200))
