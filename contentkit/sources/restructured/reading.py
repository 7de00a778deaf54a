"""Blocks of reStructuredText as those of Markdown: titles, tables, literal blocks, quotations.

What Markdown has no block for, or another one, becomes a passage of its own. Every line keeps its number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contentkit.patterns import regex
from contentkit.sources.restructured.blocks import Blocks, block_end, dedented, margin_of
from contentkit.sources.restructured.explicit import explicit
from contentkit.sources.restructured.tables import grid_rows, simple_rows

_RULE = regex(r"^([=\-~^\"'#*+.:`_<>!$%&,;?@|/\\])\1+[ \t]*$")
_FIELD = regex(r"^:(?P<key>[^:\n`]{1,60}):[ \t]+(?=\S)")
_BULLET = regex(r"^[ \t]*(?:[-*+•]|\(?(?:\d{1,9}|#|[a-zA-Z])[.)])[ \t]+")
_GRID = regex(r"^\+(?:[-=]+\+)+[ \t]*$")
_SIMPLE = regex(r"^=+(?:[ \t]+=+)+[ \t]*$")


def as_markdown(lines: Sequence[str]) -> Blocks:
    """These lines of reStructuredText as blocks of Markdown."""
    blocks = Blocks(lines=[line.expandtabs(8) if line.startswith(("\t", " ")) else line for line in lines])
    index = 0
    while index < len(blocks.lines):
        index = next(after for read in _READERS if (after := read(blocks, index)) > index)
    return blocks


def _blank_line(blocks: Blocks, index: int) -> int:
    return index + (not blocks.lines[index].strip())


def _titled(blocks: Blocks, index: int) -> int:
    """A title between two rules, or above one."""
    lines = blocks.lines
    rule, title, under = (*lines[index : index + 3], "", "")[:3]
    over = bool(_RULE.match(rule)) and title.strip() and under.rstrip() == rule.rstrip() and not _RULE.match(title)
    if not over:
        rule, title, under = "", rule, title
        above = lines[index - 1].strip() if index else ""
        if above or title.startswith(" ") or not _RULE.match(under) or _RULE.match(title):
            return index
        if len(under.rstrip()) < min(4, len(title.rstrip())):
            return index
    style = ("over" if over else "") + under[0]
    if style not in blocks.styles:
        blocks.styles.append(style)
    level = min(6, blocks.styles.index(style) + 1)
    at = index + 1 if over else index
    blocks.blank(index, at + 2)
    blocks.lines[at] = "#" * level + " " + title.strip()
    blocks.titles[at + 1] = (index + 1, at + 2)
    return at + 2


def _rule(blocks: Blocks, index: int) -> int:
    if len(blocks.lines[index].strip()) < 4 or not _RULE.match(blocks.lines[index]):
        return index
    blocks.lines[index] = ""
    return index + 1


def _table(blocks: Blocks, index: int) -> int:
    line = blocks.lines[index]
    rows_of = grid_rows if _GRID.match(line) else simple_rows if _SIMPLE.match(line) else None
    if rows_of is None:
        return index
    last = next((at for at in range(index, len(blocks.lines)) if not blocks.lines[at].strip()), len(blocks.lines))
    if rows_of is simple_rows and last < len(blocks.lines):
        # A simple table ends with its last border; a blank line may stand within it.
        borders = [at for at in range(last, min(last + 200, len(blocks.lines))) if _SIMPLE.match(blocks.lines[at])]
        closed = sum(bool(_SIMPLE.match(row)) for row in blocks.lines[index:last]) > 2
        last = borders[0] + 1 if borders and not closed and not _SIMPLE.match(blocks.lines[last - 1]) else last
    rows = rows_of(blocks.lines[index:last])
    text = "\n".join(" | ".join(cell for cell in row) for row in rows if any(row))
    blocks.take("table", text, index, last)
    return last


def _doctest(blocks: Blocks, index: int) -> int:
    if not blocks.lines[index].startswith(">>> "):
        return index
    last = next((at for at in range(index, len(blocks.lines)) if not blocks.lines[at].strip()), len(blocks.lines))
    blocks.take("code", "\n".join(blocks.lines[index:last]), index, last)
    return last


def _text(blocks: Blocks, index: int) -> int:
    """A line of a paragraph, list item or quotation; behind two colons, a literal block."""
    lines = blocks.lines
    line = lines[index]
    if line.rstrip().endswith("::"):
        start = next((at for at in range(index + 1, len(lines)) if lines[at].strip()), len(lines))
        margin = margin_of(line)
        if start > index + 1 and start < len(lines) and margin_of(lines[start]) > margin:
            last = block_end(blocks, start - 1, margin)
            code = "\n".join(dedented(lines[start:last])).strip("\n")
            blocks.take("code", code, start, last)
        said = line.rstrip()[:-2].rstrip()
        line = "" if not said else said if line.rstrip().endswith(" ::") else said + ":"
    if not line.startswith(" "):
        blocks.listed = bool(_BULLET.match(line) or _FIELD.match(line))
    lines[index] = _as_markdown_line(blocks, line, index)
    return index + 1


def _as_markdown_line(blocks: Blocks, line: str, index: int) -> str:
    above = blocks.lines[index - 1] if index else ""
    if line.startswith(" ") and not blocks.listed and (not above.strip() or above.startswith("> ")):
        # Indented text is a quotation; to Markdown it would be code.
        return "> " + line.strip()
    if line.startswith("| "):
        return line[2:]
    if line.startswith("#. "):
        return "1. " + line[3:]
    return _FIELD.sub(lambda match: f"- {match['key']}: ", line)


_READERS: tuple[Callable[[Blocks, int], int], ...] = (
    _blank_line,
    _table,
    _titled,
    _rule,
    explicit,
    _doctest,
    _text,
)
