"""What nobody could approve any more: words that were taken off the record, put under embargo or made confidential since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.surroundings import Inspection

# Off the record, confidential, under embargo: what an approval cannot have meant.
_NEVER_SAID = frozenset(("CK303", "CK304", "CK307", "CK316"))


def why_unsayable(project: Project, entry: Entry) -> str:
    """Why an entry may not go out although its files are as they were approved; empty when nothing speaks against it.

    An approval is bound to what is published, not to the sources: what a founder takes back stands in those alone.
    Raises ContentError when a source cannot be read.
    """
    from contentkit.checks import check_embargo, check_leaked, check_names, discreet
    from contentkit.cli.checking.examining import renditions_of
    from contentkit.cli.checking.off_record import off_record_in
    from contentkit.models import errors_of

    draft = project.draft_of(entry)
    sources = project.sources_of(draft)
    forbidden, _, _ = off_record_in(project, sources)
    threads = [rendition for _, rendition in renditions_of(project, draft, [entry])]
    problems = check_leaked(draft, forbidden, threads)
    problems += check_names(draft, project.confidential, threads)
    problems += check_embargo(draft, sources, entry.at, threads)
    found = errors_of(discreet(problems, forbidden, project.confidential))
    first = next((problem for problem in found if problem.check in _NEVER_SAID), None)
    return f"{first.place}: {first.check}: {first.message}" if first else ""


def held_back(project: Project, seen: Inspection, digest: str) -> Inspection:
    """The same entry, with a problem where it is as it was approved, under this digest, and still may not go out."""
    from contentkit.errors import ContentkitError

    if seen.entry is None or seen.digest != digest or seen.entry.paused:
        return seen
    try:
        why = why_unsayable(project, seen.entry)
    except ContentkitError as error:
        why = error.message
    return replace(seen, digest="", problem=why) if why else seen
