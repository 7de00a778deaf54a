"""Ten million readings of figures: how large the database becomes, and how long commands over it take.

    .venv/bin/python -m benchmarks.figures build FOLDER [POSTS]    write a project with its contentkit.db there
    .venv/bin/python -m benchmarks.figures time FOLDER [ROUNDS]    time whole processes over it

1,430,000 posts of 100 accounts over five years, half of them on Mastodon and half on X, in threads of one to eight parts, each
read at all seven ages. Readings lie in the file in the order in which five years of ``sync`` would have added them. The same
number gives the same rows.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contentkit.ages import AGES
from contentkit.store.database import DATABASE_NAME, open_database
from contentkit.store.published_parts import know_owners

REPOSITORY = Path(__file__).resolve().parent.parent
POSTS = 1_430_000
_PAIRS = 50
_DAYS = 5 * 365
LAST_DAY = datetime(2026, 11, 22, tzinfo=UTC)
_CURVES = 10_007
_WORDS = """forecast model series team release queue lane error founder data paper trained private preview scheduler trouble we
made faster simpler for every of the that with which a an on in by is are was not what why how today year open source"""
_SLOTS = ("weekday-morning", "weekday-noon", "evening", None)
_HOOKS = ("question", "number", "quotation", "contrast", "announcement", "statement")
_CONFIG = 'version = 1\nproject = "ten-million"\n'
_CALENDAR = "version: 1\ntimezone: America/Mexico_City\nentries: []\n"

_ADD_ENTRY = (
    "INSERT INTO entries (id, draft, title, campaign, slot, founder, language, drafter, hook, noted_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_SOURCE = "INSERT INTO entry_sources (entry, source) VALUES (?, ?)"
_ADD_PART = """
INSERT INTO published_parts (entry, account, owner, part, parts, post, remote_id, url, published, text, language)
SELECT ?, accounts.id, owners.id, ?, ?, ?, ?, ?, ?, ?, 'en' FROM accounts, owners
WHERE accounts.name = ? AND (platform, server, owner) = (?, ?, ?)"""
# Each reading is a few minutes late, as cron is, and one in two hundred was not told.
_ADD_READINGS = """
INSERT INTO snapshots (publication, number, age, taken, lost, own_replies, replies, likes, shares, quotes, bookmarks,
  impressions, link_clicks, profile_clicks)
SELECT publications.id, place + 1, age,
  published + age * 3600 + 120 + publications.id % 900,
  CASE told WHEN 0 THEN 'unavailable' END,
  told AND part + 1 < parts,
  CASE told WHEN 1 THEN replies + (part + 1 < parts) END,
  CASE told WHEN 1 THEN likes END,
  CASE told WHEN 1 THEN shares END,
  CASE told WHEN 1 THEN quotes END,
  CASE WHEN told AND platform = 'x' THEN bookmarks END,
  CASE WHEN told AND platform = 'x' THEN impressions END,
  CASE WHEN told AND platform = 'x' AND age <= 720 THEN link_clicks END,
  CASE WHEN told AND platform = 'x' AND age <= 720 THEN profile_clicks END
FROM (
  SELECT published_parts.*, platform, (published_parts.id * 7919) % 200 <> 0 AS told
  FROM published_parts JOIN owners ON owners.id = published_parts.owner
) AS publications
JOIN curves ON curve = (publications.id * 7919) % {curves}
ORDER BY 4"""


def build(folder: Path, posts: int = POSTS) -> None:
    """Writes a project whose database has so many posts, each with seven readings."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "contentkit.toml").write_text(_CONFIG + "".join(_account(number) for number in range(2 * _PAIRS)))
    (folder / "calendar.yaml").write_text(_CALENDAR)
    (folder / "people.yaml").write_text("version: 1\npeople: {}\n")
    open_database(folder).close()
    with closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as connection:
        for setting in ("synchronous = OFF", "cache_size = -500000", "temp_store = FILE", "foreign_keys = OFF"):
            connection.execute(f"PRAGMA {setting}")
        kept = _without_triggers(connection)
        connection.execute("BEGIN")
        _add_threads(connection, posts)
        _add_curves(connection)
        connection.execute(_ADD_READINGS.format(curves=_CURVES))
        connection.execute("DROP TABLE curves")
        _add_audiences(connection)
        for trigger in kept:
            connection.execute(trigger)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _account(number: int) -> str:
    platform = ("mastodon", "x")[number % 2]
    server = '\nserver = "https://social.example"' if platform == "mastodon" else ""
    return f'\n[accounts.{_name(number)}]\nplatform = "{platform}"{server}\n'


def _name(number: int) -> str:
    return f"team{number // 2:02}-{('mastodon', 'x')[number % 2]}"


