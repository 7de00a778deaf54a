"""Takes one original in: reads it once, writes its copy where one is needed, and gives the source that posts may rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from contentkit.cli.ingesting.copying import State, write_copy
from contentkit.cli.ingesting.original import Original
from contentkit.cli.ingesting.raw_files import last_changed
from contentkit.cli.ingesting.whereabouts import is_raw, lies_in, refuse_marked_name
from contentkit.cli.project import Project
from contentkit.errors import ContentError, Refused, UsageError
from contentkit.forbidden import Forbidden
from contentkit.models import Source
from contentkit.sources import Reading
from contentkit.sources.web_pages.facts import address_in
from contentkit.sources.web_pages.feed_places import is_of_feed
from contentkit.sources.web_pages.release_addresses import api_address
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A source, and what became of what it was read from.

    ``copied`` says that the source is a copy in ``notes/``, ``state`` what is new of it. ``cut`` counts the spans that are
    off the record; ``removed`` says what readers of the original could not see. ``forbidden`` is what was cut out, for
    comparing only. ``silent_from`` is the line of the original from which on nothing is on the record.
    """

    original: Original
    source: Source
    state: State
    copied: bool
    cut: int
    forbidden: Forbidden
    removed: tuple[str, ...] = ()
    silent_from: int = 0


def take(project: Project, original: Original, now: datetime) -> Taken:
    """Raises ContentkitError where the original cannot be read, and where its copy cannot be written."""
    if original.path:
        refuse_marked_name(original.path)
    # Before it is read: what is written to it meanwhile gives it another time.
    changed = last_changed(original.path) if original.path else None
    reading = _reading(project, original)
    original = _where_it_was_read(original, reading.source.path)
    source = reading.source
    if reading.in_place and is_citable(project, original):
        # A copy that is named itself tells what was cut out of its original.
        cut = source.origin.cut if source.origin else 0
        path, here = source.path, project
        state: State = "known"
    else:
        cut = source.redactions
        path, state = write_copy(project, original, reading, now, changed)
        # Read anew: somebody may have read this copy as it was before.
        here = project.as_it_is_now()
    return Taken(
        original=original,
        source=here.read(path),
        state=state,
        copied=path != source.path,
        cut=cut,
        forbidden=reading.forbidden,
        removed=source.removed,
        silent_from=reading.silent_from,
    )


def _reading(project: Project, original: Original) -> Reading:
    """Of an item of a feed that will never be readable it is remembered, lest each run fails on it again."""
    try:
        return project.remembered.reading_of(*original.read())
    except (ContentError, Refused, UsageError) as error:
        if original.feed:
            from contentkit.cli.ingesting.pages import pass_over

            pass_over(project, original)
            error.hint = "; ".join(
                filter(None, (error.hint, "later runs pass it over, unless --latest or --since asks for it"))
            )
        raise


def _where_it_was_read(original: Original, place: str) -> Original:
    """A page with the address that it came from in the end: who asks for it by two addresses means one page.

    A release is known by its page, though its server was asked as programs do; an item of a feed by the feed.
    """
    asked = original.address
    moved = address_in(place) and not api_address(asked) and not is_of_feed(asked, original.feed)
    return replace(original, address=place) if asked and moved else original


def is_citable(project: Project, original: Original) -> bool:
    """Whether evidence may point at the file itself: it lies in the project, git may have it, and its name can be written."""
    if original.path is None or not lies_in(original.path, project) or is_raw(original.path, project):
        return False
    return original.name.isprintable() and not any(mark in original.name for mark in (";", "#L", "-->"))
