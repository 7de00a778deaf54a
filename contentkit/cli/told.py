"""What all faces say of one entry on one account: its state, why, whose turn it is, and what they type.

``queue``, ``explain``, ``today``, ``status`` and the review take their words from here, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.values import dataclass
from contentkit.views.queue import CRON, ELSEWHERE, NETWORK, NOBODY, YOU

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.cli.scene import Scene
    from contentkit.models import Entry
    from contentkit.publishing.publications import Publication, Thread
    from contentkit.publishing.receipts import Receipt

AS_IT_IS = "to publish it as it is now"
PUT_BACK = "or put back what changed: then it goes out as it was approved"


@dataclass(frozen=True, kw_only=True)
class Told:
    """``state`` is a publication's, empty while nothing is planned. ``who`` acts next; ``next`` is what they type, or do.

    ``begun`` says how much of it is out already. ``void`` says why an approval does not hold; ``why`` has it, too. ``diff`` are
    the lines of what renders differently than was approved, although nobody edited it. ``waits``: somebody has to look at once,
    whatever is on the calendar beside it.
    """

    state: str
    why: str
    who: str = NOBODY
    next: tuple[str, ...] = ()
    url: str = ""
    void: str = ""
    diff: tuple[str, ...] = ()
    begun: str = ""
    waits: bool = False

    @property
    def words(self) -> str:
        """How much is out, and why the rest is not."""
        return "; ".join(one for one in (self.begun, self.why) if one)


def told_here(scene: Scene, thread: Thread) -> Told:
    """What is told of a thread that this machine's journal has."""
    from contentkit.cli.amending.standing import with_changes

    return with_changes(scene, thread, _of_parts(scene, thread))


def _of_parts(scene: Scene, thread: Thread) -> Told:
    """What is told of its parts, whatever else is decided about those that are out."""
    from contentkit.publishing.publications import State

    url, head = thread.rows[0].url, thread.head
    if head is None:
        return Told(state="sent", why=_how_much(scene, thread), url=url)
    if head.state is State.PLANNED:
        told = _planned(scene, thread, head)
    elif head.state is State.HELD:
        told = _held(scene, thread, head)
    else:
        told = _in_doubt(scene, head)
    return replace(told, begun=f"{head.part} of {head.parts} out" if head.part else "", url=url)


def _how_much(scene: Scene, thread: Thread) -> str:
    """Where a thread is that is out, and what of it is not."""
    from contentkit.cli.amending.standing import retracted

    parts, url = thread.rows[0].parts, thread.rows[0].url
    if taken_down := retracted(scene, thread):
        return f"{taken_down} of {parts} retracted: {url}"
    skipped = parts - len(thread.rows)
    return f"without the last {skipped}: {url}" if skipped else url


def _planned(scene: Scene, thread: Thread, head: Publication) -> Told:
    told = _waiting(scene, thread, head)
    reasons = [told.why]
    if head.not_before and head.not_before > scene.now:
        until = head.not_before.astimezone(scene.project.calendar.zone)
        reasons.append(f"not before {until:%H:%M %Z}")
    # What stands in the account's way is mostly what the part waits for, too.
    if not any(reason.startswith(head.reason) for reason in reasons):
        reasons.append(head.reason)
    words = "; ".join(reason for reason in reasons if reason)
    return replace(told, why=words or f"approved by {scene.approval(head.approval).by}")


def _waiting(scene: Scene, thread: Thread, head: Publication) -> Told:
    """What keeps a planned part from going out, as the files and the journal stand, and who ends that.

    Nobody should learn it only at the minute it was due.
    """
    from contentkit.cli.late import why_resting
    from contentkit.publishing.waiting import why_waiting

    def told(why: str, who: str, *steps: str, void: str = "") -> Told:
        return Told(state="planned", why=why, who=who, next=steps, void=void)

    entry = scene.entries.get(thread.entry)
    if void := scene.void(thread):
        return _void(scene, thread, entry, void)
    if entry and entry.paused:
        return told(paused(entry), YOU, f"contentkit unpause {entry.id}")
    if scene.stopped:
        return told(f"publishing is stopped: {scene.stopped}", YOU, "contentkit start")

    def resting(account: str, at: datetime) -> str:
        return why_resting(scene.project.calendar, account, at)

    if scene.journal and entry and (why := why_waiting(scene.journal, thread, head, entry, scene.now, resting)):
        # Where a page was looked at in vain, nobody but a person can put it there.
        in_vain = entry.when is not None and why == head.reason
        return told(why, YOU, "see to the page; each run looks again") if in_vain else told(why, CRON)
    if beyond := _beyond_caps(scene, thread):
        return beyond
    if trouble := _trouble(scene, thread.account):
        return trouble
    if why := _left_lying(scene, thread, head):
        return replace(told(why, YOU, "contentkit doctor --cron"), waits=True)
    return told("", CRON)


