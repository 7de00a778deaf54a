"""A sentence of a source as it tells of people and things: who is named in which part, whom it may mean besides."""

from __future__ import annotations

from functools import cached_property

from contentkit.checks.reading.portions import Key, Portion, Roots
from contentkit.checks.who.quotations import spoken
from contentkit.values import dataclass

NOBODY: frozenset[Key] = frozenset()
# Words that speak of somebody named before, of whoever speaks, of whoever listens.
HE = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself", "el", "ella", "le", "su", "sus"))
ME = frozenset(("i", "me", "my", "mine", "myself", "i'm", "i've", "i'd", "i'll", "yo", "mi", "mis", "conmigo"))
WE = frozenset(("we", "us", "our", "ours", "we're", "we've", "we'd", "we'll", "nosotros", "nosotras", "nos", "nuestro"))
YOU = frozenset(
    ("you", "your", "yours", "you're", "you've", "you'd", "you'll", "tu", "tus", "te", "ti", "usted", "vos")
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Scene:
    """A sentence of a source: its parts, and whom it may speak of beside those named in it.

    ``about`` are those that the sentence before it was about, ``loosely`` those of the lines before it, ``tellers`` whoever
    says "I" or is told "you" in it, and whose turn it is. ``is_anyones`` where nobody knows who "I" is. ``things`` are the names
    in it that are of no person. ``is_open`` when a quotation goes on behind it.
    """

    stretch: int
    text: str
    parts: tuple[Portion, ...]
    about: frozenset[Key] = NOBODY
    loosely: frozenset[Key] = NOBODY
    tellers: frozenset[Key] = NOBODY
    things: frozenset[Key] = NOBODY
    is_anyones: bool = False
    says_i: bool = False
    is_open: bool = False

    @cached_property
    def named(self) -> frozenset[Key]:
        return NOBODY.union(*(part.keys for part in self.parts))

    @cached_property
    def by_name(self) -> frozenset[Key]:
        """Whoever is named in it or tells it."""
        return self.named | self.tellers

    @cached_property
    def spoken(self) -> str:
        return spoken(self.text)

    @cached_property
    def people(self) -> frozenset[Key]:
        return self.named - self.things

    @cached_property
    def roots(self) -> Roots:
        return frozenset[str]().union(*(part.every_root for part in self.parts))

    def may_be_of(self, keys: frozenset[Key]) -> bool:
        """Whether it may tell of a person with one of these names: named in it, telling it, or meant by a pronoun."""
        if self.is_anyones or not keys.isdisjoint(self.by_name):
            return True
        return not keys.isdisjoint(self._may_mean)

    @cached_property
    def _may_mean(self) -> frozenset[Key]:
        """Whom a pronoun in it may mean."""
        has_room = not self.people or any(part.words & HE for part in self.parts)
        return (self.about or self.loosely) if has_room else NOBODY

    @cached_property
    def holders(self) -> tuple[frozenset[Key], ...]:
        """Whom each part is about, closely read: those named in it, else in the parts before, else whom the sentence before was
        about, and whoever says "I". Things are named there themselves."""
        found: list[frozenset[Key]] = []
        before = NOBODY
        for part in self.parts:
            people = part.keys - self.things | (self.about if part.words & HE else NOBODY)
            is_tellers = self.tellers and part.words & ME
            own = people or before or self.people or (NOBODY if is_tellers else self.about) or self.tellers
            found.append(own | part.keys | (self.tellers if part.words & ME else NOBODY))
            before |= people
        return tuple(found)
