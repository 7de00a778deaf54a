"""Writes what a network said of an account into contentkit.toml, and tells which approvals do not hold any longer by that."""

from __future__ import annotations

from collections.abc import Mapping

from contentkit.cli.approving.holding import why_void
from contentkit.cli.journal import journal_if_any
from contentkit.cli.project import Project
from contentkit.clock import Clock
from contentkit.config import load_config
from contentkit.models import Account
from contentkit.publishing.publications import State
from contentkit.settings.settings_edit import learn


def write_down(
    project: Project, account: Account, remote_id: str, limits: Mapping[str, int], clock: Clock
) -> tuple[str, ...]:
    """Pins the id, unless it is empty, and states the limits. Returns the entries whose approval no longer holds by that.

    A pinned id is part of what was approved: who approved a post for an account did not know then which one it was.
    """
    if not remote_id and not limits:
        return ()
    before = _approved_entries(project, clock)
    learn(project.root, account, remote_id, limits)
    after = _approved_entries(Project(project.root, load_config(project.root), project.environment), clock)
    return tuple(sorted(before - after))


def _approved_entries(project: Project, clock: Clock) -> set[str]:
    """The entries that would go out as the files are."""
    with journal_if_any(project, clock) as journal:
        if journal is None:
            return set()
        planned = [thread for thread in journal.threads.open() if thread.head and thread.head.state is State.PLANNED]
        return {thread.entry for thread in planned if not why_void(project, journal, thread)}
