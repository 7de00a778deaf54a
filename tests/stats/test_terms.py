from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlite_utils import Database

from contentkit.money.prices import Prices
from contentkit.stats.budget import Allowance
from contentkit.stats.publications import Tracked
from contentkit.stats.terms import Free
from tests.stats.counting import NOW

# As they come from the database: the newest first.
POSTS = [
    Tracked(id=4, remote_id="d", published_at=NOW, asked_at=NOW),
    Tracked(id=3, remote_id="c", published_at=NOW, asked_at=NOW - timedelta(days=2)),
    Tracked(id=2, remote_id="b", published_at=NOW, asked_at=None),
    Tracked(id=1, remote_id="a", published_at=NOW, asked_at=NOW - timedelta(days=1)),
]


def test_where_reading_is_free_those_asked_longest_ago_come_first_and_all_are_admitted() -> None:
    assert [one.remote_id for one in Free().in_turn(POSTS)] == ["b", "c", "a", "d"]
    assert Free().reserve("status", ["d", "c"], NOW) == ["d", "c"]


def test_where_reading_is_billed_the_newest_come_first_whenever_they_were_asked(database: Database) -> None:
    prices = Prices(read_post=Decimal("0.005"), read_user=Decimal("0.010"))
    allowance = Allowance(database=database, platform="counting", account="ours", monthly=5, prices=prices)
    assert [one.remote_id for one in allowance.in_turn(POSTS)] == ["d", "c", "b", "a"]
