"""Marks that stand at the end of what they mean: an item, a paragraph, the row of a table."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.paragraphs import first_line, is_item, last_line
from contentkit.sources.redaction.phrases import THIS_IS, WRITTEN
from contentkit.sources.redaction.projection import Projection

# "We may sell [off the record]." at the end of a paragraph, an item or a row, in any dress.
_BEHIND = regex(
    rf"(?<=[^\W_])[ \t]{{0,3}}[.,;]?[ \t]{{0,3}}[*_~`\"'“‘«(]{{0,4}}"
    rf"(?P<mark>\\?\[[*_ ]{{0,3}}(?:{THIS_IS})?{WRITTEN}[*_ ]{{0,3}}\\?\])"
    r"[ \t.!?|*_~`\"'”’»)]{0,8}(?=\n[ \t>]*(?:\n|[-*+|]|\d+[.)])|\n?\Z)"
)
# "- We may sell, off the record" at the end of an item; behind a dash at the end of a paragraph, too.
_AT_END = regex(rf"(?P<sign>[-,])[ \t*_]{{1,4}}{WRITTEN}[*_).! \t]{{0,6}}(?=\n|\Z)")
_CELL = regex(rf"\|[ \t*_(]{{0,6}}{WRITTEN}[ \t*_).!]{{0,6}}(?=\|)")
_RULE_OF_TABLE = regex(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)")


def ending_spans(text: Projection, lines: Sequence[str]) -> list[Span]:
    """The items, paragraphs and rows of tables that end with a mark, or of which a cell is one."""
    spans: list[Span] = []
    first = last = -1
    for mark in _AT_END.finditer(text.plain):
        row = text.line(mark.start()) - 1
        if row > last:
            first, last = first_line(lines, row), last_line(lines, row)
        if mark["sign"] == "-" or is_item(lines[first]):
            spans.append((text.starts[first], text.starts[last] + len(lines[last])))
    bottom = -1
    for mark in _CELL.finditer(text.plain):
        row = text.line(mark.start()) - 1
        if row <= bottom:
            continue
        # What stands above the rule names a column; a document without headings has its first row there.
        is_heading = row + 1 < len(lines) and _RULE_OF_TABLE.match(lines[row + 1])
        bottom = last_line(lines, row) if is_heading else row
        spans.append((text.starts[row], text.starts[bottom] + len(lines[bottom])))
    return spans


def tail_spans(text: Projection, lines: Sequence[str], bracketed: Sequence[Span]) -> list[Span]:
    """What stands before an opening mark that nothing closes and that ends its paragraph or item: it may look back."""
    if not bracketed or bracketed[-1][1] < len(text.plain):
        return []
    last = next((mark for mark in _BEHIND.finditer(text.plain) if mark.start("mark") == bracketed[-1][0]), None)
    if last is None:
        return []
    start = text.starts[first_line(lines, text.line(last.start()) - 1)]
    return [(start, text.offsets[last.end()])]
