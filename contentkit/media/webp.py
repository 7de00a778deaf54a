"""WebP: a RIFF container with one picture, and perhaps a header that says what else is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contentkit.media.container import Cleaned, Unfit, broken, not_too_many
from contentkit.media.exif import Exif, first_exif, names_in_xmp, orientation_only, turned

# Flags of the extended header.
_PROFILE, _ALPHA, _EXIF, _ANIMATION = 0x20, 0x10, 0x08, 0x02
_PICTURES = frozenset((b"VP8 ", b"VP8L"))
_SHOWN = _PICTURES | {b"ICCP", b"ALPH"}


def clean_webp(data: bytes) -> Cleaned:
    """The picture without XMP, unknown chunks and what follows its end; of its Exif, which way up it is. Raises Unfit."""
    end = 8 + _little(data, 4, 4)
    if end > len(data):
        raise broken("ends in the middle")
    chunks = list(not_too_many(_chunks(data, end)))
    header = next((content for name, content in chunks[:1] if name == b"VP8X"), b"")
    if header and _little(header, 0, 1) & _ANIMATION:
        raise Unfit("is an animated WebP, which networks refuse or show as a still", "save it as GIF or MP4")
    # Some programs write the prefix that Exif has in a JPEG.
    exif = first_exif(content.removeprefix(b"Exif\0\0") for name, content in chunks if name == b"EXIF")
    if not header:
        exif = replace(exif, orientation=1)
    kept = [(name, content) for name, content in chunks if name in _SHOWN]
    size = _size(kept)
    if header:
        kept.insert(0, (b"VP8X", _header(header, kept, exif, size)))
        kept += [(b"EXIF", orientation_only(exif.orientation))] if exif.orientation > 1 else []
    lost = [*exif.names, *(name for chunk in chunks for name in _lost(*chunk))]
    lost += ["data behind the picture"] * (end < len(data))
    body = b"WEBP" + b"".join(_chunk(*chunk) for chunk in kept)
    width, height = turned(*size, exif.orientation)
    return Cleaned(
        kind="image",
        mime="image/webp",
        data=b"RIFF" + len(body).to_bytes(4, "little") + body,
        width=width,
        height=height,
        removed=tuple(dict.fromkeys(lost)),
    )


def _chunks(data: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < end:
        content = at + 8
        after = content + _little(data, at + 4, 4)
        if after > end:
            raise broken("ends in the middle")
        yield data[at : at + 4], data[content:after]
        at = after + after % 2


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _header(header: bytes, kept: list[tuple[bytes, bytes]], exif: Exif, size: tuple[int, int]) -> bytes:
    """The extended header, true again for what is kept. Raises Unfit where it contradicts the picture."""
    if size != (_little(header, 4, 3) + 1, _little(header, 7, 3) + 1):
        raise broken("gives its picture two sizes")
    flags = _little(header, 0, 1) & _ALPHA
    flags |= _PROFILE * any(name == b"ICCP" for name, _ in kept) | _EXIF * (exif.orientation > 1)
    return bytes((flags, 0, 0, 0)) + header[4:10]


def _size(kept: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    pictures = [chunk for chunk in kept if chunk[0] in _PICTURES]
    if len(pictures) != 1:
        raise broken("has no picture in it")
    [(name, content)] = pictures
    if name == b"VP8L":
        bits = _little(content, 1, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if content[3:6] != b"\x9d\x01\x2a":
        raise broken("has no picture in it")
    return _little(content, 6, 2) & 0x3FFF, _little(content, 8, 2) & 0x3FFF


def _lost(name: bytes, content: bytes) -> tuple[str, ...]:
    """What is lost with this chunk, in words for a person; nothing of Exif, of which the picture's says it."""
    if name == b"XMP ":
        return names_in_xmp(content)
    return () if name in _SHOWN or name in (b"VP8X", b"EXIF") else ("unknown data",)


def _little(data: bytes, at: int, size: int) -> int:
    if at + size > len(data):
        raise broken("ends in the middle")
    return int.from_bytes(data[at : at + size], "little")
