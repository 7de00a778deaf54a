"""What was said off the record, held in memory to find it again in drafts and requests. Never stored, never shown.

Nothing that is derived from such words is written anywhere: not their hashes, not their count of letters. They are held as
hashes with a key of this process, so that neither a traceback nor a debugger shows one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from types import MappingProxyType
from typing import Literal, NoReturn

from contentkit.patterns import regex
from contentkit.values import dataclass
from contentkit.words.shingles import Everyday, every_run, readings_of, telling_runs
from contentkit.words.telltales import names_said, names_told, numbers_said, numbers_told

LeakKind = Literal["words", "name", "number"]
# As it is held: stock phrases are words, and far ones are stock phrases of another talk (see ``from_elsewhere``).
_Told = Literal["words", "name", "number", "stock", "stock gist", "little", "far"]
_LEAK_OF: dict[_Told, LeakKind] = {
    **dict.fromkeys(("words", "stock", "stock gist", "far"), "words"),
    **dict.fromkeys(("name", "little"), "name"),
    "number": "number",
}
# Disguises of letters that keep their places when they are taken off.
_ENTITY = regex(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.IGNORECASE)
_UNSEEN = "\u200b"
_FLAG_LETTERS = {0x1F1E6 + number: chr(ord("a") + number) for number in range(26)}
_NONE: Mapping[int, _Told] = MappingProxyType({})
# So many everyday words in a row nobody says by chance.
_FEWEST_FROM_AFAR = 8
_WORD = regex(r"[^\W_]+")


@dataclass(frozen=True, kw_only=True)
class Leak:
    """Where a text repeats what was off the record: a run of ``words``, a ``name`` or a ``number``, from ``start`` to ``end``."""

    kind: LeakKind
    start: int
    end: int


class Forbidden:
    """Words that were said off the record and not on it. Shows nothing of itself, and cannot be pickled.

    A run of words is found again across case, accents, punctuation, markup, look-alike and unseen letters, hyphens and
    plurals; a name and a number in every form that they take (see ``shingles`` and ``telltales``).
    """

    __slots__ = ("_told",)

    def __init__(self, told: Mapping[int, _Told] = _NONE) -> None:
        self._told = told

    @classmethod
    def of(cls, spans: Iterable[str], record: str) -> Forbidden:
        """What these spans say and the record (all that may be repeated) does not."""
        different, everyday = {span for span in spans if span.strip()}, Everyday()
        return cls({key: kind for span in different for key, kind in _told_by(span, everyday)}).without(record)

    def without(self, record: str) -> Forbidden:
        """The same but for what this text says too: it is on the record, or our own."""
        if not self._told:
            return self
        # Numbers are what is slow to find.
        saying = _said_by if "number" in self._told.values() else _worded_by
        told = self._told
        said = {key for key, _, _ in saying(record) if key in told}
        return Forbidden({key: kind for key, kind in told.items() if key not in said})

    def from_elsewhere(self) -> Forbidden:
        """The same for texts that do not rest on this talk: everyday words that both use are chance, unless they are many."""
        far: dict[int, _Told] = {key: "far" if kind == "stock" else kind for key, kind in self._told.items()}
        return Forbidden({key: kind for key, kind in far.items() if kind not in ("stock gist", "little")})

    def __or__(self, other: Forbidden) -> Forbidden:
        ours = {key: kind for key, kind in self._told.items() if kind != "far"}
        return Forbidden({**self._told, **other._told, **ours})

    def __bool__(self) -> bool:
        return bool(self._told)

    def __repr__(self) -> str:
        return "<Forbidden>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("what is off the record is never stored")

    def leaks_in(self, text: str) -> list[Leak]:
        """Where this text repeats it, in order; of leaks that overlap only the worst: words, then numbers, then names."""
        if not self._told:
            return []
        found: dict[LeakKind, list[tuple[int, int]]] = {"words": [], "number": [], "name": []}
        far: list[tuple[int, int]] = []
        for key, start, end in _said_by(text):
            if key in self._told:
                kind = self._told[key]
                (far if kind == "far" else found[_LEAK_OF[kind]]).append((start, end))
        found["words"] += [
            place for place in _merged(far) if len(_WORD.findall(text[slice(*place)])) >= _FEWEST_FROM_AFAR
        ]
        return _apart(found)


def _told_by(span: str, everyday: Everyday) -> Iterator[tuple[int, _Told]]:
    span = _unescaped(span)
    readings = readings_of(span)
    for words in readings:
        yield from ((name, "name") for name in names_told(span, words, everyday))
    yield from ((number, "number") for number in numbers_told(span))
    for words in readings:
        # A single word, or two that everybody uses, say too little to be forbidden without an exception.
        yield from ((run, "words" if worth == "own" else worth) for run, worth in telling_runs(words, everyday))


def _said_by(text: str) -> Iterator[tuple[int, int, int]]:
    yield from _worded_by(text)
    yield from numbers_said(_unescaped(text).translate(_FLAG_LETTERS))


def _worded_by(text: str) -> Iterator[tuple[int, int, int]]:
    """What a text says, but for numbers."""
    text = _unescaped(text).translate(_FLAG_LETTERS)
    for words in readings_of(text):
        yield from every_run(words)
        yield from names_said(text, words)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(_shown, text)


def _shown(entity: re.Match[str]) -> str:
    """What an entity stands for, as long as it is: what fills it up is left out when texts are compared."""
    return unescape(entity[0]).ljust(len(entity[0]), _UNSEEN)


def _apart(found: Mapping[LeakKind, list[tuple[int, int]]]) -> list[Leak]:
    """The leaks without overlaps, in order; those of one kind that overlap are one."""
    leaks: list[Leak] = []
    taken: list[tuple[int, int]] = []
    for kind, places in found.items():
        for start, end in _merged(places):
            if not _touches(taken, start, end):
                leaks.append(Leak(kind=kind, start=start, end=end))
        taken = _merged([*taken, *places])
    return sorted(leaks, key=lambda leak: leak.start)


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of these places, which are in order and apart, has a character of this one."""
    at = bisect_left(taken, (start + 1,))
    return (at > 0 and taken[at - 1][1] > start) or (at < len(taken) and taken[at][0] < end)
