"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re

from contentkit.media.container import Cleaned, Unfit
from contentkit.media.film import clean_film
from contentkit.media.gif import clean_gif
from contentkit.media.jpeg import clean_jpeg
from contentkit.media.png import SIGNATURE, clean_png
from contentkit.media.webp import clean_webp
from contentkit.patterns import regex

# Enough to tell what a file is.
_BEGINNING = 4096
_SAVE = "save it as PNG, JPEG, WebP, GIF, MP4 or MOV"
_FILM_BRANDS = frozenset((b"isom", *(b"iso%d" % n for n in range(2, 10)), b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV"))
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_REFUSED: tuple[tuple[str, re.Pattern[bytes]], ...] = tuple(
    (name, regex(pattern, re.I | re.S))
    for name, pattern in (
        ("a HEIC picture", rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)"),
        ("an AVIF picture", rb".{4}ftypavi[fs]"),
        ("a sound without pictures", rb".{4}ftypM4[AB] |ID3|OggS|fLaC|RIFF.{4}WAVE"),
        ("a WebM or Matroska film", rb"\x1a\x45\xdf\xa3"),
        ("an AVI film", rb"RIFF.{4}AVI "),
        ("a TIFF picture", rb"II\*\0|MM\0\*"),
        ("a BMP picture", rb"BM.{4}\0\0\0\0"),
        ("a JPEG XL picture", rb"\xff\x0a|\0\0\0\x0cJXL "),
        ("a JPEG 2000 picture", rb"\0\0\0\x0cjP  "),
        ("a Photoshop document", rb"8BPS"),
        ("a PDF", rb"%PDF"),
        ("an archive", rb"PK\x03\x04|\x1f\x8b"),
        (
            "an SVG drawing",
            rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml.{0,400}?|<!--.{0,400}?-->\s*|<!doctype svg.{0,400}?)?<svg\b",
        ),
        ("a web page", rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype )?html\b"),
    )
)


def cleaned(data: bytes) -> Cleaned:
    """The picture or film without its metadata. Raises Unfit for bytes that are none of a kind that networks take."""
    if data.startswith(b"\xff\xd8\xff"):
        return clean_jpeg(data)
    if data.startswith(SIGNATURE):
        return clean_png(data)
    if data.startswith((b"GIF87a", b"GIF89a")):
        return clean_gif(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return clean_webp(data)
    if name := next((name for name, pattern in _REFUSED if pattern.match(data[:_BEGINNING])), ""):
        raise Unfit(f"is {name}, which networks do not take", _SAVE)
    if mime := _film(data):
        return clean_film(data, mime)
    if data.startswith(b"version https://git-lfs"):
        raise Unfit("is only a pointer of Git LFS", "fetch the file itself: git lfs pull")
    raise Unfit("is no picture and no film", _SAVE)


def _film(data: bytes) -> str:
    """The media type of a film; empty when this is none."""
    if data[4:8] in _OLD_QUICKTIME:
        return "video/quicktime"
    if data[4:8] != b"ftyp":
        return ""
    length = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, length, 4))]
    if brands[0] == b"qt  ":
        return "video/quicktime"
    return "video/mp4" if _FILM_BRANDS & set(brands) else ""
