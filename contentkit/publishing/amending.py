"""Changing what is out: each change is claimed, asked for once, and done only when the network shows it.

What the network does not show after a while is asked for again: the same words twice, or the same deletion, make nothing twice.
As long as one change of a part is not settled there is no other: a request that is late undoes no later change. One that is
under way for longer than it takes to ask again, and for the next change to be decided, nobody can know of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from contentkit.errors import ContentkitError, Refused, Unavailable, Uncertain
from contentkit.models import Entry
from contentkit.platforms import Connection, Message, Status
from contentkit.publishing.amendments import Amendment, AmendmentKind, as_amended
from contentkit.publishing.facts import Fact
from contentkit.publishing.fares import ChangeFare, change_fare, wait_to_pay
from contentkit.publishing.lane import Lane, LaneStops
from contentkit.publishing.looking import is_worded
from contentkit.publishing.publications import Publication, State, Thread
from contentkit.publishing.records import Notice
from contentkit.publishing.sending import LOOK_AFTER_SECONDS, LOOKS_BEFORE_ASKING
from contentkit.publishing.surroundings import Inspection
from contentkit.publishing.timing import LOOK_TWICE_AFTER, NEW_FOR, asked_wait
from contentkit.text import normalised

# What a network does not do when it is asked so often is left to a person.
MOST_TRIES = 5


def amend(lane: Lane, decided: Iterable[Amendment]) -> None:
    """Carries out what was decided about what is out of a thread, in this order, as far as it goes now.

    Raises LaneStops when nothing more can be done on the account in this run.
    """
    amendments, stays = lane.journal.amendments, False
    for amendment in decided:
        if lane.surroundings.interrupted():
            raise LaneStops
        # What hangs under a part goes before it.
        if stays and amendment.kind is not AmendmentKind.EDIT:
            continue
        _carry_out(lane, amendment)
        now = amendments.fresh(amendment)
        if now.state is State.UNKNOWN:
            return
        stays = stays or (now.kind is not AmendmentKind.EDIT and now.state is not State.SENT)


def _carry_out(lane: Lane, amendment: Amendment) -> None:
    row = lane.journal.amendments.publication(amendment)
    if amendment.state is State.HELD:
        return
    if row.state is not State.SENT:
        lane.hold_change(amendment, "nobody knows any more that this part is published")
    elif amendment.state is State.UNKNOWN:
        _settle(lane, amendment, row)
    else:
        _try(lane, amendment, row)


def _try(lane: Lane, amendment: Amendment, row: Publication) -> None:
    """Asks the network for a planned change, unless it is not its time, not approved any more, or not needed."""
    amendments = lane.journal.amendments
    waits = amendment.not_before and amendment.not_before > lane.clock.now()
    if waits or lane.journal.known(Fact.STOPPED) or not _is_approved(lane, amendment, row):
        return
    fare = change_fare(lane, amendment, row)
    if not _is_needed(lane, amendment, row, fare):
        return
    try:
        claimed = amendments.claim(amendment, fare)
    except Unavailable as failure:
        raise wait_to_pay(lane, amendment, failure) from failure
    if claimed is not None:
        why = "not asked for: this machine's state folder cannot be written"
        lane.mark(partial(amendments.postpone, claimed, why, None))
        _ask(lane, claimed, row)


def _is_approved(lane: Lane, amendment: Amendment, row: Publication) -> bool:
    """Whether new words still count as approved here, and the files still say them. A deletion is the word of who decided it.

    Otherwise it is held; where the files cannot be read now, or the entry is paused, it waits.
    """
    if amendment.kind is AmendmentKind.DELETE:
        return True
    approval = lane.journal.approvals.numbered(amendment.approval)
    changed = Thread(entry=row.entry, account=row.account, rows=(as_amended(row, amendment),))
    if why := lane.surroundings.doubt(approval, changed):
        lane.hold_change(amendment, why)
        return False
    now = lane.surroundings.inspect(row.entry, approval)
    if now.entry is not None and now.digest == approval.digest:
        return not now.entry.paused
    if now.problem:
        _wait_for_mending(lane, amendment, now.problem)
    else:
        lane.hold_change(amendment, _why_void(now, now.entry))
    return False


def _why_void(now: Inspection, entry: Entry | None) -> str:
    if entry is None:
        return "the entry was removed from the calendar after the correction was approved"
    return now.differs or "edited after the approval"


def _wait_for_mending(lane: Lane, amendment: Amendment, problem: str) -> None:
    """A file that is half saved or in conflict is mended in a minute; that it is not is said once."""
    notice = Notice(
        kind="paused",
        entry=amendment.entry,
        account=amendment.account,
        part=amendment.part,
        parts=amendment.parts,
        reason=problem,
    )
    if amendment.reason != problem:
        lane.tell(lane.journal.notices.keep(notice))
    lane.journal.amendments.wait(amendment, problem, lane.clock.now() + LOOK_TWICE_AFTER)


def _is_needed(lane: Lane, amendment: Amendment, row: Publication, fare: ChangeFare | None) -> bool:
    """Whether the network has to be asked: it shows our part, as it was. If not, the change is done, held, or waits."""
    connection = lane.connection()
    try:
        seen = connection.find(row.remote_id)
        if seen is None:
            return _is_hidden(lane, amendment, row, fare)
        if seen.author and seen.author != lane.journal.accounts.known(lane.name).remote_id:
            lane.hold_change(amendment, f"this is somebody else's post: {row.url}")
            return False
        if amendment.kind is not AmendmentKind.EDIT:
            return True
        if _is_shown(amendment, row, seen, connection):
            _end(lane, amendment, "found as it should be")
            return False
        if _is_by_hand(lane, amendment, row, seen):
            lane.hold_change(amendment, f"it was edited there by hand: {row.url}")
            return False
    except Unavailable as failure:
        lane.set_back(failure)
        return False
    return True


def _is_hidden(lane: Lane, amendment: Amendment, row: Publication, fare: ChangeFare | None) -> bool:
    """Whether what the network does not show may be there all the same, so that it has to be deleted: of a network's machines
    one may know a new status and the next not yet. If not, it is gone; what is to be edited waits, or is held."""
    if lane.clock.now() - row.changed_at < NEW_FOR:
        if amendment.kind is not AmendmentKind.EDIT:
            return True
        why = f"the network does not show it yet: {row.url}"
        lane.journal.amendments.wait(amendment, why, lane.clock.now() + LOOK_TWICE_AFTER)
    elif amendment.kind is AmendmentKind.EDIT:
        lane.hold_change(amendment, f"it is no longer on the network: {row.url}")
    else:
        _end(lane, amendment, "found gone", fare=fare)
    return False


def _ask(lane: Lane, amendment: Amendment, row: Publication) -> None:
    """One attempt of a claimed change."""
    amendments = lane.journal.amendments
    try:
        _request(lane.connection(), amendment, row)
    except Refused as refusal:
        lane.hold_change(amendment, f"refused: {refusal.words}", answer=lane.answer())
    except Unavailable as failure:
        wait = asked_wait(failure)
        until = lane.clock.now() + wait if wait else None
        amendments.postpone(amendment, failure.message, until, answer=lane.answer())
        lane.note_trouble(failure)
        raise LaneStops from failure
    except Uncertain as doubt:
        _look_soon(lane, amendments.doubt(amendment, doubt.message, answer=lane.answer()), row)
    except BaseException as error:
        # Ctrl-C or a fault of ours in the middle of a request: it may have left.
        amendments.doubt(amendment, f"interrupted while sending ({type(error).__name__})", answer=lane.answer())
        raise
    else:
        _verify(lane, amendment, row)


def _request(connection: Connection, amendment: Amendment, row: Publication) -> None:
    if amendment.kind is not AmendmentKind.EDIT:
        connection.delete(row.remote_id)
        return
    message = Message(
        text=amendment.text,
        key=row.key,
        parent=row.parent,
        visibility=row.visibility,
        warning=amendment.warning,
        language=amendment.language,
    )
    connection.edit(row.remote_id, message, [one.alt for one in amendment.media])


def _verify(lane: Lane, amendment: Amendment, row: Publication) -> None:
    """An answer is believed unless the network goes on showing the part as it was."""
    answer = lane.answer()
    try:
        connection = lane.connection()
        seen = connection.find(row.remote_id)
        contradicts = _still_is(amendment, row, seen, connection)
    except ContentkitError as error:
        doubt = f"the network's answer could not be verified: {error.message}"
    else:
        if not contradicts:
            _end(lane, amendment, "done", answer=answer)
            return
        doubt = "the network says that it is done, and does not show it"
    _look_soon(lane, lane.journal.amendments.doubt(amendment, doubt, answer=answer), row)


def _look_soon(lane: Lane, amendment: Amendment, row: Publication) -> None:
    """Looks a few times in the same run for a change whose answer was lost."""
    for seconds in LOOK_AFTER_SECONDS:
        lane.clock.sleep(seconds)
        try:
            seen = lane.connection().find(row.remote_id)
            if _is_proven(lane, amendment, row, seen):
                _end(lane, amendment, "found")
                return
        except ContentkitError:
            continue
    lane.say_change("unknown", amendment, reason=amendment.reason)
    raise LaneStops


def _settle(lane: Lane, amendment: Amendment, row: Publication) -> None:
    """Looks for a change in doubt from an earlier run. After long enough it is planned again, a few times; then it is held."""
    connection = lane.connection()
    try:
        seen = connection.find(row.remote_id)
        if _is_proven(lane, amendment, row, seen):
            _end(lane, amendment, "found")
            return
        by_hand = seen is not None and _is_by_hand(lane, amendment, row, seen)
    except Unavailable as failure:
        lane.set_back(failure)
        return
    amendments = lane.journal.amendments
    amendment = amendments.looked(amendment, "not as it should be")
    waited = lane.clock.uptime() - amendment.doubted_uptime
    if amendment.looks < LOOKS_BEFORE_ASKING or waited < lane.surroundings.settle.total_seconds():
        return
    if by_hand:
        lane.hold_change(amendment, f"it was edited there by hand: {row.url}")
    elif seen is None and amendment.kind is AmendmentKind.EDIT:
        lane.hold_change(amendment, f"it is no longer on the network: {row.url}")
    elif amendments.tries(amendment) >= MOST_TRIES:
        lane.hold_change(amendment, f"asked for {MOST_TRIES} times, and not done ({amendment.reason})")
    else:
        amendments.postpone(amendment, f"asked for again: {amendment.reason}", None)


def _end(lane: Lane, amendment: Amendment, how: str, *, answer: str = "", fare: ChangeFare | None = None) -> None:
    """The change is done: in the journal, in the receipts, in the outcomes."""
    amendments = lane.journal.amendments
    was = amendments.publication(amendment)
    amendments.done(amendment, how, answer=answer, fare=fare)
    if amendment.kind is AmendmentKind.EDIT:
        lane.surroundings.record(amendments.publication(amendment), was.remote_id, was.url)
        lane.say_change("edited", amendment)
    else:
        lane.surroundings.record(replace(was, state=State.SKIPPED), was.remote_id, was.url)
        lane.say_change("deleted", amendment)


# -- what the network shows


def _is_proven(lane: Lane, amendment: Amendment, row: Publication, seen: Status | None) -> bool:
    """As ``_is_shown``, where nothing but the network's word counts: that it does not show what is new proves nothing."""
    if seen is None and lane.clock.now() - row.changed_at < NEW_FOR:
        return False
    return _is_shown(amendment, row, seen, lane.connection())


