"""What makes a reader stop at something that was said: a number, a contrast, a turn, a judgement, with nothing left open."""

from __future__ import annotations

from contentkit.drafting.reading.terms import Vector, cosine
from contentkit.drafting.reading.traits import opening_of, traits_of
from contentkit.drafting.rules import straight
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.scoring import Measure

_BEST_LENGTHS = (55, 180)


def pull(span: Span, story: Vector, measure: Measure) -> float:
    """How likely a reader stops at these words, who knows nothing of the interview; ``story`` is what the story is about."""
    rules = measure.rules
    traits = traits_of(span.sentences, rules)
    first = span.sentences[0].text
    opening = opening_of(first, rules)
    text = straight(span.text)
    plain = " ".join(one.text for one in span.sentences)
    return (
        measure.pull(span)
        + 0.50 * cosine(measure.terms.of_span(span.sentences), story)
        + 0.30 * bool(traits.contrasts)
        + 0.25 * bool(traits.judgements)
        + 0.25 * bool(traits.figures)
        + 0.10 * bool(traits.numbers)
        + 0.25 * bool(rules.speech.turn.search(text))
        + 0.12 * min(2, traits.punches)
        + 0.12 * bool(traits.first_persons)
        + 0.05 * min(2, traits.names)
        - 0.12 * len(rules.speech.open_word.findall(text))
        - 0.25 * _beyond(len(plain)) / 100
        - 0.20 * traits.softeners
        - 0.60 * traits.hedges
        - 0.30 * bool(traits.hypes)
        - 0.30 * bool(traits.doubles)
        - 0.40 * opening.connective
        - 0.60 * opening.unresolved
        - 0.25 * opening.demonstrative
        - 0.15 * bool(opening.definite)
        - 0.30 * ("\n" in span.text)
        - 0.15 * (text.count(" - ") > 1)
        - 0.25 * bool(rules.speech.torn.match(straight(first)))
        - 0.02 * max(0.0, traits.words / len(span.sentences) - 20)
    )


def _beyond(length: int) -> int:
    low, high = _BEST_LENGTHS
    return max(low - length, length - high, 0)
