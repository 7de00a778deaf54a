"""What a branch does that no draft shows: to approvals, to the calendar, to receipts, settings, consents and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.calendar.times import distance
from contentkit.checks.changes import (
    check_approvals,
    check_consents,
    check_levels,
    check_new_waivers,
    check_receipts,
    check_time,
    check_twin,
    edited_source,
    link_astray,
)
from contentkit.cli.checking.neighbours import Neighbours
from contentkit.cli.checking.touched import Touched
from contentkit.cli.tracked import tracked_sources
from contentkit.confidential import CONFIDENTIAL_NAME
from contentkit.config import CALENDAR_NAME
from contentkit.errors import ContentError
from contentkit.models import Draft, Entry, Problem
from contentkit.publishing.receipts import RECEIPTS_NAME, all_receipts

if TYPE_CHECKING:
    from contentkit.cli.checking.entry_changes import EntryReport

_SOURCES = "notes/"


def besides(touched: Touched, reports: Sequence[EntryReport], drafts: Sequence[Draft], now: datetime) -> list[Problem]:
    """All of it, each as bad as the settings say. Raises ContentError for settings that cannot be used."""
    from contentkit.checks import levelled, levels_of

    found = [
        *(link_astray(path) for path in sorted(touched.astray)),
        *_of_calendar(touched, reports, now),
        *_of_receipts(touched),
        *_of_settings(touched, drafts),
        *_of_sources(touched, drafts),
        *_of_tracked(touched),
    ]
    veil = touched.project.confidential.veil
    told = [replace(one, message=veil(one.message), remedy=veil(one.remedy)) for one in found]
    return levelled(told, levels_of(touched.project.config.checks), lambda _: [])


def _of_calendar(touched: Touched, reports: Sequence[EntryReport], now: datetime) -> Iterator[Problem]:
    from contentkit.checks import unreadable

    try:
        calendar = touched.project.calendar
    except ContentError as error:
        yield unreadable(CALENDAR_NAME, error)
        return
    neighbours = Neighbours(calendar=calendar)
    there = touched.base.project
    both = [*(there.calendar.entries if there else ()), *calendar.entries]
    # Whoever had it first: a copy stands behind it.
    lines = {entry.approved.digest: entry.id for entry in reversed(both) if entry.approved}
    for report in reports:
        change = report.change
        yield from check_approvals(change, lines)
        if change.now and not change.now.is_out and _is_new_or_moved(report):
            entry = change.now.entry
            yield from check_time(entry, [*_past(entry, now), *neighbours.against(entry)])
            yield from check_twin(entry, neighbours.twin(entry))
        if change.now and report.trouble:
            yield unreadable(f"{CALENDAR_NAME}:{change.now.entry.line}", ContentError(report.trouble))


def _is_new_or_moved(report: EntryReport) -> bool:
    was, now = report.change.was, report.change.now
    if was is None or now is None:
        return True
    return any(getattr(was.entry, name) != getattr(now.entry, name) for name in ("at", "accounts", "draft"))


def _past(entry: Entry, now: datetime) -> list[str]:
    return (
        [f"was due {distance(entry.at, now)}: it is too late to post it"] if now - entry.at > entry.late.within else []
    )


def _of_receipts(touched: Touched) -> list[Problem]:
    """What a branch says is published; where receipts are no matter of git, no branch says anything."""
    from contentkit.checks import unreadable

    known = touched.base.files.known
    if RECEIPTS_NAME not in known and RECEIPTS_NAME not in touched.project.tracked:
        return []
    try:
        was, now = set(all_receipts(touched.base.files.folder)), set(all_receipts(touched.project.root))
    except ContentError as error:
        return [unreadable(RECEIPTS_NAME, error)]
    return check_receipts(len(now - was), len(was - now))


def _of_settings(touched: Touched, drafts: Sequence[Draft]) -> Iterator[Problem]:
    there = touched.base.project
    if there is None:
        return
    yield from check_levels(there.config.checks, touched.project.config.checks)
    yield from check_consents(there.people, touched.project.people)
    for draft in drafts:
        yield from check_new_waivers(draft, _before(touched, draft.path))


def _of_sources(touched: Touched, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Those that lay in git before: a new one is what every draft begins with."""
    resting: dict[str, list[str]] = {}
    for draft in drafts:
        for name in sorted(draft.all_sources):
            if name in touched.base.files.known and touched.differs(name):
                resting.setdefault(name, []).append(draft.path)
    yield from (edited_source(name, paths) for name, paths in resting.items())


def _before(touched: Touched, path: str) -> Draft | None:
    there = touched.base.project
    try:
        return there.draft(touched.moved.get(path, path)) if there else None
    except ContentError:
        return None


def _of_tracked(touched: Touched) -> list[Problem]:
    """Files that a branch brings into git although they hold words off the record, or names that nobody may publish."""
    from contentkit.checks.confidential import list_in_git
    from contentkit.sources.formats import is_kind

    tracked, known = touched.project.tracked, touched.base.files.known
    listed = [list_in_git()] if CONFIDENTIAL_NAME in tracked and CONFIDENTIAL_NAME not in known else []
    names = [name for name in tracked if is_kind(name) or name.startswith(_SOURCES)]
    return [*listed, *tracked_sources(touched.project, [name for name in sorted(names) if touched.differs(name)])]
