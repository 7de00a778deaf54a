"""Which sentences of the source a sentence of a post comes from: those that share its rarest words.

After the study's recipe: idf-weighted overlap of content words, the cited lines first, their neighbours as context.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from contentkit.checks.record import Record
from contentkit.checks.words import content_words
from contentkit.text import sentences

# A sentence is compared with so many of its source at most, so that a post on a pasted book stays cheap.
_MOST_SAID = 400


@dataclass(frozen=True, kw_only=True)
class SaidSentence:
    """A sentence of a source: the number of its stretch in the record, its words, the stems of its content words."""

    stretch: int
    text: str
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Match:
    """A sentence of the source beside one of the post.

    ``covered`` is the share of the post's sentence that it says, ``used`` the share of it that the post says; both 0 to 1,
    rare words counting more.
    """

    said: SaidSentence
    covered: float
    used: float


def said_sentences(record: Record, within: Collection[int]) -> list[SaidSentence]:
    """The sentences of these stretches, in the order of the source; no more than the first 400."""
    found: list[SaidSentence] = []
    for number in sorted(within):
        text = record.stretches[number].text
        for start, end in sentences(text):
            words = frozenset(content_words(text[start:end]))
            found.append(SaidSentence(stretch=number, text=text[start:end], words=words))
        if len(found) >= _MOST_SAID:
            break
    return found[:_MOST_SAID]


def aligned(sentence: str, said: Sequence[SaidSentence], record: Record, *, most: int = 3) -> list[Match]:
    """The sentences of ``said`` that come nearest to a sentence of a post, the best first; none that share no content word."""
    words = frozenset(content_words(sentence))
    weight = {word: _rarity(word, record) for word in words}
    total = sum(weight.values())
    matches = []
    for each in said:
        shared = words & each.words
        if shared:
            part = sum(weight[word] for word in shared)
            whole = part + sum(_rarity(word, record) for word in each.words - words)
            matches.append(Match(said=each, covered=part / total, used=part / whole))
    return sorted(matches, key=lambda match: -match.covered - 0.3 * match.used)[:most]


def _rarity(word: str, record: Record) -> float:
    """How telling a word is: the logarithm of how few stretches hold it."""
    return math.log(1 + len(record.stretches) / (1 + len(record.words.get(word, ()))))
