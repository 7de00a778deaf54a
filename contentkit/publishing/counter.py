"""The counter that tells the journal from an older copy of it: raised with each intent, in the same transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from contentkit.publishing.facts import Fact

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database


class Counter:
    """The counter of an open journal. ``durable`` is what it has reached on the disk, 0 before it was raised here."""

    def __init__(self, connection: Database) -> None:
        self._db = connection
        self._noting = threading.Lock()
        self.durable = 0

    @contextmanager
    def raised(self) -> Iterator[None]:
        """A transaction that raises the counter with what else is written in it."""
        with self._transaction():
            yield
            raised = self._raise()
        with self._noting:
            self.durable = max(self.durable, raised)

    def _transaction(self) -> AbstractContextManager[None]:
        return self._db.transaction()

    def _raise(self) -> int:
        row = self._db.execute(
            """INSERT INTO meta VALUES (?, '1')
               ON CONFLICT (key) DO UPDATE SET value = CAST(meta.value AS BIGINT) + 1 RETURNING value""",
            (Fact.COUNTER,),
        ).fetchone()
        return int(row["value"])
