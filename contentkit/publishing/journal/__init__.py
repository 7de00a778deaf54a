"""The journal: every verb is one durable transaction. Nothing beside it and what it is made of knows its SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.publishing.counter import Counter
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal.history import History
from contentkit.publishing.journal.notices import Notices
from contentkit.publishing.journal.publications import Publications
from contentkit.publishing.journal.threads import Threads

if TYPE_CHECKING:
    from contentkit.money.ledger import Ledger
    from contentkit.publishing.journal.accounts import Accounts
    from contentkit.publishing.journal.amendments import Amendments
    from contentkit.publishing.journal.approvals import Approvals
    from contentkit.publishing.journal.claims import Claims
    from contentkit.publishing.journal.doubts import Doubts
    from contentkit.publishing.journal.waits import Waits
    from contentkit.publishing.statements import Database


class Journal:
    """An open journal: a room for each thing that it knows of, and what it knows of itself.

    Each verb, here and in its rooms, either happens durably or raises. Reads see what other threads of this run have written,
    too, a moment before it is durable; if it cannot be kept, every verb raises from then on.
    """

    def __init__(self, database: Database, clock: Clock, machine: str, counter: Counter | None = None) -> None:
        self._db = database
        self.clock = clock
        self._counter = counter or Counter(database)
        self.history = History(database, clock, machine)
        self.threads = Threads(database, clock)
        self.publications = Publications(database, clock, self._counter, self.history, lambda: self.ledger)
        self.notices = Notices(database, clock)

    def close(self) -> None:
        self._db.close()

    # -- rooms that not every run enters

    @cached_property
    def approvals(self) -> Approvals:
        """What was approved, and taken back."""
        from contentkit.publishing.journal.approvals import Approvals

        return Approvals(self._db, self.clock, self.publications, lambda: self.amendments)

    @cached_property
    def waits(self) -> Waits:
        """Why planned parts do not go out yet."""
        from contentkit.publishing.journal.waits import Waits

        return Waits(self._db, self.history, self.notices)

    @cached_property
    def doubts(self) -> Doubts:
        """Parts of which nobody knows whether they are out."""
        from contentkit.publishing.journal.doubts import Doubts

        return Doubts(self._db, self.clock, self.history)

    @cached_property
    def claims(self) -> Claims:
        """Parts that only a receipt says are out."""
        from contentkit.publishing.journal.claims import Claims

        return Claims(self._db, self.clock, self.history)

    @cached_property
    def accounts(self) -> Accounts:
        """What is known of accounts."""
        from contentkit.publishing.journal.accounts import Accounts

        return Accounts(self._db, self.notices)

    @cached_property
    def amendments(self) -> Amendments:
        """What becomes of parts that are out."""
        from contentkit.publishing.journal.amendments import Amendments

        return Amendments(self._db, self.clock, self._counter, self.history, lambda: self.ledger)

    @cached_property
    def ledger(self) -> Ledger:
        """What was asked of networks that bill."""
        from contentkit.money.ledger import Ledger

        return Ledger(self._db, self.clock, self._db.transaction)

    # -- what concerns several of them

    def recover(self) -> None:
        """Parts, and amendments of parts, that a killed run left in ``sending`` are unknown: they may have been sent.

        Where several workers publish, those of others that live stay as they are.
        """
        with self._db.transaction():
            self.publications.recover()
            self.amendments.recover()

    def mark_told(
        self,
        publications: Iterable[tuple[int, str]],
        notices: Iterable[int] = (),
        amendments: Iterable[tuple[int, str]] = (),
    ) -> None:
        """The messages about these were written out, each with the state that was told: what became of it since is not."""
        with self._db.transaction():
            self.publications.mark_told(publications)
            self.notices.mark_told(notices)
            self.amendments.mark_told(amendments)

    # -- what is known of the journal itself

    def known(self, fact: Fact) -> str:
        """What the journal has noted of itself, or empty."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (fact,)).fetchone()
        return str(row["value"]) if row else ""

    def facts(self) -> dict[str, str]:
        """All that the journal has noted of itself, as it was at one moment."""
        return {row["key"]: row["value"] for row in self._db.execute("SELECT key, value FROM meta").fetchall()}

    def note(self, facts: Mapping[Fact, str]) -> None:
        """Notes these of itself, all or none."""
        with self._db.transaction():
            for fact, value in facts.items():
                self._note(fact, value)

    def change(self, fact: Fact, changed: Callable[[str], str]) -> None:
        """Notes of this fact what comes of what is known of it, or of nothing, whoever else notes something of it now."""
        with self._db.transaction():
            # Written as it was, it is ours until the end of the transaction, on PostgreSQL as well.
            row = self._db.execute(
                "INSERT INTO meta VALUES (?, '') ON CONFLICT (key) DO UPDATE SET value = meta.value RETURNING value",
                (fact,),
            ).fetchone()
            self._note(fact, changed(row["value"]))

    def _note(self, fact: Fact, value: str) -> None:
        self._db.execute(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (fact, value)
        )

    def count_up(self) -> None:
        """Raises the journal's counter by one: older copies are told by it."""
        with self._counter.raised():
            pass

    def counted(self) -> int:
        """The counter as it was last durably raised through this very object; each intent raises it, too."""
        return self._counter.durable
