"""A machine that gives no more threads, as in a container that may have only so many."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# More than any machine can address: each thread would need so many bytes for itself.
_TOO_LARGE = 1 << 50


@contextmanager
def no_more_threads() -> Iterator[None]:
    """Within, no thread can be started."""
    before = threading.stack_size(_TOO_LARGE)
    try:
        yield
    finally:
        threading.stack_size(before)
