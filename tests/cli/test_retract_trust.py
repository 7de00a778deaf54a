"""What was taken down stays down where approvals come with git: no old approval publishes it again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.cli.approving import ANA, BEN, BRANCH, SIGNED, allow, git, make_key, public, trust_keys
from tests.cli.published import EDITED, SAID
from tests.cli.shell import PARTS, Shell, entry, time_in
from tests.cli.test_correct_trust import merge, there


@pytest.fixture
def keys(shell: Shell) -> dict[str, Path]:
    """A signed thread that was published and taken down, and the keys of Ana, who signed it, and of Ben."""
    allow(shell, SIGNED)
    keys = {name: make_key(shell.home, name.partition("@")[0]) for name in (ANA, BEN)}
    trust_keys(shell, *(f"{name} {public(key)}" for name, key in keys.items()))
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    _sign(shell, ANA, keys[ANA])
    assert (shell.run("post").code, there(shell)) == (0, PARTS)
    assert (shell.run("retract", "launch", "--yes", "--by", "Ana").code, there(shell)) == (0, [])
    return keys


def _sign(shell: Shell, name: str, key: Path) -> None:
    ran = shell.run("approve", "launch", "--yes", "--by", name, "--key", str(key))
    assert ran.code == 0, ran


def test_a_second_signature_under_the_same_words_does_not_publish_them_again(
    shell: Shell, keys: dict[str, Path]
) -> None:
    assert (shell.run("post").code, there(shell)) == (0, [])
    time.sleep(1.1)  # a signature tells whole seconds: of the same one as Ana's it would be no later one
    _sign(shell, BEN, keys[BEN])
    ran = shell.run("post")
    assert (ran.code, there(shell)) == (4, []), ran
    assert "was taken down on try: schedule it as an entry of its own" in ran.out


def test_a_journal_that_was_lost_does_not_publish_what_was_signed_again(shell: Shell, keys: dict[str, Path]) -> None:
    (shell.state / "journal.db").unlink()
    assert shell.run("takeover", "--yes").code == 0
    ran = shell.run("post")
    assert (ran.code, there(shell)) == (4, []), ran
    assert "NOT PUBLISHED: was signed before this machine took over" in ran.out


def test_a_journal_that_was_lost_does_not_publish_what_was_merged_again(shell: Shell) -> None:
    allow(shell, BRANCH)
    shell.enter(entry("launch", at=time_in(seconds=-60)))
    git(shell.home, "init", "--bare", "-q", "origin.git")
    git(shell.project, "init", "-q")
    git(shell.project, "remote", "add", "origin", str(shell.home / "origin.git"))
    merge(shell)
    assert (shell.run("post").code, there(shell)) == (0, PARTS)
    assert (shell.run("retract", "launch", "--yes", "--by", "Ana").code, there(shell)) == (0, [])
    (shell.state / "journal.db").unlink()
    assert shell.run("takeover", "--yes").code == 0
    ran = shell.run("post")
    assert (ran.code, there(shell)) == (4, []), ran
    assert "was taken down on try: schedule it as an entry of its own" in ran.out


def test_other_words_that_are_signed_afterwards_go_out(shell: Shell, keys: dict[str, Path]) -> None:
    for name in ("drafts/launch.md", "notes/call.md"):
        shell.write(name, (shell.project / name).read_text().replace(SAID, EDITED))
    time.sleep(1.1)  # signatures and receipts tell whole seconds: of the same one nobody knows which came first
    _sign(shell, ANA, keys[ANA])
    ran = shell.run("post")
    assert there(shell) == [PARTS[0], EDITED, PARTS[2]], ran
