"""Planning on the machine that publishes what was approved elsewhere, by signatures or by a merge."""

from __future__ import annotations

from datetime import datetime

from contentkit.cli.approving.giving import Amending, Candidate, plan, sealed
from contentkit.cli.approving.standing import Standing
from contentkit.cli.project import Project
from contentkit.cli.unsayable import why_unsayable
from contentkit.models import in_the_way
from contentkit.publishing.journal import Journal
from contentkit.publishing.planning import planned_parts


def plan_as_heard(
    project: Project,
    journal: Journal,
    candidate: Candidate,
    standing: Standing,
    now: datetime,
    amending: Amending | None = None,
) -> str:
    """Stores the approvals of an entry that count, each under its own trust, plans its parts, and decides what becomes of those
    that are out. Returns why that may not be; raises ContentkitError as ``planned_parts`` does.
    """
    entry, differing = candidate.entry, amending.differing if amending else {}
    planned = planned_parts(project.root, journal, entry.id, candidate.renditions, differing)
    given = sorted((one for one in standing.heard if not one.why), key=lambda one: (one.at or now, one.by))
    approvals = [sealed(project, candidate, one.by, one.at or now, standing.trust) for one in given]
    if any(one.digest != standing.digest for one in approvals):
        return "was edited just now"
    for one in approvals[:-1]:
        journal.approvals.record(one)
    plan(project, journal, entry, approvals[-1], planned, amending)
    return ""


def why_unfit(project: Project, candidate: Candidate) -> str:
    """What the checks find. Sources may be at the desk only: what compares a draft with them was asked there."""
    draft = candidate.draft
    has_sources = all((project.root / name).is_file() for name in draft.all_sources)
    problems = [one for one in in_the_way(candidate.problems) if has_sources or not one.check.startswith("CK2")]
    if problems:
        return f"{problems[0].place}: {problems[0].check}: {problems[0].message}"
    return why_unsayable(project, candidate.entry)
