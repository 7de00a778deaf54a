"""What is sent shows the same picture and says nothing else."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps
from PIL.ExifTags import Base

from contentkit.media import MediaFile, load_media
from contentkit.media.exif import orientation_only
from tests.media import pictures
from tests.media.pictures import CANARY, SECRETS, frames_of, opened, put

MADE = {
    "jpeg": pictures.jpeg(),
    "progressive jpeg": pictures.jpeg(progressive=True, quality=95, subsampling=0),
    "jpeg with restart marks": pictures.jpeg(restart_marker_rows=1),
    "grey jpeg": pictures.jpeg(mode="L"),
    "cmyk jpeg": pictures.jpeg(mode="CMYK"),
    "png": pictures.png(),
    "palette png": pictures.png(mode="P"),
    "webp": pictures.webp(),
    "lossless webp": pictures.webp(lossless=True),
    "opaque webp": pictures.webp(mode="RGB"),
    "gif": pictures.gif(1),
    "animated gif": pictures.gif(3),
}


def sent(tmp_path: Path, data: bytes) -> MediaFile:
    return load_media(put(tmp_path, "picture", data), tmp_path)


@pytest.mark.parametrize("name", MADE)
def test_what_is_shown_stays_pixel_for_pixel(tmp_path: Path, name: str) -> None:
    assert frames_of(sent(tmp_path, MADE[name]).data) == frames_of(MADE[name])


@pytest.mark.parametrize("name", MADE)
def test_what_it_says_about_its_maker_is_gone(tmp_path: Path, name: str) -> None:
    assert any(secret in MADE[name] for secret in SECRETS)
    assert [secret for secret in SECRETS if secret in sent(tmp_path, MADE[name]).data] == []


@pytest.mark.parametrize("name", MADE)
def test_what_is_clean_stays_as_it_is(tmp_path: Path, name: str) -> None:
    once = sent(tmp_path, MADE[name])
    twice = sent(tmp_path, once.data)
    assert twice.data == once.data
    assert twice.removed == ()


@pytest.mark.parametrize("name", [name for name in MADE if "gif" not in name])
def test_colours_stay(tmp_path: Path, name: str) -> None:
    assert opened(sent(tmp_path, MADE[name]).data).info["icc_profile"] == pictures.ICC


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.webp])
def test_the_picture_stays_the_right_way_up(tmp_path: Path, make: object, orientation: int) -> None:
    assert callable(make)
    data = make(orientation)
    file = sent(tmp_path, data)
    tags = dict(opened(file.data).getexif())
    assert tags == ({Base.Orientation: orientation} if orientation > 1 else {})
    upright = ImageOps.exif_transpose(opened(data))
    assert upright is not None
    assert (file.width, file.height) == upright.size


@pytest.mark.parametrize("name", MADE)
def test_what_stands_behind_the_picture_is_left_out_and_told(tmp_path: Path, name: str) -> None:
    file = sent(tmp_path, MADE[name] + CANARY.encode())
    assert CANARY.encode() not in file.data
    assert "data behind the picture" in file.removed


@pytest.mark.parametrize(
    ("name", "removed"),
    [
        ("jpeg", ("GPS position", "Exif", "XMP", "comment")),
        ("png", ("text", "GPS position", "XMP", "unknown data", "Exif")),
        ("webp", ("GPS position", "Exif", "XMP")),
        ("gif", ("comment",)),
    ],
)
def test_what_was_removed_is_told(tmp_path: Path, name: str, removed: tuple[str, ...]) -> None:
    assert sorted(sent(tmp_path, MADE[name]).removed) == sorted(removed)


@pytest.mark.parametrize(
    ("name", "kind", "mime"),
    [
        ("jpeg", "image", "image/jpeg"),
        ("png", "image", "image/png"),
        ("webp", "image", "image/webp"),
        ("gif", "image", "image/gif"),
        ("animated gif", "gif", "image/gif"),
    ],
)
def test_a_picture_is_recognised_by_its_bytes(tmp_path: Path, name: str, kind: str, mime: str) -> None:
    file = load_media(put(tmp_path, "picture.txt", MADE[name]), tmp_path)
    assert (file.kind, file.mime) == (kind, mime)


def test_an_animated_png_keeps_its_frames(tmp_path: Path) -> None:
    file = io.BytesIO()
    first, second = pictures.drawn(), pictures.drawn().rotate(180)
    first.save(file, "PNG", save_all=True, append_images=[second], duration=100)
    cleaned = sent(tmp_path, file.getvalue())
    assert cleaned.kind == "image"
    assert len(frames_of(cleaned.data)) == 2
    assert frames_of(cleaned.data) == frames_of(file.getvalue())


def test_a_photograph_within_the_photograph_is_gone(tmp_path: Path) -> None:
    plain = pictures.jpeg(1)
    thumbnail = b"JFIF\0\1\1\0\0\1\0\1\1\1" + b"\x11\x22\x33"
    old = plain[2 : 4 + int.from_bytes(plain[4:6], "big")]
    assert old[4:9] == b"JFIF\0"
    data = plain.replace(old, b"\xff\xe0" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail)
    file = sent(tmp_path, data)
    assert "thumbnail" in file.removed
    assert b"\x11\x22\x33" not in file.data
    assert frames_of(file.data) == frames_of(plain)


def test_other_pictures_and_iptc_among_the_application_data_of_a_jpeg_are_gone(tmp_path: Path) -> None:
    plain = pictures.jpeg(1)
    mine = b"".join(
        bytes((0xFF, marker)) + (len(words) + 2).to_bytes(2, "big") + words
        for marker, words in ((0xE2, b"MPF\0" + CANARY.encode()), (0xED, b"Photoshop 3.0\0" + CANARY.encode()))
    )
    file = sent(tmp_path, plain[:2] + mine + plain[2:])
    assert CANARY.encode() not in file.data
    assert {"application data", "IPTC"} <= set(file.removed)
    assert file.data == sent(tmp_path, plain).data


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.webp])
def test_a_position_is_told_whether_exif_has_it_or_xmp(tmp_path: Path, make: Callable[..., bytes]) -> None:
    plain = Image.Exif()
    plain[Base.Make] = CANARY
    assert "GPS position" in sent(tmp_path, make(xmp=b"")).removed
    assert "GPS position" in sent(tmp_path, make(exif=plain)).removed
    assert "GPS position" not in sent(tmp_path, make(exif=plain, xmp=b"<x:xmpmeta/>")).removed


def test_an_animation_is_repeated_as_before(tmp_path: Path) -> None:
    assert opened(MADE["animated gif"]).info["loop"] == 0
    assert opened(sent(tmp_path, MADE["animated gif"]).data).info["loop"] == 0


@pytest.mark.parametrize(
    ("options", "flags"),
    [
        ({"orientation": 6}, 0x38),
        ({"orientation": 1}, 0x30),
        ({"orientation": 1, "mode": "RGB"}, 0x20),
        ({"orientation": 1, "icc_profile": None}, 0x10),
    ],
)
def test_the_header_of_a_webp_announces_what_is_there(tmp_path: Path, options: dict[str, Any], flags: int) -> None:
    data = sent(tmp_path, pictures.webp(**options)).data
    assert data[20] == flags
    assert int.from_bytes(data[4:8], "little") == len(data) - 8


def jpeg_segment(marker: int, payload: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def png_chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def with_exif_behind(data: bytes, block: bytes) -> bytes:
    """The picture with one more block of Exif, behind all that it has."""
    if data.startswith(b"RIFF"):
        data += b"EXIF" + len(block).to_bytes(4, "little") + block + b"\0" * (len(block) % 2)
        return data[:4] + (len(data) - 8).to_bytes(4, "little") + data[8:]
    end, more = (2, jpeg_segment(0xE1, b"Exif\0\0" + block)) if data[0] == 0xFF else (12, png_chunk(b"eXIf", block))
    return data[:-end] + more + data[-end:]


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.webp])
def test_the_first_exif_says_which_way_up_a_picture_is(tmp_path: Path, make: Callable[..., bytes]) -> None:
    file = sent(tmp_path, with_exif_behind(make(6), orientation_only(3)))
    assert opened(file.data).getexif()[Base.Orientation] == 6
    assert (file.width, file.height) == (pictures.SIZE[1], pictures.SIZE[0])


@pytest.mark.parametrize("make", [pictures.jpeg, pictures.png, pictures.webp])
def test_a_second_exif_is_removed_and_told(tmp_path: Path, make: Callable[..., bytes]) -> None:
    clean = sent(tmp_path, make(6)).data
    file = sent(tmp_path, with_exif_behind(clean, b"MM\0*" + CANARY.encode()))
    assert (file.data, file.removed) == (clean, ("Exif",))


def test_of_the_repeats_of_an_animation_only_their_number_stays(tmp_path: Path) -> None:
    data = MADE["animated gif"]
    at = data.index(b"NETSCAPE2.0") + 11
    assert data[at : at + 2] == b"\3\1"
    words = bytes((len(CANARY),)) + CANARY.encode()
    file = sent(tmp_path, data[: at + 4] + words + data[at + 4 :])
    assert file.data == sent(tmp_path, data).data
    assert "application data" in file.removed


@pytest.mark.parametrize("name", [b"pHYs", b"gAMA", b"sBIT", b"cICP", b"acTL", b"bKGD"])
def test_a_known_part_of_a_png_that_carries_more_than_its_values_is_gone(tmp_path: Path, name: bytes) -> None:
    data = pictures.png()
    file = sent(tmp_path, data[:33] + png_chunk(name, CANARY.encode()) + data[33:])
    assert file.data == sent(tmp_path, data).data
    assert "unknown data" in file.removed
