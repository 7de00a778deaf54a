from __future__ import annotations

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from contentkit.platforms import Audience
from contentkit.stats.growth import Growth, growth
from contentkit.stats.overviews import accounts_now, all_accounts
from contentkit.stats.publications import NOBODY_KNOWS, Owner, copy_publications
from contentkit.stats.snapshots import store_audience
from tests.stats.counting import NOW, thread
from tests.stats.measuring import in_memory

WEEK, MONTH = timedelta(days=7), timedelta(days=30)


def followers(database: Database, *counted: tuple[float, int | None], owner: Owner = NOBODY_KNOWS) -> None:
    """Readings of ``ours``, so many days ago each."""
    for days, count in counted:
        store_audience(database, "ours", Audience(followers=count), NOW - timedelta(days=days), owner)


def ours(database: Database) -> Growth:
    return accounts_now(database, ["ours"], NOW)[0].growth


def test_changes_of_followers_are_told_over_a_week_and_a_month(database: Database) -> None:
    followers(database, (30.2, 70), (7.1, 120), (6.5, 130), (0, 100))
    one = ours(database)
    assert (one.followers, one.change_over(WEEK), one.change_over(MONTH), one.asked_at) == (100, -20, 30, NOW)


@pytest.mark.parametrize("days", [0.5, 5.9, 8.1])
def test_a_change_over_another_time_is_not_called_one_over_a_week(database: Database, days: float) -> None:
    followers(database, (days, 90), (0, 100))
    assert ours(database).change_over(WEEK) is None


def test_what_was_not_told_is_no_reading(database: Database) -> None:
    followers(database, (7, None), (3, 90), (0, None))
    one = ours(database)
    assert (one.followers, one.change_over(WEEK), len(one.readings), one.asked_at) == (90, None, 1, NOW)


def test_another_account_behind_the_name_begins_anew(database: Database) -> None:
    followers(database, (7, 5000), owner=Owner(server="https://social.example", remote_id="1"))
    followers(database, (1, 10), (0, 12), owner=Owner(server="https://social.example", remote_id="2"))
    one = ours(database)
    assert (one.followers, one.change_over(WEEK), one.change, one.began_anew) == (12, None, 2, True)


@pytest.mark.parametrize("last", [NOBODY_KNOWS, Owner(server="https://api.x.com", remote_id="1")])
def test_who_was_not_known_is_nobody_else(database: Database, last: Owner) -> None:
    followers(database, (7, 100), owner=Owner(server="https://api.x.com"))
    followers(database, (1, 110), owner=Owner(server="https://api.x.com", remote_id="1"))
    followers(database, (0, 112), owner=last)
    one = ours(database)
    assert (one.followers, one.change_over(WEEK), one.change, one.began_anew) == (112, 12, 12, False)


def test_a_clock_that_was_ahead_changes_nothing(database: Database) -> None:
    followers(database, (-365, 1), (0, 500))
    assert (ours(database).followers, ours(database).asked_at) == (500, NOW)


def test_every_account_is_there_the_never_asked_one_with_nothing(database: Database) -> None:
    copy_publications(database, thread("launch", account="hers"))
    followers(database, (0, 100))
    assert all_accounts(database) == ["hers", "ours"]
    [hers] = [one.growth for one in accounts_now(database, ["hers"], NOW)]
    assert (hers.followers, hers.change, hers.asked_at, hers.readings) == (None, None, None, ())


def test_a_change_in_a_range_counts_from_the_reading_before_it(database: Database) -> None:
    followers(database, (10.5, 80), (10, 90), (5, 100), (1, 130), (0, 999))
    [one] = growth(database, since=NOW - timedelta(days=10), until=NOW)
    assert (one.before and one.before.followers, one.followers, one.change) == (80, 130, 50)
    [one] = growth(database, since=NOW - timedelta(days=8), until=NOW)
    assert (one.before, one.change, one.first and one.first.followers) == (None, 30, 100)
    [one] = growth(database, since=NOW - timedelta(days=2), until=NOW)
    assert (one.followers, one.change) == (130, None), "one reading is no change"


def test_a_day_is_one_of_the_zone(database: Database) -> None:
    followers(database, (0.5, 10), (0.25, 11), (0, 12))  # 00:00, 06:00 and 12:00 UTC on the 22nd
    assert ours(database).by_day(ZoneInfo("America/Mexico_City")) == [
        (date(2026, 11, 21), 10),
        (date(2026, 11, 22), 12),
    ]


@settings(max_examples=40, deadline=None)
@given(
    readings=st.lists(st.tuples(st.integers(0, 24 * 40), st.none() | st.integers(0, 99)), unique_by=lambda one: one[0]),
    chance=st.randoms(use_true_random=False),
)
def test_in_whatever_order_readings_came_they_say_the_same(
    readings: list[tuple[int, int | None]], chance: Random
) -> None:
    told = sorted((hours, count) for hours, count in readings if count is not None and hours <= 24 * 30)
    shuffled = list(readings)
    chance.shuffle(shuffled)
    with in_memory() as database:
        followers(database, *((hours / 24, count) for hours, count in shuffled))
        [one] = growth(database, since=NOW - MONTH, until=NOW + timedelta(days=1), accounts=["ours"])
    assert [reading.followers for reading in one.readings] == [count for _, count in reversed(told)]
    assert one.followers == (told[0][1] if told else None)
