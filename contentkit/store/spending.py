"""The ledger in contentkit.db: a copy of the journal's, and what was asked where there is no journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from contentkit.money.ledger_table import COLUMNS, INDEXES, TAKE_OVER, TRIGGERS

if TYPE_CHECKING:
    from sqlite_utils import Database

    from contentkit.clock import Clock
    from contentkit.money.ledger import Ledger

_TABLE = f"CREATE TABLE ledger ({COLUMNS}\n)"

# Up to which row each journal was copied.
_COPIES = """
CREATE TABLE ledger_copies (
  journal TEXT NOT NULL,
  number INTEGER NOT NULL
)"""

# What each account cost in each month, in US dollars, exactly; ``reading`` is the part of it that reading cost.
_SPENDING = """
CREATE VIEW spending AS
SELECT
  month,
  account,
  printf('%d.%06d', micros / 1000000, micros % 1000000) AS dollars,
  printf('%d.%06d', reading / 1000000, reading % 1000000) AS reading
FROM (
  SELECT
    substr(day, 1, 7) AS month,
    account,
    sum(micros) AS micros,
    sum(CASE WHEN operation LIKE 'read%' THEN micros ELSE 0 END) AS reading
  FROM ledger
  GROUP BY 1, 2
)"""

SPENDING = (
    _TABLE,
    *INDEXES,
    _COPIES,
    *TRIGGERS,
    _SPENDING,
)


def ledger_of(database: Database, clock: Clock) -> Ledger:
    """The database's own ledger, to note in."""
    from contentkit.money.ledger import Ledger
    from contentkit.store.database import transaction

    return Ledger(database.conn, clock, lambda: transaction(database))


def copied_up_to(database: Database, journal: str) -> int:
    """The number of the last row of this journal that is copied; 0 when none is."""
    query = "SELECT coalesce(max(number), 0) FROM ledger_copies WHERE journal = ?"
    return int(database.conn.execute(query, (journal,)).fetchone()[0])


def copy_ledger(database: Database, journal: str, rows: Sequence[dict[str, Any]]) -> None:
    """Adds the rows of a journal's ledger that are not here yet, and notes how far that went."""
    from contentkit.store.database import transaction

    if not rows:
        return
    with transaction(database):
        database.conn.executemany(TAKE_OVER, rows)
        database.conn.execute(
            "INSERT INTO ledger_copies (journal, number) VALUES (?, ?)", (journal, max(row["number"] for row in rows))
        )