def _is_shown(amendment: Amendment, row: Publication, seen: Status | None, connection: Connection) -> bool:
    """Whether the network proves the change: the part is gone, or all that changes is as it should be."""
    if amendment.kind is not AmendmentKind.EDIT:
        return seen is None
    if seen is None:
        return False
    return all(
        (
            amendment.text == row.text or _says(amendment.text, row, amendment, seen, connection),
            _alts(amendment) == _alts(row) or _told_alts(seen) == _alts(amendment),
            amendment.warning == row.warning or _same(seen.warning, amendment.warning),
            not _is_of_language(amendment, row) or seen.language == amendment.language,
        )
    )


def _still_is(amendment: Amendment, row: Publication, seen: Status | None, connection: Connection) -> bool:
    """Whether the network proves that something of the change is not done."""
    if amendment.kind is not AmendmentKind.EDIT:
        return seen is not None
    if seen is None:
        return True
    return any(
        (
            amendment.text != row.text and _says(row.text, row, amendment, seen, connection),
            _alts(amendment) != _alts(row) and _told_alts(seen) == _alts(row),
            amendment.warning != row.warning and _same(seen.warning, row.warning),
            _is_of_language(amendment, row) and seen.language == row.language,
        )
    )


def _is_of_language(amendment: Amendment, row: Publication) -> bool:
    """Whether nothing but the language changes: with other words, some servers leave it as it was, and that is no harm."""
    before = (row.text, row.warning, _alts(row))
    return amendment.language != row.language and before == (amendment.text, amendment.warning, _alts(amendment))


