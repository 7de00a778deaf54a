"""What is known of accounts: who they are on their networks, and what stands in their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.publishing.records import AccountState, Notice, account_of
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.journal.notices import Notices
    from contentkit.publishing.statements import Database


class Accounts:
    """The accounts of an open journal."""

    def __init__(self, connection: Database, notices: Notices) -> None:
        self._db = connection
        self._notices = notices

    def known(self, name: str) -> AccountState:
        """What is known of an account; a bare one where it was never met."""
        row = self._db.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
        return account_of(row) if row else AccountState(name=name)

    def all(self) -> list[AccountState]:
        """Every account that was met, by name."""
        return [account_of(row) for row in self._db.execute("SELECT * FROM accounts ORDER BY name").fetchall()]

    def note(self, state: AccountState, notice: Notice | None = None) -> Notice | None:
        """Puts this in the place of what was known, and keeps what of it a person must be told."""
        with self._db.transaction():
            self._write(state)
            return self._notices.add(notice) if notice else None

    def _write(self, state: AccountState) -> None:
        since = stamped_finely(state.since) if state.since else None
        self._db.execute(
            """INSERT INTO accounts (name, remote_id, handle, trouble, paused, since) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (name) DO UPDATE SET remote_id = excluded.remote_id, handle = excluded.handle,
                 trouble = excluded.trouble, paused = excluded.paused, since = excluded.since""",
            (state.name, state.remote_id, state.handle, state.trouble, int(state.paused), since),
        )
