"""The counter that tells a journal on PostgreSQL from an older copy of it: workers raise it side by side."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from contentkit.publishing.postgres.connection import PostgresConnection


class SequenceCounter:
    """As ``publishing.counter``. What a crash took back of a sequence no transaction that was committed has seen."""

    def __init__(self, connection: PostgresConnection) -> None:
        self._db = connection
        self._noting = threading.Lock()
        self.durable = 0

    @contextmanager
    def raised(self) -> Iterator[None]:
        """A transaction that raises the counter with what else is written in it."""
        with self._db.transaction():
            yield
            row = self._db.execute("SELECT nextval('counter') AS raised").fetchone()
        assert row is not None
        with self._noting:
            self.durable = max(self.durable, row["raised"])
