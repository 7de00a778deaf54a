"""What one post costs PostgreSQL and a worker: planned by an approval, claimed, sent to a server on this machine, confirmed.

    .venv/bin/python -m benchmarks.scale.per_post [POSTS [ACCOUNTS]]     writes per_post.json, from which the paper reckons

CPU is counted, not time: of this process for the worker, of all of PostgreSQL's for the database. So another load on the machine
changes little. The network's server is a process of its own, whose work is not counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.scale.crew import cpu_of_postgres
from benchmarks.scale.paper import MEASURED, PerPost
from contentkit.models import Account
from contentkit.platforms.mastodon import MastodonConnection
from contentkit.platforms.session import WatchedSession
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.opening import bring_up_to_date, journal_on
from contentkit.publishing.postgres.workspaces import Standing, enter
from contentkit.publishing.publications import State
from contentkit.publishing.publisher import publish_account
from tests.publishing.stage import Stage
from tests.scale.cluster import OWNER, Cluster, own_cluster

_TEXT = "The next generation of the scheduler enters private preview today: {number}. " + "It keeps its promises. " * 4
_SIZES = (
    "approvals",
    "publications",
    "attempts",
    "lanes",
    "notices",
    "accounts",
    "claims",
    "meta",
    "amendments",
    "ledger",
)


def main(posts: int, accounts: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        own_cluster(place=Path(tempfile.gettempdir())) as cluster,
        _network() as url,
    ):
        cost = _measured(cluster, url, Path(folder) / "stage", posts, accounts)
    MEASURED.write_text(json.dumps(vars(cost), indent=1) + "\n", "utf-8")
    print(MEASURED.read_text("utf-8"), end="")


def _measured(cluster: Cluster, url: str, folder: Path, posts: int, accounts: int) -> PerPost:
    database = cluster.new_database()
    with connect(cluster.address(database, OWNER)) as connection:
        bring_up_to_date(connection)
        shared = PostgresConnection(connection)
        place = enter(shared, name="ours", project="ours-1", hosts=(), seal="k", state=Standing.OPEN).id
        empty = _size(cluster, database)
        stage = _planned(connection, place, folder, url, posts, accounts)
        planned = _size(cluster, database)
        before = _so_far(cluster)
        names = [one.account for one in Lanes(shared).due(accounts)]
        for name in names:
            _publish(connection, place, stage, name)
        after = _so_far(cluster)
        sent = sum(row.state is State.SENT for thread in stage.journal.threads.living() for row in thread.rows)
        if sent != posts:
            raise SystemExit(f"{sent} of {posts} are sent")
        kept = _size(cluster, database)
    version = cluster.query("SHOW server_version")[0][0].split()[0]
    each = {name: (after[name] - before[name]) / posts for name in before}
    return PerPost(
        database_cpu=each["database"] * 1000, worker_cpu=each["worker"] * 1000, commits=each["syncs"], log=each["log"],
        waiting=(planned - empty) / posts, kept=(kept - empty) / posts, posts=posts,
        where=f"PostgreSQL {version}, {accounts} accounts, {os.cpu_count()} cores",
        on=f"{datetime.now(UTC):%-d %B %Y}",
    )  # fmt: skip


def _planned(connection: Any, place: int, folder: Path, url: str, posts: int, accounts: int) -> Stage:
    """A stage whose journal is this workspace, with so many approved posts that are due, on so many accounts."""

    class OnPostgres(Stage):
        def reopened(self) -> Any:
            self.journal = journal_on(connection, place, self.clock, "bench")
            return self.journal

    stage = OnPostgres(folder, server=url)
    stage.connect = lambda account: _connection(account, url)
    for number in range(posts):
        stage.approve(f"entry-{number}", [_TEXT.format(number=number)], accounts=[f"account-{number % accounts}"])
    return stage


def _publish(connection: Any, place: int, stage: Stage, account: str) -> None:
    """As a worker does: with the lane's lease, all that is due on this account."""
    lanes = Lanes(PostgresConnection(connection))
    lease = lanes.claim(place, account, "bench")
    if lease is None:
        raise SystemExit(f"{account}: no lane")
    journal = journal_on(connection, place, stage.clock, "bench", lease)
    publish_account(journal, stage.surroundings(), stage.clock, account)
    lanes.release(lease)


def _connection(account: Account, url: str) -> MastodonConnection:
    return MastodonConnection(account, f"token-{account.name}", WatchedSession(url, connect=5, read=30))


@contextmanager
def _network() -> Iterator[str]:
    """A server of a network on this machine; its address."""
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.publishing_server", "0"], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    try:
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
    finally:
        server.kill()
        server.wait()


def _so_far(cluster: Cluster) -> dict[str, float]:
    """Seconds of CPU of the database and of this process, bytes of log, and how often the log was written to the disk."""
    log, syncs = cluster.query("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn, (SELECT wal_sync FROM pg_stat_wal)")[0]
    own = os.times()
    return {
        "database": cpu_of_postgres(cluster),
        "worker": own.user + own.system,
        "log": float(log),
        "syncs": float(syncs),
    }


def _size(cluster: Cluster, database: str) -> float:
    """Bytes of the journal's tables with their indexes, without what vacuum would give back."""
    cluster.query("VACUUM", database)
    sizes = ", ".join(f"('{name}')" for name in _SIZES)
    return float(
        cluster.query(
            f"SELECT sum(pg_total_relation_size(name::regclass)) FROM (VALUES {sizes}) AS named (name)", database
        )[0][0]
    )


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], "2000", "100")[:2]))
