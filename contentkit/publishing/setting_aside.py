"""The journal of one machine on its way to PostgreSQL: closed to everybody first, and set aside when all of it is there.

Whatever ends the program between two steps: here nothing can be sent any more, and there not yet.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.files import settle_folder
from contentkit.publishing.facts import Fact
from contentkit.publishing.identity import check_identity, raise_counter
from contentkit.publishing.moving import Execute
from contentkit.publishing.opening import open_journal, remedy
from contentkit.publishing.schema import JOURNAL_NAME, MOVED_NAME
from contentkit.stamps import stamped


def has_journal_to_move(folder: Path) -> bool:
    """Whether a journal lies in this folder that is not, or not for certain, on PostgreSQL."""
    return (folder / JOURNAL_NAME).exists()


def is_set_aside(folder: Path) -> bool:
    """Whether one was moved from this folder to PostgreSQL, all of it."""
    return (folder / MOVED_NAME).exists()


def close_to_move(folder: Path, clock: Clock, machine: str) -> str:
    """Brings the journal of this machine to the newest form and closes it to everybody, for good; returns its id.

    What a killed run left in ``sending`` is unknown then, as the next run would have it. To be called by who has the
    publisher's lock; what is closed already stays as it is. Raises StateError for a journal that is not this machine's own.
    """
    journal = open_journal(folder, clock, machine)
    try:
        if not journal.known(Fact.MOVING):
            check_identity(folder, journal, machine)
            journal.recover()
            # A copy of the journal from before this moment is an older one, whoever puts it back.
            raise_counter(folder, journal)
            journal.note({Fact.MOVING: stamped(clock.now())})
        return journal.known(Fact.ID)
    finally:
        journal.close()


@contextmanager
def rows_to_move(folder: Path) -> Iterator[Execute]:
    """The tables of the journal that was closed, or set aside already, to be read only. Raises StateError."""
    path = folder / (JOURNAL_NAME if has_journal_to_move(folder) else MOVED_NAME)
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise StateError(f"{path}: cannot be read: {error}", hint=remedy(error)) from None
    connection.row_factory = sqlite3.Row
    try:
        yield connection.execute
    except sqlite3.Error as error:
        raise StateError(f"{path}: cannot be read: {error}", hint=remedy(error)) from None
    finally:
        connection.close()


def set_aside(folder: Path) -> None:
    """Gives the journal, which is closed, a name under which nobody looks for one, durably. Raises StateError."""
    try:
        os.rename(folder / JOURNAL_NAME, folder / MOVED_NAME)  # noqa: PTH104 - in the place of whatever lies there
    except OSError as error:
        raise StateError(
            f"{folder / JOURNAL_NAME}: cannot be renamed: {error.strerror}",
            hint=f"rename it to {MOVED_NAME}, then run the command again",
        ) from None
    settle_folder(folder)
