"""The person at the keyboard, and git, which knows their name."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

# What git needs to find itself, its settings and its repository. Tokens in our environment are not for its hooks and helpers.
_FOR_GIT = ("PATH", "HOME", "USER", "LOGNAME", "XDG_CONFIG_HOME", "TMPDIR", "GIT_DIR", "GIT_WORK_TREE")
_SETTINGS_OF_GIT = "GIT_CONFIG"


def environment_for_git(environment: Mapping[str, str]) -> dict[str, str]:
    """What git gets of an environment: no secret of ours. It speaks English and locks nothing."""
    kept = {name: value for name, value in environment.items() if name in _FOR_GIT or name.startswith(_SETTINGS_OF_GIT)}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def name_of_person(folder: Path) -> str:
    """Who sits here, as git knows them in this folder, else as the system does."""
    return setting_of_git(folder, "user.name") or _login()


def setting_of_git(folder: Path, name: str) -> str:
    """A setting that git has in this folder; empty where it has none, or there is no git."""
    try:
        told = subprocess.run(  # noqa: S603 - fixed words; whichever git the user has
            ["git", "config", "--get", name],  # noqa: S607
            cwd=folder,
            env=environment_for_git(os.environ),
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.strip()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"  # a container may run as a user without a name


def can_be_asked() -> bool:
    """Whether somebody can answer a question."""
    return sys.stdin.isatty()
