"""The amendments of an open journal: what was decided about parts that are out, and what came of it.

Every verb is one durable transaction, as the journal's own are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.publishing.amendments import Amendment, AmendmentKind, DecidedChange, change_name
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal.publications import MovedMeanwhile
from contentkit.publishing.publications import (
    PlannedPart,
    Publication,
    State,
    Thread,
    fingerprint,
    idempotency_key,
    media_json,
)
from contentkit.publishing.records import amendment_of, publication_of
from contentkit.stamps import moment_if_any, stamped_finely

if TYPE_CHECKING:
    from contentkit.money.ledger import Ledger
    from contentkit.publishing.counter import Counter
    from contentkit.publishing.fares import ChangeFare
    from contentkit.publishing.journal.history import History
    from contentkit.publishing.statements import Answer, Database

_OPEN = "amendments.state NOT IN ('sent', 'skipped')"
# What is deleted goes from the end of a thread to its beginning, what is edited from its beginning on.
_READ = """SELECT amendments.*, entry, account, part, parts, remote_id, url
  FROM amendments JOIN publications ON publications.id = amendments.publication WHERE {where}
  ORDER BY entry, account, CASE kind WHEN 'edit' THEN part ELSE -part END, amendments.id"""


class Amendments:
    """What becomes of parts that are out. ``add``, ``recover`` and ``mark_told`` are part of the caller's transaction."""

    def __init__(
        self,
        connection: Database,
        clock: Clock,
        counter: Counter,
        history: History,
        ledger: Callable[[], Ledger],
    ) -> None:
        self._db = connection
        self._clock = clock
        self._counter = counter
        self._history = history
        self._ledger = ledger

    # -- deciding

    def decide(self, changes: Sequence[DecidedChange], *, by: str, why: str) -> list[Amendment]:
        """Remembers what a person decided about these parts, all or none. What of a thread is not out yet when parts of it are
        deleted is skipped.

        Raises StateError when a part is no longer out, is being changed already, may be on its way, or has a later one that
        would be left without it.
        """
        with self._db.transaction():
            return self.add(changes, by=by, why=why)

    def add(self, changes: Sequence[DecidedChange], *, by: str, why: str) -> list[Amendment]:
        self._check(changes)
        numbers = [self._insert(change, by, why) for change in changes]
        for change in changes:
            if change.kind is AmendmentKind.DELETE:
                self._skip_rest(change.row, by)
        return self._read(f"amendments.id IN ({', '.join(map(str, numbers)) or 'NULL'})")

    def _check(self, changes: Iterable[DecidedChange]) -> None:
        changed = {change.row.id for change in changes}
        for change in changes:
            row, where = change.row, f"{change.row.entry} on {change.row.account}"
            living = [one for one in self._living(row.entry, row.account) if one.part >= row.part]
            if not any(one.id == row.id and one.state is State.SENT for one in living):
                raise StateError(f"{where}: part {row.part + 1} is no longer published", hint="look at the queue")
            if self._read(f"{_OPEN} AND publication = ?", (row.id,)):
                hint = "let 'contentkit post' end it, or settle it with 'contentkit resolve'"
                raise StateError(f"{where}: part {row.part + 1} is being changed already", hint=hint)
            if change.kind is not AmendmentKind.EDIT:
                self._check_later(where, [one for one in living if one.id not in changed])

    def _check_later(self, where: str, later: Iterable[Publication]) -> None:
        """Nothing is left hanging under what is deleted."""
        for one in later:
            if one.state in (State.SENDING, State.UNKNOWN):
                hint = "let 'contentkit post' look for it, or settle it with 'contentkit resolve'"
                raise StateError(f"{where}: part {one.part + 1} may be on its way", hint=hint)
            if one.state is State.SENT:
                raise StateError(f"{where}: part {one.part + 1} went out meanwhile", hint="look at it, and decide anew")

    def _insert(self, change: DecidedChange, by: str, why: str) -> int:
        now = stamped_finely(self._clock.now())
        words = change.kind is not AmendmentKind.DELETE
        added = self._db.execute(
            """INSERT INTO amendments (publication, kind, approval, text, media, warning, language, fingerprint, decided_by, why,
                 decided_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            (
                change.row.id, change.kind, change.approval or None, change.text, media_json(change.media), change.warning,
                change.language, fingerprint(change.text) if words else "", by, why, now, now,
            ),
        ).fetchone()  # fmt: skip
        number = int(added["id"])
        self._history.record(change.row.id, f"{change.kind} decided", f"{by}: {why}" if why else by, amendment=number)
        return number

    def _skip_rest(self, row: Publication, by: str) -> None:
        reason = f"retracted by {by}"
        for one in self._living(row.entry, row.account):
            if one.state in (State.PLANNED, State.HELD):
                # Whoever takes it back is told at once.
                self._db.execute(
                    "UPDATE publications SET state = 'skipped', reason = ?, changed_at = ?, told = 1 WHERE id = ?",
                    (reason, stamped_finely(self._clock.now()), one.id),
                )
                self._history.record(one.id, f"{one.state}>skipped", reason)

    # -- reading

    def open(self) -> list[Amendment]:
        """What is decided and not settled, thread by thread, in the order in which it may be carried out."""
        return self._read(_OPEN)

    def due(self) -> list[Amendment]:
        """What of it a run can do something about now: what is in doubt, and what is planned, unless its wait is not over, or
        publishing is stopped."""
        return self._read(
            """amendments.state IN ('sending', 'unknown') OR (amendments.state = 'planned'
                 AND (amendments.not_before IS NULL OR amendments.not_before <= ?)
                 AND NOT EXISTS (SELECT 1 FROM meta WHERE key = ? AND value <> ''))""",
            (stamped_finely(self._clock.now()), Fact.STOPPED),
        )

    def next_due(self) -> datetime | None:
        """When the first wait of what is planned is over, or was; None where nothing waits."""
        row = self._db.execute("SELECT min(not_before) AS at FROM amendments WHERE state = 'planned'").fetchone()
        return moment_if_any(row["at"])

    def of_thread(self, thread: Thread) -> list[Amendment]:
        """What is decided and not settled of this thread, in the order in which it may be carried out."""
        return self._read(f"{_OPEN} AND entry = ? AND account = ?", (thread.entry, thread.account))

    def of_entry(self, entry: str) -> list[Amendment]:
        """All that was ever decided about what is out of this entry, whatever became of it."""
        return self._read("entry = ?", (entry,))

    def fresh(self, amendment: Amendment) -> Amendment:
        """The amendment as the journal has it now."""
        return self._read("amendments.id = ?", (amendment.id,))[0]

    def publication(self, amendment: Amendment) -> Publication:
        """The part that is changed, as the journal has it now."""
        row = self._db.execute("SELECT * FROM publications WHERE id = ?", (amendment.publication,)).fetchone()
        return publication_of(row)

    def tries(self, amendment: Amendment) -> int:
        """How often it was asked of the network since a person last decided about it."""
        found = self._db.execute(
            """SELECT count(*) AS number FROM attempts WHERE amendment = ? AND move = 'planned>sending' AND id > (
                 SELECT coalesce(max(id), 0) FROM attempts WHERE amendment = ? AND move = 'held>planned')""",
            (amendment.id, amendment.id),
        ).fetchone()
        return int(found["number"])

    def was_released(self, amendment: Amendment) -> bool:
        """Whether a person who was asked about it said that it is to be tried again."""
        found = self._db.execute(
            "SELECT 1 FROM attempts WHERE amendment = ? AND move = 'held>planned' LIMIT 1", (amendment.id,)
        ).fetchone()
        return found is not None

    def need_a_run(self) -> bool:
        """Whether something that is out is to be changed now, or a person was not told of such a change."""
        return bool(self.due() or self.untold())

    def untold(self) -> list[Amendment]:
        """What needs a person who has not been told: the run that should have said it may have died."""
        return self._read("amendments.told = 0 AND amendments.state IN ('held', 'unknown')")

    def _living(self, entry: str, account: str) -> list[Publication]:
        rows = self._db.execute(
            "SELECT * FROM publications WHERE entry = ? AND account = ? AND state <> 'skipped' ORDER BY part",
            (entry, account),
        )
        return [publication_of(row) for row in rows.fetchall()]

    def _read(self, where: str, values: Sequence[object] = ()) -> list[Amendment]:
        rows = self._db.execute(_READ.format(where=where), tuple(values))
        return [amendment_of(row) for row in rows.fetchall()]

    # -- the verbs of the state machine

    def claim(self, amendment: Amendment, fare: ChangeFare | None = None) -> Amendment | None:
        """The right to ask the network once for this change: the intent, durable before the first byte. None: no right.

        One statement decides: planned, its turn has come, nothing else of its thread is under way or in doubt, nothing that
        hangs under what is deleted is left, no stop. What the network bills for it is noted with the intent. Raises Unavailable
        when the budget does not reach: then nothing is changed.
        """
        now = stamped_finely(self._clock.now())
        with self._counter.raised():
            if not self._db.may_send(amendment.account):
                return None
            claimed = self._db.execute(
                """UPDATE amendments SET state = 'sending', reason = '', attempts = attempts + 1, changed_at = ?,
                     doubted_boot = ?, doubted_uptime = ?, looks = 0
                   WHERE id = ? AND state = 'planned' AND (not_before IS NULL OR not_before <= ?)
                     AND NOT EXISTS (SELECT 1 FROM meta WHERE key = ? AND value <> '')
                     AND NOT EXISTS (SELECT 1 FROM publications AS mine
                       JOIN publications AS other ON other.entry = mine.entry AND other.account = mine.account
                       JOIN amendments AS another ON another.publication = other.id
                       WHERE mine.id = amendments.publication AND another.id <> amendments.id
                         AND (another.state IN ('sending', 'unknown')
                           OR (amendments.kind <> 'edit' AND another.kind <> 'edit' AND other.part > mine.part
                             AND another.state NOT IN ('sent', 'skipped'))))
                   RETURNING attempts""",
                (now, self._clock.boot(), self._clock.uptime(), amendment.id, now, Fact.STOPPED),
            ).fetchone()
            if claimed is None:
                return None
            what = f"{amendment.kind}, attempt {claimed['attempts']}"
            self._history.record(amendment.publication, "planned>sending", what, amendment=amendment.id)
            attempt = self.fresh(amendment)
            if fare:
                self._ledger().charge(amendment.account, [fare.charge(attempt)], fare.budget, fare.besides)
        return attempt

    def done(self, amendment: Amendment, how: str, *, answer: str = "", fare: ChangeFare | None = None) -> None:
        """The network has it as it was decided: the part's words follow, or its end, and its successor is planned.

        ``answer`` is what the network said to this attempt, here as in the other verbs that may end one. An attempt of which it
        said that it did nothing did it all the same where it is found done: the ``fare`` is noted again. Raises MovedMeanwhile
        when the part is no longer published.
        """
        with self._db.transaction():
            self._db.execute("UPDATE amendments SET not_before = NULL WHERE id = ?", (amendment.id,))
            self._move(amendment, State.SENT, "", how, answer)
            if fare and amendment.state is State.PLANNED and amendment.attempts:
                self._ledger().charge(amendment.account, [fare.charge(amendment)], None)
            if amendment.kind is AmendmentKind.EDIT:
                self._follow(amendment)
                return
            self._end(amendment)
            if amendment.kind is AmendmentKind.REPLACE:
                self._plan_anew(amendment)

    def _follow(self, amendment: Amendment) -> None:
        moved = self._db.execute(
            """UPDATE publications SET (approval, text, media, warning, language, fingerprint) =
                 (SELECT approval, text, media, warning, language, fingerprint FROM amendments WHERE id = ?)
               WHERE id = ? AND state = 'sent'""",
            (amendment.id, amendment.publication),
        )
        self._make_sure(amendment, moved)

    def _end(self, amendment: Amendment) -> None:
        verb = "replaced" if amendment.kind is AmendmentKind.REPLACE else "retracted"
        reason = f"{verb} by {amendment.decided_by}"
        # The change is what is told, also where the run died that had found the part.
        moved = self._db.execute(
            "UPDATE publications SET state = 'skipped', reason = ?, changed_at = ?, told = 1 WHERE id = ? AND state = 'sent'",
            (reason, stamped_finely(self._clock.now()), amendment.publication),
        )
        self._make_sure(amendment, moved)
        self._db.execute("DELETE FROM claims WHERE publication = ?", (amendment.publication,))
        self._history.record(amendment.publication, "sent>skipped", reason, amendment=amendment.id)

    def _plan_anew(self, amendment: Amendment) -> None:
        """The part with its new words and a key of its own. It is as late as it was, and nobody minds: a person wants it out."""
        old = self.publication(amendment)
        planned = PlannedPart(
            account=old.account,
            part=old.part,
            parts=old.parts,
            post=old.post,
            text=amendment.text,
            warning=amendment.warning,
            visibility=old.visibility,
            language=amendment.language,
            media=amendment.media,
        )
        now = stamped_finely(self._clock.now())
        self._db.execute(
            """INSERT INTO publications (approval, entry, account, part, parts, post, due, wall, zone, moved_to, text, media,
                 warning, visibility, language, fingerprint, key, state, changed_at, released_at)
               SELECT new.approval, entry, account, part, parts, post, due, wall, zone, moved_to, new.text, new.media,
                 new.warning, visibility, new.language, new.fingerprint, ?, 'planned', ?, ?
               FROM publications AS old JOIN amendments AS new ON new.publication = old.id WHERE new.id = ?""",
            (idempotency_key(old.key, old.entry, planned, amendment.approval), now, now, amendment.id),
        )

    def _make_sure(self, amendment: Amendment, moved: Answer) -> None:
        if moved.rowcount != 1:
            raise MovedMeanwhile(f"{_where(amendment)}: no longer published")

    def postpone(self, amendment: Amendment, reason: str, until: datetime | None, *, answer: str = "") -> None:
        """Certainly not done, or it may be asked for again: planned, not before ``until``."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE amendments SET not_before = ? WHERE id = ?",
                (stamped_finely(until) if until else None, amendment.id),
            )
            self._move(amendment, State.PLANNED, reason, answer=answer)
            self._take_back(amendment)

    def wait(self, amendment: Amendment, reason: str, until: datetime) -> None:
        """What is planned could not be tried, and is tried again then."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE amendments SET reason = ?, not_before = ? WHERE id = ? AND state = 'planned'",
                (reason, stamped_finely(until), amendment.id),
            )
            self._history.record(amendment.publication, "waits", reason, amendment=amendment.id)

    def doubt(self, amendment: Amendment, reason: str, *, answer: str = "") -> Amendment:
        """Nobody knows whether it was done; the time of looking starts now."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE amendments SET doubted_boot = ?, doubted_uptime = ?, looks = 0, told = 0 WHERE id = ?",
                (self._clock.boot(), self._clock.uptime(), amendment.id),
            )
            self._move(amendment, State.UNKNOWN, reason, answer=answer)
            return self.fresh(amendment)

    def looked(self, amendment: Amendment, detail: str) -> Amendment:
        """It was looked for and the network does not show it (yet). After a restart of the machine the wait starts again.

        Raises MovedMeanwhile when another run has settled it.
        """
        with self._db.transaction():
            if self.fresh(amendment).state is not amendment.state:
                raise _moved(amendment)
            boot, uptime = self._clock.boot(), self._clock.uptime()
            if amendment.doubted_boot != boot or uptime < amendment.doubted_uptime:
                self._db.execute(
                    "UPDATE amendments SET doubted_boot = ?, doubted_uptime = ?, looks = 1 WHERE id = ?",
                    (boot, uptime, amendment.id),
                )
            else:
                self._db.execute("UPDATE amendments SET looks = looks + 1 WHERE id = ?", (amendment.id,))
            self._history.record(amendment.publication, "look", detail, amendment=amendment.id)
            return self.fresh(amendment)

    def hold(self, amendment: Amendment, reason: str, *, answer: str = "") -> None:
        """A person has to decide; ``reason`` says what."""
        with self._db.transaction():
            self._db.execute("UPDATE amendments SET told = 0 WHERE id = ?", (amendment.id,))
            self._move(amendment, State.HELD, reason, answer=answer)
            self._take_back(amendment)

    def skip(self, amendments: Sequence[Amendment], reason: str) -> None:
        """These parts stay as they are on the network."""
        with self._db.transaction():
            for amendment in amendments:
                self._move(amendment, State.SKIPPED, reason)

    def release(self, amendment: Amendment, by: str, reason: str) -> None:
        """A person decided that what is held is to be tried again."""
        with self._db.transaction():
            self._db.execute("UPDATE amendments SET not_before = NULL WHERE id = ?", (amendment.id,))
            self._move(amendment, State.PLANNED, "", f"{by}: {reason}")

    def recover(self) -> None:
        """What a killed run left in ``sending`` is unknown: it may have been done."""
        for amendment in self._read("amendments.state = 'sending'"):
            if not self._db.may_recover(amendment.account):
                continue
            self._db.execute("UPDATE amendments SET told = 0 WHERE id = ?", (amendment.id,))
            self._move(amendment, State.UNKNOWN, "the program ended while sending")

    def mark_told(self, told: Iterable[tuple[int, str]]) -> None:
        """The messages about these were written out, each with the state that was told."""
        for one in told:
            self._db.execute("UPDATE amendments SET told = 1 WHERE id = ? AND state = ?", one)

    # -- within a transaction

    def _move(self, amendment: Amendment, state: State, reason: str, detail: str = "", answer: str = "") -> None:
        moved = self._db.execute(
            "UPDATE amendments SET state = ?, reason = ?, changed_at = ? WHERE id = ? AND state = ?",
            (state, reason, stamped_finely(self._clock.now()), amendment.id, amendment.state),
        )
        if moved.rowcount != 1:
            raise _moved(amendment)
        move = f"{amendment.state}>{state}"
        self._history.record(amendment.publication, move, detail or reason, answer, amendment=amendment.id)

    def _take_back(self, amendment: Amendment) -> None:
        """An attempt that certainly did nothing was not billed. Of one in doubt nobody knows: it stays charged."""
        if amendment.state is State.SENDING:
            self._ledger().take_back(amendment.account, change_name(amendment))


def _moved(amendment: Amendment) -> MovedMeanwhile:
    return MovedMeanwhile(
        f"{_where(amendment)}: its change is no longer {amendment.state}",
        hint="another command changed it: look at the queue",
    )


def _where(amendment: Amendment) -> str:
    return f"{amendment.entry} on {amendment.account}, part {amendment.part + 1}"
