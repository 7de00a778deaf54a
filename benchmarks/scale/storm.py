"""Workers of many teams in bad weather: killed, frozen, their database restarted, their answers lost.

    .venv/bin/python -m benchmarks.scale.storm [TEAMS ACCOUNTS POSTS [WORKERS]]

So many teams with so many accounts of their own, and so many posts on each. Every 4 to 8 seconds a worker is killed with
SIGKILL and another one started; every 20 a worker stands still for as long as its accounts are given to others; once the
database is restarted as after a loss of power; of each hundred posts one answer is lost. Ends when every post is out or waits
for a person. Says what was lost, published twice, out of order, or by two at one time: each is a fault, and the exit code 1.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks.rounds import REPOSITORY
from benchmarks.scale.teams import Teams
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.figures import Figures, figures_of
from tests.scale.cluster import OWNER, Cluster, own_cluster

SECONDS = 0.03
_FROZEN = 20.0
# How long a post that may be out is looked for. What was never delivered is a person's after that.
_SETTLE = "20s"
_LONGEST = 1800.0


class Weather:
    """What happens to the workers, and to the database, until everything is out."""

    def __init__(self, teams: Teams, cluster: Cluster, workers: int) -> None:
        self._teams = teams
        self._cluster = cluster
        self._random = random.Random(7)
        self._started = 0
        self._workers = [self._start() for _ in range(workers)]
        self._frozen: tuple[float, subprocess.Popen[bytes]] | None = None
        self.kills = self.freezes = self.restarts = 0

    def run(self, told: Any) -> tuple[Figures, Mapping[str, Any]]:
        """Comes back when all posts are out or a person's. ``told`` asks the network."""
        began = time.monotonic()
        kill_at, freeze_at, restart_at = began + 6, began + 15, began + 30
        while True:
            time.sleep(0.5)
            now = time.monotonic()
            if now >= kill_at:
                self._kill()
                kill_at = now + self._random.uniform(4, 8)
            if now >= freeze_at and not self._frozen:
                self._freeze(now)
                freeze_at = now + _FROZEN + 10
            if self._frozen and now >= self._frozen[0]:
                self._frozen[1].send_signal(signal.SIGCONT)
                self._frozen = None
            if now >= restart_at and not self.restarts:
                self._cluster.restart("immediate")
                self.restarts += 1
            figures, seen = _figures(self._teams.address), told()
            if figures and figures.of_all("planned") + figures.of_all("unknown") == 0:
                return figures, seen
            if now - began > _LONGEST:
                raise RuntimeError(f"not done after {_LONGEST:.0f} s: {figures}")

    def end(self) -> list[int]:
        """Ends all workers in order; their exit codes."""
        for worker in self._workers:
            worker.send_signal(signal.SIGCONT)
            worker.terminate()
        return [worker.wait() for worker in self._workers]

    def _start(self) -> subprocess.Popen[bytes]:
        self._started += 1
        return self._teams.worker(self._started, "--at-once", "12")

    def _kill(self) -> None:
        number = self._random.randrange(len(self._workers))
        if self._frozen and self._workers[number] is self._frozen[1]:
            return
        self._workers[number].kill()
        self._workers[number].wait()
        self._workers[number] = self._start()
        self.kills += 1

    def _freeze(self, now: float) -> None:
        worker = self._random.choice(self._workers)
        worker.send_signal(signal.SIGSTOP)
        self._frozen = (now + _FROZEN, worker)
        self.freezes += 1


def _figures(address: str) -> Figures | None:
    try:
        database = PostgresConnection(connect(address))
        try:
            return figures_of(database)
        finally:
            database.close()
    except Exception:
        return None  # it is being restarted


@contextmanager
def network(seconds: float, lost: int) -> Iterator[str]:
    """The address of a server that loses so many thousandths of its answers to posts."""
    command = [sys.executable, "-m", "benchmarks.scale.network", str(seconds), str(lost)]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


def told_by(server: str) -> Mapping[str, Any]:
    with urlopen(f"{server}/told") as answer:
        told: Mapping[str, Any] = json.load(answer)
    return told


def main() -> int:
    teams, accounts, posts = (int(word) for word in sys.argv[1:4]) if len(sys.argv) > 3 else (10, 50, 20)
    workers = int(sys.argv[4]) if len(sys.argv) > 4 else 4
    number = teams * accounts * posts
    with (
        tempfile.TemporaryDirectory() as scratch,
        own_cluster() as cluster,
        network(SECONDS, 10) as server,
    ):
        place = Teams(Path(scratch), cluster.address(cluster.new_database(), OWNER), server)
        began = time.monotonic()
        place.write(teams, accounts, posts, settle=_SETTLE)
        print(f"{number} posts approved in {time.monotonic() - began:.0f} s", flush=True)
        began = time.monotonic()
        weather = Weather(place, cluster, workers)
        figures, told = weather.run(lambda: told_by(server))
        took = time.monotonic() - began
        codes = weather.end()
        out = sum(len(texts) for texts in told["texts"].values())
        lost = number - out - figures.of_all("held")
        print(
            f"{out} out and {figures.of_all('held')} with a person of {number} in {took:.0f} s; load {os.getloadavg()[0]:.1f}"
        )
        print(
            f"{weather.kills} kills, {weather.freezes} frozen, {weather.restarts} restarts, {told['lost']} answers lost"
        )
        print(f"lost {max(lost, 0)}; faults {len(told['faults'])}", *told["faults"][:10], sep="\n  ")
        print(f"exit codes {sorted(set(codes))}; asked {told['asked']}")
        return 1 if lost > 0 or told["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
