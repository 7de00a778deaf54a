"""The tables of feeds: when each was asked, what it holds, and which of its items were taken."""

from __future__ import annotations

# ``etag`` and ``last_modified`` are what the server said of its last answer, to be asked whether there is a newer one.
_FEEDS = """
CREATE TABLE feeds (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL UNIQUE CHECK (address <> ''),
  title TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  asked_at TEXT NOT NULL
)"""

# An item waits until its copy is written: a run that is broken off leaves it to the next one. What was there before anybody
# asked is passed. ``copy`` is the path in ``sources``.
_FEED_ITEMS = """
CREATE TABLE feed_items (
  id INTEGER PRIMARY KEY,
  feed INTEGER NOT NULL REFERENCES feeds (id),
  item TEXT NOT NULL CHECK (item <> ''),
  state TEXT NOT NULL CHECK (state IN ('passed', 'waiting', 'taken')),
  found_at TEXT NOT NULL,
  taken_at TEXT,
  copy TEXT,
  UNIQUE (feed, item),
  CHECK ((state = 'taken') = (taken_at IS NOT NULL AND copy IS NOT NULL))
)"""

FEEDS = (_FEEDS, _FEED_ITEMS)
