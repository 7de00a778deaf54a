from __future__ import annotations

from datetime import timedelta

import pytest
from sqlite_utils import Database

from contentkit.platforms import Figures
from contentkit.stats.publications import copy_publications, tracked
from contentkit.stats.retractions import forget_unseen, forget_words, lenders, note_retracted
from contentkit.stats.snapshots import store_figures
from tests.stats.counting import NOW, thread

LONG_AGO = NOW - timedelta(days=365)


def _told(database: Database) -> list[tuple[object, ...]]:
    return database.conn.execute("SELECT remote_id, state, likes, text FROM latest_figures ORDER BY id").fetchall()


def _read_from_the_network(database: Database) -> None:
    """The thread is known from the network's own list of our posts, and its words with it."""
    database.conn.execute("UPDATE published_parts SET origin = 'network'")


def test_what_was_retracted_is_noted_once_and_keeps_the_words_that_were_written_here(database: Database) -> None:
    copy_publications(database, thread(parts=2, text="Words"))
    for _ in range(2):
        note_retracted(database, {("ours", "launch-1"), ("ours", "another"), ("hers", "launch-0")}, NOW)
        forget_words(database)
    assert _told(database) == [("launch-0", None, None, "Words"), ("launch-1", "deleted", None, "Words")]
    assert database.conn.execute("SELECT count(*) FROM snapshots").fetchone() == (1,)


def test_the_figures_of_before_stay(database: Database) -> None:
    copy_publications(database, thread(parts=1, text="Words"))
    store_figures(database, tracked(database, "ours", "counting", LONG_AGO), {"launch-0": Figures(likes=5)}, NOW)
    note_retracted(database, {("ours", "launch-0")}, NOW + timedelta(minutes=1))
    forget_words(database)
    likes = database.conn.execute("SELECT state, likes FROM snapshots ORDER BY number").fetchall()
    assert likes == [("told", 5), ("deleted", None)]


def test_what_was_read_in_the_same_second_is_noted_by_the_next_run(database: Database) -> None:
    copy_publications(database, thread(parts=1))
    store_figures(database, tracked(database, "ours", "counting", LONG_AGO), {"launch-0": Figures(likes=5)}, NOW)
    for later, expected in ((0, "told"), (1, "deleted")):
        note_retracted(database, {("ours", "launch-0")}, NOW + timedelta(seconds=later))
        assert [state for _, state, *_ in _told(database)] == [expected]


@pytest.mark.parametrize(("origin", "words"), [("here", "Words"), ("archive", "Words"), ("network", None)])
def test_only_words_that_a_network_lent_go_when_it_says_that_the_post_is_deleted(
    database: Database, origin: str, words: str | None
) -> None:
    copy_publications(database, thread(parts=1, text="Words"))
    database.conn.execute("UPDATE published_parts SET origin = ?", (origin,))
    store_figures(database, tracked(database, "ours", "counting", LONG_AGO), {"launch-0": Figures(deleted=True)}, NOW)
    forget_words(database)
    assert _told(database) == [("launch-0", "deleted", None, words)]


def test_lent_words_go_when_their_post_was_not_seen_for_a_day(database: Database) -> None:
    copy_publications(database, thread(parts=3, text="Words"))
    _read_from_the_network(database)
    assert lenders(database) == ["counting"]
    posts = tracked(database, "ours", "counting", LONG_AGO)
    store_figures(database, posts[:2], {one.remote_id: Figures(likes=1) for one in posts}, NOW)
    store_figures(database, posts[:1], {posts[0].remote_id: Figures(likes=1)}, NOW + timedelta(hours=2))
    store_figures(database, posts[1:2], {}, NOW + timedelta(hours=2))  # that nothing is said is no sight of it
    forget_unseen(database, "another", NOW + timedelta(hours=1))
    assert [words for *_, words in _told(database)] == ["Words", "Words", "Words"]
    forget_unseen(database, "counting", NOW + timedelta(hours=1))
    assert [words for *_, words in _told(database)] == [None, None, "Words"]
    forget_unseen(database, "counting", NOW + timedelta(days=1))
    assert lenders(database) == []
