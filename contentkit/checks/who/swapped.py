"""Who did it and who said it: a name, or an "I", in another's place, where the cited lines tell the same of somebody else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from contentkit.checks.findings import Finding, warning
from contentkit.checks.grounds import Grounds, Sentence
from contentkit.checks.reading.first_person import without_quoted
from contentkit.checks.reading.portions import Key, Roots
from contentkit.checks.records.cast import alike, key_of
from contentkit.checks.records.scenes import Scene
from contentkit.checks.who.deeds import NOTHING, Deed, deeds_of
from contentkit.models import Post
from contentkit.text import one_line
from contentkit.values import dataclass
from contentkit.words.common_words import is_common

_MOST_SCENES = 200
_MOST_DEEDS = 24


@dataclass(frozen=True, kw_only=True, eq=False)
class Other:
    """Somebody else of whom the cited lines tell some of a deed; ``close`` is the weight of what stands right beside the name."""

    key: Key
    roots: Roots
    weight: float
    close: float
    scene: Scene


class Reading:
    """One post beside the cast of its record: what is told of whom, in the cited lines and anywhere."""

    def __init__(self, post: Post, sentences: Sequence[Sentence], grounds: Grounds) -> None:
        self.cast, self.grounds = grounds.cast, grounds
        said, _ = without_quoted(post.text, is_open=False)
        founder = key_of(grounds.founder)
        deeds = [
            deed for each in sentences if not each.is_title_case for deed in deeds_of(each, self.cast, founder, said)
        ]
        self.deeds = [deed for deed in deeds[:_MOST_DEEDS] if self.cast.same(deed.key) and not self._is_topic(deed)]
        self._beside: dict[int, frozenset[Key]] = {}
        for deed in deeds:
            self._beside[deed.sentence] = self.beside(deed) | self.cast.same(deed.key) | {deed.key}

    def beside(self, deed: Deed) -> frozenset[Key]:
        """Whoever is named in the sentence of a deed."""
        return self._beside.get(deed.sentence, frozenset())

    def _is_topic(self, deed: Deed) -> bool:
        """Whether it names what all of the source is about."""
        is_own = deed.key <= self.grounds.own_words or self.cast.is_topic(deed.key)
        return is_own and deed.sort != "person"

    def weight(self, roots: Iterable[str]) -> float:
        return sum(self.cast.weight(root) for root in roots)

    def scenes_with(self, roots: Roots) -> list[Scene]:
        """The sentences of the record that share a word with these roots; the commonest words are not looked up."""
        postings = sorted((self.cast.by_root[root] for root in roots if root in self.cast.by_root), key=len)
        numbers: set[int] = set()
        for posting in postings:
            if len(numbers) > _MOST_SCENES:
                break
            numbers.update(posting[:_MOST_SCENES])
        return [self.cast.scenes[number] for number in sorted(numbers)]

    @cached_property
    def _cited(self) -> frozenset[Key]:
        """Whoever is named, or tells something, in the cited lines."""
        return frozenset[Key]().union(*(scene.by_name for scene in self.cast.scenes_of(self.grounds.cited)))

    def is_cited(self, deed: Deed) -> bool:
        return not self._cited.isdisjoint(self.cast.same(deed.key))

    def own(self, deed: Deed, roots: Roots, scenes: Sequence[Scene]) -> float:
        """The most that lines of the record may tell of a name itself, generously read, in the sentences of one stretch."""
        keys, named = self.cast.same(deed.key), self.cast.stretches_of(deed.key)
        found: dict[int, Roots] = {}
        for scene in scenes:
            if self._may_be_of(deed, scene, keys) or (deed.sort != "person" and scene.stretch in named):
                found[scene.stretch] = found.get(scene.stretch, NOTHING) | (scene.roots & roots)
        return max((self.weight(each) for each in found.values()), default=0.0)

    def _may_be_of(self, deed: Deed, scene: Scene, keys: frozenset[Key]) -> bool:
        """Whether a sentence may tell of a name; what another says of "I" is not of the founder."""
        is_by_name = not keys.isdisjoint(scene.by_name)
        if is_by_name or deed.sort != "person":
            return is_by_name
        if (deed.is_i and scene.says_i) or (scene.is_anyones and not self.cast.is_surely_person(deed.key)):
            return False
        return scene.may_be_of(keys)

    def strictly(self, roots: Roots, keys: frozenset[Key]) -> float:
        """How much the cited lines tell of these names, closely read."""
        found = set[str]()
        for scene in self.scenes_with(roots):
            if scene.stretch in self.grounds.cited:
                for part, held in zip(scene.parts, scene.holders, strict=True):
                    found |= part.every_root & roots if not keys.isdisjoint(held) else NOTHING
        return self.weight(found)

    def others(self, deed: Deed, roots: Roots, scenes: Sequence[Scene]) -> Iterator[Other]:
        """Whom else the cited lines tell it of: closely read, each by all that a stretch tells of them."""
        told: dict[tuple[int, Key], Roots] = {}
        close: dict[tuple[int, Key], Roots] = {}
        where: dict[tuple[int, Key], Scene] = {}
        is_cited = self.is_cited(deed)
        for scene in scenes:
            if scene.stretch not in self.grounds.cited:
                continue
            for key, shared in self._held(deed, roots, scene):
                place = scene.stretch, key
                close[place] = close.get(place, NOTHING) | shared
                if place not in where or len(shared) > len(where[place].roots & roots):
                    where[place] = scene
                # Where the cited lines do not name the deed's own name, whoever a sentence names may be meant.
                told[place] = told.get(place, NOTHING) | (
                    shared if is_cited or key not in scene.named else scene.roots & roots
                )
        for (number, key), shared in told.items():
            if shared and self._may_replace(key, deed):
                at = number, key
                yield Other(
                    key=key,
                    roots=shared,
                    weight=self.weight(shared),
                    close=self.weight(close[at]),
                    scene=where[at],
                )

    def _held(self, deed: Deed, roots: Roots, scene: Scene) -> Iterator[tuple[Key, Roots]]:
        """Who has which of these roots in a sentence, part by part."""
        is_sure = deed.is_i or self.cast.is_surely_person(deed.key)
        for part, holders in zip(scene.parts, scene.holders, strict=True):
            keys = holders if deed.sort == "person" else part.keys
            for key in keys if is_sure else keys & scene.named:
                yield key, part.every_root & roots

    def _may_replace(self, key: Key, deed: Deed) -> bool:
        if (len(key) == 1 and all(map(is_common, key))) or not self.beside(deed).isdisjoint(self.cast.same(key)):
            return False
        sort = self.cast.sort(key)
        return sort == deed.sort if self.is_cited(deed) else alike(deed.sort, sort)


def check_swapped(post: Post, sentences: Sequence[Sentence], grounds: Grounds) -> Iterator[Finding]:
    """CK212 and CK213."""
    reading = Reading(post, sentences, grounds)
    told = set[int]()
    for deed in reading.deeds:
        likelier = compared(deed, reading)
        if likelier.is_sure:
            told.add(deed.at)
            yield _another(deed, likelier, reading)
    yield from _exchanged(reading, told)


@dataclass(frozen=True, kw_only=True, eq=False)
class Likelier:
    """How much of a deed the record tells of its own name, at most, and of the likeliest other, out of all that it tells."""

    deed: Deed
    is_cited: bool
    own: float
    all: float
    other: Other | None

    @property
    def is_sure(self) -> bool:
        """Whether the other did it: the lines tell most of it of the other, and hardly any of it of the name itself.

        Where the cited lines do not even know the name, less is enough.
        """
        if self.other is None or self.other.roots.isdisjoint(self.deed.roots):
            return False
        share, count = self.other.weight / self.all, len(self.other.roots)
        if self.is_cited:
            return count >= 2 and share >= 0.3 and self.own <= (0.6 if self.deed.is_i else 0.5) * self.other.weight
        is_much = (count >= 3 and share >= 0.2) or (count >= 2 and share >= 0.3) or (share >= 0.5 and not self.own)
        return is_much and self.own <= 0.8 * self.other.weight


def compared(deed: Deed, reading: Reading) -> Likelier:
    """The deed beside what the record tells of its name and of others: by its part of the sentence, else by all of it."""
    is_cited = reading.is_cited(deed)
    found = _compared(deed, deed.roots, reading, is_cited=is_cited)
    return found if found.is_sure or is_cited else _compared(deed, deed.every, reading, is_cited=is_cited)


def _compared(deed: Deed, roots: Roots, reading: Reading, *, is_cited: bool) -> Likelier:
    scenes = reading.scenes_with(roots)
    other = max(reading.others(deed, roots, scenes), key=lambda other: (other.weight, other.close), default=None)
    return Likelier(
        deed=deed,
        is_cited=is_cited,
        # Beside nobody else it need not be known.
        own=reading.own(deed, roots, scenes) if other else 0.0,
        all=reading.weight(roots) or 1.0,
        other=other,
    )


def _another(deed: Deed, likelier: Likelier, reading: Reading) -> Finding:
    other = likelier.other
    assert other is not None
    who, place = reading.cast.written(other.key), reading.grounds.record.stretches[other.scene.stretch].place
    said = one_line(other.scene.text, 70)
    if deed.is_i:
        message = f"{place} tells this of {who}, and the post tells it as the founder's own: “{said}”"
        return warning("CK213", message, words=deed.words, at=deed.at, remedy=f"say that it is {who}'s, or take it out")
    message = f"{place} tells this of {who}, not of {deed.words}: “{said}”"
    return warning(
        "CK212", message, words=deed.words, at=deed.at, remedy=f"name {who}, or cite who tells it of {deed.words}"
    )


def _exchanged(reading: Reading, told: Collection[int]) -> Iterator[Finding]:
    """Two names of which the cited lines tell just the other way round, where nothing is ``told`` of either yet."""
    deeds = [deed for deed in reading.deeds if deed.sort != "thing" and deed.at not in told]
    for one, other in combinations(deeds, 2):
        if one.sort == other.sort and _is_turned(one, other, reading):
            names = " and ".join("the founder" if deed.is_i else deed.words for deed in (one, other))
            message = f"the cited lines tell it the other way round of {names}"
            remedy = "exchange the two, or cite who tells it so"
            check = "CK213" if one.is_i or other.is_i else "CK212"
            yield warning(check, message, words=other.words, at=other.at, remedy=remedy)


def _is_turned(one: Deed, other: Deed, reading: Reading) -> bool:
    keys, others = reading.cast.same(one.key), reading.cast.same(other.key)
    here, there = one.roots - other.roots - other.own, other.roots - one.roots - one.own
    if not (here and there) or keys & others:
        return False
    own = reading.strictly(here, keys), reading.strictly(there, others)
    turned = reading.strictly(here, others), reading.strictly(there, keys)
    if min(turned) == 0 or own[0] > turned[0] or own[1] > turned[1]:
        return False
    return sum(own) <= 0.4 * sum(turned) and sum(turned) >= 0.3 * reading.weight(here | there)
