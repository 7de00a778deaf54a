"""What nobody could approve any more: words that were taken off the record, put under embargo or made confidential since."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from contentkit.marks import are_settled, mark_of
from contentkit.whereabouts import CONFIDENTIAL_NAME

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


def why_still_unsayable(project: Project, entry: Entry, digest: str) -> str:
    """As ``why_unsayable``, for an entry whose files give this digest: what said nothing against it is not read again as long as
    it is the same."""
    basis = _basis(project, entry, digest)
    if basis is None:
        return why_unsayable(project, entry)
    return project.cited.unsayable(basis, partial(_told, project, entry, digest, basis))


def _told(project: Project, entry: Entry, digest: str, basis: list[object]) -> tuple[str, bool]:
    """Why an entry may not go out, and whether that follows from this basis alone.

    Whoever was asked took time to answer: what the project read before may be older than the basis, so all is read anew. When an
    embargo ends follows from the rules of its zone, too, which change; and what could not be read may be so the next time.
    """
    fresh = project.as_it_is_now()
    why = why_unsayable(fresh, entry)
    sources = fresh.sources_of(fresh.draft_of(entry))
    timeless = not any(passage.embargo for source in sources.values() for passage in source.passages)
    compared = fresh.off_record_elsewhere(sources).read and all(fresh.off_record(name).read for name in sources)
    lasting = timeless and compared and basis == _basis(fresh, entry, digest) and digest in fresh.digests_of(entry)
    return why, lasting


def _basis(project: Project, entry: Entry, digest: str) -> list[object] | None:
    """All that decides whether an entry may be said; None where some of it changed just now.

    Of raw files and the list of confidential names only the times at which they changed are told: nothing is to be kept that
    follows from what stands in them.
    """
    from contentkit.cli.ingesting.raw_files import last_changed
    from contentkit.files import read_bytes

    draft = project.draft_of(entry)
    here = [name for name in sorted(draft.all_sources) if (project.root / name).is_file()]
    secret = [project.root / CONFIDENTIAL_NAME, *sorted(set(project.raw_files.values()))]
    if not are_settled([mark_of(path) for path in secret], time.time()):
        return None
    return [
        entry.id,
        entry.at.isoformat(),
        digest,
        hashlib.sha256(read_bytes(project.root / entry.draft, entry.draft)).hexdigest(),
        [[name, project.content(name).digest] for name in here],
        [[str(path), last_changed(path)] for path in secret],
        sorted([name, str(path), project.raw_changes.get(name)] for name, path in project.raw_files.items()),
    ]


def look_ahead(project: Project, entry: Entry, digest: str) -> None:
    """Looks once at what was just approved under this digest, so that publishing need not where nothing changes until then."""
    from contentkit.errors import ContentkitError

    with suppress(ContentkitError):  # publishing looks again, and tells
        why_still_unsayable(project, entry, digest)


def held_back(project: Project, seen: Inspection, digest: str) -> Inspection:
    """The same entry, with a problem where it is as it was approved, under this digest, and still may not go out."""
    from contentkit.errors import ContentkitError

    if seen.entry is None or seen.digest != digest or seen.entry.paused:
        return seen
    try:
        why = why_still_unsayable(project, seen.entry, digest)
    except ContentkitError as error:
        why = error.message
    return replace(seen, digest="", problem=why) if why else seen
