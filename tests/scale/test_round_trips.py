"""How often a post on a lane goes to the server and comes back, which is most of what it costs there."""

from __future__ import annotations

from contextlib import closing
from typing import Any, cast

from contentkit.publishing.postgres.connection import Connection, PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.opening import journal_on
from tests.publishing.stage import Stage
from tests.scale.stages import Workspaces


class Counting:
    """A connection that knows how often it was waited for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.waits = 0

    def execute(self, *words: Any, **options: Any) -> Any:
        self.waits += 1
        return self._connection.execute(*words, **options)

    def commit(self) -> None:
        self.waits += 1
        self._connection.commit()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def test_an_intent_and_what_came_of_it_are_three_round_trips_each(stage: Stage, workspaces: Workspaces) -> None:
    stage.approve(texts=["one", "two"])
    first, second = stage.rows()
    with closing(connect(workspaces.address)) as connection:
        lease = Lanes(PostgresConnection(connection)).claim(workspaces.number(stage.folder), "mine", "here")
        assert lease is not None
        counting = Counting(connection)
        parts = journal_on(cast("Connection", counting), lease.workspace, stage.clock, "here", lease).publications
        waits = []
        for row, parent in ((first, ""), (second, "1")):
            before = counting.waits
            attempt = parts.claim(row, parent=parent, watermark="")
            claimed = counting.waits
            assert attempt is not None
            parts.confirm(attempt, str(row.part + 1), "", "sent")
            waits.append((claimed - before, counting.waits - claimed))
    assert waits == [(3, 3), (3, 3)], "to begin on the lane, to write, to commit"
