"""The program as a run of cron starts it: the real one, or one from which something was taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from contentkit.clock import Clock
from contentkit.platforms import Connection
from contentkit.publishing.identity import check_identity, note_counter, raise_counter
from contentkit.publishing.journal import Journal
from contentkit.publishing.lock import publisher_lock
from contentkit.publishing.outcomes import Outcome, outcome_of
from contentkit.publishing.publisher import publish_due
from contentkit.publishing.surroundings import Surroundings
from tests.publishing.simulation.world import Process, World

MACHINE = "this-machine"


@dataclass(frozen=True, kw_only=True)
class Program:
    """What a run is made of. ``verbs`` may put something in the place of the journal, ``talks`` in that of a connection,
    ``sees`` in that of the surroundings, ``keeps_time`` in that of the clock."""

    name: str = "as it is"
    locks: Callable[[Path, datetime], AbstractContextManager[None]] = publisher_lock
    checks: Callable[[Path, Journal, str], None] = check_identity
    starts: Callable[[Path, Journal], object] = raise_counter
    marks: Callable[[Path, Journal], object] = note_counter
    verbs: Callable[[Journal], Journal] = lambda journal: journal
    talks: Callable[[Connection], Connection] = lambda connection: connection
    sees: Callable[[Surroundings], Surroundings] = lambda surroundings: surroundings
    keeps_time: Callable[[Clock], Clock] = lambda clock: clock


REAL = Program()
# The verbs after which nothing of a claimed part is open in this run.
_SETTLING = frozenset({"confirm", "done", "postpone", "ask_again", "doubt"})


class MortalJournal:
    """The real journal, and what it is made of, in a program that may die before and after each of its verbs."""

    def __init__(self, journal: object, world: World, process: Process) -> None:
        self._journal = journal
        self._world = world
        self._process = process

    def __getattr__(self, name: str) -> Any:
        """What is asked for once stands in the object from then on."""
        verb: Any = getattr(self._journal, name)
        mortal = self._mortal(name, verb) if callable(verb) else MortalJournal(verb, self._world, self._process)
        self.__dict__[name] = mortal
        return mortal

    def _mortal(self, name: str, verb: Callable[..., Any]) -> Callable[..., Any]:
        world, process = self._world, self._process

        def mortal(*values: Any, **named: Any) -> Any:
            world.moment(process)
            answer = verb(*values, **named)
            if name == "claim" and answer is not None:
                process.claimed(world.moments)
            elif name == "hold":
                process.in_hand = False
                world.held_at[values[0].id] = process.began, world.seconds
            elif name in _SETTLING:
                process.in_hand = False
            world.moment(process)
            return answer

        return mortal


def run(
    program: Program,
    start: Callable[[Path, Journal], None],
    folder: Path,
    journal: Any,
    surroundings: Surroundings,
    clock: Clock,
) -> list[Outcome]:
    """What ``contentkit post`` does once it has the lock; returns what it would write out. The journal may be a mortal one."""
    program.checks(folder, journal, MACHINE)
    outcomes = [outcome_of(notice) for notice in journal.notices.untold()]
    start(folder, journal)
    return outcomes + publish_due(journal, program.sees(surroundings), program.keeps_time(clock))


@contextmanager
def no_lock(folder: Path, now: datetime) -> Iterator[None]:
    yield
