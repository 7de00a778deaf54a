"""The lanes that a worker has in its hands: of a shard, a thread takes as many at once as it serves in a moment.

A lane that another in the same hand keeps waiting, before its turn or after it, is given back when that takes too long, so that
others may serve it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from contentkit.errors import StateError
from contentkit.publishing.postgres.lanes import Lanes, Lease

# An account on which nothing went forward is looked at again after so many seconds, as cron would; so is one that is in trouble.
REST = 60.0
# With one ticket of a shard so many accounts are served at most: the others come with its next one.
_MOST_LANES = 500
# So many lanes are taken at once at most, and no more than are served within so many seconds.
_LARGEST = 16
_MOMENT = 2.0
# A lane that waits for another for so many seconds is given back by whoever looks after the hands.
_PATIENCE = 5.0

# Publishes on an account, and says for how many seconds its lane rests then. It raises what ends the work of the whole ticket.
Serve = Callable[[Lease], float]


class Hands:
    """What all threads of a worker hold, by the name of that worker, for as long as it ``goes_on``."""

    def __init__(self, holder: str, goes_on: Callable[[], bool] = lambda: True, *, patience: float = _PATIENCE) -> None:
        self._holder = holder
        self._goes_on = goes_on
        self._patience = patience
        self._noting = threading.Lock()
        self._serving: set[Lease] = set()
        # Since when each waits for others, before its turn or after it, and for how long it rests once it is given back.
        self._waiting: dict[Lease, tuple[float, float]] = {}
        self._left: dict[Lease, float] = {}

    def held(self) -> list[Lease]:
        """The lanes that it serves, and those that are in the same hands."""
        with self._noting:
            return [*self._serving, *self._waiting]

    def serve_lane(self, lanes: Lanes, workspace: int, account: str, serve: Serve) -> None:
        """Serves this account, unless its lane is not to be had."""
        if lease := lanes.claim(workspace, account, self._holder):
            self._serve_each(lanes, [lease], serve)

    def serve_shard(self, lanes: Lanes, shard: int, workspaces: Sequence[int], serve: Serve) -> None:
        """Serves what is due in this shard of these workspaces, one account after the other."""
        size, taken = 1, 0
        while taken < _MOST_LANES and self._goes_on():
            leases = lanes.claim_some(shard, workspaces, self._holder, size)
            if not leases:
                return
            began = time.monotonic()
            self._serve_each(lanes, leases, serve)
            took = time.monotonic() - began
            taken += len(leases)
            size = min(2 * size, _LARGEST) if took < _MOMENT / 2 else max(1, size // 2) if took > _MOMENT else size

    def look_after(self, lanes: Lanes) -> None:
        """Gives back what could not be given back while the database was away, and what waits too long for others."""
        now = time.monotonic()
        with self._noting:
            late = [lease for lease, (since, _) in self._waiting.items() if now - since > self._patience]
            self._left.update((lease, self._waiting.pop(lease)[1]) for lease in late)
            left = list(self._left.items())
        for lease, rest in left:
            lanes.release(lease, rest)
            with self._noting:
                self._left.pop(lease, None)

    def _serve_each(self, lanes: Lanes, leases: Sequence[Lease], serve: Serve) -> None:
        began = time.monotonic()
        with self._noting:
            self._waiting.update(dict.fromkeys(leases, (began, 0.0)))
        has_served = False
        try:
            for lease in leases:
                if has_served and (time.monotonic() - began > _MOMENT or not self._goes_on()):
                    break
                if self._begins(lease):
                    has_served = True
                    self._serve(lease, serve)
        finally:
            self._give_back(lanes, leases)

    def _begins(self, lease: Lease) -> bool:
        """False where it was given back meanwhile."""
        with self._noting:
            if self._waiting.pop(lease, None) is None:
                return False
            self._serving.add(lease)
            return True

    def _serve(self, lease: Lease, serve: Serve) -> None:
        rest = REST
        try:
            rest = serve(lease)
        finally:
            with self._noting:
                self._serving.discard(lease)
                self._waiting[lease] = time.monotonic(), rest

    def _give_back(self, lanes: Lanes, leases: Sequence[Lease]) -> None:
        with self._noting:
            rests = {lease: self._waiting.pop(lease)[1] for lease in leases if lease in self._waiting}
            self._serving.update(rests)
        try:
            lanes.release_all(list(rests.items()))
        except StateError:
            with self._noting:
                self._left.update(rests)
            raise
        finally:
            with self._noting:
                self._serving.difference_update(rests)
