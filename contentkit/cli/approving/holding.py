"""Whether approvals hold for the files as they are, and what to say of those that do not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.cli.late import why_resting
from contentkit.cli.project import Project
from contentkit.cli.unsayable import why_unsayable
from contentkit.errors import ContentkitError
from contentkit.link_tags import LinkTags
from contentkit.manifests import ORIGIN, digest, form_of
from contentkit.models import Entry, Rendition
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Thread
from contentkit.publishing.records import Approval
from contentkit.publishing.seal import is_sealed
from contentkit.publishing.surroundings import Inspection
from contentkit.publishing.waiting import why_waiting
from contentkit.renditions import frozen, render
from contentkit.stamps import moment_of
from contentkit.walls import instant_of

if TYPE_CHECKING:
    from contentkit.manifests.differences import Difference


def is_genuine(project: Project, approval: Approval) -> bool:
    """Whether this approval was sealed on this machine, for exactly what it says."""
    return is_sealed(
        project.state,
        approval.seal,
        entry=approval.entry,
        digest=approval.digest,
        manifest=approval.manifest,
        by=approval.by,
        at=approval.at,
        trust=approval.trust,
    )


def inspect(project: Project, entry_id: str, approval: Approval) -> Inspection:
    """The entry as these files have it. Publishing asks for them as they are now: they may have been edited since."""
    entry: Entry | None = None
    try:
        entry = next((one for one in project.calendar.entries if one.id == entry_id), None)
        if entry is None:
            return Inspection(entry=None)
        words = project.manifest(entry, form_of(approval.manifest))
        now = digest(words)
        if now == approval.digest:
            return Inspection(entry=entry, digest=now)
        difference = _difference(project, entry, approval, words)
        if difference.keys == {"embargo"} and (why := why_unsayable(project, entry)):
            return Inspection(entry=entry, problem=why)
        differs = ""
        if not (difference.moved or difference.edited):
            differs = _differs(_as_may_be_told(project, entry, difference))
        return Inspection(entry=entry, digest=now, moved=difference.moved, differs=differs)
    except ContentkitError as error:
        # A calendar that cannot be read must not look like one from which the entry was removed.
        return Inspection(entry=entry or _unreadable(entry_id, approval), problem=error.message)


def _differs(difference: Difference) -> str:
    from contentkit.manifests.differences import in_short

    if difference.edited:
        return ""
    how = "renders differently" if difference.keys & {"renditions", "rendition"} else "not as approved"
    return f"{how}: {in_short(difference)}"


def difference_of(project: Project, entry: Entry, approval: Approval) -> Difference:
    """What differs between the threads that were approved and those that the files give now.

    Without its words where these may no longer be repeated. Raises ContentError.
    """
    words = project.manifest(entry, form_of(approval.manifest))
    return _as_may_be_told(project, entry, _difference(project, entry, approval, words))


def _as_may_be_told(project: Project, entry: Entry, difference: Difference) -> Difference:
    return difference if may_be_told(project, entry, difference.words) else difference.without_words()


def _difference(project: Project, entry: Entry, approval: Approval, words: str) -> Difference:
    from contentkit.manifests.differences import compare

    origin = ORIGIN in json.loads(approval.manifest)
    plain = "" if origin else _plain_manifest(project, entry, form_of(approval.manifest))
    return compare(approval.manifest, words, plain)


def _plain_manifest(project: Project, entry: Entry, form: int) -> str:
    """The manifest as it was before parts: nothing split, numbered or tagged, and people mentioned wherever they agreed."""

    def thread(name: str) -> Rendition:
        account = project.account(name)
        manner = replace(project.manner(account), mentions="handles", split="never", numbering="none", tags=LinkTags())
        return frozen(
            render(draft, entry, account, project.people, manner), lambda path: project.digests.of(path, project.root)
        )

    draft = project.draft_of(entry)
    return project.bound(entry, draft, [thread(name) for name in entry.accounts], form)


def may_be_told(project: Project, entry: Entry, words: str) -> bool:
    """Whether nothing in these words is off the record or confidential by now: they go into mails of cron."""
    from contentkit.cli.checking.off_record import off_record_in

    try:
        forbidden, _, _ = off_record_in(project, project.sources_of(project.draft_of(entry)))
    except ContentkitError:
        return False
    return not (forbidden.leaks_in(words) or project.confidential.is_named_in(words))


def approved_time(approval: Approval) -> datetime:
    """The moment that was approved, by the rules that its zone has now."""
    content = json.loads(approval.manifest)
    return instant_of(content["at"], content["timezone"]) if "timezone" in content else moment_of(content["at"])


def _unreadable(entry_id: str, approval: Approval) -> Entry:
    return Entry(id=entry_id, draft="", at=approved_time(approval), accounts=())


def difference_lines(project: Project, thread: Thread, approval: Approval, seen: Inspection) -> list[str]:
    """Line by line what renders differently on its account than was approved, though nobody edited it; else nothing."""
    if seen.entry is None or not seen.differs:
        return []
    from contentkit.manifests.differences import line_by_line

    return list(line_by_line(difference_of(project, seen.entry, approval).on(thread.account)))


def why_not(project: Project, journal: Journal, thread: Thread, now: datetime) -> str:
    """What keeps a planned thread from going out, as the files and the journal stand; empty when nothing does.

    Nobody should learn it only at the minute it was due.
    """
    void = why_void(project, journal, thread)
    if void:
        return void
    entry = next((one for one in project.calendar.entries if one.id == thread.entry), None)
    if entry and entry.paused:
        return "paused"

    def resting(account: str, at: datetime) -> str:
        return why_resting(project.calendar, account, at)

    waits = why_waiting(journal, thread, thread.head, entry, now, resting) if entry and thread.head else ""
    return waits or journal.accounts.known(thread.account).trouble


def why_void(project: Project, journal: Journal, thread: Thread, seen: Inspection | None = None) -> str:
    """Why a thread's approval does not hold for the files as they are; empty when it does. ``seen`` is its entry, if known."""
    from contentkit.cli.approving.policies import policy_of
    from contentkit.cli.approving.standing import as_merged, doubt

    approval = journal.approvals.numbered(thread.approval)
    try:
        policy = policy_of(project)
        if why := doubt(project, journal, policy, approval, thread):
            return why
        now = as_merged(project, policy, seen or inspect(project, thread.entry, approval))
    except ContentkitError as error:
        return error.message
    if now.problem:
        return now.problem
    if now.entry is None:
        return "no longer on the calendar"
    if now.digest == approval.digest:
        return ""
    if now.differs:
        return _differs(difference_of(project, now.entry, approval).on(thread.account))
    return "moved since its approval" if now.moved else "edited since its approval"
