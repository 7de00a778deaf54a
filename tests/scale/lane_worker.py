"""A worker that a test can stop between any two steps.

    python -m tests.scale.lane_worker FOLDER ADDRESS WORKSPACE SERVER TOKEN

It takes the lane, says ``leased``, waits for a line, publishes what is due, and says what came of it.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from contentkit.clock import SystemClock
from contentkit.errors import StateError
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.opening import open_journal
from contentkit.publishing.publisher import publish_account
from tests.publishing.stage import Stage


def main(folder: str, address: str, workspace: str, server: str, token: str) -> None:
    with closing(PostgresConnection(connect(address))) as database:
        lease = Lanes(database).claim(int(workspace), "mine", "paused")
    assert lease is not None
    stage = Stage(Path(folder), server=server, token=token, read_seconds=60.0)
    # So that it knows the files; what it publishes is in the other journal.
    stage.approve(texts=["one"])
    with closing(open_journal(address, lease.workspace, SystemClock(), "paused", lease)) as journal:
        stage.journal = journal
        _say("leased")
        sys.stdin.readline()
        try:
            outcomes = publish_account(journal, stage.surroundings(), journal.clock, "mine")
            _say(*(outcome.kind for outcome in outcomes))
        except StateError as error:
            _say(type(error).__name__)
    stage.close()


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
