"""Parts that only a receipt says are out, until the network shows them or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.publications import Publication, Thread
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.journal.history import History
    from contentkit.publishing.statements import Database


class Claims:
    """The receipts' claims of an open journal."""

    def __init__(self, connection: Database, clock: Clock, history: History) -> None:
        self._db = connection
        self._clock = clock
        self._history = history

    def exist(self) -> bool:
        """Whether any part is taken for sent on the word of a receipt alone."""
        return self._db.execute("SELECT 1 FROM claims LIMIT 1").fetchone() is not None

    def of(self, thread: Thread) -> list[Publication]:
        """The parts of a thread that only a receipt says are out, in order."""
        claims = {row["publication"] for row in self._db.execute("SELECT publication FROM claims").fetchall()}
        return [row for row in thread.rows if row.id in claims]

    def prove(self, row: Publication) -> None:
        """The network shows what so far only a receipt said."""
        with self._db.transaction():
            self._db.execute("DELETE FROM claims WHERE publication = ?", (row.id,))
            self._history.record(row.id, "seen", "the network shows what the receipt says")

    def disprove(self, row: Publication, reason: str) -> None:
        """The network does not show what a receipt said: the only way out of ``sent``. A person has to decide."""
        with self._db.transaction():
            moved = self._db.execute(
                """UPDATE publications SET state = 'held', reason = ?, remote_id = '', url = '', changed_at = ?, told = 0
                   WHERE id = ? AND state = 'sent' AND remote_id = ?""",
                (reason, stamped_finely(self._clock.now()), row.id, row.remote_id),
            )
            if moved.rowcount != 1:
                raise MovedMeanwhile(f"{row.entry} on {row.account}, part {row.part + 1}: no longer as it was")
            self._db.execute("DELETE FROM claims WHERE publication = ?", (row.id,))
            self._history.record(row.id, "sent>held", reason)
