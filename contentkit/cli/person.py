"""The person at the keyboard."""

from __future__ import annotations

import getpass
import subprocess
import sys
from pathlib import Path


def name_of_person(folder: Path) -> str:
    """Who sits here, as git knows them in this folder, else as the system does."""
    command = ["git", "config", "user.name"]
    try:
        told = subprocess.run(  # noqa: S603 - a fixed command; whichever git the user has
            command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=5, check=False
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        told = ""
    return told or _login()


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"  # a container may run as a user without a name


def can_be_asked() -> bool:
    """Whether somebody can answer a question."""
    return sys.stdin.isatty()
