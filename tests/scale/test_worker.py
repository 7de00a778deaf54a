"""``contentkit worker``: several publish together, each post once and in order, whatever becomes of one of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from benchmarks.scale.storm import network, told_by
from benchmarks.scale.teams import Teams
from contentkit.cli.project import Project
from contentkit.cli.scale.tending import tend
from contentkit.clock import SystemClock
from contentkit.config import load_config
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.figures import Figures, figures_of
from tests.cli.shell import COMMAND
from tests.scale.cluster import OWNER, own_cluster


@contextmanager
def _workers(teams: Teams, number: int, *options: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    workers = [teams.worker(one, *options) for one in range(number)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _figures(teams: Teams) -> Figures:
    database = PostgresConnection(connect(teams.address))
    try:
        return figures_of(database)
    finally:
        database.close()


def _until_all_is_out(teams: Teams, posts: int) -> dict[str, Any]:
    """What the network has once so many posts are settled, wherever they came to an end."""
    while (figures := _figures(teams)).of_all("planned") + figures.of_all("unknown"):
        time.sleep(0.1)
    told = dict(told_by(teams.server))
    assert told["faults"] == []
    assert sum(len(texts) for texts in told["texts"].values()) == posts
    return told


def _said(teams: Teams, number: int) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (teams.scratch / f"worker-{number}.log").read_text().splitlines()]


def test_workers_publish_each_post_once_in_order_and_end_when_told(tmp_path: Path, database: str) -> None:
    with network(0.01, lost=0) as server:
        teams = Teams(tmp_path, database, server)
        teams.write(teams=2, accounts=3, posts=3)
        with _workers(teams, 2, "--at-once", "4", "--health", "0") as workers:
            told = _until_all_is_out(teams, posts=18)
            while not _said(teams, 0):
                time.sleep(0.1)
            started = _said(teams, 0)[0]
            with urlopen(f"http://127.0.0.1:{started['health']}/") as answer:
                health = json.load(answer)
            for worker in workers:
                worker.send_signal(signal.SIGTERM)
            assert [worker.wait() for worker in workers] == [0, 0]
        assert len(told["texts"]) == 6
        assert (health["unknown"], health["held"], health["due"]) == (0, 0, 0)
        assert health["worker"] == started["worker"]
        assert _figures(teams).workers == ()
        said = [one for number in range(2) for one in _said(teams, number)]
        sent = [(one["workspace"], one["account"], one["entry"]) for one in said if one["event"] == "sent"]
        assert len(sent) == len(set(sent)) == 18
        # Where and what, but not one word of a post and nobody's token.
        logs = "".join((tmp_path / f"worker-{number}.log").read_text() for number in range(2))
        assert "Postgres" not in logs
        assert "token" not in logs


def test_what_a_killed_worker_left_is_found_by_another_and_never_sent_again(tmp_path: Path, database: str) -> None:
    with network(2.0, lost=0) as server:
        teams = Teams(tmp_path, database, server)
        teams.write(teams=1, accounts=2, posts=2)
        with _workers(teams, 1, "--at-once", "4") as workers:
            # Both are on their way, and take effect whoever still waits for the answer.
            while _figures(teams).of_all("unknown") < 2:
                time.sleep(0.05)
            os.kill(workers[0].pid, signal.SIGKILL)
            with _workers(teams, 1, "--at-once", "4"):
                _until_all_is_out(teams, posts=4)


def test_a_second_signal_ends_at_once_and_leaves_what_is_under_way_in_doubt(tmp_path: Path, database: str) -> None:
    with network(30.0, lost=0) as server:
        teams = Teams(tmp_path, database, server)
        teams.write(teams=1, accounts=1, posts=1)
        with _workers(teams, 1) as [worker]:
            while not _figures(teams).of_all("unknown"):
                time.sleep(0.05)
            worker.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            assert worker.poll() is None
            worker.send_signal(signal.SIGTERM)
            assert worker.wait() == 130
        assert _figures(teams).of_all("unknown") == 1


@pytest.mark.nightly
def test_a_frozen_worker_that_wakes_up_sends_nothing_of_what_others_took_over(tmp_path: Path, database: str) -> None:
    with network(1.0, lost=0) as server:
        teams = Teams(tmp_path, database, server)
        teams.write(teams=1, accounts=3, posts=5)
        with _workers(teams, 1) as [frozen]:
            while _figures(teams).of_all("unknown") < 3:
                time.sleep(0.05)
            frozen.send_signal(signal.SIGSTOP)
            with _workers(teams, 1):
                told = _until_all_is_out(teams, posts=15)
                frozen.send_signal(signal.SIGCONT)
                time.sleep(3)
                assert told_by(server)["texts"] == told["texts"]
                assert told_by(server)["faults"] == []


@pytest.mark.nightly
def test_workers_outlive_a_crash_of_the_database(tmp_path: Path) -> None:
    with own_cluster() as cluster, network(0.3, lost=0) as server:
        teams = Teams(tmp_path, cluster.address(cluster.new_database(), OWNER), server)
        teams.write(teams=1, accounts=4, posts=6)
        with _workers(teams, 2, "--at-once", "2") as workers:
            while len(told_by(server)["texts"]) < 2:
                time.sleep(0.05)
            cluster.restart("immediate")
            _until_all_is_out(teams, posts=24)
            assert [worker.poll() for worker in workers] == [None, None]


def test_whatever_needs_a_person_is_told_once_to_whom_machine_toml_names(tmp_path: Path, database: str) -> None:
    with network(0.01, lost=0) as server:
        teams = Teams(tmp_path, database, server)
        teams.write(teams=1, accounts=1, posts=1)
        log = tmp_path / "told.jsonl"
        with (tmp_path / ".config/contentkit/machine.toml").open("a") as settings:
            settings.write(f'[log]\nfile = "{log}"\n')
        draft = next((tmp_path / "team-00/drafts").glob("*.md"))
        draft.write_text(draft.read_text().replace("nobody had to wait", "nobody waits"))
        with _workers(teams, 1):
            while not _figures(teams).of_all("held"):
                time.sleep(0.1)
        root = tmp_path / "team-00"
        project = Project(root, load_config(root), teams.environment)
        assert [outcome.kind for outcome in tend(project, SystemClock())] == ["held"]
        assert tend(project, SystemClock()) == []
        assert [json.loads(line)["kind"] for line in log.read_text().splitlines()] == ["held"]
        assert told_by(server)["texts"] == {}


def test_a_limit_of_a_server_holds_for_all_accounts_on_it(tmp_path: Path, database: str) -> None:
    with network(0.01, lost=0) as server:
        teams = Teams(tmp_path, database, server)
        teams.write(teams=1, accounts=3, posts=1)
        limit = [*COMMAND, "scale", "limit"]
        run = partial(subprocess.run, cwd=tmp_path, env=teams.environment, capture_output=True, text=True, check=True)
        assert run(limit).stdout == "name\tlimit\nhost 127.0.0.1\tnot limited\n"
        assert run([*limit, "127.0.0.1", "--most", "5"], check=False).returncode == 2
        # A fifth of five at once, and the next in hours.
        run([*limit, "host 127.0.0.1", "--most", "5"])
        with _workers(teams, 1):
            while not told_by(server)["texts"] or _figures(teams).of_all("due") or _figures(teams).of_all("leased"):
                time.sleep(0.1)
        assert sum(len(texts) for texts in told_by(server)["texts"].values()) == 1
        assert _figures(teams).of_all("planned") == 2
        [told] = json.loads(run([*limit, "--json"]).stdout)
        assert (told["name"], told["burst"], int(told["tokens"])) == ("host 127.0.0.1", 1.0, 0)
        run([*limit, "host 127.0.0.1", "--remove"])
        with pytest.raises(subprocess.CalledProcessError) as failure:
            run([*limit, "host 127.0.0.1", "--remove"])
        assert (failure.value.returncode, "is not limited" in failure.value.stderr) == (2, True)


def test_a_worker_whose_lines_nobody_reads_publishes_on_and_ends_in_order(tmp_path: Path, database: str) -> None:
    with network(0.01, lost=0) as server:
        teams = Teams(tmp_path, database, server)
        teams.write(teams=1, accounts=1, posts=1)
        reads, writes = os.pipe()
        os.close(reads)
        worker = subprocess.Popen([*COMMAND, "worker"], cwd=tmp_path, env=teams.environment, stdout=writes)
        os.close(writes)
        try:
            _until_all_is_out(teams, posts=1)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait() == 0
            assert _figures(teams).workers == ()
        finally:
            worker.kill()
            worker.wait()
