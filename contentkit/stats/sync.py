"""One account's figures are asked for in batches, and each batch is stored before the next one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from contentkit.clock import Clock
from contentkit.errors import ContentkitError, PlatformError, Unavailable
from contentkit.platforms import Measures
from contentkit.platforms.measuring import Batches, TellsTime
from contentkit.platforms.meeting import check_clock
from contentkit.stats.due import Wanted
from contentkit.stats.publications import NOBODY_KNOWS, Owner, Tracked
from contentkit.stats.snapshots import State, store_audience, store_figures
from contentkit.stats.terms import Terms

if TYPE_CHECKING:
    from sqlite_utils import Database

Follow = Callable[[Sequence[Sequence[Tracked]]], Iterable[Sequence[Tracked]]]


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What went wrong, what to do, and how long the network asks us to wait, if it does."""

    message: str
    hint: str
    wait_seconds: int | None


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What became of one account: how many posts were told, deleted, unavailable, or left out because of the budget.

    ``followers`` is None where the network was not asked, or did not tell. ``passed_over`` says why nothing could be asked for,
    if so. ``reads`` were charged to the budget, ``cost`` US dollars at most. What was told before the ``troubles`` is kept.
    """

    account: str
    told: int = 0
    deleted: int = 0
    unavailable: int = 0
    left_out: int = 0
    followers: int | None = None
    reads: int = 0
    cost: Decimal = Decimal(0)
    passed_over: str = ""
    troubles: tuple[Trouble, ...] = ()


def ask(
    database: Database,
    account: str,
    wanted: Wanted,
    connection: Measures,
    terms: Terms,
    clock: Clock,
    owner: Owner = NOBODY_KNOWS,
    follow: Follow = iter,
) -> Synced:
    """Asks for what is wanted of an account on these terms: first for its own figures, then for those of its posts.

    ``owner`` is whose they are; whoever watches may ``follow`` the batches one by one. Trouble with the first does not keep from
    the second, unless the network wants no more requests, or is out of reach. Raises StateError when an answer shows that this
    machine's clock is wrong: by it nobody knows what was read today.
    """
    followers, troubles = None, []
    try:
        if wanted.audience:
            followers = _ask_audience(database, account, connection, terms, clock, owner)
    except PlatformError as error:
        troubles.append(_settled(error, terms))
        if isinstance(error, Unavailable) and (error.wait or error.pauses_account or error.unheard):
            return Synced(account=account, troubles=tuple(troubles), reads=terms.reads, cost=terms.cost())
    counts: Counter[State | Literal["left out"]] = Counter({"left out": wanted.spared})
    try:
        for batch in follow(_batches(terms.in_turn(wanted.posts), connection)):
            admitted = set(terms.reserve("status", [one.remote_id for one in batch], clock.now()))
            asked = [one for one in batch if one.remote_id in admitted]
            counts["left out"] += len(batch) - len(asked)
            counts.update(_ask_figures(database, asked, connection, clock))
    except PlatformError as error:
        troubles.append(_settled(error, terms))
    return Synced(
        account=account,
        told=counts["told"],
        deleted=counts["deleted"],
        unavailable=counts["unavailable"],
        left_out=counts["left out"],
        followers=followers,
        reads=terms.reads,
        cost=terms.cost(),
        troubles=tuple(dict.fromkeys(troubles)),
    )


def trouble_of(error: ContentkitError, caveat: str = "") -> Trouble:
    """What to tell of an error; the caveat stands behind what to do."""
    wait = error.wait if isinstance(error, Unavailable) else None
    # A network cannot know for what it was asked: where it has no hint, the occasion has one.
    hint = error.hint or ("the next run asks again" if isinstance(error, Unavailable) else "")
    return Trouble(
        message=error.message,
        hint="; ".join(words for words in (hint, caveat) if words),
        wait_seconds=int(wait.total_seconds()) if wait else None,
    )


def _settled(error: PlatformError, terms: Terms) -> Trouble:
    """What to tell of a request that failed. One that the network never heard of is not charged."""
    if isinstance(error, Unavailable) and error.unheard:
        terms.release()
        return trouble_of(error)
    return trouble_of(error, terms.caveat)


def _batches(posts: Sequence[Tracked], connection: Measures) -> list[Sequence[Tracked]]:
    """The posts as the connection is asked for them."""
    if isinstance(connection, Batches):
        known = {one.remote_id: one for one in posts}
        return [[known[remote_id] for remote_id in batch] for batch in connection.batches(list(known))]
    return [posts[start : start + connection.batch] for start in range(0, len(posts), connection.batch)]


def _ask_figures(database: Database, asked: Sequence[Tracked], connection: Measures, clock: Clock) -> Counter[State]:
    """One batch, stored; nothing is asked for none. Raises PlatformError, and StateError when the clocks differ."""
    if not asked:
        return Counter()
    told = connection.figures([one.remote_id for one in asked])
    if isinstance(connection, TellsTime):
        check_clock(connection.server_time, clock.now())
    return store_figures(database, asked, told, clock.now())


def _ask_audience(
    database: Database, account: str, connection: Measures, terms: Terms, clock: Clock, owner: Owner
) -> int | None:
    """The followers; None also where they could not be paid for. Raises StateError when the clocks differ."""
    if not terms.reserve("account", [account], clock.now()):
        return None
    audience = connection.audience()
    check_clock(audience.server_time, clock.now())
    store_audience(database, account, audience, clock.now(), owner)
    return audience.followers
