"""What a network asks for again within seconds is tried again in the same run: the same on both databases, and for a worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from contentkit.errors import Unavailable
from contentkit.platforms import Message, Status
from contentkit.publishing.publications import State
from contentkit.publishing.publisher import publish_account
from tests.publishing.scripted import ScriptedNetwork
from tests.publishing.stage import Stage
from tests.scale.stages import Workspaces, stages_on


@dataclass
class _Witness(ScriptedNetwork):
    """Notes of each try how the journal calls it when it arrives, and how many intents there were by then."""

    stage: Stage | None = None
    seen: list[tuple[State, int]] = field(default_factory=list)

    def publish(self, message: Message) -> Status:
        assert self.stage is not None
        [row] = self.stage.rows()
        self.seen.append((row.state, row.attempts))
        return super().publish(message)


@pytest.fixture
def network() -> _Witness:
    lag = Unavailable("net: the post before is not visible yet", wait=timedelta(seconds=2))
    return _Witness(creates=[lag, lag])


def _stage(folder: Path, network: _Witness) -> Stage:
    stage = network.stage = Stage(folder / "state", connect=lambda account: network)
    stage.approve(texts=["one"])
    return stage


@pytest.fixture(params=["SQLite", "a command", "a worker"])
def stage(request: pytest.FixtureRequest, tmp_path: Path, network: _Witness, workspaces: Workspaces) -> Iterator[Stage]:
    """With a post that is due, and a journal on SQLite, or on PostgreSQL without a lease or with one."""
    if request.param == "SQLite":
        yield (stage := _stage(tmp_path, network))
        stage.close()
        return
    with stages_on(workspaces):
        stage = _stage(tmp_path, network)
        if request.param == "a worker":
            leased = workspaces.leased(stage, "worker")
            assert leased is not None
            stage.journal = leased
        yield stage


def test_each_try_is_an_intent_of_its_own_and_leaves_its_history(stage: Stage, network: _Witness) -> None:
    before = stage.clock.uptime()
    outcomes = publish_account(stage.journal, stage.surroundings(), stage.clock, "mine")
    assert [outcome.kind for outcome in outcomes] == ["sent"]
    assert network.seen == [(State.SENDING, 1), (State.SENDING, 2), (State.SENDING, 3)]
    assert stage.clock.uptime() - before >= 4
    [row] = stage.rows()
    assert (row.state, row.remote_id, row.attempts) == (State.SENT, "1", 3)
    moves = [attempt["move"] for attempt in stage.journal.history.of_part(row.id)]
    again = ["planned>sending", "sending>planned", "short wait"]
    assert moves == [*again, *again, "planned>sending", "sending>sent"]
    assert publish_account(stage.journal, stage.surroundings(), stage.clock, "mine") == []
