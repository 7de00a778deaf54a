"""An approval from the review, in the way in which this machine goes by them: in its journal, or signed."""

from __future__ import annotations

from contentkit.calendar.times import show_time
from contentkit.cli.approving.giving import Candidate, Given, give, refuse_other_trust
from contentkit.cli.approving.policies import policy_of
from contentkit.cli.elsewhere import refuse_at_desk
from contentkit.cli.journal import journal_for_decision
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.errors import ContentkitError


def signs(project: Project) -> bool:
    """Whether approvals are signatures here. Raises ContentError and StateError for this machine's own files."""
    return policy_of(project).trust == "signed"


def why_not_here(project: Project, clock: Clock) -> str:
    """Why no approval can be given on this machine; empty where it can."""
    try:
        if not signs(project):
            refuse_other_trust(policy_of(project))
            refuse_at_desk(project, clock, "approvals are given", besides="or sign it here: contentkit approve --key; ")
    except ContentkitError as error:
        return f"{error.message} ({error.hint})" if error.hint else error.message
    return ""


def approve(project: Project, candidate: Candidate, person: str, clock: Clock) -> str:
    """Approves exactly this, and says what came of it. Raises ContentkitError; then nothing was approved."""
    if signs(project):
        return _signed(project, candidate, person, clock)
    with journal_for_decision(project, clock) as journal:
        return _told(give(project, journal, candidate, person, clock.now()))


def _signed(project: Project, candidate: Candidate, person: str, clock: Clock) -> str:
    from contentkit.cli.approving.giving import refuse_problems
    from contentkit.cli.approving.signing import sign_approval
    from contentkit.manifests import digest

    refuse_problems(candidate)
    words = project.bound(candidate.entry, candidate.draft, candidate.renditions)
    signed = sign_approval(project, candidate.entry.id, digest(words), person, "", clock.now())
    files = " and ".join(signed.files)
    return f"{candidate.entry.id}: signed by {person}: commit and push {files}; the machine that publishes counts them"


def _told(given: Given) -> str:
    name = given.entry.id
    uncopied = f". It holds, but its copy was not written: {given.uncopied}" if given.uncopied else ""
    if given.lacking:
        still = "; and ".join(given.lacking)
        return f"{name}: approved by {given.by}; still to approve: {still}. Nothing is planned yet{uncopied}"
    parts = f"{given.parts} part{'' if given.parts == 1 else 's'}"
    where = f"{parts} on {', '.join(given.accounts)} at {show_time(given.entry.at)}"
    replaced = f"; that replaces the approval of {given.replaces}" if given.replaces else ""
    return f"{name}: approved by {given.by}: {where}{replaced}{uncopied}"
