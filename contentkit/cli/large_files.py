"""Files of which git keeps a pointer only (Git LFS): the content lies in the folder, its SHA-256 among git's objects."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from contentkit.files import plain_bytes, plain_file
from contentkit.patterns import regex

LONGEST_POINTER = 1024
_POINTER = regex(rb"version https://git-lfs\.github\.com/spec/v1\n(?:[^\n]*\n){0,8}?oid sha256:([0-9a-f]{64})\n")
_CHUNK = 1024 * 1024


def points_at(pointer: Path, file: Path) -> bool:
    """Whether the first is a pointer at just what the second holds. No link is followed."""
    try:
        match = _POINTER.match(plain_bytes(pointer, LONGEST_POINTER))
        return match is not None and match[1].decode() == _digest(file)
    except OSError:
        return False


def _digest(path: Path) -> str:
    made = hashlib.sha256()
    with plain_file(path) as (handle, _):
        while chunk := os.read(handle, _CHUNK):
            made.update(chunk)
    return made.hexdigest()
