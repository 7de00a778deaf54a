"""Parts of which nobody knows whether they are out: what was seen of them, and what a person is sure of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.publishing.journal.history import SENT_AGAIN
from contentkit.publishing.journal.publications import MovedMeanwhile, no_longer
from contentkit.publishing.journal.rows import rows_where
from contentkit.publishing.publications import Publication

if TYPE_CHECKING:
    from contentkit.publishing.journal.history import History
    from contentkit.publishing.statements import Database

# What the history calls a person's certainty that a part in doubt was not sent.
_RULED_OUT = "ruled out"
# What it calls the suspicion that a part is out although this journal never sent it.
_MAY_BE_OUT = "may be out"


class Doubts:
    """The doubts of an open journal."""

    def __init__(self, connection: Database, clock: Clock, history: History) -> None:
        self._db = connection
        self._clock = clock
        self._history = history

    def looked(self, row: Publication, detail: str) -> Publication:
        """It was looked for and is not there (yet). After a restart of the machine the wait starts again.

        Raises MovedMeanwhile when another run has settled it: where the lock was removed, two may look at one time.
        """
        with self._db.transaction():
            if rows_where(self._db, "id = ?", (row.id,))[0].state is not row.state:
                raise no_longer(row)
            boot = self._clock.boot()
            if row.doubted_boot != boot or self._clock.uptime() < row.doubted_uptime:
                self._db.execute(
                    "UPDATE publications SET doubted_boot = ?, doubted_uptime = ?, looks = 1 WHERE id = ?",
                    (boot, self._clock.uptime(), row.id),
                )
            else:
                self._db.execute("UPDATE publications SET looks = looks + 1 WHERE id = ?", (row.id,))
            self._history.record(row.id, "look", detail)
        return rows_where(self._db, "id = ?", (row.id,))[0]

    def rule_out(self, row: Publication, by: str, reason: str) -> None:
        """A person is certain that a held part was not sent: it stays held, and may be approved anew with other words."""
        words = f"not sent, says {by}"
        with self._db.transaction():
            moved = self._db.execute(
                "UPDATE publications SET reason = ?, told = 1 WHERE id = ? AND state = 'held'", (words, row.id)
            )
            if moved.rowcount != 1:
                raise MovedMeanwhile(f"{row.entry} on {row.account}, part {row.part + 1}: no longer held")
            self._history.record(row.id, _RULED_OUT, f"{by}: {reason}")

    def may_be_out(self, row: Publication) -> bool:
        """Whether nobody knows if a part is out, so that it is not approved anew before it is ruled out."""
        return self.was_in_doubt(row) or bool(self.why_suspected(row.entry, row.account))

    def was_in_doubt(self, row: Publication) -> bool:
        """Whether nobody knew, at some time, if this part was sent, and no person has ruled it out since."""
        found = self._db.execute(
            """SELECT 1 FROM attempts WHERE publication = ? AND amendment IS NULL AND move LIKE '%>unknown' AND id > (
                 SELECT coalesce(max(id), 0) FROM attempts WHERE publication = ? AND move = ?) LIMIT 1""",
            (row.id, row.id, _RULED_OUT),
        ).fetchone()
        return found is not None

    def suspect(self, rows: Iterable[Publication], why: str) -> None:
        """These planned or held parts may be out already, although this journal never sent them."""
        with self._db.transaction():
            for row in rows:
                self._history.record(row.id, _MAY_BE_OUT, why)

    def why_suspected(self, entry: str, account: str) -> str:
        """Why a part of a thread may be out although this journal never sent it; empty once a person has decided about it.

        Who sends one part, or rules it out, has looked for all that follow.
        """
        found = self._db.execute(
            """SELECT detail FROM attempts JOIN publications ON publications.id = attempts.publication
               WHERE entry = ?1 AND account = ?2 AND state IN ('planned', 'held') AND amendment IS NULL AND move = ?3
                 AND attempts.id > (SELECT coalesce(max(ruling.id), 0) FROM attempts AS ruling
                   JOIN publications AS other ON other.id = ruling.publication
                   WHERE other.entry = ?1 AND other.account = ?2 AND ruling.amendment IS NULL
                     AND ruling.move IN (?4, ?5))
               ORDER BY attempts.id DESC LIMIT 1""",
            (entry, account, _MAY_BE_OUT, _RULED_OUT, SENT_AGAIN),
        ).fetchone()
        return str(found["detail"]) if found else ""
