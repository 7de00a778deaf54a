"""One part on its way: claimed, sent once, verified; and looked for when nobody knows whether it arrived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Literal

from contentkit.errors import ContentkitError, Refused, Unavailable, Uncertain
from contentkit.models import VISIBILITIES
from contentkit.platforms import Message, Status
from contentkit.publishing.allowances import remember, remember_refusal
from contentkit.publishing.fares import Fare, wait_for_money
from contentkit.publishing.lane import Lane, LaneStops
from contentkit.publishing.looking import Finding, compare, look_for, lost_alts
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.records import Notice
from contentkit.publishing.timing import asked_wait
from contentkit.values import dataclass

# A lost answer is often a slow one: looking again after so many seconds mostly settles it in the same run.
LOOK_AFTER_SECONDS = (0.5, 2.0, 5.0)
# A network that asks us to wait for so little is asked again in the same run, a few times.
SHORTEST_WAIT = timedelta(seconds=5)
TRIES_IN_A_ROW = 4
MOST_SHORT_WAITS = 20
# Absence is believed after this many looks, and only when the settle time is over.
LOOKS_BEFORE_ASKING = 2


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a part goes: its parent, and the newest own status before it, where looking for it starts."""

    parent: str
    watermark: str


def send(lane: Lane, planned: Publication, place: Place, media: tuple[str, ...], fare: Fare | None = None) -> bool:
    """Sends one part, once; ``media`` are the ids of its uploads. True when the network has it; False when its thread must stop.

    What the network certainly did not take and asks for again within seconds is tried again, each time as a new intent.
    Raises LaneStops when nothing more can be done on the account in this run.
    """
    for tries_left in reversed(range(TRIES_IN_A_ROW)):
        row = _claim(lane, planned, place, fare)
        if row is None:
            return False
        lane.mark(
            partial(
                lane.journal.publications.postpone, row, "not sent: this machine's state folder cannot be written", None
            )
        )
        try:
            return _try(lane, row, media)
        except Unavailable as failure:
            if not failure.wait or failure.wait > SHORTEST_WAIT:
                _postpone(lane, row, failure)
                raise LaneStops from failure
            times = lane.journal.waits.short(row) + 1
            if times >= MOST_SHORT_WAITS:
                lane.hold(row, f"{failure.message}, {times} times", answer=lane.answer())
                return False
            lane.journal.publications.ask_again(row, failure.message, answer=lane.answer())
            if not tries_left:
                lane.note_trouble(failure)
                raise LaneStops from failure
            lane.clock.sleep(failure.wait.total_seconds())
    return False


def _claim(lane: Lane, planned: Publication, place: Place, fare: Fare | None) -> Publication | None:
    """The right to send a part, and the note of what it costs.

    Raises LaneStops when the budget does not reach, or when the account is in other hands: nothing may overtake it then.
    """
    try:
        claimed = lane.journal.publications.claim(planned, parent=place.parent, watermark=place.watermark, fare=fare)
    except Unavailable as failure:
        wait_for_money(lane, planned, failure)
        raise LaneStops from failure
    if claimed is None and not lane.journal.publications.may_send(planned.account):
        raise LaneStops
    return claimed


def _try(lane: Lane, row: Publication, media: tuple[str, ...]) -> bool:
    """One attempt of a claimed part. Raises Unavailable when certainly nothing was created."""
    message = Message(
        text=row.text,
        key=row.key,
        parent=row.parent,
        visibility=row.visibility,
        warning=row.warning,
        language=row.language,
        media=media,
    )
    try:
        status = lane.connection().publish(message)
    except Refused as refusal:
        lane.hold(row, f"refused: {refusal.words}", answer=lane.answer())
        return False
    except Unavailable:
        raise
    except Uncertain as doubt:
        return _look_soon(lane, lane.journal.publications.doubt(row, doubt.message, answer=lane.answer()))
    except BaseException as error:
        # Ctrl-C or a fault of ours in the middle of a request: it may have left.
        lane.journal.publications.doubt(
            row, f"interrupted while sending ({type(error).__name__})", answer=lane.answer()
        )
        raise
    there = _verify(lane, row, status)
    remember(lane)
    return there


def _postpone(lane: Lane, row: Publication, failure: Unavailable) -> None:
    wait = asked_wait(failure)
    until = lane.clock.now() + wait if wait else None
    lane.journal.publications.postpone(row, failure.message, until, answer=lane.answer())
    if failure.wait and until:
        remember_refusal(lane, until)
    lane.note_trouble(failure)


def _verify(lane: Lane, row: Publication, status: Status) -> bool:
    """An answer is believed once the status was seen in its place: a spam filter may invent an id, a cache repeat one."""
    doubt = "the network answered with a status that it does not show"
    try:
        seen = lane.connection().find(status.remote_id)
    except ContentkitError as error:
        seen, doubt = None, f"the network's answer could not be verified: {error.message}"
    is_another = seen is not None and (seen.remote_id in lane.taken(row) or seen.remote_id in lane.known)
    if seen is not None and (is_another or seen.parent != row.parent):
        seen, doubt = None, "the network answered with another status"
    if seen is None:
        return _look_soon(lane, lane.journal.publications.doubt(row, doubt, answer=lane.answer()))
    _confirm(lane, row, seen, "sent", answer=lane.answer())
    _check_pictures(lane, row, seen)
    return True


