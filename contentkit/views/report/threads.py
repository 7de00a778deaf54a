"""Threads of the period beside what is usual on their account: those found most, those found least, all of them by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import tzinfo

from contentkit.ages import shown_age
from contentkit.stats.baselines import Judged
from contentkit.stats.estimates import ENOUGH
from contentkit.stats.measured import MeasuredThread
from contentkit.stats.report_queries import Queries
from contentkit.stats.reports import Report
from contentkit.text import counted
from contentkit.views.figures import not_enough
from contentkit.views.report.blocks import Block, Cell, Drawn, Paragraph, Quoted, Section, Source, Table
from contentkit.views.report.charts import Dots, Series
from contentkit.views.report.phrases import shortened, shown_moment, shown_ratio
from contentkit.views.report.rules import JUDGED

_MOST_ACCOUNTS, _MOST_DOTS = 5, 300


def threads_section(report: Report, asked: Queries) -> Section:
    return Section(name="threads", title="What was found most, and least", blocks=tuple(_blocks(report, asked)))


def _blocks(report: Report, asked: Queries) -> Iterator[Block | Section]:
    zone = report.period.zone
    if not report.most:
        yield Paragraph(words="No thread of these days has figures yet, so none can be told from the others.")
        return
    if not report.by_ratio:
        yield Paragraph(
            words=f"Nothing is usual yet on these accounts: for that it takes at least {ENOUGH} threads before. So these "
            "are in the order of their engagement."
        )
    most = tuple(quoted(one, zone) for one in report.most)
    yield Section(name="found-most", title="Found most", blocks=most)
    if report.least:
        least = tuple(quoted(one, zone) for one in report.least)
        kind = Paragraph(words="Every month has some. They may have met a bad hour, or said what few were waiting for.")
        yield Section(name="found-least", title="Found least", blocks=(kind, *least))
    if drawn := _drawn(report):
        yield drawn
    yield Source(rule=JUDGED, query=asked.judged)


def quoted(one: Judged, zone: tzinfo) -> Quoted:
    """A thread, what is known of its success, and how it begins."""
    thread, first = one.thread, one.thread.parts[0]
    when = f"{shown_moment(thread.begun_at, zone)} on {thread.account}, {counted(len(thread.parts), 'post')}"
    why = (
        "It was deleted since, so its words are not shown."
        if first.state == "deleted"
        else "Its words are not known here."
    )
    return Quoted(
        title=name_of(thread),
        about=f"{when}. {shown_standing(one)}.",
        text=first.text if first.text and first.state != "deleted" else None,
        why=why,
        url=thread.url,
        language=thread.language or "",
    )


def name_of(thread: MeasuredThread) -> str:
    """Its title, else its name on the calendar, else its first words, else that nothing is known of it."""
    words = thread.parts[0].text if thread.parts else None
    return thread.title or thread.entry or shortened(words or "") or "A post that was not published from here"


def shown_standing(one: Judged) -> str:
    """``2.1x (1.4–3.3, n 34) the usual: engagement 42 at 7 d, usually 20``."""
    if one.age is None or one.engagement is None:
        return "Its figures were not told"
    reached = f"{one.engagement:,} at {shown_age(one.age)}"
    if one.usual is None:
        return f"Engagement {reached}; what is usual: {not_enough(one.before)}"
    usual = f"{reached}, usually {one.usual.value:,.4g}"
    return (
        f"{shown_ratio(one.ratio)} the usual: engagement {usual}"
        if one.ratio
        else f"Engagement {usual} (n {one.usual.n})"
    )


def _drawn(report: Report) -> Drawn | None:
    """The accounts with the most threads; of very many threads the newest."""
    zone = report.period.zone
    known = [one for one in report.judged if one.ratio][-_MOST_DOTS:]
    if len(known) < 2:
        return None
    busiest = Counter(one.thread.account for one in known).most_common(_MOST_ACCOUNTS)
    accounts = sorted(account for account, _ in busiest)
    shown = [one for one in known if one.thread.account in accounts]
    above = sum(bool(one.ratio and one.ratio.value > 1) for one in shown)
    left = sum(bool(one.ratio) for one in report.judged) - len(shown)
    told = f"{above} of {counted(len(shown), 'thread')} lie above the usual." + (
        f" {left:,} are not shown." if left else ""
    )
    chart = Dots(
        name="threads",
        title="Threads by day, beside the usual of their account",
        told=told,
        first=report.period.first,
        last=report.period.last,
        series=tuple(_series(account, shown, zone) for account in accounts),
    )
    return Drawn(chart=chart, table=_table(shown, zone))


def _series(account: str, shown: Sequence[Judged], zone: tzinfo) -> Series:
    own = [one for one in shown if one.thread.account == account]
    points = ((one.thread.begun_at.astimezone(zone).date(), one.ratio.value) for one in own if one.ratio)
    return Series(label=account, points=tuple(points))


def _table(shown: Sequence[Judged], zone: tzinfo) -> Table:
    rows = []
    for one in shown:
        assert one.ratio
        assert one.age is not None
        rows.append(
            (
                Cell(words=shortened(name_of(one.thread))),
                Cell(words=shown_moment(one.thread.begun_at, zone)),
                Cell(words=one.thread.account),
                Cell(words=f"{one.engagement:,}", base=f"at {shown_age(one.age)}"),
                Cell(words=shown_ratio(one.ratio)),
            )
        )
    headings = ("Thread", "Begun", "Account", "Engagement", "Times the usual")
    return Table(caption="Threads beside the usual", headings=headings, rows=tuple(rows))
