"""What the sources say, indexed so that a claim of a draft finds where it stands. Built once per draft, linear in the sources."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Literal

from contentkit.checks.links import handles_in, handles_of_links, hashtags_in, without_addresses, without_people
from contentkit.checks.reading.clauses import Parsed
from contentkit.checks.reading.lexicon import LANGUAGES
from contentkit.checks.reading.parsing import parsed
from contentkit.checks.reading.words import COMPOUND, content_words, folded, joined, language_of, stem, words_of
from contentkit.checks.records.told import Told
from contentkit.checks.who.quotations import spoken
from contentkit.models import Evidence, Passage, Post, Source
from contentkit.patterns import regex
from contentkit.text import sentences
from contentkit.values import dataclass
from contentkit.words.moments import Key, every_moment, implied, meant, moments, without_moments
from contentkit.words.number_pairs import number_pairs
from contentkit.words.number_words import PERIOD_WORDS
from contentkit.words.quantities import Quantity, Reading, quantities, with_neighbours_units
from contentkit.words.versions import prefixes, versions

# An address tells the year of what it leads to.
_YEAR_OF_LINK = regex(r"/((?:19|20)\d\d)(?=/)")
Standing = Literal["cited", "elsewhere", "nowhere"]
# A sentence looks for its nearest passage by its rarest words only, so that a hostile draft stays cheap.
_RAREST_WORDS = 8
_LONGEST_POSTING = 400
# A document says near its beginning of which day it is.
_FIRST_STRETCHES, _FIRST_CHARACTERS = 6, 400


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Some lines of a source, as plain text and as they stand. ``first`` is 0 for what stands in no line: title, author.

    The text of a turn begins with its ``speaker`` and a colon.
    """

    source: str
    first: int
    last: int
    text: str
    raw: str = ""
    speaker: str = ""

    @property
    def place(self) -> str:
        return f"{self.source}#L{self.first}"

    @cached_property
    def spoken(self) -> str:
        """Its text as quotations are compared."""
        return spoken(self.text)

    @property
    def readings(self) -> tuple[str, ...]:
        """The plain text, and the lines where they say it differently."""
        return (self.text, self.raw) if self.raw and self.raw != self.text else (self.text,)


@dataclass(frozen=True, kw_only=True, eq=False)
class SaidSentence:
    """A sentence of a source as claims are compared with it: the number of its stretch in the record, and how telling its roots
    are."""

    stretch: int
    parsed: Parsed
    weights: Mapping[str, float]

    @property
    def text(self) -> str:
        return self.parsed.text

    @property
    def words(self) -> frozenset[str]:
        """The roots of its content words."""
        return self.parsed.content


