"""Duties that one worker of all does for the others: it has each for some seconds, by the database's clock, and renews it.

A worker that stands still loses its duties to another, although its connection lives on. Where two do the same for a moment, as
when it wakes up, nobody is harmed: that is what makes a duty one of these.
"""

from __future__ import annotations

from contentkit.publishing.statements import Database

DUTIES = """
CREATE TABLE duties (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  leased_until TIMESTAMPTZ NOT NULL
);
"""


def takes_on(database: Database, duty: str, holder: str, seconds: float) -> bool:
    """Whether the duty is this worker's for so many seconds from now on: as it was before, or because nobody has it."""
    row = database.execute(
        """INSERT INTO duties (name, holder, leased_until)
           VALUES (?, ?, clock_timestamp() + make_interval(secs => ?))
           ON CONFLICT ON CONSTRAINT duties_pkey DO UPDATE SET holder = excluded.holder, leased_until = excluded.leased_until
             WHERE duties.holder = excluded.holder OR duties.leased_until <= clock_timestamp()
           RETURNING 1""",
        (duty, holder, seconds),
    ).fetchone()
    return row is not None


def lays_down_all(database: Database, holder: str) -> None:
    """It ends in order: others need not wait."""
    database.execute("DELETE FROM duties WHERE holder = ?", (holder,))
