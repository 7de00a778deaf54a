"""The tables of figures: what was published, what the networks counted of it, and what asking for it cost.

How a figure reads: 0 was counted; NULL was not told; a snapshot of the state ``deleted`` or ``unavailable`` has no
figures; what was never asked for has no snapshot. Times are UTC as ``2026-11-22T05:00:00Z``, so that text compares as time does.
"""

from __future__ import annotations

# What a network tells of a post, by the columns that keep it.
COUNTS = ("replies", "likes", "shares", "quotes", "bookmarks", "impressions", "link_clicks", "profile_clicks")

# A copy for joins: the journal stays the only authority. What was published elsewhere has no entry, and words, or the post
# of the draft that a part came from, are unknown where only a receipt tells of it. ``account`` is its name here; ``server`` and
# ``owner``, the account's id there, say whose it is on the network, and are empty where that is not known.
_PUBLICATIONS = """
CREATE TABLE publications (
  id INTEGER PRIMARY KEY,
  entry TEXT,
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
  UNIQUE (account, remote_id)
)"""

# One reading of one publication. The newest is the one that was added last: clocks are set back, ids are not.
_SNAPSHOTS = """
CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY,
  publication INTEGER NOT NULL REFERENCES publications (id),
  taken_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('told', 'deleted', 'unavailable')),
  own_replies INTEGER NOT NULL DEFAULT 0 CHECK (own_replies >= 0),
  replies INTEGER CHECK (replies >= 0),
  likes INTEGER CHECK (likes >= 0),
  shares INTEGER CHECK (shares >= 0),
  quotes INTEGER CHECK (quotes >= 0),
  bookmarks INTEGER CHECK (bookmarks >= 0),
  impressions INTEGER CHECK (impressions >= 0),
  link_clicks INTEGER CHECK (link_clicks >= 0),
  profile_clicks INTEGER CHECK (profile_clicks >= 0),
  UNIQUE (publication, taken_at),
  CHECK (
    state = 'told'
    OR coalesce(replies, likes, shares, quotes, bookmarks, impressions, link_clicks, profile_clicks) IS NULL
  )
)"""

_ACCOUNT_SNAPSHOTS = """
CREATE TABLE account_snapshots (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  server TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  taken_at TEXT NOT NULL,
  followers INTEGER CHECK (followers >= 0),
  following INTEGER CHECK (following >= 0),
  statuses INTEGER CHECK (statuses >= 0),
  UNIQUE (account, taken_at)
)"""

# What a network charges once a UTC day. ``counts_as`` is its price in reads of one status; a second row that counts as much
# less takes the charge back, and two that cancel out say that another command counted on it.
_READS = """
CREATE TABLE reads (
  id INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  platform TEXT NOT NULL,
  account TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('status', 'account')),
  remote_id TEXT NOT NULL,
  counts_as INTEGER NOT NULL CHECK (counts_as <> 0)
)"""

# The last figures that were told, and what became of the post since. Our own continuation is no reply.
_LATEST_FIGURES = """
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
LEFT JOIN snapshots AS newest ON newest.id =
  (SELECT max(id) FROM snapshots WHERE publication = publications.id)
LEFT JOIN snapshots AS told ON told.id =
  (SELECT max(id) FROM snapshots WHERE publication = publications.id AND state = 'told')"""

# A thread's figures are the sums of what was told of its parts; ``told`` says of how many.
_THREAD_FIGURES = """
CREATE VIEW thread_figures AS
SELECT
  entry, account, platform,
  min(published_at) AS published_at,
  min(CASE part WHEN 0 THEN url END) AS url,
  min(CASE part WHEN 0 THEN text END) AS opening,
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
GROUP BY coalesce(entry, 'post ' || id), account"""


def history(table: str, *keys: tuple[str, ...]) -> tuple[str, ...]:
    """Triggers that keep a table's rows as they were written; REPLACE would delete without the third."""
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} are history'); END"
    same = " OR ".join(" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
    return (
        f"CREATE TRIGGER {table}_are_history BEFORE UPDATE ON {table} {refusal}",
        f"CREATE TRIGGER {table}_stay BEFORE DELETE ON {table} {refusal}",
        f"CREATE TRIGGER {table}_come_once BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {refusal}",  # noqa: S608 - our own names
    )


FIGURES = (
    _PUBLICATIONS,
    "CREATE INDEX publications_of_entries ON publications (entry, account, part)",
    "CREATE INDEX publications_by_time ON publications (account, published_at)",
    _SNAPSHOTS,
    "CREATE INDEX snapshots_in_order ON snapshots (publication, id)",
    _ACCOUNT_SNAPSHOTS,
    _READS,
    "CREATE INDEX reads_by_day ON reads (day, platform, account, kind, remote_id)",
    *history("snapshots", ("id",), ("publication", "taken_at")),
    *history("account_snapshots", ("id",), ("account", "taken_at")),
    *history("reads", ("id",)),
    _LATEST_FIGURES,
    _THREAD_FIGURES,
)
