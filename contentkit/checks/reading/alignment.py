"""Which sentences of the source a sentence of a post comes from: those that share its rarest words.

After the study's recipe: idf-weighted overlap of content words, the cited lines first, their neighbours as context.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from contentkit.checks.reading.parsing import parsed
from contentkit.checks.records.record import Record, SaidSentence
from contentkit.values import dataclass

# A sentence is compared with so many of its source at most, so that a post on a pasted book stays cheap.
_MOST_SAID = 400


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
        found += record.said(number)
        if len(found) >= _MOST_SAID:
            break
    return found[:_MOST_SAID]


def aligned(sentence: str, said: Sequence[SaidSentence], record: Record, *, most: int = 3) -> list[Match]:
    """The sentences of ``said`` that come nearest to a sentence of a post, the best first; none that share no content word."""
    own = parsed(sentence, record.reading)
    weight = record.weights(own)
    total = math.fsum(weight.values()) or 1.0
    matches = []
    for each in said:
        shared = own.content & each.words
        if shared:
            part = math.fsum(weight[word] for word in shared)
            whole = part + math.fsum(each.weights[word] for word in each.words - own.content)
            matches.append(Match(said=each, covered=part / total, used=part / whole))
    return sorted(matches, key=lambda match: -match.covered - 0.3 * match.used)[:most]
