"""Spans of a text: merged, cut out with their line ends kept, and where their lines begin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contentkit.sources.manuscript import Span


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap or touch as one, and none that is empty."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        elif start < end:
            kept.append((start, end))
    return kept


def without(text: str, spans: Sequence[Span]) -> str:
    """The text without the spans but with their line ends, so that every line keeps its number."""
    kept, end = [], 0
    for start, stop in spans:
        kept += [text[end:start], "\n" * text.count("\n", start, stop)]
        end = stop
    return "".join([*kept, text[end:]])


def outside(spans: Sequence[Span], holes: Sequence[Span]) -> Iterable[Span]:
    """The parts of the spans that no hole covers; both are in order and apart."""
    first = 0
    for start, stop in spans:
        while first < len(holes) and holes[first][1] <= start:
            first += 1
        at = first
        while at < len(holes) and holes[at][0] < stop:
            if start < holes[at][0]:
                yield start, holes[at][0]
            start = max(start, holes[at][1])
            at += 1
        if start < stop:
            yield start, stop
