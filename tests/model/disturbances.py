"""What goes wrong, each so often as a configuration says."""

from __future__ import annotations

from collections.abc import Iterator

from tests.model.network import slow_steps, without_request
from tests.model.protocol import Disturbance, Model
from tests.model.publisher import Steps, finished
from tests.model.world import (
    FORGOTTEN,
    IDLE,
    INVENTED,
    NOBODY,
    NOWHERE,
    PLANNED,
    TO_TELL,
    WITHDRAWN,
    Journal,
    Request,
    World,
    is_shown,
    with_journal,
    with_run,
)


def disturbance_steps(model: Model, world: World) -> Steps:
    """Everything that may go wrong next."""
    for name, times in zip(model.places, world.left, strict=True):
        if times and name in _STEPS:
            after = model.spent(world, name)
            assert after is not None
            yield from _STEPS[name](model, after)


# -- the machine


def _killed(model: Model, world: World, who: int) -> World:
    """A process is gone at once; what it had on the wire goes on without it."""
    machine = model.machine(who)
    journal = world.journals[machine]
    wire = (one._replace(owner=NOBODY) if one.owner == who else one for one in world.wire)
    kept = tuple(sorted(one for one in wire if one.owner != NOBODY or not one.answered))
    if not model.protocol.remembers_what_to_tell and journal.told == TO_TELL:
        world = with_journal(world, machine, journal._replace(told=FORGOTTEN))
    return with_run(world._replace(wire=kept), who, IDLE)


def _kill(model: Model, world: World) -> Steps:
    for who, run in enumerate(world.runs):
        if run.at != "idle":
            yield f"run {who} is killed", _killed(model, world, who)


def _power(model: Model, world: World) -> Steps:
    """Every process of the first machine ends, and what its disk had not yet is lost."""
    for who in range(model.processes):
        if model.machine(who) == 0:
            world = _killed(model, world, who)
    journal = world.journals[0]
    if journal.stable is not None:
        world = with_journal(world, 0, journal._replace(rows=journal.stable))
    yield "the power fails", world


def _lease(model: Model, world: World) -> Steps:
    yield from ()  # the publisher's steps spend it: somebody else begins although the lock is held


# -- the network


def _own_request(world: World, who: int) -> Request | None:
    return next((one for one in world.wire if one.owner == who), None) if world.runs[who].at == "wait" else None


def _waiting(world: World) -> Iterator[tuple[int, Request]]:
    for who in range(len(world.runs)):
        request = _own_request(world, who)
        if request is not None:
            yield who, request


def _loss(model: Model, world: World) -> Steps:
    for who, request in _waiting(world):
        after = without_request(world, request)
        if not request.answered:
            after = after._replace(wire=tuple(sorted((*after.wire, request._replace(owner=NOBODY)))))
        yield f"run {who} waits no longer for an answer", _at(after, who, "doubt")
    for who, run in enumerate(world.runs):
        if run.at == "verify":
            yield f"run {who} cannot read the network", _at(world, who, "doubt")
        elif run.at in ("choose", "look soon"):
            yield f"run {who} cannot read the network", finished(model, world, who)


def _at(world: World, who: int, place: str, post: int = NOWHERE) -> World:
    return with_run(world, who, world.runs[who]._replace(at=place, post=post))


def _drop(model: Model, world: World) -> Steps:
    for who, request in _waiting(world):
        if request.post == NOWHERE:
            yield f"the request of run {who} vanishes", _at(without_request(world, request), who, "doubt")


def _busy(model: Model, world: World) -> Steps:
    for who, request in _waiting(world):
        if request.post == NOWHERE:
            yield f"run {who} is asked to wait", _at(without_request(world, request), who, "busy")


def _refusal(model: Model, world: World) -> Steps:
    for who, request in _waiting(world):
        if request.post == NOWHERE:
            yield f"the network refuses what run {who} sends", _at(without_request(world, request), who, "refused")


def _lie(model: Model, world: World) -> Steps:
    for who, request in _waiting(world):
        if request.post == NOWHERE:
            after = without_request(world, request)
            place = "verify" if model.protocol.verifies else "found"
            yield f"run {who} gets an invented id", _at(after, who, place, INVENTED)


def _forget(model: Model, world: World) -> Steps:
    if any(post != NOWHERE for post in world.keys):
        yield "the server forgets its keys", world._replace(keys=(NOWHERE,) * len(world.keys))


# -- people who do not ask contentkit


def _delete(model: Model, world: World) -> Steps:
    for number, post in enumerate(world.posts):
        if is_shown(world, number):
            posts = (*world.posts[:number], post._replace(alive=False), *world.posts[number + 1 :])
            yield f"the owner deletes post {number}", world._replace(posts=posts)


def _edit(model: Model, world: World) -> Steps:
    if world.file == 0:
        yield "somebody edits the draft", world._replace(file=1)


def _withdraw(model: Model, world: World) -> Steps:
    yield "somebody takes the entry out of the calendar", world._replace(file=WITHDRAWN)


def _restore(model: Model, world: World) -> Steps:
    """The journal alone is put back: the epoch file beside it tells."""
    yield from _copied(model, world, "restore")
    if world.backup is not None and _is_free(model, world):
        copy = world.backup._replace(missing=_lacks_an_attempt(world, world.backup))
        yield "the copy of the journal is put back", with_journal(world, 0, copy)


def _rollback(model: Model, world: World) -> Steps:
    """The whole folder is put back: nothing tells."""
    yield from _copied(model, world, "rollback")
    if world.backup is not None and _is_free(model, world):
        copy = world.backup._replace(missing=_lacks_an_attempt(world, world.backup), lag=0)
        yield "the copy of the whole folder is put back", with_journal(world._replace(backup=copy), 0, copy)


def _copied(model: Model, world: World, name: Disturbance) -> Steps:
    """A copy is made at any moment, once; making it is no disturbance yet."""
    if world.backup is None:
        place = model.places[name]
        left = (*world.left[:place], world.left[place] + 1, *world.left[place + 1 :])
        yield "the journal is copied", world._replace(left=left, backup=world.journals[0])


def _is_free(model: Model, world: World) -> bool:
    """Whether no run is at work on the first machine: nobody replaces files under a running program."""
    return all(run.at == "idle" for who, run in enumerate(world.runs) if model.machine(who) == 0)


def _lacks_an_attempt(world: World, copy: Journal) -> bool:
    """Whether a part that left already is one that a copy of the journal would send, and the journal as it is would not.

    What was approved anew after it had left, both would send.
    """
    left = {one.part for one in world.posts} | {one.part for one in world.wire}
    due = {part for part, row in enumerate(copy.rows) if row.state == PLANNED and not row.released}
    anew = {part for part, row in enumerate(world.journals[0].rows) if row.state == PLANNED}
    return bool((due - anew) & left)


def _loss_of_journal(model: Model, world: World) -> Steps:
    if _is_free(model, world):
        lag = -1 if model.protocol.checks_journal else 0
        yield "the journal is lost", with_journal(world, 0, Journal((), lag=lag))


_STEPS = {
    "kill": _kill,
    "power": _power,
    "lease": _lease,
    "loss": _loss,
    "drop": _drop,
    "busy": _busy,
    "refusal": _refusal,
    "lie": _lie,
    "slow": slow_steps,
    "forget": _forget,
    "delete": _delete,
    "edit": _edit,
    "withdraw": _withdraw,
    "restore": _restore,
    "rollback": _rollback,
    "loss of journal": _loss_of_journal,
}
