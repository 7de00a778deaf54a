"""Several threads from one source: a draft each, ranked, all of them or none."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.cli.shell import Shell
from tests.cli.strangers_drafter import Stranger

SAID = [f"{word} is what we counted first of all." for word in ("March", "April", "May", "June")]


@pytest.fixture
def stranger(shell: Shell) -> Stranger:
    stranger = Stranger(shell)
    stranger.note(*SAID)
    return stranger


def test_each_story_becomes_a_draft_of_its_own_and_is_listed_by_rank(stranger: Stranger) -> None:
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "2")
    assert ran.code == 0, ran.err
    assert ran.rows == [
        ["rank", "title", "opening", "posts", "draft"],
        ["1", "Story 1", SAID[0], "2", "drafts/story-1.md"],
        ["2", "Story 2", SAID[2], "2", "drafts/story-2.md"],
    ]
    assert SAID[1] in (stranger.shell.project / "drafts/story-1.md").read_text()
    assert stranger.run("check", "story-1", "story-2").code == 0


def test_programs_get_the_drafts_as_json(stranger: Stranger) -> None:
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "2", "--json")
    assert [(draft["title"], draft["path"]) for draft in ran.json] == [
        ("Story 1", "drafts/story-1.md"),
        ("Story 2", "drafts/story-2.md"),
    ]


def test_a_name_is_numbered(stranger: Stranger) -> None:
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "2", "--slug", "spring", "--json")
    assert [draft["path"] for draft in ran.json] == ["drafts/spring-1.md", "drafts/spring-2.md"]


def test_where_one_name_is_taken_none_is_written(stranger: Stranger) -> None:
    stranger.shell.write("drafts/story-2.md", "mine")
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "2")
    assert (ran.code, "drafts/story-2.md exists already" in ran.err) == (2, True)
    assert sorted(path.name for path in (stranger.shell.project / "drafts").iterdir()) == ["launch.md", "story-2.md"]


def test_of_what_cannot_be_remembered_no_file_is_left(stranger: Stranger) -> None:
    (stranger.shell.project / "contentkit.db").write_text("no database at all\n" * 40)
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "2")
    assert (ran.code, "contentkit.db: cannot be used" in ran.err) == (1, True)
    assert sorted(path.name for path in (stranger.shell.project / "drafts").iterdir()) == ["launch.md"]


def test_fewer_stories_than_asked_for_are_told(stranger: Stranger) -> None:
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "9")
    assert (ran.code, len(ran.rows) - 1) == (0, 4)
    assert "9 stories were asked for; the source holds 4." in ran.err


def test_a_drafter_without_stories_is_told_by_name(stranger: Stranger) -> None:
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "2", "--drafter", "silent")
    assert (ran.code, ran.out) == (2, "")
    assert "the drafter 'silent' finds no stories: it lacks what TellsStories asks for" in ran.err


def test_the_stories_of_several_sources_cannot_be_meant(stranger: Stranger) -> None:
    ran = stranger.run("draft", "notes/lanes.md", "notes/call.md", "--stories", "2")
    assert (ran.code, "--stories tells those of one source" in ran.err) == (2, True)


def test_which_of_how_many_a_story_was_is_remembered(stranger: Stranger) -> None:
    stranger.run("draft", "notes/lanes.md", "--stories", "2")
    with closing(sqlite3.connect(stranger.shell.project / "contentkit.db")) as database:
        assert database.execute("SELECT slug, story, stories FROM draftings").fetchall() == [
            ("story-1", 1, 2),
            ("story-2", 2, 2),
        ]


def test_a_source_without_a_story_is_told_and_nothing_is_written(stranger: Stranger) -> None:
    stranger.shell.write("notes/lanes.md", "# The lanes\n\n- A list, and nothing else.\n")
    ran = stranger.run("draft", "notes/lanes.md", "--stories", "2")
    assert (ran.code, ran.err.startswith("contentkit: notes/lanes.md: holds no story\n")) == (1, True)
