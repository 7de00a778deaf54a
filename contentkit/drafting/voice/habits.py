"""What can be counted in one post: its words and sentences, its marks, how it begins. No judgement, no language needed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache

from contentkit.patterns import regex
from contentkit.text import sentences, urls_in
from contentkit.values import dataclass

# Longer posts are counted from their beginning: hours of a transcript would say nothing more.
_LONGEST = 100_000
_WORD = regex(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HANDLE = regex(r"(?<![\w@/])@\w[\w.-]*(?:@[\w.-]*\w)?")
_TAG = regex(r"(?<![\w&/#])#\w*[^\W\d_]\w*")
# A bar of "1. " or "- " is how networks without lists write one.
_ITEM = regex(r"^[ \t]*(?:[-*•–]|\d{1,3}[.)])[ \t]+", re.M)
# The signs that networks show as pictures; keycaps and letters in circles are no emoji of anybody's.
_EMOJI = regex("[\u2600-\u27bf\u2b05-\u2b55\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]")
_REMEMBERED = 4096

# A name of each mark, and what has it. Of a post only whether, not how often.
MARKS: Mapping[str, re.Pattern[str]] = {
    "question": regex(r"[?？]"),
    "exclamation": regex(r"[!！]"),
    "dash": regex(r"[—–]|(?<=\w) -{1,3} (?=\w)|(?<=\w)--(?=\w)"),
    "ellipsis": regex(r"…|\.\.\."),
    "semicolon": regex(r";(?=\s|$)"),
    "colon": regex(r":(?=\s|$)"),
    "parenthesis": regex(r"\((?=\w)"),
    "quotation": regex(r"[\"“«„]"),
    "emoji": _EMOJI,
    "hashtag": _TAG,
    "list": _ITEM,
    "capitals": regex(r"(?<![^\W\d_])[A-ZÀ-Þ]{4,}(?![^\W\d_])"),
    "contraction": regex(r"(?<=[a-z])['’](?:t|re|ve|ll|d|m|s)\b", re.I),
}
# Three things in a row, with and without the comma before the last.
_WITH_OXFORD = regex(r"\w, [^\W_][\w'’ -]{0,30}, (?:and|or) (?=\w)")
_WITHOUT_OXFORD = regex(r"\w, [^\W\d_][\w'’-]{0,20} (?:and|or) (?=\w)")


@dataclass(frozen=True, kw_only=True)
class Habits:
    """What one post does. ``words`` are in small letters, with straight apostrophes; links, handles and tags are none.

    ``sentence_words`` is the number of words of each sentence, ``openings`` the first three words of each.
    """

    characters: int
    words: tuple[str, ...] = field(repr=False)
    names: frozenset[str] = field(repr=False)
    sentence_words: tuple[int, ...]
    openings: tuple[tuple[str, ...], ...] = field(repr=False)
    marks: frozenset[str]
    emoji: tuple[str, ...]
    hashtags: int
    oxford: int
    without_oxford: int


@lru_cache(maxsize=_REMEMBERED)
def habits_of(post: str) -> Habits:
    """The habits that this post shows."""
    post = unicodedata.normalize("NFC", post[:_LONGEST])
    said = undressed(post)
    lines = [line for line in _ITEM.sub("", said).split("\n") if line.strip()]
    pieces = [line[start:end] for line in lines for start, end in sentences(line)]
    counted = [[_plain(word) for word in _WORD.findall(piece)] for piece in pieces]
    counted = [words for words in counted if words]
    marks = {name for name, pattern in MARKS.items() if pattern.search(post if name in ("hashtag", "list") else said)}
    if said.lstrip()[:1].islower():
        marks.add("small start")
    return Habits(
        characters=len(" ".join(said.split())),
        words=tuple(word for words in counted for word in words),
        names=frozenset(_names(pieces)),
        sentence_words=tuple(map(len, counted)),
        openings=tuple(tuple(words[:3]) for words in counted),
        marks=frozenset(marks),
        emoji=tuple(_EMOJI.findall(said)),
        hashtags=len(_TAG.findall(post)),
        oxford=len(_WITH_OXFORD.findall(said)),
        without_oxford=len(_WITHOUT_OXFORD.findall(said)),
    )


def undressed(post: str) -> str:
    """The post without its links, handles and tags: they say whom and what it is about, not how somebody writes."""
    kept, end = [], 0
    for start, stop in urls_in(post):
        kept.append(post[end:start])
        end = stop
    return _TAG.sub("", _HANDLE.sub("", "".join((*kept, post[end:]))))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _names(pieces: list[str]) -> list[str]:
    """Words with a capital that no sentence's beginning asks for: names, mostly."""
    return [
        _plain(word[0])
        for piece in pieces
        for number, word in enumerate(_WORD.finditer(piece))
        if number
        and word[0] != word[0].lower()
        and word[0] not in ("I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll")
    ]
