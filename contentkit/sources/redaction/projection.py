"""A text as marks are searched in it: without the furniture between words, with all that looks alike as one, and with
letters in the place of what HTML, YAML and addresses write for them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from html import unescape
from types import MappingProxyType

from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.values import dataclass
from contentkit.words.lookalikes import folded

# ``&#111;`` and ``&lsqb;``, ``\u006f`` and ``\x6f``, ``%6F``: one letter each.
_ESCAPE = regex(
    r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});|\\u(?P<four>[\da-f]{4})|\\x(?P<two>[\da-f]{2})"
    r"|%(?P<percent>[2-7][\da-f])",
    re.IGNORECASE,
)
_TAG = regex(r"<[^<>\n]{0,200}>")
_NO_WIDTHS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True)
class Projection:
    """The plain text, and where each of its characters stands in the text that it was made of; the end of that, too.

    ``starts`` are the offsets at which the lines of that text begin, ``widths`` how long an escape is that stands for one
    character, by its offset.
    """

    plain: str = field(repr=False)
    offsets: Sequence[int] = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    widths: Mapping[int, int] = field(repr=False, default_factory=lambda: _NO_WIDTHS)

    def back(self, start: int, end: int) -> Span:
        """Where a span of the plain text stands in the original."""
        last = self.offsets[end - 1] if end > start else 0
        return self.offsets[start], last + self.widths.get(last, 1) if end > start else self.offsets[start]

    def line(self, at: int) -> int:
        """The number of the line on which this character of the plain text stands in the original."""
        return bisect_right(self.starts, self.offsets[at])

    def at(self, offset: int) -> int:
        """The index in the plain text of what stands at this offset of the original, or behind it."""
        return bisect_left(self.offsets, offset)


def projected(text: str, furniture: Sequence[Span]) -> Projection:
    """The text without these spans: a space where they part words, nothing where they stand within one."""
    starts = [0, *(line_end.end() for line_end in re.finditer("\n", text))]
    holes = [(start, stop, " " if _parts_words(text[start:stop]) else "") for start, stop in furniture]
    escapes = list(_escapes(text))
    if not (holes or escapes):
        return Projection(*folded(text), starts)
    pieces: list[str] = []
    origins: list[int] = []
    end = 0
    for start, stop, instead in sorted([*holes, *escapes]):
        if start < end:
            continue
        pieces += [text[end:start], instead]
        origins += [*range(end, start), *[start] * len(instead)]
        end = stop
    pieces.append(text[end:])
    origins += range(end, len(text) + 1)
    plain, offsets = folded("".join(pieces))
    widths = {start: stop - start for start, stop, _ in escapes}
    return Projection(plain, [origins[offset] for offset in offsets], starts, widths)


def _escapes(text: str) -> Iterator[tuple[int, int, str]]:
    """What stands for another character, and that one; none that would end a line."""
    if not any(sign in text for sign in "&\\%"):
        return
    for escape in _ESCAPE.finditer(text):
        number = escape["four"] or escape["two"] or escape["percent"]
        shown = chr(int(number, 16)) if number else unescape(escape[0])
        if len(shown) == 1:
            yield *escape.span(), " " if shown.isspace() or shown < " " else shown


def _parts_words(furniture: str) -> bool:
    return any(map(str.isspace, _TAG.sub("", furniture)))
