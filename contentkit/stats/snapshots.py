"""What a network told is written down as it was told, once and for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

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
# Of the row of ``published_parts`` that the same statement is about.
NEXT_NUMBER = "(SELECT coalesce(max(number), 0) + 1 FROM snapshots WHERE publication = published_parts.id)"

# How many posts of our own reply to it, of those that the network still has as far as we know. Where nobody knows to what a part
# replies, it is the part before.
_OWN_REPLIES = """(
  SELECT count(*) FROM published_parts AS later
  WHERE later.thread = published_parts.thread AND later.account = published_parts.account AND later.id <> published_parts.id
    AND CASE WHEN later.parent IS NOT NULL THEN later.parent = published_parts.remote_id ELSE later.part = (
      SELECT min(part) FROM published_parts AS next
      WHERE next.thread = published_parts.thread AND next.account = published_parts.account
        AND next.part > published_parts.part
    ) END
    AND (SELECT lost FROM snapshots WHERE publication = later.id ORDER BY number DESC LIMIT 1) IS NOT 'deleted'
)"""
# Another command may have added its own in the same second: one of them is enough.
_ADD = f"""
INSERT INTO snapshots (publication, number, age, taken, lost, own_replies, {", ".join(COUNTS)})
SELECT id, {NEXT_NUMBER}, :age, :taken, :lost, CASE WHEN :lost IS NULL THEN {_OWN_REPLIES} ELSE 0 END,
  {", ".join(f":{name}" for name in COUNTS)}
FROM published_parts
WHERE id = :publication AND NOT EXISTS (SELECT 1 FROM snapshots WHERE publication = :publication AND taken = :taken)"""  # noqa: S608 - our own names
_ADD_AUDIENCE = """
INSERT INTO account_snapshots (account, taken_at, server, owner, followers, following, statuses)
SELECT :account, :taken_at, :server, :owner, :followers, :following, :statuses
WHERE NOT EXISTS (SELECT 1 FROM account_snapshots WHERE account = :account AND taken_at = :taken_at)"""


def store_figures(
    database: Database, asked: Sequence[Tracked], told: Mapping[str, Figures], taken_at: datetime
) -> Counter[State]:
    """One snapshot of each of these publications, all or none; returns how many there are of each state.

    What the network said nothing about is ``unavailable``, which is neither 0 nor deleted.
    """
    states = {one.remote_id: _state_of(told.get(one.remote_id)) for one in asked}
    # The deleted ones first: a continuation that is gone is no reply any more.
    in_order = sorted(asked, key=lambda one: states[one.remote_id] == "told")
    with transaction(database):
        database.conn.executemany(
            _ADD,
            [_row(one, states[one.remote_id], told.get(one.remote_id), taken_at) for one in in_order],
        )
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


def _row(one: Tracked, state: State, figures: Figures | None, taken_at: datetime) -> dict[str, Any]:
    """The values of ``_ADD``: only what was told has figures."""
    counts = {name: count_in(getattr(figures, name)) if state == "told" else None for name in COUNTS}
    return {
        "publication": one.id,
        "age": age_of(taken_at - one.published_at),
        "taken": int(taken_at.timestamp()),
        "lost": None if state == "told" else state,
        **counts,
    }


def _state_of(figures: Figures | None) -> State:
    if figures is None:
        return "unavailable"
    return "deleted" if figures.deleted else "told"
