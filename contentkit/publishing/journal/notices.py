"""What a person must be told and that is no state of a part: kept in the journal until it was written out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.publishing.records import Notice, notice_of
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.statements import Database


class Notices:
    """The notices of an open journal. ``add`` and ``mark_told`` are part of the caller's transaction."""

    def __init__(self, connection: Database, clock: Clock) -> None:
        self._db = connection
        self._clock = clock

    def keep(self, notice: Notice) -> Notice:
        """Keeps what a person must be told, durably; returns it with its id."""
        with self._db.transaction():
            return self.add(notice)

    def add(self, notice: Notice) -> Notice:
        kept = self._db.execute(
            """INSERT INTO notices (kind, entry, account, part, parts, url, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
               RETURNING id""",
            (
                notice.kind, notice.entry, notice.account, notice.part, notice.parts, notice.url, notice.reason,
                stamped_finely(self._clock.now()),
            ),
        ).fetchone()  # fmt: skip
        return replace(notice, id=int(kept["id"]))

    def has(self, notice: Notice) -> bool:
        """Whether just this was kept before, told or not."""
        found = self._db.execute(
            "SELECT 1 FROM notices WHERE kind = ? AND entry = ? AND account = ? AND part = ? AND url = ? AND reason = ? LIMIT 1",
            (notice.kind, notice.entry, notice.account, notice.part, notice.url, notice.reason),
        ).fetchone()
        return found is not None

    def untold(self) -> list[Notice]:
        """What earlier runs kept and did not get to say."""
        rows = self._db.execute("SELECT * FROM notices WHERE told = 0 ORDER BY id").fetchall()
        return [notice_of(row) for row in rows]

    def mark_told(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self._db.execute("UPDATE notices SET told = 1 WHERE id = ?", (number,))
