"""Chains of spans: the posts of a story in the order in which it was told, with as little left out between them as possible."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from contentkit.drafting.reading.sections import Section
from contentkit.drafting.spans.candidates import Span
from contentkit.models import Source
from contentkit.values import dataclass

# What speaks for a post that goes on where the last ended.
_GOES_ON = 0.22
# So many words around a story may hold its hook.
_AROUND = 300
# What it costs that somebody spoke in between, and by words: whoever asks at length asks for something else.
_ANOTHER_ANSWER = 0.05
_PER_ASKED_WORD = 0.02
# What it costs to make two posts of a paragraph that one would hold.
_TORN_APART = 0.40


@dataclass(frozen=True)
class Pace:
    """How far a story may go: what each word costs that is skipped between two posts, what another subject costs at most,
    what a further story costs, and what a further post."""

    skipped: float
    subject: float
    story: float
    post: float


# One story goes through all of an interview, and takes what is weaker where it would be short; one of several stays with
# what it is about.
ALONE = Pace(0.001, 0.10, 4.0, post=0.33)
NEEDY = Pace(0.0005, 0.05, 8.0, post=0.0)
ONE_OF_SEVERAL = Pace(0.003, 1.20, 1.3, post=0.33)


@dataclass(frozen=True)
class Told:
    """A span with what it is worth as a post, what is added to that where it begins or ends a story, and what it costs
    to leave out what was said right before it."""

    span: Span
    worth: float
    begins: float
    ends: float
    leans: float = 0.0


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
    room: int
    pace: Pace

    @classmethod
    def of(
        cls,
        answers: Sequence[Section],
        source: Source,
        speaker: str,
        bonds: Mapping[int, float],
        *,
        room: int,
        pace: Pace,
    ) -> Course:
        places: dict[int, int] = {}
        words, crossings, bound = [0], list[float](), list[float]()
        crossed, last = 0.0, -1
        for answer in answers:
            first = answer.sentences[0].paragraph
            crossed += min(pace.subject, _crossing(source, speaker, last, first)) if last >= 0 else 0.0
            for sentence in answer.sentences:
                places[sentence.number] = len(crossings)
                words.append(words[-1] + len(sentence.text.split()))
                crossings.append(crossed)
                bound.append(bonds.get(sentence.number, 0.0))
            last = answer.sentences[-1].paragraph
        return cls(places, words, crossings, bound, room, pace)

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

    def left(self, last: int) -> float:
        """What is to be added to a story that ends at this place and does not go on right behind it."""
        return self.pace.skipped * self.words[last + 1] + self.crossings[last] - self.bonds[last]

    def reached(self, first: int) -> float:
        """What is to be taken from that where it goes on at this place."""
        return self.pace.skipped * self.words[first] + self.crossings[first]

    def goes_on(self, last: int) -> float:
        """What speaks for going on right behind this place; below zero where somebody else spoke there."""
        crossed = self.crossings[last + 1] - self.crossings[last]
        return -crossed if crossed else _GOES_ON


def _crossing(source: Source, speaker: str, last: int, first: int) -> float:
    """What it costs to go on behind what others said between two passages; headings are no talk."""
    asked = [one.text for one in source.passages[last + 1 : first] if one.speaker not in ("", speaker)]
    return _ANOTHER_ANSWER + _PER_ASKED_WORD * sum(len(text.split()) for text in asked)


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
        self._until: list[list[tuple[float, int]]] = []

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
        gain = one.worth - self.course.pace.post
        row = [(self.told_before(first)[0] + one.begins + gain, -1)] + [_NEVER] * (self.longest - 1)
        for length, (value, before) in enumerate(self._left_before(first - 1)[:-1], start=1):
            if value > _NEVER[0]:
                row[length] = (value - self.course.reached(first) - one.leans + gain, before)
        for before, seam in self._right_before(one):
            for length, (value, _) in enumerate(self.rows[before][:-1], start=1):
                if value + seam + gain > row[length][0]:
                    row[length] = (value + seam + gain, before)
        self.rows.append(row)
        self.ordered.append(one)
        self._ending.setdefault(last, []).append(len(self.rows) - 1)
        self._tell(last, one.ends, row)

    def _right_before(self, one: Told) -> Iterator[tuple[int, float]]:
        """The spans that end where this one begins, with what speaks for going on from there."""
        last = self.course.first(one.span) - 1
        for index in self._ending.get(last, ()):
            torn = _TORN_APART if self._is_one(self.ordered[index].span, one.span) else 0.0
            yield index, self.course.goes_on(last) - torn

    def _left_before(self, place: int) -> Sequence[tuple[float, int]]:
        """By length, the best story that ends before this place, as far as it does not matter where it goes on.

        Spans come in the order of their ends: none that ends before a place that one of them begins at is still to come.
        """
        none = [_NEVER] * self.longest
        while len(self._until) <= place:
            end = len(self._until) - 1
            best = list(self._until[end]) if end >= 0 else none
            for index in self._ending.get(end, ()):
                left = self.course.left(end)
                best = [
                    max(known, (value + left, index)) for known, (value, _) in zip(best, self.rows[index], strict=True)
                ]
            self._until.append(best)
        return self._until[place] if place >= 0 else none

    def _is_one(self, span: Span, following: Span) -> bool:
        """Whether both are of one paragraph, and one post would hold them."""
        if span.said[-1].paragraph != following.said[0].paragraph:
            return False
        return len(span.text) + 1 + len(following.text) <= self.course.room

    def _tell(self, last: int, ends: float, row: Sequence[tuple[float, int]]) -> None:
        """Notes a story that ends at this place, where it is worth more than what could be told up to it."""
        long = [(value, length) for length, (value, _) in enumerate(row, start=1) if length >= self.fewest]
        value, length = max(long, default=(float("-inf"), 0))
        known = self.done[-1][0] if self.done else 0.0
        if value + ends - self.course.pace.story > known:
            self.places.append(last)
            self.done.append((value + ends - self.course.pace.story, len(self.rows) - 1, length))
