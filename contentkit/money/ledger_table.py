"""The ledger's table: what may have been billed, a row for each thing and day, in millionths of a US dollar."""

from __future__ import annotations

# ``resource`` names what was read, or the attempt that made it; a row that ``takes_back`` another one undoes it. ``uid`` is the
# same wherever a row is copied to.
COLUMNS = """
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  account TEXT NOT NULL,
  operation TEXT NOT NULL,
  resource TEXT NOT NULL,
  micros INTEGER NOT NULL CHECK (micros <> 0),
  takes_back INTEGER REFERENCES ledger (id),
  uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(8))))"""

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

# By number and day: the rows from there on, oldest first; ``taken`` is the uid of what a row takes back.
ROWS = """
SELECT ledger.id AS number, ledger.at, ledger.day, ledger.account, ledger.operation, ledger.resource, ledger.micros, ledger.uid,
  earlier.uid AS taken
FROM ledger LEFT JOIN ledger AS earlier ON earlier.id = ledger.takes_back
WHERE ledger.id > ? AND ledger.day >= ? ORDER BY ledger.id"""
COPIED = ("number", "at", "day", "account", "operation", "resource", "micros", "uid", "taken")

# A row of ``ROWS``, unless it is here. What it takes back comes before it.
TAKE_OVER = """
INSERT INTO ledger (at, day, account, operation, resource, micros, uid, takes_back)
SELECT :at, :day, :account, :operation, :resource, :micros, :uid, (SELECT id FROM ledger WHERE uid = :taken)
WHERE NOT EXISTS (SELECT 1 FROM ledger WHERE uid = :uid)"""

# By account, first day, and the first day that counts no more.
TOTAL = "SELECT CAST(coalesce(sum(micros), 0) AS BIGINT) FROM ledger WHERE account = ? AND day >= ? AND day < ?"
