"""Chains of spans: the posts of a story in the order in which it was told, with as little left out between them as possible."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from contentkit.drafting.reading.sections import Section
from contentkit.drafting.spans.candidates import Span
from contentkit.models import Source
from contentkit.values import dataclass

# What a further post costs, so that a weak one is left out; and what speaks for one that goes on where the last ended.
_A_POST = 0.33
_GOES_ON = 0.22
# What a further story costs.
_A_STORY = 1.3
# For each word that is skipped between two posts; and no story skips more of them at once.
_PER_SKIPPED_WORD = 0.003
_MOST_SKIPPED = 250
# So many words around a story may hold its hook.
_AROUND = 300
# Whoever asks at length asks for something else: what it costs that somebody spoke in between, by words, and at most.
_ANOTHER_ANSWER = 0.05
_PER_ASKED_WORD = 0.02
_ANOTHER_SUBJECT = 1.20


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
    """The order of all sentences of the answers, made once: the place of each, the words before each, what it
    costs to come from the very first answer to the one that it is in, and what to leave off behind it."""

    places: Mapping[int, int]
    words: Sequence[int]
    crossings: Sequence[float]
    bonds: Sequence[float]

    @classmethod
    def of(cls, answers: Sequence[Section], source: Source, speaker: str, bonds: Mapping[int, float]) -> Course:
        places: dict[int, int] = {}
        words, crossings, bound = [0], list[float](), list[float]()
        crossed, last = 0.0, -1
        for answer in answers:
            first = answer.sentences[0].paragraph
            crossed += _crossing(source, speaker, last, first) if last >= 0 else 0.0
            for sentence in answer.sentences:
                places[sentence.number] = len(crossings)
                words.append(words[-1] + len(sentence.text.split()))
                crossings.append(crossed)
                bound.append(bonds.get(sentence.number, 0.0))
            last = answer.sentences[-1].paragraph
        return cls(places, words, crossings, bound)

    def first(self, span: Span) -> int:
        return self.places[span.said[0].number]

    def last(self, span: Span) -> int:
        return self.places[span.said[-1].number]

    def around(self, low: int, high: int) -> tuple[int, int]:
        """The places shortly before and behind these, as far as nobody else spoke."""
        first, last = low, high
        while first > 0 and self._belongs(first - 1, low):
            first -= 1
        while last + 1 < len(self.crossings) and self._belongs(last + 1, high):
            last += 1
        return first, last

    def _belongs(self, place: int, other: int) -> bool:
        """Whether two places stand in one answer, not far from each other."""
        return self.crossings[place] == self.crossings[other] and abs(self.words[place] - self.words[other]) <= _AROUND

    def seam(self, last: int, first: int) -> float:
        """What speaks for going on at the place ``first`` behind the place ``last``; below zero against it."""
        skipped, crossed = self.words[first] - self.words[last + 1], self.crossings[first] - self.crossings[last]
        goes_on = _GOES_ON if first == last + 1 and not crossed else 0.0
        goes_on -= self.bonds[last] if first > last + 1 else 0.0
        return goes_on - _PER_SKIPPED_WORD * skipped - crossed


def _crossing(source: Source, speaker: str, last: int, first: int) -> float:
    """What it costs to go on behind what others said between two passages; headings are no talk."""
    asked = [one.text for one in source.passages[last + 1 : first] if one.speaker not in ("", speaker)]
    return min(_ANOTHER_SUBJECT, _ANOTHER_ANSWER + _PER_ASKED_WORD * sum(len(text.split()) for text in asked))


def best_chain(told: Sequence[Told], course: Course, longest: int, fewest: int) -> Chain | None:
    """The best chain of ``fewest`` to ``longest`` spans, a shorter one where there is none so long; None of none."""
    rows = _Rows(course, longest, longest + 1).filled(told)
    for least in (fewest, 1):
        ends = [
            (rows.rows[index][length - 1][0] + one.ends, index, length)
            for index, one in enumerate(rows.ordered)
            for length in range(least, longest + 1)
            if rows.rows[index][length - 1] != _NEVER
        ]
        if ends:
            return rows.chain(*max(ends)[1:])
    return None


def all_chains(told: Sequence[Told], course: Course, longest: int, fewest: int) -> list[Chain]:
    """The chains of ``fewest`` to ``longest`` spans that together are worth most, in order; they share no sentence.

    A story so ends where the next one begins better than it goes on.
    """
    rows = _Rows(course, longest, fewest).filled(told)
    found = []
    index, length = rows.done[-1][1:] if rows.done else (-1, 0)
    while index >= 0:
        found.append(rows.chain(index, length))
        _, index, length = rows.told_before(course.first(found[-1].spans[0]))
    return found[::-1]


_NEVER = (float("-inf"), -1)


class _Rows:
    """By span, in the order of their ends, and by length: what the best chain that ends there is worth, all that was told
    before it included, and the span before. ``done`` has by place the best that can be told up to it."""

    def __init__(self, course: Course, longest: int, fewest: int) -> None:
        self.course, self.longest, self.fewest = course, longest, fewest
        self.ordered: list[Told] = []
        self.rows: list[list[tuple[float, int]]] = []
        self.places: list[int] = []
        self.done: list[tuple[float, int, int]] = []
        self._ending: dict[int, list[int]] = {}

    def filled(self, told: Sequence[Told]) -> _Rows:
        for one in sorted(told, key=lambda one: self.course.last(one.span)):
            self._add(one)
        return self

    def told_before(self, place: int) -> tuple[float, int, int]:
        """What the stories before this place are worth, and the span and length of the last one; zero without any."""
        count = bisect_left(self.places, place)
        return self.done[count - 1] if count else (0.0, -1, 0)

    def chain(self, index: int, length: int) -> Chain:
        """The best chain of this length that ends with this span, followed back to its beginning."""
        value = self.rows[index][length - 1][0] + self.ordered[index].ends
        members = []
        while index >= 0:
            members.append(self.ordered[index])
            index, length = self.rows[index][length - 1][1], length - 1
        return Chain(tuple(reversed(members)), value - self.told_before(self.course.first(members[-1].span))[0])

    def _add(self, one: Told) -> None:
        first, last = self.course.first(one.span), self.course.last(one.span)
        gain = one.worth - _A_POST
        row = [(self.told_before(first)[0] + one.begins + gain, -1)] + [_NEVER] * (self.longest - 1)
        for before, seam in self._before(one):
            for length, (value, _) in enumerate(self.rows[before], start=1):
                # A chain of so many is none, and so is a longer one.
                if value == _NEVER[0] or length == self.longest:
                    break
                worth = value + seam + gain
                if worth > row[length][0]:
                    row[length] = (worth, before)
        self.rows.append(row)
        self.ordered.append(one)
        self._ending.setdefault(last, []).append(len(self.rows) - 1)
        self._tell(last, one.ends, row)

    def _before(self, one: Told) -> Iterator[tuple[int, float]]:
        """The spans that end shortly before this one begins, with what speaks for going on from there."""
        course, first = self.course, self.course.first(one.span)
        words = course.words
        for last in range(first - 1, -1, -1):
            if words[first] - words[last + 1] > _MOST_SKIPPED:
                return
            if ending := self._ending.get(last):
                seam = course.seam(last, first)
                for index in ending:
                    yield index, seam

    def _tell(self, last: int, ends: float, row: Sequence[tuple[float, int]]) -> None:
        """Notes a story that ends at this place, where it is worth more than what could be told up to it."""
        long = [(value, length) for length, (value, _) in enumerate(row, start=1) if length >= self.fewest]
        value, length = max(long, default=(float("-inf"), 0))
        known = self.done[-1][0] if self.done else 0.0
        if value + ends - _A_STORY > known:
            self.places.append(last)
            self.done.append((value + ends - _A_STORY, len(self.rows) - 1, length))
