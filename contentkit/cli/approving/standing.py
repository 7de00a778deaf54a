"""Whether an entry is approved as this machine asks for it, by whom, what is missing, and why.

One answer for the publisher, which asks at the last moment, and for everything that shows it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from contentkit.cli.approving.holding import approved_time, inspect, is_genuine
from contentkit.cli.approving.policies import policy_of
from contentkit.cli.approving.revocations import revocations_of
from contentkit.cli.project import Project
from contentkit.errors import ContentkitError
from contentkit.models import Entry
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import Thread
from contentkit.publishing.records import Approval, Revocation
from contentkit.settings.approval_rules import ApprovalPolicy, Matter, Trust
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.publishing.publications import Publication
    from contentkit.publishing.surroundings import Inspection

NOT_HERE = "the approval was not made on this machine"


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One approval that was found for an entry: ``why`` it does not count here, empty when it does."""

    by: str
    at: datetime | None
    trust: str
    digest: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Whether an entry, as its files stand, is approved here. ``why`` not, in one line; empty when it is.

    ``lacking`` says who has still to approve. ``digest`` is of the files as they are, empty where they cannot be read.
    """

    entry: str
    trust: Trust
    digest: str = ""
    heard: Sequence[Heard] = field(default_factory=tuple)
    lacking: tuple[str, ...] = ()
    why: str = ""

    @property
    def holds(self) -> bool:
        return not self.why

    @property
    def people(self) -> tuple[str, ...]:
        """Those whose approval counts."""
        return tuple(dict.fromkeys(one.by for one in self.heard if not one.why))


def standing_of(
    project: Project, journal: Journal | None, entry: Entry, policy: ApprovalPolicy | None = None
) -> Standing:
    """How an entry stands as its files are now. Raises ContentkitError for this machine's own files only."""
    policy = policy or policy_of(project)
    try:
        digest = project.digest(entry)
    except ContentkitError as error:
        return Standing(entry=entry.id, trust=policy.trust, why=error.message)
    revoked = revocations_of(project, journal, entry.id) if journal else []
    if policy.trust == "branch":
        from contentkit.cli.approving.branch import heard_on_branch

        heard: Sequence[Heard] = heard_on_branch(project, journal, policy, entry, digest, revoked)
    elif policy.trust == "signed":
        from contentkit.cli.approving.signed import heard_signed

        heard = heard_signed(project, journal, policy, entry, digest, revoked)
    else:
        heard = _heard_here(project, journal, entry, revoked) if journal else ()
    return _judged(project, policy, entry, digest, heard)


def _judged(project: Project, policy: ApprovalPolicy, entry: Entry, digest: str, heard: Sequence[Heard]) -> Standing:
    people = {one.by for one in heard if not one.why}
    lacking = policy.lacking(matter_of(project, entry), people)
    why = ""
    if lacking:
        why = f"to approve by {'; and by '.join(lacking)}"
    elif not people:
        why = heard[-1].why if heard else "to approve"
    return Standing(entry=entry.id, trust=policy.trust, digest=digest, heard=tuple(heard), lacking=lacking, why=why)


def matter_of(project: Project, entry: Entry) -> Matter:
    """What the rules of this machine are asked about. Raises ContentError for a draft that cannot be read."""
    founder = project.draft_of(entry).founder
    return Matter(project=project.config.project, accounts=entry.accounts, founder=founder, campaign=entry.campaign)


def _heard_here(project: Project, journal: Journal, entry: Entry, revoked: Sequence[Revocation]) -> list[Heard]:
    """The approvals that were given on this machine, oldest first: those of what was approved last count together."""
    given = journal.approvals.of(entry.id)
    latest = next((one for one in reversed(given) if is_genuine(project, one)), None)
    same = latest is not None and inspect(project, entry.id, latest).digest == latest.digest
    heard = []
    for one in given:
        why = _why_not_here(project, one, revoked)
        if not why and latest and one.digest != latest.digest:
            why = "replaced by a later approval"
        elif not why and not same:
            why = "changed since its approval: approve again"
        heard.append(Heard(by=one.by, at=one.at, trust=one.trust, digest=one.digest, why=why))
    return heard


