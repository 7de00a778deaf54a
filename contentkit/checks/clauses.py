"""A sentence as its claims are read: words with their roots, clauses, and the marks of denial, doubt and the like in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from contentkit.checks.lexicon import IDIOM, Lexicon, Node, lexicon, number_root, plain_word

_TOKEN = re.compile(r"[→%$€£]|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[,;:!?()\[\]—–…]|(?<=\s)-(?=\s)|\.(?=\s|$)")
# How far a mark sets the clauses on its sides apart.
_BREAKS = {
    ",": 1,
    ":": 1,
    "-": 1,
    "–": 1,
    "—": 1,
    "(": 1,
    ")": 1,
    "[": 1,
    "]": 1,
    ";": 2,
    ".": 3,
    "!": 3,
    "?": 3,
    "…": 3,
}
_FULL_STOP = 3
_LONGEST_PHRASE = 6
_LONGEST_SENTENCE = 2_000
# A denial or a doubt says something of so many telling words behind it.
_REACH = 5
# A clause of so few telling words says something of the one beside it: "Callum reckons".
_LITTLE = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A phrase that makes a claim what it is: its kind, its first and last word by their numbers, the phrase itself."""

    kind: str
    first: int
    last: int
    words: str
    start: int


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """A sentence. ``words`` are folded; ``roots`` are empty for what carries no meaning; ``clauses`` number the words' clauses.

    ``marks`` are what it says outright, ``hints`` the kinds that it says or that something in it may stand for.
    """

    text: str
    language: str
    words: tuple[str, ...]
    roots: tuple[str, ...]
    starts: tuple[int, ...]
    clauses: tuple[int, ...]
    labels: frozenset[int]
    answers: frozenset[int]
    marks: tuple[Mark, ...]
    hinted: tuple[tuple[str, int], ...]
    hints: frozenset[str]
    content: frozenset[str]

    @property
    def lexicon(self) -> Lexicon:
        return lexicon(self.language)

    @property
    def asks(self) -> bool:
        """Whether it ends as a question, which claims nothing."""
        return self.text.rstrip("\"'”’»)").endswith("?")

    def clauses_of(self, roots: Collection[str], *, little: int = _LITTLE) -> frozenset[int]:
        """The clauses that hold one of these roots, and what answers them where they ask.

        With ``little`` also what stands before a colon, and clauses beside them with no more telling words than that.
        """
        held = {clause for root, clause in zip(self.roots, self.clauses, strict=True) if root in roots}
        if held:
            held |= {answer for answer in self.answers if min(held) < answer}
        if not held or not little:
            return frozenset(held)
        held |= {label for label in self.labels if label < max(held)}
        telling = Counter(clause for root, clause in zip(self.roots, self.clauses, strict=True) if root)
        every = sorted(set(self.clauses))
        beside = {
            clause
            for place, clause in enumerate(every)
            if telling[clause] <= little and held & set(every[max(0, place - 1) : place + 2])
        }
        return frozenset(held | beside)

    def roots_in(self, clauses: Collection[int]) -> frozenset[str]:
        return frozenset(
            root for root, clause in zip(self.roots, self.clauses, strict=True) if root and clause in clauses
        )

    def hints_in(self, clauses: Collection[int]) -> frozenset[str]:
        """What is said or may be meant in these clauses."""
        return frozenset(kind for kind, number in self.hinted if self.clauses[number] in clauses)

    def of(self, kind: str) -> Iterator[Mark]:
        return (mark for mark in self.marks if mark.kind == kind)

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

    def clause(self, mark: Mark) -> list[str]:
        """The roots of the telling words of its clause, but for its own."""
        own = self.clauses[mark.first]
        return [
            root
            for number, (root, clause) in enumerate(zip(self.roots, self.clauses, strict=True))
            if root and clause == own and not mark.first <= number <= mark.last
        ]

    def clauses_of(self, roots: Collection[str], *, little: int = _LITTLE) -> frozenset[int]:
        """The clauses that hold one of these roots, and what answers them where they ask.

        With ``little`` also what stands before a colon, and clauses beside them with no more telling words than that.
        """
        held = {clause for root, clause in zip(self.roots, self.clauses, strict=True) if root in roots}
        if held:
            held |= {answer for answer in self.answers if min(held) < answer}
        if not held or not little:
            return frozenset(held)
        held |= {label for label in self.labels if label < max(held)}
        telling = Counter(clause for root, clause in zip(self.roots, self.clauses, strict=True) if root)
        every = sorted(set(self.clauses))
        beside = {
            clause
            for place, clause in enumerate(every)
            if telling[clause] <= little and held & set(every[max(0, place - 1) : place + 2])
        }
        return frozenset(held | beside)

    def roots_in(self, clauses: Collection[int]) -> frozenset[str]:
        return frozenset(
            root for root, clause in zip(self.roots, self.clauses, strict=True) if root and clause in clauses
        )

    def hints_in(self, clauses: Collection[int]) -> frozenset[str]:
        """What is said or may be meant in these clauses."""
        return frozenset(kind for kind, number in self.hinted if self.clauses[number] in clauses)

    def of(self, kind: str) -> Iterator[Mark]:
        return (mark for mark in self.marks if mark.kind == kind)

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

    def clause(self, mark: Mark) -> list[str]:
        """The roots of the telling words of its clause."""
        return [
            root
            for root, number in zip(self.roots, self.clauses, strict=True)
            if root and number == self.clauses[mark.first]
        ]


