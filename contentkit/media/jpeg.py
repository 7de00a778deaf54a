"""JPEG: segments and scans until the end of the image. Only what is needed to show the picture is kept."""

from __future__ import annotations

from contentkit.media.container import MOST_PARTS, Cleaned, Unfit, broken, number
from contentkit.media.exif import first_exif, names_in_xmp, orientation_only, turned
from contentkit.patterns import regex
from contentkit.values import dataclass

_END, _SCAN = 0xD9, 0xDA
# Huffman and quantisation tables, restart interval, number of lines.
_TABLES = (0xC4, 0xDB, 0xDD, 0xDC)
# Baseline, extended and progressive: what browsers and networks show.
_FRAMES = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES = (0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xD0), 0xDE, 0xDF)
_WITHOUT_LENGTH = (0x01, *range(0xD0, 0xD8))
# Within a scan FF 00 is a byte of the picture and FF D0 to FF D7 are restart marks. FF FF is padding.
_MARK = regex(rb"\xff[^\x00\xff]")
_MARK_AFTER_SCAN = regex(rb"\xff[^\x00\xff\xd0-\xd7]")
_JFIF, _EXIF, _XMP, _ICC, _ADOBE = b"JFIF\0", b"Exif\0\0", b"http://ns.adobe.com/", b"ICC_PROFILE\0", b"Adobe"
_ADOBE_LENGTH = 12


@dataclass(frozen=True, kw_only=True)
class _Segment:
    """A marker with what follows its length; for a scan ``rest`` is the picture's own data."""

    marker: int
    payload: bytes
    rest: bytes = b""

    def written(self) -> bytes:
        return bytes((0xFF, self.marker)) + (len(self.payload) + 2).to_bytes(2, "big") + self.payload + self.rest


def clean_jpeg(data: bytes) -> Cleaned:
    """The picture without comments, application data, thumbnails and what follows its end. Raises Unfit."""
    segments, end = _segments(data)
    jfif = next((one for one in segments if one.marker == 0xE0 and one.payload.startswith(_JFIF)), None)
    exif = first_exif(one.payload[len(_EXIF) :] for one in segments if _is_exif(one))
    head = [_without_thumbnail(jfif)] if jfif else []
    if exif.orientation > 1:
        head.append(_Segment(marker=0xE1, payload=_EXIF + orientation_only(exif.orientation)))
    body = [needed for segment in segments if (needed := _needed(segment))]
    width, height = turned(*_size(body), exif.orientation)
    lost = [*exif.names, *(name for segment in segments for name in _lost(segment))]
    lost += ["data behind the picture"] * (end < len(data))
    return Cleaned(
        kind="image",
        mime="image/jpeg",
        data=b"\xff\xd8" + b"".join(segment.written() for segment in (*head, *body)) + b"\xff\xd9",
        width=width,
        height=height,
        removed=tuple(dict.fromkeys(lost)),
    )


def _segments(data: bytes) -> tuple[list[_Segment], int]:
    """The segments of the image, and the offset of what follows it."""
    segments: list[_Segment] = []
    at = 2
    for _ in range(MOST_PARTS):
        # What stands between two segments is skipped, as every decoder does.
        mark = _MARK.search(data, at)
        if mark is None:
            raise broken("ends in the middle")
        marker, at = data[mark.start() + 1], mark.end()
        if marker == _END:
            return segments, at
        if marker in _WITHOUT_LENGTH:
            continue
        segment, at = _segment(marker, data, at)
        segments.append(segment)
    raise broken("has more parts than any picture")


def _segment(marker: int, data: bytes, at: int) -> tuple[_Segment, int]:
    length = number(data, at, 2)
    if length < 2 or at + length > len(data):
        raise broken("ends in the middle")
    payload, at = data[at + 2 : at + length], at + length
    if marker != _SCAN:
        return _Segment(marker=marker, payload=payload), at
    after = _MARK_AFTER_SCAN.search(data, at)
    if after is None:
        raise broken("ends in the middle")
    return _Segment(marker=marker, payload=payload, rest=data[at : after.start()].rstrip(b"\xff")), after.start()


def _size(body: list[_Segment]) -> tuple[int, int]:
    """Width and height as the frame says. Raises Unfit where there is no frame, more than one, or no scan in it."""
    frames = [segment for segment in body if segment.marker in _FRAMES]
    if len(frames) != 1 or not any(segment.marker == _SCAN for segment in body):
        raise broken("has no picture in it")
    return number(frames[0].payload, 3, 2), number(frames[0].payload, 1, 2)


def _needed(segment: _Segment) -> _Segment | None:
    """What of this segment is needed to show the picture in its colours."""
    marker, payload = segment.marker, segment.payload
    if marker in _OTHER_FRAMES:
        kind = "lossless, arithmetic or hierarchical"
        raise Unfit(f"is a JPEG of a kind that networks do not show ({kind})", "save it as an ordinary JPEG")
    if marker in (*_TABLES, *_FRAMES, _SCAN) or (marker == 0xE2 and payload.startswith(_ICC)):
        return segment
    if marker == 0xEE and payload.startswith(_ADOBE) and len(payload) >= _ADOBE_LENGTH:
        return _Segment(marker=marker, payload=payload[:_ADOBE_LENGTH])
    return None


def _without_thumbnail(jfif: _Segment) -> _Segment:
    return _Segment(marker=jfif.marker, payload=jfif.payload[:12].ljust(12, b"\0") + b"\0\0")


def _is_exif(segment: _Segment) -> bool:
    return segment.marker == 0xE1 and segment.payload.startswith(_EXIF)


def _lost(segment: _Segment) -> tuple[str, ...]:
    """What is lost of this segment, in words for a person; nothing of Exif, of which the picture's says it."""
    marker, payload = segment.marker, segment.payload
    if _is_exif(segment):
        return ()
    if marker == 0xE1 and payload.startswith(_XMP):
        return names_in_xmp(payload)
    if marker == 0xE0 and payload.startswith(_JFIF):
        return ("thumbnail",) if len(payload) > 14 else ()
    if marker == 0xFE:
        return ("comment",)
    if marker == 0xED:
        return ("IPTC",)
    return () if _needed(segment) else ("application data",)
