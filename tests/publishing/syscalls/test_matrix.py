"""``kill -9`` before every system call between lock and exit, an error in the place of each that may fail, and a disk that is
full from each page on.

Afterwards cron runs as ever, and a careful person decides what is held: nothing twice, nothing out of order, nothing lost,
no fault of the program, the receipts complete. ``report.py`` plays all points, too, and prints the figures.
"""

from __future__ import annotations

import errno

import pytest

from tests.publishing.stage import THREAD
from tests.publishing.syscalls.matrix import (
    error_points,
    full_disk_points,
    kill_points,
    play,
    play_naively,
    recorded,
    recorded_naively,
    sample,
    unanswered_points,
    wrong,
)
from tests.publishing.syscalls.plans import Plan
from tests.publishing.syscalls.verdict import judged
from tests.publishing.syscalls.world import NETWORKS, World

pytestmark = [pytest.mark.matrix, pytest.mark.timeout(1800)]

KINDS = {"kill": kill_points, "error": error_points, "full disk": full_disk_points}
# How many points of each kind a change is judged by.
FEW = {"mastodon": {"kill": 6, "error": 6, "full disk": 2}, "x": {"kill": 3, "error": 3, "full disk": 2}}
SHARDS = 12


@pytest.mark.parametrize("world", NETWORKS, indirect=True)
def test_a_sample_of_all_points_loses_and_doubles_nothing(world: World, request: pytest.FixtureRequest) -> None:
    full = recorded(world)
    assert full.code == 0, full
    assert judged(world).violations == ()
    assert {"flock", "fdatasync", "fsync", "rename", "sendto", "recvfrom"} <= set(full.calls)
    few = FEW[request.node.callspec.params["world"]]
    plans = [plan for kind, points in KINDS.items() for plan in sample(points(full), few[kind])]
    played = [play(world, plan) for plan in plans + unanswered_points(full)]
    assert wrong(played) == []
    assert sum(one.happened for one in played) >= len(plans) - 2, "the last calls differ from run to run"


@pytest.mark.nightly
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("world", NETWORKS, indirect=True)
def test_no_point_loses_or_doubles_anything(world: World, kind: str, shard: int) -> None:
    plans = KINDS[kind](recorded(world))[shard::SHARDS]
    assert wrong(play(world, plan) for plan in plans) == []


def test_an_approval_for_whose_key_there_is_no_room_can_be_given_afterwards(world: World) -> None:
    approve = ("approve", "launch", "--by", "Ana", "--yes")
    world.begin_before_the_approval()
    full = world.run(*approve, plan=Plan(begin="", record=True))
    key = next(event.number for event in full.events if event.path.endswith("seal.key") and event.data)
    world.begin_before_the_approval()
    refused = world.run(*approve, plan=Plan(begin="", full_from=full.growing.index(key) + 1))
    assert (refused.code, refused.happened) == (1, True)
    assert world.run(*approve).code == 0
    assert judged(world).violations == ()


def test_the_naive_publisher_fails_at_points_of_each_kind(world: World) -> None:
    full = recorded_naively(world)
    killed = [play_naively(world, plan) for plan in unanswered_points(full)]
    assert len(wrong(killed)) == len(THREAD), [one.happened for one in killed]
    assert wrong([play_naively(world, Plan(full_from=1))])
    assert wrong([play_naively(world, Plan(fail="recvfrom", fail_at=2, error=errno.ECONNRESET))])
