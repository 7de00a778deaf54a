"""A copy of contentkit.db as it was at one moment, made while others write to it."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from contentkit.errors import ContentError, StateError
from contentkit.files import place_new
from contentkit.store.database import DATABASE_NAME, refuse_links, remedy
from contentkit.store.reading import one_moment

# So many pages are copied before Python has its turn again, and with it Ctrl-C.
_AT_ONCE = 5_000


def name_of_backup(now: datetime) -> str:
    """``contentkit-2026-11-23T063000Z.db``: names that sort as time does, and that every file system takes."""
    return f"contentkit-{now.astimezone(UTC):%Y-%m-%dT%H%M%SZ}.db"


def back_up(root: Path, target: Path) -> int:
    """Copies the project's database to a new file for its owner only; returns its size in bytes.

    The file is there as a whole or not at all. Raises ContentError when there is one already, StateError when the database cannot
    be read or the file not be written.
    """
    refuse_links(root)
    if os.path.lexists(target):
        raise ContentError(f"{target}: exists already", hint="choose another name: a backup replaces nothing")
    temporary = _private_beside(target)
    try:
        with one_moment(root / DATABASE_NAME, remedy) as source:
            _copy(source, temporary, target)
        size = temporary.stat().st_size
        place_new(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    return size


def _private_beside(target: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from None
    os.close(handle)
    return Path(name)


def _copy(source: sqlite3.Connection, temporary: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
            # It is whole before it gets its name: until then nobody needs a way back.
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy, pages=_AT_ONCE, progress=lambda *_: None)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
    except sqlite3.OperationalError as error:
        if any(words in str(error) for words in ("full", "disk I/O", "unable to open")):
            raise _unwritable(target, str(error)) from None
        raise
    except OSError as error:
        raise _unwritable(target, error.strerror or str(error)) from None


def _unwritable(target: Path, why: str) -> StateError:
    return StateError(
        f"{target}: cannot be written: {why}", hint="make room, or name a file in a folder that you may write to"
    )
