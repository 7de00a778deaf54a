"""Publishing what is due: at most once, in order, never silently lost.

The publisher takes several accounts at once (each is a lane), and in each one thread after the other. A part is claimed in the
journal before the first byte leaves and settled after; what may have been sent is looked for before anything else of
its thread moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from contentkit.clock import Clock
from contentkit.errors import Refused, Unavailable
from contentkit.models import Condition, Entry, Lateness
from contentkit.platforms import Status
from contentkit.publishing.allowances import why_too_few
from contentkit.publishing.amending import amend
from contentkit.publishing.amendments import AmendmentKind
from contentkit.publishing.caps import is_beyond_run, why_full
from contentkit.publishing.conditions import awaited, next_look
from contentkit.publishing.facts import Fact
from contentkit.publishing.fares import fare_of, fare_of_found, refuse_beyond_budget
from contentkit.publishing.journal import Journal
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.lane import Lane, LaneStops
from contentkit.publishing.lanes import Lanes
from contentkit.publishing.looking import Finding, compare, find_any, is_worded
from contentkit.publishing.outcomes import Outcome, OutcomeKind, outcome_about, outcome_about_change
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.records import Notice
from contentkit.publishing.sending import Place, adopt, report_doubles, send, settle
from contentkit.publishing.surroundings import Inspection, Surroundings
from contentkit.publishing.timing import (
    LONGEST_MOVE,
    LOOK_TWICE_AFTER,
    NEW_FOR,
    is_due,
    is_too_far,
    last_moment,
    may_move_on,
    why_too_late,
)
from contentkit.publishing.uploading import upload_all, why_unfit
from contentkit.publishing.waiting import why_others_first, why_waiting
from contentkit.stamps import moment_if_any

_UNTOLD: dict[State, OutcomeKind] = {State.HELD: "held", State.UNKNOWN: "unknown", State.SKIPPED: "skipped"}


def publish_due(journal: Journal, surroundings: Surroundings, clock: Clock) -> list[Outcome]:
    """Publishes what is due and looks for what is in doubt. Returns what happened; quiet runs return nothing.

    What an earlier run left unsaid comes first. The caller holds the publisher's lock, and calls
    ``Journal.mark_told`` when the outcomes were written out.
    Raises StateError when the journal cannot be written: nothing is sent then.
    """
    journal.recover()
    return _publish(journal, surroundings, clock, _in_hand(journal), lambda _: True)


def publish_account(journal: Journal, surroundings: Surroundings, clock: Clock, account: str) -> list[Outcome]:
    """As ``publish_due``, for one account alone."""
    journal.recover()
    return _publish(journal, surroundings, clock, journal.threads.in_hand(account), lambda name: name == account)


def _publish(
    journal: Journal, surroundings: Surroundings, clock: Clock, threads: Sequence[Thread], on: Callable[[str], bool]
) -> list[Outcome]:
    untold = untold_in(journal)
    outcomes = Lanes(threads, journal, surroundings, clock, _advance).run()
    said = {(outcome.publication, outcome.amendment) for outcome in outcomes}
    before = [one for one in untold if on(one.account) and (one.publication, one.amendment) not in said]
    return [_with_what_is_live(journal, outcome) for outcome in before + outcomes]


def untold_in(journal: Journal) -> list[Outcome]:
    """What a person must know of parts and their changes, and was not told yet."""
    parts = [outcome_about(row, _UNTOLD[row.state], reason=row.reason) for row in journal.publications.untold()]
    changes = journal.amendments.untold()
    return parts + [outcome_about_change(one, _UNTOLD[one.state], reason=one.reason) for one in changes]


def _with_what_is_live(journal: Journal, outcome: Outcome) -> Outcome:
    """Of a thread that stands still in its middle, people must know what others can read."""
    if outcome.kind not in _UNTOLD.values() or not outcome.part or outcome.amendment:
        return outcome
    thread = journal.threads.find(outcome.entry, outcome.account)
    return replace(outcome, live=thread.rows[0].url) if thread and thread.rows[0].state is State.SENT else outcome


def publish_entry(journal: Journal, surroundings: Surroundings, clock: Clock, entry: str) -> list[Outcome]:
    """As ``publish_due``, for one entry alone, at a person's word: nothing that other runs left unsaid is said."""
    journal.recover()
    threads = [thread for thread in _in_hand(journal) if thread.entry == entry]
    return Lanes(threads, journal, surroundings, clock, _advance).run()


