"""The folder in which one life after the other is lived: a machine's state folder and project in one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from contentkit.clock import Clock, SystemClock
from contentkit.publishing.journal import Journal
from contentkit.publishing.opening import open_journal
from contentkit.publishing.schema import JOURNAL_NAME
from contentkit.publishing.transactions import SharedConnection
from tests.publishing.simulation.program import MACHINE

# Where SQLite notes in the file that its content changed, twice: what it remembers of the one before is dropped then.
_COUNTERS = (24, 92)
# More changes than any life makes by itself.
_APART = 100_000


class StatePlace:
    """A real journal in a real file, which is emptied by writing the content of an empty one over it.

    To open a journal and prepare its statements anew takes longer than to live a short life. So the connection stays open, also
    over deaths: SQLite keeps nothing that the file does not have, as no transaction is ever open where a program may die.
    Nobody else opens the file. So the connection keeps SQLite's lock on it, instead of taking it for each statement: eight
    times as many reads in a second, and each transaction is on the file as ever.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._path = folder / JOURNAL_NAME
        self._open(SystemClock())
        self._empty = self._path.read_bytes()
        self._changes = 0

    def empty(self) -> None:
        """Nothing of an earlier life is left."""
        for file in self.folder.iterdir():
            if file != self._path:
                file.unlink()
        self.put(self._empty)

    def lose(self) -> None:
        """The journal is gone, and an empty one stands in its place, as opening it again would make it."""
        self.put(self._empty)

    def put(self, content: bytes) -> None:
        """The journal has this content now, and nothing half-written waits to be undone."""
        self._lock("NORMAL")
        self._path.with_name(f"{JOURNAL_NAME}-journal").unlink(missing_ok=True)
        self._changes = (self._changes + _APART) % 2**32
        changed = bytearray(content)
        for place in _COUNTERS:
            changed[place : place + 4] = self._changes.to_bytes(4, "big")
        with self._path.open("r+b") as file:
            file.write(changed)
            file.truncate()
        self._lock("EXCLUSIVE")

    def journal(self, clock: Clock) -> Journal:
        return Journal(SharedConnection(self._connection), clock, MACHINE)

    def reopen(self, clock: Clock) -> Journal:
        """The journal as the next process really opens it."""
        self._connection.close()
        # What a failed run still refers to would keep its lock on the file; in a process of its own it would not.
        content = self._path.read_bytes()
        self._path.unlink()
        self._path.write_bytes(content)
        self._open(clock)
        return self.journal(clock)

    def _open(self, clock: Clock) -> None:
        database = open_journal(self.folder, clock, MACHINE)._db
        assert isinstance(database, SharedConnection)
        self._connection: sqlite3.Connection = database.connection
        self._lock("EXCLUSIVE")

    def _lock(self, mode: str) -> None:
        """SQLite takes a lock, and gives it back, with the next look at the file."""
        self._connection.execute(f"PRAGMA locking_mode = {mode}").fetchone()
        self._connection.execute("SELECT count(*) FROM meta").fetchone()

    @property
    def version(self) -> object:
        """Another one after whatever was written, and within a transaction: that may be undone."""
        db = self._connection
        return object() if db.in_transaction else (db, self._changes, db.total_changes)

    @property
    def is_in_transaction(self) -> bool:
        return self._connection.in_transaction

    @property
    def content(self) -> bytes:
        return self._path.read_bytes()

    def close(self) -> None:
        self._connection.close()
