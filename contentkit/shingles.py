"""Runs of words as hashes: whether a text repeats words that nobody may hold any more.

A shingle is five words in a row, normalised (case, width, accents as composed, no punctuation, no markup).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Set

WORDS = 5
FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def span_shingles(text: str) -> frozenset[str]:
    """The hashes of every five words in a row; of the whole text when it has three or four words; else none."""
    words = _normalised_words(text)
    if len(words) < FEWEST_WORDS:
        return frozenset()
    size = min(WORDS, len(words))
    return frozenset(_hashed(words[start : start + size]) for start in range(len(words) - size + 1))


def shingles(text: str) -> frozenset[str]:
    """The hashes of every run of three to five words, to be compared with ``span_shingles`` of another text."""
    words = _normalised_words(text)
    return frozenset(_hashed(run) for run in _runs(words))


def repeated(text: str, forbidden: Set[str]) -> list[str]:
    """The runs of words in this text whose hashes are forbidden, in order, as normalised words."""
    if not forbidden:
        return []
    runs = (run for run in _runs(_normalised_words(text)) if _hashed(run) in forbidden)
    return list(dict.fromkeys(" ".join(run) for run in runs))


def _normalised_words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return _WORD.findall(folded)


def _runs(words: list[str]) -> list[list[str]]:
    sizes = range(FEWEST_WORDS, WORDS + 1)
    return [words[start : start + size] for start in range(len(words)) for size in sizes if start + size <= len(words)]


def _hashed(words: list[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
