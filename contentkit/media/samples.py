"""Where in a film the pictures and sounds of a track lie."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from contentkit.media.boxes import Box, numbers_in
from contentkit.media.container import Unfit, broken, number

# Two hours of picture and sound with each sample in a chunk of its own; more only costs memory.
MOST_CHUNKS = 2**19


class Chunk(NamedTuple):
    """A run of samples of one track, from ``start`` to ``end``; it may reach to ``reach``, if nothing else lies there."""

    start: int
    end: int
    reach: int


def chunks_of(data: bytes, tables: Mapping[bytes, Box], most_bytes: Callable[[int], int]) -> list[Chunk]:
    """The chunks of a track, from the boxes of its sample table by name. Raises Unfit when these contradict themselves.

    ``most_bytes`` tells how many bytes so many samples take as they are coded, or 0. It counts where the table has one
    size for all: of sound, QuickTime counts samples of one byte, whether they take several or share a packet.
    """
    offsets = _offsets(data, tables)
    if not offsets:
        return []
    if not {b"stsc", b"stsz"} <= set(tables):
        raise Unfit("is a film of a kind that cannot be cleaned", "convert it: ffmpeg -i IN -c copy OUT.mp4")
    sizes = tables[b"stsz"]
    constant, count = number(data, sizes.body + 4, 4), number(data, sizes.body + 8, 4)
    ends = array("Q", [] if constant else accumulate(numbers_in(data, sizes, sizes.body + 12, count), initial=0))
    chunks, first = list[Chunk](), 0
    for offset, samples in zip(offsets, _samples(data, tables[b"stsc"], len(offsets)), strict=True):
        last = first + samples
        if last > count:
            raise broken("has a table that is longer than its place")
        length = constant * samples if constant else ends[last] - ends[first]
        most = (constant and most_bytes(samples)) or length
        if constant == 1:
            length = min(length, most)
        chunks.append(Chunk(offset, offset + length, offset + max(length, most)))
        first = last
    return chunks


def _offsets(data: bytes, tables: Mapping[bytes, Box]) -> Sequence[int]:
    for name, width in ((b"stco", 4), (b"co64", 8)):
        if name in tables:
            box = tables[name]
            count = number(data, box.body + 4, 4)
            not_too_many_chunks(count)
            return numbers_in(data, box, box.body + 8, count, width)
    return ()


def not_too_many_chunks(count: int) -> None:
    """Raises Unfit when no film has so many."""
    if count > MOST_CHUNKS:
        raise broken("has more parts than any film")


def _samples(data: bytes, stsc: Box, chunks: int) -> Iterator[int]:
    """How many samples each chunk has. A run says from which chunk on, counted from 1, and ends where the next begins."""
    count = number(data, stsc.body + 4, 4)
    # Each run has a chunk at least.
    if count > chunks:
        raise broken("has a table that contradicts itself")
    runs = numbers_in(data, stsc, stsc.body + 8, 3 * count)
    starts = [*runs[::3], chunks + 1]
    if starts[0] != 1 or starts != sorted(starts):
        raise broken("has a table that contradicts itself")
    for samples, (start, after) in zip(runs[1::3], pairwise(starts), strict=True):
        for _ in range(after - start):
            yield samples


def needed_ranges(
    kept: Iterable[Chunk], others: Iterable[Chunk], places: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The parts of the file that hold the kept chunks, in order and apart. Raises Unfit for one outside of all ``places``.

    A chunk that may reach further does so as far as the next one, or to the end of its place.
    """
    kept = sorted(kept)
    starts = sorted({chunk.start for chunk in (*kept, *others)})
    firsts = [first for first, _ in places]
    ranges: list[tuple[int, int]] = []
    for start, end, reach in kept:
        at = bisect_right(firsts, start) - 1
        if at < 0 or max(start, end) > places[at][1]:
            raise broken("ends in the middle")
        if reach > end:
            after = bisect_right(starts, start)
            free = min(starts[after], places[at][1]) if after < len(starts) else places[at][1]
            end = max(end, min(reach, free))
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = ranges[-1][0], max(end, ranges[-1][1])
        else:
            ranges.append((start, end))
    return ranges
