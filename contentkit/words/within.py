"""The words that stand in a text, and where: a pattern is tried where a word stands that it begins with, and nowhere else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from contentkit.patterns import regex

_WORD, _DIGIT = regex(r"\w+"), regex(r"(?<!\w)\d")
# Stands for every word that begins with a digit.
FIGURE = "#"
# Letters that a pattern takes for s, i and k in any case, and that a table of words does not have.
_ODD = str.maketrans("\u017f\u0131\u0130\u212a", "siIK")
_ODD_LETTERS = "\u017f\u0131\u0130\u212a"
# The dates and the numbers of a text are looked for one after the other.
_REMEMBERED = 256


def even(text: str) -> str:
    """The text with plain letters for those that are some other case of one, letter for letter: "Auguſt" is August."""
    if text.isascii() or not any(letter in text for letter in _ODD_LETTERS):
        return text
    return text.translate(_ODD)


@lru_cache(maxsize=_REMEMBERED)
def words_within(text: str) -> Mapping[str, Sequence[int]]:
    """The words of a text in small letters, each with where it begins; digits and underscores taken for letters.

    Those that begin with a digit stand under ``FIGURE`` as well.
    """
    places: defaultdict[str, list[int]] = defaultdict(list)
    for word in _WORD.finditer(even(text).lower()):
        places[word[0]].append(word.start())
    if _DIGIT.search(text):
        figures = (at for word, at in places.items() if word[0].isdecimal())
        places[FIGURE] = sorted(chain.from_iterable(figures))
    return dict(places)


class Opened:
    """A pattern of which each match begins with one of these words. Finds what the pattern finds, sooner."""

    __slots__ = ("openers", "pattern")

    def __init__(self, openers: Iterable[str], pattern: re.Pattern[str]) -> None:
        self.openers = frozenset(openers)
        self.pattern = pattern

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of the pattern in a text, in order and apart."""
        places = words_within(text)
        end = 0
        for start in sorted(chain.from_iterable(places[word] for word in places.keys() & self.openers)):
            if start >= end and (match := self.pattern.match(text, start)):
                end = match.end()
                yield match

    def sub(self, instead: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with something else for each match."""
        pieces, end = [], 0
        for match in self.finditer(text):
            pieces += [text[end : match.start()], instead(match)]
            end = match.end()
        return "".join((*pieces, text[end:]))
