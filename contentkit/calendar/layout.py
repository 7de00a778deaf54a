"""Where things stand in a calendar's text: lines, ends of values, room for another one.

Offsets are characters of the whole text. Nothing here knows what an entry means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contentkit.patterns import regex
from contentkit.strict_yaml import Node

_BLOCK_SIGN = regex(r"[|>][-+0-9]*")
_COLON = regex(r"[ \t\r\n]*:")
_COMMA = regex(r"[ \t]*,[ \t]*")
# Something that is no remark stands on the line.
_REST = regex(r"[ \t]*[^ \t#\r\n]")


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


def newline_at(text: str, offset: int) -> str:
    """The line end of this character's line; where it has none, that of the line before; else a line feed."""
    end = text.find("\n", offset)
    end = text.rfind("\n", 0, offset) if end < 0 else end
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def block_sign(node: Node, text: str) -> str:
    """What a block of text begins with (``|``, ``>-``); empty for any other value."""
    found = _BLOCK_SIGN.match(text, node.start, node.end) if node.kind == "scalar" else None
    return found.group() if found else ""


def end_of(node: Node, text: str) -> int:
    """Where the last character of a value stands, plus one.

    libyaml ends a block collection, and a block of text, only at the next token, behind comments and blank lines that are not
    part of it; blank lines that a block of text keeps (``|+``) are.
    """
    if node.kind == "scalar" or node.flow:
        written = text[node.start : node.end]
        keeps = "+" in block_sign(node, text)
        return node.start + len(re.sub(r"\r?\n\Z", "", written) if keeps else written.rstrip())
    if node.kind == "sequence":
        return end_of(node.items[-1], text)
    last = next(reversed(node.values))
    return max(node.keys[last].end, end_of(node.values[last], text))


def end_with_comments(text: str, end: int, indent: int) -> int:
    """Where the line of ``end`` ends, or the last of the comment lines below that are indented deeper than ``indent``."""
    end = line_end(text, end)
    while (following := next_line(text, end)) < len(text):
        line = text[following : line_end(text, following)]
        comment = line.lstrip(" ")
        if not comment.startswith("#") or len(line) - len(comment) <= indent:
            break
        end = following + len(line)
    return end


def end_of_item(item: Node, text: str, indent: int) -> int:
    """Where the last line of a list's item ends, with the comments below that are indented into it."""
    return end_with_comments(text, end_of(item, text), indent)


def start_of_item(item: Node, text: str, indent: int) -> int:
    """Where the line with the dash of a block list's item starts; the dash stands ``indent`` columns in."""
    start = line_start(text, item.start)
    while start > 0 and not re.match(rf"\ufeff? {{{indent}}}-(?=\s)", text[start : start + indent + 3]):
        start = line_start(text, start - 1)
    return start


def start_with_comments(text: str, start: int, indent: int) -> int:
    """Where the comment lines directly above this line start that are indented no deeper than ``indent``."""
    while start > 0:
        above = line_start(text, start - 1)
        line = text[above:start].removeprefix("\ufeff")
        comment = line.lstrip(" ")
        if not comment.startswith("#") or len(line) - len(comment) > indent:
            break
        start = above
    return start


def is_blank(text: str, start: int) -> bool:
    """Whether the line that starts here holds nothing."""
    return start < len(text) and not text[start : line_end(text, start)].strip()


def with_lines_after(text: str, end: int, lines: Sequence[str]) -> str:
    """The text with lines added below the one that ends here; a missing last line end stays missing."""
    stop, newline = next_line(text, end), newline_at(text, end)
    if text.endswith("\n", 0, stop):
        return text[:stop] + "".join(line + newline for line in lines) + text[stop:]
    return text + "".join(newline + line for line in lines)


def with_lines_before(text: str, start: int, lines: Sequence[str]) -> str:
    """The text with lines added above the one that starts here."""
    newline = newline_at(text, start)
    return text[:start] + "".join(line + newline for line in lines) + text[start:]


def without_lines(text: str, start: int, end: int) -> str:
    """The text without the lines from the one that starts at ``start`` to the one of ``end``.

    A missing last line end stays missing.
    """
    stop = next_line(text, end)
    if stop == len(text) and not text.endswith("\n"):
        return re.sub(r"\r?\n\Z", "", text[:start])
    return text[:start] + text[stop:]


def behind_colon(key: Node, text: str) -> int:
    """Where the colon behind a key ends; in braces a key may have none: then where the key ends."""
    colon = _COLON.match(text, key.end)
    return colon.end() if colon else key.end


def end_of_pair(node: Node, key: str, text: str) -> int:
    """Where a key of a mapping ends with its value; where it has none, behind the colon."""
    value, name = node.values[key], node.keys[key]
    if value.kind == "scalar" and value.start == value.end:
        return behind_colon(name, text)
    return max(name.end, end_of(value, text))


def without_flow_part(text: str, before: int, start: int, end: int, closing: int) -> str:
    """The text without one part of a collection in brackets or braces, and without one comma; remarks of others stay.

    ``before`` is where the part before it ends, or the bracket opens; ``closing`` is where the bracket closes.
    """
    comma = _COMMA.match(text, end, closing)
    stop = comma.end() if comma else end
    own_line = line_start(text, start) > before and not text[line_start(text, start) : start].strip()
    whole_line = own_line and next_line(text, stop) <= closing and not _REST.match(text, stop, closing)
    if comma and whole_line:
        return without_lines(text, line_start(text, start), stop)
    others_follow = any(line.strip() and not line.lstrip().startswith("#") for line in text[stop:closing].split("\n"))
    if comma and (others_follow or "#" in text[before:start]):
        return text[:start] + text[stop:]
    if comma and own_line:
        return text[:start] + text[stop:]
    if "#" not in text[before:start]:
        # The last one: what parts it from the one before goes, and a comma behind it stays one behind the last, if one is left.
        return text[:before] + text[stop if text[before - 1] in "[{" else end :]
    if _COMMA.match(text, before, start):
        comma_before = text.index(",", before)
        text = text[:comma_before] + text[comma_before + 1 :]
        start, end = start - 1, end - 1
    return without_lines(text, line_start(text, start), end) if whole_line else text[:start] + text[end:]
