"""The tables of figures as another program meets them."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.store.database import DATABASE_NAME, database_in, has_database, open_database, transaction
from tests.store.parts import add_part

# The first released form, with what `contentkit ingest` had stored in it.
OLDEST = """
CREATE TABLE sources (id INTEGER PRIMARY KEY, path TEXT NOT NULL, digest TEXT NOT NULL, kind TEXT NOT NULL, title TEXT,
  author TEXT, written TEXT, language TEXT, link TEXT, redactions INTEGER NOT NULL, read_at TEXT NOT NULL);
CREATE UNIQUE INDEX idx_sources_path_digest ON sources (path, digest);
CREATE TABLE passages (id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), kind TEXT NOT NULL,
  speaker TEXT, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX idx_passages_source ON passages (source);
INSERT INTO sources VALUES (1, 'notes/call.md', 'd1', 'note', NULL, NULL, NULL, 'en', NULL, 0, '2026-11-18T09:30:00+00:00');
INSERT INTO passages VALUES (1, 1, 'paragraph', NULL, 3, 3, 'We rewrote the scheduler.');
PRAGMA user_version = 1;
"""
ENTRY = "INSERT INTO entries (id) VALUES ('launch')"


def post(connection: sqlite3.Connection, number: int, part: int, entry: str | None = "launch") -> None:
    add_part(
        connection, account="ours", platform="x", published_at="2026-11-20T09:00:00Z", id=number, entry=entry, part=part,
        parts=2, post=0, remote_id=str(number), url="",
    )  # fmt: skip


@pytest.fixture
def written(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with a thread of two posts, each asked for once, as an independent program opens it."""
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(ENTRY)
        for number in (1, 2):
            post(connection, number, number - 1)
            taken(connection, number, "2026-11-21T09:00:00Z", replies=2, likes=number)
        connection.execute(
            "INSERT INTO account_snapshots VALUES (1, 'ours', '', '', '2026-11-21T09:00:00Z', 10, NULL, NULL)"
        )
        yield connection


def taken(connection: sqlite3.Connection, publication: int, at: str, state: str = "told", **counts: int) -> None:
    columns = ", ".join(["publication", "number", "taken", "lost", *counts])
    marks = ", ".join(["?", "?", "CAST(strftime('%s', ?) AS INTEGER)", "nullif(?, 'told')", *("?" for _ in counts)])
    number = "SELECT coalesce(max(number), 0) + 1 FROM snapshots WHERE publication = ?"
    values = (publication, connection.execute(number, (publication,)).fetchone()[0], at, state, *counts.values())
    connection.execute(f"INSERT INTO snapshots ({columns}) VALUES ({marks})", values)


