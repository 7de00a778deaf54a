from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.publishing.publications import State
from tests.publishing.circumstances import Naive, never_looking, never_resting, without_the_entry
from tests.publishing.simulation import TEXTS, simulate


def _lives(seeds: range, folder: Path) -> None:
    for seed in seeds:
        try:
            world, rows = simulate(seed, folder / str(seed))
            assert [status.text for status in world.statuses] == list(TEXTS), "lost"
            assert [row.state for row in rows] == [State.SENT] * len(TEXTS)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


# Everything that is billed is noted durably: a block must end in time on a busy machine.
@pytest.mark.parametrize("block", [0, pytest.param(1, marks=pytest.mark.nightly)])
def test_whatever_happens_a_thread_ends_complete_in_order_and_once(block: int, tmp_path: Path) -> None:
    _lives(range(block * 20, (block + 1) * 20), tmp_path)


@pytest.mark.parametrize(
    ("naive", "wrong"),
    [
        (never_looking, "began without its page"),
        (never_resting, "began late in quiet hours"),
        (without_the_entry, "began later than was approved"),
    ],
)
def test_a_publisher_that_forgets_a_circumstance_is_caught(naive: Naive, wrong: str, tmp_path: Path) -> None:
    for seed in range(400):
        try:
            simulate(seed, tmp_path / str(seed), naive)
        except AssertionError as error:
            if wrong in str(error):
                return
    raise AssertionError(f"{naive.__name__} was never caught")


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(100))
def test_the_same_for_many_more_lives(block: int, tmp_path: Path) -> None:
    _lives(range(40 + block * 200, 40 + (block + 1) * 200), tmp_path)
