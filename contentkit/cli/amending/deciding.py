"""Deciding, under the publisher's lock, exactly what a person was shown: what becomes of parts that are out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.cli.amending.remedies import changes_in, corrections_of, differing_in, refuse_unfinishable
from contentkit.cli.approving.carrying_over import plan_as_heard, why_unfit
from contentkit.cli.approving.giving import Amending, Candidate, give, refuse_problems
from contentkit.cli.approving.standing import standing_of
from contentkit.cli.project import Project
from contentkit.cli.told import is_settled
from contentkit.errors import ContentError, NeedsPerson, StateError
from contentkit.manifests import digest
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import State, Thread, fingerprint
from contentkit.text import one_line
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.approving.standing import Standing
    from contentkit.publishing.corrections import Correction
    from contentkit.settings.approval_rules import ApprovalPolicy
    from contentkit.views.corrections import Remedy

_ANEW = "decided anew"
_WAIT = "wait for 'contentkit post', or resolve it first"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a person was shown, and says yes to: the remedies of the threads of which something is out."""

    candidate: Candidate
    remedies: tuple[Remedy, ...]
    person: str
    reason: str

    @property
    def changed(self) -> tuple[str, ...]:
        """The accounts on which anything is done: a part changed, or one added."""
        remedies = (one.correction for one in self.remedies if one.does_anything)
        return tuple(one.thread.account for one in remedies)

    @property
    def left(self) -> tuple[str, ...]:
        """The accounts on which something reads otherwise for which a person has still to choose a remedy."""
        return tuple(one.correction.thread.account for one in self.remedies if one.is_open)


def refuse_unapproved(project: Project, journal: Journal | None, candidate: Candidate, policy: ApprovalPolicy) -> None:
    """Raises NeedsPerson where the checks stand in the way, or where what is to be said is approved elsewhere and is not yet."""
    if policy.trust == "local":
        refuse_problems(candidate)
        return
    if why := why_unfit(project, candidate):
        raise NeedsPerson(f"{candidate.entry.id}: not corrected: {why}", hint="mend it where it is approved")
    _standing_as_shown(project, journal, candidate, policy)


def _standing_as_shown(
    project: Project, journal: Journal | None, candidate: Candidate, policy: ApprovalPolicy
) -> Standing:
    """The approvals of exactly this that came with git. Raises NeedsPerson where it has none that holds."""
    entry = candidate.entry
    standing = standing_of(project, journal, entry, policy)
    if not standing.holds:
        hint = {
            "signed": f"sign it with 'contentkit approve {entry.id}', push, and pull on this machine",
            "branch": f"merge it into {policy.branch}, and pull on this machine",
        }
        raise NeedsPerson(f"{entry.id}: not corrected: {standing.why}", hint=hint.get(standing.trust, ""))
    if standing.digest != digest(project.bound(entry, candidate.draft, candidate.renditions)):
        raise NeedsPerson(f"{entry.id}: was edited just now", hint="look at it again")
    return standing


def decide(
    project: Project, journal: Journal, decision: Decision, policy: ApprovalPolicy, now: datetime
) -> Sequence[str]:
    """Stores the approval, plans what is not out, and decides the changes. Returns who has still to approve: nothing is decided
    then. The caller holds the publisher's lock.

    Raises StateError where anything of it moved since it was shown, NeedsPerson and ContentError as ``give`` does, and where a
    budget or a cap does not reach for all of it.
    """
    candidate, remedies = decision.candidate, decision.remedies
    shown = tuple(one.correction for one in remedies)
    if corrections_of(journal, candidate.entry.id, candidate.renditions) != shown:
        raise moved_meanwhile(candidate.entry.id)
    refuse_unfinishable(project, journal, remedies, now)
    amending = Amending(
        changes=tuple(changes_in(remedies)), differing=differing_in(shown), why=decision.reason
    )  # fmt: skip
    give_way(journal, [one.correction.thread for one in remedies if one.how != "leave"])
    if policy.trust == "local":
        return give(project, journal, candidate, decision.person, now, amending).lacking
    standing = _standing_as_shown(project, journal, candidate, policy)
    if why := plan_as_heard(project, journal, candidate, standing, now, amending):
        raise NeedsPerson(f"{candidate.entry.id}: {why}", hint="look at it again")
    return ()


def moved_meanwhile(entry: str) -> StateError:
    """What is said when something is no longer as it was shown."""
    return StateError(f"{entry}: something of it changed while you looked", hint="run the command again")


def give_way(journal: Journal, threads: Sequence[Thread]) -> None:
    """Changes of these threads that were decided before and that nobody has asked a network for since give way to new ones."""
    waiting = [one for thread in threads for one in journal.amendments.of_thread(thread)]
    journal.amendments.skip([one for one in waiting if one.state in (State.PLANNED, State.HELD)], _ANEW)


def refuse_doubtful(journal: Journal, threads: Sequence[Thread]) -> None:
    """Raises NeedsPerson while nobody knows what stands on the network: a part, or a change, may be on its way."""
    for thread in threads:
        where, doubts = f"{thread.entry} on {thread.account}", (State.SENDING, State.UNKNOWN)
        if any(row.state in doubts for row in thread.rows):
            raise NeedsPerson(f"{where}: a post may be on its way, or out already", hint=_WAIT)
        if any(one.state in doubts for one in journal.amendments.of_thread(thread)):
            raise NeedsPerson(f"{where}: a change of it may be done already", hint=_WAIT)


def refuse_taken_down(journal: Journal, corrections: Sequence[Correction]) -> None:
    """Raises ContentError where the draft still has what was taken down: a correction must not bring it back unawares."""
    gone = [row for row in journal.history.ended() if is_settled(row.reason)]
    ended = {(row.entry, row.account, row.fingerprint) for row in gone}
    for one in corrections:
        thread, where = one.thread, f"{one.thread.entry} on {one.thread.account}"
        back = [part for part in one.added if (thread.entry, thread.account, fingerprint(part.text)) in ended]
        if back:
            words = one_line(back[0].text, 60)
            raise ContentError(
                f'{where}: "{words}" was taken down, and still stands in the draft',
                hint=f"take it out there; 'contentkit approve {thread.entry}' would publish it again",
            )
