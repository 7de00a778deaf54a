"""Films keep their pictures and sounds to the byte, and lose where, when and with what they were made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.media import MediaFile, load_media
from tests.media import boxes
from tests.media.boxes import BRANDS, POSITIONS, TURNED, VIDEO, Track, box, film, full, numbers, samples
from tests.media.pictures import CANARY, put

# Five frames and a second of sound, written by FFmpeg with a title, a comment, a position and a time.
FILMS = Path(__file__).parent / "films"
POSITION = b"+48.8583+002.2945/"
UDTA = box(b"udta", box(b"\xa9xyz", POSITION), box(b"name", CANARY.encode()))


def sent(tmp_path: Path, data: bytes) -> MediaFile:
    return load_media(put(tmp_path, "film", data), tmp_path)


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(ContentError) as caught:
        sent(tmp_path, data)
    assert caught.value.hint
    return caught.value.message.removeprefix("film: ")


@pytest.mark.parametrize(
    ("name", "mime", "position"),
    [("telephone.mp4", "video/mp4", b"loci"), ("camera.mov", "video/quicktime", POSITION)],
)
def test_a_real_film_keeps_every_picture_and_sound_and_says_nothing_else(name: str, mime: str, position: bytes) -> None:
    data = (FILMS / name).read_bytes()
    assert position in data
    assert CANARY.encode() in data
    file = load_media(name, FILMS)
    assert (file.kind, file.mime, file.width, file.height) == ("video", mime, 48, 32)
    assert len(samples(data)) == 2
    assert samples(file.data) == samples(data)
    assert [words for words in (position, CANARY.encode(), b"Lavf", b"SoundHandler") if words in file.data] == []
    assert file.removed == ("time of making", "name of the program", "GPS position", "metadata")


@pytest.mark.parametrize("name", ["telephone.mp4", "camera.mov"])
def test_a_clean_film_stays_as_it_is(tmp_path: Path, name: str) -> None:
    once = load_media(name, FILMS)
    twice = sent(tmp_path, once.data)
    assert (twice.data, twice.removed) == (once.data, ())


def test_no_byte_of_a_film_moves(tmp_path: Path) -> None:
    data = film(VIDEO, more=UDTA)
    cleaned = sent(tmp_path, data).data
    assert len(cleaned) == len(data)
    assert samples(cleaned) == samples(data) == [[b"picture one", b"picture two"]]


def test_positions_that_were_recorded_beside_the_pictures_are_gone(tmp_path: Path) -> None:
    data = film(VIDEO, POSITIONS)
    file = sent(tmp_path, data)
    assert samples(file.data) == samples(data)
    assert b"48.8583" not in file.data
    assert CANARY.encode() not in file.data
    assert len(boxes.find(file.data, b"moov", b"trak")) == 1
    assert "GPS position" in file.removed


def test_what_lies_between_the_pictures_and_belongs_to_no_track_is_gone(tmp_path: Path) -> None:
    data = film(VIDEO, between=b"gps " + CANARY.encode())
    file = sent(tmp_path, data)
    assert CANARY.encode() not in file.data
    assert samples(file.data) == samples(data)
    assert "unused data" in file.removed


@pytest.mark.parametrize(
    "more",
    [
        UDTA,
        box(b"udta", box(b"loci", b"Paris " + CANARY.encode())),
        full(b"meta", box(b"ilst", CANARY.encode())),
        box(b"uuid", CANARY.encode()),
        box(b"free", CANARY.encode()),
        boxes.large_box(b"NEWS", CANARY.encode()),
    ],
)
@pytest.mark.parametrize("place", ["header", "track", "file"])
def test_metadata_is_gone_wherever_it_stands(tmp_path: Path, more: bytes, place: str) -> None:
    data = {
        "header": film(VIDEO, more=more),
        "track": film(replace(VIDEO, extra=more)),
        "file": film(VIDEO, start=BRANDS + more, behind=more),
    }[place]
    assert CANARY.encode() in data
    file = sent(tmp_path, data)
    assert CANARY.encode() not in file.data
    assert samples(file.data) == samples(data)


@pytest.mark.parametrize("version", [0, 1])
def test_nobody_learns_when_it_was_made(tmp_path: Path, version: int) -> None:
    file = sent(tmp_path, film(replace(VIDEO, version=version)))
    assert b"\xe0\0\0\0" not in file.data
    assert (file.width, file.height) == (64, 48)


def test_a_film_that_was_taken_upright_has_the_size_in_which_it_is_shown(tmp_path: Path) -> None:
    file = sent(tmp_path, film(replace(VIDEO, matrix=TURNED)))
    assert (file.width, file.height) == (48, 64)


def test_what_a_camera_writes_behind_the_film_is_left_out(tmp_path: Path) -> None:
    clean = film(VIDEO)
    file = sent(tmp_path, clean + b"\xff" * 20 + CANARY.encode())
    assert file.data == sent(tmp_path, clean).data
    assert "data behind the film" in file.removed


def test_sound_without_compression_is_kept_whole_though_its_samples_are_counted_as_bytes(tmp_path: Path) -> None:
    # Sixteen bits, counted by QuickTime as samples of one byte: half of what there is.
    sound = Track(handler=b"soun", format=b"sowt", chunks=(b"\1\2" * 8, b"\3\4" * 8), constant=1)
    data = film(VIDEO, sound, POSITIONS)
    half = data.replace(numbers(1, 1, 16, 1), numbers(1, 1, 8, 1))
    assert half != data
    cleaned = sent(tmp_path, half).data
    assert b"\1\2" * 8 in cleaned
    assert b"\3\4" * 8 in cleaned
    assert b"48.8583" not in cleaned


def test_lengths_and_places_may_take_64_bits(tmp_path: Path) -> None:
    data = film(VIDEO, wide=1)
    assert samples(sent(tmp_path, data).data) == samples(data)


def test_the_last_box_may_reach_to_the_end_of_the_file(tmp_path: Path) -> None:
    last = box(b"mdat", b"picture")
    header = full(b"mvhd", numbers(0, 0, 1000, 0), bytes(80))
    track = replace(VIDEO, chunks=(b"picture",))
    at = len(BRANDS) + len(box(b"moov", header, track.written([0]))) + 8
    data = BRANDS + box(b"moov", header, track.written([at])) + b"\0\0\0\0" + last[4:]
    assert sent(tmp_path, data).data.endswith(b"\0\0\0\0mdatpicture")


def test_a_film_in_fragments_is_refused_with_a_way_out(tmp_path: Path) -> None:
    assert "film in fragments" in refused(tmp_path, film(VIDEO, behind=box(b"moof")))
    assert "film in fragments" in refused(tmp_path, film(VIDEO, more=box(b"mvex")))


def test_a_film_whose_pictures_lie_in_another_file_is_refused(tmp_path: Path) -> None:
    assert "lie in another file" in refused(tmp_path, film(replace(VIDEO, reference=0)))


def test_sound_alone_is_no_film(tmp_path: Path) -> None:
    assert "has no picture in it" in refused(tmp_path, film(replace(VIDEO, handler=b"soun")))


def test_a_film_without_its_pictures_is_refused(tmp_path: Path) -> None:
    data = film(VIDEO)
    start = data.index(b"moov") - 4
    assert "ends in the middle" in refused(tmp_path, BRANDS + data[start:])


@pytest.mark.parametrize(
    ("true", "lie"),
    [
        (b"stco" + numbers(0, 2), b"stco" + numbers(0, 2**32 - 1)),
        (b"stsz" + numbers(0, 0, 2), b"stsz" + numbers(0, 0, 2**32 - 1)),
        (b"stsz" + numbers(0, 0, 2), b"stsz" + numbers(0, 2**31, 2)),
        (b"stsz" + numbers(0, 0, 2, 11), b"stsz" + numbers(0, 0, 2, 2**32 - 1)),
        (b"stsc" + numbers(0, 1, 1, 1), b"stsc" + numbers(0, 1, 1, 2**32 - 1)),
        (b"stsc" + numbers(0, 1, 1, 1), b"stsc" + numbers(0, 1, 2, 1)),
        (b"stsc" + numbers(0, 1, 1, 1), b"stsc" + numbers(0, 2**32 - 1, 1, 1)),
    ],
)
def test_a_table_that_lies_is_refused(tmp_path: Path, true: bytes, lie: bytes) -> None:
    data = film(VIDEO)
    assert data.count(true) == 1
    assert "is broken: it " in refused(tmp_path, data.replace(true, lie))


@pytest.mark.parametrize("name", [b"trak", b"mdia", b"stbl", b"stsz"])
@pytest.mark.parametrize("length", [b"\0\0\0\4", b"\0\0\0\0", b"\xff\xff\xff\xff"])
def test_a_box_that_lies_about_its_length_is_refused(tmp_path: Path, name: bytes, length: bytes) -> None:
    data = film(VIDEO)
    at = data.index(name) - 4
    assert "is broken: it " in refused(tmp_path, data[:at] + length + data[at + 4 :])


def test_boxes_within_boxes_without_end_are_no_trouble(tmp_path: Path) -> None:
    nested = b""
    for _ in range(3000):
        nested = box(b"trak", nested)
    data = film(replace(VIDEO, extra=nested), more=nested, behind=nested)
    assert samples(sent(tmp_path, data).data) == [list(VIDEO.chunks)]
