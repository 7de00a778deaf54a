"""What must be true after a run that was killed or saw errors, once cron has run again and a careful person has looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.publishing.stage import THREAD
from tests.publishing.syscalls.plans import Traced
from tests.publishing.syscalls.world import PICTURE_AT, World
from tests.servers.x_server import XServer

# done, failed, a person is needed: what a run of cron may end with. 3 would be a fault of contentkit.
_ALLOWED = (0, 1, 4)
_MOST_RUNS = 4
# A person decides about one part at a time.
_MOST_DECISIONS = len(THREAD)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """``violations`` in words, none when all is well; ``held`` whether a person had to decide, ``needlessly`` whether the
    network had had the part that was held."""

    violations: tuple[str, ...]
    held: bool = False
    needlessly: bool = False


def judged(world: World) -> Verdict:
    """Runs ``post`` as cron would, lets a person decide what is held, and says what was wrong on the way."""
    found = list(_run_on(world))
    held = [row for row in world.rows() if row.state == "held"]
    there = {status.text for status in world.server.statuses}
    needlessly = any(row.text in there for row in held)
    for _ in range(_MOST_DECISIONS):
        if any(row.state == "held" for row in world.rows()):
            found += _decide(world)
            found += _run_on(world)
    found += _at_the_end(world)
    return Verdict(violations=tuple(found), held=bool(held), needlessly=needlessly)


def faults_of(done: Traced) -> Iterator[str]:
    """What is wrong with how a command ended that was not killed."""
    if done.code == -9:
        return
    if done.code not in _ALLOWED:
        yield f"ended with {done.code}: {done.err[-300:]}"
    for word in ("Traceback", "Exception ignored"):
        if word in done.err:
            yield f"{word}: {done.err[-300:]}"
    if done.code and not done.out.strip() and not done.err.strip():
        yield f"ended with {done.code} without a word"
    if done.code == 1 and done.err.count("contentkit: ") > 1:
        yield f"more than one message: {done.err}"


def _run_on(world: World) -> Iterator[str]:
    """Runs of cron until nothing moves any more. What must hold at every moment is looked at after each."""
    for _ in range(_MOST_RUNS):
        done = world.run("post")
        yield from faults_of(done)
        yield from _at_any_moment(world)
        states = {row.state for row in world.rows()}
        if states == {"sent"} or "held" in states:
            break
        world.pass_time()
    else:
        yield f"neither sent nor held: {[row.state for row in world.rows()]}"


def _at_any_moment(world: World) -> Iterator[str]:
    statuses = world.server.statuses
    texts = [status.text for status in statuses]
    if texts != list(THREAD[: len(texts)]):
        yield f"twice, or out of order: {texts}"
    for before, status in zip([None, *(one.id for one in statuses)], statuses, strict=False):
        if (status.in_reply_to_id or None) != before:
            yield f"not a reply to the part before it: {status.text}"
    words = {status.id: status.text for status in statuses}
    for row in world.rows():
        if row.state == "sent" and words.get(row.remote_id) != row.text:
            yield f"called sent, and is not there: {row.text}"
        if row.state == "held" and not row.reason:
            yield f"held without a reason: {row.text}"
        if row.state not in ("sent", "held") and row.text in texts and _ended(world):
            yield f"is there, and only called {row.state}: {row.text}"
    if isinstance(world.server, XServer) and world.noted() < world.server.spent * 1000:
        yield f"billed {world.server.spent * 1000} millionths, noted {world.noted()}"


def _ended(world: World) -> bool:
    return all(row.state in ("sent", "held", "planned") for row in world.rows())


def _decide(world: World) -> Iterator[str]:
    """Somebody who looks at the account itself: what stands there is published, what does not is sent again."""
    held = next(row for row in world.rows() if row.state == "held")
    there = [status.id for status in world.server.statuses if status.text == held.text]
    words = ("--published", f"{world.server.url}/@me/{there[0]}") if there else ("--again",)
    done = world.run("resolve", "launch", *words, "--by", "Ana")
    if done.code != 0:
        yield f"resolve {words[0]} ended with {done.code}: {done.err}"


def _at_the_end(world: World) -> Iterator[str]:
    rows, statuses = world.rows(), world.server.statuses
    if [row.state for row in rows] != ["sent"] * len(THREAD) or len(statuses) != len(THREAD):
        yield f"the thread is not complete: {[row.state for row in rows]}, {len(statuses)} there"
    if world.pictures() != [int(number == PICTURE_AT) for number in range(len(statuses))]:
        yield f"a picture is missing: {world.pictures()}"
    expected = [(part, row.remote_id) for part, row in enumerate(rows)]
    if sorted(world.receipts()) != expected:
        yield f"the receipts say {world.receipts()}, the journal {expected}"