@lru_cache(maxsize=4096)
def parsed(text: str, language: str) -> Parsed:
    """The sentence as its claims are read; no more of it than its first 2,000 characters."""
    words = lexicon(language)
    texts: list[str] = []
    steps: list[tuple[str, ...]] = []
    roots: list[str] = []
    starts: list[int] = []
    clauses: list[int] = []
    clause, labels, answers, is_answer = 0, [], [], False
    for match in _TOKEN.finditer(text[:_LONGEST_SENTENCE]):
        piece = match[0]
        if piece in _BREAKS:
            if piece == ":":
                labels.append(clause)
            clause += _BREAKS[piece]
            is_answer = piece == "?" or (is_answer and _BREAKS[piece] < _FULL_STOP)
            continue
        word, root, is_boundary, step = _word(piece, language)
        clause += is_boundary
        texts.append(word)
        steps.append(step)
        roots.append(root)
        starts.append(match.start())
        clauses.append(clause)
        if is_answer:
            answers.append(clause)
    _join_numbers(text, texts, roots, starts, words)
    marks, hinted = _marked(texts, steps, starts, words)
    return Parsed(
        text=text,
        language=language,
        words=tuple(texts),
        roots=tuple(roots),
        starts=tuple(starts),
        clauses=tuple(clauses),
        labels=frozenset(labels),
        answers=frozenset(answers),
        marks=marks,
        hinted=hinted,
        hints=frozenset(kind for kind, _ in hinted),
        content=frozenset(roots) - {""},
    )


def _join_numbers(text: str, texts: Sequence[str], roots: list[str], starts: Sequence[int], words: Lexicon) -> None:
    """Gives the first word of "twenty five", "setenta y cuatro" and "160k" the whole number, the others none."""
    for number, word in enumerate(texts):
        behind = number + 2 if texts[number + 1 : number + 2] == [words.joins_tens] else number + 1
        if behind >= len(texts):
            continue
        if word in words.tens and texts[behind] in words.units_of_tens:
            roots[number] = f"#{words.tens[word] + words.units_of_tens[texts[behind]]}"
            roots[behind] = ""
        elif texts[behind] == "k" and text[starts[behind] - 1].isdigit() and roots[number].startswith("#"):
            roots[number], roots[behind] = _thousands(roots[number]), ""


def _thousands(root: str) -> str:
    whole, _, part = root[1:].partition(".")
    return (
        f"#{int(whole) * 1000 + int((part + '000')[:3])}" if whole.isdigit() and not part.strip("0123456789") else root
    )


@lru_cache(maxsize=16_384)
def _word(token: str, language: str) -> tuple[str, str, bool, tuple[str, ...]]:
    """A word folded, its root, whether a clause begins with it, and the steps of a phrase that it may be."""
    words = lexicon(language)
    if token[0].isdigit():
        return token, number_root(token), False, (token, "_", "#")
    word = plain_word(token)
    stem = words.stem(word)
    steps = (word, f"~{stem}", "_", "#") if stem.startswith("#") else (word, f"~{stem}", "_")
    is_function = word in words.function or len(word) < 2
    return word, "" if is_function else words.root(word), word in words.boundaries, steps


def _marked(
    texts: Sequence[str], steps: Sequence[tuple[str, ...]], starts: Sequence[int], words: Lexicon
) -> tuple[tuple[Mark, ...], tuple[tuple[str, int], ...]]:
    marks: list[Mark] = []
    hinted: list[tuple[str, int]] = []
    taken = 0
    for number, text in enumerate(texts):
        says: frozenset[str] = frozenset()
        last = number
        for end, node in _phrases_at(steps, number, words.phrases):
            hinted += [(kind, number) for kind in node.stands_for]
            if node.says and end >= last:
                says, last = node.says, end
        if text.endswith("n't") and IDIOM not in says:
            says |= {"denial"}
            hinted += [(kind, number) for kind in words.phrases.following[words.denial].stands_for]
        if says and number >= taken:
            taken = last + 1
            phrase = " ".join(texts[number:taken])
            marks += [Mark(kind, number, last, phrase, starts[number]) for kind in sorted(says - {IDIOM})]
    return tuple(marks), tuple(hinted)


def _phrases_at(
    steps: Sequence[tuple[str, ...]], number: int, node: Node, depth: int = 0
) -> Iterator[tuple[int, Node]]:
    """Every phrase that begins here: the number of its last word, and where it ends in the tree."""
    for step in steps[number] if number < len(steps) else ():
        found = node.following.get(step)
        if found is not None:
            if found.stands_for:
                yield number, found
            if found.following and depth < _LONGEST_PHRASE:
                yield from _phrases_at(steps, number + 1, found, depth + 1)
