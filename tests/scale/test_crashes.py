"""Whatever becomes of a worker, its host or the database in the middle of a post: it is out once, or a person is asked."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.publishing.publisher import publish_account
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD, Stage
from tests.scale.cluster import OWNER, Cluster, own_cluster
from tests.scale.stages import Workspaces, stages_on
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy

ROOT = Path(__file__).parents[2]


@contextmanager
def _stage(workspaces: Workspaces, folder: Path, server: str, token: str, *texts: str) -> Iterator[Stage]:
    with stages_on(workspaces):
        stage = Stage(folder, server=server, token=token)
        stage.approve(texts=texts or ["one"])
        yield stage


def _worker(stage: Stage, workspaces: Workspaces, folder: Path, dies_at: int = 0) -> subprocess.Popen[str]:
    """One that has the lane and waits for a word; and perhaps dies at a step."""
    stage.journal.close()
    words = (
        str(folder),
        workspaces.address,
        str(workspaces.number(stage.folder)),
        stage.server,
        stage.token,
        str(dies_at),
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.scale.lane_worker", *words],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "leased\n"
    stage.reopened()
    return process


def _go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _taken_over(stage: Stage, workspaces: Workspaces, runs: int = 1) -> list[str]:
    """What the next holder of the lane says, once the lease of the one before has run out."""
    workspaces.let_time_pass(stage)
    heir = workspaces.leased(stage, "heir")
    assert heir is not None
    stage.journal = heir
    said: list[str] = []
    for _ in range(runs):
        said += [outcome.kind for outcome in publish_account(heir, stage.surroundings(), stage.clock, "mine")]
        stage.clock.wind(timedelta(minutes=3))
    return said


def test_a_worker_that_stood_still_before_its_intent_sends_nothing_any_more(
    workspaces: Workspaces, tmp_path: Path
) -> None:
    with CompatibleServer() as server, _stage(workspaces, tmp_path / "state", server.url, server.token) as stage:
        process = _worker(stage, workspaces, tmp_path / "paused")
        process.send_signal(signal.SIGSTOP)
        _go(process)
        assert _taken_over(stage, workspaces) == ["sent"]
        process.send_signal(signal.SIGCONT)
        said, _ = process.communicate(timeout=60)
        assert said == "LaneLost\n"
        assert server.threads() == [["one"]]


@pytest.mark.parametrize("window", [pytest.param("hold", marks=pytest.mark.nightly), "hold_before"])
def test_what_a_worker_that_stands_still_has_under_way_is_not_sent_again(
    window: str, workspaces: Workspaces, tmp_path: Path
) -> None:
    """Its request has arrived and was not answered, or arrives long after another has looked for it in vain."""
    with (
        CompatibleServer() as server,
        FaultyProxy(server.url, [window]) as proxy,
        _stage(workspaces, tmp_path / "state", proxy.url, server.token) as stage,
    ):
        process = _worker(stage, workspaces, tmp_path / "paused")
        _go(process)
        proxy.wait_until_held(timeout=60)
        process.send_signal(signal.SIGSTOP)
        said = _taken_over(stage, workspaces, runs=4)
        process.send_signal(signal.SIGCONT)
        proxy.release()
        assert process.communicate(timeout=60)[0] == "LaneLost\n"
        assert said[-1] == ("found" if window == "hold" else "held")
        assert server.threads() == [["one"]]


def _killed_at(step: int, workspaces: Workspaces, folder: Path) -> bool:
    """Whether a worker came to this step and died there. Whatever it left, each part is out once, or a person is asked."""
    with CompatibleServer() as server, _stage(workspaces, folder, server.url, server.token, "one", "two") as stage:
        process = _worker(stage, workspaces, folder / "worker", step)
        _go(process)
        process.communicate(timeout=60)
        _taken_over(stage, workspaces, runs=5)
        texts = [text for thread in server.threads() for text in thread]
        states = [str(state) for state in stage.states()]
    assert texts == ["one", "two"][: len(texts)], step
    assert states in (["sent", "sent"], ["sent", "held"], ["held", "planned"]), (step, states)
    assert states.count("sent") == len(texts), (step, states, texts)
    return process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("step", [30, 43])
def test_killed_within_a_post_it_is_out_once_or_a_person_is_asked(
    step: int, workspaces: Workspaces, tmp_path: Path
) -> None:
    assert _killed_at(step, workspaces, tmp_path / "state")


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_killed_at_any_step_each_part_is_out_once_or_a_person_is_asked(workspaces: Workspaces, tmp_path: Path) -> None:
    step = 1
    while _killed_at(step, workspaces, tmp_path / str(step)):
        step += 1
    assert step > 60


def _shared(folder: Path, address: str, server: str, token: str) -> ProjectOnDisk:
    """A project whose journal lies in this database, with a thread that is due."""
    project = ProjectOnDisk.made(folder, server=server, token=token, settle="0s")
    settings = Path(project.environment["XDG_CONFIG_HOME"]) / "contentkit"
    settings.mkdir(parents=True)
    (settings / "machine.toml").write_text(f'version = 1\n[scale]\ndatabase = "{address}"\n')
    project.write_draft(list(THREAD))
    project.run("import-workspace", ".", "--name", "ours")
    project.approve_now()
    return project


def _states(cluster: Cluster, name: str) -> list[str]:
    rows = cluster.query("SELECT state FROM publications WHERE state <> 'skipped' ORDER BY part", name)
    return [state for (state,) in rows]


@pytest.mark.nightly
@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("window", ["hold", "hold_before"])
def test_kill_9_between_the_intent_and_the_answer(window: str, part: int, cluster: Cluster, tmp_path: Path) -> None:
    name = cluster.new_database()
    with CompatibleServer() as server, FaultyProxy(server.url, [*["pass"] * part, window]) as proxy:
        project = _shared(tmp_path / "project", cluster.address(name, OWNER), proxy.url, server.token)
        process = project.start("post")
        proxy.wait_until_held(timeout=60)
        process.kill()
        process.communicate()
        assert _states(cluster, name)[part] == "sending"
        if window == "hold":
            proxy.release()
        codes = [project.run("post", code=None).returncode for _ in range(3)]
        proxy.release()
        states, texts = _states(cluster, name), [text for thread in server.threads() for text in thread]
    if window == "hold":
        assert (texts, states, codes) == (list(THREAD), ["sent"] * 3, [0, 0, 0])
    else:
        assert texts[:part] == list(THREAD[:part])
        assert len(texts) == len(set(texts))
        assert states[part] == "held"
        assert 4 in codes


def test_a_database_that_is_cut_off_while_a_post_is_under_way_is_told_and_the_post_found(tmp_path: Path) -> None:
    with own_cluster() as cluster, CompatibleServer() as server, FaultyProxy(server.url, ["pass", "hold"]) as proxy:
        name = cluster.new_database()
        project = _shared(tmp_path / "project", cluster.address(name, OWNER), proxy.url, server.token)
        process = project.start("post")
        proxy.wait_until_held(timeout=60)
        cluster.restart("immediate")
        proxy.release()
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert "contentkit: the database: " in said
        assert "Traceback" not in said
        assert _states(cluster, name) == ["sent", "sending", "planned"]
        assert [project.run("post", code=None).returncode for _ in range(2)] == [0, 0]
        assert _states(cluster, name) == ["sent"] * 3
        assert server.threads() == [list(THREAD)]


@pytest.mark.nightly
def test_without_the_database_nothing_is_sent_and_one_line_says_so(tmp_path: Path) -> None:
    with own_cluster() as cluster, CompatibleServer() as server:
        name = cluster.new_database()
        project = _shared(tmp_path / "project", cluster.address(name, OWNER), server.url, server.token)
        cluster.stop()
        ran = project.run("post", code=1)
        assert ran.stderr.startswith("contentkit: the database: ")
        assert server.threads() == []
        cluster.start()
        project.run("post")
        assert server.threads() == [list(THREAD)]


@pytest.mark.parametrize("lost", [pytest.param("close", marks=pytest.mark.nightly), "server_error_after"])
def test_a_lost_answer_is_settled_in_the_same_run(lost: str, workspaces: Workspaces, tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, [lost] * 3) as proxy, stages_on(workspaces):
        stage = Stage(tmp_path / "state", server=proxy.url, token=server.token)
        stage.approve()
        assert [outcome.kind for outcome in stage.run()] == ["found"] * 3
        assert server.threads() == [list(THREAD)]
