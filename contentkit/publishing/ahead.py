"""Accounts are asked who we are hours before something is due there: a token that was taken back is told while there is time.

One account a run, after everything that is due, and not while anything soon will be: nobody waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from contentkit.clock import Clock
from contentkit.publishing.facts import Fact
from contentkit.publishing.journal import Journal
from contentkit.publishing.outcomes import Outcome
from contentkit.publishing.publications import State, Thread
from contentkit.stamps import moment_of, stamped

if TYPE_CHECKING:
    from contentkit.publishing.surroundings import Surroundings

AHEAD = timedelta(hours=12)
# A server that does not answer may hold up a run for two minutes.
_SOON = timedelta(minutes=5)
# Where nothing works until a person mends it, it is seen within this time that it was mended.
_WHILE_PAUSED = timedelta(hours=1)


def account_to_ask(journal: Journal, threads: Iterable[Thread], now: datetime) -> str:
    """The account whose next thread is due within half a day, and that was not asked since then; empty when there is none."""
    planned = [thread for thread in threads if thread.head and thread.head.state is State.PLANNED]
    coming = [thread for thread in planned if now < thread.due <= now + AHEAD]
    if not coming or any(thread.due <= now + _SOON for thread in planned) or journal.known(Fact.STOPPED):
        return ""
    asked = _asked(journal)
    first: dict[str, datetime] = {}
    for thread in coming:
        first.setdefault(thread.account, thread.due)
    for name, due in first.items():
        paused = journal.accounts.known(name).paused
        since = asked.get(name)
        if since is None or since > now or since < (now - _WHILE_PAUSED if paused else due - AHEAD):
            return name
    return ""


def next_asking(journal: Journal, threads: Iterable[Thread], now: datetime) -> datetime | None:
    """When by the clock alone there may next be an account to ask, seen from a run in which there is none; None for never."""
    asked = _asked(journal)
    coming = [thread for thread in threads if thread.head and thread.head.state is State.PLANNED and thread.due > now]
    first = (thread.due - AHEAD for thread in coming)
    again = (
        asked[one.account] + _WHILE_PAUSED
        for one in coming
        if one.account in asked and journal.accounts.known(one.account).paused
    )
    return min((moment for moment in (*first, *again) if moment >= now), default=None)


def ask_ahead(name: str, journal: Journal, surroundings: Surroundings, clock: Clock) -> list[Outcome]:
    """Asks the network of this account who we are. Returns what a person must know; what may pass by itself is not told yet."""
    from contentkit.publishing.conditions import Looks
    from contentkit.publishing.lane import Lane, Patience

    now = clock.now()
    # Noted first: a run that is ended while it waits for the answer must not be followed by others that do the same.
    known = {other: at for other, at in _asked(journal).items() if now - AHEAD * 2 < at <= now}
    stamps = {other: stamped(at) for other, at in {**known, name: now}.items()}
    journal.note({Fact.ASKED_AHEAD: json.dumps(stamps)})
    lane = Lane(name, journal, surroundings, clock, Patience(), Looks(surroundings.look, clock))
    try:
        lane.meet()
    finally:
        lane.close()
    return lane.outcomes


def _asked(journal: Journal) -> dict[str, datetime]:
    """When each account was last asked ahead."""
    words = journal.known(Fact.ASKED_AHEAD)
    return {name: moment_of(stamp) for name, stamp in json.loads(words).items()} if words else {}
