"""The words that set a person apart: said more often than by other people, by log-odds with a prior.

Only words of manner: names, products and what a post was about are facts, and no habit of anybody's.
Source of the measure: Monroe, Colaresi and Quinn, "Fightin' Words" (Political Analysis 2008).
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from contentkit.drafting.rules import LANGUAGES, rules_for
from contentkit.drafting.voice.background import Background, background_of
from contentkit.drafting.voice.habits import Habits

_MOST = 16
# How many words of a stranger's the background is believed to be worth.
_PRIOR = 2000
# In so many posts a word must stand, and so many standard deviations lie between chance and a habit.
_FEWEST_POSTS = 4
_SURE = 2.5


def telling_words(posts: Sequence[Habits], language: str) -> tuple[str, ...]:
    """At most 16 words, the most telling first; none in a language of which no other author is known."""
    background = background_of(language)
    if background is None:
        return ()
    said = Counter(word for post in posts for word in post.words)
    spread = Counter(word for post in posts for word in set(post.words))
    names = Counter(word for post in posts for word in post.names)
    total = sum(said.values())
    surprise = {
        word: _log_odds(number, total, background.word(word), background)
        for word, number in said.items()
        if spread[word] >= _FEWEST_POSTS and names[word] * 4 < spread[word] and is_manner(word, language)
    }
    telling = [word for word, sure in surprise.items() if sure >= _SURE]
    return tuple(sorted(telling, key=lambda word: (-surprise[word], word))[:_MOST])


def is_manner(word: str, language: str) -> bool:
    """Whether a word says how somebody speaks, in a language whose words are known; else never."""
    name = language.partition("-")[0].lower()
    return name in LANGUAGES and (word in _manner(name) or (len(word) > 5 and word.endswith(("ly", "mente"))))


@cache
def _manner(language: str) -> frozenset[str]:
    data = tomllib.loads(files(__package__).joinpath("manner.toml").read_text(encoding="utf-8"))
    return frozenset(data[language].split()) | rules_for(language).stop_words


def _log_odds(number: int, total: int, share: float, background: Background) -> float:
    """How many standard deviations more often than in the background."""
    prior = _PRIOR * share
    theirs = background.size * share
    ours = math.log((number + prior) / (total + _PRIOR - number - prior))
    others = math.log((theirs + prior) / (background.size + _PRIOR - theirs - prior))
    return (ours - others) / math.sqrt(1 / (number + prior) + 1 / (theirs + prior))
