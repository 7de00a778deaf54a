"""What git knows of a project, asked with commands that change nothing and start nothing of the project's own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from contentkit.cli.person import environment_for_git
from contentkit.errors import StateError
from contentkit.text import one_line

_ASK = "run 'git status' there, and mend what it says"
# What a repository's own settings could otherwise make git start.
_HARMLESS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")


class NoGit(Exception):
    """Git is not installed, or does not answer."""


def ask_git(root: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git answers in this folder; ``given`` is its standard input. Raises NoGit."""
    try:
        return subprocess.run(  # noqa: S603 - fixed words; whichever git the user has
            ["git", *_HARMLESS, *words],  # noqa: S607
            cwd=root,
            env=environment_for_git(os.environ),
            input=given,
            capture_output=True,
            timeout=20,
            check=False,
        )
    except FileNotFoundError:
        raise NoGit("git is not installed") from None
    except (OSError, subprocess.SubprocessError) as problem:
        raise NoGit(f"git does not answer ({type(problem).__name__})") from None


def tracked_files(root: Path) -> list[str]:
    """The files below this folder that git tracks, by their paths from it; none outside of a repository.

    Raises StateError where there is a repository and git does not tell.
    """
    repository = next((folder for folder in (root, *root.resolve().parents) if (folder / ".git").exists()), None)
    if repository is None:
        return []
    try:
        told = ask_git(root, "ls-files", "-z")
    except NoGit as problem:
        raise StateError(f"{repository}: what git tracks cannot be asked: {problem}", hint=_ASK) from None
    if told.returncode != 0:
        why = one_line(told.stderr.decode(errors="replace"), 200)
        raise StateError(f"{repository}: what git tracks cannot be asked: {why}", hint=_ASK)
    return [os.fsdecode(name) for name in told.stdout.split(b"\0") if name]


def ignored_files(root: Path, names: Sequence[str]) -> set[str]:
    """Those of these paths (from the folder) that git ignores; none without git or outside of a repository."""
    if not names:
        return set()
    given = b"\0".join(os.fsencode(name) for name in names)
    try:
        told = ask_git(root, "check-ignore", "--no-index", "-z", "--stdin", given=given)
    except NoGit:
        return set()
    # 128: git refuses a path beyond a link or outside of the repository, and then answers for none.
    return {os.fsdecode(name) for name in told.stdout.split(b"\0") if name} if told.returncode == 0 else set()


def is_open_to_git(root: Path, name: str) -> bool:
    """Whether git would take this file with the next 'git add', or has done so: it is in a repository, and not ignored."""
    try:
        # 0: ignored; 1: not; 128: no repository.
        return is_tracked(root, name) or ask_git(root, "check-ignore", "--quiet", "--", name).returncode == 1
    except NoGit:
        return False


def is_tracked(root: Path, name: str) -> bool:
    """Whether git tracks this file."""
    try:
        return ask_git(root, "ls-files", "--error-unmatch", "--", name).returncode == 0
    except NoGit:
        return False
