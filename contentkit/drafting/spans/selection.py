"""Which spans become the posts of a thread: good ones that say different things, in the order of the source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contentkit.drafting.reading.terms import Terms, Vector, cosine
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.scoring import Measure

_TOO_ALIKE = 0.6
_MOST_ECHO = 0.3
# A weak post is worse than none, once a thread has so many beside its hook.
_FLOOR = 0.5
_ALWAYS = 2


@dataclass(frozen=True)
class Scored:
    """A span with its score and its vector, computed once."""

    span: Span
    score: float
    vector: Vector


def scored(spans: Sequence[Span], measure: Measure) -> list[Scored]:
    """The spans with their scores, the best first; equal ones in the order of the source."""
    found = [Scored(span, measure.score(span), measure.terms.of_span(span.sentences)) for span in spans]
    return sorted(found, key=lambda one: -one.score)


def choose(ranked: Sequence[Scored], number: int, used: Sequence[Scored], *, sections: int) -> list[Span]:
    """At most ``number`` spans that share no sentence with each other or with ``used``, in the order of the source.

    Greedy: each step takes what adds most, its score less its likeness to what is there already.
    """
    cap = math.ceil(number / max(1, sections)) + 1
    floor = _FLOOR * max((one.score for one in ranked), default=0.0)
    taken = list(used)
    chosen: list[Scored] = []
    left = list(ranked)
    while left and len(chosen) < number:
        per_section = Counter(one.span.section for one in chosen)
        left = [one for one in left if per_section[one.span.section] < cap and not _repeats(one, taken)]
        best = max(left, key=lambda one: _gain(one, taken, per_section[one.span.section]), default=None)
        if best is None or (len(chosen) >= _ALWAYS and best.score < floor):
            break
        chosen.append(best)
        taken.append(best)
    return in_order([one.span for one in chosen])


def in_order(spans: Sequence[Span]) -> list[Span]:
    """The spans in the order of the source."""
    return sorted(spans, key=lambda span: span.sentences[0].number)


def _repeats(one: Scored, taken: Sequence[Scored]) -> bool:
    return any(one.span.shares(other.span) or cosine(one.vector, other.vector) > _TOO_ALIKE for other in taken)


def without_echoes(ranked: Sequence[Scored], hook: Scored, terms: Terms) -> list[Scored]:
    """The spans that do not say over again what the hook says. A list that repeats it in its lead-in says more."""
    return [one for one in ranked if one.span.kind == "list" or _echo(one.span, hook, terms) < _MOST_ECHO]


def _echo(span: Span, hook: Scored, terms: Terms) -> float:
    """The share of a span's words that stand in sentences like the hook."""
    alike = [sentence for sentence in span.sentences if cosine(terms.of_span([sentence]), hook.vector) > _TOO_ALIKE]
    return sum(len(sentence.text.split()) for sentence in alike) / len(span.text.split())


def _gain(one: Scored, taken: Sequence[Scored], from_section: int) -> float:
    likeness = max((cosine(one.vector, other.vector) for other in taken), default=0.0)
    return 0.72 * one.score - 0.28 * likeness - 0.15 * from_section
