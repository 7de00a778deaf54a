"""Which passages are under embargo, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush

from contentkit.models import Passage
from contentkit.stamps import latest_of


def embargoed(said: Sequence[Passage], embargoes: Sequence[tuple[int, int, datetime]]) -> Iterator[Passage]:
    """The passages, those that touch an embargoed line with the latest time of all that they touch."""
    latest = _latest_by_line(embargoes)
    for passage in said:
        until = [latest[line] for line in range(passage.first, passage.last + 1) if line in latest]
        yield replace(passage, embargo=latest_of(until)) if until else passage


def _latest_by_line(embargoes: Sequence[tuple[int, int, datetime]]) -> dict[int, datetime]:
    """Of each embargoed line the latest time of all embargoes that it is under."""
    latest: dict[int, datetime] = {}
    waiting = sorted(embargoes, key=lambda embargo: embargo[0], reverse=True)
    under: list[tuple[float, int, datetime]] = []
    line = 0
    while waiting or under:
        line = line + 1 if under else waiting[-1][0]
        while waiting and waiting[-1][0] <= line:
            _, last, until = waiting.pop()
            heappush(under, (-until.timestamp(), last, until))
        while under and under[0][1] < line:
            heappop(under)
        if under:
            latest[line] = under[0][2]
    return latest
