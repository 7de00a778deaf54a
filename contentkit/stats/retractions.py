"""What is no longer on its network: its figures stay, its words go, and nobody asks for it any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.stamps import stamped
from contentkit.stats.snapshots import NEXT_NUMBER
from contentkit.store.database import transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATE = "(SELECT state FROM snapshots WHERE publication = publications.id ORDER BY number DESC LIMIT 1)"


def note_retracted(database: Database, retracted: Collection[tuple[str, str]], at: datetime) -> None:
    """Notes that these were taken off their networks: accounts with remote ids. Whose end is known already is passed over."""
    with transaction(database):
        for account, remote_id in retracted:
            database.conn.execute(
                f"""INSERT INTO snapshots (publication, number, taken_at, state)
                    SELECT id, {NEXT_NUMBER}, ?, 'deleted' FROM publications
                    WHERE account = ? AND remote_id = ? AND {_STATE} IS NOT 'deleted'""",  # noqa: S608 - our own words
                (stamped(at), account, remote_id),
            )


def forget_words(database: Database) -> None:
    """Takes the words of what is gone out of the database: networks want no copies kept of what was deleted there."""
    with transaction(database):
        database.conn.execute(f"UPDATE publications SET text = NULL WHERE text IS NOT NULL AND {_STATE} = 'deleted'")  # noqa: S608


def gone(database: Database) -> set[tuple[str, str]]:
    """What is known to be no longer on its network: accounts with remote ids."""
    found = database.conn.execute(f"SELECT account, remote_id FROM publications WHERE {_STATE} = 'deleted'")  # noqa: S608
    return set(found.fetchall())
