"""CK352: a post in another language than the one its thread says. Readers filter by it, and programs offer to translate."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path

from contentkit.checks.findings import Finding, warning
from contentkit.checks.manners.prose import Prose
from contentkit.patterns import regex

_WORD = regex(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Fewer words may be a name, a title, a quotation.
_FEWEST = 10
# So many of the words must be common in the other language and not in the one that is said, and so many times more than the
# other way round.
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
    spoken = _surely(words, codes)
    if not spoken:
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


def _surely(words: Sequence[str], codes: Set[str]) -> str:
    """The language that these words are in where it is none of these; empty where that is not sure."""
    common = _common()
    told = [common[word] for word in words if word in common]
    counts = Counter(code for languages in told for code in languages)
    spoken = max(counts, key=lambda code: counts[code], default="")
    if not spoken or spoken in codes:
        return ""
    other = sum(spoken in languages and not languages & codes for languages in told)
    said = sum(spoken not in languages and bool(languages & codes) for languages in told)
    return spoken if other >= max(_LEAST_SHARE * len(words), _AS_MANY * said) else ""


@cache
def _common() -> Mapping[str, frozenset[str]]:
    """The commonest words of all the languages, each with the codes of those that have it."""
    read = tomllib.loads(Path(__file__).with_name("stop_words.toml").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for code, words in read.items():
        for word in words.split():
            found.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}
