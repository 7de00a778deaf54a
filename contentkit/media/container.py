"""What the readers of the picture formats share: the cleaned picture, what is wrong with one, and numbers in bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeVar

from contentkit.values import dataclass

MediaKind = Literal["image", "gif", "video"]
_Part = TypeVar("_Part")

# Some thousands in a real picture or film; in files that were made to keep us busy, millions.
MOST_PARTS = 100_000


class Unfit(Exception):
    """These bytes cannot be sent. Says why, as the end of a sentence that begins with the file's name; ``hint`` says what to do.

    Never leaves ``contentkit.media``: ``load_media`` turns it into a ContentError that names the file.
    """

    def __init__(self, why: str, hint: str = "export it again from the program that made it") -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """A picture without its metadata. ``width`` and ``height`` are as it is shown, in pixels; ``removed`` says what is gone."""

    kind: MediaKind
    mime: str
    data: bytes
    width: int
    height: int
    removed: tuple[str, ...] = ()


def number(data: bytes, at: int, size: int) -> int:
    """The big-endian number of ``size`` bytes at an offset. Raises Unfit where the bytes end before it."""
    if at < 0 or at + size > len(data):
        raise broken("ends in the middle")
    return int.from_bytes(data[at : at + size], "big")


def broken(why: str) -> Unfit:
    """What is told of a file that contradicts itself or ends too early."""
    return Unfit(f"is broken: it {why}")


def not_too_many(parts: Iterable[_Part]) -> Iterator[_Part]:
    """The same parts, one after the other. Raises Unfit when there are more than any picture or film has."""
    for count, part in enumerate(parts):
        if count == MOST_PARTS:
            raise broken("has more parts than any picture")
        yield part
