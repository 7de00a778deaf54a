"""What was read, one line a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contentkit.models import Source
from contentkit.text import in_one_line, one_line, printable
from contentkit.values import dataclass

if TYPE_CHECKING:
    from rich.console import RenderableType

HEADINGS = ("source", "kind", "passages", "words", "off the record", "title")


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """A source, whether it is new, and how many spans of what it was read from are off the record."""

    source: Source
    state: str
    cut: int

    @property
    def words(self) -> int:
        return sum(len(passage.text.split()) for passage in self.source.passages)


def source_cells(row: SourceRow) -> tuple[str, ...]:
    """The cells of one source; a source that is not new is marked."""
    return (
        in_one_line(row.source.path),
        row.source.kind + ("" if row.state == "new" else f" ({row.state})"),
        str(len(row.source.passages)),
        str(row.words),
        str(row.cut) if row.cut else "-",
        row.source.title or "-",
    )


def sources_view(rows: Sequence[SourceRow], width: int) -> RenderableType:
    """The rows for a terminal so many columns wide: a table with a title below each path, a list where that has no room."""
    table = [tuple(map(printable, source_cells(row))) for row in rows]
    # A heading may stand on several lines, between its words.
    headings = [max(map(len, heading.split())) for heading in HEADINGS[:-1]]
    widths = [
        max(column) for column in zip(headings, *([len(cell) for cell in row[:-1]] for row in table), strict=True)
    ]
    return _table(table, widths) if sum(widths) + len(widths) - 1 <= width else _list(table, width)


def _table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for heading, width in zip(HEADINGS[:-1], widths, strict=True):
        table.add_column(heading, justify="left" if heading in ("source", "kind") else "right", width=width)
    for path, *cells, title in rows:
        below = f"\n  {one_line(title, widths[0] - 2)}" if title != "-" else ""
        table.add_row(Text(path + below), *map(Text, cells))
    return table


def _list(rows: Sequence[Sequence[str]], width: int) -> RenderableType:
    from rich.text import Text

    lines = []
    for path, kind, passages, words, cut, title in rows:
        told = [kind, _counted(passages, "passage"), _counted(words, "word")] + [f"{cut} off the record"] * (cut != "-")
        lines += [path, f"  {', '.join(told)}"] + [f"  {one_line(title, width - 2)}"] * (title != "-")
    return Text("\n".join(lines))


def _counted(count: str, what: str) -> str:
    return f"{count} {what}{'' if count == '1' else 's'}"


def tally(rows: Sequence[SourceRow], failed: int) -> str:
    """How many there were, in words: ``5 sources: 2 new, 3 known; 1 could not be read``."""
    states = [f"{sum(row.state == state for row in rows)} {state}" for state in ("new", "changed", "known")]
    told = ", ".join(words for words in states if not words.startswith("0 "))
    count = _counted(str(len(rows)), "source") + (f": {told}" if told else "")
    return count + (f"; {failed} could not be read" if failed else "")
