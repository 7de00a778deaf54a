"""Searching a text for many names at once, in one walk over its words, however each of them is written."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from contentkit.patterns import regex
from contentkit.words.common_words import is_common
from contentkit.words.lookalikes import folded

# Scripts that put no space between words: each letter is a word, so that a name may begin and end anywhere.
_UNSPACED = "\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = regex(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_HYPHENATED = regex(r"[-\u2010\u2011\xad][ \t]*\n\s*")
# A letter or a space in an address, and a letter as HTML writes it.
_ENCODED = regex(
    r"%(?:[2-7][\da-f]|[cd][\da-f]%[89ab][\da-f]|e[\da-f](?:%[89ab][\da-f]){2})|&#(?:\d{2,5}|x[\da-f]{2,4});",
    re.IGNORECASE,
)
_UNSEEN = "\u200b"
_LEET = regex(r"(?<=[a-z])[01345$7](?=[a-z])|(?<!\w)[01345$7](?=[a-z]{3})")
_LETTER_OF = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "$": "s", "7": "t"}
# A run of letters without a space that is an address, a handle, a tag, or a name in a program: ``AcmeClient``.
_RUN = regex(r"\S+")
_ADDRESS = regex(r"[@#]|://|\w\.\w|[a-z][A-Z]")
# Of an address, so many letters of a name are found anywhere; one less at its beginning or end; fewer as a whole label.
_ANYWHERE = 5
# Of a word, so many letters of a name that is no everyday word are found anywhere: ``zorblattian``.
_IN_A_WORD = 6
_PREFIX = 4
_SHORTEST_SURNAME = 4
_OF_COMPANIES = frozenset(["corp", "corporation", "inc", "llc", "ltd", "gmbh", "group", "labs", "plc", "sarl", "team"])
_FAR = sys.maxsize

# From a letter to what may follow it; under " " what may follow it as another word, under "" the number of the name.
_Node = dict[str, "_Node | int"]
Span = tuple[int, int]


class Names:
    """Names, each under a number, found again in texts. Shows nothing of itself."""

    __slots__ = ("_initialled", "_prefixes", "_root", "_run_together")

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """``names`` are the spellings of each name."""
        self._root: _Node = {}
        self._run_together: set[str] = set()
        self._prefixes: set[str] = set()
        self._initialled: dict[tuple[str, str], int] = {}
        for number, spellings in enumerate(names):
            for spelling in spellings:
                self._add(spelling, number)
                self._add_forms(words_of(spelling), number)

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

    def _add_forms(self, words: Sequence[str], number: int) -> None:
        """``Zorblattian`` of a rare name; ``Ñandú, José`` and ``J. Ñandú`` of a person's."""
        joined = "".join(words)
        if len(joined) >= _IN_A_WORD and not is_common(joined):
            self._run_together.add(joined)
            self._prefixes.add(joined[:_PREFIX])
        if len(words) in (2, 3):
            self._add(" ".join((words[-1], *words[:-1])), number)
            if len(words[-1]) >= _SHORTEST_SURNAME and not is_common(words[-1]) and words[-1] not in _OF_COMPANIES:
                self._initialled.setdefault((words[0][0], words[-1]), number)

    def found_in(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Start, end and number of each name, the longest of those that begin at one place."""
        if not self._root or not text:
            return
        flat, offsets = folded(_ENCODED.sub(_shown, text))
        addresses = _addresses(text)
        plain = _LEET.sub(lambda digit: _LETTER_OF[digit[0]], flat)
        found = list(self._found(flat, offsets, addresses))
        if plain != flat:
            found = _apart([*found, *self._found(plain, offsets, addresses)])
        for begin, end, name in found:
            # Accents and what nobody sees behind a letter belong to it.
            yield offsets[begin], max(offsets[end - 1] + 1, offsets[end]), name

    def _found(self, flat: str, offsets: Sequence[int], addresses: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
        words = list(_words_of(flat))
        end = 0
        for place, word in enumerate(words):
            inside = _is_within(addresses, offsets[word.start])
            for letter in self._beginnings(word.text, inside=inside):
                begin = word.start + letter
                if begin < end or word.text[letter] not in self._root:
                    continue
                match = self._longest(words, place, letter, inside=inside)
                match = match or (None if letter else self._initials(flat, words, place))
                if match:
                    end, name = match
                    yield begin, end, name

    def _beginnings(self, word: str, *, inside: bool) -> Iterable[int]:
        """Where in a word a name may begin."""
        if inside:
            return range(len(word))
        last = len(word) - _IN_A_WORD + 1
        return (0, *(at for at in range(1, last) if word[at : at + _PREFIX] in self._prefixes))

    def _initials(self, flat: str, words: Sequence[_Word], place: int) -> tuple[int, int] | None:
        """Where a surname ends before which this initial stands, and the number of that name."""
        initial = words[place]
        if len(initial.text) > 1 or flat[initial.start + 1 : initial.start + 2] != ".":
            return None
        for surname in words[place + 1 : place + 3]:
            number = self._initialled.get((initial.text, surname.text.removesuffix("s")))
            number = self._initialled.get((initial.text, surname.text), number)
            if number is not None:
                return surname.start + len(surname.text), number
            if len(surname.text) > 1:
                break
        return None

    def _longest(self, words: Sequence[_Word], place: int, letter: int, *, inside: bool) -> tuple[int, int] | None:
        """Where the longest name that begins at this letter of this word ends, and its number."""
        nodes, length, best = [self._root], 0, None
        said = ""
        begins = letter == 0
        while nodes and place < len(words):
            word = words[place]
            if length and word.spaced:
                nodes = [node for one in nodes if isinstance(node := one.get(" "), dict)]
            for at in range(letter, len(word.text)):
                nodes = list(_following(nodes, word.text[at]))
                length += 1
                said += word.text[at]
                number = next((one[""] for one in nodes if "" in one), None)
                if isinstance(number, int) and (
                    _may_end(word.text[at + 1 :], length, begins=begins, inside=inside)
                    or (said in self._run_together and not is_common(word.text))
                ):
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


def _shown(escape: re.Match[str]) -> str:
    """What an escape stands for, as long as it is; what parts words in an address as spaces."""
    character = unquote(escape[0]) if escape[0].startswith("%") else unescape(escape[0])
    shown = " " if character in " +-_" else character
    return shown.ljust(len(escape[0]), " " if shown == " " else _UNSEEN)


def _apart(found: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Those that overlap no earlier one, the longest first of those that begin at one place."""
    kept: list[tuple[int, int, int]] = []
    for begin, end, name in sorted(found, key=lambda each: (each[0], -each[1])):
        if not kept or begin >= kept[-1][1]:
            kept.append((begin, end, name))
    return kept


def _addresses(text: str) -> list[Span]:
    return [run.span() for run in _RUN.finditer(text) if _ADDRESS.search(run.group())]


def _is_within(spans: Sequence[Span], offset: int) -> bool:
    place = bisect_right(spans, (offset, _FAR)) - 1
    return place >= 0 and offset < spans[place][1]


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(folded(text)[0])
