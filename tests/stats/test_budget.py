from __future__ import annotations

import multiprocessing
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlite_utils import Database

from contentkit.money.prices import Prices
from contentkit.stats.budget import Allowance, monthly_bill, spent
from contentkit.store.database import open_database

PRICES = Prices(read_post=Decimal("0.005"), read_user=Decimal("0.010"))
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def allowance(database: Database, monthly: int, *, account: str = "ours", prices: Prices = PRICES) -> Allowance:
    return Allowance(database=database, platform="x", account=account, monthly=monthly, prices=prices)


def test_a_bill_is_the_reads_times_the_price_in_dollars() -> None:
    assert monthly_bill(300, PRICES) == Decimal("1.5")
    assert monthly_bill(0, PRICES) == 0


def test_what_fits_is_reserved_first_come_first_served_and_the_rest_is_left_out(database: Database) -> None:
    assert allowance(database, 2).reserve("status", ["3", "2", "1"], NOON) == ["3", "2"]
    assert spent(database, NOON.date()) == 2


def test_what_was_read_today_is_free_also_when_nothing_is_left(database: Database) -> None:
    ours = allowance(database, 2)
    ours.reserve("status", ["2", "1"], NOON)
    assert ours.reserve("status", ["3", "2", "1"], NOON + timedelta(hours=11)) == ["2", "1"]
    assert spent(database, NOON.date()) == 2


def test_what_a_run_cost_is_what_it_charged_and_did_not_take_back(database: Database) -> None:
    allowance(database, 90).reserve("status", ["1"], NOON)
    ours = allowance(database, 90)
    ours.reserve("account", ["ours"], NOON)
    ours.reserve("status", ["3", "2", "1"], NOON)
    assert (ours.reads, ours.cost()) == (4, Decimal("0.020"))
    ours.release()
    assert (ours.reads, ours.cost()) == (2, Decimal("0.010"))


def test_each_day_of_the_month_has_as_much_for_what_is_late(database: Database) -> None:
    ours = allowance(database, 300)
    first = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
    assert [ours.share(first + timedelta(days=days)) for days in (0, 1, 15, 29.95)] == [0, 10, 150, 299]
    ours.reserve("status", [str(number) for number in range(12)], first + timedelta(days=1, hours=6))
    assert [ours.share(first + timedelta(days=days)) for days in (1, 2, 30)] == [0, 8, 0], "December begins anew"


def test_what_was_read_yesterday_costs_again(database: Database) -> None:
    ours = allowance(database, 3)
    ours.reserve("status", ["2", "1"], NOON)
    assert ours.reserve("status", ["2", "1"], NOON + timedelta(days=1)) == ["2"]


def test_an_account_counts_as_its_price_in_reads_of_a_status(database: Database) -> None:
    assert allowance(database, 1).reserve("account", ["ours"], NOON) == []
    assert allowance(database, 2).reserve("account", ["ours"], NOON) == ["ours"]
    assert spent(database, NOON.date()) == 2


def test_a_price_between_two_reads_is_rounded_up(database: Database) -> None:
    allowance(database, 9, prices=Prices(read_post=Decimal("0.004"), read_user=Decimal("0.010"))).reserve(
        "account", ["ours"], NOON
    )
    assert spent(database, NOON.date()) == 3


def test_all_accounts_of_a_project_share_one_limit(database: Database) -> None:
    allowance(database, 3, account="ours").reserve("status", ["1", "2"], NOON)
    assert allowance(database, 3, account="hers").reserve("status", ["1", "2"], NOON) == ["1"]


def test_a_limit_of_nothing_reserves_nothing(database: Database) -> None:
    assert allowance(database, 0).reserve("status", ["1"], NOON) == []
    assert allowance(database, 0).reserve("account", ["ours"], NOON) == []


def test_each_month_has_its_own_limit_and_ends_in_utc(database: Database) -> None:
    ours = allowance(database, 1)
    ours.reserve("status", ["1"], datetime(2026, 11, 30, 23, 0, tzinfo=UTC))
    assert ours.reserve("status", ["2"], datetime(2026, 11, 1, 0, 30, tzinfo=UTC)) == []
    assert ours.reserve("status", ["2"], datetime(2026, 12, 1, 0, 30, tzinfo=UTC)) == ["2"]
    assert [spent(database, date(2026, month, 15)) for month in (10, 11, 12)] == [0, 1, 1]


def test_near_midnight_a_read_is_charged_on_both_days_it_may_be_billed_on(database: Database) -> None:
    allowance(database, 5).reserve("status", ["1"], datetime(2026, 11, 22, 23, 58, tzinfo=UTC))
    assert spent(database, NOON.date()) == 2


def test_near_midnight_both_days_must_fit_into_the_month(database: Database) -> None:
    assert allowance(database, 1).reserve("status", ["1"], datetime(2026, 11, 22, 0, 2, tzinfo=UTC)) == []
    assert spent(database, NOON.date()) == 0


def test_near_the_end_of_a_month_both_months_must_have_something_left(database: Database) -> None:
    last_minute = datetime(2026, 11, 30, 23, 58, tzinfo=UTC)
    ours = allowance(database, 1)
    ours.reserve("status", ["1"], datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    assert ours.reserve("status", ["2"], last_minute) == []
    assert spent(database, last_minute.date()) == 0


def test_what_was_charged_cannot_be_taken_back(database: Database) -> None:
    allowance(database, 5).reserve("status", ["1"], NOON)
    for statement in ("DELETE FROM reads", "UPDATE reads SET counts_as = 1", "REPLACE INTO reads SELECT * FROM reads"):
        with pytest.raises(sqlite3.IntegrityError, match="reads are history"):
            database.conn.execute(statement)


def test_what_another_command_counts_on_is_not_taken_back(database: Database) -> None:
    first, second, third = (allowance(database, 9) for _ in range(3))
    first.reserve("status", ["1", "2"], NOON)
    assert second.reserve("status", ["1"], NOON) == third.reserve("status", ["1"], NOON) == ["1"]
    first.release()
    assert spent(database, NOON.date()) == 1, "the second may have been billed"


def test_what_was_taken_back_is_charged_and_taken_back_anew(database: Database) -> None:
    for _ in range(2):
        ours = allowance(database, 9)
        ours.reserve("status", ["1"], NOON)
        assert spent(database, NOON.date()) == 1
        ours.release()
        assert spent(database, NOON.date()) == 0


def test_what_is_read_often_on_one_day_leaves_few_rows(database: Database) -> None:
    for _ in range(20):
        allowance(database, 1).reserve("status", ["1"], NOON)
    rows = database.conn.execute("SELECT count(*) FROM reads").fetchone()
    assert (spent(database, NOON.date()), rows) == (1, (3,))


def _reserve_one_by_one(folder: str, name: str) -> int:
    """How many of a hundred reads one process gets."""
    with closing(open_database(Path(folder))) as database:
        ours = allowance(database, 60)
        return sum(len(ours.reserve("status", [f"{name}-{number}"], NOON)) for number in range(100))


def test_several_commands_at_once_stay_within_the_limit_together(tmp_path: Path) -> None:
    names = ["a", "b", "c", "d"]
    with multiprocessing.get_context("spawn").Pool(len(names)) as pool:
        granted = pool.starmap(_reserve_one_by_one, [(str(tmp_path), name) for name in names])
    assert sum(granted) == 60
    with closing(open_database(tmp_path)) as database:
        assert spent(database, NOON.date()) == 60
