"""A text as marks are searched in it: without the furniture between words, and with all that looks alike as one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from contentkit.lookalikes import folded
from contentkit.sources.manuscript import Span


@dataclass(frozen=True, slots=True)
class Projection:
    """The plain text, and where each of its characters stands in the text that it was made of; the end of that, too.

    ``starts`` are the offsets at which the lines of that text begin.
    """

    plain: str = field(repr=False)
    offsets: Sequence[int] = field(repr=False)
    starts: Sequence[int] = field(repr=False)

    def back(self, start: int, end: int) -> Span:
        """Where a span of the plain text stands in the original."""
        return self.offsets[start], self.offsets[end - 1] + 1 if end > start else self.offsets[start]

    def line(self, at: int) -> int:
        """The number of the line on which this character of the plain text stands in the original."""
        return bisect_right(self.starts, self.offsets[at])

    def at(self, offset: int) -> int:
        """The index in the plain text of what stands at this offset of the original, or behind it."""
        return bisect_left(self.offsets, offset)


def projected(text: str, furniture: Sequence[Span]) -> Projection:
    """The text without these spans: a space where they part words, nothing where they stand within one."""
    starts = [0, *(line_end.end() for line_end in re.finditer("\n", text))]
    if not furniture:
        return Projection(*folded(text), starts)
    pieces: list[str] = []
    origins: list[int] = []
    end = 0
    for start, stop in sorted(furniture):
        if start < end:
            continue
        pieces.append(text[end:start])
        origins += range(end, start)
        if _parts_words(text[start:stop]):
            pieces.append(" ")
            origins.append(start)
        end = stop
    pieces.append(text[end:])
    origins += range(end, len(text) + 1)
    plain, offsets = folded("".join(pieces))
    return Projection(plain, [origins[offset] for offset in offsets], starts)


def _parts_words(furniture: str) -> bool:
    return "\n" in furniture or furniture[:1].isspace() or furniture[-1:].isspace()
