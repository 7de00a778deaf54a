from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from contentkit.platforms import Audience, Figures
from contentkit.stats.figures import account_figures, part_figures, part_figures_of, thread_figures
from contentkit.stats.publications import Owner, copy_publications, tracked
from contentkit.stats.snapshots import store_audience, store_figures
from tests.stats.counting import NOW, thread

ALWAYS = NOW - timedelta(days=365)


def told(database: Database, figures: dict[str, Figures], *, hours: int = 0) -> None:
    """One run in which only these posts were asked for."""
    posts = [one for one in tracked(database, "ours", "counting", ALWAYS) if one.remote_id in figures]
    store_figures(database, posts, figures, NOW + timedelta(hours=hours))


def test_a_thread_has_the_sums_of_its_parts_and_the_first_ones_address(database: Database) -> None:
    copy_publications(database, thread(text="Words"))
    told(database, {f"launch-{part}": Figures(replies=2, likes=part) for part in range(3)})
    [one] = thread_figures(database, ALWAYS)
    assert (one.entry, one.state, one.part, one.parts, one.published) == ("launch", "told", None, 3, 3)
    assert (one.replies, one.likes, one.shares) == (4, 3, None)
    assert (one.url, one.text) == ("https://social.example/launch-0", "Words")
    assert (one.published_at, one.asked_at) == (NOW - timedelta(days=1), NOW)


def test_a_thread_is_as_old_as_its_part_that_was_asked_longest_ago(database: Database) -> None:
    copy_publications(database, thread(parts=2))
    told(database, {"launch-0": Figures(likes=1)})
    told(database, {"launch-1": Figures(likes=1)}, hours=5)
    [one] = thread_figures(database, ALWAYS)
    assert one.asked_at == NOW


@pytest.mark.parametrize(
    ("figures", "state", "counts"),
    [
        ({}, "never asked", (0, 0, 0)),
        ({"launch-0": Figures(likes=1)}, "told", (1, 1, 0)),
        ({"launch-0": Figures(likes=1), "launch-1": Figures(deleted=True)}, "told", (1, 2, 1)),
        ({"launch-0": Figures(deleted=True), "launch-1": Figures(deleted=True)}, "deleted", (0, 2, 2)),
    ],
)
def test_the_state_of_a_thread_tells_what_is_known(
    database: Database, figures: dict[str, Figures], state: str, counts: tuple[int, ...]
) -> None:
    copy_publications(database, thread(parts=2))
    told(database, figures)
    [one] = thread_figures(database, ALWAYS)
    assert (one.state, (one.told, one.asked, one.deleted)) == (state, counts)


def test_a_thread_that_the_network_says_nothing_about_is_unavailable(database: Database) -> None:
    copy_publications(database, thread(parts=1))
    store_figures(database, tracked(database, "ours", "counting", ALWAYS), {}, NOW)
    assert [one.state for one in thread_figures(database, ALWAYS)] == ["unavailable"]


def test_a_deleted_post_keeps_its_last_figures(database: Database) -> None:
    copy_publications(database, thread(parts=1))
    told(database, {"launch-0": Figures(likes=7)})
    told(database, {"launch-0": Figures(deleted=True)}, hours=1)
    [one] = part_figures(database, ALWAYS)
    assert (one.state, one.likes, one.asked_at) == ("deleted", 7, NOW + timedelta(hours=1))


def test_the_newest_thread_comes_first_and_its_parts_in_order(database: Database) -> None:
    copy_publications(database, [*thread("older", 2, at=NOW - timedelta(days=2)), *thread("newer", 2)])
    assert [one.entry for one in thread_figures(database, ALWAYS)] == ["newer", "older"]
    found = [(one.entry, one.part) for one in part_figures(database, ALWAYS)]
    assert found == [("newer", 0), ("newer", 1), ("older", 0), ("older", 1)]


def test_a_thread_counts_from_its_beginning(database: Database) -> None:
    copy_publications(database, thread("old", 3, at=NOW - timedelta(days=30, minutes=1)))
    since = NOW - timedelta(days=30)
    assert (thread_figures(database, since), part_figures(database, since)) == ([], [])


def test_the_parts_of_one_entry_are_those_of_all_its_accounts(database: Database) -> None:
    copy_publications(database, [*thread("a", 2), *thread("b", 1)])
    copy_publications(database, thread("a", 1, account="hers", at=NOW - timedelta(days=300)))
    assert [(one.account, one.part) for one in part_figures_of(database, "a")] == [
        ("ours", 0),
        ("ours", 1),
        ("hers", 0),
    ]
    assert part_figures_of(database, "c") == []


def followers(database: Database, *counted: tuple[float, int | None]) -> None:
    """Snapshots of ``ours``, so many days ago each."""
    for days, count in counted:
        store_audience(database, "ours", Audience(followers=count), NOW - timedelta(days=days))


def test_changes_of_followers_are_told_over_a_week_and_a_month(database: Database) -> None:
    followers(database, (30.2, 70), (7.1, 120), (6.5, 130), (0, 100))
    [ours] = account_figures(database)
    assert (ours.followers, ours.week, ours.month, ours.asked_at) == (100, -20, 30, NOW)


@pytest.mark.parametrize("days", [0.5, 5.9, 8.1])
def test_a_change_over_another_time_is_not_called_one_over_a_week(database: Database, days: float) -> None:
    followers(database, (days, 90), (0, 100))
    assert [one.week for one in account_figures(database)] == [None]


def test_followers_that_were_not_told_are_no_change(database: Database) -> None:
    followers(database, (7, 90), (0, None))
    [ours] = account_figures(database)
    assert (ours.followers, ours.week) == (None, None)
    followers(database, (-7, 120))
    assert [one.week for one in account_figures(database)] == [None]


def test_an_account_that_was_never_asked_is_there_with_nothing(database: Database) -> None:
    copy_publications(database, thread("launch", account="hers"))
    followers(database, (0, 100))
    assert [(one.account, one.followers, one.asked_at) for one in account_figures(database)] == [
        ("hers", None, None),
        ("ours", 100, NOW),
    ]


def test_followers_of_two_accounts_are_no_change(database: Database) -> None:
    for days, count, owner in ((7, 5000, "1"), (0, 12, "2")):
        whose = Owner(server="https://social.example", remote_id=owner)
        store_audience(database, "ours", Audience(followers=count), NOW - timedelta(days=days), whose)
    assert [(one.followers, one.week) for one in account_figures(database)] == [(12, None)]


def test_what_was_told_last_counts_also_when_a_clock_was_ahead_before(database: Database) -> None:
    copy_publications(database, thread(parts=1))
    for hours, likes in ((24 * 365, 1), (0, 500)):
        told(database, {"launch-0": Figures(likes=likes)}, hours=hours)
        store_audience(database, "ours", Audience(followers=likes), NOW + timedelta(hours=hours))
    assert [(one.likes, one.asked_at) for one in thread_figures(database, ALWAYS)] == [(500, NOW)]
    assert [(one.followers, one.asked_at) for one in account_figures(database)] == [(500, NOW)]
