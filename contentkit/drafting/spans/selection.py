"""Which spans become the posts of a thread: good ones that say different things, in the order of the source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from contentkit.drafting.reading.terms import Terms, Vector, cosine, roots_of
from contentkit.drafting.rules import Rules
from contentkit.drafting.spans.candidates import Span
from contentkit.drafting.spans.scoring import Measure
from contentkit.patterns import regex
from contentkit.values import dataclass

_TOO_ALIKE = 0.6
_MOST_ECHO = 0.3
# Two sentences of some length that are this alike are one.
_THE_SAME, _FEWEST_WORDS = 0.85, 5
# A post of so many sentences at most is a twin of the hook with so much of its words, by their first letters.
_TWIN_SENTENCES, _TWIN = 2, 0.5
_NAME_OR_NUMBER = regex(r"(?<=[\w,;:] )[A-ZÀ-Þ]\w+|\d[\d.,]*")
# A weak post is worse than none, once a thread has so many beside its hook.
_FLOOR = 0.45
_ALWAYS = 2
# What the likeness of a span to the nearest other one of its thread costs.
_ALIKE = 0.4
# What it costs to begin as another post does.
_SAME_OPENING = 0.2
# So many of the best spans are looked at, however long the source is, and so many endings are tried.
_CONSIDERED = 500
_ENDINGS = 12


@dataclass(frozen=True, eq=False)
class Scored:
    """A span with its score and its vector, computed once. Each is like itself alone."""

    span: Span
    score: float
    vector: Vector


def scored(spans: Sequence[Span], measure: Measure) -> list[Scored]:
    """The spans with their scores, the best first; equal ones in the order of the source."""
    found = [Scored(span, measure.score(span), measure.terms.of_span(span.sentences)) for span in spans]
    return sorted(found, key=lambda one: -one.score)


def choose(
    ranked: Sequence[Scored], number: int, used: Sequence[Scored], *, sections: int, closing: Callable[[Span], float]
) -> list[Span]:
    """At most ``number`` spans that share no sentence with each other or with ``used``, in the order of the source.

    Greedy, once for each of the best endings: in each step what adds most before it, its score less its likeness to
    what is there already. The best of these threads is taken.
    """
    ranked = ranked[:_CONSIDERED]
    endings = sorted(ranked, key=lambda one: -(one.score + closing(one.span)))
    endings = [one for one in endings if not repeats(one, used)][:_ENDINGS] if number > 1 else []
    likeness = _Likeness(ranked)
    threads = [_before([last], likeness, number, used, sections) for last in endings]
    threads.append(_before([], likeness, number, used, sections))
    best = max(threads, key=lambda thread: _value(thread, closing))
    return in_order([one.span for one in best])


def _value(thread: Sequence[Scored], closing: Callable[[Span], float]) -> float:
    """What a thread is worth: its spans, and how it ends."""
    if not thread:
        return 0.0
    last = max(thread, key=lambda one: one.span.start)
    alike = [
        max((cosine(one.vector, other.vector) for other in thread if other is not one), default=0.0) for one in thread
    ]
    openings = {_opening(one.span) for one in thread}
    repeated = len(thread) - len(openings)
    return sum(one.score for one in thread) - _ALIKE * sum(alike) - _SAME_OPENING * repeated + closing(last.span)


def _before(
    chosen: list[Scored], likeness: _Likeness, number: int, used: Sequence[Scored], sections: int
) -> list[Scored]:
    """The spans that go best before the chosen ending, with it; all that go best together when none is chosen."""
    cap = math.ceil(number / max(1, sections)) + 1
    floor = _FLOOR * max((one.score for one in likeness.spans), default=0.0)
    left = _Left(likeness, chosen[0].span.start if chosen else math.inf)
    for one in (*used, *chosen):
        left.take(one)
    while len(chosen) < number:
        per_section = Counter(one.span.section for one in chosen)
        best = left.best(per_section, cap)
        if best is None or (len(chosen) >= _ALWAYS and best.score < floor):
            break
        chosen.append(best)
        left.take(best)
    return chosen


class _Likeness:
    """How alike the spans are to those that are taken; found out once for all of the threads that are tried."""

    def __init__(self, spans: Sequence[Scored]) -> None:
        self.spans = spans
        self.ends = [one.span.end for one in spans]
        self.openings = [_opening(one.span) for one in spans]
        self._known: dict[Scored, dict[int, float]] = {}

    def nearer(self, left: Mapping[int, float], taken: Scored) -> Iterator[tuple[int, float]]:
        """Each that is left by its place, without what says the same as this one, with its likeness to the nearest."""
        known = self._known.setdefault(taken, {})
        for place, nearest in left.items():
            if place not in known:
                known[place] = self._of(self.spans[place], taken)
            if (likeness := known[place]) <= _TOO_ALIKE:
                yield place, max(nearest, likeness)

    def _of(self, one: Scored, taken: Scored) -> float:
        return math.inf if one.span.shares(taken.span) else cosine(one.vector, taken.vector)


class _Left:
    """The spans that may still be chosen, those that end before ``start``: how alike each is to the nearest that is taken."""

    def __init__(self, likeness: _Likeness, start: float) -> None:
        self._spans, self._known = likeness.spans, likeness
        self._likeness = {place: 0.0 for place, end in enumerate(likeness.ends) if end < start}
        self._openings: set[tuple[str, ...]] = set()

    def take(self, taken: Scored) -> None:
        """Without what says the same as this one."""
        self._openings.add(_opening(taken.span))
        self._likeness = dict(self._known.nearer(self._likeness, taken))

    def best(self, per_section: Mapping[int, int], cap: int) -> Scored | None:
        """What adds most, of a section that has fewer than ``cap`` posts; the first of equals."""
        able = (place for place in self._likeness if per_section.get(self._spans[place].span.section, 0) < cap)
        best = max(able, key=lambda place: self._gain(place, per_section), default=None)
        return None if best is None else self._spans[best]

    def _gain(self, place: int, per_section: Mapping[int, int]) -> float:
        one = self._spans[place]
        from_section = per_section.get(one.span.section, 0)
        alike = self._known.openings[place] in self._openings
        return 0.72 * one.score - 0.28 * self._likeness[place] - 0.15 * from_section - _SAME_OPENING * alike


def in_order(spans: Sequence[Span]) -> list[Span]:
    """The spans in the order of the source."""
    return sorted(spans, key=lambda span: span.sentences[0].number)


def repeats(one: Scored, taken: Sequence[Scored]) -> bool:
    """Whether one of those that are taken shares a sentence with it, or says the same."""
    return any(one.span.shares(other.span) or cosine(one.vector, other.vector) > _TOO_ALIKE for other in taken)


def without_echoes(ranked: Sequence[Scored], hook: Scored, terms: Terms) -> list[Scored]:
    """The spans that do not say over again what the hook says. A list that repeats it in its lead-in says more."""
    said = [hook.vector, *(terms.of_text(text) for text in hook.span.text.split(". "))]
    return [one for one in ranked if _says_more(one.span, hook.span, said, terms)]


def _says_more(span: Span, hook: Span, said: Sequence[Vector], terms: Terms) -> bool:
    """Whether none of a span's sentences is one of the hook, and few of its words stand in sentences like the hook.

    ``said`` is what the hook says, as a whole and sentence by sentence.
    """
    if span.kind == "list":
        return True
    likeness = [(one, max(cosine(terms.of_span([one]), other) for other in said)) for one in span.sentences]
    if any(alike > _THE_SAME for one, alike in likeness if len(one.text.split()) >= _FEWEST_WORDS):
        return False
    if _is_twin(span, hook, terms.rules):
        return False
    alike = [one for one, alike in likeness if alike > _TOO_ALIKE]
    return sum(len(sentence.text.split()) for sentence in alike) < _MOST_ECHO * len(span.text.split())


def _is_twin(span: Span, hook: Span, rules: Rules) -> bool:
    """Whether a short span says in other forms of the words what the hook says, and no name or number beside."""
    if len(span.said) > _TWIN_SENTENCES:
        return False
    said, known = roots_of(span.sentences, rules), roots_of(hook.sentences, rules)
    adds = set(_NAME_OR_NUMBER.findall(span.text)) - set(_NAME_OR_NUMBER.findall(hook.text))
    return not adds and len(said & known) >= _TWIN * len(said)


def _opening(span: Span) -> tuple[str, ...]:
    """The first two words: two posts of a thread that begin alike read like a mistake."""
    return tuple(span.text.lower().split(maxsplit=2)[:2])
