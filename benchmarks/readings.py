"""What figures cost: storing readings beside sqlite-utils, and asking for them, up to ten million of them."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlite_utils

from benchmarks.figures import LAST_DAY, POSTS, build
from benchmarks.rounds import INSTALLED, Case, Used, bare, measure, ratios, spread
from benchmarks.topics import BARE, Bench, Curve, Figure, Size, Topic
from contentkit.platforms import Figures
from contentkit.stats.publications import Published, copy_publications, tracked
from contentkit.stats.snapshots import store_figures
from contentkit.store.database import DATABASE_NAME, open_database

_AGES, _AT_ONCE = 7, 100
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_LATEST = """
SELECT value, likes, shares, replies, impressions FROM json_each(?) CROSS JOIN snapshots ON publication = value
  AND number = (SELECT max(number) FROM snapshots WHERE publication = value)"""
_TOP = """
SELECT published_parts.id, likes + shares FROM accounts
CROSS JOIN published_parts ON published_parts.account = accounts.id AND published >= ?
CROSS JOIN snapshots ON publication = published_parts.id
  AND number = (SELECT max(number) FROM snapshots WHERE publication = published_parts.id AND lost IS NULL)
ORDER BY 2 DESC LIMIT 20"""
_GROWTH = """
SELECT account, max(taken_at), followers, min(taken_at) FROM account_snapshots WHERE taken_at >= ? GROUP BY account"""


def topic(bench: Bench) -> Topic:
    """The goals of storing and asking, and how asking grows with readings."""
    if bench.size is Size.TINY:
        return Topic(title="Figures", figures=[])
    figures = _stored(bench, *((100, 20) if bench.size is Size.QUICK else (10_000, 100)))
    if bench.size is Size.QUICK:
        return Topic(title="Figures", figures=figures)
    folder, rounds = _project(bench, POSTS), max(3, bench.rounds // 2)
    measured = _asked(bench, folder, rounds)
    size = (folder / DATABASE_NAME).stat().st_size / 1e9
    figures += [
        _command(measured["stats"], "`stats` of the last 30 days", 0.5),
        _command(measured["report"], "`report --month`, with charts", 3),
        _queries(folder, rounds),
        Figure(what="`contentkit.db`", unit="GB", measured=spread([size]), at_most=1),
    ]
    notes = [
        f"Stored: 10,000 posts read 100 times each, {_AT_ONCE} at once, as `sync` stores what a network told, all of its checks"
        " and own replies included; sqlite-utils gets the same numbers by `insert_all`.",
        f"Asked: {POSTS * _AGES:,} readings of {POSTS:,} posts on 100 accounts over five years, the file in memory.",
        "The three queries: the last figures of the newest 10,000 posts, the 20 most liked and shared of 30 days, the growth of"
        " every account in them.",
    ]
    return Topic(title="Figures", figures=figures, curves=[_growth(bench)], notes=notes)


def _stored(bench: Bench, posts: int, times: int) -> list[Figure]:
    ours, our_bytes = store_ours(bench.folder("readings-stored"), posts, times)
    theirs, their_bytes = store_by_sqlite_utils(bench.folder("readings-sqlite-utils") / "figures.db", posts, times)
    what = f"{posts * times:,} readings stored"
    return [
        Figure(what=what, unit="of sqlite-utils' CPU", measured=spread([ours / theirs]), at_most=1 / 3),
        Figure(
            what="a reading in the file",
            unit="bytes",
            measured=spread([our_bytes]),
            at_most=30,
            peers={"sqlite-utils": spread([their_bytes])},
        ),
    ]


def store_ours(folder: Path, posts: int, times: int) -> tuple[float, float]:
    """CPU seconds of reading so many posts so many times, and the bytes that a reading takes."""
    database = open_database(folder)
    published = [
        Published(
            entry=f"e{number // 4}",
            account="ours",
            platform="x",
            part=number % 4,
            parts=4,
            remote_id=str(10**17 + number * 7919),
            url="",
            published_at=_FIRST + timedelta(minutes=number),
            post=0,
            text="Words of it.",
        )
        for number in range(posts)
    ]
    copy_publications(database, published)
    asked = tracked(database, "ours", "x", _FIRST - timedelta(days=1))
    told = {one.remote_id: _counts(one.id) for one in asked}

    def store(number: int) -> None:
        for first in range(0, posts, _AT_ONCE):
            store_figures(database, asked[first : first + _AT_ONCE], told, _FIRST + timedelta(days=30, hours=number))

    return _timed(store, times, posts * times, folder / DATABASE_NAME, database.conn)


def store_by_sqlite_utils(path: Path, posts: int, times: int) -> tuple[float, float]:
    """The same numbers as a script would store them."""
    database = sqlite_utils.Database(path)
    database.conn.execute("PRAGMA journal_mode = WAL")
    table = database.table("snapshots", pk=("publication", "taken"))

    def store(number: int) -> None:
        rows = ({"publication": one, "taken": number, **_row(_counts(one))} for one in range(1, posts + 1))
        table.insert_all(rows, batch_size=_AT_ONCE)

    return _timed(store, times, posts * times, path, database.conn)


def _timed(
    store: Callable[[int], None], times: int, readings: int, path: Path, connection: sqlite3.Connection
) -> tuple[float, float]:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before, began = path.stat().st_size, time.process_time()
    for number in range(times):
        store(number)
    spent = time.process_time() - began
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return spent, (path.stat().st_size - before) / readings


def _counts(number: int) -> Figures:
    size = number * 7919 % 400
    return Figures(
        replies=size // 20,
        likes=size,
        shares=size // 4,
        quotes=size // 40,
        bookmarks=size // 9,
        impressions=size * 40,
        link_clicks=size // 2,
        profile_clicks=size // 5,
    )


def _row(counts: Figures) -> dict[str, int]:
    names = ("replies", "likes", "shares", "quotes", "bookmarks", "impressions", "link_clicks", "profile_clicks")
    return {name: getattr(counts, name) for name in names}


def _project(bench: Bench, posts: int) -> Path:
    """The project with so many posts, built when there is none yet: the largest takes ten minutes."""
    folder = bench.kept(f"readings-{posts}")
    if not (folder / DATABASE_NAME).exists():
        build(folder, posts)
    open_database(folder).close()
    return folder


def _asked(bench: Bench, folder: Path, rounds: int) -> dict[str, Sequence[Used]]:
    days = str((datetime.now(UTC) - LAST_DAY).days + 30)
    page = str(bench.scratch / "report.html")
    asked = {"stats": ["stats", "--days", days], "report": ["report", "--month", "2026-10", "--out", page]}
    cases = [
        Case(name=name, command=[INSTALLED, *words], folder=folder, environment=bench.environment)
        for name, words in asked.items()
    ]
    return dict(measure([bare(folder, bench.environment), *cases], rounds))


def _command(used: Sequence[Used], what: str, most: float) -> Figure:
    return Figure(what=what, unit="s by the clock", measured=spread([one.wall for one in used]), at_most=most)


def _queries(folder: Path, rounds: int) -> Figure:
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        newest = "SELECT id FROM published_parts ORDER BY id DESC LIMIT 10000"
        wanted = json.dumps([number for (number,) in connection.execute(newest)])
        since = LAST_DAY - timedelta(days=30)
        asked = [
            (_LATEST, wanted),
            (_TOP, int(since.timestamp())),
            (_GROWTH, f"{since:%Y-%m-%dT%H:%M:%SZ}"),
        ]
        taken = [_milliseconds(connection, asked) for _ in range(rounds + 1)][1:]
    return Figure(what="the three queries below", unit="ms of CPU together", measured=spread(taken), at_most=100)


def _milliseconds(connection: sqlite3.Connection, asked: Sequence[tuple[str, object]]) -> float:
    began = time.process_time()
    for statement, value in asked:
        connection.execute(statement, (value,)).fetchall()
    return 1000 * (time.process_time() - began)


def _growth(bench: Bench) -> Curve:
    lines: dict[str, list[tuple[float, float]]] = {"contentkit stats": [], "contentkit report": []}
    for posts in (POSTS // 1000, POSTS // 100, POSTS // 10, POSTS):
        measured = _asked(bench, _project(bench, posts), 3)
        for name, line in lines.items():
            line.append((posts * _AGES, ratios(measured, name.split()[1]).median))
    return Curve(name="Asking for figures, as readings grow", many="readings", unit=BARE, lines=lines)
