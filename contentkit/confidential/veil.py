"""Placeholders in the place of names: what a drafter, a model and the database get of a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NoReturn

from contentkit.confidential.names import Names, Span
from contentkit.models import Link, Passage, Source
from contentkit.patterns import regex

# One word to a reader of lines, so that it is never mistaken for a word of theirs; models know the form from other texts.
_PLACEHOLDER = "[NAME_{}]"
_VEILED = regex(r"\[NAME_\d{1,5}\]")
# What a model may make of it.
_LOOSELY = regex(r"\bname[_-]\d|[\[(<{⟦]\s{0,3}name[\s_-]{0,3}\d{0,5}\s{0,3}[\])>}⟧]", re.I)


class Confidential:
    """Names that nobody may publish, found again in texts. Shows nothing of itself, and cannot be pickled."""

    __slots__ = ("_names",)

    def __init__(self, names: Iterable[Sequence[str]] = ()) -> None:
        """``names`` are the spellings of each name."""
        self._names = Names(names)

    def __bool__(self) -> bool:
        return bool(self._names)

    def __repr__(self) -> str:
        return "<Confidential>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("what is confidential is never stored")

    def names_in(self, text: str) -> list[Span]:
        """Where this text holds one of the names, as (start, end), in order."""
        return [(start, end) for start, end, _ in self._names.found_in(text)]

    def is_named_in(self, *texts: str) -> bool:
        """Whether one of the texts holds one of the names."""
        return bool(self) and any(next(self._names.found_in(text), None) for text in texts)

    def veil(self, text: str) -> str:
        """The text with placeholders in the place of names."""
        return self._veil()(text)

    def veiled(self, source: Source) -> Source:
        """The source with placeholders in all that it says, but in its lines, which evidence is held against.

        What could only be published with a name in it (its address, a link, a tag) is taken away.
        """
        if not self:
            return source
        veil = self._veil()
        veil("\n".join(source.lines))  # names are numbered in the order of the lines
        return replace(
            source,
            passages=tuple(self._veiled(passage, veil) for passage in source.passages),
            title=veil(source.title),
            description=veil(source.description),
            author=veil(source.author),
            link="" if self.is_named_in(source.link) else source.link,
            site_path="" if self.is_named_in(source.site_path) else source.site_path,
            tags=tuple(tag for tag in source.tags if not self.is_named_in(tag, f"#{tag}")),
        )

    def wholly_veiled(self, source: Source) -> Source:
        """As ``veiled``, and the lines too: for drafters, which may send whatever they are given."""
        if not self:
            return source
        veiled = self.veiled(source)
        lines = self._veil()("\n".join(source.lines)).split("\n")
        for first, last, names in ((one.first, one.last, _placeholders(one.text)) for one in veiled.passages):
            # Where markup or the time of a cue stands between two letters of a name, the lines still hold it.
            if _placeholders("\n".join(lines[first - 1 : last])) < names:
                lines[first - 1 : last] = [""] * (last - first + 1)
        return replace(veiled, lines=tuple(lines))

    def _veiled(self, passage: Passage, veil: Callable[[str], str]) -> Passage:
        links = [
            Link(text=veil(link.text), url=link.url, line=link.line)
            for link in passage.links
            if not self.is_named_in(link.url)
        ]
        target = "" if self.is_named_in(passage.target) else passage.target
        return replace(
            passage, text=veil(passage.text), speaker=veil(passage.speaker), links=tuple(links), target=target
        )

    def _veil(self) -> Callable[[str], str]:
        """A function that puts placeholders, numbered as the names come up. Line ends within a name stay."""
        numbers: dict[int, int] = {}

        def veil(text: str) -> str:
            pieces, last = [], 0
            for start, end, name in self._names.found_in(text):
                number = numbers.setdefault(name, len(numbers) + 1)
                pieces += [text[last:start], _PLACEHOLDER.format(number), "\n" * text.count("\n", start, end)]
                last = end
            return "".join((*pieces, text[last:]))

        return veil


def _placeholders(text: str) -> int:
    return len(_VEILED.findall(text))


def is_veiled(text: str) -> bool:
    """Whether a text holds a placeholder."""
    return bool(_VEILED.search(text))


def recalls_placeholder(text: str) -> bool:
    """Whether a text holds a placeholder, or what somebody made of one."""
    return is_veiled(text) or bool(_LOOSELY.search(text))
