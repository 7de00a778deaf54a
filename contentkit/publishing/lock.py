"""One publisher at a time: a kernel lock for the life of the process, so that it can neither expire nor be left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from contentkit.errors import StateError

LOCK_NAME = "publisher.lock"
LONGEST_SILENCE = timedelta(minutes=15)


class Occupied(Exception):
    """Another publisher is at work. ``since`` is when it began, as far as it said."""

    def __init__(self, since: datetime | None) -> None:
        super().__init__("another publisher is at work")
        self.since = since


@contextmanager
def publisher_lock(folder: Path, now: datetime, *, patience: float = 0) -> Iterator[None]:
    """Holds the lock; raises Occupied when another process has it, StateError where there are no such locks.

    ``patience`` is how many seconds to wait for it: a person may, cron comes back by itself.
    """
    with kernel_lock(folder / LOCK_NAME, patience) as handle:
        os.ftruncate(handle, 0)
        os.pwrite(handle, now.isoformat().encode(), 0)
        yield


@contextmanager
def kernel_lock(path: Path, patience: float) -> Iterator[int]:
    """Holds the lock of this file, whose descriptor it yields. Raises as ``publisher_lock`` does."""
    try:
        import fcntl
    except ImportError:
        raise StateError(
            "publishing needs Linux, macOS or WSL", hint="everything but 'post' and 'sync' works here"
        ) from None
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise Occupied(_since(os.pread(handle, 64, 0))) from None
            time.sleep(0.1)
        yield handle
    finally:
        os.close(handle)


def last_held(folder: Path) -> datetime | None:
    """When a publisher, or a person's decision, last began to hold the lock; None when nobody ever did, or said."""
    try:
        since = _since((folder / LOCK_NAME).read_bytes()[:64])
    except OSError:
        return None
    return since if since and since.tzinfo else None


def _since(content: bytes) -> datetime | None:
    try:
        return datetime.fromisoformat(content.decode())
    except ValueError:
        return None
