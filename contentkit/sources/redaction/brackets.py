"""Marks in square brackets: ``[off the record] … [/off the record]``, and ``[off the record: …]``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.phrases import BRACKETED, DRESS, THIS_IS
from contentkit.sources.redaction.projection import Projection

_CLOSES = rf"(?:/|(?:end|ends|end\s{{1,3}}of|fin|fin\s{{1,3}}de)\s{{1,3}}){DRESS}"
_OPENS = r"(?:(?:start|begin|begins|beginning|going|go|we're|we\sare|now|from\shere)\s{1,3}(?:of\s{1,3})?){1,2}"
# A padlock may stand before the words.
_SIGN = rf"(?:[^\w\s\[\](){{}}<>/:.,;-]{{1,3}}{DRESS})?"
MARK = regex(
    rf"\\?\[{DRESS}{_SIGN}(?:(?P<back>(?:back\s{{1,3}})?on\s{{1,3}}the\s{{1,3}}record(?:\s{{1,3}}again)?){DRESS}\]"
    rf"|(?P<close>{_CLOSES})?(?:{_OPENS}|{THIS_IS})?{BRACKETED}(?![^\W_]){DRESS}"
    rf"(?:(?P<colon>:)(?!{DRESS}\])|(?P<ends>(?:ends|end|over|ended|termina){DRESS}\])|[^\[\]\n]{{0,60}}\])?)"
)
_PICTURE = regex(r"!\[|<img\b[^<>]{0,2000}>")
_TARGET = regex(r"\([^()\n]{0,2000}\)")
_BRACKET = regex(r"[\[\]]")


def bracket_spans(text: Projection, turns: Sequence[int], name: str) -> list[Span]:
    """The spans between marks in brackets, in the plain text. Raises ContentError when a closing mark has no opening one.

    Where people speak, "[back on the record]" may close what somebody said.
    """
    spans: list[Span] = []
    closing = closing_brackets(text.plain)
    depth = opened = end = 0
    for mark in MARK.finditer(text.plain):
        if mark.start() < end:
            continue
        if mark["close"] or mark["back"] or mark["ends"]:
            if depth == 0 and mark["back"] and (turns or not mark["back"].startswith("back")):
                continue  # what was said may have opened it; else it is a doubt
            if depth == 0:
                raise closes_nothing(text, mark.start(), name)
            depth = 0 if mark["back"] else depth - 1
            if depth == 0:
                spans.append((opened, mark.end()))
        elif mark["colon"]:
            end = closing.get(text.plain.index("[", mark.start()), len(text.plain))
            spans.append((mark.start(), end))
        else:
            opened = opened if depth else mark.start()
            depth += 1
    if depth:
        spans.append((opened, len(text.plain)))
    return spans


def picture_spans(text: Projection, spans: Sequence[Span]) -> list[Span]:
    """The pictures in whose alt text one of these spans of the original begins: they show what is off the record."""
    begins = sorted(start for start, _ in spans)
    closing: dict[int, int] = {}
    found: list[Span] = []
    for picture in _PICTURE.finditer(text.plain) if begins else ():
        closing = closing or closing_brackets(text.plain)
        end = closing.get(picture.end() - 1, picture.end())
        target = _TARGET.match(text.plain, end)
        span = text.back(picture.start(), target.end() if target else end)
        at = bisect_left(begins, span[0])
        if at < len(begins) and begins[at] < span[1]:
            found.append(span)
    return found


def closing_brackets(text: str) -> dict[int, int]:
    """For each opening bracket that is closed, the offset behind the closing one."""
    opened: list[int] = []
    closed: dict[int, int] = {}
    for bracket in _BRACKET.finditer(text):
        if bracket.group() == "[":
            opened.append(bracket.start())
        elif opened:
            closed[opened.pop()] = bracket.end()
    return closed


def closes_nothing(text: Projection, at: int, name: str) -> ContentError:
    """The error for a closing mark without an opening one: somebody mistyped that."""
    return ContentError(
        f"{name}:{text.line(at)}: a mark closes an off-the-record span that was never opened",
        hint="mend the opening mark above it, or remove this one; nothing was read",
    )
