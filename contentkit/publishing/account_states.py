"""What the journal knows of accounts: its tables' rows, read and written within an open journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.publishing.records import AccountState, account_of
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database


def read_state(connection: Database, name: str) -> AccountState:
    """What is known of an account; a bare one where it was never met."""
    row = connection.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
    return account_of(row) if row else AccountState(name=name)


def read_states(connection: Database) -> list[AccountState]:
    """Every account that was met, by name."""
    return [account_of(row) for row in connection.execute("SELECT * FROM accounts ORDER BY name").fetchall()]


def write_state(connection: Database, state: AccountState) -> None:
    """Puts this in the place of what was known, as part of the caller's transaction."""
    since = stamped_finely(state.since) if state.since else None
    connection.execute(
        """INSERT INTO accounts (name, remote_id, handle, trouble, paused, since) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET remote_id = excluded.remote_id, handle = excluded.handle,
             trouble = excluded.trouble, paused = excluded.paused, since = excluded.since""",
        (state.name, state.remote_id, state.handle, state.trouble, int(state.paused), since),
    )
