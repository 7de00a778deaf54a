"""Exif is read as far as its bytes reach, and once: files are made to keep their readers busy."""

from __future__ import annotations

from typing import Any

from contentkit.media.exif import first_exif, orientation_only, read_exif

LYING = b"MM\0*" + b"\0\0\0\10" + b"\xff\xff"


class Counted(bytes):
    """Bytes that know how often somebody looked into them."""

    looks = 0

    def __getitem__(self, key: Any) -> Any:
        self.looks += 1
        return super().__getitem__(key)


def test_a_count_that_lies_costs_no_more_than_the_entries_that_are_there() -> None:
    honest, lying = Counted(LYING[:8] + b"\0\0"), Counted(LYING)
    read_exif(honest)
    read_exif(lying)
    assert lying.looks == honest.looks > 0


def test_the_last_entry_that_is_there_is_read_whatever_the_count_says() -> None:
    block = orientation_only(6)
    assert read_exif(block[:8] + b"\xff\xff" + block[10:]).orientation == 6


def test_only_the_first_block_of_a_picture_is_read() -> None:
    second = Counted(orientation_only(3))
    assert first_exif([orientation_only(6), second]).orientation == 6
    assert second.looks == 0
