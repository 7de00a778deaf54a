"""What workers may send together: to a server, through an app, for the money of an account."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.limits import Stock, buckets, remove_bucket, set_bucket, set_window, take
from contentkit.publishing.postgres.opening import bring_up_to_date, journal_on
from contentkit.publishing.postgres.workspaces import Standing, enter
from contentkit.publishing.publications import PlannedPart
from contentkit.publishing.records import Approval
from tests.publishing.stage import WoundClock

# So slow that nothing flows in while a test runs.
_SLOWLY = 1e-6
_TAKER = """
import sys
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.limits import Stock
database, stock, taken = PostgresConnection(connect(sys.argv[1])), Stock(block=7), 0
while not stock.wait(database, "host a", 1):
    taken += 1
print(taken)
"""
_SPENDER = """
import sys
from decimal import Decimal
from contentkit.clock import SystemClock
from contentkit.errors import StateError, Unavailable
from contentkit.models import Budget
from contentkit.publishing.fares import Fare
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes
from contentkit.publishing.postgres.opening import journal_on
address, workspace, me = sys.argv[1], int(sys.argv[2]), sys.argv[3]
connection = connect(address)
fare = Fare(operation="create", price=Decimal("0.015"), besides=Decimal(0), budget=Budget(month=Decimal("0.105")))
sent, spent = 0, False
while not spent:
    lease = Lanes(PostgresConnection(connection)).claim(workspace, "ours-x", me)
    if lease is None:
        continue
    journal = journal_on(connection, workspace, SystemClock(), me, lease)
    head = next(row for thread in journal.threads.in_hand("ours-x") if (row := thread.planned_head))
    try:
        attempt = journal.publications.claim(head, parent="", watermark="", fare=fare)
        journal.publications.confirm(attempt, f"{me}-{sent}", "https://x.com/us/1", "test")
        sent += 1
    except Unavailable:
        spent = True
    Lanes(PostgresConnection(connection)).release(lease)
print(sent)
"""


@pytest.fixture
def limits(database: str) -> Iterator[PostgresConnection]:
    connection = connect(database)
    bring_up_to_date(connection)
    opened = PostgresConnection(connection)
    yield opened
    opened.close()


def _printed_by(program: str, *words: str, processes: int = 4) -> list[int]:
    """What so many processes print that run it at the same time; the last word tells each from the others."""
    command = [sys.executable, "-c", program, *words]
    started = [
        subprocess.Popen([*command, f"worker-{number}"], stdout=subprocess.PIPE, text=True)
        for number in range(processes)
    ]
    printed = [process.communicate()[0] for process in started]
    return [int(words) for words in printed]


def test_a_bucket_gives_what_is_in_it_and_says_when_to_come_again(limits: PostgresConnection) -> None:
    set_bucket(limits, "host a", rate=_SLOWLY, burst=10)
    assert take(limits, "host a", least=1, most=4) == (4, 0.0)
    assert take(limits, "host a", least=1, most=20) == (6, 0.0)
    granted, seconds = take(limits, "host a", least=2, most=20)
    assert granted == 0
    assert seconds == pytest.approx(2 / _SLOWLY, rel=0.01)


def test_more_than_a_bucket_holds_is_given_when_it_is_full(limits: PostgresConnection) -> None:
    set_bucket(limits, "host a", rate=_SLOWLY, burst=5)
    assert Stock().wait(limits, "host a", posts=12) == 0
    # What it gave more than it held has to flow in first.
    assert Stock().wait(limits, "host a", posts=1) == pytest.approx(8 / _SLOWLY, rel=0.01)


def test_what_has_no_bucket_is_not_limited(limits: PostgresConnection) -> None:
    set_bucket(limits, "host a", rate=1, burst=1)
    assert take(limits, "host b", least=1, most=20) == (20, 0.0)
    assert Stock().limited(limits, ["host b", "host a"]) == ["host a"]
    assert remove_bucket(limits, "host a")
    assert not remove_bucket(limits, "host a")
    assert buckets(limits) == []


def test_no_window_takes_more_than_the_network_allows(limits: PostgresConnection) -> None:
    set_window(limits, "app x", most=10_000, seconds=86_400)
    [bucket] = buckets(limits)
    assert bucket.burst + bucket.rate * 86_400 == pytest.approx(10_000)


def test_all_processes_together_take_what_is_there(limits: PostgresConnection, database: str) -> None:
    set_bucket(limits, "host a", rate=_SLOWLY, burst=100)
    assert sum(_printed_by(_TAKER, database)) == 100


def test_workers_together_never_spend_more_than_an_account_may(limits: PostgresConnection, database: str) -> None:
    workspace = enter(limits, name="ours", project="ours", hosts=(), seal="", state=Standing.OPEN)
    journal = journal_on(connect(database), workspace.id, WoundClock(), "this-machine")
    due = datetime.now(UTC) - timedelta(minutes=1)
    for number in range(12):
        approval = Approval(
            id=0, entry=f"entry-{number}", digest="d", manifest="m", by="Ana", at=due, trust="local", seal="s"
        )
        part = PlannedPart(
            account="ours-x",
            part=0,
            parts=1,
            post=0,
            text=f"word {number}",
            warning="",
            visibility="public",
            language="en",
        )
        journal.approvals.plan("ours", approval, due, [part])
    assert sum(_printed_by(_SPENDER, database, str(workspace.id))) == 7
    assert sum(row["micros"] for row in journal._db.execute("SELECT micros FROM ledger").fetchall()) == 105_000
    assert sum(row.state == "sent" for thread in journal.threads.living() for row in thread.rows) == 7
    journal.close()


def test_a_lane_that_the_network_makes_wait_is_nobodys_until_then(limits: PostgresConnection, database: str) -> None:
    workspace = enter(limits, name="ours", project="ours", hosts=(), seal="", state=Standing.OPEN)
    limits.execute("INSERT INTO lanes (workspace, account, next_due) VALUES (?, 'a', '')", (workspace.id,))
    lanes = Lanes(limits)
    assert len(lanes.due(10)) == 1
    lanes.hold(workspace.id, "a", datetime.now(UTC) + timedelta(hours=1))
    assert lanes.due(10) == []
    assert lanes.claim(workspace.id, "a", "me") is None
