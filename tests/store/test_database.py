from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from sqlite_utils import Database

from contentkit.errors import StateError
from contentkit.models import Passage, Source
from contentkit.store.database import DATABASE_FILES, DATABASE_NAME, STEPS, open_database, register_source

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SOURCE = Source(
    path="notes/call.md",
    kind="transcript",
    lines=("**Ana:** We rewrote the scheduler.", "", "**Ana:** It is faster."),
    passages=(
        Passage(kind="turn", speaker="Ana", text="We rewrote the scheduler.", first=1, last=1),
        Passage(kind="turn", speaker="Ana", text="It is faster.", first=3, last=3),
    ),
    title="A call",
)


@contextmanager
def database_in(folder: Path) -> Iterator[Database]:
    with closing(open_database(folder)) as database:
        yield database


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    """What another program reads in the database."""
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        return connection.execute(query).fetchall()


def test_a_source_is_stored_with_its_passages_and_their_lines(tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        assert register_source(database, SOURCE, NOW)
    assert rows(tmp_path, "SELECT path, kind, title, author, read_at FROM sources") == [
        ("notes/call.md", "transcript", "A call", None, "2026-11-18T09:30:00+00:00")
    ]
    assert rows(tmp_path, "SELECT speaker, first_line, last_line, text FROM passages ORDER BY id") == [
        ("Ana", 1, 1, "We rewrote the scheduler."),
        ("Ana", 3, 3, "It is faster."),
    ]


def test_the_same_content_is_stored_once_however_often_it_is_read(tmp_path: Path) -> None:
    for expected in (True, False, False):
        with database_in(tmp_path) as database:
            assert register_source(database, SOURCE, NOW) is expected
    assert rows(tmp_path, "SELECT count(*) FROM sources") == [(1,)]
    assert rows(tmp_path, "SELECT count(*) FROM passages") == [(2,)]


def test_an_edited_source_and_the_same_words_elsewhere_are_new(tmp_path: Path) -> None:
    edited = replace(SOURCE, lines=("**Ana:** We threw the scheduler away.",))
    copied = replace(SOURCE, path="notes/copy.md")
    with database_in(tmp_path) as database:
        assert [register_source(database, source, NOW) for source in (SOURCE, edited, copied)] == [True, True, True]
    assert rows(tmp_path, "SELECT count(*) FROM sources") == [(3,)]


def test_a_source_whose_passages_cannot_be_stored_leaves_nothing_behind(tmp_path: Path) -> None:
    unreadable = Passage(kind="turn", text=cast(str, None), first=5, last=5)
    broken = replace(SOURCE, passages=(*SOURCE.passages, unreadable))
    with database_in(tmp_path) as database, pytest.raises(StateError, match="cannot be written"):
        register_source(database, broken, NOW)
    assert rows(tmp_path, "SELECT count(*) FROM sources") == [(0,)]
    assert rows(tmp_path, "SELECT count(*) FROM passages") == [(0,)]


def test_a_passage_without_its_source_is_refused(tmp_path: Path) -> None:
    with database_in(tmp_path) as database, pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        database.table("passages").insert(
            {"source": 99, "kind": "turn", "first_line": 1, "last_line": 1, "text": "whose?"}
        )


def test_a_new_database_is_made_from_nothing_and_opened_again_as_it_is(tmp_path: Path) -> None:
    with database_in(tmp_path):
        pass
    made = rows(tmp_path, "SELECT sql FROM sqlite_master ORDER BY name")
    with database_in(tmp_path):
        pass
    assert rows(tmp_path, "PRAGMA user_version") == [(len(STEPS),)]
    assert rows(tmp_path, "SELECT sql FROM sqlite_master ORDER BY name") == made


def test_a_database_of_a_newer_contentkit_is_refused_and_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as connection:
        connection.execute("PRAGMA application_id = 0x434B6974")
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / DATABASE_NAME).read_bytes()
    with pytest.raises(StateError, match=r"contentkit\.db: written by a newer contentkit \(format 99") as caught:
        open_database(tmp_path)
    assert caught.value.hint == "update contentkit"
    assert (tmp_path / DATABASE_NAME).read_bytes() == before


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_text("these are the founder's words, not a database\n" * 40)
    with pytest.raises(StateError, match=r"contentkit\.db: cannot be used"):
        open_database(tmp_path)


def test_a_database_in_another_commands_hands_is_told_and_nothing_is_stored(tmp_path: Path) -> None:
    with database_in(tmp_path) as database, database_in(tmp_path) as other:
        database.conn.execute("PRAGMA busy_timeout = 10")
        other.conn.execute("BEGIN IMMEDIATE")
        with pytest.raises(StateError, match="locked"):
            register_source(database, SOURCE, NOW)
        other.conn.execute("ROLLBACK")
        assert register_source(database, SOURCE, NOW)


def test_a_link_is_not_followed_to_another_database(tmp_path: Path) -> None:
    other = tmp_path / "journal.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE meta (key TEXT)")
    before = other.read_bytes()
    project = tmp_path / "project"
    project.mkdir()
    for name in DATABASE_FILES:
        (project / name).symlink_to(other)
        with pytest.raises(StateError, match=rf"{name}: is no plain file"):
            open_database(project)
        (project / name).unlink()
    assert other.read_bytes() == before


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path, version: int) -> None:
    path = tmp_path / DATABASE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (key TEXT)")
        connection.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(StateError, match="is a database, but not one of these"):
        open_database(tmp_path)
    assert path.read_bytes() == before
