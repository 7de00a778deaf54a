"""Whose approval a correction needs: given here, by several, signed or merged. Real keys, real git, the installed command."""

from __future__ import annotations

from pathlib import Path

import pytest

from contentkit.models import Account
from contentkit.platforms.console import ConsoleConnection
from tests.cli.approving import ANA, BRANCH, SIGNED, allow, git, make_key, public, trust_keys
from tests.cli.published import EDITED, SAID
from tests.cli.shell import PARTS, Shell, entry, time_in

CORRECTED = [PARTS[0], EDITED, PARTS[2]]


def there(shell: Shell) -> list[str]:
    """What stands on the console account now."""
    connection = ConsoleConnection(Account(name="try", platform="console"), shell.state / "try.console.jsonl")
    return [status.text for status in connection.recent("")][::-1]


def publish(shell: Shell) -> None:
    ran = shell.run("post")
    assert (ran.code, there(shell)) == (0, PARTS), ran


def edit(shell: Shell) -> None:
    for name in ("drafts/launch.md", "notes/call.md"):
        shell.write(name, (shell.project / name).read_text().replace(SAID, EDITED))


@pytest.fixture
def due(shell: Shell) -> Shell:
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    return shell


def test_where_two_have_to_approve_nothing_is_corrected_before_the_second(due: Shell) -> None:
    allow(due, '[[approval.rules]]\naccounts = ["try"]\nby = ["Ana", "Ben", "Cy"]\ncount = 2\n')
    for name in ("Ana", "Ben"):
        assert due.run("approve", "launch", "--yes", "--by", name).code == 0
    publish(due)
    edit(due)
    ran = due.run("correct", "launch", "--yes", "--by", "Ana")
    assert (ran.code, there(due)) == (0, PARTS), ran
    assert "launch: approved by Ana; still to approve: Ben or Cy. Nothing is changed yet." in ran.out
    again = due.run("correct", "launch", "--yes", "--by", "Ana")
    assert ("still to approve" in again.out, there(due)) == (True, PARTS)
    ran = due.run("correct", "launch", "--yes", "--by", "Cy")
    assert (ran.code, there(due)) == (0, CORRECTED), ran


def test_what_is_signed_is_corrected_only_once_the_new_words_are_signed(due: Shell) -> None:
    allow(due, SIGNED)
    key = make_key(due.home, "ana")
    trust_keys(due, f"{ANA} {public(key)}")
    sign(due, key)
    publish(due)
    edit(due)
    ran = due.run("correct", "launch", "--yes", "--by", "Ana")
    assert (ran.code, there(due)) == (4, PARTS), ran
    assert "sign it with 'contentkit approve launch', push, and pull on this machine" in ran.err
    assert "what is otherwise now goes there by 'contentkit correct launch', on that machine" in sign(due, key)
    assert (due.run("post").out, there(due)) == ("", PARTS)
    ran = due.run("correct", "launch", "--yes", "--by", "Ana")
    assert (ran.code, there(due)) == (0, CORRECTED), ran
    assert (due.run("post").out, due.run("status").code) == ("", 0)


def sign(shell: Shell, key: Path) -> str:
    """Signs the entry as its files stand; what is said beside that."""
    ran = shell.run("approve", "launch", "--yes", "--by", ANA, "--key", str(key))
    assert ran.code == 0, ran
    return ran.err


def test_what_is_merged_is_corrected_only_once_the_new_words_are_merged(due: Shell) -> None:
    allow(due, BRANCH)
    git(due.home, "init", "--bare", "-q", "origin.git")
    git(due.project, "init", "-q")
    git(due.project, "remote", "add", "origin", str(due.home / "origin.git"))
    merge(due)
    publish(due)
    edit(due)
    ran = due.run("correct", "launch", "--yes", "--by", "Ana")
    assert (ran.code, there(due)) == (4, PARTS), ran
    assert "merge it into origin/main, and pull on this machine" in ran.err
    merge(due)
    assert (due.run("post").out, there(due)) == ("", PARTS)
    ran = due.run("correct", "launch", "--yes", "--by", "Ana")
    assert (ran.code, there(due)) == (0, CORRECTED), ran


def merge(shell: Shell) -> None:
    """Commits the project as it lies there, merges it, and pulls."""
    git(shell.project, "add", "-A")
    git(shell.project, "commit", "-q", "-m", "Work")
    git(shell.project, "push", "-q", "origin", "HEAD:main")
    git(shell.project, "fetch", "-q")


def test_what_was_merged_and_taken_down_is_not_published_again_by_another_merge(due: Shell) -> None:
    allow(due, BRANCH)
    git(due.home, "init", "--bare", "-q", "origin.git")
    git(due.project, "init", "-q")
    git(due.project, "remote", "add", "origin", str(due.home / "origin.git"))
    merge(due)
    publish(due)
    assert due.run("retract", "launch", "--yes", "--by", "Ana").code == 0
    edit(due)
    merge(due)
    ran = due.run("post")
    assert there(due) == [], ran
    assert "was taken down on try: schedule it as an entry of its own" in ran.out


def test_a_desk_corrects_and_takes_down_nothing(due: Shell, tmp_path: Path) -> None:
    assert due.run("approve", "launch", "--yes", "--by", "Ana").code == 0
    publish(due)
    edit(due)
    desk = Shell(home=tmp_path / "desk", here=tmp_path / "desk/project")
    for name in (
        "contentkit.toml",
        "people.yaml",
        "calendar.yaml",
        "notes/call.md",
        "drafts/launch.md",
        "receipts.jsonl",
    ):
        desk.write(name, (due.project / name).read_bytes())
    for words in (("correct", "launch"), ("retract", "launch")):
        ran = desk.run(*words, "--yes")
        assert (ran.code, "on the publisher's machine, and this is not it" in ran.err) == (1, True), ran
    assert there(due) == PARTS
