"""The queue: when, in how long, what, where, state, why. One line for each entry on each account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.table import Table
from rich.text import Text

from contentkit.calendar.times import distance, show_time
from contentkit.text import one_line, printable

HEADINGS = ("when", "in", "entry", "account", "state", "why")
_STYLES = {"sent": "green", "planned": "cyan", "held": "bold red", "unknown": "bold yellow", "sending": "yellow", "skipped": "dim"}


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One entry on one account. ``state`` is a publication's state, or empty while nothing is planned."""

    entry: str
    account: str
    at: datetime
    state: str
    why: str
    draft: str = ""
    url: str = ""


def queue_cells(row: QueueRow, now: datetime) -> tuple[str, ...]:
    """The cells of one row."""
    return (show_time(row.at), distance(row.at, now), row.entry, row.account, row.state or "-", row.why)


def queue_table(rows: Sequence[QueueRow], now: datetime) -> Table:
    """The rows as a table that fits 80 columns."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in HEADINGS:
        table.add_column(heading, no_wrap=heading in ("in", "state"), overflow="fold")
    for row in rows:
        when, away, entry, account, state, why = (printable(cell) for cell in queue_cells(row, now))
        style = _STYLES.get(row.state, "")
        cells = (when.rsplit(" ", 1)[0], away, entry, account, Text(state, style=style), Text(one_line(why, 90), style="" if row.state else "dim"))
        table.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in cells))
    return table
