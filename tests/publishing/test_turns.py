from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.publishing.simulation.turns import Turns


def _job(name: str, turns: Turns, done: list[str]) -> Iterator[None]:
    """Three steps, in each of which others may come between its two halves."""
    for step in range(3):
        done.append(f"{name}{step} begins")
        turns.pause()
        done.append(f"{name}{step} ends")
        yield


def _order(seed: int) -> list[str]:
    turns, done = Turns(random.Random(seed)), list[str]()
    turns.carry_out([_job(name, turns, done) for name in "ab"])
    return done


def test_each_seed_has_its_order_again_and_again() -> None:
    assert [_order(seed) for seed in range(20)] == [_order(seed) for seed in range(20)]


def test_one_comes_between_the_halves_of_anothers_step() -> None:
    orders = [_order(seed) for seed in range(20)]
    assert all(sorted(order) == sorted(orders[0]) for order in orders)
    assert any(order.index("b0 begins") < order.index("a0 ends") < order.index("b0 ends") for order in orders)


def test_a_failure_ends_the_others_after_their_step() -> None:
    turns, done = Turns(random.Random(0)), list[str]()

    def failing() -> Iterator[None]:
        raise KeyError("lost")
        yield

    with pytest.raises(KeyError, match="lost"):
        turns.carry_out([failing(), _job("a", turns, done), _job("b", turns, done)])
    assert len(done) % 2 == 0
    assert len(done) < 12
