"""Rounds of two ways, and what is said of them."""

from __future__ import annotations

from benchmarks.scale.pace import in_turns, summary


def test_each_second_round_goes_the_other_way_round() -> None:
    ways = (("tickets", 0), ("jobs", 0))
    assert [[name for name, _ in order] for order in in_turns(ways, 4)] == [
        ["tickets", "jobs"], ["jobs", "tickets"], ["tickets", "jobs"], ["jobs", "tickets"]
    ]  # fmt: skip


def test_of_several_rounds_the_median_counts_and_the_range_is_told() -> None:
    assert summary([2.2, 1.72, 1.93]) == "1.93 × is the median of 3 rounds, from 1.72 to 2.20"
    assert summary([2.08]) == "2.08 × in one round"
