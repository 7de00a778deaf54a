"""The database's clock: of many hosts none needs to be set right, and a wait that one began another can end."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from contentkit.clock import Clock
from contentkit.publishing.statements import Database

# It is asked again after so many seconds; meanwhile this machine's uptime goes on from what it said.
_ASKED_AGAIN = 10.0
_ASK = """SELECT extract(epoch FROM clock_timestamp())::double precision AS at,
  (SELECT system_identifier FROM pg_control_system())::text AS system"""


class DatabaseClock:
    """The time as the database's server has it. It is asked on this connection, and is behind by what the answer takes at most.

    ``uptime`` goes on from what the server's clock said at first, and never jumps within a process; the server is its ``boot``.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._db = database
        self._here = clock
        self._asking = threading.Lock()
        self._at, self._system = self._ask()
        self._asked = self._began = clock.uptime()
        self._first = self._at

    def now(self) -> datetime:
        with self._asking:
            if not 0 <= self._here.uptime() - self._asked <= _ASKED_AGAIN:
                self._at, self._system = self._ask()
                self._asked = self._here.uptime()
            return datetime.fromtimestamp(self._at, UTC) + timedelta(seconds=self._here.uptime() - self._asked)

    def uptime(self) -> float:
        return self._first + self._here.uptime() - self._began

    def boot(self) -> str:
        return f"postgresql {self._system}"

    def sleep(self, seconds: float) -> None:
        self._here.sleep(seconds)

    def _ask(self) -> tuple[float, str]:
        row = self._db.execute(_ASK).fetchone()
        return row["at"], row["system"]
