"""A project whose settings cannot be read: half a merge, a slip of the hand. Cron meets it each minute, and tells it once."""

from __future__ import annotations

import os
from pathlib import Path

from contentkit.cli.project import Project
from contentkit.config import CONFIG_NAME, find_root, parse_config
from contentkit.errors import ContentError
from contentkit.files import read_text
from contentkit.whereabouts import name_in


def project_by_name() -> Project | None:
    """The project at or above the current folder, as far as the line with its name says where its state lies.

    None where not even that can be read.
    """
    root = find_root(Path.cwd())
    if root is None:
        return None
    try:
        name = name_in(read_text(root / CONFIG_NAME, CONFIG_NAME))
        settings = f'version = 1\nproject = "{name}"\n'
        return Project(root, parse_config(settings, CONFIG_NAME), os.environ) if name else None
    except ContentError:
        return None
