"""What the journal needs of a database: SQLite's own connection, shared by the threads of a run, or PostgreSQL's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

# The stamp of the moment from which on a planned part may move. PostgreSQL finds it in an index only in these words: what else
# is called could tell one team of another's rows, and comes after its policies.
TURN = """CASE WHEN not_before > CASE WHEN moved_to IS NULL THEN due ELSE moved_to END THEN not_before
WHEN moved_to IS NULL THEN due ELSE moved_to END"""


class Row(Protocol):
    """One row, by the names of its columns or their numbers."""

    def keys(self) -> list[str]: ...

    def __getitem__(self, key: Any, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...


class Answer(Protocol):
    """What a statement gave, and how many rows it changed."""

    @property
    def rowcount(self) -> int: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[Any]: ...

    def __iter__(self) -> Iterator[Any]: ...


class Database(Protocol):
    """An open database. What is written within a ``transaction`` is durable after it, and undone by an error; none stands within
    another one. Statements are in SQLite's words."""

    def execute(self, statement: str, values: Any = ..., /) -> Answer: ...

    def execute_noting(self, statement: str, values: Any, note: str, noted: Any, /) -> Answer:
        """Carries out a statement that writes, and where it found a row, an ``INSERT … SELECT ?, …`` that notes it.

        Both take their values by turns. Of the answer only the number of rows counts, which is that of the first.
        """
        ...

    def take_noting(self, statement: str, values: Any, note: str, noted: Any, /) -> Row | None:
        """Carries out an ``UPDATE publications … RETURNING *`` that finds one row at most, and notes it as above; the note may
        name its columns, as they are then. Gives the row."""
        ...

    def transaction(self) -> AbstractContextManager[None]: ...

    def may_send(self, account: str) -> bool:
        """The right to send for this account, as part of the caller's transaction; nobody else has it then."""
        ...

    def may_begin(self, account: str) -> bool:
        """Whether nothing that is in doubt on this account could still leave after what begins now."""
        ...

    def may_recover(self, account: str) -> bool:
        """Whether what is on its way for this account was left behind: nobody who lives may have it in hand."""
        ...

    def close(self) -> None: ...
