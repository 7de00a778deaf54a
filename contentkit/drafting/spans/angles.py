"""What a person wants a thread to be about, in a few words, and how near to it something is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from contentkit.drafting.reading.sections import Section, Sentence
from contentkit.drafting.reading.terms import Terms, stems
from contentkit.values import dataclass

# "Moving" and "moved" begin alike with so many letters; shorter words must be the same.
_ALIKE = 4
# What a section that speaks of it lends to its sentences.
_AROUND = 0.4


@dataclass(frozen=True)
class Angle:
    """The words of an angle that the source knows, each with its weight; none for an angle that it does not speak of."""

    terms: Terms
    weights: Mapping[str, float]
    sections: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, words: str, terms: Terms, sections: Iterable[Section]) -> Angle:
        """The angle of a brief, measured on the sections of the source. ``words`` may be empty."""
        rarities: dict[str, float] = {}
        for term in stems(words, terms.rules):
            known = [rarity for other, rarity in terms.rarity.items() if _key(other) == _key(term)]
            if known:
                rarities[_key(term)] = max(known)
        total = sum(rarities.values())
        angle = cls(terms, {key: rarity / total for key, rarity in rarities.items()})
        return cls(terms, angle.weights, {one.number: angle._within(_all_of(one)) for one in sections})

    def nearness(self, sentences: Iterable[Sentence], section: int) -> float:
        """How much of the angle these sentences speak of, 0 to 1, and a little for the section they stand in."""
        if not self.weights:
            return 0.0
        return self._within(sentences) + _AROUND * self.sections.get(section, 0.0)

    def _within(self, sentences: Iterable[Sentence]) -> float:
        if not self.weights:
            return 0.0
        said = {_key(term) for sentence in sentences for term in stems(sentence.text, self.terms.rules)}
        return sum(weight for key, weight in self.weights.items() if key in said)


def _all_of(section: Section) -> list[Sentence]:
    return [*section.sentences, *([section.heading] if section.heading else [])]


def _key(term: str) -> str:
    return term[:_ALIKE] if len(term) > _ALIKE else term
