"""What was read, one line a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.models import Source
from contentkit.text import printable

if TYPE_CHECKING:
    from rich.table import Table

HEADINGS = ("source", "kind", "passages", "words", "off the record", "title")


def source_row(source: Source, new: bool) -> tuple[str, ...]:
    """The cells of one source; a source known by its content already is marked."""
    words = sum(len(passage.text.split()) for passage in source.passages)
    return (
        source.path,
        source.kind + ("" if new else " (known)"),
        str(len(source.passages)),
        str(words),
        str(source.redactions) if source.redactions else "-",
        source.title or "-",
    )


def sources_table(rows: Sequence[Sequence[str]]) -> Table:
    """The rows as a table."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in HEADINGS:
        numeric = heading in ("passages", "words", "off the record")
        table.add_column(heading, justify="right" if numeric else "left", overflow="fold", no_wrap=numeric)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
    return table
