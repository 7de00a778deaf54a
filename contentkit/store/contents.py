"""What a database holds: its tables and views, their columns, how many rows there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

from contentkit.patterns import regex
from contentkit.values import dataclass

# Names are ours; whoever brings a file with others may mean paths or markup by them.
_PLAIN = regex(r"[a-z][a-z0-9_]*")

_AT_ONCE = 20_000


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A table or a view. ``columns`` are in order, each with its declared type in capitals; empty where none is known."""

    name: str
    is_view: bool
    columns: dict[str, str]


def relations_in(connection: sqlite3.Connection) -> list[Relation]:
    """The tables by name, then the views by name; SQLite's own are left out, and those whose names are not plain."""
    found = connection.execute(
        "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
        " ORDER BY type, name"
    ).fetchall()
    return [
        Relation(name=name, is_view=kind == "view", columns=_columns(connection, name))
        for name, kind in found
        if _PLAIN.fullmatch(name)
    ]


def rows_of(connection: sqlite3.Connection, relation: Relation) -> Iterator[tuple[object, ...]]:
    """Its rows, one after the other, in the order of its columns."""
    columns = ", ".join(f'"{name}"' for name in relation.columns)
    cursor = connection.cursor()
    cursor.row_factory = None
    yield from cursor.execute(f'SELECT {columns} FROM "{relation.name}"')  # noqa: S608 - names as the file has them, plain ones


def in_batches(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    """The rows, so many at once as may be in memory."""
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch


def count_of(connection: sqlite3.Connection, relation: Relation) -> int:
    """How many rows it has."""
    return int(connection.execute(f'SELECT count(*) FROM "{relation.name}"').fetchone()[0])  # noqa: S608


def _columns(connection: sqlite3.Connection, name: str) -> dict[str, str]:
    """Those that are computed are told, too."""
    rows = connection.execute("SELECT name, type FROM pragma_table_xinfo(?) ORDER BY cid", (name,))
    return {
        column: kind.upper().removesuffix("GENERATED ALWAYS").strip()
        for column, kind in rows
        if _PLAIN.fullmatch(column)
    }
