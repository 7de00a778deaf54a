"""Whether a run of the publisher finds anything to do, and if not, until when the clock alone brings nothing. Pure questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from contentkit.publishing.ahead import next_asking
from contentkit.publishing.journal import Journal
from contentkit.publishing.publications import State, Thread
from contentkit.publishing.timing import is_due


def has_work(journal: Journal, threads: Sequence[Thread], now: datetime) -> bool:
    """Whether anything is due, in doubt, to be proved or to be told. ``threads`` are the open ones."""
    heads = [head for thread in threads if (head := thread.head)]
    return (
        bool(journal.publications.untold())
        or journal.claims.exist()
        or journal.amendments.need_a_run()
        or any(
            head.state in (State.SENDING, State.UNKNOWN) or (head.state is State.PLANNED and is_due(head, now))
            for head in heads
        )
    )


def calm_until(journal: Journal, threads: Sequence[Thread], now: datetime) -> datetime | None:
    """The first moment at which a run may find something by the clock alone, as long as nobody writes to the journal.

    For a run that found nothing at ``now``. None where no moment brings anything.
    """
    heads = [head for thread in threads if (head := thread.head) and head.state is State.PLANNED]
    moments = [max(head.due, head.not_before or head.due) for head in heads]
    others = (next_asking(journal, threads, now), journal.amendments.next_due())
    return min((*moments, *(moment for moment in others if moment)), default=None)
