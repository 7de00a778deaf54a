"""What must hold in every state, and what must come of every state in the end."""

from __future__ import annotations

from tests.model.world import (
    HELD,
    NOWHERE,
    PLANNED,
    SENDING,
    SENT,
    TOLD,
    UNKNOWN,
    Journal,
    World,
    head_of,
    text_of,
)

ONCE = "at most once"
ORDER = "in order, each a reply to the one before"
TRUTH = "what is called sent is on the network, as that part"
WORDS = "only approved words"
STOPPED = "no intent after stop"
OLD_JOURNAL = "nothing from an old journal"
INTENT = "the intent is durable before the first byte"
ONE_DOUBT = "one doubt in a thread"
ONE_PUBLISHER = "one publisher"
USEFUL = "nothing is held without a reason"
# No property of a state, but of what comes of it.
NEVER_LOST = "never lost: all is sent, or visibly waits"

SAFETY = frozenset((ONCE, ORDER, TRUTH, WORDS, STOPPED, OLD_JOURNAL, INTENT, ONE_DOUBT, ONE_PUBLISHER))


def broken_promise(world: World, watched: frozenset[str]) -> str:
    """The first of these promises that does not hold in this state; empty when all hold."""
    if world.broken:
        return world.broken
    return next((promise for promise, holds in _KEPT.items() if promise in watched and not holds(world)), "")


def _once(world: World) -> bool:
    made = [0] * len(world.owed)
    for post in world.posts:
        made[post.part] += 1
    return all(times <= owed for times, owed in zip(made, world.owed, strict=True))


def _in_order(world: World) -> bool:
    return all(
        (
            post.parent == NOWHERE
            if post.part == 0
            else post.parent >= 0 and world.posts[post.parent].part == post.part - 1
        )
        for post in world.posts
    )


def _truthful(world: World) -> bool:
    for journal in world.journals:
        posts = [row.post for row in journal.rows if row.state == SENT and not row.claimed]
        if len(set(posts)) < len(posts):
            return False
        for part, row in enumerate(journal.rows):
            if row.state == SENT and not (0 <= row.post < len(world.posts) and world.posts[row.post].part == part):
                return False
    return True


def _approved(world: World) -> bool:
    return all(any(post.words == text_of(world, post.part, words) for words in world.approved) for post in world.posts)


def _one_doubt(world: World) -> bool:
    return all(sum(row.state in (SENDING, UNKNOWN) for row in journal.rows) <= 1 for journal in world.journals)


def _useful(world: World) -> bool:
    return not any(row.state == HELD for journal in world.journals for row in journal.rows)


def _one_publisher(world: World) -> bool:
    return sum(run.at != "idle" for run in world.runs) <= 1


_KEPT = {
    ONCE: _once,
    ORDER: _in_order,
    TRUTH: _truthful,
    WORDS: _approved,
    ONE_DOUBT: _one_doubt,
    ONE_PUBLISHER: _one_publisher,
    USEFUL: _useful,
}


def is_settled(world: World) -> bool:
    """Whether nothing more will come of this state by itself, and whoever must know of it was told."""
    return all(run.at == "idle" for run in world.runs) and all(_is_settled(journal) for journal in world.journals)


def _is_settled(journal: Journal) -> bool:
    if journal.lag < 0:
        return True  # every command says so
    if journal.told != TOLD or any(row.state in (SENDING, UNKNOWN) for row in journal.rows):
        return False
    head = head_of(journal.rows)
    return (
        head == NOWHERE or journal.rows[head].state == HELD or (journal.stopped and journal.rows[head].state == PLANNED)
    )
