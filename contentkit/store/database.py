"""contentkit.db beside the calendar: SQLite made for people and Datasette. Nothing that publishing depends on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.errors import StateError
from contentkit.models import Source

if TYPE_CHECKING:
    from sqlite_utils import Database

DATABASE_NAME = "contentkit.db"


def _sources_and_passages(database: Database) -> None:
    database.table("sources").create(
        {
            "id": int, "path": str, "digest": str, "kind": str, "title": str, "author": str, "written": str, "language": str,
            "link": str, "redactions": int, "read_at": str,
        },
        pk="id", not_null={"path", "digest", "kind", "redactions", "read_at"},
    )  # fmt: skip
    database.table("sources").create_index(["path", "digest"], unique=True)
    database.table("passages").create(
        {"id": int, "source": int, "kind": str, "speaker": str, "first_line": int, "last_line": int, "text": str},
        pk="id",
        foreign_keys=[("source", "sources", "id")],
        not_null={"source", "kind", "first_line", "last_line", "text"},
    )
    database.table("passages").create_index(["source"])


# Numbered by their place: the history reads top to bottom, each runs once, in one transaction.
STEPS = (_sources_and_passages,)


def open_database(root: Path) -> Database:
    """The project's database, created or brought up to date. Raises StateError when it cannot be used."""
    from sqlite_utils import Database

    try:
        # Transactions are begun and ended here, in so many words.
        connection = sqlite3.connect(root / DATABASE_NAME, isolation_level=None, timeout=5)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            database = Database(connection, execute_plugins=False)
            _bring_up_to_date(database)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        hint = "check its permissions and the space on the disk; it can be rebuilt by ingesting again"
        raise StateError(f"{DATABASE_NAME}: cannot be used: {error}", hint=hint) from None
    return database


def _bring_up_to_date(database: Database) -> None:
    if _version(database) > len(STEPS):
        raise StateError(
            f"{DATABASE_NAME}: written by a newer contentkit (format {_version(database)}, this one knows {len(STEPS)})",
            hint="update contentkit",
        )
    while _version(database) < len(STEPS):
        with _transaction(database):
            # Another command may have done this step while we waited for the lock.
            done = _version(database)
            if done < len(STEPS):
                STEPS[done](database)
                database.conn.execute(f"PRAGMA user_version = {done + 1}")


def _version(database: Database) -> int:
    return int(database.conn.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _transaction(database: Database) -> Iterator[None]:
    database.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.conn.execute("COMMIT")
    finally:
        if database.conn.in_transaction:
            database.conn.execute("ROLLBACK")


def register_source(database: Database, source: Source, now: datetime) -> bool:
    """Stores a source with its passages unless exactly this content is known under this path. True when it was new.

    Raises StateError when the database cannot be written; then nothing of the source is in it.
    """
    try:
        with _transaction(database):
            if database.table("sources").count_where("path = ? AND digest = ?", [source.path, source.digest]):
                return False
            number = database.table("sources").insert(_source_row(source, now)).last_pk
            database.table("passages").insert_all(_passage_rows(source, number))
    except (sqlite3.Error, OSError) as error:
        hint = "nothing of it was stored; make room, or wait for the other command"
        raise StateError(f"{DATABASE_NAME}: cannot be written: {error}", hint=hint) from None
    return True


def _passage_rows(source: Source, number: int | None) -> Iterator[dict[str, object]]:
    for passage in source.passages:
        yield {
            "source": number,
            "kind": passage.kind,
            "speaker": passage.speaker or None,
            "first_line": passage.first,
            "last_line": passage.last,
            "text": passage.text,
        }


def _source_row(source: Source, now: datetime) -> dict[str, object]:
    return {
        "path": source.path,
        "digest": source.digest,
        "kind": source.kind,
        "title": source.title or None,
        "author": source.author or None,
        "written": source.written.isoformat() if source.written else None,
        "language": source.language or None,
        "link": source.link or None,
        "redactions": source.redactions,
        "read_at": now.astimezone(UTC).isoformat(timespec="seconds"),
    }
