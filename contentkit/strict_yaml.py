"""YAML read strictly, from libyaml's events, with the place of every value.

A plain scalar stays the text it is (``9:30`` and ``no`` are text); only the reader that knows the schema
turns it into something else. Two equal keys, anchors, aliases, merge keys, tags, several documents, deep nesting
and very large files are errors that name the place. Source of the dangers: YAML 1.1's implicit types, alias bombs,
and loaders that keep the last of two equal keys without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.text import one_line
from contentkit.yaml_faults import unreadable

MAX_CHARACTERS = 8 * 1024 * 1024
MAX_VALUES = 1_000_000
MAX_DEPTH = 20
_NAMED = 14
_LONGEST = 400

# What YAML forbids (control characters, lone surrogates), and what YAML 1.1 and 1.2 read differently: U+0085, U+2028
# and U+2029 end a line, and with it a comment, only in 1.1; a lone carriage return does so in no editor.
_FORBIDDEN = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A value and where it stands.

    ``kind`` is ``scalar``, ``sequence`` or ``mapping``. ``start`` and ``end`` are character offsets into the text
    given to ``parse``; ``line`` and ``column`` are 1-based. ``plain`` is true for an unquoted scalar, ``flow`` for
    a collection in braces or brackets. ``keys`` are the key nodes of a mapping, in order.
    """

    kind: str
    path: str
    line: int
    column: int
    start: int
    end: int
    text: str = ""
    plain: bool = False
    flow: bool = False
    items: tuple[Node, ...] = ()
    keys: dict[str, Node] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    @property
    def is_null(self) -> bool:
        return self.kind == "scalar" and self.plain and self.text in ("", "~", "null", "Null", "NULL")

    def error(self, message: str, hint: str = "") -> ContentError:
        """An error at this value's place, on one line; what it quotes from the file cannot steer a terminal."""
        return ContentError(f"{self.place}: {one_line(message, _LONGEST)}", hint=one_line(hint, _LONGEST))


