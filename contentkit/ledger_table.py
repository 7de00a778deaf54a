"""The ledger's table: what may have been billed, a row for each thing and day, in millionths of a US dollar."""

from __future__ import annotations

# ``resource`` names what was read, or the attempt that made it; a row that ``takes_back`` another one undoes it. ``%s`` is for
# what a table has besides.
COLUMNS = """
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  account TEXT NOT NULL,
  operation TEXT NOT NULL,
  resource TEXT NOT NULL,
  micros INTEGER NOT NULL CHECK (micros <> 0),
  takes_back INTEGER REFERENCES ledger (id)"""

INDEXES = (
    "CREATE INDEX ledger_by_day ON ledger (account, day, operation, resource)",
    "CREATE UNIQUE INDEX taken_back_once ON ledger (takes_back) WHERE takes_back IS NOT NULL",
)

TRIGGERS = (
    "CREATE TRIGGER ledger_is_history BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is history'); END",
    "CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'the ledger is history'); END",
    """CREATE TRIGGER ledger_comes_once BEFORE INSERT ON ledger WHEN EXISTS (SELECT 1 FROM ledger WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the ledger is history'); END""",
)

# By account, first day of the month, first day of the next.
TOTAL_OF_MONTH = "SELECT coalesce(sum(micros), 0) FROM ledger WHERE account = ? AND day >= ? AND day < ?"
