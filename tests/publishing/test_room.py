"""A disk with so little room that what a run has to record may not find any: a real one in memory, where root may mount it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contentkit.errors import StateError
from contentkit.publishing.room import LEAST_ROOM, refuse_without_room
from tests.publishing.project import ProjectOnDisk
from tests.publishing.stage import THREAD
from tests.servers.compatible_server import CompatibleServer

# Some pages beside what is asked for: names take room, too.
ROOMY = LEAST_ROOM + 64 * 4096


@contextmanager
def _disk(place: Path, size: int) -> Iterator[None]:
    """A disk of so many bytes at this place, with what was there before."""
    kept = place.with_name(f"{place.name}.kept")
    place.rename(kept)
    place.mkdir(mode=0o700)
    mounted = subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "disk", place], check=False)
    if mounted.returncode:
        pytest.skip("only root may mount a disk of its own, and not everywhere")
    try:
        shutil.copytree(kept, place, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["/bin/umount", place], check=True)


def _resized(place: Path, size: int) -> None:
    subprocess.run(["/bin/mount", "-o", f"remount,size={size}", place], check=True)


def test_a_disk_with_room_is_no_reason_to_wait(tmp_path: Path) -> None:
    refuse_without_room(tmp_path)


def test_too_little_room_is_told_with_what_to_do(tmp_path: Path) -> None:
    place = tmp_path / "state"
    place.mkdir()
    with _disk(place, LEAST_ROOM - 4096), pytest.raises(StateError, match="KB are free on its disk") as caught:
        refuse_without_room(place)
    assert "make room" in caught.value.hint


def test_nothing_of_a_thread_leaves_without_room_and_all_of_it_with_room(tmp_path: Path) -> None:
    with CompatibleServer() as server:
        project = ProjectOnDisk.made(tmp_path / "project", server=server.url, token=server.token)
        project.write_draft(list(THREAD))
        project.approve_now()
        with _disk(project.state, LEAST_ROOM):
            done = project.run("post", code=1)
            assert "make room" in done.stderr
            assert server.statuses == []
            _resized(project.state, ROOMY)
            project.run("post")
            assert server.threads() == [list(THREAD)]
