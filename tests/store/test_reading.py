from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.store.reading import damage_in, read_only, version_of


def remedy(problem: Exception) -> str:
    return f"ask a friend: {type(problem).__name__}"


@pytest.fixture(params=["delete", "wal"])
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A database with one row, kept in one of the two ways."""
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute(f"PRAGMA journal_mode = {request.param}")
        writer.execute("PRAGMA user_version = 3")
        writer.execute("CREATE TABLE words (word TEXT)")
        writer.execute("INSERT INTO words VALUES ('hello')")
    return path


def test_what_was_written_is_read_and_nothing_is_left_beside_it(path: Path) -> None:
    with read_only(path, remedy) as connection:
        assert [row["word"] for row in connection.execute("SELECT word FROM words")] == ["hello"]
        assert (version_of(connection), damage_in(connection)) == (3, "")
        assert list(path.parent.iterdir()) == [path]
    assert list(path.parent.iterdir()) == [path]


def test_what_a_writer_has_not_moved_into_the_file_yet_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE words (word TEXT)")
        with read_only(path, remedy) as connection:
            assert connection.execute("SELECT count(*) FROM words").fetchone()[0] == 0


def test_nothing_can_be_written(path: Path) -> None:
    with pytest.raises(StateError), read_only(path, remedy) as connection:
        connection.execute("DELETE FROM words")


def test_a_file_that_is_no_database_is_told_with_the_callers_remedy(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    path.write_bytes(b"somebody's notes\n" * 100)
    with pytest.raises(StateError, match="cannot be read") as told, read_only(path, remedy) as connection:
        version_of(connection)
    assert told.value.hint == "ask a friend: DatabaseError"
