"""The queue: when, in how long, what, where, state, why. One line for each entry on each account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.calendar.times import distance, show_time
from contentkit.text import one_line, printable

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.table import Table

HEADINGS = ("when", "in", "entry", "account", "state", "why")
_STYLES = {
    "sent": "green",
    "planned": "cyan",
    "held": "bold red",
    "unknown": "bold yellow",
    "sending": "yellow",
    "skipped": "dim",
}
_ROOMY = 110
_LONGEST_WHY = 240


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One entry on one account. ``state`` is a publication's state, or empty while nothing is planned. ``cost`` is what its parts
    will cost that are planned and not sent, in US dollars; None where nothing is billed."""

    entry: str
    account: str
    at: datetime
    state: str
    why: str
    draft: str = ""
    url: str = ""
    cost: Decimal | None = None


def queue_cells(row: QueueRow, now: datetime) -> tuple[str, ...]:
    """The cells of one row."""
    return (show_time(row.at), distance(row.at, now), row.entry, row.account, row.state or "-", row.why)


def queue_table(rows: Sequence[QueueRow], now: datetime, width: int) -> Table:
    """The rows as a table for a terminal so many columns wide; in a narrow one, how long stands below when."""
    from rich.table import Table
    from rich.text import Text

    narrow = width < _ROOMY
    headings = [heading for heading in HEADINGS if heading != "in" or not narrow]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, no_wrap=heading in ("when", "in", "state"), overflow="fold")
    for row in rows:
        when, away, entry, account, state, why = queue_cells(row, now)
        # The address stands below the table: a column would cut it.
        why = why.replace(row.url, "").rstrip(": ") if row.url else why
        times = [Text(f"{_without_zone(when)}\n  {away}")] if narrow else [Text(_without_zone(when)), Text(away)]
        words = [Text(printable(entry)), Text(printable(account)), Text(state, style=_STYLES.get(row.state, ""))]
        table.add_row(*times, *words, Text(one_line(why, _LONGEST_WHY), style="" if row.state else "dim"))
    return table


def address_lines(rows: Sequence[QueueRow]) -> Iterator[str]:
    """Where the threads are that are out, each address on a line of its own."""
    for row in rows:
        if row.url and row.url in row.why:
            yield f"{row.entry} on {row.account}:"
            yield row.url


def _without_zone(when: str) -> str:
    """The zone is the calendar's own, which the person who reads this knows."""
    return when.rpartition(" ")[0]