def _owner(number: int) -> tuple[str, str, str, str]:
    """An account by its name, its network, its server and its id there."""
    name, platform = _name(number), ("mastodon", "x")[number % 2]
    return name, platform, "social.example" if platform == "mastodon" else "", str(10_000 + number // 2)


def _without_triggers(connection: sqlite3.Connection) -> list[str]:
    """Takes the triggers out, which each row would ask; returns what makes them again."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in found:
        connection.execute(f"DROP TRIGGER {name}")
    return [statement for _, statement in found]


def _add_threads(connection: sqlite3.Connection, posts: int) -> None:
    """Entries of two accounts each, in the order of their times, until there are so many posts."""
    chance = random.Random(10)
    lengths, left = [], posts // 2
    while left:
        lengths.append(min(chance.randint(1, 8), left))
        left -= lengths[-1]
    know_owners(connection, [_owner(number) for number in range(2 * _PAIRS)])
    moments = sorted(chance.randrange(_DAYS * 1440) for _ in lengths)
    for number, (minute, parts) in enumerate(zip(moments, lengths, strict=True)):
        entry = f"{'-'.join(chance.choices(_WORDS.split(), k=2))}-{number}"
        connection.execute(_ADD_ENTRY, _entry(chance, entry, minute))
        connection.execute(_ADD_SOURCE, (entry, f"notes/call-{number // 3}.md"))
        connection.executemany(_ADD_PART, _thread(chance, entry, parts, minute))


def _moment(minute: int) -> datetime:
    return LAST_DAY - timedelta(days=_DAYS) + timedelta(minutes=minute)


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _entry(chance: random.Random, entry: str, minute: int) -> tuple[object, ...]:
    words = " ".join(chance.choices(_WORDS.split(), k=5))
    campaign = chance.choice((None, f"release-{minute // 40_000}"))
    language, drafter = chance.choice(("en", "en", "es")), chance.choice(("extractive", "openai", None))
    founder = chance.choice(("ana", "odile", None))
    facts = (campaign, chance.choice(_SLOTS), founder, language, drafter, chance.choice(_HOOKS))
    return (entry, f"drafts/{entry}.md", words, *facts, _stamp(_moment(minute)))


def _thread(chance: random.Random, entry: str, parts: int, minute: int) -> Iterator[tuple[object, ...]]:
    """The rows of a thread on both accounts of a pair."""
    pair = chance.randrange(_PAIRS)
    words = [" ".join(chance.choices(_WORDS.split(), k=chance.randint(15, 45))) for _ in range(parts)]
    for side, platform in enumerate(("mastodon", "x")):
        account = _name(2 * pair + side)
        for part in range(parts):
            remote_id = str(chance.randrange(10**17, 10**18))
            host = "https://social.example/@" if platform == "mastodon" else "https://x.com/"
            url = f"{host}team{pair:02}/{'status/' if side else ''}{remote_id}"
            at = int(_moment(minute).timestamp()) + 3 * part
            place = _owner(2 * pair + side)[2:]
            yield (entry, part, parts, part, remote_id, url, at, words[part], account, platform, *place)


def _add_curves(connection: sqlite3.Connection) -> None:
    """How posts grow: for each curve and age the counts, which never fall."""
    counts = ("replies", "likes", "shares", "quotes", "bookmarks", "impressions", "link_clicks", "profile_clicks")
    connection.execute(f"CREATE TEMP TABLE curves (curve INTEGER, place INTEGER, age INTEGER, {', '.join(counts)})")
    connection.execute("CREATE INDEX temp.curves_by_curve ON curves (curve)")
    chance = random.Random(7)
    ratios = (0.05, 1.0, 0.3, 0.02, 0.15, 40.0, 0.5, 0.2)
    for curve in range(_CURVES):
        size, grown = chance.lognormvariate(2.3, 1.1), 0.0
        for place, (age, share) in enumerate(zip(AGES, (0.2, 0.25, 0.25, 0.15, 0.08, 0.05, 0.02), strict=True)):
            grown += share
            values = [int(size * ratio * grown) for ratio in ratios]
            connection.execute(
                f"INSERT INTO curves VALUES (?, ?, ?, {', '.join('?' * 8)})", (curve, place, age, *values)
            )


def _add_audiences(connection: sqlite3.Connection) -> None:
    chance = random.Random(3)
    for number in range(2 * _PAIRS):
        followers = chance.randint(100, 20_000)
        place = _owner(number)[2:]
        for day in range(_DAYS):
            followers = max(0, followers + chance.randint(-5, 12))
            at = _stamp(_moment(day * 1440 + 17))
            connection.execute(
                "INSERT INTO account_snapshots (account, server, owner, taken_at, followers, following, statuses) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (_name(number), *place, at, followers, 200, day),
            )


def rows_of_time(folder: Path, rounds: int) -> Iterator[str]:
    """A line for each command: the median time of whole processes, by the clock and of the processor."""
    run = [sys.executable, "-m", "contentkit"]
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as connection:
        [entry] = connection.execute("SELECT entry FROM publications ORDER BY id DESC LIMIT 1 OFFSET 20000").fetchone()
    with tempfile.TemporaryDirectory() as scratch:
        month = ["report", "--month", "2026-10", "--out", f"{scratch}/report.html"]
        days = str((datetime.now(UTC) - LAST_DAY).days + 30)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "stats": [*run, "stats", "--days", days],
            "stats POST": [*run, "stats", entry],
            "report --month": [*run, *month],
            "db": [*run, "db"],
            "db check": [*run, "db", "check"],
        }
        for name, command in commands.items():
            timed = [_times(command, folder, scratch) for _ in range(1 if name == "db check" else rounds)]
            wall, cpu = (statistics.median(column) for column in zip(*timed, strict=True))
            yield f"{name:16} {wall:7.2f} s {cpu:7.2f} s CPU"


def _times(command: list[str], folder: Path, home: str) -> tuple[float, float]:
    environment = {"PATH": "/usr/bin:/bin", "HOME": home, "PYTHONPATH": str(REPOSITORY)}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(arguments: list[str]) -> None:
    """Builds or times; see above."""
    task, folder, *number = arguments
    if task == "build":
        build(Path(folder), *map(int, number))
    else:
        for row in rows_of_time(Path(folder), int(number[0]) if number else 5):
            print(row, flush=True)
    print(f"{(Path(folder) / DATABASE_NAME).stat().st_size / 1e9:.3f} GB")


if __name__ == "__main__":
    main(sys.argv[1:])
