"""What doctor looks at on this machine: Python, SQLite, time zones."""

from __future__ import annotations

import platform
import sqlite3
import zoneinfo
from collections.abc import Iterator
from pathlib import Path

from contentkit.views.doctor import Finding, error, fine, warning

# The journal's statements return what they changed.
_OLDEST_SQLITE = (3, 35, 0)
# A reset of the write-ahead log could corrupt a database that several programs use; mended in these.
_WAL_MENDED, _WAL_MENDED_IN_BRANCH = (3, 51, 3), {(3, 44): 6, (3, 50): 7}


def look_at_machine() -> Iterator[Finding]:
    """The parts that no project matters to."""
    yield fine("Python", platform.python_version())
    yield about_sqlite(sqlite3.sqlite_version_info, sqlite3.threadsafety)
    yield from _about_zones()


def about_sqlite(version: tuple[int, ...], threads: int) -> Finding:
    """Whether this SQLite does for the journal. ``threads`` is the DB-API's threadsafety: 0 means none at all."""
    told = ".".join(str(number) for number in version)
    if version < _OLDEST_SQLITE:
        return error("SQLite", f"{told} is older than 3.35", "install a Python with a current SQLite")
    if threads == 0:
        return warning("SQLite", f"{told} was built without threads", "install a Python whose SQLite has them")
    if version < _WAL_MENDED and version[2] < _WAL_MENDED_IN_BRANCH.get((version[0], version[1]), 1000):
        return fine(
            "SQLite", f"{told}; its write-ahead logs have a rare fault: the journal uses none, contentkit.db does"
        )
    return fine("SQLite", told)


def _about_zones() -> Iterator[Finding]:
    try:
        zoneinfo.ZoneInfo("Europe/Madrid")
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        yield error("time zones", "this machine has no time zone data", "install the package tzdata")
        return
    system = any(Path(folder, "Europe/Madrid").exists() for folder in zoneinfo.TZPATH)
    yield fine("time zones", "the system's" if system else "those of the package tzdata")
