from __future__ import annotations

from datetime import timedelta

from sqlite_utils import Database

from contentkit.platforms import Figures
from contentkit.stats.publications import copy_publications, tracked
from contentkit.stats.retractions import forget_words, gone, note_retracted
from contentkit.stats.snapshots import store_figures
from tests.stats.counting import NOW, thread

LONG_AGO = NOW - timedelta(days=365)


def _told(database: Database) -> list[tuple[object, ...]]:
    return database.conn.execute("SELECT remote_id, state, likes, text FROM latest_figures ORDER BY id").fetchall()


def test_what_was_retracted_is_noted_once_and_loses_its_words_alone(database: Database) -> None:
    copy_publications(database, thread(parts=2, text="Words"))
    for _ in range(2):
        note_retracted(database, {("ours", "launch-1"), ("ours", "another"), ("hers", "launch-0")}, NOW)
        forget_words(database)
    assert _told(database) == [("launch-0", None, None, "Words"), ("launch-1", "deleted", None, None)]
    assert gone(database) == {("ours", "launch-1")}
    assert database.conn.execute("SELECT count(*) FROM snapshots").fetchone() == (1,)


def test_the_figures_of_before_stay(database: Database) -> None:
    copy_publications(database, thread(parts=1, text="Words"))
    store_figures(database, tracked(database, "ours", "counting", LONG_AGO), {"launch-0": Figures(likes=5)}, NOW)
    note_retracted(database, {("ours", "launch-0")}, NOW + timedelta(minutes=1))
    forget_words(database)
    likes = database.conn.execute("SELECT state, likes FROM snapshots ORDER BY number").fetchall()
    assert likes == [("told", 5), ("deleted", None)]


def test_what_a_network_calls_deleted_loses_its_words_too(database: Database) -> None:
    copy_publications(database, thread(parts=1, text="Words"))
    store_figures(database, tracked(database, "ours", "counting", LONG_AGO), {"launch-0": Figures(deleted=True)}, NOW)
    forget_words(database)
    assert _told(database) == [("launch-0", "deleted", None, None)]
