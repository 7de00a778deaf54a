"""What networks do not take is refused by its bytes, with its own name and a way out."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from contentkit.errors import ContentError
from contentkit.media import load_media
from contentkit.media.png import SIGNATURE
from tests.media import boxes, pictures
from tests.media.pictures import put


def saved(format: str, **options: object) -> bytes:
    file = io.BytesIO()
    pictures.drawn().save(file, format, **options)
    return file.getvalue()


def refused(tmp_path: Path, data: bytes) -> ContentError:
    with pytest.raises(ContentError) as caught:
        load_media(put(tmp_path, "picture.png", data), tmp_path)
    assert caught.value.message.startswith("picture.png: ")
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG drawing"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made -->\n<svg/>', "is an SVG drawing"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "is a web page"),
        (b"\n  <html><body>", "is a web page"),
        (b"%PDF-1.7\n", "is a PDF"),
        (saved("TIFF"), "is a TIFF picture"),
        (saved("BMP"), "is a BMP picture"),
        (saved("AVIF"), "is an AVIF picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "is a HEIC picture"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1isom", "is a HEIC picture"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0isommp42", "is a sound without pictures"),
        (b"\x1a\x45\xdf\xa3\x01", "is a WebM or Matroska film"),
        (b"RIFF\0\0\0\0AVI LIST", "is an AVI film"),
        (b"PK\x03\x04", "is an archive"),
        (b"8BPS\0\1", "is a Photoshop document"),
    ],
)
def test_a_kind_that_networks_do_not_take_is_called_by_its_name(tmp_path: Path, data: bytes, words: str) -> None:
    error = refused(tmp_path, data)
    assert error.message == f"picture.png: {words}, which networks do not take"
    assert error.hint == "save it as PNG, JPEG, WebP, GIF, MP4 or MOV"


@pytest.mark.parametrize("data", [b"x", b"\xff\xd8", b"GIF8", b"some words", bytes(5000), b" " * 100_000])
def test_what_is_no_picture_says_so(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data).message == "picture.png: is no picture and no film"


def test_a_pointer_of_git_lfs_says_how_to_get_the_file(tmp_path: Path) -> None:
    error = refused(tmp_path, b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    assert error.message == "picture.png: is only a pointer of Git LFS"
    assert "git lfs pull" in error.hint


def test_an_animated_webp_is_refused_since_networks_show_a_still(tmp_path: Path) -> None:
    frames = [pictures.drawn(), pictures.drawn().rotate(180)]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    assert "is an animated WebP" in refused(tmp_path, file.getvalue()).message


@pytest.mark.parametrize("marker", [0xC3, 0xC9, 0xCD])
def test_a_jpeg_of_a_kind_that_browsers_do_not_show_is_refused(tmp_path: Path, marker: int) -> None:
    data = pictures.jpeg(1).replace(b"\xff\xc0", bytes((0xFF, marker)))
    assert "of a kind that networks do not show" in refused(tmp_path, data).message


@pytest.mark.parametrize(
    ("data", "at", "part"),
    [
        (pictures.jpeg(1), 2, b"\xff\xfe\0\2"),
        (pictures.jpeg(1), 2, b"\xff\xd0"),
        (pictures.gif(1), 13, b"!\xfe\0"),
        (pictures.png(1), 33, b"\0\0\0\0tEXt" + zlib.crc32(b"tEXt").to_bytes(4, "big")),
        (boxes.film(boxes.VIDEO), len(boxes.BRANDS), boxes.box(b"free")),
    ],
)
def test_a_file_of_countless_parts_is_refused_in_time(tmp_path: Path, data: bytes, at: int, part: bytes) -> None:
    table = 3 * 2 ** ((data[10] & 7) + 1) if data.startswith(b"GIF") else 0
    busy = data[: at + table] + part * 100_001 + data[at + table :]
    assert "has more parts than any picture" in refused(tmp_path, busy).message


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.webp, pictures.gif])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_half_a_picture_is_refused(tmp_path: Path, make: Callable[[], bytes], part: float) -> None:
    data = make()
    assert "is broken: it " in refused(tmp_path, data[: int(len(data) * part)]).message


def test_a_png_with_one_wrong_bit_is_refused(tmp_path: Path) -> None:
    data = bytearray(pictures.png())
    data[data.index(b"IDAT") + 10] ^= 1
    assert refused(tmp_path, bytes(data)).message == "picture.png: is broken: it has a part whose checksum is wrong"


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


HEADER = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PIXELS = chunk(b"IDAT", zlib.compress(b"\0\0"))
END = chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "chunks",
    [
        [PIXELS, END],
        [chunk(b"tEXt", b"a\0b"), HEADER, PIXELS, END],
        [HEADER, HEADER, PIXELS, END],
        [HEADER, END],
        [HEADER, PIXELS],
        [HEADER, chunk(b"NEWS", b""), PIXELS, END],
        [chunk(b"IHDR", b"short"), PIXELS, END],
    ],
)
def test_a_png_whose_parts_do_not_make_a_picture_is_refused(tmp_path: Path, chunks: list[bytes]) -> None:
    assert "is broken: it " in refused(tmp_path, SIGNATURE + b"".join(chunks)).message


def test_a_picture_without_a_size_is_refused(tmp_path: Path) -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 1, 8, 0, 0, 0, 0))
    assert refused(tmp_path, SIGNATURE + header + PIXELS + END).message == "picture.png: has no size"


def test_a_webp_that_gives_two_sizes_is_refused(tmp_path: Path) -> None:
    data = bytearray(pictures.webp())
    data[data.index(b"VP8X") + 12] ^= 1
    assert "gives its picture two sizes" in refused(tmp_path, bytes(data)).message


def test_the_picture_that_is_promised_by_a_header_of_gif_must_be_there(tmp_path: Path) -> None:
    file = io.BytesIO()
    Image.new("P", (1, 1)).save(file, "GIF")
    head = file.getvalue()[: 13 + 3 * 2 ** ((file.getvalue()[10] & 7) + 1)]
    assert "has no picture in it" in refused(tmp_path, head + b";").message
