"""How late posts leave that are due one after the other, so many a second: from when each is due until the network has it.

    .venv/bin/python -m benchmarks.scale.lateness [RATE SECONDS [WAITING [ACCOUNTS]]]

Four workers of 16 threads, a server that answers after 30 ms; the posts of the first five seconds, in which workers come to know
the database, count with the others. Prints the median, what 99 of 100 keep below, and the latest, in seconds.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.scale.crew import Network, cpu_of_postgres, crew
from benchmarks.scale.filled import NEXT_YEAR, plan, workspace_in
from tests.scale.cluster import OWNER, Cluster, own_cluster

# How long after the last one is due those that are late are waited for, in seconds.
_PATIENCE = 120.0
# So long it may take to plan what will be due.
_BEGINS_IN = timedelta(seconds=8)


def measured(rate: int, seconds: int, waiting: int, accounts: int) -> dict[str, float]:
    """Lateness in seconds, how many posts never came, and the CPU of workers and of PostgreSQL for each, in milliseconds."""
    with own_cluster(place=Path("/var/tmp")) as cluster:
        address = cluster.address(cluster.new_database(), OWNER)
        workspace = workspace_in(address)
        if waiting:
            plan(address, workspace, "waiting", accounts, waiting, NEXT_YEAR)
        cluster.query("CHECKPOINT")
        return asyncio.run(_run(cluster, address, workspace, rate, rate * seconds, accounts))


async def _run(
    cluster: Cluster, address: str, workspace: int, rate: int, posts: int, accounts: int
) -> dict[str, float]:
    network = Network()
    async with crew("tickets", address, workspace, network) as workers:
        before, own = cpu_of_postgres(cluster), workers.cpu()
        first = datetime.now(UTC) + _BEGINS_IN
        plan(address, workspace, "due", accounts, posts, first, 1 / rate)
        if datetime.now(UTC) > first:
            raise RuntimeError("the first were due before all were planned")
        workers.begin()
        end = time.monotonic() + posts / rate + _PATIENCE
        while len(network.answered) < posts and time.monotonic() < end:
            await asyncio.sleep(0.1)
            if workers.has_lost_one:
                raise RuntimeError("a worker died")
        database, own = cpu_of_postgres(cluster) - before, workers.cpu() - own
    late = sorted(came - first.timestamp() - int(words.split()[1].rstrip(".")) / rate for came, words in network.came)
    done = len(late)
    return {
        "p50": late[done // 2], "p99": late[done * 99 // 100], "latest": late[-1], "lost": posts - done,
        "ms of a worker": 1000 * own / done, "ms of PostgreSQL": 1000 * database / done,
    }  # fmt: skip


def main() -> None:
    rate, seconds, waiting, accounts = (
        int(word) for word in (*sys.argv[1:], *("100", "60", "0", "500")[len(sys.argv) - 1 :])
    )
    told = measured(rate, seconds, waiting, accounts)
    words = ", ".join(f"{name} {value:.2f}" for name, value in told.items())
    print(
        f"{rate} a second for {seconds} s on {accounts} accounts, {waiting} waiting: {words}; load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
