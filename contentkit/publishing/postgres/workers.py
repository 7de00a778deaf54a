"""The workers of a database: who is there, since when, and when it last said that it lives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from contentkit.publishing.postgres.lanes import SILENT
from contentkit.publishing.statements import Database
from contentkit.values import dataclass

WORKERS = """
CREATE TABLE workers (
  name TEXT PRIMARY KEY,
  host TEXT NOT NULL,
  version TEXT NOT NULL,
  at_once INTEGER NOT NULL,
  sent BIGINT NOT NULL DEFAULT 0,
  started_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
  seen_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
"""
# How often a worker says that it lives, in seconds. The row of one that died goes after a day.
BEAT = 5.0
_FORGOTTEN = "1 day"


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A worker process: its name, its host, the program's version, how many accounts it serves at once, what it has sent.

    ``silence`` is how many seconds ago, at ``seen_at``, it last said that it lives, by the database's clock.
    """

    name: str
    host: str
    version: str
    at_once: int
    sent: int = 0
    started_at: datetime | None = None
    seen_at: datetime | None = None
    silence: float = 0.0

    @property
    def is_alive(self) -> bool:
        return self.silence < SILENT


def beat(database: Database, worker: Worker) -> None:
    """Says that it lives, and what it has sent since it started."""
    database.execute(
        """INSERT INTO workers (name, host, version, at_once, sent) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT ON CONSTRAINT workers_pkey DO UPDATE SET sent = excluded.sent, seen_at = clock_timestamp()""",
        (worker.name, worker.host, worker.version, worker.at_once, worker.sent),
    )


def leave(database: Database, name: str) -> None:
    """It has ended in order; those that died are forgotten after a day."""
    database.execute(
        "DELETE FROM workers WHERE name = ? OR seen_at < clock_timestamp() - CAST(? AS interval)", (name, _FORGOTTEN)
    )


def workers(database: Database) -> list[Worker]:
    """Everyone who has not left, by host and name, but for those that died more than a day ago."""
    rows = database.execute(
        """SELECT name, host, version, at_once, sent, started_at, seen_at,
             CAST(extract(epoch FROM clock_timestamp() - seen_at) AS double precision) AS silence
           FROM workers WHERE seen_at >= clock_timestamp() - CAST(? AS interval) ORDER BY host, name""",
        (_FORGOTTEN,),
    ).fetchall()
    return [
        Worker(
            name=row["name"], host=row["host"], version=row["version"], at_once=row["at_once"], sent=row["sent"],
            started_at=row["started_at"], seen_at=row["seen_at"], silence=row["silence"],
        )
        for row in rows
    ]  # fmt: skip


def missing(known: Iterable[Worker]) -> list[Worker]:
    """Those of ``workers`` that died, and in whose place none was started on their host since."""
    named = list(known)
    successors = [one for one in named if one.is_alive]
    found = []
    for dead in (one for one in named if not one.is_alive):
        place = next((one for one in successors if one.host == dead.host and _after(one, dead)), None)
        if place:
            successors.remove(place)
        else:
            found.append(dead)
    return found


def _after(one: Worker, dead: Worker) -> bool:
    return bool(one.started_at and dead.seen_at and one.started_at > dead.seen_at)
