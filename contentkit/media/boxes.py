"""The boxes of MP4 and QuickTime: a length, a name of four letters, and what they hold, often boxes again."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator

from contentkit.media.container import broken, not_too_many, number
from contentkit.values import dataclass

# A day and a half at thirty pictures a second; more only costs memory.
MOST_ROWS = 2**22


@dataclass(frozen=True, kw_only=True)
class Box:
    """Where a box stands: from ``start`` to ``end``, and what it holds from ``body`` on."""

    name: bytes
    start: int
    body: int
    end: int


def boxes_in(data: bytes, start: int, end: int) -> Iterator[Box]:
    """The boxes within a box, from one offset to another. Raises Unfit when one is longer than its place."""
    return not_too_many(_walk(data, start, end))


def _walk(data: bytes, start: int, end: int) -> Iterator[Box]:
    at = start
    while at < end:
        box = box_at(data, at, end)
        # Only the last box of a file may leave its length open.
        if box is None or not number(data, at, 4):
            # QuickTime ends some lists of boxes with a zero of four bytes.
            if not any(data[at:end]):
                return
            raise broken("has a part that is longer than the whole")
        yield box
        at = box.end


def box_at(data: bytes, at: int, end: int) -> Box | None:
    """The box at an offset; None when none fits in there."""
    if at + 8 > end:
        return None
    size, body = number(data, at, 4), at + 8
    if size == 1:
        size, body = (number(data, at + 8, 8), at + 16) if at + 16 <= end else (0, end + 1)
    elif size == 0 and end == len(data):
        size = end - at
    if at + size < body or at + size > end:
        return None
    return Box(name=data[at + 4 : at + 8], start=at, body=body, end=at + size)


def numbers_in(data: bytes, box: Box, at: int, count: int, width: int = 4) -> array[int]:
    """So many numbers of ``width`` bytes (4 or 8) from an offset of a box on. Raises Unfit when they do not fit into it."""
    if count > MOST_NUMBERS or at + count * width > box.end:
        raise broken("has a table that is longer than its place")
    numbers = array("Q" if width == 8 else "I", data[at : at + count * width])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


# A day and a half at thirty pictures a second; more only costs memory.
MOST_NUMBERS = 2**22
