"""``check --links``: which links of which drafts are asked, and what a person sees of it meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.errors import ContentkitError

if TYPE_CHECKING:
    from contentkit.checks import PageFate
    from contentkit.cli.checking.pages import Asked
    from contentkit.cli.project import Project

_SECONDS = 10.0
_A_FEW = 3


def with_pages(project: Project, names: Sequence[str]) -> Project:
    """The project with what became of the pages that these drafts link to; says how many there were."""
    from contentkit.cli.checking.kept_pages import kept_pages
    from contentkit.cli.checking.pages import pages_of
    from contentkit.cli.ingesting.pages import reader
    from contentkit.cli.output import say
    from contentkit.clock import SystemClock

    addresses = list(dict.fromkeys(_links_of(project, names)))
    asking = replace(reader(project), seconds=_SECONDS)
    kept = kept_pages(project.root, project.environment)
    pages = pages_of(addresses, asking, kept, SystemClock().now(), _watched)
    say(_tally(pages))
    return replace(project, pages=pages)


def _links_of(project: Project, names: Sequence[str]) -> Iterator[str]:
    """Of drafts that can be read: the check itself tells of the others."""
    from contentkit.checks import links_to_ask
    from contentkit.cli.checking.gathering import parted
    from contentkit.cli.project import drafts_named

    for name in names or parted(project)[0]:
        try:
            [draft] = drafts_named(project, [name])
        except ContentkitError:
            continue
        yield from links_to_ask(draft)


def _watched(asked: Asked, total: int) -> Asked:
    """The answers one by one; with a bar on the terminal when there are more than a few."""
    if total <= _A_FEW or not sys.stderr.isatty():
        yield from asked
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True, markup=False, highlight=False, emoji=False)
    yield from track(asked, "Asking", total=total, console=console, transient=True)


def _tally(pages: Mapping[str, PageFate]) -> str:
    """``12 links looked at; of 2 nobody could tell``."""
    lost = sum(page.fate == "unclear" for page in pages.values())
    said = f"{len(pages)} link{'' if len(pages) == 1 else 's'} looked at"
    return f"{said}; of {lost} nobody could tell" if lost else said
