"""What kinds of threads brought more than others, where there is enough to say so; and how far people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contentkit.ages import shown_age
from contentkit.stats.baselines import JUDGED_AT
from contentkit.stats.dropoff import DropOff
from contentkit.stats.estimates import ENOUGH, chance_above
from contentkit.stats.groups import Group, Kind
from contentkit.stats.report_queries import Queries
from contentkit.stats.reports import Report
from contentkit.text import counted
from contentkit.views.report.blocks import Block, Cell, Drawn, Items, Paragraph, Section, Source, Table
from contentkit.views.report.charts import Range, Ranges, Steps
from contentkit.views.report.phrases import estimate_cell, listed, shown_day
from contentkit.views.report.rules import DROPOFF, LEARNT

# What a table and a chart have room for; what has less to go on is left out first.
_MOST_ROWS, _MOST_RANGES, _MOST_NAMED = 12, 12, 8
KINDS: dict[Kind, str] = {
    "hook": "How it begins",
    "slot": "Slot",
    "weekday": "Day of the week",
    "hour": "Hour",
    "language": "Language",
    "source": "Source",
    "drafter": "Drafter",
    "founder": "Who speaks",
}
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip


def learnt_section(report: Report, asked: Queries) -> Section:
    return Section(name="learnt", title="What was learnt", blocks=tuple(_learnt(report, asked)))


def clear_ones(report: Report) -> list[tuple[Kind, Group]]:
    """Kinds of threads whose interval lies wholly above the usual, the best first."""
    found = [(kind, group) for kind, group in _enough(report) if group.ratio and group.ratio.low > 1]
    return sorted(found, key=lambda one: -one[1].ratio.value if one[1].ratio else 0.0)


def shown_name(kind: Kind, group: Group) -> str:
    if group.name is None:
        return "not known"
    if kind == "weekday":
        return _DAYS[group.name]
    return f"{group.name}:00" if kind == "hour" else group.name


def compared_count(report: Report) -> int:
    """How many kinds of threads there was enough of to compare."""
    return len(_enough(report))


def chance_count(report: Report) -> float:
    """How many of them would stand out by chance alone, if none were any better than another.

    Kinds share threads, so whether one stands out says something of others. What is to be expected of all of them together is the
    sum all the same; only that it comes evenly must not be concluded.
    """
    return sum(chance_above(group.ratio.n) for _, group in _enough(report) if group.ratio)


def _enough(report: Report) -> list[tuple[Kind, Group]]:
    """A kind that all threads are of is compared with nothing."""
    return [
        (kind, group)
        for kind, groups in report.learnt.by.items()
        if len(groups) > 1
        for group in groups
        if group.name is not None and group.ratio and group.ratio.is_enough
    ]


def _learnt(report: Report, asked: Queries) -> Iterator[Block | Section]:
    learnt = report.learnt
    since = shown_day(learnt.since.astimezone(report.period.zone).date())
    yield Paragraph(
        words=f"From {counted(learnt.threads, 'thread')} begun since {since} that were told as a whole at {shown_age(JUDGED_AT)} "
        f"(of {learnt.known:,})."
    )
    enough = _enough(report)
    if enough:
        expected = (
            f"{counted(len(enough), 'kind')} of threads {'is' if len(enough) == 1 else 'are'} compared here. By chance alone, "
            f"the whole interval of about {chance_count(report):.1f} of them would lie above the usual, and of as many below."
        )
        overlapping = (
            " The same threads are of several kinds (an hour, a day, a slot), so what stands out by chance comes together: "
            "mostly nothing, now and then several at once."
        )
        yield Paragraph(words=expected + (overlapping if len(enough) > 1 else ""))
        yield _drawn(enough)
    else:
        yield Paragraph(
            words=f"Not enough data: no kind of thread has {ENOUGH} that can be compared with another kind."
        )
    waiting = tuple(words for kind, groups in learnt.by.items() if (words := _too_few(kind, groups)))
    if waiting:
        few = Paragraph(words=f"Not enough data, fewer than {ENOUGH} of them:")
        yield Section(name="too-few", title="Too few to say", blocks=(few, Items(words=waiting)))
    yield Source(rule=LEARNT, query=asked.judged)


def _drawn(enough: Sequence[tuple[Kind, Group]]) -> Drawn:
    """Those with the most threads, the best first."""
    shown = sorted(enough, key=lambda one: -(one[1].ratio.n if one[1].ratio else 0))[:_MOST_RANGES]
    shown.sort(key=lambda one: -(one[1].ratio.value if one[1].ratio else 0.0))
    ranges = tuple(_range(kind, group) for kind, group in shown)
    best, worst = ranges[0], ranges[-1]
    told = f"Most: {best.label}, {best.value:.2g} times the usual. Least: {worst.label}, {worst.value:.2g} times."
    title = "Kinds of threads beside the usual, with the interval of each"
    rows = (
        (Cell(words=f"{KINDS[kind]}: {shown_name(kind, group)}"), estimate_cell(group.ratio)) for kind, group in enough
    )
    table = Table(caption="Kinds of threads beside the usual", headings=("Kind", "Times the usual"), rows=tuple(rows))
    return Drawn(chart=Ranges(name="kinds", title=title, told=told, ranges=ranges), table=table)


def _range(kind: Kind, group: Group) -> Range:
    assert group.ratio
    label, ratio = f"{KINDS[kind]}: {shown_name(kind, group)}", group.ratio
    return Range(label=label, value=ratio.value, low=ratio.low, high=ratio.high, n=ratio.n)


def _too_few(kind: Kind, groups: Sequence[Group]) -> str:
    """``Slot: evening (n 3), noon (n 1)``; empty where there are enough of all, or only one."""
    few = [one for one in groups if not (one.ratio and one.ratio.is_enough) and one.name is not None]
    if not few or len(groups) < 2:
        return ""
    named = [f"{shown_name(kind, one)} (n {one.ratio.n if one.ratio else 0})" for one in few[:_MOST_NAMED]]
    more = [f"{len(few) - _MOST_NAMED} more"] if len(few) > _MOST_NAMED else []
    return f"{KINDS[kind]}: {listed([*named, *more])}"


def dropoff_section(report: Report, asked: Queries) -> Section:
    return Section(name="dropoff", title="How far people read", blocks=tuple(_dropoff(report, asked)))


def _dropoff(report: Report, asked: Queries) -> Iterator[Block]:
    found = [one for one in report.learnt.dropoff if any(place.share.is_enough for place in one.places)]
    if not found:
        count = sum(one.threads - one.left_out for one in report.learnt.dropoff)
        yield Paragraph(
            words=f"Not enough data: n {count} of {ENOUGH} threads with several parts that were told at 7 d."
        )
    for one in found:
        yield _steps(one)
    yield Source(rule=DROPOFF, query=asked.dropoff)


def _steps(one: DropOff) -> Drawn:
    places = [place for place in one.places if place.share.is_enough]
    figure = "seen" if one.figure == "impressions" else "engagement"
    ranges = tuple(
        Range(label=str(place.part + 1), value=share.value, low=share.low, high=share.high, n=share.n)
        for place in places
        for share in (place.share,)
    )
    first = Range(label="1", value=1.0, low=1.0, high=1.0, n=one.threads - one.left_out)
    told = "; ".join(f"part {one.label}: {one.value:.0%} of the first part (n {one.n})" for one in ranges)
    title = f"What each part of a thread has of the first part's figure ({figure})"
    rows = tuple(
        (
            Cell(words=f"Part {one.label}"),
            Cell(words=f"{one.value:.0%} ({one.low:.0%} to {one.high:.0%})", base=f"n {one.n}"),
        )
        for one in ranges
    )
    table = Table(caption=f"Share of the first part's figure ({figure})", headings=("Part", "Share"), rows=rows)
    return Drawn(
        chart=Steps(name=f"along-{figure}", title=title, told=f"{told}.", ranges=(first, *ranges)), table=table
    )
