"""What one post stands on: the record, the lines that the post cites, the words that need no source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property, lru_cache

from contentkit.checks.facts.reckoned import Reckoned, reckoned_from
from contentkit.checks.links import without_addresses
from contentkit.checks.records.cast import Cast
from contentkit.checks.records.record import Record, Standing, Stretch, standing
from contentkit.checks.records.told import Counterpart, Told, counterparts, telling_words
from contentkit.models import Person, Post
from contentkit.text import one_line, sentences
from contentkit.values import dataclass
from contentkit.words.moments import Moment, moments
from contentkit.words.quantities import Quantity, quantities

# How many characters on each side say what a finding is about; a bound, so that many findings stay cheap.
_AROUND = 200
_MOST_TOLD, _MOST_NUMBERS = 400, 200
# Several rules ask for the sentences of the post that is looked at.
_REMEMBERED = 64


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of a post: its offset there, its text with links, handles and hashtags blanked out."""

    at: int
    text: str
    is_title_case: bool = False

    @cached_property
    def moments(self) -> Sequence[Moment]:
        """What a reader takes for a date."""
        return moments(self.text)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """The record as one post sees it. ``own_words`` are those of the draft's title, tags and people, which need no source;
    ``people`` are those who may be named, by their key in people.yaml, ``founder`` whose thread it is.
    ``cast`` are those whom the record tells of. No more sentences than ``most_told`` are compared. ``language`` is the
    post's: 20.000 dólares are the $20,000 of an English source."""

    record: Record
    cast: Cast
    cited: frozenset[int]
    own_words: frozenset[str] = frozenset()
    people: Mapping[str, Person] = field(default_factory=dict)
    founder: str = ""
    most_told: int = _MOST_TOLD
    language: str = ""

    @property
    def tongue(self) -> str:
        """The language that the post is written in; where it is unknown, the record's."""
        return self.language or self.record.language

    def numbers_in(self, text: str) -> list[Quantity]:
        """The numbers of a text of the post, read in its language.

        Not what only that language takes for one and the cited lines have in the same words: an English "once" is no eleven.
        """
        found = quantities(text, self.tongue)
        if self.tongue == self.record.language:
            return found
        theirs = {(each.start, each.end, each.value) for each in quantities(text, self.record.language)}
        return [
            each
            for each in found
            if (each.start, each.end, each.value) in theirs or not self._has_words(text[each.start : each.end])
        ]

    def _has_words(self, words: str) -> bool:
        told = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
        return any(told.search(each.text) for each in self.told)

    def standing_of(self, places: set[int] | None) -> Standing:
        return standing(places, self.cited)

    @cached_property
    def near(self) -> frozenset[int]:
        """The cited stretches and their neighbours: a month often stands in the sentence before."""
        last = len(self.record.stretches) - 1
        in_lines = [number for number in self.cited if self.record.stretches[number].first]
        beside = {min(max(number + step, 0), last) for number in in_lines for step in (-1, 1)}
        return self.cited | beside

    @cached_property
    def told(self) -> Sequence[Told]:
        """The sentences of the cited lines, no more than the first 400."""
        found: list[Told] = []
        for number in sorted(self.cited):
            if len(found) >= self.most_told:
                break
            if self.record.stretches[number].first:
                found += self.record.told(number)
        return found[: self.most_told]

    @cached_property
    def quantities(self) -> Sequence[Quantity]:
        """The numbers of the cited lines and what two of them say together, no more than the first 200."""
        told = self.told[:_MOST_NUMBERS]
        return [quantity for one in told for quantity in one.figures][:_MOST_NUMBERS]

    @cached_property
    def reckoned(self) -> Reckoned:
        """What a writer can work out from the numbers and dates of the cited lines."""
        return reckoned_from(self.told, self.record.day)

    def counterparts(self, statement: str) -> list[Counterpart]:
        """The sentences of the cited lines that a statement may come from, the likeliest first."""
        return counterparts(telling_words(statement), self.told, self.record.rarity)

    def place_of(self, places: set[int]) -> str:
        """The first of these places, for a message."""
        return self._named(self.record.stretches[min(places)])

    def nearest(self, text: str, at: int) -> str:
        """Where the source comes nearest to what stands around an offset of a text, for the end of a message."""
        stretch = self.record.nearest(text[max(0, at - _AROUND) : at + _AROUND], self.cited)
        return f"; nearest: {stretch.place} “{one_line(stretch.text, 70)}”" if stretch else ""

    @staticmethod
    def _named(stretch: Stretch) -> str:
        return stretch.place if stretch.first else f"the title of {stretch.source}"


def sentences_of(post: Post) -> Sequence[Sentence]:
    """The sentences of a post, line by line."""
    return _sentences_in(post.text)


@lru_cache(maxsize=_REMEMBERED)
def _sentences_in(text: str) -> tuple[Sentence, ...]:
    return tuple(_sentences(without_addresses(text)))


def _sentences(text: str) -> Iterator[Sentence]:
    offset = 0
    for line in text.split("\n"):
        title_case = _is_title_case(line)
        for start, end in sentences(line):
            yield Sentence(at=offset + start, text=line[start:end], is_title_case=title_case)
        offset += len(line) + 1


def _is_title_case(line: str) -> bool:
    """Whether Most Words of a Line Are Capitalised, so that a capital says nothing about a name."""
    words = [word for word in line.split() if word[0].isalpha() and len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)
