"""Exif and XMP, as far as anybody needs them: which way up the picture is, and what is lost without them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from contentkit.values import dataclass

_ORIENTATION = 0x0112
_GPS = 0x8825
_SHORT = 3
_ORDERS: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}
_ENTRY = 12
# More entries than any camera writes.
_MOST_ENTRIES = 1000


@dataclass(frozen=True, kw_only=True)
class Exif:
    """``orientation`` is 1 to 8 as Exif counts. ``names`` is what is lost with it, in words for a person."""

    orientation: int = 1
    names: tuple[str, ...] = ()


def read_exif(tiff: bytes) -> Exif:
    """What a block of Exif says, from its TIFF header on. One that makes no sense says nothing of use."""
    order = _ORDERS.get(tiff[:4])
    if order is None:
        return Exif(names=("Exif",))

    def word(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    directory = word(4, 4)
    first = directory + 2
    # A count that lies costs no more than the bytes that are there.
    count = min(word(directory, 2), _MOST_ENTRIES, max(0, len(tiff) - first) // _ENTRY)
    orientation, has_position = 1, False
    for at in range(first, first + count * _ENTRY, _ENTRY):
        tag = word(at, 2)
        if tag == _ORIENTATION and word(at + 2, 2) == _SHORT and 1 <= word(at + 8, 2) <= 8:
            orientation = word(at + 8, 2)
        has_position = has_position or tag == _GPS
    names = ("GPS position", "Exif") if has_position else ("Exif",)
    return Exif(orientation=orientation, names=() if tiff == orientation_only(orientation) else names)


def first_exif(blocks: Iterable[bytes]) -> Exif:
    """What the first of a picture's blocks of Exif says, the one that viewers go by. The others are only lost.

    A picture has one; made on purpose, it may have very many.
    """
    blocks = iter(blocks)
    first = next(blocks, None)
    if first is None:
        return Exif()
    exif = read_exif(first)
    others = () if next(blocks, None) is None else ("Exif",)
    return Exif(orientation=exif.orientation, names=tuple(dict.fromkeys(exif.names + others)))


def orientation_only(orientation: int) -> bytes:
    """A block of Exif, from its TIFF header on, that says which way up the picture is and nothing else."""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\3" + b"\0\0\0\1" + orientation.to_bytes(2, "big") + b"\0\0"
    return b"MM\0*" + b"\0\0\0\10" + b"\0\1" + entry + b"\0\0\0\0"


def turned(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height as a picture of this orientation is shown."""
    return (height, width) if orientation >= 5 else (width, height)


def names_in_xmp(packet: bytes) -> tuple[str, ...]:
    """What is lost with a packet of XMP, in words for a person."""
    return ("GPS position", "XMP") if b"GPSL" in packet else ("XMP",)