def _in_hand(journal: Journal) -> list[Thread]:
    """Threads in which something is not settled, or rests on receipts alone, or is to be changed, by due time."""
    found = journal.threads.claimed() + journal.threads.amended() + journal.threads.open()
    threads = {(thread.entry, thread.account): thread for thread in found}
    return sorted(threads.values(), key=lambda thread: (thread.due, thread.entry, thread.account))


def due_now(journal: Journal, now: datetime) -> list[Thread]:
    """The threads whose next part is planned and due, in the order in which they would be sent."""
    return [thread for thread in journal.threads.open() if (head := thread.planned_head) and is_due(head, now)]


def _advance(lane: Lane, thread: Thread) -> None:
    """Does with a thread what can be done now, whatever another command did to it since it was listed."""
    try:
        now = lane.journal.threads.find(thread.entry, thread.account)
        if now is not None:
            _advance_fresh(lane, now)
    except MovedMeanwhile:
        return


def _advance_fresh(lane: Lane, thread: Thread) -> None:
    if not _prove(lane, thread):
        return
    changes = lane.journal.amendments.of_thread(thread)
    if changes:
        amend(lane, changes)
        thread = _fresh(lane, thread)
    head = thread.head
    if head is not None and head.state is State.UNKNOWN:
        if not settle(lane, head):
            return
        thread = _fresh(lane, thread)
        if thread.head is None:
            report_doubles(lane, thread)
    planned = thread.planned_head
    if planned is None or lane.journal.known(Fact.STOPPED) or not is_due(planned, lane.clock.now()):
        return
    if changes and any(one.kind is not AmendmentKind.EDIT for one in lane.journal.amendments.of_thread(thread)):
        return
    entry = _still_approved(lane, thread, planned)
    if entry is not None and _may_go(lane, thread, planned, entry):
        _send_rest(lane, thread)


def _prove(lane: Lane, thread: Thread) -> bool:
    """Asks the network once for each part that only a receipt says is out. False when it cannot tell, or says no.

    The file travels in git, and anybody may claim in it that a thread is published. From the first part on that is not
    there, each is held: whether the next is there and hangs in the air, or is not, only a person can see.
    """
    claimed = lane.journal.claims.of(thread)
    for number, row in enumerate(claimed):
        connection = lane.connection()
        try:
            why = _why_not_ours(lane, row, connection.find(row.remote_id))
        except Unavailable as failure:
            lane.set_back(failure)
            return False
        if why:
            _disprove(lane, claimed[number:], why)
            return False
        lane.journal.claims.prove(row)
    return True


def _disprove(lane: Lane, rows: Iterable[Publication], why: str) -> None:
    for row in rows:
        reason = f"receipts.jsonl says that it is out, but {why}"
        lane.journal.claims.disprove(row, reason)
        lane.say("held", row, reason=reason)


def _fresh(lane: Lane, thread: Thread) -> Thread:
    """The thread as the journal has it now. Raises MovedMeanwhile when nothing of it is left."""
    found = lane.journal.threads.find(thread.entry, thread.account)
    if found is None:
        raise MovedMeanwhile(f"{thread.entry} on {thread.account}: no longer planned")
    return found


def _still_approved(lane: Lane, thread: Thread, head: Publication) -> Entry | None:
    """The entry, if the approval counts here and the files still say exactly what was approved.

    None otherwise, and then the part is held, or skipped when its entry was moved or removed before the first part;
    a paused entry just waits, and so does one whose files cannot be read now.
    """
    approval = lane.journal.approvals.numbered(head.approval)
    if why := lane.surroundings.doubt(approval, thread):
        lane.hold(head, why)
        return None
    now = lane.surroundings.inspect(thread.entry, approval)
    if now.entry is not None and now.digest == approval.digest:
        return None if now.entry.paused else now.entry
    if now.problem:
        _wait_for_mending(lane, thread, head, now)
        return None
    if thread.started or (now.entry is not None and not now.moved):
        lane.hold(head, _why_void(now))
        return None
    reason = "no longer on the calendar" if now.entry is None else "moved to another time: approve it again"
    lane.journal.publications.skip([row for row in thread.rows if row.state is State.PLANNED], reason)
    lane.say("skipped", head, reason=reason)
    return None


