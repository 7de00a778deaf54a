"""Databases of every older form, with rows in each of their tables, brought up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from contentkit.errors import StateError
from contentkit.store.contents import relations_in, rows_of
from contentkit.store.database import DATABASE_NAME, STEPS, open_database
from contentkit.store.soundness import faults_in

# What each form could hold that the one before it could not.
WRITTEN = {
    1: (
        "INSERT INTO sources VALUES (1, 'notes/call.md', 'd1', 'note', NULL, NULL, NULL, 'en', NULL, 0, '2026-11-18T09:30:00Z')",
        "INSERT INTO passages VALUES (1, 1, 'paragraph', NULL, 3, 3, 'We rewrote the scheduler.')",
    ),
    2: (
        """INSERT INTO publications (id, entry, account, platform, part, parts, post, remote_id, url, published_at, text) VALUES
             (1, 'launch', 'ours', 'x', 0, 2, 0, 'a', 'https://x.example/a', '2026-11-20T09:00:00Z', 'One'),
             (2, 'launch', 'ours', 'x', 1, 2, 0, 'b', 'https://x.example/b', '2026-11-20T09:00:03Z', 'Two'),
             (5, NULL, 'ours', 'x', 0, 1, NULL, 'c', '', '2026-11-20T10:00:00Z', NULL)""",
        """INSERT INTO snapshots (publication, taken_at, state, own_replies, replies, likes) VALUES
             (1, '2026-11-20T10:10:00Z', 'told', 1, 3, 5), (2, '2026-11-20T10:10:00Z', 'unavailable', 0, NULL, NULL),
             (1, '2026-11-21T09:10:00Z', 'told', 1, 4, 0), (5, '2026-11-21T09:10:00Z', 'deleted', 0, NULL, NULL)""",
        "INSERT INTO account_snapshots VALUES (1, 'ours', '', '5', '2026-11-20T10:10:00Z', 100, NULL, 3)",
        "INSERT INTO reads VALUES (1, '2026-11-20', 'x', 'ours', 'status', 'a', 1)",
    ),
    3: (
        "INSERT INTO feeds (id, address, asked_at) VALUES (1, 'https://a.example/feed', '2026-11-20T10:10:00Z')",
        "INSERT INTO feed_items VALUES (1, 1, 'one', 'waiting', '2026-11-20T10:10:00Z', NULL, NULL)",
    ),
    4: (
        """INSERT INTO ledger (id, at, day, account, operation, resource, micros, takes_back) VALUES
             (1, '2026-11-20T10:10:00Z', '2026-11-20', 'ours', 'read status', 'a', 5000, NULL),
             (2, '2026-11-20T10:11:00Z', '2026-11-20', 'ours', 'read status', 'a', -5000, 1)""",
        "INSERT INTO ledger_copies VALUES ('j', 2)",
    ),
    5: (
        "INSERT INTO draftings (id, slug, drafted_at, drafter) VALUES (1, 'launch', '2026-11-20T10:10:00Z', 'extractive')",
        "INSERT INTO drafted_sources VALUES (1, 1, 'notes/call.md', 'd1')",
        "INSERT INTO drafted_posts VALUES (1, 1, 1, 'One', '')",
        "INSERT INTO offered_posts VALUES (1, 'launch', 1, '2026-11-20T10:10:00Z', 'extractive', 'Uno', '')",
    ),
    6: ("INSERT INTO model_usage VALUES (1, '2026-11-20T10:10:00Z', 'launch', 'm', 1, 10, 20, NULL, 0)",),
    7: (
        "INSERT INTO entries (id, campaign) VALUES ('spring', 'spring')",
        "INSERT INTO entry_sources VALUES ('spring', 'notes/call.md')",
    ),
    8: (
        """INSERT INTO replies (id, account, platform, remote_id, url, author, written_at, answers_to, heard_at, seen_at)
           VALUES (1, 'ours', 'x', 'r', '', '@ana', '2026-11-20T10:10:00Z', 1, '2026-11-20T10:10:00Z', '2026-11-20T10:10:00Z')""",
        "INSERT INTO hearings (account, server, owner, asked_at) VALUES ('ours', '', '5', '2026-11-20T10:10:00Z')",
    ),
    9: (
        """INSERT INTO visits (id, analytics, tags, first_day, last_day, utm_source, visits, imported_at)
           VALUES (1, 'ga4', 'utm_source', '2026-11-01', '2026-11-30', 'x', 3, '2026-12-01T00:00:00Z')""",
    ),
}
# Tables that were made anew with other columns, and the first form that has them so.
_REMADE = {"publications": 11, "snapshots": 7}


def of_form(folder: Path, form: int) -> dict[str, set[tuple[object, ...]]]:
    """Makes a database as that form was, with rows as it could have been given; returns them by table."""
    with closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for number, step in enumerate(STEPS[:form], 1):
            step(Database(connection))
            connection.execute(f"PRAGMA user_version = {number}")
            for statement in WRITTEN.get(number, ()):
                connection.execute(statement)
        return held(connection)


def held(connection: sqlite3.Connection) -> dict[str, set[tuple[object, ...]]]:
    return {one.name: set(rows_of(connection, one)) for one in relations_in(connection) if not one.is_view}


@pytest.mark.parametrize("form", range(1, len(STEPS)))
def test_each_older_form_comes_up_to_date_with_every_row(tmp_path: Path, form: int) -> None:
    before = of_form(tmp_path, form)
    assert all(before.values()), "a table without rows proves nothing"
    with closing(open_database(tmp_path)) as database:
        after = held(database.conn)
        assert database.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert faults_in(tmp_path) == []
    kept = [name for name in before if form >= _REMADE.get(name, 0)]
    assert {name: before[name] for name in kept} == {name: after[name] for name in kept}
    # Entries came with the seventh form: those that publications name.
    assert form >= 7 or after["entries"] == ({("launch", *[None] * 9)} if form >= 2 else set())


@pytest.mark.parametrize("form", range(2, len(STEPS)))
def test_what_was_published_and_told_reads_the_same_in_each_form(tmp_path: Path, form: int) -> None:
    of_form(tmp_path, form)
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection:
        published = connection.execute(
            "SELECT id, entry, account, part, parts, post, remote_id, published_at, text FROM publications ORDER BY id"
        ).fetchall()
        readings = connection.execute(
            "SELECT publication, number, age, taken_at, state, own_replies, replies, likes FROM snapshots ORDER BY 1, 2"
        ).fetchall()
    assert published == [
        (1, "launch", "ours", 0, 2, 0, "a", "2026-11-20T09:00:00Z", "One"),
        (2, "launch", "ours", 1, 2, 0, "b", "2026-11-20T09:00:03Z", "Two"),
        (5, None, "ours", 0, 1, None, "c", "2026-11-20T10:00:00Z", None),
    ]
    assert readings == [
        (1, 1, 1, "2026-11-20T10:10:00Z", "told", 1, 3, 5),
        (1, 2, 24, "2026-11-21T09:10:00Z", "told", 1, 4, 0),
        (2, 1, 1, "2026-11-20T10:10:00Z", "unavailable", 0, None, None),
        (5, 1, None, "2026-11-21T09:10:00Z", "deleted", 0, None, None),
    ]


@pytest.mark.parametrize("form", range(7, 11))
def test_publications_say_the_same_in_words_once_numbers_stand_for_them(tmp_path: Path, form: int) -> None:
    of_form(tmp_path, form)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        # The name 'ours' stood for two accounts, and 'team' has the server that one of them had.
        connection.execute(
            """INSERT INTO publications (account, platform, server, owner, part, parts, remote_id, url, published_at, origin,
                 opening, parent, language)
               VALUES ('ours', 'mastodon', 'one.example', '5', 0, 1, 'd', 'u', '1969-12-31T23:59:59Z', 'archive', 'a', 'a', 'es'),
                 ('team', 'mastodon', 'one.example', '6', 0, 1, 'a', '', '2026-11-20T10:00:00Z', 'network', NULL, NULL, NULL)"""
        )
        before = published_rows(connection)
    with closing(open_database(tmp_path)) as database:
        assert published_rows(database.conn) == before
        assert len(before) == 1 + 5
        assert database.conn.execute("SELECT name FROM accounts ORDER BY name").fetchall() == [("ours",), ("team",)]
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            database.conn.execute("UPDATE published_parts SET remote_id = 'd'")


def published_rows(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    found = connection.execute(
        """SELECT id, entry, account, platform, server, owner, part, parts, post, remote_id, url, published_at, text, language,
             origin, opening, parent, thread FROM publications ORDER BY id"""
    )
    return [tuple(column[0] for column in found.description), *found.fetchall()]


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("CREATE TABLE owners (name TEXT)", "cannot be used: table owners already exists", "give yours another one"),
        (
            "UPDATE publications SET published_at = 'in\nspring' WHERE id = 5",
            "row 5 of publications has no time that can be read: 'in spring'",
            "write it as 2026-11-22T05:00:00Z",
        ),
    ],
)
def test_what_keeps_a_database_from_a_new_form_is_told_and_it_stays_as_it_was(
    tmp_path: Path, written: str, said: str, hint: str
) -> None:
    of_form(tmp_path, 10)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute(written)
        before = list(connection.iterdump())
    with pytest.raises(StateError) as refused:
        open_database(tmp_path)
    assert said in refused.value.message
    assert hint in refused.value.hint
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection:
        assert list(connection.iterdump()) == before


@pytest.mark.parametrize("form", [2, 7, 10])
def test_views_that_people_made_are_there_in_the_newest_form(tmp_path: Path, form: int) -> None:
    of_form(tmp_path, form)
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute(
            'CREATE VIEW "our ""x""" AS SELECT account, remote_id FROM publications WHERE platform = \'x\''
        )
        connection.execute("CREATE VIEW likes_of_ours AS SELECT likes FROM latest_figures WHERE account = 'ours'")
        connection.execute("CREATE VIEW bare AS SELECT * FROM what_was_taken_away")
        connection.execute("CREATE TRIGGER no_change INSTEAD OF DELETE ON likes_of_ours BEGIN SELECT 1; END")
    with closing(open_database(tmp_path)) as database:
        rows = database.conn.execute('SELECT * FROM "our ""x""" ORDER BY remote_id').fetchall()
        assert rows == [("ours", "a"), ("ours", "b"), ("ours", "c")]
        assert (0,) in database.conn.execute("SELECT likes FROM likes_of_ours").fetchall()
        made = {name for (name,) in database.conn.execute("SELECT name FROM sqlite_master")}
        assert {"bare", "no_change"} <= made


def test_every_form_but_the_newest_is_tried_with_rows_of_its_own_or_is_views_alone() -> None:
    tables_of = []
    for form in range(1, len(STEPS) + 1):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            for step in STEPS[:form]:
                step(Database(connection))
            tables_of.append({one.name for one in relations_in(connection) if not one.is_view})
    grown = [
        form for form in range(1, len(STEPS)) if tables_of[form - 1] != (tables_of[form - 2] if form > 1 else set())
    ]
    assert set(grown) == set(WRITTEN)
