"""One of many does a thing for all: whoever holds a lock of the database's, which ends with its connection."""

from __future__ import annotations

from contentkit.publishing.statements import Database

# Any numbers that nobody else locks first.
_FEEDING, _TENDING = 0x636C, 0x636D


def takes_the_lead(database: Database) -> bool:
    """Whether this connection is the feeder's from now on, as long as it lasts. False while another one is."""
    return _locks(database, _FEEDING, 1)


def takes_care_of(database: Database, workspace: int) -> bool:
    """Whether this connection is the one from now on, as long as it lasts, whose worker looks after the workspace."""
    return _locks(database, _TENDING, workspace)


def _locks(database: Database, what: int, which: int) -> bool:
    row = database.execute("SELECT pg_try_advisory_lock(?, ?)", (what, which)).fetchone()
    return row is not None and bool(row[0])
