"""What each person says in a talk, without the labels, times and tags around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

from contentkit.patterns import regex
from contentkit.sources.redaction.heads import head_of
from contentkit.values import dataclass

_TAG = regex(r"</?[a-z][^<>\n]{0,60}>")
_DRESS = regex(r"[\s*_~`>|\\]+")
_WORD = regex(r"[^\W\d_]+")
_FEWEST_TO_LOOK_BACK_ON = 12
_MOST_BACK = 20
_LONGEST_COUNTED = 600


@dataclass(frozen=True)
class Utterance:
    """One turn that says anything: where it begins and ends in the text, and its words with single spaces."""

    start: int
    end: int
    said: str = field(repr=False)


@dataclass(frozen=True)
class Talk:
    """A text in which people speak. ``turns`` are the offsets at which turns begin, and where one more would."""

    plain: str = field(repr=False)
    turns: Sequence[int] = field(repr=False)

    @cached_property
    def utterances(self) -> list[Utterance]:
        found = []
        for start, end in zip(self.turns, self.turns[1:], strict=False):
            said = spoken_words(self.plain[start:end])
            if _WORD.search(said):
                found.append(Utterance(start, end, said))
        # Where nobody says a word, there is one turn without any.
        return found or [Utterance(0, len(self.plain), "")]

    @cached_property
    def _starts(self) -> list[int]:
        return [utterance.start for utterance in self.utterances]

    def place(self, at: int) -> int:
        """The index of the utterance that has this character, or that stands before it."""
        return max(0, bisect_right(self._starts, at) - 1)

    def turn_start(self, at: int) -> int:
        return self.turns[bisect_right(self.turns, at) - 1]

    def turn_end(self, at: int) -> int:
        return self.turns[min(bisect_right(self.turns, at), len(self.turns) - 1)]

    def looked_back_to(self, at: int) -> tuple[int, bool]:
        """The beginning of the turn; of an earlier one while too little was said to look back on. And whether enough was."""
        place = self.place(at)
        return self._back(place, self.words_between(self.utterances[place].start, at))

    def words_between(self, start: int, end: int) -> int:
        """How many words are said from here to there; of a long stretch so many that they are enough for anything."""
        first, line_end, rest = self.plain[start : min(end, start + _LONGEST_COUNTED)].partition("\n")
        # Only at the beginning of a line somebody is introduced.
        begins = start == 0 or self.plain[start - 1] == "\n"
        return words(
            spoken_words(first + line_end + rest) if begins else f"{_TAG.sub(' ', first)} {spoken_words(rest)}"
        )

    def before(self, place: int) -> tuple[int, bool]:
        """As ``looked_back_to``, from the end of what was said before this utterance on."""
        return self._back(place, 0)

    def _back(self, place: int, count: int) -> tuple[int, bool]:
        first = max(0, place - _MOST_BACK)
        while place > first and count < _FEWEST_TO_LOOK_BACK_ON:
            place -= 1
            count += words(self.utterances[place].said)
        return self.utterances[place].start, count >= _FEWEST_TO_LOOK_BACK_ON


def spoken_words(text: str) -> str:
    """The words of a stretch of a talk, with single spaces."""
    lines = (line[head_of(line)[0] :] for line in text.split("\n"))
    return _DRESS.sub(" ", _TAG.sub(" ", " ".join(lines))).strip()


def words(text: str) -> int:
    """How many words a text begins with."""
    return sum(1 for _ in _WORD.finditer(text, 0, _LONGEST_COUNTED))
