"""What is to be asked for now: each post at each of its ages, and each account once a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from contentkit.ages import AGES, age_of, age_reached
from contentkit.stamps import stamped
from contentkit.stats.publications import NOBODY_KNOWS, Owner, Tracked, tracked
from contentkit.values import dataclass

if TYPE_CHECKING:
    from sqlite_utils import Database

# What was missed at the last age is made up for until the post is twice as old.
_UNTIL = timedelta(hours=2 * AGES[-1])
# What a network said nothing about is asked for so many times at one age.
MOST_ATTEMPTS = 3
# A reading is late when its age was reached longer ago than this.
_ON_TIME = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to ask one account for: its own figures if ``audience``, and those of these posts. ``spared`` are posts that are due
    and left out, so that the budget lasts."""

    posts: Sequence[Tracked] = ()
    audience: bool = True
    spared: int = 0


def due(database: Database, account: str, platform: str, now: datetime, owner: Owner = NOBODY_KNOWS) -> list[Tracked]:
    """The posts that reached an age since they were last asked for, the newest first; of those that contentkit published.

    One of which the network said nothing is due again while the reading would still count for its age, a few times.
    """
    posts = tracked(database, account, platform, now - _UNTIL, owner, origins=("here",))
    return [one for one in posts if _is_due(database, one, now)]


def is_audience_due(database: Database, account: str, now: datetime, owner: Owner = NOBODY_KNOWS) -> bool:
    """Whether the account's own figures were not read yet on this day (UTC); what was somebody else's does not count."""
    query = """SELECT NOT EXISTS (
      SELECT 1 FROM account_snapshots WHERE account = ? AND taken_at >= ? AND ? IN ('', owner) AND ? IN ('', server))"""
    midnight = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
    values = (account, stamped(midnight), owner.remote_id, owner.server)
    return bool(database.conn.execute(query, values).fetchone()[0])


def affordable(posts: Sequence[Tracked], now: datetime, share: int) -> list[Tracked]:
    """Those whose age was reached within a day, and of what is late the newest, as far as all of them are no more than ``share``.

    So nothing that was missed while the budget was spent eats up the next month's at its beginning.
    """
    late = [one for one in posts if now - _reached_at(one, now) > _ON_TIME]
    left_out = {one.id for one in late[max(0, share - (len(posts) - len(late))) :]}
    return [one for one in posts if one.id not in left_out]


def _is_due(database: Database, one: Tracked, now: datetime) -> bool:
    age = age_reached(now - one.published_at)
    if age is None or one.asked_at is None:
        return age is not None
    reached = one.published_at + timedelta(hours=age)
    if one.asked_at < reached:
        return True
    return one.in_vain and age_of(now - one.published_at) is not None and _may_ask_again(database, one, reached)


def _may_ask_again(database: Database, one: Tracked, reached: datetime) -> bool:
    """Whether nothing was told of it since then, in fewer attempts than are made."""
    attempts, told = database.conn.execute(
        "SELECT count(*), count(*) - count(lost) FROM snapshots WHERE publication = ? AND taken >= ?",
        (one.id, int(reached.timestamp())),
    ).fetchone()
    return not told and attempts < MOST_ATTEMPTS


def _reached_at(one: Tracked, now: datetime) -> datetime:
    """When it came to its present age."""
    return one.published_at + timedelta(hours=age_reached(now - one.published_at) or 0)
