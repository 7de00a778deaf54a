"""A calendar's text in chunks, one for each entry, found reading hardly any YAML.

Of 10,000 entries, an edit and a listing want to read the few that changed. A chunk begins with the line of an entry's dash and
ends before the next. A line that looks like one may stand within a text in quotes, so a chunk alone proves nothing: where all
that stands before it could be read by itself, piece by piece, and it is one entry when read by itself, so it is in the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING

from contentkit import strict_yaml
from contentkit.errors import ContentError
from contentkit.patterns import regex
from contentkit.values import dataclass

if TYPE_CHECKING:
    from re import Pattern

# The key of the list on a line of its own, lines that mean nothing, and the first dash.
_NOTHING = r"[ \t]*(?:#[^\n]*)?\r?\n"
_LIST = regex(rf"""(?:\A\ufeff?|(?<=\n))(["']?)entries\1 *:{_NOTHING}(?:{_NOTHING})*+(?P<dash> *- )""")
# What stands to the left of a list that is indented, and beside the dashes of one that is not.
_BEHIND = regex(r"\n[^ \n\r#]")
_BEHIND_UNINDENTED = regex(r"\n(?:[^- \n\r#]|-[^ ])")
# A quote where a text may begin, and no such quote behind it on its line.
_OPEN_QUOTES = (
    regex(r""""(?<=[\s,\[{:?-]")[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+\\?(?:\n|\Z)"""),
    regex(r"""'(?<=[\s,\[{:?-]')[^'\n]*+(?:''[^'\n]*+)*+(?:\n|\Z)"""),
)
_KEY = regex(r"""["'A-Za-z]""")


@dataclass(frozen=True, kw_only=True)
class Chunks:
    """The parts of a calendar's text, which joined are the text: all before the line of the first entry's dash, a chunk for each
    entry with what follows it up to the next, and all from the first key behind the list."""

    head: str
    entries: tuple[str, ...]
    tail: str

    @property
    def lines(self) -> tuple[int, ...]:
        """The number of each chunk's first line."""
        first = self.head.count("\n") + 1
        return tuple(accumulate([chunk.count("\n") for chunk in self.entries[:-1]], initial=first))

    def fit(self, entries: Sequence[int]) -> bool:
        """Whether the entries that the whole text has, which are on these lines, are one in each chunk."""
        ends = (*self.lines[1:], inf)
        return len(entries) == len(self.entries) and all(
            first <= line < end for first, line, end in zip(self.lines, entries, ends, strict=True)
        )


def chunks_of(text: str) -> Chunks | None:
    """The chunks of a calendar's text; None where its entries are no list of dashes, or what follows them is no key."""
    bounds = _bounds(text)
    if bounds is None:
        return None
    start, end, dash = bounds
    return Chunks(head=text[:start], entries=_split(text[start:end], dash), tail=text[end:])


def chunks_within(part: str, dash: str) -> tuple[str, ...]:
    """The chunks of a part of a list whose entries begin with this dash; none where it does not begin with one, or where it
    holds something that is no part of the list."""
    if not part.startswith(dash) or _behind(dash).search(part):
        return ()
    return _split(part, dash)


def _split(part: str, dash: str) -> tuple[str, ...]:
    *others, last = part[len(dash) :].split("\n" + dash)
    return (*[f"{dash}{one}\n" for one in others], dash + last)


def _behind(dash: str) -> Pattern[str]:
    return _BEHIND if dash.startswith(" ") else _BEHIND_UNINDENTED


def spans_of(text: str, entry_id: str) -> Iterator[tuple[int, int]]:
    """Where chunks start and end that seem to say this id, the first one first; none where a text in quotes may hold them.

    In a calendar that can be read, one that is an entry of this id when it is read by itself is that entry.
    """
    begun = _LIST.search(text)
    if begun is None:
        return
    first, dash = begun.start("dash"), begun["dash"]
    begin = "\n" + dash

    def chunk_at(offset: int) -> tuple[int, int]:
        return text.rfind(begin, first - 1, offset) + 1, text.find(begin, offset) + 1 or len(text)

    read, closed = begun.end(), 0
    told = re.compile(rf"""id["']?[ \t]*:[ \t]+["']?{re.escape(entry_id)}(?![\w.-])""")
    for found in told.finditer(text, first):
        start, following = chunk_at(found.start())
        end = _end(text, dash, read, following)
        if end is None or end <= found.start():
            return
        while closed < start and (doubt := _open_quote(text, closed, start)) is not None:
            part, closed = chunk_at(doubt) if doubt >= first else (0, first)
            if not _is_whole(text[part:closed]):
                return
        # An end is found again: nothing behind it is an entry.
        read, closed = end - 1, max(closed, start)
        yield start, end


def _open_quote(text: str, start: int, end: int) -> int | None:
    """Where the first quote stands that seems to be left open at the end of its line."""
    found = [match.start() for quote in _OPEN_QUOTES if (match := quote.search(text, start, end))]
    return min(found, default=None)


def _is_whole(part: str) -> bool:
    """Whether a part of a calendar can be read by itself, so that nothing is left open at its end."""
    try:
        strict_yaml.parse(part, "")
    except ContentError:
        return False
    return True


def around(text: str) -> tuple[str, str] | None:
    """What stands above the first entry and below the last; None where there are no chunks."""
    bounds = _bounds(text)
    return (text[: bounds[0]], text[bounds[1] :]) if bounds else None


def digests_of(chunks: Chunks) -> tuple[bytes, ...]:
    """The SHA-256 of each chunk."""
    return tuple([hashlib.sha256(chunk.encode(errors="surrogatepass")).digest() for chunk in chunks.entries])


def _bounds(text: str) -> tuple[int, int, str] | None:
    """Where the line of the first entry's dash starts, where the list ends, and how each of these lines begins."""
    found = _LIST.search(text)
    if found is None:
        return None
    dash = found["dash"]
    end = _end(text, dash, found.end(), len(text))
    return None if end is None else (found.start("dash"), end, dash)


def _end(text: str, dash: str, start: int, most: int) -> int | None:
    """Where the list ends that goes on at ``start``: before the first line that is no part of it, or at ``most`` where there is
    none so far; None where that line begins with no key."""
    behind = _behind(dash).search(text, start, most)
    if behind is None:
        return most
    end = behind.start() + 1
    return end if _KEY.match(text, end) else None
