"""Several threads write to one journal: each part whole and durable before its writer goes on, however few commits it takes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.errors import StateError, Unavailable
from contentkit.publishing.transactions import SharedConnection

WRITERS = 8


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[SharedConnection]:
    connection = sqlite3.connect(tmp_path / "journal.db", isolation_level=None, timeout=0, check_same_thread=False)
    connection.execute("CREATE TABLE notes (words TEXT UNIQUE)")
    with closing(SharedConnection(connection)) as shared:
        yield shared


def committed(folder: Path) -> list[str]:
    """What another process would find."""
    with closing(sqlite3.connect(folder / "journal.db")) as other:
        return [row[0] for row in other.execute("SELECT words FROM notes ORDER BY words")]


def commits(shared: SharedConnection) -> list[str]:
    """Gets each COMMIT of this connection from now on."""
    seen: list[str] = []
    shared.connection.set_trace_callback(lambda words: seen.append(words) if words == "COMMIT" else None)
    return seen


def together(work: Callable[[int], None], shared: SharedConnection, writers: int = WRITERS) -> dict[int, Exception]:
    """Lets as many threads come while the first of them writes; what each of them raised."""
    raised: dict[int, Exception] = {}

    def run(number: int) -> None:
        try:
            work(number)
        except Exception as error:
            raised[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(writers)]
    with shared._turn:
        for thread in threads:
            thread.start()
        while shared._coming < writers:
            pass
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return raised


def test_what_is_written_together_is_committed_once_and_nobody_goes_on_before(
    shared: SharedConnection, tmp_path: Path
) -> None:
    seen, found = commits(shared), {}

    def write(number: int) -> None:
        with shared.transaction():
            shared.execute("INSERT INTO notes VALUES (?)", (str(number),))
        found[number] = str(number) in committed(tmp_path)

    assert together(write, shared) == {}
    assert found == dict.fromkeys(range(WRITERS), True)
    assert len(seen) == 1


def test_who_fails_undoes_nothing_but_its_own(shared: SharedConnection, tmp_path: Path) -> None:
    def write(number: int) -> None:
        with shared.transaction():
            shared.execute("INSERT INTO notes VALUES (?)", (str(number),))
            if number % 2:
                raise Unavailable("the budget does not reach")

    raised = together(write, shared)
    assert sorted(raised) == [1, 3, 5, 7]
    assert committed(tmp_path) == ["0", "2", "4", "6"]


def test_a_commit_that_fails_fails_for_all_who_wrote(shared: SharedConnection, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as reader:
        rows = reader.execute("SELECT * FROM (VALUES (1), (2)), sqlite_schema")
        rows.fetchone()  # as long as it reads, nobody else can commit

        def write(number: int) -> None:
            with shared.transaction():
                shared.execute("INSERT INTO notes VALUES (?)", (str(number),))

        raised = together(write, shared)
        rows.close()
    assert {type(error) for error in raised.values()} == {StateError}
    assert len(raised) == WRITERS
    assert committed(tmp_path) == []


def test_once_something_could_not_be_kept_nobody_writes_on_the_ground_of_it(
    shared: SharedConnection, tmp_path: Path
) -> None:
    def write(number: int) -> None:
        with shared.transaction():
            shared.execute("INSERT INTO notes VALUES (?)", (str(number),))

    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        rows = other.execute("SELECT * FROM (VALUES (1), (2)), sqlite_schema")
        rows.fetchone()  # as long as it reads, nobody else can commit
        with pytest.raises(StateError, match="locked"):
            write(1)
        rows.close()
    with pytest.raises(StateError, match="could not be kept"):
        write(2)
    assert committed(tmp_path) == []
    anew = sqlite3.connect(tmp_path / "journal.db", isolation_level=None)
    with closing(SharedConnection(anew)) as next_run, next_run.transaction():
        next_run.execute("INSERT INTO notes VALUES ('3')")
    assert committed(tmp_path) == ["3"]


def test_a_lock_of_another_process_is_told_to_each_who_would_write(shared: SharedConnection, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def write(number: int) -> None:
            with shared.transaction():
                shared.execute("INSERT INTO notes VALUES (?)", (str(number),))

        raised = together(write, shared)
    assert {str(error) for error in raised.values()} == {"journal.db: database is locked"}
    assert len(raised) == WRITERS


def test_what_a_reader_undoes_is_told_to_each_who_wrote(shared: SharedConnection, tmp_path: Path) -> None:
    """When the disk fails while somebody reads, SQLite undoes all that is not committed, as ROLLBACK does."""
    raised: list[str] = []

    def write() -> None:
        try:
            with shared.transaction():
                shared.execute("INSERT INTO notes VALUES ('second')")
        except StateError as error:
            raised.append(error.message)

    second = threading.Thread(target=write)
    with shared._turn:
        with shared._joined() as batch:
            shared.execute("INSERT INTO notes VALUES ('first')")
            second.start()
            while not shared._coming:
                pass
        shared.execute("ROLLBACK")
    second.join(30)
    with pytest.raises(sqlite3.OperationalError, match="undone"):
        batch.wait()
    assert raised == ["journal.db: undone"]
    assert committed(tmp_path) == []


def test_who_is_told_that_it_is_written_finds_it_though_another_undid_all(
    shared: SharedConnection, tmp_path: Path
) -> None:
    def write(number: int) -> None:
        with shared.transaction():
            shared.execute("INSERT INTO notes VALUES (?)", (str(number),))
            if number == WRITERS // 2:
                shared.execute("ROLLBACK")

    raised = together(write, shared)
    assert WRITERS // 2 in raised
    assert committed(tmp_path) == [str(number) for number in range(WRITERS) if number not in raised]


class Interrupted(Exception):
    """Something that has nothing to do with the journal."""


def _interrupted(shared: SharedConnection) -> Callable[[int], None]:
    def write(number: int) -> None:
        with shared.transaction():
            shared.execute("INSERT INTO notes VALUES ('interrupted')")
            raise Interrupted

    return write


def test_a_failure_alone_leaves_nothing_open(shared: SharedConnection, tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError), shared.transaction():
        shared.execute("INSERT INTO notes VALUES ('same'), ('same')")
    assert not shared.connection.in_transaction
    raised = together(_interrupted(shared), shared, writers=1)
    assert [type(error) for error in raised.values()] == [Interrupted]
    assert not shared.connection.in_transaction
    with shared.transaction():
        shared.execute("INSERT INTO notes VALUES ('other')")
    assert committed(tmp_path) == ["other"]


def test_nobody_reads_half_of_what_another_thread_writes(shared: SharedConnection) -> None:
    reading, seen = threading.Event(), []

    def read() -> None:
        reading.set()
        seen.append(shared.execute("SELECT count(*) FROM notes").fetchone()[0])

    reader = threading.Thread(target=read)
    with shared.transaction():
        shared.execute("INSERT INTO notes VALUES ('first')")
        reader.start()
        reading.wait(30)
        shared.execute("INSERT INTO notes VALUES ('second')")
    reader.join(30)
    assert seen == [2]
