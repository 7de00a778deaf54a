"""Files that can be made again, read as their owner's and replaced in one step: nothing waits for the disk."""

from __future__ import annotations

import os
import stat
from _thread import get_native_id


def put_fleeting(folder: str, name: str, words: bytes) -> None:
    """Puts a file for its owner only in the place of the last one of this name. Raises OSError, and leaves nothing behind then.

    It is written beside its place under a name that no other thread of this machine has now: of two that put it there at one
    time, one wins.
    """
    beside, place = f"{folder}/.{name}.{get_native_id()}", f"{folder}/{name}"
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        try:
            while words:  # a disk that gets full takes a part, and refuses the rest
                words = words[os.write(handle, words) :]
        finally:
            os.close(handle)
        os.replace(beside, place)  # noqa: PTH105 - see contentkit.marks
    except OSError:
        os.unlink(beside)  # noqa: PTH108 - see contentkit.marks
        raise


def bytes_of(path: str, largest: int, *, own: bool = False) -> bytes:
    """The bytes of a plain file; with ``own`` of one that nobody else could have written, and no link. Raises OSError, and
    ValueError for any other."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK
    handle = os.open(path, flags | os.O_NOFOLLOW if own else flags)
    try:
        known = os.fstat(handle)
        if not stat.S_ISREG(known.st_mode) or known.st_size > largest:
            raise ValueError("no plain file, or too large")
        if own and (known.st_uid != os.geteuid() or known.st_mode & 0o022):
            raise ValueError("others could have written it")
        return os.read(handle, known.st_size)
    finally:
        os.close(handle)
