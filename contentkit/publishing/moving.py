"""The rows of a whole journal: copied from one database to another, and compared there with what they were.

Numbers stay as they are: idempotency keys, seals and the ledger's attempts are made of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from contentkit.publishing.facts import Fact
from contentkit.values import dataclass

Execute = Callable[[str, Sequence[Any]], Any]

# Each table with what tells its rows from each other; a table comes behind those that it refers to.
TABLES: Mapping[str, str] = {
    "meta": "key",
    "approvals": "id",
    "accounts": "name",
    "publications": "id",
    "attempts": "id",
    "notices": "id",
    "claims": "publication",
    "ledger": "id",
    "revocations": "id",
    "amendments": "id",
}
# So many rows are read at once, and written in one statement.
_ROWS = 500
# What a journal notes only of its own move.
_OWN = (Fact.MOVING,)


@dataclass(frozen=True, kw_only=True)
class Contents:
    """How many rows a table has, and their digest."""

    rows: int
    digest: str


def columns_of(execute: Execute) -> dict[str, tuple[str, ...]]:
    """The columns of each table of a journal in SQLite."""
    return {
        table: tuple(row["name"] for row in execute(f"PRAGMA table_info({table})", ()).fetchall()) for table in TABLES
    }


def rows_of(execute: Execute, table: str, columns: Sequence[str]) -> Iterator[list[Any]]:
    """The rows of a table, in the order of their numbers or names, whatever the database thinks of the order of letters.

    PostgreSQL keeps no NUL in a text; where a network's answer had one, it is read as U+FFFD.
    """
    key = TABLES[table]
    names = ", ".join(columns)
    place = columns.index(key)
    if key in ("key", "name"):
        rows = execute(f"SELECT {names} FROM {table}", ()).fetchall()  # noqa: S608 - no words from outside
        plain = [[_plain(row[name]) for name in columns] for row in rows]
        yield from sorted((one for one in plain if one[place] not in _OWN), key=lambda one: str(one[place]))
        return
    last, statement = -1, f"SELECT {names} FROM {table} WHERE {key} > ? ORDER BY {key} LIMIT {_ROWS}"  # noqa: S608
    while rows := execute(statement, (last,)).fetchall():
        last = rows[-1][key]
        yield from ([_plain(row[name]) for name in columns] for row in rows)


def contents_of(execute: Execute, columns: Mapping[str, Sequence[str]]) -> dict[str, Contents]:
    """What every table holds, by these columns of each."""
    return {table: _contents(rows_of(execute, table, columns[table])) for table in TABLES}


def digest_of(contents: Mapping[str, Contents]) -> str:
    """One digest for all tables."""
    lines = "".join(f"{table} {one.rows} {one.digest}\n" for table, one in sorted(contents.items()))
    return f"sha256:{hashlib.sha256(lines.encode()).hexdigest()}"


def copy_rows(read: Execute, write: Execute, columns: Mapping[str, Sequence[str]]) -> None:
    """Writes every row of one journal into another one, as part of the caller's transaction there."""
    for table in TABLES:
        for batch in _batches(rows_of(read, table, columns[table])):
            names, place = ", ".join(columns[table]), f"({', '.join('?' * len(columns[table]))})"
            values = ", ".join([place] * len(batch))
            write(
                f"INSERT INTO {table} ({names}) VALUES {values}",  # noqa: S608 - no words from outside
                tuple(value for row in batch for value in row),
            )


def _contents(rows: Iterator[list[Any]]) -> Contents:
    number, digest = 0, hashlib.sha256()
    for row in rows:
        number += 1
        digest.update(json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode() + b"\n")
    return Contents(rows=number, digest=digest.hexdigest())


def _batches(rows: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(value: Any) -> Any:
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value
