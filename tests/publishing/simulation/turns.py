"""The accounts of one run, each in a thread of its own, as the publisher asks for it; but one of them at a time goes on.

Which one, chance says at every moment: so they come between each other in every way, and each life can be lived again.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from contentkit.publishing.side_by_side import one_by_one


@dataclass(eq=False)
class _Lane:
    """What is done on one account; ``turn`` is set when it may go on."""

    job: Iterator[object]
    turn: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        self.turn.wait()
        self.turn.clear()


class Turns:
    """Those of one run. A step that has failed is the last of its lane, and the others end theirs."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._living: list[_Lane] = []
        self._lane_of: dict[int, _Lane] = {}
        self._failures: list[BaseException] = []
        self._ended = threading.Event()

    def carry_out(self, jobs: Iterable[Iterator[object]]) -> None:
        """Does these jobs, and comes back when all have ended. Raises the first failure."""
        self._living = [_Lane(job) for job in jobs]
        if len(self._living) < 2:
            one_by_one(lane.job for lane in self._living)
            return
        self._ended.clear()
        threads = [threading.Thread(target=self._live, args=(lane,), daemon=True) for lane in self._living]
        for thread in threads:
            thread.start()
        self._pass_on()
        self._ended.wait()
        for thread in threads:
            thread.join()
        if self._failures:
            raise self._failures[0]

    def pause(self) -> None:
        """Another lane may go on first. Nothing happens outside of one."""
        lane = self._lane_of.get(threading.get_ident())
        if lane is not None:
            self._pass_on()
            lane.wait()

    def _pass_on(self) -> None:
        self._chance.choice(self._living).turn.set()

    def _live(self, lane: _Lane) -> None:
        lane.wait()
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
            self._ended.set()
