"""What the wire and the server do by themselves: they end what was begun, in any order and as late as they like."""

from __future__ import annotations

from tests.model.protocol import Model
from tests.model.publisher import Steps
from tests.model.world import NOBODY, NOWHERE, Post, Request, World, with_run


def network_steps(model: Model, world: World) -> Steps:
    """Requests that arrive, keys that are stored, posts that come into view."""
    for request in world.wire:
        if request.post != NOWHERE and not request.answered:
            stored = _key_stored(world, request.part, request.post)
            yield f"the server stores the key of part {request.part}", _answered(stored, request, request.post)
        elif not request.answered:
            yield _arrives(model, world, request)
    for number, post in enumerate(world.posts):
        if not post.visible:
            posts = (*world.posts[:number], post._replace(visible=True), *world.posts[number + 1 :])
            yield f"post {number} comes into view", world._replace(posts=posts)


def slow_steps(model: Model, world: World) -> Steps:
    """Posts that are made and not shown at once."""
    for request in world.wire:
        if not request.answered and request.post == NOWHERE and _known_as(model, world, request) == NOWHERE:
            label, made = _arrives(model, world, request)
            if len(made.posts) > len(world.posts):
                hidden = made.posts[-1]._replace(visible=False)
                yield f"{label}, and does not show it yet", made._replace(posts=(*made.posts[:-1], hidden))


def _arrives(model: Model, world: World, request: Request) -> tuple[str, World]:
    known = _known_as(model, world, request)
    if known != NOWHERE and world.posts[known].alive:
        return f"the server knows the key of part {request.part}", _answered(world, request, known)
    if known != NOWHERE or (request.parent != NOWHERE and not world.posts[request.parent].alive):
        return f"the server refuses part {request.part}", _refused(world, request)
    number = len(world.posts)
    world = world._replace(posts=(*world.posts, Post(request.part, request.parent, request.words)))
    label = f"the server makes part {request.part} as post {number}"
    if model.keys == "late" and request.keyed:
        return label, _with_wire(world, request, request._replace(post=number))
    if model.keys == "at once" and request.keyed:
        world = _key_stored(world, request.part, number)
    return label, _answered(world, request, number)


def _known_as(model: Model, world: World, request: Request) -> int:
    """The post that the server has for this key: one of other words has another key."""
    known = world.keys[request.part] if model.keys != "ignored" and request.keyed else NOWHERE
    return known if known != NOWHERE and world.posts[known].words == request.words else NOWHERE


def _key_stored(world: World, part: int, post: int) -> World:
    return world._replace(keys=(*world.keys[:part], post, *world.keys[part + 1 :]))


def _answered(world: World, request: Request, post: int) -> World:
    """Nobody hears the answer to a request whose sender is gone."""
    if request.owner == NOBODY:
        return without_request(world, request)
    return _with_wire(world, request, request._replace(post=post, answered=True))


def _refused(world: World, request: Request) -> World:
    world = without_request(world, request)
    if request.owner == NOBODY:
        return world
    return with_run(world, request.owner, world.runs[request.owner]._replace(at="refused"))


def without_request(world: World, request: Request) -> World:
    """The world without this request on the wire."""
    wire = list(world.wire)
    wire.remove(request)
    return world._replace(wire=tuple(wire))


def _with_wire(world: World, old: Request, new: Request) -> World:
    wire = list(world.wire)
    wire.remove(old)
    return world._replace(wire=tuple(sorted((*wire, new))))
