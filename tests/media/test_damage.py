"""Whatever stands in a file: one clear refusal, or a picture that shows what the file shows. Never a crash."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentkit.media.container import Cleaned, Unfit
from contentkit.media.kinds import cleaned
from tests.media import pictures

FILMS = Path(__file__).parent / "films"
PICTURES = [
    pictures.jpeg(),
    pictures.jpeg(progressive=True),
    pictures.png(),
    pictures.png(mode="P"),
    pictures.webp(),
    pictures.webp(mode="RGB"),
    pictures.gif(1),
]
# Of a damaged animation Pillow itself may skip a frame, which makes it no judge.
FILES = PICTURES + [pictures.gif(3)] + [path.read_bytes() for path in sorted(FILMS.iterdir())]
NUMBERS = [b"\0\0\0\0", b"\0\0\0\1", b"\0\0\0\7", b"\xff\xff\xff\xff", b"\x7f" + b"\xff" * 7]


@st.composite
def damaged(draw: st.DrawFn, files: list[bytes]) -> bytes:
    """A real file with a few bytes changed, lost, doubled, or replaced by numbers that lie."""
    data = bytearray(draw(st.sampled_from(files)))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(data) - 1, 0)))
        length = draw(st.integers(1, 40))
        harm = draw(st.sampled_from(["change", "lose", "double", "lie", "end"]))
        if harm == "change":
            data[at : at + 1] = bytes([draw(st.integers(0, 255))])
        elif harm == "lose":
            del data[at : at + length]
        elif harm == "double":
            data[at:at] = data[at : at + length]
        elif harm == "lie":
            number = draw(st.sampled_from(NUMBERS))
            data[at : at + len(number)] = number
        else:
            del data[at:]
    return bytes(data)


def cleaned_or_none(data: bytes) -> Cleaned | None:
    try:
        return cleaned(data)
    except Unfit:
        return None


@given(damaged(FILES))
def test_a_damaged_file_is_refused_or_cleaned_for_good(data: bytes) -> None:
    once = cleaned_or_none(data)
    if once:
        twice = cleaned(once.data)
        assert (twice.data, twice.removed) == (once.data, ())


@given(damaged(PICTURES))
def test_what_is_still_shown_of_a_damaged_picture_is_shown_after_cleaning(data: bytes) -> None:
    once = cleaned_or_none(data)
    if once:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                before = pictures.frames_of(data)
            except Exception:  # what cannot be shown cannot be compared; decoders fail in many ways
                return
            assert pictures.frames_of(once.data) == before


@given(
    st.binary(max_size=200),
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF....WEBP", b"....ftypisom", b"....moov"]),
)
def test_noise_behind_a_true_beginning_never_crashes(noise: bytes, beginning: bytes) -> None:
    cleaned_or_none(beginning + noise)


@pytest.mark.parametrize("data", FILES)
def test_no_half_of_a_file_crashes(data: bytes) -> None:
    for end in range(0, len(data), max(1, len(data) // 300)):
        cleaned_or_none(data[:end])
