"""The journal's connection as the simulation has it: what was read is read again only once its tables were written to.

A run asks the same of the same rows many times, as another program may have written between. Here nobody can unseen: what a
statement gave for its values stands until something writes to one of the tables that it reads, which SQLite itself names. Within
a transaction nothing is remembered of tables that it wrote to, as it may be undone.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from contentkit.publishing.schema import STEPS
from contentkit.publishing.statements import Answer
from contentkit.publishing.transactions import SharedConnection

_WRITING = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})


class Memory:
    """What was read of one file, over one connection at a time."""

    def __init__(self) -> None:
        self._empty = sqlite3.connect(":memory:", check_same_thread=False)
        for step in STEPS:
            self._empty.executescript(step)
        self._writes = 0
        self._written: dict[str, int] = defaultdict(int)
        # What the open transaction wrote to.
        self._undoable: set[str] = set()
        self._known: dict[tuple[str, Sequence[object]], tuple[int, list[Any]]] = {}
        self._tables: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def forget(self) -> None:
        """The file has another content now."""
        self._writes += 1
        self._written = defaultdict(lambda writes=self._writes: writes)  # type: ignore[misc]
        self._known.clear()

    def written(self, *tables: str) -> int:
        """Another number after each statement that wrote to one of these tables."""
        return max(map(self._written.__getitem__, tables), default=0)

    def execute(self, db: SharedConnection, statement: str, values: Sequence[object]) -> Answer:
        """What the statement gives, or gave when it was last read."""
        read, written = self._tables.get(statement) or self._tables_of(statement, values)
        if not db.connection.in_transaction:
            self._undoable.clear()
        if written:
            self._writes += 1
            self._written.update(dict.fromkeys(written, self._writes))
            self._undoable |= written
            return db.execute(statement, values)
        since, rows = self._known.get((statement, values), (-1, []))
        if since < self.written(*read):
            rows = db.execute(statement, values).fetchall()
            if self._undoable.isdisjoint(read):
                self._known[statement, values] = self._writes, rows
        return _Rows(rows)

    def _tables_of(self, statement: str, values: Sequence[object]) -> tuple[frozenset[str], frozenset[str]]:
        """Those that it reads and those that it writes to, with what its triggers do: SQLite asks leave for each."""
        read, written = set[str](), set[str]()

        def allow(action: int, table: str | None, *_: object) -> int:
            if table and action == sqlite3.SQLITE_READ:
                read.add(table)
            if table and action in _WRITING:
                written.add(table)
            return sqlite3.SQLITE_OK

        self._empty.set_authorizer(allow)
        self._empty.execute(f"EXPLAIN {statement}", values)
        tables = self._tables[statement] = frozenset(read), frozenset(written)
        return tables


class RememberingConnection:
    """The journal's own connection, and what was read of its file."""

    def __init__(self, connection: sqlite3.Connection, memory: Memory) -> None:
        self._db = SharedConnection(connection)
        self._memory = memory
        self.may_send, self.may_begin, self.may_recover = self._db.may_send, self._db.may_begin, self._db.may_recover

    def execute(self, statement: str, values: Sequence[object] = ()) -> Answer:
        return self._memory.execute(self._db, statement, values)

    def execute_noting(self, statement: str, values: Sequence[object], note: str, noted: Sequence[object]) -> Answer:
        answer = self.execute(statement, values)
        if answer.rowcount:
            self.execute(note, noted)
        return answer

    def transaction(self) -> AbstractContextManager[None]:
        return self._db.transaction()

    def close(self) -> None:
        self._db.close()


class _Rows:
    """The rows of a statement that only reads, as a cursor gives them."""

    rowcount = -1

    def __init__(self, rows: list[Any]) -> None:
        self._rows = iter(rows)

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def __iter__(self) -> Iterator[Any]:
        return self._rows
