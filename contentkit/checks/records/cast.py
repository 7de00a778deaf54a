"""Who and what a record tells of: its names, which of them are one, and whom each of its sentences is about."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Literal

from contentkit.checks.reading.called import Called, called, may_be_name, tells_of_person
from contentkit.checks.reading.first_person import first_person, without_quoted
from contentkit.checks.reading.lexicon import LANGUAGES
from contentkit.checks.reading.portions import Key, portions
from contentkit.checks.reading.words import COMPOUND, folded, joined
from contentkit.checks.records.record import Record
from contentkit.checks.records.scenes import HE, NOBODY, WE, YOU, Scene
from contentkit.checks.records.told import Told
from contentkit.models import Draft, Person
from contentkit.patterns import regex
from contentkit.words.common_words import is_common
from contentkit.words.given_names import given_names

Sort = Literal["person", "thing", ""]
# A nickname is the beginning or the end of a name, and so long at the least: Alex, Seun.
_SHORTEST_NICKNAME = 3
_SHORTEST_NAME = 3
_NOWHERE: frozenset[int] = frozenset()
_FULL_NAME = 2
_MOST_SCENES = 1_000
# Portugal and the Portuguese begin with so many letters in common.
_ROOT, _OF_COUNTRIES = 4, ("ese", "ian", "ean", "can", "man", "ish", "eno", "ena", "ana", "ano", "esa", "ues")
_LABEL = regex(r"\W{0,4}([^\W\d_][^:\n]{0,40}):\s")


class Cast:
    """The names of a record. ``authors`` says by the path of a source who "I" is there."""

    def __init__(self, record: Record, authors: Mapping[str, str]) -> None:
        self.record = record
        self.language = record.language if record.language in LANGUAGES else "en"
        self._authors = {path: key_of(name) for path, name in authors.items() if name}
        self._speaking = (*authors.values(), *(stretch.speaker for stretch in record.stretches if stretch.speaker))
        self.speakers = frozenset(key_of(stretch.speaker) for stretch in record.stretches if stretch.speaker)
        self.people = frozenset({*self._authors.values(), *self.speakers} - {frozenset()})
        self._same: dict[Key, frozenset[Key]] = {}
        self._sorts: dict[Key, Sort] = {}

    @cached_property
    def _told(self) -> Sequence[Told]:
        """The sentences of the record in their order, no more than the first thousand."""
        found: list[Told] = []
        for number, stretch in enumerate(self.record.stretches):
            if stretch.first and len(found) < _MOST_SCENES:
                found += self.record.told(number)
        return found[:_MOST_SCENES]

    @cached_property
    def known(self) -> frozenset[str]:
        """Words of names: with a capital inside of sentences, too, or of somebody who does what people do."""
        every = ((told.plain, one) for told in self._told for one in called(told.plain))
        sure = (
            one.words for text, one in every if not one.opens or (len(one.words) > 1 and tells_of_person(text, one))
        )
        words = (word for words in sure for word in words if len(words) > 1 or not is_common(word))
        return frozenset(words).union(*self.people)

    @cached_property
    def _called(self) -> Sequence[tuple[Told, Sequence[Called]]]:
        """Every sentence with its names."""
        found = ((told, called(told.plain, self.known)) for told in self._told)
        return [(told, [one for one in names if may_be_name(told.plain, one, self.known)]) for told, names in found]

    @cached_property
    def _by_word(self) -> dict[str, set[Key]]:
        """The names that a word is a part of."""
        found: dict[str, set[Key]] = {}
        for key in self.people.union(one.key for _, names in self._called for one in names):
            for word in key:
                found.setdefault(word, set()).add(key)
        return found

    def same(self, key: Key) -> frozenset[Key]:
        """Every name of the record that may be of the same person or thing: with more words, with fewer, a nickname."""
        found = self._same.get(key)
        if found is None:
            found = self._same[key] = self._all_same(key)
        return found

    def _all_same(self, key: Key) -> frozenset[Key]:
        longer = {key, *(other for word in key for other in self._by_word.get(word, ()) if key <= other)}
        if longer == {key}:
            longer |= {other for other in self.people if _is_nickname(key, other)}
        near = {other for one in longer for word in one for other in self._by_word.get(word, ())}
        return frozenset(other for other in near if any(other <= one or one <= other for one in longer))

    def sort(self, key: Key) -> Sort:
        """Whether it is the name of a person or of something else; empty where nobody can tell."""
        found = self._sorts.get(key)
        if found is None:
            found = self._sorts[key] = self._sort(key)
        return found

    def _sort(self, key: Key) -> Sort:
        same = self.same(key) | {key}
        if self.is_surely_person(key):
            return "person"
        if any(not _fits_person(word) for word in key):
            return "thing"
        if same & self._doing:
            return "person"
        if same & self._places:
            return "thing"
        if any(len(one) == _FULL_NAME and all(map(_fits_person, one)) for one in same):
            return "person"
        return "thing" if len(key) == 1 and self.is_topic(key) else ""

    def is_surely_person(self, key: Key) -> bool:
        """Whether it is a speaker's, an author's or the founder's, or begins as names of people do."""
        return bool(self.same(key) & self.people) or bool(key & _given())

    @cached_property
    def _places(self) -> frozenset[Key]:
        """Names that stand where no person's does: "in Pune", or with capitals elsewhere than at the beginning."""
        return frozenset(one.key for _, names in self._called for one in names if not one.fits_person)

    @cached_property
    def _doing(self) -> frozenset[Key]:
        """Names of whom is told what people do."""
        return frozenset(one.key for told, names in self._called for one in names if tells_of_person(told.plain, one))

    @cached_property
    def _initials(self) -> frozenset[str]:
        """PSF of the Python Software Foundation."""
        names = {one.written for _, names in self._called for one in names}
        return frozenset("".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper()) for name in names)

    def has_in_other_form(self, word: str) -> bool:
        """Whether the record has a name that this one is made of: Norway of Norwegian, PSF of its three words."""
        if word.isupper() and word in self._initials:
            return len(word) > 1
        own = folded(word)
        # Mariela is no other form of Mariana.
        alike = (each for each in self.known - _given() if len(own) > _ROOT < len(each) and each[:_ROOT] == own[:_ROOT])
        return any(own.endswith(_OF_COUNTRIES) or each.endswith(_OF_COUNTRIES) for each in alike)

    @cached_property
    def scenes(self) -> Sequence[Scene]:
        """The sentences of the record in their order."""
        found: list[Scene] = []
        for told, names in self._called:
            found.append(self._scene(told, names, found[-1] if found else None))
        return found

    def _scene(self, told: Told, names: Sequence[Called], before: Scene | None) -> Scene:
        stretch = self.record.stretches[told.stretch]
        is_told_on = before is not None and before.stretch == told.stretch
        is_same_source = before is not None and self.record.stretches[before.stretch].source == stretch.source
        said, is_open = without_quoted(told.plain, is_open=is_told_on and before is not None and before.is_open)
        says_i = bool(first_person(said, self.language))
        parts = tuple(portions(told.plain, self.language, names, said))
        words = frozenset[str]().union(*(part.words for part in parts))
        last = (before.people or before.about) if before and is_same_source else NOBODY
        is_own = says_i or bool(words & WE)
        tellers = self._tellers(told.stretch, words, says_i=is_own)
        return Scene(
            stretch=told.stretch,
            text=told.text,
            parts=parts,
            about=last if is_told_on or words & HE else NOBODY,
            loosely=last | (before.loosely if before and is_told_on else NOBODY),
            tellers=tellers,
            things=frozenset(one.key for one in names if self.sort(one.key) == "thing"),
            is_anyones=is_own and not tellers,
            says_i=says_i,
            is_open=is_open,
        )

    def _tellers(self, number: int, words: frozenset[str], *, says_i: bool) -> frozenset[Key]:
        """Whose words they are; whoever listens too where they are told "you"."""
        source, speaker = self.record.stretches[number].source, self.speaker(number)
        if not speaker:
            return frozenset({self._authors[source]}) if says_i and source in self._authors else NOBODY
        return frozenset({speaker}) | (self.speakers if words & YOU else NOBODY)

    def speaker(self, number: int) -> Key:
        """Whose turn a stretch is, also where a note has it so: "- Ana: we began small"; empty where it is nobody's."""
        stretch = self.record.stretches[number]
        if stretch.speaker:
            return key_of(stretch.speaker)
        label = _LABEL.match(stretch.text)
        names = called(label[1], self.known) if label else ()
        is_all = len(names) == 1 and label is not None and names[0].written == label[1]
        return names[0].key if is_all and self.sort(names[0].key) == "person" else frozenset()

    def scenes_of(self, stretches: Collection[int]) -> Iterator[Scene]:
        """The sentences of these stretches."""
        return (scene for number in sorted(stretches) for scene in self._scenes_in.get(number, ()))

    @cached_property
    def _scenes_in(self) -> dict[int, list[Scene]]:
        found: dict[int, list[Scene]] = {}
        for scene in self.scenes:
            found.setdefault(scene.stretch, []).append(scene)
        return found

    def stretches_of(self, key: Key) -> frozenset[int]:
        """The stretches that name this person or thing."""
        return _NOWHERE.union(*(self._named_in[same] for same in self.same(key) if same in self._named_in))

    @cached_property
    def _named_in(self) -> dict[Key, set[int]]:
        found: dict[Key, set[int]] = {}
        for told, names in self._called:
            for one in names:
                found.setdefault(one.key, set()).add(told.stretch)
        return found

    @cached_property
    def by_root(self) -> dict[str, list[int]]:
        """The numbers of the scenes that have a telling word."""
        found: dict[str, list[int]] = {}
        for number, scene in enumerate(self.scenes):
            for root in scene.roots:
                found.setdefault(root, []).append(number)
        return found

    def weight(self, root: str) -> float:
        """How telling a word is: the logarithm of how few sentences have it."""
        return self._weights.get(root, self._weights[""])

    @cached_property
    def _weights(self) -> dict[str, float]:
        """By its root; that of a word which no sentence has by the empty one."""
        every = {"": (), **self.by_root}
        return {root: math.log(1 + len(self.scenes) / (1 + len(numbers))) for root, numbers in every.items()}

    @cached_property
    def _written(self) -> dict[Key, str]:
        speaking = {key_of(name): name for name in self._speaking}
        return speaking | {one.key: one.written for _, names in reversed(self._called) for one in names}

    def written(self, key: Key) -> str:
        """A name of the record as it is written there."""
        longest = max(sorted(self.same(key), key=sorted), key=len, default=key)
        return self._written.get(longest) or self._written.get(key) or " ".join(sorted(key)).title()

    def mixes(self, key: Key) -> list[Key]:
        """The people of whose names this one is made: it has a word of each, and nobody has all of it."""
        if (
            len(key) < 2
            or not all(word in self._by_word for word in key)
            or any(key <= other for other in self._all_of(key))
        ):
            return []
        whole = sorted(
            (other for other in self._all_of(key) if len(other) > 1 and self.sort(other) == "person"), key=sorted
        )
        return [other for other in whole if len(other & key) == 1]

    def _all_of(self, key: Key) -> set[Key]:
        return {other for word in key for other in self._by_word.get(word, ())}

    def is_topic(self, key: Key) -> bool:
        """Whether it is the name of what the record is about: in its first lines, or all over it."""
        found = self.stretches_of(key)
        first = {told.stretch for told in self._told[:2]}
        return bool(found & first) or len(found) >= max(3, len(self.record.stretches) / 8)


