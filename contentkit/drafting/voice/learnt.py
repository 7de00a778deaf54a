"""What was learnt of one person's writing, as values: figures and words, never a sentence of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import NamedTuple

from contentkit.values import dataclass


class Quartiles(NamedTuple):
    """A quarter of all is at most ``quarter``, half at most ``half``, three quarters at most ``three_quarters``."""

    quarter: int
    half: int
    three_quarters: int


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """The part of a card that is computed.

    ``marks`` says for each mark of ``habits.MARKS`` (and ``small start``) how many posts of 100 have it. ``said_i`` and
    ``said_we`` are how many posts of 100 speak so. ``openers`` are how their sentences begin most often, with the number
    of 100 sentences. ``words`` are what they say more often than other people, the most telling first. ``unused`` are
    phrases of announcements that stand in none of the posts. ``first`` and ``last`` are None where no post is dated.
    """

    posts: int
    spoken: int = 0
    first: date | None = None
    last: date | None = None
    language: str
    sentences: int
    sentence_words: Quartiles
    post_characters: Quartiles
    marks: Mapping[str, int] = field(default_factory=dict)
    said_i: int = 0
    said_we: int = 0
    hashtags: int = 0
    emoji: tuple[str, ...] = ()
    oxford_comma: str = ""
    openers: Mapping[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