def _wait_for_mending(lane: Lane, thread: Thread, head: Publication, now: Inspection) -> None:
    """A file that is half saved or in conflict is mended in a minute: the part waits, and is held once it is too late."""
    allowed = now.entry.late if now.entry else Lateness()
    late = why_too_late(thread, head, allowed, lane.clock.now(), lane.excused(head), lane.stops)
    if late:
        lane.connection()  # compares clocks, as in _may_go
        lane.hold(head, f"{late}; {now.problem}")
    elif head.reason != now.problem:
        notice = Notice(
            kind="paused",
            entry=head.entry,
            account=head.account,
            part=head.part,
            parts=head.parts,
            reason=now.problem,
        )
        lane.tell(lane.journal.waits.remark(head, now.problem, notice))


def _why_void(now: Inspection) -> str:
    if now.entry is None:
        return "the entry was removed from the calendar after it had begun"
    return now.differs or "edited after the approval"


def _may_go(lane: Lane, thread: Thread, head: Publication, entry: Entry) -> bool:
    """Whether it is this thread's turn; a thread that is too late is held, whatever else it waits for."""
    now = lane.clock.now()
    why = why_too_late(thread, head, entry.late, now, lane.excused(head), lane.stops)
    if why:
        # The connection compares clocks: nothing is late by a clock that is wrong.
        lane.connection()
        _move_on_or_hold(lane, thread, head, entry, why)
        return False
    if thread.started:
        return True
    # The wall wins: a row of an old journal follows no clock.
    if entry.at > now or why_others_first(lane.journal, thread, head, entry, now, lane.surroundings.resting):
        return False
    if not _has_room(lane, thread, head):
        return False
    if too_few := why_too_few(lane, thread):
        lane.journal.waits.grant(head, *too_few)
        return False
    return entry.when is None or _is_met(lane, thread, head, entry, entry.when)


def _has_room(lane: Lane, thread: Thread, head: Publication) -> bool:
    """Whether our own limits let a thread begin now. Where a later run will send it, nobody needs to know."""
    with lane.trouble():
        caps = lane.account.caps
    why = why_full(lane.journal, thread, caps, lane.clock.now())
    if why and head.reason != why:
        notice = Notice(kind="paused", entry=head.entry, account=head.account, part=0, parts=head.parts, reason=why)
        lane.tell(lane.journal.waits.remark(head, why, notice))
    gone = sum(outcome.kind in ("sent", "unknown") for outcome in lane.outcomes)
    return not why and not is_beyond_run(thread, caps, gone)


def _move_on_or_hold(lane: Lane, thread: Thread, head: Publication, entry: Entry, why: str) -> None:
    """Moves a thread that is too late on to the next opening of its slot if that was approved and there is one; else holds it."""
    now, surroundings = lane.clock.now(), lane.surroundings
    waited = why_waiting(lane.journal, thread, head, entry, now, surroundings.resting)
    waited = waited or why_full(lane.journal, thread, lane.account.caps, now)
    waits = f"; {waited}" if waited else ""
    if may_move_on(thread, head, entry.late):
        opening = surroundings.opening(entry, lane.name, now)
        if opening and not is_too_far(head, opening.at):
            notice = Notice(
                kind="moved",
                entry=head.entry,
                account=head.account,
                reason=f"late: moved to {opening.words}{waits}",
            )
            lane.tell(lane.journal.waits.move_on(thread, opening.at, notice))
            return
        why = f"{why}; its slot is not free within {LONGEST_MOVE.days} days"
    lane.hold(head, f"{why}{waits}")


