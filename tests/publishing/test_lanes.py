"""Several accounts at once, each with a server and faults of its own: real threads, a real journal, real connections."""

from __future__ import annotations

import random
import signal
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise
from pathlib import Path
from queue import Queue

import pytest

from contentkit.errors import StateError
from contentkit.models import Account
from contentkit.platforms import Connection, Message, Status
from contentkit.platforms.session import WatchedSession
from contentkit.publishing.allowances import _keep, _known, _Told
from contentkit.publishing.lane import UPLOAD_SECONDS, Patience
from contentkit.publishing.publications import State
from contentkit.publishing.publisher import publish_account
from contentkit.publishing.transactions import SharedConnection
from tests.publishing.project import ProjectOnDisk
from tests.publishing.scripted import ScriptedNetwork
from tests.publishing.stage import THREAD, Stage, UndatedConnection
from tests.servers.compatible_server import CompatibleServer
from tests.servers.faulty_proxy import FaultyProxy
from tests.started import Started

ACCOUNTS = 4
RUNS = 8
# What a client may meet, whether or not the post was made; none makes two of one.
FAULTS = (
    "pass",
    "pass",
    "close",
    "drop",
    "truncate",
    "server_error",
    "server_error_after",
    "bad_gateway",
    "too_many",
    "refuse",
)


class Announcing(UndatedConnection):
    """A connection that tells when the last part is out."""

    def __init__(self, account: Account, token: str, session: WatchedSession, ended: Queue[str]) -> None:
        super().__init__(account, token, session)
        self._name = account.name
        self._ended = ended

    def publish(self, message: Message) -> Status:
        status = super().publish(message)
        if message.text == THREAD[-1]:
            self._ended.put(self._name)
        return status


@dataclass
class World:
    """A stage before one server for each account, through proxies that break what they are asked.

    ``ended`` gets the name of each account whose last part is out.
    """

    stage: Stage
    servers: dict[str, CompatibleServer]
    proxies: dict[str, FaultyProxy]
    ended: Queue[str]

    def texts(self, account: str) -> list[str]:
        return [status.text for status in self.servers[account].statuses]

    def check(self) -> None:
        """Nothing twice, nothing out of order, nothing called sent that is not there, one doubt at most in a thread."""
        for name in self.servers:
            texts, states = self.texts(name), self.stage.states(account=name)
            assert texts == list(THREAD[: len(texts)]), name
            assert states.count(State.UNKNOWN) <= 1, name
            assert State.SENDING not in states, name
            assert states.count(State.SENT) <= len(texts), name
            for before, after in pairwise(states):
                assert after is State.PLANNED or before is State.SENT, name


@contextmanager
def world(folder: Path, scripts: Sequence[Sequence[str]], *, read: float = 0.5) -> Iterator[World]:
    """One account for each script of faults; ``read`` is how many seconds an answer is waited for."""
    ended: Queue[str] = Queue()
    names = [f"account-{number}" for number in range(len(scripts))]
    with ExitStack() as closing:
        servers = {name: closing.enter_context(CompatibleServer()) for name in names}
        proxies = {
            name: closing.enter_context(FaultyProxy(servers[name].url, script))
            for name, script in zip(names, scripts, strict=True)
        }

        def connect(account: Account) -> Connection:
            session = WatchedSession(proxies[account.name].url, read=read)
            return Announcing(account, servers[account.name].token, session, ended)

        stage = Stage(folder, connect=connect, workers=len(names), settle=timedelta(0))
        for name in names:
            stage.accounts[name] = Account(name=name, platform="mastodon", server=proxies[name].url)
        closing.callback(stage.close)
        stage.approve(accounts=names)
        yield World(stage, servers, proxies, ended)


