"""A draft becomes a file, and what the drafter wrote is remembered beside it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.cli.drafting.wish import free_path

if TYPE_CHECKING:
    from pathlib import Path

    from contentkit.cli.project import Project
    from contentkit.models import Draft, Source
    from contentkit.store.drafted import Asked


def write_drafts(
    project: Project, sources: Sequence[Source], drafts: Sequence[Draft], asked: Sequence[Asked]
) -> list[Draft]:
    """The drafts as they lie in their files, each beside what it was asked for.

    All are written and remembered, or none: where one of the names is taken, also by somebody who was faster, and where
    the words cannot be remembered. Raises UsageError, ContentError, StateError.
    """
    from contentkit.drafts import format_draft
    from contentkit.errors import StateError
    from contentkit.files import create_file

    paths = [free_path(project, draft.slug) for draft in drafts]
    try:
        (project.root / "drafts").mkdir(exist_ok=True)
    except OSError as error:
        folder = project.root / "drafts"
        raise StateError(f"{folder}: cannot be made: {error.strerror}", hint="make it a folder of yours") from None
    made: list[Path] = []
    try:
        for path, draft in zip(paths, drafts, strict=True):
            create_file(path, format_draft(draft).encode())
            made.append(path)
        remember(project, sources, drafts, asked)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return [replace(draft, path=project.name_of(path)) for path, draft in zip(paths, drafts, strict=True)]


def remember(project: Project, sources: Sequence[Source], drafts: Sequence[Draft], asked: Sequence[Asked]) -> None:
    """Stores the sources, and what the drafter wrote from them; nothing where no project is. Raises StateError."""
    if not project.config.project:
        return
    from contentkit.clock import SystemClock
    from contentkit.store.database import open_database, register_source
    from contentkit.store.drafted import Drafted, remember_drafted

    now = SystemClock().now()
    digests = {source.path: source.digest for source in sources}
    with closing(open_database(project.root)) as database:
        for source in sources:
            register_source(database, source, now)
        for draft, one in zip(drafts, asked, strict=True):
            remember_drafted(database, Drafted(draft=draft, at=now, asked=one, sources=digests))
