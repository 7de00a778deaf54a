"""MP4 and QuickTime films: what is needed to play picture and sound is copied, all else is zero.

No byte moves, since the tables of a film say where in the file each picture lies: a box that is left out becomes a box
``free`` of the same length, and so do whole tracks that carry no picture and no sound (positions, faces, subtitles).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import lru_cache

from contentkit.media.boxes import Box, box_at, boxes_in
from contentkit.media.codings import END_OF_LIST, NEEDED, NEEDED_IN_WAVE, SOUND, WAVE, codings_of
from contentkit.media.container import MOST_PARTS, Cleaned, Unfit, broken, not_too_many, number
from contentkit.media.samples import Chunk, chunks_of, needed_ranges, not_too_many_chunks
from contentkit.values import dataclass

_CONVERT = "convert it: ffmpeg -i IN -c copy -movflags +faststart OUT.mp4"
_PICTURE = b"vide"
_LISTS: dict[bytes, frozenset[bytes]] = {
    b"trak": frozenset((b"tkhd", b"edts", b"tapt", b"mdia")),
    b"edts": frozenset((b"elst",)),
    b"tapt": frozenset((b"clef", b"prof", b"enof")),
    b"mdia": frozenset((b"mdhd", b"hdlr", b"elng", b"minf")),
    b"minf": frozenset((b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl")),
    b"dinf": frozenset((b"dref",)),
    b"stbl": frozenset(b"stsd stts ctts cslg stsc stsz stco co64 stss stps sdtp sgpd sbgp subs".split()),
}
# How long they are where times take four bytes; where they take eight, twelve more.
_HEADERS = {b"mvhd": 100, b"tkhd": 84, b"mdhd": 24}
_POSITIONS = (b"\xa9xyz", b"loci", b"location.ISO6709", b"gpmd", b"camm", b"GPSL")
_TRACKS = {b"tmcd": "time code", b"text": "subtitles", b"sbtl": "subtitles", b"subt": "subtitles", b"clcp": "subtitles"}


def clean_film(data: bytes, mime: str) -> Cleaned:
    """The film without metadata, times of its making, and tracks that are neither picture nor sound. Raises Unfit."""
    top = list(not_too_many(_top(data)))
    films = [box for box in top if box.name == b"moov"]
    if len(films) != 1:
        raise broken("has no film in it" if not films else "has two films in it")
    copy = _Copy(data=data, out=bytearray(top[-1].end))
    if top[-1].end < len(data):
        copy.lost["data behind the film"] = None
    for box in top:
        if box.name == b"ftyp":
            copy.keep(box)
        elif box.name == b"mdat":
            copy.keep_head(box)
        elif box.name == b"moov":
            copy.film(box)
        else:
            copy.leave_out(box)
    copy.samples([(box.body, box.end) for box in top if box.name == b"mdat"])
    width, height = copy.size
    lost = tuple(copy.lost)
    return Cleaned(kind="video", mime=mime, data=bytes(copy.out), width=width, height=height, removed=lost)


def _top(data: bytes) -> Iterator[Box]:
    """The boxes of the file, up to what is none: some cameras write data of their own behind the film."""
    at = 0
    while box := box_at(data, at, len(data)):
        if box.name == b"moof":
            raise Unfit("is a film in fragments, which not every network takes", _CONVERT)
        yield box
        at = box.end


@dataclass(kw_only=True)
class _Copy:
    """A film as it is copied: ``out`` is zero where nothing was kept. ``lost`` has what is gone, in order."""

    data: bytes
    out: bytearray
    lost: dict[str, None] = field(default_factory=dict)
    size: tuple[int, int] = (0, 0)
    kept: list[Chunk] = field(default_factory=list)
    others: list[Chunk] = field(default_factory=list)
    seen: int = 0

    def _boxes(self, start: int, end: int) -> Iterator[Box]:
        """The boxes from one offset to another. Raises Unfit when the film has more of them than any, all in all."""
        for box in boxes_in(self.data, start, end):
            self.seen += 1
            if self.seen > MOST_PARTS:
                raise broken("has more parts than any film")
            yield box

    def keep(self, box: Box) -> None:
        self._keep_bytes(box.start, box.end)

    def keep_head(self, box: Box) -> None:
        self._keep_bytes(box.start, box.body)

    def _keep_bytes(self, start: int, end: int) -> None:
        self.out[start:end] = self.data[start:end]

    def leave_out(self, box: Box, name: str = "metadata") -> None:
        """Puts an empty box of the same length in its place."""
        self.keep_head(box)
        self.out[box.start + 4 : box.start + 8] = b"free"
        content = self.data[box.body : box.end]
        if any(word in content or word == box.name for word in _POSITIONS):
            self.lost["GPS position"] = None
        if content.count(0) < len(content):
            self.lost["unused data" if box.name in (b"free", b"skip", b"wide") else name] = None

    def blank(self, start: int, end: int, name: str) -> None:
        """Zeroes a part of a box that was kept."""
        if any(self.out[start:end]):
            self.lost[name] = None
        self.out[start:end] = bytes(end - start)

    def film(self, moov: Box) -> None:
        self.keep_head(moov)
        for box in self._boxes(moov.body, moov.end):
            if box.name in (b"mvex", b"cmov"):
                raise Unfit(
                    "is a film in fragments or with a compressed header, which not every network takes", _CONVERT
                )
            if box.name == b"mvhd":
                self.box(box, b"")
            elif box.name == b"trak":
                self.track(box)
            else:
                self.leave_out(box)
        if not all(self.size):
            raise broken("has no picture in it")

    def track(self, trak: Box) -> None:
        handler = next((self.data[one.body + 8 : one.body + 12] for one in self._below(trak, b"mdia", b"hdlr")), b"")
        tables = {box.name: box for box in self._below(trak, b"mdia", b"minf", b"stbl", b"")}
        if handler in (_PICTURE, SOUND):
            self.kept += chunks_of(self.data, tables, self._most_bytes(tables, handler))
            self.box(trak, handler)
        else:
            self.others += chunks_of(self.data, tables, lambda _: 0)
            self.leave_out(trak, _TRACKS.get(handler, "metadata"))
        not_too_many_chunks(len(self.kept) + len(self.others))

    def _most_bytes(self, tables: Mapping[bytes, Box], handler: bytes) -> Callable[[int], int]:
        """How many bytes so many samples may take, as the track says how they are coded."""
        codings = list(codings_of(self.data, tables[b"stsd"], handler)) if b"stsd" in tables else []
        # Nearly all chunks of a track have one and the same number of samples.
        return lru_cache(lambda samples: max((coding.most_bytes(samples) for coding in codings), default=0))

    def _below(self, box: Box, *way: bytes) -> Iterator[Box]:
        """The boxes of the first name of the way, in them those of the next, and so on; an empty name means all."""
        for one in self._boxes(box.body, box.end):
            if way[0] in (one.name, b""):
                if len(way) == 1:
                    yield one
                else:
                    yield from self._below(one, *way[1:])

    def box(self, box: Box, handler: bytes) -> None:
        """Keeps of a box what is needed to play the track that it belongs to."""
        if box.name in _LISTS:
            self.keep_head(box)
            for one in self._boxes(box.body, box.end):
                if one.name in _LISTS[box.name]:
                    self.box(one, handler)
                else:
                    self.leave_out(one)
            return
        if box.name == b"stsd":
            self._codings(box, handler)
            return
        self.keep(box)
        if box.name in _HEADERS:
            is_long = number(self.data, box.body, 1) == 1
            self.blank(box.body + 4, min(box.body + (20 if is_long else 12), box.end), "time of making")
            self.blank(min(box.body + _HEADERS[box.name] + 12 * is_long, box.end), box.end, "unused data")
        elif box.name == b"hdlr":
            self.blank(min(box.body + 24, box.end), box.end, "name of the program")
        elif box.name == b"dref":
            self._check_references(box)
        if box.name == b"tkhd" and handler == _PICTURE and not all(self.size):
            self.size = self._size(box)

    def _codings(self, stsd: Box, handler: bytes) -> None:
        """Keeps of each way in which samples are coded what a decoder needs: pictures name the program too, in 32 bytes."""
        self._keep_bytes(stsd.start, stsd.body + 8)
        for coding in codings_of(self.data, stsd, handler):
            start = coding.box.start
            self._keep_bytes(start, coding.head_end)
            if handler == _PICTURE:
                self.blank(start + 50, start + 82, "name of the program")
            for part in coding.parts:
                if part.name == WAVE:
                    self.keep_head(part)
                    for one in self._boxes(part.body, part.end):
                        self._keep_listed(one, NEEDED_IN_WAVE | {coding.box.name})
                else:
                    self._keep_listed(part, NEEDED)

    def _keep_listed(self, box: Box, names: frozenset[bytes]) -> None:
        if box.name in names:
            self.keep(box)
        elif box.name == END_OF_LIST and box.body == box.end:
            self.keep_head(box)
        else:
            self.leave_out(box)

    def _check_references(self, dref: Box) -> None:
        for entry in self._boxes(dref.body + 8, dref.end):
            if not number(self.data, entry.body, 4) & 1:
                raise Unfit("is a film whose pictures lie in another file", _CONVERT)
            self.blank(entry.body + 4, entry.end, "path of a file")

    def _size(self, tkhd: Box) -> tuple[int, int]:
        """Width and height as shown: many telephones write upright films lying and say how to turn them."""
        matrix = tkhd.body + (52 if number(self.data, tkhd.body, 1) == 1 else 40)
        if matrix + 44 > tkhd.end:
            raise broken("ends in the middle")
        width, height = number(self.data, matrix + 36, 2), number(self.data, matrix + 40, 2)
        is_turned = number(self.data, matrix, 4) == 0 and number(self.data, matrix + 4, 4) != 0
        return (height, width) if is_turned else (width, height)

    def samples(self, places: list[tuple[int, int]]) -> None:
        """Copies the pictures and sounds of the tracks that were kept."""
        ranges = needed_ranges(self.kept, self.others, places)
        if not ranges:
            raise broken("has no picture in it")
        for start, end in ranges:
            self.out[start:end] = memoryview(self.data)[start:end]
        if any(self.out.count(0, *place) > self.data.count(0, *place) for place in places):
            self.lost["unused data"] = None
