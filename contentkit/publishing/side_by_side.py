"""Work that waits for several networks at once: one thread of the machine for each, so that nobody waits for another's server."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator


def one_by_one(jobs: Iterable[Iterator[object]]) -> None:
    """Carries out each of these jobs to its end before the next."""
    for job in jobs:
        deque(job, maxlen=0)


def side_by_side(jobs: Iterable[Iterator[object]], workers: int) -> None:
    """Carries out these jobs, each step by step and in its order, at most so many at once; a single one in this thread, and all
    where the machine gives no other.

    After a step, a job lets others have a turn. Where a step raises an error, steps that others have begun are ended, and it is
    raised here. An interrupt is raised at once: what is under way then is left as it is.
    """
    waiting = deque(jobs)
    number = min(workers, len(waiting))
    if number <= 1:
        one_by_one(waiting)
        return
    crew = _Crew(waiting)
    try:
        threads = list(_begun(crew.work, number))
        if not threads:
            crew.work()
        for thread in threads:
            thread.join()
    except BaseException:
        crew.ends = True
        raise
    if crew.failures:
        raise crew.failures[0]


def _begun(work: Callable[[], None], number: int) -> Iterator[threading.Thread]:
    """So many threads at this work, or fewer where the machine gives no more."""
    for _ in range(number):
        # The end of the program must not wait for a server that does not answer.
        thread = threading.Thread(target=work, daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return
        yield thread


class _Crew:
    """What threads that share their jobs know of each other: ``ends`` once nobody should begin anything."""

    def __init__(self, waiting: deque[Iterator[object]]) -> None:
        self._waiting = waiting
        self.failures: list[BaseException] = []
        self.ends = False

    def work(self) -> None:
        """Takes one step of one job after the other, until none waits: whatever is left then is in other hands."""
        while not self.ends:
            try:
                job = self._waiting.popleft()
            except IndexError:
                return
            try:
                if _goes_on(job):
                    self._waiting.append(job)
            except BaseException as failure:
                self.failures.append(failure)
                self.ends = True


def _goes_on(job: Iterator[object]) -> bool:
    """Takes one step; whether there may be another."""
    for _ in job:
        return True
    return False
