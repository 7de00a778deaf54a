"""Where in a film the pictures and sounds of a track lie."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from contentkit.media.boxes import Box, rows, table
from contentkit.media.container import Unfit, broken, number


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """A run of samples of one track; ``is_exact`` is false where its tables do not tell its length for sure."""

    start: int
    end: int
    is_exact: bool = True


def chunks_of(data: bytes, tables: Mapping[bytes, Box]) -> list[Chunk]:
    """The chunks of a track, from the boxes of its sample table by name. Raises Unfit when these contradict themselves."""
    offsets = _offsets(data, tables)
    if not offsets:
        return []
    if not {b"stsc", b"stsz"} <= set(tables):
        raise Unfit("is a film of a kind that cannot be cleaned", "convert it: ffmpeg -i IN -c copy OUT.mp4")
    sizes = tables[b"stsz"]
    constant, count = number(data, sizes.body + 4, 4), number(data, sizes.body + 8, 4)
    lengths = [] if constant else [size for (size,) in rows(data, sizes, sizes.body + 12, count, 1)]
    ends = [0, *accumulate(lengths)]
    chunks, first = [], 0
    for offset, samples in zip(offsets, _samples(table(data, tables[b"stsc"], 3), len(offsets)), strict=True):
        last = first + samples
        if last > count:
            raise broken("has a table that is longer than its place")
        length = constant * samples if constant else ends[last] - ends[first]
        # Of sound without compression, QuickTime counts samples of one byte whatever their size is.
        chunks.append(Chunk(start=offset, end=offset + length, is_exact=not constant))
        first = last
    return chunks


def _offsets(data: bytes, tables: Mapping[bytes, Box]) -> list[int]:
    for name, width in ((b"stco", 4), (b"co64", 8)):
        if name in tables:
            return [offset for (offset,) in table(data, tables[name], 1, width)]
    return []


def _samples(runs: Sequence[tuple[int, ...]], chunks: int) -> Iterator[int]:
    """How many samples each chunk has. A run says from which chunk on, counted from 1, and ends where the next begins."""
    starts = [first for first, *_ in runs] + [chunks + 1]
    if starts[0] != 1 or starts != sorted(starts):
        raise broken("has a table that contradicts itself")
    for (_, samples, *_), start, after in zip(runs, starts, starts[1:], strict=False):
        for _ in range(after - start):
            yield samples


def needed_ranges(
    kept: Iterable[Chunk], others: Iterable[Chunk], places: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The parts of the file that hold the kept chunks, in order and apart. Raises Unfit for one outside of all ``places``.

    A chunk of uncertain length reaches to the next one that is known, or to the end of its place.
    """
    kept = sorted(kept, key=lambda chunk: chunk.start)
    starts = sorted({chunk.start for chunk in (*kept, *others)})
    firsts = [first for first, _ in places]
    ranges: list[tuple[int, int]] = []
    for chunk in kept:
        at = bisect_right(firsts, chunk.start) - 1
        if at < 0 or max(chunk.start, chunk.end) > places[at][1]:
            raise broken("ends in the middle")
        end = chunk.end
        if not chunk.is_exact:
            after = bisect_right(starts, chunk.start)
            end = max(end, min(starts[after], places[at][1]) if after < len(starts) else places[at][1])
        if ranges and chunk.start <= ranges[-1][1]:
            ranges[-1] = ranges[-1][0], max(end, ranges[-1][1])
        else:
            ranges.append((chunk.start, end))
    return ranges
