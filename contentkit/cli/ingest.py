"""``contentkit ingest``."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from datetime import date, datetime

    from contentkit.cli.ingesting.original import Original
    from contentkit.cli.ingesting.stale import Resting
    from contentkit.cli.ingesting.taking import Taken
    from contentkit.cli.project import Project
    from contentkit.errors import ContentkitError
    from contentkit.views.sources import SourceRow

# So many are read before anybody asks how long it takes.
_A_FEW = 5


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE...", help="Files, folders, patterns, addresses; - is standard input."),
    ] = None,
    feeds: Annotated[
        list[str] | None,
        typer.Option("--feed", metavar="ADDRESS", help="Take what is new in a feed; repeat it for several."),
    ] = None,
    since: Annotated[str, typer.Option(metavar="DATE", help="Of feeds: also what is older, from this day on.")] = "",
    latest: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, help="Of feeds: so many of the newest, old ones too.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Read notes, transcripts and posts, and show what contentkit sees in them.

    Registers each source in contentkit.db by its content, so that reading it again changes nothing. What is marked
    off the record is dropped while reading and is stored nowhere.

    Posts point at lines of files. So a web page, a Word document and whatever else has no lines of its own gets a copy in
    notes/; so does a file with words off the record, without them, and everything in notes/raw/, which git ignores.
    Of a feed, the first run takes nothing that is there already, unless asked to.

    \b
    contentkit ingest notes/call.md
    contentkit ingest notes/raw interview.docx https://example.org/blog/post
    pbpaste | contentkit ingest -
    contentkit ingest --feed https://example.org/feed.xml --latest 3
    """
    from contentkit.cli.ingesting.registering import registered
    from contentkit.cli.main import exit_code, report
    from contentkit.cli.output import say
    from contentkit.cli.project import open_project
    from contentkit.clock import SystemClock
    from contentkit.errors import UsageError
    from contentkit.views.sources import tally

    if not paths and not feeds:
        raise UsageError("ingest: nothing is named", hint="name files, folders or addresses; - is standard input")
    if (since or latest) and not feeds:
        raise UsageError("--since and --latest are about feeds", hint="name one: --feed ADDRESS")
    first = _day(since) if since else None
    project, now = open_project(), SystemClock().now()
    originals, troubles = _named(project, paths or [], feeds or [], now, since=first, latest=latest)
    read, unreadable = _taken(project, originals, now)
    taken = registered(project, read, now)
    _show(project, taken, as_json)
    troubles += unreadable
    for trouble in troubles:
        report(trouble)
    if len(taken) + len(troubles) > 1:
        say(tally([_row(one) for one in taken], len(troubles)))
    if troubles:
        # A single name that means nothing is a mistake in the command, as it is to draft.
        is_mistake = len(paths or ()) == 1 and not feeds and not taken and len(troubles) == 1
        raise typer.Exit(exit_code(troubles[0]) if is_mistake else 1)


def _day(word: str) -> date:
    from datetime import date

    from contentkit.errors import UsageError

    try:
        return date.fromisoformat(word)
    except ValueError:
        raise UsageError(f"'{word}' is no date", hint="write it as --since 2026-11-30") from None


def _named(
    project: Project,
    paths: Sequence[str],
    feeds: Sequence[str],
    now: datetime,
    *,
    since: date | None,
    latest: int | None,
) -> tuple[list[Original], list[ContentkitError]]:
    """What is to be read, and what of it cannot be found: one feed must not keep the others out."""
    from contentkit.cli.ingesting.originals import originals_of, passed_over
    from contentkit.cli.ingesting.pages import feed_news
    from contentkit.cli.output import say
    from contentkit.errors import ContentkitError
    from contentkit.text import in_one_line

    originals, troubles = originals_of(paths, project)
    say(*map(in_one_line, passed_over(paths, project)))
    for address in dict.fromkeys(feeds):
        try:
            found, told = feed_news(project, address, now, since=since, latest=latest)
        except ContentkitError as error:
            troubles.append(error)
        else:
            originals += found
            say(told)
    return originals, troubles


def _show(project: Project, taken: Sequence[Taken], as_json: bool) -> None:
    from contentkit.cli.ingesting.news import news_of, resting_news
    from contentkit.cli.ingesting.stale import resting_on
    from contentkit.cli.output import say, show_json, show_rows
    from contentkit.text import in_one_line
    from contentkit.views.sources import HEADINGS, source_cells, sources_view

    rows = [_row(one) for one in taken]
    resting = list(resting_on(project, {one.source.path for one in taken})) if taken else []
    if as_json:
        show_json([_summary(one, resting) for one in taken])
    elif rows:
        width = shutil.get_terminal_size().columns
        show_rows([HEADINGS, *map(source_cells, rows)], lambda: sources_view(rows, width))
    news = [line for one in taken for line in news_of(project, one)]
    say(*map(in_one_line, (*news, *resting_news(taken, resting))))


def _row(one: Taken) -> SourceRow:
    from contentkit.views.sources import SourceRow

    return SourceRow(source=one.source, state=one.state, cut=one.cut)


def _taken(project: Project, originals: Sequence[Original], now: datetime) -> tuple[list[Taken], list[ContentkitError]]:
    """The sources, and why others could not be read: one of them must not keep the rest out."""
    from contextlib import closing

    from contentkit.cli.ingesting.taking import take
    from contentkit.cli.output import say
    from contentkit.errors import ContentkitError

    taken: dict[str, Taken] = {}
    unreadable: list[ContentkitError] = []
    try:
        with closing(_watched(originals)) as watched:
            for original in watched:
                try:
                    one = take(project, original, now)
                except ContentkitError as error:
                    unreadable.append(error)
                    continue
                # A copy that is read as a file of its own, too, was taken in with its original.
                if one.copied or one.source.path not in taken:
                    taken[one.source.path] = one
    except KeyboardInterrupt:
        read = f"{len(taken)} of {len(originals)} were read, and the copies that they need are in notes/"
        say(f"interrupted: {read}. The same command goes on.")
        raise
    return list(taken.values()), unreadable


def _watched(originals: Sequence[Original]) -> Generator[Original, None, None]:
    """The originals one by one; with a bar on the terminal when there are more than a few."""
    import sys

    yield from _with_bar(originals) if len(originals) > _A_FEW and sys.stderr.isatty() else originals


def _with_bar(originals: Sequence[Original]) -> Iterator[Original]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    yield from track(originals, "Reading", console=console, transient=True)


def _summary(one: Taken, resting: Sequence[Resting]) -> dict[str, object]:
    source = one.source
    return {
        "path": source.path,
        "original": one.original.name,
        "copied": one.copied,
        "kind": source.kind,
        "format": source.format,
        "title": source.title,
        "language": source.language,
        "link": source.link,
        "digest": source.digest,
        "state": one.state,
        "new": one.state == "new",
        "redactions": one.cut,
        "removed": one.removed,
        "doubts": source.doubts,
        "speakers": source.speakers,
        "passages": source.passages,
        "drafts": [{"draft": rest.draft, "stale": rest.posts} for rest in resting if rest.source == source.path],
    }
