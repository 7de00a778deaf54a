"""Tables that are drawn with characters, as rows of cells."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.patterns import regex

_BORDER = regex(r"=+|-+")


def grid_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a table that is drawn with ``+---+``; the lines of a cell are joined."""
    rows: list[list[str]] = []
    open_row: list[list[str]] = []
    for line in lines:
        if line.startswith("+"):
            rows.append([" ".join(cell) for cell in open_row])
            open_row = []
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        open_row += [[] for _ in range(len(cells) - len(open_row))]
        for cell, words in zip(open_row, cells, strict=False):
            cell += [words] if words else []
    return [row for row in [*rows, [" ".join(cell) for cell in open_row]] if any(row)]


def simple_rows(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a table whose columns are drawn with ``===  ===``; a row without a first cell goes on with the last one."""
    spans = [match.span() for match in _BORDER.finditer(lines[0])]
    rows: list[list[str]] = []
    for line in lines:
        if not line.strip() or not line.strip(" =-\t"):
            continue
        ends = [*(start for start, _ in spans[1:]), len(line)]
        cells = [line[start:end].strip() for (start, _), end in zip(spans, ends, strict=True)]
        if rows and not cells[0]:
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return rows
