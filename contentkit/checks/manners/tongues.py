"""CK352: a post in another language than the one its thread says. Readers filter by it, and programs offer to translate."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Fewer words may be a name, a title, a quotation.
_FEWEST = 10
# So many of the words must be those of the other language alone, and so many times more than those of the one that is said.
_LEAST_SHARE = 0.2
_AS_MANY = 6
_NAMES = {
    "ca": "Catalan", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese",
}  # fmt: skip


def check_tongue(prose: Prose, declared: Collection[str]) -> Iterator[Finding]:
    """One finding where the post is surely in a language that none of the declared codes names."""
    codes = {code.lower().replace("_", "-").partition("-")[0] for code in declared}
    if not codes or not codes <= _NAMES.keys():
        return
    words = [word.lower().replace("’", "'") for word in _WORD.findall(prose.spoken)]
    if len(words) < _FEWEST:
        return
    known = _telling()
    counts = Counter(known[word] for word in words if word in known)
    spoken = max(counts, key=lambda code: counts[code], default="")
    said = max(counts[code] for code in codes)
    if not counts or counts[spoken] < max(_LEAST_SHARE * len(words), _AS_MANY * said):
        return
    names = " or ".join(_NAMES[code] for code in sorted(codes))
    first = _WORD.search(prose.spoken)
    at = first.start() if first else 0
    opening = prose.text[at:].partition("\n")[0]
    yield warning(
        "CK352",
        f"the post is in {_NAMES[spoken]}, and its thread says {names}: readers who filter by language miss it",
        words=opening[:40].rpartition(" ")[0] or opening[:40],
        at=at,
        remedy=f"write 'language: {spoken}' at the draft's top, or give these posts a draft of their own",
    )


@cache
def _telling() -> Mapping[str, str]:
    """The words that are common in one of the languages alone, each with its code."""
    read = tomllib.loads((files(__package__) / "stop_words.toml").read_text("utf-8"))
    lists = {code: frozenset(words.split()) for code, words in read.items()}
    in_how_many = Counter(word for words in lists.values() for word in words)
    return {word: code for code, words in lists.items() for word in words if in_how_many[word] == 1}
