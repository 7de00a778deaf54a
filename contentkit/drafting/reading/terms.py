"""What a text is about: TF-IDF vectors over the sentences of one source, and how alike two of them are."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex
from contentkit.values import dataclass

_TERM = regex(r"[^\W\d_][\w'-]+|\d[\d.,]*\d|\d")
# The same texts are looked at again and again: sentences on their own, as hooks, beside each other.
_REMEMBERED = 8192
_ROOT_LETTERS = 5


@dataclass(frozen=True)
class Vector:
    """Terms with their weights, and the vector's length so that it is computed once."""

    weights: Mapping[str, float]
    length: float

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> Vector:
        return cls(weights, math.sqrt(sum(weight * weight for weight in weights.values())))

    def __contains__(self, term: str) -> bool:
        return term in self.weights


@lru_cache(maxsize=_REMEMBERED)
def stems(text: str, rules: Rules) -> tuple[str, ...]:
    """The content words of a text, lower-case, without possessives and plural endings."""
    words = _TERM.findall(straight(text).lower())
    return tuple(_stem(word) for word in words if word not in rules.stop_words)


@lru_cache(maxsize=_REMEMBERED)
def roots(text: str, rules: Rules) -> frozenset[str]:
    """How the content words of a text begin: "deployed" and "deploying" alike."""
    return frozenset(stem[:_ROOT_LETTERS] for stem in stems(text, rules))


def roots_of(sentences: Iterable[Sentence], rules: Rules) -> frozenset[str]:
    """The roots of these sentences together."""
    return frozenset().union(*(roots(one.text, rules) for one in sentences))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors are, 0 to 1."""
    if len(other.weights) < len(one.weights):
        one, other = other, one
    theirs = other.weights
    # Most sentences have no word in common.
    if one.weights.keys().isdisjoint(theirs):
        return 0.0
    product = 0.0
    for term, weight in one.weights.items():
        if term in theirs:
            product += weight * theirs[term]
    return product / (one.length * other.length) if product else 0.0


@dataclass(frozen=True)
class Terms:
    """The vectors of one source's sentences, made once: by sentence number, and their sum as the source's centre."""

    rules: Rules
    rarity: Mapping[str, float] = field(repr=False)
    weights: Mapping[int, Mapping[str, float]] = field(repr=False)
    centre: Vector = field(repr=False)
    # By the numbers of the sentences: windows, hooks and threads ask for the same ones.
    _of_spans: dict[tuple[int, ...], Vector] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, sentences: Sequence[Sentence], rules: Rules) -> Terms:
        counted = {sentence.number: Counter(stems(sentence.text, rules)) for sentence in sentences}
        spread = Counter(term for counts in counted.values() for term in counts)
        rarity = {term: math.log((1 + len(counted)) / (1 + number)) + 1 for term, number in spread.items()}
        weights = {
            number: {term: count * rarity[term] for term, count in counts.items()} for number, counts in counted.items()
        }
        # A term that occurs in one sentence only says nothing of what the whole is about.
        centre = {term: weight for term, weight in _sum(weights.values()).items() if spread[term] > 1}
        return cls(rules, rarity, weights, Vector.of(centre))

    def of_span(self, sentences: Iterable[Sentence]) -> Vector:
        """The vector of several sentences together."""
        numbers = tuple(sentence.number for sentence in sentences if sentence.number in self.weights)
        known = self._of_spans.get(numbers)
        if known is None:
            known = self._of_spans[numbers] = Vector.of(_sum(self.weights[number] for number in numbers))
        return known

    def of_text(self, text: str) -> Vector:
        """The vector of words that are not a sentence of the source, such as its title."""
        return Vector.of(
            {term: count * self.rarity.get(term, 1.0) for term, count in Counter(stems(text, self.rules)).items()}
        )


def _sum(vectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return total