def _is_met(lane: Lane, thread: Thread, head: Publication, entry: Entry, condition: Condition) -> bool:
    """Whether a page lets this thread begin. Where nobody has looked in this run, the thread is put off until somebody has."""
    why = lane.looks.known(condition)
    if why is None:
        lane.put_off.append((thread, condition))
        return False
    if why:
        now = lane.clock.now()
        until = next_look(head.due, now, last_moment(thread, head, entry.late))
        lane.journal.waits.try_later(head, f"{awaited(condition)}: {why}", until)
    return not why


def _send_rest(lane: Lane, thread: Thread) -> None:
    """Sends the open parts of a due thread, one after the other, as far as it goes."""
    refuse_beyond_budget(lane, thread)
    if not _fits(lane, thread):
        return
    first, just_sent = thread.head, False
    while (head := thread.planned_head) is not None:
        if lane.surroundings.interrupted():
            raise LaneStops
        # The files may be edited while a thread goes out.
        if head != first and _still_approved(lane, thread, head) is None:
            return
        place = _continue(thread) if just_sent else _resume(lane, thread, head)
        just_sent = place is not None
        if place is not None and not _send_there(lane, thread, head, place):
            return
        thread = _fresh(lane, thread)
        if (still := thread.planned_head) is not None and still.id == head.id:
            return
    if thread.head is None:
        report_doubles(lane, thread)


def _send_there(lane: Lane, thread: Thread, head: Publication, place: Place) -> bool:
    """Uploads a part's pictures and sends it. False when its thread must stop."""
    media = upload_all(lane, head)
    if media is None:
        return False
    # A film takes minutes: the files may be edited meanwhile, and its time may be over.
    if media:
        entry = _still_approved(lane, thread, head)
        if entry is None:
            return False
        if entry.when and not thread.started:
            lane.looks.look_again(entry.when)
        if not _may_go(lane, thread, head, entry):
            return False
    return send(lane, head, place, media, fare_of(lane, thread, head))


def _fits(lane: Lane, thread: Thread) -> bool:
    """Every part still fits the limits in force now: nothing of a thread leaves that could not end."""
    connection = lane.connection()
    with lane.trouble():
        limits = lane.seen.limits(connection)
        account = lane.account
    for row in thread.rows:
        if row.state is not State.PLANNED:
            continue
        length = lane.surroundings.length(account, row.text, row.warning, limits)
        words = why_unfit(lane, row, limits)
        if length > limits.characters:
            words = f"has {length} characters, the server now allows {limits.characters}"
        if words:
            assert thread.head is not None
            lane.hold(thread.head, f"part {row.part + 1}: {words}")
            return False
    return True


def _continue(thread: Thread) -> Place:
    """The place after a part that was sent a moment ago."""
    last = thread.last_sent
    assert last is not None
    return Place(parent=last.remote_id, watermark=last.remote_id)


def _resume(lane: Lane, thread: Thread, head: Publication) -> Place | None:
    """The place of a part whose forerunner was not sent a moment ago, after looking at what is there already.

    None when nothing may be sent: the parent is gone or another's, the thread looks published already, the part itself
    is there (then it is taken for sent), or the network cannot be asked.
    """
    connection, last = lane.connection(), thread.last_sent
    try:
        found = connection.find(last.remote_id) if last is not None else None
        if last is not None and (why := _why_not_ours(lane, last, found)):
            if found is None:
                _hold_if_it_stays(lane, last, head, why)
            else:
                lane.hold(head, why)
            return None
        if last is None and _may_be_out_already(lane, head):
            return _look_back(lane, thread, head)
        recent = connection.recent(last.remote_id) if last else lane.seen.newest(connection)
        lane.known |= {status.remote_id for status in recent}
        here = replace(head, parent=last.remote_id if last else "")
        there = compare(here, recent, connection, lane.taken(head))
    except Unavailable as failure:
        lane.set_back(failure)
        return None
    place = Place(parent=here.parent, watermark=here.parent or (recent[0].remote_id if recent else ""))
    if there.found is not None:
        _settle_what_is_there(lane, head, place, there)
        return None
    if last is not None and there.elsewhere is not None:
        _hold_as_published(lane, head, [there.elsewhere])
        return None
    if _may_have_been_deleted(lane, thread, head):
        lane.hold_as_out(
            head, "the journal was lost, copied or restored: it may have been published, and deleted since"
        )
        return None
    return place


