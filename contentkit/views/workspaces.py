"""The workspaces of a database, and how they stand: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.text import printable

if TYPE_CHECKING:
    from rich.table import Table

HEADINGS = ("workspace", "state", "published by", "folder here")
STANDINGS = ("workspace", "state", "accounts", "planned", "due", "late", "unknown", "held")


def workspaces_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """The rows as a table; numbers stand at the right."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        is_number = headings is STANDINGS and heading not in STANDINGS[:2]
        table.add_column(heading, overflow="fold", justify="right" if is_number else "left")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table


def span_in_words(seconds: float) -> str:
    """So many seconds, as in ``8 s``, ``12 min``, ``3 h``; ``-`` for none."""
    if seconds < 1:
        return "-"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"
