"""What is no longer on its network: its figures stay, words that the network lent go, and nobody asks for it any more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.store.database import transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

# Of the row of ``published_parts`` that the same statement is about.
_NEXT_NUMBER = "(SELECT coalesce(max(number), 0) + 1 FROM snapshots WHERE publication = published_parts.id)"
_LOST = "(SELECT lost FROM snapshots WHERE publication = published_parts.id ORDER BY number DESC LIMIT 1)"
_LAST_ASKED = "(SELECT taken FROM snapshots WHERE publication = published_parts.id ORDER BY number DESC LIMIT 1)"
_LAST_SEEN = """(SELECT taken FROM snapshots WHERE publication = published_parts.id AND lost IS NULL
                ORDER BY number DESC LIMIT 1)"""
# Words that were written here, or stand in an export that the network gave to their author, are the user's own.
_LENT = "origin = 'network' AND text IS NOT NULL"


def note_retracted(database: Database, retracted: Collection[tuple[str, str]], at: datetime) -> None:
    """Notes that these were taken off their networks: accounts with remote ids. Whose end is known already is passed over.

    What was read in this very second is noted by the next run: a post has one snapshot in a second.
    """
    with transaction(database):
        database.conn.executemany(
            f"""INSERT INTO snapshots (publication, number, taken, lost)
                SELECT id, {_NEXT_NUMBER}, :taken, 'deleted' FROM published_parts
                WHERE account = (SELECT id FROM accounts WHERE name = :account) AND remote_id = :remote_id
                  AND {_LOST} IS NOT 'deleted' AND {_LAST_ASKED} IS NOT :taken""",  # noqa: S608 - our own words
            [
                {"taken": int(at.timestamp()), "account": account, "remote_id": remote_id}
                for account, remote_id in retracted
            ],
        )


def lenders(database: Database) -> list[str]:
    """The platforms whose words are kept here, as they were read there."""
    query = f"SELECT DISTINCT platform FROM owners WHERE id IN (SELECT owner FROM published_parts WHERE {_LENT})"  # noqa: S608
    return [name for (name,) in database.conn.execute(query)]


def forget_words(database: Database) -> None:
    """Takes the words that networks lent out of the database where they are deleted there."""
    with transaction(database):
        database.conn.execute(f"UPDATE published_parts SET text = NULL WHERE {_LENT} AND {_LOST} = 'deleted'")  # noqa: S608


def forget_unseen(database: Database, platform: str, since: datetime) -> None:
    """Takes those words of a network out of the database whose posts were not seen there since then."""
    with transaction(database):
        database.conn.execute(
            f"""UPDATE published_parts SET text = NULL
                WHERE {_LENT} AND owner IN (SELECT id FROM owners WHERE platform = ?) AND coalesce({_LAST_SEEN}, -1) < ?""",  # noqa: S608 - our own words
            (platform, int(since.timestamp())),
        )
