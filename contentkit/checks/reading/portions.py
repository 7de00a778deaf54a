"""A sentence part by part: what is told in each, and who is named there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from contentkit.checks.reading.called import Called
from contentkit.checks.reading.clauses import Parsed
from contentkit.checks.reading.parsing import parsed
from contentkit.values import dataclass

Key = frozenset[str]
Roots = frozenset[str]
# "Iker did the dates and Damián the browser": a new part, where a name follows.
_AND = frozenset(("and", "y", "e"))


@dataclass(frozen=True, kw_only=True, eq=False)
class Portion:
    """A part of a sentence. ``roots`` are those of its telling words but for its names, ``words`` all that it says outside of
    quotation marks, folded.

    ``names`` stand in order, ``called`` gives the roots of the words of each.
    """

    start: int
    end: int
    words: frozenset[str]
    roots: Roots
    names: tuple[Called, ...]
    called: tuple[Roots, ...]

    @cached_property
    def keys(self) -> frozenset[Key]:
        return frozenset(name.key for name in self.names)

    @cached_property
    def every_root(self) -> Roots:
        return self.roots.union(*self.called)


def portions(text: str, language: str, names: Sequence[Called], said: str) -> list[Portion]:
    """The parts of a sentence with these names, in order; ``said`` is the sentence without what it quotes."""
    read = parsed(text, language)
    return [_portion(read, first, last, names, said) for first, last in _spans(read, names)]


def _spans(read: Parsed, names: Sequence[Called]) -> Iterator[tuple[int, int]]:
    """The words of each part, by the numbers of the first and of the one behind the last."""
    starts = {name.start for name in names}
    first = 0
    for number in range(1, len(read.words)):
        joins = read.words[number] in _AND and number + 1 < len(read.words) and read.starts[number + 1] in starts
        if joins or read.clauses[number] != read.clauses[number - 1]:
            yield first, number
            first = number
    if read.words:
        yield first, len(read.words)


def _portion(read: Parsed, first: int, last: int, names: Sequence[Called], said: str) -> Portion:
    begin, end = read.starts[first], read.starts[last - 1] + 1
    own = tuple(name for name in names if begin <= name.start < end)
    words, roots, starts = read.words[first:last], read.roots[first:last], read.starts[first:last]
    if said != read.text:
        words = tuple(word for word, at in zip(words, starts, strict=True) if not said[at].isspace())
    of_names = [frozenset(_within(name, roots, starts)) - {""} for name in own]
    if own:
        roots = tuple(
            root for root, at in zip(roots, starts, strict=True) if not any(name.start <= at < name.end for name in own)
        )
    return Portion(
        start=begin,
        end=end,
        words=frozenset(words),
        roots=frozenset(roots) - {""},
        names=own,
        called=tuple(of_names),
    )


def _within(name: Called, roots: Sequence[str], starts: Sequence[int]) -> Iterator[str]:
    """The roots of the words of a name."""
    return (root for root, at in zip(roots, starts, strict=True) if name.start <= at < name.end)
