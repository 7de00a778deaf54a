"""Where folders really lie: on a local disk, on a network, in memory, in a synchronised folder."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from contentkit.views.doctor import Finding, error, warning

_NETWORKED = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "drvfs", "ceph", "glusterfs", "afs",
    "lustre", "ncpfs", "vboxsf", "prl_fs", "virtiofs", "beegfs", "gpfs", "ocfs2",
}  # fmt: skip
_PASSING = {"tmpfs", "ramfs"}
_SYNCHRONISED = re.compile(
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
    if kind in _NETWORKED:
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


def file_system_of(folder: Path, mounts: str) -> str:
    """The kind of the file system that holds this path, by the longest mount point above it; empty when unknown."""
    kinds = dict(_mounted(mounts))
    return next((kinds[str(one)] for one in (folder, *folder.parents) if str(one) in kinds), "")


def _mounted(mounts: str) -> Iterator[tuple[str, str]]:
    """Mount points and kinds, as /proc/self/mountinfo of Linux or the mount command of macOS tell them."""
    for line in mounts.splitlines():
        if linux := re.match(r"\d+ \d+ \S+ \S+ (\S+) .* - (\S+) ", line):
            yield re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), linux[1]), linux[2]
        elif mac := re.match(r".* on (/.*) \((\w+)[,)]", line):
            yield mac[1], mac[2]


def mounts_here() -> str:
    """What this system says of its file systems; empty where it does not say."""
    try:
        return Path("/proc/self/mountinfo").read_text(errors="replace")
    except OSError:
        pass
    try:
        command = ["/sbin/mount"]
        return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=5, check=False).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
