"""What is told of a thread of which something that is out is being changed, and of one that was taken down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contentkit.cli.scene import Scene
from contentkit.cli.told import Told, paused
from contentkit.publishing.amendments import Amendment, AmendmentKind
from contentkit.publishing.publications import State, Thread
from contentkit.views.queue import CRON, YOU

# In the order in which somebody wants to know.
_URGENCY = (State.HELD, State.UNKNOWN, State.SENDING, State.PLANNED)
_WHAT = {
    AmendmentKind.EDIT: "the edit",
    AmendmentKind.DELETE: "the deletion",
    AmendmentKind.REPLACE: "the replacement",
}


def with_changes(scene: Scene, thread: Thread, told: Told) -> Told:
    """The same, with what is decided about parts that are out and not settled: its state and steps come first."""
    changes = scene.changes(thread)
    if not changes:
        return told
    first = min(changes, key=lambda one: _URGENCY.index(one.state))
    kept, step = _kept(scene, first)
    more = f" ({len(changes) - 1} more)" if len(changes) > 1 else ""
    why = f"{_WHAT[first.kind]} of part {first.part + 1}{more}{_why(first, kept)}"
    # Where the part is named by its address, that of the whole thread would only be in the way.
    is_named = bool(first.url) and first.url in why
    rest = "" if is_named and told.why == told.url else told.why
    urgent = first.state is not State.PLANNED
    return replace(
        told,
        state=first.state.value,
        why="; ".join(one for one in (why, rest) if one),
        url=first.url if is_named else told.url,
        who=YOU if kept or first.state is State.HELD else CRON,
        next=(*(step or _steps(thread, changes, first)), *(told.next if told.waits else ())),
        waits=told.waits or urgent,
    )


def _kept(scene: Scene, change: Amendment) -> tuple[str, tuple[str, ...]]:
    """Why the next run does not do what is planned, and what a person types about that; nothing where it does."""
    entry = scene.entries.get(change.entry)
    if change.state is not State.PLANNED:
        return "", ()
    if scene.stopped:
        return f"publishing is stopped: {scene.stopped}", ("contentkit start",)
    if entry and entry.paused and change.kind is not AmendmentKind.DELETE:
        return paused(entry), (f"contentkit unpause {entry.id}",)
    return "", ()


def _why(change: Amendment, kept: str) -> str:
    waiting = {State.PLANNED: "the next run does it", State.SENDING: "a run is at work, or was killed"}
    reason = kept or change.reason or waiting.get(change.state, "")
    return f": {reason}" if reason else ""


def _steps(thread: Thread, changes: Sequence[Amendment], first: Amendment) -> tuple[str, ...]:
    if first.state in (State.UNKNOWN, State.SENDING):
        return ("contentkit looks on each run whether it is done",)
    if first.state is State.PLANNED:
        return ()
    resolve = f"contentkit resolve {thread.entry} --account {thread.account}"
    left = "all of them" if len(changes) > 1 else "it"
    return (
        f"{resolve} --again           try once more to make it so",
        f"{resolve} --skip            leave {left} as it is there",
    )


def retracted(scene: Scene, thread: Thread) -> int:
    """How many of the last parts of a thread that is out were taken down."""
    numbers = {row.part for row in thread.rows}
    ended = {row.part for row in scene.ended if (row.entry, row.account) == (thread.entry, thread.account)}
    return len(ended - numbers)