def schema(folder: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        return connection.execute("SELECT type, name FROM sqlite_master ORDER BY name").fetchall()


def test_the_oldest_database_is_brought_up_to_date_with_everything_in_it(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    with closing(sqlite3.connect(old / DATABASE_NAME)) as connection:
        connection.executescript(OLDEST)
    for folder in (old, new):
        open_database(folder).close()
    assert schema(old) == schema(new)
    with closing(sqlite3.connect(old / DATABASE_NAME)) as connection:
        assert connection.execute("SELECT path, read_at FROM sources").fetchall() == [
            ("notes/call.md", "2026-11-18T09:30:00+00:00")
        ]
        assert connection.execute("SELECT text FROM passages").fetchall() == [("We rewrote the scheduler.",)]


@pytest.mark.parametrize("table", ["snapshots", "account_snapshots"])
def test_snapshots_can_only_be_added(written: sqlite3.Connection, table: str) -> None:
    before = written.execute(f"SELECT * FROM {table}").fetchall()
    column = "followers" if table == "account_snapshots" else "likes"
    stored = ", ".join(row[1] for row in written.execute(f"PRAGMA table_info({table})"))
    for statement in (
        f"UPDATE {table} SET {column} = 99",
        f"DELETE FROM {table}",
        f"REPLACE INTO {table} ({stored}) SELECT {stored} FROM {table}",
    ):
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} are history"):
            written.execute(statement)
    assert written.execute(f"SELECT * FROM {table}").fetchall() == before


def test_a_snapshot_belongs_to_a_publication(written: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        taken(written, 99, "2026-11-21T09:00:00Z")


def test_a_post_that_was_not_told_of_has_no_figures(written: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        taken(written, 1, "2026-11-22T09:00:00Z", "deleted", likes=0)


def latest(connection: sqlite3.Connection, columns: str) -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT {columns} FROM latest_figures ORDER BY id").fetchall()


def test_zero_not_told_deleted_and_never_asked_are_four_things(written: sqlite3.Connection) -> None:
    post(written, 3, 1)
    taken(written, 1, "2026-11-22T09:00:00Z", likes=0)
    taken(written, 2, "2026-11-22T09:00:00Z", "deleted")
    assert latest(written, "state, asked_at, likes, shares") == [
        ("told", "2026-11-22T09:00:00Z", 0, None),
        ("deleted", "2026-11-22T09:00:00Z", 2, None),
        (None, None, None, None),
    ]


def test_our_own_continuation_is_no_reply_and_no_figure_goes_below_zero(written: sqlite3.Connection) -> None:
    taken(written, 1, "2026-11-22T09:00:00Z", replies=3, own_replies=1)
    taken(written, 2, "2026-11-22T09:00:00Z", replies=0, own_replies=1)
    assert latest(written, "replies") == [(2,), (0,)]


def test_a_threads_figures_are_the_sums_of_what_was_told_last(written: sqlite3.Connection) -> None:
    taken(written, 1, "2026-11-22T09:00:00Z", likes=7)
    taken(written, 2, "2026-11-22T09:00:00Z", "deleted")
    query = "SELECT entry, parts, published, told, asked, deleted, likes, replies, shares FROM thread_figures"
    assert written.execute(query).fetchall() == [("launch", 2, 2, 2, 2, 1, 9, 2, None)]


def test_posts_without_an_entry_are_no_thread_together(written: sqlite3.Connection) -> None:
    for number in (3, 4):
        post(written, number, 0, entry=None)
    assert written.execute("SELECT count(*) FROM thread_figures WHERE entry IS NULL").fetchone() == (2,)


# -- readers and writers


def test_a_reader_in_the_middle_of_reading_keeps_no_writer_waiting(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database, closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as reader:
        database.conn.execute("PRAGMA busy_timeout = 0")
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM publications").fetchone() == (0,)
        with transaction(database):
            database.conn.execute(ENTRY)
            post(database.conn, 1, 0)
        assert reader.execute("SELECT count(*) FROM publications").fetchone() == (0,)
        reader.rollback()
        assert reader.execute("SELECT count(*) FROM publications").fetchone() == (1,)


def test_a_writer_in_the_middle_of_writing_keeps_no_reader_waiting(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database, transaction(database):
        database.conn.execute(ENTRY)
        post(database.conn, 1, 0)
        with closing(sqlite3.connect(tmp_path / DATABASE_NAME, timeout=0)) as reader:
            assert reader.execute("SELECT count(*) FROM publications").fetchone() == (0,)


def test_a_database_of_before_waits_for_its_readers_and_then_lets_them_read(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection:
        connection.executescript(OLDEST)
    name = tmp_path / DATABASE_NAME
    with closing(sqlite3.connect(name, isolation_level=None, check_same_thread=False)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sources").fetchone()
        leaving = threading.Timer(0.2, reader.execute, ["ROLLBACK"])
        leaving.start()
        assert _journal_mode_once_open(str(tmp_path)) == "wal"
        leaving.join()


def _journal_mode_once_open(folder: str) -> str:
    with closing(open_database(Path(folder))) as database:
        return str(database.conn.execute("PRAGMA journal_mode").fetchone()[0])


def test_commands_that_make_the_database_at_the_same_moment_all_get_it(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert pool.map(_journal_mode_once_open, [str(tmp_path)] * 12, chunksize=1) == ["wal"] * 12


def test_a_look_makes_no_database(tmp_path: Path) -> None:
    assert not has_database(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_breaks_while_it_is_used_is_told_by_its_name(tmp_path: Path) -> None:
    with (
        pytest.raises(StateError, match=r"contentkit\.db: cannot be used: no such table"),
        database_in(tmp_path) as one,
    ):
        one.conn.execute("SELECT * FROM what_a_stranger_dropped")


def test_a_place_without_room_for_the_files_beside_it_is_told_with_what_to_do(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    (tmp_path / f"{DATABASE_NAME}-wal").mkdir()
    with pytest.raises(StateError, match=r"contentkit\.db: cannot be used: unable to open") as caught:
        open_database(tmp_path)
    assert "must be writable for you and on a local disk" in caught.value.hint
