"""The indents of parts that begin within a list: what is cut off at their first line is missing at no other one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile


def with_even_indents(text: str, parts: Sequence[str]) -> Iterator[str]:
    """The parts of a text as ``split`` gives them; the lines that follow a part's first one lose the indent that it has lost.

    What stands less deep loses all it has, so that it does not stand deeper than that. It ends with a line at the margin.
    """
    end = 0
    for part in parts:
        start = text.index(part, end)
        # Within a line, what went was no indent.
        since = text.rfind("\n", end, start) + 1 if end else 0
        indent = text[since:start] if since or not end else ""
        yield part if indent.strip(" \t") else _shifted(part, indent)
        end = start + len(part)


def _shifted(part: str, indent: str) -> str:
    if not indent:
        return part
    first, *lines = part.split("\n")
    for number, line in enumerate(lines):
        width = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(line, indent, strict=False)))
        if line and not width:
            break
        lines[number] = line[width:]
    return "\n".join([first, *lines])
