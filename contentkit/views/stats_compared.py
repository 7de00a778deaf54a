"""What kinds of threads and which hours brought, beside the usual; and how little that may mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from contentkit.ages import AGES, shown_age
from contentkit.stats.best_times import BestTimes, Hour
from contentkit.stats.estimates import ENOUGH, Estimate
from contentkit.stats.groups import Group
from contentkit.text import counted, printable
from contentkit.views.figures import concluded
from contentkit.views.stats import last

if TYPE_CHECKING:
    from rich.table import Table

_NUMBERS = ("threads", "n", "ratio", "low", "high")
HOUR_HEADINGS = ("weekday", "hour", "n", "ratio", "low", "high", "advised")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def group_headings(kind: str) -> tuple[str, ...]:
    return (kind, *_NUMBERS)


def group_cells(group: Group) -> tuple[str, ...]:
    """The cells of one row for a program. Below enough threads the figure stands there all the same, with its n."""
    ratio = group.ratio
    return (group.name or "unknown", str(group.threads), str(ratio.n if ratio else 0), *_interval(ratio))


def hour_cells(hour: Hour) -> tuple[str, ...]:
    """The cells of one row for a program."""
    advised = "yes" if hour.is_advised else "no"
    return (_DAYS[hour.weekday], f"{hour.hour:02}", str(hour.ratio.n), *_interval(hour.ratio), advised)


def group_table(groups: Sequence[Group], kind: str) -> Table:
    """The groups for a terminal."""
    from rich.text import Text

    table = _table(kind, "threads")
    for group in groups:
        name = Text(printable(group.name)) if group.name else Text("unknown", style="dim")
        table.add_row(name, f"{group.threads:,}", concluded(group.ratio))
    return table


def group_lines(groups: Sequence[Group], judged: int, threads: int, days: int, age: int) -> Iterator[str]:
    """What was compared, and what stands in the way of concluding from it."""
    if not threads:
        yield f"No thread was begun in {last(days)}: --days N looks further back."
        return
    yield (
        f"{counted(threads, 'thread')} of {last(days)}; {judged} can be compared at {shown_age(age)}. "
        "A thread on several accounts counts once (n)."
    )
    few = sum(group.ratio is None or not group.ratio.is_enough for group in groups)
    if not judged and age != AGES[-1]:
        yield "At another age there may be some: --age 90d compares what was imported."
    if few:
        yield f"Of fewer than {ENOUGH} nothing is concluded: --days N looks further back."
    yield "The interval tells how far the median is known. Who compares many groups finds a good one by chance."


def hour_table(times: BestTimes) -> Table:
    """The hours of which there are enough threads, in the order of the week; those that may be advised stand out."""
    from rich.text import Text

    table = _table("begun")
    for hour in times.hours:
        if hour.ratio.is_enough:
            style = "bold green" if hour.is_advised else ""
            words = concluded(hour.ratio) + (", better than usual" if hour.is_advised else "")
            table.add_row(Text(_span(hour), style=style), Text(words, style=style))
    table.show_header = bool(table.rows)
    return table


def hour_lines(times: BestTimes, threads: int, days: int, age: int, zone: str) -> Iterator[str]:
    """What may be advised, of how much, and how much of it would come out the same by chance."""
    if not threads:
        yield f"No thread was begun in {last(days)}: --days N looks further back."
        return
    yield (
        f"{counted(threads, 'thread')} of {last(days)}, compared at {shown_age(age)} on the clocks of {zone}. "
        f"A thread on several accounts counts once (n): {times.entries:,} can be compared."
    )
    if not times.looked_at:
        yield f"not enough data: no hour of the week has {ENOUGH} that can be compared. --days N looks further back."
        return
    yield (
        f"{times.looked_at} of the 168 hours of a week had {ENOUGH} or more, and {'was' if times.looked_at == 1 else 'were'} "
        "looked at. "
        f"{len(times.advised) or 'None'} did better than usual; if the hour made no difference, "
        f"{times.by_chance:.1f} would by chance."
    )
    if times.advised:
        yield "A good hour is a reason to try it again, no proof: what was posted then may have been better, not the hour."


def _span(hour: Hour) -> str:
    return f"{_DAYS[hour.weekday]} {hour.hour:02}:00–{(hour.hour + 1) % 24:02}:00"


def _interval(ratio: Estimate | None) -> tuple[str, ...]:
    return tuple(f"{value:.3f}" for value in (ratio.value, ratio.low, ratio.high)) if ratio else ("",) * 3


def _table(first: str, *numbers: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, overflow="fold")
    for heading in numbers:
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("against the usual")
    return table
