"""Words and phrases that a project looks for, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from contentkit.patterns import regex
from contentkit.words.lookalikes import folded

_FOREIGN_LETTER = regex(r"[^\W\d_a-zA-Z]")
_APART = regex(r"[\W_]+")


def places_of(phrases: Iterable[str], text: str) -> Iterator[tuple[int, int, str]]:
    """Where one of these phrases stands in a text: start, end, the phrase as the project writes it.

    As whole words, whatever the case, the accents, the font and the signs between them. A phrase that ends in ``*`` is found at
    the beginning of a longer word, too.
    """
    found = _pattern(tuple(phrases))
    if found is None:
        return
    pattern, names = found
    # Of signs and emoji between plain letters nothing has to be folded.
    plain, offsets = folded(text) if _FOREIGN_LETTER.search(text) else (text.lower(), range(len(text) + 1))
    for match in pattern.finditer(plain):
        yield offsets[match.start()], offsets[match.end()], names[int((match.lastgroup or "p0")[1:])]


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
    """One expression for all of them, the longest first; None for none."""
    named = sorted(((words, phrase) for phrase in phrases if (words := _words(phrase))), key=lambda one: -len(one[0]))
    if not named:
        return None
    ends = ("" if phrase.rstrip().endswith("*") else r"(?!\w)" for _, phrase in named)
    one_of_them = "|".join(
        rf"(?P<p{index}>{words}{end})" for index, ((words, _), end) in enumerate(zip(named, ends, strict=True))
    )
    return regex(rf"(?<!\w)(?:{one_of_them})"), tuple(phrase for _, phrase in named)


def _words(phrase: str) -> str:
    plain, _ = folded(phrase)
    return r"[\W_]{1,3}".join(re.escape(word) for word in _APART.split(plain) if word)
