"""CK341: spaces that nobody meant. Networks publish them, and a comparison with what was published stumbles over them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.checks.findings import Finding, information
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex

_TRAILING = regex(r"(?<![ \t])[ \t]+$", re.M)
# Between words: what begins a line may be meant, and behind a sentence two are how some people learnt to type.
_DOUBLE = regex(r"(?<=[^\s.!?:…])[ ]{2,}(?=[^\s])")


def check_spacing(prose: Prose) -> Iterator[Finding]:
    """One finding for each place."""
    text = prose.uncoded
    if " \n" in text or "\t\n" in text or text.endswith((" ", "\t")):
        yield from _found(prose, _TRAILING, "space at the end of a line", "")
    if "  " in text:
        yield from _found(prose, _DOUBLE, "several spaces between two words", " ")


def _found(prose: Prose, pattern: re.Pattern[str], message: str, fix: str) -> Iterator[Finding]:
    for match in pattern.finditer(prose.uncoded):
        words = prose.text[match.start() : match.end()]
        # Blanked code is no space.
        if words.isspace():
            remedy = "leave one" if fix else "take it out"
            yield information("CK341", message, words=words, at=match.start(), remedy=remedy, fix=fix)
