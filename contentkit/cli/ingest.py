"""``contentkit ingest``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
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

    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.sources import read_source
    from contentkit.store.database import open_database, register_source
    from contentkit.views.sources import HEADINGS, source_row, sources_table

    project = open_project()
    sources = [read_source(path, project.name_of(path)) for path in paths]
    with closing(open_database(project.root)) as database:
        news = [register_source(database, source, SystemClock().now()) for source in sources]
    if as_json:
        show_json([_summary(source, new) for source, new in zip(sources, news, strict=True)])
        return
    rows = [source_row(source, new) for source, new in zip(sources, news, strict=True)]
    show_rows([HEADINGS, *rows], lambda: sources_table(rows))
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
