"""Unicode's composition (NFC) in linear time, and where a place in the composed text stood before."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

# Sorting marks takes the square of their number: a text of nothing but marks is composed in blocks.
_BLOCK = 500

# From a span of the composed text to the one of the text that it comes from.
Place = Callable[[int, int], tuple[int, int]]


def composed(text: str) -> str:
    """The text in NFC. A letter with hundreds of marks may be left longer than NFC has it, never shorter."""
    if text.isascii():
        return text
    if len(text) <= _BLOCK:
        return unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFC", block) for block in _blocks(text))


def places(text: str) -> tuple[str, Place]:
    """The text in NFC, and what finds spans of it in the text. A letter and its marks are found whole."""
    whole = composed(text)
    if whole == text:
        return text, lambda start, end: (start, end)
    pieces = [piece for block in _blocks(text) for piece in _pieces(block)]
    before = [*accumulate(map(len, pieces), initial=0)]
    after = [*accumulate((len(unicodedata.normalize("NFC", piece)) for piece in pieces), initial=0)]
    return whole, lambda start, end: (before[bisect_right(after, start) - 1], before[bisect_left(after, end)])


def _blocks(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        stop = start + _BLOCK
        while start + _BLOCK // 2 < stop < len(text) and not _stands_alone(text[stop]):
            stop -= 1
        yield text[start:stop]
        start = stop


def _pieces(block: str) -> Iterator[str]:
    """The block, cut before all that composes with nothing before it."""
    start = 0
    for index in range(1, len(block)):
        if _stands_alone(block[index]):
            yield block[start:index]
            start = index
    yield block[start:]


def _stands_alone(character: str) -> bool:
    """Whether a character composes with nothing before it: no mark, and no later letter of a Korean syllable."""
    return unicodedata.category(character)[0] != "M" and not "\u1160" <= character <= "\u11ff"
