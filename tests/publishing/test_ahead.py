"""Accounts are asked ahead of what is due: a dead token is told hours before, at no price worth naming, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from contentkit.publishing.ahead import account_to_ask, ask_ahead
from contentkit.publishing.facts import Fact
from contentkit.publishing.publications import State
from tests.publishing.on_x import NOON, set_budget, spent, stage_on_x
from tests.publishing.stage import Stage, WoundClock
from tests.servers.compatible_server import CompatibleServer
from tests.servers.x_server import XServer

HOUR = timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[CompatibleServer]:
    with CompatibleServer() as server:
        yield server


@pytest.fixture
def stage(tmp_path: Path, server: CompatibleServer) -> Iterator[Stage]:
    stage = Stage(tmp_path / "state", clock=WoundClock(NOON), server=server.url, token=server.token)
    yield stage
    stage.close()


def ask(stage: Stage) -> list[str]:
    """What one run of cron does ahead: the kinds of what it says, or ``nobody`` when it asks nobody."""
    name = account_to_ask(stage.journal, stage.journal.threads.open(), stage.clock.now())
    if not name:
        return ["nobody"]
    return [outcome.kind for outcome in ask_ahead(name, stage.journal, stage.surroundings(), stage.clock)]


def questions(server: CompatibleServer) -> list[str]:
    return [request.path for request in server.history]


def test_each_account_is_asked_once_within_half_a_day_before_its_first_thread(
    stage: Stage, server: CompatibleServer
) -> None:
    stage.approve(at=NOON + 20 * HOUR)
    stage.approve("later", at=NOON + 21 * HOUR)
    said = []
    for _ in range(20):
        said.append(ask(stage))
        stage.clock.wind(HOUR)
    assert [index for index, one in enumerate(said) if one == []] == [8]
    assert questions(server) == ["/api/v1/accounts/verify_credentials"]
    assert stage.states() == [State.PLANNED] * 3


def test_a_token_that_was_taken_back_is_told_once_long_before_the_slot(stage: Stage, server: CompatibleServer) -> None:
    stage.approve(at=NOON + 10 * HOUR)
    server.set_token("another")
    assert ask(stage) == ["paused"]
    account = stage.journal.accounts.known("mine")
    assert (account.paused, "no longer accepted" in account.trouble) == (True, True)
    for _ in range(9):
        assert ask(stage) == ["nobody"], "within the hour"
        stage.clock.wind(HOUR + timedelta(seconds=1))
        assert ask(stage) == [], "it is asked again, and nothing is new"
    assert stage.states() == [State.PLANNED] * 3


def test_an_account_that_was_mended_is_seen_to_work(stage: Stage, server: CompatibleServer) -> None:
    stage.approve(at=NOON + 10 * HOUR)
    stage.token = "wrong"
    assert ask(stage) == ["paused"]
    stage.token = server.token
    stage.clock.wind(2 * HOUR)
    assert ask(stage) == []
    assert (stage.journal.accounts.known("mine").paused, stage.journal.accounts.known("mine").trouble) == (False, "")
    stage.clock.wind(2 * HOUR)
    assert ask(stage) == ["nobody"]


def test_a_missing_secret_is_told_ahead_too(stage: Stage) -> None:
    stage.token = ""
    stage.approve(at=NOON + HOUR)
    assert ask(stage) == ["paused"]


def test_a_network_that_cannot_be_asked_now_is_nobodys_trouble_yet(stage: Stage, tmp_path: Path) -> None:
    with CompatibleServer() as gone:
        url = gone.url
    stage.server = url
    stage.approve(at=NOON + 10 * HOUR)
    assert ask(stage) == []
    assert stage.journal.accounts.known("mine").trouble == ""
    assert ask(stage) == ["nobody"]


def test_nobody_is_asked_while_something_is_due_soon_or_publishing_is_stopped(stage: Stage) -> None:
    stage.approve(at=NOON + 2 * HOUR)
    stage.approve("soon", at=NOON + timedelta(minutes=4), accounts=("other",))
    assert ask(stage) == ["nobody"]
    stage.approve("soon", at=NOON + timedelta(hours=14), accounts=("other",), digest="sha256:2")
    stage.journal.note({Fact.STOPPED: "since noon"})
    assert ask(stage) == ["nobody"]
    stage.journal.note({Fact.STOPPED: ""})
    assert ask(stage) == []


def test_one_account_a_run_the_one_that_is_due_first(stage: Stage, server: CompatibleServer) -> None:
    stage.approve("second", at=NOON + 3 * HOUR, accounts=("two",))
    stage.approve("first", at=NOON + 2 * HOUR, accounts=("one",))
    names = []
    for _ in range(3):
        names.append(account_to_ask(stage.journal, stage.journal.threads.open(), stage.clock.now()))
        ask(stage)
    assert names == ["one", "two", ""]
    assert len(questions(server)) == 2


def test_a_clock_that_was_wrong_keeps_nobody_from_asking(stage: Stage) -> None:
    stage.clock.set_wall_clock(NOON + timedelta(days=400))
    stage.approve("far", at=NOON + timedelta(days=400) + HOUR)
    assert ask(stage) == []
    stage.clock.set_wall_clock(NOON)
    stage.approve("near", at=NOON + HOUR)
    assert ask(stage) == []
    assert ask(stage) == ["nobody"]


def test_on_x_a_day_of_asking_costs_a_cent(tmp_path: Path) -> None:
    with XServer() as x:
        stage = stage_on_x(tmp_path / "state", x.url, x.keys.as_secrets())
        for hour in range(2, 11, 2):
            stage.approve(f"at-{hour}", at=NOON + hour * HOUR)
        assert [ask(stage) for _ in range(4)] == [[], ["nobody"], ["nobody"], ["nobody"]]
        assert spent(stage) == Decimal("0.01") == Decimal(x.spent) / 1000
        stage.close()


def test_a_budget_that_is_used_up_is_told_ahead_and_nobody_is_asked(tmp_path: Path) -> None:
    with XServer() as x:
        stage = stage_on_x(tmp_path / "state", x.url, x.keys.as_secrets())
        set_budget(stage, "0.005")
        stage.approve(at=NOON + HOUR)
        assert ask(stage) == ["paused"]
        assert "budget" in stage.journal.accounts.known("mine").trouble
        assert (x.history, spent(stage)) == ((), Decimal(0))
        stage.close()
