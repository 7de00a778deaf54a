"""What somebody approves, as they are asked: the terms beside the threads, and what changed since the last approval."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from contentkit.manifests.changes import in_one_shape, terms_of

if TYPE_CHECKING:
    from contentkit.cli.approving.giving import Candidate
    from contentkit.cli.project import Project
    from contentkit.clock import Clock
    from contentkit.manifests.differences import Difference
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal


def show_terms(project: Project, candidate: Candidate, clock: Clock) -> None:
    """Shows what an approval is bound to beside its threads, and what changed since the last one."""
    from contentkit.calendar.times import show_time
    from contentkit.cli.journal import journal_if_any
    from contentkit.cli.output import show
    from contentkit.views.differences import difference_view, terms_view

    words = project.bound(candidate.entry, candidate.draft, candidate.renditions)
    show(terms_view(terms_of(in_one_shape(json.loads(words)))))
    with journal_if_any(project, clock) as journal:
        approval = journal.approvals.latest(candidate.entry.id) if journal else None
        difference = changes_since(project, journal, candidate.entry)
    if difference and approval:
        show(difference_view(difference, f"Changed since {approval.by} approved it, {show_time(approval.at)}:"))


def changes_since(project: Project, journal: Journal | None, entry: Entry) -> Difference | None:
    """What is otherwise than it was approved here last; None where it was never approved, or just so.

    Without its words where these may no longer be repeated. Raises ContentError.
    """
    from contentkit.cli.approving.holding import difference_of

    approval = journal.approvals.latest(entry.id) if journal else None
    if approval is None or approval.digest in project.digests_of(entry):
        return None
    return difference_of(project, entry, approval)
