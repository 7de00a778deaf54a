"""What a post tells of whom, part by part of its sentences."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.checks.grounds import Sentence
from contentkit.checks.reading.called import called
from contentkit.checks.reading.first_person import first_person
from contentkit.checks.reading.portions import Key, Portion, Roots, portions
from contentkit.checks.records.cast import Cast, Sort
from contentkit.values import dataclass
from contentkit.words.common_words import is_common

NOTHING: Roots = frozenset()


@dataclass(frozen=True, kw_only=True, eq=False)
class Deed:
    """A name of the post, or the founder's "I", and the roots of what the post tells of it: in its part, and in all the sentence.

    ``sentence`` is where its sentence begins, ``own`` are the roots of the name itself.
    """

    key: Key
    sort: Sort
    sentence: int
    at: int
    words: str
    roots: Roots
    every: Roots
    own: Roots = NOTHING
    is_i: bool = False


def deeds_of(sentence: Sentence, cast: Cast, founder: Key, said: str) -> list[Deed]:
    """What a sentence tells of each name in it, and of the founder (empty: of nobody) where it says "I".

    ``said`` is the text of the post without what it quotes.
    """
    names = called(sentence.text, cast.known)
    own = said[sentence.at : sentence.at + len(sentence.text)]
    said_i = first_person(own, cast.language) if founder else []
    if not names and not said_i:
        return []
    parts = portions(sentence.text, cast.language, names, own)
    every = NOTHING.union(*(part.every_root for part in parts))
    told = _told(parts)
    found = [
        _deed(sentence, part, number, told[place], every, cast)
        for place, part in enumerate(parts)
        for number, name in enumerate(part.names)
        if len(name.words) > 1 or not is_common(name.words[0])
    ]
    return [*found, _of_founder(sentence, parts, said_i, founder)] if said_i else found


def _deed(sentence: Sentence, part: Portion, number: int, told: Roots, every: Roots, cast: Cast) -> Deed:
    name, own = part.names[number], part.called[number]
    return Deed(
        key=name.key,
        sort=cast.sort(name.key) if name.fits_person or cast.is_surely_person(name.key) else "thing",
        sentence=sentence.at,
        at=sentence.at + name.start,
        words=name.written,
        roots=told.union(*part.called) - own,
        every=every - own,
        own=own,
    )


def _of_founder(sentence: Sentence, parts: Sequence[Portion], said_i: Sequence[tuple[int, str]], founder: Key) -> Deed:
    """What a sentence tells of the founder in the first person; ``said_i`` is where it says "I", and how."""
    mine = [part for part in parts if not part.names or any(part.start <= at < part.end for at, _ in said_i)]
    roots = NOTHING.union(*(part.every_root for part in mine))
    at, word = said_i[0]
    return Deed(
        key=founder,
        sort="person",
        sentence=sentence.at,
        at=sentence.at + at,
        words=word,
        roots=roots,
        every=roots,
        is_i=True,
    )


def _told(parts: Sequence[Portion]) -> list[Roots]:
    """For each part, what is told of the names in it: what it says itself, and the parts that name nobody and belong to it."""
    owners = [_owner(parts, number) for number in range(len(parts))]
    found: list[Roots] = [NOTHING] * len(parts)
    for number, owner in enumerate(owners):
        found[owner] |= parts[number].roots
    # "Ana, Bruno and Carla wrote it": the names of a list without a word of their own have those of the next.
    for number in range(len(parts) - 2, -1, -1):
        if parts[number].names and not found[number]:
            found[number] = found[number + 1]
    return found


def _owner(parts: Sequence[Portion], number: int) -> int:
    """Which part with names a part belongs to: itself, the one behind it that has no words of its own, else the one before it."""
    if parts[number].names:
        return number
    behind = number + 1
    if behind < len(parts) and parts[behind].names and not parts[behind].roots:
        return behind
    before = next((each for each in range(number - 1, -1, -1) if parts[each].names), None)
    after = next((each for each in range(number + 1, len(parts)) if parts[each].names), number)
    return after if before is None else before
