"""Two facts of one kind that change places: what the source says of the one date, the post says of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from contentkit.checks.records.told import Told, part_around, telling_words
from contentkit.patterns import regex


class Placed(Protocol):
    """A fact that stands somewhere in a sentence."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def words(self) -> str: ...


Fact = TypeVar("Fact", bound=Placed)
# How much better the facts must fit when exchanged, and what they must share then.
_BETTER, _LEAST = 2.0, 2
_NUMBER = regex(r"(?<![\w.,])\d{1,9}(?:\.\d{1,9}){0,3}(?![\w])")
# So many facts of a post are tried with one another.
_MOST_FACTS = 12


def exchanged(
    facts: Sequence[tuple[str, Fact]],
    told: Sequence[tuple[Told, Fact]],
    agree: Callable[[Fact, Fact], bool],
    rarity: Mapping[str, float],
) -> Iterator[tuple[Fact, Fact, Told]]:
    """Each two facts of a post that are exchanged, and the sentence of the source that says so.

    ``facts`` are those of the post, each with the sentence that it stands in; ``told`` those of the source.
    """
    if len(facts) < 2:
        return
    placed = [(fact, _words_around(text, fact)) for text, fact in facts[:_MOST_FACTS]]
    there = [[(each, other) for each, other in told if agree(fact, other)] for fact, _ in placed]
    for index, (one, own_words) in enumerate(placed):
        for after in range(index + 1, len(placed)):
            other, other_words = placed[after]
            if len(there[index]) != 1 or len(there[after]) != 1 or agree(one, other):
                continue
            (told_one, fact_one), (_, fact_other) = there[index][0], there[after][0]
            first, second = (_words_around(each[0][0].plain, each[0][1]) for each in (there[index], there[after]))
            first, second = first - second, second - first
            straight, crossed = own_words & first | other_words & second, own_words & second | other_words & first
            # "In July 140 requests were open. Now it's 64": the requests are named with either number.
            is_whole = not straight or (own_words & second and other_words & first)
            if (
                is_whole
                and len(crossed) >= _LEAST
                and _weight(crossed, rarity) >= _BETTER * _weight(straight, rarity)
                and fact_one is not fact_other
            ):
                yield one, other, told_one


def _words_around(text: str, fact: Placed) -> frozenset[str]:
    """The telling words and the other numbers in the fact's part of its sentence; of all the sentence where that has none."""
    apart = f"{text[: fact.start]}{' ' * (fact.end - fact.start)}{text[fact.end :]}"
    return _telling(part_around(apart, fact.start, fact.end)) or _telling(apart)


def _telling(text: str) -> frozenset[str]:
    return telling_words(text) | frozenset(_NUMBER.findall(text))


def _weight(words: frozenset[str], rarity: Mapping[str, float]) -> float:
    return sum(rarity.get(word, 1.0) for word in words)
