"""What is remembered of drafts, and what another program reads of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from contentkit.models import Alternative, Draft, Evidence, Passage, Post, Source
from contentkit.store.database import DATABASE_NAME, STEPS, database_in, register_source
from contentkit.store.drafted import (
    Asked,
    Drafted,
    drafted_slugs,
    last_drafted,
    remember_drafted,
    remember_offered,
    words_drafted,
)

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
EVIDENCE = Evidence(source="notes/call.md", first=3, last=4, sha="3f9a61c2")
DRAFT = Draft(
    slug="lanes",
    title="Lanes",
    sources=("notes/call.md",),
    founder="ana",
    language="en",
    link="https://example.org/lanes",
    drafter="extractive",
    posts=(
        Post(
            text="We threw the queue away;\n\nit was 'ours'. 🎉",
            evidence=(EVIDENCE, replace(EVIDENCE, first=9, last=9)),
        ),
        Post(text="Nothing waits any more.", evidence=(EVIDENCE,)),
    ),
)
ASKED = Asked(
    posts=5, speaker="Ana Torres", angle="why lanes", language="en", platform="x", account="ours", story=2, stories=3
)
DRAFTED = Drafted(draft=DRAFT, at=NOW, asked=ASKED, sources={"notes/call.md": "d1"})
OTHER = Alternative(text="Each account has a lane.", evidence=(EVIDENCE,))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with database_in(tmp_path) as database:
        yield database


def test_what_was_drafted_is_told_word_for_word_with_what_was_asked_for(database: Database) -> None:
    remember_drafted(database, DRAFTED)

    assert last_drafted(database, "lanes") == DRAFTED


def test_what_was_left_out_of_the_question_is_left_out_of_the_answer(database: Database) -> None:
    bare = Drafted(draft=replace(DRAFT, founder="", link="", language="", title="", sources=()), at=NOW)
    remember_drafted(database, bare)

    assert last_drafted(database, "lanes") == bare


def test_the_last_run_counts_and_the_ones_before_stay(database: Database, tmp_path: Path) -> None:
    again = replace(DRAFTED, at=NOW - timedelta(days=1), draft=replace(DRAFT, posts=DRAFT.posts[:1]))
    remember_drafted(database, DRAFTED)
    remember_drafted(database, again)

    assert last_drafted(database, "lanes") == again
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as other:
        assert other.execute("SELECT slug, number, drafter FROM latest_drafted_posts").fetchall() == [
            ("lanes", 1, "extractive")
        ]
        assert other.execute("SELECT count(*) FROM drafted_posts").fetchall() == [(3,)]


def test_a_draft_that_nobody_drafted_here_has_no_base(database: Database) -> None:
    remember_drafted(database, DRAFTED)

    assert last_drafted(database, "queue") is None


def test_every_text_that_a_drafter_offered_is_known_as_its_own(database: Database) -> None:
    hook = Alternative(text="A lane for each account.")
    first, second = DRAFT.posts
    remember_drafted(
        database, replace(DRAFTED, draft=replace(DRAFT, posts=(replace(first, alternatives=(hook,)), second)))
    )
    remember_offered(database, DRAFT, 2, [OTHER], NOW)
    remember_offered(database, replace(DRAFT, slug="queue"), 1, [Alternative(text="Not of this draft.")], NOW)

    assert words_drafted(database, "lanes") == {first.text, second.text, hook.text, OTHER.text}


def test_drafts_are_found_by_founder_the_last_drafted_one_at_the_end(database: Database) -> None:
    for slug, founder in (("a", "ana"), ("b", "ben"), ("c", "ana"), ("a", "ana")):
        remember_drafted(database, Drafted(draft=replace(DRAFT, slug=slug, founder=founder), at=NOW))

    assert drafted_slugs(database, "ana") == ["c", "a"]
    assert drafted_slugs(database) == ["b", "c", "a"]


def test_a_draft_is_remembered_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        remember_drafted(database, replace(DRAFTED, asked=replace(ASKED, story=4)))

    assert last_drafted(database, "lanes") is None


def test_a_draft_can_be_told_when_its_source_is_no_longer_known(database: Database) -> None:
    said = Passage(kind="paragraph", text="We threw the queue away.", first=1, last=1)
    register_source(database, Source(path="notes/call.md", kind="note", lines=(said.text,), passages=(said,)), NOW)
    remember_drafted(database, DRAFTED)
    database.conn.execute("DELETE FROM passages")
    database.conn.execute("DELETE FROM sources")

    assert last_drafted(database, "lanes") == DRAFTED


def test_a_database_from_before_drafts_were_remembered_keeps_its_rows(tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        made = database.conn.execute("SELECT type, name FROM sqlite_master ORDER BY name").fetchall()
    (tmp_path / DATABASE_NAME).unlink()
    with closing(Database(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None))) as before:
        for step in STEPS[:4]:
            step(before)
        before.conn.execute("PRAGMA user_version = 4")
        before.conn.execute(
            "INSERT INTO feeds (address, asked_at) VALUES ('https://example.org/feed', '2026-11-22T09:00:00Z')"
        )

    with database_in(tmp_path) as database:
        remember_drafted(database, DRAFTED)
        assert last_drafted(database, "lanes") == DRAFTED
        assert database.conn.execute("SELECT address FROM feeds").fetchall() == [("https://example.org/feed",)]
        assert database.conn.execute("SELECT type, name FROM sqlite_master ORDER BY name").fetchall() == made
