"""Figures for tests: databases with rows of threads and readings in them, and threads as values without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from contentkit.stamps import stamped
from contentkit.stats.baselines import Judged
from contentkit.stats.estimates import Estimate
from contentkit.stats.measured import Counts, MeasuredPart, MeasuredThread
from contentkit.store.database import STEPS
from tests.store.parts import add_part

BEGUN = datetime(2026, 6, 1, 9, tzinfo=UTC)
# age, likes, shares, replies; None: told nothing of it
Told = tuple[int, int | None, int | None, int | None]


@contextmanager
def in_memory() -> Iterator[Database]:
    """A database as the last form is, empty, gone at the end."""
    database = Database(memory=True)
    try:
        for step in STEPS:
            step(database)
        yield database
    finally:
        database.close()


def publish(
    database: Database,
    name: str,
    parts: Sequence[Sequence[Told]],
    *,
    begun_at: datetime = BEGUN,
    account: str = "ours",
    deleted: Sequence[int] = (),
    facts: Mapping[str, str] | None = None,
) -> None:
    """A thread with these readings of its parts, which went out a minute apart. Those numbered in ``deleted`` are gone."""
    known = {"id": name, **(facts or {})}
    database.conn.execute(
        f"INSERT OR IGNORE INTO entries ({', '.join(known)}) VALUES ({', '.join('?' * len(known))})", (*known.values(),)
    )
    for part, readings in enumerate(parts):
        at = begun_at + timedelta(minutes=part)
        one = add_part(
            database.conn, account=account, platform="counting", published_at=stamped(at), entry=name, part=part,
            parts=len(parts), post=part, remote_id=f"{name}-{part}", url=f"https://social.example/{name}-{part}",
        )  # fmt: skip
        rows: list[tuple[int | str | None, ...]] = [
            (one, number, age, int(at.timestamp()) + 3600 * age + number, None, likes, shares, replies)
            for number, (age, likes, shares, replies) in enumerate(readings, 1)
        ]
        if part in deleted:
            rows.append((one, len(rows) + 1, None, int(at.timestamp()) + 900 * 86_400, "deleted", None, None, None))
        database.conn.executemany(
            """INSERT INTO snapshots (publication, number, age, taken, lost, likes, shares, replies)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            rows,
        )


def a_thread(name: str = "launch", *parts: Mapping[int, Counts], **values: object) -> MeasuredThread:
    """A thread as a value, its parts with these counts by age."""
    at = values.get("begun_at", BEGUN)
    assert isinstance(at, datetime)
    thread = MeasuredThread(
        thread=name,
        entry=name,
        account="ours",
        platform="counting",
        begun_at=at,
        url=f"https://social.example/{name}",
        origin="here",
        planned=len(parts),
        parts=tuple(_part(number, at, counts) for number, counts in enumerate(parts)),
    )
    return replace(thread, **values)  # type: ignore[arg-type]


def judged_with(ratio: float | None, thread: MeasuredThread | None = None) -> Judged:
    """A thread that had so many times the usual, of which 10 threads are known."""
    usual = None if ratio is None else Estimate(value=100, low=100, high=100, n=10)
    return Judged(
        thread=thread or a_thread(),
        age=24,
        engagement=None if ratio is None else round(ratio * 100),
        before=10,
        usual=usual,
    )


def _part(number: int, at: datetime, counts: Mapping[int, Counts]) -> MeasuredPart:
    last = counts[max(counts)] if counts else None
    return MeasuredPart(
        id=number, part=number, post=number, url="", text=None, published_at=at + timedelta(minutes=number),
        state="told" if counts else "never asked", at=counts, last=last, told_at=at if counts else None,
        asked_at=at if counts else None,
    )  # fmt: skip
