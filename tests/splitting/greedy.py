"""What everybody else does: each part filled to its last word. Nobody needs fewer parts."""

from __future__ import annotations

from contentkit.splitting import Measure, Spans
from contentkit.splitting.pieces import Gauge, pieced


def greedy(text: str, *, limit: int, measure: Measure, links: Spans) -> tuple[str, ...]:
    text = text.strip()
    breaks = pieced(text, Gauge(limit=limit, measure=measure), links)
    parts = []
    first = 0
    while first < len(breaks) - 1:
        stop = first + 1
        while stop + 1 < len(breaks) and measure(text[breaks[first].start : breaks[stop + 1].end]) <= limit:
            stop += 1
        parts.append(text[breaks[first].start : breaks[stop].end])
        first = stop
    return tuple(parts)
