"""The queue: when, in how long, what, where, state, why. One line for each entry on each account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.calendar.times import distance, show_time
from contentkit.text import one_line, printable
from contentkit.values import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.table import Table
    from rich.text import Text

# Who acts next, where it is nobody by name.
YOU, CRON, NETWORK, NOBODY, ELSEWHERE = "you", "cron", "the network", "nobody", "cron elsewhere"
MACHINES = (CRON, NETWORK, ELSEWHERE)

HEADINGS = ("when", "in", "entry", "account", "state", "why", "who acts", "cost", "founder", "campaign")
_STYLES = {
    "sent": "green",
    "planned": "cyan",
    "held": "bold red",
    "unknown": "bold yellow",
    "sending": "yellow",
    "skipped": "dim",
}
# From so many columns on, how long and who acts have columns of their own; and then what else there is to say.
_ROOMY, _WIDE = 110, 150
_LONGEST_WHY = 240
_LONGEST_WHO = 80


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One entry on one account. ``state`` is a publication's state, or empty while nothing is planned. ``cost`` is what its parts
    will cost that are planned and not sent, in US dollars; None where nothing is billed. ``who`` acts next (you, somebody by
    name, cron, the network, nobody), and ``next`` is what they type or do."""

    entry: str
    account: str
    at: datetime
    state: str
    why: str
    draft: str = ""
    url: str = ""
    cost: Decimal | None = None
    who: str = ""
    next: tuple[str, ...] = ()
    founder: str = ""
    campaign: str = ""


def queue_cells(row: QueueRow, now: datetime) -> tuple[str, ...]:
    """The cells of one row, in the order of ``HEADINGS``."""
    when, *others = cells_beside_distance(row)
    return (when, distance(row.at, now), *others)


def cells_beside_distance(row: QueueRow) -> tuple[str, ...]:
    """Those cells of a row that do not change with the clock."""
    cost = ""
    if row.cost is not None:
        from contentkit.money.prices import dollars

        cost = dollars(row.cost)
    return (
        show_time(row.at), row.entry, row.account, row.state or "-", row.why, row.who, cost, row.founder, row.campaign,
    )  # fmt: skip


def queue_table(rows: Sequence[QueueRow], now: datetime, width: int) -> Table:
    """The rows as a table for a terminal so many columns wide.

    In a narrow one, how long stands below when, and who acts below why; a wide one has what else any of the rows says.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    headings = _headings(rows, width)
    for heading in headings:
        table.add_column(heading, no_wrap=heading in ("when", "in", "state", "cost"), overflow="fold")
    for row in rows:
        cells = dict(zip(HEADINGS, queue_cells(row, now), strict=True))
        table.add_row(*(_cell(heading, row, cells, narrow=width < _ROOMY) for heading in headings))
    return table


def _headings(rows: Sequence[QueueRow], width: int) -> list[str]:
    """The columns that there is room for, and something to say in."""
    if width < _ROOMY:
        return ["when", "entry", "account", "state", "why"]
    headings = list(HEADINGS[:7])
    if any(row.cost is not None for row in rows):
        headings.append("cost")
    if width >= _WIDE:
        headings += [heading for heading in ("founder", "campaign") if any(getattr(row, heading) for row in rows)]
    return headings


def _cell(heading: str, row: QueueRow, cells: Mapping[str, str], *, narrow: bool) -> Text:
    from rich.text import Text

    if heading == "when":
        when = _without_zone(cells["when"])
        return Text(f"{when}\n  {cells['in']}" if narrow else when)
    if heading == "why":
        why = Text(_words_of(row), style="" if row.state else "dim")
        return Text("\n").join([why, *_below(row, cells)]) if narrow else why
    style = _STYLES.get(row.state, "") if heading == "state" else _urgency(row) if heading == "who acts" else ""
    return Text(one_line(cells[heading], _LONGEST_WHO) if heading == "who acts" else printable(cells[heading]), style)


def _words_of(row: QueueRow) -> str:
    # The address stands below the table: a column would cut it.
    why = row.why.replace(row.url, "").rstrip(": ") if row.url else row.why
    return one_line(why, _LONGEST_WHY)


def _below(row: QueueRow, cells: Mapping[str, str]) -> Iterator[Text]:
    """What a narrow table says below why: who acts, where anybody does, and what it costs."""
    from rich.text import Text

    if row.who not in ("", NOBODY):
        yield Text(f"next: {one_line(row.who, _LONGEST_WHO)}", style=_urgency(row) or "dim")
    if cells["cost"]:
        yield Text(f"costs {cells['cost']}", style="dim")


def _urgency(row: QueueRow) -> str:
    """What a person has to do stands out."""
    return "" if row.who in ("", NOBODY, *MACHINES) else "bold"


def address_lines(rows: Sequence[QueueRow]) -> Iterator[str]:
    """Where the threads are that are out, each address on a line of its own."""
    for row in rows:
        if row.url and row.url in row.why:
            yield f"{row.entry} on {row.account}:"
            yield row.url


def _without_zone(when: str) -> str:
    """The zone is the calendar's own, which the person who reads this knows."""
    return when.rpartition(" ")[0]
