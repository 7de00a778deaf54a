"""How many posts an account may get: a limit of our own, so that no slip and no fault floods those who follow it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from contentkit.publishing.publications import State, Thread

if TYPE_CHECKING:
    from contentkit.models import Caps
    from contentkit.publishing.journal import Journal


def why_full(journal: Journal, thread: Thread, caps: Caps, now: datetime) -> str:
    """Why a thread that is due may not begin now, as far as days and months go, or nothing; the same words until that changes.

    Days and months are those of UTC, as for a budget. What has begun is ended: a torn thread is worse than one post too many.
    """
    if why := why_never(thread, caps):
        return why
    need = _planned(thread)
    if thread.started or not need:
        return ""
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for cap, span, since in ((caps.day, "day", day), (caps.month, "month", day.replace(day=1))):
        if cap is not None and need + journal.history.left_since(thread.account, since) > cap:
            return f"waits for the next {span} (UTC): contentkit.toml allows {cap} in a {span}"
    return ""


def why_never(thread: Thread, caps: Caps) -> str:
    """Why a thread cannot begin at any time, or nothing."""
    need = 0 if thread.started else _planned(thread)
    spans = ((caps.run, "run"), (caps.day, "day"), (caps.month, "month"))
    too_few = ((cap, span) for cap, span in spans if cap is not None and need > cap)
    return next((f"has {need} parts, contentkit.toml allows {cap} in a {span}" for cap, span in too_few), "")


def is_beyond_run(thread: Thread, caps: Caps, gone: int) -> bool:
    """Whether a thread must leave its beginning to a later run, as so many parts have gone in this one."""
    return caps.run is not None and not thread.started and gone + _planned(thread) > caps.run


def _planned(thread: Thread) -> int:
    return sum(row.state is State.PLANNED for row in thread.rows)
