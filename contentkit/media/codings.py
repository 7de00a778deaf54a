"""How the pictures or sounds of a track are coded: a head of fixed length, and the boxes that a decoder needs behind it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from contentkit.media.boxes import Box, boxes_in
from contentkit.media.container import Unfit, broken, number
from contentkit.values import dataclass

SOUND = b"soun"
WAVE = b"wave"
# An empty box of this name ends the boxes in ``wave``.
END_OF_LIST = b"\0\0\0\0"
# Settings of decoders, colours, shape of a pixel, brightness, stereo and all-round pictures; channels of sound.
NEEDED = frozenset(
    b"avcC hvcC lhvC vvcC av1C vpcC dvcC dvvC dvwC hvcE esds d263 glbl jp2h ACLR ARES APRG mjqt mjht".split()
    + b"colr gama fiel pasp clap btrt bitr clli mdcv CoLL SmDm cclv amve st3d sv3d vexu hfov".split()
    + b"wave chan chnl pcmC srat dOps dfLa alac dac3 dec3 dac4 ddts udts damr mhaC mhaP".split()
    + [b"SMI "]
)
NEEDED_IN_WAVE = frozenset(b"frma enda esds alac mp4a samr damr dac3 dec3 dOps dfLa chan QDM2 QDCA QDCP".split())
# All heads and their boxes; a real film has some ten.
_MOST = 1000
_PICTURE_HEAD = 78
_SOUND_HEADS = {0: 28, 1: 44, 2: 64}
_BITS = {b"ulaw": 8, b"alaw": 8, b"in24": 24, b"in32": 32, b"fl32": 32, b"fl64": 64}


@dataclass(frozen=True, kw_only=True)
class Coding:
    """One way in which samples of a track are coded; ``parts`` are the boxes behind its head, which ends at ``head_end``.

    Of sound, as its head tells: each ``packet`` samples take ``size`` bytes. Both are 0 for pictures.
    """

    box: Box
    head_end: int
    parts: tuple[Box, ...]
    packet: int = 0
    size: int = 0

    def most_bytes(self, samples: int) -> int:
        """The most that so many samples take, as the head tells."""
        return -(-samples // self.packet) * self.size if self.packet else 0


def codings_of(data: bytes, stsd: Box, handler: bytes) -> Iterator[Coding]:
    """The ways in which the samples of a track are coded. Raises Unfit for one whose parts cannot be told apart."""
    count = 0
    for box in boxes_in(data, stsd.body + 8, stsd.end):
        # Only QuickTime has longer heads; the newer MP4 uses the same number for something else, in another table.
        version = number(data, box.body + 8, 2) if handler == SOUND and not number(data, stsd.body, 1) else 0
        head = _SOUND_HEADS.get(version, 0) if handler == SOUND else _PICTURE_HEAD
        parts = _parts(data, box, head)
        count += 1 + len(parts)
        if count > _MOST:
            raise broken("has more parts than any film")
        packet, size = _sound(data, box, version) if handler == SOUND else (0, 0)
        yield Coding(box=box, head_end=box.body + head, parts=parts, packet=packet, size=size)


def _parts(data: bytes, box: Box, head: int) -> tuple[Box, ...]:
    """The boxes behind a head of so many bytes; of those of countless boxes, enough to tell."""
    try:
        if head and box.body + head <= box.end:
            return tuple(islice(boxes_in(data, box.body + head, box.end), _MOST))
    except Unfit:
        pass
    raise Unfit("is a film of a kind that cannot be cleaned", "convert it: ffmpeg -i IN OUT.mp4")


def _sound(data: bytes, box: Box, version: int) -> tuple[int, int]:
    """How many samples make a packet, and how many bytes a packet has. Without compression, a packet is one sample."""

    def value(at: int, size: int = 4) -> int:
        return number(data, box.body + at, size)

    if version == 2:
        channels, bits, size, packet = value(40), value(48), value(56), value(60)
    else:
        channels, bits = value(16, 2), value(18, 2)
        packet, size = (value(28), value(36)) if version == 1 else (0, 0)
    if packet > 1 and size:
        return packet, size
    bits = _BITS.get(box.name, 0) or bits or 16
    return 1, max(size, -(-bits * channels // 8))
