"""What the website saw of the threads, where its analytics were brought in."""

from __future__ import annotations

from contentkit.stats.clicks import Visits
from contentkit.stats.report_queries import Queries
from contentkit.stats.reports import Report
from contentkit.views.report.blocks import Cell, Section, Source, Table
from contentkit.views.report.phrases import NOT_TOLD, shown_day
from contentkit.views.report.rules import VISITS

_MOST = 20


def visits_section(report: Report, asked: Queries) -> Section:
    most = sorted(report.visits, key=lambda one: -(one.visits or one.visitors or 0))[:_MOST]
    left_out = f": the {_MOST} with the most, of {len(report.visits)}" if len(report.visits) > _MOST else ""
    table = Table(
        caption=f"Visits of the website by the links of these threads{left_out}",
        headings=("Tags of the links", "Counted by", "Until", "Visits", "Visitors"),
        rows=tuple(_row(one) for one in most),
    )
    blocks = (table, Source(rule=VISITS, query=asked.visits))
    return Section(name="visits", title="Who came to the website", blocks=blocks)


def _row(one: Visits) -> tuple[Cell, ...]:
    base = f"n {one.threads:,}"
    return (
        Cell(words=" · ".join(filter(None, (one.tags.campaign, one.tags.content, one.tags.source, one.tags.medium)))),
        Cell(words=f"{one.site} ({one.analytics})" if one.site else one.analytics),
        Cell(words=shown_day(one.last_day)),
        Cell(words=NOT_TOLD if one.visits is None else f"{one.visits:,}", base=base),
        Cell(words="not known" if one.visitors is None else f"{one.visitors:,}", base=base),
    )
