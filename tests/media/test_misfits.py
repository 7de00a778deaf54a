from __future__ import annotations

from dataclasses import replace

import pytest

from contentkit.media import MediaFile, misfits
from contentkit.models import Limits

LIMITS = Limits(media=2, alt_characters=50, image_bytes=100, gif_bytes=200, video_bytes=300, pixels=1200)
IMAGE = MediaFile(path="a.png", kind="image", mime="image/png", data=b"x" * 100, width=40, height=30)
GIF = replace(IMAGE, path="a.gif", kind="gif", mime="image/gif", data=b"x" * 200)
FILM = replace(IMAGE, path="a.mp4", kind="video", mime="video/mp4", data=b"x" * 300)
ALT = "x" * 50


@pytest.mark.parametrize("files", [(), (IMAGE,), (IMAGE, IMAGE), (GIF,), (FILM,)])
def test_what_is_as_large_as_the_limits_fits(files: tuple[MediaFile, ...]) -> None:
    assert misfits(files, [ALT] * len(files), LIMITS) == []


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (IMAGE, "a.png has 101 bytes, 100 are allowed"),
        (GIF, "a.gif has 201 bytes, 200 are allowed"),
        (FILM, "a.mp4 has 301 bytes, 300 are allowed"),
    ],
)
def test_each_kind_has_a_limit_of_bytes(file: MediaFile, words: str) -> None:
    [found] = misfits([replace(file, data=file.data + b"x")], [ALT], LIMITS)
    assert (found.why, found.path) == (words, file.path)


def test_there_is_a_limit_of_pixels() -> None:
    limits = replace(LIMITS, pixels=10_000_000)
    [found] = misfits([replace(IMAGE, width=4000, height=2501)], [ALT], limits)
    assert found.why == "a.png has 4000 x 2501 pixels, 10.0 million are allowed"
    assert found.remedy == "scale it to 3999 x 2500 or less"


def test_there_is_a_limit_for_the_alt_text() -> None:
    [found] = misfits([IMAGE], [ALT + "x"], LIMITS)
    assert found.why == "the alt text of a.png has 51 characters, 50 are allowed"
    assert found.remedy.startswith("shorten it by 1:")


def test_there_is_a_limit_of_pictures() -> None:
    [found] = misfits([IMAGE] * 3, [ALT] * 3, LIMITS)
    assert (found.why, found.remedy) == ("3 pictures, 2 are allowed", "move 1 to another post")


@pytest.mark.parametrize(
    ("file", "words"),
    [(GIF, "a.gif is an animated GIF, which goes out alone"), (FILM, "a.mp4 is a film, which goes out alone")],
)
def test_what_moves_goes_out_alone(file: MediaFile, words: str) -> None:
    [found] = misfits([IMAGE, file], [ALT, ALT], LIMITS)
    assert found.why.startswith(words)
    assert found.remedy == "give it a post of its own"


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    sentences = misfits([replace(IMAGE, data=bytes(101), width=41)], [ALT + "x"], LIMITS)
    assert len(sentences) == 3
