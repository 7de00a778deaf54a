"""What an edit of a draft would undo: an approval, which is told, and a publication, which is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.models import Entry


def refuse_published(project: Project, path: str) -> None:
    """Raises UsageError where any of the draft is out, as the receipts tell: other words would change nothing of that.

    What cannot be read is for others to say.
    """
    from contentkit.errors import ContentError, UsageError
    from contentkit.publishing.receipts import read_receipts

    if not project.config.project:
        return
    try:
        out = {entry for entry, _, _ in read_receipts(project.root)}
        published = [entry.id for entry in project.calendar.entries if entry.draft == path and entry.id in out]
    except ContentError:
        return
    if published:
        hint = "what is out stays as it is; for another thread: contentkit draft SOURCE --slug NAME"
        raise UsageError(f"{path} is published as {published[0]}, all of it or the beginning", hint=hint)


def approved_now(project: Project, path: str) -> dict[str, str]:
    """The digests of the entries of this draft that somebody approved as they are now, by their ids.

    What cannot be read has no approval that could be lost here: others say so.
    """
    from contentkit.errors import ContentkitError

    if not project.config.project:
        return {}
    try:
        entries = [entry for entry in project.calendar.entries if entry.draft == path]
        held = {entry.id: _given(project, entry).intersection(project.digests_of(entry)) for entry in entries}
        return {name: digests.pop() for name, digests in held.items() if digests}
    except ContentkitError:
        return {}


def tell_void(project: Project, approved: Mapping[str, str]) -> None:
    """Says of which of these entries the approval no longer holds."""
    from contentkit.cli.output import say
    from contentkit.errors import ContentkitError

    fresh = project.as_it_is_now()
    for name, digest in approved.items():
        try:
            now = fresh.digests_of(fresh.calendar.entry(name))
        except ContentkitError:
            now = ()
        if digest not in now:
            say(f"{name}: its approval is void, as other words were approved. Next: contentkit approve {name}")


def _given(project: Project, entry: Entry) -> set[str]:
    """The digests under which the entry was approved: by this machine's journal, and by the calendar's copy."""
    from contentkit.cli.journal import journal_if_any
    from contentkit.clock import SystemClock
    from contentkit.errors import StateError

    given = {entry.approved.digest} if entry.approved else set()
    try:
        with journal_if_any(project, SystemClock()) as journal:
            latest = journal.approvals.latest(entry.id) if journal else None
    except StateError:
        return given
    return given | ({latest.digest} if latest else set())
