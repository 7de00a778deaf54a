"""The accounts that a table of figures knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_PUBLISHED = """
SELECT name FROM accounts WHERE EXISTS (SELECT 1 FROM published_parts WHERE account = accounts.id) ORDER BY name"""
# One step in the index for each account, instead of one for each of its rows.
_ASKED = """
WITH RECURSIVE known (account) AS (
  SELECT min(account) FROM account_snapshots
  UNION ALL
  SELECT (SELECT min(account) FROM account_snapshots WHERE account > known.account) FROM known
  WHERE known.account IS NOT NULL
)
SELECT account FROM known WHERE account IS NOT NULL"""


def accounts_published(database: Database) -> list[str]:
    """The accounts that something was published on, by name."""
    return [name for (name,) in database.conn.execute(_PUBLISHED)]


def accounts_asked(database: Database) -> list[str]:
    """The accounts that were asked for their own figures, by name."""
    return [name for (name,) in database.conn.execute(_ASKED)]
