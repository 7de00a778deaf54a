"""The text that an approval's digest is of, for whoever wants to reckon it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.manifests import canonical

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Entry


def manifest_text(project: Project, entry: Entry) -> str:
    """Everything that an approval of this entry, as the files have it, would be bound to: its SHA-256 is the digest.

    To be written letter for letter: it ends in a line break, which counts. Raises ContentError.
    """
    return canonical(project.manifest(entry))
