"""The accounts of one run, each in a thread of its own, as the publisher asks for it; but one of them at a time goes on.

Which one, chance says at every moment: so they come between each other in every way, and each life can be lived again.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from contentkit.publishing.side_by_side import one_by_one


def _taken() -> threading.Lock:
    """A lock that whoever waits for it gets once somebody gives it back: a fifth of what an Event costs."""
    lock = threading.Lock()
    lock.acquire()
    return lock


class _Hand:
    """A thread of the machine, lent to one lane after the other: to start one takes longer than most lanes do."""

    _free: list[_Hand] = []  # noqa: RUF012 - those of all runs

    def __init__(self) -> None:
        self._asked = _taken()
        self._work: Callable[[], None] = lambda: None
        threading.Thread(target=self._serve, daemon=True).start()

    @classmethod
    def lend(cls, work: Callable[[], None]) -> None:
        hand = cls._free.pop() if cls._free else cls()
        hand._work = work
        hand._asked.release()

    def _serve(self) -> None:
        while True:
            self._asked.acquire()
            self._work()
            self._free.append(self)


@dataclass(eq=False)
class _Lane:
    """What is done on one account; ``turn`` is given back when it may go on."""

    job: Iterator[object]
    turn: threading.Lock = field(default_factory=_taken)


class Turns:
    """Those of one run. A step that has failed is the last of its lane, and the others end theirs."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._living: list[_Lane] = []
        self._lane_of: dict[int, _Lane] = {}
        self._failures: list[BaseException] = []
        self._ended = _taken()

    def carry_out(self, jobs: Iterable[Iterator[object]]) -> None:
        """Does these jobs, the first one in this thread, and comes back when all have ended. Raises the first failure."""
        self._living = [_Lane(job) for job in jobs]
        if len(self._living) < 2:
            one_by_one(lane.job for lane in self._living)
            return
        here, *others = self._living
        for lane in others:
            _Hand.lend(partial(self._live, lane))
        self._pass_on()
        self._live(here)
        self._ended.acquire()
        if self._failures:
            raise self._failures[0]

    def pause(self) -> None:
        """Another lane may go on first. Nothing happens outside of one."""
        lane = self._lane_of.get(threading.get_ident())
        if lane is not None:
            self._pass_on()
            lane.turn.acquire()

    def _pass_on(self) -> None:
        self._chance.choice(self._living).turn.release()

    def _live(self, lane: _Lane) -> None:
        lane.turn.acquire()
        self._lane_of[threading.get_ident()] = lane
        try:
            for _ in lane.job:
                if self._failures:
                    break
        except BaseException as failure:
            self._failures.append(failure)
        del self._lane_of[threading.get_ident()]
        self._living.remove(lane)
        if self._living:
            self._pass_on()
        else:
            self._ended.release()
