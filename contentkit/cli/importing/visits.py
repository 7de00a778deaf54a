"""What a website's analytics counted, into the table ``visits``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.errors import UsageError
from contentkit.values import dataclass

if TYPE_CHECKING:
    from contentkit.cli.project import Project
    from contentkit.sources.visits import Hints, Named
    from contentkit.store.visits import StoredVisits, VisitReport

_TAGS = ("source", "medium", "campaign", "content")
_EXAMPLE = '--analytics ga4 --column source/medium="Fuente/medio de la sesión" --column visits=Sesiones'


@dataclass(frozen=True, kw_only=True)
class StoredReport:
    """What storing one report did, and how many visits it tells with tags and without."""

    report: VisitReport
    stored: StoredVisits


def hints_of(first: str, last: str, tag: str, columns: Sequence[str], analytics: str) -> Hints:
    """What a person told of the file. Raises UsageError."""
    from contentkit.sources.visits import Hints

    if bool(first) != bool(last):
        raise UsageError("--from and --to go together", hint="--from 2026-11-01 --to 2026-11-30")
    if tag and tag not in _TAGS:
        raise UsageError(f"'{tag}' is no tag of links", hint=f"--tag {', '.join(_TAGS[:-1])} or {_TAGS[-1]}")
    days = (_day(first, "--from"), _day(last, "--to")) if first else None
    if days and days[0] > days[1]:
        raise UsageError(f"--from {first} is after --to {last}", hint="change places")
    if tag and columns:
        raise UsageError("--tag and --column say the same", hint="leave one of them out")
    return Hints(days=days, tag=f"utm_{tag}" if tag else "", named=_named(columns, analytics))


def _named(columns: Sequence[str], analytics: str) -> Named | None:
    """Which column is what, and of whose export; None where nobody says it. Raises UsageError."""
    from typing import get_args

    from contentkit.sources.visits import NAMES, Named
    from contentkit.store.visits import Analytics

    if bool(columns) != bool(analytics):
        raise UsageError("--column and --analytics go together", hint=f"for instance: {_EXAMPLE}")
    if not columns:
        return None
    headings: dict[str, str] = {}
    for words in columns:
        name, equals, heading = words.partition("=")
        if not (equals and heading.strip()):
            raise UsageError(f"--column {words}: no heading", hint=f"for instance: {_EXAMPLE}")
        if name not in NAMES or name in headings:
            raise UsageError(f"--column {words}: '{name}' is no column", hint=f"each once: {', '.join(NAMES)}")
        headings[name] = heading
    if headings.keys() <= {"visits", "visitors", "date"} or not headings.keys() & {"visits", "visitors"}:
        raise UsageError("--column: name a tag, and visits or visitors", hint=f"for instance: {_EXAMPLE}")
    whose = next((one for one in get_args(Analytics) if one == analytics), None)
    if whose is None:
        raise UsageError(
            f"'{analytics}' is no analytics that is known", hint=f"say one of {', '.join(get_args(Analytics))}"
        )
    return Named(analytics=whose, headings=headings)


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
            hint="name the file as it was exported. Where its headings are not in English, say which column is what, as in: "
            f"{_EXAMPLE}",
        )
    with database_in(project.root) as database:
        stored = store_visits(database, reports, site=site, now=now, replacing=replacing)
    return [StoredReport(report=one, stored=its) for one, its in zip(reports, stored, strict=True)]
