from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from contentkit.drafting.rules import LANGUAGES, rules_for
from contentkit.drafting.rules.phrases import Phrases, needed

_EXAMPLES = Path(__file__).parent / "examples"
# In other cases, and with letters that are some other case of one.
_STRANGE = ["IT IS NO SURPRISE THAT WE LOVE THIS", "paſt weeK we announced a new version", "Aprİl, a gıft"]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bwould like to (?:thank|acknowledge)\b", ("would like to",)),
        (r"\bwe (?:also )?(?:hoped|expected)\b", ("hoped", "expected")),
        (r"^(?:an?|some) (?:\w+ ){0,3}(?:look|guide)s?\b", ("look", "guide")),
        (r"mistakes?|it turned out", ("mistake", "it turned out")),
        (r"(?P<who>he|she)(?! said) (?<=never) cares", ("cares",)),
        (r"barrier{0,1}s{0}", ("barrie",)),
        (r"(?:barrier ){0,2}(?:surprise ){2}x", ("surprise",)),
        (r"(?:barrier )*?(?:reasons?)?? (?:surprise)+?s", ("surprise",)),
        # Nothing of these stands in every match, or too little of it.
        (r"\b(?:is|are) (?:we|it)\b", ()),
        (r"(?:nothing )?\d+", ()),
        (r"\w+ing|[a-z]{3,}ed", ()),
        (r"surprise|.+", ()),
    ],
)
def test_words_that_every_match_needs(pattern: str, words: tuple[str, ...]) -> None:
    assert needed(pattern) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_found_where_any_of_the_patterns_is(language: str) -> None:
    texts = [*_lines(), *_STRANGE]
    found = 0
    for phrases in _phrases_of(language):
        whole = re.compile("|".join(f"(?:{pattern})" for pattern in phrases.patterns), re.IGNORECASE)
        for text in texts:
            spans = [match.span() for match in whole.finditer(text)]
            assert [match.span() for match in phrases.finditer(text)] == spans
            found += phrases.count(text)
    assert found > 20


def test_of_phrases_that_begin_at_one_place_the_first_is_found() -> None:
    both = Phrases(["never say", "never say never", "say"])
    assert [match[0] for match in both.finditer("Never say never say")] == ["Never say", "never say"]
    assert both.search("nothing of it") is None


def _phrases_of(language: str) -> Iterator[Phrases]:
    rules = rules_for(language)
    yield from (value for part in (rules, rules.speech) for value in vars(part).values() if isinstance(value, Phrases))


def _lines() -> Iterator[str]:
    for example in sorted(_EXAMPLES.glob("*.md")):
        yield from (line for line in example.read_text(encoding="utf-8").splitlines() if line.strip())
