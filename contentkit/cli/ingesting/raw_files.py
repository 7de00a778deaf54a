"""Where the raw files of copies lie on this machine: a list in the state folder, because nobody else may know.

It holds names of copies, paths, and when each file was last changed. Nothing in it is derived from what stands in the files:
who has the copy could find out short words from a digest of the whole, and how long they are from its size.
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
    return {name: Path(place) for name, place in _listed(state, "raw").items()}


def raw_changes(state: Path) -> dict[str, str]:
    """Copy to when its raw file was last changed when it was read, as ``last_changed`` tells it. Raises StateError."""
    return _listed(state, "changed")


def _listed(state: Path, what: str) -> dict[str, str]:
    path = state / RAW_NAME
    try:
        listed = json.loads(plain_bytes(path, _LARGEST))
        # Older lists do not say when a file was changed.
        return {
            str(name): str(value) for name, value in (listed["raw"] if what == "raw" else listed.get(what, {})).items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        hint = "move it away, and ingest the raw files again"
        raise StateError(f"{path}: cannot be read", hint=hint) from None


def last_changed(raw: Path) -> str | None:
    """When this file was last changed, in nanoseconds, by itself and by the system; None where nobody can tell.

    An editor or a program that copies may keep the one time; the other only the system sets, and not only for a new content.
    """
    try:
        known = raw.stat()
    except OSError:
        return None
    return f"{known.st_mtime_ns}/{known.st_ctime_ns}"


def remember_raw(state: Path, copy: str, raw: Path, changed: str | None) -> None:
    """Notes where the raw file of a copy lies, and when it was last changed before it was read.

    To be called by whoever is alone. Raises StateError.
    """
    places, changes = raw_files(state), raw_changes(state)
    if places.get(copy) == raw and changes.get(copy) == changed:
        return
    path = state / RAW_NAME
    make_private_file(path)
    changes = {name: at for name, at in changes.items() if name != copy} | (
        {copy: changed} if changed is not None else {}
    )
    named = {name: str(place) for name, place in sorted({**places, copy: raw}.items())}
    listed = {"version": 1, "raw": named, "changed": dict(sorted(changes.items()))}
    try:
        replace_file(path, json.dumps(listed, indent=1).encode(), None)
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