def _is_by_hand(lane: Lane, amendment: Amendment, row: Publication, seen: Status) -> bool:
    """Whether a status has neither the words that we gave it nor those that it is to get, and nobody said that this is fine."""
    if amendment.kind is not AmendmentKind.EDIT or lane.journal.amendments.was_released(amendment):
        return False
    connection, new = lane.connection(), replace(row, fingerprint=amendment.fingerprint)
    return not is_worded(row, seen, connection) and not is_worded(new, seen, connection)


def _says(text: str, row: Publication, amendment: Amendment, seen: Status, connection: Connection) -> bool:
    """Whether a status has these words, which are those before or after the change.

    What both have in common whatever a network makes of them is told apart only by the words as they were sent.
    """
    if row.fingerprint == amendment.fingerprint:
        return connection.words(seen.remote_id) == text
    one = row if text == row.text else as_amended(row, amendment)
    return is_worded(one, seen, connection)


def _alts(one: Publication | Amendment) -> list[str]:
    return [normalised(media.alt) for media in one.media]


def _told_alts(seen: Status) -> list[str] | None:
    """The alt texts that the network shows, None where it does not tell them all."""
    if seen.alts is None or None in seen.alts:
        return None
    return [normalised(alt or "") for alt in seen.alts]


def _same(told: str | None, ours: str) -> bool:
    return told is not None and normalised(told) == normalised(ours)
