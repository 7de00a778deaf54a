"""The texts of a thread cut into its parts, and these numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from contentkit.models import Numbering, Splitting
from contentkit.patterns import regex
from contentkit.splitting import Spans, Unsplittable, split, with_even_indents
from contentkit.text import sentences
from contentkit.values import dataclass

# A last line that is an item of a list, a link and nothing else, or the end of code.
_OF_ITS_OWN = regex(r"[ \t]*(?:[-*+•‣◦]|\d{1,3}[.)])[ \t]|https?://\S+\Z|.*(?:```|~~~)\Z", re.I)
Count = Callable[[str], int]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What becomes one part. ``torn``: a sentence that begins in it goes on in the next one.

    ``uncut`` and ``remedy`` say why a text that is too long is one piece nevertheless, and what to do; empty where it is not.
    """

    text: str
    torn: bool = False
    uncut: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How long a part may be, and how long one is; ``links`` gives the places of what the network makes links of."""

    limit: int
    count: Count
    links: Spans


def parted(texts: Sequence[str], measure: Measure, style: Splitting, numbering: Numbering) -> Sequence[Sequence[Piece]]:
    """The pieces of each text. Where parts are numbered, how many there are is known only when all are cut: then once more.

    The room for the numbers is that of their largest digits, so that it ends: more digits are never taken back.
    """
    pieces = [_pieces(text, measure, style) for text in texts]
    total = sum(map(len, pieces))
    if numbering == "none" or total < 2:
        return pieces
    digits = 0
    while len(str(total)) > digits:
        digits = len(str(total))
        roomy = replace(measure, count=_with_room(measure.count, _number("8" * digits, "8" * digits)))
        pieces = [_pieces(text, roomy, style) for text in texts]
        total = sum(map(len, pieces))
    if total < 2:
        # There is no room for numbers beside what must not be cut.
        return pieces
    numbers = (_number(str(number), str(total)) for number in range(1, total + 1))
    return [[replace(piece, text=_numbered(piece.text, next(numbers))) for piece in one] for one in pieces]


def _with_room(count: Count, number: str) -> Count:
    """Counts a part as if this number stood at its end."""
    return lambda piece: count(_numbered(piece, number))


def _number(number: str, total: str) -> str:
    return f"{number}/{total}"


def _numbered(text: str, number: str) -> str:
    """The part with its number at the end: on a line of its own behind what it would seem to belong to."""
    if not text:
        return number
    return f"{text}\n{number}" if _OF_ITS_OWN.match(text, text.rfind("\n") + 1) else f"{text} {number}"


def _pieces(text: str, measure: Measure, style: Splitting) -> Sequence[Piece]:
    if style == "never":
        return (Piece(text=text),)
    try:
        texts = split(text, limit=measure.limit, measure=measure.count, links=measure.links, style=style)
    except Unsplittable as why:
        return (Piece(text=text, uncut=why.message, remedy=why.hint),)
    torn = (*_torn(text, texts), False)
    even = with_even_indents(text, texts)
    return [Piece(text=one, torn=is_torn) for one, is_torn in zip(even, torn, strict=True)]


def _torn(text: str, pieces: Sequence[str]) -> Iterator[bool]:
    """For each piece but the last, whether the cut behind it lies within a sentence. A line's end ends a sentence, too."""
    if len(pieces) < 2:
        return
    starts = {start for start, _ in sentences(text)}
    end = 0
    for before, after in pairwise(pieces):
        end = text.index(before, end) + len(before)
        start = text.index(after, end)
        yield start not in starts and "\n" not in text[end:start]
