"""A draft's file, opened to be edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.drafts.edit import Sheet, sheet_of
from contentkit.errors import ContentError
from contentkit.files import decoded, lies_below, read_bytes

if TYPE_CHECKING:
    from contentkit.cli.project import Project


def sheet_at(project: Project, path: str) -> tuple[bytes, Sheet]:
    """The bytes of the draft at this path from the root, and what stands where in them.

    Raises ContentError for one that lies elsewhere: links come with git, and nobody's files are to be edited through them.
    """
    place = project.root / path
    if not lies_below(place, project.root):
        raise ContentError(f"{path}: leads out of the project", hint="make it a file, not a link")
    data = read_bytes(place, path)
    return data, sheet_of(decoded(data, path), path)
