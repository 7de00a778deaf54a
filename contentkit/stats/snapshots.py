"""What a network told is written down as it was told, once and for good."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from contentkit.ages import age_of
from contentkit.platforms import Audience, Figures
from contentkit.platforms.counts import count_in
from contentkit.stamps import stamped
from contentkit.stats.publications import NOBODY_KNOWS, Owner, Tracked
from contentkit.store.database import transaction
from contentkit.store.figures import COUNTS

if TYPE_CHECKING:
    from sqlite_utils import Database

State = Literal["told", "deleted", "unavailable"]

# The threads of these posts, each part with its newest reading.
_THREADS = """
SELECT part.thread, part.account, part.part, part.id, part.remote_id, part.parent, newest.number, newest.taken, newest.lost
FROM (
  SELECT DISTINCT one.thread, one.account FROM json_each(?) CROSS JOIN published_parts AS one ON one.id = value
) AS asked
CROSS JOIN published_parts AS part ON part.thread = asked.thread AND part.account = asked.account
LEFT JOIN snapshots AS newest ON newest.publication = part.id AND newest.number =
  (SELECT max(number) FROM snapshots WHERE publication = part.id)
ORDER BY part.thread, part.account, part.part"""
_ADD = f"""
INSERT INTO snapshots (publication, number, age, taken, lost, own_replies, {", ".join(COUNTS)})
VALUES (?, ?, ?, ?, ?, ?{", ?" * len(COUNTS)})"""  # noqa: S608 - our own names
_ADD_AUDIENCE = """
INSERT INTO account_snapshots (account, taken_at, server, owner, followers, following, statuses)
SELECT :account, :taken_at, :server, :owner, :followers, :following, :statuses
WHERE NOT EXISTS (SELECT 1 FROM account_snapshots WHERE account = :account AND taken_at = :taken_at)"""

_counts, _thread = attrgetter(*COUNTS), itemgetter(0, 1)
_NOTHING = (None,) * len(COUNTS)


class _Part(NamedTuple):
    """A part of a thread; ``number``, ``taken`` (seconds of Unix) and ``lost`` are of its newest reading, None before any."""

    thread: str
    account: int
    part: int
    id: int
    remote_id: str
    parent: str | None
    number: int | None
    taken: int | None
    lost: str | None


def store_figures(
    database: Database, asked: Sequence[Tracked], told: Mapping[str, Figures], taken_at: datetime
) -> Counter[State]:
    """One snapshot of each of these publications of one account, all or none; returns how many there are of each state.

    What the network said nothing about is ``unavailable``, which is neither 0 nor deleted.
    """
    states = {one.remote_id: _state_of(told.get(one.remote_id)) for one in asked}
    taken = int(taken_at.timestamp())
    with transaction(database):
        found = database.conn.execute(_THREADS, (json.dumps([one.id for one in asked]),))
        parts = {one.id: one for one in map(_Part._make, found)}
        own_replies = _own_replies(parts.values(), states)
        # Another command may have added its own in the same second: one of them is enough.
        new = [one for one in {one.id: one for one in asked}.values() if parts[one.id].taken != taken]
        database.conn.executemany(
            _ADD,
            [
                (
                    one.id, (parts[one.id].number or 0) + 1, age_of(taken_at - one.published_at), taken,
                    *_told(states[one.remote_id], own_replies.get(one.id, 0), told.get(one.remote_id)),
                )
                for one in new
            ],
        )  # fmt: skip
    return Counter(states.values())


def store_audience(
    database: Database, account: str, told: Audience, taken_at: datetime, owner: Owner = NOBODY_KNOWS
) -> None:
    """One snapshot of an account, and whose it was."""
    counts = {name: count_in(getattr(told, name)) for name in ("followers", "following", "statuses")}
    row = {
        "account": account,
        "taken_at": stamped(taken_at),
        "server": owner.server,
        "owner": owner.remote_id,
        **counts,
    }
    database.conn.execute(_ADD_AUDIENCE, row)


def _told(state: State, own_replies: int, figures: Figures | None) -> tuple[str | int | None, ...]:
    """What stands in a row from ``lost`` on: only what was told has figures."""
    if state != "told":
        return (state, 0, *_NOTHING)
    return (None, own_replies, *map(count_in, _counts(figures)))


def _own_replies(parts: Iterable[_Part], states: Mapping[str, State]) -> Mapping[int, int]:
    """How many posts of our own reply to each of these, of those that the network still has as far as we know.

    Where nobody knows to what a part replies, it is the part before.
    """
    found: dict[int, int] = defaultdict(int)
    for _, thread in groupby(parts, key=_thread):
        in_order = list(thread)
        named = {one.remote_id: [one.id] for one in in_order}
        place, before, here = -1, list[int](), list[int]()
        for one in in_order:
            if one.part != place:
                place, before, here = one.part, here, []
            here.append(one.id)
            if states.get(one.remote_id, one.lost) != "deleted":
                for above in before if one.parent is None else named.get(one.parent, ()):
                    found[above] += above != one.id
    return found


def _state_of(figures: Figures | None) -> State:
    if figures is None:
        return "unavailable"
    return "deleted" if figures.deleted else "told"
