"""The words that stand in a text: what has none of a table's words need not be searched by the table's pattern."""

from __future__ import annotations

from functools import lru_cache

from contentkit.patterns import regex

_WORD = regex(r"\w+")
# Letters that a pattern takes for s, i and k in any case, and that a table of words does not have.
_ODD = str.maketrans("\u017f\u0131\u0130\u212a", "siIK")
# The dates and the numbers of a text are looked for one after the other.
_REMEMBERED = 256


def even(text: str) -> str:
    """The text with plain letters for those that are some other case of one, letter for letter: "Auguſt" is August."""
    return text if text.isascii() else text.translate(_ODD)


@lru_cache(maxsize=_REMEMBERED)
def words_within(text: str) -> frozenset[str]:
    """The words of a text in small letters, digits and underscores taken for letters."""
    return frozenset(_WORD.findall(text.lower()))
