"""Rows of what was published, as they are in ``published_parts``, written without the program."""

from __future__ import annotations

import sqlite3


def add_part(
    connection: sqlite3.Connection,
    *,
    account: str,
    platform: str,
    published_at: str,
    server: str = "",
    owner: str = "",
    **columns: str | int | None,
) -> int:
    """Adds a part that went out then (a stamp); the other ``columns`` are as the table has them. Returns its number."""
    connection.execute("INSERT OR IGNORE INTO accounts (name) VALUES (?)", (account,))
    whose = (platform, server, owner)
    connection.execute("INSERT OR IGNORE INTO owners (platform, server, owner) VALUES (?, ?, ?)", whose)
    row = connection.execute(
        f"""INSERT INTO published_parts (account, owner, published, {", ".join(columns)})
            SELECT accounts.id, owners.id, CAST(strftime('%s', ?) AS INTEGER){", ?" * len(columns)} FROM accounts, owners
            WHERE accounts.name = ? AND (owners.platform, owners.server, owners.owner) = (?, ?, ?)
            RETURNING id""",
        (published_at, *columns.values(), account, *whose),
    ).fetchone()
    return int(row[0])
