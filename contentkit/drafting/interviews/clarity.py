"""Whether speech reads as written words: what a reader stumbles over, and what carries a story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.reading.traits import opening_of, spoken_of, traits_of
from contentkit.drafting.rules import Rules, straight
from contentkit.drafting.spans.candidates import Span

_FEWEST_WORDS = 14
# More of them are a roll, which nobody reads.
_MOST_NAMES = 8
_MOST_HEDGES = 0.1
# A sentence is in several windows.
_REMEMBERED = 2048


def sayable(span: Span, rules: Rules) -> bool:
    """Whether a window of speech reads as written words: long enough, no question, its pronouns resolved, little filler.

    What somebody said in one breath, and no more, is long enough as it is.
    """
    traits = traits_of(span.sentences, rules)
    if (traits.words < _FEWEST_WORDS and not span.whole) or span.text.rstrip("\"”' ").endswith("?"):
        return False
    if traits.names > _MOST_NAMES:
        return False
    hedges = spoken_of(span.sentences, rules).hedges
    return not opening_of(span.sentences[0].text, rules).unresolved and hedges <= traits.words * _MOST_HEDGES


def points_back(span: Span, rules: Rules) -> bool:
    """Whether it begins with "that revenue line" or "that mistake": alone, it may say the contrary of what was meant."""
    first = straight(span.sentences[0].text)
    return bool(rules.pointing.search(first))


def murkiness(sentences: Sequence[Sentence], rules: Rules) -> float:
    """What makes speech hard to read: fillers, asides, endless sentences, sentences without a subject."""
    traits, spoken = traits_of(sentences, rules), spoken_of(sentences, rules)
    long = sum(max(0, len(one.text.split()) - 28) for one in sentences) / len(sentences)
    return (
        8.0 * spoken.hedges / traits.words
        + 3.0 * spoken.softeners / traits.words
        + 0.10 * sum(one.text.count("...") for one in sentences)
        + 0.05 * sum(one.text.count(" - ") for one in sentences)
        + 0.02 * min(20.0, long)
        + 0.15 * sum(_said_again(one.text, rules) for one in sentences)
        + 0.20 * sum(is_torn(one.text, rules) for one in sentences)
    )


@lru_cache(maxsize=_REMEMBERED)
def _said_again(sentence: str, rules: Rules) -> int:
    """How many pairs of words a sentence says again: "and we built, and we built what is fairly unique"."""
    words = re.findall(r"[\w']+", straight(sentence).lower())
    pairs = [pair for pair in pairwise(words) if pair[1] not in rules.stop_words]
    return len(pairs) - len(set(pairs))


@lru_cache(maxsize=_REMEMBERED)
def is_torn(sentence: str, rules: Rules) -> bool:
    """Whether it is half a sentence: begins like the second half, or says when and if, and never what."""
    text = straight(sentence)
    if rules.speech.torn.match(text):
        return True
    if not rules.speech.subordinate.match(text):
        return False
    clauses = re.split(r"[,;:]| [-–—] ", text)[1:]
    return all(rules.speech.joining.match(clause.strip()) for clause in clauses)
