"""Reports against a second, slow count of the raw rows, and against the queries that they show."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from contentkit.platforms import Audience
from contentkit.stats.baselines import Judged
from contentkit.stats.estimates import Estimate
from contentkit.stats.periods import Period
from contentkit.stats.publications import Owner
from contentkit.stats.report_queries import queries
from contentkit.stats.reports import Report, report
from contentkit.stats.snapshots import store_audience
from contentkit.store.database import DATABASE_NAME, open_database
from contentkit.views.report.content import content_of
from tests.reports.made import Made, fill
from tests.reports.recomputed import recomputed

ZONE = ZoneInfo("America/Mexico_City")
NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30), zone=ZONE)
TABLES = (
    "accounts",
    "owners",
    "entries",
    "entry_sources",
    "published_parts",
    "snapshots",
    "account_snapshots",
    "visits",
)


def made_in(folder: Path, made: Made, period: Period = NOVEMBER) -> Report:
    with closing(open_database(folder)) as database:
        fill(database.conn, made)
        return report(database, "grebe", period)


def numbers(estimate: Estimate | None) -> tuple[float, float, float, int] | None:
    return (estimate.value, estimate.low, estimate.high, estimate.n) if estimate else None


def plain(one: Judged) -> dict[str, Any]:
    return {
        "thread": one.thread.thread,
        "account": one.thread.account,
        "begun": one.thread.begun_at,
        "age": one.age,
        "engagement": one.engagement,
        "before": one.before,
        "usual": one.usual and one.usual.value,
        "ratio": numbers(one.ratio),
    }


def figures(found: Report) -> dict[str, Any]:
    """A report as the second count tells it."""
    return {
        "published": {
            one.account: {
                "threads": one.threads,
                "posts": one.posts,
                "deleted": one.deleted,
                "unavailable": one.unavailable,
                "never asked": one.never_asked,
                "told": {name: (told.total, told.n) for name, told in one.told.items()},
            }
            for one in found.published
        },
        "followers": {
            one.growth.account: {
                "first": one.growth.first and one.growth.first.followers,
                "last": one.growth.followers,
                "change": one.growth.change,
                "n": len(one.growth.readings),
                "missing": one.missing,
                "days": dict(one.days),
            }
            for one in found.followers
        },
        "asked_at": found.asked_at,
        "judged": [plain(one) for one in found.judged],
        "most": [(one.thread.thread, one.thread.account) for one in found.most],
        "least": [(one.thread.thread, one.thread.account) for one in found.least],
        "campaigns": {
            one.name: {
                "threads": one.threads,
                "posts": one.posts,
                "engagement": (one.engagement.total, one.engagement.n),
                "ratio": numbers(one.group.ratio),
            }
            for one in found.campaigns
        },
        "learnt_since": found.learnt.since,
        "known": found.learnt.known,
        "aged": found.learnt.threads,
        "learnt": {
            kind: {one.name: (one.threads, numbers(one.ratio)) for one in groups}
            for kind, groups in found.learnt.by.items()
        },
        "dropoff": {
            one.figure: {
                "threads": one.threads,
                "left_out": one.left_out,
                "places": {place.part: numbers(place.share) for place in one.places},
            }
            for one in found.learnt.dropoff
        },
        "visits": {
            (one.analytics, one.site, *one.tags): (one.visits, one.visitors, one.last_day.isoformat())
            for one in found.visits
        },
        "incomplete": found.incomplete,
    }


def assert_recomputed(folder: Path, made: Made, period: Period) -> Report:
    found = made_in(folder, made, period)
    zone = str(period.zone)
    again = recomputed(str(folder / DATABASE_NAME), period.first.isoformat(), period.last.isoformat(), zone)
    assert figures(found) == again
    return found


def test_a_second_count_of_the_raw_rows_gives_every_figure(tmp_path: Path) -> None:
    found = assert_recomputed(tmp_path, Made(seed=1, threads=70, strange=0.15), NOVEMBER)
    # What is compared is there to be compared.
    assert found.by_ratio
    assert {one.analytics for one in found.visits if one.visits} == {"ga4", "plausible"}
    assert len(found.most) == len(found.least) == 3
    assert all(any(one.ratio and one.ratio.is_enough for one in found.learnt.by[kind]) for kind in ("hook", "source"))
    assert {one.figure for one in found.learnt.dropoff} == {"impressions", "engagement"}
    assert sum(one.deleted for one in found.published) > 0
    assert sum(one.never_asked for one in found.published) > 0


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(2, 40))
def test_a_second_count_agrees_over_many_histories(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    made = Made(seed=seed, threads=chance.randint(0, 250), strange=chance.choice((0.0, 0.05, 0.3, 0.8)))
    first = date(2026, 9, 1) + timedelta(days=chance.randint(0, 90))
    zone = ZoneInfo(chance.choice(("America/Mexico_City", "Europe/Madrid", "Pacific/Chatham", "UTC")))
    assert_recomputed(
        tmp_path, made, Period(first=first, last=first + timedelta(days=chance.randint(0, 40)), zone=zone)
    )


def rows(connection: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """The stored columns; what is computed from them is not written."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    return [
        dict(zip(columns, row, strict=True)) for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}")
    ]


def insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    connection.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())
    )


def copy_shuffled(old: Database, new: Database, chance: random.Random) -> None:
    """The same history, told in another order of posts, with most readings taken twice."""
    found = {table: rows(old.conn, table) for table in TABLES}
    for table in ("entries", "published_parts"):
        chance.shuffle(found[table])
    ids = {row["id"]: number for number, row in enumerate(found["published_parts"], 1)}
    newest = max(row["taken"] for row in found["snapshots"])
    new.conn.execute("BEGIN")
    for table in ("accounts", "owners", "entries", "entry_sources", "account_snapshots", "visits"):
        for row in found[table]:
            insert(new.conn, table, row)
    for row in found["published_parts"]:
        insert(new.conn, "published_parts", {**row, "id": ids[row["id"]]})
    for row in found["snapshots"]:
        own = {**row, "publication": ids[row["publication"]]}
        insert(new.conn, "snapshots", {**own, "number": 2 * row["number"]})
        if row["taken"] < newest and chance.random() < 0.7:
            insert(new.conn, "snapshots", {**own, "number": 2 * row["number"] + 1, "taken": row["taken"] + 60})
    new.conn.execute("COMMIT")


def test_runs_in_another_order_and_repeated_ones_give_the_same_report(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    with closing(open_database(tmp_path)) as old, closing(open_database(tmp_path / "again")) as new:
        fill(old.conn, Made(seed=5, threads=60, strange=0.1))
        copy_shuffled(old, new, random.Random(5))
        assert new.conn.execute("SELECT count(*) FROM snapshots").fetchone() > (
            old.conn.execute("SELECT count(*) FROM snapshots").fetchone()
        )
        before, after = report(old, "grebe", NOVEMBER), report(new, "grebe", NOVEMBER)
    assert figures(before) == figures(after)
    assert content_of(before, "contentkit") == content_of(after, "contentkit")


# -- the queries that are shown


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Database, Report]:
    database = open_database(tmp_path)
    fill(database.conn, Made(seed=9, threads=60, strange=0.2))
    return database, report(database, "grebe", NOVEMBER)


def answers(database: Database, query: str) -> list[dict[str, Any]]:
    found = database.conn.execute(query)
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found]


def test_the_query_of_what_was_published_gives_what_is_shown(filled: tuple[Database, Report]) -> None:
    database, found = filled
    told = answers(database, queries(NOVEMBER, found.learnt.since).published)
    assert [one["account"] for one in told] == [one.account for one in found.published]
    for row, one in zip(told, found.published, strict=True):
        for name in ("threads", "posts", "deleted", "unavailable", "never_asked"):
            assert row[name] == getattr(one, name)
        assert {name: (row[name], row[f"{name}_of"]) for name in one.told} == {
            name: (value.total, value.n) for name, value in one.told.items()
        }


def test_the_query_of_the_followers_gives_what_is_shown(filled: tuple[Database, Report]) -> None:
    database, found = filled
    shown = [
        {
            "account": one.growth.account,
            "at_first": one.growth.first and one.growth.first.followers,
            "at_last": one.growth.followers,
            "readings": len(one.growth.readings),
        }
        for one in found.followers
    ]
    assert answers(database, queries(NOVEMBER, found.learnt.since).growth) == shown


def test_the_query_of_the_followers_takes_who_was_not_known_for_no_other(database: Database) -> None:
    for day, owner in ((3, "7"), (5, ""), (6, "1"), (9, "")):
        at = NOVEMBER.since + timedelta(days=day)
        store_audience(database, "ours", Audience(followers=100 + day), at, Owner(remote_id=owner))
    [one] = report(database, "Lanes", NOVEMBER).followers
    assert (one.growth.change, one.growth.began_anew) == (4, True)
    assert answers(database, queries(NOVEMBER, NOVEMBER.since).growth) == [
        {"account": "ours", "at_first": 105, "at_last": 109, "readings": 3}
    ]


