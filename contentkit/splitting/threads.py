"""Splits a text into the parts of a thread."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from contentkit.splitting.kinds import COSTS, Break, Style
from contentkit.splitting.path import Stretch, cheapest
from contentkit.splitting.pieces import Gauge, Measure, pieced
from contentkit.splitting.whole import Spans


def split(text: str, *, limit: int, measure: Measure, links: Spans, style: Style) -> tuple[str, ...]:
    """The parts of a text, each of at most ``limit`` as ``measure`` counts; a text that fits comes back as it is.

    White space at a cut goes, everything else stays letter for letter. ``links`` gives what the network takes for links, as
    (start, end). Raises Unsplittable when something that must not be cut is longer than a part may be.
    """
    # Pieces are counted again when they are refined, summed up and verified.
    gauge = Gauge(limit=limit, measure=lru_cache(maxsize=1 << 14)(measure))
    for whole in (text, text.strip()):
        if gauge.fits(whole):
            return (whole,)
    text = text.strip()
    breaks = pieced(text, gauge, links)
    path = cheapest(_stretch(text, breaks, gauge, style), COSTS[style])
    return tuple(text[breaks[first].start : breaks[stop].end] for first, stop in _fitted(text, breaks, path, gauge))


def _stretch(text: str, breaks: Sequence[Break], gauge: Gauge, style: Style) -> Stretch:
    """The breaks as sums of lengths: each piece and each gap is measured once, never a part."""
    gaps: dict[str, int] = {}
    ends, starts = [0], [0]
    for before, after in pairwise(breaks):
        ends.append(starts[-1] + gauge.length(text[before.start : after.end]))
        gap = text[after.end : after.start]
        if gap not in gaps:
            gaps[gap] = gauge.length(f"x{gap}x") - gauge.length("xx")
        starts.append(ends[-1] + gaps[gap])
    return Stretch(ends=ends, starts=starts, prices=[COSTS[style].of[one.kind] for one in breaks], room=gauge.room)


def _fitted(text: str, breaks: Sequence[Break], path: Sequence[int], gauge: Gauge) -> list[tuple[int, int]]:
    """The parts between the breaks of a path; what the network counts longer than the sum of its pieces is cut once more."""
    fitted = []
    waiting = list(pairwise(path))[::-1]
    while waiting:
        first, stop = waiting.pop()
        if stop == first + 1 or gauge.fits(text[breaks[first].start : breaks[stop].end]):
            fitted.append((first, stop))
            continue
        middle = (first + stop) / 2
        cut = min(range(first + 1, stop), key=lambda one: (breaks[one].kind, abs(one - middle)))
        waiting += [(cut, stop), (first, cut)]
    return fitted
