"""How the accounts' followers changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.stats.report_queries import Queries
from contentkit.stats.reports import Followers, Report
from contentkit.text import counted
from contentkit.views.report.blocks import Block, Cell, Drawn, Paragraph, Section, Source, Table
from contentkit.views.report.charts import Lines, Series
from contentkit.views.report.phrases import NOT_TOLD, shown_change, shown_day
from contentkit.views.report.rules import GROWTH

# More lines than this nobody can tell apart.
_MOST = 5


def growth_section(report: Report, asked: Queries) -> Section:
    return Section(name="growth", title="Who follows", blocks=tuple(_blocks(report, asked)))


def _blocks(report: Report, asked: Queries) -> Iterator[Block]:
    known = [one for one in report.followers if one.growth.readings]
    if not known:
        yield Paragraph(words="Nobody asked for the followers in these days, so nothing is known of them.")
        return
    yield Table(
        caption="Followers by account",
        headings=("Account", "At first", "At last", "Change", "Days without a reading"),
        rows=tuple(_row(one) for one in known),
    )
    if drawn := _drawn(known):
        yield drawn
    yield Source(rule=GROWTH, query=asked.growth)


def _row(one: Followers) -> tuple[Cell, ...]:
    growth, base = one.growth, f"n {len(one.growth.readings):,}"
    first, change = growth.first, growth.change
    return (
        Cell(words=growth.account + (" (began anew)" if growth.began_anew else "")),
        Cell(words=f"{first.followers:,}" if first else NOT_TOLD),
        Cell(words=f"{growth.followers:,}", base=base),
        Cell(words="not known" if change is None else shown_change(change), base=base),
        Cell(words=f"{one.missing:,}"),
    )


def _drawn(known: Sequence[Followers]) -> Drawn | None:
    """The accounts whose followers changed most, each from its own beginning."""
    lines = [one for one in known if len(one.days) > 1]
    lines.sort(key=lambda one: (-abs(one.growth.change or 0), one.growth.account))
    shown = sorted(lines[:_MOST], key=lambda one: one.growth.account)
    if not shown:
        return None
    series = tuple(_series(one) for one in shown)
    left_out = (
        f" Of {counted(len(lines), 'account')}, the {len(shown)} that changed most." if len(lines) > _MOST else ""
    )
    told = "; ".join(
        f"{one.label}: {shown_change(int(one.points[-1][1]))} by {shown_day(one.points[-1][0])}" for one in series
    )
    days = sorted({day for one in shown for day, _ in one.days})
    by_day = [dict(one.days) for one in shown]
    table = Table(
        caption="Followers by day: the last reading of each",
        headings=("Day", *(one.growth.account for one in shown)),
        rows=tuple(
            (
                Cell(words=shown_day(day)),
                *(Cell(words=f"{one[day]:,}" if day in one else "no reading") for one in by_day),
            )
            for day in days
        ),
    )
    title = "Followers won and lost since the first of these days"
    return Drawn(chart=Lines(name="followers", title=title, told=f"{told}.{left_out}", series=series), table=table)


def _series(one: Followers) -> Series:
    first = one.growth.first
    begun = first.followers if first else 0
    points = tuple((day, float(followers - begun)) for day, followers in one.days)
    return Series(label=one.growth.account, points=points)
