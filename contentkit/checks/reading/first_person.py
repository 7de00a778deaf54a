"""The words by which somebody speaks of himself or herself."""

from __future__ import annotations

import re

from contentkit.patterns import regex

_QUOTED = regex(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|(?<!\w)\"[^\"]*(?:\"|$)")
_CLOSERS = ("”", "»", '"')
_SAYS_I = {
    "en": regex(r"(?<![\w'’])(?:I(?:['’](?:m|ve|d|ll))?|[Mm]y|[Mm]e|[Mm]ine|[Mm]yself)(?![\w'’])"),
    "es": regex(
        r"(?<!\w)(?:yo|mi|mis|me|conmigo|hice|fui|tuve|estuve|puse|dije|vine|pude|quise|supe|di|vi|traje|anduve|soy|tengo|estoy"
        r"|quiero|creo|digo|hago|sé|voy|puedo|he|había|[^\W\d_]{3,20}é)(?!\w)",
        re.I,
    ),
}
_NO_VERBS = frozenset(["qué", "porqué", "café", "así", "también", "josé", "andré", "rené", "bebé"])


def first_person(text: str, language: str) -> list[tuple[int, str]]:
    """Where a text says "I", and the words."""
    found = ((match.start(), match[0]) for match in _SAYS_I[language].finditer(text))
    return [(at, word) for at, word in found if word.casefold() not in _NO_VERBS]


def without_quoted(text: str, *, is_open: bool) -> tuple[str, bool]:
    """The text with what stands in quotation marks blanked out, and whether a quotation goes on behind it.

    ``is_open`` when one goes on at its beginning.
    """
    head = 0
    if is_open:
        ends = [at for at in (text.find(mark) for mark in _CLOSERS) if at >= 0]
        if not ends:
            return " " * len(text), True
        head = min(ends) + 1
    goes_on = False
    pieces, end = [" " * head], head
    for match in _QUOTED.finditer(text, head):
        pieces += [text[end : match.start()], " " * len(match[0])]
        end = match.end()
        goes_on = len(match[0]) == 1 or not match[0].endswith(_CLOSERS)
    return "".join(pieces) + text[end:], goes_on
