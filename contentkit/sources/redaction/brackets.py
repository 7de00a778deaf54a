"""Marks in square brackets: ``[off the record] … [/off the record]``, and ``[off the record: …]``."""

from __future__ import annotations

import re

from contentkit.errors import ContentError
from contentkit.sources.manuscript import Span
from contentkit.sources.redaction.phrases import DRESS, WRITTEN
from contentkit.sources.redaction.projection import Projection

_CLOSES = rf"(?:/|(?:end|ends|end\s{{1,3}}of|fin|fin\s{{1,3}}de)\s{{1,3}}){DRESS}"
MARK = re.compile(
    rf"\\?\[{DRESS}(?:(?P<back>(?:back\s{{1,3}})?on\s{{1,3}}the\s{{1,3}}record(?:\s{{1,3}}again)?){DRESS}\]"
    rf"|(?P<close>{_CLOSES})?{WRITTEN}(?![^\W_]){DRESS}"
    rf"(?:(?P<colon>:)(?!{DRESS}\])|(?P<ends>(?:ends|end|over|ended|termina){DRESS}\])|[^\[\]\n]{{0,60}}\])?)"
)
_BRACKET = re.compile(r"[\[\]]")


def bracket_spans(text: Projection, name: str) -> list[Span]:
    """The spans between marks in brackets, in the plain text. Raises ContentError when a closing mark has no opening one."""
    spans: list[Span] = []
    closing = closing_brackets(text.plain)
    depth = opened = end = 0
    for mark in MARK.finditer(text.plain):
        if mark.start() < end:
            continue
        if mark["close"] or mark["back"] or mark["ends"]:
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