def _beyond_caps(scene: Scene, thread: Thread) -> Told | None:
    """What is told of a thread that the account's own limits of posts keep from beginning."""
    from contentkit.publishing.caps import why_full, why_never

    account = scene.project.config.accounts.get(thread.account)
    if account is None or scene.journal is None:
        return None
    if why := why_never(thread, account.caps):
        steps = ("allow more in contentkit.toml, or make the thread shorter and approve it again",)
        return Told(state="planned", why=why, who=YOU, next=steps)
    # What will have been sent by the time that it is due, nobody knows before.
    if thread.due <= scene.now and (why := why_full(scene.journal, thread, account.caps, scene.now)):
        return Told(state="planned", why=why, who=CRON)
    return None


def _trouble(scene: Scene, name: str) -> Told | None:
    """What stands in the way of an account, if anything does."""
    account = scene.account(name)
    if account.paused:
        steps = ("mend it; the next 'contentkit post' tries again",)
        return Told(state="planned", why=account.trouble, who=YOU, next=steps)
    if account.trouble:
        return Told(state="planned", why=account.trouble, who=NETWORK, next=("nothing, if the network comes back",))
    return None


def paused(entry: Entry) -> str:
    """``paused``, with the reason that was given."""
    return f"paused: {entry.pause_reason}" if entry.pause_reason else "paused"


def _void(scene: Scene, thread: Thread, entry: Entry | None, void: str) -> Told:
    """A planned thread whose approval does not hold."""
    told = Told(state="planned", why=void, void=void, who=CRON, waits=True)
    if entry is None:
        return told  # the next run that finds it due leaves it out
    if scene.problem(thread):
        return replace(told, who=YOU, next=("mend it; nothing else is needed",))
    again, diff = f"contentkit approve {entry.id}", scene.difference(thread)
    steps = (f"{again}   {AS_IT_IS}", PUT_BACK) if diff else (again,)
    return replace(told, who=approver_of(scene, entry), next=steps, diff=diff)


def _left_lying(scene: Scene, thread: Thread, head: Publication) -> str:
    """What to say of a thread that nothing keeps but that no run came for: cron starts 'post' elsewhere, or not at all."""
    from contentkit.calendar.times import distance
    from contentkit.publishing.lock import LONGEST_SILENCE

    due = max(thread.due, head.not_before or thread.due)
    # When a run last came is only asked where it matters: it is another time each minute.
    if scene.now - due <= LONGEST_SILENCE or scene.now - max(due, scene.last_run or due) <= LONGEST_SILENCE:
        return ""
    return f"was due {distance(thread.due, scene.now)}, and no 'contentkit post' has run here since"


def _held(scene: Scene, thread: Thread, head: Publication) -> Told:
    """A part that a person decides about. What may be out is ruled out before it is approved anew."""
    resolve = f"contentkit resolve {head.entry} --account {head.account}"
    void, doubted = scene.void(thread), scene.journal is not None and scene.journal.doubts.may_be_out(head)
    anew = void and not doubted and head.entry in scene.entries and not scene.problem(thread)
    steps = (
        *([f"contentkit approve {head.entry}   {AS_IT_IS}"] if anew else []),
        f"{resolve}                   shows what is known, and asks",
        f"{resolve} --published URL   it is there: go on after it",
        f"{resolve} --again           it is not: send it{', once its approval holds again' if void else ''}",
        *([f"{resolve} --not-sent        it is not: send nothing, approve other words"] if doubted else []),
        f"{resolve} --skip            leave out what is not out yet",
    )
    return Told(state=head.state, why=head.reason, who=YOU, next=steps, diff=scene.difference(thread), waits=True)


def _in_doubt(scene: Scene, head: Publication) -> Told:
    """A part that may have been sent: the next run looks for it, whoever else may want to."""
    steps = ["contentkit looks for it on each run; nothing is sent after it meanwhile"]
    who = CRON
    if scene.now - head.changed_at > scene.project.config.settle:
        who = YOU
        resolve = f"contentkit resolve {head.entry} --account {head.account}"
        steps.append(f"{resolve} --skip            give it up, when its server is gone for good")
    why = head.reason or "a run is at work, or was killed"
    return Told(state=head.state, why=why, who=who, next=tuple(steps), waits=True)


