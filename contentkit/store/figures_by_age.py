"""The seventh form of the figures: readings know the age that they count for, threads what they came from.

``snapshots`` is ordered by publication, so that all readings of a post lie together: ten million of them fit into less than a
gigabyte, and a thread's are found at once. ``number`` counts a publication's readings in the order in which they were added.
What would be the same words in each row is not stored: ``taken`` are the seconds of Unix, ``lost`` is NULL where figures were
told, and ``taken_at`` and ``state`` say both to people.
"""

from __future__ import annotations

import sqlite3

from contentkit.ages import AGES, latest_hour
from contentkit.store.figures import history

# What is known of an entry beyond its words, as files said it when it was last looked at; NULL where nobody knows.
# ``hook`` is how its first post begins (a question, a number, a quotation ...).
_ENTRIES = """
CREATE TABLE entries (
  id TEXT PRIMARY KEY CHECK (id <> ''),
  draft TEXT,
  title TEXT,
  campaign TEXT,
  slot TEXT,
  founder TEXT,
  language TEXT,
  drafter TEXT,
  hook TEXT,
  noted_at TEXT
)"""
_ENTRY_SOURCES = """
CREATE TABLE entry_sources (
  entry TEXT NOT NULL REFERENCES entries (id),
  source TEXT NOT NULL CHECK (source <> ''),
  PRIMARY KEY (entry, source)
) WITHOUT ROWID"""

# A copy for joins: the journal stays the only authority. ``origin`` says where it is known from: contentkit published it
# ('here'), an export of the network told of it ('archive'), or the network's own list of our posts ('network'), whose words
# may be kept for as long only as the post stands there. ``opening`` is the remote id of the first post of its thread where it
# continues one that has no entry. ``parent`` is the remote id of our own post that it replies to; where it is NULL nobody knows,
# and a part is taken to follow the one before.
_PUBLICATIONS = """
CREATE TABLE publications (
  id INTEGER PRIMARY KEY,
  entry TEXT REFERENCES entries (id),
  account TEXT NOT NULL,
  platform TEXT NOT NULL,
  server TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  part INTEGER NOT NULL CHECK (part >= 0),
  parts INTEGER NOT NULL CHECK (parts > part),
  post INTEGER,
  remote_id TEXT NOT NULL CHECK (remote_id <> ''),
  url TEXT NOT NULL,
  published_at TEXT NOT NULL,
  text TEXT,
  language TEXT,
  origin TEXT NOT NULL DEFAULT 'here' CHECK (origin IN ('here', 'archive', 'network')),
  opening TEXT,
  parent TEXT,
  thread TEXT NOT NULL GENERATED ALWAYS AS (coalesce(entry, 'post ' || coalesce(opening, remote_id))) VIRTUAL,
  UNIQUE (account, remote_id)
)"""

_SNAPSHOTS = """
CREATE TABLE snapshots (
  publication INTEGER NOT NULL REFERENCES publications (id),
  number INTEGER NOT NULL CHECK (number > 0),
  age INTEGER,
  taken INTEGER NOT NULL,
  lost TEXT CHECK (lost IN ('deleted', 'unavailable')),
  own_replies INTEGER NOT NULL DEFAULT 0 CHECK (own_replies >= 0),
  replies INTEGER CHECK (replies >= 0),
  likes INTEGER CHECK (likes >= 0),
  shares INTEGER CHECK (shares >= 0),
  quotes INTEGER CHECK (quotes >= 0),
  bookmarks INTEGER CHECK (bookmarks >= 0),
  impressions INTEGER CHECK (impressions >= 0),
  link_clicks INTEGER CHECK (link_clicks >= 0),
  profile_clicks INTEGER CHECK (profile_clicks >= 0),
  taken_at TEXT NOT NULL GENERATED ALWAYS AS (strftime('%Y-%m-%dT%H:%M:%SZ', taken, 'unixepoch')) VIRTUAL,
  state TEXT NOT NULL GENERATED ALWAYS AS (coalesce(lost, 'told')) VIRTUAL,
  PRIMARY KEY (publication, number),
  CHECK (
    lost IS NULL
    OR coalesce(replies, likes, shares, quotes, bookmarks, impressions, link_clicks, profile_clicks) IS NULL
  )
) WITHOUT ROWID"""
_COPIED = "own_replies, replies, likes, shares, quotes, bookmarks, impressions, link_clicks, profile_clicks"

