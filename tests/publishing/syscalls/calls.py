"""The names of Linux's system calls on this machine, as far as tests ask for them by name."""

from __future__ import annotations

import platform

# Number on x86_64, number on aarch64; the kernel never changes them. What a machine does not have has none.
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63),
    "write": (1, 64),
    "open": (2, None),
    "close": (3, 57),
    "poll": (7, None),
    "lseek": (8, 62),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "writev": (20, 66),
    "dup": (32, 23),
    "socket": (41, 198),
    "connect": (42, 203),
    "sendto": (44, 206),
    "recvfrom": (45, 207),
    "sendmsg": (46, 211),
    "recvmsg": (47, 212),
    "fcntl": (72, 25),
    "flock": (73, 32),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "ftruncate": (77, 46),
    "rename": (82, None),
    "mkdir": (83, None),
    "link": (86, None),
    "unlink": (87, None),
    "fchmod": (91, 52),
    "openat": (257, 56),
    "ppoll": (271, 73),
    "mkdirat": (258, 34),
    "unlinkat": (263, 35),
    "renameat": (264, 38),
    "linkat": (265, 37),
    "fallocate": (285, 47),
    "renameat2": (316, 276),
}
_ARCHITECTURES = ("x86_64", "aarch64")
# What others can see the effect of. To be killed before any other call is to be killed before the next one of these.
CHANGING = frozenset({
    "write", "pwrite64", "writev", "socket", "connect", "sendto", "recvfrom", "sendmsg", "recvmsg", "fcntl", "flock",
    "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "link", "linkat", "unlink",
    "unlinkat", "fchmod", "fallocate",
})  # fmt: skip
# What makes or opens a file, sends or receives: by what it does, whatever this machine calls it.
OPENING = ("open", "openat")
REMOVING = ("unlink", "unlinkat")
MAKING = ("mkdir", "mkdirat")
RENAMING = ("rename", "renameat", "renameat2")
WRITING = ("write", "pwrite64")
SYNCING = ("fsync", "fdatasync")


def is_known_here() -> bool:
    """Whether this machine's numbers are in the table."""
    return platform.machine() in _ARCHITECTURES


def numbers() -> dict[int, str]:
    """Name by number on this machine. Raises ValueError on one that the table does not know."""
    column = _ARCHITECTURES.index(platform.machine())
    return {pair[column]: name for name, pair in _NUMBERS.items() if pair[column] is not None}  # type: ignore[misc]
