from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from contentkit.errors import StateError
from contentkit.store.database import database_in
from contentkit.store.visit_tables import TAGS
from contentkit.store.visits import StoredVisits, VisitReport, Visits, store_visits

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def november(first: int, last: int = 0) -> tuple[date, date]:
    return date(2026, 11, first), date(2026, 11, last or first)


def row(days: tuple[date, date], campaign: str, visits: int | None, visitors: int | None = None) -> Visits:
    return Visits(days=days, tags=(None, None, campaign, None), visits=visits, visitors=visitors)


def store(folder: Path, *rows: Visits, site: str = "", replacing: bool = False, unreadable: int = 0) -> StoredVisits:
    report = VisitReport(analytics="ga4", told=("utm_campaign",), rows=rows, unreadable=unreadable)
    with database_in(folder) as database:
        [told] = store_visits(database, [report], site=site, now=NOW, replacing=replacing)
    return told


def stored(folder: Path) -> list[tuple[Any, ...]]:
    with database_in(folder) as database:
        query = "SELECT site, first_day, last_day, utm_campaign, visits FROM visits ORDER BY 1, 2, 3, 4"
        return database.conn.execute(query).fetchall()


def test_the_same_report_twice_changes_nothing(tmp_path: Path) -> None:
    days = [row(november(1), "launch", 4), row(november(2), "launch", 5), row(november(2), "", 7)]
    assert store(tmp_path, *days) == StoredVisits(new=3)
    before = stored(tmp_path)
    assert store(tmp_path, *days) == StoredVisits(same=3)
    assert stored(tmp_path) == before


def test_days_that_are_told_otherwise_are_as_they_are_told_last(tmp_path: Path) -> None:
    store(tmp_path, row(november(1), "launch", 4), row(november(2), "launch", 5), row(november(2), "gone", 1))
    again = store(tmp_path, row(november(2), "launch", 6), row(november(3), "launch", 1))
    assert again == StoredVisits(new=1, changed=1)
    assert stored(tmp_path) == [
        ("", "2026-11-01", "2026-11-01", "launch", 4),
        ("", "2026-11-02", "2026-11-02", "launch", 6),
        ("", "2026-11-03", "2026-11-03", "launch", 1),
    ]


def test_a_day_between_others_of_which_nothing_is_told_any_more_has_no_visits(tmp_path: Path) -> None:
    store(tmp_path, *(row(november(day), "launch", day) for day in (1, 2, 3, 4)), row(november(3), "spring", 1))
    again = store(tmp_path, row(november(2), "launch", 2), row(november(4), "launch", 5))
    assert again == StoredVisits(same=1, changed=1, replaced=2)
    assert [(first, visits) for _, first, _, _, visits in stored(tmp_path)] == [
        ("2026-11-01", 1), ("2026-11-02", 2), ("2026-11-04", 5),
    ]  # fmt: skip


def test_a_day_whose_row_cannot_be_read_keeps_its_visits(tmp_path: Path) -> None:
    store(tmp_path, *(row(november(day), "launch", day) for day in (1, 2, 3)))
    again = store(tmp_path, row(november(1), "launch", 1), row(november(3), "launch", 4), unreadable=1)
    assert again == StoredVisits(same=1, changed=1)
    assert [visits for *_, visits in stored(tmp_path)] == [1, 2, 4]


def test_what_lies_between_ranges_of_days_is_not_told_by_them(tmp_path: Path) -> None:
    store(tmp_path, row(november(3), "launch", 3), row(november(20, 21), "launch", 4))
    store(tmp_path, row(november(1, 2), "launch", 2), row(november(4), "launch", 5))
    store(tmp_path, row(november(10), "launch", 1), row(november(30), "launch", 1))
    assert [first for _, first, *_ in stored(tmp_path)] == [
        f"2026-11-{day}" for day in ("01", "03", "04", "10", "20", "30")
    ]


@pytest.mark.parametrize("days", [november(1, 30), november(5, 12), november(7, 8), november(5), november(10)])
def test_days_that_overlap_are_counted_twice_by_nobody(days: tuple[date, date], tmp_path: Path) -> None:
    store(tmp_path, row(november(5, 10), "launch", 40))
    before = stored(tmp_path)
    with pytest.raises(StateError, match="2026-11-05 to 2026-11-10 by utm_campaign are stored already"):
        store(tmp_path, row(days, "launch", 50))
    assert stored(tmp_path) == before
    assert store(tmp_path, row(days, "launch", 50), replacing=True) == StoredVisits(new=1, replaced=1)
    assert [line[1:3] for line in stored(tmp_path)] == [(days[0].isoformat(), days[1].isoformat())]


def test_days_beside_each_other_and_other_sites_are_no_overlap(tmp_path: Path) -> None:
    store(tmp_path, row(november(5, 10), "launch", 40))
    assert store(tmp_path, row(november(11, 20), "launch", 4)).new == 1
    assert store(tmp_path, row(november(1, 30), "launch", 4), site="docs").new == 1
    assert len(stored(tmp_path)) == 3


def test_reports_by_other_tags_stand_beside_each_other(tmp_path: Path) -> None:
    store(tmp_path, row(november(1, 30), "launch", 40))
    by_source = VisitReport(
        analytics="ga4",
        told=("utm_source",),
        rows=(Visits(days=november(1, 30), tags=("x", None, None, None), visits=40, visitors=None),),
    )
    with database_in(tmp_path) as database:
        assert store_visits(database, [by_source], site="", now=NOW) == [StoredVisits(new=1)]
        assert database.conn.execute("SELECT tags, utm_source, utm_campaign FROM visits ORDER BY id").fetchall() == [
            ("utm_campaign", None, "launch"), ("utm_source", "x", None),
        ]  # fmt: skip


def test_of_reports_that_come_together_all_are_stored_or_none(tmp_path: Path) -> None:
    store(tmp_path, row(november(1, 30), "launch", 40))
    fine = VisitReport(
        analytics="ga4",
        told=("utm_source",),
        rows=(Visits(days=november(1, 20), tags=("x", None, None, None), visits=4, visitors=None),),
    )
    crossing = VisitReport(analytics="ga4", told=("utm_campaign",), rows=(row(november(1, 20), "launch", 4),))
    with database_in(tmp_path) as database, pytest.raises(StateError):
        store_visits(database, [fine, crossing], site="", now=NOW)
    assert len(stored(tmp_path)) == 1


def test_what_is_not_told_is_no_zero(tmp_path: Path) -> None:
    store(tmp_path, row(november(1, 30), "launch", None, 12))
    with database_in(tmp_path) as database:
        assert database.conn.execute("SELECT visits, visitors FROM visits").fetchall() == [(None, 12)]
        with pytest.raises(sqlite3.IntegrityError):
            database.conn.execute("UPDATE visits SET visitors = NULL")


def test_the_tags_of_a_row_are_the_columns_of_the_table(tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        columns = [name for _, name, *_ in database.conn.execute("PRAGMA table_info(visits)")]
    assert tuple(name for name in columns if name.startswith("utm_")) == TAGS
