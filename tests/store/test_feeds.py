"""What is remembered of feeds, and what another program reads of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from contentkit.store.database import database_in
from contentkit.store.feeds import (
    KnownFeed,
    known_feed,
    remember_asking,
    remember_feed,
    remember_passed,
    remember_taken,
)

FEED = "https://blog.example.org/feed.xml"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with database_in(tmp_path) as database:
        yield database


def told(database: Database, waiting: list[str], passed: list[str], *, etag: str = '"v1"') -> None:
    remember_feed(database, FEED, title="Blog", etag=etag, modified="", waiting=waiting, passed=passed, now=NOW)


def known(database: Database) -> KnownFeed:
    found = known_feed(database, FEED)
    assert found is not None
    return found


def test_a_feed_that_was_never_asked_is_not_known(database: Database) -> None:
    told(database, [], ["a"])

    assert known_feed(database, "https://elsewhere.example.org/feed.xml") is None


def test_what_was_there_before_is_passed_and_the_validators_are_kept(database: Database) -> None:
    told(database, [], ["a", "b"])

    assert known(database) == KnownFeed(etag='"v1"', modified="", taken=frozenset(), passed=frozenset({"a", "b"}))


def test_while_an_item_waits_the_feed_is_asked_without_validators(database: Database) -> None:
    told(database, ["a", "b"], [])
    remember_taken(database, FEED, "a", copy="notes/a.md", now=NOW)
    assert known(database).etag == ""

    remember_taken(database, FEED, "b", copy="notes/b.md", now=NOW)
    assert known(database).etag == '"v1"'


def test_an_item_that_cannot_be_read_waits_no_more(database: Database) -> None:
    told(database, ["a"], [])
    remember_passed(database, FEED, "a")

    assert known(database) == KnownFeed(etag='"v1"', modified="", taken=frozenset(), passed=frozenset({"a"}))


def test_what_was_taken_is_never_passed(database: Database) -> None:
    told(database, ["a"], [])
    remember_taken(database, FEED, "a", copy="notes/a.md", now=NOW)
    remember_passed(database, FEED, "a")

    assert known(database).taken == frozenset("a")


def test_an_item_that_waits_is_neither_taken_nor_passed(database: Database) -> None:
    told(database, ["a"], ["b"])

    assert known(database).taken == frozenset()
    assert known(database).passed == {"b"}


def test_what_was_taken_stays_taken_whatever_the_feed_says(database: Database) -> None:
    told(database, ["a"], [])
    remember_taken(database, FEED, "a", copy="notes/a.md", now=NOW)
    told(database, ["a"], [])
    told(database, [], ["a"])

    assert known(database).taken == {"a"}


def test_what_was_passed_may_wait_when_somebody_asks_for_it(database: Database) -> None:
    told(database, [], ["a"])
    told(database, ["a"], [])

    assert known(database).passed == frozenset()


def test_an_item_that_the_feed_dropped_waits_no_longer(database: Database) -> None:
    told(database, ["a"], [])
    told(database, [], ["b"], etag='"v2"')

    assert known(database) == KnownFeed(etag='"v2"', modified="", taken=frozenset(), passed=frozenset({"a", "b"}))


def test_items_of_two_feeds_may_have_the_same_id(database: Database) -> None:
    told(database, ["a"], [])
    remember_feed(database, "https://b.example.org/", title="", etag="", modified="", waiting=["a"], passed=[], now=NOW)
    remember_taken(database, FEED, "a", copy="notes/a.md", now=NOW)

    other = known_feed(database, "https://b.example.org/")
    assert other is not None
    assert other.taken == frozenset()


def test_another_program_reads_which_copy_an_item_became_and_when_a_feed_was_asked(
    database: Database, tmp_path: Path
) -> None:
    told(database, ["a"], ["b"])
    remember_taken(database, FEED, "a", copy="notes/a.md", now=NOW + timedelta(minutes=1))
    remember_asking(database, FEED, NOW + timedelta(hours=1))

    with sqlite3.connect(tmp_path / "contentkit.db") as other:
        assert other.execute("SELECT address, title, asked_at FROM feeds").fetchall() == [
            (FEED, "Blog", "2026-11-22T10:00:00Z")
        ]
        assert other.execute(
            "SELECT item, state, found_at, taken_at, copy FROM feed_items ORDER BY item"
        ).fetchall() == [
            ("a", "taken", "2026-11-22T09:00:00Z", "2026-11-22T09:01:00Z", "notes/a.md"),
            ("b", "passed", "2026-11-22T09:00:00Z", None, None),
        ]
    other.close()


def test_an_item_is_not_taken_without_a_copy(database: Database) -> None:
    told(database, ["a"], [])

    with pytest.raises(sqlite3.IntegrityError):
        database.conn.execute("UPDATE feed_items SET state = 'taken'")


def test_a_feed_is_remembered_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        told(database, ["a", ""], [])

    assert known_feed(database, FEED) is None
