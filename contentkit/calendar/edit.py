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
from contentkit.calendar.insertion import Fields, are_spaced, position_of, with_entry, with_key, written_out
from contentkit.calendar.listing import listed, listed_in
from contentkit.calendar.parts import Part, data_of, entry_of, part_around, part_with, whole_of
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
    part, place, spaced = part_around(text, name, [one.line for one in there], position)
    rest, entries = part.said
    entries.insert(place, {key: _meant(value) for key, value in entry_fields.items()})
    return _verified(
        with_entry(text, part.root, place, entry_fields, spaced=spaced), part, (rest, entries), "add the entry"
    )


def set_key(text: str, name: str, entry_id: str, key: str, value_text: str) -> str:
    """The calendar with one key of an entry set to this YAML value, on one line; comments at line ends stay.

    Raises ContentError.
    """
    return _with_key_set(*part_with(text, name, entry_id), key, value_text)


def set_text(text: str, name: str, entry_id: str, key: str, words: str) -> str:
    """The calendar with one key of an entry set to these words, quoted where that is needed. Raises ContentError."""
    part, entry = part_with(text, name, entry_id)
    written = strict_yaml.flow_scalar(words) if entry.flow else strict_yaml.scalar(words)
    return _with_key_set(part, entry, key, written)


def _with_key_set(part: Part, entry: Node, key: str, value_text: str) -> str:
    value = strict_yaml.parse(f"{key}: {value_text}", key)
    if value is None or value.kind != "mapping" or list(value.values) != [key] or "\n" in value_text:
        raise ContentError(f"'{value_text}' is not one YAML value on one line", hint="quote it")
    rest, entries = part.said
    entries[part.items.index(entry)][key] = data_of(value.values[key])
    change = _with_value if key in entry.values else with_key
    action = f"set '{key}: {value_text}' of the entry '{entry.values['id'].text}'"
    return _verified(change(part.text, entry, key, value_text), part, (rest, entries), action)


def remove_key(text: str, name: str, entry_id: str, key: str) -> str:
    """The calendar without one key of an entry; as it is when the entry has no such key. Raises ContentError."""
    part, entry = part_with(text, name, entry_id)
    if key not in entry.values:
        return text
    rest, entries = part.said
    del entries[part.items.index(entry)][key]
    return _verified(_without_key(text, entry, key), part, (rest, entries), f"remove '{key}' of the entry '{entry_id}'")


def remove_entry(text: str, name: str, entry_id: str) -> str:
    """The calendar without an entry and the comments within it; comments above it stay. Raises ContentError."""
    whole = whole_of(text, name)
    entry = entry_of(whole, entry_id)
    rest, entries = whole.said
    del entries[whole.items.index(entry)]
    changed = _without_entry(text, whole.root.values["entries"], entry)
    return _verified(changed, whole, (rest, entries), f"remove the entry '{entry_id}'")


def _meant(value: str | Sequence[str]) -> Any:
    return (value, False) if isinstance(value, str) else [(item, False) for item in value]


def _verified(candidates: Iterable[str], part: Part, wanted: tuple[Any, list[Any]], action: str) -> str:
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
        yield "".join((text[: value.start], value_text, text[layout.end_of(value, text) :]))
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
