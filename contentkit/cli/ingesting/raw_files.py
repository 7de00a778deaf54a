"""Where the raw files of copies lie on this machine: a list in the state folder, because nobody else may know.

It holds names of copies and paths, and nothing of what stands in the files: no words, no digests.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contentkit.errors import ContentError, StateError
from contentkit.files import make_private_file, plain_bytes, replace_file
from contentkit.places import make_private_folder

RAW_NAME = "raw.json"
_LOCK_NAME = "ingest.lock"
_LARGEST = 8 * 1024 * 1024


def raw_files(state: Path) -> dict[str, Path]:
    """Copy to raw file, as this machine knows them; none where nothing was ever ingested. Raises StateError."""
    path = state / RAW_NAME
    try:
        named = json.loads(plain_bytes(path, _LARGEST))["raw"]
        return {str(name): Path(place) for name, place in named.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        hint = "move it away, and ingest the raw files again"
        raise StateError(f"{path}: cannot be read", hint=hint) from None


def remember_raw(state: Path, copy: str, raw: Path) -> None:
    """Notes where the raw file of a copy lies; to be called by whoever is alone. Raises StateError."""
    known = raw_files(state)
    if known.get(copy) == raw:
        return
    path = state / RAW_NAME
    make_private_file(path)
    named = {name: str(place) for name, place in sorted({**known, copy: raw}.items())}
    try:
        replace_file(path, json.dumps({"version": 1, "raw": named}, indent=1).encode(), None)
    except ContentError as error:
        raise StateError(error.message, hint=error.hint) from None


@contextmanager
def alone(state: Path) -> Iterator[None]:
    """Waits until no other command writes copies of this project. The system's lock ends with the process."""
    make_private_folder(state)
    try:
        import fcntl
    except ImportError:
        yield  # where there are no such locks, two at once are told by the file that exists already
        return
    try:
        handle = os.open(state / _LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StateError(
            f"{state / _LOCK_NAME}: cannot be opened: {error.strerror}", hint="make its folder one of yours"
        ) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
