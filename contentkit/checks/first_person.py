"""The words by which somebody speaks of himself or herself."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_SAYS_I = {
    "en": re.compile(r"(?<![\w'’])(?:I(?:['’](?:m|ve|d|ll))?|[Mm]y|[Mm]e|[Mm]ine|[Mm]yself)(?![\w'’])"),
    "es": re.compile(
        r"(?<!\w)(?:yo|mi|mis|me|conmigo|hice|fui|tuve|estuve|puse|dije|vine|pude|quise|supe|di|vi|traje|anduve|soy|tengo|estoy"
        r"|quiero|creo|digo|hago|sé|voy|puedo|he|había|[^\W\d_]{3,20}é)(?!\w)",
        re.I,
    ),
}
_NO_VERBS = frozenset(["qué", "porqué", "café", "así", "también", "josé", "andré", "rené", "bebé"])


def first_person(text: str, language: str) -> list[tuple[int, str]]:
    """Where a sentence says "I", outside of quotation marks, and the words."""
    plain = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    found = ((match.start(), match[0]) for match in _SAYS_I[language].finditer(plain))
    return [(at, word) for at, word in found if word.casefold() not in _NO_VERBS]
