"""What happened to parts, attempt by attempt, and what of them left."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from contentkit.clock import Clock
from contentkit.publishing.journal.rows import rows_where
from contentkit.publishing.publications import Publication, fingerprint
from contentkit.stamps import moment_if_any, stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database

_INTO = "INSERT INTO attempts (publication, at, machine, boot, uptime, move, detail, answer, amendment)"
NOTE = f"""{_INTO}
SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?"""
# Behind its detail stands which attempt of the part it is.
NOTE_OF_ATTEMPT = f"""{_INTO}
SELECT ?, ?, ?, ?, ?, ?, CAST(? AS text) || attempts, ?, ?"""
# What the history calls a wait of seconds that the network asked for, and a person's word that a part is to be sent.
SHORT_WAIT = "short wait"
SENT_AGAIN = "held>planned"
# Of what a network answers to an attempt, so much is kept, in characters.
_LONGEST_ANSWER = 1000


class History:
    """The history of an open journal. ``record`` is part of the caller's transaction."""

    def __init__(self, connection: Database, clock: Clock, machine: str) -> None:
        self._db = connection
        self._clock = clock
        self._machine = machine

    def record(
        self, publication: int, move: str, detail: str, answer: str = "", *, amendment: int | None = None
    ) -> None:
        """Writes down what happened to a part, or to an amendment of it; ``answer`` is what the network said."""
        self._db.execute(NOTE, self.noted(publication, move, detail, answer, amendment))

    def noted(
        self, publication: int, move: str, detail: str, answer: str, amendment: int | None = None
    ) -> tuple[object, ...]:
        """The values of a ``NOTE``, for who writes it together with something else."""
        return (
            publication,
            stamped_finely(self._clock.now()),
            self._machine,
            self._clock.boot(),
            self._clock.uptime(),
            move,
            detail[:500],
            answer[:_LONGEST_ANSWER],
            amendment,
        )

    def of_part(self, publication: int) -> list[dict[str, Any]]:
        """What happened to a publication, oldest first."""
        return [
            dict(row)
            for row in self._db.execute("SELECT * FROM attempts WHERE publication = ? ORDER BY id", (publication,))
        ]

    def of_entry(self, entry: str) -> list[dict[str, Any]]:
        """What happened to every publication of an entry, those that were skipped included: oldest first, with its account, part
        and parts."""
        rows = self._db.execute(
            """SELECT attempts.*, account, part, parts FROM attempts JOIN publications ON publications.id = publication
               WHERE entry = ? ORDER BY attempts.id""",
            (entry,),
        )
        return [dict(row) for row in rows.fetchall()]

    def ended(self) -> list[Publication]:
        """Every part that was out and was taken off its network."""
        return rows_where(self._db, "state = 'skipped' AND remote_id <> ''")

    def why_skipped(self, entry: str, account: str) -> str:
        """Why the newest skipped part of this thread was skipped; empty when none was."""
        row = self._db.execute(
            "SELECT reason FROM publications WHERE entry = ? AND account = ? AND state = 'skipped' ORDER BY id DESC LIMIT 1",
            (entry, account),
        ).fetchone()
        return str(row["reason"]) if row else ""

    def remote_ids(self, account: str) -> set[str]:
        """The ids on the network that belong to publications already."""
        rows = self._db.execute("SELECT remote_id FROM publications WHERE account = ? AND remote_id <> ''", (account,))
        return {str(row["remote_id"]) for row in rows}

    def sent_before(self, account: str, text: str, *, apart_from: str) -> Publication | None:
        """The newest sent part on this account with these words that belongs to another entry."""
        rows = rows_where(
            self._db,
            "account = ? AND fingerprint = ? AND entry <> ? AND state = 'sent'",
            (account, fingerprint(text), apart_from),
        )
        return max(rows, key=lambda row: row.changed_at, default=None)

    def left_within(self, account: str, span: timedelta, now: datetime) -> bool:
        """Whether a part left for this account, or may have, no longer ago than this: by the clock on the wall, or, as somebody
        may have set that, by the time for which this machine is up."""
        found = self._db.execute(
            """WITH gone AS (SELECT id, changed_at FROM publications WHERE account = ?
                 AND (state IN ('sent', 'sending', 'unknown') OR (state = 'held' AND attempts > 0)))
               SELECT 1 FROM gone WHERE changed_at > ? AND changed_at <= ? UNION ALL
               SELECT 1 FROM attempts JOIN gone ON gone.id = attempts.publication
               WHERE move = 'planned>sending' AND amendment IS NULL AND boot = ? AND uptime > ? LIMIT 1""",
            (
                account, stamped_finely(now - span), stamped_finely(now),
                self._clock.boot(), self._clock.uptime() - span.total_seconds(),
            ),
        ).fetchone()  # fmt: skip
        return found is not None

    def left_since(self, account: str, moment: datetime) -> int:
        """How many parts left for this account since then, or may have."""
        found = self._db.execute(
            """SELECT count(DISTINCT publication) AS number FROM attempts JOIN publications ON publications.id = publication
               WHERE account = ? AND state <> 'planned' AND amendment IS NULL AND move = 'planned>sending' AND at >= ?""",
            (account, stamped_finely(moment)),
        ).fetchone()
        return int(found["number"])

    def has_sent(self, account: str) -> bool:
        """Whether this journal itself has ever sent a part on this account, whatever became of it."""
        found = self._db.execute(
            "SELECT 1 FROM publications WHERE account = ? AND remote_id <> '' AND attempts > 0 LIMIT 1", (account,)
        ).fetchone()
        return found is not None

    def last_sent(self) -> datetime | None:
        """When this journal last confirmed a part that it sent itself."""
        row = self._db.execute(
            "SELECT max(changed_at) AS at FROM publications WHERE state = 'sent' AND attempts > 0"
        ).fetchone()
        return moment_if_any(row["at"])

    def last_confirmed(self) -> str:
        """When a part was last called sent, whoever sent it, as it is written here; empty when none ever was."""
        row = self._db.execute(
            "SELECT changed_at FROM publications WHERE state = 'sent' ORDER BY changed_at DESC LIMIT 1"
        ).fetchone()
        return str(row["changed_at"]) if row else ""
