"""What stands on some lines of a source as people read it, and where each of its words stands in these lines.

A passage is plain text: it has no markup, no times of captions, no names of speakers. Its words are looked for in its lines
in order, whatever stands between them; a word that is not found has no place. Linear time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field

from contentkit.models import Evidence, Passage, Source
from contentkit.values import dataclass
from contentkit.words.shingles import Words, words_of

# How many words of markup (an address, a list of attributes) may stand between two words of a passage.
_LOOK_AHEAD = 60


@dataclass(frozen=True)
class WordPlace:
    """Where a word stands: its line (1-based), and the offsets in it at which it begins and ends."""

    line: int
    start: int
    end: int

    def is_in(self, evidence: Evidence) -> bool:
        """Whether all of it stands where the evidence points at."""
        if not evidence.first <= self.line <= evidence.last:
            return False
        begins = self.line > evidence.first or self.start >= evidence.from_column - 1
        return begins and (self.line < evidence.last or not evidence.to_column or self.end < evidence.to_column)


Places = Sequence[WordPlace | None]


@dataclass(frozen=True, kw_only=True)
class CitedText:
    """What evidence points at in one passage, as people read it, and its words; empty ``speaker``: nobody's turn.

    ``opens`` and ``closes`` say that the passage begins and ends with it.
    """

    speaker: str
    text: str
    words: Words = field(repr=False, compare=False)
    opens: bool = True
    closes: bool = True


@dataclass(frozen=True)
class Wording:
    """The words of a source. Each passage is read once, however often it is asked for.

    ``veil`` takes out of a line that is in no passage what nobody may repeat; passages have nothing of it.
    """

    source: Source
    veil: Callable[[str], str] = str
    _words: dict[Passage, Words] = field(default_factory=dict, repr=False, compare=False)
    _places: dict[Passage, Places] = field(default_factory=dict, repr=False, compare=False)

    def passages(self, first: int, last: int) -> list[Passage]:
        """The passages on these lines that say something, in the order of the source."""
        return [one for one in self.source.passages if one.touches(first, last) and one.text]

    def texts(self, first: int, last: int) -> list[Passage]:
        """The passages on these lines, and as passages the lines with words that are in none."""
        found = self.passages(first, last)
        covered = {line for one in found for line in range(max(one.first, first), min(one.last, last) + 1)}
        bare = [
            Passage(kind="paragraph", text=self.veil(line.strip()), first=number, last=number)
            for number, line in enumerate(self.source.lines[first - 1 : last], first)
            if number not in covered and any(map(str.isalpha, line))
        ]
        return sorted([*found, *bare], key=lambda one: (one.first, one.last)) if bare else found

    def words(self, passage: Passage) -> Words:
        if passage not in self._words:
            self._words[passage] = words_of(passage.text)
        return self._words[passage]

    def places(self, passage: Passage) -> Places:
        """Where each word of a passage stands in its lines; None for a word that is not found there."""
        if passage not in self._places:
            self._places[passage] = _places(self.source.lines, passage, self.words(passage))
        return self._places[passage]

    def cited_passages(self, evidence: Evidence) -> list[CitedText]:
        """What the source says there, a passage each; nothing where no passage has words there."""
        return [said for one in self.passages(evidence.first, evidence.last) if (said := self._cited(one, evidence))]

    def cited(self, evidence: Evidence) -> list[CitedText]:
        """As ``cited_passages``, with the lines that are in no passage, and as they stand where no words can be found in them."""
        found = [self._cited(one, evidence) for one in self.texts(evidence.first, evidence.last)]
        if kept := [one for one in found if one]:
            return kept
        whole = self.source.quoted(evidence.first, evidence.last)
        veiled = self.veil(whole)
        # Columns must not cut a name in two that nobody would then know for one.
        said = (evidence.said_in(self.source.lines) if veiled == whole else veiled).strip()
        return [CitedText(speaker="", text=said, words=words_of(said))] if said else []

    def _cited(self, passage: Passage, evidence: Evidence) -> CitedText | None:
        """As much of a passage as stands there; None where that is nothing."""
        words, text = self.words(passage), passage.text
        if not evidence.has_columns and evidence.first <= passage.first and passage.last <= evidence.last:
            return CitedText(speaker=passage.speaker, text=text, words=words)
        kept = [at for at, spot in enumerate(self.places(passage)) if spot and spot.is_in(evidence)]
        if not kept:
            return None
        first, last = kept[0], kept[-1]
        opens, closes = first == 0, last == len(words.plain) - 1
        start = 0 if opens else _token_start(text, words.starts[first])
        end = len(text) if closes else _token_end(text, words.ends[last])
        return CitedText(
            speaker=passage.speaker,
            text=text[start:end],
            words=_slice(words, first, last + 1, start),
            opens=opens,
            closes=closes,
        )

    def part(self, passage: Passage, first: int, last: int) -> Evidence | None:
        """Evidence for a passage from one of its words to another; whole lines where these hold no other words.

        None where one of the two has no place.
        """
        places = self.places(passage)
        begins, ends = places[first], places[last]
        if begins is None or ends is None:
            return None
        following = next((spot for spot in places[last + 1 :] if spot), None)
        opening, closing = self.source.lines[begins.line - 1], self.source.lines[ends.line - 1]
        begin = column_of(opening, begins)
        end = column_behind(closing, following if following and following.line == ends.line else None)
        if any(map(str.isalnum, opening[: begin - 1] + closing[end - 1 :])):
            return self.source.evidence(begins.line, ends.line, begin, end)
        return self.source.evidence(begins.line, ends.line)


def _places(lines: Sequence[str], passage: Passage, words: Words) -> Places:
    written = []
    for number, line in enumerate(lines[passage.first - 1 : passage.last], passage.first):
        there = words_of(line)
        spots = (WordPlace(number, start, end) for start, end in zip(there.starts, there.ends, strict=True))
        written += list(zip(there.plain, spots, strict=True))
    found: list[WordPlace | None] = []
    position = 0
    for word in words.plain:
        reach = range(position, min(len(written), position + _LOOK_AHEAD))
        place = next((at for at in reach if written[at][0] == word), None)
        found.append(None if place is None else written[place][1])
        position = position if place is None else place + 1
    return found


def _slice(words: Words, first: int, last: int, start: int) -> Words:
    """Some of the words of a text, as words of the part of it that begins at ``start``."""
    starts = [at - start for at in words.starts[first:last]]
    return Words(words.plain[first:last], starts, [at - start for at in words.ends[first:last]])


def column_of(line: str, spot: WordPlace) -> int:
    """The column at which a word begins, with the signs before it: a quotation mark, what makes it bold."""
    return _token_start(line, spot.start) + 1


def column_behind(line: str, following: WordPlace | None) -> int:
    """The column behind what stands before the following word on this line; None: behind the line."""
    stop = _token_start(line, following.start) if following else len(line)
    return len(line[:stop].rstrip()) + 1


def _token_start(text: str, at: int) -> int:
    """Where the signs begin that stand before a word without a space."""
    while at and not (text[at - 1].isspace() or text[at - 1].isalnum()):
        at -= 1
    return at


def _token_end(text: str, at: int) -> int:
    while at < len(text) and not (text[at].isspace() or text[at].isalnum()):
        at += 1
    return at
