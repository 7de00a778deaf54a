"""Edits of ``calendar.yaml`` that change only the characters they must.

Each takes the text of the file and returns the new text: comments, order, quoting, blank lines and line ends of
everything else stay byte for byte. The result is read again and compared with what was meant; when it differs (a
layout nobody thought of), ContentError says what to change by hand. Nothing here writes a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from contentkit import strict_yaml
from contentkit.calendar import layout
from contentkit.calendar.insertion import Fields, are_spaced, position_of, with_entry, with_key
from contentkit.errors import ContentError
from contentkit.strict_yaml import Node


def add_entry(text: str, name: str, entry_fields: Fields) -> str:
    """The calendar with one more entry, its keys in this order, written in the style of its neighbours.

    ``id`` and ``at`` are needed. It goes to its place by time. Raises ContentError.
    """
    root = _root(text, name)
    for item in _items(root):
        if item.values["id"].text == entry_fields["id"]:
            raise item.error(f"there is an entry '{entry_fields['id']}' already", "choose another id")
    position = position_of(root, _items(root), entry_fields)
    wanted = _calendar_data(root)
    wanted["entries"].insert(position, {key: _meant(value) for key, value in entry_fields.items()})
    return _verified(with_entry(text, root, _items(root), position, entry_fields), name, wanted, "add the entry")


def set_key(text: str, name: str, entry_id: str, key: str, value_text: str) -> str:
    """The calendar with one key of an entry set to this YAML value, on one line; comments at line ends stay.

    Raises ContentError.
    """
    root = _root(text, name)
    entry, wanted = _entry_and_data(root, entry_id)
    value = strict_yaml.parse(f"{key}: {value_text}", key)
    if value is None or value.kind != "mapping" or list(value.values) != [key] or "\n" in value_text:
        raise ContentError(f"'{value_text}' is not one YAML value on one line", hint="quote it")
    wanted["entries"][_items(root).index(entry)][key] = _data(value.values[key])
    change = _with_value if key in entry.values else with_key
    return _verified(
        change(text, entry, key, value_text), name, wanted, f"set '{key}: {value_text}' of the entry '{entry_id}'"
    )


def set_text(text: str, name: str, entry_id: str, key: str, words: str) -> str:
    """The calendar with one key of an entry set to these words, quoted where that is needed. Raises ContentError."""
    entry, _ = _entry_and_data(_root(text, name), entry_id)
    written = strict_yaml.flow_scalar(words) if entry.flow else strict_yaml.scalar(words)
    return set_key(text, name, entry_id, key, written)


def remove_key(text: str, name: str, entry_id: str, key: str) -> str:
    """The calendar without one key of an entry; as it is when the entry has no such key. Raises ContentError."""
    root = _root(text, name)
    entry, wanted = _entry_and_data(root, entry_id)
    if key not in entry.values:
        return text
    del wanted["entries"][_items(root).index(entry)][key]
    return _verified(_without_key(text, entry, key), name, wanted, f"remove '{key}' of the entry '{entry_id}'")


def remove_entry(text: str, name: str, entry_id: str) -> str:
    """The calendar without an entry and the comments within it; comments above it stay. Raises ContentError."""
    root = _root(text, name)
    entry, wanted = _entry_and_data(root, entry_id)
    del wanted["entries"][_items(root).index(entry)]
    return _verified(
        _without_entry(text, root.values["entries"], entry), name, wanted, f"remove the entry '{entry_id}'"
    )


def _root(text: str, name: str) -> Node:
    root = strict_yaml.parse(text, name)
    if root is None or root.kind != "mapping":
        raise ContentError(f"{name}:1: not a calendar", hint="start it with 'version: 1' and 'timezone: Europe/Madrid'")
    return root


def _items(root: Node) -> tuple[Node, ...]:
    entries = root.values.get("entries")
    if entries is None or entries.is_null:
        return ()
    if entries.kind != "sequence":
        raise entries.error("entries must be a list")
    for item in entries.items:
        if item.kind != "mapping" or "id" not in item.values or "at" not in item.values:
            raise item.error("an entry needs an id and a time", "mend it first")
    return entries.items


def _entry_and_data(root: Node, entry_id: str) -> tuple[Node, Any]:
    items = _items(root)
    for item in items:
        if item.values["id"].text == entry_id:
            return item, _calendar_data(root)
    known = [item.values["id"].text for item in items]
    raise root.error(f"the calendar has no entry '{entry_id}'", strict_yaml.nearest(entry_id, known))


def _data(node: Node) -> Any:
    """What a value means: a scalar is its text and whether it is null or a bare word, which ``true`` must be."""
    if node.kind == "scalar":
        return (None, True) if node.is_null else (node.text, node.plain and node.text.lower() in ("true", "false"))
    if node.kind == "sequence":
        return [_data(item) for item in node.items]
    return {key: _data(value) for key, value in node.values.items()}


def _calendar_data(root: Node) -> Any:
    """What a calendar means; no entries and an empty list of them mean the same."""
    data = _data(root)
    return {**data, "entries": data["entries"] if _items(root) else []}


def _meant(value: str | Sequence[str]) -> Any:
    return (value, False) if isinstance(value, str) else [(item, False) for item in value]


def _verified(candidates: Iterable[str], name: str, wanted: Any, action: str) -> str:
    """The first of these texts that means what was meant. Raises ContentError when none does."""
    for new in candidates:
        with suppress(ContentError):
            root = strict_yaml.parse(new, name)
            if root is not None and _calendar_data(root) == wanted:
                return new
    raise ContentError(f"{name}: is laid out in a way that cannot be edited safely", hint=f"{action} by hand")


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
    if are_spaced(text, others, indent):
        above = layout.line_start(text, max(start - 1, 0))
        below = layout.next_line(text, end)
        if position and text[above:start].strip("\r\n") == "":
            start = above
        elif not position and layout.is_blank(text, below) and layout.start_with_comments(text, start, indent) == start:
            end = layout.line_end(text, below)
    yield layout.without_lines(text, start, end)
