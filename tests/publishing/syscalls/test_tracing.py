"""The tracer does what it is told, and nothing else."""

from __future__ import annotations

import errno

import pytest

from tests.publishing.syscalls.plans import Plan
from tests.publishing.syscalls.world import World

pytestmark = pytest.mark.matrix


def test_a_traced_command_does_what_it_does_untraced(world: World) -> None:
    world.begin_anew()
    # In JSON no minute that passes between them is told.
    alone, traced = world.run("queue", "--json"), world.run("queue", "--json", plan=Plan(begin=""))
    assert (traced.code, traced.out, traced.err) == (alone.code, alone.out, alone.err)
    assert alone.code == 0
    assert len(traced.calls) > 100
    assert not traced.happened


def test_calls_count_from_the_file_that_begins_them(world: World) -> None:
    world.begin_anew()
    traced = world.run("queue", plan=Plan(begin="calendar.yaml", record=True))
    assert traced.calls[0] == "openat"
    assert traced.events[0].path == str(world.project.root / "calendar.yaml")
    assert world.run("queue", plan=Plan(begin="no such file")).calls == ()


def test_a_killed_command_ends_before_the_call(world: World) -> None:
    world.begin_anew()
    killed = world.run("schedule", "drafts/launch.md", "--at", "tomorrow 9:00", plan=Plan(begin="", kill_at=50))
    assert (killed.code, killed.happened, len(killed.calls)) == (-9, True, 50)


def test_a_call_that_fails_is_not_made_and_the_next_ones_are(world: World) -> None:
    world.begin_anew()
    once = Plan(begin="calendar.yaml", fail="openat", fail_at=1, error=errno.EACCES)
    refused = world.run("queue", plan=once)
    assert refused.code == 1
    assert "Permission denied" in refused.err
    assert world.run("queue").code == 0


def test_what_a_command_writes_is_recorded_with_its_bytes(world: World) -> None:
    world.begin_anew()
    done = world.run("pause", "launch", plan=Plan(begin="calendar.yaml", record=True))
    assert done.code == 0, done
    written = [event for event in done.events if event.call == "write" and ".calendar.yaml" in event.path]
    assert [event.data for event in written] == [(world.project.root / "calendar.yaml").read_bytes()]
    moved = [event for event in done.events if event.call.startswith("rename")]
    assert str(world.project.root / "calendar.yaml") in [event.to for event in moved]
