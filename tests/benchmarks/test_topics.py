"""Every benchmark still runs: at its tiniest with every change, and in the night as ``make bench-quick`` runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.topics import TOPICS, Bench, Peers, Size, Topic, topic_of


def measured(name: str, folder: Path, size: Size) -> Topic:
    return topic_of(name)(Bench(scratch=folder, rounds=1, size=size, peers=Peers(folder / "nobody")))


@pytest.mark.parametrize("name", TOPICS)
def test_a_benchmark_runs_without_anybody_to_compare_with(name: str, tmp_path: Path) -> None:
    topic = measured(name, tmp_path, Size.TINY)

    assert topic.title
    for figure in topic.figures:
        assert 0 < figure.measured.least <= figure.measured.median <= figure.measured.greatest
        assert figure.at_most is None or figure.at_least is None
    for curve in topic.curves:
        assert all(x > 0 and y > 0 for line in curve.lines.values() for x, y in line), "axes are logarithmic"


@pytest.mark.nightly
@pytest.mark.parametrize("name", TOPICS)
def test_a_benchmark_runs_as_make_bench_quick_runs_it(name: str, tmp_path: Path) -> None:
    assert measured(name, tmp_path, Size.QUICK).title
