"""The tables of drafts: what a drafter wrote, word for word, and what it had been asked for.

They are the base that a person's edits are told from: the draft's file has both. ``evidence`` is written as drafts have it
(``notes/call.md#L12-L14 sha:3f9a61c2``, with semicolons between several). Sources stand by name and digest, so that what was
drafted from them can be read when they are gone.
"""

from __future__ import annotations

# One run of a drafter for one draft. What was not asked for is NULL; ``story`` of ``stories`` is the place among several
# threads that were asked for together. ``account`` is where the limit came from.
_DRAFTINGS = """
CREATE TABLE draftings (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL CHECK (slug <> ''),
  drafted_at TEXT NOT NULL,
  drafter TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  founder TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  link TEXT NOT NULL DEFAULT '',
  asked_posts INTEGER CHECK (asked_posts > 0),
  asked_speaker TEXT,
  asked_angle TEXT,
  asked_language TEXT,
  asked_link TEXT,
  asked_platform TEXT,
  account TEXT NOT NULL DEFAULT '',
  story INTEGER CHECK (story BETWEEN 1 AND stories),
  stories INTEGER,
  CHECK ((story IS NULL) = (stories IS NULL))
)"""

_DRAFTED_SOURCES = """
CREATE TABLE drafted_sources (
  id INTEGER PRIMARY KEY,
  drafting INTEGER NOT NULL REFERENCES draftings (id),
  source TEXT NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (drafting, source)
)"""

_DRAFTED_POSTS = """
CREATE TABLE drafted_posts (
  id INTEGER PRIMARY KEY,
  drafting INTEGER NOT NULL REFERENCES draftings (id),
  number INTEGER NOT NULL CHECK (number > 0),
  text TEXT NOT NULL,
  evidence TEXT NOT NULL DEFAULT '',
  UNIQUE (drafting, number)
)"""

# Other words for a post, those that came with the draft and those that were asked for later.
_OFFERED_POSTS = """
CREATE TABLE offered_posts (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL CHECK (slug <> ''),
  post INTEGER NOT NULL CHECK (post > 0),
  offered_at TEXT NOT NULL,
  drafter TEXT NOT NULL,
  text TEXT NOT NULL,
  evidence TEXT NOT NULL DEFAULT ''
)"""

_INDEXES = (
    "CREATE INDEX draftings_by_slug ON draftings (slug)",
    "CREATE INDEX offered_posts_by_slug ON offered_posts (slug)",
)

# What the drafter wrote last for each draft, post by post, to be laid beside what became of it.
_LATEST = """
CREATE VIEW latest_drafted_posts AS
SELECT draftings.slug, drafted_posts.number, drafted_posts.text, drafted_posts.evidence, draftings.drafter,
  draftings.founder, draftings.drafted_at
FROM drafted_posts JOIN draftings ON draftings.id = drafted_posts.drafting
WHERE draftings.id = (SELECT max(id) FROM draftings AS later WHERE later.slug = draftings.slug)
ORDER BY draftings.slug, drafted_posts.number"""

DRAFTED = (_DRAFTINGS, _DRAFTED_SOURCES, _DRAFTED_POSTS, _OFFERED_POSTS, *_INDEXES, _LATEST)
