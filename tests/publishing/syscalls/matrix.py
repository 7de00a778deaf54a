"""The points of the matrix: each is one run of ``post`` to which one thing happens, and what came of it."""

from __future__ import annotations

import errno
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tests.publishing.stage import THREAD
from tests.publishing.syscalls.calls import OPENING
from tests.publishing.syscalls.plans import Event, Plan, Traced
from tests.publishing.syscalls.verdict import Verdict, faults_of, judged
from tests.publishing.syscalls.world import World
from tests.servers.compatible_server import CompatibleServer

# What each kind of call may fail with.
ERRORS = {
    "openat": (errno.EMFILE,),
    "write": (errno.ENOSPC, errno.EIO, errno.EDQUOT),
    "pwrite64": (errno.ENOSPC, errno.EIO),
    "pread64": (errno.EIO,),
    "fsync": (errno.EIO, errno.ENOSPC),
    "fdatasync": (errno.EIO,),
    "ftruncate": (errno.EIO, errno.EROFS),
    "rename": (errno.EIO, errno.ENOSPC, errno.EROFS),
    "unlink": (errno.EIO, errno.EROFS),
    "fchmod": (errno.EPERM, errno.EIO),
    "mkdir": (errno.EROFS,),
    "flock": (errno.EINTR, errno.ENOLCK, errno.EAGAIN),
    "fcntl": (errno.EAGAIN,),
    "socket": (errno.EMFILE,),
    "connect": (errno.ECONNREFUSED, errno.ETIMEDOUT, errno.EINTR),
    "sendto": (errno.EPIPE, errno.ECONNRESET, errno.EINTR),
    "recvfrom": (errno.ECONNRESET, errno.ETIMEDOUT, errno.EINTR),
    "poll": (errno.EINTR, errno.EINVAL),
}
# Of calls without effect, and of files that only Python itself reads, so few stand for all.
_ONE_IN = 8
# How the request that creates a post begins, on either network.
_CREATING = (b"POST /api/v1/statuses ", b"POST /2/tweets ")
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class Played:
    """One point: whether what was planned did happen, and the verdict."""

    plan: Plan
    happened: bool
    verdict: Verdict


def recorded(world: World) -> Traced:
    """A run from the beginning to which nothing happens."""
    world.begin_anew()
    return world.run("post", plan=Plan(record=True))


def kill_points(full: Traced) -> list[Plan]:
    """A kill before each call that changes something, before one in eight of the others, and before the last one."""
    rest = [number for number in range(1, len(full.calls) + 1) if number not in set(full.changing)]
    numbers = sorted({*full.changing, *rest[::_ONE_IN], len(full.calls)})
    return [Plan(kill_at=number) for number in numbers]


def is_posting(event: Event) -> bool:
    """Whether the request that creates a post begins to leave."""
    return event.call == "sendto" and event.data.startswith(_CREATING)


def unanswered_points(full: Traced) -> list[Plan]:
    """A kill after each post has left and before its answer is read: what few other points say nothing about."""
    posts = [event.number for event in full.events if is_posting(event)]
    return [Plan(kill_at=full.calls.index("recvfrom", number) + 1) for number in posts]


def error_points(full: Traced) -> list[Plan]:
    """Every call that may fail, with everything that it may fail with. ``full`` is a recorded run."""
    return list(_error_points(full))


def _error_points(full: Traced) -> Iterator[Plan]:
    boring = {event.number for event in full.events if event.call in OPENING and _is_of_python(event.path)}
    skipped = boring - set(sorted(boring)[::_ONE_IN])
    nth: Counter[str] = Counter()
    for number, name in enumerate(full.calls, 1):
        nth[name] += 1
        for error in ERRORS.get(name, ()) if number not in skipped else ():
            yield Plan(fail=name, fail_at=nth[name], error=error)


def _is_of_python(path: str) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in (sys.prefix, sys.base_prefix, "/proc"))


def full_disk_points(full: Traced) -> list[Plan]:
    """A disk that is full from the first page that is written on, from the second on, and so on."""
    return [Plan(full_from=number) for number in range(1, len(full.growing) + 1)]


def sample(points: Sequence[_T], most: int) -> list[_T]:
    """So many of them at most, spread evenly, the first and the last among them."""
    if len(points) <= most:
        return list(points)
    return [points[round(place * (len(points) - 1) / (most - 1))] for place in range(most)]


def play(world: World, plan: Plan) -> Played:
    """One point: a run to which this happens, cron's runs after it, and a careful person."""
    world.begin_anew()
    done = world.run("post", plan=plan)
    faults = [] if plan.kill_at else list(faults_of(done))
    verdict = judged(world)
    violations = (*faults, *verdict.violations)
    return Played(
        plan=plan,
        happened=done.happened,
        verdict=Verdict(violations=violations, held=verdict.held, needlessly=verdict.needlessly),
    )


def play_all(world: World, plans: Iterable[Plan]) -> list[Played]:
    return [play(world, plan) for plan in plans]


def wrong(played: Iterable[Played]) -> list[tuple[Plan, tuple[str, ...]]]:
    """The points that found something, with what they found."""
    return [(one.plan, one.verdict.violations) for one in played if one.verdict.violations]


def run_naively(world: World, plan: Plan | None) -> Traced:
    """The control: a publisher that trusts the Idempotency-Key, and marks a part after it was sent."""
    assert isinstance(world.server, CompatibleServer)
    journal = str(world.project.root / "naive.json")
    arguments = [world.server.url, world.server.token, "key", journal, *THREAD]
    return world.nursery.run(
        arguments, world.project.root, world.project.environment, plan, program="tests.naive_publisher"
    )


def recorded_naively(world: World) -> Traced:
    """A run of the control to which nothing happens. It has no lock: all of its calls count."""
    world.begin_anew()
    # In a new clone Python keeps what it compiles in the first run, by calls that no later run makes.
    run_naively(world, None)
    world.begin_anew()
    return run_naively(world, Plan(begin="", record=True))


def play_naively(world: World, plan: Plan) -> Played:
    """The same point for the control: what it doubled or tore."""
    world.begin_anew()
    done = run_naively(world, replace(plan, begin=""))
    for _ in range(3):
        run_naively(world, None)
    texts = [status.text for status in world.server.statuses]
    wrongs = () if texts == list(THREAD) else (f"twice, lost or out of order: {texts}",)
    return Played(plan=plan, happened=done.happened, verdict=Verdict(violations=wrongs))
