"""A project whose settings cannot be read: half a merge, a slip of the hand. Cron meets it each minute, and tells it once."""

from __future__ import annotations

import os
import re
from pathlib import Path

from contentkit.cli.project import Project
from contentkit.config import CONFIG_NAME, find_root, parse_config
from contentkit.errors import ContentError
from contentkit.files import read_text

_NAME = re.compile(r"^project *= *\"[^\"\n]*\"", re.MULTILINE)


def project_by_name() -> Project | None:
    """The project at or above the current folder, as far as the line with its name says where its state lies.

    None where not even that can be read.
    """
    root = find_root(Path.cwd())
    if root is None:
        return None
    try:
        line = _NAME.search(read_text(root / CONFIG_NAME, CONFIG_NAME))
        return Project(root, parse_config(f"version = 1\n{line[0]}\n", CONFIG_NAME), os.environ) if line else None
    except ContentError:
        return None
