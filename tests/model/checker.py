"""Walks through every state that can be reached, the nearest first, and keeps the way to each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tests.model.disturbances import disturbance_steps
from tests.model.network import network_steps
from tests.model.person import person_steps
from tests.model.promises import NEVER_LOST, broken_promise, is_settled
from tests.model.protocol import Model
from tests.model.publisher import publisher_steps
from tests.model.world import World


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What an exploration found. ``broken`` is empty when all promises hold; else ``way`` leads to where one does not."""

    model: Model
    states: int
    edges: int
    broken: str = ""
    way: tuple[str, ...] = ()

    def told(self) -> str:
        """The counterexample to read, a step a line."""
        lines = (f"{number:3}. {step}" for number, step in enumerate(self.way, start=1))
        return "\n".join((f"{self.model.name}: {self.broken or 'every promise holds'}", *lines))


def by_itself(model: Model, world: World) -> Iterator[tuple[str, World]]:
    """What happens once nothing is disturbed any more and nobody decides: runs, the wire, the server."""
    for who in range(model.processes):
        yield from publisher_steps(model, world, who)
    yield from network_steps(model, world)


def all_steps(model: Model, world: World) -> Iterator[tuple[str, World, bool]]:
    """Everything that may happen next; true for what happens by itself."""
    for label, after in by_itself(model, world):
        yield label, after, True
    for label, after in disturbance_steps(model, world):
        yield label, after, False
    for label, after in person_steps(model, world):
        yield label, after, False


def reachable(model: Model) -> Iterator[World]:
    """Every state of a model, whatever holds in it."""
    seen = {model.start()}
    waiting = [model.start()]
    while waiting:
        world = waiting.pop()
        yield world
        for _, after, _ in all_steps(model, world):
            if after not in seen:
                seen.add(after)
                waiting.append(after)


def explore(model: Model) -> Verdict:
    """Every state of a model, in the order of their distance: the first broken promise is reached by a shortest way."""
    return _Exploration(model).verdict()


class _Exploration:
    """The states that were found, by number: where each was reached from, and what follows from it by itself."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.numbers: dict[World, int] = {}
        self.before = array("l")
        self.follows: list[tuple[int, ...]] = []
        self.settled: list[int] = []
        self.edges = 0

    def verdict(self) -> Verdict:
        worlds: Iterable[World] = [self.model.start()]
        self._number(self.model.start(), -1)
        while worlds:
            found: list[World] = []
            for world in worlds:
                broken = broken_promise(world, self.model.watched)
                if broken:
                    return self._verdict(broken, self.numbers[world])
                found += self._beyond(world)
            worlds = found
        return self._outcome()

    def _number(self, world: World, before: int) -> int:
        number = self.numbers[world] = len(self.numbers)
        self.before.append(before)
        if is_settled(world):
            self.settled.append(number)
        return number

    def _beyond(self, world: World) -> Iterator[World]:
        """The states one step further that were not seen before."""
        here, follows = self.numbers[world], []
        for _, after, alone in all_steps(self.model, world):
            self.edges += 1
            number = self.numbers.get(after)
            if number is None:
                number = self._number(after, here)
                yield after
            if alone:
                follows.append(number)
        self.follows.append(tuple(follows))

    def _outcome(self) -> Verdict:
        """Whether from every state a settled one can be reached without help: then every fair run ends in one."""
        before: list[list[int]] = [[] for _ in self.follows]
        for here, follows in enumerate(self.follows):
            for there in follows:
                before[there].append(here)
        good = bytearray(len(before))
        reached = list(self.settled)
        for number in reached:
            good[number] = 1
        while reached:
            for number in before[reached.pop()]:
                if not good[number]:
                    good[number] = 1
                    reached.append(number)
        lost = good.find(0)
        return self._verdict(NEVER_LOST, lost) if lost >= 0 else self._verdict("", 0)

    def _verdict(self, broken: str, number: int) -> Verdict:
        way = tuple(self._way(number)) if broken else ()
        return Verdict(model=self.model, states=len(self.numbers), edges=self.edges, broken=broken, way=way)

    def _way(self, number: int) -> list[str]:
        """The steps to a state. Their names are worked out anew: nobody reads those of the other states."""
        worlds = list(self.numbers)
        numbers = [number]
        while self.before[numbers[-1]] >= 0:
            numbers.append(self.before[numbers[-1]])
        numbers.reverse()
        return [self._step(worlds[here], worlds[there]) for here, there in pairwise(numbers)]

    def _step(self, here: World, there: World) -> str:
        return next(label for label, after, _ in all_steps(self.model, here) if after == there)
