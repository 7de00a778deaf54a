"""PNG: a signature, then chunks that each carry a checksum. Only what is needed to show the picture is kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from contentkit.media.container import Cleaned, broken, not_too_many, number
from contentkit.media.exif import first_exif, names_in_xmp, orientation_only, turned

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CRITICAL = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND"))
_LONGEST = 2**31 - 1
_ANY = range(_LONGEST + 1)
# Transparency, colours, background, the shape of a pixel, and the frames of an animation, each with the lengths that
# it may have: what is longer carries something else, and no decoder goes by it.
_SHOWN: dict[bytes, range] = {
    b"tRNS": range(257),
    b"bKGD": range(7),
    b"sBIT": range(5),
    b"pHYs": range(9, 10),
    b"gAMA": range(4, 5),
    b"cHRM": range(32, 33),
    b"sRGB": range(1, 2),
    b"iCCP": _ANY,
    b"cICP": range(4, 5),
    b"mDCV": range(24, 25),
    b"mDCv": range(24, 25),
    b"cLLI": range(8, 9),
    b"cLLi": range(8, 9),
    b"acTL": range(8, 9),
    b"fcTL": range(26, 27),
    b"fdAT": _ANY,
}
_TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt"))
# Among the pieces of a file: the signature and the header stand before.
_AFTER_HEADER = 2


def clean_png(data: bytes) -> Cleaned:
    """The picture without texts, times, unknown chunks and what follows its end. Raises Unfit.

    Which way up it is, is kept: there are browsers and servers that turn a PNG by its Exif.
    """
    pieces, lost = [SIGNATURE], dict[str, None]()
    blocks, end = list[bytes](), len(SIGNATURE)
    for name, content, end in not_too_many(_chunks(data)):  # noqa: B007 - where the last one ends is read below
        if name in _CRITICAL or len(content) in _SHOWN.get(name, ()):
            pieces.append(_chunk(name, content))
        elif name == b"eXIf":
            blocks.append(content)
        else:
            lost |= dict.fromkeys(_names_of(name, content))
    exif = first_exif(blocks)
    lost |= dict.fromkeys(exif.names)
    if exif.orientation > 1:
        pieces.insert(_AFTER_HEADER, _chunk(b"eXIf", orientation_only(exif.orientation)))
    if end < len(data):
        lost["data behind the picture"] = None
    width, height = turned(number(data, 16, 4), number(data, 20, 4), exif.orientation)
    cleaned = b"".join(pieces)
    return Cleaned(kind="image", mime="image/png", data=cleaned, width=width, height=height, removed=tuple(lost))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Name, content and end of each chunk up to IEND. Raises Unfit for what is no whole PNG."""
    at, seen = len(SIGNATURE), set[bytes]()
    while True:
        length, name = number(data, at, 4), data[at + 4 : at + 8]
        end = at + 12 + length
        if length > _LONGEST or end > len(data):
            raise broken("ends in the middle")
        if number(data, end - 4, 4) != zlib.crc32(memoryview(data)[at + 4 : end - 4]):
            raise broken("has a part whose checksum is wrong")
        if (name == b"IHDR") != (not seen) or (name == b"IHDR" and length != 13):
            raise broken("does not begin with one header")
        if name[:1].isupper() and name not in _CRITICAL:
            raise broken("has a part that no reader knows")
        if name == b"IEND" and b"IDAT" not in seen:
            raise broken("has no picture in it")
        yield name, data[at + 8 : end - 4], end
        if name == b"IEND":
            return
        seen.add(name)
        at = end


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def _names_of(name: bytes, content: bytes) -> tuple[str, ...]:
    """What is lost with this chunk, in words for a person."""
    if name == b"iTXt" and content.startswith(b"XML:com.adobe.xmp"):
        return names_in_xmp(content)
    if name in _TEXTS:
        return ("text",)
    return ("time",) if name == b"tIME" else ("unknown data",)
