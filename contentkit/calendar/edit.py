"""Edits of ``calendar.yaml`` that change only the characters they must.

Each takes the text of the file and returns the new text: comments, order, quoting, blank lines and line ends of
everything else stay byte for byte. The result is read again and compared with what was meant; when it differs (a
layout nobody thought of), ContentError says what to change by hand. Nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate
from typing import Any, NamedTuple

from contentkit import strict_yaml
from contentkit.calendar import layout
from contentkit.calendar.chunks import chunks_of, spans_of
from contentkit.calendar.insertion import Fields, are_spaced, position_of, with_entry, with_key, written_out
from contentkit.calendar.listing import listed, listed_in, not_a_calendar
from contentkit.calendar.times import zone_of
from contentkit.errors import ContentError
from contentkit.strict_yaml import Node


def add_entry(text: str, name: str, entry_fields: Fields) -> str:
    """The calendar with one more entry, its keys in this order, written in the style of its neighbours.

    ``id`` and ``at`` are needed. It goes to its place by time. Raises ContentError.
    """
    root, there = listed_in(text, name)
    for one in there:
        if one.id == entry_fields["id"]:
            raise ContentError(f"{one.place}: there is an entry '{one.id}' already", hint="choose another id")
    zone = zone_of(root.values["timezone"].text) if "timezone" in root.values else zone_of("UTC")
    position = position_of([one.due(zone) for one in there], listed(written_out(entry_fields)).due(zone))
    part, place, spaced = _part_around(text, name, [one.line for one in there], position)
    rest, entries = part.said
    entries.insert(place, {key: _meant(value) for key, value in entry_fields.items()})
    return _verified(
        with_entry(text, part.root, place, entry_fields, spaced=spaced), part, (rest, entries), "add the entry"
    )


def _part_around(text: str, name: str, lines: Sequence[int], position: int) -> tuple[_Part, int, bool]:
    """The least part that can be read and has the entry before this position of the list, or the one at its beginning.

    Also which position of the part that is, and whether blank lines stand between entries. ``lines`` are those of the entries.
    """
    chunks = chunks_of(text)
    if chunks is None or not chunks.fit(lines):
        whole = _whole(text, name)
        indent = whole.root.values["entries"].column - 1 if lines else 0
        return whole, position, len(lines) > 1 and are_spaced(text, whole.items, indent)
    ends = list(accumulate(map(len, chunks.entries), initial=len(chunks.head)))
    number = max(position - 1, 0)
    first, part = (_read_part(text, name, ends[one], ends[one + 1]) for one in (0, number))
    indent = part.root.column - 1
    if not position:
        part = part._replace(start=layout.start_with_comments(text, part.start, indent))
    spaced = len(lines) > 1 and are_spaced(text, first.items, indent)
    return part, min(position, 1), spaced


def set_key(text: str, name: str, entry_id: str, key: str, value_text: str) -> str:
    """The calendar with one key of an entry set to this YAML value, on one line; comments at line ends stay.

    Raises ContentError.
    """
    return _with_key_set(*_part_with(text, name, entry_id), key, value_text)


def set_text(text: str, name: str, entry_id: str, key: str, words: str) -> str:
    """The calendar with one key of an entry set to these words, quoted where that is needed. Raises ContentError."""
    part, entry = _part_with(text, name, entry_id)
    written = strict_yaml.flow_scalar(words) if entry.flow else strict_yaml.scalar(words)
    return _with_key_set(part, entry, key, written)


def _with_key_set(part: _Part, entry: Node, key: str, value_text: str) -> str:
    value = strict_yaml.parse(f"{key}: {value_text}", key)
    if value is None or value.kind != "mapping" or list(value.values) != [key] or "\n" in value_text:
        raise ContentError(f"'{value_text}' is not one YAML value on one line", hint="quote it")
    rest, entries = part.said
    entries[part.items.index(entry)][key] = _data(value.values[key])
    change = _with_value if key in entry.values else with_key
    action = f"set '{key}: {value_text}' of the entry '{entry.values['id'].text}'"
    return _verified(change(part.text, entry, key, value_text), part, (rest, entries), action)


def remove_key(text: str, name: str, entry_id: str, key: str) -> str:
    """The calendar without one key of an entry; as it is when the entry has no such key. Raises ContentError."""
    part, entry = _part_with(text, name, entry_id)
    if key not in entry.values:
        return text
    rest, entries = part.said
    del entries[part.items.index(entry)][key]
    return _verified(_without_key(text, entry, key), part, (rest, entries), f"remove '{key}' of the entry '{entry_id}'")


def remove_entry(text: str, name: str, entry_id: str) -> str:
    """The calendar without an entry and the comments within it; comments above it stay. Raises ContentError."""
    whole = _whole(text, name)
    entry = _entry(whole, entry_id)
    rest, entries = whole.said
    del entries[whole.items.index(entry)]
    changed = _without_entry(text, whole.root.values["entries"], entry)
    return _verified(changed, whole, (rest, entries), f"remove the entry '{entry_id}'")


class _Part(NamedTuple):
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
        return _items(self.root)

    @property
    def said(self) -> tuple[Any, list[Any]]:
        """What it means: that of its entries, and of all else; no entries and an empty list of them mean the same."""
        rest = {key: _data(value) for key, value in self.root.values.items() if key != "entries"}
        return rest, [_data(item) for item in self.items]

    def changed(self, text: str) -> _Part | None:
        """The same part of another text; None where something else has changed as well. Raises ContentError."""
        end = self.end + len(text) - len(self.text)
        if end < self.start or not (text.startswith(self.text[: self.start]) and text.endswith(self.text[self.end :])):
            return None
        return _read_part(text, self.name, self.start, end)


def _read_part(text: str, name: str, start: int, end: int) -> _Part:
    line = text.count("\n", 0, start) + 1
    root = strict_yaml.parse(text[start:end], name, offset=start, line=line)
    if root is None or root.kind == "scalar":
        raise not_a_calendar(name)
    return _Part(text, name, start, end, root)


def _whole(text: str, name: str) -> _Part:
    whole = _read_part(text, name, 0, len(text))
    if whole.root.kind != "mapping":
        raise not_a_calendar(name)
    return whole


def _part_with(text: str, name: str, entry_id: str) -> tuple[_Part, Node]:
    """The least part that can be read and has this entry, and the entry. Raises ContentError that names the nearest one."""
    for start, end in spans_of(text, entry_id):
        with suppress(ContentError):
            part = _read_part(text, name, start, end)
            if part.root.kind == "sequence" and [one.values["id"].text for one in part.items] == [entry_id]:
                return part, part.items[0]
    whole = _whole(text, name)
    return whole, _entry(whole, entry_id)


def _entry(part: _Part, entry_id: str) -> Node:
    known: list[str] = []
    for item in part.items:
        if item.values["id"].text == entry_id:
            return item
        known.append(item.values["id"].text)
    raise part.root.error(f"the calendar has no entry '{entry_id}'", strict_yaml.nearest(entry_id, known))


def _items(root: Node) -> tuple[Node, ...]:
    entries = root if root.kind == "sequence" else root.values.get("entries")
    if entries is None or entries.is_null:
        return ()
    if entries.kind != "sequence":
        raise entries.error("entries must be a list")
    for item in entries.items:
        if item.kind != "mapping" or not {"id", "at"} <= item.values.keys():
            raise item.error("an entry needs an id and a time", "mend it first")
    return entries.items


def _data(node: Node) -> Any:
    """What a value means: a scalar is its text and whether it is null or a bare word, which ``true`` must be."""
    if node.kind == "scalar":
        return (None, True) if node.is_null else (node.text, node.plain and node.text.lower() in ("true", "false"))
    if node.kind == "sequence":
        return [_data(item) for item in node.items]
    return {key: _data(value) for key, value in node.values.items()}


def _meant(value: str | Sequence[str]) -> Any:
    return (value, False) if isinstance(value, str) else [(item, False) for item in value]


def _verified(candidates: Iterable[str], part: _Part, wanted: tuple[Any, list[Any]], action: str) -> str:
    """The first of these texts of which this part means what was meant, and nothing else changed. Raises ContentError when
    there is none."""
    for new in candidates:
        with suppress(ContentError):
            changed = part.changed(new)
            if changed and changed.root.kind == part.root.kind and changed.said == wanted:
                return new
    raise ContentError(f"{part.name}: is laid out in a way that cannot be edited safely", hint=f"{action} by hand")


def _with_value(text: str, entry: Node, key: str, value_text: str) -> Iterator[str]:
    value, colon = entry.values[key], layout.behind_colon(entry.keys[key], text)
    if sign := layout.block_sign(value, text):
        below = layout.without_lines(text, layout.next_line(text, value.start), layout.end_of(value, text))
        yield below[:colon] + " " + value_text + below[value.start + len(sign) :]
    elif value.start == value.end:
        missing = ":" if colon == entry.keys[key].end else ""
        yield text[:colon] + missing + " " + value_text + text[colon:]
    elif value.kind == "scalar" or value.flow:
        yield text[: value.start] + value_text + text[layout.end_of(value, text) :]
    else:
        below = layout.without_lines(text, layout.next_line(text, colon), layout.end_of(value, text))
        yield below[:colon] + " " + value_text + below[colon:]


def _without_key(text: str, entry: Node, key: str) -> Iterator[str]:
    keys = list(entry.keys)
    position = keys.index(key)
    start = entry.keys[key].start
    end = layout.end_of_pair(entry, key, text)
    if entry.flow:
        before = layout.end_of_pair(entry, keys[position - 1], text) if position else entry.start + 1
        yield layout.without_flow_part(text, before, start, end, entry.end - 1)
        # A key without a value needs a space behind its colon.
        spaced = text[:before] + " " + text[before:]
        yield layout.without_flow_part(spaced, before + 1, start + 1, end + 1, entry.end)
    elif text[layout.line_start(text, start) : start].strip(" \ufeff"):
        # It stands on the line of the dash: the next one comes there, unless remarks stand between them.
        following = entry.keys[keys[position + 1]].start
        if "#" not in text[layout.line_end(text, end) : following]:
            yield text[:start] + text[following:]
        yield text[:start].rstrip(" ") + text[layout.line_end(text, end) :]
    else:
        yield layout.without_lines(text, layout.line_start(text, start), end)


def _without_entry(text: str, entries: Node, entry: Node) -> Iterator[str]:
    position = entries.items.index(entry)
    if entries.flow:
        before = entries.items[position - 1].end if position else entries.start + 1
        yield layout.without_flow_part(text, before, entry.start, entry.end, entries.end - 1)
        return
    indent = entries.column - 1
    start = layout.start_of_item(entry, text, indent)
    end = layout.end_of_item(entry, text, indent)
    others = [item for item in entries.items if item is not entry]
    if len(others) > 1 and are_spaced(text, others, indent):
        above = layout.line_start(text, max(start - 1, 0))
        below = layout.next_line(text, end)
        if position and text[above:start].strip("\r\n") == "":
            start = above
        elif not position and layout.is_blank(text, below) and layout.start_with_comments(text, start, indent) == start:
            end = layout.line_end(text, below)
    yield layout.without_lines(text, start, end)
