"""Writing to the journal: all of it durably, or nothing; what several threads write at once waits for the disk once.

A commit waits for the disk several times (``opening`` says why), and one after the other they would take longer than networks
do. So a thread that comes while another one writes joins its transaction, and the last to come commits for all of them. Nobody
goes on before that: what a thread has written is durable when it is told so, as if it had been alone.

Meanwhile the others may read it. If it then cannot be kept, nothing more is written over this connection: whoever has drawn a
conclusion from it cannot act, as there is no act without an intent.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from contentkit.errors import StateError
from contentkit.publishing.schema import JOURNAL_NAME


class SharedConnection:
    """The journal's connection, for all threads of a run: one statement at a time, and nothing between those of a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._turn = threading.RLock()
        self._counting = threading.Lock()
        self._coming = 0
        self._batch: _Batch | None = None
        self._has_lost = False

    def execute(self, statement: str, values: Any = ()) -> sqlite3.Cursor:
        """Carries out one statement, and reads all that it gives: as long as a row is still to be read, nobody could commit."""
        with self._turn:
            return self.connection.cursor(_ReadAtOnce).execute(statement, values)

    def execute_noting(self, statement: str, values: Any, note: str, noted: Any) -> sqlite3.Cursor:
        answer = self.execute(statement, values)
        if answer.rowcount:
            self.execute(note, noted)
        return answer

    def take_noting(self, statement: str, values: Any, note: str, noted: Any) -> Any:
        row = self.execute(statement, values).fetchone()
        if row is not None:
            self.execute(f"{note} FROM publications WHERE id = ?", (*noted, row["id"]))
        return row

    def may_send(self, account: str) -> bool:  # noqa: ARG002 - all accounts alike
        """Whoever writes here holds the publisher's lock, and with it all accounts."""
        return True

    def may_begin(self, account: str) -> bool:  # noqa: ARG002
        """Whoever left something in doubt has ended, and the lock with it."""
        return True

    def may_recover(self, account: str) -> bool:  # noqa: ARG002
        return True

    def close(self) -> None:
        with self._turn:
            self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written within is durable after it; an error undoes it.

        Raises StateError when the disk or a lock forbids it, or when something that was written before could not be kept. None
        stands within another one.
        """
        try:
            with self._joined() as batch:
                yield
            batch.wait()
        except sqlite3.OperationalError as error:
            raise StateError(
                f"{JOURNAL_NAME}: {error}", hint="wait for the other command, or free space, and run again"
            ) from error

    @contextmanager
    def _joined(self) -> Iterator[_Batch]:
        """The turn to write, as part of the batch that is open, or of a new one; the last to come ends the batch."""
        self._take_turn()
        try:
            if self._has_lost:
                raise sqlite3.OperationalError("what was written before could not be kept")
            batch = self._batch = self._batch or _Batch(self.connection)
            try:
                with batch.writing():
                    yield batch
            finally:
                if batch.is_lost or not self._coming:
                    self._batch = None
                    batch.end()
                    self._has_lost = self._has_lost or batch.has_lost
        finally:
            self._turn.release()

    def _take_turn(self) -> None:
        """Waits for the turn to write. Whoever ends a part meanwhile leaves the batch open for this thread."""
        if self._turn.acquire(blocking=False):
            return
        with self._counting:
            self._coming += 1
        try:
            self._turn.acquire()
        finally:
            with self._counting:
                self._coming -= 1


class _Batch:
    """One transaction of SQLite, in which each writer's part is undone alone if it fails."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._writers = 0
        self._failure: sqlite3.Error | None = None
        # Held until the end: an Event costs more to make than a short transaction does to write.
        self._open = threading.Lock()
        self._open.acquire()

    @property
    def is_lost(self) -> bool:
        """Whether SQLite has undone all of it, as it does when the disk is full; or it never began."""
        return not self._db.in_transaction

    @property
    def has_lost(self) -> bool:
        """Whether something was undone that a writer had written to its end: others may have read it."""
        return self._failure is not None and self._writers > 0

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer's part. Raises what goes wrong within it, which then is undone."""
        try:
            if not self._db.in_transaction:
                if self._writers:  # a reader's error of the disk undoes what others have written, too
                    raise sqlite3.OperationalError("undone")
                self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("SAVEPOINT part")
            yield
        except BaseException as error:
            if self.is_lost:
                self._failure = (
                    _repeated(error) if isinstance(error, sqlite3.Error) else sqlite3.OperationalError("undone")
                )
            else:
                self._db.execute("ROLLBACK TO part")
                self._db.execute("RELEASE part")
            raise
        self._db.execute("RELEASE part")
        self._writers += 1

    def end(self) -> None:
        """Commits what was written. Raises no error: each writer is told by ``wait``."""
        # Until it is durable it has failed, also for those whose committing thread is interrupted.
        self._failure = self._failure or sqlite3.OperationalError("undone")
        try:
            if not self.is_lost:
                self._db.execute("COMMIT" if self._writers else "ROLLBACK")
                self._failure = None
        except sqlite3.Error as error:
            self._failure = _repeated(error)
            if not self.is_lost:
                self._db.execute("ROLLBACK")
        finally:
            self._open.release()

    def wait(self) -> None:
        """Comes back when it is durable. Raises what kept it from being so."""
        with self._open:  # as soon as it has ended
            pass
        if self._failure is not None:
            raise _repeated(self._failure)


def _repeated(error: sqlite3.Error) -> sqlite3.Error:
    """The same error for another thread, without the way that this one came."""
    return type(error)(*error.args)


class _ReadAtOnce(sqlite3.Cursor):
    """A cursor that has read all its rows when its statement has been carried out."""

    def execute(self, statement: str, values: Any = ()) -> _ReadAtOnce:
        try:
            super().execute(statement, values)
            self._rows = iter(super().fetchall())
        except BaseException:
            # Whoever still holds the error would hold the statement, and with it SQLite's lock on the file.
            self.close()
            raise
        return self

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> _ReadAtOnce:
        return self

    def __next__(self) -> Any:
        return next(self._rows)
