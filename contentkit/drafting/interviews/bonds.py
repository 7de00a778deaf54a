"""What a sentence is cut from where a post ends before it: the other half of a contrast, and what came of something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.rules import Rules, straight

# What it costs to leave such a sentence out behind the one that it follows.
_A_TURN, _AN_OUTCOME = 0.40, 0.35


def bonds_of(answers: Iterable[Section], rules: Rules) -> Mapping[int, float]:
    """By the number of a sentence, what it costs to end a post with it and not to go on with the one behind it."""
    return {
        one.number: cost
        for answer in answers
        for one, following in pairwise(answer.sentences)
        if follows(following, one) and (cost := _bond(following.text, rules))
    }


def follows(sentence: Sentence, other: Sentence) -> bool:
    """Whether nothing was left out between the two."""
    return sentence.number == other.number + 1 or (other.closes and sentence.opens)


def _bond(sentence: str, rules: Rules) -> float:
    text = straight(sentence)
    if rules.speech.turns_round.match(text):
        return _A_TURN
    return _AN_OUTCOME if rules.speech.outcome.match(text) else 0.0
