"""How many posts a second workers publish with tickets, and with one job of the engine for each post instead.

    .venv/bin/python -m benchmarks.scale.pace [ACCOUNTS POSTS [WAITING]] [--rounds ROUNDS]

So many accounts with so many posts each, all due now; four workers of 16 threads that are ready when the clock begins to run, a
server that answers after 30 ms. Both ways use the same verbs of the same journal, and nothing else: no folders, no networks'
manners. Where there are posts that wait for next year, tickets with these are compared with tickets without. Prints posts a
second, and what a post costs of this machine: the workers' CPU and PostgreSQL's.

One round says little where other work comes and goes. Of several, each second one goes the other way round (ABBA), so that what
grows slower with time does so for both; the median of their ratios counts.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.scale.crew import Network, cpu_of_postgres, crew, hand_over_jobs
from benchmarks.scale.filled import LONG_AGO, NEXT_YEAR, plan, workspace_in
from contentkit.engines.procrastinate import Procrastinate
from tests.scale.cluster import OWNER, Cluster, own_cluster

_LONGEST = 900.0
# Tickets or jobs, and how many posts wait beside those that are due.
Way = tuple[str, int]


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


def in_turns(ways: Sequence[Way], rounds: int) -> Iterator[Sequence[Way]]:
    """The ways in the order in which each round goes them."""
    for number in range(rounds):
        yield ways[::-1] if number % 2 else ways


def summary(ratios: Sequence[float]) -> str:
    """The median of the rounds' ratios, and how far they lie apart."""
    if len(ratios) == 1:
        return f"{ratios[0]:.2f} × in one round"
    return f"{median(ratios):.2f} × is the median of {len(ratios)} rounds, from {min(ratios):.2f} to {max(ratios):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Posts a second by tickets, beside one job for each post.")
    parser.add_argument("accounts", type=int, nargs="?", default=500)
    parser.add_argument("posts", type=int, nargs="?", default=20, help="posts of each account, all due now")
    parser.add_argument("waiting", type=int, nargs="?", default=0, help="posts that wait for next year")
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    if asked.rounds < 1:
        parser.error("--rounds: at least one")
    ways: Sequence[Way] = (
        (("tickets", asked.waiting), ("tickets", 0)) if asked.waiting else (("tickets", 0), ("jobs", 0))
    )
    ratios = []
    for order in in_turns(ways, asked.rounds):
        told = {way: _told(way, asked.accounts, asked.posts) for way in order}
        ratios.append(told[ways[0]] / told[ways[1]])
        print(f"{ratios[-1]:.2f} ×", flush=True)
    print(f"{asked.accounts} accounts, {asked.posts} posts each: {summary(ratios)}")


def _told(way: Way, accounts: int, posts: int) -> float:
    """Goes it once, and says what came of it; posts a second."""
    figures = measured(way[0], accounts, posts, way[1])
    words = ", ".join(f"{value:.1f} {name}" for name, value in figures.items())
    print(f"{way[0]}, {way[1]} waiting: {words}; load {os.getloadavg()[0]:.1f}", flush=True)
    return figures["posts a second"]


if __name__ == "__main__":
    main()