def _live(folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    scripts = [[chance.choice(FAULTS) for _ in range(chance.randint(1, 4))] for _ in range(ACCOUNTS)]
    with world(folder, scripts) as lived:
        for _ in range(RUNS):
            outcomes = lived.stage.run()
            lived.check()
            accounts = [name for name, _ in groupby(outcome.account for outcome in outcomes)]
            assert len(accounts) == len(set(accounts)), "outcomes come account by account"
            assert not [outcome for outcome in outcomes if outcome.kind == "fault"], outcomes
            lived.stage.clock.wind(timedelta(minutes=6))
        for name in lived.servers:
            states = lived.stage.states(account=name)
            assert states == [State.SENT] * len(THREAD) or State.HELD in states, (name, states)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_goes_wrong_on_one_account_each_thread_is_as_if_it_were_alone(seed: int, tmp_path: Path) -> None:
    _live(tmp_path / "state", seed)


@pytest.mark.nightly
@pytest.mark.parametrize("shard", range(20))
def test_the_same_a_thousand_times(shard: int, tmp_path: Path) -> None:
    for seed in range(1000 + shard * 50, 1000 + shard * 50 + 50):
        _live(tmp_path / f"state-{seed}", seed)


def test_a_server_that_hangs_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    with world(tmp_path / "state", [["hold"], [], []], read=30) as lived:
        order: list[str] = []

        def release_once_others_are_out() -> None:
            lived.proxies["account-0"].wait_until_held(30)
            assert {lived.ended.get(timeout=30) for _ in range(2)} == {"account-1", "account-2"}
            order.append("others are out")
            lived.proxies["account-0"].release()

        watch = threading.Thread(target=release_once_others_are_out)
        watch.start()
        lived.stage.run()
        order.append("the run ends")
        watch.join(30)
        assert order == ["others are out", "the run ends"]
        assert lived.texts("account-0") == list(THREAD)
        lived.check()


def test_one_account_is_published_alone(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "state")
    stage.approve(accounts=["first", "second"])
    outcomes = publish_account(stage.journal, stage.surroundings(), stage.clock, "second")
    assert {outcome.account for outcome in outcomes} == {"second"}
    assert stage.console("second") == list(THREAD)
    assert stage.states(account="first") == [State.PLANNED] * len(THREAD)
    stage.close()


def _connection(stage: Stage) -> sqlite3.Connection:
    shared = stage.journal._db
    assert isinstance(shared, SharedConnection)
    return shared.connection


@dataclass
class Full(ScriptedNetwork):
    """A network during whose first request the journal becomes unusable."""

    stage: Stage | None = None

    def publish(self, message: Message) -> Status:
        assert self.stage is not None
        if not self.made:
            _connection(self.stage).set_authorizer(lambda *_: sqlite3.SQLITE_DENY)
        return super().publish(message)


@pytest.mark.sqlite
def test_without_a_journal_nobody_begins_anything_more(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "state", workers=2)
    networks = {name: Full() for name in ("first", "second")}
    stage.connect = lambda account: networks[account.name]
    for name, network in networks.items():
        network.stage = stage
        stage.accounts[name] = Account(name=name, platform="console")
    stage.approve(accounts=list(networks))
    with pytest.raises((StateError, sqlite3.DatabaseError)):
        stage.run()
    _connection(stage).set_authorizer(None)
    assert all(len(network.statuses) <= 1 for network in networks.values())
    stage.close()


def test_what_networks_still_take_is_kept_for_each_of_them(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "state")
    names = [f"account-{number}" for number in range(8)]
    threads = [
        threading.Thread(target=_keep, args=(stage.journal, name, _Told(left=3, until="2026-11-24T09:30:00Z")))
        for name in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(_known(stage.journal)) == names
    stage.close()


@dataclass
class UnderWay:
    """A run of the command that waits, on each account, for the answer to the second part."""

    project: ProjectOnDisk
    process: Started
    servers: list[CompatibleServer]
    proxies: list[FaultyProxy]

    def release(self) -> None:
        for proxy in self.proxies:
            proxy.release()

    def check(self, *, whole: bool) -> None:
        """Nothing twice, nothing out of order; the ``whole`` thread everywhere."""
        for server in self.servers:
            texts = [status.text for status in server.statuses]
            assert texts == list(THREAD[: len(texts)])
            assert texts == list(THREAD) or not whole


@contextmanager
def under_way(folder: Path, window: str) -> Iterator[UnderWay]:
    """``window`` is what the proxies do to the second part."""
    names = [f"account-{number}" for number in range(ACCOUNTS)]
    with ExitStack() as closing:
        servers = [closing.enter_context(CompatibleServer()) for _ in names]
        proxies = [closing.enter_context(FaultyProxy(server.url, ["pass", window])) for server in servers]
        accounts = {name: ("mastodon", proxy.url) for name, proxy in zip(names, proxies, strict=True)}
        tokens = {f"{name.replace('-', '_')}_token": server.token for name, server in zip(names, servers, strict=True)}
        project = ProjectOnDisk.with_accounts(folder, accounts, tokens, settle="0s")
        project.write_draft(list(THREAD))
        project.run("schedule", "drafts/launch.md", "--at", "now", "--account", ",".join(names))
        project.run("approve", "launch", "--by", "Ana", "--yes")
        process = project.start("post")
        for proxy in proxies:
            proxy.wait_until_held(timeout=60)
        yield UnderWay(project, process, servers, proxies)


@pytest.mark.matrix
@pytest.mark.parametrize("window", ["hold", pytest.param("hold_before", marks=pytest.mark.nightly)])
def test_kill_9_with_a_part_of_each_account_under_way(window: str, tmp_path: Path) -> None:
    with under_way(tmp_path / "project", window) as run:
        run.process.kill()
        run.process.communicate()
        assert _states(run.project) == [("sent", ACCOUNTS), ("sending", ACCOUNTS), ("planned", ACCOUNTS)]
        run.release()
        for _ in range(4):
            run.project.run("post", code=None)
        run.check(whole=window == "hold")


@pytest.mark.nightly
def test_a_signal_lets_the_post_in_hand_on_each_account_be_settled(tmp_path: Path) -> None:
    with under_way(tmp_path / "project", "hold") as run:
        run.process.send_signal(signal.SIGINT)
        assert run.process.stderr.readline() == "Ending after the post in hand.\n"
        run.release()
        stdout, stderr = run.process.communicate(timeout=60)
        assert (run.process.returncode, stderr) == (130, "")
        assert stdout.count("sent") == 2 * ACCOUNTS
        assert _states(run.project) == [("sent", ACCOUNTS), ("sent", ACCOUNTS), ("planned", ACCOUNTS)]
        run.project.run("post")
        run.check(whole=True)


@pytest.mark.nightly
def test_a_second_signal_leaves_a_doubt_on_each_account_and_no_double(tmp_path: Path) -> None:
    with under_way(tmp_path / "project", "hold") as run:
        for _ in range(2):
            run.process.send_signal(signal.SIGINT)
            run.process.stderr.readline()
        _, stderr = run.process.communicate(timeout=60)
        assert (run.process.returncode, stderr) == (130, "")
        run.release()
        run.project.run("post")
        run.check(whole=True)


@pytest.mark.nightly
def test_after_stop_nothing_begins_on_any_account(tmp_path: Path) -> None:
    with under_way(tmp_path / "project", "hold") as run:
        run.project.run("stop")
        run.release()
        run.process.communicate(timeout=60)
        assert _states(run.project) == [("sent", ACCOUNTS), ("sent", ACCOUNTS), ("planned", ACCOUNTS)]
        run.project.run("start")
        run.project.run("post")
        run.check(whole=True)


def _states(project: ProjectOnDisk) -> list[tuple[str, int]]:
    """The states of the first, second and third parts on all accounts, and how many have them."""
    raw = sqlite3.connect(project.state / "journal.db")
    states = [
        tuple(row) for row in raw.execute("SELECT state, count(*) FROM publications GROUP BY part, state ORDER BY part")
    ]
    raw.close()
    return states


def test_uploads_at_the_same_time_use_up_the_patience_of_a_run_once() -> None:
    patience = Patience()
    for _ in range(3):
        patience.count(100.0, 1)
    assert patience.left(110.0) == UPLOAD_SECONDS - 10
    for _ in range(3):
        patience.count(120.0, -1)
    assert patience.left(500.0) == UPLOAD_SECONDS - 20
    patience.count(500.0, 1)
    assert patience.left(501.0) == UPLOAD_SECONDS - 21
