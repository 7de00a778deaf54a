"""What speaks against an answer in what was asked: "What is your editor?" is not what a reader came for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contentkit.drafting.interviews.answers import questions_before
from contentkit.drafting.reading.sections import Section, sentences_of
from contentkit.drafting.rules import Rules, straight
from contentkit.models import Source

# The question stands among so many last sentences of what somebody else said.
_LAST = 3
_LITTLE = -1.0


def interest_of(answers: Sequence[Section], source: Source, speaker: str, rules: Rules) -> Mapping[int, float]:
    """By the number of an answer, what the question before it adds to its worth; zero where nobody asked."""
    asked = questions_before(source, speaker)
    places = {answer.number: asked[answer.sentences[0].paragraph] for answer in answers}
    return {number: _interest(source, place, rules) if place >= 0 else 0.0 for number, place in places.items()}


def _interest(source: Source, place: int, rules: Rules) -> float:
    said = straight(" ".join(one.text for one in sentences_of(source, place)[-_LAST:]))
    return _LITTLE if rules.speech.asks_little.search(said) else 0.0
