"""On what kind of file system a folder lies: locks and durable writes are kept by local ones only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from contentkit.errors import StateError

NETWORKED = {
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "drvfs", "ceph", "glusterfs", "afs",
    "lustre", "ncpfs", "vboxsf", "prl_fs", "virtiofs", "beegfs", "gpfs", "ocfs2", "fuse.sshfs", "fuse.rclone", "fuse.s3fs",
    "fuse.glusterfs", "fuse.vmhgfs-fuse", "fuse.gcsfuse", "fuse.goofys", "fuse.juicefs", "fuse.ceph-fuse",
}  # fmt: skip
_MOUNTINFO = Path("/proc/self/mountinfo")


def refuse_network(folder: Path, mounts: str) -> None:
    """Raises StateError for a folder on a network's file system: two machines could publish, and what is written be lost.

    ``mounts`` is what the system says of its file systems. The folder need not exist.
    """
    kind = file_system_of(Path(os.path.realpath(folder)), mounts)
    if kind in NETWORKED:
        raise StateError(
            f"{folder} lies on a network file system ({kind}), where locks cannot be trusted: nothing is published from there",
            hint="set XDG_STATE_HOME to a folder on a disk of this machine, for cron, too, then 'contentkit doctor'",
        )


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


def mounts_known() -> str:
    """What this system says of its file systems where that costs next to nothing (Linux); else nothing."""
    try:
        return _MOUNTINFO.read_text(errors="replace")
    except OSError:
        return ""


def mounts_here() -> str:
    """What this system says of its file systems; empty where it does not say."""
    if known := mounts_known():
        return known
    import subprocess

    try:
        command = ["/sbin/mount"]
        return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=5, check=False).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
