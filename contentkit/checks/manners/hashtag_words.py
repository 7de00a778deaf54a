"""How a hashtag of several words comes apart."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path

from contentkit.checks.reading.words import folded

# A longer one is no tag that anybody reads.
_LONGEST = 60
_LONGEST_WORD = 16
# A tag that comes apart into more words than this was not made of words.
_MOST = 6
# A shorter one may stand between words alone (``WomenInTech``): at an end it is most often a piece of another word.
_SHORTEST_AT_AN_END = 3


@lru_cache(maxsize=1024)
def camel_case(name: str) -> str:
    """The name of a tag with each of its words in a capital: ``opensource`` as ``OpenSource``.

    Empty where it is one word, has capitals within, or may be read in two ways: nobody is to be told a guess.
    """
    if len(name) > _LONGEST or not name.isalpha() or not (name[1:].islower() or name.isupper()):
        return ""
    plain = folded(name)
    words, capitals, whole = _known()
    if len(plain) != len(name) or plain in whole or plain in words:
        return ""
    pieces = _apart(plain, words | capitals)
    if not pieces or any(len(end) < _SHORTEST_AT_AN_END and end not in capitals for end in (pieces[0], pieces[-1])):
        return ""
    made, end = "", 0
    for piece in pieces:
        written = name[end : end + len(piece)].lower()
        made += written.upper() if piece in capitals else written.capitalize()
        end += len(piece)
    return made if made != name else ""


def _apart(plain: str, words: frozenset[str]) -> list[str]:
    """The fewest words that make it up; none where there are several ways, or none."""
    # For each end: how few words lead there, the last of them, and in how many ways.
    best: dict[int, tuple[int, str, int]] = {0: (0, "", 1)}
    for end in range(1, len(plain) + 1):
        ways = [
            (best[start][0] + 1, plain[start:end], best[start][2])
            for start in range(max(0, end - _LONGEST_WORD), end)
            if start in best and plain[start:end] in words
        ]
        if ways:
            fewest = min(count for count, _, _ in ways)
            least = [way for way in ways if way[0] == fewest]
            best[end] = (fewest, least[0][1], sum(number for _, _, number in least))
    if best.get(len(plain), (0, "", 0))[2] != 1 or not 2 <= best[len(plain)][0] <= _MOST:
        return []
    pieces, end = [], len(plain)
    while end:
        pieces.append(best[end][1])
        end -= len(best[end][1])
    return pieces[::-1]


@cache
def _known() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    read = tomllib.loads(Path(__file__).with_name("hashtag_words.toml").read_text("utf-8"))
    words, capitals, whole = (frozenset(read[key].split()) for key in ("words", "capitals", "whole"))
    return words, capitals, whole
