"""``draft --again``: the drafter's posts follow the source, and what people did stays to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.drafts import parse_draft
from tests.cli.shell import Shell
from tests.cli.strangers_drafter import Stranger

A, B, C = (
    "We threw the queue away in March.",
    "Each account has a lane of its own.",
    "Nobody waits for a stranger's trouble.",
)
C_TODAY = "Nobody waits for a stranger's trouble, not even on Mondays."
NEW = "The lanes were painted by twelve people."
OWN = "Our mothers asked what a queue is."


@pytest.fixture
def stranger(shell: Shell) -> Stranger:
    return Stranger(shell)


@pytest.fixture
def draft(stranger: Stranger) -> Path:
    return stranger.drafted(A, B, C)


def posts(path: Path) -> list[str]:
    return [post.text for post in parse_draft(path.read_text(), "drafts/lanes.md").posts]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_a_source_that_changed_makes_the_draft_stale_and_drafting_again_mends_that(
    stranger: Stranger, draft: Path
) -> None:
    stranger.run("schedule", "lanes", "--at", "in 2 hours")
    stranger.note(A, B, C_TODAY, NEW)
    assert "stale: the sources changed under post 3" in stranger.run("queue").out
    assert "CK104" in stranger.run("check", "lanes").out
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert ran.code == 0, ran.err
    assert posts(draft) == [A, B, C_TODAY, NEW]
    assert "drafts/lanes.md: 1 drafted anew, 1 new." in ran.err
    assert "stale" not in stranger.run("queue").out
    assert stranger.run("check", "lanes").code == 0


def test_what_people_did_stays_and_is_told(stranger: Stranger, draft: Path) -> None:
    edit(draft, B, f"{B[:-1]}, and we like it.")
    edit(draft, f"---\n\n{C}", f"---\n\n{OWN}\n<!-- evidence: notes/lanes.md#L5 -->\n\n---\n\n{C}")
    stranger.note("First of all, thank you.", A, "Each account now has a lane.", C_TODAY)
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert ran.code == 0, ran.err
    assert posts(draft) == ["First of all, thank you.", A, f"{B[:-1]}, and we like it.", OWN, C_TODAY]
    assert "Post 3 stays as you wrote it." in ran.err
    assert "Post 4 stays: it is yours." in ran.err


def test_a_post_that_was_taken_out_stays_out(stranger: Stranger, draft: Path) -> None:
    text = draft.read_text()
    draft.write_text(text[: text.index(B)] + text[text.index(C) :])
    stranger.note(A, B, C_TODAY)
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert posts(draft) == [A, C_TODAY]
    assert f"Left out, as you took it out: {B}" in ran.err
    assert stranger.run("draft", "drafts/lanes.md", "--again").code == 0
    assert posts(draft) == [A, C_TODAY]


def test_all_but_the_words_stays_byte_for_byte(stranger: Stranger, draft: Path) -> None:
    edit(draft, "version: 1\n", "version: 1   # ours\ntags: [a,   b]\n")
    edit(draft, C, f"<!-- To Ana: sure? -->\n{C}")
    text = (
        draft.read_text()
        + '![Lanes](lanes.png)\n\n<!-- only:  x,mastodon -->\n<!-- waive: CK201 "1" by Ana: so it is -->\n'
    )
    draft.write_bytes(text.replace("\n", "\r\n").encode())
    stranger.note(A, B, C_TODAY)
    assert stranger.run("draft", "drafts/lanes.md", "--again").code == 0
    after = draft.read_bytes().decode()
    old, new = text.replace("\n", "\r\n").splitlines(keepends=True), after.splitlines(keepends=True)
    changed = [(before, line) for before, line in zip(old, new, strict=True) if before != line]
    assert [line for _, line in changed][:1] == [f"{C_TODAY}\r\n"]
    assert all(line.startswith("<!-- evidence:") for _, line in changed[1:])


def test_lines_that_only_moved_are_pointed_at_anew_below_a_persons_words_too(stranger: Stranger, draft: Path) -> None:
    edit(draft, B, f"{B} And we like it.")
    stranger.note(NEW, A, B, C)
    assert stranger.run("draft", "drafts/lanes.md", "--again").code == 0
    assert stranger.run("check", "lanes").code == 0
    assert "notes/lanes.md#L7 " in draft.read_text()


def test_the_same_source_changes_nothing(stranger: Stranger, draft: Path) -> None:
    edit(draft, B, f"{B} And we like it.")
    before = draft.read_bytes()
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert "drafts/lanes.md: the drafter writes the same today; nothing was changed." in ran.err
    assert draft.read_bytes() == before


def test_an_untouched_post_that_the_source_no_longer_has_goes_unless_somebody_noted_something_there(
    stranger: Stranger, draft: Path
) -> None:
    edit(draft, B, f"<!-- To Ana: sure? -->\n{B}")
    stranger.note("Wholly different now.", "And nothing as it was.")
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert set(posts(draft)) == {B, "Wholly different now.", "And nothing as it was."}
    assert "stays for what you put there, though the drafter has no such post today." in ran.err
    assert "2 gone" in ran.err


def test_the_words_of_the_first_draft_are_asked_for_again_as_they_were(stranger: Stranger) -> None:
    stranger.note(A, B, C)
    stranger.run("draft", "notes/lanes.md", "--slug", "lanes", "--posts", "2")
    path = stranger.shell.project / "drafts/lanes.md"
    assert stranger.run("draft", "drafts/lanes.md", "--again").code == 0
    assert posts(path) == [A, B]
    assert stranger.run("draft", "drafts/lanes.md", "--again", "--posts", "3").code == 0
    assert posts(path) == [A, B, C]
    assert stranger.run("draft", "drafts/lanes.md", "--again").code == 0
    assert posts(path) == [A, B, C]


def test_one_story_of_several_stays_that_story(stranger: Stranger) -> None:
    stranger.note(A, B, C, NEW)
    stranger.run("draft", "notes/lanes.md", "--stories", "2")
    stranger.note(A, B, C_TODAY, NEW)
    ran = stranger.run("draft", "drafts/story-2.md", "--again")
    assert ran.code == 0, ran.err
    assert posts(stranger.shell.project / "drafts/story-2.md") == [C_TODAY, NEW]


@pytest.mark.parametrize("named", ["drafts/lanes.md", "lanes", "notes/lanes.md"])
def test_a_draft_is_named_by_itself_or_by_its_source(stranger: Stranger, draft: Path, named: str) -> None:
    stranger.note(A, B, C_TODAY)
    assert stranger.run("draft", named, "--again").code == 0
    assert posts(draft) == [A, B, C_TODAY]


def test_without_a_base_nothing_is_replaced(stranger: Stranger, draft: Path) -> None:
    (stranger.shell.project / "contentkit.db").unlink()
    before = draft.read_bytes()
    stranger.note(A, B, C_TODAY)
    for name in ("lanes-2", "lanes-3"):
        ran = stranger.run("draft", "drafts/lanes.md", "--again")
        assert ran.code == 0, ran.err
        assert f"nothing in it is replaced: the new thread is drafts/{name}.md" in " ".join(ran.err.split())
        assert posts(draft.with_name(f"{name}.md")) == [A, B, C_TODAY]
    assert draft.read_bytes() == before


def test_an_approval_that_is_void_by_it_is_told(stranger: Stranger, draft: Path) -> None:
    stranger.run("schedule", "lanes", "--at", "in 2 hours")
    assert stranger.run("approve", "lanes", "--yes").code == 0
    assert "void" not in stranger.run("draft", "drafts/lanes.md", "--again").err
    stranger.note(A, B, C_TODAY)
    assert "lanes: its approval is void" in stranger.run("draft", "drafts/lanes.md", "--again").err


def test_where_the_database_cannot_be_written_the_file_stays_as_it_was(stranger: Stranger, draft: Path) -> None:
    stranger.note(A, B, C_TODAY)
    before = draft.read_bytes()
    ran = stranger.shell.run_without_room(0, "draft", "drafts/lanes.md", "--again", variables=stranger.variables)
    assert ran.code == 1
    assert draft.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("drafts/lanes.md", "notes/call.md"), "--again takes one draft, or one source"),
        (("drafts/lanes.md", "--slug", "other"), "--again and --slug exclude each other"),
        (("drafts/lanes.md", "--stories", "2"), "--again and --stories exclude each other"),
        (("drafts/lanes.md", "--link", "https://example.org"), "--again and --link exclude each other"),
        (("drafts/lanes.md", "--show-prompt"), "--again and --show-prompt exclude each other"),
        (("notes/other.md",), "no draft rests on notes/other.md"),
        (("notes/lanes.md",), "2 drafts rest on notes/lanes.md: drafts/lanes.md, drafts/twin.md"),
    ],
)
def test_what_cannot_be_meant_is_said_and_nothing_changes(
    stranger: Stranger, draft: Path, words: tuple[str, ...], message: str
) -> None:
    stranger.run("draft", "notes/lanes.md", "--slug", "twin")
    stranger.shell.write("notes/other.md", "# Other\n\nNothing was drafted from this.\n")
    before = stranger.shell.files()
    ran = stranger.run("draft", *words, "--again")
    assert (ran.code, ran.out, message in ran.err) == (2, "", True), ran.err
    assert stranger.shell.files()["drafts/lanes.md"] == before["drafts/lanes.md"]


@pytest.mark.parametrize("name", ["../secret.md", "notes/link.md"])
def test_a_draft_cannot_have_files_read_that_lie_elsewhere(stranger: Stranger, draft: Path, name: str) -> None:
    secret = stranger.shell.home / "secret.md"
    secret.write_text("# Keys\n\nThe key of the safe lies below the mat.\n")
    (stranger.shell.project / "notes/link.md").symlink_to(secret)
    edit(draft, "sources: [notes/lanes.md]", f"sources: [{name}]")
    before = stranger.shell.files()
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert (ran.code, ran.out, f"{name}: lies outside of the project" in ran.err) == (1, "", True)
    assert stranger.shell.files() == before


def test_a_source_that_is_gone_is_named(stranger: Stranger, draft: Path) -> None:
    (stranger.shell.project / "notes/lanes.md").unlink()
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert (ran.code, ran.err.startswith("contentkit: notes/lanes.md: there is no such file\n")) == (1, True)


def test_evidence_that_nobody_can_follow_is_named(stranger: Stranger, draft: Path) -> None:
    edit(draft, f"---\n\n{C}", f"---\n\n{OWN}\n<!-- evidence: notes/lanes.md#L5 -->\n\n---\n\n{C}")
    assert "without a sha" not in stranger.run("draft", "drafts/lanes.md", "--again").err
    stranger.note(NEW, A, B, C)
    ran = stranger.run("draft", "drafts/lanes.md", "--again")
    assert "points at notes/lanes.md#L5 without a sha, and notes/lanes.md changed" in ran.err
