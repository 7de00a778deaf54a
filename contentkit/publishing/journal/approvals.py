"""Approvals: what was approved and taken back, and the parts that are planned with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from contentkit.clock import Clock
from contentkit.publishing.journal.rows import rows_where
from contentkit.publishing.publications import (
    PlannedPart,
    Publication,
    State,
    fingerprint,
    idempotency_key,
    media_json,
)
from contentkit.publishing.records import Approval, Revocation, approval_of, revocation_of
from contentkit.stamps import stamped_finely

if TYPE_CHECKING:
    from contentkit.publishing.amendments import DecidedChange
    from contentkit.publishing.journal.amendments import Amendments
    from contentkit.publishing.journal.publications import Publications
    from contentkit.publishing.statements import Database


class _Time(NamedTuple):
    """When a thread is due: the moment as it was at its approval, and the clock on the wall that it follows."""

    due: datetime
    wall: str
    zone: str


class Approvals:
    """The approvals of an open journal."""

    def __init__(
        self, connection: Database, clock: Clock, publications: Publications, amendments: Callable[[], Amendments]
    ) -> None:
        self._db = connection
        self._clock = clock
        self._publications = publications
        self._amendments = amendments

    def plan(
        self,
        project: str,
        approval: Approval,
        due: datetime,
        planned: Sequence[PlannedPart],
        *,
        wall: str = "",
        zone: str = "",
        changes: Sequence[DecidedChange] = (),
        why: str = "",
    ) -> int:
        """Stores the approval and plans its parts; earlier plans of the entry that have not left are skipped.

        ``wall`` and ``zone`` are the entry's; ``due`` counts where they are not given, or no longer known.
        Parts that are already sent stay as they are: only later ones are planned anew. The caller has made sure that
        the sent ones read the same, but for those that this approval changes: their ``changes`` are decided with it, for the
        reason ``why``. Returns the approval's id. Raises StateError as ``Amendments.decide``.
        """
        with self._db.transaction():
            number = self._insert(approval)
            for row in rows_where(self._db, "entry = ? AND state IN ('planned', 'held')", (approval.entry,)):
                self._publications.move(row, State.SKIPPED, "approved anew", also={"told": 1})
            changed = {change.row.id for change in changes}
            for row in rows_where(self._db, "entry = ? AND state <> 'skipped'", (approval.entry,)):
                if row.id not in changed:
                    self._db.execute("UPDATE publications SET approval = ? WHERE id = ?", (number, row.id))
            for part in planned:
                self._plan_part(project, approval.entry, number, _Time(due, wall, zone), part)
            if changes:
                decided = [replace(change, approval=number) for change in changes]
                self._amendments().add(decided, by=approval.by, why=why)
        return number

    def record(self, approval: Approval) -> int:
        """Stores an approval that plans nothing yet: others have to approve, too. Returns its id."""
        with self._db.transaction():
            return self._insert(approval)

    def _insert(self, approval: Approval) -> int:
        added = self._db.execute(
            """INSERT INTO approvals (entry, digest, manifest, approved_by, approved_at, trust, seal)
               VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            (
                approval.entry,
                approval.digest,
                approval.manifest,
                approval.by,
                stamped_finely(approval.at),
                approval.trust,
                approval.seal,
            ),
        ).fetchone()
        return int(added["id"])

    def revoke(self, revocation: Revocation, rows: Sequence[Publication]) -> None:
        """Remembers for ever what was taken back, and skips these planned or held parts of it."""
        with self._db.transaction():
            self._db.execute(
                """INSERT INTO revocations (entry, digest, upto, revoked_by, revoked_at, trust, reason, seal)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    revocation.entry, revocation.digest, revocation.upto, revocation.by, stamped_finely(revocation.at),
                    revocation.trust, revocation.reason, revocation.seal,
                ),
            )  # fmt: skip
            for row in rows:
                # Whoever took it back is told at once.
                self._publications.move(row, State.SKIPPED, f"approval revoked by {revocation.by}", also={"told": 1})

    def revocations(self) -> list[Revocation]:
        """Everything that was ever taken back, oldest first."""
        return [revocation_of(row) for row in self._db.execute("SELECT * FROM revocations ORDER BY id").fetchall()]

    def _plan_part(self, project: str, entry: str, approval: int, time: _Time, part: PlannedPart) -> None:
        living = rows_where(
            self._db, "entry = ? AND account = ? AND part = ? AND state <> 'skipped'", (entry, part.account, part.part)
        )
        if living:
            self._db.execute("UPDATE publications SET parts = ? WHERE id = ?", (part.parts, living[0].id))
            return
        remote_id, url = part.sent or ("", "")
        state = State.SENT if part.sent else State.PLANNED
        # Below what is out it goes on from the word of whoever approves it now, however long ago that went out.
        now = stamped_finely(self._clock.now())
        released = now if part.part and not part.sent and self._is_out(entry, part.account) else None
        added = self._db.execute(
            """INSERT INTO publications (approval, entry, account, part, parts, post, due, wall, zone, text, media, warning,
                 visibility, language, fingerprint, key, state, remote_id, url, changed_at, released_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            (
                approval, entry, part.account, part.part, part.parts, part.post,
                stamped_finely(time.due), time.wall, time.zone, part.text,
                media_json(part.media), part.warning, part.visibility, part.language, fingerprint(part.text),
                idempotency_key(project, entry, part, approval), state, remote_id, url, now, released,
            ),
        ).fetchone()  # fmt: skip
        if part.sent:
            self._db.execute("INSERT INTO claims VALUES (?)", (added["id"],))

    def _is_out(self, entry: str, account: str) -> bool:
        return bool(rows_where(self._db, "entry = ? AND account = ? AND state = 'sent'", (entry, account)))

    def numbered(self, number: int) -> Approval:
        """The approval with this id."""
        return approval_of(self._db.execute("SELECT * FROM approvals WHERE id = ?", (number,)).fetchone())

    def latest(self, entry: str) -> Approval | None:
        """The newest approval of an entry, whatever became of it."""
        row = self._db.execute("SELECT * FROM approvals WHERE entry = ? ORDER BY id DESC LIMIT 1", (entry,)).fetchone()
        return approval_of(row) if row else None

    def of(self, entry: str) -> list[Approval]:
        """Every approval of an entry, oldest first, whatever became of it."""
        rows = self._db.execute("SELECT * FROM approvals WHERE entry = ? ORDER BY id", (entry,)).fetchall()
        return [approval_of(row) for row in rows]

    def has(self, entry: str, digest: str) -> bool:
        """Whether an approval of this entry with this digest was ever given here."""
        found = self._db.execute(
            "SELECT 1 FROM approvals WHERE entry = ? AND digest = ? LIMIT 1", (entry, digest)
        ).fetchone()
        return found is not None

    def exist(self) -> bool:
        """Whether anything was ever approved here."""
        return self._db.execute("SELECT 1 FROM approvals LIMIT 1").fetchone() is not None
