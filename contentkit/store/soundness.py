"""Whether contentkit.db is as contentkit left it: its pages, its references, its form, its tables and views."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from contentkit.store.database import DATABASE_NAME, STEPS, refuse_links, remedy, take_steps
from contentkit.store.reading import one_moment, version_of
from contentkit.values import dataclass

_RESTORE = "restore it from a backup; without one, move it away, and the next 'contentkit sync' begins a new one"
_MOST_TOLD = 10


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that is wrong with the database, and what to do."""

    what: str
    remedy: str


def faults_in(root: Path) -> list[Fault]:
    """What is wrong with the project's database; nothing is written. Raises StateError when it cannot be read at all."""
    refuse_links(root)
    with one_moment(root / DATABASE_NAME, remedy) as connection:
        version = version_of(connection)
        if version > len(STEPS):
            told = f"written by a newer contentkit (form {version}, this one knows {len(STEPS)})"
            return [Fault(what=told, remedy="update contentkit")]
        damage = [Fault(what=f"damaged: {words}", remedy=_RESTORE) for words in _damage(connection)]
        # What is damaged cannot be asked any further.
        return damage or [*_dangling(connection), *_lacking(connection, version), *_broken_views(connection)]


def _damage(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite finds wrong with pages, indexes and the conditions of columns."""
    try:
        told = connection.execute(f"PRAGMA integrity_check({_MOST_TOLD})").fetchall()
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        told = [(str(error),)]
    yield from (words for (words,) in told if words != "ok")


def _dangling(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Rows that name rows which are not there, counted for each reference."""
    found = connection.execute(
        """SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2 ORDER BY 1, 2"""
    )
    for table, parent, count in found:
        rows = "row of" if count == 1 else "rows of"
        yield Fault(what=f"{count} {rows} {table} name what is not in {parent}", remedy=_RESTORE)


def _lacking(connection: sqlite3.Connection, version: int) -> Iterator[Fault]:
    """Tables, views, indexes and triggers of this form that are not there, or not as they are made."""
    here = _made(connection)
    with new_database(version) as new:
        wanted = _made(new)
    for name, statement in wanted.items():
        if name not in here:
            yield Fault(what=f"{name} is missing", remedy=_RESTORE)
        elif here[name] != statement:
            yield Fault(what=f"{name} is not as contentkit makes it", remedy=_RESTORE)


@contextmanager
def new_database(version: int = len(STEPS)) -> Iterator[sqlite3.Connection]:
    """An empty database of this form, in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        take_steps(connection, version)
        yield connection


def _made(connection: sqlite3.Connection) -> dict[str, str]:
    """The statements that made everything in a database, by the names of what they made; how they are spaced is no matter."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in found}


def _broken_views(connection: sqlite3.Connection) -> Iterator[Fault]:
    views = connection.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name").fetchall()
    for (view,) in views:
        quoted = view.replace('"', '""')
        try:
            connection.execute(f'SELECT * FROM "{quoted}" LIMIT 0')  # noqa: S608 - quoted
        except sqlite3.OperationalError as error:
            yield Fault(what=f"the view {view} cannot be read: {error}", remedy=_RESTORE)
