"""The moves of the state machine: every part from ``planned`` to its end. Each is one durable transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal.history import NOTE, NOTE_OF_ATTEMPT, SHORT_WAIT
from contentkit.publishing.journal.rows import rows_where
from contentkit.publishing.publications import Publication, State, attempt_name
from contentkit.publishing.records import publication_of
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.money.ledger import Ledger
    from contentkit.publishing.counter import Counter
    from contentkit.publishing.fares import Fare
    from contentkit.publishing.journal.history import History
    from contentkit.publishing.statements import Database


class MovedMeanwhile(StateError):
    """Another command moved the row since it was read."""


def no_longer(row: Publication) -> MovedMeanwhile:
    """What is said where a part is no longer in the state in which it was read."""
    return MovedMeanwhile(
        f"{row.entry} on {row.account}, part {row.part + 1}: no longer {row.state}",
        hint="another command changed it: look at the queue",
    )


class Publications:
    """The parts of an open journal. ``move``, ``recover`` and ``mark_told`` are part of the caller's transaction."""

    def __init__(
        self, connection: Database, clock: Clock, counter: Counter, history: History, ledger: Callable[[], Ledger]
    ) -> None:
        self._db = connection
        self._clock = clock
        self._counter = counter
        self._history = history
        self._ledger = ledger

    def claim(self, row: Publication, *, parent: str, watermark: str, fare: Fare | None = None) -> Publication | None:
        """The right to send this part once: the intent, durable before the first byte. None: no right.

        One statement decides: planned, its turn has come, nothing earlier in its thread is open, nothing of it is still to be
        deleted, no stop. What the network bills for it is noted with the intent. Raises Unavailable when the budget does not
        reach: then nothing is changed.
        """
        now = stamped_finely(self._clock.now())
        with self._counter.raised():
            if not (self._db.may_send(row.account) and self._db.may_begin(row.account)):
                return None
            claimed = self._db.take_noting(
                """UPDATE publications SET state = 'sending', reason = '', attempts = attempts + 1, parent = ?, watermark = ?,
                     changed_at = ?, doubted_boot = ?, doubted_uptime = ?, looks = 0
                   WHERE id = ? AND state = 'planned' AND (not_before IS NULL OR not_before <= ?)
                     AND NOT EXISTS (SELECT 1 FROM meta WHERE key = ? AND value <> '')
                     AND NOT EXISTS (SELECT 1 FROM publications AS earlier WHERE earlier.entry = publications.entry
                       AND earlier.account = publications.account AND earlier.part < publications.part
                       AND earlier.state NOT IN ('sent', 'skipped'))
                     AND NOT EXISTS (SELECT 1 FROM amendments JOIN publications AS other ON other.id = amendments.publication
                       WHERE amendments.state NOT IN ('sent', 'skipped') AND amendments.kind <> 'edit'
                         AND other.entry = publications.entry AND other.account = publications.account)
                   RETURNING *""",
                (parent, watermark, now, self._clock.boot(), self._clock.uptime(), row.id, now, Fact.STOPPED),
                NOTE_OF_ATTEMPT,
                self._history.noted(row.id, "planned>sending", "attempt ", ""),
            )
            if claimed is None:
                return None
            attempt = publication_of(claimed)
            if fare:
                self._ledger().charge(row.account, [fare.charge(attempt)], fare.budget, fare.besides)
        return attempt

    def may_send(self, account: str) -> bool:
        """Whether this account is in our hands, for as long as a request takes."""
        with self._db.transaction():
            return self._db.may_send(account)

    def confirm(self, row: Publication, remote_id: str, url: str, how: str, *, answer: str = "") -> None:
        """The network has it: the only way to ``sent``.

        ``answer`` is what the network said to this attempt, here as in the other verbs that may end one.
        """
        with self._db.transaction():
            also = {"remote_id": remote_id, "url": url, "not_before": None}
            self.move(row, State.SENT, "", how, answer, also=also)

    def postpone(self, row: Publication, reason: str, until: datetime | None, *, answer: str = "") -> None:
        """Certainly not sent: planned again, not before ``until``."""
        with self._db.transaction():
            also = {"not_before": stamped_finely(until) if until else None}
            self.move(row, State.PLANNED, reason, answer=answer, also=also)
            self._take_back(row)

    def ask_again(self, row: Publication, reason: str, *, answer: str = "") -> None:
        """Certainly not sent, and asked for again within seconds: planned again, and counted."""
        with self._db.transaction():
            self.move(row, State.PLANNED, reason, answer=answer)
            self._history.record(row.id, SHORT_WAIT, reason)
            self._take_back(row)

    def doubt(self, row: Publication, reason: str, *, answer: str = "") -> Publication:
        """Nobody knows whether it was sent; the time of looking starts now."""
        with self._db.transaction():
            also = {"doubted_boot": self._clock.boot(), "doubted_uptime": self._clock.uptime(), "looks": 0, "told": 0}
            self.move(row, State.UNKNOWN, reason, answer=answer, also=also)
        return rows_where(self._db, "id = ?", (row.id,))[0]

    def hold(self, row: Publication, reason: str, *, lookalike: str = "", answer: str = "") -> None:
        """A person has to decide; ``reason`` says what, ``lookalike`` which status it is about."""
        with self._db.transaction():
            also: dict[str, object] = {"told": 0, "lookalike": lookalike} if lookalike else {"told": 0}
            self.move(row, State.HELD, reason, answer=answer, also=also)
            self._take_back(row)

    def skip(self, rows: Sequence[Publication], reason: str) -> None:
        """These parts will not be sent."""
        with self._db.transaction():
            for row in rows:
                # One message for the thread is enough.
                self.move(row, State.SKIPPED, reason, also={"told": 0} if row is rows[0] else {})

    def release(self, row: Publication, by: str, reason: str) -> None:
        """A person decided that a held part is to be sent; its lateness counts from now."""
        with self._db.transaction():
            also = {"released_at": stamped_finely(self._clock.now()), "not_before": None}
            self.move(row, State.PLANNED, "", f"{by}: {reason}", also=also)

    def recover(self) -> None:
        """What a killed run left in ``sending`` is unknown: it may have been sent."""
        for row in rows_where(self._db, "state = 'sending'"):
            if self._db.may_recover(row.account):
                self.move(row, State.UNKNOWN, "the program ended while sending", also={"told": 0})

    def untold(self) -> list[Publication]:
        """Parts that need a person who has not been told: the run that should have said it may have died."""
        return rows_where(self._db, "told = 0 AND state IN ('held', 'unknown', 'skipped')")

    def mark_told(self, told: Iterable[tuple[int, str]]) -> None:
        """The messages about these were written out, each with the state that was told."""
        for one in told:
            self._db.execute("UPDATE publications SET told = 1 WHERE id = ? AND state = ?", one)

    def move(
        self,
        row: Publication,
        state: State,
        reason: str,
        detail: str = "",
        answer: str = "",
        *,
        also: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        """``also`` are columns that get these values with it."""
        columns = "".join(f", {name} = ?" for name in also)
        moved = self._db.execute_noting(
            f"UPDATE publications SET state = ?, reason = ?, changed_at = ?{columns} WHERE id = ? AND state = ?",  # noqa: S608 - no words from outside
            (state, reason, stamped_finely(self._clock.now()), *also.values(), row.id, row.state),
            NOTE,
            self._history.noted(row.id, f"{row.state}>{state}", detail or reason, answer),
        )
        if moved.rowcount != 1:
            raise no_longer(row)

    def _take_back(self, row: Publication) -> None:
        """An attempt that certainly made nothing was not billed. Of one in doubt nobody knows: it stays charged."""
        if row.state is State.SENDING:
            self._ledger().take_back(row.account, attempt_name(row))
