"""The memory of the compatible server: ULIDs, statuses, and when they can be seen."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from tests.servers.records import StatusRecord

# Crockford's base 32: no I, L, O, U.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80


class Ulids:
    """ULIDs that never go back: within one millisecond, or when the clock was set back, the last one plus one."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        fresh = ((time.time_ns() // 1_000_000) << _RANDOM_BITS) + int.from_bytes(os.urandom(_RANDOM_BITS // 8), "big")
        self._last = max(fresh, self._last + 1)
        return "".join(_DIGITS[(self._last >> 5 * place) % 32] for place in range(25, -1, -1))


class Timeline:
    """The statuses of one account, in the order in which they were made. Thread-safe.

    A status can be seen ``visible_after`` seconds after it was made, its change and its end after so many reads as
    ``stale_reads`` says; replying to it works at once, as it does where reads come from a replica and writes go to the primary.
    """

    def __init__(self, visible_after: float, now: Callable[[], float] = time.monotonic) -> None:
        self.visible_after = visible_after
        self._now = now
        self._ulids = Ulids()
        self._lock = threading.Lock()
        self._records: dict[str, StatusRecord] = {}
        self._made: dict[str, float] = {}
        self.stale_reads = 0
        # What a status was before its last change, and how many reads still show it so.
        self._before: dict[str, tuple[int, StatusRecord]] = {}

    def new_id(self) -> str:
        with self._lock:
            return self._ulids.next()

    @property
    def records(self) -> list[StatusRecord]:
        """All of them, oldest first, the deleted ones too."""
        with self._lock:
            return list(self._records.values())

    def keep(self, record: StatusRecord) -> None:
        with self._lock:
            self._records[record.id] = record
            self._made[record.id] = self._now()

    def has(self, status_id: str) -> bool:
        """Whether it exists and was not deleted, visible or not."""
        with self._lock:
            return status_id in self._records and not self._records[status_id].deleted

    def get(self, status_id: str) -> StatusRecord | None:
        """The status, if it can be seen by now."""
        return next((record for record in self._visible() if record.id == status_id), None)

    def delete(self, status_id: str) -> None:
        """Raises KeyError for an unknown id."""
        with self._lock:
            self._before[status_id] = self._until_shown(status_id)
            self._records[status_id] = replace(self._records[status_id], deleted=True)

    def edit(self, record: StatusRecord) -> StatusRecord:
        """Puts this in the place of the status with the same id; returns it as it is kept."""
        with self._lock:
            before = self._records[record.id]
            kept = replace(record, edits=(*before.edits, before.text), edited_at=datetime.now(UTC))
            self._before[record.id] = self._until_shown(record.id)
            self._records[record.id] = kept
        return kept

    def count(self, status_id: str, **counts: int) -> None:
        """Sets what the network counts of a status. Raises KeyError for an unknown id."""
        with self._lock:
            self._records[status_id] = replace(self._records[status_id], **counts)  # type: ignore[arg-type]

    def page(self, *, limit: int, max_id: str = "", since_id: str = "", min_id: str = "") -> list[StatusRecord]:
        """Newest first: the newest of those below ``max_id`` and above ``since_id``, or the oldest above ``min_id``."""
        between = [record for record in self._visible() if _lies(record.id, above=max(since_id, min_id), below=max_id)]
        return list(reversed(between[:limit] if min_id else between[-limit:]))

    def _visible(self) -> list[StatusRecord]:
        """Oldest first; ULIDs sort as text, also where two requests were faster than their ids."""
        seen_before = self._now() - self.visible_after
        with self._lock:
            living = [self._shown(one) for one in sorted(self._records) if self._made[one] <= seen_before]
            self._before = {one: (left - 1, before) for one, (left, before) in self._before.items() if left > 1}
        return [record for record in living if not record.deleted]

    def _until_shown(self, status_id: str) -> tuple[int, StatusRecord]:
        """What is shown as it was, and for how long: what is late already is not later because it is asked for again."""
        return self._before.get(status_id, (self.stale_reads, self._records[status_id]))

    def _shown(self, status_id: str) -> StatusRecord:
        left, before = self._before.get(status_id, (0, self._records[status_id]))
        return before if left else self._records[status_id]


def _lies(status_id: str, *, above: str, below: str) -> bool:
    return status_id > above and (not below or status_id < below)
