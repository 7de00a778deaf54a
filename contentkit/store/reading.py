"""Opening an SQLite database for reading alone: nothing is made, repaired or brought up to date by looking."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from contentkit.errors import StateError

_PATIENCE = 5.0


@contextmanager
def read_only(path: Path, remedy: Callable[[Exception], str]) -> Iterator[sqlite3.Connection]:
    """The database at this path; its rows can be asked by name.

    Raises StateError for whatever cannot be done with it, with what ``remedy`` says to do about SQLite's error.
    """
    try:
        # A write-ahead log that nobody is writing to is read past: opening it would make files beside it.
        quiet = "&immutable=1" if _is_logged(path) and not path.with_name(f"{path.name}-wal").exists() else ""
        address = f"{path.absolute().as_uri()}?mode=ro{quiet}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE)
        connection.row_factory = sqlite3.Row
        with closing(connection):
            yield connection
    except sqlite3.DatabaseError as problem:
        what = "a command was killed while it wrote" if is_half_written(problem) else f"cannot be read: {problem}"
        raise StateError(f"{path}: {what}", hint=remedy(problem)) from None


@contextmanager
def one_moment(path: Path, remedy: Callable[[Exception], str]) -> Iterator[sqlite3.Connection]:
    """The database as it was at one moment, for as long as it is read and whoever writes meanwhile. Nothing can be written to it.

    Raises StateError as ``read_only`` does.
    """
    if not os.access(path.parent, os.W_OK):
        with read_only(path, remedy) as connection:
            yield connection
        return
    try:
        # As a reader among others: whoever opens the file for reading alone past its log may see half of a transaction.
        address = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("BEGIN")
            version_of(connection)  # the first look begins the moment
            yield connection
    except sqlite3.DatabaseError as problem:
        raise StateError(f"{path}: cannot be read: {problem}", hint=remedy(problem)) from None


def is_half_written(problem: Exception) -> bool:
    """Whether the database only needs what the next writer does by itself, and a reader may not."""
    return isinstance(problem, sqlite3.OperationalError) and "readonly" in str(problem)


def version_of(connection: sqlite3.Connection) -> int:
    """How many steps of its history the database has taken."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def damage_in(connection: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the file; empty when nothing is."""
    told = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if told == "ok" else told


def _is_logged(path: Path) -> bool:
    """Whether the database keeps a write-ahead log, as bytes 18 and 19 of its file say."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"
