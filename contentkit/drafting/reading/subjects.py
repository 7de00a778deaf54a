"""The names that a source is about: a reader who meets none of them in the first posts does not know who speaks of what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex
from contentkit.words.given_names import given_names

_WORD = regex(r"[^\W_][\w'./-]*")
# Longer ones are no names, and slow to look at.
_LONGEST = 40
# Said in fewer sentences, or in a smaller part of them, a name is not what the source is about.
_FEWEST, _PART = 3, 0.08
# "crates.io", "1Password", "GraphQL": nobody writes common words so.
_MARKED = regex(r"\w+\.[a-z]\w+|\w+[A-Z]\w*|\d+[A-Z]\w*")

# "rdata: read R datasets from Python"
_LABEL = regex(r"([^\W_][\w.-]*\w): ")
# "Lumen 3.0: smaller indexes", "Harvest v4 is out"
_RELEASED = regex(r"([^\W\d_][\w.-]*\w) (?:v|version )?\d+(?:\.\d+)*(?=[:,]?(?:\s|$))", re.I)
# Where a source says who it is about.
_FIRST_PARAGRAPHS = 3


def subjects_of(title: str, sentences: Sequence[Sentence], rules: Rules) -> frozenset[str]:
    """The names in the title that the source says, too, else the one that it begins with, else the one that most of its
    sentences say and that is nobody's first name; in small letters.

    A name is a word that stands with a capital within sentences, and hardly ever without one; then it counts at the
    beginning of sentences, too.
    """
    said = _Said(sentences)
    names = {name for name in said.named if said.named[name] > 2 * said.common[name] and _is_name(name, rules)}
    if titled := _labels(title, said, rules) or {key for word in _words(title) if (key := _key(word)) in names}:
        return frozenset(titled)
    if presented := _presented(sentences, said, rules):
        return frozenset({presented})
    others = (name for name in names if name.capitalize() not in given_names())
    best = max(others, key=said.as_a_name, default="")
    enough = best and said.as_a_name(best) >= max(_FEWEST, _PART * len(sentences))
    return frozenset({best}) if enough else frozenset()


class _Said:
    """How often each word is said: within sentences as a name and as none, and at their beginnings."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.named: Counter[str] = Counter()
        self.common: Counter[str] = Counter()
        self.first: Counter[str] = Counter()
        for sentence in sentences:
            opening, *inner = _words(sentence.text) or [""]
            self.named.update({_key(word) for word in inner if word[0].isupper() or _MARKED.fullmatch(word)})
            self.common.update({_key(word) for word in inner if word[0].islower() and not _MARKED.fullmatch(word)})
            self.first[_key(opening)] += 1

    def times(self, name: str) -> int:
        return self.named[name] + self.common[name] + self.first[name]

    def as_a_name(self, name: str) -> int:
        return self.named[name] + (0 if self.common[name] else self.first[name])

    def is_rather_a_name(self, name: str) -> bool:
        """Whether it stands as often with a capital, also at the beginning of a sentence, as without one (a command)."""
        return self.named[name] + self.first[name] >= max(1, self.common[name])


def _labels(title: str, said: _Said, rules: Rules) -> set[str]:
    """The name that a title begins with: "rdata: read R datasets", "Lumen 3.0: smaller indexes"."""
    plain = straight(title)
    if (label := _LABEL.match(plain)) and said.times(key := _key(label[1])) >= _FEWEST:
        return {key}
    released = _RELEASED.match(plain)
    key = _key(released[1]) if released else ""
    return {key} if key and said.is_rather_a_name(key) and _is_name(key, rules) else set()


def _presented(sentences: Sequence[Sentence], said: _Said, rules: Rules) -> str:
    """The first name that one of the first paragraphs begins with and says something of: "Larder keeps recipes"."""
    paragraphs = list(dict.fromkeys(one.paragraph for one in sentences))[:_FIRST_PARAGRAPHS]
    for sentence in sentences:
        words = _words(sentence.text)[:2]
        is_item = sentence.start != sentence.number
        if is_item or not sentence.opens or sentence.paragraph not in paragraphs or len(words) < len(("name", "verb")):
            continue
        key, following = _key(words[0]), words[1]
        is_named = words[0][0].isupper() and following.islower() and said.is_rather_a_name(key)
        begins = sentence.number == sentences[0].number and said.first[key] > 1
        is_told = begins or (said.named[key] and said.times(key) >= _FEWEST)
        if is_named and is_told and _is_name(key, rules) and words[0] not in given_names():
            return key
    return ""


def names_any(text: str, subjects: Iterable[str]) -> bool:
    """Whether one of these names stands in the text."""
    return not {_key(word) for word in _words(text)}.isdisjoint(subjects)


def _words(text: str) -> list[str]:
    """The words of a text that could be names: no paths, and none of great length."""
    words = (word.rstrip(".'-") for word in _WORD.findall(straight(text)))
    return [word for word in words if len(word) <= _LONGEST and "/" not in word]


def _key(word: str) -> str:
    return word.lower().removesuffix("'s")


def _is_name(name: str, rules: Rules) -> bool:
    return name not in rules.stop_words and not rules.time.fullmatch(name) and not rules.subject.fullmatch(name)
