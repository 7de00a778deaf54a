"""Lanes: who may send for an account, by the database's clock, and which accounts have something to be done.

A lane belongs to one worker at a time, for as long as its lease lasts. Each new holder raises the fence, and by it the journal
refuses whatever the one before would still write. A lease cannot keep a worker that stood still from waking up in the middle of a
request: that nothing goes out twice all the same is the state machine's promise, which looks before anything moves on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from contentkit.publishing.statements import Answer
from contentkit.stamps import stamped_finely
from contentkit.values import dataclass

# Lanes are shared out by their numbers into so many parts where many are due at one moment.
SHARDS = 64
# A lane whose holder is a worker that has been silent for so many seconds may be taken, however long its lease would last.
SILENT = 15
# How long a lane is leased, in seconds. A request is only begun while the lease has this much left: longer than any takes.
LEASE = 180
LONGEST_REQUEST = 90


class Statements(Protocol):
    """An open connection that sees all workspaces' lanes; each statement is a transaction of its own."""

    def execute(self, statement: str, values: tuple[object, ...] = ..., /) -> Answer: ...


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to publish on an account until another has taken it: ``fence`` tells this time of having it from others."""

    workspace: int
    account: str
    holder: str
    fence: int


@dataclass(frozen=True, kw_only=True)
class DueLane:
    """An account on which something can be done now; ``number`` is its own for ever, to share work out by."""

    workspace: int
    account: str
    number: int


# By the moment at which the statement began, so that the lanes that are not due yet need not be read.
_OPEN = f"""FROM lanes JOIN workspaces ON workspaces.id = lanes.workspace AND workspaces.state = 'open'
LEFT JOIN workers ON workers.name = holder AND seen_at < statement_timestamp() - make_interval(secs => {SILENT})
WHERE"""
_DUE = """next_due <= stamp(statement_timestamp())
  AND coalesce(greatest(rest_until, hold_until), statement_timestamp()) <= statement_timestamp()
  AND (leased_until IS NULL OR leased_until <= statement_timestamp() OR seen_at IS NOT NULL)"""


def taking(which: str, some: str = "", patience: str = "") -> str:
    """The one statement by which lanes come into anybody's hands: those, or ``some`` of those, of which ``which`` is true.

    Its first values are the holder, for how many seconds, and how many steps of the tables the program knows; it gives the
    columns of a lease, and ``next_due``. Each time that a lane is taken its fence rises.
    """
    return f"""WITH free AS (
  SELECT lanes.id AS number {_OPEN} (SELECT least FROM format) <= ?3 AND {which}
  {some} FOR NO KEY UPDATE OF lanes {patience})
