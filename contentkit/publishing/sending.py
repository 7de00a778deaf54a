"""One part on its way: claimed, sent once, verified; and looked for when nobody knows whether it arrived."""

from __future__ import annotations

from typing import Literal

from contentkit.errors import ContentkitError, Refused, StateError, Unavailable, Uncertain
from contentkit.platforms import Message, Status
from contentkit.publishing.lane import Lane, LaneStops
from contentkit.publishing.looking import Finding, compare, look_for
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.records import Notice

# A lost answer is often a slow one: looking again after so many seconds mostly settles it in the same run.
LOOK_AFTER_SECONDS = (0.5, 2.0, 5.0)
# Absence is believed after this many looks, and only when the settle time is over.
LOOKS_BEFORE_ASKING = 2


def send(lane: Lane, planned: Publication, *, parent: str, watermark: str) -> bool:
    """Sends one part, once. True when the network has it; False when its thread must stop.

    Raises LaneStops when nothing more can be done on the account in this run.
    """
    connection = lane.connection()
    row = lane.journal.claim(planned, parent=parent, watermark=watermark)
    if row is None:
        return False
    _mark(lane, row)
    message = Message(
        text=row.text, key=row.key, parent=parent, visibility=row.visibility, warning=row.warning, language=row.language
    )
    try:
        status = connection.publish(message)
    except Refused as refusal:
        lane.hold(row, f"refused: {refusal.message}")
        return False
    except Unavailable as failure:
        _postpone(lane, row, failure)
        raise LaneStops from failure
    except Uncertain as doubt:
        return _look_soon(lane, lane.journal.doubt(row, doubt.message))
    except BaseException as error:
        # Ctrl-C or a fault of ours in the middle of a request: it may have left.
        lane.journal.doubt(row, f"interrupted while sending ({type(error).__name__})")
        raise
    return _verify(lane, row, status)


def _mark(lane: Lane, row: Publication) -> None:
    """Between the intent and the first byte: a copy of the journal from before this moment must be recognised as old."""
    try:
        lane.desk.mark()
    except StateError:
        lane.journal.postpone(row, "not sent: this machine's state folder cannot be written", None)
        raise


def _postpone(lane: Lane, row: Publication, failure: Unavailable) -> None:
    lane.journal.postpone(row, failure.message, lane.clock.now() + failure.wait if failure.wait else None)
    lane.note_trouble(failure)


def _verify(lane: Lane, row: Publication, status: Status) -> bool:
    """An answer is believed once the status was seen in its place: a spam filter may invent an id, a cache repeat one."""
    doubt = "the network answered with a status that it does not show"
    try:
        seen = lane.connection().find(status.remote_id)
    except ContentkitError as error:
        seen, doubt = None, f"the network's answer could not be verified: {error.message}"
    if seen is not None and (seen.parent != row.parent or seen.remote_id in lane.taken(row) | lane.known):
        seen, doubt = None, "the network answered with another status"
    if seen is None:
        return _look_soon(lane, lane.journal.doubt(row, doubt))
    _confirm(lane, row, seen, "sent")
    return True


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
    with lane.trouble():
        finding = look_for(row, connection, lane.taken(row))
    if finding.found:
        adopt(lane, row, finding)
        return True
    row = lane.journal.looked(row, f"not there; {len(finding.strangers)} other statuses in its place")
    waited = lane.clock.uptime() - row.doubted_uptime
    if row.looks >= LOOKS_BEFORE_ASKING and waited >= lane.desk.settle.total_seconds():
        other = f"; another reply stands there: {finding.strangers[0].url}" if row.parent and finding.strangers else ""
        lane.hold(row, f"may have been sent, but is not there ({row.reason}){other}")
    return False


def adopt(lane: Lane, row: Publication, finding: Finding) -> None:
    """The part was found on the network: it is sent. Other copies of it are reported."""
    assert finding.found is not None
    _confirm(lane, row, finding.found, "found")
    for double in finding.doubles:
        _report_double(lane, row, double)


def _confirm(lane: Lane, row: Publication, status: Status, kind: Literal["sent", "found"]) -> None:
    lane.journal.confirm(row, status.remote_id, status.url, kind)
    lane.known.add(status.remote_id)
    lane.desk.record(row, status.remote_id, status.url)
    lane.say(kind, row, url=status.url)


def report_doubles(lane: Lane, thread: Thread) -> None:
    """A request doubled on its way makes two statuses and one answer: seen only by reading back."""
    connection = lane.connection()
    try:
        recent = connection.recent(thread.rows[0].watermark)
    except ContentkitError:
        return
    taken = lane.journal.remote_ids(lane.name)
    for row in thread.rows:
        double = compare(row, recent, connection, taken).found
        if double:
            _report_double(lane, row, double)


def _report_double(lane: Lane, row: Publication, double: Status) -> None:
    notice = Notice(
        kind="doubled",
        entry=row.entry,
        account=row.account,
        part=row.part,
        parts=row.parts,
        url=double.url,
        reason="the network has it twice",
    )
    if not lane.journal.has_notice(notice):
        lane.tell(lane.journal.notice(notice))
