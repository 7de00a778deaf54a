"""Numbers that a post and its source write differently ("2 days", "two days") are words that they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contentkit.words.quantities import Reading, quantities
from contentkit.words.shared_words import Span

# In what is longer no numbers are looked for: nobody reads that beside a post.
_LONGEST_TEXT = 20_000


def figures_in(texts: Iterable[str], language: str) -> frozenset[Reading]:
    """Every way to read the numbers of some texts."""
    short = (text for text in texts if len(text) <= _LONGEST_TEXT)
    return frozenset(reading for text in short for one in quantities(text, language) for reading in one.readings)


def same_figures(text: str, figures: frozenset[Reading], language: str) -> list[Span]:
    """Where a text has one of these numbers, however it is written."""
    if not figures or len(text) > _LONGEST_TEXT:
        return []
    return sorted((one.start, one.end) for one in quantities(text, language) if not figures.isdisjoint(one.readings))


def joined(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """Both kinds of stretches as one kind, in order; those that overlap are one."""
    found: list[Span] = []
    for start, end in sorted((*spans, *others)):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(text: str, spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The stretches of a text without what of them is in the others, both in order; pieces without a letter or digit go, too."""
    left = []
    for start, end in (piece for span in spans for piece in _pieces(span, others)):
        words = text[start:end]
        if any(map(str.isalnum, words)):
            left.append((end - len(words.lstrip()), start + len(words.rstrip())))
    return left


def _pieces(span: Span, others: Sequence[Span]) -> Iterator[Span]:
    start, end = span
    for first, last in others:
        if start < last and first < end:
            yield start, max(start, first)
            start = max(start, last)
    yield start, max(start, end)
