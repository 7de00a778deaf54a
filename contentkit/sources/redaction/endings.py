"""Marks that stand at the end of what they mean, or below it: an item, a paragraph, the row of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.paragraphs import first_line, indent_of, is_item, last_line, starts_anew
from contentkit.sources.redaction.phrases import THIS_IS, WRITTEN
from contentkit.sources.redaction.projection import Projection

# "We may sell [off the record]." at the end of a paragraph, an item or a row, in any dress.
_BEHIND = regex(
    rf"(?<=[^\W_])[ \t]{{0,3}}[.,;]?[ \t]{{0,3}}[*_~`\"'“‘«(]{{0,4}}"
    rf"(?P<mark>\\?\[[*_ ]{{0,3}}(?:{THIS_IS})?{WRITTEN}[*_ ]{{0,3}}\\?\])"
    r"[ \t.!?|*_~`\"'”’»)]{0,8}(?=\n[ \t>]*(?:\n|[-*+|]|\d+[.)])|\n?\Z)"
)
# "We may sell. Off the record." at the end of a paragraph or an item: a sentence that looks back.
_SENTENCE = regex(
    rf"(?<=[.!?…;])[*_\"'”’»)]{{0,3}}(?:[ \t]{{1,3}}|[ \t]{{0,3}}\n[ \t>]{{0,6}})[*_~`\"'“‘«(]{{0,4}}(?:{THIS_IS})?{WRITTEN}"
    r"[*_~`\"'”’»).!…; \t]{0,8}(?=\n[ \t>]*(?:\n|[-*+|#]|\d+[.)])|\n?\Z)"
)
# "- (off the record)" below what it speaks of; without parentheses it may look ahead.
_LONE = regex(
    rf"^[ \t>]{{0,12}}(?:(?:[-*+•]|\d{{1,9}}[.)])[ \t]{{1,4}})?[*_~`]{{0,3}}(?P<bracket>\()?[*_]{{0,3}}(?:{THIS_IS})?{WRITTEN}"
    r"[*_~`.!…]{0,4}\)?[*_~`.!… \t]{0,6}$",
    re.MULTILINE,
)
# "- We may sell, off the record" at the end of an item; behind a dash at the end of a paragraph, too.
_AT_END = regex(rf"(?P<sign>[-,])[ \t*_]{{1,4}}{WRITTEN}[*_).! \t]{{0,6}}(?=\n|\Z)")
_CELL = regex(rf"\|[ \t*_(]{{0,6}}{WRITTEN}[ \t*_).!]{{0,6}}(?=\|)")
_RULE_OF_TABLE = regex(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)")


def ending_spans(text: Projection, lines: Sequence[str]) -> list[Span]:
    """The items, paragraphs and rows of tables that end with a mark, or of which a cell is one."""
    spans: list[Span] = []
    for mark in _SENTENCE.finditer(text.plain):
        row = text.line(mark.end() - 1) - 1
        if not spans or text.starts[row] >= spans[-1][1]:
            spans.append(_block(text, lines, row))
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


def looking_back(text: Projection, lines: Sequence[str]) -> tuple[list[Span], list[int]]:
    """What marks on a line of their own take of what stands before them, and the numbers of the lines where nobody knows.

    A mark in parentheses, one below an item that it is part of, and one that nothing follows look back. Any other takes what
    follows, and may have meant what stands before it, too.
    """
    marks = {text.line(mark.end() - 1) - 1: bool(mark["bracket"]) for mark in _LONE.finditer(text.plain)}
    above = _above(lines) if marks else {}
    said = max((row for row, line in enumerate(lines) if line.strip()), default=0)
    spans: list[Span] = []
    unclear: set[int] = set()
    for row in (row for row in marks if row in above):
        if spans and text.starts[row] < spans[-1][1]:
            continue
        start, is_part = above[row]
        if marks[row] or is_part or row == said:
            spans.append(_block(text, lines, start))
        elif start + 1 not in unclear:
            unclear.update(range(start + 1, min(last_line(lines, start) + 1, row) + 1))
    return spans, sorted(unclear)


def _block(text: Projection, lines: Sequence[str], row: int) -> Span:
    """The paragraph that has this line, or the item with all below it."""
    first = first_line(lines, row)
    last = max(last_line(lines, first), row)
    return text.starts[first], text.starts[last] + len(lines[last])


def _above(lines: Sequence[str]) -> dict[int, tuple[int, bool]]:
    """By the index of a line where what stands before it begins, below the same heading, and whether that is the item that it
    is an item of; else it is the item or the paragraph before it, or the one that it goes on with."""
    above: dict[int, tuple[int, bool]] = {}
    items: list[tuple[int, int]] = []
    latest: int | None = None
    for row, line in enumerate(lines):
        if not line.strip():
            continue
        indent = indent_of(line)
        if starts_anew(line):
            items, latest = [], None
            continue
        while items and indent is not None and items[-1][0] > indent:
            items.pop()
        beside = items.pop()[1] if items and items[-1][0] == indent else latest
        before = items[-1][1] if items and indent is not None else beside
        if before is not None:
            above[row] = before, bool(items) and indent is not None
        if indent is not None:
            items.append((indent, row))
        elif line == line.lstrip():
            items = []
        if indent is not None or not lines[row - 1].strip() or latest is None:
            latest = row
    return above


def tail_spans(text: Projection, lines: Sequence[str], bracketed: Sequence[Span]) -> list[Span]:
    """What stands before an opening mark that nothing closes and that ends its paragraph or item: it may look back."""
    if not bracketed or bracketed[-1][1] < len(text.plain):
        return []
    last = next((mark for mark in _BEHIND.finditer(text.plain) if mark.start("mark") == bracketed[-1][0]), None)
    if last is None:
        return []
    start = text.starts[first_line(lines, text.line(last.start()) - 1)]
    return [(start, text.offsets[last.end()])]
