"""How many posts a second workers publish with tickets, and with one job of the engine for each post instead.

    .venv/bin/python -m benchmarks.scale.pace [ACCOUNTS POSTS [WAITING [ROUNDS]]]

So many accounts with so many posts each, all due now; four workers of 16 threads that are ready when the clock begins to run, a
server that answers after 30 ms. Both ways use the same verbs of the same journal, and nothing else: no folders, no networks'
manners. Where there are posts that wait for next year, tickets with these are compared with tickets without. Prints posts a
second, and what a post costs of this machine: the workers' CPU and PostgreSQL's. Several rounds go in turns.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.scale.crew import Network, cpu_of_postgres, crew, hand_over_jobs
from benchmarks.scale.filled import LONG_AGO, NEXT_YEAR, plan, workspace_in
from contentkit.engines.procrastinate import Procrastinate
from tests.scale.cluster import OWNER, Cluster, own_cluster

_LONGEST = 900.0


def measured(mode: str, accounts: int, posts: int, waiting: int = 0) -> dict[str, float]:
    """Posts a second from the first to the last, and the CPU of workers and of PostgreSQL for each, in milliseconds."""
    with own_cluster(place=Path("/var/tmp")) as cluster:
        address = cluster.address(cluster.new_database(), OWNER)
        workspace = workspace_in(address)
        if waiting:
            plan(address, workspace, "waiting", accounts, waiting, NEXT_YEAR)
        plan(address, workspace, "due", accounts, accounts * posts, LONG_AGO)
        if mode == "jobs":
            Procrastinate(address).set_up()
            hand_over_jobs(address, workspace)
        # What was written for the start is on the disk before the clock runs.
        cluster.query("CHECKPOINT")
        return asyncio.run(_run(mode, cluster, address, workspace, accounts * posts))


async def _run(mode: str, cluster: Cluster, address: str, workspace: int, posts: int) -> dict[str, float]:
    network = Network()
    async with crew(mode, address, workspace, network) as workers:
        before, own, began = cpu_of_postgres(cluster), workers.cpu(), time.monotonic()
        workers.begin()
        while len(network.answered) < posts and time.monotonic() - began < _LONGEST:
            await asyncio.sleep(0.05)
            if workers.has_lost_one:
                raise RuntimeError(f"{mode}: a worker died")
        database, own = cpu_of_postgres(cluster) - before, workers.cpu() - own
    done = len(network.answered)
    return {
        "posts": done,
        "posts a second": done / (network.answered[-1] - network.answered[0]),
        "ms of a worker": 1000 * own / done,
        "ms of PostgreSQL": 1000 * database / done,
    }


def main() -> None:
    accounts, posts, waiting, rounds = (
        int(word) for word in (*sys.argv[1:], *("500", "20", "0", "1")[len(sys.argv) - 1 :])
    )
    ways = (("tickets", waiting), ("tickets", 0)) if waiting else (("tickets", 0), ("jobs", 0))
    ratios = []
    for _ in range(rounds):
        told = [measured(mode, accounts, posts, number) for mode, number in ways]
        for (mode, number), figures in zip(ways, told, strict=True):
            words = ", ".join(f"{value:.1f} {name}" for name, value in figures.items())
            print(f"{mode}, {number} waiting: {words}; load {os.getloadavg()[0]:.1f}", flush=True)
        ratios.append(told[0]["posts a second"] / told[1]["posts a second"])
    print(
        f"{accounts} accounts, {posts} posts each: {median(ratios):.2f} × of {', '.join(f'{one:.2f}' for one in ratios)}"
    )


if __name__ == "__main__":
    main()