def told_elsewhere(scene: Scene, receipts: Sequence[Receipt]) -> Told:
    """What is told of a thread that another journal publishes, by its receipts."""
    from contentkit.places import clone_id

    first, last = (choose(receipts, key=lambda receipt: receipt.part) for choose in (min, max))
    here = last.clone == clone_id(scene.project.root)
    machine = f"{'from here, by another journal' if here else 'by another machine'}, {scene.age}: {first.url}"
    if gone := scene.taken_down.get((first.entry, first.account), 0):
        return Told(state="sent", why=f"{gone} of {last.parts} retracted, {machine}", url=first.url)
    if len(receipts) < last.parts:
        return Told(
            state="sending", why=f"{len(receipts)} of {last.parts} out, {machine}", who=ELSEWHERE, url=first.url
        )
    return Told(state="sent", why=machine, url=first.url)


def told_taken_down(scene: Scene) -> Told:
    """What is told of a thread of which nothing is left, by its receipts."""
    return Told(state="skipped", why=f"retracted elsewhere, {scene.age}")


def told_unplanned(scene: Scene, entry: Entry, account: str) -> Told:
    """What is told of an entry of which nothing is planned on an account."""
    from contentkit.cli.elsewhere import approved_elsewhere

    approve, move = f"contentkit approve {entry.id}", f"contentkit move {entry.id} --at 'tomorrow 09:30'"
    if not (scene.project.root / entry.draft).exists():
        return Told(
            state="", why=f"there is no draft {entry.draft}", who=YOU, next=("write it, or take the entry out",)
        )
    if (scene.journal and scene.journal.approvals.latest(entry.id)) or (
        scene.policy.trust != "local" and not scene.other
    ):
        return _given_before(scene, entry, account)
    if entry.approved and scene.other:
        return _approved_there(scene, entry, approved_elsewhere(scene.project, entry, scene.age))
    if scene.now - entry.at > entry.late.within:
        return Told(state="", why="was never approved: move it to a time to come", who=YOU, next=(move, approve))
    given = f" here: the calendar says that {entry.approved.by} did" if entry.approved else ""
    why = f"to approve{given}" + (f", {paused(entry)}" if entry.paused else "")
    unpause = (f"contentkit unpause {entry.id}",) if entry.paused else ()
    return Told(state="", why=why, who=approver_of(scene, entry), next=(approve, *unpause))


def _given_before(scene: Scene, entry: Entry, account: str) -> Told:
    """An entry that somebody has approved at some time, or may have with a signature or a merge, and that is not planned."""
    skipped = scene.journal.history.why_skipped(entry.id, account) if scene.journal else ""
    standing = scene.standing(entry)
    if skipped and (standing.holds or is_settled(skipped)):
        return _skipped(scene, entry, skipped)
    if standing.holds:
        return Told(state="", why=f"approved by {' and '.join(standing.people)}: the next run takes it", who=CRON)
    approve = (f"contentkit approve {entry.id}",)
    why = standing.why + (f", {paused(entry)}" if entry.paused else "")
    return Told(state="", why=why, void=standing.why, who=approver_of(scene, entry), next=approve)


def is_settled(why: str) -> bool:
    """Whether a person left it out, or took it down: nobody has to be asked again."""
    return why.startswith(("skipped by", "retracted by"))


def _skipped(scene: Scene, entry: Entry, why: str) -> Told:
    """An entry that was left out. What nobody decided about can still be approved while its time is not over."""
    told = Told(state="skipped", why=why)
    if not why or is_settled(why) or scene.now - entry.at > entry.late.within:
        return told
    return replace(told, who=approver_of(scene, entry), next=(f"contentkit approve {entry.id}",))


def _approved_there(scene: Scene, entry: Entry, why: str) -> Told:
    """An entry that the calendar calls approved, and that another machine publishes."""
    waits = entry.paused or "approve again" in why
    return Told(state="", why=why, who=approver_of(scene, entry) if waits else ELSEWHERE)


def approver_of(scene: Scene, entry: Entry) -> str:
    """Whom to ask for an approval: those whom this machine's rules ask for, else those that people.yaml names for the draft's
    founder, else whoever reads this."""
    return " and ".join(scene.lacking(entry)) or " or ".join(scene.approvers(entry)) or YOU
