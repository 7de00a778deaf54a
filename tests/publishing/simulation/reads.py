"""The journal's connection as the simulation has it: what was read is read again only once its tables were written to.

A run asks the same of the same rows many times, as another program may have written between. Here nobody can unseen: what a
statement gave for its values stands until something writes to one of the tables that it reads, which SQLite itself names. Within
a transaction nothing is remembered of tables that it wrote to, as it may be undone.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from contentkit.publishing.schema import STEPS
from contentkit.publishing.statements import Answer
from contentkit.publishing.transactions import SharedConnection

_WRITING = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})


class Memory:
    """What was read of one file, over one connection at a time: the rows of each statement that only reads, by its values."""

    def __init__(self) -> None:
        self._empty = sqlite3.connect(":memory:", check_same_thread=False)
        for step in STEPS:
            self._empty.executescript(step)
        self.known: dict[str, dict[Sequence[object], list[Any]]] = {}
        self._tables: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        # Of each table: how often it was written to, and what was read of it since.
        self._writes: Counter[str] = Counter()
        self._since: defaultdict[str, list[dict[Sequence[object], list[Any]]]] = defaultdict(list)
        # What the open transaction wrote to, or the last one.
        self._undoable: set[str] = set()

    def forget(self) -> None:
        """The file has another content now."""
        self._wrote(set(self._since) | set(self._writes))

    def version(self, table: str) -> int:
        """Another number after whatever was written to this table."""
        return self._writes[table]

    def execute(self, db: SharedConnection, statement: str, values: Sequence[object]) -> Answer:
        """Carries out a statement, and remembers what it reads."""
        read, written = self._tables.get(statement) or self._tables_of(statement, values)
        if written:
            self._wrote(written)
            self._undoable |= written
            return db.execute(statement, values)
        rows = db.execute(statement, values).fetchall()
        if not db.connection.in_transaction:
            self._undoable.clear()
        if self._undoable.isdisjoint(read):
            known = self.known.setdefault(statement, {})
            known[values] = rows
            for table in read:
                self._since[table].append(known)
        return Rows(rows)

    def _wrote(self, tables: Iterable[str]) -> None:
        for table in tables:
            self._writes[table] += 1
            for known in self._since.pop(table, ()):
                known.clear()

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
        known = self._memory.known.get(statement)
        rows = known.get(values) if known else None
        return self._memory.execute(self._db, statement, values) if rows is None else Rows(rows)

    def execute_noting(self, statement: str, values: Sequence[object], note: str, noted: Sequence[object]) -> Answer:
        answer = self.execute(statement, values)
        if answer.rowcount:
            self.execute(note, noted)
        return answer

    def take_noting(self, statement: str, values: Sequence[object], note: str, noted: Sequence[object]) -> Any:
        row = self.execute(statement, values).fetchone()
        if row is not None:
            self.execute(f"{note} FROM publications WHERE id = ?", (*noted, row["id"]))
        return row

    def transaction(self) -> AbstractContextManager[None]:
        return self._db.transaction()

    def close(self) -> None:
        self._db.close()


class Rows:
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
