"""The program dies at any moment of a change, before and after each verb of the journal and each request, and is run again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contentkit.models import Account
from contentkit.platforms import Message, Status
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import State
from contentkit.publishing.publisher import publish_due
from tests.publishing.changes import corrected, published, replaced, retracted
from tests.publishing.scripted import ScriptedNetwork
from tests.publishing.sequences import quick_folder
from tests.publishing.stage import Stage

TEXTS = ("one", "two", "three")
CHANGES: dict[str, tuple[Callable[[Stage], object], list[str]]] = {
    "edit": (lambda stage: corrected(stage, {1: "zwei", 2: "drei"}), ["one", "zwei", "drei"]),
    "delete": (retracted, []),
    "replace": (lambda stage: replaced(stage, {1: "zwei", 2: "three"}), ["one", "zwei", "three"]),
}
_RUNS = 40


class Killed(BaseException):
    """kill -9: nothing that the program would do after it happens."""


@dataclass
class Fate:
    """The program dies at the moment of this number; without one it lives."""

    dies_at: int | None = None
    moments: int = 0
    dead: bool = False

    def moment(self) -> None:
        if self.dead or self.moments == self.dies_at:
            self.dead = True
            raise Killed
        self.moments += 1


class MortalJournal:
    """The real journal, and what it is made of, in a program that may die before and after each verb."""

    def __init__(self, journal: object, fate: Fate) -> None:
        self._journal, self._fate = journal, fate

    def __getattr__(self, name: str) -> Any:
        verb: Any = getattr(self._journal, name)
        if not callable(verb):
            return MortalJournal(verb, self._fate)

        def mortal(*values: Any, **named: Any) -> Any:
            self._fate.moment()
            answer = verb(*values, **named)
            self._fate.moment()
            return answer

        return mortal


class MortalNetwork(ScriptedNetwork):
    """A program may die when a request leaves, and when its answer is on its way."""

    fate = Fate()

    def publish(self, message: Message) -> Status:
        self.fate.moment()
        status = super().publish(message)
        self.fate.moment()
        return status

    def edit(self, remote_id: str, message: Message, alts: Any) -> Status:
        self.fate.moment()
        status = super().edit(remote_id, message, alts)
        self.fate.moment()
        return status

    def delete(self, remote_id: str) -> None:
        self.fate.moment()
        super().delete(remote_id)
        self.fate.moment()


class World:
    """A thread that is out and is to be changed; each life of it begins with a copy."""

    def __init__(self, folder: Path, change: str) -> None:
        self._folder, (decide, self.expected) = folder, CHANGES[change]
        network = MortalNetwork()
        stage = self._stage(folder / "before", network)
        published(stage, *TEXTS)
        stage.clock.wind(timedelta(hours=1))
        decide(stage)
        stage.close()
        self._statuses, self._made = tuple(network.statuses), network.made
        self._clock, self._entries, self._digests = stage.clock, stage.entries, stage.digests

    def live(self, dies_at: int | None) -> int:
        """One life; returns how many moments its first run had. Raises AssertionError when anything is wrong."""
        folder = self._folder / f"life {dies_at}"
        shutil.copytree(self._folder / "before", folder)
        network = MortalNetwork(statuses=list(self._statuses), made=self._made)
        network.fate = Fate(dies_at)
        stage = self._stage(folder, network)
        stage.clock._now, stage.entries, stage.digests = self._clock.now(), self._entries, self._digests
        try:
            self._run(stage, network.fate)
            moments = network.fate.moments
            network.fate = Fate()
            self._until_settled(stage, network)
        finally:
            stage.close()
        shutil.rmtree(folder)
        return moments

    def _stage(self, folder: Path, network: MortalNetwork) -> Stage:
        stage = Stage(folder)
        stage.accounts["mine"] = Account(name="mine", platform="console")
        stage.connect = lambda account: network
        return stage

    def _run(self, stage: Stage, fate: Fate) -> None:
        surroundings = replace(stage.surroundings(), mark=fate.moment)
        journal: Journal = MortalJournal(stage.journal, fate)  # type: ignore[assignment]
        try:
            publish_due(journal, surroundings, stage.clock)
        except Killed:
            stage.journal.close()

    def _until_settled(self, stage: Stage, network: MortalNetwork) -> None:
        for _ in range(_RUNS):
            _check(network)
            stage.reopened()
            if not stage.journal.amendments.open() and all(row.state is State.SENT for row in stage.rows()):
                break
            _person(stage, network)
            stage.clock.wind(timedelta(minutes=3))
            stage.run()
        _check(network)
        assert [one.text for one in network.statuses] == self.expected
        assert [row.text for row in stage.rows()] == self.expected
        assert [row.remote_id for row in stage.rows()] == [one.remote_id for one in network.statuses]
        assert stage.journal.amendments.open() == []


def _person(stage: Stage, network: MortalNetwork) -> None:
    """Somebody who looks, and lets be sent what is not there."""
    for row in stage.rows():
        if row.state is State.HELD:
            assert row.text not in [one.text for one in network.statuses]
            stage.journal.publications.release(row, "Ana", "looked, not there")


def _check(network: MortalNetwork) -> None:
    """What must hold at every moment: nothing twice, and nothing that hangs under what is gone."""
    texts = [one.text for one in network.statuses]
    assert len(texts) == len(set(texts)), f"twice: {texts}"
    ids = {one.remote_id for one in network.statuses}
    assert all(one.parent in ids for one in network.statuses if one.parent), f"hangs in the air: {network.statuses}"
    created = [asked for asked in network.asked if asked.startswith("create")]
    assert len(created) == len(set(created)), f"sent twice: {created}"


@pytest.fixture(scope="module", params=CHANGES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with quick_folder() as folder:
        yield World(Path(folder), request.param)


@pytest.mark.sqlite
def test_a_program_that_dies_at_any_moment_ends_what_it_began(world: World) -> None:
    for number in range(world.live(None)):
        world.live(number)
