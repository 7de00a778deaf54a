"""How much a draft is like what its founder wrote before, against a background of other authors.

Each habit of a post says how much more often it is this person's than other people's, as a logarithm of odds; their weighted
sum becomes a number between 0 and 1. It tells likeness, not who wrote something: 0.5 is as like others as like them.
The weights were fitted to the authors of the background, none of whom ``benchmarks/voice.py`` measures with.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field

from contentkit.drafting.voice.background import OTHERS, Background, shape, size_of, trigrams_of
from contentkit.drafting.voice.habits import Habits, habits_of
from contentkit.drafting.voice.never import said
from contentkit.values import dataclass

# How many posts, sentences, words and runs of others' a person is taken to have written before any was read.
_PRIOR = {"marks": 6, "sizes": 20, "openers": 30, "words": 300, "trigrams": 600}
WEIGHTS = {"marks": 0.2, "sizes": 0.5, "openers": 0.35, "wording": 0.13}
OFFSET = 0.4
# What is left of the number for each phrase that this person never says.
_NEVER = 0.7


@dataclass(frozen=True, kw_only=True)
class Odds:
    """What speaks for a post (above 0) or against it, by habit. ``by_mark`` and ``by_word`` say which."""

    marks: float
    sizes: float
    openers: float
    wording: float
    never: tuple[str, ...] = ()
    by_mark: Mapping[str, float] = field(default_factory=dict, repr=False)
    by_word: Mapping[str, float] = field(default_factory=dict, repr=False)

    @property
    def likeness(self) -> float:
        """Between 0 and 1."""
        weighed = OFFSET + sum(weight * getattr(self, name) for name, weight in WEIGHTS.items())
        return _NEVER ** len(self.never) / (1 + math.exp(-max(-30.0, min(30.0, weighed))))


@dataclass(frozen=True, kw_only=True)
class Profile:
    """The habits of one person, counted over their posts. ``never`` are phrases that they do not use."""

    background: Background = field(repr=False)
    posts: int
    counted: Mapping[str, Counter[str]] = field(repr=False)
    never: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Sequence[str], background: Background, never: Sequence[str] = ()) -> Profile:
        counted: dict[str, Counter[str]] = {name: Counter() for name in _PRIOR}
        for text in texts:
            for name, found in _counts(text, background):
                counted[name].update(found)
        return cls(background=background, posts=len(texts), counted=counted, never=tuple(never))

    def odds(self, text: str) -> Odds:
        """What speaks for and against this text being like this person's posts."""
        background = self.background
        found = {name: Counter(each) for name, each in _counts(text, background)}
        words = self._odds("words", found["words"], background.words.get)
        wording = self._odds("trigrams", found["trigrams"], background.trigrams.get) if background.trigrams else words
        by_mark = {name: self._mark(name, name in found["marks"]) for name in background.marks}
        return Odds(
            marks=sum(by_mark.values()),
            sizes=sum(self._odds("sizes", found["sizes"], lambda size: background.sizes[int(size)]).values()),
            openers=sum(self._odds("openers", found["openers"], background.openers.get).values()),
            wording=sum(wording.values()),
            never=tuple(said(text, self.never)),
            by_mark=by_mark,
            by_word=words,
        )

    def share_of_mark(self, name: str) -> float:
        """How many of this person's posts have a mark, 0 to 1, moved towards others' where few posts are known."""
        return (self.counted["marks"][name] + _PRIOR["marks"] * self._others_mark(name)) / (
            self.posts + _PRIOR["marks"]
        )

    def _others_mark(self, name: str) -> float:
        return min(0.995, max(0.005, self.background.marks.get(name, 0.0)))

    def _mark(self, name: str, has_it: bool) -> float:
        ours, others = self.share_of_mark(name), self._others_mark(name)
        return math.log(ours / others) if has_it else math.log((1 - ours) / (1 - others))

    def _odds(self, habit: str, found: Mapping[str, int], share: Callable[[str], float | None]) -> dict[str, float]:
        counted, prior = self.counted[habit], _PRIOR[habit]
        total = counted.total() + prior
        odds = {}
        for one, number in found.items():
            others = share(one) or _rare(self.background)
            odds[one] = number * math.log((counted[one] + prior * others) / total / others)
        return odds


def _rare(background: Background) -> float:
    return 0.5 / (background.size * 5)


def _counts(text: str, background: Background) -> Iterable[tuple[str, Iterable[str]]]:
    habits = habits_of(text)
    yield "marks", habits.marks
    yield "sizes", (str(size_of(words)) for words in habits.sentence_words)
    yield "openers", (_known(words[0], background.openers) for words in habits.openings)
    yield "words", (_known(word, background.words) for word in habits.words)
    yield "trigrams", trigrams_of(shape(text, background.words))


def _known(word: str, table: Mapping[str, float]) -> str:
    return word if word in table else OTHERS


def sentence_words(each: Iterable[Habits]) -> int:
    """How many words the sentence has in the middle of all, by length."""
    ordered = sorted(words for habits in each for words in habits.sentence_words)
    return ordered[len(ordered) // 2] if ordered else 0
