"""What a website's analytics counted, into the table ``visits``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.errors import UsageError

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.sources.visits import Hints
    from contentkit.store.visits import StoredVisits, VisitReport

_TAGS = ("source", "medium", "campaign", "content")


@dataclass(frozen=True, kw_only=True)
class StoredReport:
    """What storing one report did, and how many visits it tells with tags and without."""

    report: VisitReport
    stored: StoredVisits


def hints_of(first: str, last: str, tag: str) -> Hints:
    """What a person told of the file. Raises UsageError."""
    from contentkit.sources.visits import Hints

    if bool(first) != bool(last):
        raise UsageError("--from and --to go together", hint="--from 2026-11-01 --to 2026-11-30")
    if tag and tag not in _TAGS:
        raise UsageError(f"'{tag}' is no tag of links", hint=f"--tag {', '.join(_TAGS[:-1])} or {_TAGS[-1]}")
    days = (_day(first, "--from"), _day(last, "--to")) if first else None
    if days and days[0] > days[1]:
        raise UsageError(f"--from {first} is after --to {last}", hint="change places")
    return Hints(days=days, tag=f"utm_{tag}" if tag else "")


def _day(word: str, option: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise UsageError(f"'{word}' is no date", hint=f"write it as {option} 2026-11-30") from None


def import_visits(
    project: Project, path: Path, name: str, hints: Hints, *, site: str, replacing: bool, now: datetime
) -> list[StoredReport]:
    """Stores the reports at this path. Raises UsageError where there is none."""
    from contentkit.cli.importing.watching import shown
    from contentkit.sources.visits import reports_in
    from contentkit.store.database import database_in
    from contentkit.store.visits import store_visits
    from contentkit.text import in_one_line

    with shown(f"Reading {in_one_line(name)} …"):
        reports = reports_in(path, name, hints)
    if not reports:
        raise UsageError(
            f"{name}: is neither an archive of X or Mastodon, nor visits that Plausible, Google Analytics or Matomo exported",
            hint="name the file as it was exported; contentkit import --help shows examples",
        )
    with database_in(project.root) as database:
        stored = store_visits(database, reports, site=site, now=now, replacing=replacing)
    return [StoredReport(report=one, stored=its) for one, its in zip(reports, stored, strict=True)]
