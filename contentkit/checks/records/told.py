"""The sentences of a source as facts are compared with them: their words, numbers, dates and names, and who says them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

from contentkit.checks.links import without_addresses
from contentkit.checks.reading.words import content_words
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.bounds import Bound, bound_of
from contentkit.words.moments import Moment, every_moment, moments, without_moments
from contentkit.words.number_pairs import number_pairs
from contentkit.words.number_words import NUMBER_WORDS
from contentkit.words.quantities import Quantity, quantities
from contentkit.words.versions import Version, versions, without_versions

# Where one statement of a sentence ends and the next begins.
_JOINT = regex(
    r"(?<!\d),\s|,(?=\s)|[;:)—–]|\((?!\d)|\s-\s|(?<!\w)(?:and|but|while|whereas|y|e|pero|mientras|aunque|though|although)(?!\w)",
    re.I,
)
_FEWEST_WORDS = 2
# No statement goes further than so many characters.
_FURTHEST = 300
# What a statement must share with the part of a sentence that is another's, of all that it shares with the sentence.
_LEAST_OF_ANOTHER = 0.5
# So many numbers and dates of a sentence are looked at one by one, so that a hostile one stays cheap.
_MOST_FACTS = 60


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence of a source: the number of its stretch in the record, who says it (empty where nobody is named)."""

    stretch: int
    text: str
    language: str
    speaker: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        return telling_words(self.text)

    @cached_property
    def plain(self) -> str:
        """The sentence without links and handles."""
        return without_addresses(self.text)

    @cached_property
    def moments(self) -> list[Moment]:
        """What may be a date."""
        return every_moment(self.plain)[:_MOST_FACTS]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Its numbers without those of its dates and versions."""
        text = without_moments(self.plain, moments(self.plain))
        certain = [version for version in self.versions if version.is_certain]
        return quantities(without_versions(text, certain), self.language)[:_MOST_FACTS]

    @cached_property
    def versions(self) -> list[Version]:
        """What may be a version."""
        return versions(self.plain, self.language)[:_MOST_FACTS]

    @cached_property
    def bounds(self) -> Mapping[int, Bound]:
        """How far each of its numbers holds, by where that begins."""
        return {each.start: bound_of(self.plain, each) for each in self.quantities}

    @cached_property
    def pairs(self) -> list[Quantity]:
        """What two of its numbers say together: "26 of the 30"."""
        return list(number_pairs(self.plain, self.quantities))

    @cached_property
    def figures(self) -> list[Quantity]:
        """Its numbers, and what two of them say together."""
        return [*self.quantities, *self.pairs]


@dataclass(frozen=True, kw_only=True)
class Counterpart:
    """A sentence of a source beside a statement of a post; ``covered`` is the share of the statement's words that it has."""

    told: Told
    covered: float
    shared: frozenset[str]


@lru_cache(maxsize=16_384)
def telling_words(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning, without numbers."""
    return frozenset(word for word in content_words(text) if word.isalpha() and word not in NUMBER_WORDS)


def statement_around(text: str, start: int, end: int) -> str:
    """What a sentence states around these offsets: from joint to joint, the whole sentence where that says too little."""
    first, last = max(0, start - _FURTHEST), min(len(text), end + _FURTHEST)
    text, start, end = text[first:last], start - first, end - first
    first, last = 0, len(text)
    for begins, ends in _joints(text):
        if ends <= start:
            first = ends
        elif begins >= end:
            last = begins
            break
    part = text[first:last]
    return part if len(telling_words(part)) >= _FEWEST_WORDS else text


# Each number and each date of a sentence is asked what it states around it.
@lru_cache(maxsize=256)
def _joints(text: str) -> Sequence[tuple[int, int]]:
    return tuple(joint.span() for joint in _JOINT.finditer(text))


def is_of_another(words: frozenset[str], told: Told, own: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a statement speaks of what the sentence says around the other offsets, and of nothing around its own."""
    own_part, other_part = (telling_words(part_around(told.plain, *span)) for span in (own, other))
    here, there = own_part & words, other_part & words
    return (
        bool(own_part)
        and len(there - here) >= 1
        and not here - there
        and len(there) >= _LEAST_OF_ANOTHER * len(words & told.words)
    )


def part_around(text: str, start: int, end: int) -> str:
    """What stands around these offsets up to the next joint, commas before a capital or digit included."""
    first = max(0, start - _FURTHEST)
    # To the end of what is looked at, not to the number: whether a bracket is a joint depends on what stands in it.
    for joint in _JOINT.finditer(text, first, end):
        if joint.end() <= start:
            first = joint.end()
    behind = _JOINT.search(text, end, end + _FURTHEST)
    return text[first : behind.start() if behind else end + _FURTHEST]


def counterparts(words: frozenset[str], told: Iterable[Told], rarity: Mapping[str, float]) -> list[Counterpart]:
    """The sentences that share words with a statement, those that say most of it first; rare words count more."""
    total = sum(rarity.get(word, 1.0) for word in words)
    found = []
    for each in told:
        shared = words & each.words
        if shared:
            covered = sum(rarity.get(word, 1.0) for word in shared) / total
            found.append(Counterpart(told=each, covered=covered, shared=shared))
    return sorted(found, key=lambda one: -one.covered)
