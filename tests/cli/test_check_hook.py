"""``check`` before each commit: the hooks that the documentation and the repository offer."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.shell import DRAFT, Ran, Shell
from tests.test_docs import parse

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/how-to/check-in-ci.md").read_text("utf-8")
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
WRONG = DRAFT.replace("Every team", "Every team of 250")


@pytest.fixture
def hooked(shell: Shell) -> Shell:
    """A repository with the hook of the documentation in it, and the drafts as they are committed."""
    [script] = re.findall(r"```sh\n(#!/bin/sh\n.*?)```", PAGE, re.S)
    git(shell, "init", "--quiet")
    git(shell, "add", ".")
    assert git(shell, "commit", "--quiet", "-m", "All of it").code == 0
    hook = shell.write(".git/hooks/pre-commit", script)
    hook.chmod(0o755)
    return shell


def git(shell: Shell, *words: str) -> Ran:
    who = {
        "GIT_AUTHOR_NAME": "Ana",
        "GIT_AUTHOR_EMAIL": "ana@example.org",
        "GIT_COMMITTER_NAME": "Ana",
        "GIT_COMMITTER_EMAIL": "ana@example.org",
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    }
    return shell.ran(["git", *words], who)


def test_a_commit_with_an_error_in_a_draft_is_refused_and_says_where(hooked: Shell) -> None:
    hooked.write("drafts/launch.md", WRONG)
    ran = git(hooked, "commit", "-a", "-m", "More teams")
    assert ran.code == 1
    assert "drafts/launch.md:6:15: error CK201" in ran.out + ran.err


def test_only_the_drafts_of_the_commit_are_checked(hooked: Shell) -> None:
    hooked.write("drafts/wrong.md", WRONG)
    hooked.write("drafts/good one.md", DRAFT)
    git(hooked, "add", "drafts/good one.md")
    ran = git(hooked, "commit", "-m", "A good one")
    assert (ran.code, "\n1 draft: " in f"\n{ran.out}{ran.err}", "wrong.md:" in ran.out) == (0, True, False)


def test_a_commit_without_a_draft_is_not_checked(hooked: Shell) -> None:
    hooked.write("drafts/wrong.md", WRONG)
    hooked.write("notes/call.md", "We met.\n")
    assert git(hooked, "commit", "-m", "Notes", "notes/call.md").code == 0


@pytest.mark.parametrize("name", HOOKS)
def test_the_hooks_for_pre_commit_start_a_command_that_there_is(name: str) -> None:
    parse(HOOKS[name]["entry"].split()[1:])


@pytest.mark.parametrize(
    ("path", "is_draft"),
    [("drafts/launch.md", True), ("drafts/images/a.png", False), ("docs/drafts/a.md", False), ("notes/a.md", False)],
)
def test_the_hooks_are_for_drafts_alone(path: str, is_draft: bool) -> None:
    assert {bool(re.search(hook["files"], path)) for hook in HOOKS.values()} == {is_draft}