def _check_pictures(lane: Lane, row: Publication, seen: Status) -> None:
    """Some servers drop a picture or its alt text in silence, or show to all what was for a few."""
    if reason := "; ".join(_alterations(row, seen)):
        lane.tell(lane.journal.notices.keep(_notice_about(row, "altered", seen.url, reason)))


def _alterations(row: Publication, seen: Status) -> Iterator[str]:
    if seen.pictures not in (None, len(row.media)):
        yield f"the network shows {seen.pictures} of its {len(row.media)} pictures"
    elif lost := lost_alts(row, seen):
        yield f"the network does not show the alt text of {', '.join(lost)}"
    if seen.visibility is not None and VISIBILITIES.index(seen.visibility) < VISIBILITIES.index(row.visibility):
        yield f"the network shows it as {seen.visibility}, not as {row.visibility}"


def _look_soon(lane: Lane, row: Publication) -> bool:
    """Looks for a part whose answer was lost a few times in the same run. True when it is there."""
    for seconds in LOOK_AFTER_SECONDS:
        lane.clock.sleep(seconds)
        try:
            finding = look_for(row, lane.connection(), lane.taken(row))
        except ContentkitError:
            continue
        if finding.found:
            adopt(lane, row, finding)
            return True
    lane.say("unknown", row, reason=row.reason)
    raise LaneStops


def settle(lane: Lane, row: Publication) -> bool:
    """Looks for a part in doubt from an earlier run. True when it is there; after long enough, a person is asked.

    Raises LaneStops when the network cannot be asked now.
    """
    connection = lane.connection()
    try:
        finding = look_for(row, connection, lane.taken(row))
    except Unavailable as failure:
        lane.set_back(failure)
        return False
    if finding.found:
        adopt(lane, row, finding)
        return True
    row = lane.journal.doubts.looked(row, f"not there; {len(finding.strangers)} other statuses in its place")
    waited = lane.clock.uptime() - row.doubted_uptime
    if row.looks >= LOOKS_BEFORE_ASKING and waited >= lane.surroundings.settle.total_seconds():
        twin = lane.journal.history.sent_before(row.account, row.text, apart_from="")
        there = _what_is_there(row, finding) or (f"; {_is_out_as(twin)}" if twin else "")
        lane.hold(row, f"may have been sent, but is not there ({row.reason}){there}")
    return False


def _what_is_there(row: Publication, finding: Finding) -> str:
    """What a person should look at before deciding."""
    if finding.elsewhere:
        return f"; its words stand elsewhere, not as this reply: {finding.elsewhere.url}"
    if row.parent and finding.strangers:
        return f"; another reply stands there: {finding.strangers[0].url}"
    return ""


def _is_out_as(twin: Publication) -> str:
    """A network that takes the same words only once refuses them because of this part."""
    return f"these words are out already as {twin.entry} {twin.part + 1}/{twin.parts}: {twin.url}"


def adopt(lane: Lane, row: Publication, finding: Finding) -> None:
    """The part was found on the network: it is sent. Other copies of it are reported."""
    assert finding.found is not None
    _confirm(lane, row, finding.found, "found")
    _check_pictures(lane, row, finding.found)
    for double in finding.doubles:
        _report_double(lane, row, double)


def _confirm(lane: Lane, row: Publication, status: Status, kind: Literal["sent", "found"], *, answer: str = "") -> None:
    lane.journal.publications.confirm(row, status.remote_id, status.url, kind, answer=answer)
    lane.known.add(status.remote_id)
    lane.out.add(status.remote_id)
    lane.surroundings.record(row, status.remote_id, status.url)
    lane.say(kind, row, url=status.url)


def report_doubles(lane: Lane, thread: Thread) -> None:
    """A request doubled on its way makes two statuses and one answer: seen only by reading back, where that is possible now."""
    connection = lane.connection()
    try:
        recent = connection.recent(thread.rows[0].watermark)
        lane.seen.add(recent, thread.rows[0].watermark)
        doubles = [(row, compare(row, recent, connection, lane.out).found) for row in thread.rows]
    except ContentkitError:
        return
    for row, double in doubles:
        if double:
            _report_double(lane, row, double)


def _report_double(lane: Lane, row: Publication, double: Status) -> None:
    notice = _notice_about(row, "doubled", double.url, "the network has it twice")
    if not lane.journal.notices.has(notice):
        lane.tell(lane.journal.notices.keep(notice))


def _notice_about(row: Publication, kind: str, url: str, reason: str) -> Notice:
    return Notice(
        kind=kind, entry=row.entry, account=row.account, part=row.part, parts=row.parts, url=url, reason=reason
    )
