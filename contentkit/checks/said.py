"""What is out, on the calendar or drafted already, indexed so that a post finds the nearest of it at once.

Words are compared by their pairs (each word and the next): links, marks and capitals do not count. Of ten thousand posts a
look-up touches only those that share one of the rarest pairs of the post, so its time does not grow with all of them. An index
of pairs takes seconds to build where years of posts were imported: for a few look-ups the posts are searched for the words
that matter instead, which is as exact.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil

from contentkit.checks.links import links_in
from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.shingles import runs

# Two posts are alike when they share so much of their pairs of words (twice the shared, of all).
_PART = Fraction(4, 5)
ALIKE = float(_PART)
# Fewer words than these are alike by chance ("Read on", "The slides are here").
FEWEST_WORDS = 6
_WORD = regex(r"[^\W_]+")
# A post longer than this is none; what follows is not compared.
_LONGEST = 20_000
# What more posts than this have in common (a signature, a template) finds none of them.
_COMMON = 200
# So many look-ups cost as much as the index.
_FEW_LOOKUPS = 60


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

    @cached_property
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
    """Everything that was said, by its words. Built once for all drafts of a run.

    ``texts`` are those of ``said``, given where making one of these from what is stored takes longer than to read its words.
    ``unread`` says what could not be read, and so is missing.
    """

    def __init__(self, said: Sequence[Said], texts: Sequence[str] | None = None, unread: str = "") -> None:
        self.unread = unread
        self._said = said
        self._texts = [one.text for one in said] if texts is None else texts
        self._prints: dict[int, Wordprint] = {}
        self._lookups = 0

    def like(self, text: str) -> Iterator[tuple[Said, float]]:
        """What has the same words (1.0) or nearly the same, the most alike first."""
        print_ = wordprint(text)
        if not print_.words:
            return
        self._lookups += 1
        candidates = self._searched(print_) if self._lookups <= _FEW_LOOKUPS else self._indexed(print_)
        is_long = len(print_.words) >= FEWEST_WORDS
        alike = []
        for at in candidates:
            other = self._print(at)
            if other.same == print_.same:
                yield self._said[at], 1.0
            elif is_long and len(other.words) >= FEWEST_WORDS and (likeness := print_.likeness(other)) >= ALIKE:
                alike.append((at, likeness))
        yield from ((self._said[at], likeness) for at, likeness in sorted(alike, key=lambda one: -one[1]))

    def linking(self, key: str) -> list[Said]:
        """What has this link, as ``links_in`` compares it."""
        return [self._said[at] for at in self._by_link.get(key, [])]

    def _searched(self, print_: Wordprint) -> list[int]:
        """Those that can be alike at all, found by words: of so many of the post's pairs one is shared, and so is its word."""
        pairs = set(pairwise(print_.words))
        missing = _telling(len(print_.pairs)) if len(print_.words) >= FEWEST_WORDS else 0
        covered: set[tuple[str, str]] = set()
        found: set[int] = set()
        # The longest words are the rarest, as a rule.
        for word in sorted(set(print_.words), key=lambda word: (-len(word), word)):
            found.update(self._with_word(word))
            covered |= {pair for pair in pairs if word in pair}
            if len(covered) >= missing:
                break
        return sorted(found)

    def _indexed(self, print_: Wordprint) -> list[int]:
        """The same, found by the rarest pairs."""
        same = self._by_words.get(print_.same, [])
        if len(print_.words) < FEWEST_WORDS:
            return same
        by_rarity = sorted(print_.pairs, key=lambda pair: len(self._by_pair.get(pair, ())))
        lists = [self._by_pair.get(pair, []) for pair in by_rarity[: _telling(len(print_.pairs))]]
        return sorted({*same, *(at for ones in lists if len(ones) <= _COMMON for at in ones)})

    def _with_word(self, word: str) -> list[int]:
        """The texts in which this word stands, also within another one."""
        text, starts = self._joined
        found = []
        at = text.find(word)
        while at >= 0:
            found.append(bisect_right(starts, at) - 1)
            # On from the next text: one hit is enough.
            at = text.find(word, starts[found[-1] + 1]) if found[-1] + 1 < len(starts) else -1
        return found

    def _print(self, at: int) -> Wordprint:
        if at not in self._prints:
            self._prints[at] = wordprint(self._texts[at])
        return self._prints[at]

    @cached_property
    def _joined(self) -> tuple[str, list[int]]:
        """All texts in one, as words are compared, and where each begins."""
        starts, length, pieces = [], 0, []
        for text in self._texts:
            starts.append(length)
            pieces.append(text[:_LONGEST].casefold())
            length += len(pieces[-1]) + 1
        return "\n".join(pieces), starts

    @cached_property
    def _by_words(self) -> dict[tuple[object, ...], list[int]]:
        found = defaultdict(list)
        for at in range(len(self._texts)):
            if self._print(at).words:
                found[self._print(at).same].append(at)
        return found

    @cached_property
    def _by_pair(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        for at in range(len(self._texts)):
            print_ = self._print(at)
            for pair in print_.pairs if len(print_.words) >= FEWEST_WORDS else ():
                found[pair].append(at)
        return found

    @cached_property
    def _by_link(self) -> dict[str, list[int]]:
        found = defaultdict(list)
        for at, text in enumerate(self._texts):
            for key in {link.key for link in links_in(text[:_LONGEST])} if "://" in text else ():
                found[key].append(at)
        return found


def _telling(pairs: int) -> int:
    """How many of a post's pairs must be looked for so that nothing alike is missed.

    Whoever shares enough of n pairs misses so few that one of any n - enough + 1 of them is shared.
    """
    return pairs - ceil(_PART * pairs / (2 - _PART)) + 1
