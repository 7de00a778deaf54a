"""The list of the review: which entries are looked through, in which order, and how each stands in a few words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from contentkit.cli.approving.standing import standing_of
from contentkit.cli.project import Project
from contentkit.cli.standings import ENDED, standings
from contentkit.models import Entry
from contentkit.publishing.journal import Journal
from contentkit.values import dataclass
from contentkit.views.queue import QueueRow
from contentkit.views.review.values import Item

# Of an entry with several accounts, what one of them waits for says most.
_LOUDEST = ("unknown", "held", "sending")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which entries are reviewed: these, or those of this account and founder that are not out; all where nothing is said."""

    names: Collection[str] = ()
    account: str = ""
    founder: str = ""

    def has(self, entry: Entry, rows: Sequence[QueueRow], *, is_over: bool) -> bool:
        if self.names:
            return entry.id in self.names
        if is_over:
            return False
        is_theirs = not self.founder or any(row.founder == self.founder for row in rows)
        return is_theirs and self.account in ("", *entry.accounts)


def items_of(project: Project, journal: Journal | None, wanted: Wanted, now: datetime) -> list[Item]:
    """What waits for an approval first, then the rest, by time."""
    rows: dict[str, list[QueueRow]] = {}
    for row in standings(project, journal, now):
        rows.setdefault(row.entry, []).append(row)
    over = {name for name, its in rows.items() if _is_over(project, journal, name, its)}
    entries = [one for one in project.calendar.entries if wanted.has(one, rows.get(one.id, []), is_over=one.id in over)]
    items = [(one.at, _item(project, journal, one, rows.get(one.id, []))) for one in entries]
    return [item for _, item in sorted(items, key=lambda pair: (not pair[1].waits, pair[0], pair[1].entry))]


def _is_over(project: Project, journal: Journal | None, name: str, rows: Sequence[QueueRow]) -> bool:
    """Whether nothing of an entry is left to decide. What nobody planned, because others have still to approve, is not over."""
    states = {row.state for row in rows}
    if not states <= set(ENDED):
        return False
    entry = next((one for one in project.calendar.entries if one.id == name), None)
    return states == {"sent"} or entry is None or not standing_of(project, journal, entry).lacking


def _item(project: Project, journal: Journal | None, entry: Entry, rows: Sequence[QueueRow]) -> Item:
    standing, waits = _standing(project, journal, entry, rows)
    return Item(
        entry=entry.id,
        draft=entry.draft,
        when=f"{entry.at.day} {entry.at:%b %H:%M}",
        standing=standing,
        waits=waits,
        words=" ".join((*entry.accounts, entry.campaign, *dict.fromkeys(row.founder for row in rows))),
    )


def _standing(project: Project, journal: Journal | None, entry: Entry, rows: Sequence[QueueRow]) -> tuple[str, bool]:
    """How an entry stands, in two or three words, and whether it waits for an approval."""
    states = {row.state for row in rows}
    if loud := next((state for state in _LOUDEST if state in states), ""):
        return loud, False
    approval = standing_of(project, journal, entry)
    if rows and states <= set(ENDED) and not approval.lacking:
        return " and ".join(sorted(states)), False
    if entry.paused:
        return "paused", False
    if approval.holds:
        return "approved", False
    if approval.people:
        return "to approve, too", True
    return ("approval void" if approval.heard else "to approve"), True
