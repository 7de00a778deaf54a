"""Opening the journal: private, durable, of a known format.

Durability: ``journal_mode=DELETE`` with ``synchronous=EXTRA`` (and ``fullfsync`` on macOS). Python's default,
``FULL``, can lose an intent on power loss after the post has left, because the deletion of the rollback file is not
durable; WAL would do too, but the SQLite of current distributions has a known WAL fault. The values are read back.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.publishing.journal import Journal
from contentkit.publishing.schema import JOURNAL_NAME, MOVED_NAME, STEPS
from contentkit.publishing.transactions import SharedConnection

PRAGMAS = {
    "journal_mode": ("DELETE", "delete"),
    "synchronous": ("EXTRA", 3),
    "fullfsync": ("ON", 1),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
}


def open_journal(folder: Path, clock: Clock, machine: str) -> Journal:
    """The journal in this private folder, created or brought up to date when needed.

    Raises StateError when it is damaged, newer than this program, cannot be made durable, or was moved away.
    """
    path = folder / JOURNAL_NAME
    _refuse_moved(folder)
    try:
        # SQLite would create it readable for others.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        connection = sqlite3.connect(path, isolation_level=None, timeout=5, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        try:
            _make_durable(connection, path)
            _bring_up_to_date(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StateError(f"{path}: cannot be used: {error}", hint=remedy(error)) from error
    return Journal(SharedConnection(connection), clock, machine)


def remedy(error: Exception) -> str:
    """What to do about a journal that cannot be used: a busy or full disk passes, a damaged file does not."""
    if any(word in str(error) for word in ("locked", "busy", "full", "disk I/O", "readonly", "unable to open")):
        return "wait for the other program, or make room, and run again"
    # One error of the disk while it is read looks the same as damage that stays.
    return "run it again; if it stays so, restore it from a backup and run 'contentkit takeover'"


def _refuse_moved(folder: Path) -> None:
    moved = folder / MOVED_NAME
    if not (folder / JOURNAL_NAME).exists() and moved.exists():
        raise StateError(
            f"{moved}: this journal was moved to PostgreSQL",
            hint="name the database in machine.toml; or, to publish from this machine alone again, close the workspace with"
            " 'contentkit scale remove', move this file away, and run 'contentkit takeover'",
        )


def _make_durable(connection: sqlite3.Connection, path: Path) -> None:
    for name, (wanted, expected) in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != expected:
            raise StateError(
                f"{path}: SQLite does not accept {name} = {wanted}", hint="use a local disk and a current SQLite"
            )


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) > len(STEPS):
        raise StateError(
            f"{path}: written by a newer contentkit (format {_version(connection)}, this one knows {len(STEPS)})",
            hint="update contentkit",
        )
    while _version(connection) < len(STEPS):
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have done this step while we waited for the lock.
        done = _version(connection)
        for statement in _statements(STEPS[done]) if done < len(STEPS) else ():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {min(done + 1, len(STEPS))}")
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; triggers hold semicolons of their own."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""
