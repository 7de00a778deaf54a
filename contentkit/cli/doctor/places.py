"""Where folders really lie: on a local disk, on a network, in memory, in a synchronised folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from contentkit.disks import NETWORKED, file_system_of
from contentkit.patterns import regex
from contentkit.views.doctor import Finding, error, warning

_PASSING = {"tmpfs", "ramfs"}
_SYNCHRONISED = regex(
    r"dropbox.*|onedrive.*|google ?drive.*|my drive|icloud.*|mobile documents|cloudstorage|nextcloud.*|owncloud.*"
    r"|pcloud.*|mega|megasync|syncthing|seafile|box sync|yandex\.disk|creative cloud files",
    re.I,
)
# What these programs leave in the folder that they keep in step.
_MARKERS = (".stfolder", ".dropbox", ".dropbox.cache", ".nextcloudsync.log", ".sync")


def about_place(about: str, folder: Path, mounts: str) -> Iterator[Finding]:
    """What is wrong with the place of a folder that must be on a local disk and in nobody's synchronised folder.

    ``mounts`` is what the system says of its file systems. The folder need not exist.
    """
    real = Path(os.path.realpath(folder))
    kind = file_system_of(real, mounts)
    move = "move it with XDG_STATE_HOME to a local disk"
    if kind in NETWORKED:
        yield error(about, f"{folder} lies on a network file system ({kind}), where locks cannot be trusted", move)
    elif kind in _PASSING:
        yield warning(about, f"{folder} lies in memory ({kind}): a restart of the machine loses it", move)
    elif kind.startswith("fuse.") or kind in ("fuse", "osxfuse", "macfuse"):
        yield warning(about, f"{folder} lies on {kind}: nobody knows how it keeps locks", move)
    if name := synchronised_by(real):
        yield error(
            about,
            f"{folder} lies in a synchronised folder ({name}), which brings old copies back",
            "move it with XDG_STATE_HOME to a folder of this machine alone",
        )


def synchronised_by(folder: Path) -> str:
    """What keeps this folder in step with other machines, as far as names and markers tell; else nothing."""
    for one in (folder, *folder.parents):
        if _SYNCHRONISED.fullmatch(one.name):
            return one.name
        if one != Path(one.anchor) and (marker := next((name for name in _MARKERS if (one / name).exists()), "")):
            return f"{one / marker}"
    return ""
