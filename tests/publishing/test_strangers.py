"""Servers that nobody has seen before, drawn from a seed, behind a proxy that loses answers, to reads as well.

Whatever they make of ids, words, lists and errors: nothing twice, nothing out of order, nothing lost, nothing called sent that is
not there; and who can be read back at all is never held where somebody who reads could have known better.
"""

from __future__ import annotations

import pytest

from tests.publishing.strangers import TEXTS, meet, meeting, meeting_on_x
from tests.servers.dialects import draw
from tests.servers.x_dialects import draw as draw_x

pytestmark = pytest.mark.matrix


def _check(seed: int) -> None:
    life = meet(seed)
    assert not life.wrong, f"seed {seed}: {draw(seed)}"
    assert not [hold for hold in life.holds if hold.needless], f"seed {seed}: {draw(seed)}"


def _check_x(seed: int) -> None:
    life = meet(seed, meeting_on_x)
    assert not life.wrong, f"seed {seed}: {draw_x(seed)}"
    assert not [hold for hold in life.holds if hold.needless], f"seed {seed}: {draw_x(seed)}"


@pytest.mark.parametrize("block", range(4))
def test_no_stranger_makes_a_thread_double_lose_or_reorder(block: int) -> None:
    for seed in range(block * 10, block * 10 + 10):
        _check(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(20))
def test_two_thousand_more(block: int) -> None:
    for seed in range(1000 + block * 100, 1100 + block * 100):
        _check(seed)


@pytest.mark.parametrize("block", range(2))
def test_x_in_other_words_is_still_x(block: int) -> None:
    for seed in range(block * 8, block * 8 + 8):
        _check_x(seed)


@pytest.mark.nightly
@pytest.mark.parametrize("block", range(10))
def test_x_in_a_thousand_other_words(block: int) -> None:
    for seed in range(1000 + block * 100, 1100 + block * 100):
        _check_x(seed)


def test_the_seeds_of_a_day_meet_every_way_of_being_strange() -> None:
    drawn = [draw(seed) for seed in range(40)]
    for name in ("ids", "markup", "text", "source", "listing", "parents", "created", "errors", "rates"):
        assert len({getattr(dialect, name) for dialect in drawn}) > 3, name
    assert {text for seed in range(40) for text in meeting(seed).scene.texts} == set(TEXTS)
    assert 10 < sum(dialect.can_be_matched for dialect in drawn) < 35
