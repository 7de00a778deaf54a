"""Room on the disk for what a run has to record: without it nothing is begun that could not be noted to its end."""

from __future__ import annotations

import os
from pathlib import Path

from contentkit.errors import StateError

# A thread with its pictures takes a few hundred kilobytes; other programs fill a disk meanwhile.
LEAST_ROOM = 10 * 1024 * 1024


def refuse_without_room(folder: Path) -> None:
    """Raises StateError when there is too little room on this folder's disk to publish."""
    disk = os.statvfs(folder)
    free = disk.f_bavail * disk.f_frsize
    if free < LEAST_ROOM:
        raise StateError(
            f"{folder}: {free // 1024} KB are free on its disk",
            hint=f"make room: nothing is sent while it is less than {LEAST_ROOM // (1024 * 1024)} MB",
        )
