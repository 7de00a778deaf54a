"""What doctor looks at of this machine's private folder: its place, who can look into it, the room on its disk."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from contentkit.cli.doctor.places import about_place
from contentkit.cli.project import Project
from contentkit.disks import mounts_here
from contentkit.publishing.room import LEAST_ROOM
from contentkit.views.doctor import Finding, error, fine, warning

_ROOMY = 200 * 1024 * 1024


def look_at_state(project: Project) -> Iterator[Finding]:
    """The private folder, or where it would be made."""
    about, folder = "state folder", project.state
    wrong = [*about_place(about, folder, mounts_here()), *_about_room(about, folder)]
    if folder.resolve().is_relative_to(project.root.resolve()):
        wrong.append(error(about, f"{folder} lies in the project, which git copies", "move it with XDG_STATE_HOME"))
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        wrong.append(warning(about, f"{folder}: others can look into it", f"chmod 700 {folder}"))
    yield from wrong or [fine(about, f"{folder}{'' if folder.exists() else ', not there yet'}")]


def _about_room(about: str, folder: Path) -> Iterator[Finding]:
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free = shutil.disk_usage(existing).free
    words = f"{free // (1024 * 1024)} MB are free on the disk of {folder}"
    if free < LEAST_ROOM:
        yield error(about, words, "make room: nothing is sent that cannot be recorded first")
    elif free < _ROOMY:
        yield warning(about, words, "make room")
