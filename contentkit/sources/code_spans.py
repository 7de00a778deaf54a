"""Where Markdown text is code: fenced blocks and spans in backticks, which no other markup may touch."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(?P<info>[^\n]*)$")
_RUN = re.compile(r"`+")


def code_regions(lines: Sequence[str]) -> list[tuple[int, int]]:
    """The (start, end) offsets of code in the lines joined by line feeds, in order."""
    regions: list[tuple[int, int]] = []
    offset = opened = start = 0
    fence = ""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not match["info"].strip():
                regions.append((opened, offset + len(line)))
                fence = ""
        elif (opens := match is not None and "`" not in match["info"]) or not line.strip():
            regions += _spans("\n".join(paragraph), start)
            paragraph = []
            if opens and match:
                opened, fence = offset, match[1]
        else:
            start = start if paragraph else offset
            paragraph.append(line)
        offset += len(line) + 1
    if fence:
        regions.append((opened, offset))
    return regions


def _spans(paragraph: str, offset: int) -> list[tuple[int, int]]:
    """Code spans of one paragraph: a run of backticks and the next run of the same length."""
    runs = list(_RUN.finditer(paragraph))
    closers: list[int | None] = [None] * len(runs)
    seen: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index].group())
        closers[index] = seen.get(length)
        seen[length] = index
    regions, index = [], 0
    while index < len(runs):
        closer = closers[index]
        if closer is not None:
            regions.append((offset + runs[index].start(), offset + runs[closer].end()))
            index = closer
        index += 1
    return regions
