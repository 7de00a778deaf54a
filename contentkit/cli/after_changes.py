"""What a change of the calendar does to an entry: what of it is out, whether its approval holds, what happens now.

The commands that change the calendar say it, so that nobody learns it at the minute the entry is due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.journal import Journal


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who approved an entry last, empty when nobody did, whether that holds for the files as they are, and where it was given."""

    by: str = ""
    holds: bool = False
    elsewhere: bool = False


def parts_out(project: Project, journal: Journal | None, entry: Entry) -> str:
    """What of an entry is out, or may be: '1 of 3 parts on ours'; empty when nothing is."""
    from contentkit.publishing.publications import State
    from contentkit.publishing.receipts import read_receipts

    told: dict[str, str] = {}
    for thread in journal.threads.of(entry.id) if journal else ():
        if thread.started:
            sent = sum(row.state is State.SENT for row in thread.rows)
            told[thread.account] = f"{sent} of {_parts(thread.rows[0].parts)} on {thread.account}"
            if thread.head and thread.head.state in (State.SENDING, State.UNKNOWN):
                told[thread.account] += " and perhaps one more"
    receipts: dict[str, list[int]] = {}
    for (name, account, _), receipt in read_receipts(project.root).items():
        if name == entry.id and account not in told:
            receipts.setdefault(account, []).append(receipt.parts)
    elsewhere = {account: f"{len(parts)} of {_parts(max(parts))} on {account}" for account, parts in receipts.items()}
    return ", ".join((told | elsewhere).values())


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count} parts"


def standing_of(project: Project, journal: Journal | None, entry: Entry) -> Standing:
    """How the approval of an entry stands, as this machine counts approvals; at a desk, by the copy in the calendar."""
    from contentkit.cli.approving.standing import standing_of as counted
    from contentkit.cli.elsewhere import is_desk, other_journal
    from contentkit.errors import ContentkitError

    if entry.approved and is_desk(other_journal(project, journal)):
        try:
            holds = entry.approved.digest in project.digests_of(entry)
        except ContentkitError:
            holds = False
        return Standing(by=entry.approved.by, holds=holds, elsewhere=True)
    standing = counted(project, journal, entry)
    by = " and ".join(standing.people) or (standing.heard[-1].by if standing.heard else "")
    return Standing(by=by, holds=standing.holds)


def told_of(before: Standing, after: Standing) -> str:
    """What became of an approval, to stand behind a semicolon; empty when there was none that held."""
    if after.holds:
        return f"the approval of {after.by} holds" + ("" if before.holds else " again")
    return f"the approval of {before.by} is void" if before.holds else ""


def refuse_begun(project: Project, journal: Journal | None, entry: Entry) -> None:
    """Raises UsageError where a part of the entry is out, or may be: what is left of it has no other time."""
    from contentkit.errors import UsageError

    if out := parts_out(project, journal, entry):
        hint = f"'contentkit pause {entry.id}' keeps back what is left of it, if anything is"
        raise UsageError(f"{entry.id} cannot be moved: it is out already ({out})", hint=hint)


def what_now(journal: Journal | None, entry: Entry, standing: Standing, now: datetime) -> str:
    """What happens with an entry that is not paused, if nobody does anything."""
    from contentkit.calendar.times import distance, show_time

    if not standing.holds:
        why = f"the approval of {standing.by} is void" if standing.by else "not approved"
        return f"{why}: nothing goes out before it is approved"
    if held := _why_held(journal, entry, now):
        return f"approved by {standing.by}, but {held}"
    when = f"{show_time(entry.at)} ({distance(entry.at, now)})"
    goes = f"goes out {when}" if entry.at > now else f"was due {when}, goes out with the next run"
    return f"approved by {standing.by}: {goes}"


def what_next(
    project: Project, journal: Journal | None, entry: Entry, standing: Standing, now: datetime
) -> Iterator[str]:
    """What a person does next about an entry, as a command and where; nothing when there is nothing to do."""
    from contentkit.cli.elsewhere import is_desk, other_journal

    there = is_desk(other_journal(project, journal))
    if there:
        yield "Another machine publishes: it acts on this once it has this calendar.yaml."
    if not standing.holds:
        yield f"Next: {'there, ' if there else ''}contentkit approve {entry.id}"
    elif entry.paused:
        yield f"Next: contentkit unpause {entry.id}"
    elif _why_held(journal, entry, now):
        begun = journal and any(thread.started for thread in journal.threads.of(entry.id))
        yield "Next: contentkit status" if begun else f"Next: contentkit move {entry.id} --at TIME"


def _why_held(journal: Journal | None, entry: Entry, now: datetime) -> str:
    """Why publishing would only hold what is left of an entry, or holds it already; empty when it would not."""
    from contentkit.publishing.publications import State
    from contentkit.publishing.stops import stops_of
    from contentkit.publishing.timing import why_too_late

    if journal is None:
        return ""
    for thread in journal.threads.of(entry.id):
        if thread.head and thread.head.state is State.HELD:
            return f"held: {thread.head.reason}"
        if thread.head and (why := why_too_late(thread, thread.head, entry.late, now, stops=stops_of(journal, now))):
            return why
    return ""
