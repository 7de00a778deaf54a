"""``contentkit ingest``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from contentkit.cli.project import Project
    from contentkit.errors import ContentError
    from contentkit.models import Source


def command(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Notes, transcripts or posts.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read notes, transcripts and posts, and show what contentkit sees in them.

    Registers each source in contentkit.db by its content, so that reading it again changes nothing. What is marked
    off the record ([off the record] ... [/off the record], OTR: to the end of the paragraph) is dropped while reading
    and is stored nowhere.

    \b
    contentkit ingest notes/call.md
    contentkit ingest notes/*.md --json
    """
    from contextlib import closing

    from contentkit.cli.main import report
    from contentkit.cli.output import show_json, show_rows
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.store.database import open_database, register_source
    from contentkit.views.sources import HEADINGS, source_row, sources_table

    project = open_project()
    sources, unreadable = _read(project, paths)
    if sources:
        with closing(open_database(project.root)) as database:
            news = [register_source(database, source, SystemClock().now()) for source in sources]
        read = list(zip(sources, news, strict=True))
        rows = [source_row(source, new) for source, new in read]
        if as_json:
            show_json([_summary(source, new) for source, new in read])
        else:
            show_rows([HEADINGS, *rows], lambda: sources_table(rows))
            _tell_speakers(sources)
    for trouble in unreadable:
        report(trouble)
    if unreadable:
        raise typer.Exit(1)


def _read(project: Project, paths: Sequence[Path]) -> tuple[list[Source], list[ContentError]]:
    """The sources, and why others could not be read: one of them must not keep the rest out."""
    from contentkit.errors import ContentError

    sources, unreadable = [], []
    for path in paths:
        try:
            sources.append(project.read(project.name_of(path)))
        except ContentError as error:
            unreadable.append(error)
    return sources, unreadable


def _tell_speakers(sources: Sequence[Source]) -> None:
    from contentkit.cli.output import say

    for source in sources:
        if len(source.speakers) > 1:
            told = ", ".join(f"{name} ({words} words)" for name, words in source.speakers.items())
            # Names come from the file: quoted, so that a shell takes them as names only.
            words = [shlex.quote(word) for word in (source.path, "--speaker", next(iter(source.speakers)))]
            say(f"{source.path}: {told}", f"  Draft from one of them: contentkit draft {' '.join(words)}")


def _summary(source: Source, new: bool) -> dict[str, object]:
    return {
        "path": source.path,
        "kind": source.kind,
        "title": source.title,
        "language": source.language,
        "link": source.link,
        "digest": source.digest,
        "new": new,
        "redactions": source.redactions,
        "speakers": source.speakers,
        "passages": source.passages,
    }
