"""Searching a text for many names at once, in one walk over its words, however each of them is written."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from contentkit.lookalikes import folded

# Scripts that put no space between words: each letter is a word, so that a name may begin and end anywhere.
_UNSPACED = "\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_HYPHENATED = re.compile(r"[-\u2010\u2011\xad][ \t]*\n\s*")
# A space in an address.
_ENCODED = re.compile(r"%(?:20|2[BDbd]|5[Ff])")
# A run of letters without a space that is an address, a handle, a tag, or a name in a program: ``AcmeClient``.
_RUN = re.compile(r"\S+")
_ADDRESS = re.compile(r"[@#]|://|\w\.\w|[a-z][A-Z]")
# Of an address, so many letters of a name are found anywhere; one less at its beginning or end; fewer as a whole label.
_ANYWHERE = 5
_FAR = sys.maxsize

# From a letter to what may follow it; under " " what may follow it as another word, under "" the number of the name.
_Node = dict[str, "_Node | int"]
Span = tuple[int, int]


class Names:
    """Names, each under a number, found again in texts. Shows nothing of itself."""

    __slots__ = ("_root",)

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """``names`` are the spellings of each name."""
        self._root: _Node = {}
        for number, spellings in enumerate(names):
            for spelling in spellings:
                self._add(spelling, number)

    def __bool__(self) -> bool:
        return bool(self._root)

    def __repr__(self) -> str:
        return "<Names>"

    def _add(self, spelling: str, number: int) -> None:
        text = folded(spelling)[0]
        node, end = self._root, 0
        for word in _WORD.finditer(text):
            if word.start() > end > 0:
                node = _below(node, " ")
            for letter in word.group():
                node = _below(node, letter)
            end = word.end()
        if end:
            node.setdefault("", number)

    def found_in(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Start, end and number of each name, the longest of those that begin at one place."""
        if not self._root or not text:
            return
        flat, offsets = folded(_ENCODED.sub("   ", text))
        words = list(_words_of(flat))
        addresses = _addresses(text)
        end = 0
        for place, word in enumerate(words):
            inside = _is_within(addresses, offsets[word.start])
            for letter in range(len(word.text) if inside else 1):
                begin = word.start + letter
                if begin < end or word.text[letter] not in self._root:
                    continue
                if match := self._longest(words, place, letter, inside=inside):
                    end, name = match
                    # Accents and what nobody sees behind a letter belong to it.
                    yield offsets[begin], max(offsets[end - 1] + 1, offsets[end]), name

    def _longest(self, words: Sequence[_Word], place: int, letter: int, *, inside: bool) -> tuple[int, int] | None:
        """Where the longest name that begins at this letter of this word ends, and its number."""
        nodes, length, best = [self._root], 0, None
        begins = letter == 0
        while nodes and place < len(words):
            word = words[place]
            if length and word.spaced:
                nodes = [node for one in nodes if isinstance(node := one.get(" "), dict)]
            for at in range(letter, len(word.text)):
                nodes = list(_following(nodes, word.text[at]))
                length += 1
                number = next((one[""] for one in nodes if "" in one), None)
                if isinstance(number, int) and _may_end(word.text[at + 1 :], length, begins=begins, inside=inside):
                    best = word.start + at + 1, number
                if not nodes:
                    break
            place, letter = place + 1, 0
        return best


class _Word(NamedTuple):
    """A word of a folded text: where it starts, and whether a space stands before it."""

    start: int
    text: str
    spaced: bool


def _words_of(flat: str) -> Iterator[_Word]:
    end = 0
    for match in _WORD.finditer(flat):
        gap = _HYPHENATED.sub("", flat[end : match.start()])
        yield _Word(match.start(), match.group(), any(one.isspace() for one in gap))
        end = match.end()


def _below(node: _Node, letter: str) -> _Node:
    following = node.setdefault(letter, {})
    assert isinstance(following, dict)
    return following


def _following(nodes: Iterable[_Node], letter: str) -> Iterator[_Node]:
    """Where this letter leads to. Words of a name may be run together."""
    for node in nodes:
        for one in (node, node.get(" ")):
            following = one.get(letter) if isinstance(one, dict) else None
            if isinstance(following, dict):
                yield following


def _may_end(rest: str, length: int, *, begins: bool, inside: bool) -> bool:
    """Whether a name of so many letters may end where ``rest`` of the word follows; it may have a plural's s."""
    is_whole = begins and rest in ("", "s")
    if is_whole or not inside:
        return is_whole
    return length >= _ANYWHERE or (length == _ANYWHERE - 1 and (begins or not rest))


def _addresses(text: str) -> list[Span]:
    return [run.span() for run in _RUN.finditer(text) if _ADDRESS.search(run.group())]


def _is_within(spans: Sequence[Span], offset: int) -> bool:
    place = bisect_right(spans, (offset, _FAR)) - 1
    return place >= 0 and offset < spans[place][1]


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(folded(text)[0])
