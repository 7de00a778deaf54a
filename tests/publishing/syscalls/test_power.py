"""The power goes at every moment of a run: whatever unsynced bytes and names survive, the journal knows what left."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.publishing.stage import THREAD
from tests.publishing.syscalls.calls import MAKING, SYNCING
from tests.publishing.syscalls.disk import Disk
from tests.publishing.syscalls.matrix import recorded, sample
from tests.publishing.syscalls.plans import Event, Plan
from tests.publishing.syscalls.power import Looked, control, ours, play_power_loss
from tests.publishing.syscalls.world import NETWORKS, World

pytestmark = [pytest.mark.matrix, pytest.mark.timeout(1800)]

FOLDER = Path("/disk")
SHARDS = 12
SAFE = (("DELETE", "EXTRA"), ("TRUNCATE", "FULL"), ("PERSIST", "FULL"), ("WAL", "FULL"))
UNSAFE = (("DELETE", "FULL"), ("DELETE", "NORMAL"), ("DELETE", "OFF"), ("WAL", "NORMAL"))


def _event(call: str, name: str, **given: int | str | bytes) -> Event:
    values = {"number": 1, "result": 0, **given}
    if "to" in values:
        values["to"] = str(FOLDER / str(values["to"]))
    return Event(call=call, path=str(FOLDER / name), **values)  # type: ignore[arg-type]


def _left(events: list[Event], **before: bytes) -> list[dict[str, bytes]]:
    disk = Disk({str(FOLDER / name): content for name, content in before.items()}, (FOLDER,))
    for event in events:
        disk.take(event)
    return [{Path(name).name: content for name, content in image.items()} for _, image in disk.images()]


def test_what_was_not_synced_may_be_lost_and_may_survive() -> None:
    images = _left([_event("write", "a", data=b"new", result=3)], a=b"old")
    assert images[:2] == [{"a": b"old"}, {"a": b"new"}]


def test_what_was_synced_survives_under_a_name_that_was() -> None:
    made = _event("openat", "b", flags=os.O_CREAT, result=3)
    written = [made, _event("write", "b", data=b"new", result=3), _event("fsync", "b")]
    assert {} in _left(written)
    assert _left([*written, _event("fsync", ".")]) == [{"b": b"new"}] * 4


def test_a_file_that_was_removed_comes_back_until_its_folder_is_synced() -> None:
    gone = [_event("unlink", "a")]
    assert {"a": b"old"} in _left(gone, a=b"old")
    assert _left([*gone, _event("fsync", ".")], a=b"old") == [{}] * 4


def test_a_name_may_reach_the_disk_before_what_the_file_holds() -> None:
    moved = [
        _event("openat", "b", flags=os.O_CREAT, result=3),
        _event("write", "b", data=b"new", result=3),
        _event("rename", "b", to="a"),
    ]
    assert {"a": b""} in _left(moved, a=b"old")
    assert {"a": b"old"} in _left(moved, a=b"old")


def test_a_long_write_may_be_torn_and_a_failed_one_changes_nothing() -> None:
    torn = _left([_event("pwrite64", "a", data=b"n" * 1024, result=1024)], a=b"o" * 1024)
    assert {"a": b"n" * 512 + b"o" * 512} in torn
    assert _left([_event("pwrite64", "a", data=b"n", result=-28)], a=b"o") == [{"a": b"o"}] * 4


def _posting(looked: list[Looked]) -> list[Looked]:
    return [one for one in looked if one.posting]


@pytest.mark.parametrize("world", NETWORKS, indirect=True)
def test_the_intent_is_on_every_disk_that_may_be_left_when_a_post_leaves(world: World) -> None:
    looked = ours(world, one_in=20)
    assert len(_posting(looked)) == len(THREAD)
    assert [one for one in looked if one.wrongs] == []


def test_the_folder_of_a_new_journal_is_on_the_disk_before_anything_is_in_it(world: World) -> None:
    world.begin_before_the_approval()
    done = world.run("approve", "launch", "--by", "Ana", "--yes", plan=Plan(begin="", record=True))
    assert done.code == 0, done
    made = [event for event in done.events if event.call in MAKING and event.result == 0]
    assert [Path(event.path).name for event in made] == ["state", "contentkit", "test-project"]
    written = next(event.number for event in done.events if Path(event.path).name.startswith("journal.db-"))
    for folder in made:
        synced = (
            event for event in done.events if event.call == "fsync" and event.path == str(Path(folder.path).parent)
        )
        assert folder.number < next(event.number for event in synced) < written


@pytest.mark.nightly
@pytest.mark.parametrize("world", NETWORKS, indirect=True)
def test_every_disk_that_may_be_left_is_sound_and_knows_what_has_left(world: World) -> None:
    looked = ours(world)
    assert len(looked) > 300
    assert [one for one in looked if one.wrongs] == []


@pytest.mark.parametrize(
    "settings", [*SAFE[:1], *(pytest.param(one, marks=pytest.mark.nightly) for one in SAFE[1:])], ids="-".join
)
def test_other_safe_settings_are_found_safe(world: World, settings: tuple[str, str]) -> None:
    looked = control(world, *settings)
    assert len(_posting(looked)) == len(THREAD)
    assert [one for one in looked if one.wrongs] == []


@pytest.mark.parametrize(
    "settings", [*UNSAFE[:1], *(pytest.param(one, marks=pytest.mark.nightly) for one in UNSAFE[1:])], ids="-".join
)
def test_the_settings_that_python_comes_with_are_found_unsafe(world: World, settings: tuple[str, str]) -> None:
    posting = _posting(control(world, *settings))
    assert len(posting) == len(THREAD)
    assert "it says ['planned'" in posting[0].wrongs[0]
    assert all(one.wrongs for one in posting)


def test_cron_goes_on_after_a_power_loss(world: World) -> None:
    numbers = sample(recorded(world).changing, 4)
    verdicts = [play_power_loss(world, number, choice) for choice, number in enumerate(numbers)]
    assert [verdict.violations for verdict in verdicts] == [()] * len(numbers)


@pytest.mark.nightly
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("world", NETWORKS, indirect=True)
def test_cron_goes_on_after_a_power_loss_at_every_cut(world: World, shard: int) -> None:
    """At each change one of the disks that it may leave, another one each time."""
    numbers = recorded(world).changing[shard::SHARDS]
    for choice, number in enumerate(numbers):
        assert play_power_loss(world, number, choice + shard).violations == (), number


def test_a_post_waits_for_the_disk_no_more_often_than_it_is_said_to(world: World) -> None:
    """Twelve times, as docs/publishing.md tells one by one, and a run that sends something for 24 others."""
    full = recorded(world)
    waited = Counter(Path(event.path).name for event in full.events if event.call in SYNCING and event.result == 0)
    assert sum(waited.values()) == 24 + 12 * len(THREAD), waited
