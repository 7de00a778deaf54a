"""Many patterns as one, of which a text is searched for those only that can stand in it: few of them can.

Most patterns need words that they do not vary: "it is no surprise that" none but ``surprise``. A text without these words
need not be searched for the pattern, and a pattern that was never searched for need not be compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import groupby

from contentkit.patterns import regex
from contentkit.words.within import even

# Escapes and classes of characters, how often what stands before is repeated, and what may be missing.
_VARIES = regex(r"\\.|\[\^?[^\]]+\]")
_MAY_BE_MISSING = regex(r"[^()|](?:[?*]|\{0?,|\{0\})")
# How often a group is, tells ``_GROUP`` whether it may be missing.
_REPEATED = regex(r"(?<!\))\{\d*,?\d*\}")
_AS_FEW_AS_CAN_BE = regex(r"(?<=[?*+}])[?+]")
# A group without groups in it, its kind, and whether it may be missing.
_GROUP = regex(r"\((\?(?:P<\w+>|-?i:|:)|\?<?[=!]|)([^()]*)\)(\?|\*|\{0?,|\{0\}|)")
_LOOKS_AROUND = ("?=", "?!", "?<=", "?<!")
_ANYTHING = "\0"
# Letters of nobody: each stands for a group of which one of several words is needed.
_FIRST_GROUP = 0xE000
_WORDS = regex(r"[a-z][a-z' -]*[a-z]|[\ue000-\uf8ff]")
_FEWEST_LETTERS = 3
# The same sentence is looked at for a hook, as a part of a story, at its end.
_REMEMBERED = 2048


def needed(pattern: str) -> tuple[str, ...]:
    """Words in small letters of which every match has one in it, in any case; none where that cannot be told."""
    groups: list[tuple[str, ...]] = []

    def of_group(group: re.Match[str]) -> str:
        kind, inner, missing = group.groups()
        words = () if missing or kind in _LOOKS_AROUND or inner.startswith("?") else _of_any(inner, groups)
        groups.append(words)
        return chr(_FIRST_GROUP + len(groups) - 1) if words else _ANYTHING

    left = _AS_FEW_AS_CAN_BE.sub("", _VARIES.sub(_ANYTHING, pattern))
    left = _REPEATED.sub(_ANYTHING, _MAY_BE_MISSING.sub(_ANYTHING, left))
    while left != (left := _GROUP.sub(of_group, left)):
        pass
    return () if "(" in left else _of_any(left, groups)


def _of_any(alternatives: str, groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Words of which one is needed, whichever of these alternatives matches."""
    found = [_of_one(alternative.lower(), groups) for alternative in alternatives.split("|")]
    return tuple(dict.fromkeys(word for words in found for word in words)) if all(found) else ()


def _of_one(alternative: str, groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The longest words that are needed side by side, or one of those of a group in it."""
    options = [
        groups[ord(words) - _FIRST_GROUP] if words >= chr(_FIRST_GROUP) else (words,)
        for words in _WORDS.findall(alternative)
    ]
    best = max(options, key=lambda words: min(map(len, words)), default=())
    return best if best and min(map(len, best)) >= _FEWEST_LETTERS else ()


class Phrases:
    """Any of these patterns in any case, of those that stand first in a text the first: what ``one|two|three`` finds."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._searched = lru_cache(maxsize=_REMEMBERED)(self._search)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first match from there on, as that of a compiled pattern."""
        return self._searched(text, start)

    def _search(self, text: str, start: int) -> re.Match[str] | None:
        said = even(text).lower()
        found: re.Match[str] | None = None
        for words, pattern in self._told_apart:
            for word in words:
                if word in said:
                    match = pattern.search(text, start)
                    if match and (found is None or match.start() < found.start()):
                        found = match
                    break
        return found

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches that do not overlap, none of which may be empty."""
        found = self.search(text)
        while found:
            yield found
            found = self.search(text, found.end())

    def count(self, text: str) -> int:
        """How many matches there are."""
        return sum(1 for _ in self.finditer(text))

    @cached_property
    def _told_apart(self) -> list[tuple[tuple[str, ...], re.Pattern[str]]]:
        """The patterns, each with the words that it needs; those side by side that need none as one, with an empty word."""
        told = [(needed(pattern) or ("",), pattern) for pattern in self.patterns]
        runs = ((words, [pattern for _, pattern in run]) for words, run in groupby(told, key=lambda each: each[0]))
        return [(words, regex("|".join(f"(?:{pattern})" for pattern in run), re.I)) for words, run in runs]
