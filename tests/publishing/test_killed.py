"""The installed command, killed while a request is under way, and run again as cron would."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from contentkit.testing.loopback import Request
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.servers.mock_mastodon import MockMastodon

pytestmark = pytest.mark.matrix


def _states(project: ProjectOnDisk) -> list[str]:
    raw = sqlite3.connect(project.state / "journal.db")
    states = [row[0] for row in raw.execute("SELECT state FROM publications ORDER BY part")]
    raw.close()
    return states


# A compatible server never looks at the key: there, leaving it out changes nothing that every change must prove.
SERVERS = [
    pytest.param(MockMastodon, (), id="MockMastodon-with keys", marks=pytest.mark.nightly),
    pytest.param(MockMastodon, ("Idempotency-Key",), id="MockMastodon-without keys"),
    pytest.param(CompatibleServer, (), id="CompatibleServer-with keys"),
    pytest.param(CompatibleServer, ("Idempotency-Key",), id="CompatibleServer-without keys", marks=pytest.mark.nightly),
]


@pytest.mark.parametrize("part", [*(pytest.param(part, marks=pytest.mark.nightly) for part in (0, 1)), 2])
@pytest.mark.parametrize("window", ["hold", "hold_before"])
@pytest.mark.parametrize(("make", "strip"), SERVERS)
def test_kill_9_between_the_intent_and_the_answer(
    make: type[MockMastodon | CompatibleServer], window: str, part: int, strip: tuple[str, ...], tmp_path: Path
) -> None:
    with make() as server, FaultyProxy(server.url, [*["pass"] * part, window], strip_headers=strip) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token, settle="0s")
        project.write_draft(list(THREAD))
        project.approve_now()
        process = project.start("post")
        proxy.wait_until_held(timeout=30)
        process.kill()
        process.communicate()
        assert _states(project)[part] == "sending"
        if window == "hold":
            proxy.release()
        codes = [project.run("post", code=None).returncode for _ in range(3)]
        if window == "hold_before":
            # The request was only slow: it arrives after the program was killed and has looked in vain.
            proxy.release()
            time.sleep(0.5)
        texts = [text for thread in server.threads() for text in thread]
        states = _states(project)

    assert len(texts) == len(set(texts)), "twice"
    if window == "hold":
        assert texts == list(THREAD)
        assert states == ["sent"] * 3
        assert codes == [0, 0, 0]
    else:
        assert texts[:part] == list(THREAD[:part])
        assert states[part] == "held"
        assert 4 in codes


def test_a_second_run_at_the_same_time_ends_at_once_and_in_silence(tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["hold"]) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token)
        project.write_draft(list(THREAD))
        project.approve_now()
        first = project.start("post")
        proxy.wait_until_held(timeout=30)
        second = project.run("post")
        assert (second.stdout, second.stderr) == ("", "")
        proxy.release()
        assert first.wait(30) == 0
        first.communicate()
        assert server.threads() == [list(THREAD)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_lets_the_post_in_hand_be_settled_and_ends_there(number: signal.Signals, tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["pass", "hold"]) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token)
        project.write_draft(list(THREAD))
        project.approve_now()
        process = project.start("post")
        proxy.wait_until_held(timeout=30)
        process.send_signal(number)
        assert process.stderr.readline() == "Ending after the post in hand.\n"
        proxy.release()
        stdout, stderr = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "Traceback" not in stderr
        assert stdout.count("sent") == 2
        assert _states(project) == ["sent", "sent", "planned"]
        project.run("post")
        assert server.threads() == [list(THREAD)]


def test_a_second_signal_leaves_a_doubt_and_no_double(tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["hold"]) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token)
        project.write_draft(list(THREAD))
        project.approve_now()
        process = project.start("post")
        proxy.wait_until_held(timeout=30)
        process.send_signal(signal.SIGINT)
        assert process.stderr.readline() == "Ending after the post in hand.\n"
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
        assert process.returncode == 130
        assert "Traceback" not in stderr
        proxy.release()
        project.run("post")
        assert server.threads() == [list(THREAD)]


def test_a_terminal_that_closes_may_say_so_twice(tmp_path: Path) -> None:
    """The kernel and the shell both do. Only a person, or who ends services, asks twice on purpose."""
    with CompatibleServer() as server, FaultyProxy(server.url, ["hold"]) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token)
        project.write_draft(list(THREAD))
        project.approve_now()
        process = project.start("post")
        proxy.wait_until_held(timeout=30)
        assert process.stderr is not None
        process.send_signal(signal.SIGHUP)
        assert process.stderr.readline() == "Ending after the post in hand.\n"
        process.send_signal(signal.SIGHUP)
        proxy.release()
        stdout, stderr = process.communicate(timeout=30)
        assert (process.returncode, stdout.count("sent"), "Traceback" in stderr) == (130, 1, False)
        assert _states(project) == ["sent", "planned", "planned"]


def test_nohup_lets_a_run_outlast_its_terminal(tmp_path: Path) -> None:
    with CompatibleServer() as server, FaultyProxy(server.url, ["hold"]) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token)
        project.write_draft(list(THREAD))
        project.approve_now()
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            process = project.start_cold("post")
        finally:
            signal.signal(signal.SIGHUP, before)
        proxy.wait_until_held(timeout=30)
        process.send_signal(signal.SIGHUP)
        proxy.release()
        stdout, _ = process.communicate(timeout=30)
        assert (process.returncode, stdout.count("sent")) == (0, 3)
        assert server.threads() == [list(THREAD)]


@pytest.mark.nightly
def test_killed_at_random_moments_nothing_is_doubled_or_lost(tmp_path: Path) -> None:
    """Twenty kills spread over the life of a run, then runs to the end."""
    with CompatibleServer() as server:
        project = ProjectOnDisk.made(tmp_path / "project", server=server.url, token=server.token, settle="0s")
        project.write_draft(list(THREAD))
        project.approve_now()
        for attempt in range(20):
            process = project.start_cold("post")
            try:
                process.wait(0.05 + attempt * 0.07)
            except subprocess.TimeoutExpired:
                process.kill()
            process.communicate()
        for _ in range(4):
            project.run("post", code=None)
        texts = [status.text for status in server.statuses]
        assert texts == list(THREAD[: len(texts)])
        states = _states(project)
        for state, text in zip(states, THREAD, strict=True):
            assert text in texts if state == "sent" else state in ("held", "planned")
        assert states == ["sent"] * 3 or "held" in states


def _is_a_change(request: Request) -> bool:
    return request.method in ("PUT", "DELETE")


@pytest.mark.parametrize("window", ["hold", "hold_before"])
@pytest.mark.parametrize("change", ["correct", pytest.param("retract", marks=pytest.mark.nightly)])
def test_kill_9_in_the_middle_of_a_change(change: str, window: str, tmp_path: Path) -> None:
    edited = [THREAD[0], THREAD[1], "The third part says *what* & when, and to whom."]
    with CompatibleServer() as server, FaultyProxy(server.url, [window], matches=_is_a_change) as proxy:
        project = ProjectOnDisk.made(tmp_path / "project", server=proxy.url, token=server.token, settle="0s")
        project.write_draft(list(THREAD))
        project.approve_now()
        project.run("post")
        if change == "correct":
            project.write_draft(edited)
        process = project.start(change, "launch", "--yes", "--by", "Ana")
        proxy.wait_until_held(timeout=30)
        process.kill()
        process.communicate()
        proxy.release()
        for _ in range(4):
            project.run("post", code=None)
        assert server.threads() == ([edited] if change == "correct" else [])
        assert project.run("status", code=None).returncode == 0
