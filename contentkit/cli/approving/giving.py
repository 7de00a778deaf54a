"""Giving an approval for one entry: a candidate is read once, and exactly what was read is what is approved.

No typer and no printing here: the command and the review screen say in their own way what came of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import field
from typing import TYPE_CHECKING

from contentkit.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from contentkit.cli.project import Project
    from contentkit.models import Draft, Entry, Problem, Rendition
    from contentkit.publishing.amendments import DecidedChange
    from contentkit.publishing.journal import Journal
    from contentkit.publishing.publications import PlannedPart
    from contentkit.publishing.records import Approval
    from contentkit.settings.approval_rules import ApprovalPolicy, Trust


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An entry as it was read once, with what is wrong with it: what is shown is what is approved."""

    entry: Entry
    draft: Draft
    renditions: tuple[Rendition, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Given:
    """What came of an approval. ``parts`` are still to be sent; ``replaces`` names who had approved the very same before;
    ``uncopied`` says why the readable copy is not in the calendar, empty where it is; ``lacking`` who has still to approve: until
    then nothing is planned."""

    entry: Entry
    by: str
    digest: str
    accounts: tuple[str, ...]
    parts: int
    replaces: str = ""
    uncopied: str = ""
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Amending:
    """What is decided with an approval about parts that are out: their ``changes``, and for what reason.

    ``differing`` are, by account, the numbers of those that read otherwise than in the draft, changed or left.
    """

    changes: tuple[DecidedChange, ...] = ()
    differing: Mapping[str, Set[int]] = field(default_factory=dict)
    why: str = ""


def candidate_of(project: Project, entry: Entry, now: datetime) -> Candidate:
    """The entry with its threads and its problems. Raises ContentError where its time or its keys forbid an approval."""
    from contentkit.cli.checking.examining import problems_of

    _refuse_untimely(project, entry, now)
    _refuse_without_slot(project, entry)
    draft = project.draft_of(entry)
    problems = problems_of(project, draft, entry)
    return Candidate(entry=entry, draft=draft, renditions=_threads(project, draft, entry), problems=tuple(problems))


def _threads(project: Project, draft: Draft, entry: Entry) -> tuple[Rendition, ...]:
    """The frozen threads; none while a picture cannot be read: that is among the problems."""
    from contentkit.errors import ContentError

    try:
        return tuple(project.frozen_renditions(draft, entry))
    except ContentError:
        return ()


def refuse_problems(candidate: Candidate) -> None:
    """Raises NeedsPerson where something stands in the way of an approval."""
    from contentkit.errors import NeedsPerson
    from contentkit.models import in_the_way
    from contentkit.views.problems import tally

    if in_the_way(candidate.problems):
        hint = "mend what stands in the way, or waive it by name in the draft"
        raise NeedsPerson(f"{place_of(candidate.entry)}: not approved: {tally(candidate.problems)}", hint=hint)


def place_of(entry: Entry) -> str:
    """Where an entry stands, as messages begin."""
    from contentkit.config import CALENDAR_NAME

    return f"{CALENDAR_NAME}:{entry.line}: entry '{entry.id}'"


def _refuse_untimely(project: Project, entry: Entry, now: datetime) -> None:
    """What is added to a thread that is out on each account goes out below it, whenever that was due."""
    from contentkit.calendar.times import distance, show_time
    from contentkit.errors import ContentError

    if now - entry.at > latest(entry) and accounts_begun(project, entry) < set(entry.accounts):
        was_due = f"was due {show_time(entry.at)}, {distance(entry.at, now)}"
        raise ContentError(f"{place_of(entry)}: {was_due}", hint="move it to a time to come, and approve again")


def accounts_begun(project: Project, entry: Entry) -> set[str]:
    """The accounts of an entry on which something of it is out, by the receipts."""
    from contentkit.publishing.receipts import read_receipts

    receipts = read_receipts(project.root)
    return {account for account in entry.accounts if (entry.id, account, 0) in receipts}


def _refuse_without_slot(project: Project, entry: Entry) -> None:
    """A late entry can only go on to an opening of a slot that all of its accounts have."""
    from contentkit.cli.approving.terms import slots_for
    from contentkit.errors import ContentError

    if entry.late.policy == "next slot" and not slots_for(project.calendar, entry):
        which = f"the slot '{entry.slot}' does not have" if entry.slot else "no slot has"
        raise ContentError(
            f"{place_of(entry)}: 'late: next slot', but {which} all of {', '.join(entry.accounts)}",
            hint="write such a slot into the calendar, or 'late: post within 6h', or 'late: hold'",
        )


def latest(entry: Entry) -> timedelta:
    """How late an entry may be and still go out: what is later would only be held."""
    from contentkit.publishing.timing import LATE_AFTER

    return entry.late.within if entry.late.policy == "post" else LATE_AFTER


def give(
    project: Project,
    journal: Journal,
    candidate: Candidate,
    person: str,
    now: datetime,
    amending: Amending | None = None,
) -> Given:
    """Seals the approval of a person for exactly this; plans its parts once the rules of this machine are met, and decides then
    what becomes of those that are out.

    The caller holds the publisher's lock. Raises NeedsPerson and ContentError as ``refuse_problems`` and ``planned_parts`` do,
    StateError where approvals are not given on this machine; then nothing was approved.
    """
    from contentkit.cli.approving.copies import write_copy
    from contentkit.cli.approving.policies import policy_of
    from contentkit.cli.approving.standing import matter_of, said_here
    from contentkit.publishing.planning import planned_parts

    policy = policy_of(project)
    refuse_other_trust(policy)
    refuse_problems(candidate)
    entry = candidate.entry
    amending = amending or Amending()
    planned = planned_parts(project.root, journal, entry.id, candidate.renditions, amending.differing)
    approval, before = sealed(project, candidate, person, now, "local"), journal.approvals.latest(entry.id)
    said = said_here(project, journal, entry.id, approval.digest) if policy.rules else set()
    lacking = policy.lacking(matter_of(project, entry), said | {person})
    if lacking:
        journal.approvals.record(approval)
    else:
        plan(project, journal, entry, approval, planned, amending)
    same = before is not None and before.digest == approval.digest and before.by != person
    return Given(
        entry=entry,
        by=person,
        digest=approval.digest,
        accounts=tuple(rendition.account.name for rendition in candidate.renditions),
        parts=sum(part.sent is None for part in planned),
        replaces=before.by if before and same and not policy.rules else "",
        uncopied=write_copy(project, approval),
        lacking=lacking,
    )


def plan(
    project: Project,
    journal: Journal,
    entry: Entry,
    approval: Approval,
    planned: Sequence[PlannedPart],
    amending: Amending | None = None,
) -> None:
    """Stores an approval that counts, plans its parts, and decides what becomes of those that are out, all or nothing."""
    amending = amending or Amending()
    name, wall, zone = project.config.project, entry.wall, entry.zone
    journal.approvals.plan(
        name, approval, entry.at, planned, wall=wall, zone=zone, changes=amending.changes, why=amending.why
    )  # fmt: skip


def refuse_other_trust(policy: ApprovalPolicy) -> None:
    """Raises StateError where this machine does not go by what is approved on it."""
    from contentkit.errors import StateError

    if policy.trust == "branch":
        raise StateError(
            f"what is on {policy.branch} is approved here, and nothing else",
            hint="approve by merging the pull request, then pull on this machine",
        )
    if policy.trust == "signed":
        raise StateError("approvals count here when they are signed", hint="contentkit approve ENTRY, in a terminal")


def sealed(project: Project, candidate: Candidate, person: str, at: datetime, trust: Trust) -> Approval:
    """The approval of a person for exactly this, sealed by this machine: so the journal keeps it."""
    from contentkit.manifests import digest
    from contentkit.publishing.records import Approval
    from contentkit.publishing.seal import seal

    words = project.bound(candidate.entry, candidate.draft, candidate.renditions)
    # The journal keeps milliseconds; the seal is over what it keeps.
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    entry, told = candidate.entry.id, digest(words)
    made = seal(project.state, entry=entry, digest=told, manifest=words, by=person, at=at, trust=trust)
    return Approval(id=0, entry=entry, digest=told, manifest=words, by=person, at=at, trust=trust, seal=made)
