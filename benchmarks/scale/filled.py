"""A database with one workspace in which so many posts are due or wait: written in one statement, and as the triggers would."""

from __future__ import annotations

from datetime import UTC, datetime

from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.opening import bring_up_to_date
from contentkit.publishing.postgres.workspaces import Standing, enter

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 11, 1, tzinfo=UTC)

_APPROVAL = """INSERT INTO approvals (entry, digest, manifest, approved_by, approved_at, trust, seal)
VALUES ('all', 'd', 'm', 'Ana', '2026-01-01T00:00:00.000Z', 'local', 's') RETURNING id"""
_POSTS = """WITH made AS (
  INSERT INTO publications (approval, entry, account, part, parts, post, due, text, warning, visibility, language,
    fingerprint, key, state, changed_at)
  SELECT (SELECT max(id) FROM approvals), %(kind)s || '-' || number, 'account-' || lpad((number %% %(accounts)s)::text, 6, '0'),
    0, 1, 0, stamp(%(first)s + number * make_interval(secs => %(apart)s)), rpad('post ' || number, 200, '.'), '', 'public', 'en',
    %(kind)s || number, %(kind)s || number, 'planned', '2026-01-01T00:00:00.000Z'
  FROM generate_series(1, %(posts)s) AS number
  RETURNING workspace, account, due
)
INSERT INTO lanes (workspace, account, next_due) SELECT workspace, account, min(due) FROM made GROUP BY workspace, account
ON CONFLICT (workspace, account) DO UPDATE SET next_due = least(lanes.next_due, excluded.next_due)"""


def workspace_in(address: str) -> int:
    """The number of a new workspace, in which nothing is planned."""
    with connect(address) as connection:
        bring_up_to_date(connection)
        database = PostgresConnection(connection)
        number = enter(database, name="pace", project="pace", hosts=(), seal="", state=Standing.OPEN).id
        PostgresConnection(connection, number).execute(_APPROVAL)
        return number


def plan(address: str, workspace: int, kind: str, accounts: int, posts: int, first: datetime, apart: float = 0) -> None:
    """So many posts, each the next account's and so many seconds after the one before; each begins with 'post NUMBER'."""
    with connect(address) as connection:
        PostgresConnection(connection, workspace)
        connection.execute("ALTER TABLE publications DISABLE TRIGGER lanes_follow_new")
        connection.execute(_POSTS, {"kind": kind, "accounts": accounts, "posts": posts, "first": first, "apart": apart})
        connection.execute("ALTER TABLE publications ENABLE TRIGGER lanes_follow_new")
        connection.execute("ANALYZE publications, lanes, approvals")