class Record:
    """The stretches of all sources of a draft, and where each word, number, date and quotation stands in them."""

    def __init__(self, stretches: Sequence[Stretch], language: str) -> None:
        self.stretches = tuple(stretches)
        self.language = language
        self._without_lines = frozenset(number for number, stretch in enumerate(self.stretches) if not stretch.first)
        self._told: dict[int, tuple[Told, ...]] = {}
        self._said: dict[int, tuple[SaidSentence, ...]] = {}
        self._readings: dict[int, frozenset[Reading]] = {}

    @cached_property
    def words(self) -> dict[str, set[int]]:
        """Stem or joined compound to the stretches that hold it."""
        index: dict[str, set[int]] = defaultdict(set)
        for number, stretch in enumerate(self.stretches):
            said = dict.fromkeys(word for reading in stretch.readings for word in _vocabulary(without_people(reading)))
            for word in said:
                index[word].add(number)
        return dict(index)

    @cached_property
    def readings(self) -> dict[Reading, set[int]]:
        """A quantity's reading to the stretches that hold it; the unit ``value`` stands for any unit at all."""
        index: dict[Reading, set[int]] = {}
        for number in range(len(self.stretches)):
            for each in self._readings_in(number):
                index.setdefault(each, set()).add(number)
        for reading, places in self._readings_of_words():
            index.setdefault(reading, set()).update(places)
        return index

    def stands(self, readings: Collection[Reading], within: frozenset[int]) -> bool:
        """Whether one of these readings of a quantity stands in these stretches; mostly they alone have to be read for it."""
        if any(not self._readings_in(number).isdisjoint(readings) for number in within):
            return True
        return any(not within.isdisjoint(self.readings.get(each, ())) for each in readings)

    def _readings_in(self, number: int) -> frozenset[Reading]:
        """The readings of the quantities of a stretch."""
        if number not in self._readings:
            said = (each for reading in self.stretches[number].readings for each in self._quantities(reading))
            every = (each for one in said for each in (*one.readings, (one.value, "value")))
            self._readings[number] = frozenset(every)
        return self._readings[number]

    def _readings_of_words(self) -> Iterator[tuple[Reading, set[int]]]:
        """What is said without a number: a quarter, 5 pm for 17:00, the nineties for 1998."""
        for word, reading in PERIOD_WORDS.items():
            if word in self.words:
                yield reading, self.words[word]
        for (kind, value), places in self.moments.items():
            if kind == "year":
                decade = int(value) // 10 * 10
                yield from (((float(each), "decade"), places) for each in (decade, decade % 100))
            hour, _, minutes = value.partition(":")
            if kind == "clock" and minutes == "00":
                yield from (((float(each), "clock"), places) for each in {int(hour), (int(hour) - 1) % 12 + 1})

    def _quantities(self, said: str) -> Iterator[Quantity]:
        """The quantities of a stretch, and the digits of its dates as bare numbers: on the 14th are no fourteen libraries."""
        plain = without_addresses(said)
        apart = without_moments(plain, moments(plain))
        found = quantities(apart, self.language)
        yield from with_neighbours_units(found)
        yield from number_pairs(apart, found)
        if apart != plain:
            dated = (each for each in quantities(plain, self.language) if not apart[each.start : each.end].strip())
            yield from (replace(each, readings=frozenset({(each.value, "dated")})) for each in dated)

    @cached_property
    def versions(self) -> dict[str, set[int]]:
        """A version, also as a part of a longer one (2.3 of 2.3.1), to the stretches that hold it."""
        index: dict[str, set[int]] = {}
        for number, stretch in enumerate(self.stretches):
            for each in (version for said in stretch.readings for version in versions(said, self.language)):
                for prefix in prefixes(each.number):
                    index.setdefault(prefix, set()).add(number)
        return index

    @cached_property
    def moments(self) -> dict[Key, set[int]]:
        """Month, weekday, year … to the stretches that hold it."""
        index: dict[Key, set[int]] = {}
        for number, stretch in enumerate(self.stretches):
            for reading in stretch.readings:
                for year in _YEAR_OF_LINK.findall(reading) if "://" in reading else ():
                    index.setdefault(("year", year), set()).add(number)
                found = every_moment(without_addresses(reading))
                has_season = any(key[0] == "season" for moment in found for key in moment.keys)
                said = [each for moment in found for each in (*moment.keys, *implied(moment.keys))]
                said += [each for key in said if key[0] == "relative" and self.day for each in meant(key, self.day)]
                for key in said:
                    # A season that is named goes before the two that a month may be in.
                    if key[0] != "season" or not has_season or any(key in moment.keys for moment in found):
                        index.setdefault(key, set()).add(number)
        return index

    @cached_property
    def day(self) -> date | None:
        """The day from which a relative date of the sources counts: when they were written, or the first full date in them."""
        for stretch in sorted(self.stretches, key=lambda each: each.first)[:_FIRST_STRETCHES]:
            for moment in every_moment(stretch.text[:_FIRST_CHARACTERS]):
                said = dict(moment.keys)
                if {"year", "month"} <= said.keys():
                    try:
                        return date(int(said["year"]), int(said["month"]), int(said.get("day", "1")))
                    except ValueError:
                        continue
        return None

    @cached_property
    def _streams(self) -> tuple[tuple[str, list[int]], ...]:
        """Everything said as one line of words, with the offset at which each stretch begins: plain, and as it stands."""
        streams = []
        for said in (
            [stretch.spoken for stretch in self.stretches],
            [spoken(stretch.raw) if stretch.raw else stretch.spoken for stretch in self.stretches],
        ):
            pieces, starts, length = [], [], 0
            for text in said:
                starts.append(length)
                pieces.append(f" {text}")
                length += len(pieces[-1])
            streams.append(("".join(pieces) + " ", starts))
        return tuple(streams)

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """How telling each word is: the logarithm of how few stretches hold it."""
        every = len(self.stretches)
        return {word: math.log(1 + every / (1 + len(places))) for word, places in self.words.items()}

    def told(self, number: int) -> tuple[Told, ...]:
        """The sentences of a stretch."""
        if number not in self._told:
            stretch = self.stretches[number]
            at = len(stretch.speaker) + 2 if stretch.speaker else 0
            self._told[number] = tuple(
                Told(stretch=number, text=line[start:end], language=self.language, speaker=stretch.speaker)
                for line in stretch.text[at:].split("\n")
                for start, end in sentences(line)
            )
        return self._told[number]

    def said(self, number: int) -> tuple[SaidSentence, ...]:
        """The sentences of a stretch as claims are compared with them, with the name of whoever speaks before the first."""
        if number not in self._said:
            text = self.stretches[number].text
            every = (parsed(text[start:end], self.reading) for start, end in sentences(text))
            self._said[number] = tuple(
                SaidSentence(stretch=number, parsed=each, weights=self.weights(each)) for each in every
            )
        return self._said[number]

    @property
    def reading(self) -> str:
        """The language in which its claims are read: its own where that is known, else English."""
        return self.language if self.language in LANGUAGES else "en"

    def weights(self, sentence: Parsed) -> dict[str, float]:
        """How telling each root of a sentence is: the logarithm of how few stretches hold the word that it is the root of."""
        rarest = math.log(1 + len(self.stretches))
        roots = zip(sentence.roots, sentence.words, strict=True)
        return {root: self.rarity.get(word, rarest) for root, word in roots if root}

    def standing_of_run(self, said: str, within: frozenset[int]) -> Standing:
        """Where this run of spoken words stands, whole words only."""
        best: Standing = "nowhere"
        for places in self.places_of_run(said):
            if not within.isdisjoint(places):
                return "cited"
            best = "elsewhere"
        return best

    def places_of_run(self, said: str) -> Iterator[range]:
        """The stretches over which this run of spoken words stands, each time that it does."""
        for stream, starts in self._streams:
            at = stream.find(f" {said} ")
            # A phrase that a source repeats without end is looked up a few times only.
            for _ in range(50):
                if at < 0:
                    break
                yield range(bisect_right(starts, at) - 1, bisect_right(starts, at + len(said)))
                at = stream.find(f" {said} ", at + 1)

    def nearest(self, sentence: str, among: frozenset[int]) -> Stretch | None:
        """The stretch that shares the rarest words with a sentence, a cited one when two are as near."""
        places = [self.words[word] for word in dict.fromkeys(content_words(sentence)) if word in self.words]
        scores: dict[int, float] = {}
        for posting in sorted(places, key=len)[:_RAREST_WORDS]:
            for number in list(posting)[:_LONGEST_POSTING]:
                scores[number] = scores.get(number, 0.0) + 1 / len(posting)
        real = [number for number in scores if self.stretches[number].first]
        if not real:
            return None
        return self.stretches[max(real, key=lambda number: (scores[number], number in among, -number))]

    def cited_by(self, post: Post) -> frozenset[int]:
        """The stretches that a post's evidence touches, and what stands in no line; everything when it cites nothing."""
        cited = frozenset(number for evidence in post.evidence for number in self._touched_by(evidence))
        return cited | self._without_lines if cited else frozenset(range(len(self.stretches)))

    def _touched_by(self, evidence: Evidence) -> Iterator[int]:
        for first, last, number in self._in_source.get(evidence.source, ()):
            if evidence.first <= last and first <= evidence.last:
                yield number

    @cached_property
    def _in_source(self) -> dict[str, list[tuple[int, int, int]]]:
        """The stretches of each source: first line, last line, number."""
        found: dict[str, list[tuple[int, int, int]]] = {}
        for number, stretch in enumerate(self.stretches):
            found.setdefault(stretch.source, []).append((stretch.first, stretch.last, number))
        return found


