"""One of many does a thing for all: whoever holds a lock of the database's, which ends with its connection."""

from __future__ import annotations

from contentkit.publishing.statements import Database

# Any two numbers that nobody else locks.
_FEEDING = (0x636C, 1)


def takes_the_lead(database: Database) -> bool:
    """Whether this connection is the feeder's from now on, as long as it lasts. False while another one is."""
    row = database.execute("SELECT pg_try_advisory_lock(?, ?)", _FEEDING).fetchone()
    return row is not None and bool(row[0])