# The last figures that were told, and what became of the post since. Our own continuation is no reply.
LATEST_FIGURES = """
CREATE VIEW latest_figures AS
SELECT
  publications.*,
  newest.state,
  newest.taken_at AS asked_at,
  told.taken_at AS told_at,
  max(0, told.replies - told.own_replies) AS replies,
  told.likes,
  told.shares,
  told.quotes,
  told.bookmarks,
  told.impressions,
  told.link_clicks,
  told.profile_clicks
FROM publications
LEFT JOIN snapshots AS newest ON newest.publication = publications.id AND newest.number =
  (SELECT max(number) FROM snapshots WHERE publication = publications.id)
LEFT JOIN snapshots AS told ON told.publication = publications.id AND told.number =
  (SELECT max(number) FROM snapshots WHERE publication = publications.id AND lost IS NULL)"""

# A thread's figures are the sums of what was told of its parts; ``told`` says of how many.
THREAD_FIGURES = """
CREATE VIEW thread_figures AS
SELECT
  entry, account, platform, thread,
  min(published_at) AS published_at,
  min(CASE part WHEN 0 THEN url END) AS url,
  min(CASE part WHEN 0 THEN text END) AS opening_text,
  max(parts) AS parts,
  count(*) AS published,
  count(told_at) AS told,
  count(asked_at) AS asked,
  count(CASE state WHEN 'deleted' THEN 1 END) AS deleted,
  count(CASE state WHEN 'unavailable' THEN 1 END) AS unavailable,
  min(asked_at) AS asked_at,
  sum(replies) AS replies,
  sum(likes) AS likes,
  sum(shares) AS shares,
  sum(quotes) AS quotes,
  sum(bookmarks) AS bookmarks,
  sum(impressions) AS impressions,
  sum(link_clicks) AS link_clicks,
  sum(profile_clicks) AS profile_clicks
FROM latest_figures
GROUP BY thread, account"""


def figures_by_age(connection: sqlite3.Connection) -> None:
    """Takes the figures of the sixth form over, row for row, within the caller's transaction."""
    for view in ("thread_figures", "latest_figures"):
        connection.execute(f"DROP VIEW {view}")
    for trigger in ("are_history", "stay", "come_once"):
        connection.execute(f"DROP TRIGGER snapshots_{trigger}")
    for index in ("publications_of_entries", "publications_by_time", "snapshots_in_order"):
        connection.execute(f"DROP INDEX {index}")
    connection.execute("ALTER TABLE snapshots RENAME TO old_snapshots")
    connection.execute("ALTER TABLE publications RENAME TO old_publications")
    for statement in (_ENTRIES, _ENTRY_SOURCES, _PUBLICATIONS, _SNAPSHOTS):
        connection.execute(statement)
    connection.execute("INSERT INTO entries (id) SELECT DISTINCT entry FROM old_publications WHERE entry <> ''")
    connection.execute(
        """INSERT INTO publications (id, entry, account, platform, server, owner, part, parts, post, remote_id, url,
             published_at, text)
           SELECT id, nullif(entry, ''), account, platform, server, owner, part, parts, post, remote_id, url, published_at, text
           FROM old_publications"""
    )
    connection.execute(
        f"""INSERT INTO snapshots (publication, number, age, taken, lost, {_COPIED})
            SELECT publication, row_number() OVER (PARTITION BY publication ORDER BY old.id), {_age_in_sql()},
              CAST(strftime('%s', taken_at) AS INTEGER), nullif(state, 'told'), {_COPIED}
            FROM old_snapshots AS old JOIN old_publications ON old_publications.id = old.publication"""  # noqa: S608 - our own words
    )
    connection.execute("DROP TABLE old_snapshots")
    connection.execute("DROP TABLE old_publications")
    for statement in (
        "CREATE INDEX publications_of_threads ON publications (thread, account, part)",
        "CREATE INDEX publications_by_time ON publications (account, published_at)",
        "CREATE INDEX publications_lent ON publications (platform) WHERE origin = 'network' AND text IS NOT NULL",
        *history("snapshots", ("publication", "number"), ("publication", "taken")),
        LATEST_FIGURES,
        THREAD_FIGURES,
    ):
        connection.execute(statement)


def _age_in_sql() -> str:
    """The age that a reading of the sixth form counts for, as ``ages.age_of`` says it."""
    elapsed = "(strftime('%s', taken_at) - strftime('%s', published_at))"
    cases = []
    for age in reversed(AGES):
        latest = latest_hour(age)
        until = "" if latest is None else f" AND {elapsed} < {int(latest * 3600)}"
        cases.append(f"WHEN {elapsed} >= {age * 3600}{until} THEN {age}")
    return f"CASE {' '.join(cases)} END"