def standing(places: set[int] | None, cited: frozenset[int]) -> Standing:
    """Whether what stands in these places stands in the cited lines, elsewhere or nowhere."""
    if not places:
        return "nowhere"
    return "elsewhere" if cited.isdisjoint(places) else "cited"


def record_of(sources: Mapping[str, Source], language: str) -> Record:
    """The record of these sources. ``language`` is the draft's, for sources that do not say theirs."""
    stretches = [stretch for source in sources.values() for stretch in _stretches(source)]
    declared = next((source.language for source in sources.values() if source.language), "")
    sample = " ".join(stretch.text for stretch in stretches[:50])[:20_000]
    return Record(stretches, language_of(declared, sample) or language)


def _stretches(source: Source) -> Iterator[Stretch]:
    written = source.written.isoformat() if source.written else ""
    about = "\n".join(
        filter(None, (source.title, source.description, source.author, written, *source.speakers, *source.tags))
    )
    yield Stretch(source=source.path, first=0, last=0, text=about)
    covered = [False] * (len(source.lines) + 2)
    for passage in source.passages:
        yield _stretch(source, passage)
        for number in range(passage.first, min(passage.last, len(source.lines)) + 1):
            covered[number] = True
    for number, line in enumerate(source.lines, 1):
        if line.strip() and not covered[number]:
            yield Stretch(source=source.path, first=number, last=number, text=line.strip())


def _stretch(source: Source, passage: Passage) -> Stretch:
    raw = " ".join(line.strip() for line in source.lines[passage.first - 1 : passage.last])
    text = " ".join(filter(None, (f"{passage.speaker}:" if passage.speaker else "", passage.text)))
    return Stretch(
        source=source.path, first=passage.first, last=passage.last, text=text, raw=raw, speaker=passage.speaker
    )


def _vocabulary(text: str) -> Iterator[str]:
    """Every stem and every compound of a text, and a word with the number behind it as one name."""
    for word in dict.fromkeys(words_of(text)):
        yield word
        yield stem(word)
    before = ""
    for compound in COMPOUND.findall(folded(text)):
        whole = compound
        # Without a mark within it, it is one of the words.
        if not compound.isalnum():
            whole = joined(compound)
            yield whole
            yield stem(whole)
        if before and whole[:1].isdigit():
            yield before + whole
        before = whole
    for tag in hashtags_in(text):
        yield folded(tag.words[1:])
    for handle in handles_in(text):
        yield "@" + handle.key
    for key in handles_of_links(text):
        yield "@" + key
