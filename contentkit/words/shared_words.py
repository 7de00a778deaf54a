"""Which words of a text another text has, too: what a post took from its source, and what it did not. Linear time.

A word counts when it carries meaning and the other text has it, or when it stands beside the same word there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from contentkit.patterns import regex
from contentkit.text import urls_in
from contentkit.values import dataclass
from contentkit.words.shingles import SMALL_WORDS, Words, singular

Span = tuple[int, int]
_PARTING = regex(r"[.!?…\n]")


@dataclass(frozen=True)
class Vocabulary:
    """What some texts say: their words that carry meaning, without the endings of plurals, and their pairs of words."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, texts: Iterable[Words]) -> Vocabulary:
        keys = [_keys(text) for text in texts]
        words = frozenset(key for one in keys for key in one if key not in SMALL_WORDS)
        return cls(words, frozenset(pair for one in keys for pair in pairwise(one)))

    def holds(self, text: Words) -> list[bool]:
        """For each word of a text whether it is said here."""
        keys = _keys(text)
        said = [key in self.words for key in keys]
        for at, pair in enumerate(pairwise(keys)):
            if pair in self.pairs:
                said[at] = said[at + 1] = True
        return said

    def telling(self, text: Words) -> frozenset[str | tuple[str, str]]:
        """What of a text is said here and tells something: words that carry meaning, and the pairs in which they stand."""
        keys = _keys(text)
        words = (key for key in keys if key in self.words)
        pairs = (pair for pair in pairwise(keys) if pair in self.pairs and not SMALL_WORDS.issuperset(pair))
        return frozenset((*words, *pairs))


def meant(text: Words) -> list[bool]:
    """For each word of a text whether it carries meaning."""
    return [key not in SMALL_WORDS for key in _keys(text)]


def shared(text: str, words: Words, others: Vocabulary) -> list[Span]:
    """Where a text says what others say: stretches of its words in a row, as (start, end), in order."""
    return list(_stretches(text, words, others.holds(words)))


def unshared(text: str, words: Words, others: Vocabulary) -> list[Span]:
    """Where a text has words that carry meaning and that others have not, in order. Links are no words."""
    linked = [False] * (len(text) + 1)
    for start, end in urls_in(text):
        linked[start:end] = [True] * (end - start)
    marks = zip(meant(words), others.holds(words), words.starts, strict=True)
    return list(_stretches(text, words, [own and not known and not linked[start] for own, known, start in marks]))


def _keys(text: Words) -> list[str]:
    return [singular(word) for word in text.plain]


def _stretches(text: str, words: Words, marks: Sequence[bool]) -> Iterator[Span]:
    """Marked words that follow each other in one sentence are one stretch."""
    start = end = -1
    for at, marked in enumerate(marks):
        if not marked:
            if start >= 0:
                yield start, end
            start = -1
            continue
        if start >= 0 and _PARTING.search(text, end, words.starts[at]):
            yield start, end
            start = -1
        start = words.starts[at] if start < 0 else start
        end = words.ends[at]
    if start >= 0:
        yield start, end
