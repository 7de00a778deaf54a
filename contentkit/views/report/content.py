"""What a report says, in the words of somebody who was not there: in short, part by part, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

from contentkit.stats.report_queries import Queries, queries
from contentkit.stats.reports import FIGURES, Campaign, Published, Report, Told
from contentkit.text import counted
from contentkit.views.report.blocks import Cell, Content, Paragraph, Section, Source, Table
from contentkit.views.report.gaps import gaps_section
from contentkit.views.report.growing import growth_section
from contentkit.views.report.learning import (
    KINDS,
    chance_count,
    clear_ones,
    compared_count,
    dropoff_section,
    learnt_section,
    shown_name,
)
from contentkit.views.report.phrases import (
    during,
    estimate_cell,
    listed,
    shortened,
    shown_change,
    shown_moment,
    shown_period,
    shown_ratio,
    told_cell,
)
from contentkit.views.report.rules import CAMPAIGNS, METHOD, PUBLISHED
from contentkit.views.report.threads import name_of, threads_section
from contentkit.views.report.visiting import visits_section

# More accounts than this are told together.
_NAMED = 4
_MOST_CAMPAIGNS = 30
_HEADINGS = ("Seen", "Likes", "Shares", "Quotes", "Replies", "Link clicks")


def content_of(report: Report, maker: str) -> Content:
    """Everything to read, in its order. ``maker`` is the program that says it."""
    asked = queries(report.period, report.learnt.since)
    zone = getattr(report.period.zone, "key", "") or "UTC"
    known = (
        f"as the networks told until {shown_moment(report.asked_at, report.period.zone)}"
        if report.asked_at
        else "no figures yet"
    )
    sections = (
        Section(name="in-short", title="In short", blocks=(Paragraph(words=" ".join(_in_short(report))),)),
        _published_section(report, asked),
        growth_section(report, asked),
        threads_section(report, asked),
        _campaigns_section(report, asked),
        *([visits_section(report, asked)] if report.visits else []),
        learnt_section(report, asked),
        dropoff_section(report, asked),
        gaps_section(report),
        Section(name="method", title="How to read this", blocks=(Paragraph(words=METHOD),)),
    )
    return Content(
        title=f"{report.project}: {shown_period(report.period)}",
        about=f"Days of {zone}; {known}.",
        sections=sections,
        maker=f"Made by {maker} from contentkit.db. The same figures give the same report, letter for letter.",
    )


def _in_short(report: Report) -> Iterator[str]:
    posts, threads = sum(one.posts for one in report.published), len(report.judged)
    when = during(report.period)
    if not threads:
        yield f"{when}, {report.project} published nothing that is known here."
    else:
        accounts = counted(len({one.account for one in report.published}), "account")
        yield f"{when}, {report.project} published {counted(threads, 'thread')} with {counted(posts, 'post')} on {accounts}."
        yield from _brought(report.published)
    yield from _grew(report)
    if report.by_ratio and report.most:
        best = report.most[0]
        assert best.ratio
        yield (
            f"Found most: “{shortened(name_of(best.thread))}” on {best.thread.account}, {shown_ratio(best.ratio)} "
            "the usual there."
        )
    if clear := clear_ones(report):
        kind, group = clear[0]
        assert group.ratio
        yield (
            f"Of {counted(compared_count(report), 'kind')} of threads compared, {len(clear)} stand{'s' * (len(clear) == 1)} out, "
            f"and by chance alone about {chance_count(report):.1f} would. First among them: {KINDS[kind].lower()}, "
            f"{shown_name(kind, group)}, with {shown_ratio(group.ratio)} the usual."
        )


def _brought(published: tuple[Published, ...]) -> Iterator[str]:
    names = {
        "impressions": ("view", "views"), "likes": ("like", "likes"), "shares": ("share", "shares"),
        "replies": ("reply of others", "replies of others"),
    }  # fmt: skip
    sums = {name: _sum(one.told[name] for one in published) for name in names}
    told = [
        f"{one.total:,} {names[name][one.total != 1]} (n {counted(one.n, 'post')})"
        for name, one in sums.items()
        if one.total is not None
    ]
    yield f"The networks counted {listed(told)}." if told else "The networks told no figures of them."


def _sum(some: Iterator[Told]) -> Told:
    known = [one for one in some if one.total is not None]
    return Told(total=sum(one.total or 0 for one in known) if known else None, n=sum(one.n for one in known))


def _grew(report: Report) -> Iterator[str]:
    known = [one.growth for one in report.followers if one.growth.change is not None]
    if not known:
        return
    if len(known) > _NAMED:
        total, readings = sum(one.change or 0 for one in known), sum(len(one.readings) for one in known)
        yield f"Followers: {shown_change(total)} on {len(known)} accounts together (n {readings:,} readings)."
        return
    told = [
        f"{shown_change(one.change or 0)} to {one.followers:,} on {one.account} (n {counted(len(one.readings), 'reading')})"
        for one in known
    ]
    yield f"Followers: {listed(told)}."


def _published_section(report: Report, asked: Queries) -> Section:
    if not report.published:
        nothing = Paragraph(words="Nothing was published in these days that is known here.")
        return Section(name="published", title="What was published", blocks=(nothing,))
    shown = [
        (heading, name)
        for heading, name in zip(_HEADINGS, FIGURES, strict=True)
        if any(one.told[name].n for one in report.published)
    ]
    table = Table(
        caption="Threads and posts by account, and what was told of them last",
        headings=("Account", "Threads", "Posts", *(heading for heading, _ in shown)),
        rows=tuple(
            (
                Cell(words=one.account),
                Cell(words=f"{one.threads:,}"),
                Cell(words=f"{one.posts:,}"),
                *(told_cell(one.told[name]) for _, name in shown),
            )
            for one in report.published
        ),
    )
    rule = Source(rule=PUBLISHED, query=asked.published)
    return Section(name="published", title="What was published", blocks=(table, rule))


def _campaigns_section(report: Report, asked: Queries) -> Section:
    named = [one for one in report.campaigns if one.name is not None]
    if not named:
        nothing = Paragraph(words="No thread of these days belongs to a campaign.")
        return Section(name="campaigns", title="Campaigns", blocks=(nothing,))
    every = (*named, *(one for one in report.campaigns if one.name is None))
    shown = sorted(every, key=lambda one: -one.posts)[:_MOST_CAMPAIGNS]
    left_out = f": the {_MOST_CAMPAIGNS} with the most posts, of {len(every)}" if len(every) > _MOST_CAMPAIGNS else ""
    table = Table(
        caption=f"Campaigns{left_out}",
        headings=("Campaign", "Threads", "Posts", "Engagement", "Times the usual"),
        rows=tuple(map(_campaign, shown)),
    )
    rule = Source(rule=CAMPAIGNS, query=asked.campaigns)
    return Section(name="campaigns", title="Campaigns", blocks=(table, rule))


def _campaign(one: Campaign) -> tuple[Cell, ...]:
    return (
        Cell(words="no campaign" if one.name is None else one.name),
        Cell(words=f"{one.threads:,}"),
        Cell(words=f"{one.posts:,}"),
        told_cell(one.engagement),
        estimate_cell(one.group.ratio),
    )
