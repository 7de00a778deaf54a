"""``redraft``: other words for a post, shown, noted, chosen; nothing that stood there is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from contentkit.drafts import read_draft
from contentkit.models import Alternative, Draft
from tests.cli.shell import Shell
from tests.cli.strangers_drafter import Stranger

FIRST = "We threw the queue away in March."
OTHERS = ("Our queue lost twelve jobs in a night.", "Nobody missed the queue.", "A lane has no strangers in it.")
SECOND = "Each account has a lane of its own."
NOTE = (FIRST, *(f"or: {words}" for words in OTHERS), SECOND)


@pytest.fixture
def stranger(shell: Shell) -> Stranger:
    return Stranger(shell)


@pytest.fixture
def draft(stranger: Stranger) -> Path:
    """A draft with two posts, in the first of which the drafter noted other words at once."""
    return stranger.drafted(*NOTE)


def read(path: Path) -> Draft:
    return read_draft(path, path.parents[1])


def texts(alternatives: tuple[Alternative, ...]) -> list[str]:
    return [one.text for one in alternatives]


def test_what_is_noted_comes_first_and_what_the_drafter_finds_is_noted_too(stranger: Stranger, draft: Path) -> None:
    before = draft.read_text()
    noted = "<!-- alternative: notes/lanes.md#L9\nNobody wants a queue.\n-->\n"
    draft.write_text(before.replace("\n\n---\n", f"\n{noted}\n---\n", 1))
    ran = stranger.run("redraft", "lanes", "--post", "1")
    assert ran.code == 0, ran.err
    assert [(row[0], row[2], row[3]) for row in ran.rows[1:]] == [
        ("1", "noted", "Nobody wants a queue."),
        *((str(place), "new", words) for place, words in enumerate(OTHERS, 2)),
    ]
    assert texts(read(draft).posts[0].alternatives) == ["Nobody wants a queue.", *OTHERS]
    assert "3 new, written below the post as comments." in ran.err


def test_a_damaged_database_keeps_nobody_from_other_words(stranger: Stranger, draft: Path) -> None:
    (draft.parents[1] / "contentkit.db").write_bytes(b"somebody's notes\n" * 400)
    ran = stranger.run("redraft", "lanes", "--post", "1")
    assert ran.code == 0, ran.err
    assert [row[3] for row in ran.rows[1:]] == [*OTHERS]
    assert ran.err.startswith(
        "What this draft was asked for is not known. contentkit.db: cannot be used: file is not a database"
    )
    assert "These words are not remembered as the drafter's. contentkit.db: cannot be used" in ran.err


def test_noting_changes_nothing_else_of_the_file(stranger: Stranger, draft: Path) -> None:
    messy = draft.read_text().replace("version: 1", "version: 1  # ours").replace(SECOND, f"{SECOND}  <!-- sure? -->")
    draft.write_bytes(messy.replace("\n", "\r\n").encode())
    assert stranger.run("redraft", "lanes", "--post", "1").code == 0
    after = draft.read_bytes().decode()
    comments = after[after.index("<!-- alternative") : after.index("\r\n\r\n---")]
    assert after.replace(comments, "").replace("\r\n\r\n\r\n", "\r\n\r\n") == messy.replace("\n", "\r\n")


def test_a_second_look_writes_nothing_more(stranger: Stranger, draft: Path) -> None:
    stranger.run("redraft", "lanes", "--post", "1")
    before = draft.read_bytes()
    ran = stranger.run("redraft", "lanes", "--post", "1")
    assert (ran.code, [row[2] for row in ran.rows[1:]]) == (0, ["noted"] * 3)
    assert draft.read_bytes() == before


def test_no_more_are_noted_than_asked_for(stranger: Stranger, draft: Path) -> None:
    stranger.run("redraft", "lanes", "--post", "1", "--number", "1")
    assert texts(read(draft).posts[0].alternatives) == list(OTHERS[:1])


def test_the_chosen_words_take_the_place_of_the_post_and_its_own_become_an_alternative(
    stranger: Stranger, draft: Path
) -> None:
    stranger.run("redraft", "lanes", "--post", "1")
    was = read(draft).posts[0]
    ran = stranger.run("redraft", "lanes", "--post", "1", "--choose", "2")
    assert (ran.code, ran.out) == (0, f"{OTHERS[1]}\n")
    post = read(draft).posts[0]
    assert (post.text, post.evidence) == (OTHERS[1], was.alternatives[1].evidence)
    assert texts(post.alternatives) == [OTHERS[0], OTHERS[2], FIRST]
    assert post.alternatives[-1].evidence == was.evidence
    assert stranger.run("check", "lanes").code == 0


def test_the_words_of_a_person_survive_any_number_of_choices(stranger: Stranger, draft: Path) -> None:
    own = 'The queue went in March --> "and" \\ nobody wept.'
    draft.write_text(draft.read_text().replace(FIRST, own))
    draft.write_text(
        draft.read_text().replace("\n\n---\n", "\n<!-- alternative: notes/lanes.md#L5\nB\n-->\n\n---\n", 1)
    )
    for _ in range(2):
        assert stranger.run("redraft", "lanes", "--post", "1", "--choose", "1").code == 0
    assert read(draft).posts[0].text == own
    assert texts(read(draft).posts[0].alternatives) == ["B"]


def test_other_words_do_not_touch_an_approval_and_a_choice_voids_it(stranger: Stranger, draft: Path) -> None:
    stranger.run("schedule", "lanes", "--at", "in 2 hours")
    assert stranger.run("approve", "lanes", "--yes").code == 0
    assert "void" not in stranger.run("redraft", "lanes", "--post", "1").err
    assert "approved" in stranger.run("queue").out
    ran = stranger.run("redraft", "lanes", "--post", "1", "--choose", "1")
    assert "lanes: its approval is void, as other words were approved. Next: contentkit approve lanes" in ran.err
    assert "edited since its approval" in stranger.run("queue").out


def test_without_its_source_only_what_is_noted_is_shown(stranger: Stranger, draft: Path) -> None:
    stranger.run("redraft", "lanes", "--post", "1", "--number", "1")
    (stranger.shell.project / "notes/lanes.md").unlink()
    ran = stranger.run("redraft", "lanes", "--post", "1")
    assert (ran.code, [row[3] for row in ran.rows[1:]]) == (0, [OTHERS[0]])
    assert "notes/lanes.md is not here: nothing is drafted from it." in ran.err
    assert stranger.run("redraft", "lanes", "--post", "1", "--choose", "1").code == 0


def test_a_drafter_that_offers_nothing_shows_what_is_noted(stranger: Stranger, draft: Path) -> None:
    ran = stranger.run("redraft", "lanes", "--post", "1", "--drafter", "silent")
    assert (ran.code, "offers no other words" in ran.err) == (0, True)


def test_a_post_without_other_words_says_so(stranger: Stranger, draft: Path) -> None:
    before = draft.read_bytes()
    ran = stranger.run("redraft", "lanes", "--post", "2")
    assert (ran.code, ran.out) == (0, "")
    assert "drafts/lanes.md: post 2: the source has no other words for it." in ran.err
    assert draft.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--post", "3"), "drafts/lanes.md has 2 posts, not 3"),
        (("--post", "2", "--choose", "1"), "drafts/lanes.md: post 2 has no alternative in its comments"),
        ((), "redraft: missing option '--post'"),
        (("--post", "0"), "redraft: invalid value for '--post'"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(
    stranger: Stranger, draft: Path, words: tuple[str, ...], message: str
) -> None:
    ran = stranger.run("redraft", "lanes", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"contentkit: {message}")


def test_what_was_offered_is_remembered_as_the_drafters(stranger: Stranger, draft: Path) -> None:
    stranger.run("redraft", "lanes", "--post", "1", "--number", "2")
    with closing(sqlite3.connect(stranger.shell.project / "contentkit.db")) as database:
        assert database.execute("SELECT slug, post, text FROM offered_posts").fetchall() == [
            ("lanes", 1, words) for words in OTHERS[:2]
        ]


def test_without_a_project_a_draft_can_be_redrafted_too(stranger: Stranger) -> None:
    folder = stranger.shell.home / "elsewhere"
    folder.mkdir()
    (folder / "lanes.md").write_text("\n\n".join(("# The lanes", *NOTE)))
    shell = stranger.shell.at(folder)
    for words in (("draft", "lanes.md", "--slug", "lanes", "--drafter", "paragraphs"),
                  ("redraft", "drafts/lanes.md", "--post", "1", "--drafter", "paragraphs")):  # fmt: skip
        assert shell.run(*words, variables=stranger.variables).code == 0
    assert texts(read(folder / "drafts/lanes.md").posts[0].alternatives) == list(OTHERS)
    assert not (folder / "contentkit.db").exists()


@pytest.mark.parametrize("words", [("redraft", "lanes", "--post", "1"), ("draft", "lanes", "--again")])
def test_a_draft_that_is_a_link_to_elsewhere_is_left_alone(
    stranger: Stranger, draft: Path, words: tuple[str, ...]
) -> None:
    elsewhere = stranger.shell.home / "elsewhere.md"
    draft.rename(elsewhere)
    draft.symlink_to(elsewhere)
    stranger.note(SECOND)
    before = elsewhere.read_bytes()
    ran = stranger.run(*words)
    assert (ran.code, "drafts/lanes.md: leads out of the project" in ran.err) == (1, True)
    assert elsewhere.read_bytes() == before


def test_the_words_of_what_is_published_are_not_changed(stranger: Stranger, draft: Path) -> None:
    stranger.run("redraft", "lanes", "--post", "1")
    stranger.run("schedule", "lanes", "--at", "now")
    stranger.run("approve", "lanes", "--yes")
    assert stranger.run("post").code == 0
    stranger.note(SECOND)
    before = draft.read_bytes()
    for words in (("redraft", "lanes", "--post", "1", "--choose", "1"), ("draft", "lanes", "--again")):
        ran = stranger.run(*words)
        assert (ran.code, "drafts/lanes.md is published as lanes" in ran.err) == (2, True), ran.err
    assert draft.read_bytes() == before


def test_a_drafter_that_fails_keeps_nobody_from_what_is_noted(stranger: Stranger, draft: Path) -> None:
    stranger.note(*NOTE, title="Please refuse")
    ran = stranger.run("redraft", "lanes", "--post", "1")
    assert (ran.code, ran.err) == (1, "contentkit: notes/lanes.md: nobody may draft from this\n  ask first\n")
    noted = "<!-- alternative: notes/lanes.md#L9\nNobody wants a queue.\n-->\n"
    draft.write_text(draft.read_text().replace("\n\n---\n", f"\n{noted}\n---\n", 1))
    ran = stranger.run("redraft", "lanes", "--post", "1")
    assert (ran.code, [row[3] for row in ran.rows[1:]]) == (0, ["Nobody wants a queue."])
    assert "nobody may draft from this (ask first)" in ran.err
