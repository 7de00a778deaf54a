from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlite_utils import Database

from contentkit.store.database import DATABASE_NAME, STEPS, database_in
from contentkit.store.model_usage import Taken, note_usage

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TAKEN = Taken(model="tiny", requests=3, tokens_in=4200, tokens_out=610, cost=Decimal("0.0022700001"), estimated=False)
_ALL = "SELECT at, draft, model, requests, tokens_in, tokens_out, micros, estimated FROM model_usage ORDER BY id"


def test_what_a_run_took_is_a_row_with_its_cost_rounded_up(tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        note_usage(database, [TAKEN], "launch", NOW)
        assert database.conn.execute(_ALL).fetchall() == [
            ("2026-11-22T09:30:00Z", "launch", "tiny", 3, 4200, 610, 2271, 0)
        ]


def test_what_has_no_price_costs_null_and_not_nothing(tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        note_usage(database, [replace(TAKEN, cost=None, estimated=True)], "", NOW)
        assert database.conn.execute("SELECT micros, estimated FROM model_usage").fetchall() == [(None, 1)]
        assert database.conn.execute("SELECT drafts, dollars FROM model_spending").fetchall() == [(0, None)]


def test_people_see_what_each_model_took_in_each_month(tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        for draft, model, month in (("a", "tiny", 11), ("a", "tiny", 11), ("b", "tiny", 11), ("c", "big", 12)):
            note_usage(database, [replace(TAKEN, model=model, cost=Decimal("0.75"))], draft, NOW.replace(month=month))
        assert database.conn.execute("SELECT * FROM model_spending ORDER BY month").fetchall() == [
            ("2026-11", "tiny", 2, 9, 12600, 1830, "2.250000"),
            ("2026-12", "big", 1, 3, 4200, 610, "0.750000"),
        ]


def test_a_row_that_cannot_be_true_is_refused(tmp_path: Path) -> None:
    with database_in(tmp_path) as database, pytest.raises(sqlite3.IntegrityError):
        note_usage(database, [TAKEN, replace(TAKEN, tokens_in=-1)], "launch", NOW)
    with database_in(tmp_path) as database:
        assert database.conn.execute(_ALL).fetchall() == []


def test_a_database_from_before_usage_was_noted_keeps_its_rows(tmp_path: Path) -> None:
    with database_in(tmp_path) as database:
        made = database.conn.execute("SELECT type, name FROM sqlite_master ORDER BY name").fetchall()
    (tmp_path / DATABASE_NAME).unlink()
    with closing(Database(sqlite3.connect(tmp_path / DATABASE_NAME, isolation_level=None))) as before:
        for step in STEPS[:5]:
            step(before)
        before.conn.execute("PRAGMA user_version = 5")
        before.conn.execute(
            "INSERT INTO feeds (address, asked_at) VALUES ('https://example.org/feed', '2026-11-22T09:00:00Z')"
        )
    with database_in(tmp_path) as database:
        note_usage(database, [TAKEN], "launch", NOW)
        assert database.conn.execute("SELECT address FROM feeds").fetchall() == [("https://example.org/feed",)]
        assert database.conn.execute("SELECT type, name FROM sqlite_master ORDER BY name").fetchall() == made
