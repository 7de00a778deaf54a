"""How a new entry, and a new key of an entry, is written into a calendar: where, and in the style of its neighbours.

Both rules have merges in mind: git merges two changes where a line stands between them that neither touched.

* An entry goes where it breaks the order of times least, between entries that stand in order: two branches that each add one
  at another day merge. Where the newest stands first, so does it.
* A key never becomes the last of its entry, where the next entry may begin on another branch: ``paused`` goes behind the first
  key, all others behind ``at``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import accumulate
from math import inf

from contentkit import strict_yaml
from contentkit.calendar import layout
from contentkit.strict_yaml import Node

Fields = Mapping[str, str | Sequence[str]]


def position_of(times: Sequence[datetime], at: datetime) -> int:
    """Where in a list of these times a new one goes: there where the fewest stand on the wrong side of it, behind its equals.

    Where that leaves a choice, behind the entry that is due last before it. The times are UTC.
    """
    if times != sorted(times) and times == sorted(times, reverse=True):
        return len(times) - bisect_left(times[::-1], at)
    wrong = list(accumulate((-1 if time <= at else 1 for time in times), initial=sum(time <= at for time in times)))

    def misfit(position: int) -> tuple[int, float]:
        before = times[position - 1] if position else None
        return wrong[position], (at - before).total_seconds() if before and before <= at else inf

    return min(range(len(wrong)), key=misfit)


def written_out(entry_fields: Fields) -> Node:
    """The entry that is meant, as a node of its own."""
    new = strict_yaml.parse(_flow(entry_fields), "the new entry")
    assert new is not None
    return new


def value_of(value: str | Sequence[str]) -> str:
    """A value as it is written on one line."""
    if isinstance(value, str):
        return strict_yaml.scalar(value)
    return f"[{', '.join(strict_yaml.flow_scalar(item) for item in value)}]"


def _flow(entry_fields: Fields) -> str:
    pairs = (
        f"{key}: {strict_yaml.flow_scalar(value) if isinstance(value, str) else value_of(value)}"
        for key, value in entry_fields.items()
    )
    return "{" + ", ".join(pairs) + "}"


def _block(entry_fields: Fields, dash: str) -> list[str]:
    pairs = [f"{key}: {value_of(value)}" for key, value in entry_fields.items()]
    return [dash + pairs[0], *(" " * len(dash) + pair for pair in pairs[1:])]


def with_entry(text: str, root: Node, position: int, entry_fields: Fields, *, spaced: bool) -> Iterator[str]:
    """The text with one more entry at this position of the list, in the ways that may be right, the best one first.

    ``root`` is the calendar, or a part of its list; ``spaced`` tells whether blank lines stand between entries.
    """
    entries = root if root.kind == "sequence" else root.values.get("entries")
    items = entries.items if entries else ()
    if entries is None:
        yield _with_list(text, root, entry_fields)
    elif entries.flow and (items or root.flow or "\n" in text[entries.start : entries.end]):
        yield _with_flow_item(text, entries, position, _flow(entry_fields))
    elif not items:
        yield _with_first_item(text, root, entries, entry_fields)
    else:
        yield _with_block_item(text, entries, position, entry_fields, spaced)


def _with_list(text: str, root: Node, entry_fields: Fields) -> str:
    end = layout.end_of(root, text)
    if root.flow:
        end = layout.end_of_pair(root, next(reversed(root.values)), text)
        return (
            text[:end] + f" , entries: [{_flow(entry_fields)}]".removeprefix(" " * (text[end - 1] != ":")) + text[end:]
        )
    margin = " " * (root.column - 1)
    lines = [f"{margin}entries:", *_block(entry_fields, margin + _first_dash(root))]
    return layout.with_lines_after(text, _end_of_comments(text, end), lines)


def _end_of_comments(text: str, end: int) -> int:
    """Where the comments end that follow the last value of a file."""
    last = layout.line_end(text, end)
    while (following := layout.next_line(text, end)) < len(text):
        end = layout.line_end(text, following)
        line = text[following:end].strip()
        if line.startswith("#"):
            last = end
        elif line:
            break
    return last


def _with_first_item(text: str, root: Node, entries: Node, entry_fields: Fields) -> str:
    """The first entry of a list that is empty: ``[]``, ``~`` or nothing, which it takes the place of."""
    bare = text[: entries.start].rstrip(" ")
    end = layout.line_end(text, entries.end) - (entries.end - len(bare))
    lines = _block(entry_fields, " " * (root.column - 1) + _first_dash(root))
    return layout.with_lines_after(bare + text[entries.end :], end, lines)


def _first_dash(root: Node) -> str:
    """How a first entry starts: as far in as the blackouts, if there are any."""
    blackout = root.values.get("blackout")
    block = blackout is not None and blackout.kind == "sequence" and not blackout.flow
    return " " * (blackout.column - root.column if block and blackout else 2) + "- "


def are_spaced(text: str, items: Sequence[Node], indent: int) -> bool:
    """Whether a blank line stands behind the first entry of a block list, as then it should between all."""
    return bool(items) and layout.is_blank(text, layout.next_line(text, layout.end_of_item(items[0], text, indent)))


def _with_block_item(text: str, entries: Node, position: int, entry_fields: Fields, spaced: bool) -> str:
    items, indent = entries.items, entries.column - 1
    model = items[max(position - 1, 0)]
    start = layout.start_of_item(model, text, indent)
    gap = model.start - start - indent - 1
    dash = " " * indent + "-" + " " * (gap if layout.line_start(text, model.start) == start else 1)
    lines = [dash + _flow(entry_fields)] if model.flow else _block(entry_fields, dash)
    if position:
        end = layout.end_of_item(model, text, indent)
        return layout.with_lines_after(text, end, ["", *lines] if spaced else lines)
    return layout.with_lines_before(
        text, layout.start_with_comments(text, start, indent), [*lines, ""] if spaced else lines
    )


def _with_flow_item(text: str, entries: Node, position: int, new: str) -> str:
    items, closing = entries.items, entries.end - 1
    if not items:
        return text[:closing] + new + text[closing:]
    first = layout.line_start(text, items[-1].start)
    margin = text[first : items[-1].start]
    own_lines = not margin.strip() and first > entries.start
    if position < len(items):
        here = items[position].start
        return text[:here] + new + ("," + layout.newline_at(text, here) + margin if own_lines else ", ") + text[here:]
    end = items[-1].end
    if not own_lines or layout.next_line(text, end) > closing:
        return text[:end] + ", " + new + text[end:]
    comma = "" if text[end:closing].lstrip().startswith(",") else ","
    text = text[:end] + comma + text[end:]
    # A comma behind the last one stays a comma behind the last one.
    return layout.with_lines_after(text, layout.line_end(text, end), [margin + new + ("" if comma else ",")])


def with_key(text: str, entry: Node, key: str, value_text: str) -> Iterator[str]:
    """The text with one more key of an entry, in the ways that may be right, the best one first."""
    keys = list(entry.keys)
    if entry.flow:
        end, start = layout.end_of_pair(entry, keys[-1], text), entry.keys[keys[-1]].start
        line = layout.line_start(text, start)
        margin, rest = text[line:start], text[end : layout.line_end(text, end)]
        if line > entry.start and not margin.strip() and rest.strip(" }]") == "":
            yield text[:end] + "," + layout.newline_at(text, start) + margin + f"{key}: {value_text}" + text[end:]
        for comma in (",", " ,"):  # a key without a value needs the space
            yield text[:end] + f"{comma} {key}: {value_text}" + text[end:]
        return
    best = min(0 if key == "paused" else keys.index("at"), max(len(keys) - 2, 0))
    indent = entry.column - 1
    for name in (keys[best], *reversed(keys)):
        end = layout.end_with_comments(text, layout.end_of_pair(entry, name, text), indent)
        yield layout.with_lines_after(text, end, [" " * indent + f"{key}: {value_text}"])
