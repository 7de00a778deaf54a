"""Which entries a listing is asked for: by name, account, founder, campaign, state, time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.errors import UsageError
from contentkit.strict_yaml import nearest
from contentkit.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from contentkit.cli.project import Project
    from contentkit.cli.scene import Scene
    from contentkit.models import Entry

# What is not planned yet has no state; this asks for it.
NONE = "none"
STATES = ("planned", "sending", "unknown", "held", "sent", "skipped", NONE)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is empty or None asks for everything. ``since`` and ``until`` belong to what is asked for.

    ``remembered_since`` leaves out what was published or skipped before, and is said of nothing else.
    """

    entries: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    founders: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    remembered_since: datetime | None = None

    def has(self, scene: Scene, entry_id: str, account: str, at: datetime, entry: Entry | None) -> bool:
        """Whether it is asked for, as far as that can be told before anybody looks how it stands. ``entry`` is None of what has
        left the calendar."""
        return (
            (not self.entries or entry_id in self.entries)
            and (not self.accounts or account in self.accounts)
            and (not self.campaigns or (entry is not None and entry.campaign in self.campaigns))
            and (self.since is None or at >= self.since)
            and (self.until is None or at <= self.until)
            and (not self.founders or (entry is not None and scene.founder(entry.draft) in self.founders))
        )

    def has_state(self, state: str, at: datetime) -> bool:
        """Whether this state is asked for."""
        is_over = state in ("sent", "skipped")
        if is_over and self.remembered_since is not None and at < self.remembered_since:
            return False
        return not self.states or (state or NONE) in self.states


EVERYTHING = Wanted()


def is_plain(wanted: Wanted) -> bool:
    """Whether nothing was named that is wanted."""
    return replace(wanted, remembered_since=None) == EVERYTHING


def refuse_unknown(scene: Scene, wanted: Wanted) -> None:
    """Raises UsageError for a name that nothing has, with the nearest one."""
    project, threads = scene.project, scene.threads
    entries = project.calendar.entries
    _refuse("entry", wanted.entries, {*scene.entries, *(entry for entry, _ in threads)})
    _refuse("account", wanted.accounts, {*project.config.accounts, *(account for _, account in threads)})
    _refuse("campaign", wanted.campaigns, {entry.campaign for entry in entries if entry.campaign})
    _refuse("state", wanted.states, STATES)
    if wanted.founders:
        _refuse("founder", wanted.founders, _founders(project))


def _founders(project: Project) -> set[str]:
    return {name for name, person in project.people.items() if person.founder}


def _refuse(what: str, asked: Iterable[str], known: Iterable[str]) -> None:
    for name in sorted(set(asked) - set(known)):
        raise UsageError(f"there is no {what} '{name}'", hint=nearest(name, known))
