"""Films keep their pictures and sounds to the byte, and lose where, when and with what they were made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.media import MediaFile, load_media
from tests.media import boxes
from tests.media.boxes import (
    BRANDS,
    POSITIONS,
    SOUND,
    TURNED,
    VIDEO,
    Track,
    box,
    film,
    full,
    numbers,
    samples,
    sound_head,
)
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


# Of each: its name, its head, and how many samples the table counts for 16 bytes of sound.
SOUNDS = {
    "counted as bytes, sixteen bits": (b"sowt", sound_head(), 8),
    "two channels": (b"twos", sound_head(channels=2), 4),
    "eight bits": (b"raw ", sound_head(bits=8), 16),
    "eight bits that are called sixteen": (b"ulaw", sound_head(), 16),
    "bits that the head does not tell": (b"in32", sound_head(), 4),
    "packets of QuickTime": (b"ima4", sound_head(version=1, packet=64, size=8), 128),
    "packets begun": (b"ima4", sound_head(version=1, packet=64, size=8), 65),
    "one sample a packet": (b"in24", sound_head(version=1, channels=2, size=8), 2),
    "new QuickTime": (b"lpcm", sound_head(version=2, channels=2, bits=32, size=8), 2),
    "new QuickTime without size": (b"lpcm", sound_head(version=2, channels=2, bits=32), 2),
}


@pytest.mark.parametrize("name", SOUNDS)
@pytest.mark.parametrize("between", [b"", CANARY.encode()])
def test_sound_is_kept_whole_and_nothing_behind_it_however_its_samples_are_counted(
    tmp_path: Path, name: str, between: bytes
) -> None:
    format, head, count = SOUNDS[name]
    chunks = (bytes(range(1, 17)), bytes(range(17, 33)))
    sound = Track(handler=b"soun", format=format, chunks=chunks, constant=1, head=head)
    data = film(VIDEO, sound, between=between)
    for true, told in ((numbers(1, 1, 16, 1), numbers(1, 1, count, 1)), (numbers(1, 32), numbers(1, 2 * count))):
        assert data.count(true) == 1
        data = data.replace(true, told)
    cleaned = sent(tmp_path, data).data
    assert [chunk for chunk in chunks if chunk not in cleaned] == []
    assert CANARY.encode() not in cleaned


def test_a_sound_that_tells_more_than_there_is_ends_where_the_next_chunk_begins(tmp_path: Path) -> None:
    sound = Track(handler=b"soun", format=b"sowt", chunks=(b"\1\2" * 8, b"\3\4" * 8), constant=1)
    track = replace(sound, head=sound_head(channels=2000))
    data = film(VIDEO, track, replace(POSITIONS, chunks=(b"48.8583",) * 2))
    cleaned = sent(tmp_path, data).data
    assert b"48.8583" not in cleaned
    assert b"\3\4" * 8 in cleaned


NEEDED = box(b"esds", b"settings of a coder") + box(b"pasp", numbers(1, 1))
WAVE = box(b"wave", box(b"frma", b"mp4a"), box(b"mp4a", bytes(4)), box(b"esds", b"settings"), box(bytes(4)))


@pytest.mark.parametrize(
    ("track", "parts"),
    [
        (VIDEO, NEEDED),
        (SOUND, NEEDED),
        (SOUND, WAVE),
        (replace(SOUND, head=sound_head(version=1)), WAVE),
        (replace(SOUND, head=sound_head(version=2)), NEEDED),
    ],
)
def test_what_a_decoder_needs_stays_and_metadata_beside_it_is_gone(tmp_path: Path, track: Track, parts: bytes) -> None:
    others = () if track is VIDEO else (VIDEO,)
    clean = sent(tmp_path, film(*others, replace(track, parts=parts + box(b"free", bytes(len(UDTA) - 8)))))
    assert parts in clean.data
    file = sent(tmp_path, film(*others, replace(track, parts=parts + UDTA)))
    assert file.data == clean.data
    assert "GPS position" in file.removed
    assert "GPS position" not in clean.removed


@pytest.mark.parametrize("more", [UDTA, box(bytes(4), CANARY.encode())])
def test_metadata_among_the_settings_of_a_sound_is_gone_and_told(tmp_path: Path, more: bytes) -> None:
    wave = box(b"wave", box(b"frma", b"mp4a"), more, box(bytes(4)))
    file = sent(tmp_path, film(VIDEO, replace(SOUND, parts=wave)))
    assert box(b"frma", b"mp4a") in file.data
    assert (POSITION in file.data, CANARY.encode() in file.data) == (False, False)
    assert "metadata" in file.removed


def test_a_newer_mp4_counts_its_versions_of_sound_in_its_own_way(tmp_path: Path) -> None:
    head = sound_head(version=1)[: len(sound_head())]
    data = film(VIDEO, replace(SOUND, head=head, parts=NEEDED)).replace(b"stsd\0", b"stsd\1")
    assert NEEDED in sent(tmp_path, data).data


@pytest.mark.parametrize(
    "track",
    [
        replace(VIDEO, head=bytes(40)),
        replace(VIDEO, parts=b"\0\0\0\x40" + CANARY.encode()),
        replace(SOUND, head=sound_head(version=1)[:30]),
        replace(SOUND, head=sound_head(version=3)),
    ],
)
def test_a_way_of_coding_that_nobody_knows_is_refused(tmp_path: Path, track: Track) -> None:
    others = () if track.handler == b"vide" else (VIDEO,)
    assert refused(tmp_path, film(*others, track)) == "is a film of a kind that cannot be cleaned"


@pytest.mark.parametrize(("name", "length"), [(b"mvhd", 100), (b"tkhd", 84), (b"mdhd", 24)])
def test_nothing_hides_behind_the_values_of_a_header(tmp_path: Path, name: bytes, length: int) -> None:
    data = film(VIDEO)
    at = data.index(name) - 4
    longer = data[at : at + 4 + length + 4]
    assert len(longer) == length + 8 == int.from_bytes(longer[:4], "big")
    more = CANARY.encode()
    grown = data.replace(longer, box(name, longer[8:], more))
    for outer in {b"mvhd": (b"moov",), b"tkhd": (b"moov", b"trak"), b"mdhd": (b"moov", b"trak", b"mdia")}[name]:
        at = grown.index(outer) - 4
        grown = (
            grown[:at] + (int.from_bytes(grown[at : at + 4], "big") + len(more)).to_bytes(4, "big") + grown[at + 4 :]
        )
    file = sent(tmp_path, grown)
    assert samples(file.data) == samples(data)
    assert more not in file.data


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


def test_a_run_of_chunks_without_a_chunk_is_refused(tmp_path: Path) -> None:
    told = refused(tmp_path, film(replace(VIDEO, runs=(1, 1, 1) * 3)))
    assert told == "is broken: it has a table that contradicts itself"


def test_the_chunks_of_all_tracks_count_together(tmp_path: Path) -> None:
    half = 2**18 + 1
    track = Track(handler=b"vide", chunks=(b"x",) * half, constant=1).written([len(BRANDS) + 8] * half)
    header = full(b"mvhd", numbers(0, 0, 1000, 0), bytes(80))
    data = BRANDS + box(b"mdat", b"x") + box(b"moov", header, track, track)
    assert refused(tmp_path, data) == "is broken: it has more parts than any film"


@pytest.mark.parametrize("parts", ["chunks", "boxes", "codings"])
def test_a_film_of_countless_parts_is_refused_in_time(tmp_path: Path, parts: str) -> None:
    halves = [box(b"free") * 60_000] * 2
    data = {
        "chunks": film(VIDEO).replace(b"stco" + numbers(0, 2), b"stco" + numbers(0, 2**19 + 1)),
        "boxes": film(*(replace(VIDEO, extra=half) for half in halves)),
        "codings": film(replace(VIDEO, parts=box(b"free") * 1001)),
    }[parts]
    assert refused(tmp_path, data) == "is broken: it has more parts than any film"
