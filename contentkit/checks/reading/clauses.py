"""A sentence as its claims are read: words with their roots, clauses, and the marks of denial, doubt and the like in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from contentkit.checks.reading.lexicon import Lexicon, lexicon
from contentkit.values import dataclass

# A denial or a doubt says something of so many telling words behind it.
_REACH = 5
# So many before it, where nothing stands behind it.
_FEW = 3
# Bounds for hostile text.
_MOST_DENIED, _MOST_PLAIN = 12, 24
# A clause of so few telling words says something of the one beside it: "Callum reckons".
_LITTLE = 1


@dataclass(frozen=True)
class Mark:
    """A phrase that makes a claim what it is: its kind, its first and last word by their numbers, the phrase itself."""

    kind: str
    first: int
    last: int
    words: str
    start: int


@dataclass(frozen=True)
class Denied:
    """A denial: its mark, the telling words that it denies, the first of them (``head``) and those of its clause."""

    mark: Mark
    head: str
    reach: frozenset[str]
    clause: frozenset[str]


@dataclass(frozen=True, eq=False)
class Parsed:
    """A sentence. ``words`` are folded; ``roots`` are empty for what carries no meaning; ``clauses`` and
    ``sentences`` number the words' clauses and sentences.

    ``marks`` are what it says outright, ``hints`` the kinds that it says or that something in it may stand for.
    """

    text: str
    language: str
    words: tuple[str, ...]
    roots: tuple[str, ...]
    starts: tuple[int, ...]
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    labels: frozenset[int]
    asked: frozenset[int]
    answers: frozenset[int]
    marks: tuple[Mark, ...]
    hinted: tuple[tuple[str, int], ...]
    hints: frozenset[str]
    content: frozenset[str]

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon(self.language)

    @property
    def asks(self) -> bool:
        """Whether it ends as a question, which claims nothing."""
        return self.text.rstrip("\"'”’»)").endswith("?")

    @cached_property
    def denied(self) -> tuple[Denied, ...]:
        """What it denies: behind each denial, else the few words before it. Those without either are left out."""
        found = []
        for mark in self.of("denial"):
            denied = self.behind(mark) or self.before(mark)[:_FEW]
            if denied:
                clause = self.roots_in((self.clauses[mark.first],))
                found.append(Denied(mark=mark, head=denied[0], reach=frozenset(denied), clause=clause))
        return tuple(found[:_MOST_DENIED])

    @cached_property
    def plain(self) -> tuple[frozenset[str], ...]:
        """The roots of each clause without a denial."""
        denying = {self.clauses[mark.first] for mark in self.of("denial")}
        return tuple(self.roots_in((clause,)) for clause in sorted(set(self.clauses) - denying)[:_MOST_PLAIN])

    def clauses_of(self, roots: Collection[str], *, little: int = _LITTLE) -> frozenset[int]:
        """The clauses that hold one of these roots, and what answers them where they ask.

        With ``little`` also what stands before a colon, and clauses beside them with no more telling words than that.
        """
        held = self.holding(roots)
        if held & self.asked:
            held |= self.answers
        if not held or not little:
            return held
        held |= {label for label in self.labels if label < max(held)}
        near = {sentence for sentence, clause in zip(self.sentences, self.clauses, strict=True) if clause in held}
        telling = Counter(clause for root, clause in zip(self.roots, self.clauses, strict=True) if root)
        every = sorted(dict(zip(self.clauses, self.sentences, strict=True)).items())
        return held | {
            clause
            for place, (clause, sentence) in enumerate(every)
            if telling[clause] <= (little if sentence in near else _LITTLE)
            and held & {other for other, _ in every[max(0, place - 1) : place + 2]}
        }

    def holding(self, roots: Collection[str]) -> frozenset[int]:
        """The clauses that hold one of these roots."""
        return frozenset(clause for root, clause in zip(self.roots, self.clauses, strict=True) if root in roots)

    def roots_in(self, clauses: Collection[int]) -> frozenset[str]:
        return frozenset(
            root for root, clause in zip(self.roots, self.clauses, strict=True) if root and clause in clauses
        )

    def hints_in(self, clauses: Collection[int], apart: Collection[str] = ()) -> frozenset[str]:
        """What is said or may be meant in these clauses, by other words than those with the roots ``apart``."""
        return frozenset(
            kind for kind, number in self.hinted if self.clauses[number] in clauses and self.roots[number] not in apart
        )

    def of(self, kind: str) -> Iterator[Mark]:
        """Its marks of a kind, in order."""
        return iter(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[Mark]]:
        return {kind: [mark for mark in self.marks if mark.kind == kind] for kind in {mark.kind for mark in self.marks}}

    def behind(self, mark: Mark) -> list[str]:
        """The roots of the telling words that a mark says something of: behind it in its clause, the next few, as far as
        to the next of its kind."""
        clause, units = self.clauses[mark.last], self.lexicon.units
        next_one = min((each.first for each in self.of(mark.kind) if each.first > mark.last), default=len(self.words))
        found: list[str] = []
        for number in range(mark.last + 1, next_one):
            if self.clauses[number] != clause or len(found) == _REACH:
                break
            if self.roots[number] and self.roots[number] not in units:
                found.append(self.roots[number])
        return found

    def before(self, mark: Mark) -> list[str]:
        """The roots of the telling words in front of a mark in its clause, the nearest first."""
        clause, units = self.clauses[mark.first], self.lexicon.units
        found: list[str] = []
        for number in range(mark.first - 1, -1, -1):
            if self.clauses[number] != clause or len(found) == _REACH:
                break
            if self.roots[number] and self.roots[number] not in units:
                found.append(self.roots[number])
        return found

    def beside(self, mark: Mark) -> list[str]:
        """The roots of the telling words in front of a mark in its clause, and in the clauses before and behind that."""
        within = range(len(self.words))
        every = sorted({self.clauses[each] for each in within if self.sentences[each] == self.sentences[mark.first]})
        place = every.index(self.clauses[mark.last])
        near = {*every[max(0, place - 1) : place], *every[place + 1 : place + 2]}
        return [
            self.roots[number]
            for number in within
            if self.roots[number]
            and (self.clauses[number] in near or (self.clauses[number] == every[place] and number < mark.first))
        ]

    def clause(self, mark: Mark) -> list[str]:
        """The roots of the telling words of its clause, but for its own."""
        own = self.clauses[mark.first]
        return [
            root
            for number, (root, clause) in enumerate(zip(self.roots, self.clauses, strict=True))
            if root and clause == own and not mark.first <= number <= mark.last
        ]
