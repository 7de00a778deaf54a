"""Teams in one database: each sees and writes its own rows, whatever it does, and publishes where it was said to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from contentkit.errors import UsageError
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.moving import TABLES, Contents, contents_of
from contentkit.publishing.postgres.connection import Connection, PostgresConnection, connect
from contentkit.publishing.postgres.opening import bring_up_to_date, journal_on
from contentkit.publishing.postgres.workspaces import (
    Standing,
    Workspace,
    enter,
    let_run_on,
    rename,
    set_standing,
    workspace_named,
)
from contentkit.publishing.publications import State
from contentkit.publishing.records import AccountState, Notice, Revocation
from tests.publishing.stage import Stage

# What belongs to no team: who sends what is due looks at the lanes of all.
SHARED = {"lanes"}


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with connect(database) as connection:
        bring_up_to_date(connection)
        yield connection


def team(connection: Connection, name: str) -> Workspace:
    database = PostgresConnection(connection)
    return enter(database, name=name, project=f"{name}-1", hosts=(), seal="k", state=Standing.OPEN)


class TeamStage(Stage):
    """A stage whose journal is a workspace's."""

    def __init__(self, folder: Path, connection: Connection, workspace: Workspace) -> None:
        self._connection, self._workspace = connection, workspace
        super().__init__(folder)

    def reopened(self) -> Journal:
        self.journal = journal_on(self._connection, self._workspace.id, self.clock, "this-machine")
        return self.journal


def work(stage: Stage) -> None:
    """Something of most that a journal can do, with the same names and numbers in each team."""
    journal = stage.journal
    stage.approve("launch")
    stage.run()
    stage.approve("second", digest="sha256:2")
    row = stage.rows("second")[0]
    claimed = journal.publications.claim(row, parent="", watermark="")
    assert claimed
    journal.publications.hold(journal.publications.doubt(claimed, "no answer"), "looked for in vain")
    journal.publications.release(stage.rows("second")[0], "Ana", "it is not there")
    stage.approve("third", digest="sha256:3")
    journal.approvals.revoke(
        Revocation(
            id=0,
            entry="third",
            digest="sha256:3",
            upto=9,
            by="Ana",
            at=stage.clock.now(),
            trust="local",
            reason="",
            seal="s",
        ),
        stage.rows("third"),
    )
    journal.accounts.note(AccountState(name="mine", paused=True, trouble="a token is missing"))
    journal.notices.keep(Notice(kind="alert", entry="launch", account="mine", reason="why"))
    journal.note({Fact.ID: "journal-1"})
    journal.mark_told([(number, State.SENT) for number in (1, 2, 3)], [1])


def contents(connection: Connection, place: Workspace) -> dict[str, Contents]:
    database = PostgresConnection(connection, place.id)
    columns = {
        table: tuple(
            row["name"]
            for row in database.execute(
                """SELECT column_name AS name FROM information_schema.columns
                   WHERE table_name = ? AND table_schema = 'public' AND column_name <> 'workspace' ORDER BY column_name""",
                (table,),
            ).fetchall()
        )
        for table in TABLES
    }
    return contents_of(database.execute, columns)


def test_whatever_one_team_does_the_other_has_what_it_had(connection: Connection, tmp_path: Path) -> None:
    ours, theirs = team(connection, "ours"), team(connection, "theirs")
    work(TeamStage(tmp_path / "theirs", connection, theirs))
    before = contents(connection, theirs)
    assert {table for table, one in before.items() if not one.rows} == {"claims", "ledger", "amendments"}

    stage = TeamStage(tmp_path / "ours", connection, ours)
    assert (stage.journal.threads.living(), stage.journal.approvals.of("launch"), stage.journal.accounts.all()) == (
        [],
        [],
        [],
    )
    work(stage)

    assert contents(connection, theirs) == before


def test_a_row_of_another_team_can_neither_be_read_nor_written(connection: Connection, tmp_path: Path) -> None:
    ours, theirs = team(connection, "ours"), team(connection, "theirs")
    work(TeamStage(tmp_path / "theirs", connection, theirs))
    database = PostgresConnection(connection, ours.id)

    for table in TABLES:
        assert database.execute(f"SELECT * FROM {table}").fetchall() == []
        assert database.execute(f"UPDATE {table} SET workspace = workspace").rowcount == 0
        assert database.execute(f"DELETE FROM {table}").rowcount == 0
        # Whose a row is comes before whatever else it lacks.
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            database.execute(f"INSERT INTO {table} (workspace) VALUES ({theirs.id})")


def test_every_table_of_a_team_is_closed_to_the_others_and_to_its_owner(connection: Connection) -> None:
    rows = connection.execute(
        """SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS is_closed FROM pg_class
           WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
             AND oid IN (SELECT attrelid FROM pg_attribute WHERE attname = 'workspace')"""
    ).fetchall()

    assert {row["name"] for row in rows if row["is_closed"]} == set(TABLES)
    assert {row["name"] for row in rows if not row["is_closed"]} == SHARED


def test_outside_of_all_workspaces_no_row_is_seen(connection: Connection, tmp_path: Path) -> None:
    work(TeamStage(tmp_path / "ours", connection, team(connection, "ours")))

    with connect(connection.info.dsn) as other, pytest.raises(psycopg.Error):
        other.execute("SELECT * FROM publications")


def test_a_workspace_runs_on_the_hosts_that_were_named_and_only_while_it_is_open(
    connection: Connection,
) -> None:
    database = PostgresConnection(connection)
    ours = team(connection, "ours")
    assert ours.may_run_on("any")

    ours = let_run_on(database, ours, ["two", "one", "two"])

    assert ours.hosts == ("one", "two")
    assert [ours.may_run_on(host) for host in ("one", "two", "three")] == [True, True, False]
    assert not set_standing(database, ours, Standing.CLOSED).may_run_on("one")


def test_of_two_who_choose_one_name_at_once_one_gets_it(connection: Connection, database: str) -> None:
    shared = PostgresConnection(connection)
    ours, theirs = team(connection, "ours"), team(connection, "theirs")
    told: list[str] = []

    def call_theirs_so_too() -> None:
        with connect(database) as another, pytest.raises(UsageError) as caught:
            rename(PostgresConnection(another), theirs, "time")
        told.append(caught.value.message)

    thread = threading.Thread(target=call_theirs_so_too)
    with shared.transaction():
        rename(shared, ours, "time")
        thread.start()
        _wait_until_somebody_waits(database)
    thread.join()
    assert told == ["there is a workspace 'time' already"]


def _wait_until_somebody_waits(address: str) -> None:
    ask = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connect(address) as watcher:
        while not watcher.execute(ask).fetchone():
            threading.Event().wait(0.01)


def test_a_workspace_is_called_otherwise_and_no_two_are_called_the_same(connection: Connection) -> None:
    database = PostgresConnection(connection)
    ours, theirs = team(connection, "ours"), team(connection, "theirs")

    assert rename(database, ours, "time").id == workspace_named(database, "time").id == ours.id
    with pytest.raises(UsageError, match="there is a workspace 'time' already"):
        rename(database, theirs, "time")
    with pytest.raises(UsageError, match="there is no workspace 'ours'"):
        workspace_named(database, "ours")
    for host in ("", "a b", "\x1b[31m", "a" * 254):
        with pytest.raises(UsageError, match="cannot be the name of a host"):
            let_run_on(database, theirs, ["one", host])
    for name in ("", "Time", "a b", "../x", "\x1b[31m", "a" * 65):
        with pytest.raises(UsageError, match="cannot be the name"):
            rename(database, theirs, name)