def said_here(project: Project, journal: Journal, entry_id: str, digest: str) -> set[str]:
    """Who has approved exactly this on this machine so far, if it is what was approved last."""
    revoked, given = revocations_of(project, journal, entry_id), journal.approvals.of(entry_id)
    latest = next((one for one in reversed(given) if is_genuine(project, one)), None)
    if latest is None or latest.digest != digest:
        return set()
    return {one.by for one in given if one.digest == digest and not _why_not_here(project, one, revoked)}


def _why_not_here(project: Project, one: Approval, revoked: Sequence[Revocation]) -> str:
    if not is_genuine(project, one):
        return NOT_HERE
    if one.trust != "local":
        return _other_trust(one.trust, "local")
    back = next((each for each in revoked if one.id <= each.upto), None)
    return why_revoked(back) if back else ""


def why_revoked(back: Revocation) -> str:
    from contentkit.stamps import stamped

    reason = f": {back.reason}" if back.reason else ""
    return f"revoked by {back.by} at {stamped(back.at)}{reason}"


def _other_trust(then: str, now: str) -> str:
    return f'approved under trust = "{then}", and this machine goes by "{now}" now'


def doubt(project: Project, journal: Journal, policy: ApprovalPolicy, approval: Approval, thread: Thread) -> str:
    """Why the approval of a thread does not count here now; empty when it does. What the files say now is asked elsewhere.

    Raises StateError where this machine's own files cannot be trusted.
    """
    if not is_genuine(project, approval):
        return NOT_HERE
    if approval.entry != thread.entry or not all(_is_approved(row, approval) for row in thread.rows):
        return "the journal holds other words than were approved: it was changed by hand"
    if approval.trust != policy.trust:
        return _other_trust(approval.trust, policy.trust)
    revoked = revocations_of(project, journal, thread.entry)
    back = next((one for one in revoked if approval.id <= one.upto), None)
    if back:
        return why_revoked(back)
    if policy.trust == "local" and not policy.rules:
        return ""
    if policy.trust == "branch":
        return ""  # how the files compare with the branch is asked with the files: it may be mended in a minute
    seen = inspect(project, thread.entry, approval)
    if seen.entry is None or seen.digest != approval.digest:
        return ""  # gone, moved or edited: the publisher has words of its own for that
    return standing_of(project, journal, seen.entry, policy).why


def as_merged(project: Project, policy: ApprovalPolicy, seen: Inspection) -> Inspection:
    """The same entry, with a problem where this machine goes by a branch and it is not as the branch has it."""
    if policy.trust != "branch":
        return seen
    from contentkit.cli.approving.branch import off_branch

    return off_branch(project, policy, seen)


def _is_approved(row: Publication, approval: Approval) -> bool:
    """Whether a row of the journal says what the sealed approval says. A part that is out was approved by an earlier one.

    What is late may have moved on by its rule, but never goes out before its time. What is out is corrected at any.
    """
    from contentkit.publishing.publications import State

    if row.state is State.SENT:
        return True
    threads = [one for one in json.loads(approval.manifest)["renditions"] if _account_in(one) == row.account]
    if row.entry != approval.entry or (row.due < approved_time(approval) and not row.remote_id):
        return False
    if len(threads) != 1 or row.part >= len(threads[0]["parts"]):
        return False
    thread, part = threads[0], threads[0]["parts"][row.part]
    return (
        row.text == part["text"]
        # Once a whole thread had one.
        and row.visibility == part.get("visibility", thread.get("visibility"))
        and [[one.path, one.digest, one.alt] for one in row.media] == [_picture(one) for one in part["media"]]
        and (row.warning, row.language) == (thread["warning"], thread["language"])
    )


def _account_in(thread: dict[str, Any]) -> str:
    """The account of a thread in a manifest: in its first form that was a list."""
    account = thread["account"]
    return str(account["name"] if isinstance(account, dict) else account[0])


def _picture(one: Any) -> list[str]:
    return [one["path"], one["sha256"], one["alt"]] if isinstance(one, dict) else list(one)
