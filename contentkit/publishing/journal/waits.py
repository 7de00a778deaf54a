"""Planned parts that do not go out yet: why, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.publishing.journal.history import SENT_AGAIN, SHORT_WAIT
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.records import Notice
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.journal.history import History
    from contentkit.publishing.journal.notices import Notices
    from contentkit.publishing.statements import Database

# What the history calls a wait that we chose.
_OWN_WAIT = "tries later"


class Waits:
    """The waits of an open journal."""

    def __init__(self, connection: Database, history: History, notices: Notices) -> None:
        self._db = connection
        self._history = history
        self._notices = notices

    def grant(self, row: Publication, reason: str, until: datetime) -> None:
        """The network asks a planned part to wait before it could be tried: not one byte of it has left."""
        self._wait(row, reason, until, "waits")

    def try_later(self, row: Publication, reason: str, until: datetime) -> None:
        """A planned part could not be tried, and we chose to try it again then."""
        self._wait(row, reason, until, _OWN_WAIT)

    def _wait(self, row: Publication, reason: str, until: datetime, move: str) -> None:
        with self._db.transaction():
            self._db.execute(
                "UPDATE publications SET reason = ?, not_before = ? WHERE id = ? AND state = 'planned'",
                (reason, stamped_finely(until), row.id),
            )
            self._history.record(row.id, move, reason)

    def move_on(self, thread: Thread, to: datetime, notice: Notice) -> Notice:
        """A late thread of which nothing has begun is due anew. Raises MovedMeanwhile where something of it has."""
        with self._db.transaction():
            for row in thread.rows:
                moved = self._db.execute(
                    """UPDATE publications SET moved_to = ?1, reason = ?2, not_before = NULL
                       WHERE id = ?3 AND state = 'planned' AND coalesce(moved_to, '') < ?1""",
                    (stamped_finely(to), notice.reason, row.id),
                )
                if moved.rowcount != 1:
                    raise MovedMeanwhile(f"{row.entry} on {row.account}: has begun, or moved on already")
            self._history.record(thread.rows[0].id, "moves on", notice.reason)
            return self._notices.add(notice)

    def remark(self, row: Publication, reason: str, notice: Notice) -> Notice:
        """Notes why a planned part does not go out yet, and that a person must be told."""
        with self._db.transaction():
            self._db.execute("UPDATE publications SET reason = ? WHERE id = ? AND state = 'planned'", (reason, row.id))
            return self._notices.add(notice)

    def short(self, row: Publication) -> int:
        """How often the network asked for a part again within seconds, since a person last decided about it."""
        found = self._db.execute(
            """SELECT count(*) AS number FROM attempts WHERE publication = ? AND amendment IS NULL AND move = ? AND id > (
                 SELECT coalesce(max(id), 0) FROM attempts
                 WHERE publication = ? AND amendment IS NULL AND move = ?)""",
            (row.id, SHORT_WAIT, row.id, SENT_AGAIN),
        ).fetchone()
        return int(found["number"])

    def was_asked(self, row: Publication) -> bool:
        """Whether it was the network that asked for a part's last wait, and not we who chose it."""
        newest = self._db.execute(
            "SELECT move FROM attempts WHERE publication = ? AND amendment IS NULL ORDER BY id DESC LIMIT 1", (row.id,)
        ).fetchone()
        return newest is None or newest["move"] != _OWN_WAIT
