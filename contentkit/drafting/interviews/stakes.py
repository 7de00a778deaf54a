"""What is at stake in a story: what was lost, refused, feared or risked, by whom and for how much; and what only preaches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.reading.traits import spoken_of, traits_of
from contentkit.drafting.rules import Rules, straight

# Windows overlap: each sentence is asked for up to fifteen times.
_REMEMBERED = 8192


class _Sentence(NamedTuple):
    """What is at stake in a sentence, and whether it tells what somebody said or tells people how the world is."""

    stakes: int
    reports: bool
    preaches: bool


def stakes_in(sentences: Sequence[Sentence], rules: Rules) -> int:
    """How often something is at stake in these sentences."""
    return sum(_looked_at(one.text, rules).stakes for one in sentences)


def reports(sentences: Sequence[Sentence], rules: Rules) -> bool:
    """Whether one of them tells what somebody said."""
    return any(_looked_at(one.text, rules).reports for one in sentences)


def preaches(sentences: Sequence[Sentence], rules: Rules) -> bool:
    """Whether they tell people what to do or how the world is, and nothing of what happened to the speaker."""
    if not any(_looked_at(one.text, rules).preaches for one in sentences):
        return False
    spoken = spoken_of(sentences, rules)
    return not (spoken.past or spoken.figures or traits_of(sentences, rules).names)


@lru_cache(maxsize=_REMEMBERED)
def _looked_at(sentence: str, rules: Rules) -> _Sentence:
    text = straight(sentence)
    return _Sentence(
        stakes=len(rules.speech.stakes.findall(text)),
        reports=bool(rules.speech.reports.match(text)),
        preaches=bool(rules.speech.preaches.search(text)),
    )
