"""A database of the sixth form, with rows in it, brought to the seventh; and the rule of ages in both its tongues."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from contentkit.ages import AGES, age_of
from contentkit.store.database import DATABASE_NAME, STEPS, open_database

PUBLISHED = datetime(2026, 11, 1, 9, tzinfo=UTC)


def stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def sixth(folder: Path) -> sqlite3.Connection:
    """A database as the sixth form was, empty."""
    connection = sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    for step in STEPS[:6]:
        step(Database(connection))
    connection.execute("PRAGMA user_version = 6")
    return connection


def filled(connection: sqlite3.Connection, *elapsed: timedelta) -> None:
    """Two publications, one of an entry; the first was asked for so long after it went out."""
    connection.execute(
        """INSERT INTO publications VALUES
             (7, 'launch', 'ours', 'x', '', '5', 0, 1, 0, 'a', 'https://x.example/a', '2026-11-01T09:00:00Z', 'Words'),
             (9, NULL, 'ours', 'x', '', '5', 0, 1, NULL, 'b', '', '2026-11-02T09:00:00Z', NULL)"""
    )
    for number, one in enumerate(elapsed, 1):
        connection.execute(
            "INSERT INTO snapshots (publication, taken_at, state, likes, own_replies) VALUES (7, ?, 'told', ?, 1)",
            (stamp(PUBLISHED + one), number),
        )


def test_rows_of_the_sixth_form_are_all_there(tmp_path: Path) -> None:
    with closing(sixth(tmp_path)) as connection:
        filled(connection, timedelta(minutes=20), timedelta(hours=1), timedelta(hours=30), timedelta(hours=25))
    with closing(open_database(tmp_path)) as database:
        rows = database.conn.execute(
            "SELECT publication, number, age, likes, own_replies, taken_at FROM snapshots"
        ).fetchall()
        known = database.conn.execute(
            "SELECT id, entry, thread, origin, text, owner FROM publications ORDER BY id"
        ).fetchall()
        latest = database.conn.execute("SELECT likes, asked_at FROM latest_figures WHERE id = 7").fetchall()
        assert database.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.conn.execute("SELECT id FROM entries").fetchall() == [("launch",)]
    taken = [stamp(PUBLISHED + timedelta(minutes=minutes)) for minutes in (20, 60, 30 * 60, 25 * 60)]
    assert rows == [(7, n, age, n, 1, taken[n - 1]) for n, age in enumerate((None, 1, 24, 24), 1)]
    assert known == [(7, "launch", "launch", "here", "Words", "5"), (9, None, "post b", "here", None, "5")]
    # The newest is the one that was added last, whatever the clock said.
    assert latest == [(4, taken[3])]


def test_history_stays_history_in_the_seventh_form(tmp_path: Path) -> None:
    with closing(sixth(tmp_path)) as connection:
        filled(connection, timedelta(hours=1))
    with closing(open_database(tmp_path)) as database:
        for refused in (
            "UPDATE snapshots SET likes = 9",
            "DELETE FROM snapshots",
            "INSERT OR REPLACE INTO snapshots (publication, number, taken) SELECT publication, number, taken FROM snapshots",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="snapshots are history"):
                database.conn.execute(refused)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-10_000, 20_000_000), min_size=1, max_size=30, unique=True))
def test_old_readings_get_the_age_that_new_ones_get(
    tmp_path_factory: pytest.TempPathFactory, seconds: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("old")
    elapsed = [timedelta(seconds=one) for one in seconds]
    with closing(sixth(folder)) as connection:
        filled(connection, *elapsed)
    with closing(open_database(folder)) as database:
        ages = [age for (age,) in database.conn.execute("SELECT age FROM snapshots ORDER BY number")]
    assert ages == [age_of(one) for one in elapsed]


@pytest.mark.parametrize(("age", "last"), list(zip(AGES, (2, 9, 36, 108, 252, 1080, None), strict=True)))
def test_a_reading_counts_for_an_age_for_half_as_long_again(age: int, last: int | None) -> None:
    assert age_of(timedelta(hours=age, seconds=-1)) != age
    assert age_of(timedelta(hours=age)) == age
    if last:
        assert age_of(timedelta(hours=last, seconds=-1)) == age
        assert age_of(timedelta(hours=last)) is None
    else:
        assert age_of(timedelta(days=3650)) == age
