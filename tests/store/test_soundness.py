"""What ``contentkit db check`` finds: each kind of fault is made, and told with what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.store.database import DATABASE_NAME, STEPS, open_database
from contentkit.store.soundness import faults_in


def broken(folder: Path, *statements: str) -> list[str]:
    """What is found after another program did this to a new database."""
    open_database(folder).close()
    with closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
    return [fault.what for fault in faults_in(folder)]


def test_a_new_database_is_sound_and_the_look_leaves_no_trace(tmp_path: Path) -> None:
    open_database(tmp_path).close()
    before = (tmp_path / DATABASE_NAME).read_bytes()
    assert faults_in(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE_NAME]
    assert (tmp_path / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize("form", range(1, len(STEPS)))
def test_a_database_of_an_older_form_is_sound(tmp_path: Path, form: int) -> None:
    from sqlite_utils import Database

    with closing(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None)) as connection:
        for step in STEPS[:form]:
            step(Database(connection))
        connection.execute(f"PRAGMA user_version = {form}")
    assert faults_in(tmp_path) == []


def test_a_newer_form_is_told(tmp_path: Path) -> None:
    assert broken(tmp_path, "PRAGMA user_version = 99") == [
        f"written by a newer contentkit (form 99, this one knows {len(STEPS)})"
    ]


def test_rows_that_name_what_is_not_there_are_counted(tmp_path: Path) -> None:
    found = broken(tmp_path, *(f"INSERT INTO entry_sources VALUES ('gone', 'notes/{one}.md')" for one in range(3)))
    assert found == ["3 rows of entry_sources name what is not in entries"]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP VIEW campaigns", "campaigns is missing"),
        ("DROP TRIGGER snapshots_stay", "snapshots_stay is missing"),
        ("DROP INDEX parts_by_time", "parts_by_time is missing"),
        ("ALTER TABLE feeds ADD COLUMN colour TEXT", "feeds is not as contentkit makes it"),
    ],
)
def test_what_is_missing_or_changed_is_told_by_its_name(tmp_path: Path, statement: str, told: str) -> None:
    assert broken(tmp_path, statement) == [told]


def test_a_view_that_lost_its_table_is_told(tmp_path: Path) -> None:
    found = broken(tmp_path, "PRAGMA legacy_alter_table = ON", "DROP TABLE model_usage")
    assert "model_usage is missing" in found
    assert "the view model_spending cannot be read: no such table: main.model_usage" in found


def test_a_damaged_page_is_told_with_what_to_do(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        root = database.conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entries'").fetchone()[0]
    with (tmp_path / DATABASE_NAME).open("rb+") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 100)
    [first, *_] = faults_in(tmp_path)
    assert first.what.startswith("damaged: ")
    assert "restore it from a backup" in first.remedy


def test_what_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"no database\n" * 400)
    with pytest.raises(StateError, match="cannot be read"):
        faults_in(tmp_path)
