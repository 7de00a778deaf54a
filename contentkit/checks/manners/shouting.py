"""CK322: words in capitals, which read as shouting, and which some screen readers spell out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex
from contentkit.words.common_words import ACRONYMS

_WORDS = 5
_SHORTEST = 20
# Shorter ones are words as well: IT, US, AM.
_FEWEST_LETTERS = 3
_LISTED = regex(r"[,/&+]")
_LETTERS = regex(r"[^\W\d_]+")


def check_shouting(prose: Prose) -> Iterator[Finding]:
    """One finding for each run of words in capitals; single letters count among others only."""
    text = prose.spoken
    if not any(map(str.isupper, text.split())):
        return
    run: list[re.Match[str]] = []
    for word in (*_LETTERS.finditer(text), None):
        if word and (word[0].isupper() or (run and len(word[0]) == 1)):
            run.append(word)
            continue
        shouted = text[run[0].start() : run[-1].end()] if run else ""
        if len(run) >= _WORDS and len(shouted) >= _SHORTEST and not _are_names(run, shouted):
            yield warning(
                "CK322",
                "a run of capitals reads as shouting",
                words=shouted,
                at=run[0].start(),
                remedy="write it in lower case",
            )
        run = []


def _are_names(run: Sequence[re.Match[str]], shouted: str) -> bool:
    """Whether they are short for something: ``HTML, CSS, SQL, XML and JSON``."""
    spoken = [word[0] for word in run if len(word[0]) < _FEWEST_LETTERS or word[0] not in ACRONYMS]
    return len(spoken) < _WORDS or len(_LISTED.findall(shouted)) >= len(run) - 1
