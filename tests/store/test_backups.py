"""Backups of contentkit.db: of one moment, private, complete or not there."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlite_utils import Database

from contentkit.errors import ContentError, StateError
from contentkit.store.backups import back_up, name_of_backup
from contentkit.store.database import DATABASE_NAME, open_database, transaction

PAIR = "INSERT INTO ledger (at, day, account, operation, resource, micros) VALUES ('', ?, 'ours', 'read', ?, 1)"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(open_database(tmp_path)) as database:
        add_pair(database, 0)
        yield database


def add_pair(database: Database, number: int) -> None:
    """Two rows in one transaction: nobody may ever see one of them alone."""
    with transaction(database):
        for name in ("left", "right"):
            database.conn.execute(PAIR, (f"day {number}", name * 200))


def pairs_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return int(connection.execute("SELECT count(*) FROM ledger").fetchone()[0])


def test_a_backup_is_the_database_for_its_owner_only(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert back_up(tmp_path, target) == target.stat().st_size > 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert pairs_in(target) == 2
    (tmp_path / "restored").mkdir()
    os.replace(target, tmp_path / "restored" / DATABASE_NAME)  # noqa: PTH105
    with closing(open_database(tmp_path / "restored")) as restored:
        assert restored.conn.execute("SELECT count(*) FROM ledger").fetchone() == (2,)


def test_a_backup_made_while_others_write_is_of_one_moment(database: Database, tmp_path: Path) -> None:
    for number in range(300):
        add_pair(database, number)
    done = threading.Event()

    def write() -> None:
        with closing(open_database(tmp_path)) as other:
            number = 1000
            while not done.is_set():
                add_pair(other, number)
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        sizes = []
        for number in range(5):
            back_up(tmp_path, tmp_path / f"{number}.db")
            sizes.append(pairs_in(tmp_path / f"{number}.db"))
            add_pair(database, 5000 + number)
    finally:
        done.set()
        writer.join()
    assert all(size % 2 == 0 for size in sizes)
    assert sizes == sorted(set(sizes))


@pytest.mark.parametrize("kind", ["file", "link to nothing"])
def test_what_is_there_is_never_replaced(database: Database, tmp_path: Path, kind: str) -> None:
    target = tmp_path / "copy.db"
    if kind == "file":
        target.write_bytes(b"mine")
    else:
        target.symlink_to("nowhere")
    with pytest.raises(ContentError, match="exists already"):
        back_up(tmp_path, target)
    assert kind != "file" or target.read_bytes() == b"mine"
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".tmp")]


def test_a_place_where_nothing_can_be_written_is_told(database: Database, tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"nowhere/copy\.db: cannot be written") as caught:
        back_up(tmp_path, tmp_path / "nowhere" / "copy.db")
    assert "make room" in caught.value.hint


def test_a_damaged_database_leaves_no_file_behind(tmp_path: Path) -> None:
    (tmp_path / DATABASE_NAME).write_bytes(b"these are the founder's words, not a database\n" * 40)
    with pytest.raises(StateError, match="cannot be read"):
        back_up(tmp_path, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE_NAME]


def test_names_sort_as_time_does_whatever_the_zone() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert name_of_backup(noon) == "contentkit-2026-11-23T120000Z.db"
    assert name_of_backup(noon.astimezone(timezone(timedelta(hours=-6)))) == name_of_backup(noon)
