"""The eleventh form: what would be the same words in each row of what was published is told once, and counted by numbers.

``published_parts`` has the rows; names of ``accounts``, and ``owners`` (whose an account is on its network), are numbers in it,
and times are seconds of Unix. A million parts take a hundred megabytes less than with the words in each row and each index.
``publications`` shows them to people, and to every query that needs not be quick, in the words that it always had.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from contentkit.errors import StateError
from contentkit.store.figure_views import FIGURE_VIEWS
from contentkit.store.figures import history
from contentkit.store.figures_by_age import LATEST_FIGURES, THREAD_FIGURES

_ACCOUNTS = """
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
)"""

# Another server or owner behind the same name is another row here, and the same one in ``accounts``.
_OWNERS = """
CREATE TABLE owners (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  server TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  UNIQUE (platform, server, owner)
)"""

# ``origin`` says where a part is known from, ``opening`` and ``parent`` to what it replies: as in the seventh form. ``hook`` is
# how a thread begins that has no entry, which would know it.
_PUBLISHED_PARTS = """
CREATE TABLE {name} (
  id INTEGER PRIMARY KEY,
  entry TEXT REFERENCES entries (id),
  account INTEGER NOT NULL REFERENCES accounts (id),
  owner INTEGER NOT NULL REFERENCES owners (id),
  part INTEGER NOT NULL CHECK (part >= 0),
  parts INTEGER NOT NULL CHECK (parts > part),
  post INTEGER,
  remote_id TEXT NOT NULL CHECK (remote_id <> ''),
  url TEXT NOT NULL,
  published INTEGER NOT NULL,
  text TEXT,
  language TEXT,
  origin TEXT NOT NULL DEFAULT 'here' CHECK (origin IN ('here', 'archive', 'network')),
  opening TEXT,
  parent TEXT,
  hook TEXT,
  thread TEXT NOT NULL GENERATED ALWAYS AS (coalesce(entry, 'post ' || coalesce(opening, remote_id))) VIRTUAL,
  published_at TEXT NOT NULL GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%SZ', published, 'unixepoch')) VIRTUAL
)"""

_TAKE_OVER = """
INSERT INTO new_parts (id, entry, account, owner, part, parts, post, remote_id, url, published, text, language, origin, opening,
  parent)
SELECT one.id, entry, accounts.id, owners.id, part, parts, post, remote_id, url, CAST(strftime('%s', published_at) AS INTEGER),
  text, language, origin, opening, parent
FROM published_parts AS one
CROSS JOIN accounts ON accounts.name = one.account
CROSS JOIN owners ON owners.platform = one.platform AND owners.server = one.server AND owners.owner = one.owner
ORDER BY one.id"""

# LEFT JOIN lets SQLite leave out what nobody asked for.
_PUBLICATIONS = """
CREATE VIEW publications AS
SELECT
  published_parts.id, entry, accounts.name AS account, owners.platform, owners.server, owners.owner, part, parts, post, remote_id,
  url, published_at, text, language, origin, opening, parent, thread,
  hook
FROM published_parts
LEFT JOIN accounts ON accounts.id = published_parts.account
LEFT JOIN owners ON owners.id = published_parts.owner"""

_VIEWS = (
    "best_slots", "campaigns", "account_growth", "thread_dropoff", "thread_engagement", "post_engagement", "thread_figures",
    "latest_figures",
)  # fmt: skip


def published_parts(connection: sqlite3.Connection) -> None:
    """Takes what was published over from the tenth form, row for row, within the caller's transaction.

    The rows are copied once and none of them is held in memory. Other tables refer to them by numbers that stay: SQLite must not
    look after references meanwhile.
    """
    for view in _VIEWS:
        connection.execute(f"DROP VIEW {view}")
    for index in ("publications_of_threads", "publications_by_time", "publications_lent"):
        connection.execute(f"DROP INDEX {index}")
    # What refers to the old table refers to the one that takes its name later on.
    connection.execute("ALTER TABLE publications RENAME TO published_parts")
    for statement in (_ACCOUNTS, _OWNERS, _PUBLISHED_PARTS.format(name="new_parts")):
        connection.execute(statement)
    connection.execute("INSERT INTO accounts (name) SELECT DISTINCT account FROM published_parts ORDER BY 1")
    connection.execute(
        """INSERT INTO owners (platform, server, owner)
           SELECT DISTINCT platform, server, owner FROM published_parts ORDER BY 1, 2, 3"""
    )
    _refuse_timeless(connection)
    connection.execute(_TAKE_OVER)
    connection.execute("DROP TABLE published_parts")
    connection.execute("ALTER TABLE new_parts RENAME TO published_parts")
    # Made of all rows at once an index is half as large again as one that grew row by row, and takes the place of the old table.
    for statement in (
        "CREATE UNIQUE INDEX published_once ON published_parts (account, remote_id)",
        "CREATE INDEX parts_of_threads ON published_parts (thread, account, part)",
        "CREATE INDEX parts_by_time ON published_parts (account, published)",
        "CREATE INDEX parts_lent ON published_parts (owner) WHERE origin = 'network' AND text IS NOT NULL",
        _PUBLICATIONS,
        LATEST_FIGURES,
        THREAD_FIGURES,
        *(one for one in FIGURE_VIEWS if one.split()[2] in _VIEWS),
        # Of the same second only the newest reading may be one already: to look at all of them at each new one takes the longer
        # the more there are. ``store_figures`` looks at that.
        "DROP TRIGGER snapshots_come_once",
        history("snapshots", ("publication", "number"))[-1],
    ):
        connection.execute(statement)


def _refuse_timeless(connection: sqlite3.Connection) -> None:
    """Raises StateError for a row whose time was written otherwise than contentkit writes it."""
    found = connection.execute(
        "SELECT id, published_at FROM published_parts WHERE strftime('%s', published_at) IS NULL LIMIT 1"
    ).fetchone()
    if found:
        from contentkit.text import one_line

        raise StateError(
            f"contentkit.db: row {found[0]} of publications has no time that can be read: '{one_line(str(found[1]), 40)}'",
            hint="write it as 2026-11-22T05:00:00Z, or restore the file from a backup",
        )


def know_owners(connection: sqlite3.Connection, whose: Iterable[tuple[str, str, str, str]]) -> None:
    """Gives numbers to what has none yet: account, platform, server and the account's id there."""
    new = set(whose)
    connection.executemany(
        "INSERT INTO accounts (name) VALUES (?) ON CONFLICT DO NOTHING", sorted({(account,) for account, *_ in new})
    )
    connection.executemany(
        "INSERT INTO owners (platform, server, owner) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        sorted({(platform, server, owner) for _, platform, server, owner in new}),
    )
