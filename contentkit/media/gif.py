"""GIF: a header, then blocks of extensions and frames. Comments and what programs add for themselves go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from contentkit.media.container import Cleaned, broken, not_too_many
from contentkit.values import dataclass

_EXTENSION, _FRAME, _TRAILER = 0x21, 0x2C, 0x3B
_TIMING, _COMMENT, _TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
# How often an animation is repeated is a block of three bytes under one of these names.
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


@dataclass(frozen=True, kw_only=True)
class _Block:
    """One block as it stands in the file; ``label`` is that of an extension, else 0."""

    kind: Literal["frame", "extension"]
    data: bytes
    label: int = 0


def clean_gif(data: bytes) -> Cleaned:
    """The picture without comments, texts, application data and what follows its end. Raises Unfit."""
    start = 13 + _table(_byte(data, 10))
    if len(data) < start:
        raise broken("ends in the middle")
    kept, lost = [data[:start]], dict[str, None]()
    timing, frames, end = b"", 0, start
    for block, end in not_too_many(_blocks(data, start)):  # noqa: B007 - where the last one ends is read below
        if block.label == _TIMING:
            timing = block.data[:7] + b"\0" if block.data[2] == 4 else b""
        elif block.kind == "frame":
            kept += [timing, block.data]
            timing, frames = b"", frames + 1
        elif loop := _loop(block):
            kept.append(loop)
            if loop != block.data:
                lost[_name_of(block)] = None
        else:
            # The timing before a text belongs to the text.
            timing = b"" if block.label == _TEXT else timing
            lost[_name_of(block)] = None
    if not frames:
        raise broken("has no picture in it")
    if end < len(data):
        lost["data behind the picture"] = None
    return Cleaned(
        kind="gif" if frames > 1 else "image",
        mime="image/gif",
        data=b"".join(kept) + bytes((_TRAILER,)),
        width=int.from_bytes(data[6:8], "little"),
        height=int.from_bytes(data[8:10], "little"),
        removed=tuple(lost),
    )


def _blocks(data: bytes, at: int) -> Iterator[tuple[_Block, int]]:
    """The blocks, each with the offset where the file may end after it."""
    while at < len(data) and data[at] != _TRAILER:
        if data[at] == _EXTENSION:
            end = _after_pieces(data, at + 2)
            yield _Block(kind="extension", data=data[at:end], label=_byte(data, at + 1)), end + 1
        elif data[at] == _FRAME:
            end = _after_pieces(data, at + 11 + _table(_byte(data, at + 9)))
            yield _Block(kind="frame", data=data[at:end]), end + 1
        else:
            raise broken("has a part that no reader knows")
        at = end


def _after_pieces(data: bytes, at: int) -> int:
    """The offset after a row of pieces of at most 255 bytes, which an empty one ends."""
    while size := _byte(data, at):
        at += 1 + size
    return at + 1


def _table(flags: int) -> int:
    """The bytes of the colour table that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _loop(block: _Block) -> bytes:
    """How often the animation is repeated, if the block says so, and nothing else that it holds."""
    name, piece = block.data[3:14], block.data[14:18]
    if block.label != _APPLICATION or block.data[2] != 11 or name not in _LOOPS or piece[:2] != b"\3\1":
        return b""
    return block.data[:18] + b"\0"


def _name_of(block: _Block) -> str:
    if block.label == _APPLICATION:
        return "XMP" if block.data[3:14] == b"XMP DataXMP" else "application data"
    return {_COMMENT: "comment", _TEXT: "text"}.get(block.label, "unknown data")


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise broken("ends in the middle")
    return data[at]
