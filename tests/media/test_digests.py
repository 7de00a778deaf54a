"""A thread is checked at each of its parts: a picture is read again only when its file changed, and then always."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from contentkit.errors import ContentError
from contentkit.media import load_media
from contentkit.media.digests import Digests
from tests.media import pictures
from tests.media.pictures import put

# Two pictures of one length, so that it does not tell them apart.
ONE, OTHER = pictures.png(1), pictures.png(2)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    put(tmp_path, "chart.png", ONE)
    return tmp_path


def test_a_digest_is_of_what_is_sent(project: Path) -> None:
    assert Digests().of("chart.png", project) == load_media("chart.png", project).digest


def _written_in_place(picture: Path) -> None:
    before = picture.stat()
    picture.write_bytes(OTHER)
    os.utime(picture, ns=(before.st_atime_ns, before.st_mtime_ns + 1))


def _another_in_its_place(picture: Path) -> None:
    before = picture.stat()
    other = picture.with_name("other.png")
    other.write_bytes(OTHER)
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(picture)


def _folder_moved(picture: Path) -> None:
    folder = picture.parent
    other = folder.with_name("other")
    other.mkdir()
    (other / picture.name).write_bytes(OTHER)
    shutil.rmtree(folder)
    other.rename(folder)


@pytest.mark.parametrize("edit", [_written_in_place, _another_in_its_place, _folder_moved])
def test_an_edited_picture_is_read_again(tmp_path: Path, edit: Callable[[Path], None]) -> None:
    assert len(ONE) == len(OTHER)
    put(tmp_path, "images/chart.png", ONE)
    digests = Digests()
    before = digests.of("images/chart.png", tmp_path)
    edit(tmp_path / "images/chart.png")
    now = digests.of("images/chart.png", tmp_path)
    assert now == load_media("images/chart.png", tmp_path).digest != before


def test_a_picture_that_became_a_link_is_refused(project: Path) -> None:
    digests = Digests()
    digests.of("chart.png", project)
    (project / "chart.png").rename(project / "moved.png")
    (project / "chart.png").symlink_to("moved.png")
    with pytest.raises(ContentError, match="symbolic link"):
        digests.of("chart.png", project)


def test_the_same_path_in_another_project_is_another_picture(project: Path) -> None:
    put(project, "fork/chart.png", OTHER)
    digests = Digests()
    assert digests.of("chart.png", project) != digests.of("chart.png", project / "fork")


def _bytes_read() -> int:
    """How many bytes this process has read from files so far, as the kernel counts them."""
    lines = Path("/proc/self/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["rchar"])


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has read")
def test_an_unchanged_picture_is_read_once(tmp_path: Path) -> None:
    large = ONE + bytes(1_000_000)
    put(tmp_path, "large.png", large)
    digests, before = Digests(), _bytes_read()
    for _ in range(20):
        digests.of("large.png", tmp_path)
    assert len(large) <= _bytes_read() - before < 2 * len(large)
