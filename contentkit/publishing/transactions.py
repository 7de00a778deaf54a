"""Writing to the journal: all of it durably, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from contentkit.errors import StateError
from contentkit.publishing.schema import JOURNAL_NAME


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """What is written within is durable after it; an error undoes it. Raises StateError when the disk or a lock forbids it."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK") if connection.in_transaction else None
            raise
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise StateError(
            f"{JOURNAL_NAME}: {error}", hint="wait for the other command, or free space, and run again"
        ) from error