def _may_have_been_deleted(lane: Lane, thread: Thread, head: Publication) -> bool:
    """Whether a part that is not there may have been sent by the journal as it was before a takeover.

    Where a person approved the thread since, or released a part of it, somebody has looked.
    """
    taken_over = _taken_over(lane)
    if taken_over is None or lane.journal.approvals.numbered(head.approval).at > taken_over:
        return False
    return not any(row.released_at and row.released_at >= taken_over for row in thread.rows)


def _may_be_out_already(lane: Lane, head: Publication) -> bool:
    """Whether another journal may have published this thread: the one that was lost, or that was here before.

    Where a person has released the part, somebody has looked.
    """
    if head.attempts or head.released_at:
        return False
    taken_over = _taken_over(lane)
    was_lost = taken_over is not None and (head.moved_from or head.due) - LONGEST_MOVE <= taken_over
    return was_lost or not lane.journal.history.has_sent(lane.name)


def _taken_over(lane: Lane) -> datetime | None:
    """When a person made this machine the publisher; None where nobody had to."""
    return moment_if_any(lane.journal.known(Fact.TAKEN_OVER))


def _look_back(lane: Lane, thread: Thread, head: Publication) -> Place | None:
    """The place of a first part after a look at all that the account published since the thread may have gone out.

    None when any part of it is there, or the network cannot look back so far: then the thread is held. Raises Unavailable.
    """
    connection = lane.connection()
    try:
        recent = connection.since((head.moved_from or head.due) - LONGEST_MOVE)
    except Refused as refusal:
        lane.hold_as_out(head, f"may be published already, and nobody can tell: {refusal.words}")
        return None
    lane.known |= {status.remote_id for status in recent}
    there = find_any(thread, recent, connection, lane.taken(head))
    if there:
        _hold_as_published(lane, head, there)
        return None
    return Place(parent="", watermark=recent[0].remote_id if recent else "")


def _hold_as_published(lane: Lane, head: Publication, there: Sequence[Status]) -> None:
    """A person has to say whether what stands there is this part: then it must not go out again."""
    lookalikes = [status.remote_id for status in there]
    lane.hold_as_out(head, f"looks as if it was published already: {there[0].url}", lookalikes=lookalikes)


def _settle_what_is_there(lane: Lane, head: Publication, place: Place, there: Finding) -> None:
    """A reply to our own part with our own words is ours, and so is a first part that we tried before."""
    assert there.found is not None
    if not place.parent and head.attempts == 0:
        _hold_as_published(lane, head, [there.found, *there.doubles])
        return
    fare = fare_of_found(lane, head)
    row = lane.journal.publications.claim(head, parent=place.parent, watermark=place.watermark, fare=fare)
    if row is not None:
        adopt(lane, row, there)


def _hold_if_it_stays(lane: Lane, last: Publication, head: Publication, why: str) -> None:
    """Of a network's machines one may know a new status and the next not yet: what stays away for two runs is gone."""
    age = lane.clock.now() - last.changed_at
    # A part from the future was sent by a clock that was ahead: its age would never come.
    if head.reason == why and not timedelta() <= age < NEW_FOR:
        lane.hold(head, why)
    else:
        lane.journal.waits.try_later(head, why, lane.clock.now() + LOOK_TWICE_AFTER)


def _why_not_ours(lane: Lane, last: Publication, found: Status | None) -> str:
    """Why the thread cannot go on after this part, or nothing. A receipt may claim any status to be one of ours."""
    if found is None:
        return f"part {last.part + 1} is no longer on the network: {last.url}"
    me = lane.journal.accounts.known(lane.name).remote_id
    if found.author and found.author != me:
        return f"part {last.part + 1} is somebody else's post: {last.url}"
    tried = last.attempts or any(one["amendment"] is None for one in lane.journal.history.of_part(last.id))
    if not tried and not is_worded(last, found, lane.connection()):
        return f"part {last.part + 1} has other words on the network than its receipt says: {last.url}"
    return ""
