"""A text as tokens: what stands between white space at which it may be cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from contentkit.patterns import regex
from contentkit.splitting.whole import Whole
from contentkit.values import dataclass

# Spaces that say of themselves that nothing is cut there.
_BINDING = "\u00a0\u2007\u202f"
_LINE_END = regex("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_GAP = regex(r"\s+")


@dataclass(frozen=True)
class Token:
    """What stands between white space; ``line_ends`` counts those before it, a paragraph has two."""

    start: int
    end: int
    line_ends: int


def clusters(text: str) -> list[int]:
    """The offsets between the characters of a text as people see them, its start and end included."""
    if text.isascii() and "\r" not in text:
        return list(range(len(text) + 1))
    from wcwidth import iter_graphemes

    return list(accumulate(map(len, iter_graphemes(text)), initial=0))


def tokens_in(text: str, wholes: Sequence[Whole], edges: frozenset[int]) -> list[Token]:
    """The tokens of a text that starts and ends with something; white space within ``wholes`` parts none."""
    found = []
    start = line_ends = at = 0
    for gap in _GAP.finditer(text):
        while at < len(wholes) and wholes[at].end <= gap.start():
            at += 1
        is_within = at < len(wholes) and wholes[at].start < gap.start()
        if is_within or gap[0].strip(_BINDING) == "" or not {gap.start(), gap.end()} <= edges:
            continue
        found.append(Token(start, gap.start(), line_ends))
        start = gap.end()
        line_ends = 2 if "\u2029" in gap[0] else min(2, len(_LINE_END.findall(gap[0])))
    return [*found, Token(start, len(text), line_ends)]
