"""One entry's figures: each thread at each age beside the usual, each part at each age, and how far people read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from contentkit.ages import AGES, shown_age
from contentkit.stats.baselines import Judged
from contentkit.stats.clicks import Visits
from contentkit.stats.dropoff import DropOff, shown_along
from contentkit.stats.estimates import Estimate
from contentkit.stats.measured import Counts, MeasuredPart, MeasuredThread
from contentkit.text import counted, one_line, printable
from contentkit.values import dataclass
from contentkit.views.figures import STATES, against_usual, grouped, plain, visits_words
from contentkit.views.stats import judged_cells, name_of, remark_on, when

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

ENTRY_HEADINGS = (
    "entry", "account", "part", "parts", "post", "state", "age", "replies", "likes", "shares", "quotes", "bookmarks", "seen",
    "link clicks", "profile clicks", "engagement", "usual", "ratio", "low", "high", "n", "url",
)  # fmt: skip
_LAST = "last"
_SHOWN = ("replies", "likes", "shares", "quotes", "impressions", "link_clicks")
_LONGEST_WORDS = 40


@dataclass(frozen=True, kw_only=True)
class MeasuredEntry:
    """One thread of an entry: beside the usual at each age at which it was told, what ``dropoff`` was usual before it, and who
    came to a website by its links."""

    thread: MeasuredThread
    judged: tuple[Judged, ...]
    dropoff: DropOff | None
    visits: tuple[Visits, ...] = ()


def entry_cells(one: MeasuredEntry) -> Iterator[tuple[str, ...]]:
    """Rows for a program: the thread at each age and as it was told last, then each part likewise; parts count from 1."""
    thread, beside = one.thread, {judged.age: judged_cells(judged)[2:] for judged in one.judged}
    shared, whole = (thread.entry or "", thread.account), ("", str(thread.planned), "", thread.state)
    for age in thread.ages():
        yield (*shared, *whole, str(age), *_plain(thread.at(age)), *beside.get(age, ("",) * 5), thread.url)
    yield (*shared, *whole, _LAST, *_plain(thread.last), *("",) * 5, thread.url)
    for part in thread.parts:
        post = "" if part.post is None else str(part.post + 1)
        of = (str(part.part + 1), str(thread.planned), post, part.state)
        for age, counts in sorted(part.at.items()):
            yield (*shared, *of, str(age), *_plain(counts), *("",) * 5, part.url)
        yield (*shared, *of, _LAST, *_plain(part.last), *("",) * 5, part.url)


def entries_view(entries: Sequence[MeasuredEntry], zone: tzinfo, now: datetime) -> RenderableType:
    """What a terminal shows of an entry: each of its threads."""
    from rich.console import Group

    return Group(
        *(line for one in entries for line in (*([""] if one is not entries[0] else []), _view(one, zone, now)))
    )


def _view(one: MeasuredEntry, zone: tzinfo, now: datetime) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    thread = one.thread
    heading = Text(printable(name_of(thread)), style="bold")
    if thread.title:
        heading.append(f": {printable(thread.title)}", "not bold")
    known = [when(thread.begun_at, zone, now), counted(thread.planned, "part"), remark_on(thread)]
    lines = [heading, Text(", ".join(word for word in known if word), style="dim")]
    tables = [_ages_table(one)] if thread.last else []
    visits = [Text(printable(visits_words(seen))) for seen in one.visits]
    return Group(*lines, Text(printable(thread.url)), *tables, Text(), _parts_table(one), *_legend(one), *visits)


def _ages_table(one: MeasuredEntry) -> Table:
    table = _table("age", *(heading.replace("impressions", "seen").replace("link_", "") for heading in _SHOWN))
    table.add_column("against the usual")
    beside = {judged.age: against_usual(judged) for judged in one.judged}
    for age in one.thread.ages():
        table.add_row(shown_age(age), *_shown(one.thread.at(age)), beside.get(age, ""))
    table.add_row(_LAST, *_shown(one.thread.last), "")
    return table


def _parts_table(one: MeasuredEntry) -> Table:
    """The engagement of each part at each age that any reached, else its last; beside it what it has of the first part, and
    what is usual."""
    ages = [age for age in AGES if any(age in part.at for part in one.thread.parts)]
    headings = [shown_age(age) for age in ages] or ([_LAST] if one.thread.last else [])
    along = _along(one)
    table = _table("part", *headings, *(["of first", "usual"] if along else []))
    for number, part in enumerate(one.thread.parts):
        last = grouped(part.last.engagement) if part.last else ""
        counts = [_engagement(part, age) for age in ages] or [last] * len(headings)
        table.add_row(_part_words(part, one.thread), *counts, *(along[number] if along else ()))
    return table


def _legend(one: MeasuredEntry) -> list[Text]:
    from rich.text import Text

    words = "Engagement at each age." if one.thread.ages() else "Engagement as it was told last: it counts for no age."
    if one.dropoff and _along(one):
        words += (
            f" 'of first': what a part has of the first one's {one.dropoff.figure} at {shown_age(one.dropoff.age)};"
            " beside it the median of threads before."
        )
    return [Text(words, style="dim")] if one.thread.last else []


def _along(one: MeasuredEntry) -> list[tuple[str, str]]:
    """Each part's share of the first and the usual one, where the whole thread was told at the age of the usual drop-off."""
    if one.dropoff is None:
        return []
    told = shown_along(one.thread, one.dropoff.age)
    if told is None or told[0] != one.dropoff.figure or not told[1][0]:
        return []
    usual = {place.part: place.share for place in one.dropoff.places}
    return [(_share(value / told[1][0]), _usual_share(usual.get(place))) for place, value in enumerate(told[1])]


def _share(share: float) -> str:
    return f"{share:.0%}" if share < 9.995 else f"{share:,.0f}x"


def _usual_share(share: Estimate | None) -> str:
    return f"{_share(share.value)} (n {share.n})" if share and share.is_enough else ""


def _engagement(part: MeasuredPart, age: int) -> str:
    """Empty where it was not told at this age; the state says why."""
    return grouped(part.at[age].engagement) if age in part.at else ""


def _part_words(part: MeasuredPart, thread: MeasuredThread) -> Text:
    from rich.text import Text

    words = Text(f"{part.part + 1}/{thread.planned}", style="bold")
    if part.post is not None and part.post != part.part:
        words.append(f" (post {part.post + 1})", "not bold dim")
    if part.text:
        words.append(f" {one_line(part.text, _LONGEST_WORDS)}", "not bold")
    return words.append(f" {STATES[part.state]}" if STATES[part.state] else "", "not bold yellow")


def _shown(counts: Counts | None) -> list[str]:
    return [grouped(getattr(counts, name)) for name in _SHOWN] if counts else [""] * len(_SHOWN)


def _plain(counts: Counts | None) -> tuple[str, ...]:
    """All figures and the engagement; empty where nothing was told."""
    names = ("replies", "likes", "shares", "quotes", "bookmarks", "impressions", "link_clicks", "profile_clicks")
    if counts is None:
        return ("",) * (len(names) + 1)
    return (*(plain(getattr(counts, name)) for name in names), plain(counts.engagement))


def _table(first: str, *counts: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, overflow="fold")
    for heading in counts:
        table.add_column(heading, justify="right", no_wrap=True)
    return table
