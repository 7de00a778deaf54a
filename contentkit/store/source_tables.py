"""The tables of sources: each as it was when it was read, by its path and a digest of its content, and its passages in order."""

from __future__ import annotations

_SOURCES = """
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  digest TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT,
  author TEXT,
  written TEXT,
  language TEXT,
  link TEXT,
  redactions INTEGER NOT NULL,
  read_at TEXT NOT NULL
)"""

_PASSAGES = """
CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES sources(id),
  kind TEXT NOT NULL,
  speaker TEXT,
  first_line INTEGER NOT NULL,
  last_line INTEGER NOT NULL,
  text TEXT NOT NULL
)"""

SOURCES = (
    _SOURCES,
    "CREATE UNIQUE INDEX idx_sources_path_digest ON sources (path, digest)",
    _PASSAGES,
    "CREATE INDEX idx_passages_source ON passages (source)",
)
