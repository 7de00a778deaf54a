"""The names that a source is about: a reader who meets none of them in the first posts does not know who speaks of what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from contentkit.drafting.reading.sections import Sentence
from contentkit.drafting.rules import Rules, straight
from contentkit.patterns import regex

_WORD = regex(r"[^\W_][\w'./-]*")
# Longer ones are no names, and slow to look at.
_LONGEST = 40
# Said in fewer sentences, or in a smaller part of them, a name is not what the source is about.
_FEWEST, _PART = 3, 0.08
# "crates.io", "1Password", "GraphQL": nobody writes common words so.
_MARKED = regex(r"\w+\.[a-z]\w+|\w+[A-Z]\w*|\d+[A-Z]\w*")

# "rdata: read R datasets from Python"
_LABEL = regex(r"([^\W_][\w.-]*\w): ")


def subjects_of(title: str, sentences: Sequence[Sentence], rules: Rules) -> frozenset[str]:
    """The names in the title that the source says, too, else the name that it says in most sentences; in small letters.

    A name is a word that stands with a capital within sentences, and hardly ever without one.
    """
    named: Counter[str] = Counter()
    common: Counter[str] = Counter()
    for sentence in sentences:
        inner = _words(sentence.text)[1:]
        named.update({_key(word) for word in inner if word[0].isupper() or _MARKED.fullmatch(word)})
        common.update({_key(word) for word in inner if word[0].islower() and not _MARKED.fullmatch(word)})
    names = {name: number for name, number in named.items() if number > 2 * common[name] and _is_name(name, rules)}
    told = named + common
    labels = {_key(label[1])} if (label := _LABEL.match(straight(title))) and told[_key(label[1])] >= _FEWEST else set()
    if titled := labels | {key for word in _words(title) if (key := _key(word)) in names}:
        return frozenset(titled)
    best = max(names, key=lambda name: names[name], default="")
    return frozenset({best}) if best and names[best] >= max(_FEWEST, _PART * len(sentences)) else frozenset()


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
