"""What contentkit.db holds, as a table and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

HEADINGS = ("name", "kind", "rows", "one row is")


def heading(about: Mapping[str, Any]) -> str:
    """Where it is, how large, in which form."""
    form = f"form {about['form']}"
    if about["form"] < about["newest_form"]:
        form += f" of {about['newest_form']}: the next command that writes to it brings it up to date"
    return f"{about['path']}: {size_in_words(about['bytes'])}, {form}"


def cells(relation: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells of a table or view; a view's rows are counted nowhere."""
    rows = "" if relation["rows"] is None else str(relation["rows"])
    return (relation["name"], relation["kind"], rows, relation["one_row"])


def relations_table(relations: Sequence[Mapping[str, Any]]) -> Table:
    """The tables, then the views, for a terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("table or view", no_wrap=True)
    table.add_column("rows", justify="right", no_wrap=True)
    table.add_column("one row is")
    for one in relations:
        rows = "view" if one["rows"] is None else f"{one['rows']:,}"
        table.add_row(Text(one["name"]), Text(rows), Text(one["one_row"]))
    return table


def rows_in_words(count: int) -> str:
    """``1 row``, ``12,345 rows``."""
    return "1 row" if count == 1 else f"{count:,} rows"


def size_in_words(size: int) -> str:
    """``12.3 MB``: millions of bytes."""
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB" if size < 1_000_000_000 else f"{size / 1_000_000_000:.2f} GB"
