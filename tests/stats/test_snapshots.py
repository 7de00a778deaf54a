from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from sqlite_utils import Database

from contentkit.platforms import Audience, Figures
from contentkit.stats.publications import Tracked, copy_publications, tracked
from contentkit.stats.retractions import note_retracted
from contentkit.stats.snapshots import store_audience, store_figures
from tests.stats.counting import NOW, thread


def published(database: Database, parts: int = 3) -> list[Tracked]:
    """The posts of a thread, first part first."""
    copy_publications(database, thread(parts=parts))
    return tracked(database, "ours", "counting", NOW - timedelta(days=30))[::-1]


def latest(database: Database, columns: str) -> list[tuple[object, ...]]:
    return database.conn.execute(f"SELECT {columns} FROM latest_figures ORDER BY part").fetchall()


def test_what_was_told_is_kept_as_it_was_told(database: Database) -> None:
    told = Figures(
        replies=0, likes=2, shares=3, quotes=4, bookmarks=5, impressions=600, link_clicks=7, profile_clicks=8
    )
    posts = published(database, 1)
    assert store_figures(database, posts, {"launch-0": told}, NOW) == {"told": 1}
    columns = "replies, likes, shares, quotes, bookmarks, impressions, link_clicks, profile_clicks, asked_at"
    assert latest(database, columns) == [(0, 2, 3, 4, 5, 600, 7, 8, "2026-11-22T12:00:00Z")]


def test_told_deleted_and_said_nothing_about_are_three_states(database: Database) -> None:
    posts = published(database)
    told = {"launch-0": Figures(likes=1), "launch-1": Figures(likes=9, deleted=True)}
    assert store_figures(database, posts, told, NOW) == {"told": 1, "deleted": 1, "unavailable": 1}
    assert latest(database, "state, likes") == [("told", 1), ("deleted", None), ("unavailable", None)]


