"""Several publishers at once: started together, one of them stopped in the middle of a request, the lock taken from under it."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from contentkit.publishing.lock import LOCK_NAME
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy

pytestmark = [pytest.mark.matrix, pytest.mark.timeout(1800)]

# Enough runs of cron for two looks at what is in doubt, and for what comes after it.
RUNS = 4
ROUNDS = 1000
SHARDS = 20


def _planned(folder: Path, url: str, token: str) -> ProjectOnDisk:
    project = ProjectOnDisk.made(folder, server=url, token=token, settle="0s")
    project.write_draft(list(THREAD))
    project.approve_now()
    return project


def _states(project: ProjectOnDisk) -> list[str]:
    raw = sqlite3.connect(project.state / "journal.db")
    states = [row[0] for row in raw.execute("SELECT state FROM publications ORDER BY part")]
    raw.close()
    return states


def _all_at_once(project: ProjectOnDisk, delays: list[float]) -> list[str]:
    """Starts as many publishers, each so many seconds late, and returns what they printed and said."""

    def publish(delay: float) -> str:
        time.sleep(delay)
        done = project.run("post")
        return done.stdout + done.stderr

    with ThreadPoolExecutor(len(delays)) as pool:
        return list(pool.map(publish, delays))


def _play_round(folder: Path, seed: int) -> None:
    generator = random.Random(seed)
    delays = [generator.choice([0, 0, generator.random() / 5]) for _ in range(generator.randint(2, 8))]
    with CompatibleServer() as server:
        project = _planned(folder, server.url, server.token)
        said = _all_at_once(project, delays)
        assert server.threads() == [list(THREAD)]
        assert _states(project) == ["sent"] * len(THREAD)
        assert len([words for words in said if words]) == 1, "who does not get the lock is silent"


@pytest.mark.parametrize("seed", range(2))
def test_started_together_one_publishes_and_the_others_are_silent(seed: int, tmp_path: Path) -> None:
    _play_round(tmp_path / "project", seed)


@pytest.mark.nightly
@pytest.mark.parametrize("shard", range(SHARDS))
def test_started_together_a_thousand_times(shard: int, tmp_path: Path) -> None:
    for seed in range(shard, ROUNDS, SHARDS):
        _play_round(tmp_path / f"project-{seed}", seed)


@contextmanager
def _in_the_middle(
    folder: Path, part: int, window: str
) -> Iterator[tuple[ProjectOnDisk, CompatibleServer, FaultyProxy]]:
    """A project and a proxy that holds the request for this part, before or after the server has seen it."""
    with CompatibleServer() as server, FaultyProxy(server.url, [*["pass"] * part, window]) as proxy:
        yield _planned(folder, proxy.url, server.token), server, proxy


MOMENTS = [
    pytest.param(part, window, marks=() if (part, window) == (1, "hold_before") else pytest.mark.nightly)
    for part in range(len(THREAD))
    for window in ("hold", "hold_before")
]


@pytest.mark.parametrize(("part", "window"), MOMENTS)
def test_a_stopped_publisher_keeps_the_lock_and_goes_on(part: int, window: str, tmp_path: Path) -> None:
    with _in_the_middle(tmp_path / "project", part, window) as (project, server, proxy):
        first = project.start("post")
        proxy.wait_until_held(timeout=60)
        first.send_signal(signal.SIGSTOP)
        before = _states(project)
        assert _all_at_once(project, [0, 0]) == ["", ""]
        assert _states(project) == before
        proxy.release()
        assert _all_at_once(project, [0]) == [""]
        first.send_signal(signal.SIGCONT)
        _, stderr = first.communicate(timeout=60)
        assert (first.returncode, stderr) == (0, "")
        assert server.threads() == [list(THREAD)]
        assert _states(project) == ["sent"] * len(THREAD)


@pytest.mark.parametrize(("part", "window"), MOMENTS)
@pytest.mark.parametrize("replaced", [pytest.param(False, marks=pytest.mark.nightly), True])
def test_a_lock_that_somebody_removes_doubles_nothing(replaced: bool, part: int, window: str, tmp_path: Path) -> None:
    """Then two publishers are at work, and the journal lets each part leave once."""
    with _in_the_middle(tmp_path / "project", part, window) as (project, server, proxy):
        first = project.start("post")
        proxy.wait_until_held(timeout=60)
        (project.state / LOCK_NAME).unlink()
        if replaced:
            (project.state / LOCK_NAME).touch(mode=0o600)
        project.run("post", code=None)
        proxy.release()
        _, stderr = first.communicate(timeout=60)
        assert first.returncode in (0, 1, 4)
        assert "Traceback" not in stderr
        for _ in range(RUNS):
            project.run("post", code=None)
        texts = [status.text for status in server.statuses]
        assert texts == list(THREAD[: len(texts)])
        states = _states(project)
        assert states == ["sent"] * len(THREAD) or "held" in states
