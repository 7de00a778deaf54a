"""What is out, on the calendar or drafted already, indexed so that a post finds the nearest of it at once.

Words are compared by their pairs (each word and the next): links, marks and capitals do not count. Of ten thousand posts a
look-up touches only those that share one of the rarest pairs of the post, so its time does not grow with all of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from math import ceil

from contentkit.checks.links import links_in
from contentkit.shingles import runs

# Two posts are alike when they share so much of their pairs of words (twice the shared, of all).
ALIKE = Fraction(4, 5)
# Fewer words than these are alike by chance ("Read on", "The slides are here").
FEWEST_WORDS = 6
_WORD = re.compile(r"[^\W_]+")
# A post longer than this is none; what follows is not compared.
_LONGEST = 20_000
# What more posts than this have in common (a signature, a template) finds none of them.
_COMMON = 200


@dataclass(frozen=True, kw_only=True)
class Showing:
    """Where a post stands, or is to stand: an account of a network, when (None: nobody knows yet), and whether it is out.

    ``reactions`` says what came of it, in words (``12 likes, 3 shares``); empty where nobody asked.
    """

    account: str
    platform: str
    at: datetime | None = None
    is_out: bool = False
    reactions: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words of one post; ``place`` names it to a person, ``draft`` is the path of its draft (empty: of none here)."""

    text: str
    place: str
    draft: str = ""
    showings: tuple[Showing, ...] = ()


@dataclass(frozen=True)
class Wordprint:
    """What a text is compared by: its words in order, the pairs of them, the keys of its links."""

    words: tuple[str, ...]
    pairs: frozenset[int]
    links: frozenset[str]

    @property
    def same(self) -> tuple[object, ...]:
        """Equal for texts with the same words; of few words only where they lead to the same pages, too."""
        return self.words if len(self.words) >= FEWEST_WORDS else (*self.words, self.links)

    def likeness(self, other: Wordprint) -> float:
        """From 0 (nothing in common) to 1 (the same pairs of words)."""
        total = len(self.pairs) + len(other.pairs)
        return 2 * len(self.pairs & other.pairs) / total if total else 0.0


def wordprint(text: str) -> Wordprint:
    """What this text is compared by."""
    text = text[:_LONGEST]
    links = links_in(text)
    pieces, end = [], 0
    for link in links:
        pieces.append(text[end : link.start])
        end = link.end
    words = _WORD.findall(" ".join((*pieces, text[end:])).casefold())
    return Wordprint(tuple(words), frozenset(runs(words, 2, "pair")), frozenset(link.key for link in links))


class SaidBefore:
    """Everything that was said, by its words. Built once for all drafts of a run."""

    def __init__(self, said: Iterable[Said]) -> None:
        self._said = tuple(said)

    def like(self, text: str) -> Iterator[tuple[Said, float]]:
        """What has the same words (1.0) or nearly the same, the most alike first."""
        print_ = wordprint(text)
        if not print_.words:
            return
        same = self._by_words.get(print_.same, [])
        found = [(self._said[at], 1.0) for at in same]
        if len(print_.words) >= FEWEST_WORDS:
            known = set(same)
            near = ((at, print_.likeness(self._prints[at])) for at in self._candidates(print_) if at not in known)
            found += sorted(((self._said[at], alike) for at, alike in near if alike >= ALIKE), key=lambda one: -one[1])
        yield from found

    def linking(self, key: str) -> list[Said]:
        """What has this link, as ``links_in`` compares it."""
        return [self._said[at] for at in self._by_link.get(key, [])]

    def _candidates(self, print_: Wordprint) -> list[int]:
        """Those that can be alike at all: they share at least one of the post's rarest pairs.

        Whoever shares enough of n pairs misses so few that one of any n - enough + 1 of them is shared.
        """
        enough = ceil(ALIKE * len(print_.pairs) / (2 - ALIKE))
        by_rarity = sorted(print_.pairs, key=lambda pair: len(self._by_pair.get(pair, ())))
        rarest = by_rarity[: len(print_.pairs) - enough + 1]
        lists = [self._by_pair.get(pair, []) for pair in rarest]
        return sorted({at for ones in lists if len(ones) <= _COMMON for at in ones})

    @cached_property
    def _prints(self) -> list[Wordprint]:
        return [wordprint(one.text) for one in self._said]

    @cached_property
    def _by_words(self) -> dict[tuple[object, ...], list[int]]:
        found = defaultdict(list)
        for at, print_ in enumerate(self._prints):
            if print_.words:
                found[print_.same].append(at)
        return found

    @cached_property
    def _by_pair(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        for at, print_ in enumerate(self._prints):
            for pair in print_.pairs if len(print_.words) >= FEWEST_WORDS else ():
                found[pair].append(at)
        return found

    @cached_property
    def _by_link(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for at, print_ in enumerate(self._prints):
            for link in print_.links:
                found[link].append(at)
        return found
