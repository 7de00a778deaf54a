"""The views that answer what people ask of the figures, held to examples and to what ``contentkit stats`` says."""

from __future__ import annotations

import random
import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from contentkit.ages import AGES, age_of
from contentkit.stamps import stamped
from contentkit.stats.measured import measured
from contentkit.store.database import DATABASE_NAME, open_database
from tests.store.parts import add_part

BEGUN = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)  # a Monday


class Figures:
    """A database of figures that is written to as another program would."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.threads = 0

    def thread(
        self, entry: str | None, *posts: int, account: str = "ours", at: datetime = BEGUN, campaign: str | None = None
    ) -> list[int]:
        """A thread of which each part comes from this post of the draft; returns the publications' numbers."""
        self.threads += 1
        if entry:
            self.connection.execute("INSERT OR IGNORE INTO entries (id, campaign) VALUES (?, ?)", (entry, campaign))
        return [
            add_part(
                self.connection, account=account, platform="x", published_at=stamped(at), entry=entry, part=part,
                parts=len(posts), post=post, remote_id=f"{self.threads}-{part}", url="",
            )
            for part, post in enumerate(posts)
        ]  # fmt: skip

    def read(self, publication: int, hours: float, lost: str | None = None, own: int = 0, **counts: int) -> None:
        taken = BEGUN + timedelta(hours=hours)
        self.connection.execute(
            f"""INSERT INTO snapshots (publication, number, age, taken, lost, own_replies{"".join(f", {one}" for one in counts)})
                SELECT ?, (SELECT count(*) + 1 FROM snapshots WHERE publication = ?), ?, ?, ?, ?{", ?" * len(counts)}""",
            (
                publication, publication, age_of(timedelta(hours=hours)), int(taken.timestamp()), lost, own, *counts.values(),
            ),
        )  # fmt: skip

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return self.connection.execute(query).fetchall()


@pytest.fixture
def figures(tmp_path: Path) -> Iterator[Figures]:
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield Figures(connection)


def test_the_first_figures_told_of_an_age_count_and_the_last_told_are_the_latest(figures: Figures) -> None:
    [one] = figures.thread("launch", 0)
    figures.read(one, 0.5, likes=1)
    figures.read(one, 1, "unavailable")
    figures.read(one, 1.2, likes=2, replies=3, own=1)
    figures.read(one, 1.5, likes=9)
    figures.read(one, 25, "deleted")
    assert figures.rows("SELECT age, likes, replies FROM part_figures ORDER BY age") == [(None, 9, None), (1, 2, 2)]


def test_the_parts_of_a_post_are_added_and_those_of_another_post_are_not(figures: Figures) -> None:
    for part, likes in zip(figures.thread("launch", 0, 0, 1), (5, 6, 7), strict=True):
        figures.read(part, 24, likes=likes, shares=1)
    query = "SELECT post, age_in_words, published, standing, told, likes, quotes, engagement FROM post_engagement ORDER BY 1, 2"
    assert figures.rows(query) == [
        (0, "24 h", 2, 2, 2, 11, None, 13),
        (0, "latest", 2, 2, 2, 11, None, 13),
        (1, "24 h", 1, 1, 1, 7, None, 8),
        (1, "latest", 1, 1, 1, 7, None, 8),
    ]


def test_a_thread_of_which_a_part_was_not_told_has_no_engagement_but_a_deleted_part_is_not_waited_for(
    figures: Figures,
) -> None:
    first, second, third = figures.thread("launch", 0, 1, 2)
    for part in (first, second):
        figures.read(part, 1, likes=4)
    figures.read(first, 24, likes=5)
    figures.read(third, 24, likes=1)
    query = "SELECT age, published, standing, told, engagement FROM thread_engagement WHERE age IN (1, 24) ORDER BY age"
    assert figures.rows(query) == [(1, 3, 3, 2, None), (24, 3, 3, 2, None)]
    figures.read(third, 30, "deleted")
    figures.read(second, 30, likes=6)
    assert figures.rows(query) == [(1, 3, 2, 2, 8), (24, 3, 2, 2, 12)]


