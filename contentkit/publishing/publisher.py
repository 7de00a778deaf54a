"""Publishing what is due: at most once, in order, never silently lost.

The publisher takes one account after the other (a lane), and in it one thread after the other. A part is claimed in the
journal before the first byte leaves and settled after; what may have been sent is looked for before anything else of
its thread moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contentkit.clock import Clock
from contentkit.models import Entry
from contentkit.publishing.desk import Desk, Inspection, Outcome
from contentkit.publishing.journal import Journal
from contentkit.publishing.lane import Lane, LaneStops
from contentkit.publishing.looking import compare
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.sending import report_doubles, send, settle
from contentkit.publishing.timing import is_due, must_let_others_pass, why_too_late


def publish_due(journal: Journal, desk: Desk, clock: Clock) -> list[Outcome]:
    """Publishes what is due and looks for what is in doubt. Returns what happened; quiet runs return nothing.

    The caller holds the publisher's lock. Raises StateError when the journal cannot be written: nothing is sent then.
    """
    recovered = journal.recover()
    outcomes: list[Outcome] = []
    for account, threads in _lanes(journal.open_threads()):
        lane = Lane(account, journal, desk, clock)
        try:
            _run(lane, threads)
        finally:
            lane.close()
        _say_what_is_still_in_doubt(lane, recovered)
        outcomes += lane.outcomes
    return outcomes


def due_now(journal: Journal, now: datetime) -> list[Thread]:
    """The threads whose next part is planned and due, in the order in which they would be sent."""
    return [thread for thread in journal.open_threads() if (head := _planned_head(thread)) and is_due(head, now)]


def _planned_head(thread: Thread) -> Publication | None:
    head = thread.head
    return head if head is not None and head.state is State.PLANNED else None


def _lanes(threads: Iterable[Thread]) -> list[tuple[str, list[Thread]]]:
    lanes: dict[str, list[Thread]] = {}
    for thread in threads:
        lanes.setdefault(thread.account, []).append(thread)
    return list(lanes.items())


def _run(lane: Lane, threads: Iterable[Thread]) -> None:
    try:
        for thread in threads:
            if lane.desk.interrupted():
                return
            _advance(lane, thread)
    except LaneStops:
        return


def _say_what_is_still_in_doubt(lane: Lane, recovered: Iterable[Publication]) -> None:
    """A run that was killed could not say what it left in doubt: the next one does."""
    for row in recovered:
        thread = lane.journal.thread(row.entry, row.account) if row.account == lane.name else None
        if thread and thread.head and (thread.head.id, thread.head.state) == (row.id, State.UNKNOWN):
            lane.say("unknown", thread.head, reason=thread.head.reason)


def _advance(lane: Lane, thread: Thread) -> None:
    """Does with a thread what can be done now."""
    head = thread.head
    if head is not None and head.state is State.UNKNOWN:
        if not settle(lane, head):
            return
        thread = _fresh(lane, thread)
    planned = _planned_head(thread)
    if planned is None or lane.journal.known("stopped") or not is_due(planned, lane.clock.now()):
        return
    entry = _still_approved(lane, thread, planned)
    if entry is not None and _may_go(lane, thread, planned, entry):
        _send_rest(lane, thread)


def _fresh(lane: Lane, thread: Thread) -> Thread:
    found = lane.journal.thread(thread.entry, thread.account)
    assert found is not None
    return found


def _still_approved(lane: Lane, thread: Thread, head: Publication) -> Entry | None:
    """The entry, if the approval is genuine and the files still say exactly what was approved.

    None otherwise, and then the part is held, or skipped when its entry was moved or removed before the first part;
    a paused entry just waits.
    """
    approval = lane.journal.approval(head.approval)
    if not lane.desk.genuine(approval):
        lane.hold(head, "the approval was not made on this machine")
        return None
    now = lane.desk.inspect(thread.entry, approval)
    if now.entry is not None and now.digest == approval.digest:
        return None if now.entry.paused else now.entry
    if thread.started or (now.entry is not None and not now.moved):
        lane.hold(head, _why_void(now))
        return None
    reason = "" if now.entry is None else "moved to another time: approve it again"
    planned = [row for row in thread.rows if row.state is State.PLANNED]
    lane.journal.skip(planned, reason or "removed from the calendar")
    lane.say("skipped", head, reason=reason)
    return None


def _why_void(now: Inspection) -> str:
    if now.entry is None:
        return "the entry was removed from the calendar after it had begun"
    if now.problem:
        return f"cannot be read as it was approved: {now.problem}"
    return "edited after the approval"


def _may_go(lane: Lane, thread: Thread, head: Publication, entry: Entry) -> bool:
    """Whether it is this thread's turn; a thread that is too late is held."""
    now = lane.clock.now()
    if entry.after and not _is_out(lane.journal, entry.after):
        return False
    if must_let_others_pass(thread, head, lane.journal.last_sent_at(lane.name), now):
        return False
    why = why_too_late(thread, head, entry.late, now)
    if why:
        lane.hold(head, why)
    return not why


def _is_out(journal: Journal, entry: str) -> bool:
    threads = [thread for thread in journal.threads() if thread.entry == entry]
    return bool(threads) and all(thread.head is None for thread in threads)


def _send_rest(lane: Lane, thread: Thread) -> None:
    """Sends the open parts of a due thread, one after the other, as far as it goes."""
    if not _fits(lane, thread):
        return
    first = thread.head
    while (head := _planned_head(thread)) is not None:
        if lane.desk.interrupted():
            raise LaneStops
        # The files may be edited while a thread goes out.
        if head != first and _still_approved(lane, thread, head) is None:
            return
        place = _place(lane, thread, head, sent_in_this_run=head != first)
        if place is None or not send(lane, head, parent=place[0], watermark=place[1]):
            return
        thread = _fresh(lane, thread)
    if thread.head is None:
        report_doubles(lane, thread)


def _fits(lane: Lane, thread: Thread) -> bool:
    """Every part still fits the limits in force now: nothing of a thread leaves that could not end."""
    connection = lane.connection()
    with lane.trouble():
        limits = connection.limits()
        account = lane.account
    for row in thread.rows:
        length = lane.desk.length(account, row.text, row.warning, limits)
        if row.state is State.PLANNED and length > limits.characters:
            assert thread.head is not None
            words = f"part {row.part + 1} has {length} characters, the server now allows {limits.characters}"
            lane.hold(thread.head, words)
            return False
    return True


def _place(lane: Lane, thread: Thread, head: Publication, *, sent_in_this_run: bool) -> tuple[str, str] | None:
    """The parent of the next part, and the watermark: the newest own status before it, where looking for it starts.

    None, and the part held, when its parent is gone, or when the thread looks published already.
    """
    connection, last = lane.connection(), thread.last_sent
    if last is not None:
        with lane.trouble():
            is_there = sent_in_this_run or connection.find(last.remote_id) is not None
        if is_there:
            return last.remote_id, last.remote_id
        lane.hold(head, f"part {last.part + 1} is no longer on the network: {last.url}")
        return None
    with lane.trouble():
        recent = connection.recent("")
        already = compare(head, recent, connection, lane.journal.remote_ids(lane.name)).found
    if already is not None:
        lane.hold(head, f"looks as if it was published already: {already.url}")
        return None
    return "", recent[0].remote_id if recent else ""
