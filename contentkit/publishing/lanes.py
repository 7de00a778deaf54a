"""The accounts of a run: what is due on each in its order, several accounts at once, and whatever may take minutes last."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.publishing.conditions import Looks
from contentkit.publishing.journal import Journal
from contentkit.publishing.lane import Lane, LaneStops, Patience
from contentkit.publishing.opening import remedy
from contentkit.publishing.outcomes import Outcome
from contentkit.publishing.publications import Thread
from contentkit.publishing.surroundings import Surroundings

# Does with a thread what can be done now.
Advance = Callable[[Lane, Thread], None]


class Lanes:
    """The accounts with their threads; those that are in trouble already come last."""

    def __init__(
        self, threads: Iterable[Thread], journal: Journal, surroundings: Surroundings, clock: Clock, advance: Advance
    ) -> None:
        patience, looks = Patience(), Looks(surroundings.look, clock)
        threads_of: dict[str, list[Thread]] = {}
        for thread in threads:
            threads_of.setdefault(thread.account, []).append(thread)
        names = sorted(threads_of, key=lambda name: bool(journal.accounts.known(name).trouble))
        self._lanes = [Lane(name, journal, surroundings, clock, patience, looks) for name in names]
        self._threads = threads_of
        self._interrupted = surroundings.interrupted
        self._together = surroundings.together
        self._advance = advance

    def run(self) -> list[Outcome]:
        """What happens on every account, account by account. Whatever begins with pictures comes last: they may take minutes."""
        with ExitStack() as closing:
            for lane in self._lanes:
                closing.callback(lane.close)
            self._run({lane: self._at_once(lane) for lane in self._lanes})
            self._run_awaited()
            self._run({lane: self._with_uploads(lane) for lane in self._lanes})
            self._run_awaited()
        return [outcome for lane in self._lanes for outcome in lane.outcomes]

    def _at_once(self, lane: Lane) -> list[Thread]:
        return [one for one in self._threads[lane.name] if not _uploads_first(one)]

    def _with_uploads(self, lane: Lane) -> Iterator[Thread]:
        return (one for one in self._threads[lane.name] if _uploads_first(one) and lane.may_upload)

    def _run_awaited(self) -> None:
        """Looks at the pages that threads wait for, first at those that nobody has looked at for longest; runs these threads."""
        waiting = [(thread, condition, lane) for lane in self._lanes for thread, condition in lane.put_off]
        for _, condition, lane in sorted(waiting, key=lambda one: _waits_since(one[0])):
            if not lane.ended and not self._interrupted():
                lane.looks.look(condition)
        put_off: dict[Lane, list[Thread]] = {}
        for thread, condition, lane in waiting:
            if lane.looks.known(condition) is not None and (not _uploads_first(thread) or lane.may_upload):
                put_off.setdefault(lane, []).append(thread)
        for lane in self._lanes:
            lane.put_off = []
        self._run(put_off)

    def _run(self, threads: Mapping[Lane, Iterable[Thread]]) -> None:
        self._together([self._steps(lane, its) for lane, its in threads.items()])

    def _steps(self, lane: Lane, threads: Iterable[Thread]) -> Iterator[None]:
        """One thread after the other. A fault of ours is kept for the end: the others go on."""
        for thread in threads:
            if lane.ended or self._interrupted():
                return
            try:
                self._advance(lane, thread)
            except LaneStops:
                lane.ended = True
            except StateError:
                raise
            except Exception as fault:
                lane.outcomes.append(_outcome_of_fault(lane.name, fault))
            yield


def _waits_since(thread: Thread) -> datetime:
    """When it was last postponed, or due: what was looked at a minute ago lets go first what was not."""
    head = thread.head
    return (head and head.not_before) or thread.due


def _uploads_first(thread: Thread) -> bool:
    head = thread.planned_head
    return head is not None and bool(head.media)


def _outcome_of_fault(account: str, fault: Exception) -> Outcome:
    """What is said of an error that nobody foresaw. Raises StateError when the journal cannot be read."""
    # A damaged file is the bare class; its other kinds are what the program should not have asked.
    if isinstance(fault, sqlite3.OperationalError) or type(fault) is sqlite3.DatabaseError:
        raise StateError(f"the journal: {fault}", hint=remedy(fault)) from fault
    # What the system itself refused is this machine's trouble; the libraries' own kinds of OSError have no number.
    if isinstance(fault, OSError) and fault.errno is not None:
        place = f"{fault.filename}: " if fault.filename else ""
        return Outcome(kind="trouble", entry="", account=account, reason=f"{place}{fault.strerror}")
    import traceback

    trace = "".join(traceback.format_exception(fault))
    return Outcome(kind="fault", entry="", account=account, text=trace, reason=f"{type(fault).__name__}: {fault}")
