"""The accounts that a table of figures knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sqlite_utils import Database

# One step in the index for each account, instead of one for each of its rows.
_NAMES = """
WITH RECURSIVE known (account) AS (
  SELECT min(account) FROM {table}
  UNION ALL
  SELECT (SELECT min(account) FROM {table} WHERE account > known.account) FROM known WHERE known.account IS NOT NULL
)
SELECT account FROM known WHERE account IS NOT NULL"""


def accounts_published(database: Database) -> list[str]:
    """The accounts that something was published on, by name."""
    return _accounts_in(database, "publications")


def accounts_asked(database: Database) -> list[str]:
    """The accounts that were asked for their own figures, by name."""
    return _accounts_in(database, "account_snapshots")


def _accounts_in(database: Database, table: Literal["publications", "account_snapshots"]) -> list[str]:
    return [account for (account,) in database.conn.execute(_NAMES.format(table=table))]
