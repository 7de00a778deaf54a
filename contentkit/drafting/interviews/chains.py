"""Chains of spans: the posts of a story in the order in which it was told, with as little left out between them as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contentkit.drafting.reading.sections import Section
from contentkit.drafting.spans.candidates import Span
from contentkit.models import Source

# What a further post costs, so that a weak one is left out; and what speaks for one that goes on where the last ended.
_A_POST = 0.35
_GOES_ON = 0.25
# For each word that is skipped between two posts; and no story skips more of them at once.
_PER_SKIPPED_WORD = 0.004
_MOST_SKIPPED = 170
# Whoever asks at length asks for something else: what it costs that somebody spoke in between, by words, and at most.
_ANOTHER_ANSWER = 0.10
_PER_ASKED_WORD = 0.02
_ANOTHER_SUBJECT = 0.90


@dataclass(frozen=True)
class Told:
    """A span with what it is worth as a post, and what is added to that where it begins or ends a story."""

    span: Span
    worth: float
    begins: float
    ends: float


@dataclass(frozen=True)
class Chain:
    """The spans of a story in order, and what they are worth together."""

    told: tuple[Told, ...]
    value: float

    @property
    def spans(self) -> list[Span]:
        return [one.span for one in self.told]


@dataclass(frozen=True)
class Course:
    """The order of all sentences of the answers, made once: the place of each, the words before each, and what it
    costs to come from the very first answer to the one that it is in."""

    places: Mapping[int, int]
    words: Sequence[int]
    crossings: Sequence[float]

    @classmethod
    def of(cls, answers: Sequence[Section], source: Source, speaker: str) -> Course:
        places: dict[int, int] = {}
        words, crossings = [0], list[float]()
        crossed, last = 0.0, -1
        for answer in answers:
            first = answer.sentences[0].paragraph
            crossed += _crossing(source, speaker, last, first) if last >= 0 else 0.0
            for sentence in answer.sentences:
                places[sentence.number] = len(crossings)
                words.append(words[-1] + len(sentence.text.split()))
                crossings.append(crossed)
            last = answer.sentences[-1].paragraph
        return cls(places, words, crossings)

    def first(self, span: Span) -> int:
        return self.places[span.sentences[0].number]

    def last(self, span: Span) -> int:
        return self.places[span.sentences[-1].number]

    def seam(self, last: int, first: int) -> float:
        """What speaks for a post that begins at ``first`` after one that ended at ``last``; below zero against it."""
        skipped = self.words[first] - self.words[last + 1]
        crossed = self.crossings[first] - self.crossings[last]
        goes_on = _GOES_ON if first == last + 1 and not crossed else 0.0
        return goes_on - _PER_SKIPPED_WORD * skipped - crossed


def _crossing(source: Source, speaker: str, last: int, first: int) -> float:
    """What it costs to go on behind what others said between two passages."""
    asked = [one.text for one in source.passages[last + 1 : first] if one.speaker != speaker]
    return min(_ANOTHER_SUBJECT, _ANOTHER_ANSWER + _PER_ASKED_WORD * sum(len(text.split()) for text in asked))


def chains(told: Sequence[Told], course: Course, longest: int) -> list[Chain]:
    """For each span that may end a story the best chain of at most ``longest`` that ends with it, the best first."""
    ordered = sorted(told, key=lambda one: course.last(one.span))
    ending: dict[int, list[int]] = {}
    # By span and length: what the best chain is worth that ends there, and the span before.
    best: list[list[tuple[float, int]]] = []
    for index, one in enumerate(ordered):
        first = course.first(one.span)
        values = [(one.worth - _A_POST + one.begins, -1)] + [(float("-inf"), -1)] * (longest - 1)
        for before, seam in _before(first, course, ending):
            gain = one.worth - _A_POST + seam
            for length in range(1, longest):
                value = best[before][length - 1][0] + gain
                if value > values[length][0]:
                    values[length] = (value, before)
        best.append(values)
        ending.setdefault(course.last(one.span), []).append(index)
    found = [_chain(ordered, best, index) for index in range(len(ordered))]
    return sorted(found, key=lambda chain: -chain.value)


def _before(first: int, course: Course, ending: Mapping[int, Sequence[int]]) -> list[tuple[int, float]]:
    """The spans that end shortly before this place, with what speaks for going on from there."""
    found = []
    for last in range(first - 1, -1, -1):
        if course.words[first] - course.words[last + 1] > _MOST_SKIPPED:
            break
        if last in ending:
            seam = course.seam(last, first)
            found += [(index, seam) for index in ending[last]]
    return found


def _chain(ordered: Sequence[Told], best: Sequence[Sequence[tuple[float, int]]], index: int) -> Chain:
    """The chain that ends with this span, followed back to its beginning."""
    length = max(range(len(best[index])), key=lambda one: best[index][one][0])
    value = best[index][length][0] + ordered[index].ends
    members = []
    while index >= 0:
        members.append(ordered[index])
        index, length = best[index][length][1], length - 1
    return Chain(tuple(reversed(members)), value)
