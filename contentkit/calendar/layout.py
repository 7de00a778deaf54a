"""Where things stand in a calendar's text: lines, ends of values, room for another one.

Offsets are characters of the whole text. Nothing here knows what an entry means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contentkit.strict_yaml import Node


def newline_of(text: str) -> str:
    """The line end this file uses, as its first line has it."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"


def line_start(text: str, offset: int) -> int:
    """Where the line of this character starts."""
    return text.rfind("\n", 0, offset) + 1


def line_end(text: str, offset: int) -> int:
    """Where the line of this character ends, before its line end."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if text[offset:end].endswith("\r") else end


def next_line(text: str, offset: int) -> int:
    """Where the line after this character's line starts; the end of the text when there is none."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def end_of(node: Node, text: str) -> int:
    """Where the last character of a value stands, plus one.

    libyaml ends a block collection only at the next token, behind comments and blank lines that are not part of it.
    """
    if node.kind == "scalar" or node.flow:
        return node.start + len(text[node.start : node.end].rstrip())
    if node.kind == "sequence":
        return end_of(node.items[-1], text)
    last = next(reversed(node.values))
    return max(node.keys[last].end, end_of(node.values[last], text))


def end_of_item(item: Node, text: str, indent: int) -> int:
    """Where the last line of a list's item ends, with the comments below that are indented into it."""
    end = line_end(text, end_of(item, text))
    while (following := next_line(text, end)) < len(text):
        line = text[following : line_end(text, following)]
        comment = line.lstrip(" ")
        if not comment.startswith("#") or len(line) - len(comment) <= indent:
            break
        end = following + len(line)
    return end


def start_of_item(item: Node, text: str, indent: int) -> int:
    """Where the line with the dash of a block list's item starts; the dash stands ``indent`` columns in."""
    start = line_start(text, item.start)
    while start > 0 and not re.match(rf" {{{indent}}}-(?=\s)", text[start : start + indent + 2]):
        start = line_start(text, start - 1)
    return start


def start_with_comments(text: str, start: int) -> int:
    """Where the comment lines directly above this line start."""
    while start > 0 and text[line_start(text, start - 1) : start].lstrip(" \t").startswith("#"):
        start = line_start(text, start - 1)
    return start


def is_blank(text: str, start: int) -> bool:
    """Whether the line that starts here holds nothing."""
    return start < len(text) and not text[start : line_end(text, start)].strip()


def with_lines_after(text: str, end: int, lines: Sequence[str]) -> str:
    """The text with lines added below the one that ends here; a missing last line end stays missing."""
    newline = newline_of(text)
    return text[:end] + "".join(newline + line for line in lines) + text[end:]


def with_lines_before(text: str, start: int, lines: Sequence[str]) -> str:
    """The text with lines added above the one that starts here."""
    newline = newline_of(text)
    return text[:start] + "".join(line + newline for line in lines) + text[start:]


def without_lines(text: str, start: int, end: int) -> str:
    """The text without the lines from the one that starts at ``start`` to the one of ``end``."""
    return text[:start] + text[next_line(text, end) :]


def without_flow_part(text: str, before: int, start: int, end: int, closing: int) -> str:
    """The text without one part of a collection in brackets or braces, and without one comma.

    ``before`` is where the part before it ends, or the bracket opens; ``closing`` is where the bracket closes.
    """
    comma = re.compile(r"[ \t]*,[ \t]*").match(text, end, closing)
    own_line = not text[line_start(text, start) : start].strip() and line_start(text, start) > before
    stop = comma.end() if comma else end
    if own_line and next_line(text, stop) <= closing and re.match(r"[ \t]*(#|\r?\n)", text[stop:closing]):
        return without_lines(text, line_start(text, start), stop)
    if comma or own_line:
        return text[:start] + text[stop:]
    return text[:before] + text[end:]
