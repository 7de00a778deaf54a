"""A draft becomes a file, and what the drafter wrote is remembered beside it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.cli.drafting.wish import free_path

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Draft, Source
    from contentkit.store.drafted import Asked


def write_drafts(
    project: Project, sources: Sequence[Source], drafts: Sequence[Draft], asked: Sequence[Asked]
) -> list[Draft]:
    """The drafts as they lie in their files, each beside what it was asked for.

    Nothing is written where one of the names is taken. The sources are registered and the words remembered first: should a
    step fail, running the command again does all of them. Raises UsageError, StateError.
    """
    from contentkit.drafts import format_draft
    from contentkit.errors import StateError
    from contentkit.files import create_file

    paths = [free_path(project, draft.slug) for draft in drafts]
    remember(project, sources, drafts, asked)
    try:
        (project.root / "drafts").mkdir(exist_ok=True)
    except OSError as error:
        folder = project.root / "drafts"
        raise StateError(f"{folder}: cannot be made: {error.strerror}", hint="make it a folder of yours") from None
    for path, draft in zip(paths, drafts, strict=True):
        create_file(path, format_draft(draft).encode())
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
