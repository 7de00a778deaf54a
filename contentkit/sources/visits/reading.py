"""The reports of a file, a folder or a zip of them."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from contentkit.errors import ContentError, UsageError
from contentkit.patterns import regex
from contentkit.sources.own_posts.packed import parts_of
from contentkit.sources.visits.shapes import Cells, Named, Shape, shape_named, shape_of
from contentkit.sources.visits.table import Sheet, Table, day_of, days_named, heading_of, number_of, sheet_of
from contentkit.store.visit_tables import TAGS
from contentkit.store.visits import Days, VisitReport, Visits
from contentkit.text import one_line
from contentkit.values import dataclass

# Of what Plausible packs together, the reports by tags.
_PACKED = regex(r"(?:[^/]{1,200}/){0,2}(?:utm_(?:source|medium|campaign|content)s|imported_sources_\d{8}_\d{8})\.csv")
_ALONE = regex(r"(?s).+")
# No tag that somebody wrote is longer.
_LONGEST_TAG = 500
_LONGEST_LIST = 400


@dataclass(frozen=True, kw_only=True)
class Hints:
    """What a person tells of a file that does not say it: its days, what its one column of names is (a tag of ``TAGS``), or
    which column is what."""

    days: Days | None = None
    tag: str = ""
    named: Named | None = None


def reports_in(path: Path, name: str, hints: Hints) -> list[VisitReport]:
    """The reports of visits by tags in this file, folder or zip; none where there is none.

    Raises ContentError for what cannot be read, UsageError where a person has to say what the file does not.
    """
    several = path.is_dir() or zipfile.is_zipfile(path)
    parts = parts_of(path, name, _PACKED if several else _ALONE)
    found = []
    columns: list[str] = []
    for part, data in sorted(parts.items()):
        place = f"{name}/{part}" if several else name
        sheet = sheet_of(data, place)
        columns += [one for table in sheet.tables for one in table.columns]
        if report := _report(sheet, place, part, days_named(part) or days_named(path.name), hints):
            found.append(report)
    if hints.named and not found:
        raise _no_such_columns(name, hints.named, columns)
    return found


def _no_such_columns(name: str, named: Named, columns: Sequence[str]) -> UsageError:
    missing = [words for words in named.headings.values() if heading_of(words) not in columns]
    what = f"column '{missing[0]}'" if missing else "table with all of these columns"
    there = one_line(", ".join(dict.fromkeys(one for one in columns if one)), _LONGEST_LIST)
    return UsageError(f"{name}: has no {what}", hint=f"its columns are: {there}" if there else "look into the file")


def _report(sheet: Sheet, place: str, part: str, named: Days | None, hints: Hints) -> VisitReport | None:
    why = ""
    for table in sheet.tables:
        shape = shape_named(table, hints.named) if hints.named else shape_of(table, part, hints.tag)
        if isinstance(shape, Shape):
            days = hints.days or _days_in(sheet) or named
            return _read(table, shape, place, days)
        why = why or shape or ""
    if why:
        raise UsageError(
            f"{place}: is {why}", hint=f"say it: --tag {' or '.join(one.removeprefix('utm_') for one in TAGS)}"
        )
    return None


def _days_in(sheet: Sheet) -> Days | None:
    """The days that the comments of Google Analytics name: ``Start date: 20261101``, ``End date: 20261130``."""
    told = {
        key.strip().casefold(): day_of(value)
        for line in sheet.comments
        for key, colon, value in [line.partition(":")]
        if colon
    }
    first, last = told.get("start date"), told.get("end date")
    return (first, last) if first and last and first <= last else days_named(" ".join(sheet.comments))


def _read(table: Table, shape: Shape, place: str, days: Days | None) -> VisitReport:
    if shape.date is None and days is None:
        raise UsageError(
            f"{place}: does not say of which days its visits are", hint="say it: --from 2026-11-01 --to 2026-11-30"
        )
    counts: dict[tuple[Days, tuple[str | None, ...]], list[tuple[int | None, int | None]]] = defaultdict(list)
    untagged = unreadable = 0
    for row in table.rows:
        told = _visits(row, shape, days)
        if told is None:
            unreadable += 1
        elif not any(told.tags):
            untagged += told.visits or told.visitors or 0
        else:
            counts[told.days, told.tags].append((told.visits, told.visitors))
    if unreadable and not counts:
        raise ContentError(f"{place}: no row of it can be read", hint="export it again, as CSV")
    return VisitReport(
        analytics=shape.analytics,
        told=tuple(one for one in TAGS if one in shape.tags),
        rows=tuple(_added_up(counts)),
        untagged=untagged,
        unreadable=unreadable,
    )


def _visits(row: Cells, shape: Shape, days: Days | None) -> Visits | None:
    """One row; None where it cannot be read."""
    day: date | None = day_of(row[shape.date]) if shape.date is not None else None
    its = (day, day) if day else days if shape.date is None else None
    tags = tuple(shape.tags[one](row) if one in shape.tags else None for one in TAGS)
    visits = number_of(row[shape.visits]) if shape.visits is not None else None
    visitors = number_of(row[shape.visitors]) if shape.visitors is not None else None
    if its is None or (visits is None and visitors is None) or any(tag and len(tag) > _LONGEST_TAG for tag in tags):
        return None
    return Visits(days=its, tags=tags, visits=visits, visitors=visitors)


def _added_up(
    counts: Mapping[tuple[Days, tuple[str | None, ...]], list[tuple[int | None, int | None]]],
) -> list[Visits]:
    """One row for the same days and tags; where a report tells more apart than tags, its rows are added up."""
    return [_together(days, tags, told) for (days, tags), told in counts.items()]


def _together(days: Days, tags: tuple[str | None, ...], told: list[tuple[int | None, int | None]]) -> Visits:
    """Visits are added. Somebody may be among the visitors of several rows: these are added only where nothing else is told."""
    visits, visitors = _sum([one for one, _ in told]), _sum([one for _, one in told])
    return Visits(days=days, tags=tags, visits=visits, visitors=visitors if len(told) == 1 or visits is None else None)


def _sum(counts: list[int | None]) -> int | None:
    known = [one for one in counts if one is not None]
    return sum(known) if known else None
