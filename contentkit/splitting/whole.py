"""What is never cut, whatever it costs: links, mentions, tags, code, Markdown links, runs that set the direction of text.

Each is found in linear time on any text, however hostile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from contentkit.patterns import regex
from contentkit.values import dataclass

Spans = Callable[[str], Sequence[tuple[int, int]]]


@dataclass(frozen=True, order=True)
class Whole:
    """A stretch of text that stays in one part; ``what`` names it in a message."""

    start: int
    end: int
    what: str


_FENCE = regex(r"^[ \t]{0,3}(`{3,}|~{3,})[^\n]*$", re.M)
_FENCE_LENGTH = 3
_TICKS = regex(r"`+|\n[ \t]*\n")
_LINK = regex(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s<>\"「」『』（）]+")
_LINK_TAIL = ".,;:!?…]}'\"”’)*_。，、！？"
_MARKDOWN_LINK = regex(r"!?\[[^\[\]\n]*\]\([^()\s]*\)")
# A mention, a hashtag, a cashtag; a host behind a mention belongs to it.
_TAG = regex(
    r"(?<![\w/&])[@＠]\w+(?:[.-]+\w+)*(?:@\w+(?:[.-]+\w+)*)?|(?<![\w/&])[#＃][\w·]+|(?<![\w$])\$[A-Za-z]{1,8}\b"
)
_NAMES = {"@": "mention", "＠": "mention", "#": "hashtag", "＃": "hashtag", "$": "cashtag"}
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_DIRECTION = regex(f"[{_ISOLATES}{_EMBEDDINGS}\u2069\u202c]")


def wholes_in(text: str, links: Spans) -> list[Whole]:
    """What must stay whole, in order and without overlaps; of two that overlap one is made that spans both."""
    found = [
        *(Whole(start, end, "link") for start, end in links(text)),
        *_links(text),
        *(Whole(*match.span(), "link") for match in _MARKDOWN_LINK.finditer(text)),
        *(Whole(*match.span(), _NAMES[match[0][0]]) for match in _TAG.finditer(text)),
        *code_in(text),
        *_directed(text),
    ]
    merged: list[Whole] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if merged and one.start < merged[-1].end:
            before = merged[-1]
            merged[-1] = Whole(before.start, max(before.end, one.end), before.what)
        else:
            merged.append(one)
    return merged


def _links(text: str) -> Iterator[Whole]:
    for match in _LINK.finditer(text):
        yield Whole(match.start(), match.start() + len(match[0].rstrip(_LINK_TAIL)), "link")


def code_in(text: str) -> Iterator[Whole]:
    """Fenced blocks, from fence to fence, and code between backticks outside of them."""
    end = 0
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opening is None:
            # "```one line```" is code within a line.
            opening = fence if "`" not in text[fence.end(1) : fence.end()] else None
        elif fence[1].startswith(opening[1]) and fence[0].strip() == fence[1]:
            yield from _ticked(text, end, opening.start())
            yield Whole(opening.start(1), fence.end(1), "code block")
            end, opening = fence.end(), None
    yield from _ticked(text, end, len(text))


def _ticked(text: str, start: int, stop: int) -> Iterator[Whole]:
    """Code between two runs of as many backticks: within one paragraph, but for runs as long as a fence."""
    marks = list(_TICKS.finditer(text, start, stop))
    partners: dict[int, re.Match[str]] = {}
    closing: list[re.Match[str] | None] = [None] * len(marks)
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if not mark[0].startswith("`"):
            partners = {length: partner for length, partner in partners.items() if length >= _FENCE_LENGTH}
            continue
        closing[index] = partners.get(len(mark[0]))
        partners[len(mark[0])] = mark
    end = start
    for mark, partner in zip(marks, closing, strict=True):
        if partner and mark.start() >= end:
            end = partner.end()
            yield Whole(mark.start(), end, "code")


def _directed(text: str) -> Iterator[Whole]:
    """What stands between a mark that sets the direction of text and the mark that ends it."""
    opened: list[tuple[int, str]] = []
    isolates = 0
    for match in _DIRECTION.finditer(text):
        mark = match[0]
        if mark in _ISOLATES or mark in _EMBEDDINGS:
            opened.append((match.start(), mark))
            isolates += mark in _ISOLATES
            continue
        # The end of an isolate ends the embeddings that were opened in it as well.
        while mark == "\u2069" and isolates and opened[-1][1] in _EMBEDDINGS:
            opened.pop()
        if opened and (mark == "\u2069") == (opened[-1][1] in _ISOLATES):
            isolates -= mark == "\u2069"
            yield Whole(opened.pop()[0], match.end(), "run of text with a direction of its own")
