"""A journal that comes from SQLite: the same rows, in one transaction, and only where one is waited for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.publishing.moving import columns_of, contents_of, digest_of
from contentkit.publishing.opening import open_journal
from contentkit.publishing.postgres.arrival import take_in
from contentkit.publishing.postgres.connection import Connection, PostgresConnection, connect
from contentkit.publishing.postgres.opening import bring_up_to_date
from contentkit.publishing.postgres.workspaces import (
    Standing,
    Workspace,
    enter,
    set_standing,
    workspace_named,
    workspace_with_journal,
)
from contentkit.publishing.records import AccountState, Notice
from contentkit.publishing.transactions import SharedConnection
from contentkit.stamps import stamped_finely
from tests.publishing.stage import Stage
from tests.publishing.test_moving import opened


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with connect(database) as connection:
        bring_up_to_date(connection)
        yield connection


@pytest.fixture
def worked(tmp_path: Path) -> Iterator[Stage]:
    """A stage with something of most that a journal keeps, hostile words among it."""
    stage = Stage(tmp_path / "state")
    stage.approve("launch")
    stage.run()
    stage.approve("second", texts=["100 % ?1 :name \\ '", "\u202e\U0001f600 \0 NUL"])
    stage.journal.accounts.note(AccountState(name="mine", trouble="none; DROP TABLE meta", paused=False))
    stage.journal.notices.keep(Notice(kind="alert", entry="launch", account="mine", reason="a\0b"))
    yield stage
    stage.close()


def moving(connection: Connection, name: str) -> Workspace:
    return enter(
        PostgresConnection(connection, 0), name=name, project=f"{name}-1", hosts=(), seal="k", state=Standing.MOVING
    )


def arrived(connection: Connection, workspace: Workspace, folder: Path) -> str:
    """Takes in the journal of this folder; returns the digest of what is there then."""
    with opened(folder / "journal.db") as source:
        take_in(connection, workspace, SharedConnection(source).execute, "id-1")
        columns = columns_of(source.execute)
    return digest_of(contents_of(PostgresConnection(connection, workspace.id).execute, columns))


def test_what_arrives_is_what_was_there(worked: Stage, connection: Connection) -> None:
    ours = moving(connection, "ours")

    digest = arrived(connection, ours, worked.folder)

    with opened(worked.folder / "journal.db") as source:
        assert digest == digest_of(contents_of(source.execute, columns_of(source.execute)))
    known = workspace_named(PostgresConnection(connection, 0), "ours")
    assert (known.digest, known.moved_from, known.state) == (digest, "id-1", Standing.MOVING)
    texts = PostgresConnection(connection, ours.id).execute("SELECT text FROM publications ORDER BY id").fetchall()
    assert [row["text"] for row in texts][-1] == "\u202e\U0001f600 \N{REPLACEMENT CHARACTER} NUL"


def test_two_teams_have_rows_of_the_same_numbers_and_see_only_their_own(
    worked: Stage, tmp_path: Path, connection: Connection
) -> None:
    ours, theirs = moving(connection, "ours"), moving(connection, "theirs")
    other = tmp_path / "other"
    other.mkdir()
    open_journal(other, worked.clock, "other").close()

    arrived(connection, ours, worked.folder)
    arrived(connection, theirs, other)

    rows = {
        one.name: PostgresConnection(connection, one.id)
        .execute("SELECT count(*) AS n FROM publications")
        .fetchone()["n"]
        for one in (ours, theirs)
    }
    assert rows == {"ours": 5, "theirs": 0}


def test_what_has_arrived_is_not_taken_in_twice_but_compared(worked: Stage, connection: Connection) -> None:
    ours = moving(connection, "ours")
    first = arrived(connection, ours, worked.folder)

    assert arrived(connection, ours, worked.folder) == first

    worked.journal.notices.keep(Notice(kind="alert", entry="launch", account="mine", reason="written meanwhile"))
    with pytest.raises(StateError, match=r"notices has 1 rows with the digest .* and the journal has 2"):
        arrived(connection, ours, worked.folder)


def test_new_rows_get_numbers_behind_those_that_came(worked: Stage, connection: Connection) -> None:
    ours = moving(connection, "ours")
    arrived(connection, ours, worked.folder)
    database = PostgresConnection(connection, ours.id)

    before = database.execute("SELECT max(id) AS id FROM attempts").fetchone()["id"]
    new = database.execute(
        """INSERT INTO attempts (publication, at, machine, boot, uptime, move, detail)
           VALUES (1, '', '', '', 0, 'look', '') RETURNING id"""
    ).fetchone()["id"]

    assert new > before


def test_a_lane_is_due_by_what_arrives_and_can_be_done(worked: Stage, connection: Connection) -> None:
    worked.approve("held", texts=["one", "two"], at=worked.clock.now() - timedelta(hours=2))
    worked.journal.publications.hold(worked.rows("held")[0], "look at it")
    ours = moving(connection, "ours")
    arrived(connection, ours, worked.folder)
    lanes = PostgresConnection(connection, ours.id).execute("SELECT next_due FROM lanes").fetchall()

    # What waits behind a held part can wait for ever.
    assert [row["next_due"] for row in lanes] == [stamped_finely(worked.rows("second")[0].due)]


@pytest.mark.parametrize("state", [Standing.OPEN, Standing.CLOSED])
def test_a_workspace_that_waits_for_no_journal_takes_none_in(
    worked: Stage, connection: Connection, state: Standing
) -> None:
    ours = set_standing(PostgresConnection(connection, 0), moving(connection, "ours"), state)

    with pytest.raises(StateError, match="waits for no journal"):
        arrived(connection, ours, worked.folder)


def test_a_workspace_with_rows_of_its_own_takes_none_in(worked: Stage, connection: Connection) -> None:
    ours = moving(connection, "ours")
    database = PostgresConnection(connection, ours.id)
    database.execute("INSERT INTO accounts (name) VALUES ('mine')")

    with pytest.raises(StateError, match="rows of its own in accounts"):
        arrived(connection, ours, worked.folder)
    assert database.execute("SELECT 1 FROM approvals").fetchone() is None


def test_a_workspace_has_a_journal_when_it_has_come(connection: Connection) -> None:
    database = PostgresConnection(connection, 0)
    ours = moving(connection, "ours")
    with pytest.raises(StateError, match="has no workspace") as none:
        workspace_with_journal(database, "never-imported")
    assert "import-workspace" in none.value.hint
    with pytest.raises(StateError, match="still on its way") as on_its_way:
        workspace_with_journal(database, ours.project)
    assert "migrate" in on_its_way.value.hint
    for state in (Standing.CLOSED, Standing.OPEN):
        set_standing(database, ours, state)
        assert workspace_with_journal(database, ours.project).state is state
