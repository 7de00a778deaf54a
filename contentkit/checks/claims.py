"""How sure the source was: superlatives it did not use, doubts and negations that got lost. Warnings only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contentkit.checks.findings import Finding, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.words import WORD, content_words, folded, stem
from contentkit.text import one_line, sentences

# Comparing every sentence with every cited one is for posts as people write them, not for a pasted book.
_MOST_SENTENCES = 60
_MOST_CITED = 400
# Shares of a sentence's content words: what must be said by a source's sentence to be its paraphrase, and how much of that one.
_PARAPHRASE = 0.6
_WHOLE = 0.5
_FEWEST_WORDS = 3

_ABSOLUTE_WORDS = """
best|worst|fastest|biggest|largest|greatest|easiest|cheapest|smallest|safest|simplest|strongest|first[ -]ever|the first|
the only|leading|unprecedented|revolutionary|world-class|always|never|everyone|everybody|nobody|
every single|guaranteed?|guarantees|completely|entirely|perfect|perfectly|impossible|unbeatable|
mejor|peor|siempre|nunca|jamás|nadie|el único|la única|el primero|la primera|completamente|perfecto|
imposible|garantizad[oa]
"""
_HEDGE_WORDS = r"""
may|might|could|probably|maybe|perhaps|possibly|likely|seems?|apparently|i think|we think|i guess|i believe|we believe|
i hope|we hope|hopefully|expect(?:s|ed)? to|plan(?:s|ned)? to|try to|trying to|up to|at least|at most|almost|nearly|roughly|
approximately|sometimes|usually|often|mostly|some of|in part|partly|(?:about|around|some|over|under)(?=\s+[$€£]?\d)|
quizás?|tal vez|a lo mejor|probablemente|posiblemente|podría[ns]?|podríamos|parece|creo que|creemos|esperamos|al menos|
como mucho|casi|aproximadamente|a veces|algunos|algunas|en parte|(?:unos|unas|hasta)(?=\s+\d)
"""
_NEGATOR_WORDS = """
not never no none nobody nothing without neither nor cannot hardly barely nunca jamas nadie nada ningun ninguna ninguno sin
tampoco ni
"""


def _whole_words(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives.replace(chr(10), '')})(?!\w)", re.I)


_ABSOLUTE, _HEDGE = _whole_words(_ABSOLUTE_WORDS), _whole_words(_HEDGE_WORDS)
_NEGATOR = frozenset(_NEGATOR_WORDS.split())
_SCOPE = 5


@dataclass(frozen=True, kw_only=True)
class Said:
    """A sentence, the stems of its content words, and those of them that a negation covers."""

    text: str
    words: frozenset[str]
    negated: frozenset[str]
    has_negator: bool


def check_claims(post: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK220 to CK222."""
    for sentence in post:
        yield from _check_absolutes(sentence, grounds)
    if len(post) > _MOST_SENTENCES:
        return
    cited = _cited_sentences(grounds)
    for sentence in post:
        said = _said(sentence.text)
        alike = [other for other in cited if _is_paraphrase(said, other)]
        yield from _check_negation(sentence, said, alike)
        yield from _check_hedges(sentence, said, alike)


def _check_absolutes(sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    for match in _ABSOLUTE.finditer(sentence.text):
        word = stem(folded(match[0].split()[-1].split("-")[-1]))
        if grounds.standing_of(grounds.record.words.get(word)) != "cited":
            message = f"the cited lines do not say {match[0].lower()}{grounds.nearest(sentence.text, match.start())}"
            yield warning(
                "CK220", message, words=match[0], at=sentence.at + match.start(), remedy="say it as the source does"
            )


def _check_negation(sentence: Sentence, said: Said, alike: Sequence[Said]) -> Iterator[Finding]:
    if alike and all(_is_flipped(said, other) for other in alike):
        verb = "denies" if said.has_negator else "affirms"
        message = f"the post {verb} what the source does not: “{one_line(alike[0].text, 80)}”"
        yield warning(
            "CK222",
            message,
            words=one_line(sentence.text, 60),
            at=sentence.at,
            remedy="check who said yes and who said no",
        )


def _is_flipped(one: Said, other: Said) -> bool:
    if one.has_negator == other.has_negator:
        return False
    return bool((one.negated & other.words) or (other.negated & one.words))


def _check_hedges(sentence: Sentence, said: Said, alike: Sequence[Said]) -> Iterator[Finding]:
    whole = [other for other in alike if len(said.words & other.words) >= _WHOLE * len(other.words)]
    if not whole or _HEDGE.search(sentence.text):
        return
    hedges = [_HEDGE.search(other.text) for other in whole]
    if all(hedges):
        hedge = next(match[0] for match in hedges if match)
        message = f"the source is less sure: it says “{hedge}” in “{one_line(whole[0].text, 80)}”"
        yield warning("CK221", message, words=one_line(sentence.text, 60), at=sentence.at, remedy="keep the doubt")


def _is_paraphrase(said: Said, other: Said) -> bool:
    shared = len(said.words & other.words)
    return shared >= _FEWEST_WORDS and shared >= _PARAPHRASE * len(said.words)


def _cited_sentences(grounds: Grounds) -> list[Said]:
    found: list[Said] = []
    for number in sorted(grounds.cited):
        stretch = grounds.record.stretches[number]
        found += [_said(stretch.text[start:end]) for start, end in sentences(stretch.text)]
        if len(found) >= _MOST_CITED:
            break
    return found[:_MOST_CITED]


def _said(text: str) -> Said:
    words = [folded(word) for word in WORD.findall(text)]
    negated: set[str] = set()
    has_negator = False
    for index, word in enumerate(words):
        if word in _NEGATOR or word.endswith("n't"):
            has_negator = True
            negated.update(content_words(" ".join(words[index + 1 : index + 1 + _SCOPE])))
    return Said(text=text, words=frozenset(content_words(text)), negated=frozenset(negated), has_negator=has_negator)
