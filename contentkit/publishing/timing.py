"""When a thread may go out: due, too late, or waiting so that nothing bursts after downtime. Pure rules."""

from __future__ import annotations

from datetime import datetime, timedelta

from contentkit.errors import Unavailable
from contentkit.models import Lateness
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.stops import NO_STOPS, Stops

# A thread whose next part could not go out for this long has lost its readers: a person decides.
LONGEST_PAUSE_IN_THREAD = timedelta(hours=2)
# What the network makes a thread wait for is not counted, up to this: it may go on asking for ever. Nor is a stop.
LONGEST_EXCUSE = timedelta(hours=24)
# An account on which nothing works until a person mends it is asked this often.
WAIT_WHILE_PAUSED = timedelta(minutes=10)
# After downtime, threads do not burst out: late ones keep this distance on an account.
LATE_AFTER = timedelta(minutes=15)
CATCH_UP_GAP = timedelta(minutes=30)
# A late thread moves on to an opening of its slot, or a journal was lost, and a thread that it had published is moved to a time
# to come: never further than this.
LONGEST_MOVE = timedelta(days=7)
# What the network does not show, and should, is looked for once more, in a later run.
LOOK_TWICE_AFTER = timedelta(minutes=2)
# For so long not all of a network's machines need to know a status.
NEW_FOR = timedelta(minutes=10)


def asked_wait(failure: Unavailable) -> timedelta | None:
    """How long the network makes us wait; None when it does not say, and the trouble may pass at any moment."""
    return failure.wait or (WAIT_WHILE_PAUSED if failure.pauses_account else None)


def is_due(head: Publication, now: datetime) -> bool:
    """Whether a part's time has come, and any wait that the network asked for is over."""
    return head.due <= now and (head.not_before is None or head.not_before <= now)


def why_too_late(
    thread: Thread,
    head: Publication,
    late: Lateness,
    now: datetime,
    excused: datetime | None = None,
    stops: Stops = NO_STOPS,
) -> str:
    """Why a due part must not go out without asking any more, or nothing.

    Before the first part the entry's own lateness counts. In mid-thread it is the time since the part before, or since a
    person's word; what the network made the part wait for, until ``excused``, starts the count anew, within a day.
    Nor does it count while publishing was stopped, within a day; but before the first part only where the entry may be late.
    """
    since, allowed, why = _window(thread, head, late, excused)
    begun = thread.last_sent is not None or head.released_at is not None
    stopped = stops.within(since, now) if begun or late.policy == "post" else timedelta()
    if now - since - min(stopped, LONGEST_EXCUSE) <= allowed:
        return ""
    return f"{why} {_length(now - since)} ago" + (f", {_length(stopped)} of it stopped by a person" if stopped else "")


def last_moment(thread: Thread, head: Publication, late: Lateness) -> datetime:
    """The last moment at which a part may go out without asking, whatever the network makes it wait for."""
    since, allowed, _ = _window(thread, head, late, None)
    return since + allowed


def _window(
    thread: Thread, head: Publication, late: Lateness, excused: datetime | None
) -> tuple[datetime, timedelta, str]:
    """Since when a part's time runs, how long it is, and in words what then was."""
    last = thread.last_sent
    if last is not None:
        stopped = _since(max(last.changed_at, head.released_at or last.changed_at), excused)
        return stopped, LONGEST_PAUSE_IN_THREAD, "the thread stopped"
    if head.released_at is not None:
        return _since(max(head.due, head.released_at), excused), LONGEST_PAUSE_IN_THREAD, "it was released"
    return head.due, late.within if late.policy == "post" else LATE_AFTER, "missed: it was due"


def is_late(thread: Thread, head: Publication, now: datetime) -> bool:
    """Whether a thread missed its time and nobody has looked at it since: then it keeps its distance, and lets people sleep."""
    return now - head.due > LATE_AFTER and not thread.started and head.released_at is None


def may_move_on(thread: Thread, head: Publication, late: Lateness) -> bool:
    """Whether a thread that is too late goes on to a later opening: by its approved rule, before anything of it began."""
    return late.policy == "next slot" and not thread.started and head.released_at is None


def is_too_far(head: Publication, to: datetime) -> bool:
    """Whether a later opening is too far from the time that was approved."""
    return to - (head.moved_from or head.due) > LONGEST_MOVE


def _since(stopped: datetime, excused: datetime | None) -> datetime:
    return max(stopped, min(excused or stopped, stopped + LONGEST_EXCUSE))


def _length(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"
