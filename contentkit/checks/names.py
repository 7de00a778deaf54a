"""Names must be the source's: a capital inside of a sentence, a CamelCase word or a version that no source knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.words import COMPOUND, folded, joined, stem
from contentkit.common_words import ACRONYMS, is_common
from contentkit.moments import moments

# What a sentence may begin with again: after a colon, a dash, a bullet, an opening quotation mark or bracket.
_OPENS = re.compile(r"(?:^|[:;•·–—→|/*>!?…\"“”«‘(\[]|\s-)\s*['\"“«‘(\[¿¡]*$|^\W*$|^\W*\d{1,2}[.)/]\s*$")
_PARTICLES = frozenset(("i", "i'm", "i've", "i'd", "i'll"))


@dataclass(frozen=True, kw_only=True)
class Name:
    """A word that is written like a name. ``opens`` when its capital may be due to where it stands."""

    start: int
    words: str
    opens: bool


def check_names(sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    """CK207 and CK208."""
    dates = {at for moment in moments(sentence.text) for at in range(moment.start, moment.end)}
    for name in _names(sentence):
        if name.start in dates or _is_own(name.words, grounds):
            continue
        places = _places(name.words, grounds)
        found = grounds.standing_of(places)
        at = sentence.at + name.start
        if found == "nowhere" and not _says_nothing(name, sentence):
            message = f"no source names {name.words}{grounds.nearest(sentence.text, name.start)}"
            yield error(
                "CK207",
                message,
                words=name.words,
                at=at,
                remedy="correct the name, cite who named it, or waive it by name",
            )
        elif found == "elsewhere" and not name.opens and grounds.near.isdisjoint(places):
            where = grounds.place_of(places)
            message = f"the cited lines do not name {name.words}, but {where} does"
            yield warning("CK208", message, words=name.words, at=at, remedy=f"cite {where} too, if it is meant")


def _names(sentence: Sentence) -> Iterator[Name]:
    for match in COMPOUND.finditer(sentence.text):
        word = match[0]
        if word[0].isdigit() or (word.islower() and not re.search(r"\d", word)):
            continue
        if folded(word) in _PARTICLES or not _looks_like_name(word):
            continue
        opens = sentence.is_title_case or bool(_OPENS.search(sentence.text, max(0, match.start() - 6), match.start()))
        yield Name(start=match.start(), words=word, opens=opens or match.start() == 0)


def _looks_like_name(word: str) -> bool:
    """A capital anywhere, or letters with digits (``v2.3.1``, ``log4j``) that no hyphen keeps apart (``mid-2024``)."""
    if any(character.isupper() for character in word):
        return True
    return any(re.search(r"\d", part) and not part[0].isdigit() for part in word.split("-"))


def _is_own(word: str, grounds: Grounds) -> bool:
    return joined(word) in grounds.own_words or all(
        stem(joined(part)) in grounds.own_words or part.islower() for part in re.split(r"[-‑]", word) if part
    )


def _places(word: str, grounds: Grounds) -> set[int]:
    """Where the whole name stands; a compound without digits is known when each of its capitalised parts is."""
    index = grounds.record.words
    places = index.get(joined(word)) or index.get(stem(joined(word)))
    if places or re.search(r"\d", word):
        return places or set()
    parts = [
        index.get(stem(joined(part)), set())
        for part in re.split(r"[-‑.'’+]", word)
        if len(part) > 1 and not part.islower()
    ]
    return set.intersection(*parts) or set().union(*parts) if parts and all(parts) else set()


def _says_nothing(name: Name, sentence: Sentence) -> bool:
    """Whether the word is no name after all: an everyday word at an opening or shouted, or an everyday acronym."""
    word = folded(name.words).removesuffix("'s")
    if word.upper().removesuffix("S") in ACRONYMS or len(word) == 1:
        return True
    if name.words.isupper() or (name.words[1:].islower() and name.opens) or sentence.is_title_case:
        return all(is_common(part) for part in re.split(r"[-‑.'’+/]", word) if part)
    return False