@lru_cache(maxsize=4)
def cast_of(record: Record, authors: tuple[tuple[str, str], ...]) -> Cast:
    """The cast of a record, made once for all drafts that rest on it; ``authors`` are pairs of a source's path and a name."""
    return Cast(record, dict(authors))


def founder_of(draft: Draft, people: Mapping[str, Person]) -> str:
    """The name of the founder whose thread it is, as people.yaml gives it; empty where it is nobody's."""
    return people[draft.founder].display if draft.founder in people else draft.founder


def key_of(name: str) -> Key:
    """A name as names are compared."""
    return frozenset(joined(word) for word in COMPOUND.findall(name) if len(word) > 1)


def alike(one: Sort, other: Sort) -> bool:
    """Whether two names may be of the same sort."""
    return one == other or "person" not in (one, other)


def _is_nickname(key: Key, of: Collection[str]) -> bool:
    if len(key) != 1:
        return False
    (short,) = key
    return len(short) >= _SHORTEST_NICKNAME and any(word.startswith(short) or word.endswith(short) for word in of)


def _fits_person(word: str) -> bool:
    return word.isalpha() and len(word) >= _SHORTEST_NAME and not is_common(word)


@cache
def _given() -> frozenset[str]:
    return frozenset(folded(name) for name in given_names())
