"""Edits of ``calendar.yaml`` that change only the characters they must.

Each takes the text of the file and returns the new text: comments, order, quoting, blank lines and line ends of
everything else stay byte for byte. The result is read again and compared with what was meant; when it differs (a
layout nobody thought of), ContentError says what to change by hand. Nothing here writes a file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from contentkit import strict_yaml
from contentkit.calendar import layout
from contentkit.calendar.entries import time_of
from contentkit.calendar.times import zone_of
from contentkit.errors import ContentError
from contentkit.strict_yaml import Node

Fields = Mapping[str, str | Sequence[str]]


def add_entry(text: str, name: str, entry_fields: Fields) -> str:
    """The calendar with one more entry, its keys in this order, written in the style of its neighbours.

    ``id`` and ``at`` are needed. It goes to its place by time when the entries are in time order, so that two branches
    that add entries at different times merge; else to the end. Raises ContentError.
    """
    root = _root(text, name)
    entries = root.values.get("entries")
    for item in _items(root):
        if item.values["id"].text == entry_fields["id"]:
            raise item.error(f"there is an entry '{entry_fields['id']}' already", "choose another id")
    position = _position(root, entry_fields)
    wanted = _calendar_data(root)
    wanted["entries"].insert(position, {key: _meant(value) for key, value in entry_fields.items()})
    return _verified(_with_entry(text, root, entries, position, entry_fields), name, wanted, "add the entry")


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
    new = _with_value(text, entry, key, value_text) if key in entry.values else _with_key(text, entry, key, value_text)
    return _verified(new, name, wanted, f"set '{key}: {value_text}' of the entry '{entry_id}'")


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
    entries = root.values["entries"]
    position = entries.items.index(entry)
    del wanted["entries"][position]
    if entries.flow:
        before = entries.items[position - 1].end if position else entries.start + 1
        new = layout.without_flow_part(text, before, entry.start, entry.end, entries.end - 1)
    else:
        indent = entries.column - 1
        start = layout.start_of_item(entry, text, indent)
        new = layout.without_lines(text, start, layout.end_of_item(entry, text, indent))
    return _verified(new, name, wanted, f"remove the entry '{entry_id}'")


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


def _verified(new: str, name: str, wanted: Any, action: str) -> str:
    try:
        root = strict_yaml.parse(new, name)
        same = root is not None and _calendar_data(root) == wanted
    except ContentError:
        same = False
    if not same:
        raise ContentError(f"{name}: is laid out in a way that cannot be edited safely", hint=f"{action} by hand")
    return new


def _position(root: Node, entry_fields: Fields) -> int:
    """Where in the list a new entry goes: by time when the list is in time order, else last."""
    zone = zone_of(root.values["timezone"].text) if "timezone" in root.values else zone_of("UTC")

    def due(values: Mapping[str, Node]) -> datetime:
        return time_of(values, zone)[0].astimezone(UTC)

    times = [due(item.values) for item in _items(root)]
    if times != sorted(times):
        return len(times)
    new = strict_yaml.parse(_flow(entry_fields), "the new entry")
    assert new is not None
    return bisect_right(times, due(new.values))


def _value(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return strict_yaml.scalar(value)
    return f"[{', '.join(strict_yaml.flow_scalar(item) for item in value)}]"


def _flow(entry_fields: Fields) -> str:
    pairs = (
        f"{key}: {strict_yaml.flow_scalar(value) if isinstance(value, str) else _value(value)}"
        for key, value in entry_fields.items()
    )
    return "{" + ", ".join(pairs) + "}"


def _block(entry_fields: Fields, dash: str) -> list[str]:
    pairs = [f"{key}: {_value(value)}" for key, value in entry_fields.items()]
    return [dash + pairs[0], *(" " * len(dash) + pair for pair in pairs[1:])]


def _with_entry(text: str, root: Node, entries: Node | None, position: int, entry_fields: Fields) -> str:
    if entries is None:
        margin = " " * (root.column - 1)
        lines = [f"{margin}entries:", *_block(entry_fields, margin + _first_dash(root))]
        return layout.with_lines_after(text, len(text.rstrip()), lines)
    if entries.flow and (entries.items or root.flow or "\n" in text[entries.start : entries.end]):
        return _with_flow_item(text, entries, position, _flow(entry_fields))
    if not entries.items:
        bare = text[: entries.start].rstrip(" ")
        end = layout.line_end(text, entries.end) - (entries.end - len(bare))
        margin = " " * (root.column - 1)
        return layout.with_lines_after(
            bare + text[entries.end :], end, _block(entry_fields, margin + _first_dash(root))
        )
    return _with_block_item(text, entries, position, entry_fields)


def _first_dash(root: Node) -> str:
    """How a first entry starts: as far in as the blackouts, if there are any."""
    blackout = root.values.get("blackout")
    block = blackout is not None and blackout.kind == "sequence" and not blackout.flow
    return " " * (blackout.column - root.column if block and blackout else 2) + "- "


def _with_block_item(text: str, entries: Node, position: int, entry_fields: Fields) -> str:
    items, indent = entries.items, entries.column - 1
    model = items[max(position - 1, 0)]
    start = layout.start_of_item(model, text, indent)
    gap = model.start - start - indent - 1
    dash = " " * indent + "-" + " " * (gap if layout.line_start(text, model.start) == start else 1)
    lines = [dash + _flow(entry_fields)] if model.flow else _block(entry_fields, dash)
    spaced = len(items) > 1 and layout.is_blank(
        text, layout.next_line(text, layout.end_of_item(items[0], text, indent))
    )
    if position:
        end = layout.end_of_item(model, text, indent)
        return layout.with_lines_after(text, end, ["", *lines] if spaced else lines)
    return layout.with_lines_before(text, layout.start_with_comments(text, start), [*lines, ""] if spaced else lines)


def _with_flow_item(text: str, entries: Node, position: int, new: str) -> str:
    items, closing = entries.items, entries.end - 1
    if not items:
        return text[:closing] + new + text[closing:]
    first = layout.line_start(text, items[-1].start)
    margin = text[first : items[-1].start]
    own_lines = not margin.strip() and first > entries.start
    if position < len(items):
        here = items[position].start
        return text[:here] + new + ("," + layout.newline_of(text) + margin if own_lines else ", ") + text[here:]
    end = items[-1].end
    if not own_lines or layout.next_line(text, end) > closing:
        return text[:end] + ", " + new + text[end:]
    comma = "" if text[end:closing].lstrip().startswith(",") else ","
    text = text[:end] + comma + text[end:]
    # A comma behind the last one stays a comma behind the last one.
    return layout.with_lines_after(text, layout.line_end(text, end), [margin + new + ("" if comma else ",")])


def _with_value(text: str, entry: Node, key: str, value_text: str) -> str:
    value = entry.values[key]
    if value.kind == "scalar" or value.flow:
        end = max(layout.end_of(value, text), value.start)
        space = "" if text[value.start - 1].isspace() else " "
        return text[: value.start] + space + value_text + text[end:]
    colon = text.index(":", entry.keys[key].end) + 1
    nested = layout.next_line(text, colon)
    kept = layout.without_lines(text, nested, layout.end_of(value, text))
    return kept[:colon] + " " + value_text + kept[colon:]


def _with_key(text: str, entry: Node, key: str, value_text: str) -> str:
    end = layout.end_of(entry, text)
    if not entry.flow:
        return layout.with_lines_after(
            text, layout.line_end(text, end), [" " * (entry.column - 1) + f"{key}: {value_text}"]
        )
    last = next(reversed(entry.values))
    end = max(entry.keys[last].end, entry.values[last].end)
    return text[:end] + f", {key}: {value_text}" + text[end:]


def _without_key(text: str, entry: Node, key: str) -> str:
    keys = list(entry.keys)
    position = keys.index(key)
    start = entry.keys[key].start
    end = max(entry.keys[key].end, layout.end_of(entry.values[key], text))
    if entry.flow:
        before = (
            max(entry.keys[keys[position - 1]].end, entry.values[keys[position - 1]].end)
            if position
            else entry.start + 1
        )
        return layout.without_flow_part(text, before, start, end, entry.end - 1)
    if position == 0 and len(keys) > 1:
        return text[:start] + text[entry.keys[keys[1]].start :]
    return layout.without_lines(text, layout.line_start(text, start), end)
