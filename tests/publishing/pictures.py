"""Small real pictures, made here byte by byte."""

from __future__ import annotations

import struct
import zlib


def png(shade: int = 0, side: int = 4) -> bytes:
    """A grey square of one shade (0 to 255)."""
    rows = b"".join(b"\0" + bytes([shade]) * side for _ in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