UPDATE lanes SET holder = ?1, fence = fence + 1, leased_until = clock_timestamp() + make_interval(secs => ?2)
FROM free WHERE lanes.id = number RETURNING lanes.workspace AS place, account, fence, next_due"""  # noqa: S608 - no words from outside


_TAKE_DUE = taking(f"lanes.workspace = ?4 AND account = ?5 AND {_DUE}")
# What another has just locked is not waited for: it is in good hands.
_TAKE_OF_SHARD = taking(
    f"lanes.workspace = ANY (?4) AND lanes.id % {SHARDS} = CAST(?5 AS bigint) AND {_DUE}",
    "ORDER BY next_due LIMIT ?6",
    "SKIP LOCKED",
)


class Lanes:
    """The lanes of all workspaces."""

    def __init__(self, database: Statements) -> None:
        self._db = database

    def due(self, limit: int) -> list[DueLane]:
        """Lanes that nobody holds and that wait for nothing, those first whose work is due for longest."""
        rows = self._db.execute(
            f"SELECT lanes.workspace AS place, account, lanes.id AS number {_OPEN} {_DUE} ORDER BY next_due LIMIT ?",
            (limit,),
        ).fetchall()
        return [DueLane(workspace=row["place"], account=row["account"], number=row["number"]) for row in rows]

    def due_shards(self) -> list[int]:
        """The shards of all lanes that are due, those first whose work is due for longest."""
        rows = self._db.execute(
            f"SELECT lanes.id % {SHARDS} AS shard {_OPEN} {_DUE} GROUP BY shard ORDER BY min(next_due)"
        ).fetchall()
        return [int(row["shard"]) for row in rows]

    def claim(self, workspace: int, account: str, holder: str, seconds: float = LEASE) -> Lease | None:
        """The lane, for so long. None where another holds it, it rests or the network makes it wait, its workspace is not open,
        nothing is due on it any more, or the tables have become too new for this program."""
        leases = self._take(_TAKE_DUE, holder, seconds, workspace, account)
        return leases[0] if leases else None

    def claim_some(self, shard: int, workspaces: Sequence[int], holder: str, most: int) -> list[Lease]:
        """Lanes of this shard, as ``claim`` gives them: of these workspaces, those first whose work is due for longest."""
        return self._take(_TAKE_OF_SHARD, holder, LEASE, list(workspaces), shard, most)

    def _take(self, statement: str, holder: str, seconds: float, *values: object) -> list[Lease]:
        from contentkit.publishing.postgres.schema import STEPS

        rows = self._db.execute(statement, (holder, seconds, len(STEPS), *values)).fetchall()
        return [
            Lease(workspace=row["place"], account=row["account"], holder=holder, fence=row["fence"])
            for row in sorted(rows, key=lambda row: str(row["next_due"]))
        ]

    def renew(self, lease: Lease, seconds: float = LEASE) -> bool:
        """Holds the lane for so long from now on. False where another has taken it."""
        renewed = self._db.execute(
            """UPDATE lanes SET leased_until = clock_timestamp() + make_interval(secs => ?)
               WHERE workspace = ? AND account = ? AND holder = ? AND fence = ?""",
            (seconds, *_named(lease)),
        )
        return renewed.rowcount == 1

    def release(self, lease: Lease, rest: float = 0) -> bool:
        """Gives the lane back. Unless something new is planned on it, it rests for so many seconds. False where it was taken."""
        released = self._db.execute(
            """UPDATE lanes SET holder = '', leased_until = NULL, rest_until = clock_timestamp() + make_interval(secs => ?)
               WHERE workspace = ? AND account = ? AND holder = ? AND fence = ?""",
            (rest, *_named(lease)),
        )
        return released.rowcount == 1

    def release_all(self, rests: Sequence[tuple[Lease, float]]) -> None:
        """Gives back each of these lanes of one holder, to rest for so many seconds."""
        if not rests:
            return
        leases = [lease for lease, _ in rests]
        given = self._db.execute(
            _GIVE_BACK,
            (
                leases[0].holder, [lease.workspace for lease in leases], [lease.account for lease in leases],
                [lease.fence for lease in leases], [rest for _, rest in rests],
            ),
        )  # fmt: skip
        done = {(row["place"], row["account"]) for row in given.fetchall()}
        # Who waits for one lane with another in hand could wait for ever.
        for lease, rest in rests:
            if (lease.workspace, lease.account) not in done:
                self.release(lease, rest)

    def hold(self, workspace: int, account: str, until: datetime) -> None:
        """The network takes nothing more from this account before then: it is left alone, whoever asks."""
        self._db.execute(
            """UPDATE lanes SET hold_until = greatest(hold_until, CAST(? AS timestamptz))
               WHERE workspace = ? AND account = ?""",
            (stamped_finely(until), workspace, account),
        )


_GIVE_BACK = """WITH mine AS (
  SELECT lanes.id AS number, rest FROM lanes
  JOIN unnest(CAST(?2 AS bigint[]), CAST(?3 AS words[]), CAST(?4 AS bigint[]), CAST(?5 AS double precision[]))
    AS given (place, name, time, rest) ON lanes.workspace = place AND account = name AND fence = time
  WHERE holder = ?1 FOR NO KEY UPDATE OF lanes SKIP LOCKED)
UPDATE lanes SET holder = '', leased_until = NULL, rest_until = clock_timestamp() + make_interval(secs => rest)
FROM mine WHERE lanes.id = number RETURNING lanes.workspace AS place, account"""


def _named(lease: Lease) -> tuple[int, str, str, int]:
    return lease.workspace, lease.account, lease.holder, lease.fence
