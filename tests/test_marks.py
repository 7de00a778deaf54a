"""Whether files are still the ones that were looked at."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from contentkit.marks import NOTHING, are_settled, mark_of


def written(path: Path) -> None:
    path.write_text("more")


def replaced(path: Path) -> None:
    beside = path.with_name("beside")
    beside.write_bytes(path.read_bytes())
    beside.replace(path)


def set_back(path: Path) -> None:
    os.utime(path, ns=(0, 0))


def closed_to_others(path: Path) -> None:
    path.chmod(0o600)


@pytest.mark.parametrize("change", [written, replaced, set_back, closed_to_others, Path.unlink])
def test_a_change_changes_the_mark(tmp_path: Path, change: Callable[[Path], None]) -> None:
    path = tmp_path / "file"
    path.write_text("words")
    before = mark_of(path)
    time.sleep(0.02)  # longer than a tick of the kernel
    change(path)
    assert mark_of(path) != before


def test_a_replaced_file_has_another_mark_with_the_same_size_and_time(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("words")
    known = path.stat()
    before = mark_of(path)
    replaced(path)
    os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert mark_of(path) != before


def test_looking_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("words")
    before = mark_of(path)
    assert path.read_text() == "words"
    assert mark_of(path) == before


def test_nothing_has_a_mark_of_its_own(tmp_path: Path) -> None:
    assert mark_of(tmp_path / "none") == NOTHING
    (tmp_path / "file").write_text("")
    assert mark_of(tmp_path / "file") != NOTHING
    assert mark_of(tmp_path / "file" / "below") == NOTHING


def test_marks_are_settled_two_seconds_after_the_last_change(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("words")
    changed = path.stat().st_mtime
    assert not are_settled([mark_of(path)], changed + 1)
    assert are_settled([mark_of(path)], changed + 3)
    assert are_settled([NOTHING], changed)
    os.utime(path, (changed + 9, changed + 9))  # by a clock that goes ahead
    assert not are_settled([mark_of(path)], changed + 3)
    os.utime(path, (0, 0))  # the change itself has a time, too
    assert not are_settled([mark_of(path)], changed + 1)
