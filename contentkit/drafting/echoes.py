"""Whether two posts say the same, in much the same words."""

from __future__ import annotations

from collections.abc import Iterable

from contentkit.patterns import regex

_WORD = regex(r"\w+")
# So much of the words of the shorter one.
_SAME = 0.8


def words_in(text: str) -> frozenset[str]:
    """The words of a text, whatever their case."""
    return frozenset(_WORD.findall(text.casefold()))


def in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the words of the shorter text stands in the other, from 0 to 1."""
    return len(one & other) / (min(len(one), len(other)) or 1)


def is_echo(text: str, said: Iterable[str]) -> bool:
    """Whether the text says again what one of these says."""
    words = words_in(text)
    return any(in_common(words, words_in(other)) >= _SAME for other in said)
