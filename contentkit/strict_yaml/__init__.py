"""YAML read strictly, from libyaml's events, with the place of every value.

A plain scalar stays the text it is (``9:30`` and ``no`` are text); only the reader that knows the schema
turns it into something else. Two equal keys, anchors, aliases, merge keys, tags, several documents, deep nesting
and very large files are errors that name the place. Source of the dangers: YAML 1.1's implicit types, alias bombs,
and loaders that keep the last of two equal keys without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.strict_yaml.faults import unreadable
from contentkit.strict_yaml.nodes import Node, Piece, Values
from contentkit.text import one_line

if TYPE_CHECKING:
    from contentkit.strict_yaml.events import Take

__all__ = [
    "Node", "Values", "check_version", "flow_scalar", "mapping", "nearest", "number", "parse", "scalar", "text", "texts",
    "truth",
]  # fmt: skip

MAX_CHARACTERS = 8 * 1024 * 1024
_NAMED = 14

# All but what YAML forbids (control characters, lone surrogates), and what YAML 1.1 and 1.2 read differently: U+0085, U+2028
# and U+2029 end a line, and with it a comment, only in 1.1; a lone carriage return does so in no editor.
_FIT = regex("[\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*+")
# The same of a text without letters of other scripts, of which most files are: to delete these is quicker than to match them.
_FIT_ASCII = bytes((*b"\t\n\r", *range(ord(" "), ord("~") + 1)))
_LONE_RETURN = regex("\r(?!\n)")


def parse(
    text: str,
    path: str,
    *,
    offset: int = 0,
    line: int = 1,
    apart: Mapping[str, Take] = MappingProxyType({}),
    most: int = MAX_CHARACTERS,
) -> Node | None:
    """The one document of ``text``, which begins at this character and line of its file; None when it is empty.

    The items of a list of the root whose key is in ``apart`` are handed over one after the other, and the root has none of them:
    a file may have more than ``MAX_VALUES`` and more than ``MAX_CHARACTERS`` where only those are many.
    Raises ContentError with file:line:column.
    """
    import yaml

    from contentkit.strict_yaml.events import EventReader

    if len(text) > most:
        raise ContentError(f"{path}: larger than {most // 1024 // 1024} MiB", hint="split it, or archive old entries")
    mark = 1 if text.startswith("\ufeff") else 0
    if (hidden := _first_unfit(text, mark)) < len(text):
        raise _hidden_character(text, hidden, path, line)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text[mark:])
    try:
        with _uncollected():
            return EventReader(loader.get_event, Piece(path, offset + mark, line), apart).document()
    except yaml.MarkedYAMLError as error:
        raise unreadable(error, text[mark:], path, line) from None
    finally:
        loader.dispose()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles meanwhile: there are none among events, and to look takes as long as to read."""
    import gc

    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _first_unfit(text: str, start: int) -> int:
    """Where the first character stands that a file may not have; the end of the text when there is none."""
    end = len(text)
    if not text.isascii() or text.encode().translate(None, _FIT_ASCII):
        fit = _FIT.match(text, start)
        end = fit.end() if fit else start
    lone = _LONE_RETURN.search(text, start, end) if "\r" in text else None
    return lone.start() if lone else end


def _hidden_character(text: str, offset: int, path: str, line: int) -> ContentError:
    line += text.count("\n", 0, offset)
    column = offset - text.rfind("\n", 0, offset)
    hint = "remove it, or write it as an escape in double quotes"
    if text[offset] == "\r":
        hint = "save the file with the line ends of today: LF, or CRLF"
    return ContentError(f"{path}:{line}:{column}: the character U+{ord(text[offset]):04X} cannot stand here", hint=hint)


def mapping(node: Node, known: Iterable[str], what: str) -> Values:
    """The values of a mapping whose keys must all be known; null values are left out.

    Raises ContentError that names the nearest known key.
    """
    if node.kind != "mapping":
        raise node.error(f"{what} must be a mapping of keys to values")
    known = frozenset(known)
    if not node.has_only(known):
        name, key = next((name, key) for name, key in node.keys.items() if name not in known)
        raise key.error(f"{what} has no key '{one_line(name, 60)}'", nearest(name, known))
    return Values(node)


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown word: the nearest known one, or the first few of them."""
    known = sorted(known)
    import difflib

    close = difflib.get_close_matches(word[:100], known, 1, 0.5)
    if close:
        return f"did you mean '{close[0]}'?"
    if not known:
        return "there are none"
    return f"known are: {', '.join(known[:_NAMED])}" + (
        f" and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
    )


def text(node: Node, what: str) -> str:
    """The words of a scalar. Raises ContentError for anything else."""
    if node.kind != "scalar":
        raise node.error(f"{what} must be text")
    return node.text


def number(node: Node, what: str) -> int:
    """A whole number of at most nine digits, written plainly. Raises ContentError for anything else."""
    if node.kind != "scalar" or not node.plain or not re.fullmatch(r"[0-9]{1,9}", node.text):
        raise node.error(f"{what} must be a whole number", "write its digits without quotes")
    return int(node.text)


def truth(node: Node, what: str) -> bool:
    """``true`` or ``false``, as YAML 1.2 has it. Raises ContentError for anything else (``yes``, ``no``, ``"true"``)."""
    if node.kind == "scalar" and node.plain and node.text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return node.text.lower() == "true"
    raise node.error(f"{what} must be true or false")


def texts(node: Node, what: str) -> tuple[str, ...]:
    """A list of texts; a single text is a list of one. Raises ContentError for anything else, and for an item without text."""
    if node.kind == "scalar":
        return (node.text,)
    if node.kind != "sequence":
        raise node.error(f"{what} must be a list")
    found = tuple(node.item_texts())
    if len(found) == node.size:
        return found
    for item in node.items:
        if item.is_null:
            raise item.error(f"an item of {what} is empty", "remove it, or write what it should be")
    return tuple(text(item, f"each of {what}") for item in node.items)


def check_version(values: Mapping[str, Node], root: Node, supported: int = 1) -> None:
    """Raises ContentError unless the file says ``version: 1``."""
    if "version" not in values:
        raise root.error("the file does not say its version", f"add a first line 'version: {supported}'")
    if number(values["version"], "version") != supported:
        raise values["version"].error(
            f"version {values['version'].text} is not known to this contentkit",
            f"it knows version {supported}: update contentkit",
        )


_PLAIN_SAFE = regex(r"[A-Za-zÀ-ɏ0-9/.][^\n\t\"'#\[\]{}]*")
_NOT_PLAIN = frozenset(("true", "false", "null", "~", "yes", "no", "on", "off"))


def scalar(value: str) -> str:
    """The value as one scalar that reads back as this text: plain where nobody could misread it, else double-quoted."""
    plain = _PLAIN_SAFE.fullmatch(value) and ": " not in value and not value.endswith((" ", ":"))
    if plain and value.lower() not in _NOT_PLAIN and value.isprintable():
        return value
    return _double_quoted(value)


def flow_scalar(value: str) -> str:
    """The value as ``scalar`` has it, fit to stand in brackets or braces."""
    # libyaml takes a colon before a question mark there for one that ends a key.
    return _double_quoted(value) if "," in value or ":?" in value else scalar(value)


def _double_quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    # A zero-width joiner holds emoji together and is fit to be seen with them.
    return '"' + "".join(c if c.isprintable() or c == "\u200d" else f"\\U{ord(c):08x}" for c in escaped) + '"'
