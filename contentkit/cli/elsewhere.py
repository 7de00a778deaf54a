"""Whether another journal than this machine's publishes the project: what the desk can and cannot do rests on it.

Signs of it travel in git: receipts, and the readable copies of approvals. A machine whose own journal has ever held an
approval, or that took over, is the publisher whatever they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime

from contentkit.calendar.times import distance
from contentkit.cli.journal import journal_if_any
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.errors import ContentkitError, StateError
from contentkit.models import Entry
from contentkit.places import clone_id
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.receipts import RECEIPTS_NAME, Receipt, newest, sent_by_another
from contentkit.stamps import moment_if_any
from contentkit.text import one_line
from contentkit.values import dataclass


@dataclass(frozen=True, kw_only=True)
class OtherJournal:
    """A journal that publishes this project and is not the one that this machine finds, by its newest sign.

    ``lost_here`` is true when the sign was made in this very folder: then no other machine publishes, but this machine's
    own journal is lost, or looked for in the wrong place.
    """

    sign: str
    at: datetime
    lost_here: bool


def other_journal(project: Project, journal: Journal | None) -> OtherJournal | None:
    """The journal that publishes instead of this one; None when there is no sign of any, or this one is the publisher's.

    Files that cannot be read are no sign: whoever needs them says so.
    """
    if journal is not None and is_publishers(journal):
        return None
    return max(_signs(project), key=lambda one: one.at, default=None)


def is_desk(other: OtherJournal | None) -> bool:
    """Whether another machine publishes this project: what is missing here may be there."""
    return other is not None and not other.lost_here


def is_publishers(journal: Journal) -> bool:
    """Whether approvals were ever given here, or this machine took over. 'stop' makes a journal too, and a run of cron that
    looks in the wrong place."""
    return bool(journal.known(Fact.TAKEN_OVER)) or journal.approvals.exist()


def _signs(project: Project) -> Iterator[OtherJournal]:
    here = clone_id(project.root)
    with suppress(ContentkitError):
        receipt = newest(project.receipts)
        if receipt and receipt.moment:
            what = f"{part_named(receipt)} was published"
            yield OtherJournal(sign=what, at=receipt.moment, lost_here=receipt.clone == here)
    with suppress(ContentkitError):
        for entry in project.calendar.entries:
            if copy := entry.approved:
                what, at = f"{copy.by} approved {entry.id}", copy.at.astimezone(UTC)
                yield OtherJournal(sign=what, at=at, lost_here=copy.clone == here)


def refuse_at_desk(project: Project, clock: Clock, what: str, *, besides: str = "") -> None:
    """Raises StateError where another journal publishes the project.

    ``what`` only its machine can do; ``besides`` is what else to say of it, ending in a semicolon.
    """
    with journal_if_any(project, clock) as journal:
        other = other_journal(project, journal)
    if other is None:
        return
    when = distance(other.at, clock.now()).replace("now", "just now")
    if not is_desk(other):
        raise StateError(
            f"{other.sign} from this folder {when}, but the journal is not in {project.state}",
            hint="use the XDG_STATE_HOME of then; if the journal is lost, 'contentkit takeover' begins a new one",
        )
    raise StateError(
        f"{what} on the publisher's machine, and this is not it: {other.sign} elsewhere {when}",
        hint=f"do it there; {besides}'contentkit takeover' makes this machine the publisher",
    )


def second_publisher(project: Project, journal: Journal) -> Receipt | None:
    """The newest receipt of another journal that is younger than this one's last post: two machines publish.

    None while the receipts cannot be read.
    """
    own = (journal.history.last_sent(), moment_if_any(journal.known(Fact.TAKEN_OVER)))
    try:
        receipts = project.receipts
    except ContentkitError:
        return None
    return sent_by_another(receipts, journal.known(Fact.ID), max((one for one in own if one), default=None))


def part_named(receipt: Receipt) -> str:
    """``launch 2/3 on ours``; the file travels in git, and its words may be of any length."""
    return f"{one_line(receipt.entry, 80)} {receipt.part + 1}/{receipt.parts} on {one_line(receipt.account, 80)}"


def why_two(receipt: Receipt) -> str:
    """What to say of a second publisher; never an age, so that it is the same words each time."""
    return f"another machine sent it at {receipt.at}, as {RECEIPTS_NAME} says: two machines publish this project"


def as_of(receipts: Sequence[Receipt], now: datetime) -> str:
    """How old the newest receipt is: what is known here of another machine is as old as that."""
    last = newest(receipts)
    if last is None or last.moment is None:
        return "no receipts here"
    return f"as of {distance(min(last.moment, now), now)}"


def approved_elsewhere(project: Project, entry: Entry, age: str) -> str:
    """What to say of an entry that the calendar calls approved and no journal here knows; empty when it is not approved.

    ``age`` is that of the receipts, as ``as_of`` tells it.
    """
    if entry.approved is None:
        return ""
    if entry.approved.clone == clone_id(project.root):
        return f"approved by {entry.approved.by} here, but the journal is not in {project.state}"
    try:
        unchanged = entry.approved.digest in project.digests_of(entry)
    except ContentkitError as error:
        return error.message
    if not unchanged:
        return f"edited, moved or rendered otherwise since {entry.approved.by} approved it elsewhere: to approve again there"
    return f"approved by {entry.approved.by} elsewhere; no receipt yet ({age})" + ("; paused" if entry.paused else "")
