from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.publishing.identity import check_identity, take_over
from contentkit.publishing.moving import TABLES, columns_of, contents_of, copy_rows, digest_of
from contentkit.publishing.opening import open_journal
from contentkit.publishing.publications import State
from contentkit.publishing.records import Notice
from contentkit.publishing.schema import JOURNAL_NAME, MOVED_NAME
from contentkit.publishing.setting_aside import close_to_move, rows_to_move, set_aside
from tests.publishing.stage import Stage

pytestmark = pytest.mark.sqlite


@pytest.fixture
def worked(stage: Stage) -> Stage:
    """A stage with something of all that a journal keeps, and a part that was just being sent when the run was killed."""
    check_identity(stage.folder, stage.journal, "this-machine")
    stage.approve("launch")
    stage.run()
    stage.approve("second")
    row = stage.rows("second")[0]
    assert stage.journal.publications.claim(row, parent="", watermark="")
    stage.journal.notices.keep(Notice(kind="alert", entry="launch", account="mine", reason="a reason with \0 in it"))
    return stage


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """What a database of SQLite holds, opened beside whoever has it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


def test_every_table_of_the_journal_is_copied(worked: Stage) -> None:
    with opened(worked.folder / JOURNAL_NAME) as journal:
        found = journal.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()

    assert {row["name"] for row in found} == set(TABLES)


def test_a_copy_has_the_same_rows_by_the_same_numbers(worked: Stage, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    open_journal(other, worked.clock, "other").close()
    with opened(worked.folder / JOURNAL_NAME) as source, opened(other / JOURNAL_NAME) as target:
        columns = columns_of(source.execute)
        copy_rows(source.execute, target.execute, columns)
        here, there = (contents_of(one.execute, columns) for one in (source, target))

        assert there == here
        assert here["attempts"].rows == source.execute("SELECT count(*) FROM attempts").fetchone()[0] > 0
        reason = target.execute("SELECT reason FROM notices ORDER BY id DESC").fetchone()[0]
        assert reason == "a reason with \N{REPLACEMENT CHARACTER} in it"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE publications SET told = 0 WHERE id = 1",
        "UPDATE publications SET doubted_uptime = doubted_uptime + 0.001 WHERE id = 1",
        "INSERT INTO claims VALUES (1)",
        "UPDATE meta SET value = value || ' ' WHERE key = 'id'",
    ],
)
def test_no_change_of_a_row_leaves_the_digest_as_it_was(worked: Stage, change: str) -> None:
    with opened(worked.folder / JOURNAL_NAME) as journal:
        columns = columns_of(journal.execute)
        before = digest_of(contents_of(journal.execute, columns))
        journal.execute(change)

        assert digest_of(contents_of(journal.execute, columns)) != before


def test_a_journal_on_its_way_is_closed_to_everybody_else(worked: Stage) -> None:
    worked.journal.close()
    close_to_move(worked.folder, worked.clock, "this-machine")

    with pytest.raises(StateError, match="being moved") as caught:
        check_identity(worked.folder, worked.reopened(), "this-machine")
    assert "contentkit migrate" in caught.value.hint
    with pytest.raises(StateError, match="being moved"):
        take_over(worked.folder, worked.journal, "this-machine", worked.clock.now())


def test_what_was_being_sent_is_in_doubt_before_it_moves(worked: Stage) -> None:
    assert worked.states("second")[0] is State.SENDING
    worked.journal.close()

    close_to_move(worked.folder, worked.clock, "this-machine")

    worked.reopened()
    assert worked.states("second") == [State.UNKNOWN, State.PLANNED, State.PLANNED]


def test_moving_is_gone_on_with_and_notes_nothing_twice(worked: Stage) -> None:
    worked.journal.close()
    digests = []
    for _ in range(2):
        close_to_move(worked.folder, worked.clock, "this-machine")
        with rows_to_move(worked.folder) as execute:
            digests.append(digest_of(contents_of(execute, columns_of(execute))))

    assert digests[0] == digests[1]


def test_a_journal_that_is_not_this_machines_own_does_not_move(worked: Stage) -> None:
    worked.journal.close()
    with pytest.raises(StateError, match="belongs to another machine"):
        close_to_move(worked.folder, worked.clock, "another-machine")
    check_identity(worked.folder, worked.reopened(), "this-machine")


def test_once_it_is_set_aside_neither_it_nor_a_copy_of_before_is_taken_for_the_journal(worked: Stage) -> None:
    worked.journal.close()
    shutil.copy(worked.folder / JOURNAL_NAME, worked.folder / "backup")
    close_to_move(worked.folder, worked.clock, "this-machine")
    set_aside(worked.folder)

    for _ in range(2):
        with pytest.raises(StateError, match="was moved to PostgreSQL") as caught:
            worked.reopened()
        assert "contentkit takeover" in caught.value.hint
    for name in (MOVED_NAME, "backup"):
        shutil.copy(worked.folder / name, worked.folder / JOURNAL_NAME)
        with pytest.raises(StateError, match=r"being moved|older copy"):
            check_identity(worked.folder, worked.reopened(), "this-machine")
        worked.journal.close()
