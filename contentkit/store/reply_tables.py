"""The answers to our posts and the mentions of our accounts, as the networks told of them, and up to where each was asked."""

from __future__ import annotations

# One status of somebody else. ``parent`` is the remote id of what it replies to, ``answers_to`` the post of ours that its
# conversation began under; both are NULL for a plain mention. ``seen_at`` is when the network last showed it. Words leave with
# what is gone, and when ``words_until`` is over; those that were written to few are never kept. ``settled_at`` is when it was
# known that it waits no more.
_REPLIES = """
CREATE TABLE replies (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  platform TEXT NOT NULL,
  server TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  remote_id TEXT NOT NULL CHECK (remote_id <> ''),
  url TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT,
  written_at TEXT NOT NULL,
  parent TEXT,
  answers_to INTEGER REFERENCES publications (id),
  visibility TEXT,
  warning TEXT,
  text TEXT,
  words_until TEXT,
  heard_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'answered', 'put aside', 'gone')),
  settled_at TEXT,
  UNIQUE (account, remote_id),
  CHECK ((state = 'waiting') = (settled_at IS NULL))
)"""

# Up to where each account was asked: ``mark`` is the network's own word for it, ``looked_at`` when our own answers were last
# looked for. ``refused`` says why nothing was told, where something stands in the way.
_HEARINGS = """
CREATE TABLE hearings (
  account TEXT NOT NULL,
  server TEXT NOT NULL,
  owner TEXT NOT NULL,
  mark TEXT NOT NULL DEFAULT '',
  asked_at TEXT NOT NULL,
  looked_at TEXT,
  refused TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (account, server, owner)
) WITHOUT ROWID"""

REPLIES: tuple[str, ...] = (
    _REPLIES,
    "CREATE INDEX replies_by_state ON replies (state, written_at)",
    "CREATE INDEX replies_to_posts ON replies (answers_to)",
    _HEARINGS,
)