def test_the_query_of_the_threads_gives_engagement_and_usual(filled: tuple[Database, Report]) -> None:
    database, found = filled
    told = answers(database, queries(NOVEMBER, found.learnt.since).judged)
    assert len(told) == found.learnt.known
    names = ("thread", "account", "age", "engagement", "before", "usual")
    shown = [{name: plain(one)[name] for name in names} for one in found.judged]
    of_period = [{**row, "before": row["compared_with"]} for row in told][-len(shown) :]
    assert [{name: row[name] for name in names} for row in of_period] == shown
    hooks = {row["hook"] for row in told if row["age"] == 168}
    assert hooks == {one.name for one in found.learnt.by["hook"]}


def test_the_query_of_the_campaigns_gives_what_is_shown(filled: tuple[Database, Report]) -> None:
    database, found = filled
    told = answers(database, queries(NOVEMBER, found.learnt.since).campaigns)
    assert {
        row["campaign"]: (row["threads"], row["posts"], row["engagement"], row["engagement_of"]) for row in told
    } == {one.name: (one.threads, one.posts, one.engagement.total, one.engagement.n) for one in found.campaigns}


def test_the_query_of_the_drop_off_gives_the_shares(filled: tuple[Database, Report]) -> None:
    database, found = filled
    threads: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in answers(database, queries(NOVEMBER, found.learnt.since).dropoff):
        threads.setdefault((row["thread"], row["account"]), []).append(row)
    second: dict[str, list[float]] = {"impressions": [], "engagement": []}
    for some in threads.values():
        if len(some) < max(2, some[0]["parts"]) or any(row["state"] == "deleted" for row in some):
            continue
        figure = next((name for name in second if all(row[name] is not None for row in some)), "")
        if figure and some[0][figure]:
            second[figure].append(some[1][figure] / some[0][figure])
    for one in found.learnt.dropoff:
        assert one.places[0].share.n == len(second[one.figure])
        assert sorted(second[one.figure])[(one.places[0].share.n - 1) // 2] <= one.places[0].share.value


def test_the_query_of_the_visits_gives_the_rows_that_are_added_up(filled: tuple[Database, Report]) -> None:
    database, found = filled
    told = answers(database, queries(NOVEMBER, found.learnt.since).visits)
    by_source = [one for one in found.visits if one.analytics == "ga4"]
    assert by_source
    for one in by_source:
        rows = [row for row in told if row["analytics"] == "ga4" and row["utm_source"] == one.tags.source]
        own = [row for row in rows if row["utm_campaign"].lower() == one.tags.campaign]
        assert sum(row["visits"] for row in own if row["first_day"] >= one.first_day.isoformat()) == one.visits


# -- what is not there


def test_without_any_figures_there_is_a_report_that_says_so(tmp_path: Path) -> None:
    found = made_in(tmp_path, Made(seed=1, threads=0, accounts=()))
    assert (found.published, found.followers, found.most, found.least, found.asked_at) == ((), (), (), (), None)
    words = str(content_of(found, "contentkit"))
    assert "published nothing that is known here" in words
    assert "Not enough data" in words


def test_where_nothing_is_usual_yet_threads_are_in_the_order_of_their_engagement(tmp_path: Path) -> None:
    found = made_in(tmp_path, Made(seed=3, threads=3, accounts=("grebe-mastodon",), strange=0))
    assert not found.by_ratio
    engagements = [one.engagement or 0 for one in (*found.most, *reversed(found.least))]
    assert engagements == sorted(engagements, reverse=True)
    assert len(engagements) == len(found.judged)


def test_accounts_that_nobody_asked_for_are_told(tmp_path: Path) -> None:
    with closing(open_database(tmp_path)) as database:
        fill(database.conn, Made(seed=1, threads=5, accounts=("grebe-mastodon",)))
        found = report(database, "grebe", NOVEMBER, ("grebe-mastodon", "grebe-x"))
    assert found.never_asked == ("grebe-x",)
    assert "never asked for on grebe-x" in str(content_of(found, "contentkit"))


def test_days_after_the_last_reading_are_not_missing(tmp_path: Path) -> None:
    december = replace(NOVEMBER, first=date(2026, 12, 1), last=date(2026, 12, 31))
    found = made_in(tmp_path, Made(seed=1, threads=5, strange=0), december)
    assert [one.missing for one in found.followers] == [0, 0]
    assert "The period was not over" in str(content_of(found, "contentkit"))
