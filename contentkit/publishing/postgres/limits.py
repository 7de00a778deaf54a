"""What an app or a server takes from all workers together: buckets that fill with time, by the database's clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable

from contentkit.patterns import regex
from contentkit.publishing.statements import Database
from contentkit.values import dataclass

# A bucket that is not there limits nothing.
LIMITS = """
CREATE TABLE buckets (
  name TEXT PRIMARY KEY,
  rate DOUBLE PRECISION NOT NULL CHECK (rate > 0),
  burst DOUBLE PRECISION NOT NULL CHECK (burst >= 1),
  tokens DOUBLE PRECISION NOT NULL,
  filled_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
"""
# What posts take tokens from is called so: a server, or an app by a digest of its key.
NAME = regex(r"host [^\s\x00-\x1f\x7fA-Z]+|app [a-z]+ [0-9a-f]{12}")
# A worker takes so many tokens at once: one row for everybody would else be written with each post.
BLOCK = 20
# How long a worker takes for true which buckets there are, in seconds.
_ASKED_AGAIN = 10.0

_TAKE = """
WITH found AS (
  SELECT name, rate, burst,
    least(burst, tokens + rate * greatest(0, extract(epoch FROM clock_timestamp() - filled_at))) AS there
  FROM buckets WHERE name = :name FOR UPDATE
)
UPDATE buckets SET filled_at = clock_timestamp(),
  tokens = there - CASE WHEN there >= least(:least, found.burst) THEN greatest(floor(least(there, :most)), :least) ELSE 0 END
FROM found WHERE buckets.name = found.name
RETURNING there, found.rate, found.burst, there - buckets.tokens AS granted
"""


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """``rate`` tokens a second flow in, up to ``burst``; each post takes one. ``tokens`` is what is in it now;
    below 0 it owes them."""

    name: str
    rate: float
    burst: float
    tokens: float


def set_bucket(database: Database, name: str, *, rate: float, burst: float) -> None:
    """From now on all workers together send at most so many posts a second to what is called so, and ``burst`` at once."""
    database.execute(
        """INSERT INTO buckets (name, rate, burst, tokens) VALUES (:name, :rate, :burst, :burst)
           ON CONFLICT ON CONSTRAINT buckets_pkey DO UPDATE SET rate = excluded.rate, burst = excluded.burst,
             tokens = least(buckets.tokens, excluded.burst)""",
        {"name": name, "rate": rate, "burst": burst},
    )


def set_window(database: Database, name: str, *, most: int, seconds: float) -> None:
    """Of any window of so many seconds at most ``most`` posts: a fifth may come at once, and the others flow in."""
    burst = max(1, most // 5)
    set_bucket(database, name, rate=max(most - burst, 1) / seconds, burst=burst)


def buckets(database: Database) -> list[Bucket]:
    """Every bucket, by name."""
    rows = database.execute(
        """SELECT name, rate, burst,
             least(burst, tokens + rate * greatest(0, extract(epoch FROM clock_timestamp() - filled_at))) AS tokens
           FROM buckets ORDER BY name"""
    ).fetchall()
    return [
        Bucket(name=name, rate=float(rate), burst=float(burst), tokens=float(there))
        for name, rate, burst, there in rows
    ]


def remove_bucket(database: Database, name: str) -> bool:
    """What is called so is limited no more. False where it was not."""
    return database.execute("DELETE FROM buckets WHERE name = ?", (name,)).rowcount == 1


def take(database: Database, name: str, least: int, most: int) -> tuple[int, float]:
    """Takes at least so many tokens and at most so many, or none; returns how many, and in how many seconds to ask again.

    Where ``least`` is more than a bucket holds, a full one gives it all the same, and owes it: nobody gets any before that has
    flowed in. Where there is no such bucket, ``most`` are given.
    """
    row = database.execute(_TAKE, {"name": name, "least": least, "most": most}).fetchone()
    if row is None:
        return most, 0.0
    there, rate, burst, granted = row
    if granted >= 1:
        return round(granted), 0.0
    return 0, max(0.05, (min(least, burst) - there) / rate)


class Stock:
    """The tokens that one worker has taken ahead, for all of its threads. What it has not used when it ends is lost."""

    def __init__(self, block: int = BLOCK) -> None:
        self._block = block
        self._left: dict[str, int] = {}
        self._known: set[str] = set()
        self._asked = float("-inf")
        self._turn = threading.Lock()

    def limited(self, database: Database, names: Iterable[str]) -> list[str]:
        """Those of these names that there is a bucket for, as the database knew them a moment ago."""
        with self._turn:
            if time.monotonic() - self._asked > _ASKED_AGAIN:
                self._known = {one.name for one in buckets(database)}
                self._asked = time.monotonic()
            return [name for name in names if name in self._known]

    def wait(self, database: Database, name: str, posts: int) -> float:
        """Takes a token for each of these posts and returns 0, or takes none and returns in how many seconds to ask again."""
        with self._turn:
            left = self._left.get(name, 0)
            if left < posts:
                granted, seconds = take(database, name, posts - left, max(self._block, posts))
                if not granted:
                    return seconds
                left += granted
            self._left[name] = left - posts
            return 0.0
