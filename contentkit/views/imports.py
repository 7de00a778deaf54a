"""What an import brought, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.text import counted
from contentkit.views.voices import left_out_line

if TYPE_CHECKING:
    from contentkit.stats.imports import Imported
    from contentkit.store.visits import StoredVisits, VisitReport

_ANALYTICS = {"plausible": "Plausible", "ga4": "Google Analytics", "matomo": "Matomo"}


def import_lines(
    account: str,
    source: str,
    imported: Imported,
    left_out: Mapping[str, int],
    span: tuple[datetime | None, datetime | None],
    told_at: datetime,
) -> Iterator[str]:
    """How many posts came in, from when, and what did not."""
    total = imported.new + imported.changed + imported.known + imported.ours
    first, last = span
    between = f" from {first:%Y-%m-%d} to {last:%Y-%m-%d}" if first and last else ""
    yield f"{account}: {counted(total, 'post')}{between} in {source}"
    told = [
        f"{imported.new:,} new" if imported.new else "",
        f"{imported.changed:,} changed" if imported.changed else "",
        f"{imported.known:,} known already" if imported.known else "",
        f"{imported.ours:,} published by contentkit, and left as they are" if imported.ours else "",
    ]
    if total:
        yield f"  {'; '.join(filter(None, told))}"
    if imported.threads:
        yield f"  {counted(imported.threads, 'thread')} of several posts"
    if imported.readings:
        yield f"  figures of {counted(imported.readings, 'post')} as of {told_at:%Y-%m-%d %H:%M} UTC"
    if line := left_out_line(left_out):
        yield f"  {line}"


def visit_lines(name: str, report: VisitReport, stored: StoredVisits) -> Iterator[str]:
    """Which visits came in, of which days and by which tags."""
    days = sorted(report.ranges)
    between = f" from {days[0][0]} to {max(last for _, last in days)}" if days else ""
    tags = ", ".join(report.told)
    if any(row.visits is not None for row in report.rows):
        told = counted(sum(row.visits or 0 for row in report.rows), "visit")
    else:
        told = f"{counted(sum(row.visitors or 0 for row in report.rows), 'visitor')} (visits are not told)"
    yield f"{name}: {_ANALYTICS[report.analytics]}: {told}{between} by {tags}"
    counts = (("new", stored.new), ("changed", stored.changed), ("known already", stored.same))
    yield f"  {counted(len(report.rows), 'row')}: " + (
        ", ".join(f"{count:,} {what}" for what, count in counts if count) or "nothing with tags"
    )
    if stored.replaced:
        yield f"  instead of {counted(stored.replaced, 'row')} of days that overlap or have none any more: they are taken away"
    if report.untagged:
        yield f"  {report.untagged:,} without these tags are left out"
    if report.unreadable:
        yield f"  {counted(report.unreadable, 'row')} cannot be read"
