"""Films built box by box, as a telephone or a camera would write them, and read back by other means than contentkit's."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", 8 + len(body)) + name + body


def large_box(name: bytes, *content: bytes) -> bytes:
    """A box whose length takes 64 bits."""
    body = b"".join(content)
    return struct.pack(">I4sQ", 1, name, 16 + len(body)) + body


def full(name: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(name, bytes((version, 0, 0, flags)), *content)


def numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


UPRIGHT = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
TURNED = (0, 0x10000, 0, 0xFFFF0000, 0, 0, 0, 0, 0x40000000)
MADE_AT = 0xE0000000


PICTURE_HEAD = bytes(42) + b"\x0bcanary 4711".ljust(32, b"\0") + bytes(4)


def sound_head(*, version: int = 0, channels: int = 1, bits: int = 16, packet: int = 1, size: int = 0) -> bytes:
    """The head of a way in which sound is coded, in one of QuickTime's three versions."""
    known = struct.pack(">6xHHHIHHHHI", 1, version, 0, 0, channels, bits, 0, 0, 48000 << 16)
    if version == 1:
        return known + numbers(packet, size // channels, size, bits // 8)
    if version == 2:
        return known + numbers(72) + struct.pack(">d", 48000) + numbers(channels, 0x7F000000, bits, 0, size, packet)
    return known


@dataclass(frozen=True, kw_only=True)
class Track:
    """A track with one sample in each chunk. ``constant`` is written as the size of all samples.

    ``head`` and ``parts`` tell how it is coded; without a head, in the simplest way of pictures or of sound.
    ``runs`` are the numbers of the table that tells how many samples a chunk has.
    """

    handler: bytes
    chunks: tuple[bytes, ...]
    format: bytes = b"mp4v"
    matrix: tuple[int, ...] = UPRIGHT
    constant: int = 0
    extra: bytes = b""
    reference: int = 1
    version: int = 0
    head: bytes = b""
    parts: bytes = b""
    runs: tuple[int, ...] = ()

    @property
    def coding(self) -> bytes:
        head = self.head or (sound_head() if self.handler == b"soun" else PICTURE_HEAD)
        return full(b"stsd", numbers(1), box(self.format, head, self.parts))

    def written(self, offsets: Sequence[int]) -> bytes:
        pair = struct.pack(">QQ", MADE_AT, MADE_AT) if self.version else numbers(MADE_AT, MADE_AT)
        length = bytes(8 if self.version else 4)
        header = full(
            b"tkhd", pair, numbers(1, 0), length, bytes(16), numbers(*self.matrix, 64 << 16, 48 << 16),
            version=self.version, flags=7,
        )  # fmt: skip
        sizes = [] if self.constant else [len(chunk) for chunk in self.chunks]
        count = len(self.chunks[0]) // self.constant * len(self.chunks) if self.constant else len(self.chunks)
        runs = self.runs or (1, count // len(self.chunks), 1)
        table = box(
            b"stbl",
            self.coding,
            full(b"stsc", numbers(len(runs) // 3, *runs)),
            full(b"stsz", numbers(self.constant, count, *sizes)),
            full(b"stco", numbers(len(offsets), *offsets)),
        )
        place = box(b"dinf", full(b"dref", numbers(1), full(b"url ", b"/home/canary 4711", flags=self.reference)))
        media = box(
            b"mdia",
            full(b"mdhd", pair, numbers(1000), length, bytes(4), version=self.version),
            full(b"hdlr", bytes(4), self.handler, bytes(12), b"canary 4711\0"),
            box(b"minf", full(b"vmhd", bytes(8)), place, table),
        )
        return box(b"trak", header, media, self.extra)


VIDEO = Track(handler=b"vide", chunks=(b"picture one", b"picture two"))
SOUND = Track(handler=b"soun", format=b"mp4a", chunks=(b"sound one", b"sound two"))
POSITIONS = Track(handler=b"meta", format=b"gpmd", chunks=(b"48.8583 canary 4711", b"48.8584 canary 4711"))
BRANDS = box(b"ftyp", b"isom", bytes(4), b"isommp42")


def film(
    *tracks: Track, more: bytes = b"", start: bytes = BRANDS, between: bytes = b"", behind: bytes = b"", wide: int = 0
) -> bytes:
    """A film whose chunks lie in turns, one of each track; ``more`` stands in its header, ``between`` among the chunks."""
    make, head = (large_box, 16) if wide else (box, 8)
    content, offsets = b"", [[] for _ in tracks]  # type: tuple[bytes, list[list[int]]]
    for turn in range(max(len(track.chunks) for track in tracks)):
        for track, known in zip(tracks, offsets, strict=True):
            if turn < len(track.chunks):
                known.append(len(start) + head + len(content))
                content += track.chunks[turn] + between
    header = full(b"mvhd", numbers(MADE_AT, MADE_AT, 1000, 0), bytes(80))
    written = [track.written(known) for track, known in zip(tracks, offsets, strict=True)]
    return start + make(b"mdat", content) + box(b"moov", header, *written, more) + behind


def find(data: bytes, *way: bytes) -> list[bytes]:
    """The contents of all boxes of the last name of the way, wherever the way leads."""
    found, at = [], 0
    while at + 8 <= len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        head = 16 if size == 1 else 8
        size = struct.unpack_from(">Q", data, at + 8)[0] if size == 1 else size
        body = data[at + head : at + size]
        if name == way[0]:
            found += [body] if len(way) == 1 else find(body, *way[1:])
        at += size
    return found


def samples(data: bytes) -> list[list[bytes]]:
    """The samples of each track that has pictures or sound, read by its tables."""
    tracks = []
    for trak in find(data, b"moov", b"trak"):
        if find(trak, b"mdia", b"hdlr")[0][8:12] in (b"vide", b"soun"):
            tracks.append(_samples(data, find(trak, b"mdia", b"minf", b"stbl")[0]))
    return tracks


def _samples(data: bytes, table: bytes) -> list[bytes]:
    def column(name: bytes, skip: int) -> tuple[int, ...]:
        content = find(table, name)[0][skip:]
        return struct.unpack(f">{len(content) // 4}I", content)

    constant, count, *sizes = column(b"stsz", 4)
    sizes = sizes or [constant] * count
    runs = column(b"stsc", 8)
    read, number = [], 0
    for chunk, at in enumerate(column(b"stco", 8), 1):
        per_chunk = [runs[row + 1] for row in range(0, len(runs), 3) if runs[row] <= chunk][-1]
        for _ in range(per_chunk):
            read.append(data[at : at + sizes[number]])
            at, number = at + sizes[number], number + 1
    return read
