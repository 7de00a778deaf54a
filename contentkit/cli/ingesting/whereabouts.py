"""Where a file lies, wherever the links on the way to it lead: in the project, in its folder for raw notes, or elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from contentkit.cli.project import Project

NOTES = "notes"


def lies_in(path: Path, project: Project) -> bool:
    """Whether a file lies in the project."""
    return _is_below(path, project.root)


def is_raw(path: Path, project: Project) -> bool:
    """Whether a file lies in the folder for what must not come into git."""
    return _is_below(path, project.root / NOTES / "raw")


def _is_below(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))  # links in a circle lead nowhere
