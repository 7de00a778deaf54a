"""Links of a branch that lead out of its repository, or to git's own files: what lies there is not for who reads a report."""

from __future__ import annotations

from pathlib import Path

from contentkit.cli.git import repository_of
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.config import CALENDAR_NAME, CONFIG_NAME
from contentkit.errors import ContentError
from contentkit.files import lies_below, lies_in_git
from contentkit.people import PEOPLE_NAME
from contentkit.publishing.receipts import RECEIPTS_NAME

_READ_FIRST = (CONFIG_NAME, PEOPLE_NAME, CALENDAR_NAME, RECEIPTS_NAME, CONFIDENTIAL_NAME)


def leads_astray(path: Path, root: Path) -> bool:
    """Whether a file of the project at this root lies elsewhere than in its repository."""
    top = repository_of(root.resolve()) or root
    return not lies_below(path, top) or lies_in_git(path)


def refuse_strays(root: Path) -> None:
    """Raises ContentError for a file that every command reads first and that lies elsewhere: messages would quote it."""
    for name in _READ_FIRST:
        if leads_astray(root / name, root):
            message = f"{name}: this link leads out of the repository, so nothing was read"
            raise ContentError(message, hint="put the file itself there")
