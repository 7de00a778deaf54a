"""contentkit.db beside the calendar: SQLite made for people and Datasette. Nothing that publishing depends on."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from contentkit.errors import StateError
from contentkit.models import Source

if TYPE_CHECKING:
    from sqlite_utils import Database

DATABASE_NAME = "contentkit.db"


def _sources_and_passages(database: Database) -> None:
    database["sources"].create(
        {
            "id": int, "path": str, "digest": str, "kind": str, "title": str, "author": str, "written": str, "language": str,
            "link": str, "redactions": int, "read_at": str,
        },
        pk="id", not_null={"path", "digest", "kind", "redactions", "read_at"},
    )  # fmt: skip
    database["sources"].create_index(["path", "digest"], unique=True)
    database["passages"].create(
        {"id": int, "source": int, "kind": str, "speaker": str, "first_line": int, "last_line": int, "text": str},
        pk="id",
        foreign_keys=[("source", "sources", "id")],
        not_null={"source", "kind", "first_line", "last_line", "text"},
    )
    database["passages"].create_index(["source"])


# Numbered by their place: the history reads top to bottom, each runs once, in one transaction.
STEPS = (_sources_and_passages,)


def open_database(root: Path) -> Database:
    """The project's database, created or brought up to date. Raises StateError when it cannot be used."""
    from sqlite_utils import Database

    path = root / DATABASE_NAME
    try:
        database = Database(path, execute_plugins=False)
        database.conn.execute("PRAGMA busy_timeout = 5000")
        database.conn.execute("PRAGMA foreign_keys = ON")
        version = int(database.conn.execute("PRAGMA user_version").fetchone()[0])
        if version > len(STEPS):
            raise StateError(
                f"{DATABASE_NAME}: written by a newer contentkit (format {version}, this one knows {len(STEPS)})",
                hint="update contentkit",
            )
        for number, step in enumerate(STEPS[version:], version + 1):
            with database.atomic():
                step(database)
                database.conn.execute(f"PRAGMA user_version = {number}")
    except (sqlite3.Error, OSError) as error:
        hint = "check its permissions and the space on the disk; it can be rebuilt by ingesting again"
        raise StateError(f"{DATABASE_NAME}: cannot be used: {error}", hint=hint) from None
    return database


def register_source(database: Database, source: Source, now: datetime) -> bool:
    """Stores a source with its passages unless exactly this content is known under this path. True when it was new.

    Raises StateError when the database cannot be written; then nothing of the source is in it.
    """
    try:
        known = list(database["sources"].rows_where("path = ? AND digest = ?", [source.path, source.digest], limit=1))
        if known:
            return False
        with database.atomic():
            number = database["sources"].insert(_source_row(source, now)).last_pk
            database["passages"].insert_all(
                {
                    "source": number,
                    "kind": passage.kind,
                    "speaker": passage.speaker or None,
                    "first_line": passage.first,
                    "last_line": passage.last,
                    "text": passage.text,
                }
                for passage in source.passages
            )
    except (sqlite3.Error, OSError) as error:
        raise StateError(f"{DATABASE_NAME}: cannot be written: {error}", hint="nothing of it was stored; make room") from None
    return True


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
