"""The journal: every verb is one durable transaction. Nothing beside it and what it is made of knows its SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.publishing.account_states import read_state, read_states, write_state
from contentkit.publishing.counter import Counter
from contentkit.publishing.facts import Fact
from contentkit.publishing.notices import Notices
from contentkit.publishing.publications import (
    PlannedPart,
    Publication,
    State,
    Thread,
    attempt_name,
    fingerprint,
    idempotency_key,
    media_json,
)
from contentkit.publishing.records import (
    AccountState,
    Approval,
    Notice,
    Revocation,
    approval_of,
    publication_of,
    revocation_of,
)
from contentkit.publishing.statements import TURN
from contentkit.stamps import moment_if_any, stamped_finely

if TYPE_CHECKING:
    from contentkit.money.ledger import Ledger
    from contentkit.publishing.amendment_verbs import Amendments
    from contentkit.publishing.amendments import DecidedChange
    from contentkit.publishing.fares import Fare
    from contentkit.publishing.statements import Database

# What the history calls a wait that we chose, and one of seconds that the network asked for.
_OWN_WAIT = "tries later"
_SHORT_WAIT = "short wait"
# What it calls a person's certainty that a part in doubt was not sent.
_RULED_OUT = "ruled out"
# What it calls the suspicion that a part is out although this journal never sent it, and a person's word that it is to be sent.
_MAY_BE_OUT = "may be out"
_SENT_AGAIN = "held>planned"
_NOTE = """INSERT INTO attempts (publication, at, machine, boot, uptime, move, detail, answer, amendment)
SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?"""
# Of what a network answers to an attempt, so much is kept, in characters.
LONGEST_ANSWER = 1000


class MovedMeanwhile(StateError):
    """Another command moved the row since it was read."""


def _moved(row: Publication) -> MovedMeanwhile:
    return MovedMeanwhile(
        f"{row.entry} on {row.account}, part {row.part + 1}: no longer {row.state}",
        hint="another command changed it: look at the queue",
    )


def _by_due_time(threads: Iterable[Thread]) -> list[Thread]:
    return sorted(threads, key=lambda thread: (thread.due, thread.entry, thread.account))


class _Time(NamedTuple):
    """When a thread is due: the moment as it was at its approval, and the clock on the wall that it follows."""

    due: datetime
    wall: str
    zone: str


class Journal:
    """An open journal. Each verb either happens durably or raises.

    Reads see what other threads of this run have written, too, a moment before it is durable; if it cannot be kept, every verb
    raises from then on.
    """

    def __init__(self, database: Database, clock: Clock, machine: str, counter: Counter | None = None) -> None:
        self._db = database
        self.clock = clock
        self._machine = machine
        self._counter = counter or Counter(database)
        self.notices = Notices(self._db, clock)

    def close(self) -> None:
        self._db.close()

    @cached_property
    def ledger(self) -> Ledger:
        """What was asked of networks that bill. A run with nothing due does without it."""
        from contentkit.money.ledger import Ledger

        return Ledger(self._db, self.clock, self._db.transaction)

    @cached_property
    def amendments(self) -> Amendments:
        """What becomes of parts that are out."""
        from contentkit.publishing.amendment_verbs import Amendments

        return Amendments(self._db, self.clock, self._counter, self._record, lambda: self.ledger)

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

    # -- approvals

    def approve(
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
            for row in self._rows("entry = ? AND state IN ('planned', 'held')", (approval.entry,)):
                self._move(row, State.SKIPPED, "approved anew", also={"told": 1})
            changed = {change.row.id for change in changes}
            for row in self._rows("entry = ? AND state <> 'skipped'", (approval.entry,)):
                if row.id not in changed:
                    self._db.execute("UPDATE publications SET approval = ? WHERE id = ?", (number, row.id))
            for part in planned:
                self._plan(project, approval.entry, number, _Time(due, wall, zone), part)
            if changes:
                decided = [replace(change, approval=number) for change in changes]
                self.amendments.add(decided, by=approval.by, why=why)
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
                self._move(row, State.SKIPPED, f"approval revoked by {revocation.by}", also={"told": 1})

    def revocations(self) -> list[Revocation]:
        """Everything that was ever taken back, oldest first."""
        return [revocation_of(row) for row in self._db.execute("SELECT * FROM revocations ORDER BY id").fetchall()]

    def _plan(self, project: str, entry: str, approval: int, time: _Time, part: PlannedPart) -> None:
        living = self._rows(
            "entry = ? AND account = ? AND part = ? AND state <> 'skipped'", (entry, part.account, part.part)
        )
        if living:
            self._db.execute("UPDATE publications SET parts = ? WHERE id = ?", (part.parts, living[0].id))
            return
        remote_id, url = part.sent or ("", "")
        state = State.SENT if part.sent else State.PLANNED
        # Below what is out it goes on from the word of whoever approves it now, however long ago that went out.
        now = stamped_finely(self.clock.now())
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
        return bool(self._rows("entry = ? AND account = ? AND state = 'sent'", (entry, account)))

    def approval(self, number: int) -> Approval:
        """The approval with this id."""
        return approval_of(self._db.execute("SELECT * FROM approvals WHERE id = ?", (number,)).fetchone())

    def latest_approval(self, entry: str) -> Approval | None:
        """The newest approval of an entry, whatever became of it."""
        row = self._db.execute("SELECT * FROM approvals WHERE entry = ? ORDER BY id DESC LIMIT 1", (entry,)).fetchone()
        return approval_of(row) if row else None

    def approvals_of(self, entry: str) -> list[Approval]:
        """Every approval of an entry, oldest first, whatever became of it."""
        rows = self._db.execute("SELECT * FROM approvals WHERE entry = ? ORDER BY id", (entry,)).fetchall()
        return [approval_of(row) for row in rows]

    def has_approval(self, entry: str, digest: str) -> bool:
        """Whether an approval of this entry with this digest was ever given here."""
        found = self._db.execute(
            "SELECT 1 FROM approvals WHERE entry = ? AND digest = ? LIMIT 1", (entry, digest)
        ).fetchone()
        return found is not None

    def has_approvals(self) -> bool:
        """Whether anything was ever approved here."""
        return self._db.execute("SELECT 1 FROM approvals LIMIT 1").fetchone() is not None

    # -- reading threads

    def threads(self) -> list[Thread]:
        """Every thread with living publications, by due time."""
        return self._threads("state <> 'skipped'")

    def open_threads(self) -> list[Thread]:
        """Threads in which something is not settled, by due time; sent parts included."""
        return self._threads(
            "state <> 'skipped' AND (entry, account) IN (SELECT entry, account FROM publications"
            " WHERE state IN ('planned', 'sending', 'unknown', 'held'))"
        )

    def threads_of(self, entry: str) -> list[Thread]:
        """The threads of one entry on all of its accounts."""
        return self._threads("state <> 'skipped' AND entry = ?", (entry,))

    def threads_of_account(self, account: str) -> list[Thread]:
        """The threads of all entries on one account, by due time."""
        return self._threads("state <> 'skipped' AND account = ?", (account,))

    def amended_threads(self) -> list[Thread]:
        """Threads of which something that is out is to be changed, by due time; their other parts included."""
        return self._threads(
            "state <> 'skipped' AND (entry, account) IN (SELECT entry, account FROM publications"
            " WHERE id IN (SELECT publication FROM amendments WHERE state NOT IN ('sent', 'skipped')))"
        )

    def threads_in_hand(self, account: str) -> list[Thread]:
        """The threads of one account on which something can be done now, by due time: what waits for its time is not read."""
        rows = self._db.execute(
            f"""SELECT * FROM publications WHERE account = ?1 AND state IN ('sending', 'unknown')
               UNION ALL SELECT * FROM publications WHERE account = ?1 AND state = 'planned' AND {TURN} <= ?2
               UNION ALL SELECT * FROM publications WHERE account = ?1 AND state <> 'skipped' AND id IN (
                 SELECT publication FROM claims
                 UNION SELECT publication FROM amendments WHERE state NOT IN ('sent', 'skipped'))""",  # noqa: S608 - no words from outside
            (account, stamped_finely(self.clock.now())),
        ).fetchall()
        found = {row.entry: row for row in map(publication_of, rows)}
        threads = [
            Thread(entry=entry, account=account, rows=(row,)) if row.parts == 1 else self.thread(entry, account)
            for entry, row in found.items()
        ]
        return _by_due_time(thread for thread in threads if thread)

    def has_changes_due(self) -> bool:
        """Whether something that is out is to be changed now, or a person was not told of such a change."""
        return bool(self.amendments.due() or self.amendments.untold())

    def zones(self) -> list[str]:
        """The zones on whose walls the clocks hang by which something that is planned is due."""
        rows = self._db.execute("SELECT DISTINCT zone FROM publications WHERE state = 'planned' AND wall <> ''")
        return [str(row["zone"]) for row in rows.fetchall()]

    def ended(self) -> list[Publication]:
        """Every part that was out and was taken off its network."""
        return self._rows("state = 'skipped' AND remote_id <> ''")

    def has_claims(self) -> bool:
        """Whether any part is taken for sent on the word of a receipt alone."""
        return self._db.execute("SELECT 1 FROM claims LIMIT 1").fetchone() is not None

    def claimed_threads(self) -> list[Thread]:
        """Threads with parts that only a receipt says are out, by due time; their other parts included."""
        return self._threads(
            "state <> 'skipped' AND (entry, account) IN (SELECT entry, account FROM publications"
            " WHERE id IN (SELECT publication FROM claims))"
        )

    def claimed(self, thread: Thread) -> list[Publication]:
        """The parts of a thread that only a receipt says are out, in order."""
        claims = {row["publication"] for row in self._db.execute("SELECT publication FROM claims").fetchall()}
        return [row for row in thread.rows if row.id in claims]

    def why_skipped(self, entry: str, account: str) -> str:
        """Why the newest skipped part of this thread was skipped; empty when none was."""
        row = self._db.execute(
            "SELECT reason FROM publications WHERE entry = ? AND account = ? AND state = 'skipped' ORDER BY id DESC LIMIT 1",
            (entry, account),
        ).fetchone()
        return str(row["reason"]) if row else ""

    def thread(self, entry: str, account: str) -> Thread | None:
        """The thread of one entry on one account, if it was ever planned."""
        found = self._threads("state <> 'skipped' AND entry = ? AND account = ?", (entry, account))
        return found[0] if found else None

    def outlines(self) -> dict[tuple[str, str], bool]:
        """Every living thread by entry and account, and whether all of it is out: of a long history, without its words."""
        rows = self._db.execute(
            "SELECT entry, account, min(CASE state WHEN 'sent' THEN 1 ELSE 0 END) AS out FROM publications"
            " WHERE state <> 'skipped' GROUP BY entry, account"
        )
        return {(row["entry"], row["account"]): bool(row["out"]) for row in rows.fetchall()}

    def remote_ids(self, account: str) -> set[str]:
        """The ids on the network that belong to publications already."""
        rows = self._db.execute("SELECT remote_id FROM publications WHERE account = ? AND remote_id <> ''", (account,))
        return {str(row["remote_id"]) for row in rows}

    def sent_before(self, account: str, text: str, *, apart_from: str) -> Publication | None:
        """The newest sent part on this account with these words that belongs to another entry."""
        rows = self._rows(
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
                self.clock.boot(), self.clock.uptime() - span.total_seconds(),
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

    def attempts(self, publication: int) -> list[dict[str, Any]]:
        """What happened to a publication, oldest first."""
        return [
            dict(row)
            for row in self._db.execute("SELECT * FROM attempts WHERE publication = ? ORDER BY id", (publication,))
        ]

    def attempts_of(self, entry: str) -> list[dict[str, Any]]:
        """What happened to every publication of an entry, those that were skipped included: oldest first, with its account, part
        and parts."""
        rows = self._db.execute(
            """SELECT attempts.*, account, part, parts FROM attempts JOIN publications ON publications.id = publication
               WHERE entry = ? ORDER BY attempts.id""",
            (entry,),
        )
        return [dict(row) for row in rows.fetchall()]

    def _threads(self, where: str, values: Sequence[object] = ()) -> list[Thread]:
        grouped: dict[tuple[str, str], list[Publication]] = {}
        for row in self._rows(where, values):
            grouped.setdefault((row.entry, row.account), []).append(row)
        threads = [Thread(entry=entry, account=account, rows=tuple(rows)) for (entry, account), rows in grouped.items()]
        return _by_due_time(threads)

    def _rows(self, where: str, values: Sequence[object] = ()) -> list[Publication]:
        query = f"SELECT * FROM publications WHERE {where} ORDER BY entry, account, part"  # noqa: S608 - no words from outside
        # All at once: as long as a row is still to be read, the publisher could commit nothing.
        return [publication_of(row) for row in self._db.execute(query, tuple(values)).fetchall()]

    # -- the verbs of the state machine

    def claim(self, row: Publication, *, parent: str, watermark: str, fare: Fare | None = None) -> Publication | None:
        """The right to send this part once: the intent, durable before the first byte. None: no right.

        One statement decides: planned, its turn has come, nothing earlier in its thread is open, nothing of it is still to be
        deleted, no stop. What the network bills for it is noted with the intent. Raises Unavailable when the budget does not
        reach: then nothing is changed.
        """
        now = stamped_finely(self.clock.now())
        with self._counter.raised():
            if not (self._db.may_send(row.account) and self._db.may_begin(row.account)):
                return None
            claimed = self._db.execute(
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
                (parent, watermark, now, self.clock.boot(), self.clock.uptime(), row.id, now, Fact.STOPPED),
            ).fetchone()
            if claimed is None:
                return None
            self._record(row.id, "planned>sending", f"attempt {claimed['attempts']}")
            attempt = publication_of(claimed)
            if fare:
                self.ledger.charge(row.account, [fare.charge(attempt)], fare.budget, fare.besides)
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
            self._move(row, State.SENT, "", how, answer, also=also)

    def prove(self, row: Publication) -> None:
        """The network shows what so far only a receipt said."""
        with self._db.transaction():
            self._db.execute("DELETE FROM claims WHERE publication = ?", (row.id,))
            self._record(row.id, "seen", "the network shows what the receipt says")

    def disprove(self, row: Publication, reason: str) -> None:
        """The network does not show what a receipt said: the only way out of ``sent``. A person has to decide."""
        with self._db.transaction():
            moved = self._db.execute(
                """UPDATE publications SET state = 'held', reason = ?, remote_id = '', url = '', changed_at = ?, told = 0
                   WHERE id = ? AND state = 'sent' AND remote_id = ?""",
                (reason, stamped_finely(self.clock.now()), row.id, row.remote_id),
            )
            if moved.rowcount != 1:
                raise MovedMeanwhile(f"{row.entry} on {row.account}, part {row.part + 1}: no longer as it was")
            self._db.execute("DELETE FROM claims WHERE publication = ?", (row.id,))
            self._record(row.id, "sent>held", reason)

    def postpone(self, row: Publication, reason: str, until: datetime | None, *, answer: str = "") -> None:
        """Certainly not sent: planned again, not before ``until``."""
        with self._db.transaction():
            also = {"not_before": stamped_finely(until) if until else None}
            self._move(row, State.PLANNED, reason, answer=answer, also=also)
            self._take_back(row)

    def ask_again(self, row: Publication, reason: str, *, answer: str = "") -> None:
        """Certainly not sent, and asked for again within seconds: planned again, and counted."""
        with self._db.transaction():
            self._move(row, State.PLANNED, reason, answer=answer)
            self._record(row.id, _SHORT_WAIT, reason)
            self._take_back(row)

    def short_waits(self, row: Publication) -> int:
        """How often the network asked for a part again within seconds, since a person last decided about it."""
        found = self._db.execute(
            """SELECT count(*) AS number FROM attempts WHERE publication = ? AND amendment IS NULL AND move = ? AND id > (
                 SELECT coalesce(max(id), 0) FROM attempts
                 WHERE publication = ? AND amendment IS NULL AND move = ?)""",
            (row.id, _SHORT_WAIT, row.id, _SENT_AGAIN),
        ).fetchone()
        return int(found["number"])

    def wait(self, row: Publication, reason: str, until: datetime) -> None:
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
            self._record(row.id, move, reason)

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
            self._record(thread.rows[0].id, "moves on", notice.reason)
            return self.notices.add(notice)

    def waits_as_asked(self, row: Publication) -> bool:
        """Whether it was the network that asked for a part's last wait, and not we who chose it."""
        newest = self._db.execute(
            "SELECT move FROM attempts WHERE publication = ? AND amendment IS NULL ORDER BY id DESC LIMIT 1", (row.id,)
        ).fetchone()
        return newest is None or newest["move"] != _OWN_WAIT

    def doubt(self, row: Publication, reason: str, *, answer: str = "") -> Publication:
        """Nobody knows whether it was sent; the time of looking starts now."""
        with self._db.transaction():
            also = {"doubted_boot": self.clock.boot(), "doubted_uptime": self.clock.uptime(), "looks": 0, "told": 0}
            self._move(row, State.UNKNOWN, reason, answer=answer, also=also)
        return self._rows("id = ?", (row.id,))[0]

    def looked(self, row: Publication, detail: str) -> Publication:
        """It was looked for and is not there (yet). After a restart of the machine the wait starts again.

        Raises MovedMeanwhile when another run has settled it: where the lock was removed, two may look at one time.
        """
        with self._db.transaction():
            if self._rows("id = ?", (row.id,))[0].state is not row.state:
                raise _moved(row)
            boot = self.clock.boot()
            if row.doubted_boot != boot or self.clock.uptime() < row.doubted_uptime:
                self._db.execute(
                    "UPDATE publications SET doubted_boot = ?, doubted_uptime = ?, looks = 1 WHERE id = ?",
                    (boot, self.clock.uptime(), row.id),
                )
            else:
                self._db.execute("UPDATE publications SET looks = looks + 1 WHERE id = ?", (row.id,))
            self._record(row.id, "look", detail)
        return self._rows("id = ?", (row.id,))[0]

    def hold(self, row: Publication, reason: str, *, lookalike: str = "", answer: str = "") -> None:
        """A person has to decide; ``reason`` says what, ``lookalike`` which status it is about."""
        with self._db.transaction():
            also: dict[str, object] = {"told": 0, "lookalike": lookalike} if lookalike else {"told": 0}
            self._move(row, State.HELD, reason, answer=answer, also=also)
            self._take_back(row)

    def remark(self, row: Publication, reason: str, notice: Notice) -> Notice:
        """Notes why a planned part does not go out yet, and that a person must be told."""
        with self._db.transaction():
            self._db.execute("UPDATE publications SET reason = ? WHERE id = ? AND state = 'planned'", (reason, row.id))
            return self.notices.add(notice)

    def skip(self, rows: Sequence[Publication], reason: str) -> None:
        """These parts will not be sent."""
        with self._db.transaction():
            for row in rows:
                # One message for the thread is enough.
                self._move(row, State.SKIPPED, reason, also={"told": 0} if row is rows[0] else {})

    def release(self, row: Publication, by: str, reason: str) -> None:
        """A person decided that a held part is to be sent; its lateness counts from now."""
        with self._db.transaction():
            also = {"released_at": stamped_finely(self.clock.now()), "not_before": None}
            self._move(row, State.PLANNED, "", f"{by}: {reason}", also=also)

    def recover(self) -> None:
        """Parts, and amendments of parts, that a killed run left in ``sending`` are unknown: they may have been sent.

        Where several workers publish, those of others that live stay as they are.
        """
        with self._db.transaction():
            for row in self._rows("state = 'sending'"):
                if not self._db.may_recover(row.account):
                    continue
                self._move(row, State.UNKNOWN, "the program ended while sending", also={"told": 0})
            self.amendments.recover()

    def untold(self) -> list[Publication]:
        """Parts that need a person who has not been told: the run that should have said it may have died."""
        return self._rows("told = 0 AND state IN ('held', 'unknown', 'skipped')")

    def mark_told(
        self,
        publications: Iterable[tuple[int, str]],
        notices: Iterable[int] = (),
        amendments: Iterable[tuple[int, str]] = (),
    ) -> None:
        """The messages about these were written out, each with the state that was told: what became of it since is not."""
        with self._db.transaction():
            for told in publications:
                self._db.execute("UPDATE publications SET told = 1 WHERE id = ? AND state = ?", told)
            self.notices.mark_told(notices)
            for told in amendments:
                self._db.execute("UPDATE amendments SET told = 1 WHERE id = ? AND state = ?", told)

    def rule_out(self, row: Publication, by: str, reason: str) -> None:
        """A person is certain that a held part was not sent: it stays held, and may be approved anew with other words."""
        words = f"not sent, says {by}"
        with self._db.transaction():
            moved = self._db.execute(
                "UPDATE publications SET reason = ?, told = 1 WHERE id = ? AND state = 'held'", (words, row.id)
            )
            if moved.rowcount != 1:
                raise MovedMeanwhile(f"{row.entry} on {row.account}, part {row.part + 1}: no longer held")
            self._record(row.id, _RULED_OUT, f"{by}: {reason}")

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
                self._record(row.id, _MAY_BE_OUT, why)

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
            (entry, account, _MAY_BE_OUT, _RULED_OUT, _SENT_AGAIN),
        ).fetchone()
        return str(found["detail"]) if found else ""

    # -- accounts

    def account(self, name: str) -> AccountState:
        return read_state(self._db, name)

    def accounts(self) -> list[AccountState]:
        return read_states(self._db)

    def set_account(self, state: AccountState, notice: Notice | None = None) -> Notice | None:
        """What is known of an account now, and what of it a person must be told."""
        with self._db.transaction():
            write_state(self._db, state)
            return self.notices.add(notice) if notice else None

    # -- within a transaction

    def _move(
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
            (state, reason, stamped_finely(self.clock.now()), *also.values(), row.id, row.state),
            _NOTE,
            self._noted(row.id, f"{row.state}>{state}", detail or reason, answer),
        )
        if moved.rowcount != 1:
            raise _moved(row)

    def _take_back(self, row: Publication) -> None:
        """An attempt that certainly made nothing was not billed. Of one in doubt nobody knows: it stays charged."""
        if row.state is State.SENDING:
            self.ledger.take_back(row.account, attempt_name(row))

    def _record(
        self, publication: int, move: str, detail: str, answer: str = "", *, amendment: int | None = None
    ) -> None:
        self._db.execute(_NOTE, self._noted(publication, move, detail, answer, amendment))

    def _noted(
        self, publication: int, move: str, detail: str, answer: str, amendment: int | None = None
    ) -> tuple[object, ...]:
        return (
            publication,
            stamped_finely(self.clock.now()),
            self._machine,
            self.clock.boot(),
            self.clock.uptime(),
            move,
            detail[:500],
            answer[:LONGEST_ANSWER],
            amendment,
        )
