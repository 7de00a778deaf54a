"""Lanes taken several at once: each is one worker's alone, served once, and given back though another one is in trouble."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from benchmarks.scale.filled import LONG_AGO, plan, workspace_in
from contentkit.cli.scale.hands import Hands
from contentkit.errors import StateError
from contentkit.publishing.postgres.connection import PostgresConnection, connect
from contentkit.publishing.postgres.lanes import SHARDS, Lanes, Lease

# The first lane of a database has the number 1.
SHARD = 1
IN_SHARD = [f"account-{number:06}" for number in range(1 * SHARDS, 6 * SHARDS, SHARDS)]


def due_on(lanes: Lanes) -> list[str]:
    return [one.account for one in lanes.due(999) if one.number % SHARDS == SHARD]


class Place:
    """A database with a post due on each of some hundred accounts, of which those of one shard are served."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.workspace = workspace_in(address)
        plan(address, self.workspace, "due", 5 * SHARDS, 5 * SHARDS, LONG_AGO, apart=1)
        self.database = PostgresConnection(connect(address))
        self.lanes = Lanes(self.database)

    def due(self) -> list[str]:
        """The accounts of the shard that are due, those first that are due for longest."""
        return due_on(self.lanes)

    def settle(self, account: str) -> None:
        """Nothing is due on it any more."""
        with closing(PostgresConnection(connect(self.address), self.workspace)) as database:
            database.execute("UPDATE publications SET state = 'skipped' WHERE account = ?", (account,))


@pytest.fixture
def place(database: str) -> Iterator[Place]:
    found = Place(database)
    yield found
    found.database.close()


def test_some_lanes_are_those_due_for_longest_and_nobody_elses(place: Place) -> None:
    waiting = place.due()
    assert len(waiting) == 5
    mine = place.lanes.claim_some(SHARD, [place.workspace], "mine", 2)
    assert [lease.account for lease in mine] == waiting[:2]
    theirs = place.lanes.claim_some(SHARD, [place.workspace], "theirs", 9)
    assert [lease.account for lease in theirs] == waiting[2:]
    assert place.lanes.claim_some(SHARD, [place.workspace], "more", 9) == []
    # Each has a fence of its own, and only who holds a lane gives it back.
    place.lanes.release_all([(Lease(workspace=place.workspace, account=waiting[0], holder="theirs", fence=1), 0.0)])
    assert place.due() == []
    place.lanes.release_all([(mine[0], 0.0), (mine[1], 60.0)])
    assert place.due() == [waiting[0]]


def test_lanes_of_workspaces_that_are_not_here_stay_where_they_are(place: Place) -> None:
    assert place.lanes.claim_some(SHARD, [place.workspace + 1], "mine", 9) == []
    assert len(place.due()) == 5


def test_what_another_has_locked_is_given_back_last_and_not_taken_at_all(place: Place) -> None:
    leases = place.lanes.claim_some(SHARD, [place.workspace], "mine", 3)
    locks = "SELECT 1 FROM lanes WHERE workspace = ? AND account = ? FOR UPDATE"
    giving = threading.Thread(target=lambda: place.lanes.release_all([(lease, 0.0) for lease in leases]))
    with closing(PostgresConnection(connect(place.address))) as other:
        with other.transaction():
            other.execute(locks, (place.workspace, leases[0].account))
            giving.start()
            seen = Lanes(other)
            while len(due_on(seen)) < 4:
                time.sleep(0.01)
            assert giving.is_alive()
        giving.join()
        with other.transaction():
            other.execute(locks, (place.workspace, leases[0].account))
            taken = place.lanes.claim_some(SHARD, [place.workspace], "mine", 9)
            assert leases[0].account not in {lease.account for lease in taken}
    assert len(taken) == 4


def test_each_lane_of_a_shard_is_served_once_in_turn(place: Place) -> None:
    waiting, served = place.due(), list[str]()
    hands = Hands("mine")

    def serve(lease: Lease) -> float:
        assert lease in hands.held()
        served.append(lease.account)
        place.settle(lease.account)
        return 0.0

    hands.serve_shard(place.lanes, SHARD, [place.workspace], serve)
    assert served == waiting
    assert hands.held() == []
    assert place.due() == []


def test_trouble_with_one_lane_gives_the_others_of_the_hand_back_at_once(place: Place) -> None:
    waiting, served = place.due(), list[str]()
    hands = Hands("mine")

    def serve(lease: Lease) -> float:
        served.append(lease.account)
        place.settle(lease.account)
        if len(served) == 2:
            raise StateError("its folder is gone")
        return 0.0

    with pytest.raises(StateError, match="gone"):
        hands.serve_shard(place.lanes, SHARD, [place.workspace], serve)
    assert served == waiting[:2]
    assert hands.held() == []
    assert place.due() == waiting[2:]


def test_who_waits_too_long_behind_another_is_given_back(place: Place) -> None:
    served: list[str] = []
    hands = Hands("mine", patience=0)
    first, second, third = place.due()[:3]

    def serve(lease: Lease) -> float:
        served.append(lease.account)
        place.settle(lease.account)
        if lease.account == second:
            with closing(PostgresConnection(connect(place.address))) as other:
                hands.look_after(Lanes(other))
                assert place.lanes.claim(place.workspace, third, "theirs") is not None
        return 0.0

    hands.serve_shard(place.lanes, SHARD, [place.workspace], serve)
    assert first in served
    assert third not in served


@pytest.mark.parametrize("rest", [0.0, 60.0])
def test_who_was_served_does_not_wait_in_hand_for_another_that_takes_long(place: Place, rest: float) -> None:
    hands = Hands("mine", patience=0)
    _, second, third, *_ = place.due()
    holder = "SELECT holder FROM lanes WHERE account = ?"
    held: list[str] = []

    def serve(lease: Lease) -> float:
        if lease.account == third:
            for _ in range(2):
                held.append(place.database.execute(holder, (second,)).fetchone()["holder"])
                hands.look_after(place.lanes)
            assert (second in place.due()) is (rest == 0)
            place.settle(second)
        if lease.account != second:
            place.settle(lease.account)
        return rest

    hands.serve_shard(place.lanes, SHARD, [place.workspace], serve)
    assert held == ["mine", ""]


def test_what_cannot_be_given_back_now_is_given_back_later(place: Place) -> None:
    hands = Hands("mine")
    [account, *_] = place.due()

    def serve(lease: Lease) -> float:
        broken.close()
        return 0.0

    broken = PostgresConnection(connect(place.address))
    with pytest.raises(StateError):
        hands.serve_lane(Lanes(broken), place.workspace, account, serve)
    assert account not in place.due()
    hands.look_after(place.lanes)
    assert account in place.due()
