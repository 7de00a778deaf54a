"""The pieces of a text between its breaks, none longer than a part may be, and how long each is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from contentkit.errors import ContentError
from contentkit.splitting.breaks import breaks_in
from contentkit.splitting.kinds import Break, Kind
from contentkit.splitting.tokens import clusters
from contentkit.splitting.whole import Spans, Whole, wholes_in
from contentkit.text import one_line
from contentkit.values import dataclass

Measure = Callable[[str], int]


class Unsplittable(ContentError):
    """What must not be cut is longer than a part may be. ``start`` and ``end`` say where it stands in the text."""

    def __init__(self, message: str, *, hint: str, start: int, end: int) -> None:
        super().__init__(message, hint=hint)
        self.start = start
        self.end = end


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """How long texts are and may be. ``measure`` counts a part as its network does, with what it counts of every part."""

    limit: int
    measure: Measure

    @cached_property
    def room(self) -> int:
        """What the text of a part may measure, without what is counted of every part: a content warning, a number."""
        return self.limit - self._besides

    @cached_property
    def _besides(self) -> int:
        # Not the length of no text at all, behind which a number would stand without its space.
        return 2 * self.measure("x") - self.measure("xx")

    def length(self, text: str) -> int:
        return max(0, self.measure(text) - self._besides) if text else 0

    def fits(self, text: str) -> bool:
        return self.measure(text) <= self.limit


def pieced(text: str, gauge: Gauge, links: Spans) -> list[Break]:
    """The breaks of a text without white space around it, its start the first and its end the last.

    Breaks within what is read as one, and within words, are among them only where there is no room otherwise.
    Raises Unsplittable when something between two of them is longer than the room.
    """
    wholes = wholes_in(text, links)
    edges = clusters(text)
    found = breaks_in(text, wholes, frozenset(edges))
    tied = [one for one in found if one.kind is Kind.TIED]

    def within(before: Break, after: Break) -> Sequence[Break]:
        first = bisect_left(tied, before.start, key=lambda one: one.end)
        return tied[first : bisect_right(tied, after.end, key=lambda one: one.start)]

    def between_characters(before: Break, after: Break) -> Iterator[Break]:
        inner = edges[bisect_right(edges, before.start) : bisect_left(edges, after.end)]
        return _between_characters(text, inner, wholes)

    ends = (Break(0, 0, Kind.PARAGRAPH), Break(len(text), len(text), Kind.PARAGRAPH))
    breaks = [ends[0], *(one for one in found if one.kind is not Kind.TIED), ends[1]]
    for more in (within, between_characters):
        breaks = _refined(text, breaks, gauge, more)
    for before, after in pairwise(breaks):
        _require_room(text, before.start, after.end, wholes, gauge)
    return breaks


def _refined(
    text: str, breaks: Sequence[Break], gauge: Gauge, more: Callable[[Break, Break], Iterable[Break]]
) -> list[Break]:
    """The breaks with more between those that are too far from each other."""
    refined = [breaks[0]]
    for before, after in pairwise(breaks):
        if gauge.length(text[before.start : after.end]) > gauge.room:
            refined += more(before, after)
        refined.append(after)
    return refined


def _between_characters(text: str, edges: Sequence[int], wholes: Sequence[Whole]) -> Iterator[Break]:
    starts = [one.start for one in wholes]
    known = frozenset(edges)
    for edge in edges:
        at = bisect_left(starts, edge) - 1
        if (at >= 0 and edge < wholes[at].end) or text[edge].isspace():
            continue
        end = edge
        # A space that binds goes with the cut like any other.
        while text[end - 1].isspace():
            end -= 1
        # A space may belong to a character: to a sign that is written before numbers, such as U+0600.
        if end not in known:
            continue
        yield Break(end, edge, Kind.CLUSTER if end == edge else Kind.TIED)


def _require_room(text: str, start: int, end: int, wholes: Sequence[Whole], gauge: Gauge) -> None:
    size = gauge.length(text[start:end])
    if size <= gauge.room and gauge.fits(text[start:end]):
        return
    if gauge.room < 1:
        raise Unsplittable(
            f"a part of at most {gauge.limit} characters has no room for any text here",
            hint="shorten what is counted of every part, such as a content warning",
            start=0,
            end=len(text),
        )
    what = next((one.what for one in wholes if start <= one.start < end), "single character")
    raise Unsplittable(
        f"the {what} '{one_line(text[start:end], 40)}' counts {size}, but a part has room for {gauge.room}",
        hint="a code block may become a picture" if what == "code block" else f"shorten the {what}",
        start=start,
        end=end,
    )
