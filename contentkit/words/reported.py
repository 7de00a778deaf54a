"""Words in quotation marks beside a verb of speech: however few they are, somebody is said to have said them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentkit.patterns import regex

_QUOTED = regex(
    r"“([^“”\n]+)”|«([^«»\n]+)»|(?<!\w)‘([^‘\n]+?)’(?!\w)|(?<![\w\"])\"(?=\S)([^\"\n]+)(?<=\S)\"(?!\w)"
    # An apostrophe between letters is none; no scan passes over a mark that could open another, which keeps it linear.
    r"|(?<!\w)'(?=\S)((?:[^'\n]|(?<=\w)'(?=\w))+)(?<=\S)'(?!\w)"
)
# Verbs of speech, as a part of other expressions.
SPEECH_VERB = (
    r"(?:said|says?|saying|told|tells?|asked|asks|answered|answers|replied|replies|wrote|writes|shouted|shouts|insisted|added"
    r"|dij[oe]|dijeron|dicen?|decía|contestó|respondió|preguntó|escribió|gritó|insistió|añadió)"
)
_BEFORE = regex(rf"\b{SPEECH_VERB}(?: (?:me|us|him|her|them|that|que))?[,:]?\s*$", re.I)
_BEHIND = regex(rf"[,.]?\s*(?:[^\W\d_]{{1,30}}\s+){{0,3}}{SPEECH_VERB}\b", re.I)
_AROUND = 80


def reported(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each of these quotations stands with its marks (start, end), and its words without them."""
    for match in _QUOTED.finditer(text):
        before = _BEFORE.search(text[max(0, match.start() - _AROUND) : match.start()])
        if before or _BEHIND.match(text, match.end(), match.end() + _AROUND):
            yield match.start(), match.end(), next(words for words in match.groups() if words)
