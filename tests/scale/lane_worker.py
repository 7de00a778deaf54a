"""A worker that a test can stop between any two steps, or that dies of itself at one.

    python -m tests.scale.lane_worker FOLDER ADDRESS WORKSPACE SERVER TOKEN [STEP]

It takes the lane, says ``leased``, waits for a line, publishes what is due, and says what came of it. At its STEP, counted from
then on, it is killed as by ``kill -9``: odd ones are before a statement reaches the database, even ones after it was carried out.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from contentkit.clock import SystemClock
from contentkit.errors import StateError
from contentkit.publishing.postgres.connection import Connection, PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.opening import journal_on
from contentkit.publishing.publisher import publish_account
from tests.publishing.stage import Stage


class Mortal:
    """A connection whose process dies at a step; before its life begins, and for other matters, it is the one it stands for."""

    def __init__(self, connection: Connection, dies_at: int) -> None:
        self._connection = connection
        self._dies_at = dies_at
        self._steps = 0
        self.lives = False

    def execute(self, *words: Any, **options: Any) -> Any:
        self._step()
        answer = self._connection.execute(*words, **options)
        self._step()
        return answer

    def _step(self) -> None:
        self._steps += self.lives
        if self.lives and self._steps == self._dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def main(folder: str, address: str, workspace: str, server: str, token: str, step: str = "0") -> None:
    with closing(PostgresConnection(connect(address))) as database:
        lease = Lanes(database).claim(int(workspace), "mine", "paused")
    assert lease is not None
    stage = Stage(Path(folder), server=server, token=token, read_seconds=60.0)
    # So that it knows the files; what it publishes is in the other journal.
    stage.approve(texts=["one", "two"])
    mortal = Mortal(connect(address), int(step))
    connection = cast("Connection", mortal)
    with closing(journal_on(connection, lease.workspace, SystemClock(), "paused", lease)) as journal:
        stage.journal = journal
        _say("leased")
        sys.stdin.readline()
        mortal.lives = True
        try:
            outcomes = publish_account(journal, stage.surroundings(), journal.clock, "mine")
            _say(*(outcome.kind for outcome in outcomes))
        except StateError as error:
            _say(type(error).__name__)
        mortal.lives = False
    stage.close()


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
