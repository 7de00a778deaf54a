"""What a network makes more of than letters: links, mentions and hashtags, and what readers see in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from contentkit.patterns import regex
from contentkit.platforms import Platform
from contentkit.values import dataclass

MarkKind = Literal["link", "mention", "hashtag"]
_MENTION = regex(r"(?<![\w/=@])@[A-Za-z0-9_]{1,20}(?![\w@]|://)")
_MENTION_ELSEWHERE = regex(r"(?<![\w/=@])@[A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*(?:@\w+(?:[.-]+\w+)*)?")
_HASHTAG = regex(r"(?<![\w/&#＃])[#＃](?=\w*[^\W\d_])\w+")
_SCHEME = regex(r"[a-z]+://", re.I)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What stands in a text from ``start`` to ``end``: its ``words`` as they were written, and what readers see of them."""

    start: int
    end: int
    kind: MarkKind
    words: str
    shown: str

    @property
    def is_bare(self) -> bool:
        """Whether this is a link that nobody wrote as one: ``setup.py``."""
        return self.kind == "link" and not _SCHEME.match(self.words)

    @property
    def is_cut(self) -> bool:
        """Whether readers see only the beginning of this link."""
        return self.kind == "link" and not self.words.endswith(self.shown)


def marks_in(text: str, platform: Platform, *, server: str) -> list[Mark]:
    """The marks of a text, in order, without overlaps.

    ``server`` is that of the account: where a network is many servers, a handle may name one.
    """
    marks = [
        Mark(start=start, end=end, kind="link", words=text[start:end], shown=platform.shown_link(text[start:end]))
        for start, end in platform.links(text)
    ]
    mentions = (_MENTION_ELSEWHERE if server else _MENTION).finditer(text)
    found: list[tuple[MarkKind, re.Match[str]]] = [
        *(("mention", match) for match in mentions),
        *(("hashtag", match) for match in _HASHTAG.finditer(text)),
    ]
    marks += [
        Mark(start=match.start(), end=match.end(), kind=kind, words=match[0], shown=match[0]) for kind, match in found
    ]
    # Of two that begin at one place, the link is what networks take.
    marks.sort(key=lambda mark: (mark.start, mark.kind != "link"))
    return list(_apart(marks))


def _apart(marks: Sequence[Mark]) -> Iterator[Mark]:
    end = 0
    for mark in marks:
        if mark.start >= end:
            yield mark
            end = mark.end


def pieces_of(text: str, marks: Sequence[Mark]) -> Iterator[tuple[str, Mark | None]]:
    """The whole text in order, cut into marks and what stands between them."""
    end = 0
    for mark in marks:
        if text[end : mark.start]:
            yield text[end : mark.start], None
        yield mark.words, mark
        end = mark.end
    if text[end:]:
        yield text[end:], None
