"""Figures of threads and of accounts at a glance: what it is, its figures, and how it did beside the usual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from contentkit.ages import shown_age
from contentkit.calendar.times import distance, show_time
from contentkit.stats.baselines import Judged
from contentkit.stats.clicks import Visits
from contentkit.stats.measured import Counts, MeasuredPart, MeasuredThread
from contentkit.stats.overviews import FRESH, AccountNow, Overview
from contentkit.text import counted, one_line, printable
from contentkit.views.figures import (
    STATES,
    against_usual,
    at_age,
    change,
    counts_of,
    grouped,
    plain,
    visits_in_short,
)
from contentkit.views.sparklines import bars

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

PART_HEADINGS = (
    "published", "entry", "account", "part", "parts", "state", "replies", "likes", "shares", "seen", "asked", "url",
)  # fmt: skip
THREAD_HEADINGS = (*PART_HEADINGS, "age", "engagement", "usual", "ratio", "low", "high", "n")
ACCOUNT_HEADINGS = ("account", "followers", "7 days", "30 days", "asked")
NO_FIGURES = (
    "There are no figures yet. When something was published, 'contentkit sync' asks for them; what was posted before comes with "
    "'contentkit import'."
)
_COUNT_HEADINGS = ("replies", "likes", "shares", "seen")
_LONGEST_WORDS = 72
_LONGEST_NAME = 32
_LONG_AGO = timedelta(days=180)
# As many days of followers fit into a terminal of 80 columns.
_DAYS = 15


def thread_cells(judged: Judged) -> tuple[str, ...]:
    """The cells of one row for a program: plain numbers, times in ISO 8601; what there is none of is empty."""
    return (*_cells(judged.thread, None), *judged_cells(judged))


def part_cells(thread: MeasuredThread, part: MeasuredPart) -> tuple[str, ...]:
    """The cells of one row for a program; parts count from 1."""
    return _cells(thread, part)


def judged_cells(judged: Judged) -> tuple[str, ...]:
    """Age in hours, engagement, the usual, the ratio with its interval, and of how many threads."""
    if judged.engagement is None:
        return ("",) * 7
    usual = f"{judged.usual.value:g}" if judged.usual else ""
    ratio = judged.ratio
    numbers = [f"{number:.3f}" for number in (ratio.value, ratio.low, ratio.high)] if ratio else [""] * 3
    return (str(judged.age), str(judged.engagement), usual, *numbers, str(judged.before))


def account_cells(account: AccountNow) -> tuple[str, ...]:
    """The cells of one row for a program."""
    grown = account.growth
    changes = (change(_over(account, days)).replace(",", "") for days in (7, 30))
    asked = grown.asked_at.isoformat() if grown.asked_at else ""
    return (grown.account, plain(grown.followers) if grown.asked_at else "", *changes, asked)


def thread_table(
    threads: Sequence[Judged],
    zone: tzinfo,
    now: datetime,
    visits: Mapping[tuple[str, str], Sequence[Visits]] | None = None,
) -> Table:
    """The rows for a terminal: what, when on the clocks of ``zone`` and where, its figures, how it did, what a website saw."""
    from rich.text import Text

    table = _table("thread", *_COUNT_HEADINGS)
    table.add_column("against the usual")
    for one in threads:
        beside = Text(against_usual(one))
        if at_age(one):
            beside.append(f"\n{at_age(one)}", "dim")
        for seen in (visits or {}).get((one.thread.thread, one.thread.account), ()):
            beside.append(f"\n{printable(visits_in_short(seen))}", "dim")
        table.add_row(_thread_words(one.thread, zone, now), *_shown_counts(one.thread.last), beside)
    return table


def part_table(threads: Sequence[MeasuredThread], zone: tzinfo, now: datetime) -> Table:
    """One row for each part, for a terminal, with how it begins."""
    table = _table("post", *_COUNT_HEADINGS)
    for thread in threads:
        for part in thread.parts:
            table.add_row(_part_words(thread, part, zone, now), *_shown_counts(part.last))
    return table


def account_table(accounts: Sequence[AccountNow], zone: tzinfo, now: datetime, age: int = FRESH) -> Table:
    """The rows for a terminal: followers now and day by day, and the engagement of the last threads at this age."""
    from rich.text import Text

    table = _table("account", "followers", "7 days", "30 days")
    table.add_column(f"{_DAYS} days", no_wrap=True)
    table.add_column(f"threads at {shown_age(age)}", no_wrap=True)
    for one in accounts:
        grown = one.growth
        asked = f"asked {distance(grown.asked_at, now)}" if grown.asked_at else STATES["never asked"]
        name = Text.assemble((printable(grown.account), "bold"), "\n", (asked, "dim"))
        followers = (grouped(grown.followers), change(_over(one, 7)), change(_over(one, 30)))
        cells = followers if grown.asked_at else ("",) * 3
        table.add_row(name, *cells, bars(_by_day(one, zone, now), from_zero=False), bars(one.lately, from_zero=True))
    return table


def address_lines(threads: Sequence[MeasuredThread], width: int) -> Iterator[str]:
    """Where the threads are: a table would cut it. An address has a line of its own where it would not end within the width."""
    for thread in threads:
        if thread.url:
            name = f"{name_of(thread)}:"
            yield from [f"{name} {thread.url}"] if len(name) + len(thread.url) < width else [name, thread.url]


def closing_lines(seen: Overview, days: int, now: datetime) -> Iterator[str]:
    """What is not shown, how old the figures are, and what to do where there are none."""
    threads = [one.thread for one in seen.threads]
    if not threads and not seen.accounts:
        yield NO_FIGURES
        return
    yield from missing_lines(len(threads), seen.more, days)
    yield from _more_accounts(seen.more_accounts)
    yield newest_line(threads, [one.growth.asked_at for one in seen.accounts], now)


def account_lines(accounts: Sequence[AccountNow], more: int, now: datetime) -> Iterator[str]:
    """The same of accounts alone."""
    if not accounts:
        yield NO_FIGURES
        return
    yield from _more_accounts(more)
    yield newest_line([], [one.growth.asked_at for one in accounts], now)


def _more_accounts(more: int) -> Iterator[str]:
    if more:
        yield f"{counted(more, 'more account')}: --limit N shows them, --account NAME one of them."


def missing_lines(threads: int, more: int, days: int) -> Iterator[str]:
    """What is not shown of the last days."""
    if not threads:
        yield f"No thread was begun in {last(days)}: --days N looks further back."
    if more:
        yield f"{counted(more, 'more thread')} of {last(days)}: --limit N shows them."


def last(days: int) -> str:
    """``the last day``, ``the last 30 days``."""
    return "the last day" if days == 1 else f"the last {days} days"


def newest_line(threads: Sequence[MeasuredThread], others: Sequence[datetime | None], now: datetime) -> str:
    """How old the newest figures are."""
    asked = [part.asked_at for thread in threads for part in thread.parts]
    moments = [at for at in (*asked, *others) if at]
    return (
        f"The newest figures: {distance(max(moments), now)}."
        if moments
        else "Nothing was asked for yet: 'contentkit sync' asks from an hour after publication on."
    )


def name_of(thread: MeasuredThread, part: MeasuredPart | None = None) -> str:
    """``launch 2/3 on ours``; what has no entry is called by its first words."""
    words = thread.parts[0].text if thread.parts else None
    name = thread.entry or (f'"{one_line(words, _LONGEST_NAME)}"' if words else "not from contentkit")
    if part is not None:
        name += f" {part.part + 1}/{thread.planned}"
    return f"{name} on {thread.account}"


def when(at: datetime, zone: tzinfo, now: datetime) -> str:
    """Without the zone, which the person who reads this knows; what is long ago with its year instead of its hour."""
    here = at.astimezone(zone)
    return here.date().isoformat() if now - at > _LONG_AGO else show_time(here).rpartition(" ")[0]


def remark_on(thread: MeasuredThread) -> str:
    """What the figures of a thread do not say; empty when they say everything."""
    if thread.state != "told":
        return STATES[thread.state]
    out, told = len(thread.parts), sum(part.last is not None for part in thread.parts)
    deleted = sum(part.state == "deleted" for part in thread.parts)
    remarks = [f"{out} of {thread.planned} parts out"] if out < thread.planned else []
    remarks += [f"{deleted} deleted"] if deleted else []
    remarks += [f"{told} of {out} told"] if told < out else []
    return ", ".join(remarks)


def _cells(thread: MeasuredThread, part: MeasuredPart | None) -> tuple[str, ...]:
    of = part or thread
    asked = part.asked_at if part else min((at for one in thread.parts if (at := one.asked_at)), default=None)
    return (
        (part.published_at if part else thread.begun_at).isoformat(),
        thread.entry or "",
        thread.account,
        str(part.part + 1) if part else "",
        str(thread.planned),
        of.state,
        *(plain(count) if of.last else "" for count in counts_of(of.last)),
        asked.isoformat() if asked else "",
        of.url,
    )


def _shown_counts(counts: Counts | None) -> tuple[str, ...]:
    """Nothing at all where nothing was told: the remark beside it says why."""
    return tuple(grouped(count) if counts else "" for count in counts_of(counts))


def _over(account: AccountNow, days: int) -> int | None:
    return account.growth.change_over(timedelta(days=days))


def _by_day(account: AccountNow, zone: tzinfo, now: datetime) -> list[int | None]:
    known = dict(account.growth.by_day(zone))
    today = now.astimezone(zone).date()
    return [known.get(today - timedelta(days=days)) for days in reversed(range(_DAYS))]


def _table(first: str, *counts: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, overflow="fold")
    for heading in counts:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _thread_words(thread: MeasuredThread, zone: tzinfo, now: datetime) -> Text:
    """What it is, since when and how it stands."""
    from rich.text import Text

    words = Text.assemble((printable(name_of(thread)), "bold"), "\n", (when(thread.begun_at, zone, now), "dim"))
    if remark_on(thread):
        words.append("\n").append(remark_on(thread), "yellow")
    return words


def _part_words(thread: MeasuredThread, part: MeasuredPart, zone: tzinfo, now: datetime) -> Text:
    from rich.text import Text

    words = Text(printable(name_of(thread, part)), style="bold")
    if part.text:
        words.append("\n").append(one_line(part.text, _LONGEST_WORDS), "not bold")
    remark = STATES[part.state]
    return (
        words.append("\n")
        .append(when(part.published_at, zone, now), "not bold dim")
        .append(remark and f", {remark}", "not bold yellow")
    )
