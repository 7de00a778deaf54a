"""Names must be the source's: a capital inside of a sentence, a CamelCase word or a version that no source knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from contentkit.checks.findings import Finding, error, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.reading.called import Called, called, may_be_name
from contentkit.checks.reading.words import COMPOUND, COMPOUND_PARTS, content_words, folded, joined, stem
from contentkit.checks.records.scenes import Scene
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.common_words import ACRONYMS, is_common
from contentkit.words.moments import moments

_MOST_MIXED = 3
_POSSESSIVE, _DIGIT = regex(r"['’]s$"), regex(r"\d")
_HYPHEN, _SLASHED_PARTS = regex(r"[-‑]"), regex(r"[-‑.'’+/]")
# Whom somebody calls theirs: "my co-founder", "nuestra jefa de soporte".
_THEIRS = regex(r"(?<!\w)(?:my|our|his|her|their|mi|su|nuestr[oa])\s+(\w+(?:[-\s]\w+)?)", re.I)


@dataclass(frozen=True, kw_only=True)
class Word:
    """A word of a name that needs a source: where it stands in the post's sentence, and in which stretches of the record."""

    start: int
    words: str
    places: frozenset[int]


def check_names(sentence: Sentence, grounds: Grounds) -> Iterator[Finding]:
    """CK207, CK208 and the names of CK212 that only other lines have."""
    for name in _names(sentence, grounds):
        words = [word for word in _words_of(name, sentence, grounds) if not _is_own(word.words, grounds)]
        unknown = [word for word in words if not word.places and not _says_nothing(word.words, name, sentence)]
        unknown = [word for word in unknown if not grounds.cast.has_in_other_form(word.words)]
        if len(name.words) == 1 and grounds.cast.same(name.key):
            # A nickname of somebody who speaks.
            unknown = []
        at = sentence.at + name.start
        if unknown:
            said = name.written if len(unknown) == len(words) else unknown[0].words
            message = f"no source names {said}{grounds.nearest(sentence.text, name.start)}"
            remedy = "correct the name, cite who named it, or waive it by name"
            # One word with a capital may be no name at all; the Midwest is el Medio Oeste in Spanish.
            is_sure = len(name.words) > 1 and grounds.tongue == grounds.record.language
            found = error if is_sure or grounds.cast.is_surely_person(name.key) else warning
            yield found("CK207", message, words=said, at=sentence.at + unknown[0].start, remedy=remedy)
        elif others := _mixed(name, sentence, grounds):
            message = f"no source names {name.written}; they name {' and '.join(others)}"
            yield error("CK207", message, words=name.written, at=at, remedy="write the name of whoever is meant")
        elif words and not name.opens and _is_elsewhere(name, words, grounds):
            yield _elsewhere(name, grounds.place_of(set(words[0].places)), at, grounds)


def _elsewhere(name: Called, where: str, at: int, grounds: Grounds) -> Finding:
    """A name that only other lines have: it says so where it is a person's, and the cited lines tell of other people."""
    remedy = f"cite {where} too, if it is meant"
    others = _people_cited(name, grounds)
    if not others:
        message = f"the cited lines do not name {name.written}, but {where} does"
        return warning("CK208", message, words=name.written, at=at, remedy=remedy)
    message = f"the cited lines are of {others[0]}, not of {name.written}, whom {where} names"
    return warning("CK212", message, words=name.written, at=at, remedy=f"name {others[0]}, or {remedy}")


def _people_cited(name: Called, grounds: Grounds) -> list[str]:
    """The people whom the cited lines name or who say them, where this is another's name and nothing in them may mean it."""
    cast = grounds.cast
    keys = cast.same(name.key)
    scenes = list(cast.scenes_of(grounds.cited))
    if cast.sort(name.key) != "person" or any(scene.may_be_of(keys) for scene in scenes):
        return []
    naming = (scene for scene in cast.scenes_of(cast.stretches_of(name.key)) if not keys.isdisjoint(scene.named))
    if not _whose(scenes).isdisjoint(_whose(naming)):
        return []
    named = [key for scene in scenes for key in sorted(scene.named, key=sorted) if cast.sort(key) == "person"]
    said = [cast.speaker(scene.stretch) for scene in scenes]
    return [cast.written(key) for key in (*named, *filter(None, said))]


