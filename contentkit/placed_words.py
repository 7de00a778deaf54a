"""What stands on some lines of a source as people read it, and where each of its words stands in these lines.

A passage is plain text: it has no markup, no times of captions, no names of speakers. Its words are looked for in its lines
in order, whatever stands between them; a word that is not found has no place. Linear time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from contentkit.models import Evidence, Passage, Source
from contentkit.shingles import Words, readings_of

# How many words of markup (an address, a list of attributes) may stand between two words of a passage.
_LOOK_AHEAD = 60


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A passage, or a line that is in none: who said it, its text, the words of that, and the place of each in the lines."""

    speaker: str
    text: str
    first: int
    last: int
    words: Words
    spots: Sequence[WordPlace | None]


@dataclass(frozen=True, kw_only=True)
class CitedText:
    """What evidence points at in one passage, as people read it; empty ``speaker``: nobody's turn.

    ``opens`` and ``closes`` say that the passage begins and ends with it.
    """

    speaker: str
    text: str
    opens: bool = True
    closes: bool = True


def placed_passages(source: Source, first: int, last: int) -> Iterator[PlacedText]:
    """The passages on these lines, in the order of the source."""
    return (_placed(one, source) for one in source.passages if one.touches(first, last) and one.text)


def placed_texts(source: Source, first: int, last: int, veil: Callable[[str], str] = str) -> Iterator[PlacedText]:
    """As ``placed_passages``, with the lines that have words and are in no passage.

    ``veil`` takes out of such a line what nobody may repeat.
    """
    found = [one for one in source.passages if one.touches(first, last) and one.text]
    covered = {line for one in found for line in range(max(one.first, first), min(one.last, last) + 1)}
    bare = [
        Passage(kind="paragraph", text=veil(line.strip()), first=number, last=number)
        for number, line in enumerate(source.lines[first - 1 : last], first)
        if number not in covered and any(map(str.isalpha, line))
    ]
    return (_placed(one, source) for one in sorted([*found, *bare], key=lambda one: (one.first, one.last)))


def _placed(passage: Passage, source: Source) -> PlacedText:
    words = words_of(passage.text)
    spots = _spots(source.lines, passage, words)
    return PlacedText(passage.speaker, passage.text, passage.first, passage.last, words, spots)


def words_of(text: str) -> Words:
    """The words of a text as they are compared: no case, no accents."""
    return readings_of(text)[0]


def _spots(lines: Sequence[str], passage: Passage, words: Words) -> list[WordPlace | None]:
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


def column_of(line: str, spot: WordPlace) -> int:
    """The column at which a word begins, with the signs before it: a quotation mark, what makes it bold."""
    return _token_start(line, spot.start) + 1


def column_behind(line: str, following: WordPlace | None) -> int:
    """The column behind what stands before the following word on this line; None: behind the line."""
    stop = _token_start(line, following.start) if following else len(line)
    return len(line[:stop].rstrip()) + 1


def part_of(source: Source, placed: PlacedText, first: int, last: int) -> Evidence | None:
    """Evidence for a passage from one of its words to another; whole lines where these hold no other words.

    None where one of the two has no place.
    """
    begins, ends = placed.spots[first], placed.spots[last]
    if begins is None or ends is None:
        return None
    following = next((spot for spot in placed.spots[last + 1 :] if spot), None)
    opening, closing = source.lines[begins.line - 1], source.lines[ends.line - 1]
    begin = column_of(opening, begins)
    end = column_behind(closing, following if following and following.line == ends.line else None)
    if any(map(str.isalnum, opening[: begin - 1] + closing[end - 1 :])):
        return source.evidence(begins.line, ends.line, begin, end)
    return source.evidence(begins.line, ends.line)


def cited_passages(source: Source, evidence: Evidence) -> list[CitedText]:
    """What the source says there, a passage each; nothing where no passage has words there."""
    placed = placed_passages(source, evidence.first, evidence.last)
    return [cited for one in placed if (cited := _cited(one, evidence))]


def cited_texts(source: Source, evidence: Evidence, veil: Callable[[str], str] = str) -> list[CitedText]:
    """As ``cited_passages``, with the lines that are in no passage, and as they stand where no words can be found in them.

    ``veil`` takes out of lines what nobody may repeat; passages have nothing of it.
    """
    found = [_cited(placed, evidence) for placed in placed_texts(source, evidence.first, evidence.last, veil)]
    if kept := [one for one in found if one]:
        return kept
    whole = source.quoted(evidence.first, evidence.last)
    veiled = veil(whole)
    # Columns must not cut a name in two that nobody would then know for one.
    said = (evidence.said_in(source.lines) if veiled == whole else veiled).strip()
    return [CitedText(speaker="", text=said)] if said else []


def _cited(placed: PlacedText, evidence: Evidence) -> CitedText | None:
    """As much of a passage as stands there; None where that is nothing."""
    if not evidence.has_columns and evidence.first <= placed.first and placed.last <= evidence.last:
        return CitedText(speaker=placed.speaker, text=placed.text)
    kept = [at for at, spot in enumerate(placed.spots) if spot and spot.is_in(evidence)]
    if not kept:
        return None
    first, last = kept[0], kept[-1]
    opens, closes = first == 0, last == len(placed.spots) - 1
    start = 0 if opens else _token_start(placed.text, placed.words.starts[first])
    end = len(placed.text) if closes else _token_end(placed.text, placed.words.ends[last])
    return CitedText(speaker=placed.speaker, text=placed.text[start:end], opens=opens, closes=closes)


def _token_start(text: str, at: int) -> int:
    """Where the signs begin that stand before a word without a space."""
    while at and not (text[at - 1].isspace() or text[at - 1].isalnum()):
        at -= 1
    return at


def _token_end(text: str, at: int) -> int:
    while at < len(text) and not (text[at].isspace() or text[at].isalnum()):
        at += 1
    return at
