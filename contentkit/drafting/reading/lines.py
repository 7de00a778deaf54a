"""Which lines of a source the words of a text stand on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from contentkit.models import Evidence, Source
from contentkit.patterns import regex
from contentkit.values import dataclass

_WORD = regex(r"\w+")
_TIMES = regex(r"[ \t]*\d[\d:.,]{3,15}[ \t]*(?:-->|,)[ \t]*\d[\d:.,]{3,15}(?:[ \t]|$)")
# How many words of markup (an address, an attribute list) may stand between two words of the text.
_LOOK_AHEAD = 60
# And between two words that are looked for.
_SKIPPED = 8


@dataclass(frozen=True)
class WordLines:
    """For the words of a passage: at which character each starts, and on which line it stands."""

    starts: tuple[int, ...]
    lines: tuple[int, ...]
    first: int
    last: int

    @classmethod
    def of(cls, lines: Sequence[str], first: int, last: int, text: str) -> WordLines:
        """Aligns the plain text of a passage with the lines ``first`` to ``last`` of its source."""
        if first == last:
            return cls((), (), first, last)
        written = _written(lines, first, last)
        starts, found, position = [], [], 0
        for match in _WORD.finditer(text):
            place = _next(written, match.group(), position, _LOOK_AHEAD)
            if place is not None:
                starts.append(match.start())
                found.append(written[place][1])
                position = place + 1
        return cls(tuple(starts), tuple(found), first, last)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """First and last line of the characters ``start`` to ``end``; the whole passage where it cannot be told."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if low == high:
            return self.first, self.last
        return self.lines[low], self.lines[high - 1]


def _written(lines: Sequence[str], first: int, last: int) -> list[tuple[str, int]]:
    """The words of these lines, each with its line; the times of captions are nobody's words."""
    return [
        (word, first + row)
        for row, line in enumerate(lines[first - 1 : last])
        if not _TIMES.match(line)
        for word in _WORD.findall(line)
    ]


def _next(written: Sequence[tuple[str, int]], word: str, position: int, reach: int) -> int | None:
    for place in range(position, min(len(written), position + reach)):
        if written[place][0] == word:
            return place
    return None


def find_lines(lines: Sequence[str], words: str, first: int, last: int) -> tuple[int, int] | None:
    """The tightest run of lines between ``first`` and ``last`` that holds all these words in this order."""
    wanted = _WORD.findall(words)
    written = _written(lines, first, last)
    best: tuple[int, int] | None = None
    for start in (place for place, (word, _) in enumerate(written) if wanted and word == wanted[0]):
        end = _run(written, wanted, start)
        if end is not None and (best is None or written[end][1] - written[start][1] < best[1] - best[0]):
            best = (written[start][1], written[end][1])
    return best


def _run(written: Sequence[tuple[str, int]], wanted: Sequence[str], start: int) -> int | None:
    place = start
    for word in wanted[1:]:
        following = _next(written, word, place + 1, _SKIPPED)
        if following is None:
            return None
        place = following
    return place


def evidence_of(source: Source, ranges: Sequence[tuple[int, int]]) -> tuple[Evidence, ...]:
    """Evidence for these lines, in order; ranges that overlap or follow each other are one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first <= _after_blank(source.lines, joined[-1][1]):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(source.evidence(first, last) for first, last in joined)


def _after_blank(lines: Sequence[str], last: int) -> int:
    """The next line after ``last`` that says something."""
    following = last + 1
    while following <= len(lines) and not lines[following - 1].strip():
        following += 1
    return following