def parse(text: str, path: str, *, line: int = 1) -> Node | None:
    """The one document of ``text``, whose first line is this one of the file; None when it is empty.

    Raises ContentError with file:line:column.
    """
    import yaml

    if len(text) > MAX_CHARACTERS:
        raise ContentError(
            f"{path}: larger than {MAX_CHARACTERS // 1024 // 1024} MiB", hint="split it, or archive old entries"
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    offset = 1 if text.startswith("\ufeff") else 0
    if forbidden := _FORBIDDEN.search(text, offset):
        raise _hidden_character(text, forbidden, path, line)
    try:
        builder = _Builder(yaml.parse(text[offset:], Loader=loader), path, offset, line)
        return builder.document()
    except yaml.MarkedYAMLError as error:
        raise unreadable(error, text[offset:], path, line) from None


def _hidden_character(text: str, found: re.Match[str], path: str, line: int) -> ContentError:
    line += text.count("\n", 0, found.start())
    column = found.start() - text.rfind("\n", 0, found.start())
    hint = "remove it, or write it as an escape in double quotes"
    if found.group() == "\r":
        hint = "save the file with the line ends of today: LF, or CRLF"
    return ContentError(
        f"{path}:{line}:{column}: the character U+{ord(found.group()):04X} cannot stand here", hint=hint
    )


class _Builder:
    """Turns libyaml's flat events into nodes, refusing what could mean something else than it says."""

    def __init__(self, events: Iterable[Any], path: str, offset: int, line: int) -> None:
        self.events: Iterator[Any] = iter(events)
        self.path = path
        self.offset = offset
        self.line = line
        self.count = 0

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            name = type(event).__name__
            if name == "DocumentStartEvent":
                self._check_start(event, root)
            if name in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
                root = self._node(event, name, 1)
        return root

    def _check_start(self, event: Any, before: Node | None) -> None:
        if before is not None:
            raise self._error(event, "a second YAML document", "one file holds one document: remove the line of dashes")
        # In YAML 1.1, 'no' and 9:30 mean something else than they say.
        if event.tags or event.version not in (None, (1, 2)):
            raise self._error(event, "directives are not used here", "remove the lines that begin with '%'")

    def _node(self, event: Any, name: str, depth: int) -> Node:
        if name == "AliasEvent" or event.anchor:
            raise self._error(
                event, "anchors and aliases are not used here", "write the value out; quote a text that begins so"
            )
        if event.tag and not (name == "ScalarEvent" and event.tag == "!"):
            raise self._error(
                event, f"the tag {event.tag} is not used here", "remove it, or quote a text that begins so"
            )
        if depth > MAX_DEPTH:
            raise self._error(event, f"nested more than {MAX_DEPTH} deep")
        if name == "ScalarEvent":
            return self._make(
                event, event, "scalar", text=event.value, plain=event.implicit[0] and event.style in (None, "")
            )
        if name == "SequenceStartEvent":
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _sequence(self, start: Any, depth: int) -> Node:
        items: list[Node] = []
        for event in self.events:
            name = type(event).__name__
            if name == "SequenceEndEvent":
                return self._make(start, event, "sequence", items=tuple(items), flow=bool(start.flow_style))
            items.append(self._node(event, name, depth + 1))
        raise self._error(start, "the list does not end")

    def _mapping(self, start: Any, depth: int) -> Node:
        keys: dict[str, Node] = {}
        values: dict[str, Node] = {}
        for event in self.events:
            name = type(event).__name__
            if name == "MappingEndEvent":
                return self._make(start, event, "mapping", keys=keys, values=values, flow=bool(start.flow_style))
            key = self._node(event, name, depth + 1)
            if key.kind != "scalar":
                raise key.error("a key must be a word")
            if key.text == "<<" and key.plain:
                raise key.error("merge keys are not used here", "write the values out")
            if key.text in values:
                raise key.error(
                    f"'{one_line(key.text, 60)}' stands here twice",
                    f"the first is on line {keys[key.text].line}; keep one",
                )
            following = next(self.events)
            keys[key.text] = key
            values[key.text] = self._node(following, type(following).__name__, depth + 1)
        raise self._error(start, "the mapping does not end")

    def _make(self, first: Any, last: Any, kind: str, **parts: Any) -> Node:
        mark = first.start_mark
        self.count += 1
        if self.count > MAX_VALUES:
            raise self._error(first, f"more than {MAX_VALUES:,} values", "split the file, or archive what is old")
        return Node(
            kind=kind,
            path=self.path,
            line=mark.line + self.line,
            column=mark.column + 1,
            start=mark.index + self.offset,
            end=last.end_mark.index + self.offset,
            **parts,
        )

    def _error(self, event: Any, message: str, hint: str = "") -> ContentError:
        mark = event.start_mark
        return ContentError(f"{self.path}:{mark.line + self.line}:{mark.column + 1}: {message}", hint=hint)


def mapping(node: Node, known: Iterable[str], what: str) -> dict[str, Node]:
    """The values of a mapping whose keys must all be known; null values are left out.

    Raises ContentError that names the nearest known key.
    """
    if node.kind != "mapping":
        raise node.error(f"{what} must be a mapping of keys to values")
    known = list(known)
    for name, key in node.keys.items():
        if name not in known:
            raise key.error(f"{what} has no key '{one_line(name, 60)}'", nearest(name, known))
    return {name: value for name, value in node.values.items() if not value.is_null}


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
    for item in node.items:
        if item.is_null:
            raise item.error(f"an item of {what} is empty", "remove it, or write what it should be")
    return tuple(text(item, f"each of {what}") for item in node.items)


def check_version(values: dict[str, Node], root: Node, supported: int = 1) -> None:
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
    return _double_quoted(value) if "," in value else scalar(value)


def _double_quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    # A zero-width joiner holds emoji together and is fit to be seen with them.
    return '"' + "".join(c if c.isprintable() or c == "\u200d" else f"\\U{ord(c):08x}" for c in escaped) + '"'
