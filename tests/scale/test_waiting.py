"""What waits for its time costs nothing: neither posts of an account nor accounts are read before they are due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.scale.filled import LONG_AGO, NEXT_YEAR, plan, workspace_in
from contentkit.clock import SystemClock
from contentkit.publishing.journal import Journal
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.lanes import Lanes

ACCOUNT = "account-000000"


class Explained:
    """A database that remembers how its server carried out each statement, and how many rows it read in vain."""

    def __init__(self, address: str, workspace: int) -> None:
        self._database = PostgresConnection(connect(address), workspace)
        # So that a small table is read as a large one would be, and the hundredth time as the first.
        self._database.execute("SET enable_seqscan = off")
        self._database.execute("SET plan_cache_mode = force_generic_plan")
        self.plans: list[dict[str, Any]] = []

    @property
    def in_vain(self) -> list[int]:
        return [sum(map(_in_vain, _nodes(plan))) for plan in self.plans]

    def execute(self, statement: str, values: Any = ()) -> Any:
        [[told]] = self._database.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).fetchall()
        self.plans.append(told[0]["Plan"])
        return self._database.execute(statement, values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for one in plan.get("Plans", ()):
        yield from _nodes(one)


def _in_vain(node: dict[str, Any]) -> int:
    return int(node.get("Rows Removed by Filter", 0)) + int(node.get("Rows Removed by Index Recheck", 0))


@pytest.fixture
def explained(database: str) -> Iterator[Explained]:
    """A workspace with a due post on each of two accounts, and 1,000 that wait on each of these and on fifty more."""
    workspace = workspace_in(database)
    plan(database, workspace, "waiting", 2, 2000, NEXT_YEAR)
    plan(database, workspace, "others", 52, 100, NEXT_YEAR)
    plan(database, workspace, "due", 2, 2, LONG_AGO)
    found = Explained(database, workspace)
    yield found
    found.close()


def test_of_an_accounts_posts_only_those_that_are_due_are_read(explained: Explained) -> None:
    threads = Journal(explained, SystemClock(), "here").threads.in_hand(ACCOUNT)
    assert [thread.entry for thread in threads] == ["due-2"]
    assert explained.in_vain == [0]


def test_of_all_accounts_only_those_that_are_due_are_read(explained: Explained) -> None:
    lanes = Lanes(explained)
    assert {one.account for one in lanes.due(10)} == {ACCOUNT, "account-000001"}
    assert len(lanes.due_shards()) == 2
    assert explained.in_vain == [0, 0]


def test_of_a_shards_lanes_only_those_that_are_due_are_read_to_be_taken(explained: Explained) -> None:
    lanes = Lanes(explained)
    shard = lanes.due_shards()[0]
    lanes.claim_some(shard, [1], "mine", 9)
    assert explained.in_vain == [0, 0]


def test_when_a_part_was_last_sent_is_known_without_the_history(explained: Explained) -> None:
    assert Journal(explained, SystemClock(), "here").history.last_confirmed() == ""
    [plan] = explained.plans
    # It reads one row from the end of the index, and no more.
    assert [one["Node Type"] for one in _nodes(plan)] == ["Limit", "Index Only Scan"]
    assert [one["Index Name"] for one in _nodes(plan) if "Index Name" in one] == ["last_sent"]
