"""What ``contentkit approvals`` says: who approved what, when, under which trust, and why that does or does not count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contentkit.cli.approving.standing import Heard, Standing
    from contentkit.cli.project import Project
    from contentkit.models import Entry
    from contentkit.publishing.amendments import Amendment
    from contentkit.publishing.journal import Journal
    from contentkit.settings.approval_rules import ApprovalPolicy

_ASKS = {
    "local": "given on this machine",
    "signed": "signed by a key in {signers}",
    "branch": "on {branch} as this machine has pulled it; who merged it, contentkit cannot know",
}


def standings_of(
    project: Project, journal: Journal | None, entries: Sequence[Entry], policy: ApprovalPolicy
) -> list[Standing]:
    """How each of these entries stands. Raises ContentkitError for this machine's own files."""
    from contentkit.cli.approving.standing import standing_of

    return [standing_of(project, journal, entry, policy) for entry in entries]


def what_counts(policy: ApprovalPolicy) -> str:
    """What this machine takes for an approval, in one line."""
    what = _ASKS[policy.trust].format(signers=policy.allowed_signers, branch=policy.branch)
    return f'What counts here (trust = "{policy.trust}"): what is {what}.'


def standing_lines(standing: Standing) -> Iterator[str]:
    """An entry and below it each approval that was found."""
    if standing.holds:
        people = " and ".join(standing.people)
        yield (
            f"{standing.entry}: approved by {people}"
            if standing.trust != "branch"
            else f"{standing.entry}: approved, {people}"
        )
    else:
        yield f"{standing.entry}: not approved: {standing.why}"
    for one in standing.heard:
        yield f"    {_heard(one)}"


def _heard(one: Heard) -> str:
    from contentkit.stamps import stamped

    when = f" at {stamped(one.at)}" if one.at else ""
    digest = f", {one.digest[:19]}…" if one.digest else ""
    return f"{one.by}{when} ({one.trust}{digest}): {one.why or 'counts'}"


def open_changes(journal: Journal | None, entry: str) -> list[Amendment]:
    """What is decided about posts of an entry that are out, and not done yet."""
    return [one for one in journal.amendments.open() if one.entry == entry] if journal else []


def change_lines(changes: Sequence[Amendment]) -> Iterator[str]:
    """Such changes, a line each: a correction needs its approval until it is done, a deletion has no other."""
    from contentkit.cli.resolving.changes import TO_BE
    from contentkit.stamps import stamped

    for one in changes:
        part = f"part {one.part + 1}/{one.parts} on {one.account}"
        yield f"    {part}: {TO_BE[one.kind]}, decided by {one.decided_by} at {stamped(one.decided_at)}: {one.state}"


def plain(standing: Standing, changes: Sequence[Amendment]) -> dict[str, Any]:
    """The same for a program."""
    told = ("account", "part", "parts", "kind", "state", "reason", "decided_by", "decided_at")
    decided = [{name: getattr(one, name) for name in told} | {"part": one.part + 1} for one in changes]
    return {**asdict(standing), "holds": standing.holds, "people": list(standing.people), "changes": decided}
