"""The journal: the one module that knows its SQL. Every verb is one durable transaction.

Durability: ``journal_mode=DELETE`` with ``synchronous=EXTRA`` (and ``fullfsync`` on macOS). Python's default,
``FULL``, can lose an intent on power loss after the post has left, because the deletion of the rollback file is not
durable; WAL would do too, but the SQLite of current distributions has a known WAL fault. The values are read back.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contentkit.clock import Clock
from contentkit.errors import StateError
from contentkit.publishing.publications import (
    OPEN,
    PlannedPart,
    Publication,
    State,
    Thread,
    fingerprint,
    idempotency_key,
)
from contentkit.publishing.schema import STEPS

JOURNAL_NAME = "journal.db"
_PRAGMAS = {
    "journal_mode": ("DELETE", "delete"),
    "synchronous": ("EXTRA", 3),
    "fullfsync": ("ON", 1),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
}


@dataclass(frozen=True, kw_only=True)
class Approval:
    """Who approved what, when. ``manifest`` is the canonical JSON that ``digest`` hashes; ``seal`` proves it was made here."""

    id: int
    entry: str
    digest: str
    manifest: str
    by: str
    at: datetime
    trust: str
    seal: str


@dataclass(frozen=True, kw_only=True)
class AccountState:
    """What the journal knows of an account: who it is, and what stands in its way since when."""

    name: str
    remote_id: str = ""
    handle: str = ""
    trouble: str = ""
    paused: bool = False
    since: datetime | None = None


class Journal:
    """An open journal. Reads see committed facts; each verb either happens durably or raises."""

    def __init__(self, connection: sqlite3.Connection, clock: Clock, machine: str) -> None:
        self._db = connection
        self._clock = clock
        self._machine = machine

    def close(self) -> None:
        self._db.close()

    # -- what is known of the journal itself

    def known(self, key: str) -> str:
        """A value of the journal about itself (``id``, ``machine``, ``counter``, ``stopped``), or empty."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else ""

    def note(self, **values: str) -> None:
        with self._transaction():
            for key, value in values.items():
                self._db.execute(
                    "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    (key, value),
                )

    # -- approvals

    def approve(self, project: str, approval: Approval, due: datetime, planned: Sequence[PlannedPart]) -> int:
        """Stores the approval and plans its parts; earlier plans of the entry that have not left are skipped.

        Parts that are already sent stay as they are: only later ones are planned anew. The caller has made sure that
        the sent ones read the same. Returns the approval's id.
        """
        with self._transaction():
            cursor = self._db.execute(
                "INSERT INTO approvals (entry, digest, manifest, approved_by, approved_at, trust, seal) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    approval.entry,
                    approval.digest,
                    approval.manifest,
                    approval.by,
                    _stamp(approval.at),
                    approval.trust,
                    approval.seal,
                ),
            )
            number = int(cursor.lastrowid or 0)
            for row in self._rows("entry = ? AND state IN ('planned', 'held')", (approval.entry,)):
                self._move(row, State.SKIPPED, "approved anew")
            self._db.execute(
                "UPDATE publications SET approval = ? WHERE entry = ? AND state <> 'skipped'", (number, approval.entry)
            )
            for part in planned:
                self._plan(project, approval.entry, number, due, part)
        return number

    def _plan(self, project: str, entry: str, approval: int, due: datetime, part: PlannedPart) -> None:
        living = self._rows(
            "entry = ? AND account = ? AND part = ? AND state <> 'skipped'", (entry, part.account, part.part)
        )
        if living:
            self._db.execute("UPDATE publications SET parts = ? WHERE id = ?", (part.parts, living[0].id))
            return
        remote_id, url = part.sent or ("", "")
        state = State.SENT if part.sent else State.PLANNED
        self._db.execute(
            """INSERT INTO publications (approval, entry, account, part, parts, post, due, text, warning, visibility, language,
                 fingerprint, key, state, remote_id, url, changed_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                approval, entry, part.account, part.part, part.parts, part.post, _stamp(due), part.text, part.warning, part.visibility,
                part.language, fingerprint(part.text), idempotency_key(project, entry, part, approval), state, remote_id, url,
                _stamp(self._clock.now()),
            ),
        )  # fmt: skip

    def approval(self, number: int) -> Approval:
        """The approval with this id."""
        return _approval(self._db.execute("SELECT * FROM approvals WHERE id = ?", (number,)).fetchone())

    def latest_approval(self, entry: str) -> Approval | None:
        """The newest approval of an entry, whatever became of it."""
        row = self._db.execute("SELECT * FROM approvals WHERE entry = ? ORDER BY id DESC LIMIT 1", (entry,)).fetchone()
        return _approval(row) if row else None

    # -- reading threads

    def threads(self) -> list[Thread]:
        """Every thread with living publications, by due time."""
        return self._threads("state <> 'skipped'")

    def open_threads(self) -> list[Thread]:
        """Threads in which something is not settled, by due time; sent parts included."""
        return [thread for thread in self.threads() if any(row.state in OPEN for row in thread.rows)]

    def thread(self, entry: str, account: str) -> Thread | None:
        """The thread of one entry on one account, if it was ever planned."""
        found = self._threads("state <> 'skipped' AND entry = ? AND account = ?", (entry, account))
        return found[0] if found else None

    def remote_ids(self, account: str) -> set[str]:
        """The ids on the network that belong to publications already."""
        rows = self._db.execute("SELECT remote_id FROM publications WHERE account = ? AND remote_id <> ''", (account,))
        return {str(row["remote_id"]) for row in rows}

    def last_sent_at(self, account: str) -> datetime | None:
        """When the account's last status was confirmed."""
        row = self._db.execute(
            "SELECT max(changed_at) AS at FROM publications WHERE account = ? AND state = 'sent'", (account,)
        ).fetchone()
        return _moment(row["at"])

    def attempts(self, publication: int) -> list[dict[str, Any]]:
        """What happened to a publication, oldest first."""
        return [
            dict(row)
            for row in self._db.execute("SELECT * FROM attempts WHERE publication = ? ORDER BY id", (publication,))
        ]

    def _threads(self, where: str, values: Sequence[object] = ()) -> list[Thread]:
        grouped: dict[tuple[str, str], list[Publication]] = {}
        for row in self._rows(where, values):
            grouped.setdefault((row.entry, row.account), []).append(row)
        threads = [Thread(entry=entry, account=account, rows=tuple(rows)) for (entry, account), rows in grouped.items()]
        return sorted(threads, key=lambda thread: (thread.due, thread.entry, thread.account))

    def _rows(self, where: str, values: Sequence[object] = ()) -> list[Publication]:
        query = f"SELECT * FROM publications WHERE {where} ORDER BY entry, account, part"  # noqa: S608 - no words from outside
        return [_publication(row) for row in self._db.execute(query, tuple(values))]

    # -- the verbs of the state machine

    def claim(self, row: Publication, *, parent: str, watermark: str) -> Publication | None:
        """The right to send this part once: the intent, durable before the first byte. None: no right.

        One statement decides: planned, its turn has come, nothing earlier in its thread is open, no stop, no pause.
        """
        now = _stamp(self._clock.now())
        with self._transaction():
            claimed = self._db.execute(
                """UPDATE publications SET state = 'sending', reason = '', attempts = attempts + 1, parent = ?, watermark = ?,
                     changed_at = ?, doubted_boot = ?, doubted_uptime = ?, looks = 0
                   WHERE id = ? AND state = 'planned' AND (not_before IS NULL OR not_before <= ?)
                     AND NOT EXISTS (SELECT 1 FROM meta WHERE key = 'stopped' AND value <> '')
                     AND NOT EXISTS (SELECT 1 FROM accounts WHERE name = publications.account AND paused)
                     AND NOT EXISTS (SELECT 1 FROM publications AS earlier WHERE earlier.entry = publications.entry
                       AND earlier.account = publications.account AND earlier.part < publications.part
                       AND earlier.state NOT IN ('sent', 'skipped'))
                   RETURNING *""",
                (parent, watermark, now, self._clock.boot(), self._clock.uptime(), row.id, now),
            ).fetchone()
            if claimed is None:
                return None
            self._record(row.id, "planned>sending", f"attempt {claimed['attempts']}")
        return _publication(claimed)

    def confirm(self, row: Publication, remote_id: str, url: str, how: str) -> None:
        """The network has it: the only way to ``sent``."""
        with self._transaction():
            self._db.execute(
                "UPDATE publications SET remote_id = ?, url = ?, not_before = NULL WHERE id = ?",
                (remote_id, url, row.id),
            )
            self._move(row, State.SENT, "", how)

    def postpone(self, row: Publication, reason: str, until: datetime | None) -> None:
        """Certainly not sent: planned again, not before ``until``."""
        with self._transaction():
            self._db.execute(
                "UPDATE publications SET not_before = ? WHERE id = ?", (_stamp(until) if until else None, row.id)
            )
            self._move(row, State.PLANNED, reason)

    def doubt(self, row: Publication, reason: str) -> Publication:
        """Nobody knows whether it was sent; the time of looking starts now."""
        with self._transaction():
            self._db.execute(
                "UPDATE publications SET doubted_boot = ?, doubted_uptime = ?, looks = 0 WHERE id = ?",
                (self._clock.boot(), self._clock.uptime(), row.id),
            )
            self._move(row, State.UNKNOWN, reason)
        return self._rows("id = ?", (row.id,))[0]

    def looked(self, row: Publication, detail: str) -> Publication:
        """It was looked for and is not there (yet). After a restart of the machine the wait starts again."""
        with self._transaction():
            boot = self._clock.boot()
            if row.doubted_boot != boot:
                self._db.execute(
                    "UPDATE publications SET doubted_boot = ?, doubted_uptime = ?, looks = 1 WHERE id = ?",
                    (boot, self._clock.uptime(), row.id),
                )
            else:
                self._db.execute("UPDATE publications SET looks = looks + 1 WHERE id = ?", (row.id,))
            self._record(row.id, "look", detail)
        return self._rows("id = ?", (row.id,))[0]

    def hold(self, row: Publication, reason: str) -> None:
        """A person has to decide; ``reason`` says what."""
        with self._transaction():
            self._move(row, State.HELD, reason)

    def skip(self, rows: Sequence[Publication], reason: str) -> None:
        """These parts will not be sent."""
        with self._transaction():
            for row in rows:
                self._move(row, State.SKIPPED, reason)

    def release(self, row: Publication, by: str, reason: str) -> None:
        """A person decided that a held part is to be sent; its lateness counts from now."""
        with self._transaction():
            self._db.execute(
                "UPDATE publications SET released_at = ?, not_before = NULL WHERE id = ?",
                (_stamp(self._clock.now()), row.id),
            )
            self._move(row, State.PLANNED, "", f"{by}: {reason}")

    def recover(self) -> list[Publication]:
        """Parts that a killed run left in ``sending`` are unknown: they may have been sent. Returns them."""
        with self._transaction():
            left = self._rows("state = 'sending'")
            for row in left:
                self._move(row, State.UNKNOWN, "the program ended while sending")
        return left

    # -- accounts and the stop switch

    def account(self, name: str) -> AccountState:
        row = self._db.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
        return _account(row) if row else AccountState(name=name)

    def accounts(self) -> list[AccountState]:
        return [_account(row) for row in self._db.execute("SELECT * FROM accounts ORDER BY name")]

    def set_account(self, state: AccountState) -> None:
        with self._transaction():
            self._db.execute(
                """INSERT INTO accounts (name, remote_id, handle, trouble, paused, since) VALUES (?, ?, ?, ?, ?, ?)
                   ON CONFLICT (name) DO UPDATE SET remote_id = excluded.remote_id, handle = excluded.handle,
                     trouble = excluded.trouble, paused = excluded.paused, since = excluded.since""",
                (
                    state.name,
                    state.remote_id,
                    state.handle,
                    state.trouble,
                    state.paused,
                    _stamp(state.since) if state.since else None,
                ),
            )

    # -- within a transaction

    def _move(self, row: Publication, state: State, reason: str, detail: str = "") -> None:
        moved = self._db.execute(
            "UPDATE publications SET state = ?, reason = ?, changed_at = ? WHERE id = ? AND state = ?",
            (state, reason, _stamp(self._clock.now()), row.id, row.state),
        )
        if moved.rowcount != 1:
            raise StateError(
                f"{row.entry} on {row.account}, part {row.part + 1}: no longer {row.state}",
                hint="another command changed it: look at the queue",
            )
        self._record(row.id, f"{row.state}>{state}", detail or reason)

    def _record(self, publication: int, move: str, detail: str) -> None:
        self._db.execute(
            "INSERT INTO attempts (publication, at, machine, boot, uptime, move, detail) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                publication,
                _stamp(self._clock.now()),
                self._machine,
                self._clock.boot(),
                self._clock.uptime(),
                move,
                detail[:500],
            ),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK") if self._db.in_transaction else None
                raise
            self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise StateError(
                f"{JOURNAL_NAME}: {error}", hint="free space, or wait for the other command; nothing was sent meanwhile"
            ) from error


def open_journal(folder: Path, clock: Clock, machine: str) -> Journal:
    """The journal in this private folder, created or brought up to date when needed.

    Raises StateError when it is damaged, newer than this program, or cannot be made durable.
    """
    path = folder / JOURNAL_NAME
    try:
        # SQLite would create it readable for others.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        connection = sqlite3.connect(path, isolation_level=None, timeout=5)
        connection.row_factory = sqlite3.Row
        try:
            _make_durable(connection, path)
            _bring_up_to_date(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StateError(
            f"{path}: cannot be used: {error}", hint="restore it from a backup, then run 'contentkit takeover'"
        ) from error
    return Journal(connection, clock, machine)


def _make_durable(connection: sqlite3.Connection, path: Path) -> None:
    for name, (wanted, expected) in _PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != expected:
            raise StateError(
                f"{path}: SQLite does not accept {name} = {wanted}", hint="use a local disk and a current SQLite"
            )


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection) > len(STEPS):
        raise StateError(
            f"{path}: written by a newer contentkit (format {_version(connection)}, this one knows {len(STEPS)})",
            hint="update contentkit",
        )
    while _version(connection) < len(STEPS):
        connection.execute("BEGIN IMMEDIATE")
        # Another process may have done this step while we waited for the lock.
        done = _version(connection)
        for statement in _statements(STEPS[done]) if done < len(STEPS) else ():
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {min(done + 1, len(STEPS))}")
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; triggers hold semicolons of their own."""
    statement = ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip(" \n;"):
                yield statement
            statement = ""


def _stamp(moment: datetime) -> str:
    """UTC with a fixed width, so that text compares as time does."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")) if stamp else None


def _aware(stamp: str) -> datetime:
    moment = _moment(stamp)
    assert moment is not None
    return moment


def _approval(row: sqlite3.Row) -> Approval:
    return Approval(
        id=row["id"],
        entry=row["entry"],
        digest=row["digest"],
        manifest=row["manifest"],
        by=row["approved_by"],
        at=_aware(row["approved_at"]),
        trust=row["trust"],
        seal=row["seal"],
    )


def _account(row: sqlite3.Row) -> AccountState:
    return AccountState(
        name=row["name"],
        remote_id=row["remote_id"],
        handle=row["handle"],
        trouble=row["trouble"],
        paused=bool(row["paused"]),
        since=_moment(row["since"]),
    )


def _publication(row: sqlite3.Row) -> Publication:
    values = dict(row)
    values.update(
        state=State(values["state"]),
        due=_aware(values["due"]),
        changed_at=_aware(values["changed_at"]),
        not_before=_moment(values["not_before"]),
        released_at=_moment(values["released_at"]),
    )
    return Publication(**values)