def test_drop_off_is_told_against_the_opening_at_the_same_age(figures: Figures) -> None:
    for part, seen in zip(figures.thread("launch", 0, 1, 2), (200, 50, 0), strict=True):
        figures.read(part, 24, likes=seen // 10, impressions=seen)
    figures.thread("never-asked", 0, 1)
    [alone] = figures.thread("alone", 0)
    figures.read(alone, 24, likes=1)
    query = "SELECT place, impressions_kept, engagement_kept FROM thread_dropoff WHERE age = 24 ORDER BY place"
    assert figures.rows(query) == [(1, 1.0, 1.0), (2, 0.25, 0.25), (3, 0.0, 0.0)]


def test_drop_off_from_an_opening_of_nothing_is_not_known(figures: Figures) -> None:
    for part, seen in zip(figures.thread("launch", 0, 1), (0, 5), strict=True):
        figures.read(part, 24, likes=seen)
    query = "SELECT opening_engagement, engagement, engagement_kept FROM thread_dropoff WHERE age = 24 AND place = 2"
    assert figures.rows(query) == [(0, 5, None)]


def test_growth_is_of_the_last_reading_of_a_day_and_begins_anew_with_another_owner(figures: Figures) -> None:
    for owner, at, followers in (
        ("", "2026-10-31T08:00:00Z", 90),
        ("5", "2026-11-01T08:00:00Z", 100),
        ("5", "2026-11-01T23:59:59Z", 103),
        ("5", "2026-11-04T08:00:00Z", 110),
        ("", "2026-11-05T08:00:00Z", None),
        ("", "2026-11-05T09:00:00Z", 109),
        ("6", "2026-11-06T08:00:00Z", 7),
        ("6", "2026-11-07T08:00:00Z", 5),
    ):
        figures.connection.execute(
            "INSERT INTO account_snapshots (account, owner, taken_at, followers) VALUES ('ours', ?, ?, ?)",
            (owner, at, followers),
        )
    assert figures.rows("SELECT day, readings, followers, change, days FROM account_growth ORDER BY day") == [
        ("2026-10-31", 1, 90, None, None),
        ("2026-11-01", 2, 103, 13, 1),
        ("2026-11-04", 1, 110, 7, 3),
        ("2026-11-05", 1, 109, -1, 1),
        ("2026-11-06", 1, 7, None, None),
        ("2026-11-07", 1, 5, -2, 1),
    ]


def test_campaigns_and_slots_say_of_how_many_threads_they_tell(figures: Figures) -> None:
    for number, likes in enumerate((1, 4, 10, 100)):
        [part] = figures.thread(f"e{number}", 0, account="ours" if number else "other", campaign="spring")
        figures.read(part, 24, likes=likes)
    [outside] = figures.thread("outside", 0, at=BEGUN + timedelta(hours=30))
    figures.read(outside, 24, likes=3)
    figures.thread("never-asked", 0, campaign="spring")
    columns = "n, engagement, mean_engagement, median_engagement"
    assert figures.rows(f"SELECT campaign, accounts, {columns} FROM campaigns WHERE age = 24") == [
        ("spring", 2, 4, 115, 28.75, 7.0)
    ]
    assert figures.rows(f"SELECT account, weekday, hour, zone, {columns} FROM best_slots WHERE age = 24") == [
        ("other", "Monday", 9, "UTC", 1, 1, 1.0, 1.0),
        ("ours", "Monday", 9, "UTC", 3, 114, 38.0, 10.0),
        ("ours", "Tuesday", 15, "UTC", 1, 3, 3.0, 3.0),
    ]


def test_the_median_is_that_of_the_standard_library(figures: Figures) -> None:
    chance = random.Random(4)
    for count in range(1, 8):
        likes = [chance.randrange(50) for _ in range(count)]
        for number, one in enumerate(likes):
            [part] = figures.thread(f"e{count}-{number}", 0, campaign=f"c{count}")
            figures.read(part, 24, likes=one)
        told = figures.rows(f"SELECT n, median_engagement FROM campaigns WHERE campaign = 'c{count}' AND age = 24")
        assert told == [(count, statistics.median(likes))]


@pytest.mark.parametrize("seed", range(4))
def test_threads_have_at_each_age_what_stats_says(figures: Figures, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(30):
        parts = figures.thread(f"e{number}" if chance.random() < 0.8 else None, *range(chance.randint(1, 4)))
        for part in parts:
            for age in (*AGES, 1.5, 200.0):
                if chance.random() < 0.8:
                    lost = chance.choice((None,) * 8 + ("unavailable", "deleted"))
                    told = {one: chance.randrange(9) for one in ("likes", "shares", "replies") if chance.random() < 0.9}
                    figures.read(part, age, lost, **({} if lost else told))
    database = Database(figures.connection)
    threads = measured(database, since=BEGUN - timedelta(days=1), until=BEGUN + timedelta(days=1))
    expected = {
        (one.thread, age): (counts.likes, counts.shares, counts.replies, counts.engagement)
        for one in threads
        for age in AGES
        if (counts := one.at(age))
    }
    query = "SELECT thread, age, likes, shares, replies, engagement FROM thread_engagement WHERE told = standing AND age > 0"
    assert {(thread, age): tuple(rest) for thread, age, *rest in figures.rows(query)} == expected
    assert len(expected) > 20
