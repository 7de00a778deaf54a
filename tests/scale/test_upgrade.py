"""A new version takes its step while workers of the old one are at work: these go on, or end and say why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contentkit.errors import StateError
from contentkit.publishing.postgres.connection import Connection, PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.opening import TooOld, bring_up_to_date, refuse_newer
from contentkit.publishing.postgres.schema import STEPS
from contentkit.publishing.postgres.workspaces import Standing, enter, workspace_named

# What a later version may add: those before never name it.
ADDED = "ALTER TABLE publications ADD COLUMN boosted BIGINT NOT NULL DEFAULT 0;"


@pytest.fixture
def old(database: str) -> Iterator[Connection]:
    """A connection of a worker of today, with a lane that is free."""
    with connect(database) as connection:
        bring_up_to_date(connection)
        shared = PostgresConnection(connection)
        place = enter(shared, name="ours", project="ours-1", hosts=(), seal="k", state=Standing.OPEN).id
        shared.execute("INSERT INTO lanes (workspace, account, next_due) VALUES (?, 'mine', '')", (place,))
        yield connection


def upgrade(address: str, *, least: int) -> None:
    """What the first command of a later version does: one more step, which programs of fewer steps than ``least`` mind."""
    with connect(address) as connection, connection.transaction():
        connection.execute(ADDED)
        connection.execute("UPDATE format SET version = version + 1, least = %s", (least,))


def test_after_a_step_that_only_adds_the_workers_of_before_go_on(old: Connection, database: str) -> None:
    lanes = Lanes(PostgresConnection(old))
    place = old.execute("SELECT id FROM workspaces").fetchone()["id"]  # type: ignore[index]
    upgrade(database, least=len(STEPS))

    assert refuse_newer(old) == len(STEPS) + 1
    lease = lanes.claim(place, "mine", "w1")
    assert lease
    assert lanes.release(lease)
    with connect(database) as another:
        bring_up_to_date(another)
        assert refuse_newer(another) == len(STEPS) + 1


def test_after_a_step_that_they_do_not_know_they_take_no_lane_and_end(old: Connection, database: str) -> None:
    lanes = Lanes(PostgresConnection(old))
    place = old.execute("SELECT id FROM workspaces").fetchone()["id"]  # type: ignore[index]
    upgrade(database, least=len(STEPS) + 1)

    assert lanes.claim(place, "mine", "w1") is None
    with pytest.raises(TooOld, match="written by a newer contentkit"):
        refuse_newer(old)
    with connect(database) as another, pytest.raises(StateError, match="newer contentkit") as caught:
        bring_up_to_date(another)
    assert caught.value.hint == "update contentkit"


def test_a_database_of_before_gets_the_step_that_is_missing_once_and_keeps_its_rows(
    old: Connection,
) -> None:
    for _ in range(2):
        bring_up_to_date(old, (*STEPS, ADDED))

    assert refuse_newer(old) == len(STEPS) + 1
    assert workspace_named(PostgresConnection(old), "ours").id == 1
    assert PostgresConnection(old, 1).execute("SELECT boosted FROM publications").fetchall() == []
