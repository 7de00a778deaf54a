"""Where Markdown text is code: fenced blocks and spans in backticks, which no other markup may touch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from contentkit.patterns import regex

_FENCE = regex(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<marks>`{3,}|~{3,})(?P<info>.*)$")
_HIGHLIGHTS = ("highlight", "codeblock", "sourcecode", "terminal")
_HIGHLIGHT = regex(
    r"^[ \t]*(?:\{[{%][<%]?-?|\[)[ \t]*(?P<ends>end|/[ \t]*)?(?:highlight|codeblock|sourcecode|terminal)\b[ \t]*(?:lang:)?"
    r"(?P<language>\w*)[^{}\[\]\n]*(?:\}{1,2}|\])[ \t]*$"
)
_RUN = regex(r"`+")


def fences_for_highlights(lines: Sequence[str]) -> list[str]:
    """These lines with fences where Hugo's and Jekyll's highlighted code begins and ends."""
    fenced = list(lines)
    for first, last in fenced_blocks(lines):
        highlight = _HIGHLIGHT.match(lines[first])
        if highlight:
            fenced[first] = f"```{highlight['language']}"
            if last - 1 > first and _HIGHLIGHT.match(lines[last - 1]):
                fenced[last - 1] = "```"
    return fenced


def fenced_blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The index ranges of fenced and highlighted code, from the opening mark to behind the closing one.

    One that is not closed reaches to the end.
    """
    blocks: list[tuple[int, int]] = []
    fence, opened = "", 0
    for index, line in enumerate(lines):
        highlight = _HIGHLIGHT.match(line) if any(name in line for name in _HIGHLIGHTS) else None
        if highlight and not highlight["ends"] and not fence:
            fence, opened = "highlight", index
        elif highlight and highlight["ends"] and fence == "highlight":
            blocks.append((opened, index + 1))
            fence = ""
        match = _FENCE.match(line) if fence != "highlight" else None
        if not match:
            continue
        if not fence and "`" not in match["info"]:
            fence, opened = match["marks"], index
        elif fence and match["marks"].startswith(fence) and not match["info"].strip():
            blocks.append((opened, index + 1))
            fence = ""
    return [*blocks, (opened, len(lines))] if fence else blocks


def code_regions(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The (start, end) offsets of code in the lines joined by line feeds, in order."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    regions: list[tuple[int, int]] = []
    above = 0
    for first, last in [*fenced_blocks(lines), (len(lines), len(lines))]:
        regions += _spans_between(lines, starts, above, first)
        if last > first:
            regions.append((starts[first], starts[last] - 1))
        above = last
    return regions


def _spans_between(lines: Sequence[str], starts: Sequence[int], first: int, last: int) -> list[tuple[int, int]]:
    """Code spans in these lines; none reaches over a blank line."""
    regions: list[tuple[int, int]] = []
    begin = first
    for index in range(first, last + 1):
        if index == last or not lines[index].strip():
            regions += _spans("\n".join(lines[begin:index]), starts[begin])
            begin = index + 1
    return regions


def _spans(paragraph: str, offset: int) -> list[tuple[int, int]]:
    """A run of backticks up to the next run of the same length."""
    runs = [match.span() for match in _RUN.finditer(paragraph)]
    closers: list[int | None] = [None] * len(runs)
    nearest: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closers[index] = nearest.get(length)
        nearest[length] = index
    regions, index = [], 0
    while index < len(runs):
        closer = closers[index]
        if closer is not None:
            regions.append((offset + runs[index][0], offset + runs[closer][1]))
            index = closer
        index += 1
    return regions
