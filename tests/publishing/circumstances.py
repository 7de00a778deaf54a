"""What else decides when a thread of the simulation may begin: a page, a rule for lateness, openings of a slot, quiet hours.

They watch what the publisher does with them, and keep what it did wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.models import Condition, Lateness
from contentkit.publishing.publications import State
from contentkit.publishing.surroundings import Opening, Surroundings
from contentkit.publishing.timing import LATE_AFTER

if TYPE_CHECKING:
    from tests.publishing.simulation import World
    from tests.publishing.stage import Stage

MINUTE = timedelta(minutes=1)
_PAGE = Condition(url="https://example.org/launch", contains="It is out")
_POLICIES = (
    Lateness(),
    Lateness(within=timedelta(hours=1)),
    Lateness(policy="hold"),
    Lateness(policy="next slot"),
)


class Circumstances:
    """Of one life, from its seed; ``wrong`` is what went against them."""

    def __init__(self, seed: int, stage: Stage, world: World) -> None:
        chance = random.Random(f"circumstances {seed}")
        self._stage, self._world = stage, world
        self._begin = stage.clock.now()
        # Cron was away for a while before the first run.
        self.downtime = chance.choice([0, 0, 20, 30, 50]) * MINUTE
        self.late = chance.choice(_POLICIES)
        self.when = chance.choice([None, _PAGE])
        self._there_from = self._begin + chance.choice([0, 1, 20, 200]) * MINUTE
        self._quiet_from = self._begin + chance.randint(0, 40) * MINUTE
        self._quiet_to = self._quiet_from + chance.choice([0, 30, 90, 90]) * MINUTE
        self._every = chance.choice([30, 45, 300])
        self._looked: tuple[int, datetime, str] | None = None
        self._run = 0
        self.wrong: list[str] = []

    def next_run(self) -> None:
        self._run += 1

    def around(self, surroundings: Surroundings) -> Surroundings:
        """The surroundings with these circumstances."""
        return replace(
            surroundings,
            look=lambda condition, seconds: self._look(),
            opening=lambda entry, account, after: self._opening(after),
            resting=lambda account, at: self._resting(at),
        )

    def _look(self) -> str:
        now = self._stage.clock.now()
        self._world.may_die()
        if self._looked and now - self._looked[1] < timedelta(seconds=50):
            self.wrong.append("looked too often")
        if any(row.state is State.SENDING for row in self._stage.rows()):
            self.wrong.append("looked while a right to send was held")
        if now < self._stage.entries["launch"].at:
            self.wrong.append("looked before it was due")
        why = "" if now >= self._there_from else "does not say it yet"
        why = "cannot be reached" if self._world.goes_wrong() else why
        self._looked = (self._run, now, why)
        self._world.may_die()
        return why

    def _opening(self, after: datetime) -> Opening | None:
        number = (after - self._begin) // (self._every * MINUTE) + 1
        at = self._begin + number * self._every * MINUTE
        return Opening(at=at, words=f"{at:%H:%M}")

    def _resting(self, at: datetime) -> str:
        return "waits for the end of the quiet hours" if self._quiet_from <= at < self._quiet_to else ""

    def begins(self) -> None:
        """A first part leaves now: everything must be as it was approved."""
        head, now = self._stage.rows()[0], self._stage.clock.now()
        if self.when and (self._looked is None or self._looked[0] != self._run or self._looked[2]):
            self.wrong.append("began without its page")
        late = now - head.due
        if late < timedelta():
            self.wrong.append("began before it was due")
        if head.released_at:
            return
        if late > LATE_AFTER and self._resting(now):
            self.wrong.append("began late in quiet hours")
        if late > (self.late.within if self.late.policy == "post" else LATE_AFTER):
            self.wrong.append("began later than was approved")
        if head.moved_from and self.late.policy != "next slot":
            self.wrong.append("moved on without an approved rule")


Naive = Callable[[Surroundings], Surroundings]


def as_it_should_be(surroundings: Surroundings) -> Surroundings:
    return surroundings


def never_looking(surroundings: Surroundings) -> Surroundings:
    """As if the page were taken for granted."""
    return replace(surroundings, look=lambda condition, seconds: "")


def never_resting(surroundings: Surroundings) -> Surroundings:
    """As if nobody had quiet hours."""
    return replace(surroundings, resting=lambda account, at: "")


def without_the_entry(surroundings: Surroundings) -> Surroundings:
    """As if every entry had the usual lateness and no condition, whatever was approved."""
    inspect = surroundings.inspect

    def plain(entry: str, approval: object) -> object:
        found = inspect(entry, approval)  # type: ignore[arg-type]
        return replace(found, entry=found.entry and replace(found.entry, when=None, late=Lateness()))

    return replace(surroundings, inspect=plain)  # type: ignore[arg-type]
