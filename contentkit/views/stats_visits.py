"""Visits of the website that came by the links of threads, one row for each report that tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from contentkit.stats.clicks import Visits
from contentkit.stats.measured import MeasuredThread
from contentkit.text import counted, printable
from contentkit.views.figures import NOT_TOLD, grouped
from contentkit.views.stats import name_of, when

if TYPE_CHECKING:
    from rich.table import Table

VISIT_HEADINGS = (
    "published", "entry", "account", "visits", "visitors", "threads", "analytics", "site", "source", "medium", "campaign",
    "content", "first day", "last day", "url",
)  # fmt: skip


def visit_cells(thread: MeasuredThread, seen: Visits) -> tuple[str, ...]:
    """The cells of one row for a program: a count that was not told is a dash, a tag that was not told is empty."""
    counts = (NOT_TOLD if count is None else str(count) for count in (seen.visits, seen.visitors))
    days = (seen.first_day.isoformat(), seen.last_day.isoformat())
    shared = (str(seen.threads), seen.analytics, seen.site, *seen.tags, *days, thread.url)
    return (thread.begun_at.isoformat(), thread.entry or "", thread.account, *counts, *shared)


def visit_table(rows: Sequence[tuple[MeasuredThread, Visits]], zone: tzinfo, now: datetime) -> Table:
    """The rows for a terminal: which thread, how many came, by which tags, as who counted them on which days."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("thread", overflow="fold")
    for heading in ("visits", "visitors"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("by links with", overflow="fold")
    for thread, seen in rows:
        name = Text.assemble((printable(name_of(thread)), "bold"), "\n", (when(thread.begun_at, zone, now), "dim"))
        tags = Text("\n".join(printable(f"{tag} {value}") for tag, value in seen.tags._asdict().items() if value))
        tags.append("".join(f"\n{printable(line)}" for line in _told(seen)), "dim")
        table.add_row(name, grouped(seen.visits), grouped(seen.visitors), tags)
    return table


def visit_lines(threads: int, seen: Sequence[Visits]) -> Iterator[str]:
    """Where such visits come from when there are none, and why they cannot simply be added up."""
    if threads and not seen:
        yield "No visits by the links of these threads are known: 'contentkit import FILE.csv' brings in those of a website."
    if any(one.threads > 1 for one in seen):
        yield "Visits by tags that several threads carry stand beside each of them, and count once: do not add them up."


def _told(seen: Visits) -> Iterator[str]:
    yield f"{seen.analytics} of {seen.site}" if seen.site else seen.analytics
    yield f"{seen.first_day} to {seen.last_day}"
    if seen.threads > 1:
        yield f"with {counted(seen.threads - 1, 'other thread')}"