def _whose(scenes: Iterable[Scene]) -> frozenset[str]:
    """What these sentences call the people whom they speak of as theirs: who "my co-founder" is, another line may tell."""
    return frozenset(
        word for scene in scenes for match in _THEIRS.finditer(scene.text) for word in content_words(match[1])
    )


def _names(sentence: Sentence, grounds: Grounds) -> Iterator[Called]:
    """The names of a sentence, without a word that has its capital for opening it and that nothing shows to be a name."""
    known = grounds.cast.known
    yield from (name for name in called(sentence.text, known) if may_be_name(sentence.text, name, known))
    yield from _versions(sentence)


def _versions(sentence: Sentence) -> Iterator[Called]:
    """Letters with digits (``v2.3.1``, ``log4j``) that no hyphen keeps apart (``mid-2024``)."""
    if not _DIGIT.search(sentence.text):
        return
    found = [match for match in COMPOUND.finditer(sentence.text) if _is_version(match[0])]
    dates = {at for moment in moments(sentence.text) for at in range(moment.start, moment.end)} if found else set()
    yield from (Called.odd(match.start(), match[0]) for match in found if match.start() not in dates)


def _is_version(word: str) -> bool:
    if not word.islower() or word[0].isdigit():
        return False
    return any(_DIGIT.search(part) and not part[0].isdigit() for part in word.split("-"))


def _words_of(name: Called, sentence: Sentence, grounds: Grounds) -> Iterator[Word]:
    for match in COMPOUND.finditer(sentence.text, name.start, name.end):
        if not match[0].islower() or len(name.words) == 1:
            places = frozenset(_places(match[0], grounds))
            yield Word(start=match.start(), words=_POSSESSIVE.sub("", match[0]), places=places)


def _is_own(word: str, grounds: Grounds) -> bool:
    return joined(word) in grounds.own_words or all(
        stem(joined(part)) in grounds.own_words or part.islower() for part in _HYPHEN.split(word) if part
    )


def _places(word: str, grounds: Grounds) -> set[int]:
    """Where the whole name stands; a compound without digits is known when each of its capitalised parts is."""
    index = grounds.record.words
    places = index.get(joined(word)) or index.get(stem(joined(word)))
    if places or _DIGIT.search(word):
        return places or set()
    parts = [
        index.get(stem(joined(part)), set())
        for part in COMPOUND_PARTS.split(word)
        if len(part) > 1 and not part.islower()
    ]
    return set.intersection(*parts) or set().union(*parts) if parts and all(parts) else set()


def _says_nothing(word: str, name: Called, sentence: Sentence) -> bool:
    """Whether the word is no name after all: an everyday word at an opening or shouted, or an everyday acronym."""
    plain = folded(word).removesuffix("'s")
    if plain.upper().removesuffix("S") in ACRONYMS or len(plain) == 1:
        return True
    opens = name.opens and sentence.text.startswith(word, name.start)
    if word.isupper() or (word[1:].islower() and opens) or sentence.is_title_case:
        return all(is_common(part) for part in _SLASHED_PARTS.split(plain) if part)
    return False


def _mixed(name: Called, sentence: Sentence, grounds: Grounds) -> list[str]:
    """The names of the people of whose names this one is made."""
    return (
        []
        if sentence.is_title_case
        else [grounds.cast.written(key) for key in grounds.cast.mixes(name.key)[:_MOST_MIXED]]
    )


def _is_elsewhere(name: Called, words: Sequence[Word], grounds: Grounds) -> bool:
    """Whether neither the cited lines nor those beside them know the name, and not all of the source is about it."""
    if any(word.places & grounds.near for word in words) or any(not word.places for word in words):
        return False
    cast = grounds.cast
    may_be_thing = cast.sort(name.key) != "person" or (len(name.key) == 1 and not cast.is_surely_person(name.key))
    is_topic = may_be_thing and cast.is_topic(name.key)
    return not is_topic and cast.stretches_of(name.key).isdisjoint(grounds.near) and not _tells(name, grounds)


def _tells(name: Called, grounds: Grounds) -> bool:
    """Whether the cited lines are the words of somebody with this name."""
    keys = grounds.cast.same(name.key)
    return any(not keys.isdisjoint(scene.tellers) for scene in grounds.cast.scenes_of(grounds.near))
