"""The accounts, one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from contentkit.text import printable

if TYPE_CHECKING:
    from rich.table import Table

HEADINGS = ("account", "platform", "server", "handle", "secrets", "trouble")


def accounts_table(rows: Sequence[Sequence[str]]) -> Table:
    """The rows as a table; without the last column when no account is in trouble."""
    from rich.table import Table
    from rich.text import Text

    shown = HEADINGS if any(row[-1] != "-" for row in rows) else HEADINGS[:-1]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in shown:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row[: len(shown)]))
    return table


def places_told(places: Mapping[str, str | None]) -> str:
    """Where secrets are, in words: ``secrets.toml``, ``environment, keyring``, ``missing: token``, ``none needed``."""
    missing = [name for name, place in places.items() if place is None]
    found = [place for place in dict.fromkeys(places.values()) if place]
    told = [*found, *([f"missing: {', '.join(missing)}"] if missing else [])]
    return ", ".join(told) or "none needed"