def test_every_part_but_the_last_has_one_reply_of_our_own(database: Database) -> None:
    posts = published(database)
    store_figures(database, posts, {one.remote_id: Figures(replies=2) for one in posts}, NOW)
    assert latest(database, "replies") == [(1,), (1,), (2,)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_a_continuation_that_was_deleted_is_no_reply_any_more(database: Database, order: tuple[int, ...]) -> None:
    posts = published(database)
    told = {"launch-0": Figures(replies=1), "launch-1": Figures(deleted=True), "launch-2": Figures(replies=0)}
    store_figures(database, [posts[index] for index in order], told, NOW)
    assert latest(database, "replies") == [(1,), (None,), (0,)]


def test_every_post_of_ours_that_replies_to_a_part_is_subtracted(database: Database) -> None:
    parents = ("", "launch-0", "launch-0", "launch-2")
    copy_publications(
        database, [replace(one, parent=parent or None) for one, parent in zip(thread(parts=4), parents, strict=True)]
    )
    posts = tracked(database, "ours", "counting", NOW - timedelta(days=30))[::-1]
    store_figures(database, posts, {one.remote_id: Figures(replies=5) for one in posts}, NOW)
    assert latest(database, "replies") == [(3,), (5,), (4,), (5,)]


def test_what_was_published_anew_replies_instead_of_what_was_taken_down(database: Database) -> None:
    first, second, third = thread(parts=3)
    anew = replace(second, remote_id="anew", parent="launch-0")
    after = replace(third, remote_id="after", parent="anew")
    copy_publications(
        database, [first, replace(second, parent="launch-0"), replace(third, parent="launch-1"), anew, after]
    )
    note_retracted(database, {("ours", "launch-1"), ("ours", "launch-2")}, NOW)
    posts = tracked(database, "ours", "counting", NOW - timedelta(days=30))
    store_figures(database, posts, {one.remote_id: Figures(replies=5) for one in posts}, NOW + timedelta(minutes=1))
    told = database.conn.execute("SELECT remote_id, replies FROM latest_figures WHERE state = 'told'").fetchall()
    assert sorted(told) == [("after", 5), ("anew", 4), ("launch-0", 4)]


def test_a_part_that_is_out_twice_answers_twice_and_is_answered_twice(database: Database) -> None:
    first, second, third = thread(parts=3)
    copy_publications(database, [first, second, replace(second, remote_id="twice"), third])
    posts = tracked(database, "ours", "counting", NOW - timedelta(days=30))
    store_figures(database, posts, {one.remote_id: Figures(replies=5) for one in posts}, NOW)
    told = database.conn.execute("SELECT remote_id, replies FROM latest_figures").fetchall()
    assert sorted(told) == [("launch-0", 3), ("launch-1", 4), ("launch-2", 5), ("twice", 4)]


def test_a_parent_in_another_thread_has_no_reply_of_our_own(database: Database) -> None:
    copy_publications(database, [*thread(parts=1), replace(thread("other", parts=1)[0], parent="launch-0")])
    posts = tracked(database, "ours", "counting", NOW - timedelta(days=30))
    store_figures(database, posts, {one.remote_id: Figures(replies=5) for one in posts}, NOW)
    assert database.conn.execute("SELECT own_replies FROM snapshots").fetchall() == [(0,), (0,)]


def test_the_thread_of_another_account_or_entry_is_no_continuation(database: Database) -> None:
    posts = published(database, 1)
    copy_publications(database, [*thread("other"), *thread("launch", account="hers")])
    store_figures(database, posts, {"launch-0": Figures(replies=1)}, NOW)
    assert database.conn.execute("SELECT own_replies FROM snapshots").fetchall() == [(0,)]


@pytest.mark.parametrize("nonsense", [-1, 2**80, "12", 1.5, True, [3]])
def test_what_nobody_can_have_counted_was_not_told(database: Database, nonsense: object) -> None:
    told = Figures(likes=cast(int, nonsense), shares=1)
    store_figures(database, published(database, 1), {"launch-0": told}, NOW)
    store_audience(database, "ours", Audience(followers=cast(int, nonsense), following=5), NOW)
    assert latest(database, "likes, shares") == [(None, 1)]
    query = "SELECT followers, following, statuses FROM account_snapshots"
    assert database.conn.execute(query).fetchall() == [(None, 5, None)]


def test_two_commands_in_one_second_leave_one_snapshot(database: Database) -> None:
    posts = published(database, 1)
    for likes in (1, 2):
        store_figures(database, posts, {"launch-0": Figures(likes=likes)}, NOW)
        store_audience(database, "ours", Audience(followers=likes), NOW)
    assert database.conn.execute("SELECT likes FROM snapshots").fetchall() == [(1,)]
    assert database.conn.execute("SELECT followers FROM account_snapshots").fetchall() == [(1,)]


def test_what_is_asked_for_twice_at_once_has_one_snapshot(database: Database) -> None:
    [post] = published(database, 1)
    assert store_figures(database, [post, post], {"launch-0": Figures(likes=1)}, NOW) == {"told": 1}
    assert database.conn.execute("SELECT number, likes FROM snapshots").fetchall() == [(1, 1)]


def test_a_clock_that_was_set_back_leaves_every_reading_in_its_order(database: Database) -> None:
    posts = published(database, 1)
    for likes, at in ((1, NOW), (2, NOW - timedelta(minutes=1)), (3, NOW)):
        store_figures(database, posts, {"launch-0": Figures(likes=likes)}, at)
    assert database.conn.execute("SELECT number, likes FROM snapshots").fetchall() == [(1, 1), (2, 2), (3, 3)]


def test_an_answer_about_posts_that_nobody_asked_for_is_not_kept(database: Database) -> None:
    first, second, _ = published(database)
    store_figures(database, [first], {first.remote_id: Figures(likes=1), second.remote_id: Figures(likes=9)}, NOW)
    assert latest(database, "likes") == [(1,), (None,), (None,)]
