"""Groups, hours of the week and drop-off, against the same worked out by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import prod
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contentkit.stats.baselines import Judged
from contentkit.stats.best_times import best_times
from contentkit.stats.dropoff import dropoff
from contentkit.stats.estimates import chance_above
from contentkit.stats.groups import KINDS, Kind, grouped
from contentkit.stats.measured import Counts, MeasuredThread
from tests.stats.measuring import BEGUN, a_thread, judged_with

MEXICO, MADRID = ZoneInfo("America/Mexico_City"), ZoneInfo("Europe/Madrid")
RATIOS = st.none() | st.integers(0, 30).map(lambda tenths: tenths / 10)


def with_ratios(*ratios: float | None, prefix: str = "t", **values: object) -> list[Judged]:
    return [judged_with(ratio, a_thread(f"{prefix}{number}", **values)) for number, ratio in enumerate(ratios)]


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(("ours", "hers")), RATIOS), max_size=20),
    chance=st.randoms(use_true_random=False),
)
def test_a_group_has_the_median_of_its_entries_in_whatever_order(
    rows: list[tuple[str, str, float | None]], chance: Random
) -> None:
    judged = [judged_with(ratio, a_thread(entry, account=account)) for entry, account, ratio in rows]
    by_entry: dict[str, list[float]] = defaultdict(list)
    for one in judged:
        if one.ratio:
            by_entry[one.thread.thread].append(one.ratio.value)
    expected = [prod(ratios) ** (1 / len(ratios)) for ratios in by_entry.values()]
    groups = grouped(judged, "campaign", UTC)
    assert [(group.name, group.threads) for group in groups] == ([(None, len(rows))] if rows else [])
    if expected:
        ratio = groups[0].ratio
        assert ratio is not None
        assert ratio.value == pytest.approx(median(expected))
        assert ratio.n == len(expected)
        assert ratio.low <= ratio.value <= ratio.high
    shuffled = list(judged)
    chance.shuffle(shuffled)
    assert grouped(shuffled, "campaign", UTC) == groups


def test_a_thread_on_two_accounts_is_one_observation_and_two_imported_ones_are_two() -> None:
    same = [judged_with(0.5, a_thread("a")), judged_with(2.0, a_thread("a", account="hers"))]
    [group] = grouped(same, "hook", UTC)
    assert group.ratio is not None
    assert (group.threads, group.ratio.n) == (2, 1)
    assert group.ratio.value == pytest.approx(1.0)
    imported = [replace(one, thread=replace(one.thread, entry=None)) for one in same]
    assert [group.ratio and group.ratio.n for group in grouped(imported, "hook", UTC)] == [2]


@pytest.mark.parametrize(
    ("kind", "name"),
    [("campaign", "c"), ("slot", "s"), ("drafter", "d"), ("hook", "h"), ("language", "l"), ("founder", "f")],
)
def test_what_nobody_knows_is_a_group_of_its_own(kind: Kind, name: str) -> None:
    known = with_ratios(*[2.0] * 5, **{kind: name})
    groups = grouped([*known, *with_ratios(*[9.0] * 5, prefix="u")], kind, UTC)
    assert [(group.name, group.threads) for group in groups] == [(None, 5), (name, 5)]


def test_every_kind_groups_every_thread() -> None:
    judged = with_ratios(1.0, None, 3.0)
    for kind in KINDS:
        assert sum(group.threads for group in grouped(judged, kind, UTC)) == 3, kind


def test_the_best_come_first_and_those_with_too_few_last() -> None:
    judged = [
        *with_ratios(*[1.0] * 5, campaign="usual"),
        *with_ratios(*[9.0] * 4, campaign="few"),
        *with_ratios(*[2.0] * 5, campaign="good"),
        *with_ratios(None, None, campaign="none"),
        *with_ratios(*[9.0] * 4),
    ]
    assert [group.name for group in grouped(judged, "campaign", UTC)] == ["good", "usual", "few", None, "none"]


def test_a_thread_counts_for_each_of_its_sources() -> None:
    judged = with_ratios(2.0, sources=("a.md", "b.md"))
    assert [(group.name, group.threads) for group in grouped(judged, "source", UTC)] == [("a.md", 1), ("b.md", 1)]


def test_days_and_hours_are_those_of_the_zone_in_their_order() -> None:
    sunday_night = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)  # Monday in UTC, Sunday 22:30 in Mexico
    judged = [judged_with(1.0, a_thread("a", begun_at=sunday_night)), judged_with(1.0, a_thread("b"))]
    assert [group.name for group in grouped(judged, "weekday", UTC)] == ["mon"]
    assert [group.name for group in grouped(judged, "weekday", MEXICO)] == ["mon", "sun"]
    assert [group.name for group in grouped(judged, "hour", MEXICO)] == ["03", "22"]


def test_an_hour_of_the_wall_is_one_hour_in_summer_and_in_winter() -> None:
    summer, winter = datetime(2026, 7, 7, 7, 30, tzinfo=UTC), datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    judged = [judged_with(1.0, a_thread(str(at), begun_at=at)) for at in (summer, winter)]
    times = best_times(judged, MADRID)
    assert [(one.weekday, one.hour, one.ratio.n) for one in times.hours] == [(1, 9, 2)]


def test_both_hours_that_a_clock_shows_twice_are_the_same_hour() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    judged = [judged_with(1.0, a_thread(str(hours), begun_at=first + timedelta(hours=hours))) for hours in (0, 1)]
    assert [(one.weekday, one.hour, one.ratio.n) for one in best_times(judged, MADRID).hours] == [(6, 2, 2)]


@pytest.mark.parametrize(
    ("ratios", "is_advised"),
    [
        ([9.0] * 4, False),  # too few
        ([9.0] * 5, True),
        ([1.1, 2, 3, 4, 5], True),
        ([1.0, 2, 3, 4, 5], False),  # the interval reaches 1
        ([0.5, 2, 3, 4, 5, None], False),
    ],
)
def test_an_hour_is_advised_with_enough_threads_and_an_interval_above_1(
    ratios: list[float | None], is_advised: bool
) -> None:
    times = best_times(with_ratios(*ratios), UTC)
    assert [one.is_advised for one in times.hours] == [is_advised]
    assert len(times.advised) == is_advised


def test_how_many_hours_were_looked_at_is_told_and_what_chance_would_do() -> None:
    judged = [
        judged_with(1.0, a_thread(f"{hour} {number}", begun_at=BEGUN + timedelta(hours=hour, days=7 * number)))
        for hour in range(10)
        for number in range(5 if hour < 8 else 4)
    ]
    times = best_times(judged, UTC)
    assert (len(times.hours), times.looked_at, times.entries) == (10, 8, 48)
    assert times.by_chance == pytest.approx(8 / 32), "five of five above the median: once in 32"
    assert times.by_chance == pytest.approx(8 * chance_above(5))


def seen(*impressions: int | None, likes: int = 1, **values: object) -> MeasuredThread:
    return a_thread("a", *({24: Counts(impressions=one, likes=likes)} for one in impressions), **values)


def test_each_place_has_the_median_share_of_the_first() -> None:
    [found] = dropoff([seen(100, 50, 10), seen(10, 9), seen(200, 20)], 24)
    assert (found.figure, found.age, found.threads, found.left_out) == ("impressions", 24, 3, 0)
    assert [(place.part, place.share.value, place.share.n) for place in found.places] == [(1, 0.5, 3), (2, 0.1, 1)]


def test_where_no_impressions_are_told_engagement_is_compared() -> None:
    threads = [seen(None, None), seen(100, 50), seen(100, None)]
    assert [(one.figure, one.threads) for one in dropoff(threads, 24)] == [("impressions", 1), ("engagement", 2)]


def test_a_first_part_that_nobody_saw_is_left_out_and_counted() -> None:
    [found] = dropoff([seen(0, 5), seen(10, 5)], 24)
    assert (found.threads, found.left_out, found.places[0].share.n) == (2, 1, 1)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda: seen(100),  # no thread
        lambda: replace(seen(100, 50), planned=3),  # not whole
        lambda: a_thread("a", {24: Counts(likes=1)}, {1: Counts(likes=1)}),  # not told at this age
        lambda: a_thread("a", {24: Counts(likes=1)}, {24: Counts(replies=1)}),  # no figure in common
        lambda: _without_second(),
    ],
)
def test_only_whole_threads_are_compared(spoilt: Callable[[], MeasuredThread]) -> None:
    assert dropoff([spoilt()], 24) == []


def _without_second() -> MeasuredThread:
    thread = seen(100, 50)
    return replace(thread, parts=(thread.parts[0], thread.parts[1]._replace(state="deleted")))
