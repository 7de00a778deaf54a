"""What keeps a thread that is due from beginning, as far as that is known without asking anybody; in words for people."""

from __future__ import annotations

from datetime import datetime

from contentkit.models import Entry
from contentkit.publishing.conditions import awaited
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.surroundings import Resting
from contentkit.publishing.timing import CATCH_UP_GAP, is_late


def why_waiting(
    journal: Journal, thread: Thread, head: Publication, entry: Entry, now: datetime, resting: Resting | None = None
) -> str:
    """What a thread waits for beside its time, or nothing. Without ``resting`` nothing is said of quiet hours."""
    if why := why_others_first(journal, thread, head, entry, now, resting):
        return why
    if entry.when is None or thread.started:
        return ""
    words = awaited(entry.when)
    # What the page said when somebody last looked.
    return head.reason if head.reason.startswith(words) else words


def why_others_first(
    journal: Journal, thread: Thread, head: Publication, entry: Entry, now: datetime, resting: Resting | None = None
) -> str:
    """As ``why_waiting``, without the page that the entry may wait for: looking at that is the last thing to do."""
    if thread.started:
        return ""
    if entry.after and (why := _why_not_out(journal, entry.after)):
        return why
    if not is_late(thread, head, now):
        return ""
    if resting and (why := resting(thread.account, now)):
        return f"late: {why}"
    if journal.history.left_within(thread.account, CATCH_UP_GAP, now):
        return f"late: keeps {CATCH_UP_GAP.total_seconds() // 60:.0f} min from the post before"
    return ""


def excused_until(journal: Journal, row: Publication, now: datetime) -> datetime | None:
    """Until when a part stood still because of the network, if it did: a wait that it asked for, a pause of the account."""
    if journal.accounts.known(row.account).paused:
        return now
    return row.not_before if row.not_before and journal.waits.was_asked(row) else None


def _why_not_out(journal: Journal, entry: str) -> str:
    """Why the entry that another comes after is not out, on all of its accounts on which anything of it is to come."""
    waits, threads = f"waits for {entry}", journal.threads.of(entry)
    if not threads:
        skipped = journal.approvals.latest(entry) is not None
        return f"{waits}, which {'was skipped' if skipped else 'nobody has approved here'}"
    held = [thread for thread in threads if thread.head and thread.head.state is State.HELD]
    if held:
        return f"{waits}, which is held on {', '.join(thread.account for thread in held)}"
    return waits if any(thread.head for thread in threads) else ""
