"""What can be told of a sentence by looking at it once; a span's traits are the sums of its sentences'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from contentkit.drafting.reading.pronouns import unresolved
from contentkit.drafting.reading.quantities import quantities_in
from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex

_NAME = regex(r"(?<=[\w,;] )[A-ZÀ-Þ][\w.-]*[a-zà-ÿ]\w*")
_FIGURE = regex(r"(?<![\w.-])[$€£~]?\d[\d.,]*")
_DEFINITE = regex(r"^(?:the|el|la|los|las) (\w+)", re.I)
# Begins a thought whose consequence would have to follow.
_SUPPOSES = regex(
    r"^\W*(?:(?:just )?(?:suppose|imagine)|let's (?:say|suppose|imagine)|say you"
    r"|supongamos|suponga|imagina|imagine|imaginemos|digamos)\b",
    re.I,
)
# "a a flexible"; but one may have "had had" and know "that that".
_DOUBLED = regex(r"\b(?!(?:had|that|very|no)\b)([^\W\d_]+) \1\b", re.I)
# Windows overlap: each sentence is asked for up to fifteen times.
_REMEMBERED = 8192


class Traits(NamedTuple):
    """How many of each there are in a text."""

    words: int
    characters: int
    letters: int
    names: int
    numbers: int
    quantities: int
    punches: int
    contrasts: int
    judgements: int
    first_persons: int
    hypes: int
    teasers: int
    doubles: int


class Spoken(NamedTuple):
    """How many of each there are in a text that was spoken: verbs of what happened, figures, words that hedge and soften."""

    past: int
    figures: int
    hedges: int
    softeners: int


class Ending(NamedTuple):
    """How a sentence would end a thread: what it asks of readers, looks forward to, leaves open or only supposes."""

    asks: bool
    outlook: bool
    unsolved: bool
    supposes: bool
    question: bool


class Opening(NamedTuple):
    """How a text begins: what about its first sentence may lean on something before it."""

    connective: bool
    demonstrative: bool
    unresolved: bool
    definite: str  # the X of "The X …", in small letters


def traits_of(sentences: Sequence[Sentence], rules: Rules) -> Traits:
    """The traits of these sentences together."""
    each = [_traits(one.text, rules) for one in sentences]
    return each[0] if len(each) == 1 else Traits(*map(sum, zip(*each, strict=True)))


def spoken_of(sentences: Sequence[Sentence], rules: Rules) -> Spoken:
    """What matters of these sentences together where they were spoken."""
    each = [_spoken(one.text, rules) for one in sentences]
    return each[0] if len(each) == 1 else Spoken(*map(sum, zip(*each, strict=True)))


@lru_cache(maxsize=_REMEMBERED)
def _traits(sentence: str, rules: Rules) -> Traits:
    text = straight(sentence)
    numbers = len(rules.number.findall(text))
    return Traits(
        words=len(text.split()),
        characters=len(text),
        letters=sum(map(str.isalnum, text)) + sum(map(str.isspace, text)),
        names=len(_NAME.findall(text)),
        numbers=numbers,
        quantities=quantities_in(text) if numbers else 0,
        punches=len(rules.punch.findall(text)),
        contrasts=rules.contrast.count(text),
        judgements=rules.judgement.count(text),
        first_persons=len(rules.first_person.findall(text)),
        hypes=rules.hype.count(text),
        teasers=rules.teaser.count(text),
        doubles=len(_DOUBLED.findall(text)),
    )


@lru_cache(maxsize=_REMEMBERED)
def _spoken(sentence: str, rules: Rules) -> Spoken:
    text = straight(sentence)
    return Spoken(
        past=len(rules.past.findall(text)),
        figures=len(_FIGURE.findall(text)),
        hedges=len(rules.speech.hedges.findall(text)),
        softeners=len(rules.speech.softeners.findall(text)),
    )


@lru_cache(maxsize=_REMEMBERED)
def opening_of(sentence: str, rules: Rules) -> Opening:
    """How this sentence begins."""
    text = straight(sentence)
    definite = _DEFINITE.match(text)
    return Opening(
        connective=bool(rules.connective.match(text)),
        demonstrative=bool(rules.demonstrative.search(text)),
        unresolved=unresolved(text, rules),
        definite=definite[1].lower() if definite else "",
    )


@lru_cache(maxsize=_REMEMBERED)
def ending_of(sentence: str, rules: Rules) -> Ending:
    """How a thread would end with this sentence."""
    text = straight(sentence)
    return Ending(
        asks=bool(rules.asking.search(text)),
        outlook=bool(rules.outlook.search(text)),
        unsolved=bool(rules.unsolved.search(text)),
        supposes=bool(_SUPPOSES.search(text)),
        question=text.rstrip("\"')").endswith("?"),
    )
