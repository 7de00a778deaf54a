"""The parts of a calendar's text that can be read by themselves, each the least that an edit has to read and to verify."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Any, NamedTuple

from contentkit import strict_yaml
from contentkit.calendar import layout
from contentkit.calendar.chunks import chunks_of, spans_of
from contentkit.calendar.entries import MAX_CHARACTERS
from contentkit.calendar.insertion import are_spaced
from contentkit.calendar.listing import not_a_calendar
from contentkit.errors import ContentError
from contentkit.strict_yaml import Node


class Part(NamedTuple):
    """A part of a calendar's text that is read by itself: all of it, or the chunk of one entry, which is a list of one.

    The nodes of ``root`` know their places in the whole text.
    """

    text: str
    name: str
    start: int
    end: int
    root: Node

    @property
    def items(self) -> tuple[Node, ...]:
        """Its entries. Raises ContentError where one is not fit to be edited."""
        entries = self.root if self.root.kind == "sequence" else self.root.values.get("entries")
        if entries is None or entries.is_null:
            return ()
        if entries.kind != "sequence":
            raise entries.error("entries must be a list")
        for item in entries.items:
            if item.kind != "mapping" or not {"id", "at"} <= item.values.keys():
                raise item.error("an entry needs an id and a time", "mend it first")
        return entries.items

    @property
    def said(self) -> tuple[Any, list[Any]]:
        """What it means: that of its entries, and of all else; no entries and an empty list of them mean the same."""
        rest = {key: data_of(value) for key, value in self.root.values.items() if key != "entries"}
        return rest, [data_of(item) for item in self.items]

    def changed(self, text: str) -> Part | None:
        """The same part of another text; None where something else has changed as well. Raises ContentError."""
        end = self.end + len(text) - len(self.text)
        if end < self.start or not (text.startswith(self.text[: self.start]) and text.endswith(self.text[self.end :])):
            return None
        line = self.root.line - self.text.count("\n", self.start, self.root.start)
        return _read(text, self.name, self.start, end, line)


def _chunk(text: str, name: str, start: int, end: int) -> Part:
    return _read(text, name, start, end, text.count("\n", 0, start) + 1)


def _read(text: str, name: str, start: int, end: int, line: int) -> Part:
    root = strict_yaml.parse(text[start:end], name, offset=start, line=line, most=MAX_CHARACTERS)
    if root is None or root.kind == "scalar":
        raise not_a_calendar(name)
    return Part(text, name, start, end, root)


def whole_of(text: str, name: str) -> Part:
    """All of a calendar. Raises ContentError."""
    whole = _read(text, name, 0, len(text), 1)
    if whole.root.kind != "mapping":
        raise not_a_calendar(name)
    return whole


def part_with(text: str, name: str, entry_id: str) -> tuple[Part, Node]:
    """The least part that can be read and has this entry, and the entry. Raises ContentError that names the nearest one."""
    for start, end in spans_of(text, entry_id):
        with suppress(ContentError):
            part = _chunk(text, name, start, end)
            if part.root.kind == "sequence" and [one.values["id"].text for one in part.items] == [entry_id]:
                return part, part.items[0]
    whole = whole_of(text, name)
    return whole, entry_of(whole, entry_id)


def part_around(text: str, name: str, lines: Sequence[int], position: int) -> tuple[Part, int, bool]:
    """The least part that can be read and has the entry before this position of the list, or the one at its beginning.

    Also which position of the part that is, and whether blank lines stand between entries. ``lines`` are those of the entries.
    """
    chunks = chunks_of(text)
    if chunks is None or not chunks.fit(lines):
        whole = whole_of(text, name)
        indent = whole.root.values["entries"].column - 1 if lines else 0
        return whole, position, len(lines) > 1 and are_spaced(text, whole.items, indent)
    ends = list(accumulate(map(len, chunks.entries), initial=len(chunks.head)))
    number = max(position - 1, 0)
    first, part = (_chunk(text, name, ends[one], ends[one + 1]) for one in (0, number))
    indent = part.root.column - 1
    if not position:
        part = part._replace(start=layout.start_with_comments(text, part.start, indent))
    spaced = len(lines) > 1 and are_spaced(text, first.items, indent)
    return part, min(position, 1), spaced


def entry_of(part: Part, entry_id: str) -> Node:
    """The entry of this id. Raises ContentError that names the nearest one."""
    known: list[str] = []
    for item in part.items:
        if item.values["id"].text == entry_id:
            return item
        known.append(item.values["id"].text)
    raise part.root.error(f"the calendar has no entry '{entry_id}'", strict_yaml.nearest(entry_id, known))


def data_of(node: Node) -> Any:
    """What a value means: a scalar is its text and whether it is null or a bare word, which ``true`` must be."""
    if node.kind == "scalar":
        return (None, True) if node.is_null else (node.text, node.plain and node.text.lower() in ("true", "false"))
    if node.kind == "sequence":
        return [data_of(item) for item in node.items]
    return {key: data_of(value) for key, value in node.values.items()}
