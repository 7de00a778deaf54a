"""Which entries an edit of a calendar touched, found without reading the others: of 10,000, mostly one.

Where every chunk of the calendar as it was is known to be one entry, and the edit stands between two of them, so is every chunk
in front of it and behind it; those that it touched are read by themselves. Whatever is in doubt says so: then all of it is read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from contentkit.calendar.chunks import chunks_of, chunks_within
from contentkit.calendar.entries import MAX_CHARACTERS, Calendar, parse_calendar, read_entry
from contentkit.errors import ContentError
from contentkit.models import Entry, Lateness

# Who changes more entries at once waits as long as for all of them.
_MOST = 200


class Known(NamedTuple):
    """A calendar that was read: its bytes, where the list of entries starts and ends in them, what each entry begins with, the
    ids in the order of the file, and those that wait for another entry or are waited for."""

    data: bytes
    start: int
    end: int
    dash: str
    ids: tuple[str, ...]
    linked: frozenset[str]


class Edit(NamedTuple):
    """``calendar`` has the entries that were touched and no other ones; ``gone`` are the ids that stood in their place."""

    calendar: Calendar
    gone: tuple[str, ...]
    known: Known


def known_of(calendar: Calendar) -> Known | None:
    """What has to be known of a calendar that was read; None where its text has no chunks of one entry each."""
    chunks = chunks_of(calendar.text)
    if chunks is None or not calendar.entries or not chunks.fit([entry.line for entry in calendar.entries]):
        return None
    start, data = len(chunks.head.encode()), calendar.text.encode()
    return Known(
        data=data,
        start=start,
        end=len(data) - len(chunks.tail.encode()),
        dash=chunks.entries[0].partition("-")[0] + "- ",
        ids=tuple([entry.id for entry in calendar.entries]),
        linked=frozenset(name for entry in calendar.entries if entry.after for name in (entry.id, entry.after)),
    )


def edit_of(known: Known, data: bytes, name: str, accounts: Collection[str], late: Lateness) -> Edit | None:
    """How a calendar was edited that has these bytes now; None where only all of it tells what it means, or what is wrong."""
    span = _span(known, data)
    if span is None or len(data) > MAX_CHARACTERS:
        return None
    first, last = span
    longer = len(data) - len(known.data)
    try:
        calendar, entries = _read(known, data, (first, last + longer), name, accounts, late)
    except (ContentError, ValueError):
        return None
    begin = _begin(known)
    position = known.data.count(begin, known.start - 1, first)
    behind = position + known.data.count(begin, first - 1, last)
    gone, new = known.ids[position:behind], tuple(entry.id for entry in entries)
    if any(entry.after for entry in entries) or not known.linked.isdisjoint((*gone, *new)):
        return None
    ids = (*known.ids[:position], *new, *known.ids[behind:])
    if gone != new and len(set(ids)) < len(ids):
        return None
    now = known._replace(data=data, end=known.end + longer, ids=ids)
    return Edit(replace(calendar, entries=entries), gone, now)


def _read(
    known: Known, data: bytes, span: tuple[int, int], name: str, accounts: Collection[str], late: Lateness
) -> tuple[Calendar, tuple[Entry, ...]]:
    """What a calendar says beside its entries, and the entries in this part of it. Raises ContentError, and ValueError."""
    first, last = span
    chunks = chunks_within(data[first:last].decode(), known.dash)
    if not 0 < len(chunks) <= _MOST:
        raise ValueError("no part of a list, or a long one")
    end = known.end + len(data) - len(known.data)
    calendar = parse_calendar((data[: known.start] + data[end:]).decode(), name, accounts, late)
    entries, line = [], data.count(b"\n", 0, first) + 1
    for chunk in chunks:
        entries.append(read_entry(chunk, line, name, calendar, accounts, late))
        line += chunk.count("\n")
    return calendar, tuple(entries)


def _begin(known: Known) -> bytes:
    return f"\n{known.dash}".encode()


def _span(known: Known, data: bytes) -> tuple[int, int] | None:
    """Where the chunks begin and end in the bytes as they were that may differ from those now; None where others may, too."""
    old, begin = known.data, _begin(known)
    before = _alike_before(old, data)
    behind = _alike_behind(old, data, min(len(old), len(data)) - before)
    first = old.rfind(begin, known.start - 1, before) + 1
    found = old.find(begin, max(first, len(old) - behind), known.end)
    last = found + 1 if found >= 0 else known.end
    return (first, last) if first and len(old) - last <= behind else None


def _alike_before(one: bytes, other: bytes) -> int:
    """How many of their first bytes are the same."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _alike_behind(one: bytes, other: bytes, most: int) -> int:
    """How many of their last bytes are the same, as far as they are looked at."""
    least, (ends, others) = 0, (len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[ends - middle : ends - least] == other[others - middle : others - least]:
            least = middle
        else:
            most = middle - 1
    return least
