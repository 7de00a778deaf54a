"""The seal that proves that an approval was made on this machine: an HMAC with a key that never leaves the state folder."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from contentkit.errors import StateError
from contentkit.marks import NOTHING, mark_of

KEY_NAME = "seal.key"


def seal(folder: Path, *, entry: str, digest: str, manifest: str, by: str, at: datetime, trust: str = "local") -> str:
    """The seal of one approval, as hexadecimal digits. Makes the key when there is none yet.

    ``trust`` is what the approval rests on; approvals that were given on this machine never said it.
    """
    stamp = at.astimezone(UTC).isoformat(timespec="milliseconds")
    content = "\0".join((entry, digest, manifest, by, stamp, *([] if trust == "local" else [trust])))
    return hmac.new(_key(folder), content.encode(), hashlib.sha256).hexdigest()


def is_sealed(
    folder: Path, given: str, *, entry: str, digest: str, manifest: str, by: str, at: datetime, trust: str = "local"
) -> bool:
    """True when this seal was made here, for exactly this."""
    made = seal(folder, entry=entry, digest=digest, manifest=manifest, by=by, at=at, trust=trust)
    return hmac.compare_digest(given, made)


def _key(folder: Path) -> bytes:
    path = folder / KEY_NAME
    mark = mark_of(path)
    return _made_key(path) if mark == NOTHING else _existing_key(path, mark)


def _made_key(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except FileExistsError:
        return _existing_key(path, mark_of(path))
    try:
        key = os.urandom(32)
        os.write(handle, key)
        os.fsync(handle)
    except BaseException:
        # An empty key would be taken for a damaged one from now on.
        path.unlink()
        raise
    finally:
        os.close(handle)
    return key


@lru_cache(maxsize=1)
def _existing_key(path: Path, mark: str) -> bytes:  # noqa: ARG001 - with another mark it is read again
    """The key of a file with this mark: of thousands of approvals each is held against it, and it never changes."""
    key = path.read_bytes()
    readable_by_others = os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077
    if len(key) != 32 or readable_by_others:
        raise StateError(
            f"{path}: damaged, or others can read it", hint="remove it; every approval must then be given again"
        )
    return key


def mark_of_key(folder: Path) -> str:
    """What tells one key from another and says nothing about either: hosts whose seals one journal keeps must have the same.

    Makes the key when there is none yet. Raises StateError as ``seal`` does.
    """
    return hmac.new(_key(folder), b"contentkit: which key is this", hashlib.sha256).hexdigest()[:16]
