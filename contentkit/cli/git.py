"""What git knows of a project, asked with commands that change nothing and start nothing of the project's own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from contentkit.cli.person import environment_for_git
from contentkit.errors import StateError
from contentkit.text import one_line

_ASK = "run 'git status' there, and mend what it says"
# What a repository's own settings could otherwise make git start. A folder that a branch made look like a repository is none,
# objects that are not here are not fetched, and none stands in for another.
_HARMLESS = (
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "safe.bareRepository=explicit", "-c", "protocol.allow=never", "--no-replace-objects"),
)


class NoGit(Exception):
    """Git is not installed, or does not answer."""


def ask_git(root: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git answers in this folder; ``given`` is its standard input. Raises NoGit."""
    return run_git(root, [*_HARMLESS, *words], environment_for_git(os.environ), given)


def run_git(
    folder: Path, words: Sequence[str], environment: Mapping[str, str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Runs git with just these words and this environment. Raises NoGit.

    Whoever asks sees to it that nothing that came with the project is started.
    """
    try:
        return subprocess.run(  # noqa: S603 - no shell; whichever git the user has
            ["git", *words],  # noqa: S607
            cwd=folder,
            env=environment,
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
    if repository_of(root) is None:
        return []
    return _names_in(_answered(root, "ls-files", "-z", codes=(0,)))


def ignored_files(root: Path, names: Sequence[str]) -> set[str]:
    """Those of these paths (from the folder) that git ignores; none outside of a repository.

    Raises StateError where there is a repository and git does not tell: what nobody may see could lie among them.
    """
    if not names or repository_of(root) is None:
        return set()
    given = b"\0".join(os.fsencode(name) for name in names)
    # 1: none of them.
    return set(_names_in(_answered(root, "check-ignore", "--no-index", "-z", "--stdin", codes=(0, 1), given=given)))


def is_open_to_git(root: Path, name: str) -> bool:
    """Whether git would take this file with the next 'git add', or has done so: it is in a repository, and not ignored.

    Raises StateError where there is a repository and git does not tell.
    """
    if repository_of(root) is None:
        return False
    # 0: ignored; 1: not.
    told = _answered(root, "check-ignore", "--quiet", "--", name, codes=(0, 1))
    return told.returncode == 1 or is_tracked(root, name)


def is_tracked(root: Path, name: str) -> bool:
    """Whether git tracks this file. Raises StateError where there is a repository and git does not tell."""
    if repository_of(root) is None:
        return False
    return _answered(root, "ls-files", "--error-unmatch", "--", name, codes=(0, 1)).returncode == 0


def is_committed(root: Path, name: str) -> bool:
    """Whether this file is in git as it lies here. Raises StateError where there is a repository and git does not tell."""
    if not is_tracked(root, name):
        return False
    told = _answered(root, "status", "--porcelain", "-z", "--", name, codes=(0,))
    return not told.stdout


def repository_of(root: Path) -> Path | None:
    """The folder at or above this one that holds a repository; None outside of one. Git is not asked."""
    return next((folder for folder in (root, *root.resolve().parents) if (folder / ".git").exists()), None)


def _answered(
    root: Path, *words: str, codes: Collection[int], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """What git answers, which ends with one of these exit codes. Raises StateError for every other end."""
    try:
        told = ask_git(root, *words, given=given)
    except NoGit as problem:
        why = str(problem)
    else:
        if told.returncode in codes:
            return told
        why = one_line(told.stderr.decode(errors="replace"), 200)
    what = "ignores" if words[0] == "check-ignore" else "tracks"
    raise StateError(f"{root}: what git {what} cannot be asked: {why}", hint=_ASK) from None


def _names_in(told: subprocess.CompletedProcess[bytes]) -> list[str]:
    return [os.fsdecode(name) for name in told.stdout.split(b"\0") if name]
