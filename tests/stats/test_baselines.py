"""What is usual, against the same worked out thread by thread from values instead of by the database."""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from contentkit.stats.baselines import JUDGED_AT, REACH, Judged, judged, judged_age
from contentkit.stats.estimates import ENOUGH, Estimate, median_of
from contentkit.stats.measured import Counts, MeasuredThread, measured
from tests.stats.measuring import BEGUN, Told, a_thread, in_memory, publish

LONG_AGO, LATER = BEGUN - timedelta(days=4000), BEGUN + timedelta(days=4000)
_COUNT = st.none() | st.integers(0, 20)
_READINGS = st.lists(st.tuples(st.sampled_from((24, 168)), _COUNT, _COUNT, _COUNT), max_size=3)
_THREADS = st.lists(
    st.tuples(
        st.sampled_from(("ours", "hers")),
        st.integers(0, 30),  # days after BEGUN: several on one day
        st.lists(_READINGS, min_size=1, max_size=3),
        st.sets(st.integers(0, 2), max_size=1),  # parts that are gone
    ),
    min_size=1,
    max_size=14,
)


def everything(database: Database) -> list[MeasuredThread]:
    return measured(database, since=LONG_AGO, until=LATER)


def slowly(threads: list[MeasuredThread], one: MeasuredThread, age: int) -> list[int]:
    """The engagement at this age of the last threads of the same account that were begun before."""
    before = [other for other in threads if other.account == one.account and other.begun_at < one.begun_at][-REACH:]
    counts = [other.at(age) for other in before]
    return [told.engagement for told in counts if told and told.engagement is not None]


def many(database: Database, engagements: list[int], age: int = 24) -> None:
    """Threads of one part, a day apart, that had so many likes at this age."""
    for number, likes in enumerate(engagements):
        publish(database, f"t{number}", [[(age, likes, None, None)]], begun_at=BEGUN + timedelta(days=number))


def last_of(database: Database, age: int | None = None) -> Judged:
    return judged(database, everything(database)[-1:], age)[0]


@settings(max_examples=40, deadline=None)
@given(rows=_THREADS, age=st.sampled_from((24, 168)))
def test_the_usual_is_that_of_the_threads_before_at_the_same_age(
    rows: list[tuple[str, int, list[list[Told]], set[int]]], age: int
) -> None:
    with in_memory() as database:
        for number, (account, days, parts, deleted) in enumerate(rows):
            at = BEGUN + timedelta(days=days)
            publish(database, f"t{number}", parts, begun_at=at, account=account, deleted=list(deleted))
        threads = everything(database)
        for one, found in zip(threads, judged(database, threads, age), strict=True):
            counts = one.at(age)
            if counts is None or counts.engagement is None:
                assert (found.age, found.engagement, found.usual, found.ratio) == (None, None, None, None)
                continue
            before = slowly(threads, one, age)
            assert (found.engagement, found.before) == (counts.engagement, len(before))
            assert found.usual == (median_of(before) if len(before) >= ENOUGH else None)
        assert judged(database, threads[-1:], age) == judged(database, threads, age)[-1:]
        of_one_age = measured(database, since=LONG_AGO, until=LATER, ages=[age])
        assert [one.at(age) for one in of_one_age] == [one.at(age) for one in threads]


def test_no_more_than_the_last_hundred_threads_count(database: Database) -> None:
    many(database, [1000] * 10 + list(range(REACH)) + [50])
    found = last_of(database)
    assert found.usual is not None
    assert (found.usual.value, found.before) == (median(range(REACH)), REACH)


@pytest.mark.parametrize(("before", "is_known"), [(ENOUGH - 1, False), (ENOUGH, True)])
def test_of_too_few_nothing_is_usual(database: Database, before: int, is_known: bool) -> None:
    many(database, [10] * before + [20])
    found = last_of(database)
    assert ((found.usual is not None), (found.ratio is not None), found.before) == (is_known, is_known, before)


def test_a_ratio_has_the_interval_of_the_usual(database: Database) -> None:
    many(database, [5, 8, 10, 12, 20, 30])
    assert last_of(database).ratio == Estimate(value=3.0, low=1.5, high=6.0, n=5)


def test_a_quotient_by_next_to_nothing_is_not_told(database: Database) -> None:
    many(database, [0, 0, 0, 1, 9, 30])
    found = last_of(database)
    assert (found.usual, found.ratio) == (Estimate(value=0, low=0, high=9, n=5), None)


def test_where_the_usual_may_be_nothing_the_ratio_has_no_upper_end(database: Database) -> None:
    many(database, [0, 1, 2, 3, 9, 30])
    ratio = last_of(database).ratio
    assert ratio == Estimate(value=15.0, low=30 / 9, high=math.inf, n=5)


def test_nothing_at_all_is_0_times_the_usual(database: Database) -> None:
    many(database, [0, 1, 2, 3, 9, 0])
    assert last_of(database).ratio == Estimate(value=0.0, low=0.0, high=0.0, n=5)


@pytest.mark.parametrize(
    ("ages", "expected"), [((), None), ((1,), 1), ((1, 72), 72), ((24, 168, 720), JUDGED_AT), ((24, 720), 720)]
)
def test_a_thread_is_judged_at_seven_days_if_it_can_be(ages: tuple[int, ...], expected: int | None) -> None:
    assert judged_age(a_thread("a", dict.fromkeys(ages, Counts(likes=1)))) == expected


def test_an_age_at_which_only_what_is_no_engagement_was_told_is_no_age(database: Database) -> None:
    assert judged_age(a_thread("a", {24: Counts(likes=1), 168: Counts(impressions=9)})) == 24


def test_each_thread_is_compared_at_its_own_age(database: Database) -> None:
    for number in range(6):
        readings: list[Told] = [(24, 10, 0, 0), (168, 100, 0, 0)]
        publish(database, f"t{number}", [readings], begun_at=BEGUN + timedelta(days=number))
    publish(database, "young", [[(24, 30, 0, 0)]], begun_at=BEGUN + timedelta(days=6))
    publish(database, "old", [[(24, 30, 0, 0), (168, 50, 0, 0)]], begun_at=BEGUN + timedelta(days=7))
    young, old = judged(database, everything(database)[-2:])
    assert (young.age, young.ratio and young.ratio.value, young.before) == (24, 3.0, 6)
    assert (old.age, old.ratio and old.ratio.value, old.before) == (168, 0.5, 6)
