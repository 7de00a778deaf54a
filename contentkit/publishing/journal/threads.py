"""Threads, as their parts stand now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.publishing.journal.rows import rows_where
from contentkit.publishing.publications import Publication, Thread
from contentkit.publishing.records import publication_of
from contentkit.publishing.statements import TURN
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database


class Threads:
    """The threads of an open journal, to read."""

    def __init__(self, connection: Database, clock: Clock) -> None:
        self._db = connection
        self._clock = clock

    def living(self) -> list[Thread]:
        """Every thread with living publications, by due time."""
        return self._where("state <> 'skipped'")

    def open(self) -> list[Thread]:
        """Threads in which something is not settled, by due time; sent parts included."""
        return self._where(
            "state <> 'skipped' AND (entry, account) IN (SELECT entry, account FROM publications"
            " WHERE state IN ('planned', 'sending', 'unknown', 'held'))"
        )

    def of(self, entry: str) -> list[Thread]:
        """The threads of one entry on all of its accounts."""
        return self._where("state <> 'skipped' AND entry = ?", (entry,))

    def on(self, account: str) -> list[Thread]:
        """The threads of all entries on one account, by due time."""
        return self._where("state <> 'skipped' AND account = ?", (account,))

    def find(self, entry: str, account: str) -> Thread | None:
        """The thread of one entry on one account, if it was ever planned."""
        found = self._where("state <> 'skipped' AND entry = ? AND account = ?", (entry, account))
        return found[0] if found else None

    def amended(self) -> list[Thread]:
        """Threads of which something that is out is to be changed, by due time; their other parts included."""
        return self._where(
            "state <> 'skipped' AND (entry, account) IN (SELECT entry, account FROM publications"
            " WHERE id IN (SELECT publication FROM amendments WHERE state NOT IN ('sent', 'skipped')))"
        )

    def claimed(self) -> list[Thread]:
        """Threads with parts that only a receipt says are out, by due time; their other parts included."""
        return self._where(
            "state <> 'skipped' AND (entry, account) IN (SELECT entry, account FROM publications"
            " WHERE id IN (SELECT publication FROM claims))"
        )

    def in_hand(self, account: str) -> list[Thread]:
        """The threads of one account on which something can be done now, by due time: what waits for its time is not read."""
        rows = self._db.execute(
            f"""SELECT * FROM publications WHERE account = ?1 AND state IN ('sending', 'unknown')
               UNION ALL SELECT * FROM publications WHERE account = ?1 AND state = 'planned' AND {TURN} <= ?2
               UNION ALL SELECT * FROM publications WHERE account = ?1 AND state <> 'skipped' AND id IN (
                 SELECT publication FROM claims
                 UNION SELECT publication FROM amendments WHERE state NOT IN ('sent', 'skipped'))""",  # noqa: S608 - no words from outside
            (account, stamped_finely(self._clock.now())),
        ).fetchall()
        found = {row.entry: row for row in map(publication_of, rows)}
        threads = [
            Thread(entry=entry, account=account, rows=(row,)) if row.parts == 1 else self.find(entry, account)
            for entry, row in found.items()
        ]
        return _by_due_time(thread for thread in threads if thread)

    def outlines(self) -> dict[tuple[str, str], bool]:
        """Every living thread by entry and account, and whether all of it is out: of a long history, without its words."""
        rows = self._db.execute(
            "SELECT entry, account, min(CASE state WHEN 'sent' THEN 1 ELSE 0 END) AS out FROM publications"
            " WHERE state <> 'skipped' GROUP BY entry, account"
        )
        return {(row["entry"], row["account"]): bool(row["out"]) for row in rows.fetchall()}

    def zones(self) -> list[str]:
        """The zones on whose walls the clocks hang by which something that is planned is due."""
        rows = self._db.execute("SELECT DISTINCT zone FROM publications WHERE state = 'planned' AND wall <> ''")
        return [str(row["zone"]) for row in rows.fetchall()]

    def _where(self, where: str, values: Sequence[object] = ()) -> list[Thread]:
        grouped: dict[tuple[str, str], list[Publication]] = {}
        for row in rows_where(self._db, where, values):
            grouped.setdefault((row.entry, row.account), []).append(row)
        threads = [Thread(entry=entry, account=account, rows=tuple(rows)) for (entry, account), rows in grouped.items()]
        return _by_due_time(threads)


def _by_due_time(threads: Iterable[Thread]) -> list[Thread]:
    return sorted(threads, key=lambda thread: (thread.due, thread.entry, thread.account))
