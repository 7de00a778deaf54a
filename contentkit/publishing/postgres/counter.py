"""The counter that tells a journal on PostgreSQL from an older copy of it: workers raise it side by side.

A sequence gives the numbers, because nobody waits for another to take one; but it may run ahead when it is recovered. So what
counts is the number that was written down in the same transaction: with the lane, or where a workspace is written alone, with
its facts.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from contentkit.publishing.counter import Counter
from contentkit.publishing.facts import Fact
from contentkit.publishing.postgres.connection import PostgresConnection
from contentkit.publishing.statements import Database

_WITH_FACTS = """INSERT INTO meta (key, value) VALUES (?, nextval('counter'))
ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING value AS raised"""
_REACHED = """SELECT greatest((SELECT max(counter) FROM lanes WHERE workspace = current_setting('contentkit.workspace')::bigint),
  (SELECT value::bigint FROM meta WHERE key = ?)) AS counter"""


class SequenceCounter(Counter):
    """The counter of a workspace's journal."""

    def __init__(self, connection: PostgresConnection) -> None:
        super().__init__(connection)
        self._workspace = connection

    def _transaction(self) -> AbstractContextManager[None]:
        return self._workspace.transaction(raises=True)

    def _raise(self) -> int:
        if self._workspace.lease:
            return self._workspace.raised  # with the lane, as the transaction began
        return int(self._db.execute(_WITH_FACTS, (Fact.COUNTER,)).fetchone()["raised"])


def counted_in(database: Database) -> int:
    """The highest number that was written down in this workspace; 0 where nothing was."""
    return int(database.execute(_REACHED, (Fact.COUNTER,)).fetchone()["counter"] or 0)
