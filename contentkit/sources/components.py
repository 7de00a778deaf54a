"""Components of MDX: what stands within them is indented like their tags, and is text and no code."""

from __future__ import annotations

from collections.abc import Sequence

from contentkit.patterns import regex
from contentkit.sources.code_spans import fenced_blocks

_OPENS = regex(r"[ \t]*<(?P<name>[A-Z][\w.]{0,60})(?:[ \t][^<>\n]{0,400})?>[ \t]*")
_CLOSES = regex(r"[ \t]*</(?P<name>[A-Z][\w.]{0,60})>[ \t]*")
_DEEPEST = 8


def undented(lines: Sequence[str]) -> list[str]:
    """The lines, those between the tags of a component without the space that all of them begin with."""
    plain = list(lines)
    if not any(map(_CLOSES.fullmatch, lines)):
        return plain
    code = {index for first, last in fenced_blocks(lines) for index in range(first, last)}
    opened: list[tuple[str, int]] = []
    for index, line in enumerate(lines):
        if index in code:
            continue
        if (opens := _OPENS.fullmatch(line)) and len(opened) < _DEEPEST:
            opened.append((opens["name"], index + 1))
        elif opened and (closes := _CLOSES.fullmatch(line)) and closes["name"] == opened[-1][0]:
            _undent(plain, opened.pop()[1], index)
    return plain


def _undent(lines: list[str], first: int, end: int) -> None:
    inner = [line for line in lines[first:end] if line.strip()]
    space = min((len(line) - len(line.lstrip(" ")) for line in inner), default=0)
    for index in range(first, end):
        lines[index] = lines[index][space:] if lines[index].strip() else lines[index]
