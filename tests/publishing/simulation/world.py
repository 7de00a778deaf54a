"""Time, chance and death: what everything in one life shares."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import get_ident

from tests.publishing.stage import WoundClock

# A Monday, far from the end of a month.
BEGINNING = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


class Killed(BaseException):
    """kill -9: nothing that the program would do after it happens."""


@dataclass
class Process:
    """One run of the program. ``began`` is the number of the moment at which it did, ``claims`` have that of the last claim of
    each of its threads; ``in_hand`` until one is settled, ``interrupted`` once it got SIGTERM. ``pause`` lets another of its
    threads go on."""

    began: int
    claims: dict[int, int] = field(default_factory=dict)
    in_hand: bool = False
    dead: bool = False
    interrupted: bool = False
    pause: Callable[[], None] = lambda: None

    @property
    def claimed_at(self) -> int:
        """The moment at which the thread that asks claimed last."""
        return self.claims.get(get_ident(), 0)

    def claimed(self, moment: int) -> None:
        self.claims[get_ident()] = moment
        self.in_hand = True


class LifeClock(WoundClock):
    """A machine's clock beside the true time: it may be set wrong, and what is under way in the world arrives as it goes on."""

    def __init__(self, passes: Callable[[float], None]) -> None:
        super().__init__(BEGINNING)
        self._passes = passes

    def wind(self, span: timedelta) -> None:
        super().wind(span)
        self._passes(span.total_seconds())


@dataclass
class World:
    """``faults`` and ``kills`` are how many are still to come; ``moments`` counts those at which anything may happen.

    ``wrong`` is what went against the invariants, ``history`` what happened, in words, where somebody wants to read it.
    ``rough`` counts whatever may have made the program ask a person. ``held_at`` is, by the row of
    a part that is held, when the run began that held it, and the second at which it did.
    """

    random: random.Random
    faults: int = 0
    kills: int = 0
    moments: int = 0
    seconds: float = 0.0
    tells: bool = False
    history: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    running: list[Process] = field(default_factory=list)
    arrivals: list[Callable[[], None]] = field(default_factory=list)
    meddle: Callable[[], None] = lambda: None
    rough: int = 0
    held_at: dict[int, tuple[int, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = LifeClock(self._pass)

    @property
    def true_time(self) -> datetime:
        return BEGINNING + timedelta(seconds=self.seconds)

    def _pass(self, seconds: float) -> None:
        self.seconds += seconds
        for arrive in self.arrivals:
            arrive()

    def tell(self, words: str) -> None:
        if self.tells:
            self.history.append(f"{self.true_time:%d %H:%M:%S} {'  ' * len(self.running)}{words}")

    def count(self, what: str) -> None:
        """Counts a fault or an event that was put into this life."""
        self.counts[what] += 1
        self.rough += 1
        self.tell(f"({what})")

    def is_wrong(self, what: str) -> None:
        self.wrong.append(what)
        self.tell(f"WRONG: {what}")

    def moment(self, process: Process) -> None:
        """A point at which the program may be killed, and at which anybody else may do anything. Raises Killed."""
        process.pause()
        self.moments += 1
        # Most moments are harmless: those in which a part is on its way are the dangerous ones.
        danger = 0.25 if process.in_hand else 0.015
        if not process.dead and self.random.random() < danger:
            self.meddle()
        if not process.dead and self.kills and self.random.random() < danger:
            self.kills -= 1
            process.dead = True
            self.count("killed")
        if process.dead:
            raise Killed

    def goes_wrong(self, chance: float) -> bool:
        """Whether a request meets one of the faults that are still to come."""
        if self.faults and self.random.random() < chance:
            self.faults -= 1
            return True
        return False
